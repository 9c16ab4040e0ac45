#include "errors.hpp"

#include <pybind11/stl.h>

#include "gil.hpp"
#include "shared.hpp"

namespace frontdesk::python {
namespace {

py::str text(std::string_view value) {
  PyObject* made =
      PyUnicode_DecodeUTF8(value.data(), static_cast<Py_ssize_t>(value.size()), "replace");
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(made);
}

py::object detail_to_python(const Detail& detail) {
  if (const auto* number = std::get_if<std::int64_t>(&detail)) return py::int_(*number);
  if (const auto* word = std::get_if<std::string>(&detail)) return text(*word);
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&detail))
    return py::cast(*numbers);
  py::list list;
  for (const std::string& word : std::get<std::vector<std::string>>(detail))
    list.append(text(word));
  return list;
}

void set(const py::object& exception) {
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.ptr())), exception.ptr());
}

/// What looks like a defect to the engine may be an exception of the host's own.
void set(const Error& error) {
  py::object failure = Callback::take_failure();
  const bool is_host_s = error.reason() == "defect" && !failure.is_none();
  set(is_host_s ? failure : exception_of(error));
}

}  // namespace

py::object exception_of(const Error& error) {
  py::dict details;
  for (const auto& [name, detail] : error.details()) details[text(name)] = detail_to_python(detail);
  return shared().make_error(text(code_name(error.code())), text(error.reason()),
                             text(error.message()), text(error.field()), details,
                             error.retryable());
}

void raise(const Error& error) {
  set(error);
  throw py::error_already_set();
}

void raise_failure() {
  set(Callback::take_failure());
  throw py::error_already_set();
}

void translate_errors() {
  // NOLINTNEXTLINE(performance-unnecessary-value-param): the signature that pybind11 asks for
  py::register_exception_translator([](std::exception_ptr failure) {
    try {
      if (failure) std::rethrow_exception(failure);
    } catch (const Error& error) {
      set(error);
    } catch (const CallbackFailed&) {
      set(Callback::take_failure());
    }
  });
}

}  // namespace frontdesk::python

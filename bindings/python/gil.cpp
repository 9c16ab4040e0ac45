#include "gil.hpp"

namespace frontdesk::python {
namespace {

thread_local int depth = 0;
thread_local PyObject* failure = nullptr;

void release(PyObject* function) {
  if (Py_IsInitialized() == 0) return;
  py::gil_scoped_acquire gil;
  Py_DECREF(function);
}

}  // namespace

Callback::Callback(const py::object& function, std::string what) : what_(std::move(what)) {
  if (function.is_none()) return;
  if (PyCallable_Check(function.ptr()) == 0)
    throw py::type_error(what_ + " has to be callable or None");
  function_ = std::shared_ptr<PyObject>(function.inc_ref().ptr(), release);
}

Callback::Entered::Entered() { ++depth; }
Callback::Entered::~Entered() { --depth; }

bool Callback::is_running() { return depth > 0; }

std::string Callback::failed(py::error_already_set& error) const {
  std::string text = what_ + ": " + error.what();
  Py_XDECREF(failure);
  failure = error.value().inc_ref().ptr();
  if (error.trace()) PyException_SetTraceback(failure, error.trace().ptr());
  return text.substr(0, text.find('\n'));
}

py::object Callback::take_failure() {
  py::object taken = failure == nullptr ? py::none() : py::reinterpret_steal<py::object>(failure);
  failure = nullptr;
  return taken;
}

void Callback::forget_failure() { Py_CLEAR(failure); }

}  // namespace frontdesk::python

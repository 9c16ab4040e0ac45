#include "refusal.hpp"
#include "shared.hpp"
#include "times.hpp"
#include "values.hpp"

#include <bitset>
#include <limits>

namespace frontdesk::python {
namespace {

constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();

py::object owned(PyObject* value) {
  if (value == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(value);
}

std::int64_t whole_number(PyObject* value, const Path& path, std::int64_t lowest,
                          std::int64_t highest) {
  py::object held;
  if (PyBool_Check(value)) refuse_type(path, "integer");
  if (!PyLong_Check(value)) {
    if (!PyIndex_Check(value)) refuse_type(path, "integer");
    held = owned(PyNumber_Index(value));  // the integers of other libraries
    value = held.ptr();
  }
  int overflow = 0;
  long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
  if (overflow != 0 || number < lowest || number > highest) refuse_range(path, lowest, highest);
  return number;
}

void read_text(PyObject* value, std::string& target, const Path& path) {
  if (!PyUnicode_Check(value)) refuse_type(path, "text");
  Py_ssize_t size = 0;
  if (const char* text = PyUnicode_AsUTF8AndSize(value, &size)) {
    target.assign(text, static_cast<std::size_t>(size));
    return;
  }
  // Half a surrogate pair: goes on as the bytes that it would be, which the engine refuses.
  PyErr_Clear();
  target = std::string(py::reinterpret_steal<py::bytes>(
      owned(PyUnicode_AsEncodedString(value, "utf-8", "surrogatepass")).release()));
}

std::string_view view(PyObject* text) {
  Py_ssize_t size = 0;
  const char* data = PyUnicode_AsUTF8AndSize(text, &size);
  if (data == nullptr) PyErr_Clear();
  return data == nullptr ? std::string_view("?")
                         : std::string_view(data, static_cast<std::size_t>(size));
}

void read_bytes(PyObject* value, std::string& target, const Path& path) {
  Py_buffer buffer;
  if (!PyObject_CheckBuffer(value)) refuse_type(path, "bytes");
  if (PyObject_GetBuffer(value, &buffer, PyBUF_SIMPLE) != 0) throw py::error_already_set();
  try {
    target.assign(static_cast<const char*>(buffer.buf), static_cast<std::size_t>(buffer.len));
  } catch (...) {
    PyBuffer_Release(&buffer);
    throw;
  }
  PyBuffer_Release(&buffer);
}

/// The name a slip was meant for, if any.
std::optional<std::string> nearest(std::string_view word, PyObject* names) {
  py::object found = shared().nearest(py::str(word.data(), word.size()), py::handle(names));
  if (found.is_none()) return std::nullopt;
  return found.cast<std::string>();
}

void read_enumeration(const Plan& plan, PyObject* value, void* target, const Path& path) {
  if (!PyUnicode_Check(value)) refuse_type(path, "text");
  if (PyObject* number = PyDict_GetItemWithError(plan.numbers, value)) {
    return plan.type->set_number(target, PyLong_AsLongLong(number));
  }
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  Details details{{"value", std::string(view(value))}};
  std::vector<std::string> allowed;
  for (const EnumValue& known : plan.type->values()) allowed.emplace_back(known.name);
  details.emplace("allowed", std::move(allowed));
  if (auto near = nearest(view(value), plan.numbers)) details.emplace("nearest", *near);
  throw Error(Code::invalid, "enum_unknown", path.text(), std::move(details));
}

void read_money(PyObject* value, void* target, const Path& path) {
  if (PyObject_IsInstance(value, shared().money.ptr()) != 1) refuse_type(path, "money");
  py::handle money(value);
  py::object currency = money.attr("currency");
  if (!PyUnicode_Check(currency.ptr())) refuse_type(path.below("currency"), "text");
  if (view(currency.ptr()).size() != 3) refuse_form(path.below("currency"), "UAH");
  *static_cast<Money*>(target) = {whole_number(py::object(money.attr("minor")).ptr(),
                                               path.below("amount"), int64_min, int64_max),
                                  Currency(view(currency.ptr()))};
}

[[noreturn]] void refuse_unknown(const Plan& plan, std::string_view name, const Path& path) {
  py::list names;
  for (const FieldPlan& field : plan.fields) names.append(py::handle(field.name));
  Details details{{"name", std::string(name)}};
  auto near = nearest(name, names.ptr());
  if (near) details.emplace("nearest", *near);
  throw Error(Code::invalid, near ? "field_misspelt" : "field_unknown", path.below(name).text(),
              std::move(details));
}

/// Reads the fields of one record one after the other and knows which were given.
class RecordReader {
 public:
  RecordReader(const Plan& plan, void* target, const Path& path)
      : plan_(plan), target_(target), path_(path) {}

  void field(PyObject* name, PyObject* value) {
    std::size_t place = place_of(name);
    const FieldPlan& field = plan_.fields[place];
    next_ = place + 1;
    if (value == shared().unset.ptr()) return;
    // An id that is none in a result may be passed on as it is.
    bool is_no_id = value == Py_None && field.plan->type->kind == Kind::id;
    if (is_no_id && field.field->may_be_absent) return;
    given_.set(place);
    from_python(*field.plan, value, field.field->member(target_), path_.below(field.field->name));
  }

  void finish() const {
    for (std::size_t place = 0; place < plan_.fields.size(); ++place) {
      const Field& field = *plan_.fields[place].field;
      if (!field.may_be_absent && !given_.test(place)) refuse_missing(path_, field.name);
    }
  }

 private:
  std::size_t place_of(PyObject* name) const {
    // Mostly fields are named in the table's order, by interned names.
    if (next_ < plan_.fields.size() && plan_.fields[next_].name == name) return next_;
    if (!PyUnicode_Check(name)) refuse_type(path_, "object");
    if (PyObject* place = PyDict_GetItemWithError(plan_.places, name))
      return PyLong_AsSize_t(place);
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    refuse_unknown(plan_, view(name), path_);
  }

  const Plan& plan_;
  void* target_;
  const Path& path_;
  std::bitset<fields_max> given_;
  std::size_t next_ = 0;
};

void read_fields(PyObject* dict, RecordReader& reader) {
  Py_ssize_t position = 0;
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  while (PyDict_Next(dict, &position, &key, &value) != 0) reader.field(key, value);
  reader.finish();
}

/// A dict of our own, since reading a value may run Python code that changes the one given, out of
/// anything that maps names to values. Throws Error{type_mismatch} for the rest.
py::object copied_dict(PyObject* value, const Path& path) {
  if (PyDict_Check(value)) return owned(PyDict_Copy(value));
  if (PyObject_HasAttrString(value, "keys") == 0) refuse_type(path, "object");
  py::dict copy;
  if (PyDict_Update(copy.ptr(), value) != 0) throw py::error_already_set();
  return copy;
}

void read_record(const Plan& plan, PyObject* value, void* target, const Path& path) {
  RecordReader reader(plan, target, path);
  const Plan* source = plan_of_class(Py_TYPE(value));
  if (source == nullptr) return read_fields(copied_dict(value, path).ptr(), reader);
  for (const FieldPlan& field : source->fields) {
    PyObject* member = *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(value) + field.offset);
    if (member != nullptr && member != Py_None) reader.field(field.name, member);
  }
  reader.finish();
}

void read_list(const Plan& plan, PyObject* value, void* target, const Path& path) {
  const Type& type = *plan.type;
  bool is_other = PyUnicode_Check(value) || PyObject_CheckBuffer(value) || PyDict_Check(value);
  if (is_other || (!PySequence_Check(value) && Py_TYPE(value)->tp_iter == nullptr)) {
    refuse_type(path, "list");
  }
  py::object items =
      owned(PySequence_Tuple(value));  // a copy: reading an element may run Python code
  type.clear(target);
  Py_ssize_t size = PyTuple_GET_SIZE(items.ptr());
  for (Py_ssize_t i = 0; i < size; ++i) {
    Path here = path.at(static_cast<std::size_t>(i));
    from_python(*plan.element, PyTuple_GET_ITEM(items.ptr(), i), type.append(target), here);
  }
}

void read_map(const Plan& plan, PyObject* value, void* target, const Path& path) {
  py::object dict = copied_dict(value, path);
  plan.type->clear(target);
  for (auto [key, member] : py::reinterpret_borrow<py::dict>(dict)) {
    if (!PyUnicode_Check(key.ptr())) refuse_type(path, "object");
    std::string name;
    read_text(key.ptr(), name, path);
    from_python(*plan.element, member.ptr(), plan.type->insert(target, name), path.below(name));
  }
}

}  // namespace

void fields_from_python(const Plan& plan, const py::dict& fields, void* target) {
  Path path;
  RecordReader reader(plan, target, path);
  read_fields(fields.ptr(), reader);
}

void from_python(const Plan& plan, PyObject* value, void* target, const Path& path) {
  const Type& type = *plan.type;
  switch (type.kind) {
    case Kind::boolean:
      if (!PyBool_Check(value)) refuse_type(path, "boolean");
      return type.set_number(target, value == Py_True ? 1 : 0);
    case Kind::integer:
      return type.set_number(target, whole_number(value, path, type.lowest, type.highest));
    case Kind::id:
      return type.set_number(target, whole_number(value, path, 1, int64_max));
    case Kind::text:
      return read_text(value, type.text(target), path);
    case Kind::bytes:
      return read_bytes(value, type.text(target), path);
    case Kind::enumeration:
      return read_enumeration(plan, value, target, path);
    case Kind::money:
      return read_money(value, target, path);
    case Kind::instant:
      return type.set_number(target, instant_from_python(value, path));
    case Kind::local_time:
      return type.set_number(target, local_time_from_python(value, path));
    case Kind::date:
      return type.set_number(target, date_from_python(value, path));
    case Kind::duration:
      return type.set_number(target, duration_from_python(value, path));
    case Kind::optional:
    case Kind::update:
      if (value == Py_None) return type.clear(target);
      return from_python(*plan.element, value, type.emplace(target), path);
    case Kind::list:
      return read_list(plan, value, target, path);
    case Kind::map:
      return read_map(plan, value, target, path);
    case Kind::record:
      return read_record(plan, value, target, path);
  }
}

}  // namespace frontdesk::python

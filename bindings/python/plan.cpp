#include "plan.hpp"

#include "shared.hpp"

#include <structmember.h>

#include <memory>
#include <unordered_map>

namespace frontdesk::python {
namespace {

// Never destroyed: their Python objects must not be released after the interpreter has ended.
auto& plans() {
  static auto& all = *new std::unordered_map<const Type*, std::unique_ptr<Plan>>;
  return all;
}

auto& plans_by_class() {
  static auto& all = *new std::unordered_map<PyTypeObject*, const Plan*>;
  return all;
}

PyObject* interned(std::string_view name) {
  PyObject* text = PyUnicode_FromStringAndSize(name.data(), static_cast<Py_ssize_t>(name.size()));
  if (text == nullptr) throw py::error_already_set();
  PyUnicode_InternInPlace(&text);
  return text;
}

void plan_fields(Plan& plan) {
  Fields fields = plan.type->fields();
  if (fields.size() > fields_max)
    throw std::runtime_error("a record has too many fields for Python");
  py::dict places;
  for (const Field& field : fields) {
    py::str name = spelling(field.name);
    py::int_ place(plan.fields.size());
    places[py::str(field.name.data(), field.name.size())] = place;
    places[name] = place;
    std::string python_name = name;
    plan.fields.push_back({&field, interned(python_name), &plan_of(field.type()), 0});
  }
  plan.places = places.release().ptr();
}

void plan_values(Plan& plan) {
  py::dict numbers;
  for (const EnumValue& value : plan.type->values()) {
    PyObject* name = interned(value.name);
    numbers[name] = value.value;
    plan.members.emplace_back(value.value, name);
  }
  plan.numbers = numbers.release().ptr();
}

}  // namespace

py::str spelling(std::string_view name) {
  py::str text(name.data(), name.size());
  if (!shared().is_keyword(text).cast<bool>()) return text;
  return py::str(std::string(name) + "_");
}

const Plan& plan_of(const Type& type) {
  auto [entry, is_new] = plans().try_emplace(&type);
  if (!is_new) return *entry->second;
  entry->second = std::make_unique<Plan>();
  Plan& plan =
      *entry->second;  // a type may contain itself, so the plan is found before it is complete
  plan.type = &type;
  if (type.element != nullptr) plan.element = &plan_of(type.element());
  if (type.kind == Kind::record) plan_fields(plan);
  if (type.kind == Kind::enumeration) plan_values(plan);
  return plan;
}

const Plan* plan_of_class(PyTypeObject* python_class) {
  auto found = plans_by_class().find(python_class);
  return found == plans_by_class().end() ? nullptr : found->second;
}

void bind_class(const Type& type, const py::type& python_class) {
  Plan& plan = const_cast<Plan&>(plan_of(type));
  plan.python_class = reinterpret_cast<PyTypeObject*>(python_class.inc_ref().ptr());
  if (type.kind == Kind::record) {
    for (FieldPlan& field : plan.fields) {
      py::object slot = python_class.attr(py::handle(field.name));
      if (!PyObject_TypeCheck(slot.ptr(), &PyMemberDescr_Type)) {
        throw py::type_error("a record's class needs a slot for each field");
      }
      field.offset = reinterpret_cast<PyMemberDescrObject*>(slot.ptr())->d_member->offset;
    }
    plans_by_class().emplace(plan.python_class, &plan);
  } else {
    for (auto& [number, member] : plan.members) {
      member = python_class(py::handle(member)).release().ptr();
    }
  }
}

}  // namespace frontdesk::python

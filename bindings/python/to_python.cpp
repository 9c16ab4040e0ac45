#include "refusal.hpp"
#include "shared.hpp"
#include "times.hpp"
#include "values.hpp"

namespace frontdesk::python {
namespace {

py::object owned(PyObject* value) {
  if (value == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(value);
}

const std::string& text_of(const Type& type, const void* value) {
  return type.text(const_cast<void*>(value));
}

py::object text(const std::string& value) {
  return owned(
      PyUnicode_DecodeUTF8(value.data(), static_cast<Py_ssize_t>(value.size()), "replace"));
}

py::object enumeration(const Plan& plan, const void* value) {
  std::int64_t number = plan.type->number(value);
  for (const auto& [known, member] : plan.members) {
    if (known == number) return py::reinterpret_borrow<py::object>(member);
  }
  return py::none();
}

py::object money(const Money& value) {
  std::string currency(value.currency.code());
  return shared().money(value.minor, currency);
}

py::object list(const Plan& plan, const void* value) {
  std::size_t size = plan.type->size(value);
  py::object tuple = owned(PyTuple_New(static_cast<Py_ssize_t>(size)));
  for (std::size_t i = 0; i < size; ++i) {
    py::object element = to_python(*plan.element, plan.type->at(value, i));
    PyTuple_SET_ITEM(tuple.ptr(), static_cast<Py_ssize_t>(i), element.release().ptr());
  }
  return tuple;
}

py::object map(const Plan& plan, const void* value) {
  struct Visit {
    const Plan& element;
    py::dict dict{};
  } visit{*plan.element};
  plan.type->each(value, &visit, [](void* context, const std::string& key, const void* element) {
    Visit& into = *static_cast<Visit*>(context);
    into.dict[text(key)] = to_python(into.element, element);
  });
  return std::move(visit.dict);
}

/// An object of the record's class whose slots are still empty.
py::object empty_record(const Plan& plan) {
  if (plan.python_class == nullptr) {
    throw Error(Code::unsupported, "python_class_missing", {},
                {{"type", std::string(plan.type->name)}});
  }
  return owned(plan.python_class->tp_alloc(plan.python_class, 0));
}

void fill(const py::object& record, const FieldPlan& field, py::object value) {
  *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(record.ptr()) + field.offset) =
      value.release().ptr();
}

py::object record(const Plan& plan, const void* value) {
  if (plan.fields.empty()) return py::none();
  py::object made = empty_record(plan);
  for (const FieldPlan& field : plan.fields) {
    fill(made, field, to_python(*field.plan, field.field->value(value)));
  }
  return made;
}

}  // namespace

py::object to_python(const Plan& plan, const void* value) {
  const Type& type = *plan.type;
  switch (type.kind) {
    case Kind::boolean:
      return py::bool_(type.number(value) != 0);
    case Kind::integer:
      return owned(PyLong_FromLongLong(type.number(value)));
    case Kind::id: {
      std::int64_t id = type.number(value);
      return id == 0 ? py::none() : owned(PyLong_FromLongLong(id));
    }
    case Kind::text:
      return text(text_of(type, value));
    case Kind::bytes:
      return py::bytes(text_of(type, value));
    case Kind::enumeration:
      return enumeration(plan, value);
    case Kind::money:
      return money(*static_cast<const Money*>(value));
    case Kind::instant:
      return instant_to_python(type.number(value));
    case Kind::local_time:
      return local_time_to_python(type.number(value));
    case Kind::date:
      return date_to_python(type.number(value));
    case Kind::duration:
      return duration_to_python(type.number(value));
    case Kind::optional:
    case Kind::update: {
      const void* content = type.content(value);
      return content == nullptr ? py::none() : to_python(*plan.element, content);
    }
    case Kind::list:
      return list(plan, value);
    case Kind::map:
      return map(plan, value);
    case Kind::record:
      return record(plan, value);
  }
  return py::none();
}

py::dict defaults_to_python(const Type& request) {
  const Plan& plan = plan_of(request);
  Value value(request);
  py::dict defaults;
  for (const FieldPlan& field : plan.fields) {
    if (!field.field->may_be_absent || field.plan->type->kind == Kind::update) continue;
    defaults[py::handle(field.name)] = to_python(*field.plan, field.field->value(value.data()));
  }
  return defaults;
}

py::object restore_record(const py::type& python_class, const py::sequence& values) {
  const Plan* plan = plan_of_class(reinterpret_cast<PyTypeObject*>(python_class.ptr()));
  if (plan == nullptr || plan->fields.size() != values.size()) {
    throw py::type_error("not a record of frontdesk, or not of this version");
  }
  py::object made = empty_record(*plan);
  for (std::size_t i = 0; i < plan->fields.size(); ++i) {
    fill(made, plan->fields[i], py::object(values[i]));
  }
  return made;
}

py::object make_record(const py::type& python_class, const py::dict& fields) {
  const Plan* plan = plan_of_class(reinterpret_cast<PyTypeObject*>(python_class.ptr()));
  if (plan == nullptr) throw py::type_error("records of this class are made by frontdesk only");
  Value value(*plan->type);
  fields_from_python(*plan, fields, value.data());
  return to_python(*plan, value.data());
}

}  // namespace frontdesk::python

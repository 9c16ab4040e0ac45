#include "registry.hpp"

#include <frontdesk/operation.hpp>

#include "plan.hpp"

namespace frontdesk::python {
namespace {

constexpr auto by_reference =
    py::return_value_policy::reference;  // tables live as long as the library

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return "boolean";
    case Kind::integer:
      return "integer";
    case Kind::text:
      return "text";
    case Kind::bytes:
      return "bytes";
    case Kind::enumeration:
      return "enumeration";
    case Kind::id:
      return "id";
    case Kind::money:
      return "money";
    case Kind::instant:
      return "instant";
    case Kind::local_time:
      return "local_time";
    case Kind::date:
      return "date";
    case Kind::duration:
      return "duration";
    case Kind::optional:
      return "optional";
    case Kind::update:
      return "update";
    case Kind::list:
      return "list";
    case Kind::map:
      return "map";
    case Kind::record:
      return "record";
  }
  return "unknown";
}

std::string_view kind_name(OperationKind kind) {
  switch (kind) {
    case OperationKind::read:
      return "read";
    case OperationKind::write:
      return "write";
    case OperationKind::job:
      return "job";
  }
  return "unknown";
}

std::string_view audience_name(Audience audience) {
  switch (audience) {
    case Audience::everyone:
      return "everyone";
    case Audience::signed_in:
      return "signed_in";
    case Audience::permission:
      return "permission";
    case Audience::host:
      return "host";
  }
  return "unknown";
}

std::string_view subject_name(Subject subject) {
  switch (subject) {
    case Subject::none:
      return "none";
    case Subject::client:
      return "client";
    case Subject::centre:
      return "centre";
    case Subject::account:
      return "account";
  }
  return "unknown";
}

py::list fields_of(const Type& type) {
  py::list fields;
  if (type.kind != Kind::record) return fields;
  for (const Field& field : type.fields()) fields.append(py::cast(&field, by_reference));
  return fields;
}

py::list values_of(const Type& type) {
  py::list values;
  if (type.kind != Kind::enumeration) return values;
  for (const EnumValue& value : type.values()) values.append(py::make_tuple(value.name, value.doc));
  return values;
}

py::object class_of(const Type& type) {
  if (type.kind != Kind::record && type.kind != Kind::enumeration) return py::none();
  PyTypeObject* bound = plan_of(type).python_class;
  if (bound == nullptr) return py::none();
  return py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(bound));
}

py::object limit(std::int64_t value, std::int64_t none) {
  return value == none ? py::object(py::none()) : py::object(py::int_(value));
}

void show_types(py::module_& module) {
  py::class_<Type>(module, "Type", "What a field holds.")
      .def_property_readonly("kind", [](const Type& type) { return kind_name(type.kind); })
      .def_property_readonly("name", [](const Type& type) { return type.name; })
      .def_property_readonly(
          "element",
          [](const Type& type) { return type.element == nullptr ? nullptr : &type.element(); },
          by_reference)
      .def_property_readonly("fields", fields_of)
      .def_property_readonly("values", values_of)
      .def_property_readonly("python_class", class_of)
      .def("__repr__", [](const Type& type) {
        std::string text = "<frontdesk.Type " + std::string(kind_name(type.kind));
        return text + (type.name.empty() ? "" : " ") + std::string(type.name) + ">";
      });
  py::class_<Field>(module, "Field", "One field of a request or record.")
      .def_property_readonly("name", [](const Field& field) { return field.name; })
      .def_property_readonly("python_name", [](const Field& field) { return spelling(field.name); })
      .def_property_readonly("doc", [](const Field& field) { return field.doc; })
      .def_property_readonly(
          "type", [](const Field& field) { return &field.type(); }, by_reference)
      .def_property_readonly("required", [](const Field& field) { return !field.may_be_absent; })
      .def_property_readonly("secret", [](const Field& field) { return field.is_secret; })
      .def_property_readonly("personal", [](const Field& field) { return field.is_personal; })
      .def_property_readonly("permission", [](const Field& field) { return field.permission; })
      .def_property_readonly("lowest",
                             [](const Field& field) {
                               return limit(field.lowest, std::numeric_limits<std::int64_t>::min());
                             })
      .def_property_readonly("highest",
                             [](const Field& field) {
                               return limit(field.highest,
                                            std::numeric_limits<std::int64_t>::max());
                             })
      .def("__repr__",
           [](const Field& field) { return "<frontdesk.Field " + std::string(field.name) + ">"; });
}

}  // namespace

void show_registry(py::module_& module) {
  show_types(module);
  py::class_<Refusal>(module, "Refusal", "One way an operation is refused.")
      .def_property_readonly("code", [](const Refusal& refusal) { return code_name(refusal.code); })
      .def_property_readonly("reason", [](const Refusal& refusal) { return refusal.reason; })
      .def_property_readonly("when", [](const Refusal& refusal) { return refusal.when; })
      .def("__repr__", [](const Refusal& refusal) {
        return "<frontdesk.Refusal " + std::string(code_name(refusal.code)) + "/" +
               std::string(refusal.reason) + ">";
      });
  py::class_<Operation>(module, "Operation", "What an operation tells of itself.")
      .def_readonly("number", &Operation::number)
      .def_property_readonly("name", [](const Operation& operation) { return operation.name; })
      .def_property_readonly("kind",
                             [](const Operation& operation) { return kind_name(operation.kind); })
      .def_property_readonly("doc", [](const Operation& operation) { return operation.doc; })
      .def_property_readonly(
          "audience",
          [](const Operation& operation) { return audience_name(operation.rule.audience); })
      .def_property_readonly("permission",
                             [](const Operation& operation) { return operation.rule.permission; })
      .def_property_readonly(
          "subject",
          [](const Operation& operation) { return subject_name(operation.rule.subject); })
      .def_property_readonly("subject_field",
                             [](const Operation& operation) { return operation.rule.field; })
      .def_property_readonly("refusals",
                             [](const Operation& operation) {
                               py::list list;
                               for (const Refusal& refusal : operation.refusals) {
                                 list.append(py::cast(&refusal, by_reference));
                               }
                               return list;
                             })
      .def_property_readonly("example",
                             [](const Operation& operation) { return operation.example; })
      .def_property_readonly(
          "fields", [](const Operation& operation) { return fields_of(operation.request()); })
      .def_property_readonly(
          "result", [](const Operation& operation) { return &operation.result(); }, by_reference)
      .def("__repr__", [](const Operation& operation) {
        return "<frontdesk.Operation " + std::string(operation.name) + ">";
      });
  module.def("operations", [] {
    py::list list;
    for (const Operation* operation : operations()) list.append(py::cast(operation, by_reference));
    return list;
  });
  module.def("find_operation", &find_operation, by_reference);
  module.def("openapi", &openapi);
}

}  // namespace frontdesk::python

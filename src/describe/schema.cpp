#include "describe/schema.hpp"

namespace frontdesk::describe {
namespace json = boost::json;
namespace {

constexpr std::int64_t no_lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t no_highest = std::numeric_limits<std::int64_t>::max();

bool is_wrapper(const Type& type) {
  return type.kind == Kind::optional || type.kind == Kind::update;
}

/// `people.Client` out of `people::Client`.
std::string with_dots(std::string_view name) {
  std::string dotted;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == ':') {
      dotted += '.';
      ++i;
    } else {
      dotted += name[i];
    }
  }
  return dotted;
}

/// Of what a template was made, found in its first list: `people::Client` for Page<people::Client>.
const Type* template_element(const Type& type) {
  for (const Field& field : type.fields()) {
    const Type* inner = &field.type();
    if (inner->kind != Kind::list) continue;
    while (inner->element != nullptr) inner = &inner->element();
    return inner;
  }
  return nullptr;
}

/// The word for a type without a name in the name of a template: `TextPage`.
std::string kind_word(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return "Boolean";
    case Kind::integer:
      return "Integer";
    case Kind::text:
      return "Text";
    case Kind::bytes:
      return "Bytes";
    case Kind::id:
      return "Id";
    case Kind::money:
      return "Money";
    case Kind::date:
      return "Date";
    case Kind::duration:
      return "Duration";
    default:
      return "Time";
  }
}

json::object with_null(json::object schema) {
  auto type = schema.find("type");
  if (type != schema.end()) {
    type->value() = json::array{type->value(), "null"};
    return schema;
  }
  return {{"anyOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
}

void add_limits(json::object& schema, const Field* limits, std::string_view least,
                std::string_view most) {
  if (limits == nullptr) return;
  if (limits->lowest != no_lowest && limits->lowest != 0) schema[least] = limits->lowest;
  if (limits->highest != no_highest) schema[most] = limits->highest;
}

json::object integer(const Type& type, const Field* limits) {
  json::object schema{{"type", "integer"}};
  bool is_small = type.lowest >= std::numeric_limits<std::int32_t>::min() &&
                  type.highest <= std::numeric_limits<std::int32_t>::max();
  schema["format"] = is_small ? "int32" : "int64";
  std::int64_t lowest = std::max(type.lowest, limits == nullptr ? no_lowest : limits->lowest);
  std::int64_t highest = std::min(type.highest, limits == nullptr ? no_highest : limits->highest);
  if (lowest != no_lowest) schema["minimum"] = lowest;
  if (highest != no_highest) schema["maximum"] = highest;
  return schema;
}

json::object bytes(const Field* limits) {
  json::object schema{{"type", "string"}, {"contentEncoding", "base64"}};
  if (limits != nullptr && limits->highest != no_highest) {
    schema["maxLength"] = (limits->highest + 2) / 3 * 4;
  }
  return schema;
}

struct DefaultValue {
  explicit DefaultValue(const Type& type) : type(type), value(type.create()) {}
  ~DefaultValue() { type.destroy(value); }
  DefaultValue(const DefaultValue&) = delete;
  DefaultValue& operator=(const DefaultValue&) = delete;

  const Type& type;
  void* value;
};

/// The default of a field that a request may leave out; null where it says nothing.
json::value default_of(const Field& field, const void* defaults) {
  if (!field.may_be_absent) return nullptr;
  const Type& type = field.type();
  switch (type.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::duration:
    case Kind::enumeration:
      return encode_value(type, field.value(defaults), nullptr);
    default:
      return nullptr;
  }
}

/// Whether a result always has the field. Only the number of a record itself is known to be one.
bool is_always_there(const Field& field) {
  const Type& type = field.type();
  if (type.kind == Kind::id) return field.name == "id";
  return !is_wrapper(type) && field.permission.empty();
}

}  // namespace

std::string schema_name(const Type& type) {
  if (type.kind != Kind::record && type.kind != Kind::enumeration) return {};
  std::size_t bracket = type.name.find('<');
  if (bracket == std::string_view::npos) return with_dots(type.name);
  std::string_view outer = type.name.substr(0, bracket);
  const Type* element = template_element(type);
  std::string inner = element == nullptr ? std::string() : schema_name(*element);
  if (inner.empty()) inner = element == nullptr ? std::string() : kind_word(element->kind);
  return inner + with_dots(outer);
}

json::object Schemas::request(const Type& record) {
  return reference(schema_name(record), record, Side::request);
}

json::object Schemas::result(const Type& record) {
  return reference(schema_name(record), record, Side::result);
}

json::object Schemas::definitions() const {
  json::object all;
  for (const auto& [name, schema] : definitions_) all[name] = schema;
  return all;
}

json::object Schemas::reference(const std::string& name, const Type& type, Side side) {
  auto [definition, is_new] = definitions_.try_emplace(name);
  if (is_new) {  // entered first, so that a record which holds itself ends here
    json::object schema;
    if (type.kind == Kind::record) {
      schema = record(type, side);
    } else if (type.kind == Kind::money) {
      schema = money(side);
    } else {
      schema = enumeration(type);
    }
    definition->second = std::move(schema);
  }
  return {{"$ref", references_ + name}};
}

json::object Schemas::record(const Type& type, Side side) {
  json::object properties;
  json::array required;
  DefaultValue defaults(type);
  for (const Field& row : type.fields()) {
    properties[row.name] = field(row, defaults.value, side);
    bool is_required = side == Side::request ? !row.may_be_absent : is_always_there(row);
    if (is_required) required.emplace_back(row.name);
  }
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  if (side == Side::request) schema["additionalProperties"] = false;
  return schema;
}

json::object Schemas::enumeration(const Type& type) const {
  json::array names;
  std::string doc;
  for (const EnumValue& value : type.values()) {
    names.emplace_back(value.name);
    if (value.doc.empty()) continue;
    if (!doc.empty()) doc += '\n';
    doc += "- `" + std::string(value.name) + "`: " + std::string(value.doc);
  }
  json::object schema{{"type", "string"}, {"enum", std::move(names)}};
  if (!doc.empty()) schema["description"] = doc;
  return schema;
}

json::object Schemas::money(Side side) const {
  json::object amount{
      {"description", "In minor units; beyond 2^53 as text."},
      {"oneOf", json::array{json::object{{"type", "integer"}, {"format", "int64"}},
                            json::object{{"type", "string"}, {"pattern", "^-?[0-9]+$"}}}}};
  json::object currency{
      {"description", "ISO 4217 code."}, {"type", "string"}, {"pattern", "^[A-Z]{3}$"}};
  json::object schema{{"type", "object"},
                      {"properties", json::object{{"amount", amount}, {"currency", currency}}},
                      {"required", json::array{"amount", "currency"}}};
  if (side == Side::request) schema["additionalProperties"] = false;
  return schema;
}

json::object Schemas::field(const Field& field, const void* defaults, Side side) {
  const Type* type = &field.type();
  bool may_be_null = side == Side::request && is_wrapper(*type);
  std::string doc(field.doc);
  if (type->kind == Kind::update) doc += " Left out: as it is; null: emptied.";
  while (is_wrapper(*type)) type = &type->element();
  json::object told = value(*type, side == Side::request ? &field : nullptr, side);
  if (may_be_null) told = with_null(std::move(told));

  json::object schema{{"description", doc}};
  for (auto& [key, member] : told) schema[key] = std::move(member);
  json::value standard = side == Side::request ? default_of(field, defaults) : nullptr;
  if (!standard.is_null()) schema["default"] = std::move(standard);
  if (field.is_secret && side == Side::request) schema["writeOnly"] = true;
  if (field.is_secret) schema["x-secret"] = true;
  if (field.is_personal) schema["x-personal"] = true;
  if (!field.permission.empty()) schema["x-permission"] = field.permission;
  return schema;
}

json::object Schemas::value(const Type& type, const Field* limits, Side side) {
  switch (type.kind) {
    case Kind::boolean:
      return {{"type", "boolean"}};
    case Kind::integer:
      return integer(type, limits);
    case Kind::duration: {
      json::object schema = integer(type, limits);
      schema["x-unit"] = "seconds";
      return schema;
    }
    case Kind::id:
      return {{"type", "integer"}, {"format", "int64"}, {"minimum", 1}, {"x-id-of", type.name}};
    case Kind::text: {
      json::object schema{{"type", "string"}};
      add_limits(schema, limits, "minLength", "maxLength");
      return schema;
    }
    case Kind::bytes:
      return bytes(limits);
    case Kind::instant:
      return {{"type", "string"}, {"format", "date-time"}};
    case Kind::local_time:
      return {{"type", "string"}, {"pattern", "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$"}};
    case Kind::date:
      return {{"type", "string"}, {"format", "date"}};
    case Kind::enumeration:
      return reference(schema_name(type), type, side);
    case Kind::money:
      return reference(side == Side::request ? "MoneyInput" : "Money", type, side);
    case Kind::record:
      return reference(schema_name(type) + (side == Side::request ? "Input" : ""), type, side);
    case Kind::optional:
    case Kind::update:
      return with_null(value(type.element(), limits, side));
    default:
      return container(type, limits, side);
  }
}

json::object Schemas::container(const Type& type, const Field* limits, Side side) {
  json::object element = value(type.element(), nullptr, side);
  if (type.kind == Kind::list) {
    json::object schema{{"type", "array"}, {"items", std::move(element)}};
    add_limits(schema, limits, "minItems", "maxItems");
    return schema;
  }
  json::object schema{{"type", "object"}, {"additionalProperties", std::move(element)}};
  add_limits(schema, limits, "minProperties", "maxProperties");
  return schema;
}

}  // namespace frontdesk::describe

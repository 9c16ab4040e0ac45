#include "explain.hpp"

#include <algorithm>

namespace frontdesk::command {
namespace {

void gather(const Type& type, std::vector<const Type*>& seen) {
  if (type.element != nullptr) return gather(type.element(), seen);
  if (type.kind != Kind::record && type.kind != Kind::enumeration) return;
  if (std::find(seen.begin(), seen.end(), &type) != seen.end()) return;
  seen.push_back(&type);
  if (type.kind == Kind::enumeration) return;
  for (const Field& field : type.fields()) gather(field.type(), seen);
}

/// `50`, `false`, `name`; empty where the default says nothing.
std::string default_text(const Type& record, const Field& field) {
  const Type& type = field.type();
  const bool is_told = type.kind == Kind::boolean || type.kind == Kind::integer ||
                       type.kind == Kind::duration || type.kind == Kind::enumeration;
  if (!is_told || !field.may_be_absent) return {};
  const std::unique_ptr<void, void (*)(void*)> standard(record.create(), record.destroy);
  const std::int64_t number = type.number(field.value(standard.get()));
  if (type.kind == Kind::boolean) return number != 0 ? "true" : "false";
  if (type.kind != Kind::enumeration) return std::to_string(number);
  for (const EnumValue& value : type.values()) {
    if (value.value == number) return std::string(value.name);
  }
  return {};
}

}  // namespace

std::string area_of(std::string_view name) { return std::string(name.substr(0, name.find('.'))); }

std::vector<const Type*> types_within(const Type& type) {
  std::vector<const Type*> seen;
  for (const Field& field : type.fields()) gather(field.type(), seen);
  return seen;
}

std::vector<std::string> field_notes(const Type& record, const Field& field, bool is_request) {
  std::vector<std::string> notes{type_text(field.type())};
  const std::string limits = limits_text(field);
  if (!limits.empty()) notes.push_back(limits);
  if (is_request && !field.may_be_absent) notes.emplace_back("required");
  const std::string standard = is_request ? default_text(record, field) : "";
  if (!standard.empty()) notes.push_back("default " + standard);
  if (field.is_secret) notes.emplace_back("secret");
  if (field.is_personal) notes.emplace_back("personal");
  if (!field.permission.empty()) notes.push_back("needs " + std::string(field.permission));
  return notes;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

}  // namespace frontdesk::command

#include <frontdesk/reference.hpp>

#include "describe/schema.hpp"
#include "engine/batch.hpp"
#include "engine/operation_json.hpp"

namespace frontdesk {
namespace {

namespace json = boost::json;

std::string_view audience_word(Audience audience) {
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
  return "host";
}

std::string_view kind_word(OperationKind kind) {
  switch (kind) {
    case OperationKind::read:
      return "read";
    case OperationKind::write:
      return "write";
    case OperationKind::job:
      return "job";
  }
  return "write";
}

/// `id of a client`, `id of an account`.
std::string id_text(std::string_view name) {
  bool has_vowel = name.find_first_of("aeiou") == 0;
  std::string text = has_vowel ? "id of an " : "id of a ";
  for (char letter : name) text += letter == '_' ? ' ' : letter;
  return text;
}

std::string names_of(const Type& enumeration) {
  std::string names;
  for (const EnumValue& value : enumeration.values()) {
    if (!names.empty()) names += ", ";
    names += value.name;
  }
  return "one of " + names;
}

const Type& unwrapped(const Type& type) {
  const Type* inner = &type;
  while (inner->kind == Kind::optional || inner->kind == Kind::update) inner = &inner->element();
  return *inner;
}

/// What the limits of a field count.
std::string_view unit_of(Kind kind) {
  switch (kind) {
    case Kind::text:
      return " characters";
    case Kind::bytes:
      return " bytes";
    case Kind::list:
      return " items";
    case Kind::map:
      return " entries";
    case Kind::duration:
      return " seconds";
    default:
      return "";
  }
}

}  // namespace

namespace engine {

json::object operation_json(const Operation& operation) {
  return {{"number", operation.number},
          {"name", operation.name},
          {"kind", kind_word(operation.kind)},
          {"doc", operation.doc},
          {"audience", audience_word(operation.rule.audience)},
          {"permission", operation.rule.permission}};
}

json::array refusals_json(std::span<const Refusal> refusals) {
  json::array list;
  for (const Refusal& refusal : refusals) {
    list.push_back(json::object{
        {"code", code_name(refusal.code)}, {"reason", refusal.reason}, {"when", refusal.when}});
  }
  return list;
}

}  // namespace engine

inline namespace v1 {

std::string who_may(const Operation& operation) {
  const Rule& rule = operation.rule;
  switch (rule.audience) {
    case Audience::everyone:
      return "Everyone, also who is not signed in.";
    case Audience::signed_in:
      return "Whoever is signed in.";
    case Audience::host:
      return "Only the embedding program.";
    case Audience::permission:
      break;
  }
  std::string who = "Whoever holds `" + std::string(rule.permission) + "`";
  std::string field = "`" + std::string(rule.field) + "`";
  switch (rule.subject) {
    case Subject::none:
      return who + ", as far as it reaches.";
    case Subject::client:
      return who + " for the client in " + field +
             ": their own or their family's, one assigned to "
             "them, one of their centre, or any.";
    case Subject::centre:
      if (rule.field.empty()) return who + " for all centres, not only for some.";
      return who + " for the centre in " + field +
             ": their own, or any; without a centre, for any.";
    case Subject::account:
      return who + " for the account in " + field + ": their own, one of their centre, or any.";
  }
  return who;
}

std::span<const Refusal> general_refusals() {
  static constexpr Refusal list[] = {
      {Code::not_found, "operation_misspelt",
       "there is no operation of that name but one much like it"},
      {Code::not_found, "operation_not_found", "there is no operation of that name"},
      {Code::invalid, "request_too_large", "the request is longer than 64 MiB"},
      {Code::invalid, "json_malformed", "the request is not JSON"},
      {Code::invalid, "type_mismatch", "a value is of another type than its field"},
      {Code::invalid, "field_misspelt", "there is no such field but one much like it"},
      {Code::invalid, "field_unknown", "there is no such field"},
      {Code::invalid, "field_missing", "a field without a default is left out"},
      {Code::invalid, "enum_unknown", "a word is not one of those that the field takes"},
      {Code::invalid, "value_malformed",
       "a date, time or Base64 text is not written as it should be"},
      {Code::invalid, "out_of_range", "a number is too small or too large"},
      {Code::invalid, "utf8_invalid", "a text is not UTF-8"},
      {Code::invalid, "text_has_nul", "a text contains a NUL"},
      {Code::invalid, "length_out_of_range", "a text is too short or too long"},
      {Code::invalid, "size_out_of_range", "a list has too few or too many items"},
      {Code::invalid, "clock_out_of_range",
       "the host's clock is not within the years 1970 to 8999"},
      {Code::read_only, "file_read_only", "the file is open for reading only"},
      {Code::unsupported, "forked", "the process was forked after it opened the file"},
      {Code::busy, "readers_exhausted", "too many reads are running"},
      {Code::busy, "file_busy", "the file was in use for longer than the deadline"},
      {Code::cancelled, "deadline_passed", "the deadline passed before the operation began"},
      {Code::unauthenticated, "token_invalid", "the token is unknown or was revoked"},
      {Code::unauthenticated, "token_expired", "the token is past its time"},
      {Code::unauthenticated, "sign_in_required", "nobody is signed in"},
      {Code::denied, "host_only", "only the embedding program may do this"},
      {Code::denied, "permission_denied", "the caller does not hold the permission"},
      {Code::conflict, "idempotency_key_reused", "the key was used for another request"},
      {Code::unsupported, "job_in_batch", "a job cannot be a step of a batch"},
      {Code::cancelled, "job_stopped", "the host stopped the job"},
      {Code::storage, "disk_full", "the disk is full"},
      {Code::storage, "disk_error", "the disk reported an error"},
      {Code::storage, "file_damaged", "the file is damaged"},
      {Code::outcome_unknown, "commit_uncertain", "the commit failed and may have taken effect"},
      {Code::no_memory, "no_memory", "memory ran out"},
      {Code::internal, "defect", "frontdesk has a defect"},
      {Code::internal, "storage_defect", "frontdesk has a defect in its storage"},
  };
  return list;
}

std::string type_name(const Type& type) { return describe::schema_name(type); }

std::string type_text(const Type& type) {
  switch (type.kind) {
    case Kind::boolean:
      return "boolean";
    case Kind::integer:
      return "integer";
    case Kind::text:
      return "text";
    case Kind::bytes:
      return "bytes (Base64)";
    case Kind::enumeration:
      return names_of(type);
    case Kind::id:
      return id_text(type.name);
    case Kind::money:
      return "money";
    case Kind::instant:
      return "time (UTC)";
    case Kind::local_time:
      return "local time";
    case Kind::date:
      return "date";
    case Kind::duration:
      return "seconds";
    case Kind::optional:
      return type_text(type.element());
    case Kind::update:
      return type_text(type.element()) + ", or null";
    case Kind::list:
      return "list of " + type_text(type.element());
    case Kind::map:
      return "map of " + type_text(type.element());
    case Kind::record:
      return type_name(type);
  }
  return {};
}

std::string limits_text(const Field& field) {
  bool has_lowest = field.lowest != std::numeric_limits<std::int64_t>::min();
  bool has_highest = field.highest != std::numeric_limits<std::int64_t>::max();
  std::string unit(unit_of(unwrapped(field.type()).kind));
  if (has_lowest && has_highest && (field.lowest != 0 || unit.empty())) {
    return std::to_string(field.lowest) + " to " + std::to_string(field.highest) + unit;
  }
  if (has_highest) return "at most " + std::to_string(field.highest) + unit;
  if (has_lowest) return "at least " + std::to_string(field.lowest) + unit;
  return {};
}

int http_status(Code code) {
  switch (code) {
    case Code::invalid:
      return 400;
    case Code::unauthenticated:
      return 401;
    case Code::denied:
      return 403;
    case Code::not_found:
      return 404;
    case Code::conflict:
    case Code::sold_out:
      return 409;
    case Code::expired:
      return 410;
    case Code::unsupported:
      return 422;
    case Code::rate_limited:
      return 429;
    case Code::busy:
    case Code::read_only:
    case Code::no_memory:
      return 503;
    case Code::cancelled:
      return 504;
    case Code::storage:
    case Code::outcome_unknown:
    case Code::internal:
      return 500;
  }
  return 500;
}

std::string describe_operations() {
  json::array list;
  for (const Operation* operation : operations())
    list.push_back(engine::operation_json(*operation));
  return json::serialize(list);
}

std::string describe_operation(std::string_view name) {
  const Operation& operation = engine::operation_named(name);
  json::object told = engine::operation_json(operation);
  describe::Schemas schemas("#/$defs/");
  json::object request = schemas.request(operation.request());
  json::object result = schemas.result(operation.result());
  told["who_may"] = who_may(operation);
  told["refusals"] = engine::refusals_json(operation.refusals);
  told["example"] = describe::parse(operation.example);
  told["request"] = std::move(request);
  told["result"] = std::move(result);
  told["$defs"] = schemas.definitions();
  return json::serialize(told);
}

}  // namespace v1
}  // namespace frontdesk

/// The OpenAPI 3.1 document: `POST /call/{name}` for each operation of the registry (SPEC E14).
#include <frontdesk/desk.hpp>
#include <frontdesk/reference.hpp>

#include "describe/schema.hpp"
#include "engine/operation_json.hpp"

#include <set>

namespace frontdesk {
namespace {

namespace json = boost::json;

constexpr std::string_view schemas_prefix = "#/components/schemas/";

json::object reference(std::string_view path) { return {{"$ref", path}}; }

json::object json_content(json::object schema) {
  return {{"application/json", json::object{{"schema", std::move(schema)}}}};
}

std::string area_of(std::string_view operation) {
  return std::string(operation.substr(0, operation.find('.')));
}

std::string_view status_phrase(int status) {
  switch (status) {
    case 400:
      return "The request is wrong in itself.";
    case 401:
      return "Sign in first, or again.";
    case 403:
      return "This caller may not do this.";
    case 404:
      return "No such record, or none this caller may know of.";
    case 409:
      return "The state of things does not allow it.";
    case 410:
      return "A token, code, hold or cursor is past its time.";
    case 422:
      return "Not possible in this form or place.";
    case 429:
      return "Too many attempts.";
    case 503:
      return "Not now.";
    case 504:
      return "The deadline passed.";
    default:
      return "A failure of the file or a defect.";
  }
}

/// Refusals that share a status, told in words.
json::object failure_response(std::string_view phrase, std::span<const Refusal> refusals) {
  std::string text(phrase);
  for (const Refusal& refusal : refusals) {
    text += "\n- `" + std::string(code_name(refusal.code)) + "`, `" + std::string(refusal.reason) +
            "`: " + std::string(refusal.when);
  }
  return {{"description", text},
          {"content", json_content(reference("#/components/schemas/Error"))}};
}

json::object responses_of(const Operation& operation, json::object result) {
  json::object responses;
  responses["200"] = json::object{
      {"description", operation.kind == OperationKind::job ? "The job has ended." : "It is done."},
      {"content", json_content(std::move(result))}};
  std::map<int, std::vector<Refusal>> by_status;
  for (const Refusal& refusal : operation.refusals) {
    by_status[http_status(refusal.code)].push_back(refusal);
  }
  for (const auto& [status, refusals] : by_status) {
    responses[std::to_string(status)] = failure_response(status_phrase(status), refusals);
  }
  responses["default"] = reference("#/components/responses/Failure");
  return responses;
}

json::array parameters_of(const Operation& operation) {
  json::array parameters;
  if (operation.kind != OperationKind::read) {
    parameters.push_back(reference("#/components/parameters/IdempotencyKey"));
  }
  parameters.push_back(reference("#/components/parameters/Language"));
  parameters.push_back(reference("#/components/parameters/Correlation"));
  return parameters;
}

json::object path_item(const Operation& operation, describe::Schemas& schemas) {
  json::object content = json_content(schemas.request(operation.request()));
  content["application/json"].as_object()["example"] = describe::parse(operation.example);
  json::object post{
      {"operationId", operation.name},
      {"tags", json::array{area_of(operation.name)}},
      {"summary", operation.doc},
      {"description", "Who may call: " + who_may(operation)},
      {"parameters", parameters_of(operation)},
      {"requestBody", json::object{{"required", true}, {"content", std::move(content)}}},
      {"responses", responses_of(operation, schemas.result(operation.result()))}};
  if (operation.rule.audience == Audience::everyone) {
    post["security"] = json::array{json::object{}, json::object{{"token", json::array{}}}};
  }
  json::object told = engine::operation_json(operation);
  for (std::string_view member : {"number", "kind", "audience", "permission"}) {
    if (told[member] != json::value("")) post["x-" + std::string(member)] = told[member];
  }
  post["x-refusals"] = engine::refusals_json(operation.refusals);  // in order of precedence
  return {{"post", std::move(post)}};
}

json::object header(std::string_view name, std::string_view doc, std::int64_t length_max) {
  return {{"name", name},
          {"in", "header"},
          {"required", false},
          {"description", doc},
          {"schema", json::object{{"type", "string"}, {"maxLength", length_max}}}};
}

json::object parameters() {
  return {{"IdempotencyKey",
           header("Idempotency-Key",
                  "The same key and request give the first result again for 24 hours; the same key "
                  "and another request is a conflict.",
                  200)},
          {"Language", header("Accept-Language", "Language of messages: `en`, `uk`.", 500)},
          {"Correlation",
           header("X-Correlation-Id", "Ties audit and events to the caller's own log.", 500)}};
}

json::object error_schema() {
  json::array codes;
  for (int code = 0; code <= static_cast<int>(Code::internal); ++code) {
    codes.push_back(json::string(code_name(static_cast<Code>(code))));
  }
  json::object text{{"type", "string"}};
  auto told = [&text](std::string_view doc) {
    json::object schema = text;
    schema["description"] = doc;
    return schema;
  };
  json::object properties{
      {"code", json::object{{"description", "What the caller should do about it."},
                            {"type", "string"},
                            {"enum", codes}}},
      {"reason", told("A stable word for programs.")},
      {"message", told("A sentence for people, in the language of the call.")},
      {"field", told("Path of the field at fault; empty where no one field is.")},
      {"details", json::object{{"description", "Facts as data."}, {"type", "object"}}},
      {"retryable",
       json::object{{"description", "Whether the same request may succeed if it is sent again."},
                    {"type", "boolean"}}}};
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", json::array{"code", "reason", "message", "field", "details", "retryable"}}};
}

json::object components(const describe::Schemas& schemas) {
  json::object all = schemas.definitions();
  all["Error"] = error_schema();
  json::object token{{"type", "http"},
                     {"scheme", "bearer"},
                     {"description", "Token of a sign-in session, access token or API key."}};
  return {
      {"schemas", std::move(all)},
      {"parameters", parameters()},
      {"responses",
       json::object{{"Failure", failure_response("Any other failure, told alike by all operations.",
                                                 general_refusals())}}},
      {"securitySchemes", json::object{{"token", std::move(token)}}}};
}

json::array tags() {
  json::array list;
  std::set<std::string> seen;
  for (const Operation* operation : operations()) {
    std::string area = area_of(operation->name);
    if (seen.insert(area).second) list.push_back(json::object{{"name", area}});
  }
  return list;
}

}  // namespace

inline namespace v1 {

std::string openapi() {
  describe::Schemas schemas(schemas_prefix);
  json::object paths;
  for (const Operation* operation : operations()) {
    paths["/call/" + std::string(operation->name)] = path_item(*operation, schemas);
  }
  json::object info{
      {"title", "frontdesk"},
      {"version", version()},
      {"summary", "An embeddable booking core."},
      {"description",
       "Each operation is a POST of its request. A refusal has a code, a stable reason, a message "
       "for people and the path of the field at fault. Times are UTC; money is in minor units."}};
  json::object document{{"openapi", "3.1.0"},
                        {"info", std::move(info)},
                        {"security", json::array{json::object{{"token", json::array{}}}}},
                        {"tags", tags()},
                        {"paths", std::move(paths)},
                        {"components", components(schemas)}};
  return json::serialize(document);
}

}  // namespace v1
}  // namespace frontdesk

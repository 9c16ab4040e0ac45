#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <frontdesk/frontdesk.hpp>
#include <frontdesk/reference.hpp>

#include <set>

using namespace frontdesk;
namespace json = boost::json;

namespace {

const json::object& document() {
  static const json::object parsed = json::parse(openapi()).as_object();
  return parsed;
}

const json::object& schema(std::string_view name) {
  return document().at("components").at("schemas").at(name).as_object();
}

const json::object& property(std::string_view record, std::string_view field) {
  return schema(record).at("properties").at(field).as_object();
}

bool requires_field(std::string_view record, std::string_view field) {
  if (!schema(record).contains("required")) return false;
  for (const json::value& name : schema(record).at("required").as_array()) {
    if (name.as_string() == field) return true;
  }
  return false;
}

void gather_references(const json::value& value, std::set<std::string>& into) {
  if (value.is_array()) {
    for (const json::value& element : value.as_array()) gather_references(element, into);
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.as_object()) {
      if (key == "$ref") into.emplace(member.as_string());
      gather_references(member, into);
    }
  }
}

}  // namespace

TEST_CASE("the OpenAPI document has a path for every operation, in their order", "[E14]") {
  CHECK(document().at("openapi").as_string() == "3.1.0");
  CHECK(document().at("info").at("version").as_string() == version());
  const json::object& paths = document().at("paths").as_object();
  REQUIRE(paths.size() == operations().size());
  auto path = paths.begin();
  for (const Operation* operation : operations()) {
    CHECK(path->key() == "/call/" + std::string(operation->name));
    const json::object& post = path->value().at("post").as_object();
    CHECK(post.at("operationId").as_string() == operation->name);
    CHECK(post.at("summary").as_string() == operation->doc);
    CHECK(post.at("x-number").as_int64() == operation->number);
    const json::object& responses = post.at("responses").as_object();
    CHECK(responses.contains("200"));
    CHECK(responses.contains("default"));
    CHECK(post.at("x-refusals").as_array().size() == operation->refusals.size());
    for (const Refusal& refusal : operation->refusals) {
      const json::value& response = responses.at(std::to_string(http_status(refusal.code)));
      CHECK(std::string(response.at("description").as_string()).find(refusal.reason) !=
            std::string::npos);
    }
    ++path;
  }
  CHECK(openapi() == openapi());
}

TEST_CASE("every reference of the OpenAPI document leads somewhere", "[E14]") {
  std::set<std::string> references;
  gather_references(document(), references);
  CHECK(references.size() > 50);
  for (const std::string& reference : references) {
    INFO(reference);
    boost::system::error_code problem;
    json::value(document()).find_pointer(reference.substr(1), problem);
    CHECK_FALSE(problem);
  }
}

TEST_CASE("schemas tell limits, secrets and what may be left out", "[E14]") {
  CHECK(schema("people.Register").at("additionalProperties").as_bool() == false);
  CHECK(requires_field("people.Register", "email"));
  CHECK_FALSE(requires_field("people.Register", "phone"));
  CHECK(property("people.Register", "password").at("writeOnly").as_bool());
  CHECK(property("people.Register", "password").at("x-secret").as_bool());
  CHECK(property("people.Register", "first_name").at("maxLength").as_int64() == 100);
  CHECK(property("people.Register", "first_name").at("x-personal").as_bool());
  CHECK(property("people.Clients", "limit").at("default").as_int64() == 50);
  CHECK(property("people.Clients", "limit").at("maximum").as_int64() == 500);
  // An update may be null, a result never is.
  CHECK(property("people.UpdateClient", "city").at("type").as_array().size() == 2);
  CHECK(property("people.Client", "city").at("type").as_string() == "string");
  CHECK(requires_field("people.Client", "id"));
  CHECK_FALSE(requires_field("people.Client", "city"));
  CHECK_FALSE(schema("people.Client").contains("additionalProperties"));
  CHECK(property("people.Client", "birth_date").at("format").as_string() == "date");
  CHECK(property("people.Client", "registered_at").at("format").as_string() == "date-time");
  // The same record inside of requests and results.
  CHECK(schema("people.PickUpPersonInput").at("additionalProperties").as_bool() == false);
  CHECK_FALSE(schema("people.PickUpPerson").contains("additionalProperties"));
  CHECK(
      schema("people.ClientPage").at("properties").at("items").at("items").at("$ref").as_string() ==
      "#/components/schemas/people.Client");
  CHECK(schema("people.Sex").at("enum").as_array().size() == 3);
}

TEST_CASE("only what is open to everyone goes without a token", "[A9][E14]") {
  for (const Operation* operation : operations()) {
    const json::object& post =
        document().at("paths").at("/call/" + std::string(operation->name)).at("post").as_object();
    CHECK(post.contains("security") == (operation->rule.audience == Audience::everyone));
    const std::size_t headers = operation->kind == OperationKind::read ? 2 : 3;
    CHECK(post.at("parameters").as_array().size() == headers);
  }
}

TEST_CASE("every code has an HTTP status", "[E14][E16]") {
  for (int code = 0; code <= static_cast<int>(Code::internal); ++code) {
    const int status = http_status(static_cast<Code>(code));
    CHECK((status >= 400 && status < 600));
  }
  CHECK(http_status(Code::denied) == 403);
}

TEST_CASE("types, limits and callers are told in words", "[E14]") {
  CHECK(type_text(type_of<std::string>()) == "text");
  CHECK(type_text(type_of<std::optional<ClientId>>()) == "id of a client");
  CHECK(type_text(type_of<AccountId>()) == "id of an account");
  CHECK(type_text(type_of<std::vector<people::PickUpPerson>>()) == "list of people.PickUpPerson");
  CHECK(type_text(type_of<Update<std::string>>()) == "text, or null");
  CHECK(type_text(type_of<people::Sex>()) == "one of female, male, other");
  CHECK(type_name(type_of<Page<people::Client>>()) == "people.ClientPage");
  CHECK(type_name(type_of<Page<std::string>>()) == "TextPage");
  CHECK(type_name(type_of<std::int64_t>()).empty());
  for (const Operation* operation : operations()) {
    CHECK_FALSE(who_may(*operation).empty());
    for (const Field& field : operation->request().fields()) {
      CHECK_FALSE(type_text(field.type()).empty());
    }
  }
  const Field* limit = &people::Clients::fields().back();
  CHECK(limits_text(*limit) == "1 to 500");
  CHECK(limits_text(people::Register::fields().front()) == "1 to 254 characters");
  CHECK(limits_text(people::Register::fields().back()) == "at most 20 items");
  CHECK(who_may(people::Register::operation) == "Everyone, also who is not signed in.");
  CHECK(who_may(people::UpdateClient::operation).find("`people.") != std::string::npos);
}

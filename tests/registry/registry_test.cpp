#include <catch2/catch.hpp>
#include <frontdesk/frontdesk.hpp>

#include "access/authorization.hpp"
#include "base/texts.hpp"
#include "describe/json.hpp"
#include "engine/lists.hpp"

#include <regex>
#include <set>

using namespace frontdesk;

namespace {

const std::set<std::string> areas = {
    "access",  "people",   "catalog", "staff",   "schedule", "seating", "money",  "plans",
    "pricing", "bookings", "reviews", "notices", "reports",  "upkeep",  "events", "audit"};

void check_documented(const Type& type, std::set<const Type*>& seen) {
  if (!seen.insert(&type).second) return;
  if (type.element != nullptr) return check_documented(type.element(), seen);
  if (type.kind != Kind::record) return;
  std::set<std::string_view> names;
  for (const Field& field : type.fields()) {
    INFO(type.name << "." << field.name);
    CHECK(names.insert(field.name).second);
    CHECK(std::regex_match(std::string(field.name), std::regex("[a-z][a-z0-9_]*")));
    CHECK(field.doc.size() > 3);
    CHECK(field.lowest <= field.highest);
    check_documented(field.type(), seen);
  }
}

}  // namespace

TEST_CASE("operations have a name, a stable number, one line of documentation and a rule",
          "[registry][E1]") {
  std::set<int> numbers;
  std::set<std::string_view> names;
  int before = 0;
  for (const Operation* operation : operations()) {
    INFO(operation->name);
    CHECK(numbers.insert(operation->number).second);
    CHECK(operation->number > before);
    before = operation->number;
    CHECK(names.insert(operation->name).second);
    CHECK(std::regex_match(std::string(operation->name), std::regex("[a-z]+\\.[a-z0-9_]+")));
    CHECK(areas.count(std::string(operation->name.substr(0, operation->name.find('.')))) == 1);
    CHECK(operation->doc.size() > 10);
    CHECK(operation->doc.find('\n') == std::string_view::npos);
    CHECK(operation->doc.back() == '.');
    CHECK(operation->handle != nullptr);
    CHECK((operation->kind == OperationKind::job) == (operation->state != nullptr));
    CHECK(find_operation(operation->name) == operation);
  }
  CHECK(find_operation("people.regster") == nullptr);
}

TEST_CASE("every rule names a permission and a subject that exist", "[registry][A7][A12]") {
  for (const Operation* operation : operations()) {
    const Rule& rule = operation->rule;
    INFO(operation->name);
    bool asks_permission = rule.audience == Audience::permission;
    CHECK(asks_permission == !rule.permission.empty());
    if (asks_permission) CHECK(access::permission_index(rule.permission) != access::no_permission);
    if (rule.subject == Subject::none) CHECK(rule.field.empty());
    if (rule.field.empty()) continue;
    bool found = false;
    for (const Field& field : operation->request().fields())
      found = found || field.name == rule.field;
    CHECK(found);
  }
}

TEST_CASE("every operation's example is a request of it", "[registry][E14]") {
  for (const Operation* operation : operations()) {
    INFO(operation->name << " " << operation->example);
    std::shared_ptr<void> request(operation->request().create(), operation->request().destroy);
    CHECK_NOTHROW(describe::decode(operation->request(), operation->example, request.get()));
    CHECK_NOTHROW(describe::validate(operation->request(), request.get()));
  }
}

TEST_CASE("every field is documented once, in words", "[registry][E1][E14]") {
  std::set<const Type*> seen;
  for (const Operation* operation : operations()) {
    check_documented(operation->request(), seen);
    check_documented(operation->result(), seen);
  }
}

TEST_CASE("every refusal has a sentence in English and in Ukrainian", "[registry][E16][E18]") {
  for (const Operation* operation : operations()) {
    std::set<std::string_view> reasons;
    for (const Refusal& refusal : operation->refusals) {
      std::string key = "error." + std::string(refusal.reason);
      INFO(operation->name << " " << key);
      CHECK(refusal.when.size() > 5);
      CHECK(reasons.insert(refusal.reason).second);
      CHECK(texts::has("en", key));
      CHECK(texts::has("uk", key));
    }
  }
  CHECK(texts::keys("en") == texts::keys("uk"));
}

TEST_CASE("topics and settings are unique and documented", "[registry][E7]") {
  std::set<std::string_view> topics;
  for (const storage::EventKind* kind : engine::event_kinds()) {
    INFO(kind->topic);
    CHECK(topics.insert(kind->topic).second);
    CHECK(kind->doc.size() > 10);
    if (!kind->permission.empty())
      CHECK(access::permission_index(kind->permission) != access::no_permission);
  }
  std::set<std::string_view> names;
  for (const storage::Setting* setting : engine::settings()) {
    INFO(setting->name);
    CHECK(names.insert(setting->name).second);
    CHECK(setting->doc.size() > 10);
    CHECK(setting->lowest <= setting->standard);
    CHECK(setting->standard <= setting->highest);
  }
  for (const storage::Reaction& reaction : engine::reactions()) {
    INFO(reaction.topic);
    CHECK(topics.count(reaction.topic) == 1);
  }
}

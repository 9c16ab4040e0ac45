// The matrix for records of a centre that a rule cannot name by itself: rooms, sections, activities
// and ticket types, each own, foreign and missing, by every operation that takes one (SPEC A9,
// A12).
#include <catch2/catch.hpp>

#include "describe/json.hpp"
#include "support.hpp"

#include <map>

using namespace frontdesk;
using testing::TestDesk;

namespace {

/// One record of each kind in a centre, by the word for its kind.
using Records = std::map<std::string_view, std::int64_t>;

Records records_of(TestDesk& desk, const std::string& name) {
  CentreId centre = desk.centre(name);
  Caller host = desk.host();
  return {
      {"centre", centre.value},
      {"section", host.run(catalog::CreateSection{.centre = centre, .name = "S"}).id.value},
      {"room",
       host.run(catalog::CreateRoom{.centre = centre, .name = "R", .capacity = 5}).id.value},
      {"activity", host.run(catalog::CreateActivity{.centre = centre, .name = "A"}).id.value},
      {"ticket_type", host.run(catalog::CreateTicketType{.centre = centre, .name = "T"}).id.value},
  };
}

/// The field that tells which record an operation is about: its first, where that is an id of a
/// kind of the records.
const Field* subject_of(const Operation& operation, const Records& records) {
  if (operation.rule.permission != "catalog.manage") return nullptr;
  if (operation.request().fields().empty()) return nullptr;
  const Field& first = operation.request().fields().front();
  bool is_known = first.type().kind == Kind::id && records.count(first.type().name) == 1;
  return is_known ? &first : nullptr;
}

std::string told(const Caller& caller, const Operation& operation, const Field& subject,
                 std::int64_t id) {
  std::shared_ptr<void> request(operation.request().create(), operation.request().destroy);
  std::shared_ptr<void> result(operation.result().create(), operation.result().destroy);
  describe::decode(operation.request(), operation.example, request.get());
  subject.type().set_number(subject.member(request.get()), id);
  try {
    caller.preview_erased(operation, request.get(), result.get(), {});
  } catch (const Error& error) {
    return std::string(code_name(error.code())) + " " + error.reason() + " " + error.field() + " " +
           error.message() + " " + std::to_string(error.details().size());
  }
  return "allowed";
}

bool is_missing(const std::string& answer, std::string_view kind) {
  return answer.starts_with("not_found " + std::string(kind) + "_not_found " + std::string(kind) +
                            " ");
}

}  // namespace

TEST_CASE("records of a centre are decided as their centre is", "[A12][A9][C2][C5][C6]") {
  TestDesk desk;
  Records own = records_of(desk, "Alpha");
  Records foreign = records_of(desk, "Beta");
  Caller admin = desk.admin();
  Caller partner = desk.staff("Partner", CentreId{own.at("centre")});
  std::map<std::string_view, int> decided;
  for (const Operation* operation : operations()) {
    const Field* subject = subject_of(*operation, own);
    if (subject == nullptr) continue;
    std::string_view kind = subject->type().name;
    INFO(operation->name);
    ++decided[kind];
    CHECK_FALSE(is_missing(told(admin, *operation, *subject, own.at(kind)), kind));
    CHECK_FALSE(is_missing(told(admin, *operation, *subject, foreign.at(kind)), kind));
    CHECK(is_missing(told(admin, *operation, *subject, 9'999'999), kind));
    CHECK_FALSE(is_missing(told(partner, *operation, *subject, own.at(kind)), kind));
    std::string stranger = told(partner, *operation, *subject, foreign.at(kind));
    CHECK(is_missing(stranger, kind));
    CHECK(stranger == told(partner, *operation, *subject, 9'999'999));
    for (const char* role : {"Moderator", "Salesman", "Trainer"}) {
      Caller caller = desk.staff(role, CentreId{own.at("centre")});
      CHECK(told(caller, *operation, *subject, own.at(kind)).starts_with("denied"));
    }
  }
  for (const auto& [kind, record] : own) {
    INFO(kind);
    CHECK(decided[kind] >= 3);
  }
}

TEST_CASE("a partner whose role was revoked changes no record", "[A12][A7]") {
  TestDesk desk;
  Records own = records_of(desk, "Alpha");
  Caller partner = desk.staff("Partner", CentreId{own.at("centre")});
  AccountId account = partner.run(access::Whoami{}).account->id;
  for (const auto& grant : desk.host().run(access::RoleGrants{.account = account}).items) {
    desk.host().run(access::RevokeRole{.grant = grant.id});
  }
  for (const Operation* operation : operations()) {
    const Field* subject = subject_of(*operation, own);
    if (subject == nullptr) continue;
    INFO(operation->name);
    std::int64_t id = own.at(subject->type().name);
    CHECK(told(partner, *operation, *subject, id).starts_with("denied permission_denied"));
  }
}

#include <frontdesk/reference.hpp>

#include <algorithm>

#include "faces/c_face.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

bool is_listed(std::span<const Refusal> refusals, frontdesk_status status,
               const std::string& reason) {
  return std::any_of(refusals.begin(), refusals.end(), [&](const Refusal& refusal) {
    return refusal.reason == reason && static_cast<int>(refusal.code) + 1 == status;
  });
}

/// A refusal that the operation's page tells of.
bool is_documented(const Operation& operation, frontdesk_status status, const std::string& reason) {
  return is_listed(operation.refusals, status, reason) ||
         is_listed(general_refusals(), status, reason);
}

using Run = decltype(&frontdesk_call);

void walk(const CDesk& desk, Run run) {
  const CCaller host = desk.host();
  for (const Operation* operation : operations()) {
    CReply reply;
    const std::string name(operation->name);
    const frontdesk_status status =
        run(host.get(), name.c_str(), operation->example.data(), operation->example.size(), nullptr,
            &reply.text, &reply.length);
    INFO(name << " " << operation->example);
    INFO((reply.text == nullptr ? "no reply" : reply.text));
    if (status == FRONTDESK_OK) {
      CHECK(boost::json::parse(std::string_view(reply.text, reply.length)).is_object());
      continue;
    }
    CHECK(is_documented(*operation, status, reply.word("reason")));
    CHECK(status != FRONTDESK_INTERNAL);
    CHECK_FALSE(reply.word("message").empty());
    // A sentence for people, not a reason that stands in for a text that is missing.
    CHECK(reply.word("message").find_first_of(".?!") != std::string::npos);
  }
}

}  // namespace

TEST_CASE("every operation is reached through C, and fails only as documented", "[E1][E14][E15]") {
  const CDesk desk;
  walk(desk, frontdesk_call);
}

TEST_CASE("every operation can be previewed through C", "[E3][E15]") {
  const CDesk desk;
  CReply before;
  REQUIRE(CDesk::call(desk.host().get(), "events.since", "{}", before) == FRONTDESK_OK);
  walk(desk, frontdesk_preview);
  CReply after;
  REQUIRE(CDesk::call(desk.host().get(), "events.since", "{}", after) == FRONTDESK_OK);
  CHECK(std::string_view(before.text) == after.text);
}

TEST_CASE("nobody in particular is kept out of all but what is open to everyone", "[A9][E15]") {
  const CDesk desk;
  const CCaller nobody = desk.anonymous();
  for (const Operation* operation : operations()) {
    CReply reply;
    const frontdesk_status status =
        CDesk::call(nobody.get(), operation->name, operation->example, reply);
    INFO(operation->name << " " << reply.text);
    if (operation->rule.audience == Audience::everyone) {
      CHECK(status != FRONTDESK_DENIED);
    } else {
      CHECK((status == FRONTDESK_UNAUTHENTICATED || status == FRONTDESK_DENIED));
    }
  }
}

TEST_CASE("C lists and explains every operation", "[E14]") {
  CReply list;
  REQUIRE(frontdesk_operations(&list.text, &list.length) == FRONTDESK_OK);
  const auto rows = boost::json::parse(list.text).as_array();
  REQUIRE(rows.size() == operations().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Operation& operation = *operations()[i];
    CHECK(rows[i].at("name").as_string() == operation.name);
    CHECK(rows[i].at("number").as_int64() == operation.number);
    CReply one;
    REQUIRE(frontdesk_operation(std::string(operation.name).c_str(), &one.text, &one.length) ==
            FRONTDESK_OK);
    const auto told = one.object();
    CHECK(told.at("who_may").as_string() == who_may(operation));
    CHECK(told.at("refusals").as_array().size() == operation.refusals.size());
    CHECK(told.at("$defs").as_object().contains(type_name(operation.request())));
    CHECK(told.at("$defs").as_object().contains(type_name(operation.result())));
  }
}

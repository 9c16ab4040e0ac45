#include "faces/c_face.hpp"

using namespace frontdesk::testing;

namespace {

void make_staff(const CDesk& desk, int role) {
  const CCaller host = desk.host();
  CReply account;
  REQUIRE(CDesk::call(host.get(), "access.create_account",
                      R"({"email": "mod@example.com", "password": "correct horse battery"})",
                      account) == FRONTDESK_OK);
  const boost::json::object grant{{"account", account.object().at("id")}, {"role", role}};
  CReply granted;
  REQUIRE(CDesk::call(host.get(), "access.grant_role", boost::json::serialize(grant), granted) ==
          FRONTDESK_OK);
}

/// The six digits of the newest message.
std::string code_in_outbox(const CDesk& desk) {
  CReply claimed;
  REQUIRE(CDesk::call(desk.host().get(), "notices.claim", "{}", claimed) == FRONTDESK_OK);
  std::string code;
  const boost::json::object result = claimed.object();
  for (const auto& message : result.at("messages").as_array()) {
    const std::string body(message.at("body").as_string());
    const std::size_t start = body.find_first_of("0123456789");
    if (start != std::string::npos) code = body.substr(start, 6);
  }
  return code;
}

frontdesk_status sign_in(const CDesk& desk, const char* password, CCaller& caller, CReply& reply) {
  frontdesk_caller* made = nullptr;
  const frontdesk_status status =
      frontdesk_sign_in(desk.get(), "mod@example.com", password, FRONTDESK_TEXT, nullptr, &made,
                        &reply.text, &reply.length);
  caller.reset(made);
  return status;
}

}  // namespace

TEST_CASE("signing in without a second factor gives a caller", "[A4][E15]") {
  CDesk desk;
  make_staff(desk, 6);  // Trainer
  CCaller caller;
  CReply wrong;
  CHECK(sign_in(desk, "an incorrect horse", caller, wrong) == FRONTDESK_UNAUTHENTICATED);
  CHECK(caller == nullptr);
  CReply right;
  REQUIRE(sign_in(desk, "correct horse battery", caller, right) == FRONTDESK_OK);
  REQUIRE(caller != nullptr);
  CReply who;
  CHECK(CDesk::call(caller.get(), "access.whoami", "{}", who) == FRONTDESK_OK);
  CHECK(who.word("kind") == "account");

  const std::string token = right.word("token");
  frontdesk_caller* again = nullptr;
  REQUIRE(frontdesk_caller_of_token(desk.get(), token.data(), token.size(), &again) ==
          FRONTDESK_OK);
  const CCaller same(again);
  CReply who_again;
  CHECK(CDesk::call(same.get(), "access.whoami", "{}", who_again) == FRONTDESK_OK);
}

TEST_CASE("a second factor is a challenge, then a caller", "[A5][E15]") {
  CDesk desk;
  make_staff(desk, 2);  // Moderator
  CCaller caller;
  CReply challenged;
  REQUIRE(sign_in(desk, "correct horse battery", caller, challenged) == FRONTDESK_OK);
  CHECK(caller == nullptr);
  const std::string token(challenged.object().at("challenge").at("token").as_string());
  const auto answer = [&](const std::string& code, CReply& reply) {
    frontdesk_caller* made = nullptr;
    const frontdesk_status status =
        frontdesk_answer_challenge(desk.get(), token.data(), token.size(), code.data(), code.size(),
                                   nullptr, &made, &reply.text, &reply.length);
    caller.reset(made);
    return status;
  };
  CReply wrong;
  CHECK(answer("no code", wrong) != FRONTDESK_OK);
  CHECK(caller == nullptr);
  CReply right;
  REQUIRE(answer(code_in_outbox(desk), right) == FRONTDESK_OK);
  CHECK(caller != nullptr);
}

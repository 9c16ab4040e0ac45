#include "outbox_steps.hpp"

#include "base/texts.hpp"
#include "notices/kinds.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

namespace {

const std::string body_key = "notice.reset_password.body";
const std::string subject_key = "notice.reset_password.subject";

}  // namespace

TEST_CASE("every purpose of access has texts in English and in Ukrainian", "[N3][E18]") {
  for (const EnumValue& purpose : enum_values(access::CodePurpose{})) {
    INFO(purpose.name);
    REQUIRE(notices::find_kind(purpose.name) != nullptr);
    for (const char* language : {"en", "uk"}) {
      CHECK(texts::has(language, notices::subject_key(purpose.name)));
      CHECK(texts::has(language, notices::body_key(purpose.name)));
    }
  }
  // The standard texts pass the checks of edited ones.
  TestDesk desk;
  notices::Templates request{.limit = 500};
  for (const notices::Template& text : desk.host().run(request).items) {
    INFO(text.key << " " << text.language);
    CHECK_NOTHROW(desk.host().preview(
        notices::EditTemplate{.key = text.key, .language = text.language, .text = text.text}));
  }
}

TEST_CASE("messages are written in the language of their reader", "[N3][E18]") {
  Outbox outbox;
  outbox.desk.host().run(
      access::UpdateAccount{.account = outbox.olena.account, .language = "uk-UA"});
  outbox.queue_reset();
  notices::ClaimedMessages claimed = outbox.claim();
  REQUIRE(claimed.messages.size() == 1);
  CHECK(claimed.messages[0].subject == "Новий пароль");
  CHECK(claimed.messages[0].body.find("протягом 1 год") != std::string::npos);
}

TEST_CASE("an edited text is used instead of the standard one", "[N3]") {
  Outbox outbox;
  Caller admin = outbox.desk.admin();
  notices::Template edited = admin.run(notices::EditTemplate{
      .key = body_key, .language = "en", .text = "Sunny: {token}, {minutes} minutes, {css: red}"});
  CHECK(edited.edited);
  CHECK(edited.version == 1);
  CHECK(edited.placeholders == std::vector<std::string>{"token", "minutes", "hours"});
  CHECK(edited.required == "token");
  admin.run(notices::EditTemplate{.key = subject_key, .language = "en", .text = "Your {token}"});
  outbox.desk.messages();

  outbox.queue_reset();
  notices::ClaimedMessage message = outbox.claim().messages.at(0);
  CHECK(message.subject.starts_with("Your "));
  CHECK(message.body.starts_with("Sunny: "));
  CHECK(message.body.ends_with(", 60 minutes, {css: red}"));

  notices::Template reset =
      admin.run(notices::ResetTemplate{.key = body_key, .language = "en", .version = 1});
  CHECK_FALSE(reset.edited);
  CHECK(reset.version == 0);
  CHECK(reset.text == texts::get("en", body_key));
  CHECK(admin.run(notices::ResetTemplate{.key = body_key, .language = "en"}).version == 0);
  outbox.desk.clock += 2min;
  outbox.queue_reset();
  CHECK(outbox.claim().messages.at(0).body.starts_with("To set a new password"));
}

TEST_CASE("texts that cannot do their work are refused", "[N3][E16]") {
  TestDesk desk;
  auto refused = [&](const notices::EditTemplate& request) {
    return refusal([&] { desk.host().run(request); });
  };
  Error without = refused({.key = body_key, .language = "en", .text = "Reset your password."});
  CHECK(without.code() == Code::invalid);
  CHECK(without.reason() == "template_without_code");
  CHECK(without.field() == "text");
  CHECK(without.message() ==
        "Without {token} in the text nobody would get what the message is for. Put it in.");
  Error unknown = refused({.key = body_key, .language = "en", .text = "{token} {Token} {name}"});
  CHECK(unknown.reason() == "placeholder_unknown");
  CHECK(std::get<std::string>(unknown.details().at("name")) == "Token");
  CHECK(refused({.key = body_key, .language = "en", .text = "{code}"}).reason() ==
        "placeholder_unknown");
  CHECK(refused({.key = subject_key, .language = "en", .text = "Two\nlines"}).reason() ==
        "subject_has_line_breaks");
  CHECK(refused({.key = subject_key, .language = "en", .text = " "}).reason() == "field_missing");
  CHECK(refused({.key = "notice.reset_password", .language = "en", .text = "x"}).reason() ==
        "template_not_found");
  CHECK(refused({.key = "notice..body", .language = "en", .text = "x"}).reason() ==
        "template_not_found");
  CHECK(refused({.key = "error.email_taken", .language = "en", .text = "x"}).reason() ==
        "template_not_found");
  CHECK(refused({.key = body_key, .language = "xx", .text = "{token}"}).reason() ==
        "language_unknown");
  CHECK(refusal([&] {
          desk.host().run(notices::ResetTemplate{.key = "notice.x.body", .language = "en"});
        }).reason() == "template_not_found");
  // A subject needs no token, a plain notice no placeholder at all.
  CHECK_NOTHROW(desk.host().run(
      notices::EditTemplate{.key = subject_key, .language = "en", .text = "Password"}));
  CHECK_NOTHROW(desk.host().run(notices::EditTemplate{
      .key = "notice.password_changed.body", .language = "uk", .text = "Пароль змінено."}));
}

TEST_CASE("edited texts have versions", "[N3][E13]") {
  TestDesk desk;
  notices::EditTemplate edit{
      .key = body_key, .language = "en", .text = "One {token}", .version = 0};
  CHECK(desk.host().run(edit).version == 1);
  Error outdated = refusal([&] { desk.host().run(edit); });
  CHECK(outdated.reason() == "version_outdated");
  CHECK(std::get<std::int64_t>(outdated.details().at("current")) == 1);
  edit.version = 1;
  edit.text = "Two {token}";
  CHECK(desk.host().run(edit).version == 2);
  CHECK(refusal([&] {
          desk.host().run(notices::ResetTemplate{.key = body_key, .language = "en", .version = 1});
        }).reason() == "version_outdated");
}

TEST_CASE("texts are listed by key and language, in pages", "[N3][E12]") {
  TestDesk desk;
  std::size_t all = desk.host().run(notices::Templates{.limit = 500}).items.size();
  CHECK(all == notices::message_kinds().size() * 2 * texts::languages().size());
  notices::Templates request{.limit = 7};
  std::vector<std::string> seen;
  do {
    Page<notices::Template> page = desk.host().run(request);
    for (const notices::Template& text : page.items) seen.push_back(text.key + text.language);
    request.cursor = page.next;
  } while (request.cursor);
  CHECK(seen.size() == all);
  CHECK(std::is_sorted(seen.begin(), seen.end()));

  CHECK(desk.host().run(notices::Templates{.key = body_key}).items.size() ==
        texts::languages().size());
  CHECK(desk.host().run(notices::Templates{.key = body_key, .language = "uk"}).items.size() == 1);
  CHECK(desk.host().run(notices::Templates{.edited = true}).items.empty());
  desk.host().run(notices::EditTemplate{.key = body_key, .language = "uk", .text = "Код: {token}"});
  Page<notices::Template> edited = desk.host().run(notices::Templates{.edited = true});
  REQUIRE(edited.items.size() == 1);
  CHECK(edited.items[0].text == "Код: {token}");
  CHECK(refusal([&] { desk.host().run(notices::Templates{.cursor = "%%"}); }).reason() ==
        "cursor_malformed");
}

TEST_CASE("texts are edited by who may do so for the whole platform", "[N3]") {
  TestDesk desk;
  notices::EditTemplate edit{.key = body_key, .language = "en", .text = "{token}"};
  Caller of_centre = desk.staff("Admin", desk.centre());
  for (const Caller& caller : {desk.customer().caller, desk.staff("Moderator"), of_centre}) {
    CHECK(refusal([&] { caller.run(edit); }).code() == Code::denied);
    CHECK(refusal([&] { caller.run(notices::Templates{}); }).code() == Code::denied);
    CHECK(refusal([&] {
            caller.run(notices::ResetTemplate{.key = body_key, .language = "en"});
          }).code() == Code::denied);
  }
}

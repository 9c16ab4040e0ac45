/// Desk hours: the Admin signs in with a second factor; what is allowed, what is not, and what the
/// books say afterwards.
#include "story.hpp"

#include <algorithm>

namespace day {
namespace fd = frontdesk;

namespace {

/// The six digits in a message.
std::string code_in(const std::string& text) {
  for (std::size_t i = 0; i + 6 <= text.size(); ++i) {
    auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
    if (std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i),
                    text.begin() + static_cast<std::ptrdiff_t>(i) + 6, is_digit)) {
      return text.substr(i, 6);
    }
  }
  return {};
}

fd::access::SignInResult sign_in(Story& story, const std::string& email) {
  fd::access::SignIn request;
  request.login = email;
  request.password = story.admin_password;
  fd::CallOptions options;
  options.origin = "203.0.113.9";
  return story.desk.anonymous().run(request, options);
}

fd::ClientId client_named(const fd::Caller& caller, const std::string& name) {
  fd::people::Clients search;
  search.search = name;
  return caller.run(search).items.at(0).id;
}

}  // namespace

fd::Caller sign_in_admin(Story& story) {
  chapter("The Admin signs in with a second factor");
  fd::access::SignInResult entry = sign_in(story, "nadia@frontdesk.example");
  line(std::string("the password is right; a second factor is ") +
       (entry.challenge ? "asked for" : "not asked for"));
  deliver_messages(story);
  const Delivered& mail = story.delivered.back();
  std::string code = code_in(mail.body);
  line("the outbox hands the host a message for " + mail.address + ": “" + mail.subject + "”");

  fd::access::AnswerChallenge answer;
  answer.challenge = entry.challenge->token;
  answer.code = code == "000000" ? "000001" : "000000";
  refused("a wrong code", [&] { story.desk.anonymous().run(answer); });
  answer.code = code;
  fd::access::SignInResult session = story.desk.anonymous().run(answer);
  line("the code of the message opens session " + std::to_string(session.session.value));
  refused("the same code once more", [&] { story.desk.anonymous().run(answer); });

  fd::Caller admin = story.desk.caller(session.token);
  fd::access::Identity identity = admin.run(fd::access::Whoami{});
  line("signed in as " + identity.account->name + ", " + identity.roles.at(0).name + ", with " +
       std::to_string(identity.permissions.size()) + " permissions");
  return admin;
}

void try_what_is_allowed(Story& story, const fd::Caller& admin) {
  chapter("What is allowed, and what is not");
  fd::Caller oksana = story.desk.caller(sign_in(story, "oksana@frontdesk.example").token);
  fd::ClientId olena = client_named(oksana, "Коваль Олена");
  fd::people::AddNote note;
  note.client = olena;
  note.centre = story.centres.at("Київ");
  note.text = "Обіцяла зателефонувати щодо абонемента.";
  line("Оксана, Salesman in Київ, writes note " + std::to_string(oksana.run(note).id.value) +
       " about Олена Коваль");

  fd::people::Clients mine;
  mine.limit = 100;
  line("Оксана's list has " + std::to_string(oksana.run(mine).items.size()) +
       " clients, the Admin's " + std::to_string(admin.run(mine).items.size()));
  fd::ClientId zoe = client_named(admin, "zoe");
  refused("Оксана opens a client of London",
          [&] { oksana.run(fd::people::GetClient{.client = zoe}); });
  refused("Оксана opens a client who does not exist",
          [&] { oksana.run(fd::people::GetClient{.client = fd::ClientId{4'000'000}}); });
  fd::access::GrantRole herself;
  herself.account = oksana.run(fd::access::Whoami{}).account->id;
  for (const auto& role : admin.run(fd::access::Roles{}).items) {
    if (role.name == "Admin") herself.role = role.id;
  }
  refused("Оксана makes herself Admin", [&] { oksana.run(herself); });

  fd::people::UpdateClient move;
  move.client = olena;
  move.version = 1;
  move.city = "Ірпінь";
  fd::people::Client moved = admin.run(move);
  line("the Admin notes that Олена moved to " + moved.city.value_or("") +
       "; her record is now at version " + std::to_string(moved.version));
  refused("the same change again, based on version 1", [&] { admin.run(move); });

  fd::CallOptions once;
  once.idempotency_key = "walk-in 2026-11-20 #1";
  fd::people::CreateClient walk_in;
  walk_in.first_name = "Aisha";
  walk_in.last_name = "Khan";
  walk_in.centre = story.centres.at("London");
  fd::ClientId first = admin.run(walk_in, once).id;
  fd::ClientId second = admin.run(walk_in, once).id;
  line(std::string("a repeated request with the same key makes ") +
       (first == second ? "one client" : "two clients"));

  refused("a misspelt field",
          [&] { admin.call("people.create_client", R"({"frist_name": "Ivan"})"); });
}

void look_back(Story& story, const fd::Caller& admin) {
  chapter("Evening: events, audit, and the check of everything");
  story.desk.host().run(fd::upkeep::Tick{});
  std::map<std::string, int> topics;
  fd::events::Since since;
  since.limit = 1000;
  fd::events::Feed feed = admin.run(since);
  for (const auto& event : feed.items) ++topics[event.topic];
  line(std::to_string(feed.items.size()) + " events; the next cursor is " +
       std::to_string(feed.next));
  for (const auto& [topic, count] : topics) line("    " + std::to_string(count) + " × " + topic);

  fd::audit::Entries newest;
  newest.limit = 7;
  line("the newest entries of the audit log:");
  for (const auto& entry : admin.run(newest).items) {
    line("    " + std::to_string(entry.sequence) + "  " + entry.who + " " +
         std::to_string(entry.who_id) + "  " + entry.operation + "  " + entry.outcome);
  }
  fd::audit::Verified verified = admin.run(fd::audit::Verify{});
  line("audit chain: " + std::to_string(verified.rows) + " rows, " +
       (verified.is_whole ? "whole" : "BROKEN"));
  fd::upkeep::Checked checked = admin.run(fd::upkeep::Check{});
  line("integrity: " + std::to_string(checked.parts.size()) + " checks, " +
       std::to_string(checked.problems.size()) + " problems");
}

}  // namespace day

/// What the tests of people share.
#pragma once

#include "support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace frontdesk::testing {

inline ClientId client_of(TestDesk& desk, const std::string& first_name,
                          const std::string& last_name = "", CentreId centre = {}) {
  return desk.host()
      .run(people::CreateClient{.centre = centre, .first_name = first_name, .last_name = last_name})
      .id;
}

inline AccountId account_of(const Caller& caller) {
  return caller.run(access::Whoami{}).account->id;
}

inline Date day(int year, unsigned month, unsigned number) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{number}};
}

/// Events of a topic, newest last.
inline std::vector<events::Event> events_of(const Caller& caller, const std::string& topic) {
  return caller.run(events::Since{.topics = {topic}, .limit = 1000}).items;
}

inline std::vector<std::string> full_names(const Page<people::Client>& page) {
  std::vector<std::string> names;
  for (const people::Client& client : page.items) {
    names.push_back(client.last_name.empty() ? client.first_name
                                             : client.first_name + " " + client.last_name);
  }
  return names;
}

inline std::vector<ClientId> ids_of(const Page<people::Client>& page) {
  std::vector<ClientId> ids;
  for (const people::Client& client : page.items) ids.push_back(client.id);
  return ids;
}

/// A refusal in the form `conflict/email_taken at email`.
inline std::string told(const std::function<void()>& action) {
  Error error = refusal(action);
  CHECK(error.message() != "error." + error.reason());
  CHECK(error.message().find('{') == std::string::npos);
  std::string text = std::string(code_name(error.code())) + "/" + error.reason();
  return error.field().empty() ? text : text + " at " + error.field();
}

}  // namespace frontdesk::testing

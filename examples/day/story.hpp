/// A front desk's day, told in the terminal. Each chapter prints only what operations returned.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace day {

/// A message that the host delivered; in this story, to a list instead of to a mail server.
struct Delivered {
  std::string address;
  std::string subject;
  std::string body;
};

struct Story {
  frontdesk::Desk desk;
  std::string data;      ///< folder of the input files
  std::string pictures;  ///< folder for pictures; empty: none are kept
  /// How many seconds the story is ahead of the real clock.
  std::shared_ptr<std::atomic<std::int64_t>> ahead;
  std::map<std::string, frontdesk::CentreId> centres{};
  std::vector<Delivered> delivered{};
  std::string admin_password = "a lantern in the harbour";
};

void open_centres(Story& story);
void import_people(Story& story);
void register_staff(Story& story);
frontdesk::Caller sign_in_admin(Story& story);
void try_what_is_allowed(Story& story, const frontdesk::Caller& admin);
void plan_the_week(Story& story);
void open_the_cinema(Story& story);
void hold_a_premiere(Story& story);
void compare_bargains(Story& story);
void subscribe_to_the_studio(Story& story);
void look_back(Story& story, const frontdesk::Caller& admin);

/// Lets time pass until a moment that is to come.
void wait_until(Story& story, frontdesk::Instant moment);
/// Claims what is in the outbox, "delivers" and acknowledges it. A real host sends mail here.
void deliver_messages(Story& story);

// --- telling ---
void chapter(const std::string& title);
void line(const std::string& text);
/// Runs an action that must be refused and tells how.
void refused(const std::string& who_tries_what, const std::function<void()>& action);
std::string read_file(const std::string& path);

}  // namespace day

/// Usage: day DATA-FOLDER [PICTURE-FOLDER]
#include "story.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace day {

void chapter(const std::string& title) {
  std::cout << "\n" << title << "\n" << std::string(72, '-') << "\n";
}

void line(const std::string& text) { std::cout << "  " << text << "\n"; }

void refused(const std::string& who_tries_what, const std::function<void()>& action) {
  try {
    action();
    line(who_tries_what + ": allowed?!");
  } catch (const frontdesk::Error& error) {
    line(who_tries_what + ": " + std::string(frontdesk::code_name(error.code())) + " (" +
         error.reason() + ")");
    line("    “" + error.message() + "”");
  }
}

void wait_until(Story& story, frontdesk::Instant moment) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  story.ahead->store((moment - now).count());
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void deliver_messages(Story& story) {
  frontdesk::Caller host = story.desk.host();
  frontdesk::notices::Claim claim;
  claim.limit = 100;
  frontdesk::notices::ClaimedMessages claimed = host.run(claim);
  for (const auto& message : claimed.messages) {
    story.delivered.push_back({message.address, message.subject, message.body});
    frontdesk::notices::Acknowledge done;
    done.message = message.id;
    done.claim = claimed.claim;
    done.outcome = frontdesk::notices::DeliveryOutcome::delivered;
    host.run(done);
  }
}

}  // namespace day

int main(int count, char** arguments) {
  if (count != 2 && count != 3) {
    std::cerr << "usage: day DATA-FOLDER [PICTURE-FOLDER]\n";
    return 2;
  }
  std::string name = (std::filesystem::temp_directory_path() / "frontdesk-day-XXXXXX").string();
  std::filesystem::path folder = ::mkdtemp(name.data());
  int status = 0;
  try {
    std::cout << "A day at the front desk (frontdesk " << frontdesk::version() << ")\n";
    auto ahead = std::make_shared<std::atomic<std::int64_t>>(0);
    frontdesk::OpenOptions options;
    options.clock = [ahead] {
      const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
      return now + frontdesk::Duration{ahead->load()};
    };
    day::Story story{frontdesk::Desk::open((folder / "day.db").string(), options), arguments[1],
                     count == 3 ? arguments[2] : "", ahead};
    day::open_centres(story);
    day::import_people(story);
    day::register_staff(story);
    frontdesk::Caller admin = day::sign_in_admin(story);
    day::try_what_is_allowed(story, admin);
    day::plan_the_week(story);
    day::open_the_cinema(story);
    day::hold_a_premiere(story);
    day::compare_bargains(story);
    day::look_back(story, admin);
    day::subscribe_to_the_studio(story);  // takes weeks, after which nobody is signed in
  } catch (const std::exception& problem) {
    std::cerr << "the day ended early: " << problem.what() << "\n";
    status = 1;
  }
  std::filesystem::remove_all(folder);
  return status;
}

#include "hostile/victim.hpp"

#include "hostile/calls.hpp"
#include "hostile/house.hpp"
#include "support.hpp"

#include <sqlite3.h>

#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

namespace frontdesk::hostile {
namespace {

constexpr std::chrono::seconds patience{120};

/// Ends the program if it is not called off in time: a hang cannot be told otherwise.
class Watchdog {
 public:
  explicit Watchdog(std::string what) : what_(std::move(what)), thread_([this] { watch(); }) {}
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog() {
    {
      const std::lock_guard guard(mutex_);
      is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

 private:
  void watch() {
    std::unique_lock guard(mutex_);
    if (changed_.wait_for(guard, patience, [this] { return is_over_; })) return;
    std::cerr << "hangs: " << what_ << "\n";
    std::abort();
  }

  std::string what_;
  std::mutex mutex_{};
  std::condition_variable changed_{};
  bool is_over_ = false;
  std::thread thread_;
};

/// Tokens that worked when the file was whole.
struct Tokens {
  std::string session{};
  std::string api_key{};
};

Tokens& tokens() {
  static Tokens instance;
  return instance;
}

/// When the file is looked at: an hour after it was closed.
std::int64_t& closed_at() {
  static std::int64_t instant = testing::ManualClock{}.seconds;
  return instant;
}

void enter_people(testing::TestDesk& desk, CentreId centre) {
  const Caller host = desk.host();
  for (int i = 0; i < 12; ++i) {
    people::CreateClient create;
    create.centre = centre;
    create.first_name = "Name" + std::to_string(i % 7);
    create.last_name = "Koval";
    create.phone = "+38067123450" + std::to_string(i % 10) + (i > 9 ? "1" : "");
    create.birth_date = Date{std::chrono::year{1990}, std::chrono::month{2}, std::chrono::day{3}};
    create.emergency_contact = people::EmergencyContact{"Hanna", "+380671112233", "mother"};
    create.attributes = {{"locker", "12"}, {"shirt", "M"}};
    create.notes = "Wishes a mat by the window.";
    host.run(create);
  }
  for (const JsonCall& call : {
           JsonCall{"people.add_dependant", R"({"guardian": 1, "first_name": "Maria",
                    "birth_date": "2019-05-14", "pick_up": [{"name": "Petro"}]})"},
           JsonCall{"people.add_dependant", R"({"guardian": 4, "first_name": "Ivan"})"},
           JsonCall{"people.add_note", R"({"client": 1, "centre": 1, "text": "First."})"},
           JsonCall{"people.add_note", R"({"client": 4, "centre": 1, "text": "Second."})"},
           JsonCall{"people.set_tags", R"({"client": 1, "centre": 1, "tags": ["VIP"]})"},
           JsonCall{"people.bar_client", R"({"client": 2, "centre": 1, "reason": "Rude."})"},
           JsonCall{"people.record_consent",
                    R"({"client": 1, "kind": "photos", "text_version": "1", "given": true})"},
           JsonCall{"people.add_favourite", R"({"client": 1, "kind": "centre", "subject": 1})"},
           JsonCall{"people.archive_client", R"({"client": 6})"},
           JsonCall{"people.erase", R"({"client": 10})"},
       }) {
    host.call(call.name, call.request);
  }
  people::Import import;
  import.csv = "external_ref,first_name,phone\n";
  for (int i = 0; i < 60; ++i)
    import.csv += "R" + std::to_string(i) + ",Row" + std::to_string(i) + ",\n";
  host.run(import, {.idempotency_key = "import"});
}

/// All that the file is to have; its callers are gone at the end, so that the file can be closed.
void fill(testing::TestDesk& desk) {
  const CentreId centre = desk.centre();
  enter_people(desk, centre);
  desk.admin();
  House house(desk, {desk.customer("Olena").caller, desk.customer("Taras").caller,
                     desk.staff("Trainer", centre), desk.staff("Trainer", centre)});
  const Caller host = desk.host();
  host.call("catalog.create_section", R"({"centre": 1, "name": "Swimming"})");
  host.call("catalog.apply_profile", R"({"centre": 1, "profile": "studio"})");
  host.call("notices.edit_template",
            R"({"key": "notice.sign_in_code.body", "language": "en", "text": "Code {code}."})");
  host.call("upkeep.change_setting", R"({"name": "people.country_calling_code", "value": 380})");
  house.live();
  closed_at() = desk.clock.seconds + 3'600;
  tokens().session = desk.token("customer2@mail.example");
  desk.desk().caller(tokens().session).call("access.issue_tokens", "{}");
  access::CreateApiKey key;
  key.name = "Mail delivery";
  key.permissions = {{.permission = "people.view"}};
  tokens().api_key = host.run(key).secret;
  people::Import import;
  import.csv = "external_ref,first_name\nLast,Last\n";
  host.run(import, {.idempotency_key = "last"});
  host.call("people.add_note", R"({"client": 1, "centre": 1, "text": "Third."})",
            {.idempotency_key = "note"});
  Batch of_two;
  for (const char* name : {"Twin", "Other twin"}) {
    people::CreateClient create;
    create.first_name = name;
    of_two.add(create);
  }
  host.run(of_two, {.idempotency_key = "twins"});
}

/// Rows that stand only until the next step of the tick, as a crash would leave them.
void leave_half_done(const std::string& path) {
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  sqlite3_exec(database,
               "INSERT INTO open_visits (session, done_up_to) VALUES (2, 0);"
               "INSERT INTO rezoned_sessions (session) VALUES (1), (12);"
               "INSERT INTO media_removals (digest, given_up_at) VALUES (hex(zeroblob(32)), 1)",
               nullptr, nullptr, nullptr);
  sqlite3_close(database);
}

std::string make_valid_bytes() {
  testing::TestDesk desk;
  fill(desk);
  desk.close();
  leave_half_done(desk.path());
  return read_bytes(desk.path());
}

/// A constraint keeps a forged value from being carried on into another row. The library cannot
/// tell that from a defect of its own, and says so; nothing was changed.
bool is_stopped_by_constraint(const Error& error) {
  const auto detail = error.details().find("sqlite");
  if (detail == error.details().end()) return false;
  const auto* status = std::get_if<std::int64_t>(&detail->second);
  return status != nullptr && (*status & 0xff) == SQLITE_CONSTRAINT;
}

void run(const Caller& caller, std::string_view name, std::string_view request,
         Treatment& treatment) {
  const std::string words = std::string(name) + ": ";
  try {
    caller.call(name, request, {.deadline = std::chrono::milliseconds{5'000}});
    ++treatment.results;
  } catch (const Error& error) {
    ++treatment.errors;
    if (error.message().empty()) treatment.defects.push_back(words + "no message");
    if (error.code() == Code::internal && !is_stopped_by_constraint(error)) {
      std::string told = words + error.message();
      if (auto problem = error.details().find("problem"); problem != error.details().end()) {
        if (const auto* text = std::get_if<std::string>(&problem->second)) told += " " + *text;
      }
      treatment.defects.push_back(told);
    }
  } catch (const std::exception& other) {
    treatment.defects.push_back(words + other.what());
  }
}

void run_all(const Caller& caller, std::span<const JsonCall> calls, Treatment& treatment) {
  for (const JsonCall& call : calls) run(caller, call.name, call.request, treatment);
}

/// The examples of all reads, or of all that changes something. The latter from the last area to
/// the first, so that places are booked before their timetable is changed and its people go.
void run_examples(const Caller& caller, bool reads, Treatment& treatment) {
  std::vector<const Operation*> chosen(operations().begin(), operations().end());
  if (!reads) std::reverse(chosen.begin(), chosen.end());
  for (const Operation* operation : chosen) {
    if ((operation->kind == OperationKind::read) != reads) continue;
    if (operation->name == people::Erase::operation.name) continue;  // later: see erasures()
    const std::string_view example = operation->example;
    run(caller, operation->name, example.empty() ? "{}" : example, treatment);
  }
}

/// Sessions begin and end, offers and subscriptions run out, and somebody asks how it stands.
void let_days_pass(const Caller& host, testing::ManualClock& clock, Treatment& treatment) {
  for (const int days : {1, 12, 30}) {
    clock += std::chrono::days{days};
    run(host, "upkeep.tick", "{}", treatment);
    run(host, "upkeep.tick", "{}", treatment);
  }
  run(host, "people.cabinet", R"({"client": 1})", treatment);
  run(host, "money.settle", R"({"centre": 1})", treatment);
}

void try_everything(const Desk& desk, Reach reach, testing::ManualClock& clock,
                    Treatment& treatment) {
  const Caller host = desk.host();
  const bool is_all = reach == Reach::everything;
  run_all(host, reads(), treatment);
  for (const std::string& token : {tokens().session, tokens().api_key}) {
    run(desk.caller(token), "access.whoami", "{}", treatment);
    run(desk.caller(token), "people.clients", "{}", treatment);
  }
  if (is_all) run_examples(host, true, treatment);
  run(desk.anonymous(), "access.sign_in",
      R"({"login": "customer2@mail.example", "password": "correct horse battery"})", treatment);
  if (is_all) {
    run_all(host, writes_of_the_house(), treatment);
    run(host, "upkeep.tick", "{}", treatment);
    run_examples(host, false, treatment);
    let_days_pass(host, clock, treatment);
  }
  run_all(host, writes(), treatment);
  if (is_all) run_all(host, erasures(), treatment);
}

}  // namespace

const std::string& valid_bytes() {
  static const std::string bytes = make_valid_bytes();
  return bytes;
}

void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string read_bytes(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

Treatment treat(const std::string& path, const std::string& what, Reach reach, bool read_only) {
  const Watchdog watchdog(what);
  Treatment treatment;
  testing::ManualClock clock;
  clock.seconds = closed_at();
  OpenOptions options;
  options.clock = [&clock] { return clock.now(); };
  options.busy_timeout = std::chrono::milliseconds{2'000};
  options.read_only = read_only;
  try {
    const Desk desk = Desk::open(path, options);
    treatment.was_opened = true;
    try_everything(desk, reach, clock, treatment);
  } catch (const Error& error) {
    treatment.refusal = error.code();
    treatment.reason = error.reason();
    if (error.code() == Code::internal || error.message().empty()) {
      treatment.defects.push_back("open: " + error.reason() + ": " + error.message());
    }
  } catch (const std::exception& other) {
    treatment.defects.push_back(std::string("open: ") + other.what());
  }
  return treatment;
}

bool is_long_dose() {
  static const bool is_long = std::getenv("FRONTDESK_LONG") != nullptr;
  return is_long;
}

void Tally::add(const Treatment& treatment) {
  ++files;
  if (treatment.was_opened) ++opened;
  results += treatment.results;
  errors += treatment.errors;
}

void Tally::print(const std::string& what) const {
  if (!is_long_dose()) return;
  std::cout << what << ": " << files << " files, " << opened << " opened; " << results
            << " results, " << errors << " errors\n";
}

}  // namespace frontdesk::hostile

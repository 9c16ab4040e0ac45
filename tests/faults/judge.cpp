#include "faults/judge.hpp"

#include <sqlite3.h>

#include <map>
#include <set>

namespace frontdesk::faults {
namespace {

/// What a file tells of the people in it.
struct Seen {
  std::map<std::string, ClientId> clients{};  // by first name
  std::map<std::int64_t, int> events_of{};    // that tell of a client's beginning
  std::set<std::int64_t> audited{};           // clients some audit row is about
};

class Judge {
 public:
  Judge(const Caller& host, std::vector<std::string>& problems)
      : host_(host), problems_(problems) {}

  void look() {
    see_clients();
    see_events();
    see_audit();
    for (const upkeep::Problem& problem : host_.run(upkeep::Check{}).problems) {
      wrong("upkeep.check: " + problem.part + ", " + problem.place + ": " + problem.problem);
    }
    for (const upkeep::Problem& problem : host_.run(audit::Verify{}).problems) {
      wrong("audit.verify: " + problem.place + ": " + problem.problem);
    }
  }

  void judge(const Deed& deed, const std::set<std::string>& gone) {
    if (!deed.erased.empty()) judge_erasure(deed);
    if (deed.created.empty()) return;
    std::size_t present = 0;
    for (const std::string& name : deed.created) {
      if (seen_.clients.contains(name)) ++present;
    }
    if (deed.is_job) return judge_import(deed, present);
    if (gone.contains(deed.created.front())) return;
    if (present != 0 && present != deed.created.size()) return wrong(deed, "is half done");
    if (deed.answer == Answer::done && present == 0) return wrong(deed, "is missing");
    const bool is_barred = deed.answer == Answer::none || deed.answer == Answer::refused;
    if (is_barred && present != 0) return wrong(deed, "is there though it was refused");
    if (present != 0) judge_whole(deed);
  }

 private:
  void wrong(const std::string& problem) { problems_.push_back(problem); }
  void wrong(const Deed& deed, const std::string& problem) {
    wrong("'" + deed.key + "' " + problem);
  }

  void see_clients() {
    people::Clients page;
    page.limit = 500;
    do {
      Page<people::Client> clients = host_.run(page);
      for (const people::Client& client : clients.items) {
        const bool is_first = seen_.clients.emplace(client.first_name, client.id).second;
        if (!is_first) wrong("'" + client.first_name + "' is there twice");
      }
      page.cursor = clients.next;
    } while (page.cursor);
  }

  void see_events() {
    events::Since since;
    since.limit = 1'000;
    since.topics = {"people.client_created", "people.dependant_added"};
    bool is_end = false;
    while (!is_end) {
      events::Feed feed = host_.run(since);
      for (const events::Event& event : feed.items) ++seen_.events_of[event.client.value];
      since.cursor = feed.next;
      is_end = feed.is_end;
    }
  }

  void see_audit() {
    audit::Entries page;
    page.limit = 500;
    do {
      Page<audit::Entry> entries = host_.run(page);
      for (const audit::Entry& entry : entries.items) seen_.audited.insert(entry.client.value);
      page.cursor = entries.next;
    } while (page.cursor);
  }

  void judge_erasure(const Deed& deed) {
    const bool is_there = seen_.clients.contains(deed.erased);
    if (deed.answer == Answer::done && is_there) wrong(deed, "is not done");
    const bool is_barred = deed.answer == Answer::none || deed.answer == Answer::refused;
    if (is_barred && !is_there) wrong(deed, "is done though it was refused");
  }

  /// Rows come in order, each whole, so those that are there are the first ones.
  void judge_import(const Deed& deed, std::size_t present) {
    if (present < deed.acknowledged) wrong(deed, "lacks rows");
    if (deed.answer == Answer::none && present != 0) wrong(deed, "was never asked for");
    for (std::size_t i = 0; i < present; ++i) {
      if (!seen_.clients.contains(deed.created[i])) return wrong(deed, "has a hole");
    }
  }

  /// Rows, events and audit of what is there.
  void judge_whole(const Deed& deed) {
    for (const std::string& name : deed.created) {
      const ClientId client = seen_.clients.at(name);
      if (seen_.events_of[client.value] != 1) wrong(deed, "has not one event for each client");
      if (!seen_.audited.contains(seen_.clients.at(deed.created.front()).value)) {
        wrong(deed, "is not in the audit log");
      }
    }
    if (deed.created.size() == 1 && deed.notes == 0) return;
    const ClientId guardian = seen_.clients.at(deed.created.front());
    const people::FamilyMembers family = host_.run(people::Family{.client = guardian});
    if (family.dependants.size() + 1 != deed.created.size()) wrong(deed, "has lost a dependant");
    people::Notes notes;
    notes.client = guardian;
    notes.limit = 500;
    if (static_cast<std::int64_t>(host_.run(notes).items.size()) != deed.notes) {
      wrong(deed, "has lost a note");
    }
  }

  const Caller& host_;
  std::vector<std::string>& problems_;
  Seen seen_{};
};

int keep_row(void* rows, int columns, char** values, char**) {
  std::string& text = *static_cast<std::string*>(rows);
  for (int i = 0; i < columns; ++i) text += std::string(values[i] ? values[i] : "NULL") + " ";
  return 0;
}

}  // namespace

void judge_desk(const Caller& host, const std::vector<Deed>& deeds,
                std::vector<std::string>& problems) {
  Judge judge(host, problems);
  judge.look();
  std::set<std::string> gone;
  for (const Deed& deed : deeds) gone.insert(deed.erased);
  for (const Deed& deed : deeds) judge.judge(deed, gone);
}

void judge_bytes(const std::string& path, std::vector<std::string>& problems) {
  sqlite3* database = nullptr;
  std::string found;
  if (sqlite3_open(path.c_str(), &database) == SQLITE_OK) {
    sqlite3_exec(database, "PRAGMA integrity_check; PRAGMA foreign_key_check", keep_row, &found,
                 nullptr);
  }
  if (found != "ok ") problems.push_back("integrity_check: " + found);
  sqlite3_close(database);
}

}  // namespace frontdesk::faults

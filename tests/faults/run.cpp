#include "faults/run.hpp"

#include "faults/failing_memory.hpp"
#include "faults/faulty_vfs.hpp"
#include "faults/judge.hpp"

#include <algorithm>
#include <new>
#include <thread>

namespace frontdesk::faults {
namespace {

constexpr std::int64_t mark_begun = 0;
constexpr std::int64_t mark_done = 1;
constexpr std::int64_t mark_refused = 2;
constexpr std::int64_t mark_unknown = 3;
constexpr std::int64_t mark_rows = 1'000;

std::int64_t mark_of(Answer answer) {
  switch (answer) {
    case Answer::done:
      return mark_done;
    case Answer::refused:
      return mark_refused;
    default:
      return mark_unknown;
  }
}

people::CreateClient client_request(const std::string& name) {
  people::CreateClient request;
  request.first_name = name;
  request.last_name = "Koval";
  request.external_ref = name;
  return request;
}

}  // namespace

Deed create_client(const std::string& name) {
  Deed deed;
  deed.key = "create " + name;
  deed.created = {name};
  deed.action = [request = client_request(name)](const Caller& caller, const CallOptions& options) {
    caller.run(request, options);
  };
  return deed;
}

Deed create_family(const std::string& name, int dependants, int notes, CentreId centre) {
  Deed deed;
  deed.key = "family " + name;
  deed.created = {name};
  deed.notes = notes;
  for (int i = 0; i < dependants; ++i) deed.created.push_back(name + "-" + std::to_string(i));
  deed.action = [names = deed.created, notes, centre](const Caller& caller,
                                                      const CallOptions& options) {
    Batch batch;
    people::CreateClient first = client_request(names.front());
    first.centre = centre;
    auto guardian = batch.add(first);
    for (std::size_t i = 1; i < names.size(); ++i) {
      people::AddDependant child;
      child.guardian = guardian.id(&people::Client::id);
      child.first_name = names[i];
      batch.add(child);
    }
    for (int i = 0; i < notes; ++i) {
      people::AddNote note;
      note.client = guardian.id(&people::Client::id);
      note.centre = centre;
      note.text = std::string(4'000, 'n');
      batch.add(note);
    }
    caller.run(batch, options);
  };
  return deed;
}

Deed import_clients(const std::string& prefix, int rows) {
  Deed deed;
  deed.key = "import " + prefix;
  deed.is_job = true;
  people::Import request;
  request.csv = "external_ref,first_name\n";
  for (int i = 0; i < rows; ++i) {
    const std::string name = prefix + std::to_string(i);
    request.csv += name + "," + name + "\n";
    deed.row_ends.push_back(static_cast<std::int64_t>(request.csv.size()));
    deed.created.push_back(name);
  }
  deed.action = [request](const Caller& caller, const CallOptions& options) {
    caller.run(request, options);
  };
  return deed;
}

Deed erase(const std::string& name, ClientId client) {
  Deed deed;
  deed.key = "erase " + name;
  deed.erased = name;
  deed.action = [client](const Caller& caller, const CallOptions& options) {
    people::Erase request;
    request.client = client;
    caller.run(request, options);
  };
  return deed;
}

Deed tick() {
  Deed deed;
  deed.action = [](const Caller& caller, const CallOptions& options) {
    caller.run(upkeep::Tick{}, options);
  };
  return deed;
}

Deed look(std::function<void(const Caller&)> action) {
  Deed deed;
  deed.action = [action = std::move(action)](const Caller& caller, const CallOptions&) {
    action(caller);
  };
  return deed;
}

Run::Run(std::string path) : path_(std::move(path)) {}

OpenOptions Run::options() {
  OpenOptions options;
  options.clock = [this] { return clock_.now(); };
  options.wal_bytes_max = 64 * 1024;  // so that checkpoints are part of every scenario
  return options;
}

bool Run::open() {
  const OpenOptions opening = options();
  try {
    const Exposed exposed;
    desk_.emplace(Desk::open(path_, opening));
    desk_->on_events([] {});
  } catch (const Error& error) {
    note_error(error);
  } catch (const std::bad_alloc&) {
    ++errors;
  }
  return desk_.has_value();
}

void Run::close() {
  const Exposed exposed;
  desk_.reset();
}

void Run::note_problem(const std::string& problem) {
  const std::lock_guard guard(mutex_);
  problems.push_back(problem);
}

void Run::note_error(const Error& error) {
  std::string text =
      std::string(code_name(error.code())) + "/" + error.reason() + ": " + error.message();
  for (const auto& [name, detail] : error.details()) {
    if (const auto* words = std::get_if<std::string>(&detail)) text += " " + name + ": " + *words;
    if (const auto* number = std::get_if<std::int64_t>(&detail)) {
      text += " " + name + ": " + std::to_string(*number);
    }
  }
  const std::lock_guard guard(mutex_);
  ++errors;
  if (error.message().empty()) problems.push_back("an error without a message: " + text);
  if (is_expected && !is_expected(error)) problems.push_back("unexpected: " + text);
}

void Run::answer(std::size_t number, Answer given) {
  const std::lock_guard guard(mutex_);
  deeds[number].answer = given;
  if (given == Answer::done) deeds[number].acknowledged = deeds[number].created.size();
  mark(static_cast<std::int64_t>(number) * marks_per_deed + mark_of(given));
}

void Run::act(const Deed& deed) {
  std::size_t number = 0;
  {
    const std::lock_guard guard(mutex_);
    number = deeds.size();
    deeds.push_back(deed);
    deeds.back().answer = Answer::unknown;
    mark(static_cast<std::int64_t>(number) * marks_per_deed + mark_begun);
  }
  CallOptions call;
  call.idempotency_key = deed.key;
  if (deed.is_job) {
    call.progress = [this, number](std::int64_t done, std::int64_t) {
      const Sheltered sheltered;
      const std::lock_guard guard(mutex_);
      const std::vector<std::int64_t>& ends = deeds[number].row_ends;
      const std::int64_t rows = std::upper_bound(ends.begin(), ends.end(), done) - ends.begin();
      deeds[number].acknowledged = static_cast<std::size_t>(rows);
      mark(static_cast<std::int64_t>(number) * marks_per_deed + mark_rows + rows);
      return true;
    };
  }
  Answer given = Answer::refused;
  try {
    const Exposed exposed;
    deed.action(desk_->host(), call);
    given = Answer::done;
  } catch (const Error& error) {
    if (error.code() == Code::outcome_unknown) given = Answer::unknown;
    note_error(error);
  } catch (const std::bad_alloc&) {
    const std::lock_guard guard(mutex_);
    ++errors;
  } catch (const std::exception& defect) {
    note_problem(std::string("not an Error: ") + defect.what());
  }
  answer(number, given);
}

void Run::act_at_once(const std::vector<std::vector<Deed>>& lists) {
  std::vector<std::thread> threads;
  for (const std::vector<Deed>& list : lists) {
    threads.emplace_back([this, &list] {
      for (const Deed& deed : list) act(deed);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

bool Run::repeat() {
  bool has_repeated = false;
  for (Deed& deed : deeds) {
    if (deed.key.empty() || deed.answer == Answer::done) continue;
    has_repeated = true;
    CallOptions call;
    call.idempotency_key = deed.key;
    try {
      deed.action(desk_->host(), call);
      deed.answer = Answer::done;
      deed.acknowledged = deed.created.size();
    } catch (const std::exception& error) {
      note_problem("'" + deed.key + "' fails when it is repeated: " + error.what());
    }
  }
  return has_repeated;
}

void Run::judge() {
  try {
    if (!open()) return note_problem("the file cannot be opened again");
    judge_desk(desk_->host(), deeds, problems);
    if (repeat()) judge_desk(desk_->host(), deeds, problems);
    close();
    judge_bytes(path_, problems);
  } catch (const std::exception& error) {
    note_problem(std::string("the file cannot be used: ") + error.what());
  }
}

void Run::judge_as_of(const std::string& path, const std::vector<Deed>& then) {
  try {
    {
      const Desk desk = Desk::open(path, options());
      judge_desk(desk.host(), then, problems);
      people::CreateClient next;
      next.first_name = "Afterwards";
      desk.host().run(next);
    }
    judge_bytes(path, problems);
  } catch (const std::exception& error) {
    note_problem(std::string("the file cannot be used: ") + error.what());
  }
}

std::vector<Deed> deeds_as_of(const std::vector<Deed>& deeds,
                              const std::vector<std::int64_t>& marks) {
  std::vector<Deed> then = deeds;
  for (Deed& deed : then) {
    deed.answer = Answer::none;
    deed.acknowledged = 0;
  }
  for (const std::int64_t mark : marks) {
    Deed& deed = then[static_cast<std::size_t>(mark / marks_per_deed)];
    const std::int64_t what = mark % marks_per_deed;
    if (what >= mark_rows) {
      deed.acknowledged = static_cast<std::size_t>(what - mark_rows);
    } else if (what == mark_done) {
      deed.answer = Answer::done;
      deed.acknowledged = deed.created.size();
    } else {
      deed.answer = what == mark_refused ? Answer::refused : Answer::unknown;
    }
  }
  return then;
}

}  // namespace frontdesk::faults

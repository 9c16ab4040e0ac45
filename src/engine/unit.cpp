#include "engine/unit.hpp"

#include "access/authorization.hpp"
#include "describe/json.hpp"
#include "engine/idempotency.hpp"
#include "engine/jobs.hpp"
#include "storage/feed.hpp"

#include <algorithm>

namespace frontdesk::engine {
namespace {

using storage::Transaction;
using storage::TransactionAccess;

// DESIGN: a job holds the lock for at most 50 ms at a time; a step stops early enough to commit
// within that.
constexpr std::chrono::milliseconds step_time{15};

/// Which part of a unit refused: only refusals of the caller are denials to be logged.
enum class Stage { authorizing, working };

struct Outcome {
  const Step* step = nullptr;  ///< the step at work, for the audit of a refusal
  Stage stage = Stage::authorizing;
  std::string_view place{};           ///< of the step at work in its batch
  std::vector<ClientId> concerned{};  ///< all whom the steps so far were about
};

void react_to(Transaction& transaction, std::size_t first) {
  std::vector<storage::EmittedEvent>& events = TransactionAccess(transaction).emitted();
  for (std::size_t i = first; i < events.size(); ++i) {  // reactions may emit more
    storage::EmittedEvent event = events[i];
    for (const storage::Reaction& reaction : transaction.hooks().reactions) {
      if (reaction.topic == event.kind->topic) reaction.react(transaction, event.value.get());
    }
  }
}

/// Whom the step was about that emitted the events from `first` on.
void note_subjects(Transaction& transaction, std::size_t first, Outcome& outcome) {
  TransactionAccess access(transaction);
  for (std::size_t i = first; i < access.emitted().size(); ++i) {
    const storage::EmittedEvent& event = access.emitted()[i];
    storage::Subjects subjects = storage::subjects_of(*event.type, event.value.get());
    if (!access.concerned_client()) access.concerned_client() = subjects.client;
    if (!access.concerned_centre()) access.concerned_centre() = subjects.centre;
    if (subjects.client) outcome.concerned.push_back(subjects.client);
  }
  if (access.concerned_client()) outcome.concerned.push_back(access.concerned_client());
}

const void* resolved_request(Step& step, const std::vector<Step>& steps) {
  if (!step.resolve) return step.request;
  step.resolved = step.resolve(steps);
  describe::validate(step.operation->request(), step.resolved.get());
  return step.resolved.get();
}

/// False if there was nothing left to do of a job.
bool handle(Transaction& transaction, Unit& unit, Step& step, const void* request) {
  TransactionAccess access(transaction);
  access.prepared(step.prepared);
  if (unit.job == nullptr) {
    step.operation->handle(transaction, request, step.result, nullptr);
    return true;
  }
  if (unit.job->is_bounded) access.step_until(std::chrono::steady_clock::now() + step_time);
  return run_job_step(transaction, unit, step, request);
}

void audit(WriteContext& context, Transaction& transaction, const Step& step,
           std::string_view outcome) {
  TransactionAccess access(transaction);
  storage::AuditRow row;
  row.operation = step.operation->name;
  row.outcome = outcome;
  row.request_type = &step.operation->request();
  row.request = step.resolved ? step.resolved.get() : step.request;
  row.client = access.concerned_client();
  row.centre = access.concerned_centre();
  row.without_origin = step.operation->wipes_log;
  storage::append_audit(transaction, context.head, row);
}

/// One operation of the unit from authorization to audit.
void run_step(WriteContext& context, Transaction& transaction, Unit& unit, Step& step,
              Outcome& outcome) {
  outcome.step = &step;
  outcome.stage = Stage::authorizing;
  outcome.place = step.place;
  step.told.reset();
  TransactionAccess(transaction).forget_concerned();
  const void* request = resolved_request(step, *unit.steps);
  authorize(transaction, *step.operation, request);
  outcome.stage = Stage::working;
  std::size_t first = TransactionAccess(transaction).emitted().size();
  if (!handle(transaction, unit, step, request)) return;
  react_to(transaction, first);
  if (unit.is_preview) return;
  note_subjects(transaction, first, outcome);
  if (unit.job == nullptr || unit.next_job.is_finished || unit.next_job.number == 1) {
    audit(context, transaction, step, "ok");
  }
}

/// True if the key was used before: the results are filled. A key gives nobody what they may no
/// longer see, so every step is authorized again.
bool is_replayed(Transaction& transaction, Unit& unit, const KeyedCall& call, Outcome& outcome) {
  if (!replay(transaction, call, *unit.steps)) return false;
  for (Step& step : *unit.steps) {
    outcome.step = &step;
    authorize(transaction, *step.operation, resolved_request(step, *unit.steps));
  }
  return true;
}

/// Whether a step counts wrong secrets. A key would answer for it before it counts: right would be
/// the first result, wrong a conflict.
bool counts_attempts(const std::vector<Step>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    const auto refusals = step.operation->refusals;
    return std::any_of(refusals.begin(), refusals.end(), [](const Refusal& refusal) {
      return refusal.reason == "too_many_attempts";
    });
  });
}

void work(WriteContext& context, Transaction& transaction, Unit& unit, Outcome& outcome) {
  TransactionAccess access(transaction);
  outcome.step = &unit.steps->front();
  std::string_view language = unit.options->language;
  storage::Principal principal = principal_of(transaction, *unit.identity);
  std::string own_language = principal.language;
  access.caller(std::move(principal), language.empty() ? std::string_view(own_language) : language);

  bool has_key = !unit.options->idempotency_key.empty() && unit.job == nullptr &&
                 !unit.is_preview && !counts_attempts(*unit.steps);
  KeyedCall call;
  if (has_key) {
    call = keyed_call(transaction, unit.options->idempotency_key, *unit.steps);
    if (is_replayed(transaction, unit, call, outcome)) return;
  }
  for (Step& step : *unit.steps) run_step(context, transaction, unit, step, outcome);
  outcome.place = {};
  if (unit.is_preview) return;
  for (const storage::EmittedEvent& event : access.emitted())
    storage::append_event(transaction, event);
  unit.has_events = !access.emitted().empty();
  if (has_key) remember(transaction, call, *unit.steps, outcome.concerned);
}

bool is_logged(const Error& error, const Outcome& outcome) {
  if (outcome.step == nullptr) return false;
  return is_denial(error) ||
         (outcome.stage == Stage::authorizing && error.code() == Code::not_found);
}

/// Writes what a refusal leaves: residues and the denial. Its own failure changes nothing of the
/// refusal.
void leave_residue(WriteContext& context, Transaction& transaction, Unit& unit, const Error& error,
                   const Outcome& outcome) {
  TransactionAccess access(transaction);
  std::vector<std::function<void(Transaction&)>> residues = std::move(access.residues());
  access.residues().clear();
  access.forget_changes();
  if (residues.empty() && !is_logged(error, outcome)) return;
  context.connection->execute("SAVEPOINT residue");
  for (const auto& residue : residues) residue(transaction);
  react_to(transaction, 0);
  for (const storage::EmittedEvent& event : access.emitted())
    storage::append_event(transaction, event);
  unit.has_events = !access.emitted().empty();
  if (is_logged(error, outcome)) audit(context, transaction, *outcome.step, error.reason());
  context.connection->execute("RELEASE residue");
}

void run_denial(WriteContext& context, Transaction& transaction, Unit& unit) {
  try {
    TransactionAccess(transaction).caller(principal_of(transaction, *unit.identity), {});
  } catch (const Error&) {
    // a caller whose token is worth nothing is logged as anonymous
  }
  audit(context, transaction, unit.steps->front(), unit.denial->reason());
}

void check_still_open(const WriteContext& context, const Error& cause) {
  if (!context.connection->in_transaction()) throw TransactionLost{cause};
}

// A savepoint keeps a copy of every page that changes after it. Who has the transaction to himself
// goes back to its beginning instead; the file's lock stays held, so nobody comes in between.

void begin_undoable(const WriteContext& context) {
  if (!context.is_alone) context.connection->execute("SAVEPOINT unit");
}

void undo(const WriteContext& context) {
  if (context.is_alone) {
    context.connection->execute("ROLLBACK");
    context.connection->execute("BEGIN IMMEDIATE");
  } else {
    context.connection->execute("ROLLBACK TO unit");
  }
}

void end_undoable(const WriteContext& context) {
  if (!context.is_alone) context.connection->execute("RELEASE unit");
}

/// False if memory ran out before there was anything to roll back to: the unit is refused.
bool has_begun(const WriteContext& context, Unit& unit) {
  try {
    begin_undoable(context);
    return true;
  } catch (...) {
    unit.error = current_error();
  }
  check_still_open(context, *unit.error);
  return false;
}

}  // namespace

std::shared_ptr<void> make_value(const Type& type) { return {type.create(), type.destroy}; }

bool is_denial(const Error& error) {
  return error.code() == Code::denied || error.code() == Code::unauthenticated ||
         error.code() == Code::rate_limited;
}

Error at_step(const Error& error, std::string_view place) {
  if (place.empty() || error.field().empty()) return error.below(place);
  return error.below(std::string(place) + ".request");
}

Error current_error() {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error(Code::no_memory, "no_memory");
  } catch (const std::exception& defect) {
    return Error(Code::internal, "defect", {}, {{"problem", std::string(defect.what())}});
  } catch (...) {
    return Error(Code::internal, "defect", {}, {{"problem", std::string("unknown exception")}});
  }
}

storage::Principal principal_of(Transaction& transaction, const Identity& identity) {
  if (identity.kind == storage::PrincipalKind::account) {
    return access::principal_of_token(transaction, identity.token);
  }
  storage::Principal principal;
  principal.kind = identity.kind;
  return principal;
}

void authorize(Transaction& transaction, const Operation& operation, const void* request) {
  TransactionAccess(transaction).reach(access::authorize(transaction, operation, request));
}

void run_unit(WriteContext& context, Unit& unit) {
  unit.error.reset();
  unit.has_events = false;
  Transaction transaction(*context.connection, *context.desk, *context.topics);
  TransactionAccess access(transaction);
  access.begin(context.now, unit.options->origin, unit.options->correlation, unit.is_preview);
  storage::AuditHead head = context.head;
  Outcome outcome;
  if (!has_begun(context, unit)) return;
  try {
    if (unit.denial != nullptr) {
      run_denial(context, transaction, unit);
    } else {
      work(context, transaction, unit, outcome);
    }
    end_undoable(context);
    return;
  } catch (...) {
    unit.error = at_step(current_error(), outcome.place);
  }
  check_still_open(context, *unit.error);
  try {
    undo(context);
    context.head = head;
    if (!unit.is_preview) leave_residue(context, transaction, unit, *unit.error, outcome);
    end_undoable(context);
  } catch (...) {
    Error cause = current_error();
    check_still_open(context, cause);
    // A refusal whose attempt could not be counted must not stand: the secret would have been tried
    // for free.
    undo(context);
    end_undoable(context);
    context.head = head;
    access.forget_changes();
    unit.error = cause;
  }
}

}  // namespace frontdesk::engine

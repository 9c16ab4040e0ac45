/// What commits or fails as one: an operation, a batch, a step of a job, or a denial to be logged.
#pragma once

#include <frontdesk/desk.hpp>

#include "storage/audit.hpp"
#include "storage/desk_state.hpp"

#include <condition_variable>
#include <optional>

namespace frontdesk::engine {

/// Who calls: the kind and, for all who show one, the token.
struct Identity {
  storage::PrincipalKind kind = storage::PrincipalKind::anonymous;
  std::string token{};
};

struct Step;
/// Makes the request of a step that refers to earlier results; runs again if the transaction is
/// replayed.
using Resolve = std::function<std::shared_ptr<void>(const std::vector<Step>& steps)>;

struct Step {
  const Operation* operation = nullptr;
  const void* request = nullptr;  ///< as given; null where `source` has yet to be resolved
  std::string source{};           ///< JSON of a request that may refer to earlier results
  std::string place{};            ///< `[2]` in a batch, for errors
  void* result = nullptr;
  mutable std::shared_ptr<void> told{};  ///< the result as later steps refer to it, once one does
  std::shared_ptr<void> prepared{};
  Resolve resolve{};
  std::shared_ptr<void> resolved{};
  std::shared_ptr<void> owned_result{};
};

/// The state of a job between its steps.
struct JobProgress {
  std::shared_ptr<void> state{};
  std::int64_t number = 0;  ///< of steps run
  std::int64_t done = 0;
  std::int64_t total = 0;
  bool is_finished = false;
  bool is_bounded = true;  ///< a preview runs through at once
};

/// Waits in the writers' queue on its caller's stack.
struct Unit {
  const Identity* identity = nullptr;
  const CallOptions* options = nullptr;
  std::vector<Step>* steps = nullptr;
  JobProgress* job = nullptr;
  const Error* denial = nullptr;  ///< only this refusal of the first step is to be written
  bool is_preview = false;
  bool is_rewrite = false;  ///< nothing is run; the file is written anew
  std::chrono::steady_clock::time_point deadline{};

  std::optional<Error> error{};
  bool is_taken = false;          ///< in the group at work: it can no longer leave the queue
  bool is_settled = false;        ///< committed or refused: nothing that happens later changes it
  bool is_out_of_memory = false;  ///< stands for an error that there was no memory for
  JobProgress next_job{};         ///< where the job stands if the commit succeeds
  std::shared_ptr<void> next_result{};  ///< and what it has so far
  /// The same for the caller; filled before the commit, because after it nothing may fail.
  void* shown_result = nullptr;
  bool is_done = false;
  bool has_events = false;
  std::condition_variable turn{};
};

/// What the units of one group share while the leader works on them.
struct WriteContext {
  storage::Connection* connection = nullptr;
  storage::DeskState* desk = nullptr;
  storage::TopicVersions* topics = nullptr;
  Instant now{};
  storage::AuditHead head{};
  /// The unit that runs has the transaction to itself.
  bool is_alone = false;
};

/// The transaction was rolled back by SQLite itself under the unit that ran; the others are to be
/// replayed.
struct TransactionLost {
  Error cause;
};

/// Runs a unit inside the open transaction: its refusal ends in unit.error and is undone without a
/// trace in what others of the group did. Throws TransactionLost.
void run_unit(WriteContext& context, Unit& unit);

/// The caller's principal, after their token was checked. Throws Error{unauthenticated}.
storage::Principal principal_of(storage::Transaction& transaction, const Identity& identity);
/// Checks the operation's rule for the caller and sets their reach. Throws Error.
void authorize(storage::Transaction& transaction, const Operation& operation, const void* request);
/// Refusals that concern the caller rather than the request; they are logged (SPEC E8).
bool is_denial(const Error& error);
/// The error as that of a step of a batch: its field begins with `place`, where there is one.
Error at_step(const Error& error, std::string_view place);
/// What an exception in flight means to a caller.
Error current_error();

/// An object of the type, destroyed with the last pointer to it.
std::shared_ptr<void> make_value(const Type& type);

}  // namespace frontdesk::engine

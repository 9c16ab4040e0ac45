/// What time brings to the timetable (SPEC S3, S5, S9): sessions that are over, those with too few
/// sign-ups, and the horizon that moves on.
#include "base/texts.hpp"
#include "schedule/expansion.hpp"
#include "schedule/lists.hpp"

namespace frontdesk::schedule {
namespace {

constexpr std::int64_t sessions_at_once = 200;

bool complete_sessions(Transaction& transaction, std::int64_t& done) {
  auto over = storage::all<Session>(
      transaction, "sessions WHERE status = 0 AND ends <= $1 ORDER BY ends LIMIT $2",
      transaction.now(), sessions_at_once);
  std::int64_t completed = 0;
  for (Session& session : over) {
    session.status = SessionStatus::completed;
    session.settled_at = transaction.now();
    store_session(transaction, session);
    transaction.emit(SessionCompleted{.session = session.id, .centre = session.centre});
    ++completed;
    if (transaction.step_is_long()) break;
  }
  done += completed;
  return completed == static_cast<std::int64_t>(over.size()) && completed < sessions_at_once;
}

bool decide_sessions(Transaction& transaction, std::int64_t& done) {
  auto due = storage::all<Session>(transaction,
                                   "sessions WHERE decide_at <= $1 ORDER BY decide_at LIMIT $2",
                                   transaction.now(), sessions_at_once);
  for (Session& session : due) {
    transaction.execute("UPDATE sessions SET decide_at = NULL WHERE id = $1", session.id);
    if (places_booked(transaction, session) >= session.minimum.value_or(0)) continue;
    cancel(transaction, session, texts::get(transaction.language(), "schedule.too_few"));
  }
  done += static_cast<std::int64_t>(due.size());
  return static_cast<std::int64_t>(due.size()) < sessions_at_once;
}

/// One series a step: it may bring many sessions.
bool extend_series(Transaction& transaction, std::int64_t& done) {
  auto series = storage::find<Series>(
      transaction, "series WHERE extend_at <= $1 ORDER BY extend_at LIMIT 1", transaction.now());
  if (!series) return true;
  Expansion expansion;
  extend(transaction, *series, expansion);
  transaction.concern(series->centre);
  done += 1;
  return false;
}

}  // namespace

namespace lists {

constinit const storage::TickPart complete{"schedule.complete", complete_sessions};
constinit const storage::TickPart decide{"schedule.decide", decide_sessions};
constinit const storage::TickPart horizon{"schedule.horizon", extend_series};

}  // namespace lists
}  // namespace frontdesk::schedule

#include "schedule/expansion.hpp"

#include "base/zones.hpp"
#include "schedule/settings.hpp"
#include "storage/id_list.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

/// The local midnight up to which sessions should exist.
LocalTime horizon_of(Transaction& transaction, const Series& series) {
  const std::int64_t weeks =
      series.horizon_weeks.value_or(storage::number(transaction, horizon_weeks, series.centre));
  LocalTime now = zones::to_local(transaction.now(), series.zone);
  return std::chrono::floor<std::chrono::days>(now) + std::chrono::days{weeks * 7 + 1};
}

Session session_at(const Series& series, const recurrence::Occurrence& occurrence) {
  Session session;
  session.series = series.id;
  session.occurrence = occurrence.local;
  take_plan(session, plan_of(series));
  session.zone = series.zone;
  set_times(session, occurrence.local, series.duration);
  return session;
}

Skipped skipped_at(const Session& session, const Clashes& clashes) {
  Skipped skipped{.series = session.series, .occurrence = *session.occurrence};
  if (!clashes.closures.empty()) {
    skipped.cause = SkipCause::closed;
  } else {
    skipped.cause = clashes.absent.empty() ? SkipCause::clash : SkipCause::absence;
  }
  for (std::int64_t id : clashes.all_sessions()) skipped.sessions.push_back(SessionId{id});
  return skipped;
}

void keep_skipped(Transaction& transaction, const Skipped& skipped) {
  transaction.execute(
      "INSERT INTO skipped_occurrences (series, occurrence, cause, sessions)"
      " VALUES ($1, $2, $3, $4) ON CONFLICT (series, occurrence) DO NOTHING",
      skipped.series, skipped.occurrence, skipped.cause, storage::id_list(skipped.sessions));
}

void schedule(Transaction& transaction, Session session, Expansion& expansion) {
  Clashes clashes = clashes_of(transaction, session);
  const bool is_skipped = !clashes.closures.empty() || !clashes.absent.empty() ||
                          (clashes.sessions() && expansion.on_clash == OnClash::skip);
  if (is_skipped && (expansion.on_clash != OnClash::refuse || !clashes.closures.empty())) {
    expansion.skipped.push_back(skipped_at(session, clashes));
    keep_skipped(transaction, expansion.skipped.back());
    return;
  }
  if (!clashes.none() && expansion.on_clash == OnClash::refuse) {
    expansion.refused.add(clashes);
    return;
  }
  enter_session(transaction, session);
  expansion.sessions.push_back(std::move(session));
}

}  // namespace

recurrence::Pattern pattern_of(const Series& series) {
  recurrence::Pattern pattern;
  pattern.start = series.start;
  pattern.zone = series.zone;
  if (series.rule) pattern.rule = recurrence::parse(*series.rule);
  pattern.added.assign(series.added.begin(), series.added.end());
  pattern.removed.assign(series.removed.begin(), series.removed.end());
  return pattern;
}

void extend(Transaction& transaction, Series& series, Expansion& expansion) {
  recurrence::Recurrence recurrence(pattern_of(series));
  const LocalTime until = horizon_of(transaction, series);
  const Instant from =
      std::max(transaction.now(), zones::to_instant(series.scheduled_until, series.zone));
  const Instant to = zones::to_instant(until, series.zone);
  const auto most = static_cast<std::size_t>(storage::number(transaction, sessions_max));
  std::vector<recurrence::Occurrence> occurrences;
  if (from < to) occurrences = recurrence.between(from, to, most + 1);
  if (occurrences.size() > most) {
    throw Error(Code::invalid, "series_too_dense", "rule",
                {{"most", static_cast<std::int64_t>(most)}});
  }
  for (const recurrence::Occurrence& occurrence : occurrences) {
    schedule(transaction, session_at(series, occurrence), expansion);
  }
  series.scheduled_until = std::max(series.scheduled_until, until);
  const Instant scheduled = zones::to_instant(series.scheduled_until, series.zone);
  const bool goes_on = recurrence.from(scheduled).begin() != std::default_sentinel;
  std::optional<Instant> next;
  if (goes_on) next = transaction.now() + std::chrono::days{1};
  transaction.execute("UPDATE series SET scheduled_until = $2, extend_at = $3 WHERE id = $1",
                      series.id, series.scheduled_until, next);
}

void truncate(Series& series, LocalTime before) {
  if (series.rule) {
    recurrence::Rule rule = recurrence::parse(*series.rule);
    rule.count.reset();
    rule.until = recurrence::Moment{LocalTime{before - std::chrono::seconds{1}}};
    series.rule = recurrence::print(rule);
  }
  auto is_later = [before](LocalTime time) { return time >= before; };
  std::erase_if(series.added, is_later);
  std::erase_if(series.removed, is_later);
}

void store_series(Transaction& transaction, Series& series) {
  ++series.version;
  storage::update(transaction, "series", series);
  transaction.concern(series.centre);
}

void end_series(Transaction& transaction, Series& series) {
  series.ended_at = transaction.now();
  store_series(transaction, series);
  transaction.execute("UPDATE series SET extend_at = NULL WHERE id = $1", series.id);
}

}  // namespace frontdesk::schedule

// What moves sessions: by hand, for want of a trainer, or out of a closure.
#include "timetable.hpp"

#include "base/zones.hpp"

namespace frontdesk::simulation {

using namespace std::chrono;
using schedule::Extent;
using schedule::Session;
using schedule::SessionStatus;

namespace {

void take_place(const schedule::MoveSession& request, Session& session) {
  if (request.room.is_set()) {
    session.room = request.room.has_value() ? request.room.value() : RoomId{};
  }
  if (request.trainers) session.trainers = *request.trainers;
}

}  // namespace

/// Moves one session of the model; the reason if that must be refused.
std::string Timetable::moved_one(const schedule::MoveSession& request) {
  Session& session = sessions_.at(request.session.value);
  place(session, request.start.value_or(session.local_start),
        request.duration.value_or(session.ends - session.starts));
  take_place(request, session);
  session.changed_by_hand = static_cast<bool>(session.series);
  if (session.ends <= now()) return "session_past";
  return in_the_way(session).reason(request.despite_clashes);
}

/// Gives the occurrences from `first` on to the series they will belong to: `split`, unless nothing
/// of the series came before.
std::int64_t Timetable::split_series(const Session& first, Duration delta,
                                     const schedule::MoveSession& request, std::int64_t split) {
  ModelSeries& series = series_.at(first.series.value);
  const LocalTime begin = *first.occurrence;
  bool has_earlier = !series.skipped.empty() && *series.skipped.begin() < begin;
  for (const auto& [id, one] : sessions_) {
    has_earlier = has_earlier || (one.series == first.series && *one.occurrence < begin);
  }
  ModelSeries next = series;
  next.first = begin - series.shift;
  next.shift = series.shift + delta;
  next.scheduled_until = std::max(series.scheduled_until, begin) + delta;
  take_place(request, next.plan);
  if (request.duration) next.plan.ends = next.plan.starts + *request.duration;
  next.skipped.clear();
  for (LocalTime time : series.skipped) {
    if (time >= begin) next.skipped.insert(time + delta);
  }
  if (!has_earlier) {
    series = next;
    return first.series.value;
  }
  std::erase_if(series.skipped, [begin](LocalTime time) { return time >= begin; });
  end_series(series, begin);
  next.extend_at = now();
  next.plan.series = SeriesId{split};
  series_[split] = next;
  return split;
}

/// Moves a session of the model and those that go along; the reason if that must be refused.
std::string Timetable::moved_following(const schedule::MoveSession& request, std::int64_t split) {
  const Session held = sessions_.at(request.session.value);
  const Duration delta = request.start.value_or(*held.occurrence) - *held.occurrence;
  Session first = held;
  if (request.extent == Extent::all) {
    for (const auto& [id, one] : sessions_) {
      const bool is_to_come =
          one.series == held.series && one.starts > now() && one.status == SessionStatus::scheduled;
      if (is_to_come && *one.occurrence < *first.occurrence) first = one;
    }
  }
  const std::int64_t series = split_series(first, delta, request, split);
  std::vector<std::int64_t> moved;
  for (auto& [id, one] : sessions_) {
    if (one.series != held.series || *one.occurrence < *first.occurrence) continue;
    const bool is_to_come = one.status == SessionStatus::scheduled && one.starts > now();
    const bool goes = !one.changed_by_hand || request.also_changed || id == held.id.value;
    *one.occurrence += delta;
    one.series = SeriesId{series};
    if (!is_to_come || !goes) continue;
    one.changed_by_hand = false;
    place(one, *one.occurrence, request.duration.value_or(one.ends - one.starts));
    take_place(request, one);
    if (one.ends <= now()) return "session_past";
    moved.push_back(id);
  }
  if (request.despite_clashes) overridden_.insert(moved.begin(), moved.end());
  return all_in_the_way(moved).reason(request.despite_clashes);
}

void Timetable::move_session() {
  Session* chosen = any_session();
  if (chosen == nullptr) return;
  const Session session = *chosen;
  schedule::MoveSession request{.session = session.id, .version = {}};
  if (session.series && roll(3) == 0) {
    request.extent = roll(2) == 0 ? Extent::following : Extent::all;
  }
  const LocalTime from =
      request.extent == Extent::one ? session.local_start : session.occurrence.value();
  if (roll(5) > 0) request.start = from + minutes{15 * (roll(17) - 8)} + days{roll(5) - 2};
  if (roll(8) == 0) request.start = any_time();
  if (roll(5) == 0) request.duration = minutes{30 * (1 + roll(4))};
  if (roll(5) == 0) request.room = RoomId{std::next(rooms_.begin(), roll(2))->first};
  if (roll(5) == 0) request.trainers = {{trainers_[static_cast<std::size_t>(roll(4))]}};
  request.also_changed = roll(4) == 0;
  request.despite_clashes = roll(10) == 0;

  const auto sessions_before = sessions_;
  const auto series_before = series_;
  const auto overridden_before = overridden_;
  constexpr std::int64_t unknown = -1;
  const bool has_begun = session.starts <= now();
  std::string reason;
  if (session.status == SessionStatus::cancelled) {
    reason = "session_cancelled";
  } else if (session.status == SessionStatus::completed) {
    reason = "session_completed";
  } else if (has_begun && (request.start || request.extent != Extent::one)) {
    reason = "session_started";
  } else if (request.extent == Extent::one) {
    reason = moved_one(request);
    if (request.despite_clashes) overridden_.insert(session.id.value);
  } else if (series_.at(session.series.value).is_ended) {
    reason = "series_ended";
  } else {
    reason = moved_following(request, unknown);
  }
  schedule::Changed changed;
  if (!expect(reason, [&] { changed = host().run(request); })) {
    sessions_ = sessions_before;
    series_ = series_before;
    overridden_ = overridden_before;
    return;
  }
  if (series_.count(unknown) == 0) return;
  sessions_ = sessions_before;  // once more, now that the new series has a number
  series_ = series_before;
  moved_following(request, changed.sessions.front().series.value);
}

// --- absences ---

std::vector<std::int64_t> Timetable::affected_by(const ModelAway& absence) const {
  std::vector<std::int64_t> affected;
  for (const auto& [id, session] : sessions_) {
    const auto& leading = session.trainers;
    const bool leads = std::count(leading.begin(), leading.end(), AccountId{absence.who}) > 0;
    if (leads && session.status == SessionStatus::scheduled && session.starts < absence.ends &&
        session.ends > absence.starts && session.ends > now()) {
      affected.push_back(id);
    }
  }
  return affected;
}

void Timetable::withdraw_absence() {
  if (absences_.empty()) return;
  auto chosen = std::next(absences_.begin(), roll(static_cast<std::int64_t>(absences_.size())));
  const schedule::WithdrawAbsence request{.absence = AbsenceId{chosen->first}};
  expect(chosen->second.is_over ? "absence_withdrawn" : "", [&] { host().run(request); });
  chosen->second.is_over = true;
}

void Timetable::report_absence() {
  if (roll(3) == 0) return withdraw_absence();
  ModelAway away;
  away.who = trainers_[static_cast<std::size_t>(roll(4))].value;
  away.starts = now() + hours{roll(24 * 10) - 24};
  away.ends = away.starts + hours{1 + roll(72)};
  std::string reason;
  for (const auto& [id, other] : absences_) {
    const bool overlaps = other.who == away.who && !other.is_over && away.starts < other.ends &&
                          other.starts < away.ends;
    if (overlaps) reason = "absence_overlaps";
  }
  schedule::AbsenceReport report;
  const schedule::ReportAbsence request{
      .trainer = AccountId{away.who}, .starts = away.starts, .ends = away.ends, .note = {}};
  if (!expect(reason, [&] { report = host().run(request); })) return;
  absences_[report.absence.id.value] = away;
  std::vector<std::int64_t> affected;
  for (const Session& session : report.affected) affected.push_back(session.id.value);
  std::sort(affected.begin(), affected.end());
  agree(affected == affected_by(away), "the sessions that an absence concerns");
}

void Timetable::resolve_absence() {
  if (absences_.empty()) return;
  const auto chosen =
      std::next(absences_.begin(), roll(static_cast<std::int64_t>(absences_.size())));
  const ModelAway away = chosen->second;
  schedule::ResolveAbsence request{.absence = AbsenceId{chosen->first}};
  if (roll(4) == 0) {
    request.reason = "Nobody stands in";
  } else {
    const auto other = std::find(trainers_.begin(), trainers_.end(), AccountId{away.who}) -
                       trainers_.begin() + 1 + roll(3);
    request.substitute = trainers_[static_cast<std::size_t>(other % 4)];
  }
  const auto before = sessions_;
  const std::vector<std::int64_t> affected = affected_by(away);
  for (std::int64_t id : affected) {
    Session& session = sessions_.at(id);
    if (!request.substitute) {
      cancel(session);
      continue;
    }
    auto& leading = session.trainers;
    std::erase(leading, AccountId{away.who});
    if (std::count(leading.begin(), leading.end(), request.substitute) == 0) {
      leading.push_back(request.substitute);
    }
    session.changed_by_hand = static_cast<bool>(session.series);
  }
  std::string reason = request.substitute ? all_in_the_way(affected).reason(false) : "";
  if (away.is_over) reason = "absence_not_found";
  if (!expect(reason, [&] { host().run(request); })) sessions_ = before;
}

// --- closures ---

std::vector<std::int64_t> Timetable::inside(const ModelAway& closure) const {
  std::vector<std::int64_t> found;
  for (const auto& [id, session] : sessions_) {
    if (session.status == SessionStatus::scheduled && session.starts < closure.ends &&
        session.ends > closure.starts && session.ends > now() &&
        (closure.who == 0 || session.room.value == closure.who)) {
      found.push_back(id);
    }
  }
  return found;
}

void Timetable::lift_closure() {
  if (closures_.empty()) return;
  auto chosen = std::next(closures_.begin(), roll(static_cast<std::int64_t>(closures_.size())));
  const schedule::LiftClosure request{.closure = ClosureId{chosen->first}};
  expect(chosen->second.is_over ? "closure_lifted" : "", [&] { host().run(request); });
  chosen->second.is_over = true;
}

std::string Timetable::moved_by_days(const std::vector<std::int64_t>& sessions,
                                     std::int64_t move_days) {
  for (std::int64_t id : sessions) {
    Session& session = sessions_.at(id);
    place(session, session.local_start + days{move_days}, session.ends - session.starts);
    session.changed_by_hand = static_cast<bool>(session.series);
    if (session.starts <= now()) return "session_past";
  }
  return all_in_the_way(sessions).reason(false);
}

void Timetable::close() {
  if (roll(3) == 0) return lift_closure();
  static constexpr schedule::OnClosed ways[] = {
      schedule::OnClosed::refuse, schedule::OnClosed::keep, schedule::OnClosed::cancel,
      schedule::OnClosed::move};
  schedule::Close request{.centre = centre_, .name = "Holiday"};
  if (roll(2) == 0) request.room = RoomId{std::next(rooms_.begin(), roll(2))->first};
  request.from = any_time();
  request.to = request.from + hours{1 + roll(24)};
  request.on_sessions = ways[roll(4)];
  request.move_days = 1 + roll(7);
  ModelAway closure{.who = request.room.value,
                    .starts = zones::to_instant(request.from, "Europe/Kyiv"),
                    .ends = zones::to_instant(request.to, "Europe/Kyiv")};
  const auto before = sessions_;
  const std::vector<std::int64_t> sessions = inside(closure);
  constexpr std::int64_t unknown = -1;
  closures_[unknown] = closure;
  std::string reason;
  if (request.on_sessions == schedule::OnClosed::refuse && !sessions.empty()) {
    reason = "sessions_in_closure";
  } else if (request.on_sessions == schedule::OnClosed::cancel) {
    for (std::int64_t id : sessions) cancel(sessions_.at(id));
  } else if (request.on_sessions == schedule::OnClosed::move) {
    reason = moved_by_days(sessions, request.move_days);
  }
  closures_.erase(unknown);
  schedule::Closed closed;
  if (expect(reason, [&] { closed = host().run(request); })) {
    closures_[closed.closure.id.value] = closure;
  } else {
    sessions_ = before;
  }
}

}  // namespace frontdesk::simulation

// The model of the timetable: what series come to, and what stands in the way of what.
#include "timetable.hpp"

#include "base/zones.hpp"

#include <frontdesk/recurrence.hpp>

namespace frontdesk::simulation {

using namespace std::chrono;
using schedule::OnClash;
using schedule::Session;
using schedule::SessionStatus;

namespace {

constexpr int horizon_days = 8 * 7 + 1;

bool overlap(const Session& one, const Session& other, Duration gap) {
  return one.starts < other.ends + gap && other.starts < one.ends + gap;
}

}  // namespace

std::vector<LocalTime> ModelSeries::occurrences(LocalTime until) const {
  std::vector<LocalTime> times;
  const auto day_one = floor<days>(start);
  const auto monday = day_one - (weekday{day_one} - Monday);
  int left = count.value_or(std::numeric_limits<int>::max());
  for (auto week = monday;; week += days{7 * interval}) {
    for (int day : weekdays) {
      const LocalTime time = week + days{day} + (start - day_one);
      if (time < start) continue;
      if (left-- <= 0 || time >= last || time + shift >= until) return times;
      if (time >= first) times.push_back(time + shift);
    }
  }
}

void InTheWay::add(const InTheWay& other) {
  is_absent = is_absent || other.is_absent;
  is_closed = is_closed || other.is_closed;
  is_taken = is_taken || other.is_taken;
}

std::string InTheWay::reason(bool is_overridden) const {
  if (is_absent) return "trainer_absent";
  if (is_overridden) return {};
  if (is_closed) return "centre_closed";
  return is_taken ? "session_clashes" : "";
}

bool Timetable::meet(GroupId group, ClientId client) const {
  return group && client && groups_.at(group.value).count(client.value) > 0;
}

bool Timetable::is_taken_by(const Session& session, const Session& other) const {
  if (other.id == session.id || other.status == SessionStatus::cancelled) return false;
  if (session.room && session.room == other.room &&
      overlap(session, other, rooms_.at(session.room.value))) {
    return true;
  }
  if (!overlap(session, other, Duration{0})) return false;
  for (AccountId trainer : session.trainers) {
    if (std::count(other.trainers.begin(), other.trainers.end(), trainer) > 0) return true;
  }
  return (session.group && session.group == other.group) ||
         (session.client && session.client == other.client) || meet(session.group, other.client) ||
         meet(other.group, session.client);
}

InTheWay Timetable::in_the_way(const Session& session) const {
  InTheWay found;
  for (const auto& [id, away] : absences_) {
    const bool leads =
        std::count(session.trainers.begin(), session.trainers.end(), AccountId{away.who}) > 0;
    if (!away.is_over && leads && session.starts < away.ends && away.starts < session.ends) {
      found.is_absent = true;
    }
  }
  for (const auto& [id, closed] : closures_) {
    const bool concerns = closed.who == 0 || closed.who == session.room.value;
    if (!closed.is_over && concerns && session.starts < closed.ends &&
        closed.starts < session.ends) {
      found.is_closed = true;
    }
  }
  for (const auto& [id, other] : sessions_) {
    found.is_taken = found.is_taken || is_taken_by(session, other);
  }
  return found;
}

void Timetable::place(Session& session, LocalTime start, Duration duration) const {
  session.local_start = start;
  session.starts = zones::to_instant(start, session.zone);
  session.ends = session.starts + duration;
}

/// Sessions that the horizon asks for, as they should be; what refuses the whole is told.
std::vector<Session> Timetable::extended(ModelSeries& series, OnClash on_clash, InTheWay& refused) {
  const LocalTime horizon = floor<days>(today()) + days{horizon_days};
  const Instant from = std::max(now(), zones::to_instant(series.scheduled_until, series.plan.zone));
  const Instant to = zones::to_instant(horizon, series.plan.zone);
  std::vector<Session> made;
  const Duration duration = series.plan.ends - series.plan.starts;
  std::int64_t number = -1;  // until the desk has told the real one
  for (LocalTime time : series.occurrences(horizon + days{2})) {
    Session session = series.plan;
    session.occurrence = time;
    place(session, time, duration);
    if (session.starts < from || session.starts >= to) continue;
    const InTheWay found = in_the_way(session);
    const bool is_skipped =
        found.is_closed || found.is_absent || (found.is_taken && on_clash == OnClash::skip);
    if (is_skipped && (on_clash != OnClash::refuse || found.is_closed)) {
      series.skipped.insert(time);
      continue;
    }
    if (found.any() && on_clash == OnClash::refuse) {
      refused.add(found);
      continue;
    }
    session.id = SessionId{--number};
    sessions_[number] = session;
    made.push_back(session);
  }
  for (const Session& session : made) sessions_.erase(session.id.value);
  series.scheduled_until = std::max(series.scheduled_until, horizon);
  const std::vector<LocalTime> more = series.occurrences(series.scheduled_until + days{400});
  const bool goes_on = !more.empty() && more.back() >= series.scheduled_until;
  series.extend_at.reset();
  if (goes_on) series.extend_at = now() + days{1};
  return made;
}

/// Takes over what the desk made after a look at whether it is what was wanted.
void Timetable::keep(const Session& made, const Session& wanted, bool is_overridden) {
  agree(sessions_.count(made.id.value) == 0, "a session's id was given twice");
  agree(made.starts == wanted.starts && made.ends == wanted.ends, "times of a new session");
  agree(made.occurrence == wanted.occurrence, "the occurrence of a new session");
  sessions_[made.id.value] = made;
  if (is_overridden) overridden_.insert(made.id.value);
}

void Timetable::ticked() {
  for (auto& [id, session] : sessions_) {
    if (session.status == SessionStatus::scheduled && session.ends <= now()) {
      session.status = SessionStatus::completed;
    }
  }
  while (true) {
    auto due = series_.end();
    for (auto each = series_.begin(); each != series_.end(); ++each) {
      const bool is_due = each->second.extend_at && *each->second.extend_at <= now();
      if (is_due && (due == series_.end() || *each->second.extend_at < *due->second.extend_at)) {
        due = each;
      }
    }
    if (due == series_.end()) return;
    InTheWay nothing;
    const std::vector<Session> wanted = extended(due->second, OnClash::skip, nothing);
    std::map<std::optional<LocalTime>, Session> made;
    schedule::Sessions request{.series = SeriesId{due->first}, .limit = 500};
    do {
      auto page = host().run(request);
      for (const Session& session : page.items) made[session.occurrence] = session;
      request.cursor = page.next;
    } while (request.cursor);
    for (const Session& session : wanted) {
      agree(made.count(session.occurrence) == 1, "the tick made no session that it should");
      keep(made.at(session.occurrence), session, false);
    }
  }
}

/// Every session is as the model has it and there are no others, nobody is in two places, and what
/// a series has is what its rule gives.
void Timetable::check() {
  std::size_t listed = 0;
  schedule::Sessions request{.centre = centre_, .limit = 500};
  do {
    auto page = host().run(request);
    for (const Session& session : page.items) {
      auto known = sessions_.find(session.id.value);
      agree(known != sessions_.end(), "a session that nobody made");
      const Session& wanted = known->second;
      const std::string which = " of session " + std::to_string(session.id.value);
      agree(session.starts == wanted.starts && session.ends == wanted.ends, "the times" + which);
      agree(session.local_start == wanted.local_start, "the wall-clock start" + which);
      agree(session.status == wanted.status, "the status" + which);
      agree(session.room == wanted.room && session.trainers == wanted.trainers,
            "the room or trainers" + which);
      agree(session.series == wanted.series && session.occurrence == wanted.occurrence,
            "the series" + which);
      agree(session.changed_by_hand == wanted.changed_by_hand, "whether by hand" + which);
    }
    listed += page.items.size();
    request.cursor = page.next;
  } while (request.cursor);
  agree(listed == sessions_.size(),
        "sessions: " + std::to_string(listed) + ", not " + std::to_string(sessions_.size()));
  check_places();
  check_rules();
}

/// Groups and clients who met only later may have been planned at one time; that is for bookings.
void Timetable::check_places() const {
  std::vector<const Session*> by_start;
  for (const auto& [id, session] : sessions_) {
    if (session.status != SessionStatus::cancelled) by_start.push_back(&session);
  }
  std::sort(by_start.begin(), by_start.end(),
            [](const Session* a, const Session* b) { return a->starts < b->starts; });
  for (std::size_t i = 0; i < by_start.size(); ++i) {
    const Session& one = *by_start[i];
    for (std::size_t k = i + 1; k < by_start.size(); ++k) {
      const Session& other = *by_start[k];
      if (other.starts >= one.ends + hours{1}) break;
      if (overridden_.count(one.id.value) > 0 || overridden_.count(other.id.value) > 0) continue;
      Session alone = one;
      if (one.group != other.group) alone.group = {};
      if (one.client != other.client) alone.client = {};
      agree(!is_taken_by(alone, other), "sessions " + std::to_string(one.id.value) + " and " +
                                            std::to_string(other.id.value) + " in one place");
    }
  }
}

void Timetable::check_rules() const {
  for (const auto& [id, model] : series_) {
    const schedule::Series series = host().run(schedule::GetSeries{.series = SeriesId{id}}).series;
    agree(series.ended_at.has_value() == model.is_ended, "whether a series has ended");
    recurrence::Pattern pattern{.start = series.start, .zone = series.zone};
    if (series.rule) pattern.rule = recurrence::parse(*series.rule);
    for (LocalTime added : series.added) pattern.added.emplace_back(added);
    const recurrence::Recurrence rule(pattern);
    for (const auto& [number, session] : sessions_) {
      // A cancelled one keeps its time when the others move, or the series ends before it.
      const bool is_out = session.changed_by_hand || session.status == SessionStatus::cancelled;
      if (session.series.value != id || is_out) continue;
      agree(session.local_start == *session.occurrence,
            "session " + std::to_string(number) + " moved by itself");
      agree(rule.contains(zones::to_instant(*session.occurrence, series.zone)),
            "session " + std::to_string(number) + " is no occurrence of its series");
    }
  }
}

}  // namespace frontdesk::simulation

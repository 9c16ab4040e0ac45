/// The timetable as other calendars read it (SPEC S15, RFC 5545).
#include <frontdesk/schedule_feed.hpp>

#include "base/icalendar.hpp"
#include "base/zones.hpp"
#include "schedule/sessions.hpp"
#include "storage/define.hpp"

#include <set>

namespace frontdesk::schedule {
namespace {

constexpr std::chrono::days days_back{30};
constexpr std::chrono::days days_ahead{366};

Duration offset_at(Instant instant, const std::string& zone) {
  return zones::to_local(instant, zone).time_since_epoch() - instant.time_since_epoch();
}

std::string print_offset(Duration offset) {
  const bool is_west = offset.count() < 0;
  const std::int64_t minutes = std::chrono::abs(offset) / std::chrono::minutes{1};
  auto two = [](std::int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return (is_west ? "-" : "+") + two(minutes / 60) + two(minutes % 60);
}

/// The moment in (from, to] at which the zone's offset changes, known to change in between.
Instant change_between(Instant from, Instant to, const std::string& zone) {
  const Duration before = offset_at(from, zone);
  while (to - from > std::chrono::seconds{1}) {
    const Instant middle = from + (to - from) / 2;
    (offset_at(middle, zone) == before ? from : to) = middle;
  }
  return to;
}

void write_observance(icalendar::Writer& writer, Instant at, Duration before, Duration after) {
  // Which of the two is daylight saving does not matter to readers; the later clock is called so.
  const char* name = after > before ? "DAYLIGHT" : "STANDARD";
  writer.line("BEGIN", name);
  writer.line("DTSTART", icalendar::print(LocalTime{at.time_since_epoch() + before}));
  writer.line("TZOFFSETFROM", print_offset(before));
  writer.line("TZOFFSETTO", print_offset(after));
  writer.line("END", name);
}

/// Every change of the zone's offset in the window, each told by itself.
void write_zone(icalendar::Writer& writer, const std::string& zone, Instant from, Instant to) {
  writer.line("BEGIN", "VTIMEZONE");
  writer.line("TZID", zone);
  const Duration first = offset_at(from, zone);
  writer.line("BEGIN", "STANDARD");
  writer.line("DTSTART", icalendar::print(LocalTime{from.time_since_epoch() + first}));
  writer.line("TZOFFSETFROM", print_offset(first));
  writer.line("TZOFFSETTO", print_offset(first));
  writer.line("END", "STANDARD");
  for (Instant day = from; day < to; day += std::chrono::days{1}) {
    const Instant next = day + std::chrono::days{1};
    const Duration before = offset_at(day, zone);
    const Duration after = offset_at(next, zone);
    if (before != after) write_observance(writer, change_between(day, next, zone), before, after);
  }
  writer.line("END", "VTIMEZONE");
}

std::string name_of(Transaction& transaction, const char* sql, std::int64_t id) {
  storage::Cursor row = transaction.query(sql, id);
  return row.next() ? std::string(row.text(0)) : std::string();
}

std::string place_of(Transaction& transaction, const Session& session) {
  std::string place =
      name_of(transaction, "SELECT name FROM centres WHERE id = $1", session.centre.value);
  if (session.room) {
    place = name_of(transaction, "SELECT name FROM rooms WHERE id = $1", session.room.value) +
            ", " + place;
  }
  return place;
}

void write_session(Transaction& transaction, icalendar::Writer& writer, const Session& session,
                   const std::string& home) {
  writer.line("BEGIN", "VEVENT");
  writer.line("UID", "session-" + std::to_string(session.id.value) + "@" + home);
  writer.line("DTSTAMP", icalendar::print(transaction.now()));
  writer.line("SEQUENCE", std::to_string(session.sequence));
  const std::string zone = ";TZID=" + session.zone;
  const LocalTime local_end = zones::to_local(session.ends, session.zone);
  // A time that comes twice or not at all is told in UTC, which has no such times.
  if (zones::to_instant(session.local_start, session.zone) == session.starts &&
      zones::to_local(session.starts, session.zone) == session.local_start &&
      zones::to_instant(local_end, session.zone) == session.ends) {
    writer.line("DTSTART" + zone, icalendar::print(session.local_start));
    writer.line("DTEND" + zone, icalendar::print(local_end));
  } else {
    writer.line("DTSTART", icalendar::print(session.starts));
    writer.line("DTEND", icalendar::print(session.ends));
  }
  writer.text("SUMMARY", name_of(transaction, "SELECT name FROM activities WHERE id = $1",
                                 session.activity.value));
  writer.text("LOCATION", place_of(transaction, session));
  writer.line("STATUS", session.status == SessionStatus::cancelled ? "CANCELLED" : "CONFIRMED");
  writer.line("END", "VEVENT");
}

storage::List sessions_for(Transaction& transaction, const Feed& request, Instant from,
                           Instant to) {
  storage::List list("sessions");
  show_visible(list, transaction, "sessions");
  list.where("starts >= $ AND starts < $ AND archived_at IS NULL", from, to);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.room) list.where("room = $", request.room);
  if (request.trainer) {
    list.where(
        "id IN (SELECT session FROM session_trainers WHERE trainer = $"
        " AND session_trainers.starts >= $ AND session_trainers.starts < $)",
        request.trainer, from, to);
  }
  if (request.client) where_attended(list, transaction, request.client, from, to);
  list.order({{"starts"}, {"id"}});
  return list;
}

/// Tells this file's sessions from those of others, for as long as the file lives.
std::string home_of(Transaction& transaction) {
  const auto digest = crypto::digest(transaction.key("calendar"), {"home"});
  return crypto::base64url(crypto::view(digest).substr(0, 9)) + ".frontdesk";
}

}  // namespace

CalendarText handle(Transaction& transaction, const Feed& request) {
  const Instant from = transaction.now() - days_back;
  const Instant to = transaction.now() + days_ahead;
  std::vector<Session> sessions;
  std::optional<std::string> cursor;
  do {
    storage::List list = sessions_for(transaction, request, from, to);
    auto page = list.page<Session>(transaction, cursor, storage::page_limit_highest);
    sessions.insert(sessions.end(), page.items.begin(), page.items.end());
    cursor = page.next;
  } while (cursor);

  icalendar::Writer writer;
  writer.line("BEGIN", "VCALENDAR");
  writer.line("VERSION", "2.0");
  writer.line("PRODID", "-//frontdesk//timetable//EN");
  writer.line("METHOD", "PUBLISH");
  std::set<std::string> told;
  for (const Session& session : sessions) {
    if (told.insert(session.zone).second) write_zone(writer, session.zone, from, to + days_back);
  }
  const std::string home = home_of(transaction);
  for (const Session& session : sessions) write_session(transaction, writer, session, home);
  writer.line("END", "VCALENDAR");
  return {writer.content(), static_cast<std::int64_t>(sessions.size())};
}

constinit const Operation Feed::operation = storage::define<Feed>({
    .number = 580,
    .name = "schedule.feed",
    .kind = OperationKind::read,
    .doc = "The timetable of a person, trainer, room or centre as iCalendar.",
    .rule = {.audience = Audience::everyone},
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::schedule

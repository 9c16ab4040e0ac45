/// Closures and sessions from other calendars (SPEC S15, RFC 5545).
#include <frontdesk/schedule_feed.hpp>

#include "base/icalendar.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "schedule/clashes.hpp"
#include "storage/define.hpp"

#include <frontdesk/catalog_activities.hpp>

#include <map>
#include <set>

namespace frontdesk::schedule {
namespace {

constexpr std::chrono::days days_ahead{731};
constexpr std::size_t times_max = 5000;  // of one event
constexpr std::int64_t happenings_max = 10'000;
constexpr std::size_t reference_bytes = 24;

/// Times of events that have an event of their own (RECURRENCE-ID), by UID.
using Replaced = std::map<std::string, std::set<Instant>>;

/// One event of the calendar, at one time.
struct Happening {
  std::int64_t event = 0;
  std::string summary{};
  std::string reference{};  ///< stands for UID and time
  Instant starts{};
  Instant ends{};
  LocalTime local_start{};
};

std::string zone_of(const icalendar::Time& time, const std::string& centre_zone) {
  if (time.zone.empty()) return centre_zone;
  std::string zone = zones::iana_name(time.zone);
  if (!zones::known(zone)) {
    throw Error(Code::invalid, "zone_unknown", "text", {{"zone", time.zone}});
  }
  return zone;
}

Instant instant_of(const icalendar::Time& time, const std::string& centre_zone) {
  return zones::to_instant(time.local, zone_of(time, centre_zone));
}

/// How long the event takes: to its end, by its duration, or the whole day.
Duration length_of(const icalendar::Component& event, const icalendar::Time& start,
                   const std::string& zone) {
  if (const icalendar::Line* end = event.find("DTEND")) {
    return instant_of(icalendar::time_of(*end), zone) - instant_of(start, zone);
  }
  if (const icalendar::Line* duration = event.find("DURATION")) {
    auto length = icalendar::duration_of(duration->value);
    if (!length) throw Error(Code::invalid, "calendar_time_malformed", "text");
    return *length;
  }
  return start.is_date ? Duration{std::chrono::days{1}} : Duration{0};
}

std::string value_of(const icalendar::Component& event, std::string_view name) {
  const icalendar::Line* line = event.find(name);
  return line == nullptr ? std::string() : line->value;
}

/// What EXDATE and RDATE list; a day where the event has a time of day means all of that day.
std::vector<recurrence::Moment> moments_of(const icalendar::Component& event, std::string_view name,
                                           bool has_time, const std::string& centre_zone) {
  std::vector<recurrence::Moment> moments;
  for (const icalendar::Line& line : event.lines) {
    if (line.name != name) continue;
    for (icalendar::Line& one : icalendar::split(line)) {
      one.value.resize(std::min(one.value.find('/'), one.value.size()));  // a period: its start
      const icalendar::Time time = icalendar::time_of(one);
      if (time.is_date && has_time) {
        const auto day = std::chrono::floor<std::chrono::days>(time.local);
        moments.emplace_back(Date{std::chrono::sys_days{day.time_since_epoch()}});
      } else {
        moments.emplace_back(instant_of(time, centre_zone));
      }
    }
  }
  return moments;
}

std::vector<Instant> times_of(Transaction& transaction, const icalendar::Component& event,
                              const icalendar::Time& start, const std::string& centre_zone) {
  const icalendar::Line* rule = event.find("RRULE");
  const bool is_replacement = event.find("RECURRENCE-ID") != nullptr;
  recurrence::Pattern pattern;
  if (!is_replacement) {
    pattern.added = moments_of(event, "RDATE", !start.is_date, centre_zone);
    pattern.removed = moments_of(event, "EXDATE", !start.is_date, centre_zone);
  }
  if (is_replacement || (rule == nullptr && pattern.added.empty())) {
    return {instant_of(start, centre_zone)};
  }
  pattern.start = start.local;
  pattern.zone = zone_of(start, centre_zone);
  if (rule != nullptr) pattern.rule = recurrence::parse(rule->value);
  std::vector<Instant> times;
  for (const auto& one : recurrence::Recurrence(pattern).between(
           transaction.now() - days_ahead, transaction.now() + days_ahead, times_max)) {
    times.push_back(one.instant);
  }
  return times;
}

Replaced replaced_in(const std::vector<icalendar::Component>& components, const std::string& zone) {
  Replaced replaced;
  for (const icalendar::Component& event : components) {
    const icalendar::Line* which = event.find("RECURRENCE-ID");
    if (event.name != "VEVENT" || which == nullptr) continue;
    try {
      replaced[value_of(event, "UID")].insert(instant_of(icalendar::time_of(*which), zone));
    } catch (const Error&) {
      // Told when its turn comes, if it is not readable otherwise.
    }
  }
  return replaced;
}

std::vector<Happening> happenings_of(Transaction& transaction, const icalendar::Component& event,
                                     std::int64_t number, const std::string& zone,
                                     const Replaced& replaced) {
  if (value_of(event, "STATUS") == "CANCELLED") {
    throw Error(Code::conflict, "calendar_event_cancelled", "text");
  }
  const icalendar::Line* start_line = event.find("DTSTART");
  if (start_line == nullptr) throw Error(Code::invalid, "calendar_time_malformed", "text");
  const icalendar::Time start = icalendar::time_of(*start_line);
  const Duration length = length_of(event, start, zone);
  if (length <= Duration{0}) throw Error(Code::invalid, "window_backwards", "text");
  const icalendar::Line* uid = event.find("UID");
  const icalendar::Line* summary = event.find("SUMMARY");
  const auto own_events = replaced.find(value_of(event, "UID"));
  const bool is_whole = event.find("RECURRENCE-ID") == nullptr && own_events != replaced.end();
  std::vector<Happening> happenings;
  for (Instant time : times_of(transaction, event, start, zone)) {
    if (is_whole && own_events->second.count(time) > 0) continue;
    Happening one{.event = number, .starts = time, .ends = time + length};
    if (summary != nullptr) one.summary = text::tidy(icalendar::unescape(summary->value));
    one.local_start = zones::to_local(time, zone);
    const std::string known_by =
        (uid != nullptr ? uid->value : one.summary) + "\n" + icalendar::print(time);
    const auto digest = crypto::digest({}, {known_by});
    one.reference = "ical:" + crypto::base64url(crypto::view(digest).substr(0, reference_bytes));
    happenings.push_back(std::move(one));
  }
  return happenings;
}

bool enter_closure(Transaction& transaction, const ImportCalendar& request,
                   const Happening& happening) {
  if (transaction.exists("SELECT 1 FROM closures WHERE centre = $1 AND room IS $2 AND starts = $3"
                         " AND ends = $4 AND lifted_at IS NULL",
                         request.centre, request.room, happening.starts, happening.ends)) {
    return false;
  }
  Closure closure{.version = 1,
                  .centre = request.centre,
                  .room = request.room,
                  .name = happening.summary.empty() ? "-" : happening.summary,
                  .starts = happening.starts,
                  .ends = happening.ends,
                  .created_at = transaction.now()};
  storage::insert(transaction, "closures", closure);
  transaction.emit(ClosureChanged{.closure = closure.id, .centre = closure.centre});
  return true;
}

ActivityId activity_named(Transaction& transaction, const ImportCalendar& request,
                          const std::string& name) {
  if (request.activity) return request.activity;
  for (const auto& activity : storage::all<catalog::Activity>(
           transaction, "activities WHERE centre = $1 AND archived_at IS NULL ORDER BY id",
           request.centre)) {
    if (text::fold(activity.name) == text::fold(name)) return activity.id;
  }
  storage::missing("activity", "activity");
}

bool enter_planned(Transaction& transaction, const ImportCalendar& request,
                   const Happening& happening) {
  if (transaction.exists("SELECT 1 FROM sessions WHERE external_ref = $1", happening.reference)) {
    return false;
  }
  if (happening.ends - happening.starts > longest_session) {
    throw Error(Code::invalid, "window_too_long", "text");
  }
  Plan plan;
  plan.activity = activity_named(transaction, request, happening.summary);
  plan.centre = request.centre;
  plan.room = request.room;
  const Defaults defaults = check_plan(transaction, plan, "");
  Session session;
  take_plan(session, plan);
  session.zone = defaults.zone;
  session.external_ref = happening.reference;
  set_times(session, happening.local_start, happening.ends - happening.starts);
  if (session.ends <= transaction.now()) throw Error(Code::invalid, "session_past", "text");
  refuse(clashes_of(transaction, session), false);
  enter_session(transaction, session);
  return true;
}

/// Counts an event's time; a calendar must not hold the writers up for long.
void count_event(CalendarImported& result) {
  if (result.events == happenings_max) {
    throw Error(Code::invalid, "calendar_too_many_times", "text", {{"most", happenings_max}});
  }
  ++result.events;
}

void leave_out(Transaction& transaction, CalendarImported& result, std::int64_t number,
               const std::string& summary, const Error& error) {
  if (error.code() == Code::storage || error.code() == Code::no_memory) throw error;
  count_event(result);
  result.left_out.push_back(
      {number, summary, error.reason(), error.in_language(transaction.language()).message()});
}

void take(Transaction& transaction, const ImportCalendar& request, const Happening& happening,
          CalendarImported& result) {
  count_event(result);
  try {
    const bool is_new = request.as == ImportAs::closures
                            ? enter_closure(transaction, request, happening)
                            : enter_planned(transaction, request, happening);
    ++(is_new ? result.added : result.already_present);
  } catch (const Error& error) {
    if (error.code() == Code::storage || error.code() == Code::no_memory) throw;
    result.left_out.push_back({happening.event, happening.summary, error.reason(),
                               error.in_language(transaction.language()).message()});
  }
}

}  // namespace

CalendarImported handle(Transaction& transaction, const ImportCalendar& request) {
  catalog::Centre centre = catalog::changeable_centre(transaction, request.centre, std::nullopt);
  if (request.room && !transaction.exists("SELECT 1 FROM rooms WHERE id = $1 AND centre = $2",
                                          request.room, request.centre)) {
    storage::missing("room", "room");
  }
  CalendarImported result;
  std::int64_t number = 0;
  const std::vector<icalendar::Component> components = icalendar::parse(request.text);
  const Replaced replaced = replaced_in(components, centre.zone);
  for (const icalendar::Component& component : components) {
    if (component.name != "VEVENT") continue;
    ++number;
    std::vector<Happening> happenings;
    try {
      happenings = happenings_of(transaction, component, number, centre.zone, replaced);
    } catch (const Error& error) {
      leave_out(transaction, result, number, icalendar::unescape(value_of(component, "SUMMARY")),
                error);
      continue;
    }
    for (const Happening& one : happenings) take(transaction, request, one, result);
  }
  transaction.concern(centre.id);
  return result;
}

static constexpr Refusal refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::not_found, "room_not_found", "the centre has no such room"},
    {Code::invalid, "calendar_too_large", "the text is longer than 8,000,000 bytes"},
    {Code::invalid, "calendar_malformed", "the text is no iCalendar stream; the line is told"},
    {Code::invalid, "calendar_line_too_long",
     "a line is longer than 1,000,000 bytes, folds undone"},
    {Code::invalid, "calendar_too_deep", "components are nested deeper than 8"},
    {Code::invalid, "calendar_too_many_parts", "more than 20,000 components"},
    {Code::invalid, "calendar_cut_off", "a component has no end; where it began is told"},
    {Code::invalid, "calendar_too_many_times", "more than 10,000 events, repeated ones counted"},
};

constinit const Operation ImportCalendar::operation = storage::define<ImportCalendar>({
    .number = 581,
    .name = "schedule.import_calendar",
    .kind = OperationKind::write,
    .doc = "Takes closures or sessions from an iCalendar stream.",
    .rule = {.permission = "schedule.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = refusals,
    .example = R"({"centre": 1, "text": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"})",
});

}  // namespace frontdesk::schedule

/// The calendar (SPEC S8): one query over the window by the index that the narrowest filter has,
/// and look-ups of names, each once.
#include <frontdesk/schedule_calendar.hpp>

#include "access/authorization.hpp"
#include "base/zones.hpp"
#include "schedule/sessions.hpp"
#include "schedule/taken.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::schedule {
namespace {

constexpr std::chrono::days longest_window{400};

struct Window {
  Instant from{};
  Instant to{};
  std::string zone{};
};

std::string zone_of(Transaction& transaction, const Calendar& request) {
  if (request.zone) {
    if (!zones::known(*request.zone)) throw Error(Code::invalid, "zone_unknown", "zone");
    return *request.zone;
  }
  if (request.centre) {
    storage::Cursor row =
        transaction.query("SELECT zone FROM centres WHERE id = $1", request.centre);
    if (row.next()) return std::string(row.text(0));
  }
  return "UTC";
}

std::pair<std::chrono::sys_days, std::chrono::sys_days> days_of(const Calendar& request) {
  using namespace std::chrono;
  const sys_days day{request.date};
  switch (request.view) {
    case View::day:
      return {day, day + days{1}};
    case View::week: {
      const sys_days monday = day - (weekday{day} - Monday);
      return {monday, monday + days{7}};
    }
    case View::month: {
      const year_month month = request.date.year() / request.date.month();
      return {sys_days{month / 1}, sys_days{(month + months{1}) / 1}};
    }
    case View::window:
      break;
  }
  if (!request.until) throw Error(Code::invalid, "field_missing", "until", {{"name", "until"}});
  const sys_days until{*request.until};
  if (until <= day) throw Error(Code::invalid, "window_backwards", "until");
  if (until - day > longest_window) throw Error(Code::invalid, "window_too_long", "until");
  return {day, until};
}

Window window_of(Transaction& transaction, const Calendar& request) {
  if (!request.date.ok()) throw Error(Code::invalid, "date_invalid", "date");
  Window window{.zone = zone_of(transaction, request)};
  auto [first, last] = days_of(request);
  window.from = zones::start_of_day(Date{first}, window.zone);
  window.to = zones::start_of_day(Date{last}, window.zone);
  return window;
}

storage::List sessions_in(Transaction& transaction, const Window& window, const Calendar& request) {
  storage::List list("sessions");
  show_visible(list, transaction, "sessions");
  list.where("starts < $ AND starts > $ AND ends > $", window.to, window.from - longest_session,
             window.from);
  list.where("archived_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  if (request.room) list.where("room = $", request.room);
  if (request.activity) list.where("activity = $", request.activity);
  if (request.group) list.where("\"group\" = $", request.group);
  if (request.client) {
    std::string theirs =
        "client = $ OR \"group\" IN (SELECT group_members.\"group\" FROM group_members"
        " WHERE group_members.client = $ AND group_members.left_at IS NULL) OR id IN (";
    theirs += taken_part().attended_sql;
    list.where(theirs + ")", request.client, request.client,
               seen_client(transaction, request.client).value);
  }
  if (request.trainer) {
    list.where(
        "id IN (SELECT session FROM session_trainers WHERE trainer = $"
        " AND session_trainers.starts < $ AND session_trainers.starts > $)",
        request.trainer, window.to, window.from - longest_session);
  }
  if (request.status) {
    list.where("status = $", *request.status);
  } else {
    list.where("status <> $", SessionStatus::cancelled);
  }
  list.order({{"starts"}, {"id"}});
  return list;
}

/// Names by id, each read once a call.
class Names {
 public:
  explicit Names(Transaction& transaction) : transaction_(transaction) {}
  const std::string& of(const char* sql, std::int64_t id) {
    auto [found, is_new] = names_.try_emplace({sql, id});
    if (is_new) {
      storage::Cursor row = transaction_.query(sql, id);
      if (row.next() && !row.null(0)) found->second = row.text(0);
    }
    return found->second;
  }

 private:
  Transaction& transaction_;
  std::map<std::pair<std::string_view, std::int64_t>, std::string> names_;
};

constexpr const char* activity_name = "SELECT name FROM activities WHERE id = $1";
constexpr const char* room_name = "SELECT name FROM rooms WHERE id = $1";
constexpr const char* account_name = "SELECT name FROM accounts WHERE id = $1";
constexpr const char* client_name =
    "SELECT trim(first_name || ' ' || coalesce(last_name, '')) FROM clients WHERE id = $1";

std::vector<ClientId> attending(Transaction& transaction, const Session& session) {
  std::vector<ClientId> clients;
  if (session.client) clients.push_back(session.client);
  if (session.group) {
    storage::Cursor rows = transaction.query(
        "SELECT client FROM group_members WHERE \"group\" = $1 AND joined_at <= $2"
        " AND (left_at IS NULL OR left_at > $2)",
        session.group, session.starts);
    while (rows.next()) clients.push_back(ClientId{rows.integer(0)});
  }
  taken_part().attendees(transaction, session.id, clients);
  std::sort(clients.begin(), clients.end());
  clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
  return clients;
}

/// Those of the attendees that the caller may see, and none if that is nobody.
std::optional<std::vector<Person>> seen_attendees(Transaction& transaction, Names& names,
                                                  const Session& session) {
  const storage::Reach reach = access::reach_of(transaction, "people.view");
  if (reach.nothing()) return std::nullopt;
  const bool leads = std::find(session.trainers.begin(), session.trainers.end(),
                               transaction.principal().account) != session.trainers.end();
  std::vector<Person> people;
  for (ClientId client : attending(transaction, session)) {
    if (!leads && !access::covers(transaction, reach, Subject::client, client.value)) continue;
    people.push_back(
        {.account = {}, .client = client, .name = names.of(client_name, client.value)});
  }
  return people;
}

CalendarItem item_of(Transaction& transaction, Names& names, const Session& session,
                     const Calendar& request) {
  const Occupancy occupancy = occupancy_of(transaction, session);
  CalendarItem item{.session = session.id,
                    .version = session.version,
                    .series = session.series,
                    .activity = session.activity,
                    .title = names.of(activity_name, session.activity.value),
                    .centre = session.centre,
                    .room = session.room,
                    .kind = session.kind,
                    .group = session.group,
                    .client = session.client,
                    .starts = session.starts,
                    .ends = session.ends,
                    .local_start = session.local_start,
                    .duration = session.ends - session.starts,
                    .status = session.status,
                    .capacity = occupancy.capacity,
                    .taken = occupancy.taken};
  if (session.room) item.room_name = names.of(room_name, session.room.value);
  for (AccountId trainer : session.trainers) {
    item.trainers.push_back(
        {.account = trainer, .client = {}, .name = names.of(account_name, trainer.value)});
  }
  if (item.capacity) item.free = std::max<std::int64_t>(0, *item.capacity - item.taken);
  item.colour_key = session.colour.value_or("activity-" + std::to_string(session.activity.value));
  if (request.attendees) item.attendees = seen_attendees(transaction, names, session);
  return item;
}

}  // namespace

CalendarPage handle(Transaction& transaction, const Calendar& request) {
  const Window window = window_of(transaction, request);
  CalendarPage page{.from = window.from, .to = window.to, .zone = window.zone};
  Names names(transaction);
  std::optional<std::string> cursor;
  do {
    const auto room = request.limit - static_cast<std::int64_t>(page.items.size());
    storage::List list = sessions_in(transaction, window, request);
    auto part =
        list.page<Session>(transaction, cursor, std::min(room, storage::page_limit_highest));
    for (const Session& session : part.items) {
      page.items.push_back(item_of(transaction, names, session, request));
    }
    cursor = part.next;
  } while (cursor && static_cast<std::int64_t>(page.items.size()) < request.limit);
  page.is_cut = cursor.has_value();
  return page;
}

static constexpr Refusal refusals[] = {
    {Code::invalid, "date_invalid", "there is no such day"},
    {Code::invalid, "zone_unknown", "the system knows no such time zone"},
    {Code::invalid, "field_missing", "a window without its end"},
    {Code::invalid, "window_backwards", "the window ends before it begins"},
    {Code::invalid, "window_too_long", "the window is longer than 400 days"},
};

constinit const Operation Calendar::operation = storage::define<Calendar>({
    .number = 511,
    .name = "schedule.calendar",
    .kind = OperationKind::read,
    .doc = "The timetable of a day, week, month or any days, by any combination of filters.",
    .rule = {.audience = Audience::everyone},
    .refusals = refusals,
    .example = R"({"view": "week", "date": "2026-09-07", "centre": 1})",
});

}  // namespace frontdesk::schedule

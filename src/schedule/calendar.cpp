/// The calendar (SPEC S8): one query over the window by the index that the narrowest filter has,
/// and look-ups of names, each once.
#include <frontdesk/schedule_calendar.hpp>

#include "access/authorization.hpp"
#include "base/zones.hpp"
#include "schedule/sessions.hpp"
#include "schedule/taken.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

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
    if (!zones::known(*request.zone)) {
      throw Error(Code::invalid, "zone_unknown", "zone", {{"zone", *request.zone}});
    }
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
  using std::chrono::days, std::chrono::months, std::chrono::sys_days;
  const sys_days day{request.date};
  switch (request.view) {
    case View::day:
      return {day, day + days{1}};
    case View::week: {
      const sys_days monday = day - (std::chrono::weekday{day} - std::chrono::Monday);
      return {monday, monday + days{7}};
    }
    case View::month: {
      const std::chrono::year_month month = request.date.year() / request.date.month();
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
  const Instant earliest = start_of_look(transaction, window.from);
  list.where("starts < $ AND starts > $ AND ends > $", window.to, earliest, window.from);
  list.where("archived_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  if (request.room) list.where("room = $", request.room);
  if (request.activity) list.where("activity = $", request.activity);
  if (request.group) list.where("\"group\" = $", request.group);
  if (request.client) {
    where_attended(list, transaction, request.client, earliest, window.to);
  }
  if (request.trainer) {
    list.where(
        "id IN (SELECT session FROM session_trainers WHERE trainer = $"
        " AND session_trainers.starts < $ AND session_trainers.starts > $)",
        request.trainer, window.to, earliest);
  }
  if (request.status) {
    list.where("status = $", *request.status);
  } else {
    list.where("status <> $", SessionStatus::cancelled);
  }
  list.order({{"starts"}, {"id"}});
  return list;
}

/// What a calendar shows of a session, and no more, since it reads many.
struct Row {
  SessionId id{};
  std::int64_t version = 0;
  SeriesId series{};
  ActivityId activity{};
  CentreId centre{};
  RoomId room{};
  std::string trainers{};
  SessionKind kind = SessionKind::open;
  GroupId group{};
  ClientId client{};
  std::optional<std::int64_t> capacity{};
  std::optional<std::string> colour{};
  Instant starts{};
  Instant ends{};
  LocalTime local_start{};
  SessionStatus status = SessionStatus::scheduled;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Row::id>("Number of the session."),
        field<&Row::version>("Its version."),
        field<&Row::series>("Its series."),
        field<&Row::activity>("What takes place."),
        field<&Row::centre>("Where."),
        field<&Row::room>("The room."),
        field<&Row::trainers>("Accounts of those who lead it, as they are stored: `[4,5]`."),
        field<&Row::kind>("For whom it is."),
        field<&Row::group>("The group it is for."),
        field<&Row::client>("The client it is for."),
        field<&Row::capacity>("Places."),
        field<&Row::colour>("Key of its colour."),
        field<&Row::starts>("When it starts."),
        field<&Row::ends>("When it ends."),
        field<&Row::local_start>("Wall-clock time of the start."),
        field<&Row::status>("To come, over or cancelled."),
    };
    return table;
  }
};

/// The numbers of a stored list such as `[4,5]`.
template <class Take>
void each_number(std::string_view list, const Take& take) {
  const char* at = list.data();
  const char* end = at + list.size();
  while (at < end) {
    std::int64_t number = 0;
    const auto read = std::from_chars(at, end, number);
    if (read.ec == std::errc{}) take(number);
    at = std::max(read.ptr, at + 1);
  }
}

/// Names by id, each read once a call.
class Names {
 public:
  Names(Transaction& transaction, const char* sql) : transaction_(transaction), sql_(sql) {}
  const std::string& of(std::int64_t id) {
    auto [found, is_new] = names_.try_emplace(id);
    if (is_new) {
      storage::Cursor row = transaction_.query(sql_, id);
      if (row.next() && !row.null(0)) found->second = row.text(0);
    }
    return found->second;
  }

 private:
  Transaction& transaction_;
  const char* sql_;
  std::unordered_map<std::int64_t, std::string> names_;
};

/// Turns rows into what is shown of them.
class Shown {
 public:
  Shown(Transaction& transaction, const Calendar& request)
      : transaction_(transaction), request_(request) {}

  CalendarItem item_of(const Row& row);

 private:
  std::vector<ClientId> attending(const Row& row);
  std::optional<std::vector<Person>> seen_attendees(const CalendarItem& item, const Row& row);
  void tell_who_pays(const Row& row, std::vector<Person>& people);
  Occupancy occupancy(const Row& row);

  Transaction& transaction_;
  const Calendar& request_;
  Session counted_{};
  std::optional<storage::Reach> clients_{};
  std::optional<storage::Reach> subscriptions_{};
  Names activities_{transaction_, "SELECT name FROM activities WHERE id = $1"};
  Names rooms_{transaction_, "SELECT name FROM rooms WHERE id = $1"};
  Names accounts_{transaction_, "SELECT name FROM accounts WHERE id = $1"};
  Names people_{transaction_,
                "SELECT trim(first_name || ' ' || coalesce(last_name, '')) FROM clients"
                " WHERE id = $1"};
};

std::vector<ClientId> Shown::attending(const Row& row) {
  std::vector<ClientId> clients;
  if (row.client) clients.push_back(row.client);
  if (row.group) {
    storage::Cursor rows = transaction_.query(
        "SELECT client FROM group_members WHERE \"group\" = $1 AND joined_at <= $2"
        " AND (left_at IS NULL OR left_at > $2)",
        row.group, row.starts);
    while (rows.next()) clients.push_back(ClientId{rows.integer(0)});
  }
  taken_part().attendees(transaction_, row.id, clients);
  std::sort(clients.begin(), clients.end());
  clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
  return clients;
}

/// Those of the attendees that the caller may see, and none if that is nobody.
std::optional<std::vector<Person>> Shown::seen_attendees(const CalendarItem& item, const Row& row) {
  if (!clients_) clients_ = access::reach_of(transaction_, "people.view");
  if (clients_->nothing()) return std::nullopt;
  const AccountId caller = transaction_.principal().account;
  const bool leads = std::any_of(item.trainers.begin(), item.trainers.end(),
                                 [&](const Person& one) { return one.account == caller; });
  std::vector<Person> people;
  for (ClientId client : attending(row)) {
    if (!leads && !access::covers(transaction_, *clients_, Subject::client, client.value)) continue;
    people.push_back({.account = {}, .client = client, .name = people_.of(client.value)});
  }
  if (!people.empty()) tell_who_pays(row, people);
  return people;
}

/// To those who may see the subscription: by the centre that sold it, or its attendee.
void Shown::tell_who_pays(const Row& row, std::vector<Person>& people) {
  if (!subscriptions_) subscriptions_ = access::reach_of(transaction_, "plans.view");
  if (subscriptions_->nothing()) return;
  for (const Paying& paying : taken_part().paying(transaction_, row.id)) {
    auto person = std::find_if(people.begin(), people.end(),
                               [&](const Person& one) { return one.client == paying.client; });
    if (person == people.end()) continue;
    const bool may_know = subscriptions_->covers(paying.centre) ||
                          access::covers_person(transaction_, *subscriptions_, paying.client);
    if (!may_know) continue;
    person->subscription = paying.subscription;
    person->visits_left = paying.visits_left;
  }
}

Occupancy Shown::occupancy(const Row& row) {
  counted_.id = row.id;
  counted_.kind = row.kind;
  counted_.group = row.group;
  counted_.client = row.client;
  counted_.starts = row.starts;
  counted_.capacity = row.capacity;
  return occupancy_of(transaction_, counted_);
}

CalendarItem Shown::item_of(const Row& row) {
  const Occupancy occupancy = this->occupancy(row);
  CalendarItem item{.session = row.id,
                    .version = row.version,
                    .series = row.series,
                    .activity = row.activity,
                    .title = activities_.of(row.activity.value),
                    .centre = row.centre,
                    .room = row.room,
                    .kind = row.kind,
                    .group = row.group,
                    .client = row.client,
                    .starts = row.starts,
                    .ends = row.ends,
                    .local_start = row.local_start,
                    .duration = row.ends - row.starts,
                    .status = row.status,
                    .capacity = occupancy.capacity,
                    .taken = occupancy.taken};
  if (row.room) item.room_name = rooms_.of(row.room.value);
  each_number(row.trainers, [&](std::int64_t trainer) {
    item.trainers.push_back(
        {.account = AccountId{trainer}, .client = {}, .name = accounts_.of(trainer)});
  });
  if (item.capacity) item.free = std::max<std::int64_t>(0, *item.capacity - item.taken);
  item.colour_key = row.colour ? *row.colour : "activity-" + std::to_string(row.activity.value);
  if (request_.attendees) item.attendees = seen_attendees(item, row);
  return item;
}

}  // namespace

CalendarPage handle(Transaction& transaction, const Calendar& request) {
  const Window window = window_of(transaction, request);
  CalendarPage result{.from = window.from, .to = window.to, .zone = window.zone};
  Shown shown(transaction, request);
  std::optional<std::string> cursor;
  do {
    const auto room = request.limit - static_cast<std::int64_t>(result.items.size());
    storage::List list = sessions_in(transaction, window, request);
    auto part = list.page<Row>(transaction, cursor, std::min(room, storage::page_limit_highest));
    result.items.reserve(result.items.size() + part.items.size());
    for (const Row& row : part.items) result.items.push_back(shown.item_of(row));
    cursor = part.next;
  } while (cursor && static_cast<std::int64_t>(result.items.size()) < request.limit);
  result.is_cut = cursor.has_value();
  return result;
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

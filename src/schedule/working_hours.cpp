/// Working hours, and where there is room for more (SPEC S11).
#include <frontdesk/schedule_absences.hpp>

#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "schedule/clashes.hpp"
#include "storage/define.hpp"

#include <frontdesk/catalog_rooms.hpp>

#include <algorithm>

namespace frontdesk::schedule {
namespace {

WorkingHours stored_hours(Transaction& transaction, AccountId trainer, CentreId centre) {
  WorkingHours found{.trainer = trainer, .centre = centre};
  storage::Cursor rows = transaction.query(
      "SELECT weekday, opens, closes FROM working_hours WHERE trainer = $1 AND centre = $2"
      " ORDER BY weekday, opens",
      trainer, centre);
  while (rows.next()) {
    found.hours.push_back({rows.integer(0), rows.integer(1), rows.integer(2)});
  }
  return found;
}

void check_hours(std::vector<WorkingTime>& hours) {
  for (std::size_t i = 0; i < hours.size(); ++i) {
    if (hours[i].closes <= hours[i].opens) {
      throw Error(Code::invalid, "hours_order", "hours[" + std::to_string(i) + "].closes");
    }
  }
  std::sort(hours.begin(), hours.end(), [](const WorkingTime& a, const WorkingTime& b) {
    return std::pair(a.weekday, a.opens) < std::pair(b.weekday, b.opens);
  });
  for (std::size_t i = 1; i < hours.size(); ++i) {
    if (hours[i].weekday == hours[i - 1].weekday && hours[i].opens < hours[i - 1].closes) {
      throw Error(Code::invalid, "hours_overlap", "hours");
    }
  }
}

void check_covers_account(Transaction& transaction, AccountId trainer) {
  if (!access::covers(transaction, transaction.reach(), Subject::account, trainer.value)) {
    storage::missing("account", "trainer");
  }
  access::account_or_missing(transaction, trainer, "trainer");
}

}  // namespace

WorkingHours handle(Transaction& transaction, const SetWorkingHours& request) {
  catalog::changeable_centre(transaction, request.centre, std::nullopt);
  check_covers_account(transaction, request.trainer);
  std::vector<WorkingTime> hours = request.hours;
  check_hours(hours);
  transaction.execute("DELETE FROM working_hours WHERE trainer = $1 AND centre = $2",
                      request.trainer, request.centre);
  for (const WorkingTime& time : hours) {
    transaction.execute(
        "INSERT INTO working_hours (trainer, centre, weekday, opens, closes)"
        " VALUES ($1, $2, $3, $4, $5)",
        request.trainer, request.centre, time.weekday, time.opens, time.closes);
  }
  transaction.concern(request.centre);
  return stored_hours(transaction, request.trainer, request.centre);
}

static constexpr Refusal set_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::not_found, "account_not_found", "no such account, or not within reach"},
    {Code::invalid, "hours_order", "a time ends before it begins"},
    {Code::invalid, "hours_overlap", "two times of a day overlap"},
};

constinit const Operation SetWorkingHours::operation = storage::define<SetWorkingHours>({
    .number = 556,
    .name = "schedule.set_working_hours",
    .kind = OperationKind::write,
    .doc = "Sets when a trainer works at a centre.",
    .rule = {.permission = "schedule.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = set_refusals,
    .example = R"({"trainer": 4, "centre": 1,
 "hours": [{"weekday": 1, "opens": 540, "closes": 1080}]})",
});

WorkingHours handle(Transaction& transaction, const GetWorkingHours& request) {
  return stored_hours(transaction, request.trainer, request.centre);
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not within reach"},
};

constinit const Operation GetWorkingHours::operation = storage::define<GetWorkingHours>({
    .number = 557,
    .name = "schedule.get_working_hours",
    .kind = OperationKind::read,
    .doc = "When a trainer works at a centre.",
    .rule = {.permission = "schedule.absences", .subject = Subject::account, .field = "trainer"},
    .refusals = get_refusals,
    .example = R"({"trainer": 4, "centre": 1})",
});

// --- free slots ---

namespace {

std::vector<AccountId> trainers_of(Transaction& transaction, const FreeSlots& request) {
  if (request.trainer) return {request.trainer};
  std::vector<AccountId> trainers;
  storage::Cursor rows = transaction.query(
      "SELECT DISTINCT trainer FROM working_hours WHERE centre = $1 ORDER BY trainer",
      request.centre);
  while (rows.next()) trainers.push_back(AccountId{rows.integer(0)});
  return trainers;
}

std::vector<RoomId> rooms_of(Transaction& transaction, const FreeSlots& request) {
  if (request.room) return {request.room};
  if (!request.any_room) return {RoomId{}};
  std::vector<RoomId> rooms;
  storage::Cursor rows = transaction.query(
      "SELECT id FROM rooms WHERE centre = $1 AND archived_at IS NULL ORDER BY id", request.centre);
  while (rows.next()) rooms.push_back(RoomId{rows.integer(0)});
  return rooms;
}

/// The first of the rooms in which nothing is in the way, if any.
std::optional<RoomId> free_room(Transaction& transaction, Session& session,
                                const std::vector<RoomId>& rooms) {
  for (RoomId room : rooms) {
    session.room = room;
    if (clashes_of(transaction, session).none()) return room;
  }
  return std::nullopt;
}

struct Search {
  const FreeSlots& request;
  const catalog::Centre& centre;
  std::vector<AccountId> trainers{};
  std::vector<RoomId> rooms{};
  SlotList found{};

  bool is_full() const { return static_cast<std::int64_t>(found.slots.size()) >= request.limit; }
};

void look_at(Transaction& transaction, Search& search, LocalTime start, AccountId trainer) {
  Session session;
  session.centre = search.request.centre;
  session.zone = search.centre.zone;
  session.trainers = {trainer};
  set_times(session, start, search.request.duration);
  if (session.starts < transaction.now()) return;
  if (auto room = free_room(transaction, session, search.rooms)) {
    search.found.slots.push_back({session.starts, session.ends, start, trainer, *room});
  }
}

bool works(const WorkingHours& hours, std::int64_t weekday, std::chrono::minutes from,
           Duration duration) {
  return std::any_of(hours.hours.begin(), hours.hours.end(), [&](const WorkingTime& time) {
    return time.weekday == weekday && std::chrono::minutes{time.opens} <= from &&
           from + duration <= std::chrono::minutes{time.closes};
  });
}

void look_at_day(Transaction& transaction, Search& search, std::chrono::local_days day,
                 const std::vector<WorkingHours>& hours) {
  const auto weekday = static_cast<std::int64_t>(std::chrono::weekday{day}.iso_encoding());
  const std::chrono::minutes step{search.request.step_minutes};
  for (std::chrono::minutes from{0}; from < std::chrono::days{1}; from += step) {
    for (const WorkingHours& one : hours) {
      if (search.is_full()) return;
      if (works(one, weekday, from, search.request.duration)) {
        look_at(transaction, search, LocalTime{day + from}, one.trainer);
      }
    }
  }
}

}  // namespace

SlotList handle(Transaction& transaction, const FreeSlots& request) {
  if (!request.from.ok()) throw Error(Code::invalid, "date_invalid", "from");
  const catalog::Centre centre = catalog::stored_centre(transaction, request.centre);
  if (request.room && !transaction.exists("SELECT 1 FROM rooms WHERE id = $1 AND centre = $2",
                                          request.room, request.centre)) {
    storage::missing("room", "room");
  }
  Search search{
      request, centre, trainers_of(transaction, request), rooms_of(transaction, request), {}};
  std::vector<WorkingHours> hours;
  for (AccountId trainer : search.trainers) {
    hours.push_back(stored_hours(transaction, trainer, request.centre));
  }
  const std::chrono::local_days first{request.from};
  for (std::int64_t day = 0; day < request.days && !search.is_full(); ++day) {
    look_at_day(transaction, search, first + std::chrono::days{day}, hours);
  }
  return std::move(search.found);
}

static constexpr Refusal slots_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "date_invalid", "there is no such day"},
    {Code::not_found, "room_not_found", "the centre has no such room"},
};

constinit const Operation FreeSlots::operation = storage::define<FreeSlots>({
    .number = 558,
    .name = "schedule.free_slots",
    .kind = OperationKind::read,
    .doc = "Times at which a trainer, and a room where asked, are free.",
    .rule = {.permission = "schedule.view", .subject = Subject::centre, .field = "centre"},
    .refusals = slots_refusals,
    .example = R"({"centre": 1, "from": "2026-09-07", "days": 5, "trainer": 4})",
});

}  // namespace frontdesk::schedule

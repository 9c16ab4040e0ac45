#include "visits_house.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

namespace frontdesk::bench {
namespace {

/// Sessions on sale at once, on days of their own.
constexpr std::int64_t sessions_on_sale = 10;
constexpr std::int64_t day = 86'400;

std::string text(std::int64_t number) { return std::to_string(number); }

/// So many copies of one row under the numbers that follow those it has.
void copy_rows(FloorFile& file, const std::string& table, const std::string& where,
               const std::vector<std::string>& keys, const std::vector<std::int64_t>& first,
               std::int64_t count) {
  RowPattern row(file, table, where, keys);
  for (std::int64_t i = 1; i <= count; ++i) {
    for (std::size_t key = 0; key < keys.size(); ++key) row.set(key, first[key] + i);
    row.insert();
  }
}

/// The lines of a history as the ledger has them: each visit reserved, then used, and what was
/// booked first of all still to come.
void use_history(FloorFile& file) {
  file.execute(
      "UPDATE visits SET number = number * 2, kind = 2, reserved = 0, used = 1, reserved_sum = 0,"
      " used_sum = number - 1000, day = (SELECT local_start / 86400 FROM sessions"
      " WHERE sessions.id = session) WHERE number > 1000");
  file.execute("UPDATE visits SET latest_day = day WHERE number > 1000");
  file.execute("CREATE TEMP TABLE reserving AS SELECT * FROM visits WHERE number > 1000");
  file.execute(
      "UPDATE reserving SET number = number - 1, kind = 1, reserved = 1, used = 0,"
      " reserved_sum = 1, used_sum = used_sum - 1");
  file.execute("INSERT INTO visits SELECT * FROM reserving");
  file.execute(
      "UPDATE visits SET number = 1000000, used_sum = (SELECT max(used_sum) FROM visits)"
      " WHERE number = 2 AND subscription IN (SELECT subscription FROM reserving)");
}

/// What was written without waiting for the disk reaches it now, not in the middle of what is
/// measured.
void settle_on_disk(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

VisitsHouse::VisitsHouse(std::int64_t clients) : clients_(clients) {
  open_studio();
  book({.session = first_session_, .client = first_client_});
  world_.close();
  fill(clients);
  std::filesystem::copy_file(world_.path(), floor_path());
}

void VisitsHouse::open_studio() {
  Caller host = world_.desk().host();
  first_client_ = world_.client().value;
  catalog::CreateActivity yoga{.centre = world_.centre(), .name = "Yoga"};
  yoga.duration_minutes = 60;
  schedule::NewSession session{.activity = host.run(yoga).id, .centre = world_.centre()};
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  session.start = LocalTime{(today + std::chrono::days{2}).time_since_epoch()};
  first_session_ =
      host.run(schedule::CreateSessions{.sessions = {session}}).sessions.at(0).id.value;
  plans::CreatePlan plan{.centre = world_.centre(), .name = "A thousand visits"};
  plan.terms.price = Money{1'000'000, Currency("UAH")};
  plan.terms.months = 12;
  plan.terms.visits = 1'000;
  plan.terms.per_day = 2;
  plan.terms.all_activities = true;
  plans::Buy buy;
  buy.plan = host.run(plan).id;
  buy.owner = world_.client();
  buy.tenders = {{.method = money::PaymentMethod::card}};
  first_subscription_ = host.run(buy).id.value;
}

void VisitsHouse::fill(std::int64_t clients) {
  FloorFile file(world_.path());
  file.execute("PRAGMA synchronous = OFF");
  file.execute("PRAGMA foreign_keys = OFF");
  const std::int64_t more = clients - 1;
  file.begin();
  const std::string client = text(first_client_);
  const std::string subscription = text(first_subscription_);
  copy_rows(file, "clients", "id = " + client, {"id"}, {first_client_}, more);
  copy_rows(file, "client_centres", "client = " + client, {"client"}, {first_client_}, more);
  copy_rows(file, "subscriptions", "id = " + subscription, {"id", "owner"},
            {first_subscription_, first_client_}, more);
  copy_rows(file, "subscription_people", "client = " + client, {"client", "subscription"},
            {first_client_, first_subscription_}, more);
  copy_rows(file, "visits", "subscription = " + subscription + " AND number = 1", {"subscription"},
            {first_subscription_}, more);
  RowPattern session(file, "sessions", "id = " + text(first_session_),
                     {"id", "starts", "ends", "local_start"});
  const std::string of_first = " FROM sessions WHERE id = " + text(first_session_);
  const std::int64_t starts = file.number("SELECT starts" + of_first);
  const std::int64_t local = file.number("SELECT local_start" + of_first);
  for (std::int64_t i = 1; i <= sessions_on_sale; ++i) {
    session.set(0, first_session_ + i);
    session.set(1, starts + i * day);
    session.set(2, starts + i * day + 3'600);
    session.set(3, local + i * day);
    session.insert();
  }
  // The ledger of deferred revenue knows of one sale only.
  file.commit();
  file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

BookingNumbers VisitsHouse::next(std::int64_t& count) const {
  const std::int64_t i = count++;
  return {.session = first_session_ + 1 + i / clients_ % sessions_on_sale,
          .client = first_client_ + i % clients_};
}

void VisitsHouse::book(const BookingNumbers& numbers) {
  bookings::Book request;
  request.session = SessionId{numbers.session};
  request.client = ClientId{numbers.client};
  request.places = {{.attendee = ClientId{numbers.client}, .by_visit = true}};
  CallOptions options;
  options.idempotency_key = "visit-" + text(numbers.session) + "-" + text(numbers.client);
  world_.clerk().run(request, options);
}

void VisitsHouse::add_ended_sessions(std::int64_t sessions, std::int64_t bookings) {
  FloorFile file(world_.path());
  file.execute("PRAGMA synchronous = OFF");
  file.execute("PRAGMA foreign_keys = OFF");
  RowPattern session(file, "sessions", "id = " + text(first_session_),
                     {"id", "starts", "ends", "local_start"});
  VisitRows rows(file);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::int64_t starts = now.time_since_epoch().count() - 7'200;
  std::int64_t last = file.number("SELECT max(id) FROM sessions");
  VisitRows::Numbers numbers{.booking = file.number("SELECT max(id) FROM bookings"),
                             .starts = starts};
  file.begin();
  for (std::int64_t i = 0; i < sessions; ++i) {
    session.set(0, ++last);
    session.set(1, starts);
    session.set(2, starts + 3'600);
    session.set(3, starts);
    session.insert();
    for (std::int64_t place = 1; place <= bookings; ++place) {
      ++numbers.booking;
      numbers.session = last;
      numbers.place = place;
      const std::int64_t index = (i * bookings + place) % clients_;
      numbers.client = first_client_ + index;
      numbers.subscription = first_subscription_ + index;
      numbers.line = 100 + (i * bookings + place) / clients_;
      rows.insert(numbers);
    }
  }
  file.commit();
  file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  settle_on_disk(world_.path());
}

ClientId VisitsHouse::add_history(std::int64_t places) {
  FloorFile file(world_.path());
  file.execute("PRAGMA foreign_keys = OFF");
  RowPattern session(file, "sessions", "id = " + text(first_session_),
                     {"id", "starts", "ends", "local_start"});
  VisitRows rows(file);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::int64_t last = file.number("SELECT max(id) FROM sessions");
  VisitRows::Numbers numbers{.booking = file.number("SELECT max(id) FROM bookings"),
                             .client = first_client_,
                             .subscription = first_subscription_,
                             .line = 1'000};
  file.begin();
  for (std::int64_t i = places; i >= 1; --i) {
    numbers.starts = now.time_since_epoch().count() - i * 2 * day;
    session.set(0, ++last);
    session.set(1, numbers.starts);
    session.set(2, numbers.starts + 3'600);
    session.set(3, numbers.starts);
    session.insert();
    ++numbers.booking;
    numbers.session = last;
    ++numbers.line;
    rows.insert(numbers);
  }
  file.execute("UPDATE sessions SET status = 1 WHERE ends < unixepoch()");
  file.execute("UPDATE places SET status = 3 WHERE starts < unixepoch()");
  use_history(file);
  file.commit();
  file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  return ClientId{first_client_};
}

// --- rows ---

VisitRows::VisitRows(FloorFile& file)
    : booking_(file, "bookings", "id = 1", {"id", "session", "client", "payer"}),
      place_(file, "places", "booking = 1",
             {"session", "booking", "place", "attendee", "subscription", "starts"}),
      claim_(file, "claims", "owner = 1", {"session", "place", "owner"}),
      visit_(file, "visits", "booking = 1",
             {"subscription", "number", "booking", "session", "attendee"}),
      audit_(file, "audit", "operation = 'bookings.book' ORDER BY sequence LIMIT 1",
             {"sequence", "client"}),
      idempotency_(file, "idempotency", "length(result) > 200 ORDER BY id DESC LIMIT 1",
                   {"id", "key", "client"}) {
  events_.emplace_back(file, "events", "topic = 'bookings.booking_confirmed' LIMIT 1",
                       std::vector<std::string>{"sequence", "client"});
}

void VisitRows::insert(const Numbers& numbers) {
  booking_.set(0, numbers.booking);
  booking_.set(1, numbers.session);
  booking_.set(2, numbers.client);
  booking_.set(3, numbers.client);
  booking_.insert();
  claim_.set(0, numbers.session);
  claim_.set(1, numbers.place);
  claim_.set(2, numbers.booking);
  claim_.insert();
  place_.set(0, numbers.session);
  place_.set(1, numbers.booking);
  place_.set(2, numbers.place);
  place_.set(3, numbers.client);
  place_.set(4, numbers.subscription);
  place_.set(5, numbers.starts);
  place_.insert();
  visit_.set(0, numbers.subscription);
  visit_.set(1, numbers.line);
  visit_.set(2, numbers.booking);
  visit_.set(3, numbers.session);
  visit_.set(4, numbers.client);
  visit_.insert();
}

void VisitRows::insert_log(const Numbers& numbers) {
  for (RowPattern& event : events_) {
    event.set(1, numbers.client);
    event.insert();
  }
  audit_.set(1, numbers.client);
  audit_.insert();
  const std::uint64_t key[2] = {static_cast<std::uint64_t>(numbers.booking) * 0x9e3779b97f4a7c15U,
                                static_cast<std::uint64_t>(numbers.booking)};
  idempotency_.set_blob(1, key, sizeof key);
  idempotency_.set(2, numbers.client);
  idempotency_.insert();
}

// --- the floor ---

VisitsFloor::VisitsFloor(const std::string& path)
    : file_(path),
      rows_(file_),
      session_(file_.prepare("SELECT * FROM sessions WHERE id = ?1")),
      line_(file_.prepare("SELECT max(number) FROM visits WHERE subscription = ?1")),
      head_(file_.prepare("INSERT INTO meta (name, value) VALUES ('audit_head', zeroblob(32))"
                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value")),
      last_booking_(file_.number("SELECT max(id) FROM bookings")) {}

void VisitsFloor::book(const VisitsHouse& house, const BookingNumbers& numbers) {
  file_.begin();
  sqlite3_bind_int64(session_, 1, numbers.session);
  file_.run(session_);
  const std::int64_t subscription = house.subscription_of(numbers.client).value;
  sqlite3_bind_int64(line_, 1, subscription);
  sqlite3_step(line_);
  const std::int64_t line = sqlite3_column_int64(line_, 0) + 1;
  sqlite3_reset(line_);
  ++last_booking_;
  const VisitRows::Numbers rows{.booking = last_booking_,
                                .session = numbers.session,
                                .place = last_booking_ + 1'000,
                                .client = numbers.client,
                                .subscription = subscription,
                                .line = line,
                                .starts = numbers.session * day};
  rows_.insert(rows);
  rows_.insert_log(rows);
  file_.run(head_);
  file_.commit();
}

}  // namespace frontdesk::bench

#include "booking_house.hpp"

#include <filesystem>
#include <map>

namespace frontdesk::bench {
namespace {

constexpr std::int64_t rows = 25;
constexpr std::int64_t seats_a_row = 40;
constexpr std::int64_t bookings_a_session = rows * seats_a_row / 2;
/// Sessions on sale at once, which the measured bookings spread over.
constexpr std::int64_t sessions_on_sale = 80;
/// Records of keys are kept for a day.
constexpr std::int64_t keys_kept = 20'000;

std::string map_text() {
  std::string map = "category S standard\ncategory P premium\nstage Stage\nfocus 200 100\n";
  for (std::int64_t row = 1; row <= rows; ++row) {
    const char* letter = row <= 8 ? "P" : "S";
    map += "row " + std::to_string(row) + ": 20" + letter + " _ 20" + letter + "\n";
  }
  return map;
}

std::string label(std::int64_t place) {
  return std::to_string((place - 1) / seats_a_row + 1) + "-" +
         std::to_string((place - 1) % seats_a_row + 1);
}

/// Indexes of the tables that grow are built after their rows, which is faster.
std::vector<std::string> drop_indexes(FloorFile& file) {
  std::vector<std::string> names;
  std::vector<std::string> definitions;
  sqlite3_stmt* found = file.prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN"
      " ('bookings', 'places', 'orders', 'payments', 'ledger_entries', 'audit', 'idempotency')");
  while (sqlite3_step(found) == SQLITE_ROW) {
    names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(found, 0)));
    definitions.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(found, 1)));
  }
  sqlite3_reset(found);
  for (const std::string& name : names) file.execute("DROP INDEX \"" + name + "\"");
  return definitions;
}

/// So many copies of one row under the numbers that follow it.
void copy_rows(FloorFile& file, const std::string& table, const std::string& key, std::int64_t id,
               std::int64_t count) {
  RowPattern row(file, table, key + " = " + std::to_string(id), {key});
  for (std::int64_t i = 1; i <= count; ++i) {
    row.set(0, id + i);
    row.insert();
  }
}

}  // namespace

BookingHouse& BookingHouse::with_stored(std::int64_t bookings) {
  static std::map<std::int64_t, std::unique_ptr<BookingHouse>> houses;
  std::unique_ptr<BookingHouse>& house = houses[bookings];
  if (!house) house = std::make_unique<BookingHouse>(bookings);
  return *house;
}

BookingHouse::BookingHouse(std::int64_t bookings) {
  open_hall();
  first_client_ = world_.client().value;
  first_session_ = show_.value;
  clients_ = std::max<std::int64_t>(1'000, bookings / 50);
  BookingNumbers pattern{.session = show_.value, .first_place = 1, .client = first_client_};
  book(pattern);
  world_.close();
  fill(bookings);
  std::filesystem::copy_file(world_.path(), floor_path());
}

void BookingHouse::open_hall() {
  Caller host = world_.desk().host();
  catalog::CreateRoom room{.centre = world_.centre(), .name = "Hall", .capacity = 1'000};
  seating::CreateMap map{.centre = world_.centre(), .name = "Hall"};
  map.text = map_text();
  const RoomId hall = host.run(room).id;
  host.run(seating::GiveMap{.room = hall, .map = host.run(map).id});
  catalog::CreateActivity film{.centre = world_.centre(), .name = "Film"};
  film.duration_minutes = 90;
  schedule::NewSession show{.activity = host.run(film).id, .centre = world_.centre()};
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  show.start = LocalTime{(today + std::chrono::days{3}).time_since_epoch()};
  show.room = hall;
  show.price = Money{20'000, Currency("UAH")};
  show_ = host.run(schedule::CreateSessions{.sessions = {show}}).sessions.at(0).id;
}

void BookingHouse::fill(std::int64_t bookings) {
  FloorFile file(world_.path());
  file.execute("PRAGMA synchronous = OFF");
  file.execute("PRAGMA foreign_keys = OFF");
  file.execute("PRAGMA cache_size = -500000");
  const std::int64_t sessions = bookings / bookings_a_session + 1 + sessions_on_sale;
  file.begin();
  copy_rows(file, "clients", "id", first_client_, clients_ - 1);
  copy_rows(file, "client_centres", "client", first_client_, clients_ - 1);
  copy_rows(file, "sessions", "id", show_.value, sessions);
  copy_rows(file, "session_maps", "session", show_.value, sessions);
  file.commit();
  BookingRows stored(file);
  file.begin();
  const std::vector<std::string> indexes = drop_indexes(file);
  BookingNumbers numbers{.booking = file.number("SELECT max(id) FROM bookings"),
                         .order = file.number("SELECT max(id) FROM orders")};
  for (std::int64_t i = 0; i < bookings; ++i) {
    ++numbers.booking;
    ++numbers.order;
    numbers.session = show_.value + 1 + i / bookings_a_session;
    numbers.first_place = 1 + i % bookings_a_session * 2;
    numbers.client = first_client_ + i * 7'919 % clients_;
    stored.insert(numbers, bookings - i <= keys_kept);
    if (i % 20'000 != 19'999) continue;
    file.commit();
    file.begin();
  }
  for (const std::string& index : indexes) file.execute(index);
  file.commit();
  file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  first_session_ = show_.value + sessions - sessions_on_sale + 1;
}

BookingNumbers BookingHouse::next(std::int64_t& count) const {
  const std::int64_t i = count++;
  const std::int64_t pair = i / sessions_on_sale % bookings_a_session;
  return {.session = first_session_ + i % sessions_on_sale,
          .first_place = 1 + pair * 2,
          .client = first_client_ + i * 104'729 % clients_};
}

bookings::Book BookingHouse::request(const BookingNumbers& numbers) const {
  bookings::Book request;
  request.session = SessionId{numbers.session};
  request.client = ClientId{numbers.client};
  request.places.resize(2);
  request.places[0].seat = label(numbers.first_place);
  request.places[1].seat = label(numbers.first_place + 1);
  money::Tender card;
  card.method = money::PaymentMethod::card;
  request.payments = {card};
  return request;
}

void BookingHouse::book(const BookingNumbers& numbers) {
  CallOptions options;
  options.idempotency_key =
      "booking-" + std::to_string(numbers.session) + "-" + std::to_string(numbers.first_place);
  world_.clerk().run(request(numbers), options);
}

}  // namespace frontdesk::bench

#include "booking_floor.hpp"

#include <algorithm>

namespace frontdesk::bench {
namespace {

// Numbers of lines, payments and places are those of their order or booking times this, and on.
constexpr std::int64_t numbers_each = 1000;

std::vector<std::string> columns_of(FloorFile& file, const std::string& table) {
  sqlite3_stmt* row = file.prepare("SELECT * FROM \"" + table + "\" LIMIT 0");
  std::vector<std::string> columns;
  for (int i = 0; i < sqlite3_column_count(row); ++i) {
    columns.emplace_back(sqlite3_column_name(row, i));
  }
  return columns;
}

/// One pattern for each row from number 1 on.
std::vector<RowPattern> patterns(FloorFile& file, const std::string& table,
                                 const std::string& where, const std::string& order,
                                 const std::vector<std::string>& changing) {
  const std::int64_t count = file.number("SELECT count(*) FROM \"" + table + "\" WHERE " + where);
  std::vector<RowPattern> found;
  for (std::int64_t i = 0; i < count; ++i) {
    found.emplace_back(file, table,
                       where + " ORDER BY " + order + " LIMIT 1 OFFSET " + std::to_string(i),
                       changing);
  }
  return found;
}

std::string first_of(FloorFile& file, const std::string& table) {
  return std::to_string(file.number("SELECT min(id) FROM \"" + table + "\""));
}

/// The balances that the pattern's movement changed, each by its side.
std::vector<sqlite3_stmt*> balances_of(FloorFile& file, const std::string& entry) {
  const std::string where = " FROM postings WHERE entry = " + entry + " ORDER BY line LIMIT 1";
  const std::int64_t count = file.number("SELECT count(*) FROM postings WHERE entry = " + entry);
  std::vector<sqlite3_stmt*> updates;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string side = where + " OFFSET " + std::to_string(i);
    sqlite3_stmt* update =
        file.prepare("UPDATE ledger_accounts SET balance = balance + ?1 WHERE id = ?2");
    sqlite3_bind_int64(update, 1, file.number("SELECT amount" + side));
    sqlite3_bind_int64(update, 2, file.number("SELECT account" + side));
    updates.push_back(update);
  }
  return updates;
}

}  // namespace

RowPattern::RowPattern(FloorFile& file, const std::string& table, const std::string& where,
                       const std::vector<std::string>& changing)
    : file_(file), parameters_(changing.size()) {
  const std::vector<std::string> columns = columns_of(file, table);
  std::string sql = "INSERT INTO \"" + table + "\" VALUES (?";
  for (std::size_t i = 1; i < columns.size(); ++i) sql += ", ?";
  insert_ = file.prepare(sql + ")");
  sqlite3_stmt* row = file.prepare("SELECT * FROM \"" + table + "\" WHERE " + where);
  sqlite3_step(row);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int parameter = static_cast<int>(i) + 1;
    const auto found = std::find(changing.begin(), changing.end(), columns[i]);
    if (found == changing.end()) {
      sqlite3_bind_value(insert_, parameter, sqlite3_column_value(row, parameter - 1));
    } else {
      parameters_[static_cast<std::size_t>(found - changing.begin())] = parameter;
    }
  }
  sqlite3_reset(row);
}

void RowPattern::set(std::size_t column, std::int64_t value) {
  sqlite3_bind_int64(insert_, parameters_[column], value);
}

void RowPattern::set_blob(std::size_t column, const void* bytes, int size) {
  sqlite3_bind_blob(insert_, parameters_[column], bytes, size, SQLITE_TRANSIENT);
}

void RowPattern::insert() { file_.run(insert_); }

BookingRows::BookingRows(FloorFile& file)
    : file_(file),
      booking_(file, "bookings", "id = " + first_of(file, "bookings"),
               {"id", "session", "client", "payer", "order"}),
      places_(patterns(file, "places", "booking = " + first_of(file, "bookings"), "number",
                       {"session", "booking", "place", "line"})),
      claims_(patterns(file, "claims", "owner = " + first_of(file, "bookings"), "place",
                       {"session", "place", "owner"})),
      order_(file, "orders", "id = " + first_of(file, "orders"), {"id", "payer"}),
      lines_(patterns(file, "order_lines", "id / 1000 = " + first_of(file, "orders"), "id",
                      {"id", "session", "booking", "place"})),
      payment_(file, "payments", "id = " + first_of(file, "payments"), {"id", "client"}),
      entry_(file, "ledger_entries", "id = " + first_of(file, "ledger_entries"), {"id", "order"}),
      postings_(patterns(file, "postings", "entry = " + first_of(file, "ledger_entries"), "line",
                         {"entry"})),
      balances_(balances_of(file, first_of(file, "ledger_entries"))),
      events_(patterns(file, "events",
                       "sequence >= (SELECT min(sequence) FROM events WHERE topic LIKE 'money.%')"
                       " AND sequence <= (SELECT min(sequence) FROM events"
                       " WHERE topic LIKE 'bookings.%')",
                       "sequence", {"sequence", "client"})),
      audit_(file, "audit", "operation = 'bookings.book' ORDER BY sequence LIMIT 1",
             {"sequence", "client"}),
      idempotency_(file, "idempotency", "length(result) > 300 ORDER BY id LIMIT 1",
                   {"id", "key", "client"}) {}

void BookingRows::insert(const BookingNumbers& numbers, bool has_key) {
  booking_.set(0, numbers.booking);
  booking_.set(1, numbers.session);
  booking_.set(2, numbers.client);
  booking_.set(3, numbers.client);
  booking_.set(4, numbers.order);
  booking_.insert();
  insert_places(numbers);
  insert_order(numbers);
  insert_movement(numbers);
  insert_log(numbers, has_key);
}

void BookingRows::insert_places(const BookingNumbers& numbers) {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const std::int64_t place = numbers.first_place + static_cast<std::int64_t>(i);
    claims_[i].set(0, numbers.session);
    claims_[i].set(1, place);
    claims_[i].set(2, numbers.booking);
    claims_[i].insert();
    places_[i].set(0, numbers.session);
    places_[i].set(1, numbers.booking);
    places_[i].set(2, place);
    places_[i].set(3, numbers.order * numbers_each + static_cast<std::int64_t>(i) + 1);
    places_[i].insert();
  }
}

void BookingRows::insert_order(const BookingNumbers& numbers) {
  order_.set(0, numbers.order);
  order_.set(1, numbers.client);
  order_.insert();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::int64_t number = static_cast<std::int64_t>(i) + 1;
    lines_[i].set(0, numbers.order * numbers_each + number);
    lines_[i].set(1, numbers.session);
    lines_[i].set(2, numbers.booking);
    lines_[i].set(3, numbers.booking * numbers_each + number);
    lines_[i].insert();
  }
  payment_.set(0, numbers.order * numbers_each + 1);
  payment_.set(1, numbers.client);
  payment_.insert();
}

void BookingRows::insert_movement(const BookingNumbers& numbers) {
  entry_.set(1, numbers.order);
  entry_.insert();
  const std::int64_t entry = sqlite3_last_insert_rowid(file_.database());
  for (RowPattern& posting : postings_) {
    posting.set(0, entry);
    posting.insert();
  }
  for (sqlite3_stmt* balance : balances_) file_.run(balance);
}

void BookingRows::insert_log(const BookingNumbers& numbers, bool has_key) {
  for (RowPattern& event : events_) {
    event.set(1, numbers.client);
    event.insert();
  }
  audit_.set(1, numbers.client);
  audit_.insert();
  if (!has_key) return;
  // Spread as digests are.
  const std::uint64_t key[2] = {static_cast<std::uint64_t>(numbers.booking) * 0x9e3779b97f4a7c15U,
                                static_cast<std::uint64_t>(numbers.booking)};
  idempotency_.set_blob(1, key, sizeof key);
  idempotency_.set(2, numbers.client);
  idempotency_.insert();
}

BookingFloor::BookingFloor(const std::string& path)
    : file_(path),
      rows_(file_),
      session_(file_.prepare("SELECT * FROM sessions WHERE id = ?1")),
      head_(file_.prepare("INSERT INTO meta (name, value) VALUES ('audit_head', zeroblob(32))"
                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value")),
      last_booking_(file_.number("SELECT max(id) FROM bookings")),
      last_order_(file_.number("SELECT max(id) FROM orders")) {}

void BookingFloor::book(BookingNumbers numbers) {
  sqlite3_bind_int64(session_, 1, numbers.session);
  file_.run(session_);
  numbers.booking = ++last_booking_;
  numbers.order = ++last_order_;
  rows_.insert(numbers);
}

void BookingFloor::commit() {
  file_.run(head_);
  file_.commit();
}

}  // namespace frontdesk::bench

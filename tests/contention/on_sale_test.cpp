// A premiere goes on sale: many processes buy the same five hundred seats at the same moment.
#include <catch2/catch.hpp>

#include "crowd.hpp"
#include "support.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <set>

using namespace frontdesk;
using namespace frontdesk::testing::contention;
using frontdesk::testing::TemporaryFolder;

namespace {

constexpr int buyers = 16;
constexpr int rows = 20;
constexpr int seats_a_row = 25;
constexpr int seats = rows * seats_a_row;

struct Premiere {
  CentreId centre{};
  SessionId session{};
};

std::string hall_map() {
  std::string text = "category S standard\nstage Screen\n";
  for (int row = 0; row < rows; ++row) {
    text += "row " + std::string(1, static_cast<char>('A' + row)) + ": " +
            std::to_string(seats_a_row) + "S\n";
  }
  return text;
}

Premiere put_on(const std::string& path) {
  Desk desk = Desk::open(path);
  Caller host = desk.host();
  Premiere premiere;
  catalog::CreateCentre centre;
  centre.name = "Premiere";
  centre.city = "Kyiv";
  centre.zone = "Europe/Kyiv";
  centre.currency = "UAH";
  premiere.centre = host.run(centre).id;
  catalog::CreateActivity activity;
  activity.centre = premiere.centre;
  activity.name = "Film";
  catalog::CreateRoom room;
  room.centre = premiere.centre;
  room.name = "Hall";
  room.capacity = seats;
  schedule::NewSession show;
  show.activity = host.run(activity).id;
  show.centre = premiere.centre;
  show.room = host.run(room).id;
  seating::CreateMap map;
  map.centre = premiere.centre;
  map.name = "Hall";
  map.text = hall_map();
  host.run(seating::GiveMap{.room = show.room, .map = host.run(map).id});
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  show.start =
      LocalTime{(today + std::chrono::days{2}).time_since_epoch()} + std::chrono::hours{18};
  show.duration = std::chrono::hours{2};
  show.price = Money{20'000, Currency("UAH")};
  premiere.session = host.run(schedule::CreateSessions{.sessions = {show}}).sessions.at(0).id;
  return premiere;
}

std::string label_of(int seat) {
  return std::string(1, static_cast<char>('A' + seat / seats_a_row)) + "-" +
         std::to_string(seat % seats_a_row + 1);
}

/// Goes for one seat after the other, each buyer in an order of their own, until all are sold; what
/// another has got is refused as that.
void buy_all(const std::string& path, Board& board, SessionId session, int buyer) {
  Desk desk = Desk::open(path);
  std::vector<int> wanted(seats);
  for (int seat = 0; seat < seats; ++seat) wanted[static_cast<std::size_t>(seat)] = seat;
  std::mt19937_64 random(static_cast<std::uint64_t>(buyer));
  std::shuffle(wanted.begin(), wanted.end(), random);
  wait_for_start(board);
  for (int seat : wanted) {
    if (board.sold >= seats) return;
    bookings::Book request;
    request.session = session;
    request.places.resize(1);
    request.places[0].seat = label_of(seat);
    money::Tender card;
    card.method = money::PaymentMethod::card;
    request.payments = {card};
    request.external_ref = "buyer " + std::to_string(buyer) + " " + label_of(seat);
    const int before = board.length;
    const auto start = std::chrono::steady_clock::now();
    auto outcome = desk.host().try_run(request);
    const auto waited = std::chrono::steady_clock::now() - start;
    if (!outcome && outcome.error().reason() != "seat_taken") {
      board.note_error(std::string(code_name(outcome.error().code())) + "/" +
                       outcome.error().reason());
    }
    if (outcome) ++board.sold;
    board.note({outcome ? outcome->id.value : 0,
                std::chrono::duration_cast<std::chrono::microseconds>(waited).count(),
                board.length - before});
  }
}

/// Each seat has the one owner who was told so, and nobody else was.
void check_owners(const Desk& desk, const Premiere& premiere, const Board& board) {
  std::set<std::int64_t> acknowledged;
  for (int i = 0; i < board.length; ++i) {
    if (board.writes[i].client != 0) acknowledged.insert(board.writes[i].client);
  }
  CHECK(acknowledged.size() == static_cast<std::size_t>(seats));
  const auto places =
      desk.host().run(seating::Availability{.session = premiere.session, .seats = true});
  CHECK(places.free == 0);
  std::map<std::int64_t, std::int64_t> owner;
  for (const seating::SeatStatus& seat : places.seats) owner[seat.place] = seat.booking.value;
  bookings::List request;
  request.session = premiere.session;
  request.limit = 500;
  const auto sold = desk.host().run(request).items;
  CHECK(sold.size() == static_cast<std::size_t>(seats));
  int mistaken = 0;
  for (const bookings::Booking& booking : sold) {
    const bool is_right = acknowledged.contains(booking.id.value) && booking.places.size() == 1 &&
                          booking.status == bookings::BookingStatus::confirmed &&
                          owner[booking.places[0].place] == booking.id.value;
    if (!is_right) ++mistaken;
  }
  CHECK(mistaken == 0);
  std::int64_t sum = 0;
  std::int64_t paid = 0;
  money::Accounts accounts{.centre = premiere.centre, .limit = 500};
  for (const money::LedgerAccount& account : desk.host().run(accounts).items) {
    sum += account.balance.minor;
    if (account.kind == money::AccountKind::card_clearing) paid = account.balance.minor;
  }
  CHECK(sum == 0);
  CHECK(paid == seats * 20'000);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
  CHECK(desk.host().run(audit::Verify{}).is_whole);
}

Waits sell_out() {
  TemporaryFolder folder;
  const std::string path = folder.file("desk.db");
  const Premiere premiere = put_on(path);
  Crowd crowd;
  Board& board = crowd.board();
  for (int buyer = 0; buyer < buyers; ++buyer) {
    crowd.add([&, buyer](Board& shared) { buy_all(path, shared, premiere.session, buyer); });
  }
  crowd.start(buyers);
  CHECK(crowd.join());
  CHECK(std::string(board.first_error) == "");
  CHECK(board.errors == 0);
  CHECK(board.sold == seats);
  REQUIRE(board.length > seats);  // or nobody got in another's way
  Desk desk = Desk::open(path);
  check_owners(desk, premiere, board);
  Waits waits(board);
  if (is_long()) {
    std::cout << buyers << " processes, " << seats << " seats, " << board.length
              << " attempts: median " << waits.median << " us, p99 " << waits.p99 << " us, longest "
              << waits.longest << " us, " << waits.ratio() << " x median\n";
  }
  return waits;
}

/// As with other writers: a busy machine makes one buyer wait long by chance, hence three tries.
void sell_out_fairly() {
  for (int tries_left = 2; true; --tries_left) {
    const Waits waits = sell_out();
    if (waits.longest > 50 * waits.median && tries_left > 0) continue;
    INFO("median " << waits.median << " us, longest " << waits.longest << " us");
    CHECK(waits.longest <= 50 * waits.median);
    return;
  }
}

}  // namespace

TEST_CASE("sixteen processes buy five hundred seats, and each seat has one owner",
          "[contention][B3][H8][E6][E11]") {
  const int rounds = is_long() ? 20 : 1;
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    sell_out_fairly();
  }
}

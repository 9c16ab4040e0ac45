// No seat is sold twice: not by a wrong handler, not by a race, and not across a hold's end.
#include "seating/holds.hpp"
#include "seating_support.hpp"
#include "storage/connection.hpp"
#include "storage/transactions.hpp"
#include "threads/team.hpp"

#include <random>
#include <set>

using namespace frontdesk;
using seating::Claim;
using seating::ClaimState;
using storage::Transaction;
using testing::Cinema;
using testing::Labels;
using testing::refusal;

namespace {

std::string secret_of(const std::string& path) {
  storage::Connection connection(path, storage::OpenMode::read_only);
  storage::Cursor row = connection.query("SELECT value FROM meta WHERE name = 'secret'");
  REQUIRE(row.next());
  return std::string(row.text(0).substr(1));
}

/// Transactions on the cinema's own file, as areas above seating have them.
struct Hand : storage::testing::HandDesk {
  explicit Hand(Cinema& cinema) : HandDesk(cinema.desk.path()) {
    state().secret = secret_of(cinema.desk.path());
    now = cinema.desk.clock.now();
    principal.kind = storage::PrincipalKind::host;
  }
};

schedule::Session session_of(Transaction& transaction, SessionId id) {
  return *storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", id);
}

constexpr Claim booking_7{.state = ClaimState::booked, .owner = 7};
constexpr Claim booking_8{.state = ClaimState::booked, .owner = 8};

}  // namespace

TEST_CASE("the database refuses a second claim on a place, whatever code writes it", "[H8]") {
  Cinema cinema;
  Hand hand(cinema);
  hand.write([&](Transaction& tx) { CHECK(seating::take(tx, cinema.show, 1, booking_7)); });
  Error error = refusal([&] {
    hand.write([&](Transaction& tx) {
      tx.execute("INSERT INTO claims (session, place, state, owner) VALUES ($1, 1, 1, 8)",
                 cinema.show);
    });
  });
  CHECK(error.code() == Code::conflict);
  CHECK(error.reason() == "constraint");
  error = refusal([&] {
    hand.write([&](Transaction& tx) {
      CHECK(seating::take(tx, cinema.show, 2, booking_8));
      tx.execute("UPDATE claims SET place = 1 WHERE session = $1 AND place = 2", cinema.show);
    });
  });
  CHECK(error.reason() == "constraint");
  hand.write([&](Transaction& tx) {
    CHECK_FALSE(seating::take(tx, cinema.show, 1, booking_8));
    CHECK(seating::claim_on(tx, cinema.show, 1)->claim.owner == 7);
    CHECK_FALSE(seating::claim_on(tx, cinema.show, 2).has_value());
  });
}

TEST_CASE("a lapsed hold gives way, a live one does not, and its holder then has nothing",
          "[H8][H4]") {
  Cinema cinema;
  auto held = cinema.hold({"A-1", "A-2"});
  Hand hand(cinema);
  const Claim of_hold{.state = ClaimState::held, .owner = held.id.value};
  hand.write([&](Transaction& tx) { CHECK_FALSE(seating::take(tx, cinema.show, 1, booking_7)); });
  hand.now += std::chrono::minutes{15};
  hand.write([&](Transaction& tx) {
    CHECK_FALSE(seating::hand_over(tx, cinema.show, 2, of_hold, booking_8));
    CHECK(seating::take(tx, cinema.show, 1, booking_7));
  });
  hand.write([&](Transaction& tx) {
    CHECK_FALSE(seating::release(tx, cinema.show, 1, ClaimState::held, held.id.value));
    CHECK(seating::claim_on(tx, cinema.show, 1)->claim.owner == 7);
  });
}

TEST_CASE("a booking takes what its token holds, and nothing else", "[H4]") {
  Cinema cinema;
  auto held = cinema.hold({"A-1", "A-2", "A-3"});
  Hand hand(cinema);
  const std::int64_t two[] = {1, 2};
  const std::int64_t foreign[] = {3, 4};
  hand.write([&](Transaction& tx) {
    seating::HeldPlaces places = seating::hold_of(tx, held.token);
    CHECK(places.places == std::vector<std::int64_t>{1, 2, 3});
    seating::hand_to_booking(tx, places, two, BookingId{7});
  });
  CHECK(cinema.state_of("A-1") == seating::PlaceState::booked);
  CHECK(cinema.host().run(seating::GetHold{.token = held.token}).places.size() == 1);
  Error error = refusal([&] {
    hand.write([&](Transaction& tx) {
      seating::hand_to_booking(tx, seating::hold_of(tx, held.token), foreign, BookingId{8});
    });
  });
  CHECK(error.reason() == "place_not_held");
  CHECK(cinema.state_of("A-3") == seating::PlaceState::held);  // nothing of it happened
  CHECK(refusal([&] {
          hand.write([&](Transaction& tx) { seating::hold_of(tx, held.token + "x"); });
        }).reason() == "hold_not_found");
  hand.write([&](Transaction& tx) {
    const std::int64_t last[] = {3};
    seating::hand_to_booking(tx, seating::hold_of(tx, held.token), last, BookingId{7});
  });
  CHECK(refusal([&] { cinema.host().run(seating::GetHold{.token = held.token}); }).reason() ==
        "hold_not_found");
  hand.now += std::chrono::hours{1};
  hand.read([&](Transaction& tx) {
    CHECK(seating::claim_on(tx, cinema.show, 1)->claim.owner == 7);  // no hold's end ends it
  });
  CHECK(cinema.problems().empty());
}

TEST_CASE("bookings take seats, counts and the best, and give them back", "[H5][H7][B3]") {
  Cinema cinema;
  Hand hand(cinema);
  hand.write([&](Transaction& tx) {
    const schedule::Session show = session_of(tx, cinema.show);
    const seating::Layout layout = seating::layout_of(tx, show);
    auto online = seating::Channel::online;
    auto named = seating::take_for_booking(tx, show, layout, {.seats = {"A-1", "A-2"}}, online,
                                           BookingId{7});
    CHECK(named == std::vector<std::int64_t>{1, 2});
    auto best = seating::take_for_booking(tx, show, layout, {.count = 3, .best = true}, online,
                                          BookingId{8});
    CHECK(best.size() == 3);
    CHECK(seating::free_places(tx, show, online) == 19);
    CHECK(refusal([&] {
            seating::take_for_booking(tx, show, layout, {.seats = {"A-2"}}, online, BookingId{9});
          }).reason() == "seat_taken");
    CHECK(refusal([&] { seating::give_back(tx, show.id, named, BookingId{8}); }).reason() ==
          "place_not_held");
    seating::give_back(tx, show.id, named, BookingId{7});
    CHECK(seating::free_places(tx, show, online) == 21);
  });
}

TEST_CASE("of many buyers for the same seats one gets each", "[H8][E11]") {
  Cinema cinema(testing::shipped_map("cinema"));
  cinema.set("seating.single_seat_rule", 0);
  cinema.set("seating.hold_places_max", 1000);
  std::vector<std::string> labels;
  for (const auto& seat : cinema.places().seats) labels.push_back(seat.label);
  testing::threads::Team team;
  std::mutex mutex;
  std::vector<std::string> won;
  for (int buyer = 0; buyer < 8; ++buyer) {
    team.add("buyer " + std::to_string(buyer), [&, buyer](int round) {
      std::mt19937 random(static_cast<unsigned>(buyer * 1000 + round));
      seating::Hold hold{.session = cinema.show};
      const std::size_t first = random() % (labels.size() - 1);
      hold.choice.seats = {labels[first], labels[first + 1]};
      try {
        auto held = cinema.desk.anonymous().run(hold);
        std::lock_guard guard(mutex);
        for (const auto& place : held.places) won.push_back(place.label);
      } catch (const Error& refused) {
        if (refused.reason() != "seat_taken") throw;
      }
    });
  }
  auto problems = team.join();
  CHECK(problems == Labels{});
  CHECK(std::set<std::string>(won.begin(), won.end()).size() == won.size());
  CHECK(cinema.places().free == 260 - static_cast<std::int64_t>(won.size()));
  CHECK(cinema.problems().empty());
}

TEST_CASE("two hundred buyers for a hundred and eighty unnumbered places", "[H8][B3]") {
  Cinema cinema;
  SessionId premiere = cinema.class_at(testing::at(2026, 3, 3, 20), 180);
  testing::threads::Team team;
  std::atomic<int> sold{0};
  std::atomic<int> refused{0};
  for (int buyer = 0; buyer < 8; ++buyer) {
    team.add("buyer " + std::to_string(buyer), [&](int) {
      try {
        cinema.desk.anonymous().run(seating::Hold{.session = premiere, .choice = {.count = 1}});
        ++sold;
      } catch (const Error& error) {
        if (error.reason() != "no_place_left") throw;
        ++refused;
      }
    });
  }
  CHECK(team.join() == Labels{});
  CHECK(sold == 180);
  CHECK(refused == 8 * testing::threads::rounds() - 180);
  CHECK(cinema.host().run(seating::Availability{.session = premiere}).free == 0);
  CHECK(cinema.problems().empty());
}

TEST_CASE("the check finds claims that nothing stands behind", "[U6][H8]") {
  Cinema cinema;
  auto held = cinema.hold({"A-1", "A-2"});
  Hand hand(cinema);
  auto problem = [&](const std::string& sql) {
    hand.write([&](Transaction& tx) { tx.execute(sql); });
    std::string told;
    for (const auto& found : cinema.problems()) told += found.part + ": " + found.problem + "\n";
    return told;
  };
  const std::string show = std::to_string(cinema.show.value);
  CHECK(problem("DELETE FROM claims WHERE place = 2").find("no claim on place 2") !=
        std::string::npos);
  CHECK(problem("UPDATE holds SET place_count = 5").find("number of places is wrong") !=
        std::string::npos);
  CHECK(problem("DELETE FROM holds").find("held by no hold") != std::string::npos);
  CHECK(problem("INSERT INTO claims (session, place, state) VALUES (" + show + ", 25, 1)")
            .find("its map does not have") != std::string::npos);
  CHECK(problem("UPDATE sessions SET capacity = 1").find("more places are taken") !=
        std::string::npos);
  CHECK(problem("UPDATE seat_maps SET seats = 3").find("another number of places") !=
        std::string::npos);
  (void)held;
}

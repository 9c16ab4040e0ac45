// The rule of single seats: strict, lenient, off; near sell-out; at the box office.
#include "seating_support.hpp"

using namespace frontdesk;
using testing::Cinema;
using testing::Labels;
using testing::refusal;

TEST_CASE("a choice that leaves a single seat is refused by name", "[H6]") {
  Cinema cinema;
  Error error = refusal([&] { cinema.hold({"A-2", "A-3"}); });
  CHECK(error.code() == Code::conflict);
  CHECK(error.reason() == "single_seat_left");
  CHECK(testing::words(error, "labels") == Labels{"A-1"});
  CHECK(error.message() == "Your choice would leave a single seat: A-1. Move one seat along.");
  CHECK(cinema.places().free == 24);
  CHECK(testing::words(refusal([&] { cinema.hold({"B-2", "B-4"}); }), "labels") ==
        Labels{"B-1", "B-3"});
  CHECK(testing::words(refusal([&] { cinema.hold({"A-7"}); }), "labels") == Labels{"A-8"});
  cinema.hold({"A-1", "A-2"});
  CHECK_NOTHROW(cinema.hold({"A-3", "A-4"}));
  CHECK(refusal([&] { cinema.hold({"A-5", "A-6", "A-7"}); }).reason() == "single_seat_left");
  CHECK_NOTHROW(cinema.hold({"A-5", "A-6", "A-7", "A-8"}));
}

TEST_CASE("gaps end a row, and accessible seats may stand alone", "[H6]") {
  Cinema cinema("category S standard\nrow A: 2S _ 4S\nrow B: Sa 3S\nrow C: 10S\ntable T: 4S\n");
  CHECK_NOTHROW(cinema.hold({"A-1", "A-2"}));
  CHECK(refusal([&] { cinema.hold({"A-4", "A-5"}); }).reason() == "single_seat_left");
  CHECK_NOTHROW(cinema.hold({"B-2", "B-3", "B-4"}));  // leaves B-1, for a wheelchair
  CHECK_NOTHROW(cinema.hold({"B-1"}));
  CHECK_NOTHROW(cinema.hold({"T-2"}));
}

TEST_CASE("a seat that was alone before is nobody's fault", "[H6]") {
  Cinema cinema;
  cinema.host().run(
      seating::Block{.session = cinema.show, .choice = {.seats = {"A-2"}}, .reason = "Broken"});
  CHECK_NOTHROW(cinema.hold({"A-3", "A-4"}));  // A-1 stood alone already
}

TEST_CASE("lenient tells, off is silent", "[H6]") {
  Cinema cinema;
  cinema.set("seating.single_seat_rule", 1);
  CHECK(cinema.hold({"A-2", "A-3"}).single_seats == Labels{"A-1"});
  CHECK(cinema.hold({"B-1", "B-2"}).single_seats.empty());
  cinema.set("seating.single_seat_rule", 0);
  CHECK(cinema.hold({"B-4", "B-5"}).single_seats.empty());
}

TEST_CASE("a centre has its own rule", "[H6]") {
  Cinema cinema;
  cinema.host().run(upkeep::ChangeSetting{
      .name = "seating.single_seat_rule", .centre = cinema.centre, .value = 0});
  CHECK_NOTHROW(cinema.hold({"A-2", "A-3"}));
}

TEST_CASE("near sell-out, and where no choice could do better, single seats may be left", "[H6]") {
  SECTION("few seats are free") {
    Cinema cinema("category S standard\nrow A: 20S\nrow B: 20S\n");
    cinema.set("seating.hold_places_max", 100);
    Labels all;
    for (int i = 1; i <= 20; ++i) all.push_back("B-" + std::to_string(i));
    for (int i = 5; i <= 20; ++i) all.push_back("A-" + std::to_string(i));
    cinema.hold(all);
    CHECK_NOTHROW(cinema.hold({"A-1", "A-2", "A-3"}));  // 4 of 40 are a tenth
  }
  SECTION("one more is free") {
    Cinema cinema("category S standard\nrow A: 20S\nrow B: 20S\n");
    Labels all;
    for (int i = 1; i <= 20; ++i) all.push_back("B-" + std::to_string(i));
    for (int i = 6; i <= 20; ++i) all.push_back("A-" + std::to_string(i));
    cinema.hold(all);
    CHECK(refusal([&] { cinema.hold({"A-1", "A-2", "A-4"}); }).reason() == "single_seat_left");
  }
  SECTION("three of four in every row") {
    Cinema cinema("category S standard\nrow A: 4S\nrow B: 4S\nrow C: 4S\n");
    CHECK_NOTHROW(cinema.hold({"A-1", "A-2", "A-3"}));
    CHECK(refusal([&] { cinema.hold({"B-2", "B-3"}); }).reason() == "single_seat_left");
  }
}

TEST_CASE("the box office may leave single seats, buyers may not pretend to be it", "[H6]") {
  Cinema cinema;
  seating::Hold hold = cinema.wish({"A-2", "A-3"});
  hold.channel = seating::Channel::box_office;
  CHECK(refusal([&] { cinema.desk.customer().caller.run(hold); }).code() == Code::denied);
  auto held = cinema.desk.staff("Salesman", cinema.centre).run(hold);
  CHECK(held.single_seats == Labels{"A-1"});
}

TEST_CASE("whoever gives seats up leaves no single one beside what they keep", "[H6][H4]") {
  Cinema cinema;
  cinema.set("seating.single_seat_rule", 2);
  auto olena = cinema.desk.customer("Olena");
  const auto held = olena.caller.run(cinema.wish({"A-1", "A-2", "A-3", "A-4"}));
  seating::ReleaseHold release{.token = held.token, .places = {2}};
  const Error refused = refusal([&] { olena.caller.run(release); });
  CHECK(refused.reason() == "single_seat_left");
  CHECK(refused.field() == "places");
  CHECK(testing::words(refused, "labels") == testing::Labels{"A-2"});
  CHECK(olena.caller.run(seating::GetHold{.token = held.token}).places.size() == 4);
  release.places = {3, 4};
  CHECK_NOTHROW(olena.caller.run(release));
  release.places = {1, 2};
  CHECK_NOTHROW(olena.caller.run(release));
  CHECK(cinema.problems().empty());
}

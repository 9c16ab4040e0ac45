// Places out of use, and places for one channel.
#include "seating_support.hpp"

using namespace frontdesk;
using seating::Channel;
using seating::PlaceState;
using testing::at;
using testing::Cinema;
using testing::Labels;
using testing::labels_of;
using testing::refusal;

namespace {

seating::Block block(const Cinema& cinema, Labels seats) {
  return {.session = cinema.show, .choice = {.seats = std::move(seats)}, .reason = "Broken"};
}

}  // namespace

TEST_CASE("blocked places are taken for everyone until they are unblocked", "[H3][B3]") {
  Cinema cinema;
  auto blocked = cinema.host().run(block(cinema, {"A-1", "A-2"}));
  CHECK(labels_of(blocked.places) == Labels{"A-1", "A-2"});
  CHECK(cinema.state_of("A-1") == PlaceState::blocked);
  CHECK(cinema.state_of("A-1", Channel::box_office) == PlaceState::blocked);
  CHECK(cinema.places().free == 22);
  CHECK(refusal([&] { cinema.hold({"A-2"}); }).reason() == "seat_taken");
  cinema.hold({"A-3", "A-4"});
  Error error = refusal([&] { cinema.host().run(block(cinema, {"A-4", "A-5"})); });
  CHECK(error.reason() == "seat_taken");
  CHECK(testing::words(error, "labels") == Labels{"A-4"});
  CHECK(cinema.state_of("A-5") == PlaceState::free);

  seating::Unblock unblock{.session = cinema.show, .choice = {.seats = {"A-1", "A-3"}}};
  CHECK(refusal([&] { cinema.host().run(unblock); }).reason() == "place_not_blocked");
  CHECK(cinema.state_of("A-1") == PlaceState::blocked);
  unblock.choice.seats = {"A-1"};
  cinema.host().run(unblock);
  CHECK(cinema.state_of("A-1") == PlaceState::free);
  unblock.choice = {};
  CHECK(labels_of(cinema.host().run(unblock).places) == Labels{"A-2"});
  CHECK(cinema.host().run(unblock).places.empty());
  CHECK(cinema.host().run(events::Since{.topics = {"seating.places_freed"}}).items.size() == 2);
  CHECK(cinema.problems().empty());
}

TEST_CASE("what is reserved for the box office is taken online and free there", "[H3]") {
  Cinema cinema;
  Caller salesman = cinema.desk.staff("Salesman", cinema.centre);
  seating::ReserveForChannel reserve{.session = cinema.show, .choice = {.seats = {"B-1", "B-2"}}};
  salesman.run(reserve);
  CHECK(cinema.state_of("B-1") == PlaceState::reserved);
  CHECK(cinema.state_of("B-1", Channel::box_office) == PlaceState::free);
  CHECK(cinema.places(Channel::online).free == 22);
  CHECK(cinema.places(Channel::box_office).free == 24);
  CHECK(refusal([&] { cinema.hold({"B-1", "B-2"}); }).reason() == "seat_taken");
  CHECK(refusal([&] { salesman.run(reserve); }).reason() == "seat_taken");

  seating::Hold hold = cinema.wish({"B-1", "B-2"});
  hold.channel = Channel::box_office;
  auto held = salesman.run(hold);
  CHECK(cinema.state_of("B-1", Channel::box_office) == PlaceState::held);
  SECTION("given back it is reserved again") {
    salesman.run(seating::ReleaseHold{.token = held.token});
    CHECK(cinema.state_of("B-1") == PlaceState::reserved);
  }
  SECTION("lapsed it is reserved again, at once and after the tick") {
    cinema.desk.clock += std::chrono::minutes{15};
    CHECK(cinema.state_of("B-1") == PlaceState::reserved);
    CHECK(cinema.places(Channel::box_office).free == 24);
    CHECK(refusal([&] { cinema.hold({"B-1", "B-2"}); }).reason() == "seat_taken");
    CHECK_NOTHROW(salesman.preview(hold));
    cinema.host().run(upkeep::Tick{});
    CHECK(cinema.state_of("B-1") == PlaceState::reserved);
  }
  SECTION("opened to all while it is held, it stays with the holder") {
    salesman.run(seating::FreeChannel{.session = cinema.show});
    CHECK(cinema.state_of("B-1") == PlaceState::held);
    salesman.run(seating::ReleaseHold{.token = held.token});
    CHECK(cinema.state_of("B-1") == PlaceState::free);
  }
  CHECK(cinema.problems().empty());
}

TEST_CASE("reserved places are opened again, named or all", "[H3]") {
  Cinema cinema;
  cinema.host().run(seating::ReserveForChannel{.session = cinema.show,
                                               .choice = {.seats = {"B-1", "B-2", "B-3"}}});
  seating::FreeChannel open{.session = cinema.show, .choice = {.seats = {"B-3", "B-4"}}};
  CHECK(refusal([&] { cinema.host().run(open); }).reason() == "place_not_reserved");
  open.choice.seats = {"B-3"};
  cinema.host().run(open);
  CHECK(cinema.state_of("B-3") == PlaceState::free);
  open.choice = {};
  CHECK(cinema.host().run(open).places.size() == 2);
  CHECK(cinema.places().free == 24);
}

TEST_CASE("places may be reserved for the net as well, and blocked while reserved", "[H3]") {
  Cinema cinema;
  seating::ReserveForChannel reserve{
      .session = cinema.show, .choice = {.seats = {"B-1", "B-2"}}, .channel = Channel::online};
  cinema.host().run(reserve);
  CHECK(cinema.state_of("B-1", Channel::online) == PlaceState::free);
  CHECK(cinema.state_of("B-1", Channel::box_office) == PlaceState::reserved);
  cinema.host().run(block(cinema, {"B-1"}));
  CHECK(cinema.state_of("B-1", Channel::online) == PlaceState::blocked);
  cinema.host().run(seating::Unblock{.session = cinema.show});
  CHECK(cinema.state_of("B-1", Channel::box_office) == PlaceState::reserved);
  reserve.channel = Channel::box_office;
  cinema.host().run(reserve);
  CHECK(cinema.state_of("B-1", Channel::box_office) == PlaceState::free);
  CHECK(cinema.problems().empty());
}

TEST_CASE("unnumbered places are blocked and reserved by count", "[H3][B3]") {
  Cinema cinema;
  SessionId plain = cinema.class_at(at(2026, 3, 3, 10), 10);
  auto free = [&](Channel channel) {
    return *cinema.host().run(seating::Availability{.session = plain, .channel = channel}).free;
  };
  cinema.host().run(
      seating::Block{.session = plain, .choice = {.count = 2}, .reason = "Mats are wet"});
  cinema.host().run(seating::ReserveForChannel{.session = plain, .choice = {.count = 3}});
  CHECK(free(Channel::online) == 5);
  CHECK(free(Channel::box_office) == 8);
  seating::Hold hold{.session = plain, .choice = {.count = 6}};
  CHECK(testing::number(refusal([&] { cinema.host().run(hold); }), "free") == 5);
  hold.channel = Channel::box_office;
  CHECK(cinema.host().run(hold).places.size() == 6);  // five free ones and one reserved
  CHECK(free(Channel::online) == 0);
  CHECK(free(Channel::box_office) == 2);
  cinema.desk.clock += std::chrono::minutes{15};
  CHECK(free(Channel::online) == 5);
  CHECK(free(Channel::box_office) == 8);
  seating::Unblock unblock{.session = plain, .choice = {.count = 3}};
  CHECK(refusal([&] { cinema.host().run(unblock); }).reason() == "place_not_blocked");
  unblock.choice.count = 1;
  cinema.host().run(unblock);
  CHECK(free(Channel::online) == 6);
  CHECK(cinema.problems().empty());
}

TEST_CASE("part of a standing area is blocked and unblocked", "[H3][H7]") {
  Cinema club(testing::shipped_map("club"));
  club.host().run(seating::Block{
      .session = club.show, .choice = {.area = "Standing", .count = 50}, .reason = "Camera crane"});
  CHECK(club.places().areas.at(0).free == 150);
  seating::Unblock unblock{.session = club.show, .choice = {.area = "Bar", .count = 1}};
  CHECK(refusal([&] { club.host().run(unblock); }).reason() == "place_not_blocked");
  unblock.choice = {.area = "Standing", .count = 20};
  CHECK(club.host().run(unblock).places.size() == 20);
  CHECK(club.places().areas.at(0).free == 170);
}

TEST_CASE("blocking is for staff of the centre, for sessions to come", "[H3][A9]") {
  Cinema cinema;
  seating::Block request = block(cinema, {"A-1"});
  CHECK(refusal([&] { cinema.desk.anonymous().run(request); }).reason() == "sign_in_required");
  CHECK(refusal([&] { cinema.desk.customer().caller.run(request); }).code() == Code::denied);
  CentreId other = cinema.desk.centre("Other");
  CHECK(refusal([&] { cinema.desk.staff("Partner", other).run(request); }).reason() ==
        "session_not_found");
  cinema.host().run(schedule::CancelSession{.session = cinema.show, .reason = "No water"});
  CHECK(refusal([&] { cinema.host().run(request); }).reason() == "session_cancelled");
}

TEST_CASE("a choice among blocked or reserved places goes by category and for whom they are",
          "[H3]") {
  Cinema cinema;
  cinema.host().run(seating::Block{.session = cinema.show,
                                   .choice = {.seats = {"A-1", "B-1", "B-2", "C-1"}},
                                   .reason = "Broken"});
  seating::Unblock free{.session = cinema.show, .choice = {.count = 1, .category = "premium"}};
  CHECK(labels_of(cinema.host().run(free).places) == testing::Labels{"B-1"});
  free.choice = {.count = 1, .accessible = true};
  CHECK(labels_of(cinema.host().run(free).places) == testing::Labels{"C-1"});
  free.choice = {.category = "premium"};
  CHECK(refusal([&] { cinema.host().run(free); }).reason() == "choice_empty");
  free.choice = {.count = 1, .category = "gold"};
  CHECK(refusal([&] { cinema.host().run(free); }).reason() == "seat_category_not_found");
  free.choice = {.count = 2, .category = "premium"};
  CHECK(testing::number(refusal([&] { cinema.host().run(free); }), "found") == 1);

  cinema.host().run(
      seating::ReserveForChannel{.session = cinema.show, .choice = {.seats = {"A-3", "B-3"}}});
  seating::FreeChannel open{.session = cinema.show, .choice = {.count = 1, .category = "premium"}};
  CHECK(labels_of(cinema.host().run(open).places) == testing::Labels{"B-3"});
  CHECK(cinema.problems().empty());
}

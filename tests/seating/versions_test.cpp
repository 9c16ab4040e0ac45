// Versions of maps, rooms and sessions that have them, and the exchange of a session's map.
#include "seating_support.hpp"
#include "storage/connection.hpp"

using namespace frontdesk;
using testing::at;
using testing::Cinema;
using testing::Labels;
using testing::labels_of;
using testing::refusal;

namespace {

seating::SeatMap change(const Cinema& cinema, const std::string& text) {
  seating::ChangeMap request{.map = cinema.map.id};
  request.text = text;
  return cinema.host().run(request);
}

SeatMapId map_of(const Cinema& cinema, SessionId session) {
  return cinema.host().run(seating::Availability{.session = session}).map;
}

/// The same hall without seat A-4, with row B of another category.
constexpr const char* other_map =
    "category S standard\n"
    "category P premium\n"
    "category V vip\n"
    "row A: 3S _ =5 4S\n"
    "row B: 8V\n"
    "row C: Sa Sc 4S Sc Sa\n";

}  // namespace

TEST_CASE("a session keeps the version it was opened with", "[H2]") {
  Cinema cinema;
  auto held = cinema.hold({"A-1", "A-2"});
  auto second = change(cinema, "category S standard\nrow Z: 4S\n");
  CHECK(second.version == 2);
  CHECK(second.first == cinema.map.id);
  CHECK(second.id != cinema.map.id);
  CHECK(map_of(cinema, cinema.show) == cinema.map.id);
  CHECK(cinema.state_of("A-1") == seating::PlaceState::held);
  SessionId later = cinema.show_at(at(2026, 3, 4, 18));
  CHECK(map_of(cinema, later) == second.id);
  CHECK(cinema.host().run(seating::Availability{.session = later}).free == 4);
  CHECK(cinema.host().run(seating::GetMap{.map = cinema.map.id}).map.text == testing::small_map);
  CHECK(labels_of(cinema.host().run(seating::GetHold{.token = held.token}).places) ==
        Labels{"A-1", "A-2"});
  auto versions = cinema.host().run(seating::Maps{.versions_of = second.id}).items;
  CHECK(versions.size() == 2);
  CHECK(cinema.host().run(seating::Maps{.centre = cinema.centre}).items.size() == 1);
  CHECK(cinema.problems().empty());
}

TEST_CASE("an outdated version of a map is a conflict that tells the current", "[H2][E13]") {
  Cinema cinema;
  change(cinema, testing::small_map);
  seating::ChangeMap request{.map = cinema.map.id, .version = 1};
  request.text = testing::small_map;
  Error error = refusal([&] { cinema.host().run(request); });
  CHECK(error.reason() == "version_outdated");
  CHECK(testing::number(error, "current") == 2);
  request.version = 2;
  CHECK(cinema.host().run(request).version == 3);
}

TEST_CASE("sessions of a series take the map of their room, others have none", "[H2]") {
  Cinema cinema;
  schedule::CreateSeries series = cinema.weekly();
  series.room = cinema.room;
  series.trainers = {};
  auto made = cinema.host().run(series);
  REQUIRE(made.sessions.size() > 3);
  for (const auto& session : made.sessions) CHECK(map_of(cinema, session.id) == cinema.map.id);
  SessionId without = cinema.class_at(at(2026, 3, 3, 10), 5);
  CHECK_FALSE(map_of(cinema, without));
}

TEST_CASE("a session has at most its map's places", "[H2][B3]") {
  Cinema cinema;
  auto all = cinema.host().run(seating::Availability{.session = cinema.show});
  CHECK(all.capacity == 24);
  CHECK(all.free == 24);
  SessionId fewer = cinema.show_at(at(2026, 3, 3, 21), 3);
  CHECK(cinema.host().run(seating::Availability{.session = fewer}).free == 3);
  seating::Hold four{.session = fewer};
  four.choice.count = 4;
  Error error = refusal([&] { cinema.host().run(four); });
  CHECK(error.reason() == "no_place_left");
  CHECK(testing::number(error, "free") == 3);
  four.choice = {.seats = {"A-1", "A-2", "A-3", "A-4"}};
  CHECK(refusal([&] { cinema.host().run(four); }).code() == Code::sold_out);
  four.choice = {.seats = {"A-1", "A-2", "A-3"}};
  CHECK_NOTHROW(cinema.host().run(four));
  CHECK(cinema.host().run(seating::Availability{.session = fewer}).free == 0);
  CHECK(refusal([&] {
          cinema.host().run(seating::BestAvailable{.session = fewer, .count = 1});
        }).reason() == "no_place_left");
}

TEST_CASE("a session that moves takes the map of its new room while nobody has a place", "[H2]") {
  Cinema cinema(testing::small_map, 30);
  RoomId blue = cinema.Studio::room("Blue", 30, 0, 10);
  auto small = cinema.draw("Blue", "category S standard\nrow A: 5S\n");
  cinema.host().run(seating::GiveMap{.room = blue, .map = small.id});
  schedule::MoveSession move{.session = cinema.show, .version = {}};
  move.room = blue;
  SECTION("nobody has one") {
    cinema.host().run(move);
    CHECK(map_of(cinema, cinema.show) == small.id);
    move.room = std::nullopt;
    cinema.host().run(move);
    CHECK_FALSE(map_of(cinema, cinema.show));
  }
  SECTION("somebody has one") {
    cinema.hold({"A-1"});
    cinema.host().run(move);
    CHECK(map_of(cinema, cinema.show) == cinema.map.id);
  }
  SECTION("only its time changes") {
    change(cinema, other_map);
    schedule::MoveSession later{.session = cinema.show, .start = at(2026, 3, 3, 20)};
    cinema.host().run(later);
    CHECK(map_of(cinema, cinema.show) == cinema.map.id);
  }
}

TEST_CASE("a room takes a map of its centre that it is large enough for", "[H2]") {
  Cinema cinema;
  RoomId small = cinema.Studio::room("Small", 23);
  Error error =
      refusal([&] { cinema.host().run(seating::GiveMap{.room = small, .map = cinema.map.id}); });
  CHECK(error.reason() == "map_over_room");
  CHECK(testing::number(error, "places") == 24);
  CHECK(cinema.host().run(seating::Maps{.room = small}).items.empty());
  catalog::UpdateRoom shrink{.room = cinema.room};
  shrink.capacity = 23;
  CHECK(refusal([&] { cinema.host().run(shrink); }).reason() == "map_over_room");
  shrink.capacity = 24;
  CHECK_NOTHROW(cinema.host().run(shrink));
  CHECK(refusal([&] { change(cinema, "category S s\nrow A: 25S\n"); }).reason() == "map_over_room");

  CentreId other = cinema.desk.centre("Other");
  seating::CreateMap foreign{.centre = other, .name = "Red"};
  foreign.text = "category S s\nrow A: 2S\n";
  SeatMapId theirs = cinema.host().run(foreign).id;
  CHECK(refusal([&] {
          cinema.host().run(seating::GiveMap{.room = cinema.room, .map = theirs});
        }).reason() == "seat_map_not_found");
  Caller partner = cinema.desk.staff("Partner", other);
  CHECK(refusal([&] {
          partner.run(seating::GiveMap{.room = cinema.room, .map = theirs});
        }).reason() == "room_not_found");
  CHECK(refusal([&] { partner.run(seating::ChangeMap{.map = cinema.map.id}); }).reason() ==
        "seat_map_not_found");
  CHECK(refusal([&] { partner.run(seating::ChangeMap{.map = SeatMapId{999}}); }).reason() ==
        "seat_map_not_found");
}

TEST_CASE("an archived map is no longer given, but sessions keep it", "[H2][C9]") {
  Cinema cinema;
  CHECK(cinema.host().run(seating::ArchiveMap{.map = cinema.map.id}).archived_at.has_value());
  CHECK(map_of(cinema, cinema.show) == cinema.map.id);
  SessionId later = cinema.show_at(at(2026, 3, 4, 18), 5);
  CHECK_FALSE(map_of(cinema, later));
  CHECK(refusal([&] {
          cinema.host().run(seating::GiveMap{.room = cinema.room, .map = cinema.map.id});
        }).reason() == "map_archived");
  CHECK(refusal([&] { change(cinema, testing::small_map); }).reason() == "map_archived");
  cinema.host().run(seating::ArchiveMap{.map = cinema.map.id, .archived = false});
  CHECK_NOTHROW(cinema.host().run(seating::GiveMap{.room = cinema.room, .map = cinema.map.id}));
  auto told = [&] {
    return cinema.host().run(events::Since{.topics = {"seating.map_changed"}}).items.size();
  };
  const std::size_t before = told();
  cinema.host().run(seating::GiveMap{.room = cinema.room});
  CHECK(told() == before + 1);
  cinema.host().run(seating::GiveMap{.room = cinema.room});
  CHECK(told() == before + 1);
  CHECK(cinema.host().run(seating::Maps{.room = cinema.room}).items.empty());
}

TEST_CASE("a swap moves places by label and category, and lists who has none", "[H2]") {
  Cinema cinema;
  auto both = cinema.hold({"A-3", "A-4"});
  auto stays = cinema.hold({"A-7", "A-8"});
  auto category = cinema.hold({"B-1"});
  cinema.host().run(
      seating::Block{.session = cinema.show, .choice = {.seats = {"C-3"}}, .reason = "Camera"});
  cinema.host().run(
      seating::ReserveForChannel{.session = cinema.show, .choice = {.seats = {"C-4"}}});
  auto other = cinema.draw("Other", other_map);
  seating::SwapMap swap{.session = cinema.show, .map = other.id};

  Error error = refusal([&] { cinema.host().run(swap); });
  CHECK(error.reason() == "places_would_be_lost");
  CHECK(testing::words(error, "labels") == Labels{"A-4", "B-1"});
  CHECK(map_of(cinema, cinema.show) == cinema.map.id);
  CHECK(cinema.state_of("A-4") == seating::PlaceState::held);

  swap.despite_unplaced = true;
  auto plan = cinema.host().preview(swap);
  CHECK(plan.unplaced.size() == 2);
  CHECK(map_of(cinema, cinema.show) == cinema.map.id);
  auto swapped = cinema.host().run(swap);
  CHECK(swapped.moved.size() == 5);
  REQUIRE(swapped.unplaced.size() == 2);
  CHECK(swapped.unplaced[0].label == "A-4");
  CHECK(swapped.unplaced[0].hold == both.id);
  CHECK(swapped.unplaced[0].to == 0);

  CHECK(map_of(cinema, cinema.show) == other.id);
  CHECK(cinema.state_of("A-3") == seating::PlaceState::held);
  CHECK(cinema.state_of("A-8") == seating::PlaceState::held);
  CHECK(cinema.state_of("B-1") == seating::PlaceState::free);
  CHECK(cinema.state_of("C-3") == seating::PlaceState::blocked);
  CHECK(cinema.state_of("C-4") == seating::PlaceState::reserved);
  CHECK(cinema.state_of("C-4", seating::Channel::box_office) == seating::PlaceState::free);
  CHECK(labels_of(cinema.host().run(seating::GetHold{.token = both.token}).places) ==
        Labels{"A-3"});
  CHECK(labels_of(cinema.host().run(seating::GetHold{.token = stays.token}).places) ==
        Labels{"A-7", "A-8"});
  CHECK(refusal([&] { cinema.host().run(seating::GetHold{.token = category.token}); }).reason() ==
        "hold_not_found");
  auto events = cinema.host().run(events::Since{.topics = {"seating.places_remapped"}}).items;
  CHECK(events.size() == 1);
  CHECK(cinema.problems().empty());
}

TEST_CASE("in a standing area a swap keeps everyone while there is room", "[H2][H7]") {
  Cinema club("category S standing\nrow A: 2S\narea Floor: 5S\n");
  seating::Hold hold{.session = club.show, .choice = {.area = "Floor", .count = 4}};
  auto held = club.host().run(hold);
  auto larger = club.draw("Larger", "category S standing\nrow A: 10S\narea Floor: 4S\n");
  auto swapped = club.host().run(seating::SwapMap{.session = club.show, .map = larger.id});
  CHECK(swapped.unplaced.empty());
  CHECK(labels_of(club.host().run(seating::GetHold{.token = held.token}).places) ==
        Labels{"Floor-1", "Floor-2", "Floor-3", "Floor-4"});
  auto smaller = club.draw("Smaller", "category S standing\nrow A: 10S\narea Floor: 3S\n");
  CHECK(refusal([&] {
          club.host().run(seating::SwapMap{.session = club.show, .map = smaller.id});
        }).reason() == "places_would_be_lost");
  CHECK(club.problems().empty());
}

TEST_CASE("a swap drops what was out of use and is not there any more", "[H2][H3]") {
  Cinema cinema;
  cinema.host().run(seating::Block{
      .session = cinema.show, .choice = {.seats = {"A-4", "B-1"}}, .reason = "Broken"});
  const SeatMapId other = cinema.draw("Other", other_map).id;
  auto swapped = cinema.host().run(seating::SwapMap{.session = cinema.show, .map = other});
  CHECK(swapped.unplaced.empty());
  CHECK(cinema.state_of("B-1") == seating::PlaceState::blocked);  // of whatever category
  CHECK(cinema.problems().empty());
}

TEST_CASE("in an area with fewer places people come before what is blocked", "[H2][H7]") {
  Cinema club("category S standing\nrow A: 2S\narea Floor: 5S\n");
  club.host().run(seating::Block{
      .session = club.show, .choice = {.area = "Floor", .count = 2}, .reason = "Speakers"});
  seating::Hold hold{.session = club.show, .choice = {.area = "Floor", .count = 3}};
  const auto held = club.host().run(hold);
  const SeatMapId smaller = club.draw("Smaller", "category S standing\narea Floor: 4S\n").id;
  auto swapped = club.host().run(seating::SwapMap{.session = club.show, .map = smaller});
  CHECK(swapped.unplaced.empty());
  CHECK(club.host().run(seating::GetHold{.token = held.token}).places.size() == 3);
  CHECK(club.places().free == 0);
  CHECK(club.problems().empty());
}

TEST_CASE("a swap is for staff of the centre and its own maps", "[H2][A9]") {
  Cinema cinema;
  seating::SwapMap swap{.session = cinema.show, .map = cinema.map.id};
  CHECK(refusal([&] { cinema.desk.staff("Salesman", cinema.centre).run(swap); }).code() ==
        Code::denied);
  CentreId other = cinema.desk.centre("Other");
  CHECK(refusal([&] { cinema.desk.staff("Partner", other).run(swap); }).reason() ==
        "session_not_found");
  seating::CreateMap foreign{.centre = other, .name = "Red"};
  foreign.text = testing::small_map;
  swap.map = cinema.host().run(foreign).id;
  CHECK(refusal([&] { cinema.host().run(swap); }).reason() == "seat_map_not_found");
  cinema.host().run(schedule::CancelSession{.session = cinema.show, .reason = "No water"});
  swap.map = cinema.map.id;
  CHECK(refusal([&] { cinema.host().run(swap); }).reason() == "session_cancelled");
}

TEST_CASE("a session cannot have fewer places than are taken", "[B3]") {
  Cinema cinema;
  cinema.hold({"A-1", "A-2", "A-3"});
  schedule::UpdateSession update{.session = cinema.show};
  update.capacity = 2;
  Error error = refusal([&] { cinema.host().run(update); });
  CHECK(error.reason() == "capacity_below_taken");
  CHECK(testing::number(error, "taken") == 3);
  update.capacity = 3;
  CHECK_NOTHROW(cinema.host().run(update));
}

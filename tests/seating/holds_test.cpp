// Holds: tokens, limits, and time that runs out by itself.
#include "seating_support.hpp"

using namespace frontdesk;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::at;
using testing::Cinema;
using testing::Labels;
using testing::labels_of;
using testing::refusal;

TEST_CASE("a hold keeps its places for fifteen minutes and not a second longer", "[H4][H3]") {
  Cinema cinema;
  auto held = cinema.hold({"A-1", "A-2"});
  CHECK(labels_of(held.places) == Labels{"A-1", "A-2"});
  CHECK(held.token.size() > 43);
  CHECK(held.expires_at == cinema.desk.clock.now() + minutes{15});
  CHECK(held.latest_at == cinema.desk.clock.now() + minutes{120});
  CHECK(cinema.state_of("A-1") == seating::PlaceState::held);
  Error error = refusal([&] { cinema.hold({"A-2", "A-3"}); });
  CHECK(error.reason() == "seat_taken");
  CHECK(error.code() == Code::conflict);
  CHECK(testing::words(error, "labels") == Labels{"A-2"});
  CHECK(error.message() == "Already taken: A-2.");
  CHECK(error.in_language("uk").message() == "Уже зайнято: A-2.");
  CHECK(cinema.state_of("A-3") == seating::PlaceState::free);

  cinema.desk.clock += minutes{15} - seconds{1};
  CHECK(refusal([&] { cinema.hold({"A-1", "A-2"}); }).reason() == "seat_taken");
  cinema.desk.clock += seconds{1};
  CHECK(cinema.state_of("A-1") == seating::PlaceState::free);
  CHECK(cinema.places().free == 24);
  auto next = cinema.hold({"A-1", "A-2"});  // no sweep between
  CHECK(refusal([&] { cinema.host().run(seating::GetHold{.token = held.token}); }).reason() ==
        "hold_lapsed");
  CHECK(refusal([&] { cinema.host().run(seating::ExtendHold{.token = held.token}); }).code() ==
        Code::expired);
  CHECK(refusal([&] { cinema.host().run(seating::ReleaseHold{.token = held.token}); }).reason() ==
        "hold_lapsed");
  cinema.host().run(upkeep::Tick{});
  CHECK(refusal([&] { cinema.host().run(seating::GetHold{.token = held.token}); }).reason() ==
        "hold_not_found");
  CHECK(cinema.host().run(seating::GetHold{.token = next.token}).places.size() == 2);
  CHECK(cinema.state_of("A-1") == seating::PlaceState::held);
  CHECK(cinema.problems().empty());
}

TEST_CASE("a hold is extended to two hours in all", "[H4]") {
  Cinema cinema;
  const Instant start = cinema.desk.clock.now();
  auto held = cinema.hold({"A-1", "A-2"});
  seating::ExtendHold extend{.token = held.token};
  for (int i = 1; i <= 10; ++i) {
    cinema.desk.clock += minutes{10};
    auto extended = cinema.host().run(extend);
    CHECK(extended.expires_at == start + minutes{10 * i + 15});
    CHECK(extended.token.empty());
  }
  cinema.desk.clock += minutes{10};
  CHECK(cinema.host().run(extend).expires_at == start + minutes{120});
  Error error = refusal([&] { cinema.host().run(extend); });
  CHECK(error.reason() == "hold_at_limit");
  cinema.desk.clock += minutes{9};
  CHECK(cinema.state_of("A-2") == seating::PlaceState::held);
  cinema.desk.clock += minutes{1};
  CHECK(cinema.state_of("A-2") == seating::PlaceState::free);
}

TEST_CASE("held places are given back, all or some", "[H4]") {
  Cinema cinema;
  auto held = cinema.hold({"A-1", "A-2", "A-3"});
  seating::ReleaseHold some{.token = held.token, .places = {3}};
  cinema.host().run(some);
  CHECK(cinema.state_of("A-3") == seating::PlaceState::free);
  CHECK(cinema.host().run(seating::GetHold{.token = held.token}).places.size() == 2);
  CHECK(refusal([&] { cinema.host().run(some); }).reason() == "place_not_held");
  some.places = {1, 1};
  CHECK(refusal([&] { cinema.host().run(some); }).reason() == "place_not_held");
  CHECK(cinema.state_of("A-1") == seating::PlaceState::held);
  cinema.host().run(seating::ReleaseHold{.token = held.token});
  CHECK(cinema.places().free == 24);
  CHECK(refusal([&] { cinema.host().run(seating::ReleaseHold{.token = held.token}); }).reason() ==
        "hold_not_found");
  CHECK(cinema.host().run(events::Since{.topics = {"seating.hold_released"}}).items.size() == 2);
  CHECK(cinema.problems().empty());
}

TEST_CASE("unknown, malformed and foreign tokens look alike", "[H4][A9]") {
  Cinema cinema;
  auto olena = cinema.desk.customer("Olena");
  auto marko = cinema.desk.customer("Marko");
  auto held = olena.caller.run(cinema.wish({"A-1", "A-2"}));
  CHECK(held.client == olena.client);
  auto told = [&](const Caller& caller, const std::string& token) {
    Error error = refusal([&] { caller.run(seating::ExtendHold{.token = token}); });
    return error.reason() + error.field() + error.message();
  };
  const std::string unknown = told(marko.caller, "1-x");
  CHECK(unknown.starts_with("hold_not_found"));
  CHECK(told(marko.caller, held.token) == unknown);
  CHECK(told(cinema.desk.anonymous(), held.token) == unknown);
  for (const std::string& token :
       {std::string("nonsense"), std::string("-"), std::to_string(held.id.value),
        std::to_string(held.id.value) + "-", "9" + held.token, held.token + "A",
        std::string("99999999999999999999-x")}) {
    CHECK(told(olena.caller, token) == unknown);
  }
  std::string flipped = held.token;
  flipped.back() = flipped.back() == 'A' ? 'Q' : 'A';
  CHECK(told(olena.caller, flipped) == unknown);
  CHECK_NOTHROW(olena.caller.run(seating::ExtendHold{.token = held.token}));
  CHECK_NOTHROW(
      cinema.desk.staff("Salesman", cinema.centre).run(seating::ReleaseHold{.token = held.token}));
}

TEST_CASE("what staff hold for a client is the client's to use, and nobody else's", "[H4][B12]") {
  Cinema cinema;
  auto olena = cinema.desk.customer("Olena");
  auto marko = cinema.desk.customer("Marko");
  seating::Hold wish = cinema.wish({"A-1", "A-2"});
  wish.client = olena.client;
  auto held = cinema.desk.admin().run(wish);
  CHECK(refusal([&] { marko.caller.run(seating::ExtendHold{.token = held.token}); }).reason() ==
        "hold_not_found");
  CHECK_NOTHROW(olena.caller.run(seating::ExtendHold{.token = held.token}));
}

TEST_CASE("a buyer without account holds by the token alone", "[H4][B14]") {
  Cinema cinema;
  auto held = cinema.desk.anonymous().run(cinema.wish({"A-1", "A-2"}));
  CHECK_FALSE(held.client);
  CHECK_NOTHROW(cinema.desk.anonymous().run(seating::ExtendHold{.token = held.token}));
  // Who then signs in goes on with it.
  CHECK_NOTHROW(cinema.desk.customer().caller.run(seating::GetHold{.token = held.token}));
}

TEST_CASE("one buyer holds at most ten places of a session, staff as many as they need", "[H4]") {
  Cinema cinema;
  cinema.set("seating.single_seat_rule", 0);
  auto olena = cinema.desk.customer("Olena");
  olena.caller.run(cinema.wish({"A-1", "A-2", "A-3", "A-4", "A-5", "A-6"}));
  Error error =
      refusal([&] { olena.caller.run(cinema.wish({"B-1", "B-2", "B-3", "B-4", "B-5"})); });
  CHECK(error.reason() == "hold_too_large");
  CHECK(testing::number(error, "limit") == 10);
  CHECK(testing::number(error, "held") == 6);
  CHECK(cinema.state_of("B-1") == seating::PlaceState::free);
  olena.caller.run(cinema.wish({"B-1", "B-2", "B-3", "B-4"}));
  CHECK(refusal([&] { olena.caller.run(cinema.wish({"B-5"})); }).reason() == "hold_too_large");
  SessionId other = cinema.show_at(at(2026, 3, 4, 18));
  seating::Hold elsewhere{.session = other, .choice = {.count = 10}};
  CHECK_NOTHROW(olena.caller.run(elsewhere));
  cinema.desk.clock += minutes{15};
  auto again = olena.caller.run(cinema.wish(10));
  olena.caller.run(seating::ReleaseHold{.token = again.token});
  CHECK(refusal([&] { cinema.desk.anonymous().run(cinema.wish(11)); }).reason() ==
        "hold_too_large");
  CHECK_NOTHROW(cinema.desk.staff("Salesman", cinema.centre).run(cinema.wish(11)));
  CHECK(cinema.problems().empty());
}

TEST_CASE("holds of nobody in particular are bounded by where they come from", "[H4]") {
  Cinema cinema;
  cinema.set("seating.holds_per_origin", 2);
  CallOptions here;
  here.origin = "203.0.113.7";
  CallOptions there;
  there.origin = "203.0.113.8";
  seating::Hold one = cinema.wish(1);
  cinema.desk.anonymous().run(one, here);
  cinema.desk.anonymous().run(one, here);
  Error error = refusal([&] { cinema.desk.anonymous().run(one, here); });
  CHECK(error.code() == Code::rate_limited);
  CHECK(error.reason() == "holds_too_many");
  CHECK_NOTHROW(cinema.desk.anonymous().run(one, there));
  CHECK_NOTHROW(cinema.desk.anonymous().run(one));
  CHECK_NOTHROW(cinema.desk.customer().caller.run(one, here));
  cinema.desk.clock += minutes{15};
  CHECK_NOTHROW(cinema.desk.anonymous().run(one, here));
}

TEST_CASE("a hold is refused where nothing is sold, each with its reason", "[H4]") {
  Cinema cinema;
  CHECK(refusal([&] { cinema.host().run(seating::Hold{.session = SessionId{999}}); }).reason() ==
        "session_not_found");
  seating::Hold hold = cinema.wish(1);
  hold.channel = seating::Channel::box_office;
  CHECK(refusal([&] { cinema.desk.customer().caller.run(hold); }).reason() == "permission_denied");
  CHECK(refusal([&] { cinema.desk.anonymous().run(hold); }).code() == Code::denied);
  hold.channel = seating::Channel::online;
  hold.client = cinema.client("Somebody");
  CHECK(refusal([&] { cinema.desk.customer().caller.run(hold); }).reason() == "client_not_found");
  CHECK(cinema.desk.staff("Salesman", cinema.centre).run(hold).client == hold.client);
  hold.client = {};
  cinema.desk.clock += std::chrono::hours{31};  // 18:00 in Kyiv on the next day
  CHECK(refusal([&] { cinema.desk.anonymous().run(hold); }).reason() == "session_started");
  hold.channel = seating::Channel::box_office;
  CHECK_NOTHROW(cinema.desk.staff("Salesman", cinema.centre).run(hold));
  cinema.desk.clock += std::chrono::hours{3};
  CHECK(refusal([&] { cinema.host().run(hold); }).reason() == "session_completed");
  SessionId off = cinema.show_at(at(2026, 3, 10, 18));
  cinema.host().run(schedule::CancelSession{.session = off, .reason = "Strike"});
  CHECK(refusal([&] {
          cinema.host().run(seating::Hold{.session = off, .choice = {.count = 1}});
        }).reason() == "session_cancelled");
  CHECK(cinema.problems().empty());
}

TEST_CASE("choices that are none are refused, and leave nothing", "[H4][H1]") {
  Cinema cinema;
  auto reason = [&](seating::PlaceChoice choice) {
    Error error = refusal([&] {
      cinema.host().run(seating::Hold{.session = cinema.show, .choice = std::move(choice)});
    });
    CHECK(cinema.places().free == 24);
    return error.reason();
  };
  CHECK(reason({}) == "choice_empty");
  CHECK(reason({.seats = {"A-1"}, .count = 2}) == "choice_mixed");
  CHECK(reason({.seats = {"A-1"}, .best = true}) == "choice_mixed");
  CHECK(reason({.seats = {"A-1"}, .area = "Floor"}) == "choice_mixed");
  CHECK(reason({.area = "Floor", .count = 1, .category = "standard"}) == "choice_mixed");
  CHECK(reason({.area = "Floor", .count = 1}) == "area_not_found");
  CHECK(reason({.count = 1, .category = "gold"}) == "seat_category_not_found");
  CHECK(reason({.seats = {"A-1", "Z-9"}}) == "seat_not_found");
  CHECK(reason({.seats = {"A-1", "A-2", "A-1"}}) == "seat_twice");
  CHECK(reason({.count = 25}) == "no_place_left");
  CHECK(reason({.count = 9, .category = "premium"}) == "no_place_left");

  SessionId plain = cinema.class_at(at(2026, 3, 3, 10), 5);
  auto of_plain = [&](seating::PlaceChoice choice) {
    return refusal([&] {
             cinema.host().run(seating::Hold{.session = plain, .choice = std::move(choice)});
           })
        .reason();
  };
  CHECK(of_plain({.seats = {"A-1"}}) == "session_has_no_seats");
  CHECK(of_plain({.count = 1, .accessible = true}) == "session_has_no_seats");
  CHECK(of_plain({.count = 6}) == "no_place_left");
  CHECK(refusal([&] {
          cinema.host().run(seating::BestAvailable{.session = plain, .count = 1});
        }).reason() == "session_has_no_seats");
}

TEST_CASE("where nothing is numbered places are counted", "[B3][H4]") {
  Cinema cinema;
  SessionId plain = cinema.class_at(at(2026, 3, 3, 10), 5);
  auto free = [&] { return cinema.host().run(seating::Availability{.session = plain}).free; };
  auto take = [&](std::int64_t count) {
    return cinema.host().run(seating::Hold{.session = plain, .choice = {.count = count}});
  };
  auto two = take(2);
  auto three = take(3);
  CHECK(free() == 0);
  Error error = refusal([&] { take(1); });
  CHECK(error.code() == Code::sold_out);
  CHECK(testing::number(error, "free") == 0);
  cinema.host().run(seating::ReleaseHold{.token = two.token});
  CHECK(free() == 2);
  CHECK(take(2).places.size() == 2);
  CHECK(free() == 0);
  cinema.host().run(seating::ReleaseHold{.token = three.token});
  schedule::UpdateSession smaller{.session = plain};
  smaller.capacity = 3;
  cinema.host().run(smaller);
  CHECK(free() == 1);
  take(1);
  CHECK(refusal([&] { take(1); }).reason() == "no_place_left");

  SessionId open = cinema.class_at(at(2026, 3, 3, 12), std::nullopt);
  auto places = cinema.host().run(seating::Availability{.session = open});
  CHECK_FALSE(places.capacity.has_value());
  CHECK_FALSE(places.free.has_value());
  seating::Hold many{.session = open, .choice = {.count = 1000}};
  CHECK(cinema.host().run(many).places.size() == 1000);
  CHECK(cinema.host().run(seating::Availability{.session = open}).taken == 1000);
  CHECK(cinema.problems().empty());
}

TEST_CASE("seats and standing room are sold in one session", "[H7]") {
  Cinema club(testing::shipped_map("club"));
  auto floor = club.host().run(
      seating::Hold{.session = club.show, .choice = {.area = "Standing", .count = 150}});
  CHECK(floor.places.size() == 150);
  CHECK(floor.places[0].label == "Standing-1");
  CHECK(floor.places[0].category == "standing");
  auto table = club.hold({"T1-1", "Lounge L1-3"});
  CHECK(labels_of(table.places) == Labels{"Floor T1-1", "Lounge L1-3"});
  Error error = refusal([&] {
    club.host().run(
        seating::Hold{.session = club.show, .choice = {.area = "Standing", .count = 51}});
  });
  CHECK(error.reason() == "no_place_left");
  CHECK(testing::number(error, "free") == 50);
  auto places = club.places();
  CHECK(places.capacity == 296);
  CHECK(places.free == 296 - 152);
  REQUIRE(places.areas.size() == 2);
  CHECK(places.areas[0].name == "Standing");
  CHECK(places.areas[0].free == 50);
  CHECK(places.areas[1].free == 40);
  auto standing = std::find_if(places.categories.begin(), places.categories.end(),
                               [](const auto& count) { return count.name == "standing"; });
  CHECK(standing->places == 240);
  CHECK(standing->free == 90);
  club.host().run(seating::ReleaseHold{.token = floor.token});
  CHECK_NOTHROW(club.host().run(
      seating::Hold{.session = club.show, .choice = {.area = "Standing", .count = 200}}));
  CHECK(club.problems().empty());
}

TEST_CASE("who holds is told to staff, that a place is held to everyone", "[H3][A9]") {
  Cinema cinema;
  auto held = cinema.hold({"A-1"});
  cinema.host().run(
      seating::Block{.session = cinema.show, .choice = {.seats = {"A-3"}}, .reason = "Broken"});
  seating::Availability request{.session = cinema.show, .seats = true};
  auto seen = cinema.desk.anonymous().run(request);
  CHECK(seen.seats.at(0).state == seating::PlaceState::held);
  CHECK_FALSE(seen.seats.at(0).hold);
  CHECK(seen.seats.at(2).state == seating::PlaceState::blocked);
  CHECK_FALSE(seen.seats.at(2).note.has_value());
  auto known = cinema.desk.staff("Salesman", cinema.centre).run(request);
  CHECK(known.seats.at(0).hold == held.id);
  CHECK(known.seats.at(2).note == "Broken");
  CHECK(cinema.desk.anonymous().run(seating::Availability{.session = cinema.show}).seats.empty());
}

TEST_CASE("a session that a caller may not see has no places for them", "[A9]") {
  Cinema cinema;
  ClientId maria = cinema.client("Maria");
  schedule::NewSession lesson = cinema.plain(at(2026, 3, 4, 10));
  lesson.kind = schedule::SessionKind::client;
  lesson.client = maria;
  SessionId alone = cinema.add(lesson).id;
  Caller stranger = cinema.desk.customer().caller;
  CHECK(refusal([&] { stranger.run(seating::Availability{.session = alone}); }).reason() ==
        "session_not_found");
  CHECK(refusal([&] { stranger.run(seating::Draw{.session = alone}); }).reason() ==
        "session_not_found");
  CHECK(refusal([&] {
          stranger.run(seating::Hold{.session = alone, .choice = {.count = 1}});
        }).reason() == "session_not_found");
}

TEST_CASE("a person's holds are told, moved along and ended with them", "[P7][P9]") {
  Cinema cinema;
  auto olena = cinema.desk.customer("Olena");
  auto held = olena.caller.run(cinema.wish({"A-1", "A-2"}));
  auto data = cinema.host().run(people::Export{.client = olena.client}).json;
  CHECK(data.find("\"holds\"") != std::string::npos);
  ClientId duplicate = cinema.client("Olenka");
  cinema.host().run(people::Merge{.keep = duplicate, .duplicate = olena.client});
  CHECK(cinema.host().run(seating::GetHold{.token = held.token}).client == duplicate);
  cinema.host().run(people::Erase{.client = duplicate});
  CHECK(cinema.places().free == 24);
  CHECK(cinema.problems().empty());
}

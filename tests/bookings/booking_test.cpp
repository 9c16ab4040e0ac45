// Making a booking: what it becomes, who may, and every refusal of SPEC B2 in its order.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::on;
using testing::refusal;

TEST_CASE("places are booked, paid and confirmed in one", "[B1][B4][B16]") {
  House house;
  SessionId session = house.session();
  auto olena = house.customer();
  ClientId maria = house.child(olena.client);
  bookings::Book wish = house.wish(session, 2);
  wish.places[0].attendee = olena.client;
  wish.places[1].attendee = maria;
  bookings::Booking booking = olena.caller.run(wish);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(booking.client == olena.client);
  CHECK(booking.payer == olena.client);
  CHECK_FALSE(booking.seller);
  CHECK(booking.channel == seating::Channel::online);
  CHECK(booking.places.size() == 2);
  CHECK(booking.places[1].attendee == maria);
  CHECK(booking.places[0].status == BookingStatus::confirmed);
  CHECK(booking.places[0].place != booking.places[1].place);
  CHECK(booking.places[0].line);
  CHECK_FALSE(booking.owed.has_value());
  CHECK_FALSE(booking.pay_by.has_value());
  CHECK(booking.reference.size() == 8);
  CHECK(house.balance(olena.client) == 80'000);
  CHECK(house.free(session) == 8);
  CHECK(house.told("bookings.booking_confirmed") == 1);
  CHECK(house.problems().empty());
}

TEST_CASE("a booking without names has only places", "[B1]") {
  House house;
  SessionId session = house.session();
  auto olena = house.customer();
  bookings::Booking booking = olena.caller.run(house.wish(session, 4));
  CHECK(booking.places.size() == 4);
  for (const auto& place : booking.places) CHECK_FALSE(place.attendee);
  CHECK(olena.caller.run(house.wish(session, 1)).status == BookingStatus::confirmed);
}

TEST_CASE("what is refused leaves nothing behind", "[B2][B3]") {
  House house;
  SessionId session = house.session(at(2026, 3, 3, 18), 3);
  auto olena = house.customer("Olena", 15'000);
  Error poor = refusal([&] { olena.caller.run(house.wish(session, 2)); });
  CHECK(poor.reason() == "balance_too_low");
  CHECK(house.free(session) == 3);
  Error full = refusal([&] { olena.caller.run(house.wish(session, 4)); });
  CHECK(full.code() == Code::sold_out);
  CHECK(full.reason() == "no_place_left");
  CHECK(house.free(session) == 3);
  CHECK(house.balance(olena.client) == 15'000);
  CHECK(house.host().run(bookings::List{}).items.empty());
  CHECK(house.told("bookings.booking_confirmed") == 0);
  CHECK(house.problems().empty());
}

// --- the window ---

TEST_CASE("sessions that were cancelled or are over are not booked", "[B2]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  house.host().run(schedule::CancelSession{.session = session, .reason = "No water"});
  CHECK(refusal([&] { olena.caller.run(house.wish(session)); }).reason() ==
        "session_not_scheduled");
}

TEST_CASE("online closes at the start, the counter half an hour later", "[B2]") {
  House house;
  auto olena = house.customer();
  Caller salesman = house.salesman();
  SessionId session = house.session(at(2026, 3, 2, 18));  // in seven hours
  house.pass(std::chrono::hours{7} - std::chrono::seconds{1});
  CHECK(olena.caller.run(house.wish(session)).status == BookingStatus::confirmed);
  house.pass(std::chrono::seconds{1});
  CHECK(refusal([&] { olena.caller.run(house.wish(session)); }).reason() == "session_started");
  bookings::Book walk_in = house.wish(session);
  walk_in.payments = {house.card()};
  CHECK(salesman.run(walk_in).status == BookingStatus::confirmed);
  house.pass(std::chrono::minutes{30});
  CHECK(refusal([&] { salesman.run(walk_in); }).reason() == "booking_closed");
  house.pass(std::chrono::minutes{30});
  CHECK(refusal([&] { salesman.run(walk_in); }).reason() == "session_started");
}

TEST_CASE("a centre closes booking online earlier if it likes", "[B2]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 2, 18));
  house.set("bookings.online_closes_seconds", 2 * 3600);
  house.pass(std::chrono::hours{5});
  CHECK(refusal([&] { olena.caller.run(house.wish(session)); }).reason() == "booking_closed");
}

TEST_CASE("booking opens fourteen days before", "[B2]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 17, 11));
  Error early = refusal([&] { olena.caller.run(house.wish(session)); });
  CHECK(early.reason() == "booking_not_open_yet");
  CHECK(std::get<std::string>(early.details().at("opens")) == "2026-03-03T09:00:00Z");
  house.pass(std::chrono::days{1});
  CHECK_NOTHROW(olena.caller.run(house.wish(session)));
}

TEST_CASE("booking opens at the time of day of the session across a change of clocks", "[B2]") {
  House house;  // in Kyiv clocks go forward on 29 March
  auto olena = house.customer();
  const SessionId session = house.session(at(2026, 4, 5, 11));
  const Error early = refusal([&] { olena.caller.run(house.wish(session)); });
  CHECK(std::get<std::string>(early.details().at("opens")) == "2026-03-22T09:00:00Z");
}

TEST_CASE("in the last hour only what is paid at once is booked", "[B2]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 2, 18), 1);
  SessionId free_of_charge = house.session(at(2026, 3, 2, 18), 5, 0);
  house.pass(std::chrono::hours{6} - std::chrono::seconds{1});
  CHECK_NOTHROW(olena.caller.preview(house.unpaid(session)));
  house.pass(std::chrono::seconds{1});
  CHECK(refusal([&] { olena.caller.run(house.unpaid(session)); }).reason() == "pay_at_once");
  // It comes before the places, as the SPEC lists them.
  CHECK(refusal([&] { olena.caller.run(house.unpaid(session, 3)); }).reason() == "pay_at_once");
  CHECK(refusal([&] { olena.caller.run(house.wish(session, 3)); }).reason() == "no_place_left");
  CHECK(olena.caller.run(house.wish(session)).status == BookingStatus::confirmed);
  CHECK(olena.caller.run(house.unpaid(free_of_charge)).status == BookingStatus::confirmed);
}

// --- attendees ---

TEST_CASE("an attendee must be of the age on the session's local day", "[B2][P3]") {
  House house;
  auto olena = house.customer();
  house.film = house.activity("Judo", 4, 7);
  SessionId session = house.session();
  auto book = [&](Date born) {
    return [&, born] {
      olena.caller.run(house.for_attendee(session, house.child(olena.client, "Maria", born)));
    };
  };
  Error young = refusal(book(on(2022, 3, 4)));
  CHECK(young.reason() == "attendee_too_young");
  CHECK(young.field() == "places[0].attendee");
  CHECK(std::get<std::int64_t>(young.details().at("age")) == 3);
  CHECK_NOTHROW(book(on(2022, 3, 3))());
  CHECK(refusal(book(on(2018, 3, 3))).reason() == "attendee_too_old");
  CHECK_NOTHROW(book(on(2018, 3, 4))());
}

TEST_CASE("nobody is booked twice, nor at two places at once", "[B2]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  olena.caller.run(house.for_attendee(session, olena.client));
  CHECK(refusal([&] { olena.caller.run(house.for_attendee(session, olena.client)); }).reason() ==
        "already_booked");
  bookings::Book twice = house.wish(house.session(at(2026, 3, 4, 9)), 2);
  twice.places[0].attendee = twice.places[1].attendee = olena.client;
  CHECK(refusal([&] { olena.caller.run(twice); }).reason() == "already_booked");
  SessionId beside = house.session(at(2026, 3, 3, 18, 59));
  Error overlap = refusal([&] { olena.caller.run(house.for_attendee(beside, olena.client)); });
  CHECK(overlap.reason() == "overlaps_own");
  CHECK(std::get<std::int64_t>(overlap.details().at("session")) == session.value);
  SessionId after = house.session(at(2026, 3, 3, 19));
  CHECK_NOTHROW(olena.caller.run(house.for_attendee(after, olena.client)));
  CHECK(house.problems().empty());
}

TEST_CASE("strangers and those who do not exist are told alike", "[B2][A9]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  house.film = house.activity("Judo", 4, 7);
  SessionId session = house.session();
  ClientId child = house.child(marko.client, "Ivan", on(2000, 1, 1));  // too old besides
  Error foreign = refusal([&] { olena.caller.run(house.for_attendee(session, child)); });
  Error missing =
      refusal([&] { olena.caller.run(house.for_attendee(session, ClientId{9'999'999})); });
  CHECK(foreign.reason() == "attendee_not_yours");
  CHECK(foreign.code() == Code::denied);
  CHECK(missing.message() == foreign.message());
  CHECK(missing.reason() == foreign.reason());
  CHECK(refusal([&] {
          bookings::Book wish = house.wish(session);
          wish.client = marko.client;
          olena.caller.run(wish);
        }).reason() == "client_not_found");
}

TEST_CASE("barred clients and children without waiver do not book", "[B2][P2][P8]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  ClientId maria = house.child(olena.client, "Maria", on(2020, 1, 1));
  house.set("people.waiver_required", 1);
  CHECK(refusal([&] { olena.caller.run(house.for_attendee(session, maria)); }).reason() ==
        "waiver_missing");
  people::SignWaiver waiver;
  waiver.client = maria;
  waiver.centre = house.centre;
  waiver.signed_by = olena.client;
  waiver.text_version = 1;
  house.host().run(waiver);
  CHECK_NOTHROW(olena.caller.preview(house.for_attendee(session, maria)));

  people::BarClient bar;
  bar.client = olena.client;
  bar.centre = house.centre;
  bar.reason = "Rude";
  house.host().run(bar);
  Error barred = refusal([&] { olena.caller.run(house.wish(session)); });
  CHECK(barred.reason() == "client_barred");
  CHECK(barred.message().find("Rude") == std::string::npos);
  CHECK(refusal([&] { olena.caller.run(house.for_attendee(session, maria)); }).reason() ==
        "client_barred");
}

TEST_CASE("one client books ten places of a session, staff any number", "[B2]") {
  House house;
  SessionId session = house.session(at(2026, 3, 3, 18), 40, 100);
  auto olena = house.customer();
  olena.caller.run(house.wish(session, 7));
  Error over = refusal([&] { olena.caller.run(house.wish(session, 4)); });
  CHECK(over.reason() == "places_over_limit");
  CHECK(std::get<std::int64_t>(over.details().at("limit")) == 10);
  CHECK(std::get<std::int64_t>(over.details().at("booked")) == 7);
  CHECK_NOTHROW(olena.caller.run(house.wish(session, 3)));
  bookings::Book school = house.wish(session, 20);
  school.payments = {house.card()};
  CHECK(house.salesman().run(school).places.size() == 20);
}

TEST_CASE("sessions of groups and clients are theirs alone", "[B2][S13]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  GroupId group =
      house.host().run(schedule::CreateGroup{.centre = house.centre, .name = "Dolphins"}).id;
  house.host().run(schedule::JoinGroup{.group = group, .client = olena.client});
  schedule::NewSession lesson = house.plan();
  lesson.kind = schedule::SessionKind::group;
  lesson.group = group;
  SessionId session = house.add(lesson).id;
  // strangers do not see it at all
  CHECK(refusal([&] { marko.caller.run(house.for_attendee(session, marko.client)); }).reason() ==
        "session_not_found");
  CHECK(refusal([&] { olena.caller.run(house.wish(session)); }).reason() == "group_only");
  CHECK(refusal([&] { house.host().run(house.for_attendee(session, marko.client)); }).reason() ==
        "group_only");
  // a member is booked by the group, and takes no second place
  CHECK(refusal([&] { olena.caller.run(house.for_attendee(session, olena.client)); }).reason() ==
        "already_booked");
  CHECK(house.free(session) == 9);

  schedule::NewSession alone = house.plan(at(2026, 3, 4, 10));
  alone.kind = schedule::SessionKind::client;
  alone.client = olena.client;
  SessionId own = house.add(alone).id;
  CHECK(refusal([&] { house.host().run(house.for_attendee(own, marko.client)); }).reason() ==
        "client_only");
  CHECK_NOTHROW(olena.caller.run(house.for_attendee(own, olena.client)));
  CHECK(house.problems().empty());
}

TEST_CASE("channel, kind and means are for those whose role allows them", "[B2][B11]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  bookings::Book counter = house.wish(session);
  counter.channel = seating::Channel::box_office;
  CHECK(refusal([&] { olena.caller.run(counter); }).reason() == "role_not_allowed");
  bookings::Book cash = house.wish(session);
  cash.payments = {house.card()};
  Error means = refusal([&] { olena.caller.run(cash); });
  CHECK(means.reason() == "role_not_allowed");
  CHECK(means.field() == "payments[0].method");
  bookings::Reserve seats{.session = session, .kind = bookings::BookingKind::vip};
  seats.places.resize(1);
  CHECK(refusal([&] { olena.caller.run(seats); }).code() == Code::denied);
  CHECK(refusal([&] { house.salesman().run(seats); }).code() == Code::denied);
  CentreId other = house.desk.centre("Other");
  CHECK(refusal([&] { house.desk.staff("Moderator", other).run(seats); }).reason() ==
        "role_not_allowed");
  CHECK(house.free(session) == 10);
}

TEST_CASE("of several refusals the first of the list is told", "[B2]") {
  House house;
  auto olena = house.customer();
  house.film = house.activity("Judo", 4, 7);
  SessionId session = house.session(at(2026, 3, 3, 18), 1);
  ClientId adult = house.child(olena.client, "Petro", on(1990, 1, 1));
  people::BarClient bar;
  bar.client = olena.client;
  bar.centre = house.centre;
  bar.reason = "Rude";
  house.host().run(bar);
  bookings::Book wish = house.wish(session, 2);
  wish.channel = seating::Channel::box_office;
  wish.places[0].attendee = adult;
  wish.places[1].attendee = ClientId{9'999'999};
  auto reason = [&] { return refusal([&] { olena.caller.run(wish); }).reason(); };
  CHECK(reason() == "no_place_left");
  house.host().run(schedule::UpdateSession{.session = session, .capacity = 30});
  CHECK(reason() == "attendee_too_old");
  wish.places[0].attendee = {};
  CHECK(reason() == "attendee_not_yours");
  wish.places[1].attendee = {};
  CHECK(reason() == "client_barred");
  house.host().run(people::LiftBar{.bar = BarId{1}});
  wish.places.resize(11);
  CHECK(reason() == "places_over_limit");
  wish.places.resize(1);
  CHECK(reason() == "role_not_allowed");
  wish.channel.reset();
  CHECK_NOTHROW(olena.caller.run(wish));
}

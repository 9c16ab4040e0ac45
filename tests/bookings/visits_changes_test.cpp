// What becomes of a visit: attended, missed, cancelled in time and late, moved, given back.
#include <catch2/catch.hpp>

#include "visits_support.hpp"

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::VisitHouse;

namespace {

/// One visit of eight, booked for tomorrow at 18:00.
struct OneVisit : VisitHouse {
  SubscriptionId pack = buy(VisitHouse::pack());
  SessionId first = session();
  bookings::Booking booking = book(first);
  PlaceId place = booking.places.at(0).id;

  bookings::CheckedIn check_in() const {
    return host().run(bookings::CheckIn{.booking = booking.id});
  }
};

}  // namespace

TEST_CASE("a check-in uses the visit, and undoing it reserves it again", "[V7][B5]") {
  OneVisit house;
  house.go_to(at(2026, 3, 3, 17, 30));
  house.check_in();
  CHECK(house.ledger(house.pack) == "reserve 03-03; use 03-03 attended");
  house.check_in();  // the same scan twice
  CHECK(house.visits(house.pack).used == 1);
  bookings::UndoCheckIn undo{.booking = house.booking.id, .places = {1}};
  undo.reason = "Pressed the wrong name";
  house.host().run(undo);
  CHECK(house.visits(house.pack).used == 0);
  CHECK(house.visits(house.pack).reserved == 1);
  CHECK(house.problems() == "");
  house.check_in();
  CHECK(house.visits(house.pack).used == 1);
  // Once the session is over, taking it back leaves the visit used.
  house.go_to(at(2026, 3, 3, 21));
  house.host().run(undo);
  CHECK(house.visits(house.pack).used == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("the end of the session uses the visit; a no-show leaves it used", "[V7][B9]") {
  OneVisit house;
  house.go_to(at(2026, 3, 3, 21));
  CHECK(house.get(house.booking.id).status == BookingStatus::confirmed);
  CHECK(house.ledger(house.pack) == "reserve 03-03; use 03-03 attended");
  CHECK(house.problems() == "");
  house.go_to(at(2026, 3, 5, 10));
  CHECK(house.get(house.booking.id).status == BookingStatus::no_show);
  CHECK(house.visits(house.pack).used == 1);
  bookings::CorrectAttendance correct{.place = house.place, .attended = true};
  correct.reason = "Came in by the side door";
  house.host().run(correct);
  CHECK(house.get(house.booking.id).status == BookingStatus::attended);
  CHECK(house.visits(house.pack).used == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("the roll uses the visit of who came and of who did not", "[V7][B5][B9]") {
  OneVisit house;
  house.go_to(at(2026, 3, 3, 18, 30));
  bookings::TakeRoll roll{.session = house.first};
  roll.absent = {house.place};
  house.host().run(roll);
  CHECK(house.ledger(house.pack) == "reserve 03-03; use 03-03 no_show");
  roll.absent.clear();
  roll.attended = {house.place};
  house.host().run(roll);
  CHECK(house.visits(house.pack).used == 1);
  house.go_to(at(2026, 3, 3, 21));
  CHECK(house.visits(house.pack).used == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("staff give a used visit back, with a reason and once", "[B6][B9][V4]") {
  OneVisit house;
  const auto staff = house.moderator();
  bookings::ReturnVisit request{.place = house.place, .reason = "The heating failed"};
  CHECK(house.refused([&] { staff.run(request); }) == "conflict/visit_still_reserved at place");
  house.go_to(at(2026, 3, 3, 21));
  CHECK(house.refused([&] { house.olena.caller.run(request); }).starts_with("denied/"));
  staff.run(request);
  CHECK(house.ledger(house.pack) == "reserve 03-03; use 03-03 attended; give_back 03-03 staff");
  CHECK(house.visits(house.pack).remaining == 8);
  CHECK(house.refused([&] { staff.run(request); }) == "conflict/visit_returned at place");
  request.place = PlaceId{99'001};
  CHECK(house.refused([&] { staff.run(request); }) == "not_found/place_not_found at place");
  const auto paid = house.olena.caller.run(house.wish(house.session(at(2026, 3, 4, 18))));
  request.place = paid.places.at(0).id;
  CHECK(house.refused([&] { staff.run(request); }) == "conflict/place_without_visit at place");
  CHECK(house.problems() == "");
}

TEST_CASE("cancelled in time the visit comes back, once", "[B6][V4]") {
  OneVisit house;
  const auto cancelled = house.olena.caller.run(bookings::Cancel{.booking = house.booking.id});
  CHECK(cancelled.visits_returned == 1);
  CHECK(cancelled.visits_used == 0);
  CHECK(house.ledger(house.pack) == "reserve 03-03; give_back 03-03 client");
  CHECK(house.refused([&] { house.cancel(house.booking.id); }) ==
        "conflict/already_cancelled at booking");
  CHECK(house.visits(house.pack).remaining == 8);
  CHECK(house.free(house.first) == 10);
  CHECK(house.problems() == "");
}

TEST_CASE("cancelled late the visit is used; a preview says so; staff may waive", "[B6][V7]") {
  OneVisit house;
  house.go_to(at(2026, 3, 3, 10));
  const bookings::Cancel request{.booking = house.booking.id};
  CHECK(house.olena.caller.preview(request).visits_used == 1);
  CHECK(house.visits(house.pack).reserved == 1);

  SECTION("used") {
    house.olena.caller.run(request);
    CHECK(house.ledger(house.pack) == "reserve 03-03; use 03-03 late");
    CHECK(house.visits(house.pack).remaining == 7);
    house.go_to(at(2026, 3, 4, 10));
    CHECK(house.visits(house.pack).used == 1);
  }
  SECTION("waived") {
    bookings::Cancel waived = request;
    waived.waive = true;
    waived.reason = "Was at the doctor's";
    house.moderator().run(waived);
    CHECK(house.ledger(house.pack) == "reserve 03-03; give_back 03-03 staff");
    CHECK(house.visits(house.pack).remaining == 8);
  }
  CHECK(house.problems() == "");
}

TEST_CASE("no make-up credit is given for a visit", "[B6]") {
  OneVisit house;
  bookings::SetPolicy policy;
  policy.centre = house.centre;
  policy.credit_days = 30;
  house.host().run(policy);
  const auto booking = house.book(house.session(at(2026, 3, 5, 18)));
  CHECK(house.refused([&] {
    house.olena.caller.run(bookings::Cancel{.booking = booking.id, .as_credit = true});
  }) == "conflict/credit_not_given at as_credit");
}

TEST_CASE("a session that the centre cancels gives visits back, usable past the end",
          "[S9][V7][B6]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack(1));  // up to 1 April
  const SessionId last = house.session(at(2026, 4, 1, 18));
  const BookingId booking = house.book(last).id;
  const SessionId next = house.session(at(2026, 4, 7, 18));
  house.go_to(at(2026, 4, 1, 12));
  house.cancel_session(last);
  CHECK(house.get(booking).status == BookingStatus::cancelled);
  CHECK(house.ledger(pack) == "reserve 04-01; give_back 04-01 centre");
  house.go_to(at(2026, 4, 5, 12));
  CHECK(house.visits(pack).usable_after_end == 1);
  CHECK(house.book(next).places.at(0).subscription == pack);
  const SessionId too_late = house.session(at(2026, 4, 17, 18));
  CHECK(house.refused([&] { house.book(too_late); }).starts_with("conflict/subscription_expired"));
  CHECK(house.problems() == "");
}

TEST_CASE("some places are cancelled and only their visits come back", "[B6][V12]") {
  VisitHouse house;
  plans::Terms family = house.pack();
  family.people = 2;
  const SubscriptionId shared = house.buy(family, {house.maria, house.olena.client});
  bookings::Book request = house.by_visit(house.session(), house.maria);
  request.places.push_back({.attendee = house.olena.client, .by_visit = true});
  const BookingId booking = house.olena.caller.run(request).id;
  house.olena.caller.run(bookings::CancelPlaces{.booking = booking, .places = {2}});
  CHECK(house.visits(shared).reserved == 1);
  CHECK(house.get(booking).status == BookingStatus::confirmed);
  house.go_to(at(2026, 3, 3, 21));
  CHECK(house.visits(shared).used == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("the client moves: the visit is counted anew, by the same subscription", "[B7][V5]") {
  OneVisit house;
  const SessionId thursday = house.session(at(2026, 3, 5, 18));
  const auto moved =
      house.olena.caller.run(bookings::Move{.booking = house.booking.id, .session = thursday});
  CHECK(moved.places.at(0).subscription == house.pack);
  CHECK(house.ledger(house.pack) == "reserve 03-03; give_back 03-03 moved; reserve 03-05 moved");
  const SessionId after_end = house.session(at(2026, 4, 20, 18));
  CHECK(house.refused([&] {
    house.olena.caller.run(bookings::Move{.booking = house.booking.id, .session = after_end});
  }) == "conflict/subscription_expired at subscription");
  CHECK(house.get(house.booking.id).session == thursday);
  CHECK(house.problems() == "");
}

TEST_CASE("the centre moves a session: the visit keeps its first day", "[V5][S6]") {
  VisitHouse house;
  plans::Terms terms = house.pack();
  terms.per_day = 1;
  const SubscriptionId pack = house.buy(terms);
  const SessionId session = house.session();
  house.book(session);
  schedule::MoveSession move;
  move.session = session;
  move.start = at(2026, 3, 4, 18);
  house.host().run(move);
  CHECK(house.ledger(pack) == "reserve 03-03");
  // The day it was moved to is still free, the first one is not.
  CHECK(house.book(house.session(at(2026, 3, 4, 10))).status == BookingStatus::confirmed);
  const SessionId first_day = house.session(at(2026, 3, 3, 20));
  CHECK(house.refused([&] { house.book(first_day); }).starts_with("conflict/day_limit_reached"));
  house.go_to(at(2026, 3, 4, 21));
  CHECK(house.visits(pack).used == 2);
  CHECK(house.problems() == "");
}

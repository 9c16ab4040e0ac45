// The roll, no-shows and strikes (SPEC B5, B9, S16).
#include <catch2/catch.hpp>

#include "door_support.hpp"

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::day;
using testing::Door;
using testing::hour;
using testing::House;
using testing::refusal;
using testing::refused;

namespace {

struct Class : Door {
  bookings::Booking anna = booked(2);
  bookings::Booking borys = customer("Borys", 0).caller.run(unpaid(show.id));

  bookings::TakeRoll take(std::vector<PlaceId> attended, std::vector<PlaceId> absent = {}) const {
    bookings::TakeRoll request;
    request.session = show.id;
    request.attended = std::move(attended);
    request.absent = std::move(absent);
    return request;
  }
  bookings::ClientStrikes strikes(ClientId client) const {
    return host().run(bookings::Strikes{.client = client});
  }
};

/// A house whose client misses so many sessions, one every other day.
struct Missing : Door {
  explicit Missing(int times) {
    for (int i = 0; i < times; ++i) miss(i);
  }
  BookingId miss(int nth) {
    const schedule::Session session =
        add(plan(at(2026, 3, 4 + 2 * static_cast<unsigned>(nth), 9), 5, 0));
    const BookingId booking = booked_in(session.id).id;
    desk.clock.seconds = (session.ends + day).time_since_epoch().count();
    tick();
    tick();
    return booking;
  }
  bookings::ClientStrikes strikes_of() const {
    return host().run(bookings::Strikes{.client = olena.client});
  }
};

}  // namespace

TEST_CASE("the roll says who came and who did not", "[B5]") {
  Class room;
  room.go_before(Duration{0});
  const auto places = room.roll().places;
  REQUIRE(places.size() == 3);
  CHECK(places[0].name == "Olena Koval");
  CHECK(places[2].name == "Borys Koval");
  const bookings::AttendanceList taken =
      room.salesman().run(room.take({places[0].place, places[2].place}, {places[1].place}));
  CHECK(taken.places[0].status == BookingStatus::attended);
  CHECK(taken.places[0].by == bookings::CheckInBy::roll);
  CHECK(taken.places[1].status == BookingStatus::no_show);
  CHECK(taken.places[2].status == BookingStatus::attended);
  CHECK(taken.closes_at == room.show.ends + day);
  CHECK(room.told("bookings.checked_in") == 2);
  CHECK(room.told("bookings.no_show") == 1);
  // It may be taken again while it is open; nobody has a strike yet.
  room.salesman().run(room.take({places[1].place}, {places[0].place}));
  CHECK(room.get(room.anna.id).places[0].status == BookingStatus::no_show);
  CHECK(room.get(room.anna.id).places[1].status == BookingStatus::attended);
  const std::int64_t version = room.get(room.anna.id).version;
  room.salesman().run(room.take({places[1].place}, {places[0].place}));
  CHECK(room.get(room.anna.id).version == version);
  CHECK(room.strikes(room.olena.client).strikes.empty());
  CHECK(room.problems().empty());
}

TEST_CASE("the roll is refused by reason, and changes nothing then", "[B5]") {
  Class room;
  const auto places = room.roll().places;
  Caller clerk = room.salesman();
  room.go_before(2 * hour);
  CHECK(refused([&] { clerk.run(room.take({places[0].place})); }) ==
        "conflict/too_early at session");
  room.go_before(hour);
  CHECK(refused([&] { clerk.run(room.take({}, {places[0].place})); }) ==
        "conflict/too_early at session");
  CHECK_NOTHROW(clerk.preview(room.take({places[0].place})));
  room.go_before(Duration{0});
  CHECK(refused([&] { clerk.run(room.take({places[0].place}, {places[0].place})); }) ==
        "invalid/place_twice at absent[0]");
  CHECK(refused([&] { clerk.run(room.take({places[0].place, PlaceId{999'999'001}})); }) ==
        "not_found/place_not_found at attended[1]");
  CHECK(room.get(room.anna.id).places[0].status == BookingStatus::confirmed);
  room.host().run(bookings::CancelPlaces{
      .booking = room.anna.id, .places = {1}, .reason = "Ill", .waive = true});
  CHECK(refused([&] { clerk.run(room.take({places[0].place})); }) == "conflict/ticket_cancelled");
  CHECK(room.roll().places.size() == 2);
  room.go_after(day);
  CHECK(refused([&] { clerk.run(room.take({places[1].place})); }) == "denied/roll_closed");
  CHECK(room.moderator().run(room.take({places[1].place})).places[0].status ==
        BookingStatus::attended);
  const SessionId off = room.session(at(2026, 3, 9, 18), 5, 0);
  room.host().run(schedule::CancelSession{.session = off, .reason = "No power"});
  bookings::TakeRoll cancelled;
  cancelled.session = off;
  CHECK(refused([&] { clerk.run(cancelled); }) == "conflict/session_cancelled at session");
  CHECK(room.problems().empty());
}

TEST_CASE("a trainer takes the roll of the sessions they lead, and of no others", "[S16][B5]") {
  Door door;
  Caller trainer = door.desk.staff("Trainer", door.centre);
  schedule::NewSession lesson = door.plan(at(2026, 3, 3, 20), 5, 0);
  lesson.trainers = {trainer.run(access::Whoami{}).account->id};
  const schedule::Session led = door.add(lesson);
  const bookings::Booking booking = door.booked_in(led.id);
  const bookings::Booking foreign = door.booked();
  door.desk.clock.seconds = led.starts.time_since_epoch().count();
  const auto roll = trainer.run(bookings::Roll{.session = led.id});
  REQUIRE(roll.places.size() == 1);
  CHECK(roll.places[0].name == "Olena Koval");
  bookings::TakeRoll take;
  take.session = led.id;
  take.attended = {roll.places[0].place};
  CHECK(trainer.run(take).places[0].status == BookingStatus::attended);
  trainer.run(bookings::UndoCheckIn{.booking = booking.id, .places = {1}});
  CHECK(trainer.run(Door::by_booking(booking.id)).places[0].status == BookingStatus::attended);
  CHECK(refused([&] { trainer.run(bookings::Roll{.session = door.show.id}); }) ==
        "not_found/session_not_found at session");
  CHECK(refused([&] { trainer.run(Door::by_booking(foreign.id)); }) ==
        "not_found/booking_not_found at booking");
  bookings::WalkIn walk_in;
  walk_in.session = led.id;
  walk_in.places.resize(1);
  CHECK(refused([&] { trainer.run(walk_in); }) == "denied/role_not_allowed at session");
  door.desk.clock.seconds = (led.ends + day).time_since_epoch().count();
  CHECK(refused([&] { trainer.run(take); }) == "denied/roll_closed");
}

// --- no-shows ---

TEST_CASE("a day after the end the tick makes no-shows of who was not seen", "[B9][U1]") {
  Class room;
  room.go_before(Duration{0});
  room.host().run(Door::by_booking(room.anna.id, {1}));
  room.go_after(day - Duration{1});
  CHECK(room.get(room.anna.id).places[1].status == BookingStatus::confirmed);
  room.go_after(day);
  const bookings::Booking anna = room.get(room.anna.id);
  CHECK(anna.places[0].status == BookingStatus::attended);
  CHECK(anna.places[1].status == BookingStatus::no_show);
  CHECK(room.status(room.borys.id) == BookingStatus::no_show);
  CHECK(room.told("bookings.no_show") == 2);
  CHECK(room.changes(room.borys.id).back() == bookings::Change::missed);
  const auto strikes = room.strikes(room.olena.client);
  REQUIRE(strikes.strikes.size() == 1);
  CHECK(strikes.strikes[0].booking == room.anna.id);
  CHECK(strikes.strikes[0].expires_at == room.desk.clock.now() + 90 * day);
  CHECK(strikes.locked.empty());
  CHECK(room.told("bookings.strike_given") == 2);
  room.tick();  // it has no more to do
  CHECK(room.told("bookings.strike_given") == 2);
  CHECK(room.problems().empty());
}

TEST_CASE("whom the roll named absent gets a strike when it is closed", "[B9]") {
  Class room;
  room.go_before(Duration{0});
  const auto places = room.roll().places;
  room.host().run(room.take({places[0].place, places[1].place}, {places[2].place}));
  room.go_after(hour);
  CHECK(room.told("bookings.strike_given") == 0);
  room.go_after(day);
  CHECK(room.told("bookings.strike_given") == 1);
  CHECK(room.told("bookings.no_show") == 1);
  CHECK(room.strikes(room.borys.client).strikes.size() == 1);
  CHECK(room.strikes(room.olena.client).strikes.empty());
  CHECK(room.problems().empty());
}

TEST_CASE("where no attendance is taken nobody is missed", "[B9]") {
  Class room;
  room.host().run(
      catalog::ApplyProfile{.centre = room.centre, .profile = catalog::Profile::cinema});
  room.go_after(2 * day);
  CHECK(room.status(room.borys.id) == BookingStatus::confirmed);
  CHECK(room.told("bookings.no_show") == 0);
  CHECK(room.strikes(room.borys.client).strikes.empty());
}

TEST_CASE("where attendance is switched off before the roll is closed nobody is missed", "[B9]") {
  Class room;
  room.go_after(Duration{0});
  room.set("bookings.attendance_taken", 0);
  room.go_after(day);
  CHECK(room.status(room.anna.id) == BookingStatus::confirmed);
  CHECK(room.strikes(room.olena.client).strikes.empty());
  room.set("bookings.attendance_taken", 1);
  room.go_after(2 * day);
  CHECK(room.status(room.anna.id) == BookingStatus::confirmed);
  CHECK(room.problems().empty());
}

TEST_CASE("guests and the house get no strikes", "[B9]") {
  Door door;
  bookings::Reserve reserve;
  reserve.session = door.show.id;
  reserve.places.resize(1);
  reserve.client = door.olena.client;
  const bookings::Booking house = door.host().run(reserve);
  bookings::Book guest = House::unpaid(door.show.id);
  guest.guest_name = "Ivan";
  const bookings::Booking ivan = door.salesman().run(guest);
  door.go_after(day);
  CHECK(door.status(house.id) == BookingStatus::no_show);
  CHECK(door.status(ivan.id) == BookingStatus::no_show);
  CHECK(door.told("bookings.strike_given") == 0);
  CHECK(door.problems().empty());
}

TEST_CASE("many no-shows are made in batches", "[B9][U1]") {
  Door door;
  const schedule::Session big = door.add(door.plan(at(2026, 3, 3, 18), 200, 0));
  for (int i = 0; i < 120; ++i) {
    bookings::Book guest = House::unpaid(big.id);
    guest.guest_name = "Guest";
    door.host().run(guest);
  }
  door.go_after(day);
  bookings::List request;
  request.session = big.id;
  request.status = BookingStatus::no_show;
  request.limit = 500;
  CHECK(door.host().run(request).items.size() == 120);
  CHECK(door.problems().empty());
}

// --- correcting ---

TEST_CASE("staff correct attendance, and the strike follows", "[B9]") {
  Class room;
  room.go_after(day);
  const ClientId client = room.borys.client;
  REQUIRE(room.strikes(client).strikes.size() == 1);
  bookings::CorrectAttendance correct;
  correct.place = room.borys.places[0].id;
  correct.attended = true;
  correct.reason = "Came in by the side door.";
  CHECK(refused([&] { room.salesman().run(correct); }).starts_with("denied/permission_denied"));
  Caller moderator = room.moderator();
  CHECK(moderator.run(correct).places.at(0).status == BookingStatus::attended);
  CHECK(room.strikes(client).strikes[0].withdrawn_at == room.desk.clock.now());
  CHECK(room.told("bookings.strike_withdrawn") == 1);
  CHECK(room.changes(room.borys.id).back() == bookings::Change::corrected);
  moderator.run(correct);  // nothing is left to correct
  CHECK(room.told("bookings.strike_withdrawn") == 1);
  correct.attended = false;
  moderator.run(correct);
  CHECK(room.status(room.borys.id) == BookingStatus::no_show);
  REQUIRE(room.strikes(client).strikes.size() == 1);
  CHECK_FALSE(room.strikes(client).strikes[0].withdrawn_at.has_value());
  CHECK(room.problems().empty());
}

TEST_CASE("corrections are refused by reason", "[B9][A9]") {
  Class room;
  bookings::CorrectAttendance correct;
  correct.place = room.borys.places[0].id;
  correct.attended = true;
  correct.reason = "Came.";
  CHECK(refused([&] { room.host().run(correct); }) == "conflict/session_not_over at place");
  Caller foreign = room.desk.staff("Moderator", room.opened("Other"));
  CHECK(refused([&] { foreign.run(correct); }) == "not_found/place_not_found at place");
  correct.place = PlaceId{999'999'001};
  CHECK(refused([&] { room.host().run(correct); }) == "not_found/place_not_found at place");
  correct.place = room.anna.places[0].id;
  room.host().run(bookings::Cancel{.booking = room.anna.id});
  room.go_after(hour);
  CHECK(refused([&] { room.host().run(correct); }) == "conflict/ticket_cancelled");
}

// --- strikes ---

TEST_CASE("three strikes lock booking until they are reset", "[B9][B2]") {
  Missing house(2);
  CHECK(house.strikes_of().strikes.size() == 2);
  const schedule::Session session = house.add(house.plan(at(2026, 3, 19, 9), 5, 0));
  CHECK_NOTHROW(house.olena.caller.preview(House::unpaid(session.id)));
  house.miss(2);
  CHECK(house.strikes_of().locked == std::vector<CentreId>{house.centre});
  const Error locked = refusal([&] { house.olena.caller.run(House::unpaid(session.id)); });
  CHECK(locked.code() == Code::denied);
  CHECK(locked.reason() == "booking_locked");
  CHECK(locked.message() ==
        "After several missed bookings this client may not book here. Staff can unlock it.");
  CHECK(house.free(session.id) == 5);
  // Those who book for themselves see why.
  CHECK(house.olena.caller.run(bookings::Strikes{.client = house.olena.client}).strikes.size() ==
        3);
  bookings::ResetStrikes reset;
  reset.centre = house.centre;
  reset.client = house.olena.client;
  CHECK(refused([&] { house.salesman().run(reset); }).starts_with("denied/permission_denied"));
  CHECK(house.moderator().run(reset).locked.empty());
  CHECK(refused([&] { house.moderator().run(reset); }) == "conflict/no_strikes at client");
  CHECK_NOTHROW(house.olena.caller.run(House::unpaid(session.id)));
  CHECK(house.problems().empty());
}

TEST_CASE("a lock stays although a strike expires, and old strikes make none", "[B9]") {
  Missing house(3);
  house.pass(91 * day);
  CHECK(house.strikes_of().locked.size() == 1);
  Missing other(2);
  other.pass(91 * day);
  const schedule::Session session = other.add(other.plan(at(2026, 6, 12, 9), 5, 0));
  bookings::Book book = House::unpaid(session.id);
  book.client = other.olena.client;
  other.host().run(book);  // the client's own sign-in has ended by now
  other.desk.clock.seconds = (session.ends + day).time_since_epoch().count();
  other.tick();
  other.tick();
  CHECK(other.strikes_of().strikes.size() == 3);
  CHECK(other.strikes_of().locked.empty());
}

TEST_CASE("a strike taken back opens the lock", "[B9]") {
  Missing house(2);
  const BookingId last = house.miss(2);
  bookings::CorrectAttendance correct;
  correct.place = house.get(last).places[0].id;
  correct.attended = true;
  correct.reason = "Came.";
  house.host().run(correct);
  CHECK(house.strikes_of().locked.empty());
}

TEST_CASE("strikes are for one centre, and a merge brings them together", "[B9][P7]") {
  Missing house(3);
  const CentreId other = house.opened("Other");
  catalog::CreateActivity activity;
  activity.centre = other;
  activity.name = "Film";
  schedule::NewSession show = house.plan(at(2026, 3, 12, 9), 5, 0);
  show.centre = other;
  show.activity = house.host().run(activity).id;
  CHECK_NOTHROW(house.olena.caller.run(House::unpaid(house.add(show).id)));
  const Caller staff = house.desk.staff("Moderator", other);
  CHECK(staff.run(bookings::Strikes{.client = house.olena.client}).strikes.empty());
  people::CreateClient create;
  create.first_name = "Olena again";
  create.centre = house.centre;
  const ClientId keep = house.host().run(create).id;
  house.host().run(people::Merge{.keep = keep, .duplicate = house.olena.client});
  CHECK(house.host().run(bookings::Strikes{.client = keep}).locked.size() == 1);
  CHECK(house.problems().empty());
}

TEST_CASE("who is let in after the roll was closed loses the strike, and gets it back",
          "[B5][B9]") {
  Door door;
  const BookingId booking = door.booked().id;
  door.go_after(day);
  REQUIRE(door.status(booking) == BookingStatus::no_show);
  const auto strikes = [&] {
    return door.host().run(bookings::Strikes{.client = door.olena.client}).strikes;
  };
  REQUIRE(strikes().size() == 1);
  bookings::CheckIn late = Door::by_booking(booking);
  late.at = door.show.starts;
  door.host().run(late);
  CHECK(strikes().at(0).withdrawn_at);
  CHECK(door.problems().empty());
  door.host().run(
      bookings::UndoCheckIn{.booking = booking, .places = {1}, .reason = "Another Olena"});
  CHECK(door.status(booking) == BookingStatus::no_show);
  CHECK_FALSE(strikes().at(0).withdrawn_at);
  CHECK(door.problems().empty());
}

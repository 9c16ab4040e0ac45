// Courses: sessions sold together, joined late, left early.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_courses.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::refusal;
using testing::TestDesk;
using testing::uah;

namespace {

/// A course of three lessons for 100.00; a lesson on its own costs more.
struct School : House {
  TestDesk::Customer olena = customer();
  std::vector<SessionId> lessons = {session(at(2026, 3, 4, 18), 2), session(at(2026, 3, 11, 18), 2),
                                    session(at(2026, 3, 25, 18), 2)};
  CourseId course = create().id;

  bookings::CreateCourse plan() const {
    bookings::CreateCourse request;
    request.centre = centre;
    request.name = "Drawing";
    request.price = uah(10'000);
    for (SessionId lesson : {lessons[2], lessons[0], lessons[1]}) {
      request.sessions.push_back({.session = lesson});
    }
    return request;
  }
  bookings::Course create() const { return host().run(plan()); }
  bookings::BookCourse booking(CourseId of) const {
    bookings::BookCourse request;
    request.course = of;
    request.payments = {balance()};
    return request;
  }
  bookings::CourseBooking join(const TestDesk::Customer& who) const {
    return who.caller.run(booking(course));
  }
};

}  // namespace

TEST_CASE("a course divides its price among its sessions", "[B15][D8]") {
  School school;
  auto courses = school.olena.caller.run(bookings::Courses{}).items;
  REQUIRE(courses.size() == 1);
  const bookings::Course& course = courses[0];
  CHECK(course.sessions[0].session == school.lessons[0]);  // by time
  REQUIRE(course.shares.size() == 3);
  CHECK(course.shares[0] == uah(3'334));
  CHECK(course.shares[1] == uah(3'333));
  CHECK(course.shares[2] == uah(3'333));
  CHECK(course.remaining == 3);
  CHECK(course.price_now == uah(10'000));
  bookings::CreateCourse weighted = school.plan();
  weighted.sessions[0].weight = 2;  // the last lesson
  CHECK(school.host().run(weighted).shares[2] == uah(5'000));
}

TEST_CASE("a course is booked as one: a booking for each session, one order", "[B15]") {
  School school;
  auto part = school.join(school.olena);
  REQUIRE(part.bookings.size() == 3);
  CHECK_FALSE(part.owed.has_value());
  CHECK(school.balance(school.olena.client) == 90'000);
  for (BookingId id : part.bookings) {
    CHECK(school.get(id).status == BookingStatus::confirmed);
    CHECK(school.get(id).order == part.order);
  }
  CHECK(school.told("bookings.course_booked") == 1);
  CHECK(school.olena.caller.run(bookings::CourseBookings{}).items.size() == 1);
  CHECK(school.customer("Ivan").caller.run(bookings::CourseBookings{}).items.empty());
  CHECK(school.problems().empty());
}

TEST_CASE("who joins late pays for what remains", "[B15]") {
  School school;
  school.pass(std::chrono::days{3});
  auto part = school.join(school.olena);
  CHECK(part.bookings.size() == 2);
  CHECK(school.balance(school.olena.client) == 93'334);
  school.pass(std::chrono::days{30});
  school.olena.caller = school.desk.desk().caller(school.desk.token(school.olena.email));
  CHECK(refusal([&] { school.join(school.olena); }).reason() == "course_over");
}

TEST_CASE("who leaves gets back the sessions that remain, each by its policy", "[B15][B6]") {
  School school;
  auto part = school.join(school.olena);
  school.pass(std::chrono::days{3});
  auto cancelled =
      school.olena.caller.run(bookings::CancelCourseBooking{.course_booking = part.id});
  CHECK(cancelled.refunded == uah(6'666));
  CHECK(cancelled.cancelled_at.has_value());
  CHECK(school.balance(school.olena.client) == 96'666);
  CHECK(school.get(part.bookings[0]).status != BookingStatus::cancelled);
  CHECK(school.get(part.bookings[2]).status == BookingStatus::cancelled);
  Error again = refusal(
      [&] { school.olena.caller.run(bookings::CancelCourseBooking{.course_booking = part.id}); });
  CHECK(again.code() == Code::conflict);
  CHECK(again.reason() == "course_booking_cancelled");
  CHECK(again.message() == "This part in the course was cancelled already.");
  CHECK(school.balance(school.olena.client) == 96'666);
  CHECK(school.problems().empty());
}

TEST_CASE("a session the centre cancels gives its share back", "[B15][S9]") {
  School school;
  school.join(school.olena);
  school.host().run(schedule::CancelSession{.session = school.lessons[1], .reason = "Ill"});
  CHECK(school.balance(school.olena.client) == 93'333);
  CHECK(school.host().run(bookings::Courses{}).items[0].remaining == 2);
  CHECK(school.problems().empty());
}

TEST_CASE("a course takes all its places or none", "[B15]") {
  School school;
  school.customer("Petro").caller.run(House::wish(school.lessons[1], 2));
  Error full = refusal([&] { school.join(school.olena); });
  CHECK(full.code() == Code::sold_out);
  CHECK(full.reason() == "no_place_left");
  CHECK(school.free(school.lessons[0]) == 2);
  CHECK(school.balance(school.olena.client) == 100'000);
  auto poor = school.customer("Ivan", 9'999);
  bookings::CreateCourse other = school.plan();
  other.sessions.pop_back();
  CourseId id = school.host().run(other).id;
  CHECK(refusal([&] { poor.caller.run(school.booking(id)); }).reason() == "balance_too_low");
  CHECK(school.free(school.lessons[0]) == 2);
}

TEST_CASE("courses are refused, each with its reason", "[B15][A9]") {
  School school;
  auto reason = [&](const bookings::CreateCourse& request) {
    return refusal([&] { school.host().run(request); }).reason();
  };
  bookings::CreateCourse wrong = school.plan();
  wrong.sessions[1] = wrong.sessions[0];
  CHECK(reason(wrong) == "session_twice");
  wrong.sessions[1].session = SessionId{999};
  CHECK(reason(wrong) == "session_not_found");
  wrong = school.plan();
  wrong.price = {100, Currency{"EUR"}};
  CHECK(reason(wrong) == "currency_differs");
  wrong.price = uah(-1);
  CHECK(reason(wrong) == "amount_negative");
  wrong = school.plan();
  wrong.name = " ";
  CHECK(reason(wrong) == "field_missing");
  CHECK(refusal([&] { school.olena.caller.run(school.plan()); }).code() != Code::internal);
  CHECK(refusal([&] { school.olena.caller.run(school.booking(CourseId{999})); }).reason() ==
        "course_not_found");
  auto part = school.join(school.olena);
  CHECK(refusal([&] {
          school.customer("Ivan").caller.run(
              bookings::CancelCourseBooking{.course_booking = part.id});
        }).reason() == "course_booking_not_found");
  bookings::EndCourse end{.course = school.course};
  CHECK(school.host().run(end).ended_at.has_value());
  CHECK(refusal([&] { school.host().run(end); }).reason() == "course_ended");
  CHECK(refusal([&] { school.join(school.olena); }).reason() == "course_ended");
  CHECK(school.host().run(bookings::Courses{}).items.empty());
  CHECK(school.get(part.bookings[0]).status == BookingStatus::confirmed);
}

TEST_CASE("a person takes courses along, and a duplicate's become theirs", "[B15][P7][P9]") {
  School school;
  auto twin = school.customer("Olenka");
  auto part = school.join(twin);
  const std::string taken = school.host().run(people::Export{.client = twin.client}).json;
  CHECK(taken.find("\"courses\"") != std::string::npos);
  CHECK(taken.find("\"course\":" + std::to_string(school.course.value)) != std::string::npos);
  CHECK(school.olena.caller.run(bookings::CourseBookings{}).items.empty());
  school.host().run(people::Merge{.keep = school.olena.client, .duplicate = twin.client});
  auto theirs = school.olena.caller.run(bookings::CourseBookings{}).items;
  REQUIRE(theirs.size() == 1);
  CHECK(theirs[0].id == part.id);
  CHECK(theirs[0].client == school.olena.client);
  CHECK(school.balance(school.olena.client) == 190'000);
  school.olena.caller.run(bookings::CancelCourseBooking{.course_booking = part.id});
  CHECK(school.balance(school.olena.client) == 200'000);
  CHECK(school.problems().empty());
}

TEST_CASE("an attendee's courses move with a merged child as well", "[B15][P7]") {
  School school;
  const ClientId maria = school.child(school.olena.client);
  const ClientId twin = school.child(school.olena.client, "Mariika");
  bookings::BookCourse request = school.booking(school.course);
  request.attendee = twin;
  auto part = school.olena.caller.run(request);
  school.host().run(people::Merge{.keep = maria, .duplicate = twin});
  auto theirs = school.olena.caller.run(bookings::CourseBookings{}).items;
  REQUIRE(theirs.size() == 1);
  CHECK(theirs[0].attendee == maria);
  CHECK(school.get(part.bookings[0]).places[0].attendee == maria);
  CHECK(school.problems().empty());
}

TEST_CASE("erasing a person ends their course and frees its places", "[B15][P9]") {
  School school;
  auto part = school.join(school.olena);
  school.host().run(people::Erase{.client = school.olena.client});
  for (BookingId id : part.bookings) {
    CHECK(school.get(id).status == BookingStatus::cancelled);
  }
  auto parts = school.host().run(bookings::CourseBookings{.course = school.course}).items;
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].cancelled_at.has_value());
  CHECK(school.free(school.lessons[0]) == 2);
  CHECK(school.problems().empty());
}

// Members of a group are booked into its sessions, from when they join until they leave.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_many.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::refusal;
using testing::TestDesk;
using testing::uah;

namespace {

struct Club : House {
  TestDesk::Customer olena = customer();
  TestDesk::Customer marko = customer("Marko");
  GroupId group = host().run(schedule::CreateGroup{.centre = centre, .name = "Dolphins"}).id;

  SessionId lesson(LocalTime start, std::optional<std::int64_t> capacity = 10) {
    schedule::NewSession session = plan(start, capacity);
    session.kind = schedule::SessionKind::group;
    session.group = group;
    return add(session).id;
  }
  void join(ClientId client) const {
    host().run(schedule::JoinGroup{.group = group, .client = client});
  }
  void leave(ClientId client) const {
    host().run(schedule::LeaveGroup{.group = group, .client = client});
  }
  std::vector<bookings::Booking> of(SessionId session) const {
    bookings::List request;
    request.session = session;
    return host().run(request).items;
  }
};

}  // namespace

TEST_CASE("members have a booking in each session of their group that is to come", "[S13]") {
  Club club;
  SessionId before = club.lesson(at(2026, 3, 2, 18));
  SessionId first = club.lesson(at(2026, 3, 4, 18));
  club.pass(std::chrono::days{1});
  club.join(club.olena.client);
  SessionId second = club.lesson(at(2026, 3, 6, 18));  // made later
  CHECK(club.of(before).empty());
  for (SessionId session : {first, second}) {
    auto bookings = club.of(session);
    REQUIRE(bookings.size() == 1);
    CHECK(bookings[0].status == BookingStatus::confirmed);
    CHECK(bookings[0].client == club.olena.client);
    CHECK(bookings[0].places.at(0).attendee == club.olena.client);
    CHECK_FALSE(bookings[0].owed.has_value());
    CHECK(club.free(session) == 9);  // counted once
  }
  club.pass(std::chrono::days{2});
  club.leave(club.olena.client);
  CHECK(club.of(first)[0].status != BookingStatus::cancelled);
  CHECK(club.of(second)[0].status == BookingStatus::cancelled);
  CHECK(club.free(second) == 10);
  club.join(club.olena.client);
  CHECK(club.free(second) == 9);
  CHECK(club.problems().empty());
}

TEST_CASE("members may owe the price of each session", "[S13][B4]") {
  Club club;
  club.set("bookings.group_members_owe", 1);
  club.join(club.olena.client);
  SessionId session = club.lesson(at(2026, 3, 4, 18));
  auto bookings = club.of(session);
  REQUIRE(bookings.size() == 1);
  CHECK(bookings[0].status == BookingStatus::confirmed);
  CHECK(bookings[0].owed == uah(10'000));
  club.leave(club.olena.client);
  CHECK_FALSE(club.get(bookings[0].id).owed.has_value());
  CHECK(club.problems().empty());
}

TEST_CASE("a member who cannot be booked stays a member, and that is told", "[S13]") {
  Club club;
  SessionId session = club.lesson(at(2026, 3, 4, 18), 1);
  club.join(club.olena.client);
  club.join(club.marko.client);
  CHECK(club.of(session).size() == 1);
  CHECK(club.told("bookings.member_not_booked") == 1);
  CHECK(club.problems().empty());
}

TEST_CASE("a member who gave a place back is not booked again by a change", "[S13]") {
  Club club;
  club.join(club.olena.client);
  SessionId session = club.lesson(at(2026, 3, 4, 18));
  club.olena.caller.run(bookings::Cancel{.booking = club.of(session).at(0).id});
  schedule::MoveSession move;
  move.session = session;
  move.start = at(2026, 3, 4, 19);
  club.host().run(move);
  CHECK(club.of(session).size() == 1);
  CHECK(club.of(session)[0].status == BookingStatus::cancelled);
  CHECK(club.problems().empty());
}

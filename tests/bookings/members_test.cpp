// Members of a group are booked into its sessions, from when they join until they leave.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_door.hpp>
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

TEST_CASE("who has come in leaves the group, but not the session that is about to begin",
          "[S13][B5]") {
  Club club;
  const SessionId today = club.lesson(at(2026, 3, 2, 12));
  const SessionId later = club.lesson(at(2026, 3, 9, 12));
  club.join(club.olena.client);
  club.pass(std::chrono::minutes{30});
  club.host().run(bookings::CheckIn{.booking = club.of(today)[0].id});
  club.leave(club.olena.client);
  CHECK(club.of(today)[0].status == BookingStatus::attended);
  CHECK(club.of(later)[0].status == BookingStatus::cancelled);
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

TEST_CASE("what a child owes as a member is asked of the guardian", "[S13][B4][P2]") {
  Club club;
  club.set("bookings.group_members_owe", 1);
  const ClientId maria = club.child(club.olena.client);
  club.join(maria);
  SessionId session = club.lesson(at(2026, 3, 4, 18));
  auto bookings = club.of(session);
  REQUIRE(bookings.size() == 1);
  CHECK(bookings[0].client == maria);
  CHECK(bookings[0].payer == club.olena.client);
  CHECK(bookings[0].places.at(0).attendee == maria);
  auto debtors = club.host().run(money::Debtors{.centre = club.centre}).items;
  REQUIRE(debtors.size() == 1);
  CHECK(debtors[0].client == club.olena.client);
  CHECK(debtors[0].owed == uah(10'000));
  money::PayDebts pay;
  pay.client = club.olena.client;
  pay.centre = club.centre;
  pay.tenders = {House::balance()};
  club.olena.caller.run(pay);
  CHECK(club.balance(club.olena.client) == 90'000);
  CHECK_FALSE(club.get(bookings[0].id).owed.has_value());
  club.leave(maria);
  CHECK(club.balance(club.olena.client) == 100'000);
  CHECK(club.problems().empty());
}

TEST_CASE("a second guardian pays where the first is not a client any more", "[S13][P2]") {
  Club club;
  club.set("bookings.group_members_owe", 1);
  const ClientId maria = club.child(club.olena.client);
  people::AddGuardian add;
  add.client = maria;
  add.guardian = club.marko.client;
  club.host().run(add);
  club.host().run(people::ArchiveClient{.client = club.olena.client});
  club.join(maria);
  CHECK(club.of(club.lesson(at(2026, 3, 4, 18))).at(0).payer == club.marko.client);
}

TEST_CASE("who is elsewhere at the time of the group's sessions joins only in spite of it",
          "[S13][S7]") {
  Club club;
  SessionId lesson = club.lesson(at(2026, 3, 4, 18));
  SessionId film = club.session(at(2026, 3, 4, 18));
  club.olena.caller.run(House::for_attendee(film, club.olena.client));
  schedule::JoinGroup request{.group = club.group, .client = club.olena.client};
  Error clash = refusal([&] { club.host().run(request); });
  CHECK(clash.code() == Code::conflict);
  CHECK(clash.reason() == "member_clashes");
  CHECK(std::get<std::vector<std::int64_t>>(clash.details().at("sessions")) ==
        std::vector<std::int64_t>{film.value});
  CHECK(clash.message() == "The client is elsewhere at the time of sessions of the group (1).");
  CHECK(club.host().run(schedule::GroupMembers{.group = club.group}).items.empty());
  request.despite_clashes = true;
  CHECK(refusal([&] { club.salesman().run(request); }).reason() == "permission_denied");
  CHECK_NOTHROW(club.host().run(request));
  CHECK(club.of(lesson).empty());
  CHECK(club.told("bookings.member_not_booked") == 1);
  club.join(club.marko.client);
  CHECK(club.of(lesson).size() == 1);
  CHECK(club.problems().empty());
}

#include <catch2/catch.hpp>

#include "schedule_support.hpp"

#include <algorithm>

using namespace frontdesk;
using testing::at;
using testing::refusal;
using testing::Studio;

namespace {

schedule::NewSession in_room(const Studio& studio, RoomId room, LocalTime start) {
  schedule::NewSession session = studio.plain(start);
  session.room = room;
  return session;
}

std::vector<std::int64_t> listed(const Error& error, const char* name) {
  return std::get<std::vector<std::int64_t>>(error.details().at(name));
}

}  // namespace

TEST_CASE("several shows a day with cleaning time between", "[S4][S7]") {
  Studio studio;
  RoomId cinema = studio.room("Red", 180, 15);
  auto show = [&](int hour, int minute) {
    return in_room(studio, cinema, at(2026, 3, 3, hour, minute));
  };
  schedule::CreateSessions shows{.sessions = {show(10, 0), show(11, 15), show(12, 30)}};
  auto made = studio.host().run(shows);
  REQUIRE(made.sessions.size() == 3);

  SECTION("adjacent is no conflict, one minute less is") {
    CHECK_NOTHROW(studio.add(show(13, 45)));
    Error error = refusal([&] { studio.add(show(8, 46)); });
    CHECK(error.reason() == "session_clashes");
    CHECK(listed(error, "room") == std::vector{made.sessions[0].id.value});
    CHECK_NOTHROW(studio.add(show(8, 45)));
  }
  SECTION("all or nothing, also among themselves") {
    schedule::CreateSessions two{.sessions = {show(15, 0), show(15, 30)}};
    CHECK(refusal([&] { studio.host().run(two); }).reason() == "session_clashes");
    CHECK(studio.host().run(schedule::Sessions{.room = cinema}).items.size() == 3);
  }
  SECTION("by permission in spite of all") {
    schedule::CreateSessions forced{.sessions = {show(10, 30)}, .despite_clashes = true};
    Caller salesman = studio.desk.staff("Salesman", studio.centre);
    CHECK(refusal([&] { salesman.run(forced); }).code() == Code::denied);
    CHECK(studio.desk.staff("Moderator", studio.centre).run(forced).sessions.size() == 1);
  }
}

TEST_CASE("a room may hold several sessions at once, and no more", "[S7][C2]") {
  Studio studio;
  RoomId gym = studio.room("Gym", 50, 0, 2);
  studio.add(in_room(studio, gym, at(2026, 3, 3, 10)));
  studio.add(in_room(studio, gym, at(2026, 3, 3, 10, 30)));
  CHECK(refusal([&] { studio.add(in_room(studio, gym, at(2026, 3, 3, 10, 45))); }).reason() ==
        "session_clashes");
  CHECK_NOTHROW(studio.add(in_room(studio, gym, at(2026, 3, 3, 11))));
}

TEST_CASE("trainer, group and client cannot be in two places", "[S7]") {
  Studio studio;
  schedule::NewSession led = studio.plain(at(2026, 3, 3, 10));
  led.trainers = {studio.olena};
  SessionId first = studio.add(led).id;
  led.start = at(2026, 3, 3, 10, 59);
  led.trainers = {studio.marko, studio.olena};
  Error error = refusal([&] { studio.add(led); });
  CHECK(listed(error, "trainer") == std::vector{first.value});
  led.start = at(2026, 3, 3, 11);
  CHECK_NOTHROW(studio.add(led));

  ClientId maria = studio.client("Maria");
  GroupId group =
      studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = "Dolphins"}).id;
  studio.host().run(schedule::JoinGroup{.group = group, .client = maria});
  schedule::NewSession lesson = studio.plain(at(2026, 3, 4, 10));
  lesson.kind = schedule::SessionKind::group;
  lesson.group = group;
  SessionId of_group = studio.add(lesson).id;
  CHECK(listed(refusal([&] { studio.add(lesson); }), "group") == std::vector{of_group.value});
  schedule::NewSession alone = studio.plain(at(2026, 3, 4, 10, 30));
  alone.kind = schedule::SessionKind::client;
  alone.client = maria;
  CHECK(listed(refusal([&] { studio.add(alone); }), "client") == std::vector{of_group.value});
  alone.start = at(2026, 3, 4, 12);
  SessionId of_client = studio.add(alone).id;
  lesson.start = at(2026, 3, 4, 12, 30);
  CHECK(listed(refusal([&] { studio.add(lesson); }), "client") == std::vector{of_client.value});
}

TEST_CASE("only those named by the activity may lead it", "[S3][C5]") {
  Studio studio;
  catalog::CreateActivity request;
  request.centre = studio.centre;
  request.name = "Boxing";
  request.trainers = {studio.marko};
  schedule::NewSession session = studio.plain(at(2026, 3, 3, 10));
  session.activity = studio.host().run(request).id;
  session.trainers = {studio.olena};
  Error error = refusal([&] { studio.add(session); });
  CHECK(error.reason() == "trainer_not_eligible");
  CHECK(error.field() == "sessions[0].trainers");
  session.trainers = {studio.marko};
  CHECK_NOTHROW(studio.add(session));
}

TEST_CASE("sessions are completed by the tick and archived apart from that", "[S5]") {
  Studio studio;
  SessionId id = studio.add(studio.plain(at(2026, 3, 2, 12))).id;
  CHECK(refusal([&] { studio.host().run(schedule::ArchiveSession{.session = id}); }).reason() ==
        "session_to_come");
  studio.desk.clock += std::chrono::minutes{119};
  studio.host().run(upkeep::Tick{});
  CHECK(studio.get(id).status == schedule::SessionStatus::scheduled);
  studio.desk.clock += std::chrono::minutes{1};
  studio.host().run(upkeep::Tick{});
  schedule::Session over = studio.get(id);
  CHECK(over.status == schedule::SessionStatus::completed);
  CHECK(over.settled_at.has_value());
  CHECK_FALSE(over.archived_at.has_value());
  studio.host().run(schedule::ArchiveSession{.session = id});
  CHECK(studio.get(id).archived_at.has_value());
  CHECK(studio.host().run(schedule::Sessions{}).items.empty());
  CHECK(studio.host().run(schedule::Sessions{.archived = true}).items.size() == 1);
  CHECK(refusal([&] {
          studio.host().run(schedule::CancelSession{.session = id, .reason = "late"});
        }).reason() == "session_completed");
  CHECK(refusal([&] { studio.add(studio.plain(at(2026, 3, 2, 9))); }).reason() == "session_past");
}

TEST_CASE("a session is cancelled once, with a reason", "[S9]") {
  Studio studio;
  SessionId id = studio.add(studio.plain(at(2026, 3, 3, 12))).id;
  auto cancelled =
      studio.host().run(schedule::CancelSession{.session = id, .version = 1, .reason = "No water"});
  CHECK(cancelled.sessions.at(0).status == schedule::SessionStatus::cancelled);
  CHECK(cancelled.sessions.at(0).reason == "No water");
  CHECK(cancelled.sessions.at(0).sequence == 1);
  CHECK(refusal([&] {
          studio.host().run(schedule::CancelSession{.session = id, .reason = "again"});
        }).reason() == "session_cancelled");
  auto topics = studio.topics();
  CHECK(std::count(topics.begin(), topics.end(), "schedule.session_cancelled") == 1);
}

TEST_CASE("too few sign-ups at the deadline cancel a session, once", "[S9]") {
  Studio studio;
  schedule::NewSession session = studio.plain(at(2026, 3, 4, 12));
  session.minimum = 3;
  session.minimum_before = std::chrono::hours{24};
  SessionId open = studio.add(session).id;
  GroupId group =
      studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = "Three"}).id;
  for (const char* name : {"A", "B", "C"}) {
    studio.host().run(schedule::JoinGroup{.group = group, .client = studio.client(name)});
  }
  session.kind = schedule::SessionKind::group;
  session.group = group;
  SessionId enough = studio.add(session).id;
  studio.desk.clock += std::chrono::hours{24};
  studio.host().run(upkeep::Tick{});
  CHECK(studio.get(open).status == schedule::SessionStatus::scheduled);  // one hour is left
  studio.desk.clock += std::chrono::hours{1};
  studio.host().run(upkeep::Tick{});
  CHECK(studio.get(open).status == schedule::SessionStatus::cancelled);
  CHECK_FALSE(studio.get(open).reason->empty());
  CHECK(studio.get(enough).status == schedule::SessionStatus::scheduled);
}

TEST_CASE("who sees which sessions", "[S8][A9]") {
  Studio studio;
  SessionId open = studio.add(studio.plain(at(2026, 3, 3, 12))).id;
  auto parent = studio.desk.customer();
  schedule::NewSession lesson = studio.plain(at(2026, 3, 3, 14));
  lesson.kind = schedule::SessionKind::client;
  lesson.client = parent.client;
  SessionId own = studio.add(lesson).id;
  auto stranger = studio.desk.customer("Ivan");
  auto sees = [](const Caller& caller, SessionId id) {
    try {
      caller.run(schedule::GetSession{.session = id});
      return true;
    } catch (const Error& error) {
      return !(error.code() == Code::not_found);
    }
  };
  CHECK(sees(studio.desk.anonymous(), open));
  CHECK_FALSE(sees(studio.desk.anonymous(), own));
  CHECK(sees(parent.caller, own));
  CHECK_FALSE(sees(stranger.caller, own));
  CHECK(sees(studio.desk.staff("Salesman", studio.centre), own));
  CHECK_FALSE(sees(studio.desk.staff("Salesman", studio.desk.centre("Other")), own));
  Error foreign = refusal([&] { stranger.caller.run(schedule::GetSession{.session = own}); });
  Error missing =
      refusal([&] { stranger.caller.run(schedule::GetSession{.session = SessionId{999}}); });
  CHECK(foreign.message() == missing.message());
  CHECK(refusal([&] {
          stranger.caller.run(schedule::CancelSession{.session = own, .reason = "x"});
        }).code() == Code::denied);
}

TEST_CASE("a trainer manages own sessions where the setting says so", "[S16]") {
  Studio studio;
  Caller trainer = studio.desk.staff("Trainer", studio.centre);
  AccountId own = trainer.run(access::Whoami{}).account->id;
  schedule::NewSession session = studio.plain(at(2026, 3, 3, 12));
  session.trainers = {own};
  schedule::CreateSessions request{.sessions = {session}};
  CHECK(refusal([&] { trainer.run(request); }).reason() == "centre_not_found");
  studio.host().run(upkeep::ChangeSetting{
      .name = "schedule.trainers_manage", .centre = studio.centre, .value = 1});
  SessionId id = trainer.run(request).sessions.at(0).id;
  CHECK_NOTHROW(trainer.run(schedule::MoveSession{.session = id, .start = at(2026, 3, 3, 13)}));
  session.trainers = {studio.olena};
  CHECK(refusal([&] { trainer.run(schedule::CreateSessions{.sessions = {session}}); }).reason() ==
        "centre_not_found");
}

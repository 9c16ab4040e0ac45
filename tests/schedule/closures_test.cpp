#include <catch2/catch.hpp>

#include "schedule_support.hpp"

#include <frontdesk/schedule_closures.hpp>

using namespace frontdesk;
using schedule::OnClosed;
using testing::at;
using testing::on;
using testing::refusal;
using testing::Studio;

namespace {

schedule::Close easter(const Studio& studio, OnClosed on_sessions) {
  return {.centre = studio.centre,
          .name = "Easter",
          .from = at(2026, 3, 9, 0),
          .to = at(2026, 3, 12, 0),
          .on_sessions = on_sessions};
}

}  // namespace

TEST_CASE("series skip their occurrences in a closure", "[S12]") {
  Studio studio;
  studio.host().run(easter(studio, OnClosed::refuse));
  auto made = studio.host().run(studio.weekly());
  CHECK(made.sessions.size() == 15);
  REQUIRE(made.skipped.size() == 2);
  CHECK(made.skipped[0].cause == schedule::SkipCause::closed);
  CHECK(made.skipped[0].occurrence == at(2026, 3, 9, 18));
  CHECK(refusal([&] { studio.add(studio.plain(at(2026, 3, 10, 10))); }).reason() ==
        "centre_closed");
  CHECK_NOTHROW(studio.add(studio.plain(at(2026, 3, 12, 0))));
}

TEST_CASE("closing over sessions previews, then cancels or moves them all", "[S12]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  Error error = refusal([&] { studio.host().run(easter(studio, OnClosed::refuse)); });
  CHECK(error.reason() == "sessions_in_closure");
  CHECK(std::get<std::int64_t>(error.details().at("count")) == 2);
  CHECK(studio.host().preview(easter(studio, OnClosed::cancel)).sessions.size() == 2);
  CHECK(studio.get(made.sessions[2].id).status == schedule::SessionStatus::scheduled);

  SECTION("cancelled") {
    auto closed = studio.host().run(easter(studio, OnClosed::cancel));
    REQUIRE(closed.sessions.size() == 2);
    CHECK(studio.get(made.sessions[2].id).status == schedule::SessionStatus::cancelled);
    CHECK(studio.get(made.sessions[2].id).reason == "Easter");
    CHECK(studio.get(made.sessions[4].id).status == schedule::SessionStatus::scheduled);
  }
  SECTION("moved") {
    schedule::Close close = easter(studio, OnClosed::move);
    CHECK(refusal([&] { studio.host().run(close); }).field() == "move_days");
    close.move_days = 1;
    CHECK(refusal([&] { studio.host().run(close); }).reason() == "centre_closed");
    close.move_days = 4;
    auto closed = studio.host().run(close);
    CHECK(closed.sessions.at(0).local_start == at(2026, 3, 13, 18));
    CHECK(closed.sessions.at(1).local_start == at(2026, 3, 15, 18));
  }
  SECTION("kept") { CHECK(studio.host().run(easter(studio, OnClosed::keep)).sessions.size() == 2); }
}

TEST_CASE("a room may be closed alone, and a closure be lifted", "[S12]") {
  Studio studio;
  schedule::Close close = easter(studio, OnClosed::refuse);
  close.room = studio.hall;
  auto closed = studio.host().run(close);
  CHECK_NOTHROW(studio.add(studio.plain(at(2026, 3, 10, 10))));
  schedule::NewSession inside = studio.plain(at(2026, 3, 10, 10));
  inside.room = studio.hall;
  CHECK(refusal([&] { studio.add(inside); }).reason() == "centre_closed");
  CHECK(studio.desk.anonymous().run(schedule::Closures{.centre = studio.centre}).items.size() == 1);
  studio.host().run(schedule::LiftClosure{.closure = closed.closure.id});
  CHECK(refusal([&] {
          studio.host().run(schedule::LiftClosure{.closure = closed.closure.id});
        }).reason() == "closure_lifted");
  CHECK_NOTHROW(studio.add(inside));
  CHECK(studio.host().run(schedule::Closures{}).items.empty());
}

TEST_CASE("a week is copied whole, or without what clashes", "[S14]") {
  Studio studio;
  studio.host().run(studio.weekly());
  auto show = [&](unsigned day, int hour) {
    schedule::NewSession session = studio.plain(at(2026, 3, day, hour));
    session.room = studio.hall;
    return session;
  };
  studio.add(show(3, 10));
  studio.add(show(5, 20));
  schedule::CopyWeek copy{.centre = studio.centre, .from = on(2026, 3, 4), .to = on(2026, 3, 11)};
  auto copied = studio.host().run(copy);
  REQUIRE(copied.sessions.size() == 2);  // the series repeats by itself
  CHECK(copied.sessions[0].local_start == at(2026, 3, 10, 10));
  CHECK(copied.sessions[1].local_start == at(2026, 3, 12, 20));
  CHECK(refusal([&] { studio.host().run(copy); }).reason() == "session_clashes");
  copy.on_clash = schedule::OnClash::skip;
  auto again = studio.host().run(copy);
  CHECK(again.sessions.empty());
  CHECK(again.left_out.size() == 2);
  copy.to = copy.from;
  CHECK(refusal([&] { studio.host().run(copy); }).reason() == "weeks_equal");
}

TEST_CASE("trainer and client ask to move a session; accepting moves it", "[S6]") {
  Studio studio;
  auto parent = studio.desk.customer();
  schedule::NewSession lesson = studio.plain(at(2026, 3, 3, 10));
  lesson.kind = schedule::SessionKind::client;
  lesson.client = parent.client;
  SessionId id = studio.add(lesson).id;
  schedule::RequestMove ask{.session = id, .start = at(2026, 3, 3, 12), .reason = "School"};
  auto stranger = studio.desk.customer("Ivan");
  CHECK(refusal([&] { stranger.caller.run(ask); }).reason() == "session_not_found");
  auto wish = parent.caller.run(ask);
  CHECK(wish.status == schedule::WishStatus::pending);
  CHECK(refusal([&] { parent.caller.run(ask); }).reason() == "move_request_pending");
  CHECK(stranger.caller.run(schedule::MoveRequests{}).items.empty());
  CHECK(parent.caller.run(schedule::MoveRequests{}).items.size() == 1);
  Caller manager = studio.desk.staff("Moderator", studio.centre);
  CHECK(manager.run(schedule::MoveRequests{}).items.size() == 1);

  SECTION("accepted") {
    auto decided = manager.run(schedule::DecideMove{.request = wish.id, .accept = true});
    CHECK(decided.status == schedule::WishStatus::accepted);
    CHECK(studio.get(id).local_start == at(2026, 3, 3, 12));
    CHECK(refusal([&] {
            manager.run(schedule::DecideMove{.request = wish.id, .accept = true});
          }).reason() == "move_request_decided");
  }
  SECTION("declined with an answer") {
    CHECK(refusal([&] { manager.run(schedule::DecideMove{.request = wish.id}); }).field() ==
          "answer");
    manager.run(schedule::DecideMove{.request = wish.id, .answer = "The hall is taken"});
    auto told = parent.caller.run(schedule::MoveRequests{}).items.at(0);
    CHECK(told.status == schedule::WishStatus::declined);
    CHECK(told.answer == "The hall is taken");
    CHECK(studio.get(id).local_start == at(2026, 3, 3, 10));
  }
  SECTION("withdrawn, but not by others") {
    CHECK(refusal([&] {
            stranger.caller.run(schedule::WithdrawMove{.request = wish.id});
          }).reason() == "move_request_not_found");
    CHECK(parent.caller.run(schedule::WithdrawMove{.request = wish.id}).status ==
          schedule::WishStatus::withdrawn);
  }
  SECTION("what clashes stays pending") {
    schedule::NewSession other = studio.plain(at(2026, 3, 3, 12));
    other.kind = schedule::SessionKind::client;
    other.client = parent.client;
    studio.add(other);
    CHECK(refusal([&] {
            manager.run(schedule::DecideMove{.request = wish.id, .accept = true});
          }).reason() == "session_clashes");
    CHECK(
        manager.run(schedule::MoveRequests{.status = schedule::WishStatus::pending}).items.size() ==
        1);
  }
}

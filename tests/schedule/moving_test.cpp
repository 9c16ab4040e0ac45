#include <catch2/catch.hpp>

#include "schedule_support.hpp"

#include <algorithm>

using namespace frontdesk;
using schedule::Extent;
using testing::at;
using testing::refusal;
using testing::Studio;

namespace {

std::vector<LocalTime> starts(const std::vector<schedule::Session>& sessions) {
  std::vector<LocalTime> starts;
  for (const schedule::Session& session : sessions) starts.push_back(session.local_start);
  return starts;
}

}  // namespace

TEST_CASE("one session is moved and resized by hand", "[S6]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  const schedule::Session& second = made.sessions[1];
  schedule::MoveSession move{.session = second.id, .version = second.version};
  move.start = at(2026, 3, 5, 19, 30);
  move.duration = std::chrono::minutes{90};
  auto moved = studio.host().run(move).sessions.at(0);
  CHECK(moved.local_start == at(2026, 3, 5, 19, 30));
  CHECK(moved.ends - moved.starts == std::chrono::minutes{90});
  CHECK(moved.changed_by_hand);
  CHECK(moved.sequence == 1);
  CHECK(moved.occurrence == second.occurrence);
  CHECK(refusal([&] { studio.host().run(move); }).reason() == "version_outdated");
  studio.desk.clock += std::chrono::days{1};
  studio.host().run(upkeep::Tick{});
  CHECK(studio.of(made.series.id).size() == 17);  // nothing comes back in its place
  auto topics = studio.topics();
  CHECK(std::count(topics.begin(), topics.end(), "schedule.session_changed") == 1);
}

TEST_CASE("this and those that follow move, those before stay", "[S6]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  schedule::MoveSession move{.session = made.sessions[2].id, .extent = Extent::following};
  move.start = at(2026, 3, 10, 19);  // from Monday 18:00 to Tuesday 19:00
  auto moved = studio.host().run(move).sessions;
  REQUIRE(moved.size() == 15);
  CHECK(starts(moved)[0] == at(2026, 3, 10, 19));
  CHECK(starts(moved)[1] == at(2026, 3, 12, 19));
  SeriesId next = moved[0].series;
  CHECK(next != made.series.id);
  auto before = studio.host().run(schedule::GetSeries{.series = made.series.id}).series;
  auto after = studio.host().run(schedule::GetSeries{.series = next}).series;
  CHECK(before.ended_at.has_value());
  CHECK(after.continues == made.series.id);
  CHECK(after.rule == "FREQ=WEEKLY;BYDAY=TU,TH;WKST=TU");
  CHECK(starts(studio.of(made.series.id)) == std::vector{at(2026, 3, 2, 18), at(2026, 3, 4, 18)});

  SECTION("the tick goes on with the new rule and adds nothing twice") {
    studio.host().run(upkeep::Tick{});
    auto count = studio.of(next).size();
    studio.desk.clock += std::chrono::days{7};
    studio.host().run(upkeep::Tick{});
    CHECK(studio.of(next).size() == count + 1);  // it was a day ahead, having moved by one
    studio.desk.clock += std::chrono::days{7};
    studio.host().run(upkeep::Tick{});
    auto sessions = studio.of(next);
    CHECK(sessions.size() == count + 3);
    CHECK(std::all_of(sessions.begin(), sessions.end(), [](const schedule::Session& session) {
      return session.local_start.time_since_epoch() % std::chrono::days{1} ==
             std::chrono::hours{19};
    }));
    CHECK(studio.of(made.series.id).size() == 2);
  }
}

TEST_CASE("all sessions to come move; those changed by hand keep their change unless told",
          "[S6]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  schedule::MoveSession one{.session = made.sessions[3].id};
  one.start = at(2026, 3, 12, 8);
  studio.host().run(one);
  schedule::MoveSession all{.session = made.sessions[5].id, .extent = Extent::all};
  all.start = at(2026, 3, 18, 17);  // an hour earlier

  SECTION("they keep it") {
    auto moved = studio.host().run(all).sessions;
    CHECK(moved.size() == 16);
    CHECK(studio.get(made.sessions[3].id).local_start == at(2026, 3, 12, 8));
    CHECK(studio.get(made.sessions[0].id).local_start == at(2026, 3, 2, 17));
    CHECK(moved[0].series == made.series.id);  // nothing came before: the series itself moved
  }
  SECTION("they are told") {
    all.also_changed = true;
    CHECK(studio.host().run(all).sessions.size() == 17);
    CHECK(studio.get(made.sessions[3].id).local_start == at(2026, 3, 11, 17));
    CHECK_FALSE(studio.get(made.sessions[3].id).changed_by_hand);
  }
  SECTION("what is over stays") {
    studio.desk.clock += std::chrono::days{3};
    studio.host().run(upkeep::Tick{});
    studio.host().run(all);
    CHECK(studio.get(made.sessions[0].id).local_start == at(2026, 3, 2, 18));
    CHECK(studio.get(made.sessions[0].id).status == schedule::SessionStatus::completed);
    CHECK(studio.get(made.sessions[2].id).local_start == at(2026, 3, 9, 17));
  }
}

TEST_CASE("a series with a count keeps its number of sessions when it is split", "[S6]") {
  Studio studio;
  schedule::CreateSeries request = studio.weekly();
  request.rule = "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6";
  auto made = studio.host().run(request);
  REQUIRE(made.sessions.size() == 6);
  schedule::MoveSession move{.session = made.sessions[2].id, .extent = Extent::following};
  move.start = at(2026, 3, 9, 20);
  auto moved = studio.host().run(move).sessions;
  REQUIRE(moved.size() == 4);
  auto rest = studio.host().run(schedule::GetSeries{.series = moved[0].series}).series;
  CHECK(rest.rule == "FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE");
  studio.desk.clock += std::chrono::days{60};
  studio.host().run(upkeep::Tick{});
  CHECK(studio.of(moved[0].series).size() == 4);
}

TEST_CASE("a rule that cannot be shifted is told so, its time of day can", "[S6]") {
  Studio studio;
  schedule::CreateSeries request = studio.weekly();
  request.rule = "FREQ=MONTHLY;BYDAY=1MO";
  request.horizon_weeks = 30;
  auto made = studio.host().run(request);
  schedule::MoveSession move{.session = made.sessions[0].id, .extent = Extent::all};
  move.start = at(2026, 3, 3, 18);
  CHECK(refusal([&] { studio.host().run(move); }).reason() == "rule_cannot_shift");
  CHECK(studio.get(made.sessions[0].id).local_start == at(2026, 3, 2, 18));
  move.start = at(2026, 3, 2, 19, 15);
  auto moved = studio.host().run(move).sessions;
  CHECK(moved.back().local_start.time_since_epoch() % std::chrono::days{1} ==
        std::chrono::minutes{19 * 60 + 15});
}

TEST_CASE("a dragged session that clashes stays where it was", "[S6][S7]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  schedule::NewSession other = studio.plain(at(2026, 3, 10, 18));
  other.trainers = {studio.olena};
  SessionId in_the_way = studio.add(other).id;
  schedule::MoveSession move{.session = made.sessions[0].id, .extent = Extent::all};
  move.start = at(2026, 3, 3, 18);
  Error error = refusal([&] { studio.host().run(move); });
  CHECK(error.reason() == "session_clashes");
  CHECK(std::get<std::vector<std::int64_t>>(error.details().at("sessions")) ==
        std::vector{in_the_way.value});
  CHECK(starts(studio.of(made.series.id)) == starts(made.sessions));
  move.despite_clashes = true;
  CHECK(studio.host().run(move).sessions.size() == 17);
}

TEST_CASE("another room and other trainers for all", "[S6]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  RoomId small = studio.room("Small", 5);
  schedule::MoveSession move{.session = made.sessions[0].id, .extent = Extent::all};
  move.room = small;
  CHECK(refusal([&] { studio.host().run(move); }).reason() == "capacity_over_room");
  move.room = std::nullopt;
  move.trainers = std::vector{studio.marko};
  auto moved = studio.host().run(move).sessions;
  CHECK(moved.size() == 17);
  CHECK_FALSE(moved[4].room);
  CHECK(moved[4].trainers == std::vector{studio.marko});
  CHECK(studio.host().run(schedule::Sessions{.trainer = studio.olena}).items.empty());
  CHECK(studio.host().run(schedule::Sessions{.trainer = studio.marko}).items.size() == 17);
  CHECK(studio.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("those that follow are cancelled and the series ends", "[S6][S9]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  schedule::CancelSession cancel{
      .session = made.sessions[4].id, .extent = Extent::following, .reason = "The season is over"};
  CHECK(studio.host().run(cancel).sessions.size() == 13);
  studio.desk.clock += std::chrono::days{70};
  studio.host().run(upkeep::Tick{});
  CHECK(studio.of(made.series.id).size() == 17);
  CHECK(studio.host()
            .run(schedule::Sessions{.series = made.series.id,
                                    .status = schedule::SessionStatus::completed})
            .items.size() == 4);
  CHECK(refusal([&] {
          studio.host().run(schedule::UpdateSeries{.series = made.series.id, .capacity = 3});
        }).reason() == "series_ended");
}

TEST_CASE("what follows a session that was moved by hand goes by its place in the series",
          "[S6][S9]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  // The fifth is put off beyond the sixth, and the fourth beyond both.
  for (const auto& [index, day] : {std::pair{4U, 20}, std::pair{3U, 21}}) {
    schedule::MoveSession later{.session = made.sessions[index].id};
    later.start = at(2026, 3, day, 12);
    studio.host().run(later);
  }
  schedule::CancelSession cancel{
      .session = made.sessions[4].id, .extent = Extent::following, .reason = "The season is over"};
  CHECK(studio.host().run(cancel).sessions.size() == 13);
  const auto left = studio.host()
                        .run(schedule::Sessions{.series = made.series.id,
                                                .status = schedule::SessionStatus::scheduled})
                        .items;
  CHECK(starts(left) == std::vector{at(2026, 3, 2, 18), at(2026, 3, 4, 18), at(2026, 3, 9, 18),
                                    at(2026, 3, 21, 12)});
}

TEST_CASE("what has begun does not move", "[S6]") {
  Studio studio;
  SessionId id = studio.add(studio.plain(at(2026, 3, 2, 11, 30))).id;
  schedule::MoveSession follow{.session = id, .extent = Extent::following};
  CHECK(refusal([&] { studio.host().run(follow); }).reason() == "session_of_no_series");
  studio.desk.clock += std::chrono::minutes{40};
  schedule::MoveSession move{.session = id, .start = at(2026, 3, 2, 15)};
  CHECK(refusal([&] { studio.host().run(move); }).reason() == "session_started");
  schedule::MoveSession longer{.session = id, .duration = std::chrono::hours{2}};
  CHECK_NOTHROW(studio.host().run(longer));
}

TEST_CASE("a preview of a move changes nothing", "[E3][S6]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  schedule::MoveSession move{.session = made.sessions[0].id, .extent = Extent::all};
  move.start = at(2026, 3, 2, 20);
  CHECK(studio.host().preview(move).sessions.size() == 17);
  CHECK(starts(studio.of(made.series.id)) == starts(made.sessions));
}

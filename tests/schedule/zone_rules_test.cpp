// The rules of a zone change while sessions are planned (DESIGN "Time"). The system's database does
// not change for a test; instead the file is made to look as if it had been written by other rules:
// the kept fingerprint is not that of today's rules, and moments are an hour off.
#include "schedule_support.hpp"

#include "storage/connection.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

/// From now on, as if Kyiv had been an hour further east when everything was planned.
void plan_by_old_rules(Studio& studio, std::chrono::seconds off) {
  studio.host().run(upkeep::Tick{});
  studio.desk.close();
  {
    storage::Connection file(studio.desk.path(), storage::OpenMode::read_write);
    const std::int64_t now = studio.desk.clock.seconds;
    file.execute("UPDATE session_trainers SET starts = starts - $1 WHERE starts > $2", off.count(),
                 now);
    file.execute("UPDATE sessions SET starts = starts - $1, ends = ends - $1 WHERE starts > $2",
                 off.count(), now);
    file.execute("UPDATE zone_rules SET fingerprint = $1 WHERE zone = 'Europe/Kyiv'",
                 storage::Blob{"the rules of yesterday"});
  }
  studio.desk.reopen();
}

std::vector<events::Event> of_topic(const Studio& studio, std::string_view topic) {
  std::vector<events::Event> found;
  for (const auto& event : studio.host().run(events::Since{.limit = 500}).items) {
    if (event.topic == topic) found.push_back(event);
  }
  return found;
}

}  // namespace

TEST_CASE("sessions to come keep their wall-clock time when the rules of a zone change",
          "[S2][S3][S15]") {
  Studio studio;
  auto series = studio.host().run(studio.weekly()).series;
  const auto before = studio.of(series.id);
  plan_by_old_rules(studio, std::chrono::hours{1});
  CHECK(studio.of(series.id)[3].starts == before[3].starts - std::chrono::hours{1});
  const auto changed_before = of_topic(studio, "schedule.session_changed").size();

  studio.host().run(upkeep::Tick{});
  const auto after = studio.of(series.id);
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    CHECK(after[i].starts == before[i].starts);
    CHECK(after[i].ends == before[i].ends);
    CHECK(after[i].local_start == before[i].local_start);
    CHECK(after[i].sequence == before[i].sequence + 1);
    CHECK_FALSE(after[i].changed_by_hand);
  }
  CHECK(of_topic(studio, "schedule.session_changed").size() == changed_before + after.size());
  CHECK(of_topic(studio, "schedule.clash_found").empty());
  CHECK(studio.host().run(upkeep::Check{}).problems.empty());

  studio.host().run(upkeep::Tick{});  // followed once
  CHECK(studio.of(series.id)[3].sequence == after[3].sequence);
  schedule::Calendar calendar{.date = on(2026, 3, 9), .trainer = studio.olena};
  CHECK(studio.host().run(calendar).items.at(0).starts == before[2].starts);
}

TEST_CASE("more sessions than a step takes follow a change of rules", "[S2][S3]") {
  Studio studio;
  schedule::CreateSeries hourly;
  hourly.activity = studio.pilates;
  hourly.centre = studio.centre;
  hourly.start = at(2026, 3, 2, 18);
  hourly.duration = std::chrono::minutes{30};
  hourly.rule = "FREQ=HOURLY;COUNT=450";
  auto series = studio.host().run(hourly).series;
  const auto before = studio.of(series.id);
  plan_by_old_rules(studio, std::chrono::hours{-1});
  studio.host().run(upkeep::Tick{});
  const auto after = studio.of(series.id);
  REQUIRE(after.size() == 450);
  for (std::size_t i = 0; i < after.size(); ++i) CHECK(after[i].starts == before[i].starts);
}

TEST_CASE("what clashes after a change of rules is listed, not refused", "[S2][S7]") {
  Studio studio;
  schedule::CreateSessions both;
  both.despite_clashes = true;
  for (int minute : {0, 30}) {
    schedule::NewSession session = studio.plain(at(2026, 3, 4, 18, minute));
    session.trainers = {studio.olena};
    both.sessions.push_back(session);
  }
  const auto sessions = studio.host().run(both).sessions;
  const schedule::Session& there = sessions.at(0);
  const schedule::Session& in_kyiv = sessions.at(1);
  plan_by_old_rules(studio, std::chrono::hours{0});
  studio.desk.close();
  {
    // By the old rules one of them was to come two hours later, and nothing clashed.
    storage::Connection file(studio.desk.path(), storage::OpenMode::read_write);
    file.execute("UPDATE sessions SET starts = starts + 7200, ends = ends + 7200 WHERE id = $1",
                 in_kyiv.id);
    file.execute("UPDATE session_trainers SET starts = starts + 7200 WHERE session = $1",
                 in_kyiv.id);
  }
  studio.desk.reopen();
  studio.host().run(upkeep::Tick{});
  CHECK(studio.get(in_kyiv.id).starts == in_kyiv.starts);
  const auto found = of_topic(studio, "schedule.clash_found");
  REQUIRE(found.size() == 1);
  CHECK(found[0].payload.find("\"session\":" + std::to_string(in_kyiv.id.value)) !=
        std::string::npos);
  CHECK(found[0].payload.find("[" + std::to_string(there.id.value) + "]") != std::string::npos);
  studio.host().run(upkeep::Tick{});
  CHECK(of_topic(studio, "schedule.clash_found").size() == 1);
}

TEST_CASE("what has begun stays when the rules of a zone change", "[S2][S5]") {
  Studio studio;
  schedule::Session running = studio.add(studio.plain(at(2026, 3, 2, 12)));
  studio.desk.clock += std::chrono::minutes{75};  // 12:15 in Kyiv
  plan_by_old_rules(studio, std::chrono::hours{1});
  studio.host().run(upkeep::Tick{});
  CHECK(studio.get(running.id).starts == running.starts);
  CHECK(studio.get(running.id).sequence == running.sequence);
}

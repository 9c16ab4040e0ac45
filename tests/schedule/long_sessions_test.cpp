// Sessions that take longer than most are found wherever they reach; and lengths that no session
// may have.
#include <catch2/catch.hpp>

#include "schedule_support.hpp"

#include <frontdesk/schedule_absences.hpp>
#include <frontdesk/schedule_closures.hpp>

using namespace frontdesk;
using testing::at;
using testing::on;
using testing::refusal;
using testing::Studio;

namespace {

/// A camp from Monday 9 March 10:00 to Thursday 12 March 10:00, in the hall with Olena.
schedule::NewSession camp(const Studio& studio) {
  schedule::NewSession camp = studio.plain(at(2026, 3, 9, 10));
  camp.room = studio.hall;
  camp.trainers = {studio.olena};
  camp.duration = std::chrono::days{3};
  return camp;
}

}  // namespace

TEST_CASE("a session of several days is in the way on each of them", "[S7][S10][S12]") {
  Studio studio;
  const SessionId id = studio.add(camp(studio)).id;
  schedule::NewSession evening = studio.plain(at(2026, 3, 11, 18));
  evening.room = studio.hall;
  Error error = refusal([&] { studio.add(evening); });
  CHECK(error.reason() == "session_clashes");
  evening.room = {};
  evening.trainers = {studio.olena};
  CHECK(refusal([&] { studio.add(evening); }).reason() == "session_clashes");
  evening.start = at(2026, 3, 12, 10);  // adjacent
  CHECK_NOTHROW(studio.add(evening));

  const Instant wednesday = std::chrono::sys_days{on(2026, 3, 11)} + std::chrono::hours{12};
  schedule::ReportAbsence absence{
      .trainer = studio.olena, .starts = wednesday, .ends = wednesday + std::chrono::hours{1}};
  const auto report = studio.host().run(absence);
  REQUIRE(report.affected.size() == 1);
  CHECK(report.affected[0].id == id);

  schedule::Close close{.centre = studio.centre, .name = "Flood"};
  close.from = at(2026, 3, 11, 20);
  close.to = at(2026, 3, 11, 21);
  error = refusal([&] { studio.host().run(close); });
  CHECK(error.reason() == "sessions_in_closure");
  CHECK(std::get<std::int64_t>(error.details().at("count")) == 1);
}

TEST_CASE("a session of several days is shown on each of them", "[S8]") {
  Studio studio;
  const SessionId id = studio.add(camp(studio)).id;
  studio.add(studio.plain(at(2026, 3, 11, 7)));
  const auto shown_on = [&](unsigned day, AccountId trainer) {
    schedule::Calendar request{.view = schedule::View::day, .date = on(2026, 3, day)};
    request.centre = studio.centre;
    request.trainer = trainer;
    std::vector<SessionId> shown;
    for (const auto& item : studio.host().run(request).items) shown.push_back(item.session);
    return shown;
  };
  CHECK(shown_on(8, {}).empty());
  CHECK(shown_on(10, {}) == std::vector{id});
  CHECK(shown_on(11, {}).size() == 2);
  CHECK(shown_on(11, {}).front() == id);
  CHECK(shown_on(12, studio.olena) == std::vector{id});
  CHECK(shown_on(13, {}).empty());
  schedule::Sessions list;
  list.from = std::chrono::sys_days{on(2026, 3, 12)};
  CHECK(studio.host().run(list).items.size() == 1);

  schedule::MoveSession shorter{.session = id, .version = {}};
  shorter.duration = std::chrono::hours{4};
  studio.host().run(shorter);
  CHECK(shown_on(10, {}).empty());
  CHECK(shown_on(9, {}) == std::vector{id});
}

TEST_CASE("no session is longer than a week, nor of no or negative length", "[S3][S4][E16]") {
  Studio studio;
  for (std::int64_t seconds : {-3600LL, 7LL * 86'400 + 1, 366LL * 86'400}) {
    schedule::NewSession session = studio.plain(at(2026, 3, 9, 10));
    session.duration = Duration{seconds};
    Error error = refusal([&] { studio.add(session); });
    CHECK(error.reason() == "out_of_range");
    CHECK(error.field() == "sessions[0].duration");
    schedule::CreateSeries series = studio.weekly();
    series.duration = Duration{seconds};
    CHECK(refusal([&] { studio.host().run(series); }).field() == "duration");
  }
  const SessionId id = studio.add(studio.plain(at(2026, 3, 9, 10))).id;
  schedule::MoveSession move{.session = id, .version = {}};
  move.duration = Duration{0};
  CHECK(refusal([&] { studio.host().run(move); }).reason() == "out_of_range");
  schedule::CreateSeries far = studio.weekly();
  far.horizon_weeks = 521;
  CHECK(refusal([&] { studio.host().run(far); }).reason() == "out_of_range");
  CHECK(studio.host().run(schedule::Sessions{}).items.size() == 1);
}

TEST_CASE("many sessions are entered all or none", "[S14]") {
  Studio studio;
  schedule::CreateSessions request;
  for (int day = 3; day < 13; ++day) {
    schedule::NewSession show = studio.plain(at(2026, 3, static_cast<unsigned>(day), 10));
    show.room = studio.hall;
    request.sessions.push_back(show);
  }
  request.sessions.push_back(request.sessions.front());  // two shows in one place
  Error error = refusal([&] { studio.host().run(request); });
  CHECK(error.reason() == "session_clashes");
  CHECK(studio.host().run(schedule::Sessions{}).items.empty());
  request.sessions.back().start = at(2026, 3, 1, 10);
  error = refusal([&] { studio.host().run(request); });
  CHECK(error.reason() == "session_past");
  CHECK(error.field() == "sessions[10].start");
  CHECK(studio.host().run(schedule::Sessions{}).items.empty());
  request.sessions.pop_back();
  CHECK(studio.host().run(request).sessions.size() == 10);
}

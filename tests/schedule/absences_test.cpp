#include <catch2/catch.hpp>

#include "schedule_support.hpp"

#include <frontdesk/schedule_absences.hpp>

using namespace frontdesk;
using schedule::AbsenceCause;
using testing::at;
using testing::on;
using testing::refusal;
using testing::Studio;

namespace {

Instant utc(unsigned day, int hour = 0) {
  return Instant{std::chrono::sys_days{on(2026, 3, day)} + std::chrono::hours{hour}};
}

schedule::ReportAbsence away(AccountId trainer, unsigned from, unsigned to,
                             AbsenceCause cause = AbsenceCause::sick) {
  return {.trainer = trainer, .cause = cause, .starts = utc(from), .ends = utc(to)};
}

}  // namespace

TEST_CASE("an absence lists the sessions it leaves without a trainer", "[S10]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  auto report = studio.host().run(away(studio.olena, 3, 10));
  REQUIRE(report.affected.size() == 2);  // Wednesday and the Monday after
  CHECK(report.affected[0].id == made.sessions[1].id);

  SECTION("a substitute takes over, and only the free and eligible are offered") {
    schedule::NewSession other = studio.plain(at(2026, 3, 4, 18, 30));
    other.trainers = {studio.marko};
    studio.add(other);
    AccountId third = studio.trainer("Third");
    auto offered =
        studio.host().run(schedule::Substitutes{.session = report.affected[0].id}).trainers;
    REQUIRE(offered.size() == 1);
    CHECK(offered[0].account == third);
    schedule::ResolveAbsence resolve{.absence = report.absence.id, .substitute = studio.marko};
    Error error = refusal([&] { studio.host().run(resolve); });
    CHECK(error.reason() == "session_clashes");
    resolve.substitute = third;
    auto changed = studio.host().run(resolve).sessions;
    REQUIRE(changed.size() == 2);
    CHECK(changed[0].trainers == std::vector{third});
    CHECK(studio.host().run(schedule::GetAbsence{.absence = report.absence.id}).affected.empty());
  }
  SECTION("or they are cancelled, with a reason") {
    schedule::ResolveAbsence resolve{.absence = report.absence.id};
    CHECK(refusal([&] { studio.host().run(resolve); }).field() == "reason");
    resolve.reason = "Olena is ill";
    resolve.sessions = {report.affected[0].id};
    CHECK(studio.host().run(resolve).sessions.at(0).status == schedule::SessionStatus::cancelled);
    CHECK(studio.get(report.affected[1].id).status == schedule::SessionStatus::scheduled);
    resolve.sessions = {made.sessions.back().id};
    CHECK(refusal([&] { studio.host().run(resolve); }).reason() == "session_not_found");
  }
}

TEST_CASE("nobody absent can be scheduled, not even by permission", "[S10]") {
  Studio studio;
  studio.host().run(away(studio.olena, 3, 5));
  schedule::NewSession session = studio.plain(at(2026, 3, 4, 10));
  session.trainers = {studio.olena};
  schedule::CreateSessions request{.sessions = {session}, .despite_clashes = true};
  Error error = refusal([&] { studio.host().run(request); });
  CHECK(error.reason() == "trainer_absent");
  CHECK(std::get<std::vector<std::int64_t>>(error.details().at("absent")) ==
        std::vector{studio.olena.value});
  request.sessions[0].start = at(2026, 3, 5, 10);
  CHECK_NOTHROW(studio.host().run(request));
  CHECK(refusal([&] { studio.host().run(studio.weekly()); }).reason() == "trainer_absent");
  schedule::CreateSeries skipping = studio.weekly();
  skipping.on_clash = schedule::OnClash::skip;
  auto made = studio.host().run(skipping);
  REQUIRE(made.skipped.size() == 1);
  CHECK(made.skipped[0].cause == schedule::SkipCause::absence);
}

TEST_CASE("trainers report their own sickness, and nothing else", "[S10]") {
  Studio studio;
  Caller trainer = studio.desk.staff("Trainer", studio.centre);
  AccountId own = trainer.run(access::Whoami{}).account->id;
  auto report = trainer.run(away(own, 3, 5));
  CHECK(report.absence.reported_by == own);
  CHECK(refusal([&] { trainer.run(away(own, 10, 12, AbsenceCause::vacation)); }).reason() ==
        "absence_needs_approval");
  CHECK(refusal([&] { trainer.run(away(studio.olena, 3, 5)); }).reason() == "account_not_found");
  Caller manager = studio.desk.staff("Moderator", studio.centre);
  CHECK_NOTHROW(manager.run(away(own, 10, 12, AbsenceCause::vacation)));
  CHECK(refusal([&] { manager.run(away(own, 4, 6)); }).reason() == "absence_overlaps");
  CHECK(refusal([&] { manager.run(away(own, 6, 6)); }).reason() == "window_backwards");
  CHECK(trainer.run(schedule::Absences{}).items.size() == 2);
  CHECK_NOTHROW(trainer.run(schedule::WithdrawAbsence{.absence = report.absence.id}));
  CHECK(refusal([&] {
          trainer.run(schedule::WithdrawAbsence{.absence = report.absence.id});
        }).reason() == "absence_withdrawn");
  CHECK(trainer.run(schedule::Absences{}).items.size() == 1);
  CHECK(refusal([&] { studio.desk.customer().caller.run(schedule::Absences{}); }).code() ==
        Code::denied);
}

TEST_CASE("free slots lie in working hours, beside all that is planned", "[S11]") {
  Studio studio;
  schedule::SetWorkingHours hours{.trainer = studio.olena, .centre = studio.centre};
  hours.hours = {{3, 600, 720}};  // Wednesdays from ten to twelve
  CHECK(studio.host().run(hours).hours.size() == 1);
  schedule::FreeSlots search{.centre = studio.centre, .from = on(2026, 3, 2), .days = 7};
  search.step_minutes = 30;
  auto slots = studio.host().run(search).slots;
  REQUIRE(slots.size() == 3);
  CHECK(slots[0].local_start == at(2026, 3, 4, 10));
  CHECK(slots[0].trainer == studio.olena);
  CHECK(slots[2].local_start == at(2026, 3, 4, 11));

  SECTION("a session takes its time away") {
    schedule::NewSession session = studio.plain(at(2026, 3, 4, 10));
    session.trainers = {studio.olena};
    studio.add(session);
    auto rest = studio.host().run(search).slots;
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].local_start == at(2026, 3, 4, 11));
  }
  SECTION("a room that is taken is none") {
    schedule::NewSession session = studio.plain(at(2026, 3, 4, 11));
    session.room = studio.hall;
    studio.add(session);
    search.room = studio.hall;
    CHECK(studio.host().run(search).slots.size() == 1);
    search.room = {};
    search.any_room = true;
    RoomId second = studio.room("Second", 4);
    auto in_some = studio.host().run(search).slots;
    CHECK(in_some.size() == 3);
    CHECK(in_some[2].room == second);
  }
  SECTION("an absence takes all") {
    studio.host().run(away(studio.olena, 3, 6));
    CHECK(studio.host().run(search).slots.empty());
  }
  SECTION("what working hours must be") {
    hours.hours = {{1, 600, 600}};
    CHECK(refusal([&] { studio.host().run(hours); }).reason() == "hours_order");
    hours.hours = {{1, 600, 700}, {1, 650, 720}};
    CHECK(refusal([&] { studio.host().run(hours); }).reason() == "hours_overlap");
  }
}

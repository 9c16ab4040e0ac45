#include <catch2/catch.hpp>

#include "schedule_support.hpp"

#include <algorithm>

using namespace frontdesk;
using testing::at;
using testing::refusal;
using testing::Studio;

TEST_CASE("a series brings its sessions up to the horizon", "[S3]") {
  Studio studio;
  schedule::Scheduled made = studio.host().run(studio.weekly());
  REQUIRE(made.sessions.size() == 17);  // today is a Monday: eight weeks and a day
  CHECK(made.skipped.empty());
  const schedule::Session& first = made.sessions.front();
  CHECK(first.local_start == at(2026, 3, 2, 18));
  CHECK(first.zone == "Europe/Kyiv");
  CHECK(first.ends - first.starts == std::chrono::minutes{60});
  CHECK(first.capacity == 12);
  CHECK(first.trainers == std::vector{studio.olena});
  CHECK(first.occurrence == at(2026, 3, 2, 18));
  CHECK(made.series.rule == "FREQ=WEEKLY;BYDAY=MO,WE");

  SECTION("running again adds nothing") {
    studio.host().run(upkeep::Tick{});
    studio.host().run(upkeep::Tick{});
    CHECK(studio.of(made.series.id).size() == 17);
  }
  SECTION("the tick extends it as days go by") {
    studio.desk.clock += std::chrono::days{7};
    studio.host().run(upkeep::Tick{});
    CHECK(studio.of(made.series.id).size() == 19);
    studio.desk.clock += std::chrono::days{7};
    studio.host().run(upkeep::Tick{});
    studio.host().run(upkeep::Tick{});
    CHECK(studio.of(made.series.id).size() == 21);
  }
}

TEST_CASE("wall-clock time stays across daylight saving", "[S2][S3]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  // Kyiv moves its clocks forward on Sunday, 29 March 2026.
  for (const schedule::Session& session : made.sessions) {
    CHECK((session.local_start.time_since_epoch() % std::chrono::days{1}) ==
          std::chrono::hours{18});
  }
  auto utc_hour = [](const schedule::Session& session) {
    return std::chrono::duration_cast<std::chrono::hours>(session.starts.time_since_epoch() %
                                                          std::chrono::days{1})
        .count();
  };
  CHECK(utc_hour(made.sessions.front()) == 16);
  CHECK(utc_hour(made.sessions.back()) == 15);
}

TEST_CASE("room, trainers and price are each optional, the horizon its own", "[S3]") {
  Studio studio;
  schedule::CreateSeries gym;
  gym.activity = studio.pilates;
  gym.centre = studio.centre;
  gym.start = at(2026, 3, 2, 18);
  gym.rule = "FREQ=WEEKLY;BYDAY=MO";
  gym.horizon_weeks = 100;
  auto made = studio.host().run(gym);
  CHECK(made.sessions.size() == 101);
  CHECK_FALSE(made.sessions.front().room);
  CHECK(made.sessions.front().trainers.empty());
  CHECK_FALSE(made.sessions.front().price);

  SECTION("without a rule there is the start and what was added") {
    gym.rule.reset();
    gym.start = at(2026, 3, 9, 10);
    gym.added = {at(2026, 3, 12, 10), at(2026, 3, 10, 10)};
    auto few = studio.host().run(gym);
    REQUIRE(few.sessions.size() == 3);
    CHECK(few.sessions[1].local_start == at(2026, 3, 10, 10));
  }
  SECTION("what was removed has no session") {
    gym.removed = {at(2026, 3, 9, 18)};
    CHECK(studio.host().run(gym).sessions.size() == 100);
  }
  SECTION("an occurrence that has begun gets none") {
    gym.start = at(2026, 3, 2, 10);
    gym.rule = "FREQ=DAILY;COUNT=3";
    auto rest = studio.host().run(gym);
    REQUIRE(rest.sessions.size() == 2);
    CHECK(rest.sessions[0].local_start == at(2026, 3, 3, 10));
  }
}

TEST_CASE("a series is told in words", "[S1][E18]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  auto view = studio.host().run(schedule::GetSeries{.series = made.series.id});
  CHECK(view.words == "every Monday and Wednesday at 18:00");
  CallOptions options;
  options.language = "uk";
  auto ukrainian = studio.host().run(schedule::GetSeries{.series = made.series.id}, options);
  CHECK(ukrainian.words != view.words);
}

TEST_CASE("a bad rule is refused with where and why", "[S1]") {
  Studio studio;
  schedule::CreateSeries request = studio.weekly();
  request.rule = "FREQ=WEEKLY;BYDAY=MO,XX";
  Error error = refusal([&] { studio.host().run(request); });
  CHECK(error.code() == Code::invalid);
  CHECK(error.field() == "rule");
  CHECK(error.details().count("position") == 1);
  request.rule = "FREQ=MINUTELY";
  CHECK(refusal([&] { studio.host().run(request); }).reason() == "series_too_dense");
  CHECK(studio.host().run(schedule::Sessions{}).items.empty());
}

TEST_CASE("a series that never takes place any more is refused", "[S3]") {
  Studio studio;
  auto refused = [&](auto change) {
    schedule::CreateSeries request = studio.weekly();
    change(request);
    return refusal([&] { studio.host().run(request); });
  };
  const Error never =
      refused([](auto& request) { request.rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"; });
  CHECK(never.code() == Code::invalid);
  CHECK(never.reason() == "series_without_sessions");
  CHECK(never.field() == "rule");
  CHECK(never.message() == "The rule gives no session from now on. Check its dates.");
  CHECK(refused([](auto& request) { request.rule = "FREQ=WEEKLY;UNTIL=20200101"; }).reason() ==
        "series_without_sessions");
  CHECK(refused([](auto& request) {
          request.rule.reset();
          request.removed = {request.start};
        }).reason() == "series_without_sessions");
  // What starts beyond the horizon has none yet, which is well.
  schedule::CreateSeries later = studio.weekly();
  later.start = at(2027, 3, 1, 18);
  CHECK(studio.host().run(later).sessions.empty());
}

TEST_CASE("occurrences that clash refuse a series, or are skipped or entered by permission",
          "[S3][S7]") {
  Studio studio;
  schedule::NewSession other = studio.plain(at(2026, 3, 4, 18, 30));
  other.room = studio.hall;
  SessionId in_the_way = studio.add(other).id;

  Error error = refusal([&] { studio.host().run(studio.weekly()); });
  CHECK(error.code() == Code::conflict);
  CHECK(error.reason() == "session_clashes");
  CHECK(std::get<std::vector<std::int64_t>>(error.details().at("room")) ==
        std::vector{in_the_way.value});
  CHECK(error.message().find('1') != std::string::npos);

  schedule::CreateSeries skipping = studio.weekly();
  skipping.on_clash = schedule::OnClash::skip;
  auto made = studio.host().run(skipping);
  CHECK(made.sessions.size() == 16);
  REQUIRE(made.skipped.size() == 1);
  CHECK(made.skipped[0].occurrence == at(2026, 3, 4, 18));
  CHECK(made.skipped[0].cause == schedule::SkipCause::clash);
  CHECK(made.skipped[0].sessions == std::vector{in_the_way});
  auto view = studio.host().run(schedule::GetSeries{.series = made.series.id});
  CHECK(view.skipped.size() == 1);
  studio.desk.clock += std::chrono::days{1};
  studio.host().run(upkeep::Tick{});
  CHECK(studio.of(made.series.id).size() == 16);  // it is not tried again

  schedule::CreateSeries forced = studio.weekly();
  forced.on_clash = schedule::OnClash::schedule;
  CHECK(studio.host().run(forced).sessions.size() > 10);
  Caller trainer = studio.desk.staff("Moderator", studio.centre);
  CHECK_NOTHROW(trainer.run(forced));
}

TEST_CASE("what does not fit together is refused by its own reason", "[S3]") {
  Studio studio;
  CentreId elsewhere = studio.desk.centre("Elsewhere");
  auto reason = [&](const std::function<void(schedule::CreateSeries&)>& change) {
    schedule::CreateSeries request = studio.weekly();
    change(request);
    return refusal([&] { studio.host().run(request); }).reason();
  };
  using Request = schedule::CreateSeries;
  CHECK(reason([](Request& r) { r.centre = CentreId{999}; }) == "centre_not_found");
  CHECK(reason([&](Request& r) { r.centre = elsewhere; }) == "activity_not_found");
  CHECK(reason([](Request& r) { r.activity = ActivityId{999}; }) == "activity_not_found");
  CHECK(reason([](Request& r) { r.room = RoomId{999}; }) == "room_not_found");
  CHECK(reason([](Request& r) { r.capacity = 21; }) == "capacity_over_room");
  CHECK(reason([](Request& r) { r.trainers = {AccountId{999}}; }) == "account_not_found");
  CHECK(reason([&](Request& r) { r.trainers = {studio.olena, studio.olena}; }) == "trainer_twice");
  CHECK(reason([](Request& r) { r.kind = schedule::SessionKind::group; }) == "group_needed");
  CHECK(reason([](Request& r) { r.kind = schedule::SessionKind::client; }) == "client_needed");
  CHECK(reason([&](Request& r) { r.client = studio.client("Maria"); }) == "client_not_for_kind");
  CHECK(reason([](Request& r) { r.group = GroupId{1}; }) == "group_not_for_kind");
  CHECK(reason([](Request& r) { r.price = Money{100, Currency{"EUR"}}; }) == "currency_differs");
  CHECK(reason([](Request& r) { r.price = Money{-1, Currency{"UAH"}}; }) == "price_negative");
  CHECK(reason([](Request& r) { r.minimum = 13; }) == "minimum_over_capacity");
}

TEST_CASE("details of a series reach its sessions to come, but for those changed by hand", "[S6]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  SessionId by_hand = made.sessions[1].id;
  studio.host().run(schedule::UpdateSession{.session = by_hand, .capacity = 5});
  auto series = studio.host().run(
      schedule::UpdateSeries{.series = made.series.id, .version = 1, .capacity = 9});
  CHECK(series.version == 2);
  CHECK(studio.get(made.sessions[0].id).capacity == 9);
  CHECK(studio.get(by_hand).capacity == 5);
  Error error = refusal(
      [&] { studio.host().run(schedule::UpdateSeries{.series = made.series.id, .version = 1}); });
  CHECK(error.reason() == "version_outdated");
}

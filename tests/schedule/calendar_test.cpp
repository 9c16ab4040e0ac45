#include <catch2/catch.hpp>

#include "schedule_support.hpp"

using namespace frontdesk;
using schedule::View;
using testing::at;
using testing::on;
using testing::refusal;
using testing::Studio;

TEST_CASE("day, week, month and any days of the timetable", "[S8]") {
  Studio studio;
  studio.host().run(studio.weekly());
  auto count = [&](View view, Date date) {
    schedule::Calendar request{.view = view, .date = date};
    request.centre = studio.centre;
    return studio.host().run(request).items.size();
  };
  CHECK(count(View::day, on(2026, 3, 4)) == 1);
  CHECK(count(View::day, on(2026, 3, 5)) == 0);
  CHECK(count(View::week, on(2026, 3, 8)) == 2);  // the Sunday of the first week
  CHECK(count(View::month, on(2026, 3, 31)) == 9);
  schedule::Calendar window{.view = View::window, .date = on(2026, 3, 4), .until = on(2026, 3, 10)};
  window.centre = studio.centre;
  auto page = studio.host().run(window);
  REQUIRE(page.items.size() == 2);
  CHECK(page.zone == "Europe/Kyiv");
  CHECK(page.from == Instant{std::chrono::sys_days{on(2026, 3, 3)} + std::chrono::hours{22}});

  SECTION("what it refuses") {
    window.until = on(2026, 3, 4);
    CHECK(refusal([&] { studio.host().run(window); }).reason() == "window_backwards");
    window.until = on(2028, 3, 4);
    CHECK(refusal([&] { studio.host().run(window); }).reason() == "window_too_long");
    window.until.reset();
    CHECK(refusal([&] { studio.host().run(window); }).field() == "until");
    schedule::Calendar nowhere{
        .view = View::day, .date = on(2026, 3, 4), .zone = "Europe/Atlantis"};
    const Error unknown = refusal([&] { studio.host().run(nowhere); });
    CHECK(unknown.reason() == "zone_unknown");
    CHECK(unknown.message() == "There is no time zone “" + *nowhere.zone + "”.");
  }
  SECTION("it tells when there is more") {
    window.limit = 1;
    auto cut = studio.host().run(window);
    CHECK(cut.items.size() == 1);
    CHECK(cut.is_cut);
  }
}

TEST_CASE("an item tells what a calendar shows", "[S8]") {
  Studio studio;
  ClientId maria = studio.client("Maria");
  GroupId group =
      studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = "Dolphins"}).id;
  studio.host().run(schedule::JoinGroup{.group = group, .client = maria});
  schedule::NewSession session = studio.plain(at(2026, 3, 3, 10));
  session.kind = schedule::SessionKind::group;
  session.group = group;
  session.room = studio.hall;
  session.trainers = {studio.olena};
  SessionId id = studio.add(session).id;

  schedule::Calendar request{.view = View::day, .date = on(2026, 3, 3)};
  request.centre = studio.centre;
  request.attendees = true;
  auto page = studio.host().run(request);
  REQUIRE(page.items.size() == 1);
  const schedule::CalendarItem& item = page.items[0];
  CHECK(item.session == id);
  CHECK(item.title == "Pilates");
  CHECK(item.room_name == "Hall");
  CHECK(item.trainers.at(0).account == studio.olena);
  CHECK(item.status == schedule::SessionStatus::scheduled);
  CHECK(item.capacity == 12);
  CHECK(item.taken == 1);
  CHECK(item.free == 11);
  CHECK(item.colour_key == "activity-" + std::to_string(studio.pilates.value));
  REQUIRE(item.attendees);
  CHECK(item.attendees->at(0).client == maria);
  CHECK(item.attendees->at(0).name == "Maria");

  SECTION("who may not see clients is told of none") {
    CHECK(studio.desk.anonymous().run(request).items.empty());  // it is for a group
    Caller other = studio.desk.staff("Salesman", studio.desk.centre("Other"));
    CHECK(other.run(request).items.empty());
  }
  SECTION("filters combine") {
    auto count = [&](auto change) {
      schedule::Calendar filtered = request;
      change(filtered);
      return studio.host().run(filtered).items.size();
    };
    using Request = schedule::Calendar;
    CHECK(count([&](Request& r) { r.trainer = studio.olena; }) == 1);
    CHECK(count([&](Request& r) { r.trainer = studio.marko; }) == 0);
    CHECK(count([&](Request& r) { r.group = group; }) == 1);
    CHECK(count([&](Request& r) { r.client = maria; }) == 1);
    CHECK(count([&](Request& r) { r.client = studio.client("Ivan"); }) == 0);
    CHECK(count([&](Request& r) { r.activity = studio.activity("Yoga"); }) == 0);
    CHECK(count([&](Request& r) {
            r.room = studio.hall;
            r.trainer = studio.olena;
            r.status = schedule::SessionStatus::completed;
          }) == 0);
  }
  SECTION("cancelled ones are shown only when asked for") {
    studio.host().run(schedule::CancelSession{.session = id, .reason = "ill"});
    CHECK(studio.host().run(request).items.empty());
    request.status = schedule::SessionStatus::cancelled;
    CHECK(studio.host().run(request).items.size() == 1);
    request.trainer = studio.olena;
    request.client = maria;
    CHECK(studio.host().run(request).items.size() == 1);
    request.trainer = studio.marko;
    CHECK(studio.host().run(request).items.empty());
    CHECK(studio.host().run(upkeep::Check{}).problems.empty());
  }
}

TEST_CASE("a trainer sees own timetable and who comes", "[S16]") {
  Studio studio;
  Caller trainer = studio.desk.staff("Trainer", studio.centre);
  AccountId own = trainer.run(access::Whoami{}).account->id;
  ClientId maria = studio.client("Maria");
  schedule::NewSession lesson = studio.plain(at(2026, 3, 3, 10));
  lesson.kind = schedule::SessionKind::client;
  lesson.client = maria;
  lesson.trainers = {own};
  studio.add(lesson);
  lesson.start = at(2026, 3, 3, 12);
  lesson.trainers = {studio.olena};
  studio.add(lesson);
  schedule::Calendar request{.view = View::week, .date = on(2026, 3, 3)};
  request.attendees = true;
  auto items = trainer.run(request).items;
  REQUIRE(items.size() == 1);
  CHECK(items[0].attendees->at(0).name == "Maria");
}

TEST_CASE("activities are found by the day and by free places", "[C7]") {
  Studio studio;
  ActivityId yoga = studio.activity("Yoga", 6);
  schedule::NewSession session = studio.plain(at(2026, 3, 4, 10));
  session.activity = yoga;
  studio.add(session);
  studio.add(studio.plain(at(2026, 3, 5, 10)));
  auto found = [&](std::optional<Date> date, std::optional<std::int64_t> free_places) {
    catalog::Activities request;
    request.date = date;
    request.free_places = free_places;
    return studio.host().run(request).items;
  };
  REQUIRE(found(on(2026, 3, 4), {}).size() == 1);
  CHECK(found(on(2026, 3, 4), {})[0].id == yoga);
  CHECK(found(on(2026, 3, 6), {}).empty());
  CHECK(found({}, 7).size() == 1);
  CHECK(found({}, 6).size() == 2);
  CHECK(found(on(2026, 3, 4), 7).empty());
}

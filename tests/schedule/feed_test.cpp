#include <catch2/catch.hpp>

#include "schedule_support.hpp"

#include <frontdesk/schedule_feed.hpp>

using namespace frontdesk;
using testing::at;
using testing::refusal;
using testing::Studio;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const char* const holidays =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    "BEGIN:VEVENT\r\nUID:new-year\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\n"
    "SUMMARY:Новий рік\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:repair\r\nDTSTART;TZID=Europe/Kyiv:20260310T080000\r\n"
    "DURATION:PT4H\r\nSUMMARY:Repair\\, hall\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:wrong\r\nDTSTART:2026-03-10\r\nSUMMARY:Wrong\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

}  // namespace

TEST_CASE("a feed keeps the UID, counts changes and tells what was cancelled", "[S15]") {
  Studio studio;
  auto made = studio.host().run(studio.weekly());
  auto feed = [&] { return studio.host().run(schedule::Feed{.centre = studio.centre}); };
  auto before = feed();
  CHECK(before.events == 17);
  CHECK(has(before.text, "BEGIN:VTIMEZONE\r\nTZID:Europe/Kyiv\r\n"));
  CHECK(has(before.text, "DTSTART;TZID=Europe/Kyiv:20260302T180000\r\n"));
  CHECK(has(before.text, "SEQUENCE:0\r\n"));
  CHECK(has(before.text, "SUMMARY:Pilates\r\n"));
  std::string uid = "UID:session-" + std::to_string(made.sessions[0].id.value) + "@";
  CHECK(has(before.text, uid));

  schedule::MoveSession move{.session = made.sessions[0].id, .start = at(2026, 3, 2, 20)};
  studio.host().run(move);
  studio.host().run(schedule::CancelSession{.session = made.sessions[1].id, .reason = "ill"});
  auto after = feed();
  CHECK(after.events == 17);
  CHECK(has(after.text, uid));
  CHECK(has(after.text, "SEQUENCE:1\r\n"));
  CHECK(has(after.text, "DTSTART;TZID=Europe/Kyiv:20260302T200000\r\n"));
  CHECK(has(after.text, "STATUS:CANCELLED\r\n"));
}

TEST_CASE("feeds of a trainer, a room and a person", "[S15]") {
  Studio studio;
  studio.host().run(studio.weekly());
  auto parent = studio.desk.customer();
  schedule::NewSession lesson = studio.plain(at(2026, 3, 3, 10));
  lesson.kind = schedule::SessionKind::client;
  lesson.client = parent.client;
  studio.add(lesson);
  CHECK(studio.host().run(schedule::Feed{.trainer = studio.olena}).events == 17);
  CHECK(studio.host().run(schedule::Feed{.trainer = studio.marko}).events == 0);
  CHECK(studio.host().run(schedule::Feed{.room = studio.hall}).events == 17);
  CHECK(parent.caller.run(schedule::Feed{.client = parent.client}).events == 1);
  CHECK(studio.desk.anonymous().run(schedule::Feed{.client = parent.client}).events == 0);
}

TEST_CASE("closures come from another calendar, once", "[S15][S12]") {
  Studio studio;
  schedule::ImportCalendar request{.centre = studio.centre, .text = holidays};
  auto preview = studio.host().preview(request);
  CHECK(studio.host().run(schedule::Closures{}).items.empty());
  auto imported = studio.host().run(request);
  CHECK(imported.added == preview.added);
  CHECK(imported.added == 4);  // three New Years up to two years ahead, one repair
  REQUIRE(imported.left_out.size() == 1);
  CHECK(imported.left_out[0].event == 3);
  CHECK(imported.left_out[0].reason == "calendar_time_malformed");
  CHECK(studio.host().run(request).added == 0);
  CHECK(refusal([&] { studio.add(studio.plain(at(2026, 3, 10, 9))); }).reason() == "centre_closed");
  bool is_named = false;
  for (const auto& closure : studio.host().run(schedule::Closures{}).items) {
    is_named = is_named || closure.name == "Repair, hall";
  }
  CHECK(is_named);
}

TEST_CASE("sessions come from another calendar by the name of their activity", "[S15]") {
  Studio studio;
  schedule::ImportCalendar request{.centre = studio.centre, .as = schedule::ImportAs::sessions};
  request.text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260304T100000Z\nDTEND:20260304T110000Z\n"
      "SUMMARY:PILATES\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20260304T100000Z\n"
      "DTEND:20260304T110000Z\nSUMMARY:Sailing\nEND:VEVENT\nEND:VCALENDAR\n";
  auto imported = studio.host().run(request);
  CHECK(imported.added == 1);
  REQUIRE(imported.left_out.size() == 1);
  CHECK(imported.left_out[0].reason == "activity_not_found");
  auto sessions = studio.host().run(schedule::Sessions{}).items;
  REQUIRE(sessions.size() == 1);
  CHECK(sessions[0].local_start == at(2026, 3, 4, 12));
  CHECK(studio.host().run(request).already_present == 1);
}

TEST_CASE("what was written is read again", "[S15]") {
  Studio studio;
  studio.host().run(studio.weekly());
  auto feed = studio.host().run(schedule::Feed{.centre = studio.centre});
  CentreId other = studio.desk.centre("Other");
  schedule::ImportCalendar request{.centre = other, .text = feed.text};
  auto imported = studio.host().run(request);
  CHECK(imported.added == 17);
  CHECK(imported.left_out.empty());
  request.text = "nothing";
  Error error = refusal([&] { studio.host().run(request); });
  CHECK(error.reason() == "calendar_malformed");
  CHECK(error.message().find("line 1") != std::string::npos);
}

TEST_CASE("repeated events lose what EXDATE, RECURRENCE-ID and CANCELLED take away", "[S15]") {
  Studio studio;
  schedule::ImportCalendar request{.centre = studio.centre, .as = schedule::ImportAs::sessions};
  request.text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Kyiv:20260304T100000\n"
      "DTEND;TZID=Europe/Kyiv:20260304T110000\nRRULE:FREQ=DAILY;COUNT=6\nSUMMARY:Pilates\n"
      "EXDATE;TZID=Europe/Kyiv:20260305T100000,20260306T100000\nEXDATE;VALUE=DATE:20260307\n"
      "RDATE;VALUE=PERIOD:20260312T080000Z/PT1H\nEND:VEVENT\n"
      "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;TZID=Europe/Kyiv:20260308T100000\n"
      "DTSTART;TZID=Europe/Kyiv:20260308T150000\nDURATION:PT1H\nSUMMARY:Pilates\nEND:VEVENT\n"
      "BEGIN:VEVENT\nUID:b\nDTSTART:20260320T080000Z\nDURATION:PT1H\nSUMMARY:Pilates\n"
      "STATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n";
  auto imported = studio.host().run(request);
  std::vector<LocalTime> starts;
  for (const auto& session : studio.host().run(schedule::Sessions{}).items) {
    starts.push_back(session.local_start);
  }
  CHECK(starts == std::vector<LocalTime>{at(2026, 3, 4, 10), at(2026, 3, 8, 15), at(2026, 3, 9, 10),
                                         at(2026, 3, 12, 10)});
  REQUIRE(imported.left_out.size() == 1);
  CHECK(imported.left_out[0].reason == "calendar_event_cancelled");
  CHECK(studio.host().run(request).added == 0);
}

TEST_CASE("a hostile calendar is refused as a whole, and soon", "[S15][E16]") {
  Studio studio;
  schedule::ImportCalendar request{.centre = studio.centre};
  const auto reason = [&] { return refusal([&] { studio.host().run(request); }).reason(); };
  request.text = std::string(50'000'000, 'x');
  CHECK(reason() == "length_out_of_range");
  request.text = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 3'000; ++i) {
    request.text +=
        "BEGIN:VEVENT\nDTSTART:20260304T100000Z\nDURATION:PT1S\n"
        "RRULE:FREQ=SECONDLY;INTERVAL=" +
        std::to_string(7 + i) + "\nEND:VEVENT\n";
  }
  CHECK(reason() == "calendar_cut_off");
  request.text += "END:VCALENDAR\n";
  CHECK(reason() == "calendar_too_many_times");
  CHECK(studio.host().run(schedule::Closures{}).items.empty());
}

TEST_CASE("a calendar of Outlook names its zones as Windows does", "[S15]") {
  Studio studio;
  schedule::ImportCalendar request{.centre = studio.centre, .as = schedule::ImportAs::sessions};
  request.text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=FLE Standard Time:20260304T100000\n"
      "DTEND;TZID=FLE Standard Time:20260304T110000\nRRULE:FREQ=WEEKLY;COUNT=5\n"
      "SUMMARY:Pilates\nEND:VEVENT\nEND:VCALENDAR\n";
  CHECK(studio.host().run(request).added == 5);
  for (const schedule::Session& session : studio.host().run(schedule::Sessions{}).items) {
    // On both sides of 29 March, when daylight saving begins.
    const auto day = std::chrono::floor<std::chrono::days>(session.local_start);
    CHECK(session.local_start - day == std::chrono::hours{10});
  }
}

TEST_CASE("an event that cannot be is left out by its own reason", "[S15][E16]") {
  Studio studio;
  schedule::ImportCalendar request{.centre = studio.centre, .as = schedule::ImportAs::sessions};
  const auto reason_of = [&](const std::string& lines) {
    request.text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Pilates\n" + lines +
                   "\nEND:VEVENT\nEND:VCALENDAR\n";
    auto imported = studio.host().run(request);
    CHECK(imported.added == 0);
    return imported.left_out.empty() ? std::string("none") : imported.left_out[0].reason;
  };
  CHECK(reason_of("DTSTART:20260304T100000Z\nDTEND:20270304T100000Z") == "window_too_long");
  CHECK(reason_of("DTSTART:20260304T100000Z\nDTEND:20260304T090000Z") == "window_backwards");
  CHECK(reason_of("DTSTART;TZID=Mars/Olympus:20260304T100000\nDURATION:PT1H") == "zone_unknown");
  CHECK(reason_of("DTSTART:20260304T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=0") ==
        "rule_number_out_of_range");
  CHECK(reason_of("DTSTART:20260304T100000Z\nDURATION:PT1H\n"
                  "RRULE:FREQ=DAILY;INTERVAL=1000000000000") == "rule_number_out_of_range");
  CHECK(reason_of("DTSTART:20250304T100000Z\nDURATION:PT1H") == "session_past");
  CHECK(reason_of("DURATION:PT1H") == "calendar_time_malformed");
  CHECK(reason_of("DTSTART:20260304T100000Z\nDURATION:PT1H\nEXDATE:soon\nRRULE:FREQ=DAILY") ==
        "calendar_time_malformed");
}

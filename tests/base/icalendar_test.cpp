#include "base/icalendar.hpp"

#include <catch2/catch.hpp>

#include <frontdesk/error.hpp>

#include <chrono>

using namespace frontdesk;

TEST_CASE("content lines are folded after 75 octets, never inside of a character", "[S15]") {
  icalendar::Writer writer;
  std::string text;
  for (int i = 0; i < 60; ++i) text += "ї";
  writer.text("SUMMARY", text);
  std::string unfolded;
  std::string_view rest = writer.content();
  while (!rest.empty()) {
    const std::size_t end = rest.find("\r\n");
    REQUIRE(end != std::string_view::npos);
    CHECK(end <= 75);
    std::string_view line = rest.substr(0, end);
    if (!unfolded.empty()) {
      CHECK(line.front() == ' ');
      line.remove_prefix(1);
    }
    CHECK((static_cast<unsigned char>(line.front()) & 0xC0) != 0x80);
    unfolded += line;
    rest.remove_prefix(end + 2);
  }
  CHECK(unfolded == "SUMMARY:" + text);
}

TEST_CASE("texts are escaped and come back", "[S15]") {
  const std::string text = "a, b; c\\d\ne";
  CHECK(icalendar::escape(text) == "a\\, b\\; c\\\\d\\ne");
  CHECK(icalendar::unescape(icalendar::escape(text)) == text);
}

TEST_CASE("components are read with folds, parameters and quotes", "[S15]") {
  auto components = icalendar::parse(
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=\"Europe/Kyiv\";X-A=\"b:c;d\":2026"
      "0907T180\r\n 000\r\nsummary:A\\, b\r\nEND:VEVENT\nEND:VCALENDAR\n");
  REQUIRE(components.size() == 2);
  CHECK(components[0].name == "VEVENT");
  const icalendar::Line* start = components[0].find("DTSTART");
  REQUIRE(start != nullptr);
  CHECK(start->parameters.at("TZID") == "Europe/Kyiv");
  CHECK(start->parameters.at("X-A") == "b:c;d");
  icalendar::Time time = icalendar::time_of(*start);
  CHECK_FALSE(time.is_date);
  CHECK(icalendar::print(time.local) == "20260907T180000");
  CHECK(icalendar::unescape(components[0].find("SUMMARY")->value) == "A, b");
}

TEST_CASE("what is no calendar is refused with its line", "[S15]") {
  auto line_of = [](std::string_view text) -> std::int64_t {
    try {
      icalendar::parse(text);
    } catch (const Error& error) {
      return std::get<std::int64_t>(error.details().at("line"));
    }
    return 0;
  };
  CHECK(line_of("") == 1);
  CHECK(line_of("hello") == 1);
  CHECK(line_of(" folded") == 1);
  CHECK(line_of("BEGIN:VCALENDAR\nEND:VEVENT\n") == 2);
  CHECK(line_of("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n") == 1);
  CHECK(line_of("BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR") == 2);
}

TEST_CASE("what is too much for a reader is refused by its own reason", "[S15][E16]") {
  const auto reason_of = [](const std::string& text) -> std::string {
    try {
      icalendar::parse(text);
    } catch (const Error& error) {
      CHECK_FALSE(error.in_language("uk").message().empty());
      return error.reason();
    }
    return "none";
  };
  const std::string begin = "BEGIN:VCALENDAR\r\n";
  const std::string end = "END:VCALENDAR\r\n";
  CHECK(reason_of(begin + end) == "none");
  CHECK(reason_of(begin + "BEGIN:VEVENT\r\nSUMMARY:Half") == "calendar_cut_off");
  CHECK(reason_of(begin + "BEGIN:VEV") == "calendar_cut_off");

  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "BEGIN:A\n";
  CHECK(reason_of(deep) == "calendar_too_deep");

  std::string folded = begin + "SUMMARY:";
  while (folded.size() < 2'000'000) folded += std::string(70, 'x') + "\r\n ";
  CHECK(reason_of(folded + "\r\n" + end) == "calendar_line_too_long");
  CHECK(reason_of(begin + "SUMMARY:" + std::string(2'000'000, 'x') + "\n" + end) ==
        "calendar_line_too_long");

  std::string many = begin;
  for (int i = 0; i < 20'001; ++i) many += "BEGIN:A\nEND:A\n";
  CHECK(reason_of(many + end) == "calendar_too_many_parts");

  std::string parameters = begin + "A";
  for (int i = 0; i < 200; ++i) parameters += ";P" + std::to_string(i) + "=1";
  CHECK(reason_of(parameters + ":x\n" + end) == "calendar_malformed");
}

TEST_CASE("50 MB of calendar are refused before they are read", "[S15][E16]") {
  std::string large = "BEGIN:VCALENDAR\r\n";
  while (large.size() < 50'000'000) large += "BEGIN:VEVENT\r\nEND:VEVENT\r\n";
  const auto begun = std::chrono::steady_clock::now();
  try {
    icalendar::parse(large);
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.reason() == "calendar_too_large");
    CHECK(error.message().find("8000000") != std::string::npos);
  }
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::milliseconds{100});
}

TEST_CASE("bytes that are no text are written in lines all the same", "[S15]") {
  icalendar::Writer writer;
  writer.line("X", std::string(500, '\x80'));
  CHECK(icalendar::parse("BEGIN:VCALENDAR\r\n" + writer.content() + "END:VCALENDAR\r\n")[0]
            .lines.at(0)
            .value == std::string(500, '\x80'));
}

TEST_CASE("a list is split into its values", "[S15]") {
  const auto values = icalendar::split({"EXDATE", {{"TZID", "Europe/Kyiv"}}, "20260101,20260102"});
  REQUIRE(values.size() == 2);
  CHECK(values[1].value == "20260102");
  CHECK(values[1].parameters.at("TZID") == "Europe/Kyiv");
  CHECK(icalendar::split({"EXDATE", {}, ""}).size() == 1);
}

TEST_CASE("durations and times", "[S15]") {
  using namespace std::chrono;
  CHECK(icalendar::duration_of("PT1H30M") == minutes{90});
  CHECK(icalendar::duration_of("P1DT12H") == hours{36});
  CHECK(icalendar::duration_of("P2W") == days{14});
  for (const char* bad : {"", "P", "1H", "PT", "PT1", "P1H", "PT-1H", "PT99999999999H"}) {
    auto length = icalendar::duration_of(bad);
    CHECK((!length || *length == Duration{0}));
  }
  auto refused = [](const char* value) {
    try {
      icalendar::time_of({"DTSTART", {}, value});
    } catch (const Error& error) {
      return error.reason() == "calendar_time_malformed";
    }
    return false;
  };
  for (const char* bad : {"", "2026", "20260230", "20260101T", "20260101T250000", "20260101T1000",
                          "20260101T100000X", "x0260101"}) {
    CHECK(refused(bad));
  }
  CHECK(icalendar::time_of({"DTSTART", {}, "20260101"}).is_date);
  CHECK(icalendar::time_of({"DTSTART", {}, "20260101T100000Z"}).zone == "UTC");
}

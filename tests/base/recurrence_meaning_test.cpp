// What rules mean where the RFC leaves doubt or others go wrong.
#include "base/zones.hpp"

#include <frontdesk/error.hpp>
#include <frontdesk/recurrence.hpp>

#include <catch2/catch.hpp>

#include <sstream>

using namespace frontdesk;
using namespace frontdesk::recurrence;

namespace {

const std::string kyiv = "Europe/Kyiv";

LocalTime local(const std::string& text) { return zones::parse_local(text).value(); }
Instant at(const std::string& text) { return zones::parse_instant(text).value(); }

Pattern pattern_of(const std::string& start, const std::string& rule, std::string zone = {}) {
  return {.start = local(start), .zone = std::move(zone), .rule = parse(rule)};
}

/// The first occurrences: wall-clock times, or moments in a zone.
std::string first(const Pattern& pattern, std::size_t limit) {
  std::string text;
  for (const Occurrence& occurrence : Recurrence(pattern).all()) {
    if (limit-- == 0) break;
    if (!text.empty()) text += ' ';
    text +=
        pattern.zone.empty() ? zones::print(occurrence.local) : zones::print(occurrence.instant);
  }
  return text;
}

/// Only the days of them.
std::string days(const std::string& start, const std::string& rule, std::size_t limit) {
  std::istringstream words(first(pattern_of(start, rule), limit));
  std::string text;
  for (std::string word; words >> word;) text += (text.empty() ? "" : " ") + word.substr(0, 10);
  return text;
}

}  // namespace

TEST_CASE("the start occurs only if the rule says so", "[base][recurrence][S1]") {
  CHECK(days("2024-01-05T18:00:00", "FREQ=WEEKLY;BYDAY=MO,WE", 3) ==
        "2024-01-08 2024-01-10 2024-01-15");
  // And does not use up COUNT.
  CHECK(days("2024-01-05T18:00:00", "FREQ=WEEKLY;BYDAY=MO;COUNT=2", 9) == "2024-01-08 2024-01-15");
  // Without a rule it does occur.
  CHECK(first({.start = local("2024-01-05T18:00:00")}, 5) == "2024-01-05T18:00:00");
}

TEST_CASE("days that a month lacks are skipped and not counted", "[base][recurrence][S1]") {
  CHECK(days("2024-01-31T10:00:00", "FREQ=MONTHLY;COUNT=4", 9) ==
        "2024-01-31 2024-03-31 2024-05-31 2024-07-31");
  CHECK(days("2024-02-29T10:00:00", "FREQ=YEARLY;COUNT=3", 9) ==
        "2024-02-29 2028-02-29 2032-02-29");
  CHECK(days("2096-02-29T10:00:00", "FREQ=YEARLY", 2) == "2096-02-29 2104-02-29");
  CHECK(days("2024-01-30T10:00:00", "FREQ=MONTHLY;INTERVAL=2", 3) ==
        "2024-01-30 2024-03-30 2024-05-30");
}

TEST_CASE("weeks belong to their own year", "[base][recurrence][S1]") {
  // Week 1 of 2025 begins on 30 December 2024; it has the weekday of the start.
  CHECK(days("2024-01-01T10:00:00", "FREQ=YEARLY;BYWEEKNO=1", 3) ==
        "2024-01-01 2024-12-30 2025-12-29");
  CHECK(days("2024-06-05T10:00:00", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU", 4) ==
        "2024-12-30 2025-01-05 2025-12-29 2026-01-04");
  // Every other week-year, and week 53 only where there is one.
  CHECK(days("2024-12-30T10:00:00", "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1", 3) ==
        "2024-12-30 2027-01-04 2029-01-01");
  CHECK(days("2020-01-01T10:00:00", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SA", 3) ==
        "2021-01-02 2027-01-02 2033-01-01");
  CHECK(days("2024-01-01T10:00:00", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR", 3) ==
        "2024-12-27 2025-12-26 2027-01-01");
  CHECK(days("2024-01-01T10:00:00", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU", 3) ==
        "2024-12-29 2026-01-04 2027-01-03");
  // Months are those of the days themselves.
  CHECK(days("2024-01-01T10:00:00", "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=12;BYDAY=MO,TU,FR", 3) ==
        "2024-12-30 2024-12-31 2025-12-29");
}

TEST_CASE("set positions count in the whole period", "[base][recurrence][S1]") {
  // The start is a Wednesday: the first of its week's days has passed.
  CHECK(days("2024-01-03T10:00:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", 2) ==
        "2024-01-08 2024-01-15");
  CHECK(days("2024-01-03T10:00:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2", 2) ==
        "2024-01-03 2024-01-10");
  CHECK(days("2024-01-15T10:00:00", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2,-1", 4) ==
        "2024-01-29 2024-02-12 2024-02-26 2024-03-11");
  // Over days and times together.
  CHECK(first(pattern_of("2024-01-01T00:00:00",
                         "FREQ=MONTHLY;BYDAY=MO;BYHOUR=9,18;BYMINUTE=0;"
                         "BYSECOND=0;BYSETPOS=3,-1"),
              3) == "2024-01-08T09:00:00 2024-01-29T18:00:00 2024-02-12T09:00:00");
  CHECK(first(pattern_of("2024-01-01T00:00:00", "FREQ=HOURLY;BYMINUTE=10,20,30;BYSETPOS=-1"), 2) ==
        "2024-01-01T00:30:00 2024-01-01T01:30:00");
  // Positions that no period has.
  CHECK(days("2024-01-01T10:00:00", "FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=3", 1).empty());
}

TEST_CASE("numbers from the end", "[base][recurrence][S1]") {
  CHECK(days("2024-01-01T10:00:00", "FREQ=YEARLY;BYYEARDAY=-1,-366", 4) ==
        "2024-01-01 2024-12-31 2025-12-31 2026-12-31");
  CHECK(days("2024-01-01T10:00:00", "FREQ=DAILY;BYMONTHDAY=-1", 3) ==
        "2024-01-31 2024-02-29 2024-03-31");
  CHECK(days("2024-01-01T10:00:00", "FREQ=HOURLY;INTERVAL=24;BYYEARDAY=-1", 2) ==
        "2024-12-31 2025-12-31");
  CHECK(days("2024-01-01T10:00:00", "FREQ=YEARLY;BYDAY=-1SU,53MO", 4) ==
        "2024-12-29 2024-12-30 2025-12-28 2026-12-27");
  CHECK(days("2024-01-01T10:00:00", "FREQ=MONTHLY;BYMONTHDAY=-31", 3) ==
        "2024-01-01 2024-03-01 2024-05-01");
}

TEST_CASE("nothing happens twice", "[base][recurrence][S1]") {
  CHECK(days("2024-03-01T10:00:00", "FREQ=MONTHLY;BYDAY=1FR,FR", 6) ==
        "2024-03-01 2024-03-08 2024-03-15 2024-03-22 2024-03-29 2024-04-05");
  CHECK(days("2024-02-01T10:00:00", "FREQ=MONTHLY;BYMONTHDAY=29,-1", 3) ==
        "2024-02-29 2024-03-29 2024-03-31");
  CHECK(days("2024-02-01T10:00:00", "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=5,-1", 2) ==
        "2024-02-29 2024-03-28");
  // Times have no leap seconds: the sixtieth is the last.
  CHECK(first(pattern_of("2024-01-01T00:00:00", "FREQ=MINUTELY;BYSECOND=59,60"), 2) ==
        "2024-01-01T00:00:59 2024-01-01T00:01:59");
}

TEST_CASE("UNTIL takes its last moment in", "[base][recurrence][S1][S2]") {
  const std::string start = "2024-01-01T18:00:00";
  CHECK(days(start, "FREQ=DAILY;UNTIL=20240103", 9) == "2024-01-01 2024-01-02 2024-01-03");
  CHECK(days(start, "FREQ=DAILY;UNTIL=20240103T180000", 9) == "2024-01-01 2024-01-02 2024-01-03");
  CHECK(days(start, "FREQ=DAILY;UNTIL=20240103T175959", 9) == "2024-01-01 2024-01-02");
  CHECK(days(start, "FREQ=DAILY;UNTIL=20231231", 9).empty());
  // 18:00 in Kyiv is 16:00 in UTC. A date runs to the end of the local day.
  const auto count = [&start](const std::string& until) {
    const Pattern pattern = pattern_of(start, "FREQ=DAILY;UNTIL=" + until, kyiv);
    return Recurrence(pattern)
        .between(at("2000-01-01T00:00:00Z"), at("2100-01-01T00:00:00Z"))
        .size();
  };
  CHECK(count("20240103T160000Z") == 3);
  CHECK(count("20240103T155959Z") == 2);
  CHECK(count("20240103T180000") == 3);
  CHECK(count("20240103") == 3);
  const Pattern late = pattern_of("2024-07-01T23:30:00", "FREQ=DAILY;UNTIL=20240702", "Asia/Tokyo");
  CHECK(first(late, 9) == "2024-07-01T14:30:00Z 2024-07-02T14:30:00Z");
}

TEST_CASE("the wall clock stays as daylight saving comes and goes", "[base][recurrence][S2]") {
  CHECK(first(pattern_of("2024-03-30T18:00:00", "FREQ=DAILY", kyiv), 3) ==
        "2024-03-30T16:00:00Z 2024-03-31T15:00:00Z 2024-04-01T15:00:00Z");
  // A gap from 3:00 to 4:00: what falls in it comes an hour later, once.
  CHECK(first(pattern_of("2024-03-30T03:30:00", "FREQ=DAILY", kyiv), 3) ==
        "2024-03-30T01:30:00Z 2024-03-31T01:30:00Z 2024-04-01T00:30:00Z");
  // A start in a gap does not shift what follows.
  const Pattern in_gap = pattern_of("2024-03-31T03:30:00", "FREQ=WEEKLY", kyiv);
  CHECK(first(in_gap, 3) == "2024-03-31T01:30:00Z 2024-04-07T00:30:00Z 2024-04-14T00:30:00Z");
  const Occurrence moved = *Recurrence(in_gap).all().begin();
  CHECK(moved.local == local("2024-03-31T03:30:00"));
  CHECK(zones::to_local(moved.instant, kyiv) == local("2024-03-31T04:30:00"));
  // An hour that comes twice is taken the first time.
  CHECK(first(pattern_of("2024-10-26T03:30:00", "FREQ=DAILY", kyiv), 3) ==
        "2024-10-26T00:30:00Z 2024-10-27T00:30:00Z 2024-10-28T01:30:00Z");
  // Moments stay in order, and each comes once, even where a gap mixes them.
  CHECK(first(pattern_of("2024-03-31T02:30:00", "FREQ=MINUTELY;INTERVAL=30", kyiv), 6) ==
        "2024-03-31T00:30:00Z 2024-03-31T01:00:00Z 2024-03-31T01:30:00Z "
        "2024-03-31T02:00:00Z 2024-03-31T02:30:00Z 2024-03-31T03:00:00Z");
  CHECK(first(pattern_of("2024-03-31T02:15:00", "FREQ=MINUTELY;INTERVAL=50", kyiv), 5) ==
        "2024-03-31T00:15:00Z 2024-03-31T01:05:00Z 2024-03-31T01:45:00Z "
        "2024-03-31T01:55:00Z 2024-03-31T02:35:00Z");
}

TEST_CASE("recurrence keeps daylight saving after 2037", "[base][recurrence][S2]") {
  const Recurrence recurrence(pattern_of("2030-01-07T18:00:00", "FREQ=WEEKLY", kyiv));
  const auto hour_of = [&](const std::string& from) {
    const std::vector<Occurrence> found =
        recurrence.between(at(from), at(from) + std::chrono::days(7));
    REQUIRE(found.size() == 1);
    return zones::print(found.front().instant).substr(11, 2);
  };
  CHECK(hour_of("2037-07-01T00:00:00Z") == "15");
  CHECK(hour_of("2038-07-01T00:00:00Z") == "15");
  CHECK(hour_of("2099-01-10T00:00:00Z") == "16");
  CHECK(hour_of("2099-07-01T00:00:00Z") == "15");
  CHECK(hour_of("4024-07-01T00:00:00Z") == "15");
}

TEST_CASE("RDATE adds and EXDATE takes away", "[base][recurrence][S1][S2]") {
  Pattern pattern = pattern_of("2024-01-01T18:00:00", "FREQ=DAILY;COUNT=4", kyiv);
  pattern.removed = {local("2024-01-02T18:00:00")};
  CHECK(first(pattern, 9) == "2024-01-01T16:00:00Z 2024-01-03T16:00:00Z 2024-01-04T16:00:00Z");
  // A moment and a whole day, too; a time that does not occur changes nothing.
  pattern.removed = {at("2024-01-01T16:00:00Z"), Date(std::chrono::year(2024) / 1 / 3),
                     local("2024-01-04T17:00:00")};
  CHECK(first(pattern, 9) == "2024-01-02T16:00:00Z 2024-01-04T16:00:00Z");
  // What is added stands in order, once, and can be before the start; dates take its time of day.
  pattern.added = {local("2024-01-04T18:00:00"), local("2024-01-02T10:00:00"),
                   at("2023-12-31T10:00:00Z"), Date(std::chrono::year(2024) / 2 / 1)};
  CHECK(first(pattern, 9) ==
        "2023-12-31T10:00:00Z 2024-01-02T08:00:00Z 2024-01-02T16:00:00Z 2024-01-04T16:00:00Z "
        "2024-02-01T16:00:00Z");
  // EXDATE wins over RDATE, and a start without a rule can be taken away.
  const Date day = std::chrono::year(2024) / 1 / 1;
  CHECK(first({.start = local("2024-01-01T18:00:00"),
               .added = {local("2024-01-01T20:00:00"), local("2024-01-02T20:00:00")},
               .removed = {day}},
              9) == "2024-01-02T20:00:00");
}

TEST_CASE("windows are half-open", "[base][recurrence][S1]") {
  const Recurrence recurrence(pattern_of("2024-01-01T18:00:00", "FREQ=DAILY"));
  const Instant from = at("2024-02-01T18:00:00Z");
  const Instant to = at("2024-02-03T18:00:00Z");
  CHECK(recurrence.between(from, to).size() == 2);
  CHECK(recurrence.between(from, to).front().instant == from);
  CHECK(recurrence.between(from, to, 1).size() == 1);
  CHECK(recurrence.between(to, from).empty());
  CHECK(recurrence.between(from, from).empty());
  CHECK(recurrence.between(Instant::min(), Instant::max(), 7).size() == 7);
  CHECK(recurrence.contains(from));
  CHECK_FALSE(recurrence.contains(from + std::chrono::seconds(1)));
  CHECK_FALSE(recurrence.contains(Instant::max()));
  CHECK_FALSE(recurrence.contains(Instant::min()));
}

TEST_CASE("time ends with the year 9999", "[base][recurrence][S1][S2]") {
  for (const std::string zone : {"", "America/New_York", "Asia/Tokyo"}) {
    const Recurrence recurrence(pattern_of("9999-12-29T22:00:00", "FREQ=DAILY", zone));
    std::size_t total = 0;
    for (const Occurrence& occurrence : recurrence.all()) {
      CHECK_NOTHROW(zones::print(occurrence.instant));
      ++total;
    }
    CHECK(total == (zone == "America/New_York" ? 2 : 3));
    const Recurrence early(pattern_of("0000-01-01T00:00:00", "FREQ=DAILY", zone));
    CHECK_NOTHROW(zones::print(early.all().begin()->instant));
  }
  CHECK(days("9990-06-01T10:00:00", "FREQ=YEARLY;INTERVAL=1000000000", 9) == "9990-06-01");
  CHECK(days("2024-06-01T10:00:00", "FREQ=MONTHLY;INTERVAL=1000000000", 9) == "2024-06-01");
  CHECK(days("2024-06-01T10:00:00", "FREQ=DAILY;INTERVAL=1000000000", 9) == "2024-06-01");
  CHECK(days("2024-06-01T10:00:00", "FREQ=SECONDLY;INTERVAL=1000000000", 3) ==
        "2024-06-01 2056-02-08 2087-10-17");
}

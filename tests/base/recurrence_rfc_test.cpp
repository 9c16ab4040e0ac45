// The examples of RFC 5545 §3.8.5.3, in its order and with its words as their names.
#include "base/zones.hpp"

#include <frontdesk/recurrence.hpp>

#include <catch2/catch.hpp>

#include <sstream>

using namespace frontdesk;
using namespace frontdesk::recurrence;

namespace {

const std::string new_york = "America/New_York";

/// `1997-09-02T09:00`, wall-clock, as the RFC tells them.
std::string text_of(const Occurrence& occurrence) {
  return zones::print(occurrence.local).substr(0, 16);
}

/// The first occurrences, as many as `expected` has words; where `is_whole`, there are no more.
void check(const Pattern& pattern, const std::string& expected, bool is_whole) {
  std::istringstream words(expected);
  std::vector<std::string> wanted{std::istream_iterator<std::string>(words), {}};
  std::vector<std::string> given;
  const std::size_t limit = wanted.size() + (is_whole ? 1 : 0);
  for (const Occurrence& occurrence : Recurrence(pattern).all()) {
    given.push_back(text_of(occurrence));
    CHECK(zones::to_instant(occurrence.local, new_york) == occurrence.instant);
    if (given.size() == limit) break;
  }
  CHECK(given == wanted);
}

Pattern pattern_of(const std::string& start, const std::string& rule) {
  return {.start = zones::parse_local(start + ":00").value(),
          .zone = new_york,
          .rule = parse("RRULE:" + rule)};
}

/// Begins on 2 September 1997 at 9:00, as most examples do.
void whole(const std::string& rule, const std::string& expected) {
  INFO(rule);
  check(pattern_of("1997-09-02T09:00", rule), expected, true);
}
void endless(const std::string& rule, const std::string& expected) {
  INFO(rule);
  check(pattern_of("1997-09-02T09:00", rule), expected, false);
}
void endless_from(const std::string& start, const std::string& rule, const std::string& expected) {
  INFO(rule);
  check(pattern_of(start, rule), expected, false);
}
void whole_from(const std::string& start, const std::string& rule, const std::string& expected) {
  INFO(rule);
  check(pattern_of(start, rule), expected, true);
}

/// `1997-09-02T09:00` for each day of `days`, such as `1997-09-02 03 04 1997-10-01`.
std::string at(const std::string& time, const std::string& days) {
  std::istringstream words(days);
  std::string month;
  std::string text;
  for (std::string word; words >> word;) {
    if (word.size() > 2) month = word.substr(0, 8);
    text += month + word.substr(word.size() - 2) + 'T' + time + ' ';
  }
  return text;
}
std::string at_nine(const std::string& days) { return at("09:00", days); }

std::size_t count(const std::string& start, const std::string& rule) {
  std::size_t total = 0;
  Occurrences occurrences = Recurrence(pattern_of(start, rule)).all();
  for (auto each = occurrences.begin(); each != occurrences.end(); ++each) ++total;
  return total;
}

}  // namespace

TEST_CASE("RFC 5545: daily", "[base][recurrence][S1][S2]") {
  whole("FREQ=DAILY;COUNT=10", at_nine("1997-09-02 03 04 05 06 07 08 09 10 11"));
  // Until December 24, 1997: September 2 to December 23, across the end of daylight saving.
  const std::string until = "FREQ=DAILY;UNTIL=19971224T000000Z";
  endless(until, at_nine("1997-09-02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20"));
  CHECK(count("1997-09-02T09:00", until) == 113);
  endless("FREQ=DAILY;INTERVAL=2", at_nine("1997-09-02 04 06 08 10 12 14 16 18 20 22 24"));
  whole("FREQ=DAILY;INTERVAL=10;COUNT=5", at_nine("1997-09-02 12 22 1997-10-02 12"));
  // Every day in January, for 3 years.
  const std::string by_year =
      "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA";
  const std::string by_day = "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1";
  for (const std::string& rule : {by_year, by_day}) {
    endless_from("1998-01-01T09:00", rule, at_nine("1998-01-01 02 03 04 05 06 07 08 09 10 11 12"));
    CHECK(count("1998-01-01T09:00", rule) == 93);
    const Recurrence recurrence(pattern_of("1998-01-01T09:00", rule));
    CHECK(recurrence.contains(zones::parse_instant("2000-01-31T14:00:00Z").value()));
    CHECK_FALSE(recurrence.contains(zones::parse_instant("1998-02-01T14:00:00Z").value()));
  }
}

TEST_CASE("RFC 5545: weekly", "[base][recurrence][S1][S2]") {
  whole("FREQ=WEEKLY;COUNT=10", at_nine("1997-09-02 09 16 23 30 1997-10-07 14 21 28 1997-11-04"));
  whole("FREQ=WEEKLY;UNTIL=19971224T000000Z",
        at_nine("1997-09-02 09 16 23 30 1997-10-07 14 21 28 1997-11-04 11 18 25 "
                "1997-12-02 09 16 23"));
  endless("FREQ=WEEKLY;INTERVAL=2;WKST=SU",
          at_nine("1997-09-02 16 30 1997-10-14 28 1997-11-11 25 1997-12-09 23 "
                  "1998-01-06 20 1998-02-03 17"));
  const std::string five_weeks = at_nine("1997-09-02 04 09 11 16 18 23 25 30 1997-10-02");
  whole("FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", five_weeks);
  whole("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", five_weeks);
  whole_from("1997-09-01T09:00",
             "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
             at_nine("1997-09-01 03 05 15 17 19 29 1997-10-01 03 13 15 17 27 29 31 "
                     "1997-11-10 12 14 24 26 28 1997-12-08 10 12 22"));
  whole("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        at_nine("1997-09-02 04 16 18 30 1997-10-02 14 16"));
}

TEST_CASE("RFC 5545: monthly by weekday", "[base][recurrence][S1][S2]") {
  whole_from("1997-09-05T09:00", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
             at_nine("1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 "
                     "1998-03-06 1998-04-03 1998-05-01 1998-06-05"));
  whole_from("1997-09-05T09:00", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
             at_nine("1997-09-05 1997-10-03 1997-11-07 1997-12-05"));
  whole_from("1997-09-07T09:00", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
             at_nine("1997-09-07 28 1997-11-02 30 1998-01-04 25 1998-03-01 29 1998-05-03 31"));
  whole_from("1997-09-22T09:00", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
             at_nine("1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16"));
}

TEST_CASE("RFC 5545: monthly by day", "[base][recurrence][S1][S2]") {
  endless_from("1997-09-28T09:00", "FREQ=MONTHLY;BYMONTHDAY=-3",
               at_nine("1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26"));
  whole("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        at_nine("1997-09-02 15 1997-10-02 15 1997-11-02 15 1997-12-02 15 1998-01-02 15"));
  whole_from("1997-09-30T09:00", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
             at_nine("1997-09-30 1997-10-01 31 1997-11-01 30 1997-12-01 31 1998-01-01 31 "
                     "1998-02-01"));
  whole_from("1997-09-10T09:00", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
             at_nine("1997-09-10 11 12 13 14 15 1999-03-10 11 12 13"));
  endless("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
          at_nine("1997-09-02 09 16 23 30 1997-11-04 11 18 25 1998-01-06 13 20 27 "
                  "1998-03-03 10 17 24 31"));
}

TEST_CASE("RFC 5545: yearly", "[base][recurrence][S1][S2]") {
  whole_from("1997-06-10T09:00", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
             at_nine("1997-06-10 1997-07-10 1998-06-10 1998-07-10 1999-06-10 1999-07-10 "
                     "2000-06-10 2000-07-10 2001-06-10 2001-07-10"));
  whole_from("1997-03-10T09:00", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
             at_nine("1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10 2001-02-10 "
                     "2001-03-10 2003-01-10 2003-02-10 2003-03-10"));
  whole_from("1997-01-01T09:00", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
             at_nine("1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 "
                     "2003-01-01 2003-04-10 2003-07-19 2006-01-01"));
  endless_from("1997-05-19T09:00", "FREQ=YEARLY;BYDAY=20MO",
               at_nine("1997-05-19 1998-05-18 1999-05-17"));
  endless_from("1997-05-12T09:00", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
               at_nine("1997-05-12 1998-05-11 1999-05-17"));
  endless_from("1997-03-13T09:00", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
               at_nine("1997-03-13 20 27 1998-03-05 12 19 26 1999-03-04 11 18 25"));
  endless_from("1997-06-05T09:00", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
               at_nine("1997-06-05 12 19 26 1997-07-03 10 17 24 31 1997-08-07 14 21 28 "
                       "1998-06-04 11 18 25 1998-07-02 09 16 23 30 1998-08-06 13 20 27 "
                       "1999-06-03 10 17 24 1999-07-01 08 15 22 29 1999-08-05 12 19 26"));
  // U.S. Presidential Election day.
  endless_from("1996-11-05T09:00",
               "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
               at_nine("1996-11-05 2000-11-07 2004-11-02"));
}

TEST_CASE("RFC 5545: exceptions and limits", "[base][recurrence][S1][S2]") {
  // Every Friday the 13th; the start is no such day, and EXDATE excludes it besides.
  Pattern friday = pattern_of("1997-09-02T09:00", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13");
  friday.removed = {friday.start};
  check(friday, at_nine("1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13"), false);
  endless_from("1997-09-13T09:00", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
               at_nine("1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07 "
                       "1998-03-07 1998-04-11 1998-05-09 1998-06-13"));
  // An invalid date such as 30 February is ignored.
  whole_from("2007-01-15T09:00", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
             at_nine("2007-01-15 30 2007-02-15 2007-03-15 30"));
}

TEST_CASE("RFC 5545: set positions", "[base][recurrence][S1][S2]") {
  whole_from("1997-09-04T09:00", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
             at_nine("1997-09-04 1997-10-07 1997-11-06"));
  endless_from("1997-09-29T09:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
               at_nine("1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 "
                       "1998-03-30"));
}

TEST_CASE("RFC 5545: within the day", "[base][recurrence][S1][S2]") {
  // From 9:00 to 17:00 on one day. The RFC's UNTIL is 17:00 local time, 21:00Z, by its erratum.
  whole("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z",
        "1997-09-02T09:00 1997-09-02T12:00 1997-09-02T15:00");
  whole("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "1997-09-02T09:00 1997-09-02T12:00");
  whole("FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        "1997-09-02T09:00 1997-09-02T09:15 1997-09-02T09:30 1997-09-02T09:45 1997-09-02T10:00 "
        "1997-09-02T10:15");
  whole("FREQ=MINUTELY;INTERVAL=90;COUNT=4",
        "1997-09-02T09:00 1997-09-02T10:30 1997-09-02T12:00 1997-09-02T13:30");
  // Every 20 minutes from 9:00 to 16:40, every day.
  std::string expected;
  for (const std::string day : {"1997-09-02T", "1997-09-03T"}) {
    for (int hour = 9; hour <= 16; ++hour) {
      const std::string digits = (hour < 10 ? "0" : "") + std::to_string(hour);
      for (const std::string minute : {":00 ", ":20 ", ":40 "}) expected += day + digits + minute;
    }
  }
  endless("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", expected);
  endless("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", expected);
}

TEST_CASE("RFC 5545: the first day of the week matters", "[base][recurrence][S1][S2]") {
  whole_from("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
             at_nine("1997-08-05 10 19 24"));
  whole_from("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
             at_nine("1997-08-05 17 19 31"));
}

TEST_CASE("RFC 5545 §3.3.10: the order of BY parts", "[base][recurrence][S1][S2]") {
  // Sundays in January, at 8:30 and 9:30, every other year.
  endless_from("1997-01-05T08:30",
               "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU;BYHOUR=8,9;BYMINUTE=30",
               "1997-01-05T08:30 1997-01-05T09:30 1997-01-12T08:30 1997-01-12T09:30 "
               "1997-01-19T08:30 1997-01-19T09:30 1997-01-26T08:30 1997-01-26T09:30 "
               "1999-01-03T08:30");
  // The last work day of the month.
  endless_from("1997-09-02T09:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
               at_nine("1997-09-30 1997-10-31 1997-11-28 1997-12-31 1998-01-30"));
  // 10 meetings that occur every other day.
  CHECK(count("1997-09-02T09:00", "FREQ=DAILY;COUNT=10;INTERVAL=2") == 10);
}

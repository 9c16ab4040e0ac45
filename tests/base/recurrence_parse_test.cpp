// Reading, checking and printing of rules.
#include "base/texts.hpp"
#include "base/zones.hpp"

#include <frontdesk/error.hpp>
#include <frontdesk/recurrence.hpp>

#include <catch2/catch.hpp>

#include <random>

using namespace frontdesk;
using namespace frontdesk::recurrence;
using std::chrono::Friday;
using std::chrono::Monday;
using std::chrono::Sunday;

namespace {

std::string detail_of(const Error& error, const std::string& name) {
  const auto found = error.details().find(name);
  if (found == error.details().end()) return {};
  if (const auto* number = std::get_if<std::int64_t>(&found->second)) {
    return std::to_string(*number);
  }
  return std::get<std::string>(found->second);
}

/// Reason and position, such as `rule_empty 1`.
std::string failure(std::string_view text) {
  try {
    parse(text);
  } catch (const Error& error) {
    CHECK(error.code() == Code::invalid);
    CHECK(error.field() == "rule");
    return error.reason() + ' ' + detail_of(error, "position");
  }
  return "none";
}

std::string failure(const recurrence::Rule& rule) {
  try {
    validate(rule);
  } catch (const Error& error) {
    return error.reason();
  }
  return "none";
}

}  // namespace

TEST_CASE("a rule is read part by part", "[base][recurrence][S1]") {
  const recurrence::Rule rule = parse(
      "RRULE:FREQ=YEARLY;UNTIL=20261120T093000Z;INTERVAL=2;BYSECOND=0,30;BYMINUTE=5;BYHOUR=23,0;"
      "BYDAY=-1FR,+2MO,SU;BYMONTHDAY=-1,31;BYYEARDAY=366,-366;BYMONTH=12,1;"
      "BYSETPOS=-1,1;WKST=SU");
  CHECK(rule.frequency == Frequency::yearly);
  CHECK(rule.interval == 2);
  CHECK_FALSE(rule.count);
  CHECK(rule.until == Moment(zones::parse_instant("2026-11-20T09:30:00Z").value()));
  CHECK(rule.by_second == std::vector<int>{0, 30});
  CHECK(rule.by_minute == std::vector<int>{5});
  CHECK(rule.by_hour == std::vector<int>{0, 23});
  CHECK(rule.by_day == std::vector<RuleDay>{{Friday, -1}, {Sunday, 0}, {Monday, 2}});
  CHECK(rule.by_month_day == std::vector<int>{-1, 31});
  CHECK(rule.by_year_day == std::vector<int>{-366, 366});
  CHECK(rule.by_month == std::vector<int>{1, 12});
  CHECK(rule.by_set_position == std::vector<int>{-1, 1});
  CHECK(rule.week_start == Sunday);
  CHECK(parse("FREQ=DAILY;COUNT=1000000000").count == 1'000'000'000);
  CHECK(parse("FREQ=YEARLY;BYWEEKNO=53,-53,1").by_week == std::vector<int>{-53, 1, 53});
}

TEST_CASE("a rule is printed canonically", "[base][recurrence][S1]") {
  const auto printed = [](std::string_view text) { return print(parse(text)); };
  CHECK(printed("FREQ=DAILY") == "FREQ=DAILY");
  CHECK(printed("INTERVAL=1;WKST=MO;FREQ=DAILY") == "FREQ=DAILY");
  CHECK(printed("rrule:wkst=su;byday=fr,1fr,mo,fr;interval=02;freq=monthly") ==
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,FR,1FR;WKST=SU");
  CHECK(printed("BYSETPOS=-1;BYMONTH=3,2,3;BYWEEKNO=2;BYYEARDAY=4;BYMONTHDAY=5;BYDAY=TU;BYHOUR=7;"
                "BYMINUTE=8;BYSECOND=9;COUNT=4;FREQ=YEARLY") ==
        "FREQ=YEARLY;COUNT=4;BYSECOND=9;BYMINUTE=8;BYHOUR=7;BYDAY=TU;BYMONTHDAY=5;BYYEARDAY=4;"
        "BYWEEKNO=2;BYMONTH=2,3;BYSETPOS=-1");
  for (const std::string until : {"20261120", "20261120T093000", "20261120T093000Z"}) {
    CHECK(printed("FREQ=DAILY;UNTIL=" + until) == "FREQ=DAILY;UNTIL=" + until);
  }
  CHECK(print({.frequency = Frequency::weekly, .by_day = {{Friday, 0}, {Monday, 0}}}) ==
        "FREQ=WEEKLY;BYDAY=MO,FR");
}

TEST_CASE("folded lines are joined", "[base][recurrence][S1]") {
  const recurrence::Rule rule = parse("FREQ=DAILY;COUNT=10");
  CHECK(parse("RRULE:FREQ=DAILY;COUNT=10\r\n") == rule);
  CHECK(parse("RRULE:FREQ=DAI\r\n LY;COUNT=1\r\n 0\r\n") == rule);
  CHECK(parse("RRU\n\tLE:FREQ=DAILY;COUNT=10\n") == rule);
  // Positions are those of the text as it was given.
  CHECK(failure("RRULE:FREQ=DAI\r\n LY;COUNT=x") == "rule_number_malformed 27");
  CHECK(failure("FREQ=DAILY;\r\n COUNT=10;BYHO\r\n UR=24") == "rule_number_out_of_range 34");
  CHECK(failure("FREQ=DAILY\r\nCOUNT=10") == "rule_frequency_unknown 6");
}

TEST_CASE("what is wrong with a rule is told exactly", "[base][recurrence][S1][E16]") {
  CHECK(failure("") == "rule_empty 1");
  CHECK(failure("RRULE:") == "rule_empty 7");
  CHECK(failure("FREQ") == "rule_part_malformed 1");
  CHECK(failure("FREQ=DAILY;") == "rule_part_malformed 12");
  CHECK(failure("FREQ=DAILY;;COUNT=1") == "rule_part_malformed 12");
  CHECK(failure("FREQ=DAILY;=1") == "rule_part_malformed 12");
  CHECK(failure("FREQ=DAILY;BYEASTER=0") == "rule_part_unknown 12");
  CHECK(failure("FREQ=DAILY; COUNT=2") == "rule_part_unknown 12");
  CHECK(failure("FREQ=DAILY;COUNT=2;COUNT=2") == "rule_part_repeated 20");
  CHECK(failure("COUNT=2") == "rule_frequency_missing 1");
  CHECK(failure("FREQ=FORTNIGHTLY") == "rule_frequency_unknown 6");
  CHECK(failure("FREQ=") == "rule_frequency_unknown 6");
  CHECK(failure("FREQ=DAILY;INTERVAL=0") == "rule_number_out_of_range 21");
  CHECK(failure("FREQ=DAILY;INTERVAL=-1") == "rule_number_malformed 21");
  CHECK(failure("FREQ=DAILY;INTERVAL=1.5") == "rule_number_malformed 21");
  CHECK(failure("FREQ=DAILY;INTERVAL=1000000000000") == "rule_number_out_of_range 21");
  CHECK(failure("FREQ=DAILY;COUNT=1000000000000000000") == "rule_number_out_of_range 18");
  CHECK(failure("FREQ=DAILY;COUNT=0") == "rule_number_out_of_range 18");
  CHECK(failure("FREQ=DAILY;COUNT=") == "rule_number_malformed 18");
  CHECK(failure("FREQ=DAILY;BYHOUR=9,24") == "rule_number_out_of_range 21");
  CHECK(failure("FREQ=DAILY;BYHOUR=9,,10") == "rule_number_malformed 21");
  CHECK(failure("FREQ=DAILY;BYHOUR=-9") == "rule_number_malformed 19");
  CHECK(failure("FREQ=DAILY;BYSECOND=61") == "rule_number_out_of_range 21");
  CHECK(failure("FREQ=DAILY;BYMONTHDAY=0") == "rule_number_out_of_range 23");
  CHECK(failure("FREQ=DAILY;BYMONTHDAY=1,-32") == "rule_number_out_of_range 25");
  CHECK(failure("FREQ=YEARLY;BYWEEKNO=54") == "rule_number_out_of_range 22");
  CHECK(failure("FREQ=YEARLY;BYMONTH=13") == "rule_number_out_of_range 21");
  CHECK(failure("FREQ=YEARLY;BYYEARDAY=-367") == "rule_number_out_of_range 23");
  CHECK(failure("FREQ=DAILY;BYDAY=MO,XX") == "rule_weekday_unknown 21");
  CHECK(failure("FREQ=DAILY;BYDAY=M") == "rule_weekday_unknown 18");
  CHECK(failure("FREQ=MONTHLY;BYDAY=0MO") == "rule_number_out_of_range 20");
  CHECK(failure("FREQ=MONTHLY;BYDAY=54MO") == "rule_number_out_of_range 20");
  CHECK(failure("FREQ=MONTHLY;BYDAY=xMO") == "rule_number_malformed 20");
  CHECK(failure("FREQ=DAILY;WKST=1MO") == "rule_weekday_unknown 17");
  for (const std::string until :
       {"2026", "20260230", "20261120T", "20261120T0930", "20261120T093000X", "20261120T240000Z",
        "2026-11-20", "20261120T093060", "99991331", ""}) {
    INFO(until);
    CHECK(failure("FREQ=DAILY;UNTIL=" + until) == "rule_until_malformed 18");
  }
}

TEST_CASE("parts that contradict each other are refused", "[base][recurrence][S1][E16]") {
  CHECK(failure("FREQ=DAILY;COUNT=2;UNTIL=20261120") == "rule_count_and_until 20");
  CHECK(failure("FREQ=DAILY;UNTIL=20261120;COUNT=2") == "rule_count_and_until 27");
  CHECK(failure("FREQ=WEEKLY;BYMONTHDAY=1") == "rule_part_not_allowed 13");
  for (const std::string frequency : {"DAILY", "WEEKLY", "MONTHLY"}) {
    CHECK(failure("BYYEARDAY=1;FREQ=" + frequency) == "rule_part_not_allowed 1");
  }
  for (const std::string frequency :
       {"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY"}) {
    CHECK(failure("BYWEEKNO=1;FREQ=" + frequency) == "rule_part_not_allowed 1");
  }
  CHECK(failure("FREQ=WEEKLY;BYDAY=MO,1FR") == "rule_ordinal_not_allowed 22");
  CHECK(failure("FREQ=HOURLY;BYDAY=-1FR") == "rule_ordinal_not_allowed 19");
  CHECK(failure("FREQ=YEARLY;BYDAY=1FR;BYWEEKNO=3") == "rule_ordinal_not_allowed 19");
  CHECK(failure("FREQ=MONTHLY;BYSETPOS=1") == "rule_set_position_alone 14");
  CHECK(failure("FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO") == "none");
}

TEST_CASE("rules made by hand are checked alike", "[base][recurrence][S1][E16]") {
  CHECK(failure(recurrence::Rule{}) == "none");
  CHECK(failure(recurrence::Rule{.interval = 0}) == "rule_number_out_of_range");
  CHECK(failure(recurrence::Rule{.interval = -5}) == "rule_number_malformed");
  CHECK(failure(recurrence::Rule{.count = 0}) == "rule_number_out_of_range");
  CHECK(failure(recurrence::Rule{.by_hour = {24}}) == "rule_number_out_of_range");
  CHECK(failure(recurrence::Rule{.by_month_day = {0}}) == "rule_number_out_of_range");
  CHECK(failure(recurrence::Rule{.by_day = {{std::chrono::weekday(9), 0}}}) ==
        "rule_weekday_unknown");
  CHECK(failure(recurrence::Rule{.by_day = {{Monday, 1}}}) == "rule_ordinal_not_allowed");
  CHECK(failure(recurrence::Rule{.frequency = static_cast<Frequency>(7)}) ==
        "rule_frequency_unknown");
  CHECK(failure(recurrence::Rule{.by_set_position = {1}}) == "rule_set_position_alone");
  CHECK(failure(recurrence::Rule{.week_start = std::chrono::weekday(10)}) ==
        "rule_weekday_unknown");
  CHECK_THROWS_AS(Recurrence(Pattern{.rule = recurrence::Rule{.interval = 0}}), Error);
  CHECK_THROWS_AS(Recurrence(Pattern{.zone = "Nowhere/City", .rule = recurrence::Rule{}}), Error);
  const Date no_day = std::chrono::year(2026) / 2 / 30;
  CHECK_THROWS_AS(Recurrence(Pattern{.rule = recurrence::Rule{.until = no_day}}), Error);
  CHECK_THROWS_AS(Recurrence(Pattern{.added = {no_day}}), Error);
  CHECK_THROWS_AS(Recurrence(Pattern{.start = LocalTime::max()}), Error);
}

TEST_CASE("an error tells a person what to do", "[base][recurrence][S1][E16]") {
  try {
    parse("FREQ=WEEKLY;BYDAY=MO,XX");
    FAIL("a wrong weekday was taken");
  } catch (const Error& error) {
    CHECK(detail_of(error, "part") == "BYDAY");
    CHECK(detail_of(error, "value") == "XX");
    CHECK(error.message() ==
          "Character 22 of the rule: “XX” in BYDAY is no weekday. "
          "Use MO, TU, WE, TH, FR, SA or SU.");
    CHECK(error.in_language("uk").message() ==
          "Знак 22 правила: «XX» у BYDAY не є днем тижня. Вживайте MO, TU, WE, TH, FR, SA або SU.");
  }
  try {
    parse("FREQ=WEEKLY;" + std::string(1000, '\xFF') + "=\n");
    FAIL("rubbish was taken");
  } catch (const Error& error) {
    CHECK(detail_of(error, "part") == std::string(40, '?') + "...");
  }
  CHECK_THROWS_AS(parse(std::string(70'000, 'A')), Error);
}

TEST_CASE("rubbish is refused or read, never worse", "[base][recurrence][S1]") {
  std::mt19937_64 random(11);
  const auto any = [&random](std::size_t end) { return random() % end; };
  const std::string alphabet = "FREQ=DAILY;BYDAY=1MO,-2TU;COUNT=9;INTERVAL=+-,;=:\r\n 0xZT\xD0\xFF";
  const std::string seed = "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR,2MO;BYSETPOS=1;COUNT=12";
  for (int i = 0; i < 20'000; ++i) {
    std::string text = i % 2 == 0 ? seed : std::string();
    for (std::size_t changes = any(8) + 1; changes > 0; --changes) {
      const std::size_t place = any(text.size() + 1);
      const char c = alphabet[any(alphabet.size())];
      if (place < text.size() && any(2) == 0) {
        text[place] = c;
      } else {
        text.insert(place, 1, c);
      }
    }
    try {
      const recurrence::Rule rule = parse(text);
      CHECK(parse(print(rule)) == rule);
    } catch (const Error& error) {
      CHECK(error.reason().starts_with("rule_"));
      if (error.reason() != "rule_too_long") {
        const auto position = std::get<std::int64_t>(error.details().at("position"));
        CHECK((position >= 1 && position <= static_cast<std::int64_t>(text.size()) + 1));
      }
    }
  }
}

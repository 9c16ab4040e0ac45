// Patterns told in words; their grammar is in the texts.
#include "base/texts.hpp"
#include "base/zones.hpp"

#include <frontdesk/error.hpp>
#include <frontdesk/recurrence.hpp>

#include <catch2/catch.hpp>

using namespace frontdesk;
using namespace frontdesk::recurrence;

namespace {

/// From Friday, 5 January 2024, 18:00 in Kyiv.
Pattern pattern_of(const std::string& rule) {
  return {.start = zones::parse_local("2024-01-05T18:00:00").value(),
          .zone = "Europe/Kyiv",
          .rule = parse(rule)};
}

void check(const std::string& rule, const std::string& english, const std::string& ukrainian) {
  CHECK(describe(pattern_of(rule), "en") == english);
  CHECK(describe(pattern_of(rule), "uk") == ukrainian);
}

}  // namespace

TEST_CASE("rules are told in English and Ukrainian", "[base][recurrence][S1][E18]") {
  check("FREQ=WEEKLY;BYDAY=MO,WE", "every Monday and Wednesday at 18:00",
        "щопонеділка та щосереди о 18:00");
  check("FREQ=WEEKLY", "every Friday at 18:00", "щоп’ятниці о 18:00");
  check("FREQ=DAILY;BYDAY=SA,SU", "every Saturday and Sunday at 18:00",
        "щосуботи та щонеділі о 18:00");
  check("FREQ=WEEKLY;INTERVAL=2;BYHOUR=9,18;BYDAY=TU,TH,SA",
        "every 2 weeks on Tuesday, Thursday and Saturday at 09:00 and 18:00",
        "кожні 2 тижні у вівторок, у четвер та у суботу о 09:00 та 18:00");
  check("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday at 18:00",
        "щомісяця в останню п’ятницю о 18:00");
  check("FREQ=MONTHLY;BYDAY=2MO", "every month on the second Monday at 18:00",
        "щомісяця у другий понеділок о 18:00");
  check("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "every month on day 13 of the month at 18:00, if that is a Friday",
        "щомісяця 13 числа о 18:00, якщо це припадає на п’ятницю");
  check("FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        "every month on day 1, day 15 and the last day of the month at 18:00",
        "щомісяця 1 числа, 15 числа та в останній день місяця о 18:00");
  check("FREQ=YEARLY", "every year on 5 January at 18:00", "щороку 5 січня о 18:00");
  check("FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "every year on the first Sunday in November at 18:00",
        "щороку у першу неділю у листопаді о 18:00");
  check("FREQ=MINUTELY;INTERVAL=15;BYHOUR=9,10", "every 15 minutes in the hours 9 and 10",
        "кожні 15 хвилин у години 9 та 10");
}

TEST_CASE("numbers take their plural", "[base][recurrence][S1][E18]") {
  check("FREQ=DAILY;INTERVAL=2;COUNT=21", "every 2 days at 18:00, 21 times",
        "кожні 2 дні о 18:00, 21 раз");
  check("FREQ=DAILY;INTERVAL=5;COUNT=3", "every 5 days at 18:00, 3 times",
        "кожні 5 днів о 18:00, 3 рази");
  check("FREQ=DAILY;INTERVAL=11;COUNT=12", "every 11 days at 18:00, 12 times",
        "кожні 11 днів о 18:00, 12 разів");
  check("FREQ=DAILY;INTERVAL=21;COUNT=1", "every 21 days at 18:00, 1 time",
        "кожен 21 день о 18:00, 1 раз");
}

TEST_CASE("an end is told as a local day", "[base][recurrence][S1][E18]") {
  // 23:30 UTC is the next day in Kyiv.
  check("FREQ=DAILY;UNTIL=20241231T233000Z", "every day at 18:00, until 1 January 2025",
        "щодня о 18:00, до 1 січня 2025 року");
  check("FREQ=DAILY;UNTIL=20241231", "every day at 18:00, until 31 December 2024",
        "щодня о 18:00, до 31 грудня 2024 року");
  Pattern once = pattern_of("FREQ=DAILY");
  once.rule.reset();
  CHECK(describe(once, "en") == "once, on 5 January 2024 at 18:00");
  CHECK(describe(once, "uk") == "один раз, 5 січня 2024 року о 18:00");
}

TEST_CASE("a language is added without code", "[base][recurrence][S1][E18]") {
  texts::add("x-words", R"({
    "recurrence.every_number.day.two": "alle {number} Tage",
    "recurrence.plural": "two: n = 2; one: n % 10 = 1..1 and n != 11",
    "recurrence.every_number.day.one": "jeden {number}. Tag",
    "recurrence.at_time": "um {list} Uhr",
    "recurrence.sentence": "{times} {every} {days} {months}"})");
  CHECK(describe(pattern_of("FREQ=DAILY;INTERVAL=2"), "x-words") == "um 18:00 Uhr alle 2 Tage");
  CHECK(describe(pattern_of("FREQ=DAILY;INTERVAL=31"), "x-words") == "um 18:00 Uhr jeden 31. Tag");
  // What it lacks is English.
  CHECK(describe(pattern_of("FREQ=DAILY;INTERVAL=11"), "x-words") == "um 18:00 Uhr every 11 days");
}

TEST_CASE("every part of a rule has words", "[base][recurrence][S1][E18]") {
  for (const std::string rule :
       {"FREQ=SECONDLY;INTERVAL=5;BYSECOND=1,2;BYMINUTE=3;BYHOUR=4",
        "FREQ=HOURLY;BYSETPOS=1;BYDAY=MO", "FREQ=YEARLY;BYYEARDAY=1,100,-1,-2",
        "FREQ=YEARLY;BYWEEKNO=20,-1,-2;BYDAY=MO", "FREQ=YEARLY;BYDAY=20MO,-3FR,FR",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1,-2",
        "FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12", "FREQ=MONTHLY;BYDAY=1MO,2TU,3WE,4TH,5FR",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5", "FREQ=WEEKLY;BYMONTH=3;BYSECOND=30"}) {
    for (const std::string language : {"en", "uk"}) {
      const std::string words = describe(pattern_of(rule), language);
      INFO(rule << ": " << words);
      // Neither keys without a text nor arguments that nobody filled in.
      CHECK(words.find("recurrence.") == std::string::npos);
      CHECK(words.find_first_of("{}") == std::string::npos);
      CHECK(words.find("  ") == std::string::npos);
    }
  }
  Pattern wrong = pattern_of("FREQ=DAILY");
  wrong.rule->interval = 0;
  CHECK_THROWS_AS(describe(wrong, "en"), Error);
}

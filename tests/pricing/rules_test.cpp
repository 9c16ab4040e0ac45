#include <catch2/catch.hpp>

#include "pricing_support.hpp"

using namespace frontdesk;
using pricing::RuleKind;
using testing::at;
using testing::on;
using testing::refusal;
using testing::Shop;
using testing::sum_of_parts;
using testing::ticket;
using testing::uah;

TEST_CASE("a rule counts on its weekdays and hours, by the clock of the centre", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule mornings = shop.rule("Weekday mornings", -2'000);
  mornings.weekdays = {1, 2, 3, 4, 5};
  mornings.from_minute = 8 * 60;
  mornings.to_minute = 12 * 60;
  shop.host().run(mornings);

  auto cost_at = [&](LocalTime start) { return shop.total(shop.add(shop.plain(start)).id); };
  CHECK(cost_at(at(2026, 3, 3, 7, 59)) == 10'000);
  CHECK(cost_at(at(2026, 3, 3, 8)) == 8'000);
  CHECK(cost_at(at(2026, 3, 3, 11, 59)) == 8'000);
  CHECK(cost_at(at(2026, 3, 3, 12)) == 10'000);
  CHECK(cost_at(at(2026, 3, 7, 10)) == 10'000);  // Saturday
  CHECK(cost_at(at(2026, 3, 9, 10)) == 8'000);   // Monday
  // After the clocks were put forward it is the wall clock that counts.
  CHECK(cost_at(at(2026, 3, 30, 8)) == 8'000);
}

TEST_CASE("hours beyond midnight belong to the day before", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule night = shop.rule("Friday night", 1'000);
  night.weekdays = {5};
  night.from_minute = 22 * 60;
  night.to_minute = 26 * 60;
  night.first_date = night.last_date = on(2026, 3, 6);
  shop.host().run(night);
  auto cost_at = [&](LocalTime start) { return shop.total(shop.add(shop.plain(start)).id); };
  CHECK(cost_at(at(2026, 3, 6, 1)) == 10'000);
  CHECK(cost_at(at(2026, 3, 6, 22)) == 11'000);
  CHECK(cost_at(at(2026, 3, 7, 1, 59)) == 11'000);
  CHECK(cost_at(at(2026, 3, 7, 2)) == 10'000);
  CHECK(cost_at(at(2026, 3, 13, 23)) == 10'000);  // another week
}

TEST_CASE("hours beyond midnight count that begin with the day, or overlap with their end",
          "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule saturday = shop.rule("Saturday", 1'000);
  saturday.weekdays = {6};
  saturday.to_minute = 26 * 60;
  auto cost_at = [&](LocalTime start) { return shop.total(shop.add(shop.plain(start)).id); };
  SECTION("from the start of the day") {
    shop.host().run(saturday);
    CHECK(cost_at(at(2026, 3, 7, 0)) == 11'000);
    CHECK(cost_at(at(2026, 3, 8, 1, 59)) == 11'000);
    CHECK(cost_at(at(2026, 3, 8, 2)) == 10'000);
  }
  SECTION("from an early hour") {
    saturday.from_minute = 30;
    saturday.to_minute = 25 * 60;
    shop.host().run(saturday);
    CHECK(cost_at(at(2026, 3, 7, 0, 15)) == 10'000);
    CHECK(cost_at(at(2026, 3, 8, 0, 45)) == 11'000);
    CHECK(cost_at(at(2026, 3, 8, 1)) == 10'000);
  }
}

TEST_CASE("a session in the hour that clocks skip is priced by what they show", "[D1][S2]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule four = shop.rule("From four", 1'000);
  four.from_minute = 4 * 60;
  four.to_minute = 5 * 60;
  shop.host().run(four);
  CHECK(shop.total(shop.add(shop.plain(at(2026, 3, 29, 3, 30))).id) == 11'000);
}

TEST_CASE("a rule counts from its first to its last day", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule fair = shop.rule("Fair", 5'000);
  fair.first_date = on(2026, 3, 4);
  fair.last_date = on(2026, 3, 5);
  shop.host().run(fair);
  auto cost_on = [&](unsigned day) {
    return shop.total(shop.add(shop.plain(at(2026, 3, day, 23, 30))).id);
  };
  CHECK(cost_on(3) == 10'000);
  CHECK(cost_on(4) == 15'000);
  CHECK(cost_on(5) == 15'000);
  CHECK(cost_on(6) == 10'000);
}

TEST_CASE("rules follow each other by priority, then age, each on what is left", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule amount = shop.rule("Extra", 0);
  amount.basis_points.reset();
  amount.amount = uah(1'000);
  amount.priority = 2;
  pricing::CreateRule percent = shop.rule("Half", -5'000);
  percent.priority = 1;
  PriceRuleId second = shop.host().run(amount).id;
  PriceRuleId first = shop.host().run(percent).id;

  pricing::Quote quote = shop.quote(shop.evening);
  REQUIRE(quote.lines[0].adjustments.size() == 2);
  CHECK(quote.lines[0].adjustments[0].rule == first);
  CHECK(quote.lines[0].adjustments[0].name == "Half");
  CHECK(quote.lines[0].adjustments[0].amount == uah(-5'000));
  CHECK(quote.lines[0].adjustments[1].amount == uah(1'000));
  CHECK(quote.total == uah(6'000));

  shop.host().run(
      pricing::UpdateRule{.rule = second, .priority = 1});  // now the older one is first
  quote = shop.quote(shop.evening);
  CHECK(quote.lines[0].adjustments[0].rule == second);
  CHECK(quote.total == uah(5'500));
  std::vector<PriceRuleId> listed;
  for (const auto& rule : shop.host().run(pricing::Rules{.centre = shop.centre}).items) {
    listed.push_back(rule.id);
  }
  CHECK(listed == std::vector{second, first});
}

TEST_CASE("a rule is only for what it names", "[D1]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child");
  TicketTypeId adult = shop.ticket_type("Adult");
  shop.price(10'000);
  pricing::CreateRule rule = shop.rule("Half", -5'000);

  SECTION("a ticket type") {
    rule.ticket_type = child;
    shop.host().run(rule);
    CHECK(shop.total(shop.evening, {ticket(child)}) == 5'000);
    CHECK(shop.total(shop.evening, {ticket(adult)}) == 10'000);
    CHECK(shop.total(shop.evening) == 10'000);
  }
  SECTION("a seat category") {
    rule.seat_category = "Balcony";
    shop.host().run(rule);
    CHECK(shop.total(shop.evening, {ticket(adult, "BALCONY")}) == 5'000);
    CHECK(shop.total(shop.evening, {ticket(adult, "stalls")}) == 10'000);
  }
  SECTION("a channel") {
    rule.channel = seating::Channel::online;
    shop.host().run(rule);
    pricing::AskQuote ask{.session = shop.evening, .places = {{}}};
    CHECK(shop.host().run(ask).total == uah(5'000));
    ask.channel = seating::Channel::box_office;
    CHECK(shop.host().run(ask).total == uah(10'000));
  }
  SECTION("a session") {
    rule.session = shop.evening;
    shop.host().run(rule);
    CHECK(shop.total(shop.evening) == 5'000);
    CHECK(shop.total(shop.add(shop.plain(at(2026, 3, 4, 18))).id) == 10'000);
  }
  SECTION("a series") {
    auto series = shop.host().run(shop.weekly());
    rule.series = series.series.id;
    shop.host().run(rule);
    CHECK(shop.total(series.sessions.at(0).id) == 5'000);
    CHECK(shop.total(shop.evening) == 10'000);
  }
  SECTION("an activity") {
    rule.activity = shop.activity("Yoga");
    shop.host().run(rule);
    CHECK(shop.total(shop.evening) == 10'000);
  }
}

TEST_CASE("an early bird flies up to its day, by the calendar of the centre", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule early = shop.rule("Early bird", -3'000);
  early.kind = RuleKind::early_bird;
  early.buy_until = on(2026, 3, 2);
  shop.host().run(early);
  CHECK(shop.total(shop.evening) == 7'000);
  shop.desk.clock += std::chrono::hours{12} + std::chrono::minutes{59};  // 23:59 in Kyiv
  CHECK(shop.total(shop.evening) == 7'000);
  shop.desk.clock += std::chrono::minutes{1};
  pricing::Quote quote = shop.quote(shop.evening);
  CHECK(quote.total == uah(10'000));
  REQUIRE(quote.lines[0].not_applied.size() == 1);
  CHECK(quote.lines[0].not_applied[0].name == "Early bird");
  CHECK(quote.lines[0].not_applied[0].why == "bought_too_late");
}

TEST_CASE("of several early birds the first that applies counts alone", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule soon = shop.rule("Very early", -3'000);
  soon.kind = RuleKind::early_bird;
  soon.buy_until = on(2026, 3, 2);
  soon.priority = 1;
  pricing::CreateRule later = shop.rule("Early", -1'000);
  later.kind = RuleKind::early_bird;
  later.buy_until = on(2026, 3, 3);
  later.priority = 2;
  shop.host().run(later);
  shop.host().run(soon);
  pricing::Quote quote = shop.quote(shop.evening);
  CHECK(quote.total == uah(7'000));
  CHECK(quote.lines[0].not_applied.at(0).why == "other_taken");
  shop.desk.clock += std::chrono::hours{14};
  CHECK(shop.total(shop.evening) == 9'000);
}

TEST_CASE("last minute begins so many minutes before the start", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule late = shop.rule("Last minute", -4'000);
  late.kind = RuleKind::last_minute;
  late.minutes_before = 60;
  shop.host().run(late);
  SessionId session = shop.add(shop.plain(at(2026, 3, 2, 13))).id;  // in two hours
  pricing::Quote quote = shop.quote(session);
  CHECK(quote.total == uah(10'000));
  CHECK(quote.lines[0].not_applied.at(0).why == "bought_too_early");
  shop.desk.clock += std::chrono::minutes{59} + std::chrono::seconds{59};
  CHECK(shop.total(session) == 10'000);
  shop.desk.clock += std::chrono::seconds{1};
  CHECK(shop.total(session) == 6'000);
}

TEST_CASE("early bird and last minute come after the regular rules", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateRule late = shop.rule("Last minute", -5'000);
  late.kind = RuleKind::last_minute;
  late.minutes_before = 1'440 * 3;
  late.priority = -9;
  pricing::CreateRule early = shop.rule("Early", -1'000);
  early.kind = RuleKind::early_bird;
  early.buy_until = on(2026, 3, 9);
  early.priority = -8;
  shop.host().run(late);
  shop.host().run(early);
  shop.host().run(shop.rule("Always", 1'000));
  pricing::Quote quote = shop.quote(shop.evening);
  std::vector<std::string> names;
  for (const auto& adjustment : quote.lines[0].adjustments) names.push_back(adjustment.name);
  CHECK(names == std::vector<std::string>{"Always", "Early", "Last minute"});
  CHECK(quote.total == uah(4'950));  // 100 + 10 %, − 10 %, − 50 %
  CHECK(sum_of_parts(quote) == quote.total.minor);
}

TEST_CASE("no rule makes a price fall below zero", "[D1]") {
  Shop shop;
  shop.price(3'000);
  pricing::CreateRule much = shop.rule("Gift", 0);
  much.basis_points.reset();
  much.amount = uah(-5'000);
  shop.host().run(much);
  shop.host().run(shop.rule("More", -10'000));
  pricing::Quote quote = shop.quote(shop.evening);
  CHECK(quote.total == uah(0));
  REQUIRE(quote.lines[0].adjustments.size() == 1);
  CHECK(quote.lines[0].adjustments[0].amount == uah(-3'000));
}

TEST_CASE("a rule that means nothing is refused", "[D1]") {
  Shop shop;
  pricing::CreateRule rule = shop.rule("Wrong", -1'000);
  std::string reason;
  std::string field;
  auto is = [&](const char* why, const char* where) {
    reason = why;
    field = where;
  };
  SECTION("hours that end before they begin") {
    rule.from_minute = 600;
    rule.to_minute = 600;
    is("window_backwards", "to_minute");
  }
  SECTION("days that end before they begin") {
    rule.first_date = on(2026, 3, 2);
    rule.last_date = on(2026, 3, 1);
    is("window_backwards", "last_date");
  }
  SECTION("no weekday") {
    rule.weekdays = {1, 8};
    is("weekday_unknown", "weekdays[1]");
  }
  SECTION("a weekday twice") {
    rule.weekdays = {1, 1};
    is("weekday_twice", "weekdays[1]");
  }
  SECTION("an early bird without end") {
    rule.kind = RuleKind::early_bird;
    is("early_bird_limit_needed", "buy_until");
  }
  SECTION("last minute without minutes") {
    rule.kind = RuleKind::last_minute;
    is("last_minutes_needed", "minutes_before");
  }
  SECTION("a condition of another kind") {
    rule.quantity = 10;
    is("condition_not_for_kind", "quantity");
  }
  SECTION("both percentage and amount") {
    rule.amount = uah(1);
    is("rate_or_amount", "basis_points");
  }
  SECTION("neither of them") {
    rule.basis_points.reset();
    is("rate_or_amount", "basis_points");
  }
  SECTION("more than all") {
    rule.basis_points = -10'001;
    is("out_of_range", "basis_points");
  }
  SECTION("another currency") {
    rule.basis_points.reset();
    rule.amount = Money{1, Currency("EUR")};
    is("currency_differs", "amount");
  }
  SECTION("an amount beyond counting") {
    rule.basis_points.reset();
    rule.amount = uah(-1'000'000'000'001);
    is("amount_too_large", "amount");
  }
  SECTION("a name of white space") {
    rule.name = "  ";
    is("field_missing", "name");
  }
  SECTION("two things it is for") {
    rule.activity = shop.pilates;
    rule.session = shop.evening;
    is("target_twice", "");
  }
  SECTION("an activity of another centre") {
    catalog::CreateActivity other;
    other.centre = shop.desk.centre("Elsewhere");
    other.name = "Yoga";
    rule.activity = shop.host().run(other).id;
    is("activity_not_found", "activity");
  }
  Error error = refusal([&] { shop.host().run(rule); });
  CHECK(error.reason() == reason);
  CHECK(error.field() == field);
  CHECK(shop.host().run(pricing::Rules{.centre = shop.centre}).items.empty());
}

TEST_CASE("rules are changed and ended by version, within reach", "[D1][E13]") {
  Shop shop;
  shop.price(10'000);
  pricing::PriceRule rule = shop.host().run(shop.rule("Half", -5'000));
  CHECK(shop.total(shop.evening) == 5'000);
  pricing::UpdateRule change{.rule = rule.id, .version = 1, .basis_points = -1'000};
  CHECK(shop.host().run(change).version == 2);
  CHECK(shop.total(shop.evening) == 9'000);
  CHECK(refusal([&] { shop.host().run(change); }).reason() == "version_outdated");
  pricing::UpdateRule both{.rule = rule.id, .amount = uah(5)};
  CHECK(refusal([&] { shop.host().run(both); }).reason() == "rate_or_amount");
  pricing::UpdateRule swap{.rule = rule.id, .basis_points = std::nullopt, .amount = uah(5)};
  CHECK(shop.host().run(swap).amount == uah(5));
  CHECK(shop.total(shop.evening) == 10'005);

  Caller there = shop.desk.staff("Moderator", shop.desk.centre("Elsewhere"));
  CHECK(refusal([&] { there.run(pricing::EndRule{.rule = rule.id}); }).reason() ==
        "price_rule_not_found");
  CHECK(refusal([&] { there.run(pricing::Rules{.centre = shop.centre}); }).reason() ==
        "centre_not_found");
  Caller here = shop.desk.staff("Moderator", shop.centre);
  CHECK(here.run(pricing::EndRule{.rule = rule.id}).ended_at.has_value());
  CHECK(refusal([&] { here.run(pricing::EndRule{.rule = rule.id}); }).reason() ==
        "price_rule_ended");
  CHECK(shop.total(shop.evening) == 10'000);
  CHECK(here.run(pricing::Rules{.centre = shop.centre, .ended = true}).items.size() == 1);
}

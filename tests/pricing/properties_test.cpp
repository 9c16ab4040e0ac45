// What holds whatever the prices and rules are: the pure part of quotes against random sheets.
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "describe/json.hpp"
#include "pricing/working_out.hpp"
#include "pricing_support.hpp"

#include <algorithm>

using namespace frontdesk;
using namespace frontdesk::pricing;

namespace {

const Instant noon{std::chrono::seconds{1'772'442'000}};

std::shared_ptr<CentreSheet> centre() {
  auto sheet = std::make_shared<CentreSheet>();
  sheet->zone = "Europe/Kyiv";
  sheet->currency = Currency("UAH");
  return sheet;
}

SheetRule random_rule(std::int64_t id) {
  SheetRule rule;
  rule.id = PriceRuleId{id};
  rule.kind = static_cast<RuleKind>(*rc::gen::inRange(0, 3));
  rule.name = "Rule " + std::to_string(id);
  rule.amount = testing::uah(0);
  if (*rc::gen::inRange(0, 4) == 0) rule.ticket_type = TicketTypeId{*rc::gen::inRange(1, 3)};
  if (*rc::gen::inRange(0, 4) == 0) rule.seat_category = *rc::gen::element("a", "b");
  if (*rc::gen::inRange(0, 4) == 0) rule.channel = seating::Channel::box_office;
  if (*rc::gen::inRange(0, 3) == 0) {
    rule.bought_before = noon + std::chrono::seconds{*rc::gen::inRange(-5, 5)};
  }
  if (rule.kind == RuleKind::early_bird) rule.quantity = 3;
  if (*rc::gen::inRange(0, 2) == 0) {
    rule.basis_points = *rc::gen::inRange<std::int64_t>(-10'000, 20'000);
  } else {
    rule.amount = testing::uah(*rc::gen::inRange<std::int64_t>(-50'000, 50'000));
  }
  return rule;
}

Sheet random_sheet() {
  Sheet sheet;
  sheet.centre = centre();
  sheet.activity_name = "Pilates";
  sheet.prices.push_back({TicketTypeId{1}, "a", testing::uah(*rc::gen::inRange(0, 99'999))});
  sheet.prices.push_back({{}, "", testing::uah(*rc::gen::inRange(0, 99'999))});
  const int rules = *rc::gen::inRange(0, 8);
  for (int i = 1; i <= rules; ++i) sheet.rules.push_back(random_rule(i));
  std::stable_sort(sheet.rules.begin(), sheet.rules.end(),
                   [](const SheetRule& a, const SheetRule& b) { return a.kind < b.kind; });
  const int fees = *rc::gen::inRange(0, 3);
  for (int i = 0; i < fees; ++i) {
    Fee fee;
    fee.id = FeeId{i + 1};
    fee.per = i == 0 ? FeePer::place : FeePer::order;
    fee.name = "Fee";
    if (*rc::gen::inRange(0, 2) == 0) {
      fee.basis_points = *rc::gen::inRange<std::int64_t>(0, 3'000);
    } else {
      fee.amount = testing::uah(*rc::gen::inRange(0, 3'000));
    }
    sheet.fees.push_back(fee);
  }
  if (*rc::gen::inRange(0, 3) != 0) {
    TaxRate rate;
    rate.basis_points = *rc::gen::inRange<std::int64_t>(0, 3'000);
    rate.included = *rc::gen::inRange(0, 2) == 0;
    rate.first_date = testing::on(2020, 1, 1);
    sheet.taxes.push_back(rate);
  }
  return sheet;
}

std::vector<Wanted> random_places() {
  std::vector<Wanted> places(static_cast<std::size_t>(*rc::gen::inRange(1, 6)));
  for (Wanted& place : places) {
    place.ticket_type = TicketTypeId{*rc::gen::inRange(0, 3)};
    place.seat_category = *rc::gen::element("", "a", "b");
  }
  return places;
}

Situation situation(const Sheet& sheet) {
  Situation now;
  now.now = noon;
  now.today = testing::on(2026, 3, 2);
  now.rounding =
      *rc::gen::inRange(0, 2) == 0 ? money::Rounding::half_up : money::Rounding::half_even;
  for (const SheetRule& rule : sheet.rules) now.units_left.push_back(rule.quantity.value_or(0));
  return now;
}

/// A quote without what it says of what did not apply.
std::string amounts(Quote quote) {
  for (QuoteLine& line : quote.lines) line.not_applied.clear();
  return describe::encode(quote);
}

}  // namespace

TEST_CASE("the sum of the parts is the whole, and no price is below zero", "[D2]") {
  CHECK(rc::check([] {
    const Sheet sheet = random_sheet();
    const std::vector<Wanted> places = random_places();
    const Quote quote = work_out(sheet, SessionId{1}, places, situation(sheet));
    RC_ASSERT(quote.lines.size() == places.size());
    RC_ASSERT(testing::sum_of_parts(quote) == quote.total.minor);
    for (const QuoteLine& line : quote.lines) RC_ASSERT(line.total.minor >= 0);
  }));
}

TEST_CASE("adding a rule that does not apply changes nothing", "[D1][D2]") {
  CHECK(rc::check([] {
    Sheet sheet = random_sheet();
    const std::vector<Wanted> places = random_places();
    Situation now = situation(sheet);
    const std::string before = amounts(work_out(sheet, SessionId{1}, places, now));
    SheetRule rule = random_rule(99);
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        rule.ticket_type = TicketTypeId{7};
        break;
      case 1:
        rule.seat_category = "z";
        break;
      case 2:
        rule.bought_before = noon;
        break;
      default:
        rule.channel = seating::Channel::box_office;
    }
    const auto where =
        sheet.rules.begin() +
        *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(sheet.rules.size()) + 1);
    const auto index = where - sheet.rules.begin();
    sheet.rules.insert(where, rule);
    now.units_left.insert(now.units_left.begin() + index, rule.quantity.value_or(0));
    RC_ASSERT(amounts(work_out(sheet, SessionId{1}, places, now)) == before);
  }));
}

TEST_CASE("an early bird with a quantity is given to so many places and no more", "[D1]") {
  CHECK(rc::check([] {
    Sheet sheet;
    sheet.centre = centre();
    sheet.prices.push_back({{}, "", testing::uah(1'000)});
    SheetRule rule;
    rule.id = PriceRuleId{1};
    rule.kind = RuleKind::early_bird;
    rule.quantity = *rc::gen::inRange<std::int64_t>(0, 10);
    rule.amount = testing::uah(-100);
    sheet.rules.push_back(rule);
    const std::vector<Wanted> places(static_cast<std::size_t>(*rc::gen::inRange(1, 10)));
    const Quote quote = work_out(sheet, SessionId{1}, places, situation(sheet));
    std::int64_t given = 0;
    for (const QuoteLine& line : quote.lines) {
      given += static_cast<std::int64_t>(line.adjustments.size());
      if (line.adjustments.empty()) RC_ASSERT(line.not_applied.at(0).why == "used_up");
    }
    RC_ASSERT(given == std::min(*rule.quantity, static_cast<std::int64_t>(places.size())));
  }));
}

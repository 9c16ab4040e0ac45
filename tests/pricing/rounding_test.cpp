// Halves of a minor unit, wherever a price, a tax or a refund is worked out (SPEC D8).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

#include <frontdesk/bookings_courses.hpp>

using namespace frontdesk;
using testing::at;
using testing::Market;
using testing::uah;

namespace {

/// The tax in the price of a course of one session that costs 0.03, at 20 percent: half a kopiika.
std::int64_t tax_of_course(const Market& market, const Caller& buyer) {
  bookings::CreateCourse course;
  course.centre = market.centre;
  course.name = "Drawing";
  course.price = uah(3);
  course.sessions = {{.session = market.session(at(2026, 3, 5, 18))}};
  bookings::BookCourse request;
  request.course = market.host().run(course).id;
  request.payments = {Market::balance()};
  const OrderId order = buyer.run(request).order;
  return market.host().run(money::GetOrder{.order = order}).lines.at(0).tax.minor;
}

/// A plan at `price`, tax of 20 percent in it, to be given a duration.
plans::CreatePlan plan_at(const Market& market, const std::string& name, Money price) {
  plans::CreatePlan plan;
  plan.centre = market.centre;
  plan.name = name;
  plan.active = true;
  plan.terms.price = price;
  plan.terms.tax_basis_points = 2'000;
  plan.terms.all_activities = true;
  return plan;
}

/// The line of the order by which a month was bought.
money::OrderLine month(const Market& market, const Caller& buyer, ClientId owner, Money price,
                       std::optional<std::string> coupon = {}) {
  plans::CreatePlan plan = plan_at(market, "Month for " + std::to_string(price.minor), price);
  plan.terms.months = 1;
  plans::Buy buy;
  buy.plan = market.host().run(plan).id;
  buy.owner = owner;
  buy.coupon = std::move(coupon);
  buy.tenders = {Market::balance()};
  const OrderId order = buyer.run(buy).order;
  return market.host().run(money::GetOrder{.order = order}).lines.at(0);
}

std::int64_t balance_of(const Market& market, ClientId client) {
  return market.host()
      .run(money::GetBalance{.client = client, .centre = market.centre})
      .amount.minor;
}

/// What is credited for the five days that are left of ten for 0.25, when another plan follows.
std::int64_t credit_of_replaced_plan(Market& market, const Caller& buyer, ClientId owner) {
  plans::CreatePlan before = plan_at(market, "Ten days", uah(25));
  before.terms.days = 10;
  before.terms.visits = 10;
  plans::CreatePlan after = plan_at(market, "Year", uah(1'000));
  after.terms.months = 12;
  plans::Buy buy;
  buy.plan = market.host().run(before).id;
  buy.owner = owner;
  buy.tenders = {Market::balance()};
  plans::ChangePlan change;
  change.subscription = buyer.run(buy).id;
  market.desk.clock += std::chrono::days{5};
  change.plan = market.host().run(after).id;
  change.tenders = {Market::balance()};
  const std::int64_t had = balance_of(market, owner);
  buyer.run(change);
  return balance_of(market, owner) - had + 1'000;
}

/// What half of 0.05 off a plan comes to.
std::int64_t coupon_of_plan(const Market& market, const Caller& buyer, ClientId owner) {
  return month(market, buyer, owner, uah(5), "HALF").discount.minor;
}

/// The tax in the price of a plan that costs 0.03: half a kopiika.
std::int64_t tax_of_plan(const Market& market, const Caller& buyer, ClientId owner) {
  return month(market, buyer, owner, uah(3)).tax.minor;
}

/// The tax in a fee of 0.03 at 20 percent.
std::int64_t tax_of_fee(const Market& market, ClientId payer) {
  money::CreateOrder order;
  order.centre = market.centre;
  order.payer = payer;
  order.lines = {
      {.kind = money::LineKind::fee, .text = "Locker", .price = uah(3), .tax_basis_points = 2'000}};
  order.tenders = {Market::balance()};
  return market.host().run(order).lines.at(0).tax.minor;
}

/// Half of 0.05 as a deposit.
std::int64_t deposit(const Market& market, ClientId payer) {
  money::CreateOrder order;
  order.centre = market.centre;
  order.payer = payer;
  order.lines = {{.kind = money::LineKind::fee, .text = "Party", .price = uah(5)}};
  order.deposit_basis_points = 5'000;
  order.deposit_by = market.desk.clock.now() + std::chrono::days{7};
  order.pay_by = market.desk.clock.now() + std::chrono::days{14};
  return market.host().run(order).deposit->minor;
}

/// What goes back of 0.05 where half does.
std::int64_t half_back(const Market& market, const Caller& buyer) {
  const SessionId soon = market.session(at(2026, 3, 3, 10), 10, 5);
  const BookingId booking = buyer.run(Market::wish(soon)).id;
  return buyer.run(bookings::Cancel{.booking = booking}).refunded->minor;
}

}  // namespace

TEST_CASE("halves of courses, plans and refunds follow the centre's setting", "[D8][D9][B15][B6]") {
  Market market;
  auto olena = market.customer();
  pricing::SetTaxRate tax;
  tax.centre = market.centre;
  tax.name = "VAT";
  tax.basis_points = 2'000;
  tax.included = true;
  tax.first_date = testing::on(2026, 1, 1);
  market.host().run(tax);
  auto coupon = market.coupon(5'000, "HALF");
  coupon.uses_per_client = 0;
  market.make(coupon);
  bookings::SetPolicy policy;
  policy.centre = market.centre;
  policy.free_before = std::chrono::hours{72};
  policy.brackets = {{.before = {}, .basis_points = 5'000}};
  market.host().run(policy);

  SECTION("up") {
    CHECK(tax_of_course(market, olena.caller) == 1);
    CHECK(coupon_of_plan(market, olena.caller, olena.client) == 3);
    CHECK(half_back(market, olena.caller) == 3);
    CHECK(tax_of_plan(market, olena.caller, olena.client) == 1);
    CHECK(tax_of_fee(market, olena.client) == 1);
    CHECK(deposit(market, olena.client) == 3);
    CHECK(credit_of_replaced_plan(market, olena.caller, olena.client) == 13);
  }
  SECTION("to the even neighbour") {
    market.set("money.round_half_even", 1);
    CHECK(tax_of_course(market, olena.caller) == 0);
    CHECK(coupon_of_plan(market, olena.caller, olena.client) == 2);
    CHECK(half_back(market, olena.caller) == 2);
    CHECK(tax_of_plan(market, olena.caller, olena.client) == 0);
    CHECK(tax_of_fee(market, olena.client) == 0);
    CHECK(deposit(market, olena.client) == 2);
    CHECK(credit_of_replaced_plan(market, olena.caller, olena.client) == 12);
  }
  CHECK(market.problems().empty());
}

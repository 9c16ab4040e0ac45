// Promotions: conditions, effects, lanes, what goes together (SPEC D6).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

using namespace frontdesk;
using testing::at;
using testing::Market;
using testing::refusal;
using testing::sum_of_parts;
using testing::uah;

namespace {

pricing::CreatePromotion promotion(const Market& market, const std::string& name,
                                   std::optional<std::int64_t> basis_points = 1'000) {
  pricing::CreatePromotion request;
  request.centre = market.centre;
  request.name = name;
  request.basis_points = basis_points;
  return request;
}

pricing::CreatePromotion three_for_two(const Market& market) {
  pricing::CreatePromotion request = promotion(market, "Three for two", std::nullopt);
  request.buy = 3;
  request.pay = 2;
  return request;
}

std::string why(const pricing::Quote& quote, const std::string& name) {
  for (const auto& entry : quote.not_applied) {
    if (entry.name == name) return entry.why;
  }
  return {};
}

}  // namespace

TEST_CASE("a promotion applies by itself where its conditions are met", "[D6][D2]") {
  Market market;
  auto request = promotion(market, "Tuesday evening");
  request.weekdays = {2};
  request.from_minute = 17 * 60;
  request.to_minute = 19 * 60;
  market.host().run(request);
  pricing::Quote quote = market.quote({}, 2);
  CHECK(quote.total == uah(18'000));
  REQUIRE(quote.lines[0].discounts.size() == 1);
  CHECK(quote.lines[0].discounts[0].kind == "promotion");
  CHECK(quote.lines[0].discounts[0].name == "Tuesday evening");
  CHECK(sum_of_parts(quote) == quote.total.minor);

  market.show = market.session(at(2026, 3, 4, 18));  // Wednesday
  CHECK(market.quote().total == uah(10'000));
  market.show = market.session(at(2026, 3, 3, 19));  // too late in the evening
  CHECK(market.quote().total == uah(10'000));
}

TEST_CASE("a promotion is for activities, categories, ticket types and a time of purchase",
          "[D6]") {
  Market market;
  ActivityId other = market.activity("Other");
  auto request = promotion(market, "For the other");
  request.activities = {other};
  market.host().run(request);
  CHECK(market.quote().total == uah(10'000));

  catalog::CreateCategory category;
  category.name = "Comedy";
  CategoryId comedy = market.host().run(category).id;
  request = promotion(market, "Comedies");
  request.categories = {comedy};
  market.host().run(request);
  CHECK(market.quote().total == uah(10'000));
  catalog::UpdateActivity update;
  update.activity = market.film;
  update.categories = std::vector<CategoryId>{comedy};
  market.host().run(update);
  CHECK(market.quote().total == uah(9'000));

  catalog::CreateTicketType type;
  type.centre = market.centre;
  type.name = "Child";
  TicketTypeId child = market.host().run(type).id;
  request = promotion(market, "Children", 5'000);
  request.ticket_types = {child};
  market.host().run(request);
  auto ask = market.ask({}, 2);
  ask.places[1].ticket_type = child;
  CHECK(market.host().run(ask).total == uah(9'000 + 4'500));

  request = promotion(market, "Next hour", 5'000);
  request.valid_from = market.desk.clock.now() + std::chrono::hours{1};
  request.valid_to = market.desk.clock.now() + std::chrono::hours{2};
  market.host().run(request);
  CHECK(market.quote().total == uah(9'000));
  market.desk.clock += std::chrono::hours{1};
  CHECK(market.quote().total == uah(4'500));
  market.desk.clock += std::chrono::hours{1};
  CHECK(market.quote().total == uah(9'000));
}

TEST_CASE("three for two: the cheapest places are free", "[D6]") {
  Market market;
  catalog::CreateTicketType type;
  type.centre = market.centre;
  type.name = "Child";
  TicketTypeId child = market.host().run(type).id;
  market.host().run(
      pricing::SetPrice{.session = market.show, .ticket_type = child, .amount = uah(6'000)});
  market.host().run(three_for_two(market));
  pricing::Quote quote = market.quote({}, 2);
  CHECK(quote.total == uah(20'000));
  CHECK(why(quote, "Three for two") == "tickets_too_few");
  auto ask = market.ask({}, 7);
  ask.places[2].ticket_type = child;
  quote = market.host().run(ask);
  CHECK(quote.total == uah(50'000));  // of seven two are free: the child's and one more
  CHECK(quote.lines[2].total == uah(0));
  CHECK(sum_of_parts(quote) == quote.total.minor);
}

TEST_CASE("a first booking is the first at the centre that was not given back", "[D6]") {
  Market market;
  auto request = promotion(market, "Welcome", 2'000);
  request.first_booking = true;
  market.host().run(request);
  CHECK(why(market.quote(), "Welcome") == "payer_needed");
  auto olena = market.customer();
  auto booking = olena.caller.run(market.wish_with({}));
  CHECK(market.order_of(booking).total == uah(8'000));
  auto ask = market.ask();
  ask.payer = olena.client;
  CHECK(why(olena.caller.run(ask), "Welcome") == "not_first_booking");
  olena.caller.run(bookings::Cancel{.booking = booking.id});
  CHECK(olena.caller.run(ask).total == uah(8'000));
}

TEST_CASE("from the k-th child on a family pays less", "[D6]") {
  Market market;
  auto olena = market.customer();
  ClientId maria = market.child(olena.client, "Maria");
  ClientId ivan = market.child(olena.client, "Ivan");
  auto request = promotion(market, "Second child", 5'000);
  request.child_from = 2;
  market.host().run(request);
  bookings::Book wish = market.wish_with({}, 3);
  wish.places[0].attendee = olena.client;
  wish.places[1].attendee = maria;
  wish.places[2].attendee = ivan;
  CHECK(market.order_of(olena.caller.run(wish)).total == uah(25'000));
  auto ask = market.ask({}, 1);
  ask.payer = olena.client;
  ask.places[0].attendee = maria;
  CHECK(why(olena.caller.run(ask), "Second child") == "no_such_child");
}

TEST_CASE("those that go together all count; an exclusive one counts alone; the best is taken",
          "[D6]") {
  Market market;
  market.host().run(promotion(market, "Ten"));
  market.host().run(promotion(market, "Twenty", 2'000));
  pricing::Quote quote = market.quote();
  CHECK(quote.total == uah(7'200));  // the older first, the other on what is left
  CHECK(quote.lines[0].discounts.at(1).base == uah(9'000));

  auto alone = promotion(market, "Alone", 2'700);
  alone.exclusive = true;
  market.host().run(alone);
  quote = market.quote();
  CHECK(quote.total == uah(7'200));
  CHECK(why(quote, "Alone") == "better_taken");

  alone = promotion(market, "Best alone", 3'000);
  alone.exclusive = true;
  auto best = market.host().run(alone);
  quote = market.quote();
  CHECK(quote.total == uah(7'000));
  CHECK(quote.lines[0].discounts.at(0).promotion == best.id);
  CHECK(why(quote, "Ten") == "better_taken");
  CHECK(why(quote, "Alone") == "better_taken");

  alone.name = "As good, but younger";
  market.host().run(alone);
  CHECK(market.quote().lines[0].discounts.at(0).promotion == best.id);
  market.host().run(pricing::EndPromotion{.promotion = best.id});
  CHECK(market.quote().lines[0].discounts.at(0).name == "As good, but younger");
}

TEST_CASE("of equal totals the way with the lowest number is taken", "[D6]") {
  Market market;
  auto alone = promotion(market, "Alone", 2'000);
  alone.exclusive = true;
  market.host().run(alone);
  market.host().run(promotion(market, "Together", 2'000));
  CHECK(market.quote().lines[0].discounts.at(0).name == "Alone");
}

TEST_CASE("coupons come before promotions; one that stands alone keeps them out", "[D6][D3]") {
  Market market;
  market.host().run(promotion(market, "Ten"));
  auto coupon = market.coupon(5'000, "HALF");
  coupon.combinable = true;
  market.make(coupon);
  market.make(market.coupon(4'000, "ALONE"));
  pricing::Quote quote = market.quote({"HALF"});
  CHECK(quote.total == uah(4'500));
  CHECK(quote.lines[0].discounts.at(0).kind == "coupon");
  CHECK(quote.lines[0].discounts.at(1).kind == "promotion");
  quote = market.quote({"ALONE"});
  CHECK(quote.total == uah(6'000));
  CHECK(why(quote, "Ten") == "coupon_alone");
}

TEST_CASE("amounts off a place never go below zero", "[D6]") {
  Market market;
  auto request = promotion(market, "Much", std::nullopt);
  request.amount = uah(15'000);
  market.host().run(request);
  pricing::Quote quote = market.quote({}, 2);
  CHECK(quote.total == uah(0));
  CHECK(quote.discount == uah(20'000));
}

TEST_CASE("a promotion that makes no sense is refused", "[D6]") {
  Market market;
  auto request = promotion(market, "Odd");
  std::string reason;
  SECTION("too much") {
    request.basis_points = 10'001;
    reason = "reduction_above_whole";
  }
  SECTION("nothing") {
    request.basis_points.reset();
    reason = "rate_or_amount";
  }
  SECTION("half of n for m") {
    request.buy = 3;
    reason = "buy_and_pay";
  }
  SECTION("as many paid as bought") {
    request = three_for_two(market);
    request.pay = 3;
    reason = "pay_not_below_buy";
  }
  SECTION("a percentage besides") {
    request.buy = 3;
    request.pay = 2;
    reason = "rate_or_amount";
  }
  SECTION("an eighth day") {
    request.weekdays = {8};
    reason = "weekday_unknown";
  }
  SECTION("hours that end before they begin") {
    request.from_minute = 600;
    request.to_minute = 600;
    reason = "window_backwards";
  }
  SECTION("an activity of nobody") {
    request.activities = {ActivityId{999}};
    reason = "activity_not_found";
  }
  CHECK(refusal([&] { market.host().run(request); }).reason() == reason);
  CHECK(market.host().run(pricing::Promotions{}).items.empty());
}

TEST_CASE("promotions of a centre are for its staff to make", "[D6][A9]") {
  Market market;
  auto moderator = market.desk.staff("Moderator", market.centre);
  auto made = moderator.run(promotion(market, "Ours"));
  auto wide = promotion(market, "Everywhere");
  wide.centre = {};
  CHECK(refusal([&] { moderator.run(wide); }).code() == Code::denied);
  market.host().run(wide);
  CHECK(market.quote().total == uah(8'100));
  auto stranger = market.desk.staff("Moderator", market.opened("Sunset"));
  CHECK(refusal([&] { stranger.run(pricing::EndPromotion{.promotion = made.id}); }).reason() ==
        "promotion_not_found");
  CHECK(market.desk.anonymous().run(pricing::Promotions{}).items.size() == 2);
  moderator.run(pricing::EndPromotion{.promotion = made.id});
  CHECK(refusal([&] { moderator.run(pricing::EndPromotion{.promotion = made.id}); }).reason() ==
        "promotion_ended");
  CHECK(stranger.run(pricing::Promotions{.ended = true}).items.empty());
  CHECK(moderator.run(pricing::Promotions{.ended = true}).items.size() == 1);
}

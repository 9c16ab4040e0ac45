// Random offers at a real desk: what is booked costs what was quoted, and what is given back leaves
// no trace.
#include <catch2/catch.hpp>

#include "offers_support.hpp"

#include <frontdesk/bookings_many.hpp>
#include <frontdesk/pricing_points.hpp>
#include <frontdesk/pricing_promotions.hpp>
#include <frontdesk/pricing_tiers.hpp>

#include <random>

using namespace frontdesk;
using testing::Market;
using testing::uah;

namespace {

/// Numbers that are the same for a seed everywhere.
class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  /// From `first` to `last`.
  std::int64_t roll(std::int64_t first, std::int64_t last) {
    return first +
           static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(last - first + 1));
  }
  bool perhaps() { return roll(0, 1) == 0; }

 private:
  std::mt19937_64 engine_;
};

void add_coupon(const Market& market, Dice& dice) {
  const std::int64_t taken_off = dice.roll(1, 10'000);
  auto request = dice.perhaps() ? market.coupon(taken_off) : market.coupon_of(taken_off);
  if (dice.perhaps()) request.cap = uah(dice.roll(1, 19'999));
  if (dice.perhaps()) request.budget = uah(100'000);
  request.uses_max = dice.roll(0, 2);
  request.combinable = dice.perhaps();
  market.make(request);
}

void add_promotion(const Market& market, Dice& dice, std::int64_t number) {
  pricing::CreatePromotion request;
  request.centre = market.centre;
  request.name = "Promotion " + std::to_string(number);
  request.exclusive = dice.perhaps();
  request.first_booking = dice.roll(0, 3) == 0;
  if (dice.perhaps()) {
    request.basis_points = dice.roll(1, 10'000);
  } else {
    request.buy = dice.roll(2, 4);
    request.pay = dice.roll(1, *request.buy - 1);
  }
  market.host().run(request);
}

void give_tier(const Market& market, Dice& dice, ClientId client) {
  pricing::CreateTier request;
  request.name = "Silver";
  request.level = 1;
  request.metric = pricing::TierMetric::tickets;
  request.threshold = 1'000;
  request.basis_points = dice.roll(0, 10'000);
  request.free_tickets = dice.roll(0, 3);
  const TierId tier = market.host().run(request).id;
  market.host().run(
      pricing::SetClientTier{.client = client, .tier = tier, .until = {}, .reason = "A friend"});
}

void add_early_bird(const Market& market, Dice& dice) {
  pricing::CreateRule request;
  request.centre = market.centre;
  request.name = "Early bird";
  request.basis_points = -dice.roll(1, 4'999);
  request.kind = pricing::RuleKind::early_bird;
  request.quantity = dice.roll(1, 5);
  market.host().run(request);
}

/// What a purchase may leave behind.
struct Counters {
  std::int64_t balance = 0;
  std::int64_t points = 0;
  std::int64_t coupon_uses = 0;
  std::int64_t coupon_given = 0;
  std::int64_t places_free = 0;

  bool operator==(const Counters&) const = default;
};

Counters counted(const Market& market, ClientId client, bool has_coupon) {
  Counters counters;
  const auto points = market.host().run(pricing::GetPoints{.client = client});
  counters.balance = market.balance(client);
  counters.points = points.spendable + points.waiting;
  counters.places_free = market.free(market.show);
  if (!has_coupon) return counters;
  const auto coupon = market.host().run(pricing::GetCoupon{.coupon = {}, .code = "SPRING"});
  counters.coupon_uses = coupon.uses;
  counters.coupon_given = coupon.given;
  return counters;
}

}  // namespace

TEST_CASE("where offers take all off, what is tendered for the rest is not taken", "[D3][M3]") {
  Market market;
  auto coupon = market.coupon(10'000);
  coupon.uses_per_client = 0;
  market.make(coupon);
  auto olena = market.customer();
  const auto booked = olena.caller.run(market.wish_with({"SPRING"}, 2));
  CHECK(booked.status == bookings::BookingStatus::confirmed);
  CHECK(market.order_of(booked).total == uah(0));
  CHECK(market.balance(olena.client) == 100'000);

  auto named = market.wish_with({"SPRING"});
  named.payments[0].amount = uah(1);
  CHECK(testing::refusal([&] { olena.caller.run(named); }).reason() == "nothing_owed");

  pricing::CreatePromotion present;
  present.centre = market.centre;
  present.name = "On the house";
  present.basis_points = 10'000;
  market.host().run(present);
  bookings::BookMany many;
  many.sessions = {market.session(testing::at(2026, 3, 4, 18)),
                   market.session(testing::at(2026, 3, 5, 18))};
  many.places.resize(1);
  many.payments = {Market::balance()};
  olena.caller.run(many);
  CHECK(market.balance(olena.client) == 100'000);
}

TEST_CASE("a booking costs what was quoted, and once cancelled in time all is as before",
          "[D2][D3][D4][D6][B6]") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    Dice dice(seed);
    Market market;
    market.set("pricing.points_enabled", 1);
    const auto olena = market.customer("Olena", 1'000'000);
    std::vector<std::string> coupons;
    if (dice.perhaps()) {
      add_coupon(market, dice);
      coupons.emplace_back("SPRING");
    }
    for (std::int64_t i = dice.roll(0, 3); i > 0; --i) add_promotion(market, dice, i);
    if (dice.perhaps()) give_tier(market, dice, olena.client);
    if (dice.perhaps()) add_early_bird(market, dice);
    const auto places = static_cast<std::size_t>(dice.roll(1, 6));
    const auto ask = [&] {
      auto request = market.ask(coupons, places);
      request.payer = olena.client;
      return olena.caller.run(request);
    };

    const Counters before = counted(market, olena.client, !coupons.empty());
    const pricing::Quote quoted = ask();
    CHECK(testing::sum_of_parts(quoted) == quoted.total.minor);
    const auto booked = olena.caller.run(market.wish_with(coupons, places));
    if (quoted.total.minor > 0) {
      const money::Order order = market.order_of(booked);
      CHECK(order.total == quoted.total);
      for (std::size_t i = 0; i < quoted.lines.size(); ++i) {
        CHECK(order.lines.at(i).total == quoted.lines[i].total);
      }
    }
    olena.caller.run(bookings::Cancel{.booking = booked.id});
    CHECK(counted(market, olena.client, !coupons.empty()) == before);
    CHECK(ask().total == quoted.total);
    CHECK(market.problems().empty());
  }
}

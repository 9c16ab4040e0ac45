/// Quotes against many offers, and codes by the hundred thousand. The targets stand in
/// docs/performance.md.
#include <benchmark/benchmark.h>

#include "pricing/coupon_codes.hpp"
#include "pricing/working_out.hpp"
#include "storage/desk_state.hpp"
#include "storage/file.hpp"
#include "storage/rows.hpp"
#include "world.hpp"

#include <memory>

using namespace frontdesk;

namespace {

constexpr std::int64_t promotions = 200;

Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

/// A film with 200 promotions that hold, a coupon, and a client with a tier.
class Market {
 public:
  Market() : world_(64, true) {
    Caller host = world_.desk().host();
    catalog::CreateActivity film;
    film.centre = world_.centre();
    film.name = "Premiere";
    const ActivityId activity = host.run(film).id;
    auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    schedule::NewSession show;
    show.activity = activity;
    show.centre = world_.centre();
    show.price = uah(20'000);
    show.start =
        LocalTime{(now + std::chrono::days{7} + std::chrono::hours{19}).time_since_epoch()};
    session_ = host.run(schedule::CreateSessions{.sessions = {show}}).sessions.at(0).id;
    for (std::int64_t i = 0; i < promotions; ++i) {
      pricing::CreatePromotion promotion;
      promotion.centre = world_.centre();
      promotion.name = "Offer " + std::to_string(i);
      promotion.exclusive = i % 4 != 0;
      if (i % 5 == 0) {
        promotion.buy = 2 + i % 3;
        promotion.pay = 1;
      } else {
        promotion.basis_points = 100 + i;
      }
      host.run(promotion);
    }
    pricing::CreateCoupon coupon;
    coupon.centre = world_.centre();
    coupon.name = "Spring";
    coupon.code = "SPRING";
    coupon.basis_points = 1'000;
    coupon.combinable = true;
    host.run(coupon);
    host.run(pricing::ApplyTierPreset{.preset = pricing::TierPreset::by_spend, .currency = "UAH"});
    host.run(upkeep::Tick{});
    pricing::SetClientTier tier;
    tier.client = world_.client();
    tier.tier = host.run(pricing::Tiers{}).tiers.at(2).id;
    tier.reason = "Bench";
    host.run(tier);
  }

  bench::World& world() { return world_; }
  SessionId session() const { return session_; }
  pricing::Buyer buyer() const { return {.payer = world_.client(), .coupons = {"SPRING"}}; }
  CouponId with_many_codes(std::int64_t count) {
    pricing::CreateCoupon coupon;
    coupon.centre = world_.centre();
    coupon.name = "Many";
    coupon.basis_points = 1'000;
    const CouponId id = world_.desk().host().run(coupon).id;
    make_codes(id, count);
    return id;
  }
  void make_codes(CouponId id, std::int64_t count) {
    world_.desk().host().run(
        pricing::MakeCouponCodes{.coupon = id, .count = count, .prefix = "MANY"});
  }

 private:
  bench::World world_;
  SessionId session_{};
};

/// A transaction of the benchmark's own, as the engine makes them.
class Reading {
 public:
  explicit Reading(const bench::World& world)
      : file_(world.path(), {}),
        lease_(file_.read(std::chrono::steady_clock::now() + std::chrono::seconds{5})),
        transaction_(lease_.connection(), desk_, topics_) {
    desk_.random = crypto::system_random();
    desk_.secret = world.secret();
    storage::TransactionAccess(transaction_)
        .begin(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), {}, {},
               false);
  }
  storage::Transaction& transaction() { return transaction_; }
  /// As at the beginning of each transaction.
  void renew() { topics_.is_current = false; }

 private:
  storage::DeskState desk_{};
  storage::TopicVersions topics_{};
  storage::File file_;
  storage::ReaderLease lease_;
  storage::Transaction transaction_;
};

void quote_of_eight(benchmark::State& state) {
  Market market;
  Reading reading(market.world());
  const std::vector<pricing::Wanted> wanted(8);
  const pricing::Buyer buyer = market.buyer();
  const auto session = storage::find<schedule::Session>(reading.transaction(),
                                                        "sessions WHERE id = $1", market.session());
  for (auto _ : state) {
    reading.renew();
    benchmark::DoNotOptimize(pricing::quote_places(reading.transaction(), *session, wanted, buyer));
  }
}
BENCHMARK(quote_of_eight)
    ->Name("quote of 8 tickets with 200 promotions, coupon, tier, in a transaction");

void quote_as_call(benchmark::State& state) {
  Market market;
  pricing::AskQuote ask;
  ask.session = market.session();
  ask.places.resize(8);
  ask.payer = market.world().client();
  ask.coupons = {"SPRING"};
  const Caller host = market.world().desk().host();
  for (auto _ : state) benchmark::DoNotOptimize(host.run(ask));
}
BENCHMARK(quote_as_call)->Name("the same as a call");

void codes_at_once(benchmark::State& state) {
  Market market;
  const CouponId coupon = market.with_many_codes(1);
  for (auto _ : state) market.make_codes(coupon, 100'000);
}
BENCHMARK(codes_at_once)
    ->Name("100,000 unique codes")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// --- codes beside many others ---

/// Two coupons: one with 500 codes, one with so many that the others stand among them. Kept between
/// the runs of a benchmark, since it takes long to fill.
struct Stock {
  explicit Stock(std::int64_t others) : count(others) {
    market.with_many_codes(others);
    coupon = market.with_many_codes(500);
    for (const auto& code : page()) codes.push_back(code.code);
  }
  std::vector<pricing::CouponCode> page() {
    return market.world()
        .desk()
        .host()
        .run(pricing::CouponCodes{.coupon = coupon, .limit = 500})
        .items;
  }

  const std::int64_t count;
  Market market{};
  CouponId coupon{};
  std::vector<std::string> codes{};
};
Stock& stock_of(std::int64_t others) {
  static std::unique_ptr<Stock> stock;
  if (!stock || stock->count != others) {
    stock.reset();
    stock = std::make_unique<Stock>(others);
  }
  return *stock;
}

void look_up(benchmark::State& state) {
  Stock& stock = stock_of(state.range(0));
  Reading reading(stock.market.world());
  std::size_t next = 0;
  for (auto _ : state) {
    next = (next + 1) % stock.codes.size();
    benchmark::DoNotOptimize(
        pricing::stored_code(reading.transaction(), stock.codes[next], "code"));
  }
}
void quote_with_code(benchmark::State& state) {
  Stock& stock = stock_of(state.range(0));
  Reading reading(stock.market.world());
  const std::vector<pricing::Wanted> wanted(8);
  pricing::Buyer buyer = stock.market.buyer();
  const auto session = storage::find<schedule::Session>(
      reading.transaction(), "sessions WHERE id = $1", stock.market.session());
  std::size_t next = 0;
  for (auto _ : state) {
    next = (next + 1) % stock.codes.size();
    buyer.coupons = {stock.codes[next]};
    reading.renew();
    benchmark::DoNotOptimize(pricing::quote_places(reading.transaction(), *session, wanted, buyer));
  }
}
void list_of_codes(benchmark::State& state) {
  Stock& stock = stock_of(state.range(0));
  const Caller host = stock.market.world().desk().host();
  const pricing::CouponCodes list{.coupon = stock.coupon, .limit = 50};
  for (auto _ : state) benchmark::DoNotOptimize(host.run(list));
}
/// In this order, so that each stock is filled once.
const bool are_registered = [] {
  for (std::int64_t others : {1'000, 100'000, 1'000'000}) {
    benchmark::RegisterBenchmark("look-up of a code beside", look_up)->Arg(others);
    benchmark::RegisterBenchmark("quote of 8 tickets with a code beside", quote_with_code)
        ->Arg(others);
    benchmark::RegisterBenchmark("50 of a coupon's codes beside", list_of_codes)->Arg(others);
  }
  return true;
}();

}  // namespace

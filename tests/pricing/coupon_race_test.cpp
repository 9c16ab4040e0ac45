// A coupon with few uses and many buyers at once (SPEC D3).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

#include <thread>

using namespace frontdesk;
using testing::at;
using testing::Market;

TEST_CASE("of fifty buyers in threads just ten get a coupon with ten uses", "[D3]") {
  Market market;
  market.show = market.session(at(2026, 3, 3, 20), 100);
  auto request = market.coupon(1'000);
  request.uses_max = 10;
  CouponId id = market.make(request);
  std::vector<testing::TestDesk::Customer> buyers;
  for (int i = 0; i < 50; ++i) buyers.push_back(market.customer("Buyer " + std::to_string(i)));
  std::atomic<int> used{0};
  std::atomic<int> refused{0};
  std::atomic<bool> is_odd{false};
  std::vector<std::thread> threads;
  for (const auto& buyer : buyers) {
    threads.emplace_back([&, caller = buyer.caller] {
      try {
        caller.run(market.wish_with({"SPRING"}));
        ++used;
      } catch (const Error& error) {
        if (error.reason() != "coupon_used_up") is_odd = true;
        ++refused;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(is_odd);
  CHECK(used == 10);
  CHECK(refused == 40);
  CHECK(market.get(id).uses == 10);
  CHECK(market.get(id).given == 10'000);
  CHECK(market.problems().empty());
}

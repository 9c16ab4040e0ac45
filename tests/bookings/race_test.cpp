// Many buyers at once for few places: each place has one owner, and free never goes below zero.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <set>
#include <thread>

using namespace frontdesk;
using testing::at;
using testing::House;

TEST_CASE("of many threads that want the last places so many get one", "[B3][H8]") {
  House house;
  constexpr std::int64_t places = 20;
  SessionId session = house.session(at(2026, 3, 3, 18), places, 0);
  std::vector<testing::TestDesk::Customer> buyers;
  for (int i = 0; i < 8; ++i) {
    buyers.push_back(house.customer("Buyer " + std::to_string(i), 0));
  }
  std::atomic<std::int64_t> sold{0};
  std::atomic<std::int64_t> refused{0};
  std::atomic<bool> is_odd{false};
  std::vector<std::thread> threads;
  for (const auto& buyer : buyers) {
    threads.emplace_back([&, caller = buyer.caller] {
      for (int i = 0; i < 5; ++i) {
        try {
          sold += static_cast<std::int64_t>(caller.run(House::unpaid(session, 1)).places.size());
        } catch (const Error& error) {
          if (error.code() != Code::sold_out) is_odd = true;
          ++refused;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(is_odd);
  CHECK(sold == places);
  CHECK(refused == 8 * 5 - places);
  std::set<std::int64_t> owned;
  for (const auto& booking :
       house.host().run(bookings::List{.session = session, .limit = 500}).items) {
    for (const auto& place : booking.places) CHECK(owned.insert(place.place).second);
  }
  CHECK(owned.size() == places);
  CHECK(house.free(session) == 0);
  CHECK(house.problems().empty());
}

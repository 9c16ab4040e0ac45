// Booking, quoting, looking and changing what others have just read, all at once: what the library
// remembers of catalogue, prices, plans and seats is shared by the threads of a desk.
#include <catch2/catch.hpp>

#include "pricing/offers_support.hpp"
#include "team.hpp"

#include <frontdesk/bookings_cabinet.hpp>
#include <frontdesk/plans_manage.hpp>
#include <frontdesk/plans_subscriptions.hpp>

#include <optional>

using namespace frontdesk;
using testing::Market;
using testing::uah;
using testing::threads::rounds;
using testing::threads::Team;

namespace {

constexpr std::int64_t capacity = 4'000;

/// Refusals that a change of somebody else explains.
template <class Request>
std::optional<typename Request::Result> unless_sold_out(const Caller& caller,
                                                        const Request& request) {
  try {
    return caller.run(request);
  } catch (const Error& error) {
    if (error.code() == Code::sold_out) return std::nullopt;
    throw;
  }
}

PlanId month(const Market& market) {
  plans::CreatePlan plan;
  plan.centre = market.centre;
  plan.name = "Month";
  plan.active = true;
  plan.terms.price = uah(1'000);
  plan.terms.visits = 10;
  plan.terms.months = 1;
  plan.terms.all_activities = true;
  return market.host().run(plan).id;
}

void add_buyers(Team& team, const std::vector<testing::TestDesk::Customer>& buyers,
                SessionId session) {
  for (const auto& buyer : buyers) {
    team.add("buyer", [buyer, session](int round) {
      bookings::Book wish = Market::wish(session, 2);
      if (round % 3 == 0) wish.coupons = {"SPRING"};
      auto booked = unless_sold_out(buyer.caller, wish);
      if (!booked) return;
      if (round % 2 == 0) buyer.caller.run(bookings::Cancel{.booking = booked->id});
      buyer.caller.run(people::Cabinet{.client = buyer.client});
    });
  }
}

void add_members(Team& team, const std::vector<testing::TestDesk::Customer>& members, PlanId plan,
                 SessionId session) {
  for (const auto& member : members) {
    team.add("member", [member, plan, session](int round) {
      if (round % 5 == 0) {
        member.caller.run(plans::Buy{
            .plan = plan, .owner = member.client, .tenders = {testing::House::balance()}});
      }
      bookings::Book wish = Market::for_attendee(session, member.client);
      wish.payments.clear();
      wish.places[0].by_visit = true;
      auto booked = unless_sold_out(member.caller, wish);
      if (booked) member.caller.run(bookings::Cancel{.booking = booked->id});
    });
  }
}

/// What everybody remembers changes under them.
void add_managers(Team& team, const Market& market, SessionId session) {
  team.add("manager of prices", [&market, session](int round) {
    pricing::SetPrice price;
    price.session = session;
    price.amount = uah(10'000 + round % 7 * 100);
    market.host().run(price);
    market.set("money.round_half_even", round % 2);
    bookings::SetPolicy policy;
    policy.centre = market.centre;
    policy.free_before = std::chrono::hours{48};
    policy.brackets = {{.before = {}, .basis_points = 10'000 - round % 3 * 1'000}};
    market.host().run(policy);
  });
  team.add("manager of the catalogue", [&market](int round) {
    const std::string name = "Room " + std::to_string(round);
    catalog::CreateRoom room;
    room.centre = market.centre;
    room.name = name;
    room.capacity = 10;
    market.host().run(room);
    market.host().run(catalog::UpdateCentre{.centre = market.centre, .city = "Kyiv"});
  });
}

void add_onlookers(Team& team, const Market& market, SessionId session) {
  team.add("asker", [&market, session](int round) {
    pricing::AskQuote ask = market.ask({}, static_cast<std::size_t>(1 + round % 4));
    ask.session = session;
    const pricing::Quote quote = market.host().run(ask);
    if (quote.total.minor < 10'000) throw std::runtime_error("a price nobody set");
  });
  team.add("onlooker", [&market, session](int) {
    const auto seen = market.host().run(seating::Availability{.session = session});
    if (*seen.free < 0 || *seen.free > capacity) throw std::runtime_error("free places are wrong");
    market.calendar();
  });
  team.add("checker", [&market](int round) {
    market.tick();
    if (round % 5 == 0 && !market.problems().empty()) throw std::runtime_error(market.problems());
  });
}

}  // namespace

TEST_CASE("threads book, look and change what the others remember", "[threads][B3][E6][E11]") {
  Market market;
  const SessionId session = market.session(testing::at(2026, 3, 3, 18), capacity, 10'000);
  market.set("bookings.places_per_client", 999);
  pricing::CreateCoupon coupon = market.coupon(1'000);
  coupon.uses_per_client = 0;
  coupon.uses_max = rounds() * 10;
  market.make(coupon);
  const PlanId plan = month(market);
  std::vector<testing::TestDesk::Customer> buyers;
  std::vector<testing::TestDesk::Customer> members;
  for (int i = 0; i < 3; ++i) {
    buyers.push_back(market.customer("Buyer " + std::to_string(i), 1'000'000'000));
    members.push_back(market.customer("Member " + std::to_string(i), 1'000'000'000));
  }
  Team team;
  add_buyers(team, buyers, session);
  add_members(team, members, plan, session);
  add_managers(team, market, session);
  add_onlookers(team, market, session);
  CHECK(team.join() == std::vector<std::string>());
  CHECK(market.problems().empty());
  std::int64_t taken = 0;
  bookings::List list{.session = session, .limit = 500};
  for (;;) {
    const auto page = market.host().run(list);
    for (const auto& booking : page.items) {
      if (booking.status == bookings::BookingStatus::confirmed) {
        taken += static_cast<std::int64_t>(booking.places.size());
      }
    }
    if (!page.next) break;
    list.cursor = page.next;
  }
  CHECK(market.host().run(seating::Availability{.session = session}).free == capacity - taken);
}

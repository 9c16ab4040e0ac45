// Whose a fixed price is: what becomes of it when others pay or come (SPEC D2, D3, D4, D6).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

using namespace frontdesk;
using testing::Market;
using testing::refusal;
using testing::TestDesk;
using testing::uah;

namespace {

/// The film at 100.00, and Olena, who pays a tenth less by her tier.
struct Counter : Market {
  TestDesk::Customer olena = customer();
  TestDesk::Customer petro = customer("Petro");

  TierId tier(std::int64_t basis_points, std::int64_t free_tickets = 0) const {
    pricing::CreateTier request;
    request.name = "Silver";
    request.level = 1;
    request.threshold = 1'000'000;
    request.currency = "UAH";
    request.basis_points = basis_points;
    request.free_tickets = free_tickets;
    const TierId made = host().run(request).id;
    tick();
    pricing::SetClientTier set;
    set.client = olena.client;
    set.tier = made;
    set.reason = "A friend of the house";
    host().run(set);
    return made;
  }
  void promote(const std::function<void(pricing::CreatePromotion&)>& change) const {
    pricing::CreatePromotion request;
    request.centre = centre;
    request.name = "Offer";
    request.basis_points = 5'000;
    change(request);
    host().run(request);
  }
  /// A hold of the caller's, for a client where one is named.
  seating::Held hold(const Caller& caller, ClientId client = {}) const {
    seating::Hold request;
    request.session = show;
    request.client = client;
    request.choice.count = 1;
    return caller.run(request);
  }
  static pricing::Quote fix(const Caller& caller, const seating::Held& held, ClientId attendee = {},
                            std::vector<std::string> coupons = {}) {
    pricing::FixQuote request{.token = held.token, .places = {}, .coupons = std::move(coupons)};
    if (attendee) {
      request.places = {{.place = held.places.at(0).place, .attendee = attendee}};
    }
    return caller.run(request);
  }
  bookings::Book from(const seating::Held& held) const {
    bookings::Book request = wish(show);
    request.hold = held.token;
    return request;
  }
  /// Staff book for Olena from her hold; who pays is theirs to say.
  bookings::Book paid_by(const seating::Held& held, ClientId payer) const {
    bookings::Book request = from(held);
    request.client = olena.client;
    request.payer = payer;
    return request;
  }
  std::int64_t cost(const Caller& caller, const bookings::Book& request) const {
    return order_of(caller.run(request)).total.minor;
  }
  void raise_price() const {
    host().run(pricing::SetPrice{.session = show, .amount = uah(20'000)});
  }
};

}  // namespace

TEST_CASE("a price fixed with a client's tier is that client's, not another payer's", "[D2][D4]") {
  Counter counter;
  const TierId silver = counter.tier(1'000);
  seating::Held held = counter.hold(counter.host(), counter.olena.client);
  CHECK(Counter::fix(counter.host(), held).total == uah(9'000));

  SECTION("she pays what was fixed, whatever became of her tier and of the price") {
    counter.host().run(pricing::EndTier{.tier = silver});
    counter.raise_price();
    CHECK(counter.cost(counter.host(), counter.paid_by(held, counter.olena.client)) == 9'000);
  }
  SECTION("he pays his own price") {
    CHECK(counter.cost(counter.host(), counter.paid_by(held, counter.petro.client)) == 10'000);
    CHECK(counter.balance(counter.petro.client) == 90'000);
    CHECK(counter.balance(counter.olena.client) == 100'000);
  }
  SECTION("nobody known pays the price of nobody") {
    bookings::Book request = counter.from(held);
    request.guest_name = "Guest";
    request.payments = {Market::card()};
    CHECK(counter.cost(counter.host(), request) == 10'000);
  }
  CHECK(counter.problems().empty());
}

TEST_CASE("a free ticket that a hold reserved comes back when another pays", "[D2][D4]") {
  Counter counter;
  counter.tier(0, 1);
  seating::Held held = counter.hold(counter.host(), counter.olena.client);
  CHECK(Counter::fix(counter.host(), held).total == uah(0));
  auto ask = counter.ask();
  ask.payer = counter.olena.client;
  CHECK(counter.host().run(ask).total == uah(10'000));
  CHECK(counter.cost(counter.host(), counter.paid_by(held, counter.petro.client)) == 10'000);
  CHECK(counter.host().run(ask).total == uah(0));
  CHECK(counter.problems().empty());
}

TEST_CASE("who signs in after holding gets what is theirs, and never pays more than was fixed",
          "[D2][D4]") {
  Counter counter;
  counter.tier(1'000);
  const Caller nobody = counter.desk.anonymous();
  seating::Held held = counter.hold(nobody);
  CHECK(Counter::fix(nobody, held).total == uah(10'000));

  SECTION("with the booking") {
    CHECK(counter.cost(counter.olena.caller, counter.from(held)) == 9'000);
  }
  SECTION("by fixing anew, and then it stands") {
    CHECK(Counter::fix(counter.olena.caller, held).total == uah(9'000));
    counter.raise_price();
    CHECK(counter.cost(counter.olena.caller, counter.from(held)) == 9'000);
  }
  SECTION("the price went up meanwhile") {
    counter.raise_price();
    CHECK(counter.cost(counter.olena.caller, counter.from(held)) == 10'000);
  }
  SECTION("what was fixed stands, too, where nobody would get it now") {
    const CouponId id = counter.make(counter.coupon(5'000));
    CHECK(Counter::fix(nobody, held, {}, {"SPRING"}).total == uah(5'000));
    pricing::UpdateCoupon change;
    change.coupon = id;
    change.active = false;
    counter.host().run(change);
    CHECK(counter.cost(counter.petro.caller, counter.from(held)) == 5'000);
    CHECK(counter.get(id).uses == 1);
  }
  CHECK(counter.problems().empty());
}

TEST_CASE("a price fixed for a first visit is not that of who came before", "[D2][D6]") {
  Counter counter;
  counter.promote([](pricing::CreatePromotion& offer) { offer.first_booking = true; });
  counter.petro.caller.run(counter.wish(counter.show));
  seating::Held held = counter.hold(counter.host(), counter.olena.client);
  CHECK(Counter::fix(counter.host(), held).total == uah(5'000));
  SECTION("he came before") {
    CHECK(counter.cost(counter.host(), counter.paid_by(held, counter.petro.client)) == 10'000);
  }
  SECTION("she did not") {
    CHECK(counter.cost(counter.host(), counter.paid_by(held, counter.olena.client)) == 5'000);
  }
}

TEST_CASE("a price fixed for a child of the family is not that of a grown-up", "[D2][D6]") {
  Counter counter;
  counter.promote([](pricing::CreatePromotion& offer) { offer.child_from = 1; });
  const Caller& olena = counter.olena.caller;
  const ClientId maria = counter.child(counter.olena.client);
  seating::Held held = counter.hold(olena);
  bookings::Book request = counter.from(held);

  SECTION("the child was named") {
    CHECK(Counter::fix(olena, held, maria).total == uah(5'000));
    SECTION("and comes") {
      counter.raise_price();
      request.places[0].attendee = maria;
      CHECK(counter.cost(olena, request) == 5'000);
    }
    SECTION("her mother comes instead") {
      request.places[0].attendee = counter.olena.client;
      CHECK(counter.cost(olena, request) == 10'000);
    }
    SECTION("nobody is named any more") { CHECK(counter.cost(olena, request) == 10'000); }
  }
  SECTION("nobody was named") {
    CHECK(Counter::fix(olena, held).total == uah(10'000));
    SECTION("the child comes: that applies by itself") {
      request.places[0].attendee = maria;
      CHECK(counter.cost(olena, request) == 5'000);
    }
    SECTION("her mother comes, and prices went up: what was fixed stands") {
      counter.raise_price();
      request.places[0].attendee = counter.olena.client;
      CHECK(counter.cost(olena, request) == 10'000);
    }
  }
  CHECK(counter.problems().empty());
}

TEST_CASE("a fixed coupon goes along to another payer, and is refused for who had it", "[D2][D3]") {
  Counter counter;
  auto coupon = counter.coupon(2'000);
  coupon.uses_max = 2;
  const CouponId id = counter.make(coupon);
  SECTION("he has it for the first time") {
    seating::Held held = counter.hold(counter.host(), counter.olena.client);
    Counter::fix(counter.host(), held, {}, {"SPRING"});
    CHECK(counter.cost(counter.host(), counter.paid_by(held, counter.petro.client)) == 8'000);
    auto uses = counter.host().run(pricing::CouponUses{.coupon = id}).items;
    REQUIRE(uses.size() == 1);
    CHECK(uses[0].client == counter.petro.client);
    CHECK(counter.get(id).given == 2'000);
  }
  SECTION("he had it") {
    counter.petro.caller.run(counter.wish_with({"SPRING"}));
    seating::Held held = counter.hold(counter.host(), counter.olena.client);
    Counter::fix(counter.host(), held, {}, {"SPRING"});
    const Error error =
        refusal([&] { counter.host().run(counter.paid_by(held, counter.petro.client)); });
    CHECK(error.reason() == "coupon_used_by_client");
    CHECK(error.field() == "coupons[0]");
    CHECK(counter.balance(counter.petro.client) == 92'000);
    CHECK(counter.get(id).uses == 1);
    CHECK(counter.host().run(pricing::CouponUses{.coupon = id}).items.size() == 2);  // reserved
    CHECK(counter.cost(counter.host(), counter.paid_by(held, counter.olena.client)) == 8'000);
    CHECK(counter.get(id).uses == 2);
  }
  SECTION("another coupon is named with the booking: that one counts") {
    counter.make(counter.coupon(3'000, "OTHER"));
    seating::Held held = counter.hold(counter.olena.caller);
    Counter::fix(counter.olena.caller, held, {}, {"SPRING"});
    bookings::Book request = counter.from(held);
    request.coupons = {"OTHER"};
    CHECK(counter.cost(counter.olena.caller, request) == 7'000);
    CHECK(counter.get(id).uses == 0);
    CHECK(counter.host().run(pricing::CouponUses{.coupon = id}).items.empty());
  }
  CHECK(counter.problems().empty());
}

TEST_CASE("a merged client keeps the price that was fixed; an erased one leaves none", "[D2][P7]") {
  Counter counter;
  counter.tier(1'000);
  seating::Held held = counter.hold(counter.host(), counter.olena.client);
  CHECK(Counter::fix(counter.host(), held).total == uah(9'000));
  SECTION("merged") {
    people::Merge merge;
    merge.keep = counter.petro.client;
    merge.duplicate = counter.olena.client;
    counter.host().run(merge);
    counter.raise_price();
    bookings::Book request = counter.from(held);
    request.client = counter.petro.client;
    CHECK(counter.cost(counter.host(), request) == 9'000);
  }
  SECTION("erased: the hold is gone, too") {
    counter.host().run(people::Erase{.client = counter.olena.client});
    bookings::Book request = counter.from(held);
    request.client = counter.petro.client;
    CHECK(refusal([&] { counter.host().run(request); }).reason() == "hold_not_found");
  }
  CHECK(counter.problems().empty());
}

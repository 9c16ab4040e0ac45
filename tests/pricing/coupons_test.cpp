// Coupons: what they take off, every refusal in its order, their uses (SPEC D3).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

using namespace frontdesk;
using testing::at;
using testing::Market;
using testing::refusal;
using testing::sum_of_parts;
using testing::uah;

TEST_CASE("a coupon takes a percentage or an amount off, up to its cap", "[D3][D2]") {
  Market market;
  market.make(market.coupon(1'250, "EIGHTH"));
  market.make(market.coupon_of(5'000, "FIFTY"));
  auto capped = market.coupon(5'000, "HALF");
  capped.cap = uah(7'000);
  market.make(capped);

  pricing::Quote quote = market.quote({"eighth"}, 3);
  CHECK(quote.total == uah(26'250));
  CHECK(quote.discount == uah(3'750));
  REQUIRE(quote.lines[0].discounts.size() == 1);
  CHECK(quote.lines[0].discounts[0].kind == "coupon");
  CHECK(quote.lines[0].discounts[0].name == "Spring");
  CHECK(quote.lines[0].discounts[0].base == uah(10'000));
  CHECK(quote.lines[0].discounts[0].amount == uah(1'250));

  quote = market.quote({"FIFTY"}, 3);
  CHECK(quote.total == uah(25'000));
  CHECK(sum_of_parts(quote) == quote.total.minor);
  CHECK(quote.lines[0].discounts[0].amount.minor + quote.lines[1].discounts[0].amount.minor +
            quote.lines[2].discounts[0].amount.minor ==
        5'000);  // split to the last kopiika

  quote = market.quote({"HALF"}, 2);
  CHECK(quote.total == uah(13'000));
  CHECK(market.quote({"HALF"}).total == uah(5'000));  // below the cap
}

TEST_CASE("an amount above the price leaves zero, never less", "[D3]") {
  Market market;
  market.make(market.coupon_of(50'000));
  CHECK(market.quote({"SPRING"}, 2).total == uah(0));
  auto olena = market.customer();
  bookings::Book wish = market.wish_with({"SPRING"}, 2);
  wish.payments.clear();
  auto booking = olena.caller.run(wish);
  CHECK(booking.status == bookings::BookingStatus::confirmed);
  CHECK(market.order_of(booking).total == uah(0));
  CHECK(market.problems().empty());
}

TEST_CASE("a code is told apart by its letters, not by case, spaces, dashes or look-alikes",
          "[D3]") {
  Market market;
  market.make(market.coupon(1'000, "Solo-10"));
  for (const char* code : {"SOLO-10", "solo10", " so lo 10 ", "S0L0-IO", "sоlо-10"}) {
    CHECK(market.quote({code}).total == uah(9'000));
  }
  CHECK(market.why({"SOLO-11"}) == "coupon_not_found");
  CHECK(market.why({"!"}) == "coupon_not_found");

  CHECK(refusal([&] { market.make(market.coupon(1'000, "solo 10")); }).reason() ==
        "coupon_code_taken");
  CHECK(refusal([&] { market.make(market.coupon(1'000, "S0LO-10")); }).reason() ==
        "coupon_code_looks_alike");
  CHECK(refusal([&] { market.make(market.coupon(1'000, "50 %")); }).reason() ==
        "coupon_code_malformed");
  CHECK(market.make(market.coupon(1'000, "ВЕСНА-2026")));
  CHECK(market.quote({"весна2026"}).total == uah(9'000));
}

TEST_CASE("a coupon that makes no sense is refused, each with its own reason", "[D3]") {
  Market market;
  pricing::CreateCoupon request = market.coupon();
  std::string reason;
  SECTION("more than the whole") {
    request.basis_points = 10'001;
    reason = "reduction_above_whole";
  }
  SECTION("nothing") {
    request.basis_points = 0;
    reason = "reduction_not_positive";
  }
  SECTION("an amount of nothing") {
    request = market.coupon_of(0);
    reason = "reduction_not_positive";
  }
  SECTION("a percentage and an amount") {
    request.amount = uah(100);
    reason = "rate_or_amount";
  }
  SECTION("a cap below zero") {
    request.cap = uah(-1);
    reason = "coupon_cap_negative";
  }
  SECTION("a minimum below zero") {
    request.minimum = uah(-1);
    reason = "coupon_minimum_negative";
  }
  SECTION("a budget below zero") {
    request.budget = uah(-1);
    reason = "coupon_budget_negative";
  }
  SECTION("an end before the start") {
    request.valid_from = market.desk.clock.now();
    request.valid_to = market.desk.clock.now();
    reason = "window_backwards";
  }
  SECTION("another currency") {
    request.cap = Money{100, Currency("EUR")};
    reason = "currency_differs";
  }
  SECTION("a list that does not count") {
    request.activities = {market.film};
    reason = "targets_not_for_kind";
  }
  SECTION("an activity that is not there") {
    request.applies_to = pricing::CouponFor::activities;
    request.activities = {ActivityId{999}};
    reason = "activity_not_found";
  }
  SECTION("an activity twice") {
    request.applies_to = pricing::CouponFor::activities;
    request.activities = {market.film, market.film};
    reason = "listed_twice";
  }
  SECTION("nothing but white space for a name") {
    request.name = "  ";
    reason = "field_missing";
  }
  CHECK(refusal([&] { market.make(request); }).reason() == reason);
  CHECK(market.host().run(pricing::Coupons{}).items.empty());
}

TEST_CASE("a coupon is refused for the first of its reasons, in the order of the specification",
          "[D3]") {
  Market market;
  auto olena = market.customer();
  auto request = market.coupon();
  request.minimum = uah(15'000);
  request.applies_to = pricing::CouponFor::activities;
  request.valid_from = market.desk.clock.now() + std::chrono::hours{1};
  request.valid_to = market.desk.clock.now() + std::chrono::hours{2};
  request.active = false;
  request.budget = uah(0);
  CouponId id = market.make(request);
  auto why = [&](std::size_t places) {
    auto ask = market.ask({"SPRING"}, places);
    ask.payer = olena.client;
    return refusal([&] { market.host().run(ask); }).reason();
  };
  CHECK(why(1) == "coupon_minimum_not_reached");
  CHECK(why(2) == "coupon_without_targets");
  pricing::UpdateCoupon change;
  change.coupon = id;
  ActivityId other = market.activity("Other");
  change.activities = std::vector<ActivityId>{other};
  market.host().run(change);
  CHECK(why(2) == "coupon_not_for_this");
  change.activities = std::vector<ActivityId>{other, market.film};
  market.host().run(change);
  CHECK(why(2) == "coupon_not_yet_valid");
  market.desk.clock += std::chrono::hours{2};
  CHECK(why(2) == "coupon_expired");
  change.valid_to = market.desk.clock.now() + std::chrono::hours{1};
  market.host().run(change);
  CHECK(why(2) == "coupon_inactive");
  change.active = true;
  market.host().run(change);
  CHECK(why(2) == "coupon_budget_spent");
  change.budget = uah(2'000);
  change.uses_max = 1;
  market.host().run(change);
  olena.caller.run(market.wish_with({"SPRING"}, 2));
  CHECK(why(2) == "coupon_used_up");
  change.uses_max = 2;
  market.host().run(change);
  CHECK(why(2) == "coupon_used_by_client");
  change.uses_per_client = 0;
  market.host().run(change);
  CHECK(why(2) == "coupon_budget_spent");
  const Error error = refusal([&] { market.quote({"SPRING"}); });
  CHECK(error.message() == "This coupon is for purchases of 150.00 UAH or more.");
  CHECK(error.field() == "coupons[0]");
}

TEST_CASE("a coupon is for activities, categories with those below, centres, sessions or plans",
          "[D3]") {
  Market market;
  using enum pricing::CouponFor;
  catalog::CreateCategory category;
  category.name = "Film";
  CategoryId top = market.host().run(category).id;
  category.name = "Comedy";
  category.parent = top;
  CategoryId below = market.host().run(category).id;
  catalog::UpdateActivity update;
  update.activity = market.film;
  update.categories = std::vector<CategoryId>{below};
  market.host().run(update);
  SessionId other = market.session(at(2026, 3, 4, 18));

  auto request = market.coupon(1'000, "CATEGORY");
  request.applies_to = categories;
  request.categories = {top};
  market.make(request);
  CHECK(market.quote({"CATEGORY"}).total == uah(9'000));

  request = market.coupon(1'000, "SESSION");
  request.applies_to = sessions;
  request.sessions = {other};
  market.make(request);
  CHECK(market.why({"SESSION"}) == "coupon_not_for_this");
  market.show = other;
  CHECK(market.quote({"SESSION"}).total == uah(9'000));

  // The platform's, for another centre.
  CentreId second = market.opened("Sunset");
  request = market.coupon(1'000, "CENTRE");
  request.centre = {};
  request.applies_to = centres;
  request.centres = {second};
  CouponId id = market.make(request);
  CHECK(market.why({"CENTRE"}) == "coupon_not_for_this");
  pricing::UpdateCoupon change;
  change.coupon = id;
  change.centres = std::vector<CentreId>{second, market.centre};
  market.host().run(change);
  CHECK(market.quote({"CENTRE"}).total == uah(9'000));

  // A centre's coupon is for that centre, whatever it says.
  request = market.coupon(1'000, "FOREIGN");
  request.centre = second;
  market.make(request);
  CHECK(market.why({"FOREIGN"}) == "coupon_not_for_this");
  request = market.coupon(1'000, "THEIRS");
  request.centre = second;
  request.applies_to = activities;
  request.activities = {market.film};
  CHECK(refusal([&] { market.make(request); }).reason() == "activity_not_found");
}

TEST_CASE("a coupon is redeemed with the order and comes back when its last line is cancelled",
          "[D3]") {
  Market market;
  auto olena = market.customer();
  CouponId id = market.make(market.coupon_of(3'000));
  auto booking = olena.caller.run(market.wish_with({"SPRING"}, 3));
  CHECK(market.balance(olena.client) == 100'000 - 27'000);
  CHECK(market.get(id).uses == 1);
  CHECK(market.get(id).given == 3'000);
  auto uses = market.host().run(pricing::CouponUses{.coupon = id}).items;
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].order == booking.order);
  CHECK(uses[0].client == olena.client);
  CHECK(uses[0].amount == uah(3'000));
  CHECK(uses[0].code == "SPRING");
  CHECK(refusal([&] { olena.caller.run(market.wish_with({"SPRING"})); }).reason() ==
        "coupon_used_by_client");

  olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {1, 2}});
  CHECK(market.get(id).uses == 1);
  CHECK(market.get(id).given == 1'000);
  olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {3}});
  CHECK(market.get(id).uses == 0);
  CHECK(market.get(id).given == 0);
  CHECK(market.balance(olena.client) == 100'000);
  CHECK(market.host().run(pricing::CouponUses{.coupon = id, .released = true}).items.size() == 1);
  CHECK(market.problems().empty());
  olena.caller.run(market.wish_with({"SPRING"}));
  CHECK(market.get(id).uses == 1);
  CHECK(market.problems().empty());
}

TEST_CASE("a coupon of a booking that is cancelled late stays used", "[D3][B6]") {
  Market market;
  auto olena = market.customer();
  auto request = market.coupon(5'000);
  SECTION("something was paid") {}
  SECTION("nothing was to pay") { request.basis_points = 10'000; }
  CouponId id = market.make(request);
  bookings::SetPolicy policy;
  policy.centre = market.centre;
  policy.free_before = std::chrono::hours{72};
  market.host().run(policy);
  bookings::Book wish = market.wish_with({"SPRING"}, 2);
  if (request.basis_points == 10'000) wish.payments.clear();
  auto booking = olena.caller.run(wish);
  olena.caller.run(bookings::Cancel{.booking = booking.id});
  CHECK(market.get(id).uses == 1);
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "coupon_used_by_client");
  CHECK(market.problems().empty());
}

TEST_CASE("an order that fails uses no coupon", "[D3]") {
  Market market;
  auto poor = market.customer("Petro", 1'000);
  CouponId id = market.make(market.coupon());
  CHECK(refusal([&] { poor.caller.run(market.wish_with({"SPRING"})); }).reason() ==
        "balance_too_low");
  CHECK(market.get(id).uses == 0);
  CHECK(market.host().run(pricing::CouponUses{}).items.empty());
}

TEST_CASE("a booking that lapses unpaid gives its coupon back", "[D3][B4]") {
  Market market;
  auto olena = market.customer();
  CouponId id = market.make(market.coupon());
  bookings::Book wish = market.wish_with({"SPRING"});
  wish.payments.clear();
  olena.caller.run(wish);
  CHECK(market.get(id).uses == 1);
  market.desk.clock += std::chrono::hours{30};
  market.host().run(upkeep::Tick{});
  CHECK(market.get(id).uses == 0);
  CHECK(market.problems().empty());
}

TEST_CASE("several coupons of an order must each go together with others", "[D3]") {
  Market market;
  auto first = market.coupon(1'000, "FIRST");
  first.combinable = true;
  market.make(first);
  auto second = market.coupon_of(1'000, "SECOND");
  second.combinable = true;
  market.make(second);
  market.make(market.coupon(1'000, "ALONE"));
  pricing::Quote quote = market.quote({"FIRST", "SECOND"});
  CHECK(quote.total == uah(8'000));
  CHECK(quote.lines[0].discounts.at(1).base == uah(9'000));
  CHECK(market.quote({"SECOND", "FIRST"}).total == uah(8'100));  // in the order they are named
  CHECK(market.why({"FIRST", "ALONE"}) == "coupon_not_combinable");
  CHECK(market.why({"FIRST", "first"}) == "coupon_twice");
}

TEST_CASE("a budget is never overdrawn: the last purchase gets what is left", "[D3]") {
  Market market;
  auto olena = market.customer();
  auto request = market.coupon(5'000);
  request.budget = uah(12'000);
  request.uses_per_client = 0;
  CouponId id = market.make(request);
  for (int i = 0; i < 2; ++i) olena.caller.run(market.wish_with({"SPRING"}));
  CHECK(market.quote({"SPRING"}).total == uah(8'000));
  olena.caller.run(market.wish_with({"SPRING"}));
  CHECK(market.get(id).given == 12'000);
  CHECK(market.why({"SPRING"}) == "coupon_budget_spent");
}

TEST_CASE("a guest cannot use what is limited for each client", "[D3][B14]") {
  Market market;
  market.set("bookings.online_guests", 1);
  market.make(market.coupon());
  bookings::BookAsGuest wish;
  wish.session = market.show;
  wish.places.resize(1);
  wish.name = "Guest";
  wish.email = "guest@example.org";
  wish.coupons = {"SPRING"};
  CHECK(refusal([&] { market.desk.anonymous().run(wish); }).reason() == "coupon_needs_client");
  auto open = market.coupon(1'000, "OPEN");
  open.uses_per_client = 0;
  market.make(open);
  wish.coupons = {"OPEN"};
  auto booking = market.desk.anonymous().run(wish);
  CHECK(market.order_of(booking).total == uah(9'000));
}

TEST_CASE("the quote of a hold reserves its coupon as long as it stands", "[D2][D3]") {
  Market market;
  auto olena = market.customer();
  auto petro = market.customer("Petro");
  auto request = market.coupon(2'000);
  request.uses_max = 1;
  CouponId id = market.make(request);
  seating::Hold hold;
  hold.session = market.show;
  hold.choice.count = 2;
  auto held = olena.caller.run(hold);
  auto quote =
      olena.caller.run(pricing::FixQuote{.token = held.token, .places = {}, .coupons = {"SPRING"}});
  CHECK(quote.total == uah(16'000));
  CHECK(market.get(id).uses == 0);
  CHECK(refusal([&] { petro.caller.run(market.wish_with({"SPRING"})); }).reason() ==
        "coupon_used_up");
  SECTION("the booking from it has it, whatever became of the coupon") {
    pricing::UpdateCoupon change;
    change.coupon = id;
    change.active = false;
    market.host().run(change);
    bookings::Book wish = market.wish(market.show, 2);
    wish.hold = held.token;
    CHECK(market.order_of(olena.caller.run(wish)).total == uah(16'000));
    CHECK(market.get(id).uses == 1);
  }
  SECTION("once it has lapsed, others have it") {
    market.desk.clock += std::chrono::hours{3};
    petro.caller.run(market.wish_with({"SPRING"}));
    CHECK(market.get(id).uses == 1);
    market.host().run(upkeep::Tick{});
    CHECK(market.host().run(pricing::CouponUses{}).items.size() == 1);
  }
  CHECK(market.problems().empty());
}

TEST_CASE("who moves keeps the coupon, for at most what it took off", "[D3][B7]") {
  Market market;
  auto olena = market.customer();
  CouponId id = market.make(market.coupon(2'000));
  auto booking = olena.caller.run(market.wish_with({"SPRING"}, 2));
  SessionId dearer = market.session(at(2026, 3, 5, 18), 10, 20'000);
  bookings::Move move;
  move.booking = booking.id;
  move.session = dearer;
  move.payments = {Market::balance()};
  auto moved = olena.caller.run(move);
  CHECK(market.order_of(moved).total == uah(36'000));
  CHECK(market.get(id).uses == 1);
  CHECK(market.get(id).given == 4'000);
  CHECK(market.problems().empty());
  olena.caller.run(bookings::Cancel{.booking = booking.id});
  CHECK(market.get(id).uses == 0);
  CHECK(market.balance(olena.client) == 100'000);
}

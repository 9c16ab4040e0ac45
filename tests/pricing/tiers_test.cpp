// Tiers: what counts, what they give, how they change (SPEC D4).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

#include <frontdesk/bookings_many.hpp>

using namespace frontdesk;
using pricing::TierCause;
using testing::at;
using testing::Market;
using testing::refusal;
using testing::uah;

namespace {

pricing::CreateTier tier(std::int64_t level, std::int64_t threshold,
                         std::int64_t basis_points = 1'000) {
  pricing::CreateTier request;
  request.name = "Tier " + std::to_string(level);
  request.level = level;
  request.metric = pricing::TierMetric::spend;
  request.threshold = threshold;
  request.currency = "UAH";
  request.basis_points = basis_points;
  return request;
}

pricing::ClientTier standing(const Market& market, ClientId client) {
  return market.host().run(pricing::GetClientTier{.client = client});
}

std::vector<pricing::TierChange> history(const Market& market, ClientId client) {
  return market.host().run(pricing::TierHistory{.client = client}).items;
}

}  // namespace

TEST_CASE("who has spent enough pays less from the next booking on; refunds count back", "[D4]") {
  Market market;
  auto low = market.host().run(tier(1, 15'000));
  auto high = market.host().run(tier(2, 30'000, 2'000));
  market.tick();
  auto olena = market.customer();
  CHECK_FALSE(standing(market, olena.client).tier);
  CHECK(standing(market, olena.client).next == low.id);
  CHECK(standing(market, olena.client).next_missing == 15'000);
  auto first = olena.caller.run(market.wish_with({}, 2));
  CHECK(market.order_of(first).total == uah(20'000));
  CHECK(standing(market, olena.client).tier == low.id);
  CHECK(standing(market, olena.client).next_missing == 10'000);

  auto ask = market.ask();
  ask.payer = olena.client;
  auto quote = olena.caller.run(ask);
  CHECK(quote.total == uah(9'000));
  CHECK(quote.lines[0].discounts.at(0).kind == "tier");
  CHECK(quote.lines[0].discounts.at(0).tier == low.id);
  auto second = olena.caller.run(market.wish_with({}, 2));
  CHECK(market.order_of(second).total == uah(18'000));
  CHECK(standing(market, olena.client).tier == high.id);

  olena.caller.run(bookings::Cancel{.booking = first.id});
  CHECK(standing(market, olena.client).tier == low.id);
  olena.caller.run(bookings::Cancel{.booking = second.id});
  CHECK_FALSE(standing(market, olena.client).tier);
  auto changes = history(market, olena.client);
  REQUIRE(changes.size() == 4);
  CHECK(changes[0].cause == TierCause::refund);
  CHECK(changes[0].order == second.order);
  CHECK(changes[0].from == low.id);
  CHECK_FALSE(changes[0].to);
  CHECK(changes[3].cause == TierCause::purchase);
  CHECK(changes[3].order == first.order);
  CHECK(market.told("pricing.tier_reached") == 4);
  CHECK(market.problems().empty());
}

TEST_CASE("a tier counts for the payer, not for who attends", "[D4][P2]") {
  Market market;
  auto low = market.host().run(tier(1, 5'000));
  market.tick();
  auto olena = market.customer();
  ClientId maria = market.child(olena.client);
  olena.caller.run(market.for_attendee(market.show, maria));
  CHECK(standing(market, olena.client).tier == low.id);
  CHECK_FALSE(standing(market, maria).tier);
}

TEST_CASE("a tier by tickets a year falls at the turn of the year, by the tick", "[D4]") {
  Market market;
  auto request = tier(1, 2);
  request.metric = pricing::TierMetric::tickets;
  request.window = pricing::TierWindow::calendar_year;
  request.currency.reset();
  auto made = market.host().run(request);
  market.tick();
  auto olena = market.customer();
  olena.caller.run(market.wish_with({}, 2));
  CHECK(standing(market, olena.client).tier == made.id);
  market.pass(std::chrono::hours{24 * 290});
  market.tick();
  CHECK(standing(market, olena.client).tier == made.id);  // December still
  market.pass(std::chrono::hours{24 * 20});
  market.tick();
  CHECK_FALSE(standing(market, olena.client).tier);
  CHECK(history(market, olena.client)[0].cause == TierCause::time);
  CHECK(market.problems().empty());
}

TEST_CASE("twelve months roll on day by day", "[D4]") {
  Market market;
  auto request = tier(1, 10'000);
  request.window = pricing::TierWindow::rolling_year;
  auto made = market.host().run(request);
  market.tick();
  auto olena = market.customer();
  olena.caller.run(market.wish_with({}));
  market.pass(std::chrono::hours{24 * 364});
  market.tick();
  CHECK(standing(market, olena.client).tier == made.id);
  market.pass(std::chrono::hours{24});
  market.tick();
  CHECK_FALSE(standing(market, olena.client).tier);
}

TEST_CASE("a tier by visits counts who was checked in", "[D4]") {
  Market market;
  auto request = tier(1, 2);
  request.metric = pricing::TierMetric::visits;
  request.currency.reset();
  auto made = market.host().run(request);
  market.tick();
  auto olena = market.customer();
  auto booking = olena.caller.run(market.wish_with({}, 2));
  CHECK_FALSE(standing(market, olena.client).tier);
  market.pass(std::chrono::hours{30} + std::chrono::minutes{30});
  bookings::CheckIn check;
  check.booking = booking.id;
  market.host().run(check);
  CHECK(standing(market, olena.client).tier == made.id);
  bookings::UndoCheckIn undo;
  undo.booking = booking.id;
  undo.places = {1, 2};
  undo.reason = "Wrong guest";
  market.host().run(undo);
  CHECK_FALSE(standing(market, olena.client).tier);
  CHECK(market.problems().empty());
}

TEST_CASE("free tickets of a month are the dearest places, and come back with them", "[D4][D2]") {
  Market market;
  auto request = tier(1, 10'000, 0);
  request.free_tickets = 2;
  market.host().run(request);
  market.tick();
  auto olena = market.customer();
  olena.caller.run(market.wish_with({}));
  CHECK(standing(market, olena.client).free_tickets_left == 2);
  auto booking = olena.caller.run(market.wish_with({}, 3));
  CHECK(market.order_of(booking).total == uah(10'000));
  CHECK(standing(market, olena.client).free_tickets_left == 0);
  auto ask = market.ask();
  ask.payer = olena.client;
  CHECK(olena.caller.run(ask).total == uah(10'000));
  olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {1}});
  CHECK(standing(market, olena.client).free_tickets_left == 1);
  CHECK(market.problems().empty());

  // A hold's quote reserves them; in the next month there are new ones.
  seating::Hold hold;
  hold.session = market.show;
  hold.choice.count = 1;
  auto held = olena.caller.run(hold);
  CHECK(olena.caller.run(pricing::FixQuote{.token = held.token}).total == uah(0));
  CHECK(olena.caller.run(ask).total == uah(10'000));
  market.pass(std::chrono::hours{24 * 31});
  CHECK(standing(market, olena.client).free_tickets_left == 2);
}

TEST_CASE("a free ticket is used up by a booking that moves to what costs", "[D4][D2][B7]") {
  Market market;
  auto request = tier(1, 10'000, 0);
  request.free_tickets = 1;
  market.host().run(request);
  market.tick();
  auto olena = market.customer();
  const SessionId gift = market.session(at(2026, 3, 4, 18), 10, 0);
  olena.caller.run(market.wish_with({}));
  const auto move = [&] {
    bookings::Move wish;
    wish.booking = olena.caller.run(Market::unpaid(gift)).id;
    wish.session = market.show;
    wish.payments = {Market::balance()};
    return market.order_of(olena.caller.run(wish)).total;
  };
  CHECK(move() == uah(0));
  CHECK(standing(market, olena.client).free_tickets_left == 0);
  CHECK(move() == uah(10'000));
  CHECK(market.problems().empty());
}

TEST_CASE("of several free places only the one that was cancelled late stays used", "[D4][B6]") {
  Market market;
  auto request = tier(1, 10'000, 0);
  request.free_tickets = 2;
  market.host().run(request);
  market.tick();
  auto olena = market.customer();
  olena.caller.run(market.wish_with({}));
  bookings::BookMany many;
  many.sessions = {market.show, market.session(at(2026, 3, 6, 18))};
  many.places.resize(1);
  const auto booked = olena.caller.run(many);
  CHECK(standing(market, olena.client).free_tickets_left == 0);
  market.pass(std::chrono::hours{28});  // three hours before the first
  olena.caller.run(bookings::Cancel{.booking = booked.bookings.at(0).id});
  CHECK(standing(market, olena.client).free_tickets_left == 0);
  olena.caller.run(bookings::Cancel{.booking = booked.bookings.at(1).id});
  CHECK(standing(market, olena.client).free_tickets_left == 1);
  CHECK(market.problems().empty());
}

TEST_CASE("a higher tier books days earlier", "[D4][B2]") {
  Market market;
  auto request = tier(1, 10'000, 0);
  request.early_days = 3;
  market.host().run(request);
  market.tick();
  auto olena = market.customer();
  auto petro = market.customer("Petro");
  olena.caller.run(market.wish_with({}));
  SessionId later = market.session(at(2026, 3, 18, 18));  // 16 days ahead
  CHECK_NOTHROW(olena.caller.run(market.wish(later)));
  CHECK(refusal([&] { petro.caller.run(market.wish(later)); }).reason() == "booking_not_open_yet");
  SessionId too_late = market.session(at(2026, 3, 20, 18));
  CHECK(refusal([&] { olena.caller.run(market.wish(too_late)); }).reason() ==
        "booking_not_open_yet");
}

TEST_CASE("staff give a tier until an end, with a reason", "[D4]") {
  Market market;
  market.host().run(tier(1, 10'000));
  auto high = market.host().run(tier(2, 900'000, 5'000));
  market.tick();
  auto olena = market.customer();
  olena.caller.run(market.wish_with({}));
  pricing::SetClientTier set;
  set.client = olena.client;
  set.tier = high.id;
  set.until = market.desk.clock.now() + std::chrono::hours{48};
  set.reason = "Guest of honour";
  auto moderator = market.desk.staff("Moderator", market.centre);
  CHECK(moderator.run(set).tier == high.id);
  CHECK(history(market, olena.client)[0].cause == TierCause::set_by_staff);
  CHECK(history(market, olena.client)[0].reason == "Guest of honour");
  auto ask = market.ask();
  ask.payer = olena.client;
  CHECK(olena.caller.run(ask).total == uah(5'000));
  market.show = market.session(at(2026, 3, 10, 18));
  ask.session = market.show;
  market.pass(std::chrono::hours{48});
  CHECK(olena.caller.run(ask).total == uah(9'000));  // at once, without a tick
  market.tick();
  CHECK(history(market, olena.client)[0].cause == TierCause::time);
  CHECK(market.problems().empty());

  set.until = market.desk.clock.now();
  CHECK(refusal([&] { moderator.run(set); }).reason() == "tier_end_past");
  set.tier = TierId{999};
  CHECK(refusal([&] { moderator.run(set); }).reason() == "tier_not_found");
  set.tier = {};
  CHECK(refusal([&] { moderator.run(set); }).reason() == "tier_end_alone");
  CHECK(refusal([&] { olena.caller.run(set); }).code() == Code::denied);
}

TEST_CASE("presets make tiers by spending and by tickets; who bought before reaches them", "[D4]") {
  Market market;
  auto olena = market.customer();
  olena.caller.run(market.wish_with({}, 6));
  auto made =
      market.host()
          .run(pricing::ApplyTierPreset{.preset = pricing::TierPreset::by_spend, .currency = "UAH"})
          .tiers;
  REQUIRE(made.size() == 5);
  const std::int64_t thresholds[] = {0, 10'000, 50'000, 100'000, 250'000};
  const std::int64_t percents[] = {0, 500, 1'000, 1'500, 2'000};
  const std::int64_t free[] = {0, 1, 2, 4, 6};
  const std::int64_t days[] = {0, 1, 2, 3, 5};
  const std::int64_t points[] = {100, 120, 150, 200, 300};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(made[i].threshold == thresholds[i]);
    CHECK(made[i].basis_points == percents[i]);
    CHECK(made[i].free_tickets == free[i]);
    CHECK(made[i].early_days == days[i]);
    CHECK(made[i].points_percent == points[i]);
  }
  market.tick();
  CHECK(standing(market, olena.client).tier == made[2].id);  // 600 spent
  CHECK(history(market, olena.client)[0].cause == TierCause::tiers_changed);
  CHECK(standing(market, market.customer("Petro").client).tier == made[0].id);
  CHECK(market.problems().empty());

  auto by_tickets =
      market.host().run(pricing::ApplyTierPreset{.preset = pricing::TierPreset::by_tickets}).tiers;
  REQUIRE(by_tickets.size() == 3);
  CHECK(by_tickets[0].threshold == 100);
  CHECK(by_tickets[1].threshold == 300);
  CHECK(by_tickets[2].threshold == 500);
  CHECK(by_tickets[2].basis_points == 2'000);
  CHECK(by_tickets[2].window == pricing::TierWindow::calendar_year);
  market.tick();
  CHECK_FALSE(standing(market, olena.client).tier);
  CHECK(market.host().run(pricing::Tiers{}).tiers.size() == 3);
  CHECK(market.problems().empty());
}

TEST_CASE("a tier that makes no sense is refused", "[D4]") {
  Market market;
  auto request = tier(1, 10'000);
  market.host().run(request);
  std::string reason;
  SECTION("a level twice") { reason = "tier_level_taken"; }
  SECTION("more than the whole") {
    request.basis_points = 10'001;
    reason = "reduction_above_whole";
  }
  SECTION("less than nothing") {
    request.basis_points = -1;
    reason = "reduction_negative";
  }
  SECTION("spending of what?") {
    request.currency.reset();
    reason = "tier_currency_needed";
  }
  SECTION("tickets in hryvnias") {
    request.metric = pricing::TierMetric::tickets;
    reason = "tier_without_money";
  }
  SECTION("a currency that is none") {
    request.currency = "ABC";
    reason = "currency_unknown";
  }
  CHECK(refusal([&] { market.host().run(request); }).reason() == reason);
  auto moderator = market.desk.staff("Moderator", market.centre);
  CHECK(refusal([&] { moderator.run(tier(2, 1)); }).code() == Code::denied);
}

TEST_CASE("when duplicates are merged, what both bought counts for one", "[D4][P7]") {
  Market market;
  auto low = market.host().run(tier(1, 15'000));
  market.tick();
  auto olena = market.customer();
  people::CreateClient created;
  created.first_name = "Olenka";
  created.centre = market.centre;
  const ClientId twin = market.host().run(created).id;
  olena.caller.run(market.wish_with({}));
  bookings::Book wish = market.wish_with({});
  wish.client = twin;
  wish.payments = {Market::card()};
  market.host().run(wish);
  CHECK_FALSE(standing(market, olena.client).tier);
  people::Merge merge;
  merge.keep = olena.client;
  merge.duplicate = twin;
  market.host().run(merge);
  CHECK(standing(market, olena.client).tier == low.id);
  CHECK(market.problems().empty());
}

TEST_CASE("a tier is ended once, and given to nobody after", "[D4]") {
  Market market;
  auto olena = market.customer();
  const TierId ended = market.host().run(tier(1, 15'000)).id;
  market.host().run(pricing::EndTier{.tier = ended});
  const Error twice = refusal([&] { market.host().run(pricing::EndTier{.tier = ended}); });
  CHECK(twice.reason() == "tier_ended");
  CHECK(twice.message() == "This tier was ended.");
  pricing::SetClientTier set;
  set.client = olena.client;
  set.tier = ended;
  set.reason = "A friend";
  CHECK(refusal([&] { market.host().run(set); }).field() == "tier");
  CHECK_FALSE(standing(market, olena.client).tier);
}

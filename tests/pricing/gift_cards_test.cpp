// Gift cards: sold, redeemed in parts, several an order, given back, expired (SPEC D7).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

using namespace frontdesk;
using pricing::GiftCardStatus;
using testing::at;
using testing::Market;
using testing::refusal;
using testing::uah;

namespace {

pricing::GiftCard sell(const Market& market, std::int64_t minor,
                       std::vector<money::Tender> tenders = {Market::card()}) {
  pricing::SellGiftCard request;
  request.centre = market.centre;
  request.amount = uah(minor);
  request.tenders = std::move(tenders);
  return market.host().run(request);
}

money::Tender with(const std::string& code, std::optional<std::int64_t> minor = {}) {
  money::Tender tender;
  tender.method = money::PaymentMethod::gift_card;
  tender.code = code;
  if (minor) tender.amount = uah(*minor);
  return tender;
}

pricing::GiftCard look(const Market& market, const std::string& code) {
  return market.desk.anonymous().run(pricing::GetGiftCard{.code = code});
}

}  // namespace

TEST_CASE("a gift card is redeemed in parts, and several pay one order", "[D7][B4]") {
  Market market;
  auto olena = market.customer();
  auto first = sell(market, 12'000);
  auto second = sell(market, 50'000);
  CHECK(first.status == GiftCardStatus::active);
  CHECK(first.code.size() == 19);
  bookings::Book wish = market.wish_with({}, 3);
  wish.payments = {with(first.code), with(second.code, 5'000), Market::balance()};
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "gift_card_too_low");
  CHECK(look(market, first.code).left == uah(12'000));

  wish.payments = {with(first.code, 12'000), with(second.code, 5'000), Market::balance()};
  auto booking = olena.caller.run(wish);
  CHECK(booking.status == bookings::BookingStatus::confirmed);
  CHECK(market.balance(olena.client) == 87'000);
  CHECK(look(market, first.code).status == GiftCardStatus::spent);
  CHECK(look(market, second.code).left == uah(45'000));
  CHECK(market.problems().empty());

  wish.payments = {with(second.code)};  // whatever is owed
  olena.caller.run(wish);
  CHECK(look(market, second.code).left == uah(15'000));

  olena.caller.run(bookings::Cancel{.booking = booking.id});
  CHECK(market.balance(olena.client) == 100'000);
  CHECK(look(market, first.code).left == uah(12'000));
  CHECK(look(market, first.code).status == GiftCardStatus::active);
  CHECK(look(market, second.code).left == uah(20'000));
  CHECK(market.problems().empty());
}

TEST_CASE("a card pays once it is paid itself, and can be given back while it is unused", "[D7]") {
  Market market;
  auto olena = market.customer();
  pricing::SellGiftCard request;
  request.centre = market.centre;
  request.buyer = olena.client;
  request.amount = uah(20'000);
  auto card = olena.caller.run(request);
  CHECK(card.status == GiftCardStatus::unpaid);
  bookings::Book wish = market.wish_with({});
  wish.payments = {with(card.code)};
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "gift_card_unpaid");
  olena.caller.run(money::Pay{.order = card.order, .tenders = {Market::balance()}});
  CHECK(look(market, card.code).status == GiftCardStatus::active);

  SECTION("unused") {
    money::CancelOrder cancel;
    cancel.order = card.order;
    cancel.reason = "Changed my mind";
    market.host().run(cancel);
    CHECK(look(market, card.code).status == GiftCardStatus::cancelled);
    CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "gift_card_cancelled");
  }
  SECTION("used") {
    olena.caller.run(wish);
    money::CancelOrder cancel;
    cancel.order = card.order;
    cancel.reason = "Changed my mind";
    CHECK(refusal([&] { market.host().run(cancel); }).reason() == "gift_card_used");
    CHECK(look(market, card.code).left == uah(10'000));
  }
  CHECK(market.problems().empty());
}

TEST_CASE("what is written off of a card is not on it", "[D7][M3]") {
  Market market;
  auto olena = market.customer();
  const auto write_off = [&](const pricing::GiftCard& card) {
    market.host().run(money::WriteOff{.order = card.order, .reason = "Moved away"});
    CHECK(market.problems().empty());
    return look(market, card.code);
  };
  SECTION("never paid") {
    const pricing::GiftCard card = write_off(sell(market, 15'000, {}));
    CHECK(card.status == GiftCardStatus::cancelled);
    CHECK(card.left == uah(0));
  }
  SECTION("paid in part") {
    money::Tender part = Market::card();
    part.amount = uah(5'000);
    const pricing::GiftCard card = write_off(sell(market, 15'000, {part}));
    CHECK(card.status == GiftCardStatus::active);
    CHECK(card.left == uah(5'000));
  }
  SECTION("used, and charged back afterwards") {
    const pricing::GiftCard card = sell(market, 15'000, {});
    const auto paid = market.host().run(
        money::StartPayment{.order = card.order, .provider = "liqpay", .amount = {}});
    const auto tell = [&](const std::string& event, money::Outcome outcome) {
      market.host().run(money::RecordCallback{.provider = "liqpay",
                                              .event = event,
                                              .payment = paid.id,
                                              .external_ref = {},
                                              .outcome = outcome,
                                              .amount = uah(15'000),
                                              .problem = {}});
    };
    tell("1", money::Outcome::completed);
    bookings::Book wish = market.wish_with({});
    wish.payments = {with(card.code)};
    const auto booking = olena.caller.run(wish);
    tell("2", money::Outcome::refunded);
    CHECK(look(market, card.code).status == GiftCardStatus::unpaid);
    CHECK(write_off(card).left == uah(0));
    olena.caller.run(bookings::Cancel{.booking = booking.id});
    CHECK(look(market, card.code).status == GiftCardStatus::cancelled);
    CHECK(look(market, card.code).left == uah(0));  // nobody could spend it
    CHECK(market.problems().empty());
  }
}

TEST_CASE("what comes back on a card that has ended can be spent for a new term", "[D7][S9]") {
  Market market;
  market.set("pricing.gift_card_days", 1);
  const auto card = sell(market, 15'000);
  bookings::Book wish = market.wish_with({});
  wish.session = market.session(at(2026, 3, 10, 18));
  wish.payments = {with(card.code)};
  auto olena = market.customer();
  olena.caller.run(wish);
  market.pass(std::chrono::hours{48});
  SECTION("after it was emptied") {
    market.tick();
    CHECK(look(market, card.code).status == GiftCardStatus::expired);
  }
  SECTION("before anybody looked") {}
  schedule::CancelSession cancel;
  cancel.session = wish.session;
  cancel.reason = "The heating failed";
  market.host().run(cancel);
  market.tick();
  CHECK(look(market, card.code).status == GiftCardStatus::active);
  CHECK(look(market, card.code).left == uah(10'000));
  CHECK(look(market, card.code).expires_at == market.desk.clock.now() + std::chrono::hours{24});
  CHECK(market.problems().empty());
}

TEST_CASE("a card's end is no correction that could be reversed", "[D7][M1]") {
  Market market;
  sell(market, 15'000);
  market.pass(std::chrono::hours{24 * 365});
  market.tick();
  const auto entry = market.host().run(money::Ledger{.centre = market.centre}).items.at(0);
  CHECK(entry.kind == money::EntryKind::gift_card_expiry);
  CHECK(refusal([&] {
          market.host().run(money::ReverseEntry{.entry = entry.id, .reason = "Keep it"});
        }).reason() == "entry_not_reversible");
  CHECK(market.problems().empty());
}

TEST_CASE("the line of a gift card is in the language of who sells it", "[D7][E18]") {
  Market market;
  const auto card = sell(market, 15'000);
  const auto order = market.host().run(money::GetOrder{.order = card.order});
  CHECK(order.lines.at(0).text == "Gift card");
}

TEST_CASE("what is left of a card is lost at its end, and is the centre's income", "[D7]") {
  Market market;
  auto olena = market.customer();
  auto card = sell(market, 20'000);
  bookings::Book wish = market.wish_with({});
  wish.payments = {with(card.code)};
  olena.caller.run(wish);
  market.pass(std::chrono::hours{24 * 365});
  wish.session = market.session(at(2027, 3, 4, 18));
  wish.client = olena.client;
  const Error error = refusal([&] { market.host().run(wish); });
  CHECK(error.reason() == "gift_card_expired");
  CHECK(error.code() == Code::expired);
  market.tick();
  CHECK(look(market, card.code).status == GiftCardStatus::expired);
  CHECK(look(market, card.code).left == uah(0));
  CHECK(market.problems().empty());
}

TEST_CASE("a card is refused without its code, with a wrong one, and at another centre", "[D7]") {
  Market market;
  auto olena = market.customer();
  CentreId other = market.opened("Sunset");
  pricing::SellGiftCard request;
  request.centre = other;
  request.amount = uah(50'000);
  request.tenders = {Market::card()};
  auto foreign = market.host().run(request);
  bookings::Book wish = market.wish_with({});
  auto why = [&](const money::Tender& tender) {
    wish.payments = {tender};
    return refusal([&] { olena.caller.run(wish); }).reason();
  };
  money::Tender nameless = with("");
  nameless.code.reset();
  CHECK(why(nameless) == "gift_card_code_needed");
  CHECK(why(with("ABCD-EFGH-JKMN-PQRS")) == "gift_card_not_found");
  CHECK(why(with(foreign.code)) == "gift_card_of_other_centre");

  request.amount = uah(0);
  CHECK(refusal([&] { market.host().run(request); }).reason() == "amount_not_positive");
  request.amount = uah(1'000);
  request.tenders = {with(foreign.code)};
  CHECK(refusal([&] { market.host().run(request); }).reason() == "method_not_accepted");
}

TEST_CASE("lists show the ends of codes, to the buyer and to staff of the centre", "[D7][A9]") {
  Market market;
  auto olena = market.customer();
  pricing::SellGiftCard request;
  request.centre = market.centre;
  request.buyer = olena.client;
  request.amount = uah(20'000);
  request.tenders = {Market::balance()};
  auto card = olena.caller.run(request);
  sell(market, 10'000);
  auto own = olena.caller.run(pricing::GiftCards{}).items;
  REQUIRE(own.size() == 1);
  CHECK(own[0].code == card.code.substr(15));
  CHECK(own[0].left == uah(20'000));
  CHECK(market.salesman().run(pricing::GiftCards{}).items.size() == 2);
  auto stranger = market.desk.staff("Salesman", market.opened("Sunset"));
  CHECK(stranger.run(pricing::GiftCards{}).items.empty());
  CHECK_FALSE(look(market, card.code).buyer);
}

TEST_CASE("a plan is paid with a gift card", "[D7][V1]") {
  Market market;
  auto olena = market.customer();
  auto card = sell(market, 60'000);
  plans::CreatePlan plan;
  plan.centre = market.centre;
  plan.name = "Month";
  plan.active = true;
  plan.terms.price = uah(50'000);
  plan.terms.months = 1;
  plan.terms.all_activities = true;
  plans::Buy buy;
  buy.plan = market.host().run(plan).id;
  buy.owner = olena.client;
  buy.tenders = {with(card.code)};
  olena.caller.run(buy);
  CHECK(look(market, card.code).left == uah(10'000));
  CHECK(market.problems().empty());
}

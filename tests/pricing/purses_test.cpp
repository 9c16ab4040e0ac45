// What must not become money, and what becomes of a gift card whose own payment is taken back
// (SPEC D5, D7).
#include <catch2/catch.hpp>

#include "till.hpp"

using namespace frontdesk;
using testing::by_card;
using testing::by_points;
using testing::Market;
using testing::refusal;
using testing::Till;
using testing::uah;

TEST_CASE("points and gift cards fill neither a gift card nor a balance", "[D5][D7][M1]") {
  Till till;
  till.give(till.olena.client, 1'000'000);
  const std::string code = till.card(50'000).code;
  pricing::SellGiftCard sale;
  sale.centre = till.centre;
  sale.buyer = till.olena.client;
  sale.amount = uah(10'000);
  const auto bought = till.olena.caller.run(sale);
  money::TopUp top_up;
  top_up.client = till.olena.client;
  top_up.centre = till.centre;
  top_up.amount = uah(10'000);
  const money::Order waiting = till.olena.caller.run(top_up);
  const std::string before = till.state();
  for (const money::Tender& tender : {by_points(), by_card(code)}) {
    auto check = [&](const Error& error) {
      CHECK(error.code() == Code::invalid);
      CHECK(error.reason() == "method_not_accepted");
      CHECK(error.field() == "tenders");
      CHECK(error.message() == "It cannot be paid in this way here.");
      CHECK(till.state() == before);
    };
    for (OrderId order : {bought.order, waiting.id}) {
      check(
          refusal([&] { till.olena.caller.run(money::Pay{.order = order, .tenders = {tender}}); }));
    }
    top_up.tenders = {tender};
    check(refusal([&] { till.olena.caller.run(top_up); }));
    sale.tenders = {tender};
    check(refusal([&] { till.olena.caller.run(sale); }));
  }
}

TEST_CASE("debts that points cannot pay are passed over by them", "[D5][M5]") {
  Till till;
  till.set("money.debts_first", 1);
  till.give(till.olena.client, 1'000'000);
  money::CreateOrder sale;
  sale.centre = till.centre;
  sale.payer = till.olena.client;
  sale.lines = {{.kind = money::LineKind::other, .text = "Apron", .price = uah(10'000)},
                {.kind = money::LineKind::top_up, .text = "Top-up", .price = uah(10'000)}};
  const OrderId mixed = till.host().run(sale).id;
  till.olena.caller.run(money::Pay{.order = till.owing.order, .tenders = {by_points()}});
  CHECK(till.House::get(till.owing.id).status == bookings::BookingStatus::confirmed);
  money::PayDebts debts;
  debts.client = till.olena.client;
  debts.centre = till.centre;
  debts.tenders = {by_points()};
  CHECK(refusal([&] { till.olena.caller.run(debts); }).reason() == "method_not_accepted");
  debts.tenders = {Market::card()};
  till.host().run(debts);
  CHECK(till.host().run(money::GetOrder{.order = mixed}).status == money::OrderStatus::paid);
  CHECK(till.balance(till.olena.client) == 110'000);
  CHECK(till.problems().empty());
}

TEST_CASE("a card whose payment is taken back pays no more until it is paid anew", "[D7][M2]") {
  Till till;
  const auto status = [&](const pricing::GiftCard& card) {
    return till.desk.anonymous().run(pricing::GetGiftCard{.code = card.code}).status;
  };
  const auto spend = [&](const pricing::GiftCard& card, std::int64_t minor) {
    till.olena.caller.run(
        money::Pay{.order = till.owing.order, .tenders = {by_card(card.code, minor)}});
  };
  SECTION("voided at the counter") {
    Caller salesman = till.salesman();
    salesman.run(money::OpenShift{.centre = till.centre, .till = "Bar", .opened_with = uah(0)});
    pricing::SellGiftCard sale;
    sale.centre = till.centre;
    sale.amount = uah(20'000);
    money::Tender cash;
    cash.method = money::PaymentMethod::cash;
    sale.tenders = {cash};
    const auto card = salesman.run(sale);
    CHECK(status(card) == pricing::GiftCardStatus::active);
    spend(card, 4'000);
    const auto payment = till.host().run(money::Payments{.order = card.order}).items.at(0);
    money::VoidPayment request{.payment = payment.id, .reason = "Typed twice"};
    till.host().run(request);
    CHECK(status(card) == pricing::GiftCardStatus::unpaid);
    CHECK(refusal([&] { spend(card, 1); }).reason() == "gift_card_unpaid");
    salesman.run(money::Pay{.order = card.order, .tenders = {cash}});
    CHECK(status(card) == pricing::GiftCardStatus::active);
    spend(card, 6'000);
  }
  SECTION("charged back by the provider") {
    money::Tender external = Market::provider();
    external.external_ref = "a-1";
    const auto card = till.card(20'000, {external});
    spend(card, 10'000);
    money::RecordCallback told;
    told.provider = "liqpay";
    told.event = "e-1";
    told.external_ref = "a-1";
    told.outcome = money::Outcome::refunded;
    told.amount = uah(20'000);
    till.host().run(told);
    CHECK(status(card) == pricing::GiftCardStatus::unpaid);
  }
  CHECK(till.problems().empty());
}

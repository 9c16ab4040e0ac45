#include <catch2/catch.hpp>

#include "pricing_support.hpp"

using namespace frontdesk;
using pricing::FeePer;
using testing::refusal;
using testing::Shop;
using testing::sum_of_parts;
using testing::ticket;
using testing::uah;

TEST_CASE("fees are taken for each place, then once for the order", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::CreateFee booking = shop.fee("Booking fee", 1'500, FeePer::order);
  booking.refundable = false;
  shop.host().run(booking);
  shop.host().run(shop.fee("3D", 2'000));

  pricing::Quote quote = shop.quote(shop.evening, {{}, {}});
  REQUIRE(quote.fees.size() == 3);
  CHECK(quote.fees[0].name == "3D");
  CHECK(quote.fees[0].place == 0);
  CHECK(quote.fees[0].refundable);
  CHECK(quote.fees[1].place == 1);
  CHECK(quote.fees[2].name == "Booking fee");
  CHECK_FALSE(quote.fees[2].place.has_value());
  CHECK_FALSE(quote.fees[2].refundable);
  CHECK(quote.subtotal == uah(20'000));
  CHECK(quote.fees_total == uah(5'500));
  CHECK(quote.total == uah(25'500));
  CHECK(sum_of_parts(quote) == quote.total.minor);
}

TEST_CASE("a fee by percentage is of the price that rules left", "[D1]") {
  Shop shop;
  shop.price(9'999);
  shop.host().run(shop.rule("Half", -5'000));  // 4,999.5 off: 5,000, so 4,999 are left
  pricing::CreateFee service = shop.fee("Service", 0, FeePer::order);
  service.amount.reset();
  service.basis_points = 250;
  shop.host().run(service);
  pricing::CreateFee comfort = shop.fee("Comfort", 0);
  comfort.amount.reset();
  comfort.basis_points = 1'000;
  shop.host().run(comfort);
  pricing::Quote quote = shop.quote(shop.evening, {{}, {}});
  REQUIRE(quote.fees.size() == 3);
  CHECK(quote.fees[0].amount == uah(500));  // 499.9
  CHECK(quote.fees[2].amount == uah(250));  // 2.5 % of 9,998
  CHECK(quote.total == uah(2 * 4'999 + 2 * 500 + 250));
}

TEST_CASE("a fee is only for what it names", "[D1]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child");
  shop.price(10'000);
  pricing::CreateFee fee = shop.fee("3D", 2'000);

  SECTION("a ticket type") {
    fee.ticket_type = child;
    shop.host().run(fee);
    pricing::Quote quote = shop.quote(shop.evening, {{}, ticket(child)});
    REQUIRE(quote.fees.size() == 1);
    CHECK(quote.fees[0].place == 1);
  }
  SECTION("a seat category") {
    fee.seat_category = "Sofa";
    shop.host().run(fee);
    CHECK(shop.total(shop.evening, {ticket({}, "sofa")}) == 12'000);
    CHECK(shop.total(shop.evening, {ticket({}, "stalls")}) == 10'000);
  }
  SECTION("a channel") {
    fee.channel = seating::Channel::online;
    shop.host().run(fee);
    pricing::AskQuote ask{.session = shop.evening, .places = {{}}};
    CHECK(shop.host().run(ask).total == uah(12'000));
    ask.channel = seating::Channel::box_office;
    CHECK(shop.host().run(ask).total == uah(10'000));
  }
  SECTION("a session") {
    fee.session = shop.evening;
    shop.host().run(fee);
    CHECK(shop.total(shop.evening) == 12'000);
    CHECK(shop.total(shop.add(shop.plain(testing::at(2026, 3, 4, 18))).id) == 10'000);
  }
}

TEST_CASE("fees are changed and ended by version", "[D1][E13]") {
  Shop shop;
  shop.price(10'000);
  pricing::Fee fee = shop.host().run(shop.fee("3D", 2'000));
  pricing::UpdateFee change{.fee = fee.id, .version = 1, .amount = uah(1'000)};
  change.refundable = false;
  fee = shop.host().run(change);
  CHECK(fee.version == 2);
  CHECK_FALSE(fee.refundable);
  CHECK(shop.total(shop.evening) == 11'000);
  CHECK(refusal([&] { shop.host().run(change); }).reason() == "version_outdated");
  CHECK(refusal([&] {
          shop.host().run(pricing::UpdateFee{.fee = fee.id, .refundable = std::nullopt});
        }).reason() == "field_missing");
  Caller there = shop.desk.staff("Moderator", shop.desk.centre("Elsewhere"));
  CHECK(refusal([&] { there.run(pricing::EndFee{.fee = fee.id}); }).reason() == "fee_not_found");
  shop.host().run(pricing::EndFee{.fee = fee.id, .version = 2});
  CHECK(shop.total(shop.evening) == 10'000);
  CHECK(refusal([&] { shop.host().run(pricing::EndFee{.fee = fee.id}); }).reason() == "fee_ended");
  CHECK(refusal([&] { shop.host().run(change); }).reason() == "version_outdated");
  CHECK(shop.host().run(pricing::Fees{.centre = shop.centre}).items.empty());
  CHECK(shop.host().run(pricing::Fees{.centre = shop.centre, .ended = true}).items.size() == 1);
}

TEST_CASE("a fee that cannot be is refused", "[D1]") {
  Shop shop;
  pricing::CreateFee fee = shop.fee("Wrong", 1'000);
  std::string reason;
  SECTION("below zero") {
    fee.amount = uah(-1);
    reason = "fee_negative";
  }
  SECTION("in another currency") {
    fee.amount = Money{1, Currency("EUR")};
    reason = "currency_differs";
  }
  SECTION("both amount and percentage") {
    fee.basis_points = 1;
    reason = "rate_or_amount";
  }
  SECTION("neither") {
    fee.amount.reset();
    reason = "rate_or_amount";
  }
  SECTION("for an order, by seat") {
    fee.per = FeePer::order;
    fee.seat_category = "sofa";
    reason = "fee_not_per_place";
  }
  SECTION("beyond counting") {
    fee.amount = uah(1'000'000'000'001);
    reason = "amount_too_large";
  }
  CHECK(refusal([&] { shop.host().run(fee); }).reason() == reason);
  CHECK(shop.host().run(pricing::Fees{.centre = shop.centre}).items.empty());
}

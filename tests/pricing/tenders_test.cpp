// Gift cards and points as means of paying: what is refused, alike in every operation that takes
// tenders, with everything as it was before (SPEC D5, D7).
#include <catch2/catch.hpp>

#include "till.hpp"

#include <algorithm>

using namespace frontdesk;
using testing::by_card;
using testing::by_points;
using testing::Market;
using testing::refusal;
using testing::Till;
using testing::uah;
using testing::Way;

namespace {

/// What a tender is refused with.
struct Expected {
  Code code = Code::conflict;
  std::string reason{};
  std::string field{};
  std::string message{};
  Details details{};
};

bool lists(const Operation& operation, const Error& error) {
  return std::any_of(operation.refusals.begin(), operation.refusals.end(),
                     [&](const Refusal& refusal) {
                       return refusal.code == error.code() && refusal.reason == error.reason();
                     });
}

/// What is about a tender is told by its place in the operation's own list.
std::string field_in(const Operation& operation, const std::string& field) {
  const bool is_of_tender = field == "amount" || field == "code" || field == "method";
  if (!is_of_tender) return field;
  return (operation.name.starts_with("bookings.") ? "payments[0]." : "tenders[0].") + field;
}

void check_refused(const Till& till, const std::vector<Way>& ways, const money::Tender& tender,
                   const Expected& expected) {
  const std::string before = till.state();
  for (const Way& way : ways) {
    INFO(way.operation->name << " by " << expected.reason);
    const Error error = refusal([&] { way.pay(tender); });
    CHECK(error.reason() == expected.reason);
    CHECK(error.code() == expected.code);
    CHECK(error.field() == field_in(*way.operation, expected.field));
    if (!expected.message.empty()) CHECK(error.message() == expected.message);
    for (const auto& [name, value] : expected.details) {
      REQUIRE(error.details().count(name) == 1);
      CHECK(error.details().at(name) == value);
    }
    CHECK(lists(*way.operation, error));
    CHECK(till.state() == before);
  }
}

}  // namespace

TEST_CASE("a gift card that cannot pay is refused alike wherever it is tendered", "[D7][M3]") {
  Till till;
  SECTION("without its code") {
    check_refused(
        till, till.ways(), by_card(""),
        {Code::invalid, "gift_card_code_needed", "code", "Give the code of the gift card."});
  }
  SECTION("with an unknown code, or what is none") {
    for (const char* code : {"ABCD-EFGH-JKMN-PQRS", "%", "SPRING"}) {
      check_refused(
          till, till.ways(), by_card(code),
          {Code::not_found, "gift_card_not_found", "code", "No gift card has this code."});
    }
  }
  SECTION("of another centre") {
    const auto foreign = till.card(50'000, {Market::card()}, till.opened("Sunset"));
    check_refused(till, till.ways(), by_card(foreign.code),
                  {Code::conflict, "gift_card_of_other_centre", "code",
                   "This gift card is for another centre."});
  }
  SECTION("that nobody paid") {
    check_refused(
        till, till.ways(), by_card(till.card(50'000, {}).code),
        {Code::conflict, "gift_card_unpaid", "code", "This gift card has not been paid yet."});
  }
  SECTION("that was given back") {
    const auto card = till.card(50'000);
    money::CancelOrder cancel;
    cancel.order = card.order;
    cancel.reason = "Changed their mind";
    till.host().run(cancel);
    check_refused(
        till, till.ways(), by_card(card.code),
        {Code::conflict, "gift_card_cancelled", "code", "This gift card was given back."});
  }
  SECTION("for more than is left on it") {
    check_refused(till, till.ways(), by_card(till.card(9'999).code),
                  {Code::conflict,
                   "gift_card_too_low",
                   "code",
                   "Only 99.99 UAH is left on the gift card.",
                   {{"left", std::int64_t{9'999}}}});
  }
  SECTION("once it is spent") {
    const auto card = till.card(10'000);
    till.petro.caller.run([&] {
      bookings::Book request = Market::wish(till.show);
      request.payments = {by_card(card.code)};
      return request;
    }());
    check_refused(till, till.ways(), by_card(card.code, 1),
                  {Code::conflict,
                   "gift_card_too_low",
                   "code",
                   "Only 0.00 UAH is left on the gift card.",
                   {{"left", std::int64_t{0}}}});
  }
  SECTION("in another currency") {
    money::Tender tender = by_card(till.card(50'000).code);
    tender.amount = Money{10'000, Currency("EUR")};
    check_refused(till, till.ways(), tender, {Code::invalid, "currency_differs", "amount", {}});
  }
  SECTION("for more than is owed, for nothing, for less") {
    const std::string code = till.card(50'000).code;
    check_refused(
        till, till.ways(), by_card(code, 10'001),
        {Code::invalid, "amount_over_owed", "amount", {}, {{"owed", std::int64_t{10'000}}}});
    for (std::int64_t minor : {0, -1}) {
      check_refused(till, till.ways(), by_card(code, minor),
                    {Code::invalid, "amount_not_positive", "amount", {}});
    }
  }
}

TEST_CASE("a gift card past its time is refused alike, before the tick and after it", "[D7]") {
  Till till;
  till.set("pricing.gift_card_days", 1);
  const auto card = till.card(50'000);
  till.pass(std::chrono::hours{24});
  const Expected expected{Code::expired,
                          "gift_card_expired",
                          "code",
                          "This gift card was valid until 2026-03-03T09:00:00Z.",
                          {{"expired", std::string("2026-03-03T09:00:00Z")}}};
  check_refused(till, till.ways(), by_card(card.code), expected);
  till.host().run(upkeep::Tick{});
  check_refused(till, till.ways(), by_card(card.code), expected);
}

TEST_CASE("points that cannot pay are refused alike wherever they are tendered", "[D5][M3]") {
  Till till;
  till.give(till.olena.client, 500);
  till.give(till.petro.client, 1'000'000);
  SECTION("too few: the payer's count, nobody else's") {
    check_refused(till, till.ways_of_clients(), by_points(),
                  {Code::conflict,
                   "points_too_few",
                   "amount",
                   "There are 500 points to spend, but 100000 are needed.",
                   {{"available", std::int64_t{500}}, {"needed", std::int64_t{100'000}}}});
  }
  SECTION("a fraction of one") {
    till.set("pricing.points_to_pay_unit", 3);
    check_refused(till, till.ways_of_clients(), by_points(150),
                  {Code::invalid, "points_fraction", "amount",
                   "This amount would take a fraction of a point."});
  }
  SECTION("where the centre takes none") {
    till.set("pricing.points_enabled", 0);
    check_refused(
        till, till.ways(), by_points(10),
        {Code::conflict, "points_not_accepted", "method", "This centre takes no points."});
  }
  SECTION("of a guest, who has none") {
    check_refused(till, {till.way_of_guests()}, by_points(),
                  {Code::invalid, "payer_needed", "payer",
                   "A guest has neither a balance nor points. Name the client who pays."});
  }
  SECTION("for more than is owed, or for nothing") {
    check_refused(till, till.ways(), by_points(10'001),
                  {Code::invalid, "amount_over_owed", "amount", {}});
    check_refused(till, till.ways(), by_points(0),
                  {Code::invalid, "amount_not_positive", "amount", {}});
  }
  SECTION("past their time") {
    till.give(till.olena.client, 200'000);
    till.pass(std::chrono::hours{24 * 365});
    const Error error = refusal(
        [&] { till.host().run(money::Pay{.order = till.owing.order, .tenders = {by_points()}}); });
    CHECK(error.reason() == "points_too_few");
    CHECK(error.details().at("available") == Detail{std::int64_t{0}});
  }
}

TEST_CASE("nobody pays with the points of who is not of the family", "[D5][A9]") {
  Till till;
  till.give(till.petro.client, 1'000'000);
  const std::string before = till.state();
  bookings::Book request = Market::wish(till.other);
  request.payments = {by_points()};
  request.payer = till.petro.client;
  const Error error = refusal([&] { till.olena.caller.run(request); });
  CHECK(error.reason() == "client_not_found");
  CHECK(error.field() == "payer");
  const Error foreign = refusal([&] {
    till.petro.caller.run(money::Pay{.order = till.owing.order, .tenders = {by_points()}});
  });
  CHECK(foreign.reason() == "order_not_found");
  CHECK(till.state() == before);
}

TEST_CASE("every operation that takes tenders tells what gift cards and points refuse",
          "[D5][D7][E1]") {
  for (const char* name :
       {"money.pay", "money.pay_debts", "money.create_order", "bookings.book",
        "bookings.book_as_guest", "bookings.pay", "bookings.book_many", "bookings.book_course",
        "bookings.accept_offer", "bookings.move", "bookings.change_seats", "bookings.walk_in",
        "plans.buy", "plans.renew", "plans.change_plan"}) {
    INFO(name);
    const Operation* operation = find_operation(name);
    REQUIRE(operation != nullptr);
    for (const char* reason :
         {"gift_card_code_needed", "gift_card_not_found", "gift_card_of_other_centre",
          "gift_card_unpaid", "gift_card_cancelled", "gift_card_expired", "gift_card_too_low",
          "points_not_accepted", "points_fraction", "points_too_few"}) {
      INFO(reason);
      CHECK(std::count_if(operation->refusals.begin(), operation->refusals.end(),
                          [&](const Refusal& refusal) { return refusal.reason == reason; }) == 1);
    }
  }
}

TEST_CASE("who sells plans neither gives them away nor takes visits for them", "[V1][M2][A9]") {
  Till till;
  Caller salesman = till.salesman();
  const std::string before = till.state();
  plans::Buy request;
  request.plan = till.month;
  request.owner = till.olena.client;
  money::Tender tender;
  tender.method = money::PaymentMethod::free;
  request.tenders = {tender};
  const Error given = refusal([&] { salesman.run(request); });
  CHECK(given.reason() == "permission_denied");
  CHECK(given.field() == "tenders");
  CHECK(given.details().at("permission") == Detail{std::string("money.adjust")});
  request.tenders[0].method = money::PaymentMethod::visit;
  CHECK(refusal([&] { salesman.run(request); }).reason() == "method_not_accepted");
  CHECK(till.state() == before);
}

TEST_CASE("a booking whose rest is written off is confirmed", "[M3][B4]") {
  Till till;
  money::Tender part = Market::card();
  part.amount = uah(4'000);
  till.host().run(money::Pay{.order = till.owing.order, .tenders = {part}});
  CHECK(till.House::get(till.owing.id).status == bookings::BookingStatus::pending);
  till.host().run(money::WriteOff{.order = till.owing.order, .reason = "Goodwill"});
  CHECK(till.House::get(till.owing.id).status == bookings::BookingStatus::confirmed);
  till.pass(std::chrono::hours{12});
  till.tick();
  CHECK(till.House::get(till.owing.id).status == bookings::BookingStatus::confirmed);
  CHECK(till.problems().empty());
}

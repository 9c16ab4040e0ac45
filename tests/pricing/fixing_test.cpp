#include <catch2/catch.hpp>

#include "pricing_support.hpp"

using namespace frontdesk;
using testing::at;
using testing::on;
using testing::refusal;
using testing::Shop;
using testing::sum_of_parts;
using testing::uah;

namespace {

seating::Held hold(const Shop& shop, SessionId session, std::int64_t places) {
  seating::Hold request;
  request.session = session;
  request.choice.count = places;
  return shop.host().run(request);
}

pricing::Quote fix(const Shop& shop, const seating::Held& held,
                   std::vector<TicketTypeId> types = {}) {
  pricing::FixQuote request{.token = held.token, .places = {}};
  for (std::size_t i = 0; i < types.size(); ++i) {
    request.places.push_back({.place = held.places.at(i).place, .ticket_type = types[i]});
  }
  return shop.host().run(request);
}

pricing::CreateRule early_bird(const Shop& shop, std::int64_t quantity) {
  pricing::CreateRule early = shop.rule("Early bird", -2'000);
  early.kind = pricing::RuleKind::early_bird;
  early.quantity = quantity;
  return early;
}

}  // namespace

TEST_CASE("a quote is fixed for a hold and stands as long as the hold", "[D2]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child");
  TicketTypeId adult = shop.ticket_type("Adult");
  shop.price(10'000, child);
  shop.price(20'000, adult);
  shop.host().run(shop.fee("3D", 1'000));
  seating::Held held = hold(shop, shop.evening, 2);
  pricing::Quote quote = fix(shop, held, {adult, child});
  CHECK(quote.total == uah(32'000));
  CHECK(quote.lines.at(0).text == "Pilates, Adult");
  CHECK(quote.valid_until == held.expires_at);
  CHECK(sum_of_parts(quote) == quote.total.minor);

  CHECK(fix(shop, held, {child, child}).total == uah(22'000));  // anew
  CHECK(shop.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("fixing refuses what is not of the hold", "[D2][H4]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child", 11);
  shop.price(10'000);
  seating::Held held = hold(shop, shop.evening, 2);
  pricing::FixQuote request{.token = held.token, .places = {}};
  std::string reason;
  SECTION("an unknown token") {
    request.token = "1-aaaa";
    reason = "hold_not_found";
  }
  SECTION("a lapsed hold") {
    shop.desk.clock += std::chrono::hours{1};
    reason = "hold_lapsed";
  }
  SECTION("a place of nobody") {
    request.places = {{.place = 12}};
    reason = "place_not_held";
  }
  SECTION("a place twice") {
    request.places = {{.place = held.places[0].place}, {.place = held.places[0].place}};
    reason = "place_twice";
  }
  SECTION("a ticket type that does not fit the attendee") {
    people::CreateClient grown;
    grown.first_name = "Petro";
    grown.birth_date = on(1980, 1, 1);
    grown.centre = shop.centre;
    request.places = {{.place = held.places[1].place,
                       .ticket_type = child,
                       .attendee = shop.host().run(grown).id}};
    reason = "ticket_type_not_for_age";
  }
  CHECK(refusal([&] { shop.host().run(request); }).reason() == reason);
}

TEST_CASE("a fixed quote takes its early-bird places, which come back when the hold lapses",
          "[D1][D2]") {
  Shop shop;
  shop.price(10'000);
  shop.host().run(early_bird(shop, 3));
  seating::Held first = hold(shop, shop.evening, 2);
  CHECK(fix(shop, first).total == uah(16'000));
  CHECK(fix(shop, first).total == uah(16'000));  // its own do not count against it

  seating::Held second = hold(shop, shop.evening, 2);
  pricing::Quote quote = fix(shop, second);
  CHECK(quote.total == uah(18'000));
  CHECK(quote.lines[0].adjustments.at(0).limited);
  CHECK(quote.lines[1].not_applied.at(0).why == "used_up");
  CHECK(shop.total(shop.evening) == 10'000);

  // Each session has its own.
  CHECK(shop.total(shop.add(shop.plain(at(2026, 3, 5, 18))).id) == 8'000);

  shop.host().run(seating::ReleaseHold{.token = second.token});
  CHECK(shop.total(shop.evening) == 8'000);
  shop.desk.clock += std::chrono::hours{1};
  CHECK(shop.total(shop.evening, {{}, {}, {}, {}}) == 34'000);  // three of four, without a sweep
  CHECK_FALSE(shop.host().run(upkeep::Tick{}).work.empty());
  CHECK(shop.total(shop.evening, {{}, {}, {}, {}}) == 34'000);
}

TEST_CASE("who is refused while fixing takes no early-bird place", "[D2]") {
  Shop shop;
  shop.price(10'000);
  shop.host().run(early_bird(shop, 1));
  seating::Held held = hold(shop, shop.evening, 2);
  pricing::FixQuote wrong{
      .token = held.token,
      .places = {{.place = held.places[0].place},
                 {.place = held.places[1].place, .ticket_type = TicketTypeId{999}}}};
  CHECK(refusal([&] { shop.host().run(wrong); }).reason() == "ticket_type_not_found");
  CHECK(shop.total(shop.evening) == 8'000);
}

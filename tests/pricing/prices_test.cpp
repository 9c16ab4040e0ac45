#include <catch2/catch.hpp>

#include "pricing_support.hpp"

using namespace frontdesk;
using testing::at;
using testing::refusal;
using testing::Shop;
using testing::ticket;
using testing::uah;

TEST_CASE("the nearest price holds: session, else series, else activity", "[D1]") {
  Shop shop;
  schedule::CreateSeries weekly = shop.weekly();
  auto series = shop.host().run(weekly);
  SessionId first = series.sessions.at(0).id;
  SessionId second = series.sessions.at(1).id;
  shop.price(10'000);
  CHECK(shop.total(first) == 10'000);

  shop.host().run(pricing::SetPrice{.series = series.series.id, .amount = uah(9'000)});
  CHECK(shop.total(first) == 9'000);
  CHECK(shop.total(shop.evening) == 10'000);

  auto own = shop.host().run(pricing::SetPrice{.session = first, .amount = uah(12'000)});
  CHECK(shop.total(first) == 12'000);
  CHECK(shop.total(second) == 9'000);

  shop.host().run(pricing::EndPrice{.price = own.id});
  CHECK(shop.total(first) == 9'000);
}

TEST_CASE("on each level the more exact price wins, ticket type before seat category", "[D1]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child");
  TicketTypeId adult = shop.ticket_type("Adult");
  shop.price(10'000);
  shop.price(15'000, {}, "premium");
  shop.price(6'000, child);
  shop.price(8'000, child, "Premium");  // case does not matter

  CHECK(shop.total(shop.evening) == 10'000);
  CHECK(shop.total(shop.evening, {ticket(adult)}) == 10'000);
  CHECK(shop.total(shop.evening, {ticket(adult, "premium")}) == 15'000);
  CHECK(shop.total(shop.evening, {ticket(child)}) == 6'000);
  CHECK(shop.total(shop.evening, {ticket(child, "premium")}) == 8'000);
  CHECK(shop.total(shop.evening, {ticket(child, "balcony")}) == 6'000);

  SECTION("a nearer price for all stands before a farther exact one") {
    shop.host().run(pricing::SetPrice{.session = shop.evening, .amount = uah(7'000)});
    CHECK(shop.total(shop.evening, {ticket(child, "premium")}) == 7'000);
  }
  SECTION("where the nearer level has no price for it, the farther one counts") {
    shop.host().run(
        pricing::SetPrice{.session = shop.evening, .ticket_type = child, .amount = uah(1'000)});
    CHECK(shop.total(shop.evening, {ticket(child, "premium")}) == 1'000);
    CHECK(shop.total(shop.evening, {ticket(adult, "premium")}) == 15'000);
  }
}

TEST_CASE("the plain price of a timetable is the last of its level", "[D1]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child");
  shop.price(10'000);

  SECTION("of a single session") {
    schedule::NewSession premiere = shop.plain(at(2026, 3, 4, 10));
    premiere.price = uah(30'000);
    SessionId id = shop.add(premiere).id;
    CHECK(shop.total(id) == 30'000);
    shop.host().run(pricing::SetPrice{.session = id, .ticket_type = child, .amount = uah(20'000)});
    CHECK(shop.total(id, {ticket(child)}) == 20'000);
    CHECK(shop.total(id) == 30'000);
    shop.host().run(schedule::UpdateSession{.session = id, .price = uah(31'000)});
    CHECK(shop.total(id) == 31'000);
    shop.host().run(schedule::UpdateSession{.session = id, .price = std::nullopt});
    CHECK(shop.total(id) == 10'000);
  }
  SECTION("what a session took over from its series counts as the series' own") {
    schedule::CreateSeries weekly = shop.weekly();
    weekly.price = uah(8'000);
    auto series = shop.host().run(weekly);
    SessionId id = series.sessions.at(0).id;
    CHECK(shop.total(id) == 8'000);
    shop.host().run(
        pricing::SetPrice{.series = series.series.id, .ticket_type = child, .amount = uah(5'000)});
    CHECK(shop.total(id, {ticket(child)}) == 5'000);
    shop.host().run(schedule::UpdateSession{.session = id, .price = uah(4'000)});
    CHECK(shop.total(id, {ticket(child)}) == 4'000);
  }
}

TEST_CASE("a place without a price is not for sale, and free is a price of zero", "[D1]") {
  Shop shop;
  Error error = refusal([&] { shop.quote(shop.evening, {{}, {}}); });
  CHECK(error.code() == Code::conflict);
  CHECK(error.reason() == "price_missing");
  CHECK(error.field() == "places[0]");
  CHECK(error.message() == "Place 1 has no price, so it is not for sale.");

  TicketTypeId child = shop.ticket_type("Child");
  shop.price(5'000, child);
  error = refusal([&] { shop.quote(shop.evening, {ticket(child), {}}); });
  CHECK(error.code() == Code::invalid);
  CHECK(error.reason() == "ticket_type_needed");
  CHECK(error.field() == "places[1].ticket_type");

  shop.price(0);
  pricing::Quote quote = shop.quote(shop.evening);
  CHECK(quote.total == uah(0));
  CHECK(quote.currency == "UAH");
}

TEST_CASE("setting a price anew changes it, by version", "[D1][E13]") {
  Shop shop;
  pricing::Price first = shop.price(10'000);
  CHECK(first.version == 1);
  CHECK(shop.price(10'000).version == 1);  // nothing changed
  pricing::Price second = shop.price(11'000);
  CHECK(second.id == first.id);
  CHECK(second.version == 2);

  pricing::SetPrice late{.activity = shop.pilates, .amount = uah(1), .version = 1};
  CHECK(refusal([&] { shop.host().run(late); }).reason() == "version_outdated");
  late.version = 0;  // thought to be new
  CHECK(refusal([&] { shop.host().run(late); }).reason() == "version_outdated");
  CHECK(shop.total(shop.evening) == 11'000);

  pricing::EndPrice end{.price = first.id, .version = 1};
  CHECK(refusal([&] { shop.host().run(end); }).reason() == "version_outdated");
  end.version = 2;
  CHECK(shop.host().run(end).ended_at == shop.desk.clock.now());
  CHECK(refusal([&] { shop.host().run(pricing::EndPrice{.price = first.id}); }).reason() ==
        "price_ended");
  CHECK(shop.price(9'000).id != first.id);  // a new one
}

TEST_CASE("a price that cannot be is refused, and nothing changes", "[D1]") {
  Shop shop;
  shop.price(10'000);
  pricing::SetPrice wrong{.activity = shop.pilates, .amount = uah(500)};
  std::string reason;

  SECTION("below zero") {
    wrong.amount = uah(-1);
    reason = "price_negative";
  }
  SECTION("in another currency") {
    wrong.amount = {500, Currency("EUR")};
    reason = "currency_differs";
  }
  SECTION("too large to count with") {
    wrong.amount = uah(1'000'000'000'001);
    reason = "amount_too_large";
  }
  SECTION("for a ticket type that does not exist") {
    wrong.ticket_type = TicketTypeId{999};
    reason = "ticket_type_not_found";
  }
  SECTION("for a ticket type of another centre") {
    catalog::CreateTicketType request;
    request.centre = shop.desk.centre("Elsewhere");
    request.name = "Child";
    wrong.ticket_type = shop.host().run(request).id;
    reason = "ticket_type_not_found";
  }
  SECTION("for a ticket type that is sold no more") {
    wrong.ticket_type = shop.ticket_type("Old");
    shop.host().run(catalog::ArchiveTicketType{.ticket_type = wrong.ticket_type});
    reason = "ticket_type_archived";
  }
  SECTION("for a seat category that is no code") {
    wrong.seat_category = "two words";
    reason = "seat_category_malformed";
  }
  SECTION("for nothing") {
    wrong.activity = {};
    reason = "target_needed";
  }
  SECTION("for two things") {
    wrong.session = shop.evening;
    reason = "target_twice";
  }
  SECTION("for what does not exist") {
    wrong.activity = ActivityId{999};
    reason = "activity_not_found";
  }
  CHECK(refusal([&] { shop.host().run(wrong); }).reason() == reason);
  CHECK(shop.host().run(pricing::Prices{.centre = shop.centre}).items.size() == 1);
  CHECK(shop.total(shop.evening) == 10'000);
}

TEST_CASE("prices are set by those whose permission reaches the centre, and seen by all", "[D1]") {
  Shop shop;
  shop.price(10'000);
  CentreId elsewhere = shop.desk.centre("Elsewhere");
  Caller here = shop.desk.staff("Moderator", shop.centre);
  Caller there = shop.desk.staff("Moderator", elsewhere);
  pricing::SetPrice change{.activity = shop.pilates, .amount = uah(500)};

  CHECK(refusal([&] { there.run(change); }).reason() == "activity_not_found");
  CHECK(refusal([&] { shop.desk.staff("Salesman", shop.centre).run(change); }).code() ==
        Code::denied);
  CHECK(refusal([&] { shop.desk.anonymous().run(change); }).code() == Code::unauthenticated);
  CHECK(here.run(change).version == 2);

  pricing::Prices all{.centre = shop.centre};
  shop.host().run(catalog::UpdateCentre{.centre = shop.centre, .active = true});
  CHECK(shop.desk.anonymous().run(all).items.size() == 1);
  shop.host().run(pricing::EndPrice{.price = shop.price(500).id});
  all.ended = true;
  CHECK(shop.desk.anonymous().run(all).items.empty());
  CHECK(there.run(all).items.empty());
  CHECK(here.run(all).items.size() == 1);
  shop.price(600);
  all.ended = false;
  shop.host().run(catalog::UpdateCentre{.centre = shop.centre, .active = false});
  CHECK(shop.desk.anonymous().run(all).items.empty());
  CHECK(here.run(all).items.size() == 1);
}

TEST_CASE("where something is priced, the centre keeps its currency", "[D1]") {
  Shop shop;
  pricing::Price price = shop.price(10'000);
  catalog::UpdateCentre change{.centre = shop.centre, .currency = "EUR"};
  CHECK(refusal([&] { shop.host().run(change); }).reason() == "prices_in_currency");
  shop.host().run(pricing::EndPrice{.price = price.id});
  CHECK(shop.host().run(change).currency == "EUR");
}

TEST_CASE("a change of prices tells the world, and every reader at once", "[D1]") {
  Shop shop;
  shop.price(10'000);
  CHECK(shop.total(shop.evening) == 10'000);
  Desk second = Desk::open(shop.desk.path(), shop.desk.options());
  pricing::AskQuote ask{.session = shop.evening, .places = {{}}};
  CHECK(second.host().run(ask).total == uah(10'000));
  shop.price(12'000);
  CHECK(second.host().run(ask).total == uah(12'000));
  CHECK(shop.total(shop.evening) == 12'000);

  std::size_t told = 0;
  for (const auto& event : shop.host().run(events::Since{.limit = 500}).items) {
    told += event.topic == "pricing.prices_changed" ? 1 : 0;
  }
  CHECK(told == 2);
}

TEST_CASE("a price that is not there cannot be ended", "[D1]") {
  Shop shop;
  const Error error = refusal([&] { shop.host().run(pricing::EndPrice{.price = PriceId{999}}); });
  CHECK(error.reason() == "price_not_found");
  CHECK(error.field() == "price");
}

#include <catch2/catch.hpp>

#include "pricing_support.hpp"

using namespace frontdesk;
using testing::at;
using testing::on;
using testing::refusal;
using testing::Shop;
using testing::sum_of_parts;
using testing::ticket;
using testing::uah;

namespace {

ClientId born(const Shop& shop, const std::string& name, Date day) {
  people::CreateClient request;
  request.first_name = name;
  request.centre = shop.centre;
  request.birth_date = day;
  return shop.host().run(request).id;
}

}  // namespace

TEST_CASE("a quote tells each place with its price, what changed it, tax and the whole",
          "[D1][D2][D9]") {
  Shop shop;
  TicketTypeId adult = shop.ticket_type("Adult");
  TicketTypeId child = shop.ticket_type("Child", 11);
  shop.price(20'000, adult);
  shop.price(12'000, child);
  shop.host().run(shop.rule("Evening", 1'000));
  shop.host().run(shop.fee("3D", 1'500));
  shop.host().run(shop.tax(2'000, true));

  pricing::Quote quote = shop.quote(shop.evening, {ticket(adult), ticket(child, "sofa")});
  REQUIRE(quote.lines.size() == 2);
  const pricing::QuoteLine& second = quote.lines[1];
  CHECK(second.place == 1);
  CHECK(second.text == "Pilates, Child");
  CHECK(second.session == shop.evening);
  CHECK(second.ticket_type == child);
  CHECK(second.seat_category == "sofa");
  CHECK(second.base == uah(12'000));
  CHECK(second.adjustments.at(0).amount == uah(1'200));
  CHECK(second.price == uah(13'200));
  CHECK(second.discounts.empty());
  CHECK(second.tax == uah(2'200));
  CHECK(second.total == uah(13'200));
  CHECK(quote.subtotal == uah(22'000 + 13'200));
  CHECK(quote.discount == uah(0));
  CHECK(quote.total == uah(22'000 + 13'200 + 3'000));
  CHECK(quote.tax == uah(3'667 + 2'200 + 250 + 250));
  CHECK_FALSE(quote.valid_until.has_value());
  CHECK(sum_of_parts(quote) == quote.total.minor);
}

TEST_CASE("a ticket type must fit the seat and the age of who comes", "[D1][C6]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child", 11, {"stalls"});
  shop.price(10'000);
  ClientId nine = born(shop, "Maria", on(2016, 6, 1));
  ClientId twelve_on_the_day = born(shop, "Ivan", on(2014, 3, 3));
  ClientId unknown = shop.client("Petro");
  auto place = ticket(child, "stalls");

  place.attendee = nine;
  CHECK(shop.total(shop.evening, {place}) == 10'000);
  place.attendee = unknown;
  CHECK(shop.total(shop.evening, {place}) == 10'000);
  place.attendee = twelve_on_the_day;
  Error error = refusal([&] { shop.quote(shop.evening, {ticket(child, "stalls"), place}); });
  CHECK(error.code() == Code::conflict);
  CHECK(error.reason() == "ticket_type_not_for_age");
  CHECK(error.field() == "places[1].ticket_type");
  CHECK(error.message() == "“Child” is not for the age of this visitor.");

  error = refusal([&] { shop.quote(shop.evening, {ticket(child, "sofa")}); });
  CHECK(error.reason() == "ticket_type_not_for_seat");
  CHECK(error.message() == "“Child” is not sold for seats of the category “sofa”.");
}

TEST_CASE("nobody learns of people out of reach by asking for their price", "[D2][A9]") {
  Shop shop;
  shop.host().run(catalog::UpdateCentre{.centre = shop.centre, .active = true});
  shop.price(10'000);
  testing::TestDesk::Customer olena = shop.desk.customer("Olena");
  testing::TestDesk::Customer petro = shop.desk.customer("Petro");
  pricing::AskQuote ask{.session = shop.evening, .places = {{}}};
  CHECK(shop.desk.anonymous().run(ask).total == uah(10'000));
  ask.payer = olena.client;
  ask.places[0].attendee = olena.client;
  CHECK(olena.caller.run(ask).total == uah(10'000));
  Error error = refusal([&] { petro.caller.run(ask); });
  CHECK(error.reason() == "client_not_found");
  CHECK(error.field() == "payer");
  ask.payer = {};
  error = refusal([&] { petro.caller.run(ask); });
  CHECK(error.reason() == "client_not_found");
  CHECK(error.field() == "places[0].attendee");
  CHECK(refusal([&] { shop.desk.anonymous().run(ask); }).reason() == "client_not_found");
}

TEST_CASE("sessions out of sight, cancelled or over have no quote", "[D2]") {
  Shop shop;
  shop.price(10'000);
  pricing::AskQuote ask{.session = shop.evening, .places = {{}}};
  shop.host().run(catalog::UpdateCentre{.centre = shop.centre, .active = false});
  CHECK(refusal([&] { shop.desk.anonymous().run(ask); }).reason() == "session_not_found");
  shop.host().run(catalog::UpdateCentre{.centre = shop.centre, .active = true});
  CHECK(shop.desk.anonymous().run(ask).total == uah(10'000));

  schedule::NewSession lesson = shop.plain(at(2026, 3, 4, 10));
  lesson.kind = schedule::SessionKind::client;
  lesson.client = shop.client("Maria");
  pricing::AskQuote secret{.session = shop.add(lesson).id, .places = {{}}};
  CHECK(refusal([&] { shop.desk.anonymous().run(secret); }).reason() == "session_not_found");
  CHECK(shop.host().run(secret).total == uah(10'000));

  shop.host().run(schedule::CancelSession{.session = secret.session, .reason = "Ill"});
  CHECK(refusal([&] { shop.host().run(secret); }).reason() == "session_cancelled");
  shop.desk.clock += std::chrono::hours{48};
  shop.host().run(upkeep::Tick{});
  CHECK(refusal([&] { shop.host().run(ask); }).reason() == "session_completed");
}

TEST_CASE("what is asked for wrongly is refused by its reason", "[D2]") {
  Shop shop;
  shop.price(1'000'000'000'000);
  pricing::AskQuote ask{.session = shop.evening, .places = {{}}};
  std::string reason;
  SECTION("no place at all") {
    ask.places.clear();
    reason = "size_out_of_range";
  }
  SECTION("an unknown ticket type") {
    ask.places[0].ticket_type = TicketTypeId{999};
    reason = "ticket_type_not_found";
  }
  SECTION("a ticket type that is sold no more") {
    ask.places[0].ticket_type = shop.ticket_type("Old");
    shop.host().run(catalog::ArchiveTicketType{.ticket_type = ask.places[0].ticket_type});
    reason = "ticket_type_archived";
  }
  SECTION("a seat category that is no code") {
    ask.places[0].seat_category = "two words";
    reason = "seat_category_malformed";
  }
  SECTION("a sum beyond counting") {
    pricing::CreateRule rule = shop.rule("Much", 100'000);
    for (int i = 0; i < 8; ++i) shop.host().run(rule);
    reason = "amount_overflow";
  }
  CHECK(refusal([&] { shop.host().run(ask); }).reason() == reason);
}

TEST_CASE("no request can tell a price that is to be paid", "[D2]") {
  for (const Operation* operation : operations()) {
    if (!operation->name.starts_with("pricing.") && !operation->name.starts_with("bookings.")) {
      continue;
    }
    for (const Field& field : operation->request().fields()) {
      INFO(operation->name << " " << field.name);
      CHECK(field.name != "total");
      CHECK(field.name != "discount");
      CHECK(field.name != "tax");
    }
  }
}

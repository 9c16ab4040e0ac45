// What bookings are made from: order lines, the quote of their hold, and the units they keep.
#include <catch2/catch.hpp>

#include "money/orders.hpp"
#include "pricing/quotes.hpp"
#include "pricing_support.hpp"
#include "storage/rows.hpp"
#include "storage/transactions.hpp"

using namespace frontdesk;
using pricing::Wanted;
using storage::Transaction;
using testing::refusal;
using testing::Shop;
using testing::uah;

namespace {

/// Transactions on the shop's own file, as areas above pricing have them.
struct Hand : storage::testing::HandDesk {
  explicit Hand(const Shop& shop) : HandDesk(shop.desk.path()) {
    now = shop.desk.clock.now();
    principal.kind = storage::PrincipalKind::host;
  }
};

schedule::Session session_of(Transaction& transaction, SessionId id) {
  return *storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", id);
}

seating::Held hold(const Shop& shop, std::int64_t places) {
  seating::Hold request;
  request.session = shop.evening;
  request.choice.count = places;
  return shop.host().run(request);
}

void early_bird(const Shop& shop, std::int64_t quantity) {
  pricing::CreateRule early = shop.rule("Early bird", -2'000);
  early.kind = pricing::RuleKind::early_bird;
  early.quantity = quantity;
  shop.host().run(early);
}

}  // namespace

TEST_CASE("a quote becomes lines of an order: places in order, then fees", "[D2][D9]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child");
  shop.price(10'000);
  shop.price(6'000, child);
  shop.host().run(shop.rule("Evening", 1'000));
  pricing::CreateFee fee = shop.fee("Booking fee", 1'500, pricing::FeePer::order);
  fee.refundable = false;
  shop.host().run(fee);
  shop.host().run(shop.tax(2'000, false));
  pricing::Quote quote = shop.quote(shop.evening, {{}, testing::ticket(child, "sofa")});

  auto lines = pricing::order_lines(quote, shop.evening);
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].kind == money::LineKind::ticket);
  CHECK(lines[1].text == "Pilates, Child");
  CHECK(lines[1].session == shop.evening);
  CHECK(lines[1].ticket_type == child);
  CHECK(lines[1].seat_category == "sofa");
  CHECK(lines[1].quantity == 1);
  CHECK(lines[1].price == uah(6'600));
  CHECK(lines[1].discount == uah(0));
  CHECK(lines[1].tax == uah(1'320));
  CHECK(lines[1].total == uah(7'920));
  CHECK(lines[1].tax_basis_points == 2'000);
  CHECK(lines[1].discounts.find("\"Evening\"") != std::string::npos);
  CHECK(lines[2].kind == money::LineKind::fee);
  CHECK(lines[2].text == "Booking fee");
  CHECK_FALSE(lines[2].refundable);
  CHECK(lines[2].discounts.empty());
  std::int64_t total = 0;
  for (const money::NewLine& line : lines) total += line.total.minor;
  CHECK(total == quote.total.minor);

  money::NewOrder order;
  order.centre = shop.centre;
  order.payer = shop.client("Olena");
  order.lines = lines;
  Hand hand(shop);
  hand.write([&](Transaction& tx) {
    CHECK(money::owed(tx, money::open_order(tx, order).id) == quote.total);
  });
  CHECK(shop.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("a booking from a hold pays what was fixed, whatever prices do meanwhile", "[D2]") {
  Shop shop;
  TicketTypeId child = shop.ticket_type("Child", 11);
  shop.price(10'000);
  shop.price(6'000, child);
  pricing::CreateFee glasses = shop.fee("3D", 1'000);
  glasses.ticket_type = child;
  shop.host().run(glasses);
  seating::Held held = hold(shop, 2);
  const std::int64_t first = held.places[0].place;
  const std::int64_t second = held.places[1].place;
  pricing::FixQuote request{.token = held.token,
                            .places = {{.place = second, .ticket_type = child}}};
  CHECK(shop.host().run(request).total == uah(17'000));
  shop.price(90'000);
  shop.host().run(shop.tax(2'000, false));

  Hand hand(shop);
  hand.read([&](Transaction& tx) {
    const schedule::Session session = session_of(tx, shop.evening);
    auto quoted = [&](const std::vector<std::int64_t>& places, const std::vector<Wanted>& wanted) {
      return pricing::quote_of_hold(tx, session, places, wanted, {.hold = held.id});
    };
    CHECK(pricing::fixed_quote(tx, held.id)->total == uah(17'000));
    CHECK_FALSE(pricing::fixed_quote(tx, HoldId{999}).has_value());
    const Wanted plain{};
    const Wanted for_child{"", child, {}};
    CHECK(quoted({first, second}, {plain, for_child}).total == uah(17'000));

    const pricing::Quote turned = quoted({second, first}, {for_child, plain});
    CHECK(turned.total == uah(17'000));
    CHECK(turned.lines[0].price == uah(6'000));
    CHECK(turned.lines[0].place == 0);
    CHECK(turned.lines[1].place == 1);
    CHECK(turned.fees.at(0).place == 0);

    // Other ticket types or other places are priced as of now, with their tax.
    CHECK(quoted({first, second}, {for_child, plain}).total == uah(116'400));
    CHECK(quoted({first}, {plain}).total == uah(108'000));
    CHECK(quoted({first, 12}, {plain, for_child}).total == uah(116'400));
  });

  people::CreateClient grown;
  grown.first_name = "Petro";
  grown.birth_date = testing::on(1980, 1, 1);
  grown.centre = shop.centre;
  const Wanted for_grown{"", child, shop.host().run(grown).id};
  CHECK(refusal([&] {
          hand.read([&](Transaction& tx) {
            const std::int64_t places[] = {first, second};
            const Wanted wanted[] = {{}, for_grown};
            pricing::quote_of_hold(tx, session_of(tx, shop.evening), places, wanted,
                                   {.hold = held.id});
          });
        }).reason() == "ticket_type_not_for_age");
}

TEST_CASE("a fixed quote stands as long as its hold, when that is extended, too", "[D2][H4]") {
  Shop shop;
  shop.price(10'000);
  seating::Held held = hold(shop, 1);
  CHECK(shop.host().run(pricing::FixQuote{.token = held.token, .places = {}}).valid_until ==
        held.expires_at);
  shop.desk.clock += std::chrono::minutes{1};
  const Instant later = shop.host().run(seating::ExtendHold{.token = held.token}).expires_at;
  CHECK(later > held.expires_at);
  Hand hand(shop);
  hand.read(
      [&](Transaction& tx) { CHECK(pricing::fixed_quote(tx, held.id)->valid_until == later); });
  shop.desk.clock += std::chrono::hours{1};
  shop.host().run(upkeep::Tick{});
  hand.read([&](Transaction& tx) { CHECK_FALSE(pricing::fixed_quote(tx, held.id).has_value()); });
}

TEST_CASE(
    "early-bird places go over from a hold to its booking, and come back when it is cancelled",
    "[D1][D2]") {
  Shop shop;
  shop.price(10'000);
  early_bird(shop, 3);
  seating::Held held = hold(shop, 2);
  pricing::Quote quote = shop.host().run(pricing::FixQuote{.token = held.token, .places = {}});
  CHECK(quote.total == uah(16'000));

  Hand hand(shop);
  const BookingId booking{7};
  hand.write([&](Transaction& tx) { pricing::keep_units(tx, quote, booking, held.id); });
  shop.desk.clock += std::chrono::hours{1};
  CHECK(shop.total(shop.evening, {{}, {}}) == 18'000);  // the hold is over, the booking is not

  const std::int64_t places[] = {1};
  hand.write([&](Transaction& tx) { pricing::give_back_units(tx, booking, places); });
  CHECK(shop.total(shop.evening, {{}, {}}) == 16'000);
  hand.write([&](Transaction& tx) { pricing::give_back_units(tx, booking, places); });
  CHECK(shop.total(shop.evening, {{}, {}, {}}) == 26'000);  // twice gives back once
  hand.write([&](Transaction& tx) { pricing::give_back_units(tx, booking); });
  CHECK(shop.total(shop.evening, {{}, {}, {}}) == 24'000);
}

TEST_CASE("a seat named by its label costs what its category costs", "[D1][D2][H1]") {
  Shop shop;
  RoomId room = shop.room("Red", 20);
  seating::CreateMap map;
  map.centre = shop.centre;
  map.name = "Red";
  map.text =
      "category S standard\ncategory P premium\nstage Screen\nrow A: 4S\nrow B: 4P\n"
      "section Left\nrow D: 2S\nsection Right\nrow D: 2S\n";
  shop.host().run(seating::GiveMap{.room = room, .map = shop.host().run(map).id});
  schedule::NewSession show = shop.plain(testing::at(2026, 3, 4, 18));
  show.room = room;
  show.capacity = 8;
  SessionId session = shop.add(show).id;
  TicketTypeId child = shop.ticket_type("Child", {}, {"standard"});
  shop.price(10'000);
  shop.price(15'000, {}, "premium");

  auto seat = [](const std::string& label) {
    pricing::QuotePlace place;
    place.seat = label;
    return place;
  };
  pricing::Quote quote = shop.quote(session, {seat("A-1"), seat("B-4")});
  CHECK(quote.lines[0].seat_category == "standard");
  CHECK(quote.lines[0].total == uah(10'000));
  CHECK(quote.lines[1].total == uah(15'000));

  CHECK(refusal([&] { shop.quote(session, {seat("C-1")}); }).reason() == "seat_not_found");
  const Error ambiguous = refusal([&] { shop.quote(session, {seat("D-1")}); });
  CHECK(ambiguous.reason() == "seat_ambiguous");
  CHECK(ambiguous.field() == "places[0].seat");
  CHECK(shop.quote(session, {seat("Left D-1")}).total == uah(10'000));
  CHECK(refusal([&] { shop.quote(shop.evening, {seat("A-1")}); }).reason() ==
        "session_has_no_seats");
  auto both = seat("A-1");
  both.seat_category = "premium";
  CHECK(refusal([&] { shop.quote(session, {both}); }).reason() == "seat_and_category");

  seating::Hold request;
  request.session = session;
  request.choice.seats = {"A-1", "B-4"};
  seating::Held held = shop.host().run(request);
  pricing::FixQuote fix{.token = held.token, .places = {}};
  CHECK(shop.host().run(fix).total == uah(25'000));
  fix.places = {{.place = held.places[1].place, .ticket_type = child}};
  CHECK(refusal([&] { shop.host().run(fix); }).reason() == "ticket_type_not_for_seat");
}

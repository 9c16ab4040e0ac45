// References, lists by any field, history, and a person's part of bookings.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <set>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::refusal;

TEST_CASE("every booking has a reference of its own that finds it", "[B16]") {
  House house;
  auto olena = house.customer("Olena", 0);
  SessionId session = house.session(at(2026, 3, 3, 18), std::nullopt, 0);
  house.set("bookings.places_per_client", 999);
  std::set<std::string> references;
  for (int i = 0; i < 200; ++i) {
    bookings::Booking booking = olena.caller.run(house.unpaid(session));
    CHECK(booking.reference.size() == 8);
    references.insert(booking.reference);
    bookings::Get look;
    look.reference = booking.reference;
    CHECK(olena.caller.run(look).id == booking.id);
  }
  CHECK(references.size() == 200);
  bookings::Get look;
  look.reference = *references.begin();
  auto marko = house.customer("Marko");
  Error foreign = refusal([&] { marko.caller.run(look); });
  look.reference = "ZZZZZZZZ";
  Error missing = refusal([&] { marko.caller.run(look); });
  CHECK(foreign.reason() == "booking_not_found");
  CHECK(foreign.message() == missing.message());
  look.reference = "nothing";
  CHECK(refusal([&] { olena.caller.run(look); }).reason() == "booking_not_found");
}

TEST_CASE("bookings are listed by any field, as far as one may see", "[B16][A9]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  ClientId maria = house.child(olena.client);
  SessionId first = house.session();
  SessionId second = house.session(at(2026, 3, 4, 18));
  bookings::Booking a = olena.caller.run(house.for_attendee(first, maria));
  bookings::Book noted = house.unpaid(second, 2);
  noted.external_ref = "crm-1";
  bookings::Booking b = marko.caller.run(noted);
  bookings::Book sold = house.wish(first);
  sold.client = marko.client;
  sold.payer = olena.client;
  bookings::Booking c = house.host().run(sold);
  bookings::Book walk_in = house.wish(first);
  walk_in.payments = {house.card()};
  walk_in.guest_name = "Petro";
  walk_in.guest_email = "petro@example.org";
  Caller salesman = house.salesman();
  bookings::Booking d = salesman.run(walk_in);

  auto ids = [&](const bookings::List& request, const Caller& caller) {
    std::vector<std::int64_t> found;
    for (const auto& booking : caller.run(request).items) found.push_back(booking.id.value);
    return found;
  };
  using Ids = std::vector<std::int64_t>;
  Caller host = house.host();
  CHECK(ids({}, host) == Ids{d.id.value, c.id.value, b.id.value, a.id.value});
  CHECK(ids({.session = second}, host) == Ids{b.id.value});
  CHECK(ids({.centre = house.centre}, host).size() == 4);
  CHECK(ids({.client = marko.client}, host) == Ids{c.id.value, b.id.value});
  CHECK(ids({.payer = olena.client}, host) == Ids{c.id.value, a.id.value});
  CHECK(ids({.attendee = maria}, host) == Ids{a.id.value});
  CHECK(ids({.seller = d.seller}, host) == Ids{d.id.value});
  CHECK(ids({.guest_email = "PETRO@example.org"}, host) == Ids{d.id.value});
  CHECK(ids({.external_ref = "crm-1"}, host) == Ids{b.id.value});
  CHECK(ids({.order = a.order}, host) == Ids{a.id.value});
  CHECK(ids({.status = BookingStatus::pending}, host) == Ids{b.id.value});
  CHECK(ids({.channel = seating::Channel::online}, host) == Ids{b.id.value, a.id.value});
  CHECK(ids({.booked_to = house.desk.clock.now()}, host).empty());
  CHECK(ids({.booked_from = house.desk.clock.now()}, host).size() == 4);

  CHECK(ids({}, olena.caller) == Ids{c.id.value, a.id.value});
  CHECK(ids({}, marko.caller) == Ids{c.id.value, b.id.value});
  CHECK(ids({}, salesman).size() == 4);
  CHECK(ids({}, house.desk.staff("Salesman", house.opened("Elsewhere"))).empty());
  CHECK(refusal([&] { house.desk.anonymous().run(bookings::List{}); }).code() ==
        Code::unauthenticated);

  bookings::List page{.limit = 3};
  auto part = host.run(page);
  CHECK(part.items.size() == 3);
  page.cursor = part.next;
  CHECK(host.run(page).items.size() == 1);
  noted.session = first;
  CHECK(refusal([&] { marko.caller.run(noted); }).reason() == "external_ref_taken");
}

TEST_CASE("history tells what was done, when and by whom", "[B16]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 12, 18));
  BookingId id = olena.caller.run(house.unpaid(session, 2)).id;
  Instant booked = house.desk.clock.now();
  house.pass(std::chrono::hours{1});
  bookings::Pay pay;
  pay.booking = id;
  pay.payments = {house.balance()};
  olena.caller.run(pay);
  bookings::CancelPlaces cancel{.booking = id, .places = {2}, .reason = "Ill"};
  Caller salesman = house.salesman();
  salesman.run(cancel);
  auto entries = olena.caller.run(bookings::History{.booking = id}).entries;
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].change == bookings::Change::booked);
  CHECK(entries[0].at == booked);
  CHECK(entries[0].account == olena.account);
  CHECK(entries[0].status == BookingStatus::pending);
  CHECK(entries[1].change == bookings::Change::paid);
  CHECK(entries[2].change == bookings::Change::confirmed);
  CHECK(entries[2].status == BookingStatus::confirmed);
  CHECK(entries[3].change == bookings::Change::cancelled);
  CHECK(entries[3].places == std::vector<std::int64_t>{2});
  CHECK(entries[3].reason == "Ill");
  CHECK(entries[3].account == salesman.run(access::Whoami{}).account->id);
  CHECK(entries[3].at == booked + std::chrono::hours{1});
}

// --- people ---

TEST_CASE("a person takes their bookings along", "[P9][B16]") {
  House house;
  auto olena = house.customer();
  ClientId maria = house.child(olena.client);
  SessionId session = house.session();
  bookings::Booking booking = olena.caller.run(house.for_attendee(session, maria));
  for (ClientId person : {olena.client, maria}) {
    auto exported = house.host().run(people::Export{.client = person});
    CHECK(exported.json.find(booking.reference) != std::string::npos);
  }
}

TEST_CASE("merged clients have one person's bookings", "[P10][B16]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  people::CreateClient other;
  other.first_name = "Olena";
  other.centre = house.centre;
  ClientId duplicate = house.host().run(other).id;
  olena.caller.run(house.for_attendee(session, olena.client));
  bookings::Book wish = house.for_attendee(session, duplicate);
  wish.client = duplicate;
  wish.payments = {house.card()};
  BookingId id = house.host().run(wish).id;
  house.host().run(people::Merge{.keep = olena.client, .duplicate = duplicate});
  bookings::Booking merged = house.get(id);
  CHECK(merged.client == olena.client);
  CHECK(merged.payer == olena.client);
  CHECK_FALSE(merged.places[0].attendee);  // both were to attend: one place stays unnamed
  CHECK(house.problems().empty());
}

TEST_CASE("an erased person attends nothing, and the books still balance", "[P10][B16]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 9, 18));
  bookings::Book wish = house.wish(session);
  wish.note = "Brings a dog";
  BookingId coming = olena.caller.run(wish).id;
  house.host().run(people::Erase{.client = olena.client});
  bookings::Booking erased = house.get(coming);
  CHECK(erased.status == BookingStatus::cancelled);
  CHECK_FALSE(erased.note.has_value());
  CHECK(house.free(session) == 10);
  CHECK(house.problems().empty());
}

TEST_CASE("what staff noted of a booking is for staff, what a client noted for both", "[B16][A9]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 9, 18));
  const auto seen_by = [](const Caller& caller, BookingId booking) {
    bookings::Get request;
    request.booking = booking;
    return caller.run(request).note;
  };
  Caller salesman = house.salesman();
  olena.caller.run(house.unpaid(house.session(at(2026, 3, 10, 18))));  // the centre knows her now

  SECTION("staff wrote it") {
    bookings::Book wish = house.unpaid(session);
    wish.client = olena.client;
    wish.note = "Complains about everything";
    SECTION("at the counter") {}
    SECTION("in the client's channel") { wish.channel = seating::Channel::online; }
    const bookings::Booking booking = salesman.run(wish);
    CHECK(booking.note == wish.note);
    CHECK(seen_by(salesman, booking.id) == wish.note);
    CHECK(seen_by(house.moderator(), booking.id) == wish.note);
    CHECK_FALSE(seen_by(olena.caller, booking.id));
    for (const auto& listed : olena.caller.run(bookings::List{}).items) CHECK_FALSE(listed.note);
    CHECK(salesman.run(bookings::List{}).items.at(0).note == wish.note);
    bookings::Pay pay{.booking = booking.id, .payments = {House::balance()}};
    CHECK_FALSE(olena.caller.run(pay).note);
    CHECK_FALSE(olena.caller.run(bookings::Cancel{.booking = booking.id}).booking.note);
    CHECK(seen_by(salesman, booking.id) == wish.note);
  }
  SECTION("the host wrote it for a reserved place") {
    bookings::Reserve reserve;
    reserve.session = session;
    reserve.kind = bookings::BookingKind::vip;
    reserve.places.resize(1);
    reserve.client = olena.client;
    reserve.note = "Keep the press away";
    const BookingId booking = house.host().run(reserve).id;
    CHECK(seen_by(salesman, booking) == reserve.note);
    CHECK_FALSE(seen_by(olena.caller, booking));
  }
  SECTION("the client wrote it") {
    bookings::Book wish = house.wish(session);
    wish.note = "Brings a dog";
    const bookings::Booking booking = olena.caller.run(wish);
    CHECK(booking.note == wish.note);
    CHECK(seen_by(olena.caller, booking.id) == wish.note);
    CHECK(seen_by(salesman, booking.id) == wish.note);
  }
}

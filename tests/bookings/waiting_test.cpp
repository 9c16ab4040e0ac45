// Waiting lists: offers, promotion, their order, and what ends them.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_waiting.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using bookings::WaitingIntent;
using bookings::WaitingStatus;
using testing::at;
using testing::House;
using testing::refusal;
using testing::TestDesk;

namespace {

constexpr Duration hour{3600};

/// A session of two places, sold out to Olena; it is in three days and a bit.
struct Queue : House {
  TestDesk::Customer olena = customer();
  SessionId session = House::session(at(2026, 3, 5, 18), 2);
  BookingId sold = olena.caller.run(wish(session, 2)).id;

  static bookings::Wait wait(SessionId session, std::size_t places = 1) {
    bookings::Wait request;
    request.session = session;
    request.places.resize(places);
    return request;
  }
  bookings::WaitingEntry join(const TestDesk::Customer& who, std::size_t places = 1,
                              WaitingIntent intent = WaitingIntent::offer) const {
    bookings::Wait request = wait(session, places);
    request.intent = intent;
    return who.caller.run(request);
  }
  bookings::WaitingEntry entry(WaitingEntryId id) const {
    bookings::Waiting request;
    request.ended = true;
    request.limit = 500;
    for (const auto& one : host().run(request).items) {
      if (one.id == id) return one;
    }
    throw std::logic_error("no such entry");
  }
  void give_back(std::vector<std::int64_t> places) const {
    olena.caller.run(bookings::CancelPlaces{.booking = sold, .places = std::move(places)});
  }
  bookings::Booking accept(const TestDesk::Customer& who, WaitingEntryId id) const {
    bookings::AcceptOffer request{.entry = id};
    request.payments = {balance()};
    return who.caller.run(request);
  }
};

}  // namespace

TEST_CASE("who waits is offered the place that comes free, and books it", "[B8][B3]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto entry = queue.join(marko);
  CHECK(entry.status == WaitingStatus::waiting);
  CHECK(entry.position == 1);
  queue.give_back({1});
  entry = queue.entry(entry.id);
  CHECK(entry.status == WaitingStatus::offered);
  CHECK(entry.offered == 1);
  CHECK(entry.expires_at == queue.desk.clock.now() + 48 * hour);
  CHECK_FALSE(entry.position.has_value());
  CHECK(queue.free(queue.session) == 0);  // what is offered is not free
  CHECK(queue.told("bookings.waiting_offered") == 1);
  auto petro = queue.customer("Petro");
  CHECK(refusal([&] { petro.caller.run(House::wish(queue.session)); }).reason() == "no_place_left");
  bookings::Booking booking = queue.accept(marko, entry.id);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(booking.client == marko.client);
  CHECK(queue.balance(marko.client) == 90'000);
  CHECK(queue.entry(entry.id).status == WaitingStatus::booked);
  CHECK(queue.entry(entry.id).booking == booking.id);
  CHECK(refusal([&] { queue.accept(marko, entry.id); }).reason() == "nothing_offered");
  CHECK(queue.told("bookings.waiting_booked") == 1);
  CHECK(queue.problems().empty());
}

TEST_CASE("an offer is accepted only while booking is open, and says so beforehand", "[B8][B2]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  const auto entry = queue.join(marko);
  queue.give_back({1});
  queue.set("bookings.opens_days", 2);
  const Error early = refusal([&] { queue.accept(marko, entry.id); });
  CHECK(early.reason() == "booking_not_open_yet");
  CHECK(testing::declares(bookings::AcceptOffer::operation, early));
  CHECK(queue.entry(entry.id).status == WaitingStatus::offered);
  queue.pass(31 * hour);
  CHECK(queue.accept(marko, entry.id).status == BookingStatus::confirmed);
}

TEST_CASE("an offer that nobody accepts goes to the next in line", "[B8]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto petro = queue.customer("Petro");
  auto first = queue.join(marko);
  auto second = queue.join(petro);
  CHECK(second.position == 2);
  queue.give_back({1});
  CHECK(queue.entry(second.id).position == 1);
  queue.pass(48 * hour);
  Error late = refusal([&] { queue.accept(marko, first.id); });
  CHECK(late.code() == Code::expired);
  CHECK(late.reason() == "offer_lapsed");
  CHECK(late.message() == "The offer has ended.");
  // Nobody comes between the end of an offer and the tick.
  CHECK(refusal([&] { queue.customer("Ivan").caller.run(House::wish(queue.session)); }).reason() ==
        "no_place_left");
  queue.tick();
  CHECK(queue.entry(first.id).status == WaitingStatus::lapsed);
  CHECK(queue.entry(second.id).status == WaitingStatus::offered);
  CHECK(refusal([&] { queue.accept(marko, first.id); }).reason() == "offer_lapsed");
  // The second offer ends at the cut-off, an hour before the start.
  CHECK(queue.entry(second.id).expires_at == queue.get(queue.sold).starts - hour);
  petro.caller.run(bookings::DeclineOffer{.entry = second.id});
  CHECK(queue.entry(second.id).status == WaitingStatus::declined);
  CHECK(queue.free(queue.session) == 1);
  CHECK(queue.problems().empty());
}

TEST_CASE("priority comes before time", "[B8]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto petro = queue.customer("Petro");
  auto first = queue.join(marko);
  bookings::Wait wait = Queue::wait(queue.session);
  wait.priority = 10;
  Error denied = refusal([&] { petro.caller.run(wait); });
  CHECK(denied.code() == Code::denied);
  CHECK(denied.reason() == "role_not_allowed");
  wait.client = petro.client;
  auto preferred = queue.host().run(wait);
  CHECK(preferred.position == 1);
  CHECK(queue.entry(first.id).position == 2);
  queue.give_back({1});
  CHECK(queue.entry(preferred.id).status == WaitingStatus::offered);
  CHECK(queue.entry(first.id).status == WaitingStatus::waiting);
}

TEST_CASE("a quantity is served whole, or in part where that will do", "[B8]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto petro = queue.customer("Petro");
  auto two = queue.join(marko, 2);
  auto one = queue.join(petro, 1);
  queue.give_back({1});
  CHECK(queue.entry(two.id).status == WaitingStatus::waiting);  // passed over, not forgotten
  CHECK(queue.entry(one.id).status == WaitingStatus::offered);
  marko.caller.run(bookings::LeaveWaitingList{.entry = two.id});
  bookings::Wait wait = Queue::wait(queue.session, 2);
  wait.fewer = true;
  auto some = marko.caller.run(wait);
  CHECK(some.status == WaitingStatus::waiting);
  queue.give_back({2});
  CHECK(queue.entry(some.id).offered == 1);
  CHECK(queue.accept(marko, some.id).places.size() == 1);
  CHECK(queue.problems().empty());
}

TEST_CASE("with secured payment one is promoted at once, else an offer is made", "[B8]") {
  Queue queue;
  auto rich = queue.customer("Marko");
  auto poor = queue.customer("Petro", 0);
  auto without = queue.join(poor, 1, WaitingIntent::automatic);
  auto with = queue.join(rich, 1, WaitingIntent::automatic);
  queue.give_back({1, 2});
  auto promoted = queue.entry(with.id);
  CHECK(promoted.status == WaitingStatus::booked);
  bookings::Booking booking = queue.get(promoted.booking);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(booking.client == rich.client);
  CHECK_FALSE(booking.seller);
  CHECK(queue.balance(rich.client) == 90'000);
  CHECK(queue.entry(without.id).status == WaitingStatus::offered);
  CHECK(queue.told("bookings.booking_confirmed") == 2);  // the attempt without money is not told
  CHECK(queue.problems().empty());
}

TEST_CASE("free places are promoted without money", "[B8]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko", 0);
  SessionId session = house.session(at(2026, 3, 5, 18), 1, 0);
  BookingId sold = olena.caller.run(house.unpaid(session)).id;
  bookings::Wait wait = Queue::wait(session);
  wait.intent = WaitingIntent::automatic;
  marko.caller.run(wait);
  olena.caller.run(bookings::Cancel{.booking = sold});
  bookings::List of_marko;
  of_marko.client = marko.client;
  auto found = house.host().run(of_marko).items;
  REQUIRE(found.size() == 1);
  CHECK(found[0].status == BookingStatus::confirmed);
}

TEST_CASE("places come free in many ways", "[B8]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  SECTION("a booking is not paid in time") {
    SessionId other = queue.House::session(at(2026, 3, 9, 18), 1);
    queue.olena.caller.run(House::unpaid(other));
    auto entry = marko.caller.run(Queue::wait(other));
    queue.pass(48 * hour);
    queue.tick();
    CHECK(queue.entry(entry.id).status == WaitingStatus::offered);
  }
  SECTION("a hold is over") {
    SessionId other = queue.House::session(at(2026, 3, 9, 18), 1);
    queue.olena.caller.run(seating::Hold{.session = other, .choice = {.count = 1}});
    auto entry = marko.caller.run(Queue::wait(other));
    queue.pass(hour);
    queue.tick();
    CHECK(queue.entry(entry.id).status == WaitingStatus::offered);
  }
  SECTION("there are more places") {
    auto entry = queue.join(marko);
    queue.host().run(schedule::UpdateSession{.session = queue.session, .capacity = 3});
    CHECK(queue.entry(entry.id).status == WaitingStatus::offered);
    queue.host().run(schedule::UpdateSession{.session = queue.session, .capacity = 2});
    CHECK(queue.entry(entry.id).status == WaitingStatus::waiting);  // the offer is taken back
  }
  SECTION("a booking is moved") {
    auto entry = queue.join(marko, 2);
    bookings::Move move;
    move.booking = queue.sold;
    move.session = queue.House::session(at(2026, 3, 9, 18), 5);
    queue.olena.caller.run(move);
    CHECK(queue.entry(entry.id).status == WaitingStatus::offered);
  }
  CHECK(queue.problems().empty());
}

TEST_CASE("joining is refused as booking is", "[B8][B2]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto reason = [&](const bookings::Wait& request) {
    return refusal([&] { marko.caller.run(request); }).reason();
  };
  CHECK(reason(Queue::wait(SessionId{999})) == "session_not_found");
  CHECK(reason(Queue::wait(queue.House::session())) == "places_left");
  CHECK(reason(Queue::wait(queue.session, 3)) == "places_over_capacity");
  CHECK(refusal([&] { queue.host().run(Queue::wait(queue.session)); }).reason() == "client_needed");
  bookings::Wait foreign = Queue::wait(queue.session);
  foreign.client = queue.olena.client;
  CHECK(reason(foreign) == "client_not_found");
  bookings::Wait others = Queue::wait(queue.session);
  others.places[0].attendee = queue.olena.client;
  CHECK(reason(others) == "attendee_not_yours");
  auto entry = queue.join(marko);
  Error again = refusal([&] { queue.join(marko); });
  CHECK(again.reason() == "waiting_already");
  CHECK(again.message() == "You are in this waiting list already.");
  CHECK(std::get<std::int64_t>(again.details().at("entry")) == entry.id.value);
  CHECK(refusal([&] { queue.accept(marko, entry.id); }).reason() == "nothing_offered");
  CHECK(refusal([&] {
          queue.olena.caller.run(bookings::LeaveWaitingList{.entry = entry.id});
        }).reason() == "waiting_entry_not_found");
  bookings::Wait own = Queue::wait(queue.session);
  own.places[0].attendee = queue.olena.client;
  SessionId full = queue.House::session(at(2026, 3, 6, 18), 1);
  queue.olena.caller.run(House::for_attendee(full, queue.olena.client));
  own.session = full;
  CHECK(refusal([&] { queue.olena.caller.run(own); }).reason() == "already_booked");
  queue.desk.clock += queue.get(queue.sold).starts - hour - queue.desk.clock.now();
  CHECK(refusal([&] { queue.join(queue.customer("Ivan")); }).reason() == "waiting_closed");
  CHECK(queue.told("bookings.waiting_joined") == 1);
}

TEST_CASE("whoever may not book any more is out of line, and the next gets the place", "[B8]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto petro = queue.customer("Petro");
  bookings::Wait wait = Queue::wait(queue.session);
  wait.places[0].attendee = marko.client;
  wait.intent = WaitingIntent::automatic;
  auto first = marko.caller.run(wait);
  auto second = queue.join(petro);
  SessionId other = queue.House::session(at(2026, 3, 5, 18));
  marko.caller.run(House::for_attendee(other, marko.client));
  queue.give_back({1});
  CHECK(queue.entry(first.id).status == WaitingStatus::refused);
  CHECK(queue.entry(first.id).reason == "overlaps_own");
  CHECK(queue.entry(second.id).status == WaitingStatus::offered);
  CHECK(queue.told("bookings.waiting_ended") == 1);
}

TEST_CASE("a waiting list ends with its session", "[B8]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto petro = queue.customer("Petro");
  auto offered = queue.join(petro);
  auto waits = queue.join(marko);
  queue.give_back({1});
  SECTION("that is cancelled") {
    queue.host().run(schedule::CancelSession{.session = queue.session, .reason = "No water"});
    CHECK(queue.entry(waits.id).status == WaitingStatus::closed);
    CHECK(queue.entry(offered.id).status == WaitingStatus::closed);
  }
  SECTION("that begins") {
    queue.desk.clock += queue.get(queue.sold).starts - queue.desk.clock.now();
    queue.tick();
    CHECK(queue.entry(waits.id).status == WaitingStatus::closed);
    CHECK(queue.entry(offered.id).status == WaitingStatus::lapsed);
  }
  CHECK(refusal([&] {
          marko.caller.run(bookings::LeaveWaitingList{.entry = waits.id});
        }).reason() == "waiting_over");
  CHECK(queue.problems().empty());
}

TEST_CASE("a waiting list is for staff of the centre, an entry for who waits", "[B8][A9]") {
  Queue queue;
  auto marko = queue.customer("Marko");
  auto petro = queue.customer("Petro");
  queue.join(marko);
  queue.join(petro);
  CHECK(queue.salesman().run(bookings::Waiting{}).items.size() == 2);
  auto own = petro.caller.run(bookings::Waiting{}).items;
  REQUIRE(own.size() == 1);
  CHECK(own[0].position == 2);
  CHECK(queue.olena.caller.run(bookings::Waiting{}).items.empty());
  CentreId other = queue.opened("Sunset");
  CHECK(queue.desk.staff("Salesman", other).run(bookings::Waiting{}).items.empty());
}

TEST_CASE("a person's waiting is exported, merged and erased with them", "[B8][P7][P9]") {
  Queue queue;
  auto marko = queue.customer("Marko", 0);
  auto twin = queue.customer("Marko", 0);
  auto petro = queue.customer("Petro", 0);
  auto first = queue.join(marko);
  auto second = queue.join(twin);
  auto third = queue.join(petro);
  queue.host().run(people::Merge{.keep = marko.client, .duplicate = twin.client});
  CHECK(queue.entry(second.id).status == WaitingStatus::left);
  CHECK(queue.entry(second.id).client == marko.client);
  CHECK(queue.host().run(people::Export{.client = marko.client}).json.find("\"waiting\"") !=
        std::string::npos);
  queue.give_back({1});
  CHECK(queue.entry(first.id).status == WaitingStatus::offered);
  queue.host().run(people::Erase{.client = marko.client});
  CHECK(queue.entry(first.id).status == WaitingStatus::left);
  CHECK(queue.entry(third.id).status == WaitingStatus::offered);
  CHECK(queue.problems().empty());
}

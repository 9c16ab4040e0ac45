// The table of transitions (SPEC B1): every pair of states, through operations where one leads
// there, and by the table for all others.
#include <catch2/catch.hpp>

#include "bookings/transitions.hpp"
#include "bookings_support.hpp"

#include <set>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::refusal;

TEST_CASE("only the listed transitions exist", "[B1]") {
  using enum BookingStatus;
  const std::set<std::pair<BookingStatus, BookingStatus>> listed = {
      {held, pending},      {held, confirmed},      {held, cancelled},     {held, expired},
      {pending, confirmed}, {pending, cancelled},   {pending, expired},    {confirmed, attended},
      {confirmed, no_show}, {confirmed, cancelled}, {attended, confirmed}, {attended, no_show},
      {no_show, attended},  {no_show, confirmed},   {expired, confirmed},
  };
  CHECK(bookings::transitions().size() == listed.size());
  for (const EnumValue& from : bookings::enum_values(BookingStatus{})) {
    for (const EnumValue& to : bookings::enum_values(BookingStatus{})) {
      const auto a = static_cast<BookingStatus>(from.value);
      const auto b = static_cast<BookingStatus>(to.value);
      INFO(from.name << " -> " << to.name);
      const bool is_listed = listed.count({a, b}) == 1;
      CHECK(bookings::is_allowed(a, b) == is_listed);
      if (is_listed) {
        CHECK_NOTHROW(bookings::check_transition(a, b));
        continue;
      }
      Error error = refusal([&] { bookings::check_transition(a, b); });
      CHECK(error.code() == Code::conflict);
      if (a == cancelled && b == cancelled) {
        CHECK(error.reason() == "already_cancelled");
        continue;
      }
      CHECK(error.reason() == "transition_not_allowed");
      CHECK(std::get<std::string>(error.details().at("from")) == from.name);
      CHECK(std::get<std::string>(error.details().at("to")) == to.name);
    }
  }
}

TEST_CASE("what has ended takes no payment and is not cancelled again", "[B1]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 12, 18));
  BookingId cancelled = olena.caller.run(house.unpaid(session)).id;
  olena.caller.run(bookings::Cancel{.booking = cancelled});
  BookingId expired = olena.caller.run(house.unpaid(session)).id;
  house.pass(std::chrono::hours{48});
  house.tick();
  for (BookingId id : {cancelled, expired}) {
    const bookings::Booking before = house.get(id);
    bookings::Pay pay;
    pay.booking = id;
    pay.payments = {house.balance()};
    CHECK(refusal([&] { olena.caller.run(pay); }).reason() == "transition_not_allowed");
    CHECK(refusal([&] { olena.caller.run(bookings::Cancel{.booking = id}); }).reason() ==
          (id == cancelled ? "already_cancelled" : "transition_not_allowed"));
    CHECK(house.get(id).version == before.version);
    CHECK(house.get(id).status == before.status);
  }
  CHECK(house.balance(olena.client) == 100'000);
}

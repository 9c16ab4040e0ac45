/// A house for tests of bookings: sessions at a price, clients with money. The clock starts on
/// Monday 2026-03-02 09:00 UTC, which is 11:00 in Kyiv; sessions are tomorrow at 18:00.
#pragma once

#include "schedule/schedule_support.hpp"

#include <frontdesk/bookings_changes.hpp>
#include <frontdesk/bookings_events.hpp>
#include <frontdesk/bookings_policies.hpp>
#include <frontdesk/money_balances.hpp>

namespace frontdesk::testing {

/// Whether the operation says that it may be refused so.
inline bool declares(const Operation& operation, const Error& error) {
  for (const Refusal& refusal : operation.refusals) {
    if (refusal.code == error.code() && refusal.reason == error.reason()) return true;
  }
  return false;
}

inline Money uah(std::int64_t minor) { return {minor, Currency{"UAH"}}; }

struct House {
  TestDesk desk;
  CentreId centre = opened();
  ActivityId film = activity("Film");

  Caller host() const { return desk.host(); }

  CentreId opened(const std::string& name = "Sunrise") {
    CentreId made = desk.centre(name);
    catalog::UpdateCentre request;
    request.centre = made;
    request.active = true;
    host().run(request);
    return made;
  }
  ActivityId activity(const std::string& name, std::optional<std::int64_t> youngest = {},
                      std::optional<std::int64_t> oldest = {}) {
    catalog::CreateActivity request;
    request.centre = centre;
    request.name = name;
    request.min_age = youngest;
    request.max_age = oldest;
    return host().run(request).id;
  }
  schedule::NewSession plan(LocalTime start = at(2026, 3, 3, 18),
                            std::optional<std::int64_t> capacity = 10,
                            std::int64_t price = 10'000) const {
    schedule::NewSession session;
    session.activity = film;
    session.centre = centre;
    session.start = start;
    session.capacity = capacity;
    session.price = uah(price);
    return session;
  }
  schedule::Session add(const schedule::NewSession& session) const {
    return host().run(schedule::CreateSessions{.sessions = {session}}).sessions.at(0);
  }
  SessionId session(LocalTime start = at(2026, 3, 3, 18), std::optional<std::int64_t> capacity = 10,
                    std::int64_t price = 10'000) const {
    return add(plan(start, capacity, price)).id;
  }

  /// A customer with so much on the balance of the centre.
  TestDesk::Customer customer(const std::string& name = "Olena", std::int64_t balance = 100'000) {
    TestDesk::Customer customer = desk.customer(name);
    if (balance > 0) top_up(customer.client, balance);
    return customer;
  }
  void top_up(ClientId client, std::int64_t amount) const {
    money::TopUp request;
    request.client = client;
    request.centre = centre;
    request.amount = uah(amount);
    request.tenders = {card()};
    host().run(request);
  }
  std::int64_t balance(ClientId client) const {
    return host().run(money::GetBalance{.client = client, .centre = centre}).amount.minor;
  }
  ClientId child(ClientId guardian, const std::string& name = "Maria",
                 std::optional<Date> born = {}) const {
    people::AddDependant request;
    request.guardian = guardian;
    request.first_name = name;
    request.birth_date = born;
    return host().run(request).id;
  }
  Caller salesman() { return desk.staff("Salesman", centre); }
  Caller moderator() { return desk.staff("Moderator", centre); }

  static money::Tender balance() {
    money::Tender tender;
    tender.method = money::PaymentMethod::balance;
    return tender;
  }
  static money::Tender card() {
    money::Tender tender;
    tender.method = money::PaymentMethod::card;
    return tender;
  }
  static money::Tender provider() {
    money::Tender tender;
    tender.method = money::PaymentMethod::external;
    tender.provider = "liqpay";
    return tender;
  }

  /// So many unnamed places, paid from the balance.
  static bookings::Book wish(SessionId session, std::size_t places = 1) {
    bookings::Book request;
    request.session = session;
    request.places.resize(places);
    request.payments = {balance()};
    return request;
  }
  static bookings::Book unpaid(SessionId session, std::size_t places = 1) {
    bookings::Book request = wish(session, places);
    request.payments.clear();
    return request;
  }
  static bookings::Book for_attendee(SessionId session, ClientId attendee) {
    bookings::Book request = wish(session);
    request.places[0].attendee = attendee;
    return request;
  }

  bookings::Booking get(BookingId id) const {
    bookings::Get request;
    request.booking = id;
    return host().run(request);
  }
  std::int64_t free(SessionId session) const {
    for (const auto& item : calendar()) {
      if (item.session == session) return *item.free;
    }
    return -1;
  }
  std::vector<schedule::CalendarItem> calendar() const {
    schedule::Calendar request;
    request.view = schedule::View::window;
    request.date = on(2026, 3, 1);
    request.until = on(2026, 6, 1);
    request.centre = centre;
    return host().run(request).items;
  }
  void set(const std::string& name, std::int64_t value) const {
    upkeep::ChangeSetting request;
    request.name = name;
    request.centre = centre;
    request.value = value;
    host().run(request);
  }
  void tick() const { host().run(upkeep::Tick{}); }
  void pass(Duration duration) { desk.clock += duration; }
  /// Everything that `upkeep.check` finds wrong, in words; empty where all is well.
  std::string problems() const {
    std::string told;
    for (const auto& found : host().run(upkeep::Check{}).problems) {
      told += found.part + " " + found.place + ": " + found.problem + "\n";
    }
    return told;
  }
  /// How often a topic was told.
  std::size_t told(const std::string& topic) const {
    std::size_t count = 0;
    events::Since request{.topics = {topic}, .limit = 1000};
    for (;;) {
      auto page = host().run(request);
      count += page.items.size();
      if (page.items.empty()) return count;
      request.cursor = page.next;
    }
  }
};

}  // namespace frontdesk::testing

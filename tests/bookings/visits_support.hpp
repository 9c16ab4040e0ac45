/// A studio whose clients pay by visits. The clock starts on Monday 2026-03-02 09:00 UTC, which is
/// 11:00 in Kyiv; sessions cost 100.00.
#pragma once

#include "bookings_support.hpp"

#include "base/zones.hpp"

#include <catch2/catch.hpp>

#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_slots.hpp>
#include <frontdesk/bookings_visits.hpp>
#include <frontdesk/bookings_waiting.hpp>
#include <frontdesk/plans_manage.hpp>
#include <frontdesk/plans_subscriptions.hpp>
#include <frontdesk/plans_visits.hpp>

namespace frontdesk::testing {

struct VisitHouse : House {
  VisitHouse() {
    host().run(catalog::ApplyProfile{.centre = centre, .profile = catalog::Profile::studio});
    set("bookings.opens_days", 60);
    set("bookings.strikes_to_lock", 0);
  }

  TestDesk::Customer olena = customer();
  ClientId maria = child(olena.client);

  /// 800.00 a month for everything.
  plans::Terms month() const {
    plans::Terms terms;
    terms.price = uah(80'000);
    terms.months = 1;
    terms.all_activities = true;
    return terms;
  }
  /// The same with so many visits.
  plans::Terms pack(std::int64_t visits = 8) const {
    plans::Terms terms = month();
    terms.visits = visits;
    return terms;
  }
  PlanId enter(const plans::Terms& terms) {
    plans::CreatePlan request;
    request.centre = centre;
    request.name = "Plan " + std::to_string(++plans_);
    request.terms = terms;
    return host().run(request).id;
  }
  SubscriptionId buy(const plans::Terms& terms, std::vector<ClientId> people = {}) {
    plans::Buy request;
    request.plan = enter(terms);
    request.owner = olena.client;
    request.people = people.empty() ? std::vector{maria} : std::move(people);
    request.tenders = {card()};
    return host().run(request).id;
  }

  static bookings::Book by_visit(SessionId session, ClientId attendee, SubscriptionId named = {}) {
    bookings::Book request;
    request.session = session;
    request.places = {{.attendee = attendee, .by_visit = true, .subscription = named}};
    return request;
  }
  bookings::Booking book(SessionId session) {
    bookings::Book request = by_visit(session, maria);
    request.client = olena.client;  // whose sign-in ends before some of these sessions
    request.channel = seating::Channel::online;
    return host().run(request);
  }
  plans::Subscription subscription(SubscriptionId id) const {
    return host().run(plans::GetSubscription{.subscription = id});
  }
  plans::Figures visits(SubscriptionId id) const { return subscription(id).visits; }
  /// `reserve 2026-03-03; give_back 2026-03-03 client`, without the grant.
  std::string ledger(SubscriptionId id) const {
    std::string told;
    for (const plans::Entry& entry :
         host().run(plans::Visits{.subscription = id, .limit = 500}).items) {
      if (entry.kind == plans::EntryKind::grant) continue;
      told += (told.empty() ? "" : "; ") + word(entry.kind);
      if (entry.day) told += " " + zones::print(*entry.day).substr(5);
      if (entry.cause != plans::Cause::none) told += " " + word(entry.cause);
    }
    return told;
  }
  template <class Enum>
  static std::string word(Enum value) {
    for (const EnumValue& known : enum_values(value)) {
      if (known.value == static_cast<std::int64_t>(value)) return std::string(known.name);
    }
    return "?";
  }

  void go_to(LocalTime local) {
    desk.clock += zones::to_instant(local, "Europe/Kyiv") - desk.clock.now();
    tick();
    tick();  // what followed from the first
  }
  void cancel(BookingId booking) const { host().run(bookings::Cancel{.booking = booking}); }
  void cancel_session(SessionId session) const {
    host().run(schedule::CancelSession{.session = session, .reason = "The trainer is ill"});
  }
  /// `conflict/day_limit_reached at places[0].subscription`, told in both languages.
  static std::string refused(const std::function<void()>& action) {
    const Error error = refusal(action);
    for (const char* language : {"en", "uk"}) {
      const std::string message = error.in_language(language).message();
      CHECK(message != "error." + error.reason());
      CHECK(message.find('{') == std::string::npos);
    }
    const std::string text = std::string(code_name(error.code())) + "/" + error.reason();
    return error.field().empty() ? text : text + " at " + error.field();
  }

 private:
  int plans_ = 0;
};

}  // namespace frontdesk::testing

/// A club for tests of subscriptions. The clock starts on Monday 2026-03-02 09:00 UTC, which is
/// 11:00 in Kyiv. Bookings stand above plans; here steps of the test call what bookings will.
#pragma once

#include "dates.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <frontdesk/money_balances.hpp>
#include <frontdesk/plans_events.hpp>
#include <frontdesk/plans_manage.hpp>
#include <frontdesk/plans_subscriptions.hpp>
#include <frontdesk/plans_visits.hpp>

namespace frontdesk::testing {

inline Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

/// What a test does to visits in the place of bookings.
enum class Doing { reserve, use, give_back, undo, move_by_client, move_by_centre };

struct VisitStep {
  Doing doing = Doing::reserve;
  ClientId attendee{};
  SessionId session{};
  BookingId booking{};
  SubscriptionId subscription{};  ///< to reserve: named, or none
  plans::Cause cause = plans::Cause::none;
  TicketTypeId ticket_type{};
  std::string seat_category{};
};

struct Paid {
  SubscriptionId subscription{};
  Money surcharge{};
  bool premium = false;
};

struct Club {
  explicit Club(const std::string& zone = "Europe/Kyiv");

  TestDesk desk;
  CentreId centre;
  ActivityId yoga = activity("Yoga");
  ActivityId pool = activity("Pool");

  Caller host() const { return desk.host(); }

  ActivityId activity(const std::string& name) const;
  ClientId client(const std::string& name, std::optional<Date> born = {}) const;
  ClientId child(ClientId guardian, const std::string& name, std::optional<Date> born = {}) const;
  void top_up(ClientId client, std::int64_t minor) const;
  std::int64_t balance(ClientId client) const;
  SessionId session(ActivityId activity, LocalTime start, std::optional<std::int64_t> places = {},
                    const std::optional<Money>& price = {}) const;

  /// 1200.00 for a month of everything.
  plans::Terms month() const;
  /// The same with eight visits.
  plans::Terms pack(std::int64_t visits = 8) const;
  PlanId plan(const std::string& name, const plans::Terms& terms) const;
  /// Bought and paid by card, for the owner.
  plans::Subscription buy(PlanId plan, ClientId owner) const;
  plans::Subscription buy(plans::Buy request) const;
  plans::Subscription get(SubscriptionId id) const;
  std::vector<plans::Entry> ledger(SubscriptionId id) const;

  Paid reserve(ClientId attendee, SessionId session, std::int64_t booking,
               SubscriptionId named = {}) const;
  void use(SubscriptionId subscription, std::int64_t booking, ClientId attendee,
           plans::Cause cause = plans::Cause::attended) const;
  void give_back(SubscriptionId subscription, std::int64_t booking, ClientId attendee,
                 plans::Cause cause = plans::Cause::client) const;
  Paid step(const VisitStep& step) const;

  /// Moves the clock to a wall-clock time of the centre, and ticks.
  void go_to(LocalTime local);
  void tick() const { host().run(upkeep::Tick{}); }
  std::size_t told(const std::string& topic) const;
  /// Nothing is wrong with the file: ledgers, days, revenue.
  void check_sound() const;

 private:
  std::string zone_;
};

/// `conflict/day_limit_reached at subscription`; the sentence must be there in both languages.
std::string refused(const std::function<void()>& action);

}  // namespace frontdesk::testing

/// The ledger of visits: looking at it, correcting it, and asking what would pay for a place.
#pragma once

#include <frontdesk/plans.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace plans {

/// Lines of the ledger of a subscription, in order.
struct Visits {
  using Result = Page<Entry>;
  static const Operation operation;

  SubscriptionId subscription{};
  ClientId attendee{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Visits>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::attendee>("Only of this attendee.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Adds visits to a subscription with a number of visits, or takes some away; by staff, with a
/// reason.
struct AdjustVisits {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  std::int64_t visits = 0;
  std::string reason{};

  template <class Self = AdjustVisits>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::visits>("How many; below zero: taken away.").range(-10'000, 10'000),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

/// What one subscription says of a place.
struct VisitAnswer {
  SubscriptionId subscription{};
  bool pays = false;
  std::optional<Money> surcharge{};
  bool premium = false;
  std::optional<std::string> reason{};
  std::optional<std::string> message{};

  template <class Self = VisitAnswer>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::pays>("Whether it would pay."),
        field<&Self::surcharge>("What would be paid on top."),
        field<&Self::premium>("Counts as a premium visit."),
        field<&Self::reason>("Why it would not."),
        field<&Self::message>("The same in words, in the caller's language."),
    };
    return table;
  }
};

/// The answers of all subscriptions of an attendee; the first that pays is the one that would.
struct VisitAnswers {
  std::vector<VisitAnswer> answers{};

  template <class Self = VisitAnswers>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::answers>("In the order in which they are asked."),
    };
    return table;
  }
};

/// Asks which subscription would pay for an attendee's place in a session, and why others not.
struct CheckVisit {
  using Result = VisitAnswers;
  static const Operation operation;

  ClientId attendee{};
  SessionId session{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};

  template <class Self = CheckVisit>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::attendee>("Who would attend."),
        field<&Self::session>("The session."),
        field<&Self::ticket_type>("Type of the ticket, where there are types.").or_default(),
        field<&Self::seat_category>("Category of the seat, where there are seats.").length(1, 60),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk

/// The cabinet: all that a client sees of themselves at one glance (SPEC P5).
#pragma once

#include <frontdesk/bookings.hpp>
#include <frontdesk/people_family.hpp>
#include <frontdesk/plans.hpp>
#include <frontdesk/pricing_points.hpp>
#include <frontdesk/pricing_tiers.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace people {

/// A place of the client or of whom they look after.
struct CabinetPlace {
  BookingId booking{};
  PlaceId place{};
  SessionId session{};
  ActivityId activity{};
  std::string title{};
  CentreId centre{};
  Instant starts{};
  Instant ends{};
  ClientId attendee{};
  bookings::BookingStatus status = bookings::BookingStatus::confirmed;
  bookings::PaidBy paid_by = bookings::PaidBy::money;
  SubscriptionId subscription{};

  template <class Self = CabinetPlace>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::place>("The place; its ticket has the same number."),
        field<&Self::session>("The session."),
        field<&Self::activity>("What takes place."),
        field<&Self::title>("Name of the activity."),
        field<&Self::centre>("Where."),
        field<&Self::starts>("When it starts."),
        field<&Self::ends>("When it ends."),
        field<&Self::attendee>("Who attends; absent for an unnamed visitor.").or_default(),
        field<&Self::status>("How the place stands."),
        field<&Self::paid_by>("What it is paid by."),
        field<&Self::subscription>("Whose visit pays.").or_default(),
    };
    return table;
  }
};

/// What a client has with a centre.
struct CabinetBalance {
  CentreId centre{};
  Money amount{};

  template <class Self = CabinetBalance>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::amount>("The balance there; below zero: owed."),
    };
    return table;
  }
};

/// What a client sees of themselves at one glance. Tickets are those of the places to come.
struct CabinetContents {
  ClientView profile{};
  FamilyMembers family{};
  std::vector<AccountId> trainers{};
  std::int64_t favourites = 0;
  std::vector<CabinetBalance> balances{};
  std::optional<pricing::PointBalance> points{};
  std::optional<pricing::ClientTier> tier{};
  std::vector<plans::Subscription> subscriptions{};
  std::vector<CabinetPlace> upcoming{};
  std::vector<CabinetPlace> history{};
  std::optional<std::string> next{};

  template <class Self = CabinetContents>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::profile>("Who they are."),
        field<&Self::family>("Guardians and dependants."),
        field<&Self::trainers>("Accounts of the trainers they are assigned to."),
        field<&Self::favourites>("How many favourites they have."),
        field<&Self::balances>("Balances with centres."),
        field<&Self::points>("Points, for those who see the client's money."),
        field<&Self::tier>(
            "Their tier, and what is missing for the next; absent where there are no tiers."),
        field<&Self::subscriptions>(
            "Subscriptions that run or are to run, of the client and of whom they look after,"
            " with what is left of visits, days and limits."),
        field<&Self::upcoming>("Places to come of them all, the next first."),
        field<&Self::history>("Places of the client that are over, the last first."),
        field<&Self::next>("Where the history goes on; absent: that is all of it."),
    };
    return table;
  }
};

/// The cabinet of a client. The history comes in pages; the rest is the same on each.
struct Cabinet {
  using Result = CabinetContents;
  static const Operation operation;

  ClientId client{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 20;

  template <class Self = Cabinet>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whose cabinet."),
        field<&Self::cursor>("`next` of the page before, for more of the history."),
        field<&Self::limit>("Places of the history a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CabinetPlace::booking>("The booking."),
        field<&CabinetPlace::place>("The place; its ticket has the same number."),
        field<&CabinetPlace::session>("The session."),
        field<&CabinetPlace::activity>("What takes place."),
        field<&CabinetPlace::title>("Name of the activity."),
        field<&CabinetPlace::centre>("Where."),
        field<&CabinetPlace::starts>("When it starts."),
        field<&CabinetPlace::ends>("When it ends."),
        field<&CabinetPlace::attendee>("Who attends; absent for an unnamed visitor.").or_default(),
        field<&CabinetPlace::status>("How the place stands."),
        field<&CabinetPlace::paid_by>("What it is paid by."),
        field<&CabinetPlace::subscription>("Whose visit pays.").or_default(),
    };
    return table;
  }
};

/// What a client has with a centre.
struct CabinetBalance {
  CentreId centre{};
  Money amount{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CabinetBalance::centre>("The centre."),
        field<&CabinetBalance::amount>("The balance there; below zero: owed."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CabinetContents::profile>("Who they are."),
        field<&CabinetContents::family>("Guardians and dependants."),
        field<&CabinetContents::trainers>("Accounts of the trainers they are assigned to."),
        field<&CabinetContents::favourites>("How many favourites they have."),
        field<&CabinetContents::balances>("Balances with centres."),
        field<&CabinetContents::points>("Points, for those who see the client's money."),
        field<&CabinetContents::tier>(
            "Their tier, and what is missing for the next; absent where there are no tiers."),
        field<&CabinetContents::subscriptions>(
            "Subscriptions that run or are to run, of the client and of whom they look after,"
            " with what is left of visits, days and limits."),
        field<&CabinetContents::upcoming>("Places to come of them all, the next first."),
        field<&CabinetContents::history>("Places of the client that are over, the last first."),
        field<&CabinetContents::next>("Where the history goes on; absent: that is all of it."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Cabinet::client>("Whose cabinet."),
        field<&Cabinet::cursor>("`next` of the page before, for more of the history."),
        field<&Cabinet::limit>("Places of the history a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

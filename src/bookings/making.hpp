/// Making a booking: what it is asked for, the refusals in their order (SPEC B2), the places, the
/// price and the payment, in one.
#pragma once

#include "bookings/bookings.hpp"
#include "seating/maps.hpp"

namespace frontdesk::bookings {

/// An order that several bookings share. The first that costs something opens it; none of them
/// pays. settle_together then pays for all.
struct SharedOrder {
  OrderId id{};
};

/// What the one place of a booking costs where no price of its session counts.
struct FixedPrice {
  std::string text{};
  Money total{};  ///< tax included
  Money tax{};
  std::int64_t tax_basis_points = 0;
};

/// What somebody wants to book, whichever operation says so.
struct Wish {
  SessionId session{};
  std::vector<PlaceRequest> places{};
  std::string hold{};  ///< token; empty: none
  std::string area{};
  std::string seat_category{};
  bool best = false;
  bool accessible = false;
  ClientId client{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  std::optional<seating::Channel> channel{};
  BookingKind kind = BookingKind::ordinary;
  std::vector<std::string> coupons{};
  std::vector<money::Tender> payments{};
  bool owing = false;
  std::optional<std::string> note{};
  std::optional<std::string> external_ref{};
  bool is_guest = false;  ///< somebody without account books for themselves

  // For callers inside of the area.
  WaitingEntryId offer{};               ///< whose offered places are booked
  std::vector<std::int64_t> offered{};  ///< these places
  bool is_standing = false;             ///< window, limits and the last hour do not count
  bool is_promised = false;             ///< whoever calls: who may book for whom was asked before
  SharedOrder* shared = nullptr;
  std::optional<Instant> kept_until{};  ///< visits pay once a renewal came; until then pending
  std::optional<FixedPrice> price{};
};

/// A booking that was made, with what is known of it besides.
struct Made {
  Stored booking{};
  seating::Layout layout{};
  Money owed{};
};
/// Books all or nothing: refuses in the order of SPEC B2, claims the places, quotes, makes the
/// order, pays, tells. The caller's reach is that of the operation.
Made book(Transaction& transaction, const Wish& wish);
/// Pays the order that bookings share and brings all of them to the status that follows, as `book`
/// does for one; then tells of each.
void settle_together(Transaction& transaction, std::vector<Made>& bookings,
                     const SharedOrder& shared, const std::vector<money::Tender>& payments,
                     bool owing);
/// Tells that a booking was made.
void tell_made(Transaction& transaction, const Row& row);

/// Who the caller is to a booking in the session.
struct Standing {
  bool is_staff = false;  ///< reaches the centre, or everything
  ClientId client{};      ///< who books
  ClientId payer{};
  seating::Channel channel = seating::Channel::online;
};

/// The session, if the caller may know of it: else missing. One that is not open to everyone is
/// seen by its members, its client, their family and staff.
schedule::Session bookable_session(Transaction& transaction, SessionId id,
                                   std::string_view field = "session");
/// conflict/client_erased, conflict/client_merged, conflict/client_archived.
void check_client(Transaction& transaction, ClientId client, std::string_view field);
/// Fills in who books and pays; refuses a client the caller does not reach as missing.
Standing standing_of(Transaction& transaction, const Wish& wish, const schedule::Session& session);

// The refusals of SPEC B2, in its order. `book` asks them all; the waiting list and series ask
// those that concern them. `except` is a booking that moves and does not stand in its own way.

/// conflict/session_not_scheduled, conflict/session_started, conflict/booking_not_open_yet,
/// conflict/booking_closed.
void check_window(Transaction& transaction, const schedule::Session& session,
                  const Standing& standing);
/// When booking opens for a payer; the place where tiers come in.
Instant opens_at(Transaction& transaction, const schedule::Session& session, ClientId payer);
/// conflict/attendee_too_young, conflict/attendee_too_old, conflict/already_booked,
/// conflict/overlaps_own, denied/attendee_not_yours, denied/client_barred, denied/waiver_missing,
/// conflict/places_over_limit, denied/group_only, denied/client_only.
void check_attendees(Transaction& transaction, const Wish& wish, const schedule::Session& session,
                     const Standing& standing, BookingId except = {});
/// denied/role_not_allowed.
void check_role(Transaction& transaction, const Wish& wish, const schedule::Session& session,
                const Standing& standing);
/// denied/role_not_allowed for means that only staff may take, denied/balance_not_yours for the
/// balance or points of a payer whom the caller does not reach, invalid/method_not_accepted for
/// means that no payment may name.
void check_means(Transaction& transaction, CentreId centre, ClientId payer,
                 std::span<const money::Tender> payments);

/// An external payment that the buyer makes elsewhere and a callback tells of.
bool is_awaited(const money::Tender& tender);
/// Begins the payments that are awaited. True if there is one.
bool begin_awaited(Transaction& transaction, OrderId order,
                   std::span<const money::Tender> payments);
/// Pays what is not awaited, then begins what is. True if a payment is awaited.
bool take_payments(Transaction& transaction, OrderId order,
                   std::span<const money::Tender> payments);
/// conflict/owing_not_allowed unless the centre lets the payer owe.
void check_owing(Transaction& transaction, const Row& row);
/// The last hour before the start, when all must be paid at once (SPEC B2).
bool is_last_hour(Transaction& transaction, const schedule::Session& session);
/// Until when an external payment is awaited that begins now.
Instant external_payment_by(Transaction& transaction, CentreId centre);
/// Until when a booking made now must be paid: at the latest an hour before the start (SPEC B4).
Instant pay_by(Transaction& transaction, const schedule::Session& session);
/// When the tick looks next at a booking that waits for payment.
Instant due_at(Transaction& transaction, CentreId centre, Instant pay_by);

}  // namespace frontdesk::bookings

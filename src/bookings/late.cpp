/// A payment that came after its booking had expired: the same places if they are still free, else
/// others that cost the same, else the money goes back. Each is told (SPEC B4, M4).
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "bookings/paying.hpp"
#include "bookings/policies.hpp"
#include "bookings/visits.hpp"
#include "money/orders.hpp"
#include "pricing/quotes.hpp"
#include "schedule/stored.hpp"
#include "seating/claims.hpp"
#include "seating/holds.hpp"
#include "storage/attempt.hpp"

#include <algorithm>
#include <tuple>

namespace frontdesk::bookings {
namespace {

/// One attempt to give an expired booking its places again.
class Revival {
 public:
  Revival(Transaction& transaction, Stored& booking)
      : transaction_(transaction),
        booking_(booking),
        session_(schedule::stored_session(transaction, booking.row.session)) {}

  /// Claims places for all that expired. False, with nothing claimed, if that cannot be.
  bool claim() {
    if (session_.status != schedule::SessionStatus::scheduled ||
        session_.starts <= transaction_.now() || !are_attendees_free()) {
      return false;
    }
    const seating::Layout layout = seating::layout_of(transaction_, session_);
    for (PlaceRow& place : booking_.places) {
      if (place.status != BookingStatus::expired) continue;
      const auto number = has_means(place) ? claim_one(layout, place) : std::nullopt;
      if (!number) return give_up();
      claimed_.emplace_back(&place, *number);
    }
    return !claimed_.empty() && (reserve_visits(layout) || give_up());
  }

  void confirm() {
    for (auto& [place, number] : claimed_) {
      check_transition(place->status, BookingStatus::confirmed);
      place->place = number;
      place->status = BookingStatus::confirmed;
    }
    take_lines();
    take_credits();
    for (PlaceRow& place : booking_.places) {
      place.starts = session_.starts;  // it may have been moved meanwhile
      update_place(transaction_, place);
    }
    store(transaction_, booking_);
    note_change(transaction_, booking_.row, Change::revived);
    transaction_.emit(told_of<BookingRevived>(booking_.row));
    transaction_.emit(told_of<BookingConfirmed>(booking_.row));
  }

  bool give_up() {
    for (auto& [place, number] : claimed_) {
      seating::release(transaction_, session_.id, number, seating::ClaimState::booked,
                       booking_.row.id.value);
    }
    claimed_.clear();
    return false;
  }

 private:
  /// The same subscriptions must still pay; what was due on top is sold again as it was.
  bool reserve_visits(const seating::Layout& layout) {
    return !storage::attempt(transaction_, [&] {
      for (auto& [place, number] : claimed_) {
        if (!has_visit(*place)) continue;
        place->place = number;
        std::ignore =
            reserve_place(transaction_, *place, session_, layout, place->subscription, "");
      }
    });
  }

  bool are_attendees_free() {
    return std::none_of(booking_.places.begin(), booking_.places.end(), [&](const PlaceRow& place) {
      return place.status == BookingStatus::expired && place.attendee &&
             (place_in_session(transaction_, place.attendee, session_) ||
              overlapping_session(transaction_, place.attendee, session_));
    });
  }

  /// What paid beside money went back when the booking expired, and must be there again.
  bool has_means(const PlaceRow& place) {
    if (place.paid_by == PaidBy::credit) return static_cast<bool>(credit_for(place));
    return place.paid_by != PaidBy::visit || place.subscription;
  }

  CreditId credit_for(const PlaceRow& place) {
    return CreditId{transaction_
                        .one_number("SELECT id FROM credits WHERE client = $1 AND centre = $2"
                                    " AND activity = $3 AND used_for IS NULL AND expires_at > $4"
                                    " ORDER BY expires_at, id LIMIT 1",
                                    place.attendee, session_.centre, session_.activity,
                                    session_.starts)
                        .value_or(0)};
  }

  void take_credits() {
    for (auto& [place, number] : claimed_) {
      if (place->paid_by != PaidBy::credit) continue;
      use_credit(transaction_, credit_for(*place), *place, session_, {}, "payment");
    }
  }

  /// What a place cost depends on it; empty where there are no categories.
  std::string category_sold(const PlaceRow& place) {
    storage::Cursor line =
        transaction_.query("SELECT seat_category FROM order_lines WHERE id = $1", place.line);
    if (!line.next() || line.null(0)) return {};
    return std::string(line.text(0));
  }

  std::optional<std::int64_t> claim_one(const seating::Layout& layout, const PlaceRow& place) {
    const seating::Claim claim{.state = seating::ClaimState::booked,
                               .owner = booking_.row.id.value};
    const bool has_room =
        seating::free_places(transaction_, session_, booking_.row.channel).value_or(1) > 0;
    if (!has_room) return std::nullopt;
    // Another map left it without a number.
    if (place.place != 0 && seating::take(transaction_, session_.id, place.place, claim)) {
      return place.place;
    }
    seating::PlaceChoice choice{.count = 1, .best = true};
    choice.category = category_sold(place);
    try {
      return seating::take_for_booking(transaction_, session_, layout, choice, booking_.row.channel,
                                       booking_.row.id)
          .front();
    } catch (const Error& error) {
      const bool is_refusal = error.code() == Code::sold_out || error.code() == Code::conflict ||
                              error.code() == Code::invalid || error.code() == Code::not_found;
      if (!is_refusal) throw;
      return std::nullopt;
    }
  }

  void take_lines() {
    for (const money::OrderLine& line : money::order_of(transaction_, booking_.row.order).lines) {
      if (line.ended_at || line.kind != money::LineKind::ticket) continue;
      for (auto& [place, number] : claimed_) {
        if (line.place != place_id(booking_.row.id, place->number)) continue;
        place->line = line.id;
        pricing::retake_units(transaction_, booking_.row.id, session_.id, place->number - 1,
                              line.discounts.value_or(""));
      }
    }
  }

  Transaction& transaction_;
  Stored& booking_;
  const schedule::Session session_;
  std::vector<std::pair<PlaceRow*, std::int64_t>> claimed_{};
};

/// Whether the line had given way to another before the booking expired: a move and another seat
/// sell a place anew, its ticket first and then its fees; a place without a ticket has one line,
/// what is due on top of a visit.
bool is_replaced(const money::OrderLine& line, const std::vector<money::OrderLine>& lines) {
  const auto is_of_same = [&](const money::OrderLine& other) {
    return other.booking == line.booking && other.place == line.place && other.ended_at;
  };
  if (!line.place) {
    return std::any_of(lines.begin(), lines.end(), [&](const money::OrderLine& other) {
      return is_of_same(other) && *other.ended_at > *line.ended_at;
    });
  }
  const bool has_ticket =
      std::any_of(lines.begin(), lines.end(), [&](const money::OrderLine& other) {
        return is_of_same(other) && other.kind == money::LineKind::ticket;
      });
  return std::any_of(lines.begin(), lines.end(), [&](const money::OrderLine& other) {
    return is_of_same(other) && other.id > line.id &&
           (!has_ticket || other.kind == money::LineKind::ticket);
  });
}

/// What the booking was to pay when it expired.
std::vector<money::NewLine> lines_again(Transaction& transaction, const Stored& booking) {
  std::vector<money::NewLine> lines;
  const money::Order order = money::order_of(transaction, booking.row.order);
  for (const money::OrderLine& line : order.lines) {
    if (line.booking != booking.row.id || !line.ended_at) continue;
    const auto place = std::find_if(
        booking.places.begin(), booking.places.end(),
        [&](const PlaceRow& row) { return line.place && number_of(line.place) == row.number; });
    const bool is_expired =
        place == booking.places.end() ? !line.place : place->status == BookingStatus::expired;
    if (!is_expired || is_replaced(line, order.lines)) continue;
    lines.push_back({.kind = line.kind,
                     .text = line.text,
                     .session = line.session,
                     .booking = line.booking,
                     .place = line.place,
                     .ticket_type = line.ticket_type,
                     .seat_category = line.seat_category.value_or(""),
                     .quantity = line.quantity,
                     .price = line.price,
                     .discount = line.discount,
                     .total = line.total,
                     .tax = line.tax,
                     .tax_basis_points = line.tax_basis_points,
                     .refundable = line.refundable,
                     .discounts = line.discounts.value_or("")});
  }
  return lines;
}

std::int64_t total_of(const std::vector<money::NewLine>& lines) {
  std::int64_t total = 0;
  for (const money::NewLine& line : lines) total += line.total.minor;
  return total;
}

void take_late_payment(Transaction& transaction, Stored& booking, PaymentId payment) {
  const money::Payment late = money::payment_of(transaction, payment);
  Revival revival(transaction, booking);
  const std::vector<money::NewLine> lines = lines_again(transaction, booking);
  const bool is_enough = !lines.empty() && late.unapplied.minor >= total_of(lines) &&
                         pricing::can_revive(transaction, booking.row.order);
  if (is_enough && revival.claim()) {
    money::add_lines(transaction, booking.row.order, lines);
    money::use_late(transaction, payment);
    revival.confirm();
  } else {
    transaction.emit(told_of<LatePaymentReturned>(booking.row));
  }
}

/// Money for orders of expired bookings only; what is paid twice for one that stands is money's.
/// Of bookings that share an order each gets its places again as far as the money goes.
void on_payment(Transaction& transaction, const void* event) {
  const auto& completed = *static_cast<const money::PaymentCompleted*>(event);
  if (!completed.late) return;
  bool is_ours = false;
  for (BookingId id : bookings_of_order(transaction, completed.order)) {
    Stored booking = stored_booking(transaction, id);
    if (booking.row.status != BookingStatus::expired) continue;
    is_ours = true;
    take_late_payment(transaction, booking, completed.payment);
  }
  if (is_ours && money::payment_of(transaction, completed.payment).unapplied.minor > 0) {
    money::refund_late(transaction, completed.payment, money::RefundTo::method, "");
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction payment_completed{"money.payment_completed", on_payment};

}  // namespace lists
}  // namespace frontdesk::bookings

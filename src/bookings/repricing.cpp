#include "bookings/repricing.hpp"

#include "base/money.hpp"
#include "bookings/making.hpp"
#include "bookings/paying.hpp"
#include "bookings/policies.hpp"
#include "money/amounts.hpp"
#include "money/exchanging.hpp"
#include "seating/maps.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

/// Tickets of the places and their own fees, as they stand in the order.
std::vector<money::OrderLine> lines_of(Transaction& transaction, const Stored& booking,
                                       const std::vector<PlaceRow*>& places) {
  std::vector<money::OrderLine> lines;
  if (!booking.row.order) return lines;
  for (const money::OrderLine& line : money::order_of(transaction, booking.row.order).lines) {
    if (line.ended_at || line.booking != booking.row.id || !line.place) continue;
    const bool is_one = std::any_of(places.begin(), places.end(), [&](const PlaceRow* place) {
      return place->number == number_of(line.place);
    });
    if (is_one) lines.push_back(line);
  }
  return lines;
}

/// Lines of the quote for its places; those of the whole order were paid when it was booked.
std::vector<money::NewLine> new_lines(const pricing::Quote& quoted, const Stored& booking,
                                      const schedule::Session& session,
                                      const std::vector<PlaceRow*>& places) {
  std::vector<money::NewLine> lines = pricing::order_lines(quoted, session.id);
  std::vector<money::NewLine> kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t index = i;
    if (i >= places.size()) {
      const auto& fee = quoted.fees[i - places.size()];
      if (!fee.place) continue;
      index = static_cast<std::size_t>(*fee.place);
    }
    lines[i].booking = booking.row.id;
    lines[i].place = place_id(booking.row.id, places[index]->number);
    kept.push_back(std::move(lines[i]));
  }
  return kept;
}

pricing::Wanted wanted_at(const seating::Layout& layout, const PlaceRow& place) {
  return {.seat_category = std::string(seating::category_of(layout, place.place)),
          .ticket_type = place.ticket_type,
          .attendee = place.attendee};
}

/// Each place gets the newest line that is for it.
void take_lines(Transaction& transaction, Stored& booking, const std::vector<PlaceRow*>& places) {
  const money::Order order = money::order_of(transaction, booking.row.order);
  for (PlaceRow* place : places) {
    for (const money::OrderLine& line : order.lines) {
      if (line.kind == money::LineKind::ticket && !line.ended_at &&
          line.place == place_id(booking.row.id, place->number)) {
        place->line = line.id;
        place->paid_by = PaidBy::money;
      }
    }
  }
}

/// What was paid for lines that end, and the new lines do not take up: all of it, or of fees that
/// never go back.
Money paid_beyond(Transaction& transaction, const std::vector<money::OrderLine>& ended,
                  const std::vector<money::NewLine>& fresh, bool only_kept) {
  Money beyond{0, fresh.front().total.currency};
  for (const money::OrderLine& line : ended) {
    if (only_kept && line.refundable) continue;
    beyond = money::plus(beyond, money::paid_for_line(transaction, line.id));
  }
  for (const money::NewLine& line : fresh) {
    if (only_kept && line.refundable) continue;
    beyond = money::minus(beyond, line.total);
  }
  return {std::max<std::int64_t>(0, beyond.minor), beyond.currency};
}

/// Of what was paid beyond the new price fees stay that never go back, and of the rest the policy's
/// part, as a line of its own.
void keep_by_policy(Transaction& transaction, const Row& row,
                    const std::vector<money::OrderLine>& ended, std::vector<money::NewLine>& fresh,
                    Duration before) {
  if (ended.empty() || fresh.empty()) return;
  const Money beyond = paid_beyond(transaction, ended, fresh, false);
  const Money of_fees = paid_beyond(transaction, ended, fresh, true);
  const Money rest{std::max<std::int64_t>(0, money::minus(beyond, of_fees).minor), beyond.currency};
  const std::int64_t share = returned_basis_points(policy_of(transaction, row), before);
  const money::Rounding rounding = money::rounding_of(transaction, row.centre);
  const Money kept = money::minus(beyond, money::rate(rest, share, rounding));
  if (kept.minor == 0) return;
  fresh.push_back(cancellation_fee(ended.front(), kept, rounding));
}

/// A credit pays for another session or seat only if it could have paid for it at once.
void check_credits(Transaction& transaction, const schedule::Session& session,
                   const seating::Layout& layout, const std::vector<PlaceRow*>& places,
                   const pricing::Buyer& buyer, std::string_view field) {
  for (const PlaceRow* place : places) {
    if (place->paid_by != PaidBy::credit) continue;
    const pricing::Wanted wanted = wanted_at(layout, *place);
    const pricing::Quote quoted = pricing::quote_places(transaction, session, {&wanted, 1}, buyer);
    check_credit(transaction, *place, session, quoted.lines.front().total, field);
  }
}

}  // namespace

money::NewLine cancellation_fee(const money::OrderLine& ended, const Money& kept,
                                money::Rounding rounding) {
  return {.kind = money::LineKind::cancellation_fee,
          .text = ended.text,
          .session = ended.session,
          .booking = ended.booking,
          .price = kept,
          .discount = {0, kept.currency},
          .total = kept,
          .tax = money::portion(kept, ended.tax_basis_points,
                                money::basis_points_whole + ended.tax_basis_points, rounding),
          .tax_basis_points = ended.tax_basis_points,
          .refundable = false};
}

void keep_units(Transaction& transaction, pricing::Quote& quoted, BookingId booking,
                const std::vector<PlaceRow*>& places, HoldId hold) {
  for (std::size_t i = 0; i < places.size(); ++i) quoted.lines[i].place = places[i]->number - 1;
  pricing::keep_units(transaction, quoted, booking, hold);
}

void give_back_units(Transaction& transaction, BookingId booking,
                     const std::vector<PlaceRow*>& places) {
  if (places.empty()) return;
  std::vector<std::int64_t> numbers;
  for (const PlaceRow* place : places) numbers.push_back(place->number - 1);
  pricing::give_back_units(transaction, booking, numbers);
}

std::int64_t reprice(Transaction& transaction, Stored& booking, const schedule::Session& session,
                     const std::vector<PlaceRow*>& places, money::RefundTo to, Duration before,
                     std::string_view field) {
  const std::int64_t owed_before =
      booking.row.order ? money::owed(transaction, booking.row.order).minor : 0;
  if (booking.row.kind != BookingKind::ordinary) return owed_before;
  std::vector<PlaceRow*> priced;
  std::vector<pricing::Wanted> wanted;
  const seating::Layout layout = seating::layout_of(transaction, session);
  check_credits(transaction, session, layout, places,
                {.payer = booking.row.payer, .channel = booking.row.channel}, field);
  for (PlaceRow* place : places) {
    if (place->paid_by != PaidBy::money && place->paid_by != PaidBy::nothing) continue;
    priced.push_back(place);
    wanted.push_back(wanted_at(layout, *place));
  }
  if (priced.empty()) return owed_before;
  give_back_units(transaction, booking.row.id, priced);
  const std::vector<money::OrderLine> ended = lines_of(transaction, booking, priced);
  std::vector<OrderLineId> replaced;
  for (const money::OrderLine& line : ended) replaced.push_back(line.id);
  pricing::Quote quoted = pricing::quote_places(transaction, session, wanted,
                                                {.payer = booking.row.payer,
                                                 .channel = booking.row.channel,
                                                 .order = booking.row.order,
                                                 .replaced = replaced});
  std::vector<money::NewLine> fresh = new_lines(quoted, booking, session, priced);
  keep_units(transaction, quoted, booking.row.id, priced);
  const bool is_free = std::all_of(fresh.begin(), fresh.end(), [](const money::NewLine& line) {
    return line.price.minor == 0 && line.total.minor == 0;
  });
  if (is_free && ended.empty()) return owed_before;
  keep_by_policy(transaction, booking.row, ended, fresh, before);
  if (booking.row.order) {
    money::exchange_lines(transaction, booking.row.order, replaced, fresh, to, "");
  } else {
    booking.row.order = money::open_order(transaction, order_for(booking.row, std::move(fresh))).id;
  }
  pricing::redeem(
      transaction, quoted,
      {.order = booking.row.order, .payer = booking.row.payer, .centre = booking.row.centre});
  take_lines(transaction, booking, priced);
  return owed_before;
}

void pay_difference(Transaction& transaction, Stored& booking, const schedule::Session& session,
                    std::span<const money::Tender> payments, std::int64_t owed_before) {
  Row& row = booking.row;
  if (!row.order) return;
  const bool was_confirmed = row.status == BookingStatus::confirmed;
  if (money::owed(transaction, row.order).minor > 0 && !payments.empty()) {
    take_payments(transaction, row.order, payments);
  }
  const std::int64_t owed = money::owed(transaction, row.order).minor;
  const bool is_paid = owed == 0;
  if (was_confirmed && owed > owed_before) throw Error(Code::conflict, "pay_at_once", "payments");
  if (was_confirmed) return;
  if (!is_paid) {
    if (is_last_hour(transaction, session)) throw Error(Code::conflict, "pay_at_once", "payments");
    row.pay_by =
        std::min(row.pay_by.value_or(pay_by(transaction, session)), pay_by(transaction, session));
    row.due_at = due_at(transaction, row.centre, *row.pay_by);
    return;
  }
  for (PlaceRow& place : booking.places) {
    if (place.status != BookingStatus::pending) continue;
    place.status = BookingStatus::confirmed;
    update_place(transaction, place);
  }
  transaction.emit(told_of<BookingConfirmed>(row));
}

}  // namespace frontdesk::bookings

#include "bookings/cancelling.hpp"

#include "access/authorization.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "bookings/policies.hpp"
#include "bookings/repricing.hpp"
#include "bookings/visits.hpp"
#include "catalog/facts.hpp"
#include "money/amounts.hpp"
#include "money/orders.hpp"
#include "pricing/quotes.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::bookings {
namespace {

/// One ending, step by step.
class Closing {
 public:
  Closing(Transaction& transaction, Stored& booking, const schedule::Session& session,
          const Ending& ending)
      : transaction_(transaction),
        booking_(booking),
        session_(session),
        ending_(ending),
        policy_(policy_of(transaction, booking.row)),
        before_(before_start(transaction, booking.row, session)),
        rounding_(money::rounding_of(transaction, booking.row.centre)) {}

  Cancelled run() {
    choose();
    check_credit();
    if (booking_.row.order) end_lines();
    give_credits();
    end_visits();
    give_back_units(transaction_, booking_.row.id, chosen_);
    for (PlaceRow* place : chosen_) change_status(transaction_, *place, ending_.to_status);
    store_and_tell();
    result_.booking = view_of(transaction_, booking_);
    return std::move(result_);
  }

 private:
  void choose() {
    for (std::int64_t number : ending_.numbers) {
      auto place = std::find_if(booking_.places.begin(), booking_.places.end(),
                                [&](const PlaceRow& row) { return row.number == number; });
      if (place == booking_.places.end()) {
        throw Error(Code::not_found, "place_not_found", "places", {{"place", number}});
      }
      check_transition(place->status, ending_.to_status, "places");
      if (std::find(chosen_.begin(), chosen_.end(), &*place) == chosen_.end()) {
        chosen_.push_back(&*place);
      }
    }
    if (ending_.numbers.empty()) {
      for (PlaceRow& place : booking_.places) {
        if (is_allowed(place.status, ending_.to_status)) chosen_.push_back(&place);
      }
      if (chosen_.empty()) check_transition(booking_.row.status, ending_.to_status);
    }
  }

  bool is_chosen(PlaceId id) const {
    return std::any_of(chosen_.begin(), chosen_.end(), [&](const PlaceRow* place) {
      return place_id(place->booking, place->number) == id;
    });
  }

  /// Whether nothing of the booking is left once the chosen places have ended.
  bool ends_all() const {
    return std::none_of(booking_.places.begin(), booking_.places.end(), [&](const PlaceRow& place) {
      return is_live(place.status) && !is_chosen(place_id(place.booking, place.number));
    });
  }

  void check_credit() {
    if (!ending_.as_credit) return;
    const bool is_early = ending_.in_full || before_ >= policy_.credit_before;
    const bool is_given =
        policy_.credit_days && is_early && booking_.row.status == BookingStatus::confirmed;
    const bool all_earn_one = std::all_of(chosen_.begin(), chosen_.end(), [&](const auto* place) {
      return place->attendee && (place->paid_by == PaidBy::credit || is_paid_whole(*place));
    });
    if (!is_given || !all_earn_one) throw Error(Code::conflict, "credit_not_given", "as_credit");
  }

  /// Whether money paid for the place: nothing becomes of a free place, nor of one that is owed.
  bool is_paid_whole(const PlaceRow& place) const {
    if (place.paid_by != PaidBy::money || !place.line) return false;
    const money::Order order = money::order_of(transaction_, booking_.row.order);
    return std::any_of(order.lines.begin(), order.lines.end(), [&](const money::OrderLine& line) {
      return line.id == place.line && line.total.minor > 0 &&
             money::paid_for_line(transaction_, line.id).minor == line.total.minor;
    });
  }

  // --- money ---

  std::int64_t basis_points() const {
    return ending_.in_full ? money::basis_points_whole : returned_basis_points(policy_, before_);
  }

  /// What goes back of what was paid for a line of a place, by the bracket; the policy's fee is
  /// kept of the ticket once cancelling is no longer free.
  Money returned(const money::OrderLine& line, const Money& paid) const {
    if (ending_.as_credit) return {0, paid.currency};
    if (ending_.in_full) return paid;
    if (!line.refundable) return {0, paid.currency};
    const std::int64_t share = basis_points();
    Money back = money::rate(paid, share, rounding_);
    const bool is_free = share == money::basis_points_whole && before_ >= policy_.free_before;
    if (policy_.fee && !is_free && line.kind == money::LineKind::ticket) {
      back.minor = std::max<std::int64_t>(0, money::minus(back, *policy_.fee).minor);
    }
    return back;
  }

  /// What the policy keeps of a line is owed by who attends owing, as it is lost by who paid.
  bool may_be_owed(const money::OrderLine& line) const {
    return line.place && !ending_.in_full && booking_.row.status == BookingStatus::confirmed &&
           ending_.to_status == BookingStatus::cancelled;
  }
  Money kept_of(const money::OrderLine& line) const {
    const Money worth = money::minus(money::minus(line.total, line.returned), line.struck);
    return money::minus(worth, returned(line, worth));
  }
  Money refund_of(const money::OrderLine& line, const Money& paid) const {
    if (!may_be_owed(line)) return returned(line, paid);
    return {std::max<std::int64_t>(0, money::minus(paid, kept_of(line)).minor), paid.currency};
  }
  Money owed_after(const money::OrderLine& line, const Money& paid) const {
    if (!may_be_owed(line)) return {0, paid.currency};
    return {std::max<std::int64_t>(0, money::minus(kept_of(line), paid).minor), paid.currency};
  }

  /// Whether another booking that shares the order stands.
  bool is_shared(const money::Order& order) const {
    return std::any_of(order.lines.begin(), order.lines.end(), [&](const money::OrderLine& line) {
      return line.place && line.booking != booking_.row.id && !line.ended_at;
    });
  }

  /// What was taken once for the whole order ends with the last booking that shares it; what the
  /// policy kept before is kept, or owed, as long as nothing is given back in full.
  bool is_ended_with(const money::OrderLine& line, bool ends_order) const {
    if (line.ended_at || !line.booking) return false;
    if (!line.place && line.kind == money::LineKind::fee) return ends_order;
    if (line.booking != booking_.row.id) return false;
    if (line.kind == money::LineKind::cancellation_fee && !ending_.in_full) return false;
    return line.place ? is_chosen(line.place) : ends_all();
  }

  void end_lines() {
    const money::Order order = money::order_of(transaction_, booking_.row.order);
    std::vector<money::LineEnd> ends;
    std::vector<money::NewLine> debts;
    Money paid{0, order.total.currency};
    std::vector<OrderLineId> late_for_nothing;
    const bool ends_order = ends_all() && !is_shared(order);
    for (const money::OrderLine& line : order.lines) {
      if (!is_ended_with(line, ends_order)) continue;
      const Money of_line = money::paid_for_line(transaction_, line.id);
      paid = money::plus(paid, of_line);
      if (line.place) paid_[number_of(line.place)] += of_line.minor;
      const Money owing = owed_after(line, of_line);
      if (owing.minor > 0) debts.push_back(cancellation_fee(line, owing, rounding_));
      ends.push_back({.line = line.id, .refund = refund_of(line, of_line)});
      const bool is_late = !ending_.in_full && basis_points() < money::basis_points_whole;
      if (is_late && line.total.minor == 0) late_for_nothing.push_back(line.id);
    }
    if (!late_for_nothing.empty()) {
      pricing::keep_redeemed(transaction_, booking_.row.order, late_for_nothing);
    }
    if (ends.empty()) return;
    currency_ = order.total.currency;
    const money::Refunded refunded = money::end_lines(transaction_, booking_.row.order, ends,
                                                      ending_.to, ending_.reason.value_or(""));
    if (!debts.empty()) money::add_lines(transaction_, booking_.row.order, debts);
    if (paid.minor == 0) return;
    result_.refunded = refunded.amount;
    result_.kept = money::minus(paid, refunded.amount);
  }

  // --- credits ---

  void give_credits() {
    for (PlaceRow* place : chosen_) {
      if (place->paid_by == PaidBy::credit) {
        if (!is_in_time() && !ending_.as_credit) continue;
        if (CreditId credit = return_credit(transaction_, *place)) {
          result_.credits_returned.push_back(credit);
        }
      } else if (ending_.as_credit) {
        const Money value{paid_[place->number], currency_of_centre()};
        result_.credits.push_back(
            grant_credit(transaction_, booking_.row, *place, session_, policy_, value));
      }
    }
  }

  // --- visits ---

  bool is_in_time() const { return ending_.in_full || before_ >= policy_.free_before; }

  plans::Cause cause_of_return() const {
    if (ending_.to_status == BookingStatus::expired) return plans::Cause::unpaid;
    return ending_.by_centre ? plans::Cause::centre : ending_.visits_for;
  }

  /// Returned in time, used if late (SPEC B6).
  void end_visits() {
    for (const PlaceRow* place : chosen_) {
      if (!has_visit(*place)) continue;
      if (!is_in_time()) {
        use_place(transaction_, *place, plans::Cause::late);
        ++result_.visits_used;
      } else if (return_place(transaction_, *place, cause_of_return(),
                              ending_.reason.value_or(""))) {
        ++result_.visits_returned;
      }
    }
  }

  Currency currency_of_centre() {
    if (!currency_.code().empty()) return currency_;
    return catalog::facts_of(transaction_, booking_.row.centre).currency;
  }

  // --- the rest ---

  void store_and_tell() {
    std::vector<std::int64_t> numbers;
    for (const PlaceRow* place : chosen_) numbers.push_back(place->number);
    std::sort(numbers.begin(), numbers.end());
    if (ends_all()) booking_.row.reason = ending_.reason;
    store(transaction_, booking_);
    const bool is_expiry = ending_.to_status == BookingStatus::expired;
    note_change(transaction_, booking_.row, is_expiry ? Change::expired : Change::cancelled,
                ends_all() && ending_.numbers.empty() ? std::vector<std::int64_t>{} : numbers,
                ending_.reason);
    if (is_expiry) return transaction_.emit(told_of<BookingExpired>(booking_.row));
    auto event = told_of<BookingCancelled>(booking_.row);
    event.places = numbers;
    event.by_centre = ending_.by_centre;
    transaction_.emit(event);
  }

  Transaction& transaction_;
  Stored& booking_;
  const schedule::Session& session_;
  const Ending& ending_;
  const CancellationPolicy policy_;
  const Duration before_;
  const money::Rounding rounding_;
  std::vector<PlaceRow*> chosen_{};
  std::map<std::int64_t, std::int64_t> paid_{};  ///< minor units, by number of the place
  Currency currency_{};
  Cancelled result_{};
};

/// What a request to cancel has in common; a guest's has only the reason.
struct CancelWish {
  std::optional<std::string> reason{};
  money::RefundTo to = money::RefundTo::method;
  bool as_credit = false;
  bool waive = false;
};

Cancelled cancel(Transaction& transaction, Stored& booking, const CancelWish& wish,
                 std::vector<std::int64_t> numbers) {
  const bool may_correct =
      access::reach_of(transaction, "bookings.correct").covers(booking.row.centre);
  if (wish.waive && !may_correct) {
    throw Error(Code::denied, "permission_denied", "waive",
                {{"permission", std::string("bookings.correct")}});
  }
  if (wish.waive && text::tidy(wish.reason.value_or("")).empty()) {
    throw Error(Code::invalid, "reason_needed", "reason");
  }
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  const bool has_started = session.starts <= transaction.now();
  if (has_started && !wish.waive && is_live(booking.row.status)) {
    throw Error(Code::conflict, "session_started", "booking",
                {{"starts", zones::print(session.starts)}});
  }
  return end_places(transaction, booking, session,
                    {.numbers = std::move(numbers),
                     .reason = wish.reason,
                     .to = wish.to,
                     .as_credit = wish.as_credit,
                     .in_full = wish.waive,
                     .visits_for = wish.waive ? plans::Cause::staff : plans::Cause::client});
}

template <class T>
CancelWish wish_of(const T& request) {
  return {.reason = request.reason,
          .to = request.refund_to,
          .as_credit = request.as_credit,
          .waive = request.waive};
}

}  // namespace

Cancelled end_places(Transaction& transaction, Stored& booking, const schedule::Session& session,
                     const Ending& ending) {
  return Closing(transaction, booking, session, ending).run();
}

// --- cancel ---

Cancelled handle(Transaction& transaction, const Cancel& request) {
  Stored booking = changeable_booking(transaction, request.booking, request.version);
  check_own_places(transaction, booking, {}, "booking");
  return cancel(transaction, booking, wish_of(request), {});
}

static constexpr Refusal cancel_refusals[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::conflict, "version_outdated", "the booking was changed since that version"},
    {Code::denied, "place_not_yours", "somebody else has places in it"},
    {Code::denied, "permission_denied", "the policy is to be waived, without bookings.correct"},
    {Code::invalid, "reason_needed", "the policy is to be waived, without a reason"},
    {Code::conflict, "session_started", "the session has started"},
    {Code::conflict, "already_cancelled", "it was cancelled before"},
    {Code::conflict, "transition_not_allowed", "it has expired or is over"},
    {Code::conflict, "credit_not_given", "the policy gives no credit now, or not for such places"},
    {Code::invalid, "payer_needed", "money goes to a balance, but nobody's"},
};

constinit const Operation Cancel::operation = storage::define<Cancel>({
    .number = 908,
    .name = "bookings.cancel",
    .kind = OperationKind::write,
    .doc = "Cancels a booking by its cancellation policy.",
    .rule = {.permission = "bookings.book"},
    .refusals = cancel_refusals,
    .example = R"({"booking": 1})",
});

// --- some places ---

Cancelled handle(Transaction& transaction, const CancelPlaces& request) {
  Stored booking = changeable_booking(transaction, request.booking, request.version);
  check_own_places(transaction, booking, request.places, "places");
  return cancel(transaction, booking, wish_of(request), request.places);
}

static constexpr Refusal places_refusals[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::conflict, "version_outdated", "the booking was changed since that version"},
    {Code::denied, "place_not_yours", "a place is somebody else's"},
    {Code::denied, "permission_denied", "the policy is to be waived, without bookings.correct"},
    {Code::invalid, "reason_needed", "the policy is to be waived, without a reason"},
    {Code::conflict, "session_started", "the session has started"},
    {Code::not_found, "place_not_found", "the booking has no such place"},
    {Code::conflict, "already_cancelled", "a place was cancelled before"},
    {Code::conflict, "transition_not_allowed", "a place has expired or is over"},
    {Code::conflict, "credit_not_given", "the policy gives no credit now, or not for such places"},
    {Code::invalid, "payer_needed", "money goes to a balance, but nobody's"},
};

constinit const Operation CancelPlaces::operation = storage::define<CancelPlaces>({
    .number = 909,
    .name = "bookings.cancel_places",
    .kind = OperationKind::write,
    .doc = "Cancels some places of a booking; what was paid for them counts.",
    .rule = {.permission = "bookings.book"},
    .refusals = places_refusals,
    .example = R"({"booking": 1, "places": [2]})",
});

// --- guests ---

Cancelled handle(Transaction& transaction, const CancelAsGuest& request) {
  Stored booking = guest_booking(transaction, request.reference, request.email);
  Cancelled cancelled = cancel(transaction, booking, {}, {});
  return cancelled;
}

static constexpr Refusal guest_refusals[] = {
    {Code::not_found, "booking_not_found", "no such reference, or another address"},
    {Code::conflict, "session_started", "the session has started"},
    {Code::conflict, "already_cancelled", "it was cancelled before"},
    {Code::conflict, "transition_not_allowed", "it has expired or is over"},
};

constinit const Operation CancelAsGuest::operation = storage::define<CancelAsGuest>({
    .number = 910,
    .name = "bookings.cancel_as_guest",
    .kind = OperationKind::write,
    .doc = "Cancels the booking of a guest, for who knows its reference and address.",
    .rule = {.audience = Audience::everyone},
    .refusals = guest_refusals,
    .example = R"({"reference": "7K2M9QX4", "email": "olena@example.org"})",
});

}  // namespace frontdesk::bookings

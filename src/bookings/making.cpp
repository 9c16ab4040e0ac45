/// One booking from wish to payment. Whatever is refused undoes the rest.
#include "bookings/making.hpp"

#include "access/relations.hpp"
#include "base/text.hpp"
#include "bookings/policies.hpp"
#include "bookings/repricing.hpp"
#include "bookings/settings.hpp"
#include "money/orders.hpp"
#include "pricing/quotes.hpp"
#include "schedule/sessions.hpp"
#include "seating/claims.hpp"
#include "seating/holds.hpp"
#include "seating/maps.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

/// Everything one booking is made from, step by step.
class Making {
 public:
  Making(Transaction& transaction, const Wish& wish) : transaction_(transaction), wish_(wish) {}

  Made run() {
    session_ = wish_.is_promised ? *storage::find<schedule::Session>(
                                       transaction_, "sessions WHERE id = $1", wish_.session)
                                 : bookable_session(transaction_, wish_.session);
    standing_ = standing_of(transaction_, wish_, session_);
    if (is_outside_windows()) {
      check_still_to_come();
    } else {
      check_window(transaction_, session_, standing_);
      refuse_unpaid_in_last_hour();
    }
    fill_row();
    claim_places();
    check_attendees(transaction_, wish_, session_, standing_);
    if (!wish_.is_promised) check_role(transaction_, wish_, session_, standing_);
    price_and_pay();
    enter();
    return {std::move(booking_), std::move(layout_), owed_};
  }

 private:
  bool is_outside_windows() const {
    return wish_.is_standing || wish_.kind != BookingKind::ordinary;
  }

  void check_still_to_come() {
    if (session_.status != schedule::SessionStatus::scheduled) {
      throw Error(Code::conflict, "session_not_scheduled", "session");
    }
    if (session_.ends <= transaction_.now()) {
      throw Error(Code::conflict, "session_started", "session");
    }
  }

  bool must_pay_at_once() { return !is_outside_windows() && is_last_hour(transaction_, session_); }

  [[noreturn]] void refuse_unpaid() { throw Error(Code::conflict, "pay_at_once", "payments"); }

  /// Comes before the places in SPEC B2, so it goes by what they would cost.
  void refuse_unpaid_in_last_hour() {
    if (!wish_.payments.empty() || wish_.owing || wish_.price || !must_pay_at_once()) return;
    std::vector<pricing::Wanted> wanted;
    for (const PlaceRequest& place : wish_.places) {
      if (!place.credit) wanted.push_back({wish_.seat_category, place.ticket_type, {}});
    }
    if (wanted.empty()) return;
    std::int64_t price = 0;
    try {
      price = pricing::quote_places(transaction_, session_, wanted, buyer()).total.minor;
    } catch (const Error&) {
      return;  // the price depends on the seat; what is then owed is refused once it is known
    }
    if (price > 0) refuse_unpaid();
  }

  pricing::Buyer buyer() const {
    return {.payer = standing_.payer,
            .channel = standing_.channel,
            .hold = hold_,
            .coupons = wish_.coupons};
  }

  void fill_row() {
    Row& row = booking_.row;
    row.id = BookingId{transaction_.one_number("SELECT max(id) FROM bookings").value_or(0) + 1};
    row.session = session_.id;
    row.centre = session_.centre;
    row.client = standing_.client;
    row.payer = standing_.payer;
    row.guest_name = wish_.guest_name;
    row.guest_phone = wish_.guest_phone;
    if (wish_.guest_email) {
      row.guest_email = text::normal_email(*wish_.guest_email);
      if (!row.guest_email) throw Error(Code::invalid, "email_malformed", "guest_email");
    }
    if (!wish_.is_promised) row.account = transaction_.principal().account;
    if (standing_.is_staff) row.seller = row.account;
    row.channel = standing_.channel;
    row.kind = wish_.kind;
    row.note = wish_.note;
    row.external_ref = wish_.external_ref;
    row.created_at = transaction_.now();
    const CancellationPolicy policy = policy_for(transaction_, session_);
    row.policy = policy.id;
    if (!policy.id) row.free_before = policy.free_before;
    if (row.external_ref &&
        transaction_.exists("SELECT 1 FROM bookings WHERE external_ref = $1", *row.external_ref)) {
      throw Error(Code::conflict, "external_ref_taken", "external_ref");
    }
  }

  // --- places ---

  void claim_places() {
    std::vector<std::int64_t> numbers;
    if (!wish_.hold.empty()) {
      numbers = held_places();
    } else if (wish_.offer) {
      numbers = offered_places();
    } else {
      numbers = seating::take_for_booking(transaction_, session_, choice(), standing_.channel,
                                          booking_.row.id);
    }
    layout_ = seating::layout_of(transaction_, session_);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      booking_.places.push_back({.session = session_.id,
                                 .booking = booking_.row.id,
                                 .number = static_cast<std::int64_t>(i) + 1,
                                 .place = numbers[i],
                                 .attendee = wish_.places[i].attendee,
                                 .ticket_type = wish_.places[i].ticket_type,
                                 .starts = session_.starts});
    }
  }

  seating::PlaceChoice choice() const {
    seating::PlaceChoice choice{.area = wish_.area,
                                .best = wish_.best,
                                .accessible = wish_.accessible,
                                .category = wish_.seat_category};
    for (const PlaceRequest& place : wish_.places) {
      if (place.seat) choice.seats.push_back(*place.seat);
    }
    if (choice.seats.empty()) {
      choice.count = static_cast<std::int64_t>(wish_.places.size());
    } else if (choice.seats.size() != wish_.places.size()) {
      throw Error(Code::invalid, "seats_for_some_only", "places");
    }
    return choice;
  }

  /// The places of the hold in its order; where seats are named, those.
  std::vector<std::int64_t> held_places() {
    const seating::HeldPlaces held = seating::hold_of(transaction_, wish_.hold);
    hold_ = held.id;
    if (held.session != session_.id) {
      throw Error(Code::conflict, "hold_for_other_session", "hold");
    }
    std::vector<std::int64_t> numbers;
    const seating::Layout layout = seating::layout_of(transaction_, session_);
    std::vector<std::int64_t> left = held.places;
    for (const PlaceRequest& place : wish_.places) {
      if (!place.seat) continue;
      const std::int64_t number = seat_number(layout, *place.seat);
      left.erase(std::remove(left.begin(), left.end(), number), left.end());
    }
    auto next = left.begin();
    for (const PlaceRequest& place : wish_.places) {
      if (place.seat) {
        numbers.push_back(seat_number(layout, *place.seat));
      } else if (next != left.end()) {
        numbers.push_back(*next++);
      } else {
        throw Error(Code::conflict, "place_not_held", "places",
                    {{"held", static_cast<std::int64_t>(held.places.size())}});
      }
    }
    seating::hand_to_booking(transaction_, held, numbers, booking_.row.id);
    return numbers;
  }

  static std::int64_t seat_number(const seating::Layout& layout, const std::string& label) {
    const std::size_t seat = layout.map ? layout.map->find(label) : seating::Map::none;
    if (seat == seating::Map::none || seat == seating::Map::ambiguous) {
      throw Error(Code::not_found, "seat_not_found", "places", {{"label", label}});
    }
    return layout.map->seats[seat].place;
  }

  std::vector<std::int64_t> offered_places() {
    const seating::Claim offered{.state = seating::ClaimState::offered, .owner = wish_.offer.value};
    const seating::Claim booked{.state = seating::ClaimState::booked,
                                .owner = booking_.row.id.value};
    for (std::int64_t place : wish_.offered) {
      if (!seating::hand_over(transaction_, session_.id, place, offered, booked)) {
        throw Error(Code::expired, "offer_lapsed", "offer");
      }
    }
    return wish_.offered;
  }

  // --- price and payment ---

  std::vector<pricing::Wanted> wanted_places(bool with_credits) const {
    std::vector<pricing::Wanted> wanted;
    for (std::size_t i = 0; i < booking_.places.size(); ++i) {
      if (!with_credits && wish_.places[i].credit) continue;
      wanted.push_back(
          {.seat_category = std::string(seating::category_of(layout_, booking_.places[i].place)),
           .ticket_type = booking_.places[i].ticket_type,
           .attendee = booking_.places[i].attendee});
    }
    return wanted;
  }

  bool has_credits() const {
    return std::any_of(wish_.places.begin(), wish_.places.end(),
                       [](const PlaceRequest& place) { return static_cast<bool>(place.credit); });
  }

  /// Places that credits pay for leave the quote once each is found to be worth its place.
  void use_credits() {
    const pricing::Quote all =
        pricing::quote_places(transaction_, session_, wanted_places(true),
                              {.payer = standing_.payer, .channel = standing_.channel});
    for (std::size_t i = 0; i < booking_.places.size(); ++i) {
      if (!wish_.places[i].credit) continue;
      use_credit(transaction_, wish_.places[i].credit, booking_.places[i], session_,
                 all.lines[i].total, "places[" + std::to_string(i) + "].credit");
      booking_.places[i].paid_by = PaidBy::credit;
    }
  }

  pricing::Quote quote() {
    const std::vector<pricing::Wanted> wanted = wanted_places(false);
    if (hold_ && !has_credits()) {
      std::vector<std::int64_t> numbers;
      for (const PlaceRow& place : booking_.places) numbers.push_back(place.place);
      auto fixed =
          pricing::fixed_quote(transaction_, hold_, session_, numbers, wanted, wish_.coupons);
      if (fixed) return std::move(*fixed);
    }
    return pricing::quote_places(transaction_, session_, wanted, buyer());
  }

  void price_and_pay() {
    if (wish_.kind != BookingKind::ordinary) {
      for (PlaceRow& place : booking_.places) place.paid_by = PaidBy::nothing;
      return settle(BookingStatus::confirmed);
    }
    if (has_credits()) use_credits();
    std::vector<PlaceRow*> priced;
    for (PlaceRow& place : booking_.places) {
      if (place.paid_by == PaidBy::money) priced.push_back(&place);
    }
    if (priced.empty()) return settle(BookingStatus::confirmed);
    if (wish_.price) return sell_at_fixed_price(priced);
    pricing::Quote quoted = quote();
    std::vector<money::NewLine> lines = pricing::order_lines(quoted, session_.id);
    keep_units(transaction_, quoted, booking_.row.id, priced, hold_);
    if (wish_.shared && wish_.shared->id) drop_fees_of_order(lines, quoted, priced.size());
    const bool is_free = std::all_of(lines.begin(), lines.end(), [](const money::NewLine& line) {
      return line.price.minor == 0 && line.total.minor == 0;
    });
    if (is_free) {
      for (PlaceRow* place : priced) place->paid_by = PaidBy::nothing;
      return settle(BookingStatus::confirmed);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lines[i].booking = booking_.row.id;
      std::optional<std::size_t> index;
      if (i < priced.size()) {
        index = i;
      } else if (const auto& fee = quoted.fees[i - priced.size()]; fee.place) {
        index = static_cast<std::size_t>(*fee.place);
      }
      if (index) lines[i].place = place_id(booking_.row.id, priced[*index]->number);
    }
    sell(std::move(lines), priced);
    pricing::redeem(transaction_, quoted,
                    {.order = booking_.row.order,
                     .payer = booking_.row.payer,
                     .centre = booking_.row.centre,
                     .hold = hold_});
  }

  /// Fees of a whole order are taken with the first booking of a shared one.
  static void drop_fees_of_order(std::vector<money::NewLine>& lines, pricing::Quote& quoted,
                                 std::size_t places) {
    for (std::size_t i = quoted.fees.size(); i-- > 0;) {
      if (quoted.fees[i].place) continue;
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(places + i));
      quoted.fees.erase(quoted.fees.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  void sell_at_fixed_price(const std::vector<PlaceRow*>& priced) {
    const FixedPrice& price = *wish_.price;
    if (price.total.minor == 0) {
      for (PlaceRow* place : priced) place->paid_by = PaidBy::nothing;
      return settle(BookingStatus::confirmed);
    }
    sell({{.kind = money::LineKind::ticket,
           .text = price.text,
           .session = session_.id,
           .booking = booking_.row.id,
           .place = place_id(booking_.row.id, priced.front()->number),
           .price = price.total,
           .discount = {0, price.total.currency},
           .total = price.total,
           .tax = price.tax,
           .tax_basis_points = price.tax_basis_points}},
         priced);
  }

  void sell(std::vector<money::NewLine> lines, const std::vector<PlaceRow*>& priced) {
    Row& row = booking_.row;
    money::NewOrder order{.centre = row.centre,
                          .payer = row.payer,
                          .guest_name = row.guest_name.value_or(""),
                          .guest_email = row.guest_email.value_or(""),
                          .guest_phone = row.guest_phone.value_or(""),
                          .seller = row.seller,
                          .channel = row.channel,
                          .lines = std::move(lines)};
    if (wish_.shared) return sell_within_shared(order, priced);
    std::vector<money::Tender> at_once;
    for (const money::Tender& tender : wish_.payments) {
      if (!is_awaited(tender)) at_once.push_back(tender);
    }
    const money::Order made = money::open_order(transaction_, order, at_once);
    row.order = made.id;
    for (std::size_t i = 0; i < priced.size(); ++i) priced[i]->line = made.lines[i].id;
    owed_ = made.owed;
    if (owed_.minor == 0) return settle(BookingStatus::confirmed);
    wait_for_payment();
  }

  void sell_within_shared(const money::NewOrder& order, const std::vector<PlaceRow*>& priced) {
    OrderId& shared = wish_.shared->id;
    const money::Order made = shared ? money::add_lines(transaction_, shared, order.lines)
                                     : money::open_order(transaction_, order);
    shared = made.id;
    booking_.row.order = made.id;
    const std::size_t first = made.lines.size() - order.lines.size();
    for (std::size_t i = 0; i < priced.size(); ++i) priced[i]->line = made.lines[first + i].id;
    owed_ = made.owed;
    wait_until(pay_by(transaction_, session_));
  }

  void wait_until(Instant moment) {
    Row& row = booking_.row;
    row.pay_by = moment;
    row.due_at = due_at(transaction_, row.centre, moment);
    settle(BookingStatus::pending);
  }

  void wait_for_payment() {
    Row& row = booking_.row;
    std::vector<money::Tender> awaited;
    for (const money::Tender& tender : wish_.payments) {
      if (is_awaited(tender)) awaited.push_back(tender);
    }
    if (!awaited.empty()) {
      take_payments(transaction_, row.order, awaited);
      row.pay_by = external_payment_by(transaction_, row.centre);
      row.due_at = row.pay_by;
      return settle(BookingStatus::held);
    }
    if (wish_.owing) {
      if (!wish_.is_promised) check_owing(transaction_, row);
      return settle(BookingStatus::confirmed);
    }
    if (must_pay_at_once()) refuse_unpaid();
    wait_until(pay_by(transaction_, session_));
  }

  void settle(BookingStatus status) {
    booking_.row.status = status;
    booking_.row.booked_as = status;
    for (PlaceRow& place : booking_.places) place.status = status;
  }

  // --- storing ---

  void enter() {
    Row& row = booking_.row;
    storage::insert(transaction_, "bookings", row);
    for (const PlaceRow& place : booking_.places) {
      insert_place(transaction_, place);
      if (place.attendee) join_centre(place.attendee);
    }
    if (row.client) join_centre(row.client);
    transaction_.concern(row.client);
    transaction_.concern(row.centre);
    if (!wish_.shared) tell_made(transaction_, row);
  }

  void join_centre(ClientId client) {
    if (!access::belongs(transaction_, client, session_.centre)) {
      access::add_client_centre(transaction_, client, session_.centre);
    }
  }

  Transaction& transaction_;
  const Wish& wish_;
  schedule::Session session_{};
  Standing standing_{};
  seating::Layout layout_{};
  HoldId hold_{};
  Money owed_{};
  Stored booking_{};
};

}  // namespace

Made book(Transaction& transaction, const Wish& wish) { return Making(transaction, wish).run(); }

void tell_made(Transaction& transaction, const Row& row) {
  switch (row.status) {
    case BookingStatus::held:
      return transaction.emit(told_of<BookingHeld>(row));
    case BookingStatus::pending: {
      auto event = told_of<BookingPending>(row);
      event.pay_by = *row.pay_by;
      return transaction.emit(event);
    }
    default:
      transaction.emit(told_of<BookingConfirmed>(row));
  }
}

void check_owing(Transaction& transaction, const Row& row) {
  if (row.payer && storage::enabled(transaction, setting::owing_allowed, row.centre)) return;
  throw Error(Code::conflict, "owing_not_allowed", "owing");
}

bool is_last_hour(Transaction& transaction, const schedule::Session& session) {
  return transaction.now() >=
         session.starts -
             Duration{storage::number(transaction, setting::pay_at_once_seconds, session.centre)};
}

Instant external_payment_by(Transaction& transaction, CentreId centre) {
  return transaction.now() +
         Duration{storage::number(transaction, setting::external_payment_seconds, centre)};
}

Instant pay_by(Transaction& transaction, const schedule::Session& session) {
  const Instant within =
      transaction.now() +
      Duration{storage::number(transaction, setting::pay_within_seconds, session.centre)};
  const Instant before_start =
      session.starts -
      Duration{storage::number(transaction, setting::pay_before_start_seconds, session.centre)};
  return std::max(transaction.now() + std::chrono::minutes{1}, std::min(within, before_start));
}

Instant due_at(Transaction& transaction, CentreId centre, Instant pay_by) {
  const Instant now = transaction.now();
  const Instant told =
      pay_by - Duration{storage::number(transaction, setting::reminder_seconds, centre)};
  return told > now ? told : now + (pay_by - now) / 2;
}

}  // namespace frontdesk::bookings

/// One booking from wish to payment. Whatever is refused undoes the rest.
#include "bookings/making.hpp"

#include "access/relations.hpp"
#include "base/text.hpp"
#include "bookings/choice_fields.hpp"
#include "bookings/paying.hpp"
#include "bookings/policies.hpp"
#include "bookings/repricing.hpp"
#include "bookings/visits.hpp"
#include "money/orders.hpp"
#include "pricing/quotes.hpp"
#include "schedule/sessions.hpp"
#include "schedule/stored.hpp"
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
    session_ = wish_.is_promised ? schedule::stored_session(transaction_, wish_.session)
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
      if (!is_by_money(place)) continue;
      wanted.push_back({wish_.seat_category, place.ticket_type, {}});
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
    layout_ = seating::layout_of(transaction_, session_);
    const std::vector<std::int64_t> numbers =
        taken_by_own_fields("places", [&] { return claimed_places(); });
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      booking_.places.push_back({.session = session_.id,
                                 .booking = booking_.row.id,
                                 .number = static_cast<std::int64_t>(i) + 1,
                                 .place = numbers[i],
                                 .attendee = wish_.places[i].attendee,
                                 .ticket_type = wish_.places[i].ticket_type,
                                 .paid_by = means_of(i),
                                 .starts = session_.starts});
    }
  }

  std::vector<std::int64_t> claimed_places() {
    if (!wish_.hold.empty()) return held_places();
    if (wish_.offer) return offered_places();
    return seating::take_for_booking(transaction_, session_, layout_, choice(), standing_.channel,
                                     booking_.row.id);
  }

  PaidBy means_of(std::size_t index) const {
    const PlaceRequest& place = wish_.places[index];
    if (is_by_visit(place) && place.credit) {
      throw Error(Code::invalid, "place_paid_twice", "places[" + std::to_string(index) + "]");
    }
    if (is_by_visit(place)) return PaidBy::visit;
    return place.credit ? PaidBy::credit : PaidBy::money;
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
    if (!wish_.area.empty() || !wish_.seat_category.empty() || wish_.best || wish_.accessible) {
      throw Error(Code::invalid, "choice_mixed", "hold");
    }
    if (held.session != session_.id) {
      throw Error(Code::conflict, "hold_for_other_session", "hold");
    }
    std::vector<std::int64_t> numbers;
    std::vector<std::int64_t> left = held.places;
    for (std::size_t i = 0; i < wish_.places.size(); ++i) {
      if (wish_.places[i].seat) std::erase(left, seat_number(i));
    }
    auto next = left.begin();
    for (std::size_t i = 0; i < wish_.places.size(); ++i) {
      if (wish_.places[i].seat) {
        numbers.push_back(seat_number(i));
      } else if (next != left.end()) {
        numbers.push_back(*next++);
      } else {
        throw Error(Code::conflict, "place_not_held", "places",
                    {{"place", static_cast<std::int64_t>(i) + 1},
                     {"held", static_cast<std::int64_t>(held.places.size())}});
      }
    }
    seating::hand_to_booking(transaction_, held, numbers, booking_.row.id);
    return numbers;
  }

  std::int64_t seat_number(std::size_t index) const {
    const std::string& label = *wish_.places[index].seat;
    const std::string path = "places[" + std::to_string(index) + "].seat";
    const std::size_t seat = layout_.map ? layout_.map->find(label) : seating::Map::none;
    if (seat == seating::Map::none) {
      throw Error(Code::not_found, "seat_not_found", path, {{"seat", label}});
    }
    if (seat == seating::Map::ambiguous) {
      throw Error(Code::invalid, "seat_ambiguous", path, {{"seat", label}});
    }
    return layout_.map->seats[seat].place;
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
    for (const PlaceRow& place : booking_.places) {
      if (place.paid_by == PaidBy::visit) continue;
      if (!with_credits && place.paid_by == PaidBy::credit) continue;
      wanted.push_back({.seat_category = std::string(seating::category_of(layout_, place.place)),
                        .ticket_type = place.ticket_type,
                        .attendee = place.attendee});
    }
    return wanted;
  }

  bool has(PaidBy means) const {
    return std::any_of(booking_.places.begin(), booking_.places.end(),
                       [means](const PlaceRow& place) { return place.paid_by == means; });
  }

  /// Places that credits pay for leave the quote once each is found to be worth its place.
  void use_credits() {
    const pricing::Quote all =
        pricing::quote_places(transaction_, session_, wanted_places(true),
                              {.payer = standing_.payer, .channel = standing_.channel});
    std::size_t line = 0;
    for (std::size_t i = 0; i < booking_.places.size(); ++i) {
      const PlaceRow& place = booking_.places[i];
      if (place.paid_by == PaidBy::credit) {
        use_credit(transaction_, wish_.places[i].credit, place, session_, all.lines[line].total,
                   "places[" + std::to_string(i) + "].credit");
      }
      if (place.paid_by != PaidBy::visit) ++line;
    }
  }

  /// What is due on top of visits, as lines.
  std::vector<money::NewLine> reserve_visits() {
    std::vector<money::NewLine> surcharges;
    for (std::size_t i = 0; i < booking_.places.size(); ++i) {
      PlaceRow& place = booking_.places[i];
      if (place.paid_by != PaidBy::visit) continue;
      const std::string path = "places[" + std::to_string(i) + "].";
      const Money due =
          reserve_place(transaction_, place, session_, layout_, wish_.places[i].subscription, path);
      if (due.minor == 0) continue;
      surcharges.push_back(surcharge_line(transaction_, place, session_, due));
    }
    return surcharges;
  }

  pricing::Quote quote() {
    const std::vector<pricing::Wanted> wanted = wanted_places(false);
    if (!hold_) return pricing::quote_places(transaction_, session_, wanted, buyer());
    std::vector<std::int64_t> numbers;
    for (const PlaceRow& place : booking_.places) {
      if (place.paid_by == PaidBy::money) numbers.push_back(place.place);
    }
    return pricing::quote_of_hold(transaction_, session_, numbers, wanted, buyer());
  }

  /// For the house's places and those of guests of honour nobody pays, by whatever means.
  void give() {
    pricing::check_ticket_types(transaction_, session_, wanted_places(true));
    for (std::size_t i = 0; i < booking_.places.size(); ++i) {
      if (booking_.places[i].paid_by != PaidBy::money) {
        throw Error(Code::invalid, "place_not_paid", "places[" + std::to_string(i) + "]");
      }
      booking_.places[i].paid_by = PaidBy::nothing;
    }
    settle(BookingStatus::confirmed);
  }

  void price_and_pay() {
    if (wish_.kind != BookingKind::ordinary) return give();
    if (wish_.kept_until) return wait_for_renewal(*wish_.kept_until);
    if (has(PaidBy::credit)) use_credits();
    std::vector<money::NewLine> surcharges = reserve_visits();
    std::vector<PlaceRow*> priced;
    for (PlaceRow& place : booking_.places) {
      if (place.paid_by == PaidBy::money) priced.push_back(&place);
    }
    if (priced.empty() && surcharges.empty()) return settle(BookingStatus::confirmed);
    if (priced.empty()) return sell(std::move(surcharges), priced);
    if (wish_.price) return sell_at_fixed_price(priced);
    pricing::Quote quoted = quote();
    std::vector<money::NewLine> lines = pricing::order_lines(quoted, session_.id);
    keep_units(transaction_, quoted, booking_.row.id, priced, hold_);
    if (wish_.shared && wish_.shared->id) drop_fees_of_order(lines, quoted, priced.size());
    const bool is_free = std::all_of(lines.begin(), lines.end(), [](const money::NewLine& line) {
      return line.price.minor == 0 && line.total.minor == 0;
    });
    if (is_free && surcharges.empty()) {
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
    lines.insert(lines.end(), surcharges.begin(), surcharges.end());
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
    const money::NewOrder order = order_for(row, std::move(lines));
    if (wish_.shared) return sell_within_shared(order, priced);
    const money::Order made =
        money::open_order(transaction_, order, {wish_.payments, "payments", is_awaited});
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

  /// Nothing is owed meanwhile, so nobody is reminded.
  void wait_for_renewal(Instant moment) {
    for (PlaceRow& place : booking_.places) place.paid_by = PaidBy::visit;
    booking_.row.pay_by = booking_.row.due_at = moment;
    settle(BookingStatus::pending);
  }

  void wait_for_payment() {
    Row& row = booking_.row;
    if (begin_awaited(transaction_, row.order, wish_.payments)) {
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
      if (place.attendee && place.attendee != row.client) join_centre(place.attendee);
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

}  // namespace frontdesk::bookings

/// The operations that make bookings: by clients and for them, by guests, for the house.
#include "base/text.hpp"
#include "bookings/making.hpp"
#include "bookings/settings.hpp"
#include "money/refusals.hpp"
#include "plans/refusals.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

namespace frontdesk::bookings {
namespace {

template <class T>
Wish wish_of(const T& request) {
  Wish wish;
  wish.session = request.session;
  wish.places = request.places;
  wish.area = request.area.value_or("");
  wish.seat_category = request.seat_category.value_or("");
  wish.best = request.best;
  return wish;
}

Booking made(Transaction& transaction, const Wish& wish) {
  const Made made = book(transaction, wish);
  return view_of(transaction, made.booking, made.layout, made.owed);
}

}  // namespace

// --- book ---

Booking handle(Transaction& transaction, const Book& request) {
  Wish wish = wish_of(request);
  wish.hold = request.hold.value_or("");
  wish.accessible = request.accessible;
  wish.client = request.client;
  wish.payer = request.payer;
  wish.guest_name = request.guest_name;
  wish.guest_email = request.guest_email;
  wish.guest_phone = request.guest_phone;
  wish.channel = request.channel;
  for (PlaceRequest& place : wish.places) place.by_visit |= request.by_visit && !place.credit;
  wish.coupons = request.coupons;
  wish.payments = request.payments;
  wish.owing = request.owing;
  wish.note = request.note;
  wish.external_ref = request.external_ref;
  return made(transaction, wish);
}

// The order of SPEC B2.
static constexpr Refusal book_checks[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::invalid, "client_needed", "the caller is no client and names none"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "session_not_scheduled", "the session was cancelled or is over"},
    {Code::conflict, "session_started", "the session has started; at the counter: it is over"},
    {Code::conflict, "booking_not_open_yet", "booking opens later"},
    {Code::conflict, "booking_closed", "booking has closed in this channel"},
    {Code::conflict, "pay_at_once", "so shortly before the start it must be paid at once"},
    {Code::invalid, "email_malformed", "the guest's address is none"},
    {Code::conflict, "external_ref_taken", "another booking has the key"},
    {Code::not_found, "hold_not_found", "no such hold, or not the caller's"},
    {Code::expired, "hold_lapsed", "the hold is past its time"},
    {Code::conflict, "hold_for_other_session", "the hold is for another session"},
    {Code::conflict, "place_not_held", "more or other places than the hold has"},
    {Code::invalid, "seats_for_some_only", "seats are named for some places, not for all"},
    {Code::invalid, "choice_mixed", "seats, an area and the best are named together"},
    {Code::conflict, "session_has_no_seats", "seats are asked for where there are none"},
    {Code::not_found, "area_not_found", "the hall has no such area"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::not_found, "seat_not_found", "there is no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "seat_taken", "somebody has the seat"},
    {Code::conflict, "single_seat_left", "a single seat would be left"},
    {Code::sold_out, "no_place_left", "not so many places are left"},
    {Code::invalid, "place_paid_twice", "a place names both a credit and a visit"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in the session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not of the family, or not known"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the client did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::conflict, "places_over_limit", "more places than one client may book"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::denied, "role_not_allowed", "the channel, kind or means are for others"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::not_found, "credit_not_found", "the attendee has no such credit"},
    {Code::conflict, "credit_used", "the credit has paid for a place already"},
    {Code::expired, "credit_expired", "the credit ends before the session starts"},
    {Code::conflict, "credit_not_for_session", "the credit is not worth such a place"},
};
static constexpr Refusal book_price[] = {
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "the ticket type is not for the seat"},
    {Code::conflict, "ticket_type_not_for_age", "the ticket type is not for the attendee's age"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for a place"},
};
static constexpr Refusal book_payment[] = {
    {Code::invalid, "amount_overflow", "the sum is beyond what can be counted with"},
    {Code::invalid, "field_missing", "an external payment names no provider"},
    {Code::conflict, "owing_not_allowed", "the centre lets nobody owe, or nobody pays"},
    {Code::conflict, "coupon_needs_client", "the coupon is for so many uses a client"},
};
static constexpr auto book_refusals = storage::joined(
    book_checks, plans::visit_refusals, book_price, money::coupon_refusals, money::coupons_refusals,
    book_payment, money::amount_refusals, money::tender_refusals, money::purse_refusals);

constinit const Operation Book::operation = storage::define<Book>({
    .number = 900,
    .name = "bookings.book",
    .kind = OperationKind::write,
    .doc = "Books places in a session, all of them or none.",
    .rule = {.permission = "bookings.book"},
    .refusals = book_refusals,
    .example = R"({"session": 1, "places": [{"attendee": 1}],
 "payments": [{"method": "balance"}]})",
});

// --- guests ---

Booking handle(Transaction& transaction, const BookAsGuest& request) {
  Wish wish = wish_of(request);
  wish.is_guest = true;
  wish.hold = request.hold.value_or("");
  wish.accessible = request.accessible;
  wish.guest_name = request.name;
  wish.guest_email = request.email;
  wish.guest_phone = request.phone;
  wish.coupons = request.coupons;
  wish.payments = request.payments;
  const schedule::Session session = bookable_session(transaction, request.session);
  if (!storage::enabled(transaction, setting::online_guests, session.centre)) {
    throw Error(Code::denied, "guests_not_allowed");
  }
  if (text::tidy(request.name).empty()) {
    throw Error(Code::invalid, "field_missing", "name", {{"name", std::string("name")}});
  }
  if (!text::normal_email(request.email)) throw Error(Code::invalid, "email_malformed", "email");
  return made(transaction, wish);
}

static constexpr Refusal guest_checks[] = {
    {Code::not_found, "session_not_found", "no such session, or not open to everyone"},
    {Code::denied, "guests_not_allowed", "the centre sells to registered clients only"},
    {Code::invalid, "field_missing", "the name is but white space; or no provider is named"},
    {Code::invalid, "email_malformed", "the address is none"},
    {Code::conflict, "session_not_scheduled", "the session was cancelled or is over"},
    {Code::conflict, "session_started", "the session has started"},
    {Code::conflict, "booking_not_open_yet", "booking opens later"},
    {Code::conflict, "booking_closed", "booking online has closed"},
    {Code::conflict, "pay_at_once", "so shortly before the start it must be paid at once"},
    {Code::not_found, "hold_not_found", "no such hold"},
    {Code::expired, "hold_lapsed", "the hold is past its time"},
    {Code::conflict, "hold_for_other_session", "the hold is for another session"},
    {Code::conflict, "place_not_held", "more or other places than the hold has"},
    {Code::invalid, "seats_for_some_only", "seats are named for some places, not for all"},
    {Code::invalid, "choice_mixed", "seats, an area and the best are named together"},
    {Code::conflict, "session_has_no_seats", "seats are asked for where there are none"},
    {Code::not_found, "area_not_found", "the hall has no such area"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::not_found, "seat_not_found", "there is no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "seat_taken", "somebody has the seat"},
    {Code::conflict, "single_seat_left", "a single seat would be left"},
    {Code::sold_out, "no_place_left", "not so many places are left"},
    {Code::invalid, "place_paid_twice", "a place names both a credit and a visit"},
    {Code::denied, "attendee_not_yours", "a guest names no attendees"},
    {Code::conflict, "places_over_limit", "more places than one buyer may book"},
    {Code::denied, "role_not_allowed", "guests pay through a provider or by gift card"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::not_found, "credit_not_found", "a guest has no credits"},
    {Code::invalid, "attendee_needed", "a visit is to pay, but a guest has none"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "the ticket type is not for the seat"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for a place"},
};
static constexpr Refusal guest_price[] = {
    {Code::invalid, "amount_overflow", "the sum is beyond what can be counted with"},
    {Code::invalid, "amount_over_owed", "more is paid than is owed"},
    {Code::conflict, "nothing_owed", "more means are named than are needed"},
    {Code::invalid, "payer_needed", "a balance or points are to pay, but a guest has none"},
    {Code::conflict, "coupon_needs_client", "the coupon is for so many uses a client"},
};
static constexpr auto guest_refusals =
    storage::joined(guest_checks, money::coupon_refusals, money::coupons_refusals, guest_price,
                    money::amount_refusals, money::purse_refusals);

constinit const Operation BookAsGuest::operation = storage::define<BookAsGuest>({
    .number = 901,
    .name = "bookings.book_as_guest",
    .kind = OperationKind::write,
    .doc = "Books places for somebody without account.",
    .rule = {.audience = Audience::everyone},
    .refusals = guest_refusals,
    .example = R"({"session": 1, "places": [{}, {}], "name": "Olena", "email": "olena@example.org",
 "payments": [{"method": "external", "provider": "liqpay"}]})",
});

// --- the house ---

Booking handle(Transaction& transaction, const Reserve& request) {
  if (request.kind == BookingKind::ordinary) {
    throw Error(Code::invalid, "kind_not_reserved", "kind");
  }
  Wish wish = wish_of(request);
  wish.kind = request.kind;
  wish.client = request.client;
  wish.guest_name = request.guest_name;
  wish.note = request.note;
  wish.external_ref = request.external_ref;
  return made(transaction, wish);
}

static constexpr Refusal reserve_refusals[] = {
    {Code::invalid, "kind_not_reserved", "ordinary bookings are booked, not reserved"},
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "session_not_scheduled", "the session was cancelled or is over"},
    {Code::conflict, "session_started", "the session is over"},
    {Code::conflict, "external_ref_taken", "another booking has the key"},
    {Code::invalid, "seats_for_some_only", "seats are named for some places, not for all"},
    {Code::invalid, "choice_mixed", "seats, an area and the best are named together"},
    {Code::conflict, "session_has_no_seats", "seats are asked for where there are none"},
    {Code::not_found, "area_not_found", "the hall has no such area"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::not_found, "seat_not_found", "there is no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "seat_taken", "somebody has the seat"},
    {Code::conflict, "single_seat_left", "a single seat would be left"},
    {Code::sold_out, "no_place_left", "not so many places are left"},
    {Code::invalid, "place_paid_twice", "a place names both a credit and a visit"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in the session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not within reach"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the client did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::denied, "role_not_allowed", "the session is of a centre out of reach"},
    {Code::invalid, "place_not_paid", "a visit or a credit is to pay for a place"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "the ticket type is not for the seat"},
    {Code::conflict, "ticket_type_not_for_age", "the ticket type is not for the attendee's age"},
};

constinit const Operation Reserve::operation = storage::define<Reserve>({
    .number = 902,
    .name = "bookings.reserve",
    .kind = OperationKind::write,
    .doc = "Reserves places for the house or guests of honour, without payment.",
    .rule = {.permission = "bookings.reserve"},
    .refusals = reserve_refusals,
    .example = R"({"session": 1, "kind": "vip", "places": [{}, {}], "guest_name": "The mayor"})",
});

}  // namespace frontdesk::bookings

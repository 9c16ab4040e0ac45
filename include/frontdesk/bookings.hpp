/// Bookings: places in sessions for those who attend, from a hold or a wish to a paid and attended
/// place.
///
/// A booking has places; each has, as needed, an attendee, a seat and a ticket type. Who booked,
/// who pays and who attends are three roles. Clients book for themselves and their family, staff
/// for clients of their centre. Changes of bookings are in bookings_changes.hpp, what cancelling
/// costs in bookings_policies.hpp.
#pragma once

#include <frontdesk/money.hpp>
#include <frontdesk/seating.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

// --- records ---

/// held → pending → confirmed → attended | no_show; cancelled, expired. A place has a status of its
/// own, since places are cancelled and checked in one by one; that of the booking follows from
/// them.
enum class BookingStatus : unsigned char {
  held,
  pending,
  confirmed,
  attended,
  no_show,
  cancelled,
  expired,
};
std::span<const EnumValue> enum_values(BookingStatus);

/// Ordinary ones are paid for; the house's and those of guests of honour are not.
enum class BookingKind : unsigned char { ordinary, house, vip };
std::span<const EnumValue> enum_values(BookingKind);

/// What a place is paid by.
enum class PaidBy : unsigned char { money, nothing, credit, visit };
std::span<const EnumValue> enum_values(PaidBy);

/// One place of a booking.
struct Place {
  PlaceId id{};
  std::int64_t number = 0;
  BookingStatus status = BookingStatus::confirmed;
  ClientId attendee{};
  TicketTypeId ticket_type{};
  std::int64_t place = 0;
  std::optional<std::string> seat{};
  std::optional<std::string> seat_category{};
  PaidBy paid_by = PaidBy::money;
  SubscriptionId subscription{};
  OrderLineId line{};

  template <class Self = Place>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the place among all places of all bookings."),
        field<&Self::number>("Its number in the booking, from 1 on; it never changes."),
        field<&Self::status>("How it stands."),
        field<&Self::attendee>("Who attends, where that is known.").or_default(),
        field<&Self::ticket_type>("What kind of ticket it is.").or_default(),
        field<&Self::place>("Its number in the session."),
        field<&Self::seat>("Label of its seat, where there are seats."),
        field<&Self::seat_category>("Category of the seat or area."),
        field<&Self::paid_by>("What it is paid by."),
        field<&Self::subscription>("The subscription, where a visit pays for it.").or_default(),
        field<&Self::line>("Its line in the order, where money is paid.").or_default(),
    };
    return table;
  }
};

struct Booking {
  BookingId id{};
  std::int64_t version = 0;
  std::string reference{};
  SessionId session{};
  CentreId centre{};
  Instant starts{};
  ClientId client{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  AccountId seller{};
  seating::Channel channel = seating::Channel::online;
  BookingKind kind = BookingKind::ordinary;
  BookingStatus status = BookingStatus::confirmed;
  std::vector<Place> places{};
  OrderId order{};
  std::optional<Money> owed{};
  std::optional<Instant> pay_by{};
  CancellationPolicyId policy{};
  std::int64_t moves = 0;
  std::optional<std::string> note{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> ended_at{};
  std::optional<std::string> reason{};

  template <class Self = Booking>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the booking."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::reference>("Eight letters and digits that people name it by."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::starts>("When the session starts."),
        field<&Self::client>("Who booked; absent for guests and unnamed visitors.").or_default(),
        field<&Self::payer>("Who pays.").or_default(),
        field<&Self::guest_name>("Name of a guest without account.").personal(),
        field<&Self::guest_email>("E-mail address of a guest.").personal(),
        field<&Self::guest_phone>("Phone of a guest.").personal(),
        field<&Self::seller>("Account of who sold it, where it was not the client.").or_default(),
        field<&Self::channel>("Where it was sold."),
        field<&Self::kind>("Ordinary, of the house, or for guests of honour."),
        field<&Self::status>("How it stands, by its places."),
        field<&Self::places>("Its places, also those that were cancelled."),
        field<&Self::order>("The order it is paid through; absent where nothing is to pay.")
            .or_default(),
        field<&Self::owed>("What is still to pay; absent: nothing."),
        field<&Self::pay_by>("Until when it must be paid, else it expires."),
        field<&Self::policy>("The cancellation policy that holds; absent: the centre's setting.")
            .or_default(),
        field<&Self::moves>("How often it was moved to another session."),
        field<&Self::note>("What the client noted; what staff noted, for staff.").personal(),
        field<&Self::external_ref>("The host's own key."),
        field<&Self::created_at>("When it was booked."),
        field<&Self::ended_at>("When it was cancelled or expired."),
        field<&Self::reason>("Why it was cancelled.").personal(),
    };
    return table;
  }
};

// --- booking ---

/// One place as it is wished for.
struct PlaceRequest {
  ClientId attendee{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat{};
  CreditId credit{};
  bool by_visit = false;
  SubscriptionId subscription{};

  template <class Self = PlaceRequest>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::attendee>("Who attends; absent for an unnamed visitor.").or_default(),
        field<&Self::ticket_type>("What kind of ticket; absent: the plain one.").or_default(),
        field<&Self::seat>("Label of the seat; absent: one that is held, or any.").length(1, 100),
        field<&Self::credit>("A make-up credit of the attendee that pays for it.").or_default(),
        field<&Self::by_visit>("Paid by a visit of a subscription of the attendee.").or_default(),
        field<&Self::subscription>(
            "The subscription whose visit pays; absent: the one that ends soonest.")
            .or_default(),
    };
    return table;
  }
};

/// Books places in a session, all of them or none. What is not paid at once must be paid by
/// `pay_by`, else the booking expires. With a hold its places are booked, at the prices that were
/// fixed for it.
struct Book {
  using Result = Booking;
  static const Operation operation;

  SessionId session{};
  std::vector<PlaceRequest> places{};
  std::optional<std::string> hold{};
  std::optional<std::string> area{};
  std::optional<std::string> seat_category{};
  bool best = false;
  bool accessible = false;
  ClientId client{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  std::optional<seating::Channel> channel{};
  bool by_visit = false;
  std::vector<std::string> coupons{};
  std::vector<money::Tender> payments{};
  bool owing = false;
  std::optional<std::string> note{};
  std::optional<std::string> external_ref{};

  template <class Self = Book>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::places>("One for each place, in the order of a hold's places.").length(1, 200),
        field<&Self::hold>("Token of a hold, whose places are booked.").secret().length(1, 200),
        field<&Self::area>("An area without seats, where the hall has several.").length(1, 100),
        field<&Self::seat_category>("Only places of this category, where none is named.")
            .length(1, 40),
        field<&Self::best>("The best seats together, where none is named.").or_default(),
        field<&Self::accessible>("Accessible seats among the best.").or_default(),
        field<&Self::client>("Who books; absent: the caller, or for staff an unnamed visitor.")
            .or_default(),
        field<&Self::payer>("Who pays; absent: who books.").or_default(),
        field<&Self::guest_name>("Name of a visitor who is no client; by staff.")
            .personal()
            .length(1, 200),
        field<&Self::guest_email>("E-mail address of such a visitor.").personal().length(3, 254),
        field<&Self::guest_phone>("Phone of such a visitor.").personal().length(3, 40),
        field<&Self::channel>("Where it is sold; absent: at the counter by staff, else online."),
        field<&Self::by_visit>("All places that no credit pays for are paid by visits.")
            .or_default(),
        field<&Self::coupons>("Codes of coupons, in the order they count.").length(0, 5),
        field<&Self::payments>(
            "What is paid at once; none: later. An external payment without the provider's key is"
            " awaited, and the places are held for it.")
            .length(0, 10),
        field<&Self::owing>("Confirmed though it is not paid, where the centre lets clients owe.")
            .or_default(),
        field<&Self::note>("What is to be noted.").personal().length(1, 1000),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// The same for somebody without account, where the centre lets guests book online. The reference
/// and the address let the guest see and cancel it.
struct BookAsGuest {
  using Result = Booking;
  static const Operation operation;

  SessionId session{};
  std::vector<PlaceRequest> places{};
  std::optional<std::string> hold{};
  std::optional<std::string> area{};
  std::optional<std::string> seat_category{};
  bool best = false;
  bool accessible = false;
  std::string name{};
  std::string email{};
  std::optional<std::string> phone{};
  std::vector<std::string> coupons{};
  std::vector<money::Tender> payments{};

  template <class Self = BookAsGuest>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::places>("One for each place, without attendees.").length(1, 200),
        field<&Self::hold>("Token of a hold, whose places are booked.").secret().length(1, 200),
        field<&Self::area>("An area without seats, where the hall has several.").length(1, 100),
        field<&Self::seat_category>("Only places of this category, where none is named.")
            .length(1, 40),
        field<&Self::best>("The best seats together, where none is named.").or_default(),
        field<&Self::accessible>("Accessible seats among the best.").or_default(),
        field<&Self::name>("The guest's name.").personal().length(1, 200),
        field<&Self::email>("The guest's e-mail address.").personal().length(3, 254),
        field<&Self::phone>("The guest's phone.").personal().length(3, 40),
        field<&Self::coupons>("Codes of coupons, in the order they count.").length(0, 5),
        field<&Self::payments>("What is paid at once, by an external provider.").length(0, 10),
    };
    return table;
  }
};

/// Reserves places for the house or for guests of honour, without payment.
struct Reserve {
  using Result = Booking;
  static const Operation operation;

  SessionId session{};
  BookingKind kind = BookingKind::house;
  std::vector<PlaceRequest> places{};
  std::optional<std::string> area{};
  std::optional<std::string> seat_category{};
  bool best = false;
  ClientId client{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> note{};
  std::optional<std::string> external_ref{};

  template <class Self = Reserve>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::kind>("For the house or for guests of honour."),
        field<&Self::places>("One for each place.").length(1, 200),
        field<&Self::area>("An area without seats, where the hall has several.").length(1, 100),
        field<&Self::seat_category>("Only places of this category, where none is named.")
            .length(1, 40),
        field<&Self::best>("The best seats together, where none is named.").or_default(),
        field<&Self::client>("The client it is for, if it is for one.").or_default(),
        field<&Self::guest_name>("Name of whom it is for.").personal().length(1, 200),
        field<&Self::note>("What is to be noted.").personal().length(1, 1000),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Pays for a booking; once nothing is owed it is confirmed.
struct Pay {
  using Result = Booking;
  static const Operation operation;

  BookingId booking{};
  std::vector<money::Tender> payments{};

  template <class Self = Pay>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::payments>("What is paid with.").length(1, 10),
    };
    return table;
  }
};

// --- looking ---

/// One booking, by its number or its reference.
struct Get {
  using Result = Booking;
  static const Operation operation;

  BookingId booking{};
  std::optional<std::string> reference{};

  template <class Self = Get>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking; absent: by its reference.").or_default(),
        field<&Self::reference>("Its reference; case and dashes do not matter.").length(1, 40),
    };
    return table;
  }
};

/// The booking of a guest, for the guest.
struct GuestBooking {
  using Result = Booking;
  static const Operation operation;

  std::string reference{};
  std::string email{};

  template <class Self = GuestBooking>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::reference>("The reference of the booking.").length(1, 40),
        field<&Self::email>("The address it was booked with.").personal().length(3, 254),
    };
    return table;
  }
};

/// Bookings the caller may see, newest first.
struct List {
  using Result = Page<Booking>;
  static const Operation operation;

  SessionId session{};
  CentreId centre{};
  ClientId client{};
  ClientId payer{};
  ClientId attendee{};
  AccountId seller{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> external_ref{};
  OrderId order{};
  std::optional<BookingStatus> status{};
  std::optional<BookingKind> kind{};
  std::optional<seating::Channel> channel{};
  std::optional<Instant> booked_from{};
  std::optional<Instant> booked_to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = List>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("Only of this session.").or_default(),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::client>("Only booked by or for this client.").or_default(),
        field<&Self::payer>("Only paid by this client.").or_default(),
        field<&Self::attendee>("Only with this attendee.").or_default(),
        field<&Self::seller>("Only sold by this account.").or_default(),
        field<&Self::guest_email>("Only of the guest with this address.").personal().length(3, 254),
        field<&Self::external_ref>("Only the one with the host's own key.").length(1, 200),
        field<&Self::order>("Only paid through this order.").or_default(),
        field<&Self::status>("Only in this state."),
        field<&Self::kind>("Only of this kind."),
        field<&Self::channel>("Only sold there."),
        field<&Self::booked_from>("Only booked at this moment or later."),
        field<&Self::booked_to>("Only booked before it."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk

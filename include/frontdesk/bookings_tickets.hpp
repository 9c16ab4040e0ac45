/// Tickets: one for each place of a confirmed booking, with a code that nobody guesses and a text
/// that proves itself (SPEC B10). They are made when they are asked for and written nowhere; what
/// is written is which of them no longer count. How to prove one without the file stands in
/// tickets.hpp.
#pragma once

#include <frontdesk/bookings.hpp>
#include <frontdesk/tickets.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

// --- records ---

/// What admits one visitor.
struct Ticket {
  PlaceId place{};
  BookingId booking{};
  std::string number{};
  SessionId session{};
  CentreId centre{};
  Instant starts{};
  std::optional<std::string> seat{};
  std::optional<std::string> seat_category{};
  TicketTypeId ticket_type{};
  ClientId attendee{};
  std::optional<std::string> holder{};
  std::int64_t issue = 0;
  std::string code{};
  std::string text{};

  template <class Self = Ticket>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("The place it is for."),
        field<&Self::booking>("The booking."),
        field<&Self::number>("What people name it by: the booking's reference and the place's"
                             " number in it, `7K2M9QX4-2`."),
        field<&Self::session>("The session it admits to."),
        field<&Self::centre>("Its centre."),
        field<&Self::starts>("When the session starts."),
        field<&Self::seat>("Label of the seat, where there are seats."),
        field<&Self::seat_category>("Category of the seat or area."),
        field<&Self::ticket_type>("What kind of ticket it is.").or_default(),
        field<&Self::attendee>("Who attends, where that is known.").or_default(),
        field<&Self::holder>("Name of who attends, where they are no client.").personal(),
        field<&Self::issue>("How often a ticket was made for the place; earlier ones are void."),
        field<&Self::code>("The code, as staff may type it.").secret(),
        field<&Self::text>("What the QR code holds. It proves itself; see verify_ticket.").secret(),
    };
    return table;
  }
};

/// Tickets of one booking.
struct IssuedTickets {
  std::vector<Ticket> tickets{};

  template <class Self = IssuedTickets>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::tickets>("One for each place that counts, by number."),
    };
    return table;
  }
};

/// Why a ticket no longer counts.
enum class Voiding : unsigned char { reissued, transferred, cancelled, moved };
std::span<const EnumValue> enum_values(Voiding);

/// A ticket that no longer counts, and with it all earlier ones of its place.
struct RevokedTicket {
  std::int64_t id = 0;
  SessionId session{};
  PlaceId place{};
  std::int64_t issue = 0;
  std::string code_digest{};
  Voiding why = Voiding::reissued;
  Instant revoked_at{};

  template <class Self = RevokedTicket>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Its number in the list; it grows with time."),
        field<&Self::session>("The session that the ticket was for."),
        field<&Self::place>("The place it was for."),
        field<&Self::issue>("The issue; this and lower ones are void."),
        field<&Self::code_digest>("Half of the SHA-256 of the code, in Base64url."),
        field<&Self::why>("Why."),
        field<&Self::revoked_at>("Since when."),
    };
    return table;
  }
};

/// What a gate does not know yet.
struct Revocations {
  std::vector<RevokedTicket> items{};
  std::int64_t next = 0;

  template <class Self = Revocations>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::items>("Tickets that no longer count, in the order they were voided."),
        field<&Self::next>("What to ask with as `since` next time."),
    };
    return table;
  }
};

/// A key that proves tickets.
struct PublicKey {
  std::string id{};
  std::string key{};

  template <class Self = PublicKey>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Eight hexadecimal digits that tickets name it by."),
        field<&Self::key>("The Ed25519 public key, in Base64url."),
    };
    return table;
  }
};

struct TicketKeys {
  std::vector<PublicKey> keys{};

  template <class Self = TicketKeys>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::keys>("The keys that tickets of this file are signed with."),
    };
    return table;
  }
};

// --- operations ---

/// The tickets of a booking that is confirmed.
struct Tickets {
  using Result = IssuedTickets;
  static const Operation operation;

  BookingId booking{};
  std::optional<std::string> reference{};

  template <class Self = Tickets>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking; absent: by its reference.").or_default(),
        field<&Self::reference>("Its reference; case and dashes do not matter.").length(1, 40),
    };
    return table;
  }
};

/// The tickets of a guest, for the guest.
struct GuestTickets {
  using Result = IssuedTickets;
  static const Operation operation;

  std::string reference{};
  std::string email{};

  template <class Self = GuestTickets>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::reference>("The reference of the booking.").length(1, 40),
        field<&Self::email>("The address it was booked with.").personal().length(3, 254),
    };
    return table;
  }
};

/// What proves tickets without the file.
struct TicketKey {
  using Result = TicketKeys;
  static const Operation operation;

  static Fields fields() { return {}; }
};

/// Reads a ticket by this file's own key. It may be void by now; checking in tells.
struct VerifyTicket {
  using Result = VerifiedTicket;
  static const Operation operation;

  std::string ticket{};

  template <class Self = VerifyTicket>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::ticket>("The text of its QR code.").secret().length(1, 1000),
    };
    return table;
  }
};

/// Makes a new ticket for a place, such as for one that was lost or seen by others; the old one is
/// void.
struct ReissueTicket {
  using Result = Ticket;
  static const Operation operation;

  BookingId booking{};
  std::int64_t place = 0;

  template <class Self = ReissueTicket>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::place>("Number of the place in it.").range(1, 999),
    };
    return table;
  }
};

/// Gives a place to another attendee. The rules for attendees hold for them; the old ticket is
/// void.
struct TransferTicket {
  using Result = Ticket;
  static const Operation operation;

  BookingId booking{};
  std::int64_t place = 0;
  ClientId attendee{};
  std::optional<std::string> name{};

  template <class Self = TransferTicket>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::place>("Number of the place in it.").range(1, 999),
        field<&Self::attendee>("Who attends now; absent: somebody who is no client.").or_default(),
        field<&Self::name>("Name of who attends now, where they are no client.")
            .personal()
            .length(1, 200),
    };
    return table;
  }
};

/// Tickets of a centre that were voided since: what a gate fetches again and again.
struct RevokedTickets {
  using Result = Revocations;
  static const Operation operation;

  CentreId centre{};
  SessionId session{};
  std::int64_t since = 0;
  std::int64_t limit = 500;

  template <class Self = RevokedTickets>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::session>("Only tickets for this session.").or_default(),
        field<&Self::since>("`next` of the time before; 0: all.")
            .or_default()
            .range(0, std::numeric_limits<std::int64_t>::max()),
        field<&Self::limit>("How many at most.").or_default().range(1, 1000),
    };
    return table;
  }
};

// --- events ---

/// Tickets no longer count; gates ask for `bookings.revoked_tickets`.
struct TicketsVoided {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::vector<std::int64_t> places{};
  Voiding why = Voiding::reissued;

  template <class Self = TicketsVoided>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("The session that they were for."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::places>("Numbers of the places."),
        field<&Self::why>("Why."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk

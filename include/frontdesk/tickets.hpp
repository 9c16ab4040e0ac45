/// Tickets without the file: a door that knows nothing but a public key tells a true ticket from a
/// false one (SPEC B10). What was voided since, it learns from `bookings.gate_list` and
/// `bookings.revoked_tickets`.
#pragma once

#include <frontdesk/describe.hpp>
#include <frontdesk/error.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

/// What a ticket says, proven by its signature.
struct VerifiedTicket {
  CentreId centre{};
  SessionId session{};
  Instant starts{};
  PlaceId place{};
  std::int64_t issue = 0;
  std::optional<std::string> seat{};
  std::string code{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&VerifiedTicket::centre>("The centre."),
        field<&VerifiedTicket::session>("The session it admits to."),
        field<&VerifiedTicket::starts>("When that was to start as the ticket was made."),
        field<&VerifiedTicket::place>("The place it is for."),
        field<&VerifiedTicket::issue>("How often a ticket was made for the place; those with a"
                                      " lower number are void."),
        field<&VerifiedTicket::seat>("Label of the seat as the ticket was made, shortened."),
        field<&VerifiedTicket::code>("Its code, as staff may type it.").secret(),
    };
    return table;
  }
};

/// Proves a ticket's text by the public key that `bookings.ticket_key` gave. Pure; needs no file;
/// thread-safe. Throws Error{invalid}: ticket_key_malformed, ticket_malformed, ticket_key_other
/// (signed with another key), ticket_signature_invalid (not as it was signed).
VerifiedTicket verify_ticket(std::string_view public_key, std::string_view text);

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk

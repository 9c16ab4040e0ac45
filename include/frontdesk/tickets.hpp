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

  template <class Self = VerifiedTicket>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::session>("The session it admits to."),
        field<&Self::starts>("When that was to start as the ticket was made."),
        field<&Self::place>("The place it is for."),
        field<&Self::issue>("How often a ticket was made for the place; those with a"
                            " lower number are void."),
        field<&Self::seat>("Label of the seat as the ticket was made, shortened."),
        field<&Self::code>("Its code, as staff may type it.").secret(),
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

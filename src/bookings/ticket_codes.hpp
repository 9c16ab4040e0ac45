/// Codes and texts of tickets. Nothing of them is stored: they follow from the place, the number of
/// the issue and the file's secret (SPEC B10).
#pragma once

#include <frontdesk/tickets.hpp>

#include "base/signatures.hpp"
#include "storage/transaction.hpp"

namespace frontdesk::bookings {

using storage::Transaction;

/// Which ticket a code is of.
struct TicketName {
  PlaceId place{};
  std::int64_t issue = 0;
};

/// What nobody guesses: place and issue with a MAC, in Base32.
std::string ticket_code(Transaction& transaction, const TicketName& ticket);
/// The ticket of a code that this file gave; none for any other text. Case, dashes and spaces do
/// not matter, nor does 0 for O, 1 for I and 8 for B.
std::optional<TicketName> ticket_of_code(Transaction& transaction, std::string_view code);
/// What a gate keeps of a code, so that its list is worth nothing to a thief: half of its SHA-256,
/// in Base64url.
std::string code_digest(std::string_view code);

/// The pair that signs this file's tickets.
crypto::KeyPair ticket_keys(Transaction& transaction);
/// Short name of a public key.
std::string ticket_key_id(std::string_view public_key);
/// A seat's label as a ticket's text has room for it: cut in what is before row and number (the
/// first `section` bytes), or in the row or area where these alone are too long.
std::string fitting_label(std::string_view label, std::size_t section);
/// The text of a ticket, for its QR code: capital letters and digits, so that the code is small.
std::string ticket_text(const crypto::KeyPair& keys, const VerifiedTicket& ticket);
/// Whether the text is one of a ticket rather than a code.
bool is_ticket_text(std::string_view text);
/// What a ticket's text says, as verify_ticket does, with the key as bytes.
VerifiedTicket read_ticket(std::string_view public_key, std::string_view text);

}  // namespace frontdesk::bookings

/// A ticket's text is `FD1.` and, in Base32, the key's id, what the ticket says, and an Ed25519
/// signature. It is read in one way only: no other text, not even one in small letters, is taken
/// for it. Numbers are in groups of seven bits, lowest first, as few as will do.
#include "bookings/ticket_codes.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::bookings {
namespace {

constexpr std::string_view prefix = "FD1.";
constexpr std::string_view signed_as = "frontdesk ticket 1\n";  // keeps it apart from other uses
constexpr std::size_t key_id_bytes = 4;
constexpr std::size_t proof_bytes = 8;
constexpr std::size_t label_bytes_max = 24;
constexpr std::size_t text_max = 400;

// --- Base32 ---

constexpr std::array<int, 256> make_digits() {
  std::array<int, 256> digits{};
  for (int& digit : digits) digit = -1;
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    digits[static_cast<unsigned char>(alphabet[i])] = static_cast<int>(i);
  }
  return digits;
}
constexpr std::array<int, 256> digits = make_digits();

/// The inverse of crypto::base32; none for what that never gives.
std::optional<std::string> from_base32(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 5 / 8);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char letter : text) {
    const int digit = digits[static_cast<unsigned char>(letter)];
    if (digit < 0) return std::nullopt;
    buffer = (buffer << 5 | static_cast<std::uint32_t>(digit)) & 0xFFF;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<char>(buffer >> bits & 0xFF));
    }
  }
  const std::uint32_t rest = buffer & ((1u << bits) - 1);
  if (bits >= 5 || rest != 0) return std::nullopt;
  return bytes;
}

/// A code as somebody typed it, in the letters that it was given in.
std::string tidy_code(std::string_view text) {
  std::string tidied;
  for (char letter : text) {
    if (letter == '-' || letter == ' ') continue;
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == '0') letter = 'O';
    if (letter == '1') letter = 'I';
    if (letter == '8') letter = 'B';
    tidied.push_back(letter);
  }
  return tidied;
}

// --- numbers ---

void put(std::string& bytes, std::int64_t number) {
  auto left = static_cast<std::uint64_t>(number);
  while (left >= 0x80) {
    bytes.push_back(static_cast<char>((left & 0x7F) | 0x80));
    left >>= 7;
  }
  bytes.push_back(static_cast<char>(left));
}

/// Takes bytes from the front, one value after the other; false once anything is wrong.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}

  bool take(std::int64_t& number) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 63 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) != 0) continue;
      number = static_cast<std::int64_t>(value);
      return byte != 0 || shift == 0;  // as few bytes as will do
    }
    return false;
  }
  bool take(std::string_view& bytes, std::size_t count) {
    if (left_.size() < count) return false;
    bytes = left_.substr(0, count);
    left_.remove_prefix(count);
    return true;
  }
  bool is_at_end() const { return left_.empty(); }

 private:
  std::string_view left_;
};

// --- codes ---

std::string named(const TicketName& ticket) {
  std::string bytes;
  put(bytes, ticket.place.value);
  put(bytes, ticket.issue);
  return bytes;
}

std::string code_of(const TicketName& ticket, std::string_view proof) {
  std::string bytes = named(ticket);
  bytes += proof;
  return crypto::base32(bytes);
}

std::string proof_of(Transaction& transaction, const TicketName& ticket) {
  const crypto::Digest mac =
      crypto::hmac_sha256(transaction.key("bookings.ticket_codes"), named(ticket));
  return std::string(crypto::view(mac).substr(0, proof_bytes));
}

bool read_code(std::string_view code, TicketName& ticket, std::string_view& proof,
               std::string& bytes) {
  auto decoded = from_base32(code);
  if (!decoded) return false;
  bytes = std::move(*decoded);
  Reader reader(bytes);
  return reader.take(ticket.place.value) && reader.take(ticket.issue) &&
         reader.take(proof, proof_bytes) && reader.is_at_end();
}

// --- texts ---

/// At most so many bytes, without half a letter or a space at the end.
std::string_view shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t size = bytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  while (size > 0 && text[size - 1] == ' ') --size;
  return text.substr(0, size);
}

std::string_view short_digest(const crypto::Digest& digest) {
  return crypto::view(digest).substr(0, key_id_bytes);
}

std::string signed_part(std::string_view body) {
  return std::string(signed_as) + std::string(body);
}

[[noreturn]] void refuse_malformed() { throw Error(Code::invalid, "ticket_malformed", "ticket"); }

VerifiedTicket read_body(std::string_view body) {
  Reader reader(body);
  VerifiedTicket ticket;
  std::int64_t starts = 0;
  std::int64_t label_bytes = 0;
  std::string_view key_id;
  std::string_view proof;
  std::string_view label;
  const bool is_whole =
      reader.take(key_id, key_id_bytes) && reader.take(ticket.centre.value) &&
      reader.take(ticket.session.value) && reader.take(starts) && reader.take(ticket.place.value) &&
      reader.take(ticket.issue) && reader.take(proof, proof_bytes) && reader.take(label_bytes) &&
      label_bytes <= static_cast<std::int64_t>(label_bytes_max) &&
      reader.take(label, static_cast<std::size_t>(label_bytes)) && reader.is_at_end();
  if (!is_whole) refuse_malformed();
  ticket.starts = Instant{Duration{starts}};
  if (!label.empty()) ticket.seat = std::string(label);
  ticket.code = code_of({ticket.place, ticket.issue}, proof);
  return ticket;
}

}  // namespace

std::string ticket_code(Transaction& transaction, const TicketName& ticket) {
  return code_of(ticket, proof_of(transaction, ticket));
}

std::optional<TicketName> ticket_of_code(Transaction& transaction, std::string_view code) {
  if (code.size() > text_max) return std::nullopt;
  TicketName ticket;
  std::string_view proof;
  std::string bytes;
  if (!read_code(tidy_code(code), ticket, proof, bytes) ||
      !crypto::equal(proof, proof_of(transaction, ticket))) {
    return std::nullopt;
  }
  return ticket;
}

std::string code_digest(std::string_view code) {
  const crypto::Digest digest = crypto::sha256(code);
  return crypto::base64url(crypto::view(digest).substr(0, digest.size() / 2));
}

crypto::KeyPair ticket_keys(Transaction& transaction) {
  return crypto::key_pair(transaction.key("bookings.ticket_signatures"));
}

std::string ticket_key_id(std::string_view public_key) {
  return crypto::hex(short_digest(crypto::sha256(public_key)));
}

std::string fitting_label(std::string_view label, std::size_t section) {
  if (label.size() <= label_bytes_max) return std::string(label);
  std::string_view kept = label.substr(section);
  if (kept.size() > label_bytes_max) {
    section = std::min(label.rfind('-'), label.size());
    kept = label.substr(section);
  }
  std::string fitting(shortened(label.substr(0, section), label_bytes_max - kept.size()));
  if (fitting.empty() && kept.starts_with(' ')) kept.remove_prefix(1);
  return fitting += kept;
}

std::string ticket_text(const crypto::KeyPair& keys, const VerifiedTicket& ticket) {
  TicketName name;
  std::string_view proof;
  std::string bytes;
  if (!read_code(ticket.code, name, proof, bytes)) refuse_malformed();
  std::string body(short_digest(crypto::sha256(keys.public_key)));
  put(body, ticket.centre.value);
  put(body, ticket.session.value);
  put(body, std::max<std::int64_t>(0, ticket.starts.time_since_epoch().count()));
  put(body, ticket.place.value);
  put(body, ticket.issue);
  body += proof;
  const std::string_view label =
      shortened(ticket.seat ? std::string_view(*ticket.seat) : "", label_bytes_max);
  put(body, static_cast<std::int64_t>(label.size()));
  body += label;
  body += crypto::sign(keys, signed_part(body));
  return std::string(prefix) + crypto::base32(body);
}

bool is_ticket_text(std::string_view text) { return text.starts_with(prefix); }

VerifiedTicket read_ticket(std::string_view public_key, std::string_view text) {
  if (text.size() > text_max || !is_ticket_text(text)) refuse_malformed();
  const auto bytes = from_base32(text.substr(prefix.size()));
  if (!bytes || bytes->size() <= crypto::signature_bytes + key_id_bytes) refuse_malformed();
  const std::string_view all(*bytes);
  const std::string_view body = all.substr(0, all.size() - crypto::signature_bytes);
  if (body.substr(0, key_id_bytes) != short_digest(crypto::sha256(public_key))) {
    throw Error(Code::invalid, "ticket_key_other", "ticket");
  }
  if (!crypto::is_signed(public_key, signed_part(body), all.substr(body.size()))) {
    throw Error(Code::invalid, "ticket_signature_invalid", "ticket");
  }
  return read_body(body);
}

}  // namespace frontdesk::bookings

// Clang 14 gives it the right symbol only inside of the version namespace.
namespace frontdesk::inline v1::bookings {

VerifiedTicket verify_ticket(std::string_view public_key, std::string_view text) {
  crypto::start();
  const auto key = crypto::from_base64url(public_key);
  if (!key || key->size() != crypto::public_key_bytes) {
    throw Error(Code::invalid, "ticket_key_malformed", "public_key");
  }
  return read_ticket(*key, text);
}

}  // namespace frontdesk::inline v1::bookings

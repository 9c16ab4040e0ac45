/// References of bookings: the id, enciphered. A permutation of 40 bits by the file's key (a
/// Feistel network of four rounds) needs neither a column nor an index, gives no number twice, and
/// tells nobody the next one (SPEC B16).
#include "bookings/bookings.hpp"

#include <array>

namespace frontdesk::bookings {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // no I, L, O, U
constexpr std::size_t letters = 8;
constexpr int half_bits = 20;
constexpr std::uint64_t half_mask = (1u << half_bits) - 1;
constexpr int rounds = 4;

std::uint64_t scramble(std::string_view key, int round, std::uint64_t half) {
  std::array<char, 4> input{};
  input[0] = static_cast<char>(round);
  for (std::size_t i = 1; i < input.size(); ++i) {
    input[i] = static_cast<char>(half >> (8 * (i - 1)) & 0xFF);
  }
  const crypto::Digest digest = crypto::digest(key, {{input.data(), input.size()}});
  return (digest[0] | static_cast<std::uint64_t>(digest[1]) << 8 |
          static_cast<std::uint64_t>(digest[2]) << 16) &
         half_mask;
}

std::string key_of(Transaction& transaction) { return transaction.key("bookings.reference"); }

std::optional<std::uint64_t> value_of(char letter) {
  if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  if (letter == 'O') letter = '0';
  if (letter == 'I' || letter == 'L') letter = '1';
  const std::size_t found = alphabet.find(letter);
  if (found == std::string_view::npos) return std::nullopt;
  return found;
}

}  // namespace

std::string reference_of(Transaction& transaction, BookingId id) {
  const std::string key = key_of(transaction);
  const auto number = static_cast<std::uint64_t>(id.value);
  std::uint64_t left = number >> half_bits & half_mask;
  std::uint64_t right = number & half_mask;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t next = left ^ scramble(key, round, right);
    left = right;
    right = next;
  }
  std::uint64_t code = left << half_bits | right;
  std::string text(letters, '0');
  for (std::size_t i = letters; i-- > 0; code >>= 5) text[i] = alphabet[code & 31];
  return text;
}

BookingId booking_of_reference(Transaction& transaction, std::string_view reference) {
  std::uint64_t code = 0;
  std::size_t read = 0;
  for (char letter : reference) {
    if (letter == '-' || letter == ' ') continue;
    const auto value = value_of(letter);
    if (!value || ++read > letters) return {};
    code = code << 5 | *value;
  }
  if (read != letters) return {};
  const std::string key = key_of(transaction);
  std::uint64_t left = code >> half_bits & half_mask;
  std::uint64_t right = code & half_mask;
  for (int round = rounds; round-- > 0;) {
    const std::uint64_t before = right ^ scramble(key, round, left);
    right = left;
    left = before;
  }
  return BookingId{static_cast<std::int64_t>(left << half_bits | right)};
}

}  // namespace frontdesk::bookings

#include "money/references.hpp"

namespace frontdesk::money {
namespace {

// Without I, L, O and U, which are read as others (Crockford's Base32).
constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int half_bits = 20;
constexpr std::uint64_t half_mask = (1u << half_bits) - 1;
constexpr int rounds = 4;

/// One round of a Feistel network: 20 bits that depend on key, round and the other half.
std::uint64_t mixed(std::string_view key, int round, std::uint64_t half) {
  const std::string input = std::to_string(round) + ":" + std::to_string(half);
  const crypto::Digest digest = crypto::digest(key, {input});
  const std::uint64_t bits =
      digest[0] | std::uint64_t{digest[1]} << 8u | std::uint64_t{digest[2]} << 16u;
  return bits & half_mask;
}

std::uint64_t scrambled(std::string_view key, std::uint64_t number) {
  std::uint64_t left = number >> half_bits & half_mask;
  std::uint64_t right = number & half_mask;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t next = left ^ mixed(key, round, right);
    left = right;
    right = next;
  }
  return left << half_bits | right;
}

std::uint64_t unscrambled(std::string_view key, std::uint64_t number) {
  std::uint64_t left = number >> half_bits & half_mask;
  std::uint64_t right = number & half_mask;
  for (int round = rounds - 1; round >= 0; --round) {
    const std::uint64_t before = right ^ mixed(key, round, left);
    right = left;
    left = before;
  }
  return left << half_bits | right;
}

std::string key_of(storage::Transaction& transaction) {
  return transaction.key("money.order_reference");
}

char upper(char letter) {
  if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  if (letter == 'O') return '0';
  return letter == 'I' || letter == 'L' ? '1' : letter;
}

}  // namespace

std::string reference_of(storage::Transaction& transaction, OrderId order) {
  std::uint64_t bits = scrambled(key_of(transaction), static_cast<std::uint64_t>(order.value));
  std::string text = "0000-0000";
  for (std::size_t i = text.size(); i-- > 0;) {
    if (text[i] == '-') continue;
    text[i] = letters[bits & 31u];
    bits >>= 5u;
  }
  return text;
}

std::optional<OrderId> order_of_reference(storage::Transaction& transaction,
                                          std::string_view reference) {
  std::uint64_t bits = 0;
  int count = 0;
  for (char letter : reference) {
    if (letter == '-' || letter == ' ') continue;
    const std::size_t digit = letters.find(upper(letter));
    if (digit == std::string_view::npos || ++count > 8) return std::nullopt;
    bits = bits << 5u | digit;
  }
  if (count != 8) return std::nullopt;
  return OrderId{static_cast<std::int64_t>(unscrambled(key_of(transaction), bits))};
}

}  // namespace frontdesk::money

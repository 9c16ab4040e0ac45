/// A permutation of 40 bits: a Feistel network of four rounds, whose function is SipHash-2-4. Luby
/// and Rackoff (1988): four rounds of a pseudorandom function look random in both directions.
#include "base/reference_code.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace frontdesk::reference_code {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t letters = 8;
constexpr int bits_of_letter = 5;
constexpr int half_bits = 20;
constexpr std::uint64_t half_mask = (1u << half_bits) - 1;
constexpr int rounds = 4;

std::uint64_t mixed(std::string_view key, int round, std::uint64_t half) {
  std::array<unsigned char, 4> input{static_cast<unsigned char>(round)};
  for (std::size_t i = 1; i < input.size(); ++i) {
    input[i] = static_cast<unsigned char>(half >> (8 * (i - 1)));
  }
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), input.data(), input.size(),
                   reinterpret_cast<const unsigned char*>(key.data()));
  const std::uint64_t bits = hash[0] | std::uint64_t{hash[1]} << 8u | std::uint64_t{hash[2]} << 16u;
  return bits & half_mask;
}

void check_key(std::string_view key) {
  if (key.size() < crypto_shorthash_KEYBYTES) throw std::invalid_argument("the key is too short");
}

char plain(char letter) {
  if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  if (letter == 'O') return '0';
  return letter == 'I' || letter == 'L' ? '1' : letter;
}

}  // namespace

std::string of(std::string_view key, std::uint64_t number) {
  check_key(key);
  std::uint64_t left = number >> half_bits & half_mask;
  std::uint64_t right = number & half_mask;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t next = left ^ mixed(key, round, right);
    left = right;
    right = next;
  }
  std::uint64_t bits = left << half_bits | right;
  std::string code(letters, '0');
  for (std::size_t i = letters; i-- > 0; bits >>= bits_of_letter) code[i] = alphabet[bits & 31u];
  return code;
}

std::optional<std::uint64_t> number(std::string_view key, std::string_view code) {
  check_key(key);
  std::uint64_t bits = 0;
  std::size_t count = 0;
  for (char letter : code) {
    if (letter == '-' || letter == ' ') continue;
    const std::size_t digit = alphabet.find(plain(letter));
    if (digit == std::string_view::npos || ++count > letters) return std::nullopt;
    bits = bits << bits_of_letter | digit;
  }
  if (count != letters) return std::nullopt;
  std::uint64_t left = bits >> half_bits & half_mask;
  std::uint64_t right = bits & half_mask;
  for (int round = rounds; round-- > 0;) {
    const std::uint64_t before = right ^ mixed(key, round, left);
    right = left;
    left = before;
  }
  return left << half_bits | right;
}

}  // namespace frontdesk::reference_code

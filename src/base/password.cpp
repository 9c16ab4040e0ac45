#include "base/crypto.hpp"
#include "base/text.hpp"

#include <frontdesk/error.hpp>

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <span>
#include <vector>

namespace frontdesk::crypto {
namespace {

#include "base/common_passwords.inc"

static_assert(std::is_sorted(std::begin(common_passwords), std::end(common_passwords)));
static_assert(std::is_sorted(std::begin(common_stems), std::end(common_stems)));

constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t hash_bytes = 32;
constexpr std::string_view algorithm = "argon2id";

struct StoredPassword {
  PasswordCost cost{};
  std::string salt{};
  std::string hash{};
};

/// Beyond these bounds a damaged row would keep a processor busy for hours.
bool cost_valid(const PasswordCost& cost) {
  constexpr std::uint64_t passes_max = 1000;
  constexpr std::uint64_t memory_bytes_max = std::uint64_t{4} << 30;
  return cost.passes >= crypto_pwhash_argon2id_OPSLIMIT_MIN && cost.passes <= passes_max &&
         cost.memory_bytes >= crypto_pwhash_argon2id_MEMLIMIT_MIN &&
         cost.memory_bytes <= memory_bytes_max;
}

std::string argon2id(std::string_view password, std::string_view salt, const PasswordCost& cost) {
  std::string hash(hash_bytes, '\0');
  const int result = crypto_pwhash_argon2id(
      reinterpret_cast<unsigned char*>(hash.data()), hash.size(), password.data(), password.size(),
      reinterpret_cast<const unsigned char*>(salt.data()), cost.passes,
      static_cast<std::size_t>(cost.memory_bytes), crypto_pwhash_argon2id_ALG_ARGON2ID13);
  // All arguments were checked, so only the memory can have been lacking.
  if (result != 0) throw Error(Code::no_memory, "no_memory");
  return hash;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<StoredPassword> parse_stored(std::string_view stored) {
  const std::vector<std::string_view> parts = split(stored, '$');
  if (parts.size() != 5 || parts[0] != algorithm) return std::nullopt;
  const auto passes = parse_number(parts[1]);
  const auto memory_bytes = parse_number(parts[2]);
  auto salt = from_base64url(parts[3]);
  auto hash = from_base64url(parts[4]);
  if (!passes || !memory_bytes || !salt || !hash) return std::nullopt;
  if (salt->size() != salt_bytes || hash->size() != hash_bytes) return std::nullopt;
  StoredPassword result{{*passes, *memory_bytes}, std::move(*salt), std::move(*hash)};
  if (!cost_valid(result.cost)) return std::nullopt;
  return result;
}

bool contains(std::span<const std::string_view> sorted, std::string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

/// `1111111111`, `abababab`, `123123123`.
bool repeats_itself(std::string_view text) {
  for (std::size_t unit = 1; unit <= 3 && 2 * unit < text.size(); ++unit) {
    if (text.substr(unit) == text.substr(0, text.size() - unit)) return true;
  }
  return false;
}

/// `abcdefghij`, `9876543210`, `1234567890`.
bool counts_up_or_down(std::string_view text) {
  const auto runs = [&](int step) {
    for (std::size_t i = 1; i < text.size(); ++i) {
      const bool wraps = (text[i - 1] == '9' && text[i] == '0' && step == 1) ||
                         (text[i - 1] == '0' && text[i] == '9' && step == -1);
      if (text[i] - text[i - 1] != step && !wraps) return false;
    }
    return true;
  };
  return text.size() > 1 && (runs(1) || runs(-1));
}

}  // namespace

std::string hash_password(std::string_view password, std::string_view salt16,
                          const PasswordCost& cost) {
  if (salt16.size() != salt_bytes) throw Error(Code::internal, "password_salt");
  if (!cost_valid(cost)) throw Error(Code::invalid, "password_cost");
  const std::string hash = argon2id(password, salt16, cost);
  return std::string(algorithm) + '$' + std::to_string(cost.passes) + '$' +
         std::to_string(cost.memory_bytes) + '$' + base64url(salt16) + '$' + base64url(hash);
}

bool password_matches(std::string_view password, std::string_view stored) {
  const std::optional<StoredPassword> known = parse_stored(stored);
  return known && equal(argon2id(password, known->salt, known->cost), known->hash);
}

bool needs_rehash(std::string_view stored, const PasswordCost& cost) {
  const std::optional<StoredPassword> known = parse_stored(stored);
  return !known || known->cost.passes != cost.passes ||
         known->cost.memory_bytes != cost.memory_bytes;
}

bool common_password(std::string_view password) {
  const std::string folded = text::fold(password);
  if (contains(common_passwords, folded)) return true;
  if (repeats_itself(folded) || counts_up_or_down(folded)) return true;
  // People lengthen a word with a year, a count or an exclamation mark; or they type it twice.
  for (std::string_view stem = folded; !stem.empty(); stem.remove_suffix(1)) {
    const std::string_view half = stem.substr(0, stem.size() / 2);
    if (contains(common_stems, stem)) return true;
    if (stem.substr(half.size()) == half && contains(common_stems, half)) return true;
    const bool added = (stem.back() >= '0' && stem.back() <= '9') || stem.back() == '!';
    if (!added) break;
  }
  return false;
}

}  // namespace frontdesk::crypto

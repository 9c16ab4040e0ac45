#include "base/crypto.hpp"

#include <frontdesk/error.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <algorithm>
#include <limits>

namespace frontdesk::crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

[[noreturn]] void fail() { throw Error(Code::internal, "crypto_failed"); }

std::string encoded(std::string_view bytes, int variant) {
  std::string result(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(result.data(), result.size(), bytes_of(bytes), bytes.size(), variant);
  result.pop_back();  // the zero byte that libsodium writes at the end
  return result;
}

std::optional<std::string> decoded(std::string_view text, int variant) {
  std::string result(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes_of(result), result.size(), text.data(), text.size(), nullptr, &size,
                        &end, variant) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  result.resize(size);
  // libsodium takes some bytes beyond ASCII for digits; a text is read in one way or not at all.
  if (encoded(result, variant) != text) return std::nullopt;
  return result;
}

void fill(const Random& random, std::string& target) {
  random(std::as_writable_bytes(std::span(target)));
}

void check_box_key(std::string_view key) {
  if (key.size() != crypto_secretbox_KEYBYTES) throw Error(Code::invalid, "key_length");
}

}  // namespace

Random system_random() {
  start();
  return [](std::span<std::byte> target) { randombytes_buf(target.data(), target.size()); };
}

void start() {
  static const bool started = sodium_init() >= 0;
  if (!started) throw Error(Code::internal, "crypto_start");
}

Digest digest(std::string_view key, std::initializer_list<std::string_view> parts) {
  Digest shortened{};
  if (key.size() > crypto_generichash_KEYBYTES_MAX) {
    shortened = digest({}, {key});
    key = view(shortened);
  }
  crypto_generichash_state state;
  Digest result{};
  bool good = crypto_generichash_init(&state, key.empty() ? nullptr : bytes_of(key), key.size(),
                                      result.size()) == 0;
  for (const std::string_view part : parts) {
    std::array<unsigned char, 8> size{};
    for (std::size_t i = 0; i < size.size(); ++i) {
      size[i] = static_cast<unsigned char>(std::uint64_t{part.size()} >> (8 * i));
    }
    good = good && crypto_generichash_update(&state, size.data(), size.size()) == 0 &&
           crypto_generichash_update(&state, bytes_of(part), part.size()) == 0;
  }
  if (!good || crypto_generichash_final(&state, result.data(), result.size()) != 0) fail();
  return result;
}

std::string_view view(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest sha256(std::string_view bytes) {
  Digest result{};
  crypto_hash_sha256(result.data(), bytes_of(bytes), bytes.size());
  return result;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  crypto_auth_hmacsha256_state state;
  Digest result{};
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, result.data());
  return result;
}

std::array<unsigned char, 20> hmac_sha1(std::string_view key, std::string_view bytes) {
  if (key.size() > std::size_t{std::numeric_limits<int>::max()}) {
    throw Error(Code::invalid, "key_length");
  }
  std::array<unsigned char, 20> result{};
  unsigned int size = 0;
  const void* key_start = key.empty() ? "" : key.data();
  if (HMAC(EVP_sha1(), key_start, static_cast<int>(key.size()), bytes_of(bytes), bytes.size(),
           result.data(), &size) == nullptr ||
      size != result.size()) {
    fail();
  }
  return result;
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(const Random& random, std::size_t bytes) {
  std::string result(bytes, '\0');
  fill(random, result);
  return result;
}

std::string random_token(const Random& random) {
  std::string secret = random_bytes(random, 32);
  std::string token = base64url(secret);
  wipe(secret);
  return token;
}

std::string random_digits(const Random& random, int digits) {
  std::string result;
  while (result.size() < static_cast<std::size_t>(std::max(digits, 0))) {
    std::array<std::byte, 1> drawn{};
    random(drawn);
    const auto number = std::to_integer<unsigned>(drawn[0]);
    // 250 to 255 would make the digits 0 to 5 likelier than the others.
    if (number < 250) result.push_back(static_cast<char>('0' + number % 10));
  }
  return result;
}

std::string base64url(std::string_view bytes) {
  return encoded(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<std::string> from_base64url(std::string_view text) {
  return decoded(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string base64(std::string_view bytes) {
  return encoded(bytes, sodium_base64_VARIANT_ORIGINAL);
}

std::optional<std::string> from_base64(std::string_view text) {
  return decoded(text, sodium_base64_VARIANT_ORIGINAL);
}

std::string base32(std::string_view bytes) {
  // RFC 4648 §6 without padding, as authenticator apps take it.
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string result;
  result.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) {
      result.push_back(alphabet[(buffer >> (bits - 5)) & 31]);
    }
  }
  if (bits > 0) result.push_back(alphabet[(buffer << (5 - bits)) & 31]);
  return result;
}

std::string hex(std::string_view bytes) {
  std::string result(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(result.data(), result.size(), bytes_of(bytes), bytes.size());
  result.pop_back();  // the zero byte that libsodium writes at the end
  return result;
}

std::string seal(std::string_view key, std::string_view plain, const Random& random) {
  check_box_key(key);
  std::string nonce = random_bytes(random, crypto_secretbox_NONCEBYTES);
  std::string box(crypto_secretbox_MACBYTES + plain.size(), '\0');
  if (crypto_secretbox_easy(bytes_of(box), bytes_of(plain), plain.size(),
                            bytes_of(std::string_view(nonce)), bytes_of(key)) != 0) {
    fail();
  }
  return nonce + box;
}

std::optional<std::string> open(std::string_view key, std::string_view sealed) {
  check_box_key(key);
  constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < overhead) return std::nullopt;
  const std::string_view nonce = sealed.substr(0, crypto_secretbox_NONCEBYTES);
  const std::string_view box = sealed.substr(crypto_secretbox_NONCEBYTES);
  std::string plain(sealed.size() - overhead, '\0');
  if (crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box), box.size(), bytes_of(nonce),
                                 bytes_of(key)) != 0) {
    return std::nullopt;
  }
  return plain;
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

std::string totp(std::string_view seed, std::int64_t step) {
  std::string counter(8, '\0');
  for (int i = 0; i < 8; ++i) {
    counter[static_cast<std::size_t>(i)] =
        static_cast<char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  }
  const auto mac = hmac_sha1(seed, counter);
  // RFC 4226 §5.3: the low nibble of the last byte says which four bytes to take.
  const std::size_t at = mac[19] & 0x0F;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | mac[at + i];
  number = (number & 0x7FFFFFFF) % 1'000'000;
  std::string digits(6, '0');
  for (std::size_t i = 6; i-- > 0; number /= 10) digits[i] = static_cast<char>('0' + number % 10);
  return digits;
}

}  // namespace frontdesk::crypto

/// Cryptography by libsodium (HMAC-SHA-1 by libcrypto). Secrets are compared in constant time.
/// Functions are thread-safe; randomness always comes in from the engine.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace frontdesk::crypto {

/// Fills the span with random bytes; the engine's, so that a run can be repeated (SPEC E9).
using Random = std::function<void(std::span<std::byte>)>;
/// The operating system's randomness, through libsodium.
Random system_random();

using Digest = std::array<unsigned char, 32>;

/// Must be called before anything else here; cheap to call again. Throws Error{internal} if
/// libsodium cannot start.
void start();

/// BLAKE2b-256 of the parts one after the other, each preceded by its length, so that no two lists
/// collide. Key may be empty.
Digest digest(std::string_view key, std::initializer_list<std::string_view> parts);
std::string_view view(const Digest& digest);
/// SHA-256, for facts that other programs must be able to recompute.
Digest sha256(std::string_view bytes);
/// HMAC-SHA-256 (JWT HS256).
Digest hmac_sha256(std::string_view key, std::string_view bytes);
/// HMAC-SHA-1 (RFC 6238).
std::array<unsigned char, 20> hmac_sha1(std::string_view key, std::string_view bytes);
bool equal(std::string_view a, std::string_view b);

/// `bytes` random bytes as a string.
std::string random_bytes(const Random& random, std::size_t bytes);
/// 256 random bits in URL-safe Base64 without padding (43 characters).
std::string random_token(const Random& random);
/// A number of `digits` decimal digits, leading zeros kept, without bias.
std::string random_digits(const Random& random, int digits);

std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string base32(std::string_view bytes);
std::string hex(std::string_view bytes);

/// Authenticated encryption (XSalsa20-Poly1305): nonce and box together. `key` is 32 bytes.
std::string seal(std::string_view key, std::string_view plain, const Random& random);
/// None if the box was changed or the key is another.
std::optional<std::string> open(std::string_view key, std::string_view sealed);
/// Overwrites a secret in memory.
void wipe(std::string& secret);

/// Cost of a password hash; the default is libsodium's interactive one (SPEC A2).
struct PasswordCost {
  std::uint64_t passes = 2;
  std::uint64_t memory_bytes = 64 * 1024 * 1024;
};
/// Argon2id with its salt and cost written in front (`argon2id$passes$bytes$salt$hash`). Takes tens
/// of milliseconds: never under a lock. Throws Error{no_memory} if the memory cannot be had.
std::string hash_password(std::string_view password, std::string_view salt16,
                          const PasswordCost& cost);
/// True if `password` gives `stored`. Takes as long as hashing does.
bool password_matches(std::string_view password, std::string_view stored);
/// True if `stored` was made with another cost than `cost`.
bool needs_rehash(std::string_view stored, const PasswordCost& cost);
/// True for one of the passwords everybody tries first (SPEC A2). Case does not matter.
bool common_password(std::string_view password);

/// Time-based one-time password (RFC 6238: SHA-1, 30 s, 6 digits) at the given step (Unix seconds /
/// 30).
std::string totp(std::string_view seed, std::int64_t step);

}  // namespace frontdesk::crypto

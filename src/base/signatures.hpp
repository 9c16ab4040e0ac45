/// Ed25519 signatures by libsodium, for what must be proven without the file: tickets. They are
/// deterministic. Functions are pure and thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace frontdesk::crypto {

inline constexpr std::size_t public_key_bytes = 32;
inline constexpr std::size_t signature_bytes = 64;

struct KeyPair {
  std::string public_key{};
  std::string secret_key{};
};
/// The pair that a secret of 32 bytes gives. Throws Error{invalid, key_length} for another length.
KeyPair key_pair(std::string_view seed);
std::string sign(const KeyPair& pair, std::string_view message);
/// False also for a key or signature of another length.
bool is_signed(std::string_view public_key, std::string_view message, std::string_view signature);

}  // namespace frontdesk::crypto

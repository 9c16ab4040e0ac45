#include "base/signatures.hpp"

#include <frontdesk/error.hpp>

#include <sodium.h>

namespace frontdesk::crypto {
namespace {

static_assert(public_key_bytes == crypto_sign_PUBLICKEYBYTES);
static_assert(signature_bytes == crypto_sign_BYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

KeyPair key_pair(std::string_view seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) throw Error(Code::invalid, "key_length");
  KeyPair pair{.public_key = std::string(public_key_bytes, '\0'),
               .secret_key = std::string(crypto_sign_SECRETKEYBYTES, '\0')};
  crypto_sign_seed_keypair(bytes_of(pair.public_key), bytes_of(pair.secret_key), bytes_of(seed));
  return pair;
}

std::string sign(const KeyPair& pair, std::string_view message) {
  std::string signature(signature_bytes, '\0');
  crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(message), message.size(),
                       bytes_of(std::string_view(pair.secret_key)));
  return signature;
}

bool is_signed(std::string_view public_key, std::string_view message, std::string_view signature) {
  return public_key.size() == public_key_bytes && signature.size() == signature_bytes &&
         crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(),
                                     bytes_of(public_key)) == 0;
}

}  // namespace frontdesk::crypto

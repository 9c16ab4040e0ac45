#include <catch2/catch.hpp>

#include "base/crypto.hpp"
#include "base/signatures.hpp"

#include <frontdesk/error.hpp>

using namespace frontdesk;

namespace {

std::string bytes(std::string_view hex) {
  std::string result;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    result.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return result;
}

}  // namespace

TEST_CASE("Ed25519 signs as RFC 8032 says", "[B10]") {
  crypto::start();
  // RFC 8032 §7.1, test 2.
  const crypto::KeyPair pair =
      crypto::key_pair(bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  CHECK(crypto::hex(pair.public_key) ==
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const std::string signature = crypto::sign(pair, bytes("72"));
  CHECK(crypto::hex(signature) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(crypto::is_signed(pair.public_key, bytes("72"), signature));
  CHECK_FALSE(crypto::is_signed(pair.public_key, bytes("73"), signature));
}

TEST_CASE("keys and signatures of another length are refused", "[B10]") {
  const crypto::KeyPair pair = crypto::key_pair(std::string(32, 'k'));
  const std::string signature = crypto::sign(pair, "message");
  CHECK_FALSE(crypto::is_signed(pair.public_key.substr(1), "message", signature));
  CHECK_FALSE(crypto::is_signed(pair.public_key, "message", signature + "x"));
  CHECK_FALSE(crypto::is_signed(pair.public_key, "message", ""));
  CHECK_THROWS_AS(crypto::key_pair("short"), Error);
}

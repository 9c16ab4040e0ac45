#include "base/crypto.hpp"

#include "base/text.hpp"

#include <frontdesk/error.hpp>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace frontdesk;

namespace {

#include "base/common_passwords.inc"

/// Bytes 0, 1, 2 … so that a test knows what was drawn.
crypto::Random counting() {
  return [next = 0](std::span<std::byte> target) mutable {
    for (std::byte& byte : target) byte = static_cast<std::byte>(next++ & 0xFF);
  };
}

std::string hex(const crypto::Digest& digest) { return crypto::hex(crypto::view(digest)); }

constexpr crypto::PasswordCost cheap{1, 8192};
const std::string salt = "0123456789abcdef";

struct Started {
  Started() { crypto::start(); }
};
const Started started;

}  // namespace

TEST_CASE("SHA-256 and HMAC give the published values", "[base][crypto][A6][E8]") {
  CHECK(hex(crypto::sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(crypto::hmac_sha256("Jefe", "what do ya want for nothing?")) ==  // RFC 4231, case 2
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const auto mac = crypto::hmac_sha1("Jefe", "what do ya want for nothing?");  // RFC 2202, case 2
  CHECK(crypto::hex({reinterpret_cast<const char*>(mac.data()), mac.size()}) ==
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  const auto empty = crypto::hmac_sha1({}, {});
  CHECK(crypto::hex({reinterpret_cast<const char*>(empty.data()), empty.size()}) ==
        "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
}

TEST_CASE("digests tell lists and keys apart", "[base][crypto][E8]") {
  std::set<std::string> seen;
  seen.insert(hex(crypto::digest("", {})));
  seen.insert(hex(crypto::digest("", {""})));
  seen.insert(hex(crypto::digest("", {"ab", "c"})));
  seen.insert(hex(crypto::digest("", {"a", "bc"})));
  seen.insert(hex(crypto::digest("", {"abc"})));
  seen.insert(hex(crypto::digest("key", {"abc"})));
  seen.insert(hex(crypto::digest(std::string(64, 'k'), {"abc"})));
  seen.insert(hex(crypto::digest(std::string(65, 'k'), {"abc"})));
  seen.insert(hex(crypto::digest(std::string(66, 'k'), {"abc"})));
  CHECK(seen.size() == 9);
  CHECK(crypto::digest("key", {"a", "b"}) == crypto::digest("key", {"a", "b"}));
}

TEST_CASE("equal compares whole strings", "[base][crypto]") {
  CHECK(crypto::equal("", ""));
  CHECK(crypto::equal("abc", "abc"));
  CHECK_FALSE(crypto::equal("abc", "abd"));
  CHECK_FALSE(crypto::equal("abc", "ab"));
}

TEST_CASE("randomness comes from the given source alone", "[base][crypto][E9]") {
  CHECK(crypto::random_bytes(counting(), 3) == std::string("\0\1\2", 3));
  CHECK(crypto::random_token(counting()) == crypto::random_token(counting()));
  CHECK(crypto::random_digits(counting(), 6) == "012345");
  CHECK(crypto::seal(std::string(32, 'k'), "x", counting()) ==
        crypto::seal(std::string(32, 'k'), "x", counting()));
}

TEST_CASE("tokens are 256 bits", "[base][crypto][A6]") {
  const crypto::Random random = crypto::system_random();
  const std::string token = crypto::random_token(random);
  CHECK(token.size() == 43);
  CHECK(crypto::from_base64url(token)->size() == 32);
  CHECK(token != crypto::random_token(random));
}

TEST_CASE("digits are drawn without bias", "[base][crypto][A5]") {
  // Every byte value once: 250 of them count, and each digit comes 25 times.
  const std::string digits = crypto::random_digits(counting(), 250);
  std::map<char, int> counts;
  for (const char c : digits) ++counts[c];
  CHECK(counts.size() == 10);
  CHECK(std::all_of(counts.begin(), counts.end(), [](const auto& c) { return c.second == 25; }));
  // The values 250 to 255 are passed over.
  CHECK(crypto::random_digits(counting(), 251).back() == '0');
  CHECK(crypto::random_digits(counting(), 0).empty());
}

TEST_CASE("Base64, Base32 and hex give the published values", "[base][crypto]") {
  CHECK(crypto::base64("foob") == "Zm9vYg==");
  CHECK(crypto::base64url("\xFB\xFF") == "-_8");
  CHECK(crypto::base32("") == "");
  CHECK(crypto::base32("f") == "MY");
  CHECK(crypto::base32("fo") == "MZXQ");
  CHECK(crypto::base32("foo") == "MZXW6");
  CHECK(crypto::base32("foob") == "MZXW6YQ");
  CHECK(crypto::base32("foobar") == "MZXW6YTBOI");
  CHECK(crypto::hex("\x01\xAB") == "01ab");
  CHECK(crypto::hex("").empty());
}

TEST_CASE("Base64 comes back as it went", "[base][crypto]") {
  CHECK(rc::check([](const std::string& bytes) {
    RC_ASSERT(crypto::from_base64(crypto::base64(bytes)) == bytes);
    RC_ASSERT(crypto::from_base64url(crypto::base64url(bytes)) == bytes);
  }));
}

TEST_CASE("what is no Base64 is refused", "[base][crypto][E16]") {
  for (const std::string_view wrong :
       {"Zg", "Zg=", "Zg===", "Z", "Zm9v\n", "Zh==", "Z g=", "-_8=", "Zm9vZg==Zg==", "\xFF"}) {
    CAPTURE(wrong);
    CHECK_FALSE(crypto::from_base64(wrong));
  }
  for (const std::string_view wrong : {"Zg==", "Z", "Zh", "+/8", "Zm 9v"}) {
    CAPTURE(wrong);
    CHECK_FALSE(crypto::from_base64url(wrong));
  }
  // Whatever is read is the only way to write those bytes.
  CHECK(rc::check([] {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ABZabz019+/=-_ ")));
    if (const auto bytes = crypto::from_base64(text)) RC_ASSERT(crypto::base64(*bytes) == text);
  }));
}

TEST_CASE("a sealed box opens only whole and with its key", "[base][crypto][A5]") {
  const std::string key(32, 'k');
  const std::string box = crypto::seal(key, "seed", crypto::system_random());
  CHECK(crypto::open(key, box) == "seed");
  CHECK(box.find("seed") == std::string::npos);
  CHECK_FALSE(crypto::open(std::string(32, 'j'), box));
  for (std::size_t i = 0; i < box.size(); ++i) {
    std::string changed = box;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(crypto::open(key, changed));
    CHECK_FALSE(crypto::open(key, box.substr(0, i)));
  }
  CHECK(crypto::open(key, crypto::seal(key, "", counting())) == "");
  CHECK_THROWS_AS(crypto::seal("short", "x", counting()), Error);
  CHECK_THROWS_AS(crypto::open("short", box), Error);
}

TEST_CASE("wiping leaves nothing", "[base][crypto]") {
  std::string secret(100, 's');
  const char* memory = secret.data();
  crypto::wipe(secret);
  CHECK(secret.empty());
  CHECK(memory[0] == '\0');
}

TEST_CASE("passwords are kept as salted Argon2id", "[base][crypto][A2]") {
  const std::string stored = crypto::hash_password("Їжачок у тумані", salt, cheap);
  CHECK(stored.starts_with("argon2id$1$8192$"));
  CHECK(crypto::password_matches("Їжачок у тумані", stored));
  CHECK_FALSE(crypto::password_matches("Їжачок у туманi", stored));
  CHECK_FALSE(crypto::password_matches("", stored));
  CHECK(stored != crypto::hash_password("Їжачок у тумані", "fedcba9876543210", cheap));
  CHECK_FALSE(crypto::needs_rehash(stored, cheap));
  CHECK(crypto::needs_rehash(stored, {2, 8192}));
  CHECK(crypto::needs_rehash(stored, {1, 16384}));
}

TEST_CASE("a damaged password record matches nothing", "[base][crypto][A2]") {
  const std::string stored = crypto::hash_password("correct horse", salt, cheap);
  CHECK_FALSE(crypto::password_matches("", ""));
  for (std::size_t i = 0; i < stored.size(); ++i) {
    CHECK_FALSE(crypto::password_matches("correct horse", stored.substr(0, i)));
  }
  constexpr std::string_view beyond_all_time =
      "argon2id$99999999999$8192$MDEyMzQ1Njc4OWFiY2RlZg$"
      "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";
  for (const std::string_view wrong :
       {std::string_view("argon2id$0$8192$MDEyMzQ1Njc4OWFiY2RlZg$"),
        std::string_view("argon2id$1$-1$x$x"), std::string_view("$$$$"),
        std::string_view("argon2id$$$$"), beyond_all_time}) {
    CAPTURE(wrong);
    CHECK_FALSE(crypto::password_matches("correct horse", wrong));
    CHECK(crypto::needs_rehash(wrong, cheap));
  }
  CHECK_FALSE(crypto::password_matches("correct horse", stored + "A"));
  CHECK_THROWS_AS(crypto::hash_password("x", "short", cheap), Error);
  CHECK_THROWS_AS(crypto::hash_password("x", salt, {0, 8192}), Error);
  CHECK_THROWS_AS(crypto::hash_password("x", salt, {1, 1}), Error);
}

TEST_CASE("passwords everybody tries are known", "[base][crypto][A2]") {
  for (const std::string_view common :
       {"password123", "PASSWORD2026", "Qwertyuiop", "1q2w3e4r5t", "1111111111", "1234567890",
        "0123456789", "9876543210", "abcdefghij", "abcabcabcabc", "qwertyqwerty", "iloveyou1234",
        "Parol12345", "Пароль123456", "ПРИВЕТ2026!", "йцукенгшщз", "correcthorsebatterystaple",
        "dragondragon", "slavaukraini"}) {
    CAPTURE(common);
    CHECK(crypto::common_password(common));
  }
  for (const std::string_view uncommon : {"green-otter-wades-north", "Їжачок у тумані",
                                          "8273946150", "tR7#kp0wQz", "", "зимова-ніч-98"}) {
    CAPTURE(uncommon);
    CHECK_FALSE(crypto::common_password(uncommon));
  }
}

TEST_CASE("the lists are in the form they are searched in", "[base][crypto][A2]") {
  for (const std::string_view word : common_passwords) {
    CAPTURE(word);
    CHECK(text::fold(word) == word);
    CHECK(text::length(word) >= 10);
    CHECK(crypto::common_password(word));
  }
  for (const std::string_view word : common_stems) {
    CAPTURE(word);
    CHECK(text::fold(word) == word);
    CHECK(crypto::common_password(std::string(word) + "2026"));
  }
}

TEST_CASE("one-time passwords follow RFC 6238", "[base][crypto][A5]") {
  // Appendix B, SHA-1, the last six of its eight digits.
  const std::string seed = "12345678901234567890";
  const std::pair<std::int64_t, std::string> vectors[] = {
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [time, expected] : vectors) CHECK(crypto::totp(seed, time / 30) == expected);
  // RFC 4226, appendix D.
  const std::string counted[] = {"755224", "287082", "359152", "969429", "338314",
                                 "254676", "287922", "162583", "399871", "520489"};
  for (int i = 0; i < 10; ++i) CHECK(crypto::totp(seed, i) == counted[i]);
}

#include "base/reference_code.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace frontdesk;

namespace {

const std::string key = "0123456789abcdef0123456789abcdef";

}  // namespace

TEST_CASE("a reference is eight letters that nobody mistakes, and leads back to its number") {
  std::set<std::string> seen;
  for (std::uint64_t number = 1; number <= 20'000; ++number) {
    const std::string code = reference_code::of(key, number);
    REQUIRE(code.size() == 8);
    REQUIRE(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
    REQUIRE(reference_code::number(key, code) == number);
    REQUIRE(seen.insert(code).second);
  }
  for (std::uint64_t number : {0ull, 1ull << 20, (1ull << 40) - 1}) {
    CHECK(reference_code::number(key, reference_code::of(key, number)) == number);
  }
}

TEST_CASE("a reference is read as people write it") {
  const std::string code = reference_code::of(key, 4711);
  std::string lower;
  for (char letter : code) lower += letter >= 'A' ? static_cast<char>(letter - 'A' + 'a') : letter;
  CHECK(reference_code::number(key, lower) == 4711);
  CHECK(reference_code::number(key, code.substr(0, 4) + "-" + code.substr(4)) == 4711);
  CHECK(reference_code::number(key, " " + code.substr(0, 2) + " " + code.substr(2)) == 4711);
  CHECK(reference_code::number(key, "O0IlL1-00") == reference_code::number(key, "00111100"));
}

TEST_CASE("what is no reference is none, and another key gives other references") {
  for (const char* text : {"", "1234567", "123456789", "1234567U", "1234 567!", "--------"}) {
    CHECK_FALSE(reference_code::number(key, text));
  }
  const std::string other = "another key of at least 16 bytes";
  int same = 0;
  for (std::uint64_t number = 1; number <= 1'000; ++number) {
    same += reference_code::of(key, number) == reference_code::of(other, number) ? 1 : 0;
  }
  CHECK(same == 0);
  CHECK_THROWS(reference_code::of("short", 1));
}

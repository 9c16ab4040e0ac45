#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

struct Embedded {
  std::string_view name;
  std::string_view text;
};
constexpr Embedded files[] = {
#include "awkward.inc"
};

TEST_CASE("an embedded file comes out byte for byte") {
  const char* source = std::getenv("FRONTDESK_SOURCE");
  REQUIRE(source != nullptr);
  std::ifstream in(std::string(source) + "/tests/packaging/embed/awkward.sql", std::ios::binary);
  const std::string original(std::istreambuf_iterator<char>(in), {});
  REQUIRE(original.size() > 100);
  CHECK(std::size(files) == 1);
  CHECK(files[0].name == "awkward");
  CHECK((files[0].text == original));
}

}  // namespace

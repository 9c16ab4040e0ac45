#include <frontdesk/types.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <type_traits>
#include <unordered_set>

using namespace frontdesk;

TEST_CASE("ids of different kinds do not mix", "[base][types]") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<ClientId, AccountId>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<std::int64_t, ClientId>);
  CHECK_FALSE(ClientId{});
  CHECK(ClientId{1} < ClientId{2});
  CHECK(std::unordered_set<ClientId>{ClientId{1}, ClientId{1}, ClientId{2}}.size() == 2);
}

TEST_CASE("a currency is three letters", "[base][types]") {
  CHECK(Currency("UAH").code() == "UAH");
  CHECK(Currency().code().empty());
  CHECK(Currency("UAH") == Currency("UAHX"));
  CHECK_FALSE(Currency("UAH") == Currency("KZT"));
  CHECK(Money{100, Currency("UAH")} == Money{100, Currency("UAH")});
  CHECK_FALSE(Money{100, Currency("UAH")} == Money{100, Currency("GBP")});
}

TEST_CASE("an update leaves, empties or sets", "[base][types][P1]") {
  std::optional<int> capacity = 12;
  Update<int>().apply(capacity);
  CHECK(capacity == 12);
  Update<int>(15).apply(capacity);
  CHECK(capacity == 15);
  Update<int>(std::nullopt).apply(capacity);
  CHECK_FALSE(capacity);

  std::string name = "Олена";
  Update<std::string>().apply(name);
  CHECK(name == "Олена");
  Update<std::string>(std::nullopt).apply(name);
  CHECK(name.empty());

  Update<int> update;
  CHECK_FALSE(update.is_set());
  update.emplace() = 5;
  CHECK(update.has_value());
  update.clear();
  CHECK((update.is_set() && !update.has_value()));
  update.unset();
  CHECK_FALSE(update.is_set());
}

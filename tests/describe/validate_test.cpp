#include "records.hpp"

namespace frontdesk::describe::testing {
namespace {

/// A field of each kind that has limits.
struct Limited {
  std::string text = "abc";
  std::int64_t number = 5;
  Bytes bytes{"abc"};
  std::vector<std::string> list{"a"};
  std::map<std::string, std::string> map{};
  std::optional<std::string> optional{};
  Update<std::int64_t> update{};
  Duration duration{5};
  Money money{5, Currency("UAH")};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Limited::text>("").length(2, 4),     field<&Limited::number>("").range(-5, 5),
        field<&Limited::bytes>("").length(1, 3),    field<&Limited::list>("").length(1, 2),
        field<&Limited::map>("").length(0, 1),      field<&Limited::optional>("").length(2, 4),
        field<&Limited::update>("").range(1, 9),    field<&Limited::duration>("").range(0, 9),
        field<&Limited::money>("").range(0, 1'000),
    };
    return table;
  }
};

/// What is wrong after a change of a value that was right.
Error after(void (*change)(Limited&)) {
  Limited value;
  validate(type_of<Limited>(), &value);
  change(value);
  return invalid(value);
}

template <class T>
void is_valid(const Just<T>& value) {
  CHECK_NOTHROW(validate(type_of<Just<T>>(), &value));
}

Instant instant(std::int64_t seconds) { return Instant{Duration{seconds}}; }

}  // namespace

TEST_CASE("lengths, sizes and ranges are checked, with their limits", "[describe][E16]") {
  Error error = after([](Limited& value) { value.text = "a"; });
  CHECK(told(error) == "length_out_of_range at text");
  CHECK(number(error, "lowest") == 2);
  CHECK(number(error, "highest") == 4);
  CHECK(error.message() == "A text has the wrong length; it must have from 2 to 4 characters.");
  auto refused_as = [](void (*change)(Limited&)) { return told(after(change)); };
  CHECK(refused_as([](Limited& v) { v.text = "abcde"; }) == "length_out_of_range at text");
  CHECK(refused_as([](Limited& v) { v.number = 6; }) == "out_of_range at number");
  CHECK(refused_as([](Limited& v) { v.number = -6; }) == "out_of_range at number");
  CHECK(refused_as([](Limited& v) { v.bytes.value = ""; }) == "length_out_of_range at bytes");
  CHECK(refused_as([](Limited& v) { v.bytes.value = "abcd"; }) == "length_out_of_range at bytes");
  CHECK(refused_as([](Limited& v) { v.list = {}; }) == "size_out_of_range at list");
  CHECK(refused_as([](Limited& v) { v.list = {"a", "b", "c"}; }) == "size_out_of_range at list");
  CHECK(refused_as([](Limited& v) { v.map = {{"a", ""}, {"b", ""}}; }) ==
        "size_out_of_range at map");
  CHECK(refused_as([](Limited& v) { v.optional = "a"; }) == "length_out_of_range at optional");
  CHECK(refused_as([](Limited& v) { v.update = 10; }) == "out_of_range at update");
  CHECK(refused_as([](Limited& v) { v.duration = Duration{-1}; }) == "out_of_range at duration");
  CHECK(refused_as([](Limited& v) { v.money.minor = -1; }) == "out_of_range at money.amount");

  Limited fine;
  fine.text = "їжак";  // four letters, eight bytes
  fine.update = std::nullopt;
  CHECK_NOTHROW(validate(type_of<Limited>(), &fine));
}

TEST_CASE("text is UTF-8 without NUL", "[describe][E16]") {
  auto refused_as = [](const std::string& text) { return told(invalid(Just<std::string>{text})); };
  CHECK(refused_as("\xFF") == "utf8_invalid at value");
  CHECK(refused_as("\xC0\x80") == "utf8_invalid at value");
  CHECK(refused_as("\xED\xA0\x80") == "utf8_invalid at value");
  CHECK(refused_as("\xF4\x90\x80\x80") == "utf8_invalid at value");
  CHECK(refused_as("\xE2\x82") == "utf8_invalid at value");
  CHECK(refused_as(std::string("a\0b", 3)) == "text_has_nul at value");
  CHECK(number(invalid(Just<std::string>{"aя\xFF"}), "offset") == 3);
  is_valid(Just<std::string>{"🍵\n\x7f"});
  CHECK(told(invalid(Just<std::optional<std::string>>{"\xFF"})) == "utf8_invalid at value");
  CHECK(told(invalid(Just<std::vector<std::string>>{{"a", "\xFF"}})) == "utf8_invalid at value[1]");
  using Map = std::map<std::string, std::string>;
  CHECK(told(invalid(Just<Map>{{{"\xFF", "a"}}})) == "utf8_invalid at value");
  CHECK(told(invalid(Just<Map>{{{std::string("\0", 1), "a"}}})) == "text_has_nul at value");
  CHECK(told(invalid(Just<Map>{{{"k", "\xFF"}}})) == "utf8_invalid at value.k");
  is_valid(Just<Bytes>{{std::string("\0\xFF", 2)}});
}

TEST_CASE("an id is there and positive", "[describe][A9]") {
  Error missing = invalid(Just<ClientId>{});
  CHECK(told(missing) == "field_missing at value");
  CHECK(word(missing, "name") == "value");
  CHECK(told(invalid(Just<ClientId>{{-1}})) == "out_of_range at value");
  is_valid(Just<ClientId>{{1}});
  CHECK_NOTHROW(
      validate(type_of<Perhaps<ClientId>>(), std::make_unique<Perhaps<ClientId>>().get()));
  CHECK(told(invalid(Perhaps<ClientId>{{-1}})) == "out_of_range at value");
  CHECK(told(invalid(Just<std::vector<ClientId>>{{{1}, {}}})) == "out_of_range at value[1]");
  CHECK(told(invalid(Just<std::optional<ClientId>>{ClientId{}})) == "out_of_range at value");
  is_valid(Just<std::optional<ClientId>>{});
}

TEST_CASE("days and moments are those that JSON can tell", "[describe][E16]") {
  using std::chrono::year;
  CHECK(told(invalid(Just<Date>{})) == "field_missing at value");
  Error malformed = invalid(Just<Date>{year{2026} / 2 / 30});
  CHECK(told(malformed) == "value_malformed at value");
  CHECK(word(malformed, "form") == "2026-11-20");
  CHECK(told(invalid(Just<std::optional<Date>>{Date{}})) == "value_malformed at value");
  CHECK(told(invalid(Just<std::vector<Date>>{{Date{}}})) == "value_malformed at value[0]");
  CHECK(told(invalid(Just<Date>{year{10'000} / 1 / 1})) == "time_out_of_range at value");
  CHECK(told(invalid(Just<Date>{year{-1} / 12 / 31})) == "time_out_of_range at value");
  is_valid(Just<Date>{year{0} / 1 / 1});
  is_valid(Just<Date>{year{9999} / 12 / 31});
  CHECK_NOTHROW(validate(type_of<Perhaps<Date>>(), std::make_unique<Perhaps<Date>>().get()));

  constexpr std::int64_t first = -62'167'219'200;
  constexpr std::int64_t last = 253'402'300'799;
  is_valid(Just<Instant>{instant(first)});
  is_valid(Just<Instant>{instant(last)});
  CHECK(json_of(instant(first)) == R"({"value":"0000-01-01T00:00:00Z"})");
  CHECK(json_of(instant(last)) == R"({"value":"9999-12-31T23:59:59Z"})");
  CHECK(told(invalid(Just<Instant>{instant(first - 1)})) == "time_out_of_range at value");
  CHECK(told(invalid(Just<Instant>{instant(last + 1)})) == "time_out_of_range at value");
  CHECK(told(invalid(Just<Instant>{Instant::max()})) == "time_out_of_range at value");
  CHECK(told(invalid(Just<LocalTime>{LocalTime::min()})) == "time_out_of_range at value");
}

TEST_CASE("money has a currency of three capitals", "[describe][E16]") {
  auto refused_as = [](Money money) { return told(invalid(Just<Money>{money})); };
  CHECK(refused_as({}) == "field_missing at value");
  CHECK(refused_as({5, {}}) == "field_missing at value.currency");
  CHECK(refused_as({5, Currency("uah")}) == "value_malformed at value.currency");
  CHECK(refused_as({5, Currency("₴")}) == "value_malformed at value.currency");
  CHECK(refused_as({5, Currency("U")}) == "value_malformed at value.currency");
  is_valid(Just<Money>{{-5, Currency("UAH")}});
  CHECK_NOTHROW(validate(type_of<Perhaps<Money>>(), std::make_unique<Perhaps<Money>>().get()));
}

TEST_CASE("a word is one of its enumeration", "[describe][E16]") {
  Error error = invalid(Just<Colour>{static_cast<Colour>(3)});
  CHECK(told(error) == "enum_unknown at value");
  CHECK(word(error, "value") == "3");
  CHECK(std::get<std::vector<std::string>>(error.details().at("allowed")).size() == 3);
  is_valid(Just<Colour>{Colour::green});
}

TEST_CASE("records in records, lists and maps are checked by their own tables", "[describe][E16]") {
  Item bad{101, "", {}};
  CHECK(told(invalid(Just<Item>{bad})) == "out_of_range at value.number");
  CHECK(told(invalid(Just<std::vector<Item>>{{{1, "", {}}, bad}})) ==
        "out_of_range at value[1].number");
  CHECK(told(invalid(Just<std::map<std::string, Item>>{{{"k", bad}}})) ==
        "out_of_range at value.k.number");
  CHECK(told(invalid(Just<Update<Item>>{bad})) == "out_of_range at value.number");
  CHECK(told(invalid(Just<std::optional<Item>>{Item{1, "", Money{1, Currency("x")}}})) ==
        "value_malformed at value.price.currency");
}

TEST_CASE("stand-ins are replaced wherever an id can stand", "[describe][E5]") {
  struct Group {
    ClientId leader{};
    std::vector<ClientId> members{};
    std::optional<ClientId> deputy{};
    Update<ClientId> next{};
    std::map<std::string, ClientId> by_role{};
    std::vector<Just<AccountId>> accounts{};
    std::map<std::string, Perhaps<CentreId>> centres{};
    std::int64_t number = -7;

    static Fields fields() {
      static constexpr Field table[] = {
          field<&Group::leader>(""),  field<&Group::members>(""), field<&Group::deputy>(""),
          field<&Group::next>(""),    field<&Group::by_role>(""), field<&Group::accounts>(""),
          field<&Group::centres>(""), field<&Group::number>(""),
      };
      return table;
    }
  };
  Group group;
  group.leader = {-1};
  group.members = {{5}, {-2}, {}};
  group.deputy = ClientId{-3};
  group.next = ClientId{-4};
  group.by_role = {{"cook", {-5}}, {"guide", {9}}};
  group.accounts = {{{-6}}};
  group.centres = {{"west", {{-8}}}};
  std::vector<std::int64_t> seen;
  each_stand_in(type_of<Group>(), &group, [&seen](const Type&, std::int64_t stand_in) {
    seen.push_back(stand_in);
    return 100 - stand_in;
  });
  CHECK(seen == std::vector<std::int64_t>{-1, -2, -3, -4, -5, -6, -8});
  CHECK(group.leader.value == 101);
  CHECK(group.members == std::vector<ClientId>{{5}, {102}, {}});
  CHECK(group.deputy->value == 103);
  CHECK(group.next.value().value == 104);
  CHECK(group.by_role.at("cook").value == 105);
  CHECK(group.accounts[0].value.value == 106);
  CHECK(group.centres.at("west").value.value == 108);
  CHECK(group.number == -7);
}

}  // namespace frontdesk::describe::testing

#include "records.hpp"

namespace frontdesk::describe::testing {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

Instant instant(std::int64_t seconds) { return Instant{Duration{seconds}}; }

}  // namespace

TEST_CASE("every kind is read from its form", "[describe][E1]") {
  auto all = decode<Everything>(R"({
    "client": 7, "flag": true, "small": -32768, "large": 9223372036854775807,
    "text": "Чай \"Ґ\" \u20b4 \ud83c\udf75\n", "bytes": "AP8h", "colour": "dark_blue",
    "money": {"amount": 12550, "currency": "UAH"}, "instant": "2026-11-20T09:30:00Z",
    "local": "2026-11-20T11:30:00", "date": "2024-02-29", "duration": -90,
    "optional": "x", "optional_item": {"number": 1}, "list": [3, 1, 2],
    "items": [{"number": 1, "word": "a"}, {"number": 2, "price": {"amount": 1, "currency": "GBP"}}],
    "map": {"a.b": "1", "": "2"}, "item_map": {"k": {"number": 9}},
    "update": "u", "update_list": ["p", "q"], "item": {"number": -5}})");
  CHECK(all.client == ClientId{7});
  CHECK(all.flag);
  CHECK(all.small == -32768);
  CHECK(all.large == highest);
  CHECK(all.text == "Чай \"Ґ\" ₴ 🍵\n");
  CHECK(all.bytes.value == std::string("\0\xFF!", 3));
  CHECK(all.colour == Colour::dark_blue);
  CHECK(all.money == Money{12550, Currency("UAH")});
  CHECK(all.instant == instant(1'795'167'000));
  CHECK(all.local.time_since_epoch() == Duration{1'795'174'200});
  CHECK(all.date == Date{std::chrono::year{2024} / 2 / 29});
  CHECK(all.duration == Duration{-90});
  CHECK(all.optional == "x");
  CHECK(all.optional_item == Item{1, "", {}});
  CHECK(all.list == std::vector<std::int64_t>{3, 1, 2});
  CHECK(all.items == std::vector<Item>{{1, "a", {}}, {2, "", Money{1, Currency("GBP")}}});
  CHECK(all.map == std::map<std::string, std::string>{{"a.b", "1"}, {"", "2"}});
  CHECK(all.item_map.at("k").number == 9);
  CHECK(all.update.value() == "u");
  CHECK(all.update_list.value() == std::vector<std::string>{"p", "q"});
  CHECK(all.item.number == -5);
  CHECK(decode<Everything>(encode(all)) == all);
}

TEST_CASE("what a request may leave out keeps its default", "[describe][E1]") {
  Everything expected;
  expected.client = {1};
  CHECK(decode<Everything>(R"({"client": 1})") == expected);
  CHECK(decode<Everything>(" \t\r\n{ \"client\" :1 } \n") == expected);
  CHECK(decode<Nothing>("{}") == Nothing{});
}

TEST_CASE("an update tells unset from null from a value", "[describe][E13]") {
  auto update = [](std::string_view json) {
    return decode<Perhaps<Update<std::string>>>(json).value;
  };
  CHECK_FALSE(update("{}").is_set());
  CHECK(update(R"({"value": null})").is_set());
  CHECK_FALSE(update(R"({"value": null})").has_value());
  CHECK(update(R"({"value": ""})").value().empty());
  CHECK(update(R"({"value": "x"})").value() == "x");
  CHECK_FALSE(value_of<std::optional<std::string>>("null"));
  CHECK(value_of<Update<std::vector<std::int64_t>>>("[]").has_value());
}

TEST_CASE("what a target held before is replaced", "[describe]") {
  Everything all;
  all.list = {1, 2};
  all.map = {{"old", "x"}};
  all.optional = "old";
  all.update = "old";
  decode(type_of<Everything>(),
         R"({"client": 1, "list": [3], "map": {"new": "y"}, "optional": null, "update": null})",
         &all);
  CHECK(all.list == std::vector<std::int64_t>{3});
  CHECK(all.map == std::map<std::string, std::string>{{"new", "y"}});
  CHECK_FALSE(all.optional);
  CHECK_FALSE(all.update.has_value());
}

TEST_CASE("numbers are whole and fit their type", "[describe][E16]") {
  CHECK(value_of<std::int64_t>("-9223372036854775808") == lowest);
  CHECK(value_of<std::int64_t>("-0") == 0);
  for (const char* number :
       {"1.5", "1.0", "1e3", "1E-400", "-0.0", "\"1\"", "true", "null", "[]", "{}"}) {
    INFO(number);
    Error error = refusal([&] { value_of<std::int64_t>(number); });
    CHECK(told(error) == "type_mismatch at value");
    CHECK(word(error, "expected") == "integer");
  }
  for (const char* number : {"9223372036854775808", "18446744073709551616", "-9223372036854775809",
                             "1e300", "-123456789012345678901234567890"}) {
    INFO(number);
    Error error = refusal([&] { value_of<std::int64_t>(number); });
    CHECK(told(error) == "out_of_range at value");
    CHECK(testing::number(error, "lowest") == lowest);
    CHECK(testing::number(error, "highest") == highest);
  }
  Error small = refusal([] { value_of<std::int16_t>("32768"); });
  CHECK(told(small) == "out_of_range at value");
  CHECK(number(small, "lowest") == -32768);
  CHECK(number(small, "highest") == 32767);
  CHECK(small.message() == "A number is out of range; it must be from -32768 to 32767.");
}

TEST_CASE("an id in a request is positive", "[describe][A9]") {
  CHECK(value_of<ClientId>("9223372036854775807").value == highest);
  for (const char* id : {"0", "-1", "-9223372036854775808", "9223372036854775808"}) {
    Error error = refusal([&] { value_of<ClientId>(id); });
    CHECK(told(error) == "out_of_range at value");
    CHECK(number(error, "lowest") == 1);
  }
  CHECK(told(refusal([] { value_of<ClientId>("\"7\""); })) == "type_mismatch at value");
  CHECK_FALSE(value_of<std::optional<ClientId>>("null"));
}

TEST_CASE("money is exact, beyond 2^53 as text", "[describe]") {
  auto amount = [](const char* json) {
    return value_of<Money>(std::string(R"({"currency": "KZT", "amount": )") + json + "}").minor;
  };
  CHECK(amount("-5") == -5);
  CHECK(amount("\"9007199254740993\"") == 9'007'199'254'740'993);
  CHECK(amount("9007199254740993") == 9'007'199'254'740'993);
  CHECK(amount("\"-9223372036854775808\"") == lowest);
  auto refused_as = [&](const char* json) { return told(refusal([&] { amount(json); })); };
  CHECK(refused_as("\"\"") == "value_malformed at value.amount");
  CHECK(refused_as("\"+5\"") == "value_malformed at value.amount");
  CHECK(refused_as("\" 5\"") == "value_malformed at value.amount");
  CHECK(refused_as("\"5.0\"") == "value_malformed at value.amount");
  CHECK(refused_as("\"9223372036854775808\"") == "out_of_range at value.amount");
  CHECK(refused_as("\"99999999999999999999x\"") == "value_malformed at value.amount");
  CHECK(refused_as("5.5") == "type_mismatch at value.amount");

  auto money = [](const char* json) { return refusal([&] { value_of<Money>(json); }); };
  CHECK(told(money("125")) == "type_mismatch at value");
  CHECK(word(money("125"), "expected") == "money");
  CHECK(told(money(R"({"amount": 5})")) == "field_missing at value.currency");
  CHECK(word(money(R"({"amount": 5})"), "name") == "currency");
  CHECK(told(money(R"({"currency": "UAH"})")) == "field_missing at value.amount");
  CHECK(told(money(R"({"amount": 5, "currency": "hryvnia"})")) ==
        "value_malformed at value.currency");
  CHECK(told(money(R"({"amount": 5, "currency": 980})")) == "type_mismatch at value.currency");
  CHECK(told(money(R"({"amount": 5, "currency": "UAH", "x": 1})")) == "field_unknown at value.x");
  CHECK(word(money(R"({"ammount": 5, "currency": "UAH"})"), "nearest") == "amount");
}

TEST_CASE("times, days, bytes and words have one form", "[describe][E16]") {
  auto form = [](auto action) {
    Error error = refusal(action);
    CHECK(told(error) == "value_malformed at value");
    return word(error, "form");
  };
  CHECK(value_of<Instant>("\"2026-11-20T11:30:00+02:00\"") == instant(1'795'167'000));
  CHECK(form([] { value_of<Instant>("\"2026-11-20 09:30:00Z\""); }) == "2026-11-20T09:30:00Z");
  CHECK(form([] { value_of<Instant>("\"2026-11-20T09:30:00\""); }) == "2026-11-20T09:30:00Z");
  CHECK(form([] { value_of<LocalTime>("\"2026-11-20T11:30:00Z\""); }) == "2026-11-20T11:30:00");
  CHECK(form([] { value_of<Date>("\"2026-02-29\""); }) == "2026-11-20");
  CHECK(form([] { value_of<Date>("\"\""); }) == "2026-11-20");
  CHECK(form([] { value_of<Bytes>("\"AP8\""); }) == "Zm9v");
  CHECK(form([] { value_of<Bytes>("\"*\""); }) == "Zm9v");
  CHECK(value_of<Bytes>("\"\"").value.empty());
  CHECK(told(refusal([] { value_of<Date>("20261120"); })) == "type_mismatch at value");

  Error colour = refusal([] { value_of<Colour>("\"dark_bleu\""); });
  CHECK(told(colour) == "enum_unknown at value");
  CHECK(word(colour, "value") == "dark_bleu");
  CHECK(word(colour, "nearest") == "dark_blue");
  CHECK(std::get<std::vector<std::string>>(colour.details().at("allowed")) ==
        std::vector<std::string>{"red", "green", "dark_blue"});
  CHECK(word(refusal([] { value_of<Colour>("\"sunflower\""); }), "nearest") == "none");
  CHECK(told(refusal([] { value_of<Colour>("5"); })) == "type_mismatch at value");
}

TEST_CASE("a value of the wrong type tells which is expected", "[describe][E16]") {
  auto expected = [](auto action) { return word(refusal(action), "expected"); };
  CHECK(expected([] { value_of<bool>("1"); }) == "boolean");
  CHECK(expected([] { value_of<std::string>("1"); }) == "text");
  CHECK(expected([] { value_of<std::string>("null"); }) == "text");
  CHECK(expected([] { value_of<std::vector<std::string>>("\"a\""); }) == "list");
  CHECK(expected([] { value_of<std::map<std::string, std::string>>("[]"); }) == "object");
  CHECK(expected([] { value_of<Item>("[]"); }) == "object");
  CHECK(expected([] { decode<Item>("null"); }) == "object");
}

TEST_CASE("a refusal tells the path of the value at fault", "[describe][E16]") {
  CHECK(told(refused<Everything>(R"({"client": 1, "items": [{"number": 1}, {"number": "x"}]})")) ==
        "type_mismatch at items[1].number");
  CHECK(
      told(refused<Everything>(R"({"client": 1, "item_map": {"k": {"number": 1, "price": 5}}})")) ==
      "type_mismatch at item_map.k.price");
  CHECK(told(refused<Everything>(R"({"client": 1, "optional_item": {}})")) ==
        "field_missing at optional_item.number");
  CHECK(told(refused<Everything>(R"({"client": 1, "update_list": ["a", 2]})")) ==
        "type_mismatch at update_list[1]");
  CHECK(refused<Everything>("[]").field().empty());
}

TEST_CASE("unknown and misspelt fields are refused, with the nearest right name",
          "[describe][E16]") {
  Error misspelt = refused<Everything>(R"({"client": 1, "colur": "red"})");
  CHECK(told(misspelt) == "field_misspelt at colur");
  CHECK(word(misspelt, "name") == "colur");
  CHECK(word(misspelt, "nearest") == "colour");
  CHECK(misspelt.message() == "There is no field named “colur”; did you mean “colour”?");
  Error unknown = refused<Everything>(R"({"client": 1, "items": [{"number": 1, "zebra": 1}]})");
  CHECK(told(unknown) == "field_unknown at items[0].zebra");
  CHECK(word(unknown, "name") == "zebra");
  CHECK(word(unknown, "nearest") == "none");
  CHECK(refused<Everything>(R"({"": 1})").reason() == "field_unknown");
}

TEST_CASE("what a caller wrote is repeated in an error only in part", "[describe][E16]") {
  std::string name = "x" + std::string(10, 'y');
  for (int i = 0; i < 1000; ++i) name += "я";
  Error error = refused<Everything>("{\"" + name + "\": 1}");
  CHECK(error.reason() == "field_unknown");
  CHECK(word(error, "name").size() < 110);
  CHECK(error.field().size() < 110);
  CHECK(error.field().ends_with("я…"));
  Error value = refusal([&] { value_of<Colour>("\"" + name + "\""); });
  CHECK(word(value, "value") == word(error, "name"));
}

TEST_CASE("a field that is missing is named, in the order of the table", "[describe][E16]") {
  Error error = refused<Everything>(R"({"flag": true})");
  CHECK(told(error) == "field_missing at client");
  CHECK(word(error, "name") == "client");
  CHECK(told(refused<Item>("{}")) == "field_missing at number");
}

TEST_CASE("a name that comes twice in an object is refused", "[describe][E16]") {
  Error twice = refused<Everything>(R"({"client": 1, "text": "a", "text": "b"})");
  CHECK(told(twice) == "field_twice at text");
  CHECK(word(twice, "name") == "text");
  CHECK(told(refused<Everything>(
            R"({"client": 1, "items": [1, {"number": 1, "nu\u006dber": 1}]})")) ==
        "field_twice at items[1].number");
  CHECK(told(refused<Everything>(R"({"map": {"a": "1", "b": {"x": []}, "a": "1"}})")) ==
        "field_twice at map.a");
  CHECK(told(refused<Everything>(R"({"money": {"amount": 1, "currency": "UAH", "amount": 2}})")) ==
        "field_twice at money.amount");
  CHECK(told(refused<Everything>(R"([[0, 1], {"x": true, "x": null}])")) == "field_twice at [1].x");
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += "\"k" + std::to_string(i) + "\": 1.5, ";
  CHECK(told(refused<Nothing>(many + "\"k500\": 1}")) == "field_twice at k500");
  CHECK(refused<Nothing>(many + "\"k1000\": 1}").reason() == "field_unknown");
}

TEST_CASE("text that is not JSON is refused, with the place", "[describe][E16]") {
  struct Case {
    std::string json;
    std::int64_t offset;
  };
  const Case cases[] = {
      {"", 0},
      {"  ", 2},
      {"{", 1},
      {"{\"a\": 1", 7},
      {"{\"a\" 1}", 5},
      {"{\"a\": 1,}", 8},
      {"{\"a\": tru}", 6},
      {"{\"a\": 01}", 7},
      {"{'a': 1}", 1},
      {"{} {}", 3},
      {"{}x", 2},
      {"{\"a\": \"\xFF\"}", 7},
      {"{\"a\": \"\xED\xA0\x80\"}", 7},
      {"{\"a\": \"\x01\"}", 7},
      {"{/*c*/}", 1},
      {"\xEF\xBB\xBF{}", 0},
      {"NaN", 0},
  };
  for (const Case& item : cases) {
    INFO(item.json);
    Error error = refused<Nothing>(item.json);
    CHECK(told(error) == "json_malformed at ");
    CHECK(number(error, "offset") == item.offset);
    CHECK_FALSE(word(error, "problem").empty());
  }
  CHECK(refused<Nothing>(R"({"a": "\ud800"})").reason() == "json_malformed");
  CHECK(refused<Nothing>(R"({"a": "\udc00\ud800"})").reason() == "json_malformed");
  CHECK(refused<Nothing>(R"({"a": "\u12"})").reason() == "json_malformed");
}

TEST_CASE("a request is not read beyond its limits", "[describe]") {
  auto nested = [](int levels) {
    auto count = static_cast<std::size_t>(levels);
    return std::string(count, '[') + std::string(count, ']');
  };
  CHECK(refused<Nothing>(nested(32)).reason() == "type_mismatch");
  CHECK(refused<Nothing>(nested(33)).reason() == "json_malformed");
  CHECK(refused<Nothing>(nested(1'000'000)).reason() == "json_malformed");
  CHECK(refused<Nothing>(std::string(request_bytes_max, ' ')).reason() == "json_malformed");
  Error large = refused<Nothing>(std::string(request_bytes_max + 1, ' '));
  CHECK(told(large) == "request_too_large at ");
  CHECK(number(large, "bytes_max") == static_cast<std::int64_t>(request_bytes_max));
}

TEST_CASE("a NUL is text like any other until it is validated", "[describe]") {
  CHECK(value_of<std::string>(R"("a\u0000b")") == std::string("a\0b", 3));
  CHECK(value_of<std::map<std::string, std::string>>(R"({"\u0000": ""})").size() == 1);
}

TEST_CASE("what was stored is read although the program has changed", "[describe][E10]") {
  auto stored = [](std::string_view json) {
    Everything all;
    all.text = "default";
    decode_stored(type_of<Everything>(), json, &all);
    return all;
  };
  Everything all = stored(R"({"removed": {"x": 1}, "small": 5, "items": [{"word": "a", "gone": 1}],
                             "money": {"amount": 5, "currency": "UAH", "rate": 1}})");
  CHECK(all.client == ClientId{});
  CHECK(all.small == 5);
  CHECK(all.text == "default");
  CHECK(all.items == std::vector<Item>{{0, "a", {}}});
  CHECK(all.money == Money{5, Currency("UAH")});
  all = stored(R"({"client": 0, "text": null, "date": null, "money": null, "list": [null, 1]})");
  CHECK(all.text == "default");
  CHECK(all.list == std::vector<std::int64_t>{0, 1});
  CHECK(stored(R"({"client": -8})").client == ClientId{-8});
  CHECK(refusal([&] { stored(R"({"small": "x"})"); }).reason() == "type_mismatch");
  CHECK(refusal([&] { stored("{"); }).reason() == "json_malformed");
}

namespace {

/// More fields than a machine word has bits.
struct Wide {
  std::int64_t a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0, a6 = 0, a7 = 0, a8 = 0, a9 = 0;
  std::int64_t last = 0;

  static Fields fields() {
    static const std::vector<Field> table = [] {
      constexpr Field ten[] = {field<&Wide::a0>(""), field<&Wide::a1>(""), field<&Wide::a2>(""),
                               field<&Wide::a3>(""), field<&Wide::a4>(""), field<&Wide::a5>(""),
                               field<&Wide::a6>(""), field<&Wide::a7>(""), field<&Wide::a8>(""),
                               field<&Wide::a9>("")};
      static std::vector<std::string> names;
      names.reserve(80);
      std::vector<Field> all;
      for (std::size_t i = 0; i < 80; ++i) {
        names.push_back("field" + std::to_string(i));
        all.push_back(ten[i % 10]);
        all.back().name = names.back();
      }
      all.push_back(field<&Wide::last>(""));
      return all;
    }();
    return table;
  }
};

}  // namespace

TEST_CASE("a record may have any number of fields", "[describe]") {
  std::string json = "{";
  for (int i = 0; i < 80; ++i) json += "\"field" + std::to_string(i) + "\": 1, ";
  CHECK(decode<Wide>(json + "\"last\": 5}").last == 5);
  json.resize(json.size() - 2);
  CHECK(told(refused<Wide>(json + "}")) == "field_missing at last");
  json.replace(json.find("\"field70\": 1, "), 14, "\"last\": 1, ");
  CHECK(told(refused<Wide>(json + "}")) == "field_missing at field70");
}

}  // namespace frontdesk::describe::testing

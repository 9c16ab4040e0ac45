#include "records.hpp"

#include "describe/json_value.hpp"

namespace frontdesk::describe::testing {
namespace {

struct Phone {
  std::string number{};
  std::string pin{};
  std::string label{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Phone::number>("The number.").personal(),
        field<&Phone::pin>("Its PIN.").secret(),
        field<&Phone::label>("What for."),
    };
    return table;
  }
};

struct Person {
  ClientId client{};
  std::string name{};
  std::string password{};
  std::optional<Date> birth{};
  std::vector<std::string> habits{};
  Phone home{};
  std::vector<Phone> phones{};
  std::optional<Phone> fax{};
  std::map<std::string, Phone> others{};
  Update<Phone> changed{};
  std::vector<Phone> private_phones{};
  ClientId friend_of{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Person::client>("Who."),
        field<&Person::name>("The name.").personal(),
        field<&Person::password>("The password.").secret(),
        field<&Person::birth>("The birthday.").personal(),
        field<&Person::habits>("What they do.").personal(),
        field<&Person::home>("At home."),
        field<&Person::phones>("Some."),
        field<&Person::fax>("One, or none."),
        field<&Person::others>("By name."),
        field<&Person::changed>("A change."),
        field<&Person::private_phones>("All of it personal.").personal(),
        field<&Person::friend_of>("Another.").personal(),
    };
    return table;
  }
};

Person person() {
  Person made;
  made.client = {7};
  made.name = "Олена \"О\"";
  made.password = "hunter2";
  made.habits = {"tea", "chess"};
  made.home = {"1", "1111", "home"};
  made.phones = {{"2", "2222", "work"}};
  made.fax = Phone{"3", "3333", "fax"};
  made.others = {{"car", {"4", "4444", "car"}}};
  made.changed = Phone{"5", "5555", "new"};
  made.private_phones = {{"6", "6666", "secret"}};
  return made;
}

std::string redacted(const Person& person, const Redaction& redaction) {
  return encode_redacted(type_of<Person>(), &person, redaction);
}

}  // namespace

TEST_CASE("every kind is written in its form", "[describe][E1]") {
  CHECK(json_of(true) == R"({"value":true})");
  CHECK(json_of(std::numeric_limits<std::int64_t>::min()) == R"({"value":-9223372036854775808})");
  CHECK(json_of(std::int16_t{-5}) == R"({"value":-5})");
  CHECK(json_of(Bytes{std::string("\0\xFF!", 3)}) == R"({"value":"AP8h"})");
  CHECK(json_of(Colour::dark_blue) == R"({"value":"dark_blue"})");
  CHECK(json_of(ClientId{7}) == R"({"value":7})");
  CHECK(json_of(ClientId{-7}) == R"({"value":-7})");
  CHECK(json_of(Instant{Duration{1'795'167'000}}) == R"({"value":"2026-11-20T09:30:00Z"})");
  CHECK(json_of(LocalTime{Duration{1'795'174'200}}) == R"({"value":"2026-11-20T11:30:00"})");
  CHECK(json_of(Date{std::chrono::year{988} / 1 / 2}) == R"({"value":"0988-01-02"})");
  CHECK(json_of(Duration{-90}) == R"({"value":-90})");
  CHECK(json_of(std::vector<std::int64_t>{}) == R"({"value":[]})");
  CHECK(json_of(std::vector<std::int64_t>{2, 1}) == R"({"value":[2,1]})");
  CHECK(json_of(std::map<std::string, std::string>{}) == R"({"value":{}})");
  CHECK(json_of(std::map<std::string, std::string>{{"b\"", "1"}, {"", "2"}}) ==
        R"({"value":{"":"2","b\"":"1"}})");
  CHECK(json_of(Item{1, "a", {}}) == R"({"value":{"number":1,"word":"a"}})");
  CHECK(encode(Nothing{}) == "{}");
}

TEST_CASE("text is escaped where JSON asks for it, and only there", "[describe]") {
  CHECK(json_of(std::string("\"\\/\b\f\n\r\t")) == R"({"value":"\"\\/\b\f\n\r\t"})");
  CHECK(json_of(std::string("\0\x01\x1f\x7f", 4)) == "{\"value\":\"\\u0000\\u0001\\u001f\x7f\"}");
  CHECK(json_of(std::string("Ґанок 🍵")) == R"({"value":"Ґанок 🍵"})");
  CHECK(json_of(std::string()) == R"({"value":""})");
  std::string all;
  for (int byte = 0; byte < 128; ++byte) all += static_cast<char>(byte);
  CHECK(decode<Just<std::string>>(json_of(all)).value == all);
}

TEST_CASE("money beyond 2^53 is written as text", "[describe]") {
  auto written = [](std::int64_t minor) { return json_of(Money{minor, Currency("UAH")}); };
  CHECK(written(-12550) == R"({"value":{"amount":-12550,"currency":"UAH"}})");
  CHECK(written(9'007'199'254'740'991) ==
        R"({"value":{"amount":9007199254740991,"currency":"UAH"}})");
  CHECK(written(9'007'199'254'740'992) ==
        R"({"value":{"amount":"9007199254740992","currency":"UAH"}})");
  CHECK(written(-9'007'199'254'740'992) ==
        R"({"value":{"amount":"-9007199254740992","currency":"UAH"}})");
}

TEST_CASE("what was never set is left out of a record and null elsewhere", "[describe]") {
  CHECK(json_of(ClientId{}) == "{}");
  CHECK(json_of(Date{}) == "{}");
  CHECK(json_of(Date{std::chrono::year{2026} / 2 / 30}) == "{}");
  CHECK(json_of(Money{}) == "{}");
  CHECK(json_of(static_cast<Colour>(3)) == "{}");
  CHECK(json_of(std::optional<std::string>{}) == "{}");
  CHECK(json_of(Update<std::string>{}) == "{}");
  CHECK(json_of(Update<std::string>{std::nullopt}) == R"({"value":null})");
  CHECK(json_of(std::vector<Date>(2)) == R"({"value":[null,null]})");
  CHECK(json_of(std::vector<ClientId>{{}, {1}}) == R"({"value":[null,1]})");
  CHECK(json_of(std::map<std::string, Money>{{"a", {}}}) == R"({"value":{"a":null}})");
  CHECK(json_of(std::optional<Date>{Date{}}) == R"({"value":null})");
  CHECK(json_of(Instant{}) == R"({"value":"1970-01-01T00:00:00Z"})");
  CHECK(json_of(std::vector<std::optional<std::string>>{std::nullopt, "a"}) ==
        R"({"value":[null,"a"]})");
}

TEST_CASE("what encode writes of unset values is read back from storage", "[describe][E10]") {
  Everything all;
  all.item_map["empty"] = {};
  Everything read;
  decode_stored(type_of<Everything>(), encode(all), &read);
  CHECK(read == all);
  Just<std::vector<Date>> days{std::vector<Date>(2)};
  Just<std::vector<Date>> read_days;
  decode_stored(type_of<Just<std::vector<Date>>>(), encode(days), &read_days);
  CHECK(read_days == days);
}

TEST_CASE("the value in memory is that of the text", "[describe][E5]") {
  Everything all;
  all.client = {7};
  all.items = {{1, "a", Money{5, Currency("UAH")}}};
  boost::json::value value = encode_value(type_of<Everything>(), &all, nullptr);
  CHECK(boost::json::serialize(value) == encode(all));
  Everything read;
  decode_value(type_of<Everything>(), value, &read);
  CHECK(read == all);
}

TEST_CASE("secrets are left out at any depth", "[describe][E8]") {
  Redaction redaction{[](std::string_view) { return std::string("~"); }};
  std::string json = redacted(person(), redaction);
  CHECK(json ==
        R"({"client":7,"name":"~","habits":"~","home":{"number":"~","label":"home"},)"
        R"("phones":[{"number":"~","label":"work"}],"fax":{"number":"~","label":"fax"},)"
        R"("others":{"car":{"number":"~","label":"car"}},"changed":{"number":"~","label":"new"},)"
        R"("private_phones":"~"})");
}

TEST_CASE("personal values are left out where nothing stands in for them", "[describe][E7][P9]") {
  CHECK(redacted(person(), {}) ==
        R"({"client":7,"home":{"label":"home"},"phones":[{"label":"work"}],"fax":{"label":"fax"},)"
        R"("others":{"car":{"label":"car"}},"changed":{"label":"new"}})");
}

TEST_CASE("what stands in for a personal value is given its JSON, without secrets",
          "[describe][E8]") {
  std::vector<std::string> shown;
  Redaction redaction{[&shown](std::string_view json) {
    shown.emplace_back(json);
    return std::string("\"quoted\"\n");
  }};
  Person olena = person();
  olena.birth = Date{std::chrono::year{1988} / 3 / 14};
  olena.home = {};
  olena.phones = {};
  olena.others = {};
  olena.fax.reset();
  olena.changed.unset();
  std::string json = redacted(olena, redaction);
  CHECK(json ==
        R"({"client":7,"name":"\"quoted\"\n","birth":"\"quoted\"\n","habits":"\"quoted\"\n",)"
        R"("home":{"number":"\"quoted\"\n","label":""},"phones":[],"others":{},)"
        R"("private_phones":"\"quoted\"\n"})");
  CHECK(shown == std::vector<std::string>{R"("Олена \"О\"")", R"("1988-03-14")",
                                          R"(["tea","chess"])", R"("")",
                                          R"([{"number":"6","label":"secret"}])"});
}

TEST_CASE("without redaction everything is written", "[describe]") {
  std::string json = encode(person());
  CHECK(json.find("hunter2") != std::string::npos);
  CHECK(json.find("6666") != std::string::npos);
}

TEST_CASE("a field is redacted as its own table says", "[describe][E8]") {
  CHECK(has_secret(type_of<Phone>()));
  CHECK(has_secret(type_of<std::vector<Phone>>()));
  CHECK(has_secret(type_of<Update<std::map<std::string, std::optional<Phone>>>>()));
  CHECK_FALSE(has_secret(type_of<Item>()));
  CHECK_FALSE(has_secret(type_of<Everything>()));
  CHECK_FALSE(has_secret(type_of<std::string>()));
}

}  // namespace frontdesk::describe::testing

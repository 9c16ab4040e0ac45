#include "records.hpp"

#include <random>

#include <rapidcheck.h>

namespace frontdesk::describe::testing {
namespace {

std::int64_t any_number() { return *rc::gen::arbitrary<std::int64_t>(); }

/// UTF-8 of random code points, the awkward ones often.
std::string any_text() {
  auto points = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::oneOf(
      rc::gen::inRange<std::uint32_t>(1, 0x80), rc::gen::inRange<std::uint32_t>(0x400, 0x460),
      rc::gen::inRange<std::uint32_t>(0x80, 0xD800),
      rc::gen::inRange<std::uint32_t>(0xE000, 0x110000)));
  std::string text;
  for (std::uint32_t point : points) {
    if (point < 0x80) {
      text += static_cast<char>(point);
    } else if (point < 0x800) {
      text += {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 0x3F))};
    } else if (point < 0x10000) {
      text += {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
               static_cast<char>(0x80 | (point & 0x3F))};
    } else {
      text +=
          {static_cast<char>(0xF0 | point >> 18), static_cast<char>(0x80 | (point >> 12 & 0x3F)),
           static_cast<char>(0x80 | (point >> 6 & 0x3F)), static_cast<char>(0x80 | (point & 0x3F))};
    }
  }
  return text;
}

Money any_money() {
  return {any_number(),
          Currency(*rc::gen::elementOf(std::vector<std::string>{"UAH", "KZT", "GBP"}))};
}

Item any_item() {
  Item item{*rc::gen::inRange(-100, 101), {}, {}};
  if (*rc::gen::arbitrary<bool>()) item.price = any_money();
  return item;
}

Date any_day() {
  return Date{std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(-719'528, 2'932'897)}}};
}

Duration any_second() {
  return Duration{*rc::gen::inRange<std::int64_t>(-62'167'219'200, 253'402'300'800)};
}

template <class T, class Make>
Update<T> any_update(Make make) {
  Update<T> update;
  int state = *rc::gen::inRange(0, 3);
  if (state == 1) update.clear();
  if (state == 2) update = make();
  return update;
}

template <class Visit>
void some(Visit visit) {
  int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) visit();
}

Everything any_record() {
  Everything all;
  all.client = {*rc::gen::inRange<std::int64_t>(1, std::numeric_limits<std::int64_t>::max())};
  all.flag = *rc::gen::arbitrary<bool>();
  all.small = *rc::gen::arbitrary<std::int16_t>();
  all.large = any_number();
  all.text = any_text();
  all.bytes.value = *rc::gen::arbitrary<std::string>();
  all.colour = *rc::gen::element(Colour::red, Colour::green, Colour::dark_blue);
  if (*rc::gen::arbitrary<bool>()) all.money = any_money();
  all.instant = Instant{any_second()};
  all.local = LocalTime{any_second()};
  if (*rc::gen::arbitrary<bool>()) all.date = any_day();
  all.duration = Duration{any_number()};
  if (*rc::gen::arbitrary<bool>()) all.optional = any_text();
  if (*rc::gen::arbitrary<bool>()) all.optional_item = any_item();
  some([&] { all.list.push_back(any_number()); });
  some([&] { all.items.push_back(any_item()); });
  some([&] { all.map[any_text()] = any_text(); });
  some([&] { all.item_map[any_text()] = any_item(); });
  all.update = any_update<std::string>(any_text);
  all.update_list = any_update<std::vector<std::string>>([] {
    std::vector<std::string> texts;
    some([&] { texts.push_back(any_text()); });
    return texts;
  });
  all.item = any_item();
  return all;
}

constexpr std::string_view pieces[] = {"{",
                                       "}",
                                       "[",
                                       "]",
                                       ":",
                                       ",",
                                       "\"",
                                       "\\",
                                       "\\u0000",
                                       "\\ud83c",
                                       "null",
                                       "true",
                                       "-",
                                       "1e999",
                                       "9223372036854775808",
                                       "0",
                                       ".5",
                                       "\"client\":",
                                       "\"items\":",
                                       "\"money\":",
                                       "\"date\":",
                                       "\"2026-02-30\"",
                                       "\xFF",
                                       "\xD0",
                                       "\x01",
                                       " ",
                                       "\"map\":{\"\":",
                                       "[[[[[[[[[[[[[[[[[["};

std::string mutated(std::string json, std::mt19937_64& random) {
  auto below = [&random](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    std::size_t place = below(json.size() + 1);
    switch (below(5)) {
      case 0:
        json.insert(place, pieces[below(std::size(pieces))]);
        break;
      case 1:
        json.erase(place, below(12));
        break;
      case 2:
        json.insert(place, json.substr(below(json.size()), below(40)));
        break;
      case 3:
        json.resize(place);
        break;
      default:
        if (place < json.size()) json[place] = static_cast<char>(random());
    }
  }
  return json;
}

}  // namespace

TEST_CASE("what is written is read back the same", "[describe][E1]") {
  CHECK(rc::check("decode(encode(x)) == x", [] {
    Everything all = any_record();
    validate(type_of<Everything>(), &all);
    std::string json = encode(all);
    RC_ASSERT(decode<Everything>(json) == all);
    RC_ASSERT(encode(decode<Everything>(json)) == json);
    Everything stored;
    decode_stored(type_of<Everything>(), json, &stored);
    RC_ASSERT(stored == all);
  }));
}

TEST_CASE("hostile text is refused or read, and nothing else", "[describe][E16]") {
  const std::string seeds[] = {
      R"({"client": 7, "flag": true, "small": -1, "text": "Чай \u20b4", "bytes": "AP8h",)"
      R"( "colour": "red",)"
      R"( "money": {"amount": "12550", "currency": "UAH"}, "instant": "2026-11-20T09:30:00Z"})",
      R"({"client": 1, "date": "2024-02-29", "items": [{"number": 1}, {"number": 2, "word": "a"}],)"
      R"( "map": {"a": "1", "b": "2"}, "update": null, "update_list": ["p"],)"
      R"( "item": {"number": 5}})",
  };
  std::mt19937_64 random(7);
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string json = mutated(seeds[i % 2], random);
    Everything all;
    try {
      decode(type_of<Everything>(), json, &all);
      validate(type_of<Everything>(), &all);
      // What was accepted can be written, and means the same.
      Everything again = decode<Everything>(encode(all));
      if (!(again == all)) FAIL(json);
      ++read;
    } catch (const Error& error) {
      if (error.code() != Code::invalid) FAIL(json);
    }
    try {
      decode_stored(type_of<Everything>(), json, &all);
      encode(all);
    } catch (const Error& error) {
      if (error.code() != Code::invalid) FAIL(json);
    }
  }
  CHECK(read > 100);
  CHECK(read < 19'000);
}

}  // namespace frontdesk::describe::testing

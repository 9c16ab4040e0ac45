/// Records of every kind for the tests of describe, and what they ask of a refusal.
#pragma once

#include <frontdesk/describe.hpp>
#include <frontdesk/error.hpp>

#include "describe/json.hpp"

#include <catch2/catch.hpp>

namespace frontdesk::describe::testing {

template <class T>
bool operator==(const Update<T>& a, const Update<T>& b) {
  return a.is_set() == b.is_set() && a.has_value() == b.has_value() && a.value() == b.value();
}

enum class Colour : unsigned char { red, green = 5, dark_blue = 6 };

inline std::span<const EnumValue> enum_values(Colour) {
  static constexpr EnumValue values[] = {
      {0, "red", "Stop."}, {5, "green", "Go."}, {6, "dark_blue", "Sea."}};
  return values;
}

struct Item {
  std::int32_t number = 0;
  std::string word{};
  std::optional<Money> price{};

  template <class Self = Item>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::number>("A number.").range(-100, 100),
        field<&Self::word>("A word.").or_default().length(0, 5),
        field<&Self::price>("What it costs."),
    };
    return table;
  }
  bool operator==(const Item&) const = default;
};

/// A field of each kind; all but `client` may be absent.
struct Everything {
  ClientId client{};
  bool flag = false;
  std::int16_t small = 0;
  std::int64_t large = 0;
  std::string text{};
  Bytes bytes{};
  Colour colour = Colour::red;
  Money money{};
  Instant instant{};
  LocalTime local{};
  Date date{};
  Duration duration{};
  std::optional<std::string> optional{};
  std::optional<Item> optional_item{};
  std::vector<std::int64_t> list{};
  std::vector<Item> items{};
  std::map<std::string, std::string> map{};
  std::map<std::string, Item> item_map{};
  Update<std::string> update{};
  Update<std::vector<std::string>> update_list{};
  Item item{};

  template <class Self = Everything>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("An id."),
        field<&Self::flag>("True or false.").or_default(),
        field<&Self::small>("A number of 16 bits.").or_default(),
        field<&Self::large>("A number of 64 bits.").or_default(),
        field<&Self::text>("A text.").or_default(),
        field<&Self::bytes>("Bytes.").or_default(),
        field<&Self::colour>("A word of a few.").or_default(),
        field<&Self::money>("An amount.").or_default(),
        field<&Self::instant>("A moment.").or_default(),
        field<&Self::local>("A time on the wall.").or_default(),
        field<&Self::date>("A day.").or_default(),
        field<&Self::duration>("Seconds.").or_default(),
        field<&Self::optional>("A text, or none."),
        field<&Self::optional_item>("A record, or none."),
        field<&Self::list>("Numbers."),
        field<&Self::items>("Records."),
        field<&Self::map>("Texts by name."),
        field<&Self::item_map>("Records by name."),
        field<&Self::update>("A change."),
        field<&Self::update_list>("A change of a list."),
        field<&Self::item>("A record in the record.").or_default(),
    };
    return table;
  }
  bool operator==(const Everything&) const = default;
};

/// One field, for tests of one kind at a time.
template <class T>
struct Just {
  T value{};

  template <class Self = Just>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::value>("The value.")};
    return table;
  }
  bool operator==(const Just&) const = default;
};

/// The same, but a request may leave it out.
template <class T>
struct Perhaps {
  T value{};

  template <class Self = Perhaps>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::value>("The value.").or_default()};
    return table;
  }
  bool operator==(const Perhaps&) const = default;
};

template <class T>
T value_of(std::string_view json) {
  return decode<Just<T>>(R"({"value": )" + std::string(json) + "}").value;
}
template <class T>
std::string json_of(T value) {
  return encode(Just<T>{std::move(value)});
}

/// The Error that the action throws; fails the test if it throws none.
template <class Action>
Error refusal(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == Code::invalid);
    return error;
  }
  FAIL("nothing was refused");
  throw 0;
}
template <class T>
Error refused(std::string_view json) {
  return refusal([&] { decode<T>(json); });
}
template <class T>
Error invalid(const T& value) {
  return refusal([&] { validate(type_of<T>(), &value); });
}

/// `reason at path`
inline std::string told(const Error& error) { return error.reason() + " at " + error.field(); }
inline std::string word(const Error& error, std::string_view name) {
  auto found = error.details().find(name);
  return found == error.details().end() ? "none" : std::get<std::string>(found->second);
}
inline std::int64_t number(const Error& error, std::string_view name) {
  auto found = error.details().find(name);
  return found == error.details().end() ? -1 : std::get<std::int64_t>(found->second);
}

}  // namespace frontdesk::describe::testing

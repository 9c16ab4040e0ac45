#include "base/crypto.hpp"
#include "base/zones.hpp"
#include "describe/json_value.hpp"
#include "describe/refuse.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace frontdesk::describe {
namespace json = boost::json;
namespace {

constexpr std::int64_t lowest_number = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest_number = std::numeric_limits<std::int64_t>::max();
constexpr double first_beyond = 9223372036854775808.0;  // 2^63

/// Requests are read strictly; what the library stored itself may lack fields that a newer version
/// added.
enum class Strictness { request, stored };

struct Reader {
  Strictness strictness;

  bool is_strict() const { return strictness == Strictness::request; }
  void read(const Type& type, const json::value& value, void* target, const Path& path) const;
  void read_record(const Type& type, const json::value& value, void* target,
                   const Path& path) const;
  void read_container(const Type& type, const json::value& value, void* target,
                      const Path& path) const;
  void read_money(const json::value& value, void* target, const Path& path) const;
};

std::int64_t whole_number(const json::value& value, const Path& path, std::int64_t lowest,
                          std::int64_t highest) {
  if (const std::int64_t* number = value.if_int64()) {
    if (*number >= lowest && *number <= highest) return *number;
  } else {
    // What is too large for any integer arrives as an unsigned or a floating-point number.
    bool is_too_large =
        value.is_uint64() || (value.is_double() && std::abs(value.get_double()) >= first_beyond);
    if (!is_too_large) refuse_mismatch(path, "integer");
  }
  refuse_range(path, "out_of_range", lowest, highest);
}

std::string_view string(const json::value& value, const Path& path, std::string_view expected) {
  const json::string* text = value.if_string();
  if (text == nullptr) refuse_mismatch(path, expected);
  return {text->data(), text->size()};
}

void read_enumeration(const Type& type, const json::value& value, void* target, const Path& path) {
  std::string_view word = string(value, path, "text");
  for (const EnumValue& candidate : type.values()) {
    if (candidate.name == word) return type.set_number(target, candidate.value);
  }
  refuse_word(type, word, path);
}

/// As a number, or as digits beyond what every JSON reader holds exactly.
std::int64_t read_amount(const json::value& value, const Path& path) {
  if (!value.is_string()) return whole_number(value, path, lowest_number, highest_number);
  std::string_view digits = string(value, path, "integer");
  std::int64_t amount = 0;
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), amount);
  if (end != digits.data() + digits.size() || problem == std::errc::invalid_argument) {
    refuse_malformed(path, "12550");
  }
  if (problem != std::errc()) refuse_range(path, "out_of_range", lowest_number, highest_number);
  return amount;
}

void Reader::read_money(const json::value& value, void* target, const Path& path) const {
  static constexpr std::string_view names[] = {"amount", "currency"};
  if (!value.is_object()) refuse_mismatch(path, "money");
  bool has_amount = false;
  Money money;
  for (const auto& [key, member] : value.get_object()) {
    if (key == names[0]) {
      money.minor = read_amount(member, path.below(key));
      has_amount = true;
    } else if (key == names[1]) {
      Path here = path.below(key);
      std::string_view code = string(member, here, "text");
      if (code.size() != 3) refuse_malformed(here, "UAH");
      money.currency = Currency(code);
    } else if (is_strict()) {
      refuse_unknown(path, key, names);
    }
  }
  if (is_strict() && !has_amount) refuse_missing(path, names[0]);
  if (is_strict() && money.currency.code().empty()) refuse_missing(path, names[1]);
  *static_cast<Money*>(target) = money;
}

void read_time(const Type& type, const json::value& value, void* target, const Path& path) {
  std::string_view word = string(value, path, "text");
  if (type.kind == Kind::instant) {
    auto instant = zones::parse_instant(word);
    if (!instant) refuse_malformed(path, "2026-11-20T09:30:00Z");
    type.set_number(target, instant->time_since_epoch().count());
  } else if (type.kind == Kind::local_time) {
    auto local = zones::parse_local(word);
    if (!local) refuse_malformed(path, "2026-11-20T11:30:00");
    type.set_number(target, local->time_since_epoch().count());
  } else {
    auto date = zones::parse_date(word);
    if (!date) refuse_malformed(path, "2026-11-20");
    type.set_number(target, std::chrono::sys_days{*date}.time_since_epoch().count());
  }
}

void read_bytes(const Type& type, const json::value& value, void* target, const Path& path) {
  auto bytes = crypto::from_base64(string(value, path, "text"));
  if (!bytes) refuse_malformed(path, "Zm9v");
  type.text(target) = std::move(*bytes);
}

const Field* field_named(Fields fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

[[noreturn]] void refuse_field(Fields fields, std::string_view name, const Path& path) {
  std::vector<std::string_view> names;
  for (const Field& field : fields) names.push_back(field.name);
  refuse_unknown(path, name, names);
}

void Reader::read_record(const Type& type, const json::value& value, void* target,
                         const Path& path) const {
  const json::object* object = value.if_object();
  if (object == nullptr) refuse_mismatch(path, "object");
  Fields fields = type.fields();
  auto missing = std::count_if(fields.begin(), fields.end(),
                               [](const Field& field) { return !field.may_be_absent; });
  std::size_t expected_next = 0;  // requests mostly name the fields in the table's order
  for (const auto& [key, member] : *object) {
    const Field* field = nullptr;
    if (expected_next < fields.size() && fields[expected_next].name == std::string_view(key)) {
      field = &fields[expected_next];
    } else {
      field = field_named(fields, key);
    }
    if (field == nullptr && !is_strict()) continue;
    if (field == nullptr) refuse_field(fields, key, path);
    expected_next = static_cast<std::size_t>(field - fields.data()) + 1;
    if (!field->may_be_absent) --missing;  // an object has each name once
    read(field->type(), member, field->member(target), path.below(field->name));
  }
  if (!is_strict() || missing == 0) return;
  for (const Field& field : fields) {
    if (!field.may_be_absent && !object->contains(field.name)) refuse_missing(path, field.name);
  }
}

void Reader::read_container(const Type& type, const json::value& value, void* target,
                            const Path& path) const {
  switch (type.kind) {
    case Kind::optional:
    case Kind::update:
      if (value.is_null()) return type.clear(target);
      return read(type.element(), value, type.emplace(target), path);
    case Kind::list: {
      if (!value.is_array()) refuse_mismatch(path, "list");
      type.clear(target);
      std::size_t position = 0;
      for (const json::value& element : value.get_array()) {
        read(type.element(), element, type.append(target), path.at(position++));
      }
      return;
    }
    default: {
      if (!value.is_object()) refuse_mismatch(path, "object");
      type.clear(target);
      for (const auto& [key, member] : value.get_object()) {
        read(type.element(), member, type.insert(target, key), path.below(key));
      }
    }
  }
}

void Reader::read(const Type& type, const json::value& value, void* target,
                  const Path& path) const {
  bool is_wrapper = type.kind == Kind::optional || type.kind == Kind::update;
  if (value.is_null() && !is_wrapper && !is_strict()) return;  // written by encode: never set
  switch (type.kind) {
    case Kind::boolean:
      if (!value.is_bool()) refuse_mismatch(path, "boolean");
      return type.set_number(target, value.get_bool() ? 1 : 0);
    case Kind::integer:
    case Kind::duration:
      return type.set_number(target, whole_number(value, path, type.lowest, type.highest));
    case Kind::id:
      return type.set_number(
          target, whole_number(value, path, is_strict() ? 1 : lowest_number, highest_number));
    case Kind::text:
      type.text(target) = string(value, path, "text");
      return;
    case Kind::bytes:
      return read_bytes(type, value, target, path);
    case Kind::enumeration:
      return read_enumeration(type, value, target, path);
    case Kind::money:
      return read_money(value, target, path);
    case Kind::instant:
    case Kind::local_time:
    case Kind::date:
      return read_time(type, value, target, path);
    case Kind::record:
      return read_record(type, value, target, path);
    default:
      return read_container(type, value, target, path);
  }
}

}  // namespace

void decode_value(const Type& type, const json::value& value, void* target) {
  Reader{Strictness::request}.read(type, value, target, Path{});
}

void decode(const Type& type, std::string_view text, void* target) {
  unsigned char buffer[4096];
  json::monotonic_resource memory(buffer, sizeof buffer);
  decode_value(type, parse(text, &memory), target);
}

void decode_stored(const Type& type, std::string_view text, void* target) {
  unsigned char buffer[4096];
  json::monotonic_resource memory(buffer, sizeof buffer);
  Reader{Strictness::stored}.read(type, parse(text, &memory), target, Path{});
}

}  // namespace frontdesk::describe

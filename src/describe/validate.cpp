#include "base/text.hpp"
#include "describe/json.hpp"
#include "describe/refuse.hpp"

#include <algorithm>

namespace frontdesk::describe {
namespace {

// The years 0 to 9999, which JSON can tell.
constexpr std::chrono::sys_days first_day{std::chrono::year{0} / 1 / 1};
constexpr std::chrono::sys_days last_day{std::chrono::year{9999} / 12 / 31};

void check(const Type& type, const void* value, const Field* limits, const Path& path);

void check_range(std::int64_t number, const Field* limits, const Path& path,
                 std::string_view reason) {
  if (limits == nullptr || (number >= limits->lowest && number <= limits->highest)) return;
  refuse_range(path, reason, limits->lowest, limits->highest);
}

void check_text(const std::string& value, const Field* limits, const Path& path) {
  if (auto offset = text::invalid_utf8(value)) {
    throw Error(Code::invalid, "utf8_invalid", path.text(),
                {{"offset", static_cast<std::int64_t>(*offset)}});
  }
  if (value.find('\0') != std::string::npos) {
    throw Error(Code::invalid, "text_has_nul", path.text());
  }
  check_range(static_cast<std::int64_t>(text::length(value)), limits, path, "length_out_of_range");
}

void check_enumeration(const Type& type, const void* value, const Path& path) {
  std::int64_t number = type.number(value);
  for (const EnumValue& candidate : type.values()) {
    if (candidate.value == number) return;
  }
  refuse_word(type, std::to_string(number), path);
}

void check_money(const Money& money, const Field* limits, const Path& path) {
  std::string_view code = money.currency.code();
  bool is_code = code.size() == 3 && std::all_of(code.begin(), code.end(), [](char letter) {
                   return letter >= 'A' && letter <= 'Z';
                 });
  if (code.empty()) refuse_missing(path, "currency");
  if (!is_code) refuse_malformed(path.below("currency"), "UAH");
  check_range(money.minor, limits, path.below("amount"), "out_of_range");
}

void check_time(std::int64_t seconds, const Path& path) {
  std::chrono::sys_seconds time{std::chrono::seconds{seconds}};
  if (time >= first_day && time < last_day + std::chrono::days{1}) return;
  throw Error(Code::invalid, "time_out_of_range", path.text());
}

void check_date(Date date, const Path& path) {
  if (!date.ok()) refuse_malformed(path, "2026-11-20");
  if (date < Date{first_day} || date > Date{last_day}) {
    throw Error(Code::invalid, "time_out_of_range", path.text());
  }
}

void check_map(const Type& type, const void* value, const Field* limits, const Path& path) {
  check_range(static_cast<std::int64_t>(type.size(value)), limits, path, "size_out_of_range");
  struct Visit {
    const Type& element;
    const Path& path;
  } visit{type.element(), path};
  type.each(value, &visit, [](void* context, const std::string& key, const void* element) {
    Visit& here = *static_cast<Visit*>(context);
    check_text(key, nullptr, here.path);
    check(here.element, element, nullptr, here.path.below(key));
  });
}

/// True for a plain value that its owner never set.
bool is_unset(const Type& type, const void* value) {
  switch (type.kind) {
    case Kind::id:
      return type.number(value) == 0;
    case Kind::date:
      return *static_cast<const Date*>(value) == Date{};
    case Kind::money:
      return *static_cast<const Money*>(value) == Money{};
    default:
      return false;
  }
}

void check_record(const Type& type, const void* value, const Path& path) {
  for (const Field& field : type.fields()) {
    const Type& member_type = field.type();
    const void* member = field.value(value);
    if (!is_unset(member_type, member)) {
      check(member_type, member, &field, path.below(field.name));
    } else if (!field.may_be_absent) {
      refuse_missing(path, field.name);
    }
  }
}

void check(const Type& type, const void* value, const Field* limits, const Path& path) {
  switch (type.kind) {
    case Kind::integer:
    case Kind::duration:
      return check_range(type.number(value), limits, path, "out_of_range");
    case Kind::id:
      if (type.number(value) < 1) {
        refuse_range(path, "out_of_range", 1, std::numeric_limits<std::int64_t>::max());
      }
      return;
    case Kind::text:
      return check_text(type.text(const_cast<void*>(value)), limits, path);
    case Kind::bytes:
      return check_range(static_cast<std::int64_t>(type.text(const_cast<void*>(value)).size()),
                         limits, path, "length_out_of_range");
    case Kind::enumeration:
      return check_enumeration(type, value, path);
    case Kind::money:
      return check_money(*static_cast<const Money*>(value), limits, path);
    case Kind::instant:
    case Kind::local_time:
      return check_time(type.number(value), path);
    case Kind::date:
      return check_date(*static_cast<const Date*>(value), path);
    case Kind::optional:
    case Kind::update:
      if (const void* content = type.content(value)) check(type.element(), content, limits, path);
      return;
    case Kind::list: {
      std::size_t size = type.size(value);
      check_range(static_cast<std::int64_t>(size), limits, path, "size_out_of_range");
      for (std::size_t i = 0; i < size; ++i) {
        check(type.element(), type.at(value, i), nullptr, path.at(i));
      }
      return;
    }
    case Kind::map:
      return check_map(type, value, limits, path);
    case Kind::record:
      return check_record(type, value, path);
    case Kind::boolean:
      return;
  }
}

}  // namespace

void validate(const Type& type, const void* value) { check(type, value, nullptr, Path{}); }

}  // namespace frontdesk::describe

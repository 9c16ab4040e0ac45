/// Field tables: how a plain struct tells its fields, so that JSON, schemas, SQL rows, Python and
/// reference pages are ordinary code that walks a table. A described struct is an aggregate with
///
///     template <class Self = Client>
///     static Fields fields() {
///       static constexpr Field table[] = {
///           field<&Self::city>("Where the client lives.").personal().length(0, 100),
///       };
///       return table;
///     }
///
/// The field's name is the member's own. Tables are immutable; reading them is thread-safe. That
/// they are templates is for whoever compiles: only a file that walks a table makes it (all tables
/// of the library take a compiler ten seconds). Without `Self` a table works as well.
#pragma once

#include <frontdesk/types.hpp>

#include <concepts>
#include <limits>
#include <map>
#include <new>
#include <span>
#include <type_traits>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {

enum class Kind : unsigned char {
  boolean,
  integer,
  text,
  bytes,
  enumeration,
  id,
  money,
  instant,
  local_time,
  date,
  duration,
  optional,
  update,
  list,
  map,
  record,
};

/// One value of an enumeration, by the name that every face uses.
struct EnumValue {
  std::int64_t value;
  std::string_view name;
  std::string_view doc;
};

struct Field;
using Fields = std::span<const Field>;

/// How the walkers handle a C++ type without knowing it: what it is, and functions over erased
/// pointers. Only the functions of its kind are set. Obtain one with type_of<T>().
struct Type {
  Kind kind;
  std::string_view name{};  ///< of a record or enumeration with its area; what an id identifies
  const Type& (*element)() = nullptr;  ///< of optional, update, list and map
  Fields (*fields)() = nullptr;        ///< of a record
  std::span<const EnumValue> (*values)() = nullptr;
  std::int64_t lowest = 0;  ///< of an integer or duration
  std::int64_t highest = 0;

  void* (*create)() = nullptr;  ///< a default value on the heap
  void (*destroy)(void*) = nullptr;
  void (*assign)(void* target, const void* source) = nullptr;

  /// boolean, integer, enumeration, id, instant and local time (seconds since 1970), date (days
  /// since 1970), duration (seconds)
  std::int64_t (*number)(const void*) = nullptr;
  void (*set_number)(void*, std::int64_t) = nullptr;
  /// text and bytes
  std::string& (*text)(void*) = nullptr;
  /// optional and update
  bool (*is_set)(const void*) = nullptr;          ///< false only for an update that was not given
  const void* (*content)(const void*) = nullptr;  ///< null where there is no value
  void* (*emplace)(void*) = nullptr;
  void (*clear)(void*) = nullptr;  ///< makes it empty (an update: set to null)
  /// list and map
  std::size_t (*size)(const void*) = nullptr;
  const void* (*at)(const void*, std::size_t) = nullptr;
  void* (*append)(void*) = nullptr;
  void (*each)(const void*, void* context,
               void (*visit)(void* context, const std::string& key, const void* value)) = nullptr;
  void* (*insert)(void*, std::string_view key) = nullptr;
};

template <class T>
const Type& type_of();

/// One row of a field table.
struct Field {
  std::string_view name{};
  std::string_view doc{};
  const Type& (*type)() = nullptr;
  void* (*member)(void* record) = nullptr;
  bool is_secret = false;    ///< a password, code or token: never in audit, feed, logs
  bool is_personal = false;  ///< tells of a person: never in audit or feed, erased with the person
  bool may_be_absent = false;  ///< left at its default if a request does not give it
  std::int64_t lowest = std::numeric_limits<std::int64_t>::min();  ///< of the number, or of the
                                                                   ///< length of text or list
  std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  std::string_view permission{};  ///< who may see it; empty: whoever sees the record

  constexpr Field secret() const {
    Field copy = *this;
    copy.is_secret = true;
    return copy;
  }
  constexpr Field personal() const {
    Field copy = *this;
    copy.is_personal = true;
    return copy;
  }
  /// A request may leave it out: its default in the struct then holds.
  constexpr Field or_default() const {
    Field copy = *this;
    copy.may_be_absent = true;
    return copy;
  }
  constexpr Field length(std::int64_t least, std::int64_t most) const { return range(least, most); }
  constexpr Field range(std::int64_t least, std::int64_t most) const {
    Field copy = *this;
    copy.lowest = least;
    copy.highest = most;
    return copy;
  }
  const void* value(const void* record) const { return member(const_cast<void*>(record)); }
};

/// A struct with a field table.
template <class T>
concept Described = requires {
  { T::fields() } -> std::same_as<Fields>;
};

namespace detail {

/// Text that a constant expression made; without an alias in it, unlike std::string_view, which GCC
/// would tell in the names of functions that return one.
struct Name {
  const char* start;
  std::size_t length;
};

/// `session` out of "… [with auto Member = &frontdesk::v1::bookings::Book::session]". It is looked
/// for from the end: compilers count each step of a constant expression, and there are thousands.
template <auto Member>
constexpr Name member_name() {
  const char* end = __PRETTY_FUNCTION__ + sizeof(__PRETTY_FUNCTION__) - sizeof("]");
  if (end[-1] == ')') --end;
  const char* start = end;
  while (start[-1] != ':') --start;
  return {start, static_cast<std::size_t>(end - start)};
}

/// `people::Client` out of "… [with T = frontdesk::v1::people::Client; …]".
template <class T>
constexpr std::string_view type_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  std::size_t start = text.find("T = ") + 4;
  std::string_view name = text.substr(start, text.find_first_of(";]", start) - start);
  // GCC tells the inline namespace, Clang does not.
  for (std::string_view home :
       {std::string_view("frontdesk::v1::"), std::string_view("frontdesk::")}) {
    if (name.substr(0, home.size()) == home) return name.substr(home.size());
  }
  return name;
}

template <class M>
struct MemberTypes;
template <class Owner, class Value>
struct MemberTypes<Value Owner::*> {
  using owner = Owner;
  using value = Value;
};

template <class T>
struct is_id : std::false_type {};
template <class Tag>
struct is_id<Id<Tag>> : std::true_type {
  using tag = Tag;
};
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_update : std::false_type {};
template <class T>
struct is_update<Update<T>> : std::true_type {
  using element = T;
};
template <class T>
struct is_list : std::false_type {};
template <class T>
struct is_list<std::vector<T>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class T>
struct is_map<std::map<std::string, T>> : std::true_type {
  using element = T;
};

template <class T>
constexpr T& as(void* p) {
  return *static_cast<T*>(p);
}
template <class T>
constexpr const T& as(const void* p) {
  return *static_cast<const T*>(p);
}

template <class T>
constexpr Type with_life(Kind kind) {
  Type type{.kind = kind};
  type.create = []() -> void* { return new T{}; };
  type.destroy = [](void* p) { delete static_cast<T*>(p); };
  type.assign = [](void* target, const void* source) { as<T>(target) = as<T>(source); };
  return type;
}

template <class T>
constexpr Type counted_in_seconds(Kind kind) {
  Type type = with_life<T>(kind);
  type.number = [](const void* p) -> std::int64_t { return as<T>(p).time_since_epoch().count(); };
  type.set_number = [](void* p, std::int64_t n) { as<T>(p) = T{std::chrono::seconds{n}}; };
  return type;
}

template <class T>
constexpr Type describe_scalar() {
  if constexpr (std::is_same_v<T, bool>) {
    Type type = with_life<T>(Kind::boolean);
    type.number = [](const void* p) -> std::int64_t { return as<bool>(p) ? 1 : 0; };
    type.set_number = [](void* p, std::int64_t n) { as<bool>(p) = n != 0; };
    return type;
  } else if constexpr (std::is_enum_v<T>) {
    Type type = with_life<T>(Kind::enumeration);
    type.name = type_name<T>();
    type.values = [] { return enum_values(T{}); };
    type.number = [](const void* p) -> std::int64_t { return static_cast<std::int64_t>(as<T>(p)); };
    type.set_number = [](void* p, std::int64_t n) { as<T>(p) = static_cast<T>(n); };
    return type;
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(std::is_signed_v<T>, "numbers of records are signed");
    Type type = with_life<T>(Kind::integer);
    type.lowest = std::numeric_limits<T>::min();
    type.highest = std::numeric_limits<T>::max();
    type.number = [](const void* p) -> std::int64_t { return as<T>(p); };
    type.set_number = [](void* p, std::int64_t n) { as<T>(p) = static_cast<T>(n); };
    return type;
  } else if constexpr (is_id<T>::value) {
    Type type = with_life<T>(Kind::id);
    type.name = is_id<T>::tag::name;
    type.number = [](const void* p) -> std::int64_t { return as<T>(p).value; };
    type.set_number = [](void* p, std::int64_t n) { as<T>(p).value = n; };
    return type;
  } else if constexpr (std::is_same_v<T, Instant>) {
    return counted_in_seconds<T>(Kind::instant);
  } else if constexpr (std::is_same_v<T, LocalTime>) {
    return counted_in_seconds<T>(Kind::local_time);
  } else if constexpr (std::is_same_v<T, Duration>) {
    Type type = with_life<T>(Kind::duration);
    type.lowest = std::numeric_limits<std::int64_t>::min();
    type.highest = std::numeric_limits<std::int64_t>::max();
    type.number = [](const void* p) -> std::int64_t { return as<T>(p).count(); };
    type.set_number = [](void* p, std::int64_t n) { as<T>(p) = T{n}; };
    return type;
  } else if constexpr (std::is_same_v<T, Date>) {
    Type type = with_life<T>(Kind::date);
    type.number = [](const void* p) -> std::int64_t {
      return std::chrono::sys_days{as<T>(p)}.time_since_epoch().count();
    };
    type.set_number = [](void* p, std::int64_t n) {
      as<T>(p) = Date{std::chrono::sys_days{std::chrono::days{n}}};
    };
    return type;
  } else {
    static_assert(Described<T>, "a field's type must be one of Kind or a struct with fields()");
    Type type = with_life<T>(Kind::record);
    type.name = type_name<T>();
    type.fields = [] { return T::fields(); };
    return type;
  }
}

template <class T>
constexpr Type describe_type() {
  if constexpr (std::is_same_v<T, std::string>) {
    Type type = with_life<T>(Kind::text);
    type.text = [](void* p) -> std::string& { return as<std::string>(p); };
    return type;
  } else if constexpr (std::is_same_v<T, Bytes>) {
    Type type = with_life<T>(Kind::bytes);
    type.text = [](void* p) -> std::string& { return as<Bytes>(p).value; };
    return type;
  } else if constexpr (std::is_same_v<T, Money>) {
    return with_life<T>(Kind::money);  // walkers know Money itself
  } else if constexpr (is_optional<T>::value) {
    Type type = with_life<T>(Kind::optional);
    type.element = &type_of<typename T::value_type>;
    type.is_set = [](const void*) { return true; };
    type.content = [](const void* p) -> const void* { return as<T>(p) ? &*as<T>(p) : nullptr; };
    type.emplace = [](void* p) -> void* { return &as<T>(p).emplace(); };
    type.clear = [](void* p) { as<T>(p).reset(); };
    return type;
  } else if constexpr (is_update<T>::value) {
    Type type = with_life<T>(Kind::update);
    type.element = &type_of<typename is_update<T>::element>;
    type.is_set = [](const void* p) { return as<T>(p).is_set(); };
    type.content = [](const void* p) -> const void* {
      return as<T>(p).has_value() ? &as<T>(p).value() : nullptr;
    };
    type.emplace = [](void* p) -> void* { return &as<T>(p).emplace(); };
    type.clear = [](void* p) { as<T>(p).clear(); };
    return type;
  } else if constexpr (is_list<T>::value) {
    Type type = with_life<T>(Kind::list);
    type.element = &type_of<typename T::value_type>;
    type.size = [](const void* p) { return as<T>(p).size(); };
    type.at = [](const void* p, std::size_t i) -> const void* { return &as<T>(p)[i]; };
    type.append = [](void* p) -> void* { return &as<T>(p).emplace_back(); };
    type.clear = [](void* p) { as<T>(p).clear(); };
    return type;
  } else if constexpr (is_map<T>::value) {
    Type type = with_life<T>(Kind::map);
    type.element = &type_of<typename is_map<T>::element>;
    type.size = [](const void* p) { return as<T>(p).size(); };
    type.each = [](const void* p, void* context,
                   void (*visit)(void*, const std::string&, const void*)) {
      for (const auto& [key, value] : as<T>(p)) visit(context, key, &value);
    };
    type.insert = [](void* p, std::string_view key) -> void* {
      return &as<T>(p)[std::string(key)];
    };
    type.clear = [](void* p) { as<T>(p).clear(); };
    return type;
  } else {
    return describe_scalar<T>();
  }
}

}  // namespace detail

/// The description of a C++ type. The same object every time.
template <class T>
const Type& type_of() {
  static constexpr Type type = detail::describe_type<T>();
  return type;
}

/// A row of a field table: the name comes from the member itself.
template <auto Member>
constexpr Field field(std::string_view doc) {
  using Types = detail::MemberTypes<decltype(Member)>;
  using Value = typename Types::value;
  Field row;
  constexpr detail::Name name = detail::member_name<Member>();
  row.name = {name.start, name.length};
  row.doc = doc;
  row.type = &type_of<Value>;
  row.member = [](void* record) -> void* {
    return &(static_cast<typename Types::owner*>(record)->*Member);
  };
  row.may_be_absent = detail::is_optional<Value>::value || detail::is_update<Value>::value ||
                      detail::is_list<Value>::value || detail::is_map<Value>::value;
  return row;
}

/// A result that tells nothing but success.
struct Nothing {
  static Fields fields() { return {}; }
  bool operator==(const Nothing&) const = default;
};

/// One page of a list.
template <class T>
struct Page {
  std::vector<T> items{};
  std::optional<std::string> next{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Page::items>("The records, in order."),
        field<&Page::next>("Cursor of the next page; absent on the last."),
    };
    return table;
  }
};

}  // namespace v1
}  // namespace frontdesk

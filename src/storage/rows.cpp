#include "storage/rows.hpp"

#include "describe/json.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>

namespace frontdesk::storage {
namespace {

/// Texts made once for each (type, purpose, text) and kept for the life of the process.
const std::string& remembered(const Type& type, std::string_view purpose, std::string_view text,
                              std::string (*make)(const Type&, std::string_view)) {
  using Key = std::tuple<const Type*, std::string, std::string>;
  using Kept = std::map<Key, std::string>;
  // Never destroyed: a thread may still read a row while the process ends.
  static std::shared_mutex& mutex = *new std::shared_mutex;
  static Kept& kept = *new Kept;
  // The few that a thread uses again and again are found without the lock; entries of a map stay
  // where they are.
  thread_local const Kept::value_type* recent[64] = {};
  auto slot = (reinterpret_cast<std::uintptr_t>(&type) / 64 +
               reinterpret_cast<std::uintptr_t>(text.data()) + purpose.size()) %
              64;
  auto is_it = [&](const Key& key) {
    return std::get<0>(key) == &type && std::get<1>(key) == purpose && std::get<2>(key) == text;
  };
  if (recent[slot] != nullptr && is_it(recent[slot]->first)) return recent[slot]->second;
  Key key{&type, std::string(purpose), std::string(text)};
  {
    std::shared_lock lock(mutex);
    auto found = kept.find(key);
    if (found != kept.end()) {
      recent[slot] = &*found;
      return found->second;
    }
  }
  std::string made = make(type, text);
  std::unique_lock lock(mutex);
  recent[slot] = &*kept.try_emplace(std::move(key), std::move(made)).first;
  return recent[slot]->second;
}

/// A field may be called like a word of SQL, such as `group`.
std::string column(const Field& field) { return '"' + std::string(field.name) + '"'; }

std::string make_columns(const Type& record, std::string_view) {
  std::string list;
  for (const Field& field : record.fields()) {
    if (!list.empty()) list += ", ";
    list += column(field);
  }
  return list;
}

std::string make_select(const Type& record, std::string_view tail) {
  return "SELECT " + make_columns(record, {}) + " FROM " + std::string(tail);
}

bool is_own_id(const Field& field) { return field.name == "id"; }

std::string make_insert(const Type& record, std::string_view table) {
  std::string names;
  std::string places;
  int number = 0;
  for (const Field& field : record.fields()) {
    if (!names.empty()) {
      names += ", ";
      places += ", ";
    }
    names += column(field);
    places += "$" + std::to_string(++number);
  }
  return "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + places + ")";
}

std::string make_update(const Type& record, std::string_view table) {
  std::string changes;
  std::string condition;
  int number = 0;
  for (const Field& field : record.fields()) {
    std::string place = column(field) + " = $" + std::to_string(++number);
    if (is_own_id(field)) {
      condition = place;
    } else {
      changes += (changes.empty() ? "" : ", ") + place;
    }
  }
  return "UPDATE " + std::string(table) + " SET " + changes + " WHERE " + condition;
}

/// The value of a member as it is bound; NULL for what was never set. Text that had to be made
/// (JSON) is kept in `made` for as long as the binding.
Value bound(const Type& type, const void* member, std::vector<std::string>& made) {
  switch (type.kind) {
    case Kind::id: {
      std::int64_t number = type.number(member);
      return number == 0 ? Value{} : Value{number};
    }
    case Kind::text:
      return std::string_view(type.text(const_cast<void*>(member)));
    case Kind::bytes:
      return Blob{type.text(const_cast<void*>(member))};
    case Kind::optional: {
      const void* content = type.content(member);
      return content == nullptr ? Value{} : bound(type.element(), content, made);
    }
    case Kind::date:
      if (!static_cast<const Date*>(member)->ok()) return {};
      return type.number(member);
    case Kind::money:
      if (static_cast<const Money*>(member)->currency.code().empty()) return {};
      [[fallthrough]];
    case Kind::list:
    case Kind::map:
    case Kind::record:
    case Kind::update:
      made.push_back(describe::encode(type, member));
      return std::string_view(made.back());
    default:
      return type.number(member);
  }
}

std::vector<Value> bound_fields(const Type& record, const void* value,
                                std::vector<std::string>& made) {
  Fields fields = record.fields();
  made.reserve(fields.size());  // views into the strings must stay good
  std::vector<Value> values;
  values.reserve(fields.size());
  for (const Field& field : fields) values.push_back(bound(field.type(), field.value(value), made));
  return values;
}

/// A file has fewer records; the number of a record's part, which is a thousand times its own, does
/// not overflow.
constexpr std::int64_t highest_id = 900'000'000'000'000;
/// The years 0 to 9999 in seconds; a length of time is within as many to either side.
constexpr std::int64_t first_second = -62'167'219'200;
constexpr std::int64_t last_second = 253'402'300'799;

bool is_possible(const Type& type, std::int64_t number) {
  switch (type.kind) {
    case Kind::enumeration: {
      const auto values = type.values();
      return std::any_of(values.begin(), values.end(),
                         [&](const EnumValue& known) { return known.value == number; });
    }
    case Kind::id:
      return number > 0 && number <= highest_id;  // none is stored as NULL
    case Kind::instant:
    case Kind::local_time:
      return number >= first_second && number <= last_second;
    case Kind::date:
      return number >= first_second / 86'400 && number <= last_second / 86'400;
    case Kind::duration:
      return number >= -last_second && number <= last_second;
    default:
      return true;
  }
}

/// What nobody could have written is caught here, so that whoever works with a record finds names
/// for its values and can add to its times.
void read_number(const Cursor& cursor, int column, const Type& type, void* member) {
  const std::int64_t number = cursor.integer(column);
  const bool is_none = number == 0 && cursor.null(column);
  if (!is_none && !is_possible(type, number)) throw Error(Code::storage, "file_damaged");
  type.set_number(member, number);
}

void read_member(const Cursor& cursor, int column, const Type& type, void* member) {
  switch (type.kind) {
    case Kind::text:
    case Kind::bytes:
      type.text(member) = cursor.text(column);
      return;
    case Kind::optional:
      if (cursor.null(column)) return type.clear(member);
      return read_member(cursor, column, type.element(), type.emplace(member));
    case Kind::list:
    case Kind::map:
    case Kind::record:
    case Kind::money:
    case Kind::update:
      if (!cursor.null(column)) describe::decode_stored(type, cursor.text(column), member);
      return;
    case Kind::date:
      if (!cursor.null(column)) read_number(cursor, column, type, member);
      return;
    default:
      read_number(cursor, column, type, member);
  }
}

}  // namespace

const std::string& columns(const Type& record) {
  return remembered(record, "columns", {}, make_columns);
}

const std::string& select_sql(const Type& record, std::string_view tail) {
  return remembered(record, "select", tail, make_select);
}

void read_row(const Cursor& cursor, const Type& record, void* target, int first_column) {
  int column = first_column;
  for (const Field& field : record.fields()) {
    read_member(cursor, column++, field.type(), field.member(target));
  }
}

void insert_row(Transaction& transaction, std::string_view table, const Type& record, void* value) {
  std::vector<std::string> made;
  std::vector<Value> values = bound_fields(record, value, made);
  Connection& connection = transaction.connection();
  connection.execute_values(remembered(record, "insert", table, make_insert), values);
  for (const Field& field : record.fields()) {
    if (!is_own_id(field) || field.type().kind != Kind::id) continue;
    void* id = field.member(value);
    if (field.type().number(id) == 0) field.type().set_number(id, connection.last_insert_id());
  }
}

void update_row(Transaction& transaction, std::string_view table, const Type& record,
                const void* value) {
  std::vector<std::string> made;
  std::vector<Value> values = bound_fields(record, value, made);
  transaction.connection().execute_values(remembered(record, "update", table, make_update), values);
}

}  // namespace frontdesk::storage

/// Rows by field table: a record's fields are the columns of the same names. Lists, maps, records
/// and money are JSON text in their column, dates days since 1970. What was never set (id 0, an
/// empty optional, a plain date or money without value) is NULL.
#pragma once

#include "storage/transaction.hpp"

namespace frontdesk::storage {

/// `id, version, name` for a record type; computed once.
const std::string& columns(const Type& record);
/// Reads the columns of `record`, from `first_column` on, into a fresh one.
void read_row(const Cursor& cursor, const Type& record, void* target, int first_column = 0);
/// INSERT of all fields; an id field named `id` that is 0 is left out and the new id is written
/// into it.
void insert_row(Transaction& transaction, std::string_view table, const Type& record, void* value);
/// UPDATE of all fields but `id` where id is the record's.
void update_row(Transaction& transaction, std::string_view table, const Type& record,
                const void* value);
/// SELECT columns FROM `tail`. `tail` is a literal such as "clients WHERE id = $1".
const std::string& select_sql(const Type& record, std::string_view tail);

template <Described T>
T read(const Cursor& cursor) {
  T record{};
  read_row(cursor, type_of<T>(), &record);
  return record;
}
template <Described T>
void insert(Transaction& transaction, std::string_view table, T& record) {
  insert_row(transaction, table, type_of<T>(), &record);
}
template <Described T>
void update(Transaction& transaction, std::string_view table, const T& record) {
  update_row(transaction, table, type_of<T>(), &record);
}
/// The record that `tail` finds, or none: find<Client>(tx, "clients WHERE id = $1", id).
template <Described T, class... Arguments>
std::optional<T> find(Transaction& transaction, std::string_view tail,
                      const Arguments&... arguments) {
  Cursor cursor = transaction.query(select_sql(type_of<T>(), tail), arguments...);
  if (!cursor.next()) return std::nullopt;
  return read<T>(cursor);
}
template <Described T, class... Arguments>
std::vector<T> all(Transaction& transaction, std::string_view tail, const Arguments&... arguments) {
  Cursor cursor = transaction.query(select_sql(type_of<T>(), tail), arguments...);
  std::vector<T> records;
  while (cursor.next()) records.push_back(read<T>(cursor));
  return records;
}

}  // namespace frontdesk::storage

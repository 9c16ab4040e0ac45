#include "storage/list.hpp"

#include "base/crypto.hpp"

#include <algorithm>
#include <charconv>

namespace frontdesk::storage {
namespace {

constexpr std::size_t mark_bytes = 8;

/// `i42;` or `t5:hello`, so that any text can stand in a cursor.
std::string print(std::int64_t number) { return "i" + std::to_string(number) + ";"; }
std::string print(std::string_view text, char kind = 't') {
  return kind + std::to_string(text.size()) + ":" + std::string(text);
}

[[noreturn]] void malformed() { throw Error(Code::invalid, "cursor_malformed", "cursor"); }

std::int64_t read_number(std::string_view& text, char end) {
  std::size_t stop = text.find(end);
  if (stop == std::string_view::npos) malformed();
  std::int64_t number = 0;
  auto [last, problem] = std::from_chars(text.data(), text.data() + stop, number);
  if (problem != std::errc() || last != text.data() + stop) malformed();
  text.remove_prefix(stop + 1);
  return number;
}

std::string read_text(std::string_view& text) {
  std::int64_t length = read_number(text, ':');
  if (length < 0 || static_cast<std::size_t>(length) > text.size()) malformed();
  std::string read(text.substr(0, static_cast<std::size_t>(length)));
  text.remove_prefix(read.size());
  return read;
}

}  // namespace

void List::keep(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    arguments_.emplace_back(*number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    arguments_.emplace_back(std::string(*text));
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    arguments_.emplace_back(Bytes{std::string(blob->bytes)});
  } else {
    arguments_.emplace_back();
  }
}

void List::add_condition(std::string_view condition, std::size_t arguments) {
  std::size_t number = arguments_.size() - arguments;
  where_ += where_.empty() ? " WHERE (" : " AND (";
  for (char letter : condition) {
    where_ += letter;
    if (letter == '$') where_ += std::to_string(++number);
  }
  where_ += ")";
}

/// A short digest of filters and order, which binds a cursor to its list.
std::string List::mark() const {
  std::string identity = from_ + where_;
  for (const Argument& argument : arguments_) {
    if (const auto* number = std::get_if<std::int64_t>(&argument)) {
      identity += print(*number);
    } else if (const auto* text = std::get_if<std::string>(&argument)) {
      identity += print(*text);
    } else if (const auto* bytes = std::get_if<Bytes>(&argument)) {
      identity += print(bytes->value, 'b');
    } else {
      identity += 'n';
    }
  }
  for (const OrderColumn& column : order_) {
    identity += column.sql;
    identity += column.descending ? '-' : '+';
  }
  return std::string(crypto::view(crypto::digest({}, {identity})).substr(0, mark_bytes));
}

/// Adds the condition that a row comes after the one at `position`, as the cursor tells it.
void List::continue_after(std::string_view position) {
  // (a > x) OR (a = x AND b > y): row values would not allow a direction for each column. The first
  // column is bounded once more by itself, which an index can use.
  std::string first;
  std::string beyond;
  std::string equal;
  for (const OrderColumn& column : order_) {
    if (position.empty()) malformed();
    char kind = position.front();
    position.remove_prefix(1);
    if (kind == 'i') {
      arguments_.emplace_back(read_number(position, ';'));
    } else if (kind == 't') {
      arguments_.emplace_back(read_text(position));
    } else {
      malformed();
    }
    std::string name(column.sql);
    std::string place = "$" + std::to_string(arguments_.size());
    std::string direction = column.descending ? " < " : " > ";
    if (beyond.empty()) {
      first = name + (column.descending ? " <= " : " >= ") + place;
    } else {
      beyond += " OR ";
    }
    beyond += "(" + equal + name + direction + place + ")";
    equal += name + " = " + place + " AND ";
  }
  if (!position.empty()) malformed();
  where_ += (where_.empty() ? " WHERE " : " AND ") + first + " AND (" + beyond + ")";
}

std::string List::sql(const Type& record) const {
  std::string text = "SELECT " + columns(record);
  for (const OrderColumn& column : order_) text += ", " + std::string(column.sql);
  text += " FROM " + from_ + where_ + " ORDER BY ";
  for (std::size_t i = 0; i < order_.size(); ++i) {
    if (i > 0) text += ", ";
    text += order_[i].sql;
    if (order_[i].descending) text += " DESC";
  }
  return text + " LIMIT $" + std::to_string(arguments_.size() + 1);
}

std::string List::position(const Cursor& row, int first_column) const {
  std::string text;
  int column = first_column;
  for (std::size_t i = 0; i < order_.size(); ++i, ++column) {
    if (row.null(column)) throw Error(Code::internal, "storage_defect");
    text += row.is_text(column) ? print(row.text(column)) : print(row.integer(column));
  }
  return text;
}

void List::run(Transaction& transaction, const Type& record,
               const std::optional<std::string>& cursor, std::int64_t limit,
               std::optional<std::string>& next, const std::function<void(const Cursor&)>& take) {
  limit = std::clamp<std::int64_t>(limit, 1, page_limit_highest);
  std::string own_mark = mark();
  if (cursor) {
    auto bytes = crypto::from_base64url(*cursor);
    if (!bytes || bytes->size() < mark_bytes) malformed();
    if (!bytes->starts_with(own_mark)) throw Error(Code::invalid, "cursor_foreign", "cursor");
    continue_after(std::string_view(*bytes).substr(mark_bytes));
  }
  std::vector<Value> values;
  for (const Argument& argument : arguments_) {
    if (const auto* bytes = std::get_if<Bytes>(&argument)) {
      values.emplace_back(Blob{bytes->value});
    } else if (const auto* text = std::get_if<std::string>(&argument)) {
      values.emplace_back(std::string_view(*text));
    } else if (const auto* number = std::get_if<std::int64_t>(&argument)) {
      values.emplace_back(*number);
    } else {
      values.emplace_back();
    }
  }
  values.emplace_back(limit + 1);
  Cursor rows = transaction.connection().query_values(sql(record), values);
  int order_start = static_cast<int>(record.fields().size());
  std::string last;
  for (std::int64_t row = 1; rows.next(); ++row) {
    if (row > limit) {
      next = crypto::base64url(own_mark + last);
      break;
    }
    take(rows);
    if (row == limit) last = position(rows, order_start);
  }
}

}  // namespace frontdesk::storage

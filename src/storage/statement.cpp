#include "storage/statement.hpp"

#include "storage/sqlite_error.hpp"

#include <sqlite3.h>

#include <limits>

namespace frontdesk::storage {
namespace {

/// Nothing is counted as far, and no amount is a thousandth of it: what adds some stored numbers up
/// does not overflow.
constexpr std::int64_t highest_number = 1'000'000'000'000'000'000;

constexpr std::size_t statements_max = 2000;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_name_letter(char letter) {
  return is_digit(letter) || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         letter == '_' || letter == '$' || static_cast<unsigned char>(letter) >= 0x80;
}

bool is_blank(char letter) {
  return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r' || letter == '\f';
}

/// Where the token that starts at `start` and is ended by `close` ends; a doubled quote simply
/// starts another token.
std::size_t end_of(std::string_view sql, std::size_t start, std::string_view close) {
  const std::size_t found = sql.find(close, start);
  return found == std::string_view::npos ? sql.size() : found + close.size();
}

std::size_t end_of_token(std::string_view sql, std::size_t start) {
  const std::string_view rest = sql.substr(start);
  const char first = rest.front();
  if (first == '\'' || first == '"' || first == '`') return end_of(sql, start + 1, {&first, 1});
  if (first == '[') return end_of(sql, start + 1, "]");
  if (rest.starts_with("--")) return end_of(sql, start + 2, "\n");
  if (rest.starts_with("/*")) return end_of(sql, start + 2, "*/");
  std::size_t end = start;
  while (end < sql.size() && is_name_letter(sql[end])) ++end;
  return end == start ? start + 1 : end;
}

bool is_numbered_parameter(std::string_view token) {
  return token.size() > 1 && token.front() == '$' &&
         token.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

[[noreturn]] void throw_defect(std::string_view problem, std::string_view sql) {
  throw Error(Code::internal, "storage_defect", {},
              {{"problem", std::string(problem)}, {"statement", std::string(sql)}});
}

int bind_one(sqlite3_stmt* statement, int index, const Value& value, sqlite3_destructor_type life) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return sqlite3_bind_int64(statement, index, *number);
  }
  // A null pointer would bind NULL, so empty views get an address.
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    const char* data = text->data() ? text->data() : "";
    return sqlite3_bind_text64(statement, index, data, text->size(), life, SQLITE_UTF8);
  }
  if (const auto* blob = std::get_if<Blob>(&value)) {
    const char* data = blob->bytes.data() ? blob->bytes.data() : "";
    return sqlite3_bind_blob64(statement, index, data, blob->bytes.size(), life);
  }
  return sqlite3_bind_null(statement, index);
}

}  // namespace

std::string number_parameters(std::string_view sql) {
  std::string result;
  result.reserve(sql.size());
  std::size_t position = 0;
  while (position < sql.size()) {
    const std::size_t end = end_of_token(sql, position);
    const std::string_view token = sql.substr(position, end - position);
    if (is_numbered_parameter(token)) {
      result += '?';
      result += token.substr(1);
    } else {
      result += token;
    }
    position = end;
  }
  return result;
}

void ValueDeleter::operator()(sqlite3_value* value) const { sqlite3_value_free(value); }

StatementHandle::StatementHandle(sqlite3* connection, std::string_view text)
    : database(connection), sql(text) {
  const std::string numbered = number_parameters(text);
  if (numbered.size() >= std::size_t{std::numeric_limits<int>::max()}) {
    throw_defect("the statement is too long", {});
  }
  const char* tail = nullptr;
  const int status =
      sqlite3_prepare_v3(database, numbered.c_str(), static_cast<int>(numbered.size() + 1),
                         SQLITE_PREPARE_PERSISTENT, &statement, &tail);
  if (status != SQLITE_OK) throw_sqlite_error(database, status);
  while (tail && (is_blank(*tail) || *tail == ';')) ++tail;
  if (!statement || (tail && *tail != 0)) {
    sqlite3_finalize(statement);
    throw_defect("not exactly one statement", text);
  }
  parameters = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
  writes_and_returns = sqlite3_stmt_readonly(statement) == 0 && sqlite3_column_count(statement) > 0;
}

StatementHandle::~StatementHandle() { sqlite3_finalize(statement); }

void StatementHandle::bind(std::span<const Value> values, sqlite3_destructor_type life) {
  // A parameter that was not given would keep a view of some earlier run.
  if (values.size() != parameters) throw_defect("wrong number of arguments", sql);
  int index = 0;
  for (const Value& value : values) {
    const int status = bind_one(statement, ++index, value, life);
    if (status != SQLITE_OK) throw_sqlite_error(database, status);
  }
}

bool StatementHandle::step() {
  if (writes_and_returns) {
    if (!done) {
      collect_returned();
    } else if (next_row * columns < returned.size()) {
      ++next_row;
    }
    return next_row * columns < returned.size();
  }
  // SQLite would start a finished statement over.
  if (done) return false;
  const int status = sqlite3_step(statement);
  if (status == SQLITE_ROW) return true;
  done = true;
  if (status != SQLITE_DONE) throw_sqlite_error(database, status);
  sqlite3_reset(statement);
  return false;
}

// SQLite hands out the rows of RETURNING before it checks foreign keys. A caller who takes the
// first row and goes would never hear that the statement failed, so the statement is run to its end
// and its rows are kept.
void StatementHandle::collect_returned() {
  done = true;
  columns = static_cast<std::size_t>(sqlite3_column_count(statement));
  int status = sqlite3_step(statement);
  for (; status == SQLITE_ROW; status = sqlite3_step(statement)) {
    for (std::size_t column = 0; column < columns; ++column) {
      sqlite3_value* value = sqlite3_column_value(statement, static_cast<int>(column));
      OwnedValue copy(sqlite3_value_dup(value));
      if (!copy) throw Error(Code::no_memory, "no_memory");
      returned.push_back(std::move(copy));
    }
  }
  if (status != SQLITE_DONE) {
    returned.clear();
    throw_sqlite_error(database, status);
  }
  sqlite3_reset(statement);
}

void StatementHandle::finish() {
  if (running) sqlite3_reset(statement);
  returned.clear();
  next_row = 0;
  running = false;
  done = false;
}

sqlite3_value* StatementHandle::column(int column) const {
  const std::size_t cell = next_row * columns + static_cast<std::size_t>(column);
  return cell < returned.size() ? returned[cell].get() : nullptr;
}

StatementHandle& StatementCache::take(sqlite3* database, std::string_view sql) {
  const auto address = reinterpret_cast<std::uintptr_t>(sql.data());
  StatementHandle*& recent = recent_[(address ^ (address >> 9) ^ sql.size()) % recent_.size()];
  // The address only tells where to look; another text may stand there now.
  if (!recent || recent->sql != sql) recent = &find(database, sql);
  StatementHandle* handle = recent;
  while (handle->running) {
    if (!handle->spare) {
      handle->spare = std::make_unique<StatementHandle>(database, sql);
      ++prepared_;
    }
    handle = handle->spare.get();
  }
  handle->running = true;
  return *handle;
}

StatementHandle& StatementCache::find(sqlite3* database, std::string_view sql) {
  if (const auto known = statements_.find(sql); known != statements_.end()) return *known->second;
  if (statements_.size() >= statements_max) make_room();
  auto handle = std::make_unique<StatementHandle>(database, sql);
  StatementHandle& result = *handle;
  statements_.emplace(result.sql, std::move(handle));
  ++prepared_;
  return result;
}

void StatementCache::make_room() {
  recent_.fill(nullptr);
  std::erase_if(statements_, [](const auto& entry) {
    for (const StatementHandle* handle = entry.second.get(); handle; handle = handle->spare.get()) {
      if (handle->running) return false;
    }
    return true;
  });
}

Cursor::Cursor(Cursor&& other) noexcept : handle_(other.handle_) { other.handle_ = nullptr; }

Cursor::~Cursor() {
  if (handle_) handle_->finish();
}

bool Cursor::next() { return handle_->step(); }

int Cursor::columns() const { return sqlite3_column_count(handle_->statement); }

bool Cursor::null(int column) const {
  if (handle_->writes_and_returns) {
    sqlite3_value* value = handle_->column(column);
    return !value || sqlite3_value_type(value) == SQLITE_NULL;
  }
  return sqlite3_column_type(handle_->statement, column) == SQLITE_NULL;
}

bool Cursor::is_text(int column) const {
  int type = handle_->writes_and_returns ? sqlite3_value_type(handle_->column(column))
                                         : sqlite3_column_type(handle_->statement, column);
  return type == SQLITE_TEXT || type == SQLITE_BLOB;
}

std::int64_t Cursor::integer(int column) const {
  std::int64_t number = 0;
  if (!handle_->writes_and_returns) {
    number = sqlite3_column_int64(handle_->statement, column);
  } else if (sqlite3_value* value = handle_->column(column)) {
    number = sqlite3_value_int64(value);
  }
  if (number < -highest_number || number > highest_number) {
    throw Error(Code::storage, "file_damaged");
  }
  return number;
}

std::string_view Cursor::text(int column) const {
  const void* data = nullptr;
  int length = 0;
  if (handle_->writes_and_returns) {
    sqlite3_value* value = handle_->column(column);
    if (!value) return {};
    data = sqlite3_value_blob(value);
    length = sqlite3_value_bytes(value);
  } else {
    data = sqlite3_column_blob(handle_->statement, column);
    if (!data && sqlite3_errcode(handle_->database) == SQLITE_NOMEM) {
      throw Error(Code::no_memory, "no_memory");
    }
    length = sqlite3_column_bytes(handle_->statement, column);
  }
  if (!data) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(length)};
}

}  // namespace frontdesk::storage

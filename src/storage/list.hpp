/// The one primitive behind every list: filters, order, cursor pages that stay stable under inserts
/// (SPEC E12).
#pragma once

#include "storage/rows.hpp"

namespace frontdesk::storage {

/// What every list request carries besides its filters.
inline constexpr std::int64_t page_limit_standard = 50;
inline constexpr std::int64_t page_limit_highest = 500;

/// One column of the order: numbers or text, never NULL.
struct OrderColumn {
  std::string_view sql;
  bool descending = false;
};

/// Builds and runs one list query:
///
///     List list("clients");
///     list.where("archived_at IS NULL");
///     if (request.city) list.where("city = $", *request.city);
///     list.order({{"sort_key"}, {"id"}});
///     return list.page<Client>(tx, request.cursor, request.limit);
class List {
 public:
  explicit List(std::string_view from) : from_(from) {}

  /// Adds a condition; each `$` in it stands for the next of its arguments.
  template <class... Arguments>
  void where(std::string_view condition, const Arguments&... arguments) {
    (keep(value(arguments)), ...);
    add_condition(condition, sizeof...(arguments));
  }
  /// Keeps a value for expressions of the order; the text that stands for it in them.
  template <class T>
  std::string argument(const T& kept) {
    keep(value(kept));
    return "$" + std::to_string(arguments_.size());
  }
  /// The last column must be unique, usually `id`. The texts must live until the page is read.
  void order(std::vector<OrderColumn> columns) { order_ = std::move(columns); }

  /// Throws Error{invalid, "cursor_malformed"} or, where the cursor belongs to other filters,
  /// Error{invalid, "cursor_foreign"}. A limit outside of 1 to page_limit_highest is taken for the
  /// nearest of the two.
  template <Described T>
  Page<T> page(Transaction& transaction, const std::optional<std::string>& cursor,
               std::int64_t limit) {
    Page<T> page;
    run(transaction, type_of<T>(), cursor, limit, page.next,
        [&page](const Cursor& row) { page.items.push_back(read<T>(row)); });
    return page;
  }

 private:
  void keep(const Value& value);
  void add_condition(std::string_view condition, std::size_t arguments);
  void run(Transaction& transaction, const Type& record, const std::optional<std::string>& cursor,
           std::int64_t limit, std::optional<std::string>& next,
           const std::function<void(const Cursor&)>& take);
  std::string mark() const;
  void continue_after(std::string_view position);
  std::string sql(const Type& record) const;
  std::string position(const Cursor& row, int first_column) const;

  // Owned, since what a condition was given may be gone when the page is read.
  using Argument = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

  std::string from_;
  std::string where_;
  std::vector<Argument> arguments_;
  std::vector<OrderColumn> order_;
};

}  // namespace frontdesk::storage

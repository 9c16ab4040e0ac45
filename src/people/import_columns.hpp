/// The columns of an imported file, and what stands in their cells.
#pragma once

#include <frontdesk/people_entry.hpp>

#include "base/csv.hpp"

namespace frontdesk::people {

/// Cells of one row by the name of their column, as this import names it. Empty cells are left out.
using Cells = std::map<std::string, std::string, std::less<>>;

/// Which column of the file is which.
class ColumnPlan {
 public:
  /// Errors (Code::invalid): csv_empty, column_misspelt (details column, nearest), column_unknown,
  /// column_repeated, column_missing; the field is `csv` or `mapping`.
  ColumnPlan(const Import& request, const csv::Row& header);

  /// Error{invalid, "row_too_long"} where a row has more cells than there are columns.
  Cells cells_of(const csv::Row& row) const;
  /// Whether one of the columns is there.
  bool has_any(std::span<const std::string_view> columns) const;

 private:
  std::vector<std::string> names_{};  ///< empty for a column without a name, which is passed over
};

/// A row's data under the names, and so with the limits, of people.update_client. Errors
/// (Code::invalid): date_malformed, sex_unknown, with the column as field.
UpdateClient data_of(const Cells& cells);
/// The whole number in a cell, or none if the cell is empty. Error{invalid, "number_malformed"}.
std::optional<std::int64_t> number_in(const Cells& cells, std::string_view column);
/// The day in a cell, or none if the cell is empty. Error{invalid, "date_malformed"}.
std::optional<Date> date_in(const Cells& cells, std::string_view column);
/// Parts of a cell that stand between `;`, tidied; empty ones are left out.
std::vector<std::string> list_in(const Cells& cells, std::string_view column);
/// The column that a field path of an error speaks of: `emergency_contact.phone` is
/// `emergency_phone`.
std::string column_of(std::string_view field_path);

}  // namespace frontdesk::people

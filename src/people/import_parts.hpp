/// What areas above import along with people (SPEC P10): they name their columns and take what
/// stands in them. src/engine/import_parts.cpp joins the two.
#pragma once

#include "people/import_columns.hpp"
#include "storage/transaction.hpp"

namespace frontdesk::people {

/// A row whose client is there.
struct ImportedRow {
  CentreId centre{};
  ClientId client{};
  ClientId payer{};  ///< their guardian, or the client
  const Cells& cells;
};

struct ImportPart {
  std::string_view name;  ///< `subscriptions`
  std::span<const std::string_view> columns;
  /// Refuses who may not import this to the centre. Asked once the file has one of the columns.
  void (*check)(storage::Transaction&, CentreId centre);
  /// True if something was added, false if it was there. Fields of its errors are columns.
  bool (*take)(storage::Transaction&, const ImportedRow& row);
};

std::span<const ImportPart> import_parts();

}  // namespace frontdesk::people

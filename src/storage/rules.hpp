/// What must always hold of rows, as `upkeep.check` looks at it.
#pragma once

#include "storage/hooks.hpp"

#include <span>

namespace frontdesk::storage {

/// Each row that the query gives breaks it; its first column is the number of the record. Where the
/// query names `$1`, that is the moment of the check.
struct Rule {
  const char* record;  ///< `booking `: stands before the number
  const char* sql;
  const char* problem;
};

/// Reports what breaks the rules as findings of a part.
inline void check_rules(Transaction& transaction, std::string_view part,
                        std::span<const Rule> rules, std::vector<Finding>& findings) {
  for (const Rule& rule : rules) {
    const std::string_view sql = rule.sql;
    Cursor rows = sql.find("$1") == std::string_view::npos
                      ? transaction.query(sql)
                      : transaction.query(sql, transaction.now());
    while (rows.next()) {
      findings.push_back(
          {std::string(part), rule.record + std::to_string(rows.integer(0)), rule.problem});
    }
  }
}

}  // namespace frontdesk::storage

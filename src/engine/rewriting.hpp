/// After an erasure the file is written anew (storage::File::rewrite). That it is due stands in the
/// file, so that a crash or a reader in the way only puts it off to the next job, at the latest the
/// next tick.
#pragma once

#include "storage/transaction.hpp"

namespace frontdesk::engine {

inline void mark_rewrite_due(storage::Transaction& transaction) {
  transaction.execute(
      "INSERT INTO meta (name, value) VALUES ('rewrite_due', 1) ON CONFLICT (name) DO NOTHING");
}
inline void rewrite_is_done(storage::Connection& connection) {
  connection.execute("DELETE FROM meta WHERE name = 'rewrite_due'");
}
inline bool is_rewrite_due(storage::Connection& connection) {
  return connection.query("SELECT 1 FROM meta WHERE name = 'rewrite_due'").next();
}

}  // namespace frontdesk::engine

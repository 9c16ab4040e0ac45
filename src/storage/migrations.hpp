/// Brings a file's schema forward and tells whether it is the one the migrations make. Internal to
/// storage.
#pragma once

#include "base/crypto.hpp"
#include "storage/connection.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace frontdesk::storage {

/// "FDK1", in the header of every frontdesk file.
inline constexpr std::int64_t application_id = 0x46444B31;

using Migrations = std::span<const std::string_view>;

/// What the header and the schema table of a file say.
struct FileState {
  std::int64_t application = 0;
  std::int64_t version = 0;
  bool empty = false;

  /// A file that was made but never migrated: by an open that was killed, or by `touch`.
  bool fresh() const { return application == 0 && version == 0 && empty; }
};
FileState state_of(Connection& connection);

/// Applies the migrations from `version` on in one transaction. The caller holds the writers' lock.
void migrate(Connection& connection, std::int64_t version, Migrations migrations);
/// Digest of the whole schema as SQLite stores it.
crypto::Digest schema_digest(Connection& connection);
/// The digest of the schema that the migrations make, learnt by building it in memory.
crypto::Digest digest_of(Migrations migrations);
/// True if the file has the very schema that the migrations make. Thread-safe.
bool schema_is_right(Connection& connection, Migrations migrations);

}  // namespace frontdesk::storage

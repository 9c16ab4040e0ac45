#include "storage/migrations.hpp"

#include "storage/file.hpp"
#include "storage/schema_digest.hpp"

#include <array>
#include <string>

namespace frontdesk::storage {
namespace {

struct NamedMigration {
  std::string_view name;
  std::string_view sql;
};

// The last entry only keeps the list from being empty.
constexpr NamedMigration embedded[] = {
#include "migrations.inc"
    {{}, {}},
};
constexpr std::size_t count = std::size(embedded) - 1;

constexpr std::array<std::string_view, count> texts_of_embedded() {
  std::array<std::string_view, count> texts{};
  for (std::size_t i = 0; i < count; ++i) texts[i] = embedded[i].sql;
  return texts;
}
constexpr std::array<std::string_view, count> embedded_texts = texts_of_embedded();

std::int64_t number_of(Connection& connection, std::string_view sql) {
  Cursor cursor = connection.query(sql);
  return cursor.next() ? cursor.integer(0) : 0;
}

void append(std::string& bytes, std::string_view part) {
  bytes += std::to_string(part.size());
  bytes += ':';
  bytes += part;
}

void apply(Connection& connection, std::string_view sql) {
  connection.script(std::string(sql));
  if (connection.in_transaction()) return;
  throw Error(Code::internal, "storage_defect", {},
              {{"problem", std::string("a migration ended the transaction")}});
}

void apply_all(Connection& connection, std::int64_t version, Migrations migrations) {
  for (const std::string_view sql : migrations.subspan(static_cast<std::size_t>(version))) {
    apply(connection, sql);
  }
  if (version > 0) {
    Cursor orphans = connection.query("PRAGMA foreign_key_check");
    if (orphans.next()) {
      throw Error(Code::internal, "storage_defect", {},
                  {{"problem", std::string("a migration left orphans")},
                   {"table", std::string(orphans.text(0))}});
    }
  }
  connection.script("PRAGMA application_id=" + std::to_string(application_id) +
                    ";PRAGMA user_version=" + std::to_string(migrations.size()));
}

}  // namespace

Migrations migrations() { return embedded_texts; }

FileState state_of(Connection& connection) {
  FileState state;
  state.application = number_of(connection, "PRAGMA application_id");
  state.version = number_of(connection, "PRAGMA user_version");
  state.empty = number_of(connection, "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)") != 0;
  return state;
}

void migrate(Connection& connection, std::int64_t version, Migrations migrations) {
  // A table is changed by making it anew, which foreign keys would take for a deletion of its rows;
  // the keys are checked at the end instead. The switch has no effect inside a transaction.
  connection.script("PRAGMA foreign_keys=OFF");
  try {
    connection.script("BEGIN IMMEDIATE");
    apply_all(connection, version, migrations);
    connection.script("COMMIT");
    connection.script("PRAGMA foreign_keys=ON");
  } catch (...) {
    try {
      if (connection.in_transaction()) connection.script("ROLLBACK");
      connection.script("PRAGMA foreign_keys=ON");
    } catch (const Error&) {
      // The first error tells more; the caller gives the connection up.
    }
    throw;
  }
}

crypto::Digest schema_digest(Connection& connection) {
  crypto::start();
  std::string bytes;
  // Statistics of ANALYZE come and go without changing what the tables are.
  Cursor cursor = connection.query(R"sql(
    SELECT type, name, tbl_name, sql
    FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite\_stat%' ESCAPE '\'
    ORDER BY type, name)sql");
  while (cursor.next()) {
    for (int column = 0; column < 4; ++column) append(bytes, cursor.text(column));
  }
  return crypto::digest({}, {bytes});
}

crypto::Digest digest_of(Migrations migrations) {
  Connection memory({}, OpenMode::memory);
  migrate(memory, 0, migrations);
  return schema_digest(memory);
}

// Building the schema takes longer than all the rest of opening a file, so its digest is written
// down in the source. Where that is out of date the answer is the same and only slower.
bool schema_is_right(Connection& connection, Migrations migrations) {
  const crypto::Digest found = schema_digest(connection);
  const bool is_newest =
      migrations.data() == embedded_texts.data() && migrations.size() == embedded_texts.size();
  if (!is_newest) return found == digest_of(migrations);
  if (crypto::hex(crypto::view(found)) == recorded_schema_digest) return true;
  static const crypto::Digest built = digest_of(embedded_texts);
  return found == built;
}

}  // namespace frontdesk::storage

#include "access/relations.hpp"
#include "base/text.hpp"
#include "people/clients.hpp"
#include "people/lists.hpp"

namespace frontdesk::people {
namespace {

using Findings = std::vector<storage::Finding>;

void find(Transaction& transaction, Findings& findings, std::string_view sql,
          std::string_view problem) {
  storage::Cursor rows = transaction.query(sql);
  while (rows.next()) {
    findings.push_back({.part = "people",
                        .place = "client " + std::to_string(rows.integer(0)),
                        .problem = std::string(problem)});
  }
}

/// What is stored for search and order must be what the record gives.
void check_keys(Transaction& transaction, Findings& findings) {
  storage::Cursor rows =
      transaction.query("SELECT id, city_folded, name_key FROM clients WHERE erased_at IS NULL");
  while (rows.next()) {
    Client client = stored_client(transaction, rows.id<ClientTag>(0));
    bool is_right =
        rows.text(1) == text::fold(client.city.value_or("")) && rows.text(2) == name_key(client);
    if (is_right) continue;
    findings.push_back({.part = "people",
                        .place = "client " + std::to_string(client.id.value),
                        .problem = "the keys for search are not those of the record"});
  }
}

void check_people(Transaction& transaction, Findings& findings) {
  find(transaction, findings,
       "SELECT id FROM clients WHERE merged_into IS NOT NULL AND archived_at IS NULL",
       "merged into another client, but in use");
  find(transaction, findings,
       "SELECT a.id FROM clients AS a JOIN clients AS b ON b.id = a.merged_into"
       " WHERE b.merged_into IS NOT NULL",
       "merged into a client who was merged, too");
  find(transaction, findings,
       "SELECT id FROM clients WHERE erased_at IS NOT NULL AND (archived_at IS NULL"
       "  OR email IS NOT NULL OR phone IS NOT NULL OR birth_date IS NOT NULL OR search <> '')",
       "erased, but something of the person is left");
  check_keys(transaction, findings);
}

}  // namespace

namespace lists {

constinit const storage::CheckPart check{"people", check_people};

}  // namespace lists
}  // namespace frontdesk::people

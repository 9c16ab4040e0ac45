#include <frontdesk/people_privacy.hpp>

#include "access/relations.hpp"
#include "people/clients.hpp"
#include "people/lists.hpp"
#include "storage/define.hpp"
#include "storage/hooks.hpp"

#include <algorithm>

namespace frontdesk::people {

constinit const storage::EventKind ClientErased::kind{"people.client_erased",
                                                      "A person was erased.", "people.view"};

namespace {

/// Dependants in use who have no guardian left but those about to be erased.
std::vector<ClientId> left_alone(Transaction& transaction, const std::vector<ClientId>& erased) {
  std::vector<ClientId> alone;
  for (ClientId guardian : erased) {
    for (ClientId dependant : access::dependants_of(transaction, guardian)) {
      std::vector<ClientId> others = access::guardians_of(transaction, dependant);
      std::erase_if(others, [&](ClientId other) {
        return std::find(erased.begin(), erased.end(), other) != erased.end() ||
               stored_client(transaction, other).archived_at.has_value();
      });
      Client client = stored_client(transaction, dependant);
      bool is_listed = std::find(alone.begin(), alone.end(), dependant) != alone.end();
      if (others.empty() && !client.erased_at && !client.merged_into && !is_listed) {
        alone.push_back(dependant);
      }
    }
  }
  return alone;
}

/// The person and all records that were merged into theirs, which hold their data too.
std::vector<ClientId> records_of(Transaction& transaction, ClientId client) {
  std::vector<ClientId> records{client};
  for (std::size_t i = 0; i < records.size(); ++i) {
    storage::Cursor rows =
        transaction.query("SELECT id FROM clients WHERE merged_into = $1", records[i]);
    while (rows.next()) records.push_back(rows.id<ClientTag>(0));
  }
  return records;
}

std::vector<ClientId> plan(Transaction& transaction, const Erase& request) {
  Client client = stored_client(transaction, request.client);
  if (client.erased_at) throw Error(Code::conflict, "client_erased", "client");
  if (client.merged_into) {
    throw Error(Code::conflict, "client_merged", "client", {{"client", client.merged_into.value}});
  }
  std::vector<ClientId> planned = records_of(transaction, client.id);
  std::vector<ClientId> alone = left_alone(transaction, planned);
  if (!alone.empty() && !request.with_dependants) {
    std::vector<std::int64_t> ids;
    for (ClientId dependant : alone) ids.push_back(dependant.value);
    throw Error(Code::conflict, "dependants_left", "with_dependants", {{"dependants", ids}});
  }
  for (ClientId dependant : alone) {
    for (ClientId record : records_of(transaction, dependant)) planned.push_back(record);
  }
  for (ClientId record : planned) {
    storage::ask_vetoes(transaction, "people.erase", record.value);
  }
  // The person comes last: if it is they who ask, their own access ends with it.
  std::reverse(planned.begin(), planned.end());
  return planned;
}

void erase_one(Transaction& transaction, ClientId client, EraseReason reason) {
  for (const storage::ErasePart& part : transaction.hooks().erase) part.run(transaction, client);
  transaction.concern(client);
  transaction.emit(ClientErased{.client = client, .reason = reason});
}

}  // namespace

bool step(Transaction& transaction, const Erase& request, EraseState& state, Erased& result) {
  if (!state.planned) {
    state.remaining = plan(transaction, request);
    state.planned = true;
  }
  while (!state.remaining.empty()) {
    ClientId client = state.remaining.front();
    erase_one(transaction, client, request.reason);
    state.remaining.erase(state.remaining.begin());
    result.clients.push_back(client);
    if (transaction.step_is_long()) break;
  }
  auto done = static_cast<std::int64_t>(result.clients.size());
  transaction.report(done, done + static_cast<std::int64_t>(state.remaining.size()));
  return state.remaining.empty();
}

static constexpr Refusal erase_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased already"},
    {Code::conflict, "client_merged", "the client was merged into another: erase that one"},
    {Code::conflict, "dependants_left", "dependants would be left without a guardian"},
};

constinit const Operation Erase::operation = storage::define_job<Erase>({
    .number = 253,
    .name = "people.erase",
    .kind = OperationKind::job,
    .doc = "Erases a person: no byte that tells of them is left.",
    .rule = {.permission = "people.erase", .subject = Subject::client, .field = "client"},
    .refusals = erase_refusals,
    .example = R"({"client": 1, "reason": "asked", "with_dependants": true})",
    .wipes_log = true,
});

// --- what people itself erases ---

namespace {

void erase_people(Transaction& transaction, ClientId id) {
  Client client = stored_client(transaction, id);
  Client erased;
  erased.id = id;
  erased.version = client.version;
  erased.first_name = "Erased";
  erased.language = "en";
  erased.registered_at = client.registered_at;
  erased.archived_at = client.archived_at.value_or(transaction.now());
  erased.merged_into = client.merged_into;
  erased.erased_at = transaction.now();
  store_client(transaction, erased);
  transaction.execute("UPDATE clients SET search = '', sort_key = '', name_key = '' WHERE id = $1",
                      id);
  transaction.execute(
      "UPDATE client_notes SET text = '', version = version + 1,"
      " archived_at = coalesce(archived_at, $2) WHERE client = $1",
      id, transaction.now());
  transaction.execute(
      "UPDATE client_bars SET reason = '', version = version + 1,"
      " lifted_at = coalesce(lifted_at, $2) WHERE client = $1",
      id, transaction.now());
  transaction.execute("DELETE FROM client_tags WHERE client = $1", id);
  transaction.execute("DELETE FROM favourites WHERE client = $1", id);
}

}  // namespace

namespace lists {

constinit const storage::ErasePart erase{"people", erase_people};

}  // namespace lists
}  // namespace frontdesk::people

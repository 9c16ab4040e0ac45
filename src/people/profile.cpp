#include "access/accounts.hpp"
#include "access/relations.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"
#include "storage/hooks.hpp"

namespace frontdesk::people {

constinit const storage::EventKind ClientUpdated::kind{"people.client_updated",
                                                       "A client's data changed.", "people.view"};
constinit const storage::EventKind ClientArchived::kind{"people.client_archived",
                                                        "A client was archived.", "people.view"};
constinit const storage::EventKind ClientRestored::kind{
    "people.client_restored", "An archived client is in use again.", "people.view"};

// --- get ---

ClientView handle(Transaction& transaction, const GetClient& request) {
  Client client = stored_client(transaction, request.client);
  return view_of(transaction, std::move(client), request.on.value_or(today(transaction)));
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
};

constinit const Operation GetClient::operation = storage::define<GetClient>({
    .number = 200,
    .name = "people.get_client",
    .kind = OperationKind::read,
    .doc = "One client, with their age on a day.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = get_refusals,
    .example = R"({"client": 1, "on": "2026-11-20"})",
});

// --- update ---

namespace {

/// The caller reaches the client as staff, not only as the client or their guardian.
bool is_staff_of(Transaction& transaction, ClientId client) {
  const storage::Reach& reach = transaction.reach();
  if (reach.any) return true;
  for (CentreId centre : reach.centres) {
    if (access::belongs(transaction, client, centre)) return true;
  }
  AccountId account = transaction.principal().account;
  return reach.assigned && access::assigned(transaction, account, client);
}

void check_who_changes(Transaction& transaction, const UpdateClient& request) {
  bool changes_host_data = request.attributes.is_set() || request.external_ref.is_set();
  if (changes_host_data && !is_staff_of(transaction, request.client)) {
    throw Error(Code::denied, "staff_only_field",
                request.attributes.is_set() ? "attributes" : "external_ref");
  }
}

}  // namespace

Client handle(Transaction& transaction, const UpdateClient& request) {
  Client before = changeable_client(transaction, request.client, request.version);
  transaction.concern(request.client);
  check_who_changes(transaction, request);
  Client client = before;
  take_fields(request, client);
  tidy_client(transaction, client, calling_code_of(transaction, {}));
  if (client.email != before.email && access::account_of(transaction, client.id)) {
    throw Error(Code::conflict, "email_belongs_to_account", "email");
  }
  check_unique(transaction, client);
  std::vector<std::string> changed = changed_fields(before, client);
  if (changed.empty()) return before;
  store_client(transaction, client);
  transaction.emit(
      ClientUpdated{.client = client.id, .version = client.version, .changed = std::move(changed)});
  return client;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "version_outdated", "the client was changed since that version"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::denied, "staff_only_field", "attributes and external_ref are changed by staff"},
    {Code::invalid, "field_missing", "a name is nothing but white space"},
    {Code::invalid, "phone_malformed", "a phone is none"},
    {Code::invalid, "email_malformed", "the e-mail address is none"},
    {Code::invalid, "birth_date_in_future", "the date of birth is after today"},
    {Code::invalid, "birth_date_too_early", "the date of birth is before 1900"},
    {Code::invalid, "language_malformed", "the language is no code such as `uk`"},
    {Code::invalid, "attribute_too_long", "an attribute's name or value is too long or empty"},
    {Code::conflict, "email_belongs_to_account",
     "the address of an account changes by "
     "access.change_email"},
    {Code::conflict, "external_ref_taken", "another client has the key"},
    {Code::conflict, "email_taken", "another client has the address"},
    {Code::conflict, "phone_taken", "another client has the phone"},
};

constinit const Operation UpdateClient::operation = storage::define<UpdateClient>({
    .number = 201,
    .name = "people.update_client",
    .kind = OperationKind::write,
    .doc = "Changes a client's data; what is not given stays as it is.",
    .rule = {.permission = "people.edit", .subject = Subject::client, .field = "client"},
    .refusals = update_refusals,
    .example = R"({"client": 1, "version": 1, "phone": "+380 67 123 45 67", "address": null})",
});

// --- archive and restore ---

Client handle(Transaction& transaction, const ArchiveClient& request) {
  Client client = changeable_client(transaction, request.client, request.version);
  storage::ask_vetoes(transaction, "people.archive_client", client.id.value);
  client.archived_at = transaction.now();
  store_client(transaction, client);
  transaction.emit(ClientArchived{.client = client.id});
  return client;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "version_outdated", "the client was changed since that version"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived already"},
};

constinit const Operation ArchiveClient::operation = storage::define<ArchiveClient>({
    .number = 202,
    .name = "people.archive_client",
    .kind = OperationKind::write,
    .doc = "Archives a client; nothing of theirs is lost.",
    .rule = {.permission = "people.create", .subject = Subject::client, .field = "client"},
    .refusals = archive_refusals,
    .example = R"({"client": 1})",
});

Client handle(Transaction& transaction, const RestoreClient& request) {
  Client client = stored_client(transaction, request.client);
  storage::check_version(request.version, client.version);
  if (client.erased_at) throw Error(Code::conflict, "client_erased", "client");
  if (client.merged_into) {
    throw Error(Code::conflict, "client_merged", "client", {{"client", client.merged_into.value}});
  }
  if (!client.archived_at) throw Error(Code::conflict, "client_in_use", "client");
  check_unique(transaction, client);
  client.archived_at.reset();
  store_client(transaction, client);
  transaction.emit(ClientRestored{.client = client.id});
  return client;
}

static constexpr Refusal restore_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "version_outdated", "the client was changed since that version"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_in_use", "the client is not archived"},
    {Code::conflict, "email_taken", "another client has the address by now"},
    {Code::conflict, "phone_taken", "another client has the phone by now"},
};

constinit const Operation RestoreClient::operation = storage::define<RestoreClient>({
    .number = 203,
    .name = "people.restore_client",
    .kind = OperationKind::write,
    .doc = "Brings an archived client back into use.",
    .rule = {.permission = "people.create", .subject = Subject::client, .field = "client"},
    .refusals = restore_refusals,
    .example = R"({"client": 1})",
});

}  // namespace frontdesk::people

#include "people/consents.hpp"

#include "base/text.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>

namespace frontdesk::people {

constinit const storage::EventKind ConsentRecorded::kind{
    "people.consent_recorded", "A consent was given, refused or withdrawn.", "people.view"};

Consent add_consent(Transaction& transaction, Consent consent, std::string_view field) {
  // A plain word tells nothing of a person, so the history may outlive them.
  bool is_plain = std::all_of(consent.kind.begin(), consent.kind.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
  if (consent.kind.empty() || !is_plain) {
    throw Error(Code::invalid, "consent_kind_malformed", field);
  }
  consent.text_version = text::tidy(consent.text_version);
  consent.recorded_by = transaction.principal().account;
  consent.recorded_at = transaction.now();
  storage::insert(transaction, "consents", consent);
  transaction.emit(ConsentRecorded{.consent = consent.id, .client = consent.client});
  return consent;
}

// --- record ---

Consent handle(Transaction& transaction, const RecordConsent& request) {
  changeable_client(transaction, request.client);
  Consent consent;
  consent.client = request.client;
  consent.kind = request.kind;
  consent.text_version = request.text_version;
  consent.given = request.given;
  return add_consent(transaction, std::move(consent), "kind");
}

static constexpr Refusal record_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "consent_kind_malformed", "the kind is no plain word such as `photos`"},
};

constinit const Operation RecordConsent::operation = storage::define<RecordConsent>({
    .number = 250,
    .name = "people.record_consent",
    .kind = OperationKind::write,
    .doc = "Adds a line to the history of what a client agreed to.",
    .rule = {.permission = "people.consent", .subject = Subject::client, .field = "client"},
    .refusals = record_refusals,
    .example = R"({"client": 1, "kind": "photos", "text_version": "2026-09", "given": true})",
});

// --- history ---

Page<Consent> handle(Transaction& transaction, const Consents& request) {
  storage::List list("consents");
  list.where("client = $", request.client);
  if (request.kind) list.where("kind = $", *request.kind);
  list.order({{"id", true}});
  return list.page<Consent>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor is of a list with other filters"},
};

constinit const Operation Consents::operation = storage::define<Consents>({
    .number = 251,
    .name = "people.consents",
    .kind = OperationKind::read,
    .doc = "The history of a client's consents, newest first.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = list_refusals,
    .example = R"({"client": 1})",
});

}  // namespace frontdesk::people

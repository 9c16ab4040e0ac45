#include <frontdesk/people_entry.hpp>

#include "access/accounts.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "people/clients.hpp"
#include "people/consents.hpp"
#include "people/lists.hpp"
#include "storage/define.hpp"

namespace frontdesk::people {

constinit const storage::EventKind ClientRegistered::kind{"people.client_registered",
                                                          "Somebody registered.", "people.view"};
constinit const storage::EventKind ClientCreated::kind{"people.client_created",
                                                       "A client was entered.", "people.view"};

namespace {

/// An account for a client, as a customer and nothing else (SPEC A1).
AccountId open_account(Transaction& transaction, const Client& client, std::string_view email,
                       std::string_view password_hash, access::CodePurpose purpose) {
  access::NewAccount account;
  account.client = client.id;
  account.email = text::tidy(email);
  account.password_hash = password_hash;
  account.language = client.language;
  AccountId id = access::create_account(transaction, account);
  access::give_role(transaction, {.account = id, .role = access::customer_role});
  access::send_token(transaction, id, purpose);
  return id;
}

void record_choices(Transaction& transaction, ClientId client,
                    const std::vector<ConsentChoice>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    Consent consent;
    consent.client = client;
    consent.kind = choices[i].kind;
    consent.text_version = choices[i].text_version;
    consent.given = choices[i].given;
    add_consent(transaction, std::move(consent), "consents[" + std::to_string(i) + "].kind");
  }
}

}  // namespace

// --- register ---

std::shared_ptr<void> prepare(Transaction& snapshot, const Register& request) {
  return access::prepare_password(snapshot, request.password, request.email);
}

Registered handle(Transaction& transaction, const Register& request) {
  Client client;
  take_fields(request, client);
  tidy_client(transaction, client, calling_code_of(transaction, {}));
  if (!client.email) throw Error(Code::invalid, "email_malformed", "email");
  check_unique(transaction, client);
  enter_client(transaction, client);
  const auto& password = transaction.prepared<access::PreparedPassword>();
  AccountId account = open_account(transaction, client, request.email, password.hash,
                                   access::CodePurpose::verify_email);
  record_choices(transaction, client.id, request.consents);
  transaction.emit(ClientRegistered{.client = client.id, .account = account});
  return {.client = client.id, .account = account, .version = client.version};
}

static constexpr Refusal register_refusals[] = {
    {Code::invalid, "password_too_short", "the password has fewer than 10 characters"},
    {Code::invalid, "password_common", "the password is one that everybody tries first"},
    {Code::invalid, "password_is_email", "the password is the e-mail address"},
    {Code::invalid, "field_missing", "the first name is nothing but white space"},
    {Code::invalid, "phone_malformed", "the phone is none"},
    {Code::invalid, "email_malformed", "the e-mail address is none"},
    {Code::invalid, "birth_date_in_future", "the date of birth is after today"},
    {Code::invalid, "birth_date_too_early", "the date of birth is before 1900"},
    {Code::invalid, "language_malformed", "the language is no code such as `uk`"},
    {Code::conflict, "email_taken", "a client or an account has the address"},
    {Code::conflict, "phone_taken", "another client has the phone"},
    {Code::invalid, "consent_kind_malformed", "a consent's kind is no plain word"},
};

constinit const Operation Register::operation = storage::define_prepared<Register>({
    .number = 205,
    .name = "people.register",
    .kind = OperationKind::write,
    .doc = "Registers a new customer with an account.",
    .rule = {.audience = Audience::everyone},
    .refusals = register_refusals,
    .example = R"({"email": "olena@studio.example", "password": "correct horse battery",
 "first_name": "Олена", "last_name": "Коваль", "phone": "+380 67 123 45 67", "language": "uk",
 "consents": [{"kind": "terms", "text_version": "2026-09"}]})",
});

// --- create ---

Client handle(Transaction& transaction, const CreateClient& request) {
  Client client;
  take_fields(request, client);
  tidy_client(transaction, client, calling_code_of(transaction, request.centre));
  check_unique(transaction, client);
  enter_client(transaction, client);
  if (request.centre) access::add_client_centre(transaction, client.id, request.centre);
  transaction.emit(ClientCreated{.client = client.id, .centre = request.centre});
  return client;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "field_missing", "a name is nothing but white space"},
    {Code::invalid, "phone_malformed", "a phone is none"},
    {Code::invalid, "email_malformed", "the e-mail address is none"},
    {Code::invalid, "birth_date_in_future", "the date of birth is after today"},
    {Code::invalid, "birth_date_too_early", "the date of birth is before 1900"},
    {Code::invalid, "language_malformed", "the language is no code such as `uk`"},
    {Code::invalid, "attribute_too_long", "an attribute's name or value is too long or empty"},
    {Code::conflict, "external_ref_taken", "another client has the key"},
    {Code::conflict, "email_taken", "another client has the address"},
    {Code::conflict, "phone_taken", "another client has the phone"},
};

constinit const Operation CreateClient::operation = storage::define<CreateClient>({
    .number = 206,
    .name = "people.create_client",
    .kind = OperationKind::write,
    .doc = "Enters a client without an account.",
    .rule = {.permission = "people.create", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "first_name": "Айгүл", "last_name": "Сәрсенова",
 "phone": "+7 701 123 45 67", "attributes": {"locker": "17"}})",
});

// --- invite ---

Registered handle(Transaction& transaction, const InviteClient& request) {
  Client client = changeable_client(transaction, request.client);
  if (access::account_of(transaction, client.id)) {
    throw Error(Code::conflict, "client_has_account", "client");
  }
  if (!client.email) throw Error(Code::conflict, "email_needed", "client");
  AccountId account =
      open_account(transaction, client, *client.email, {}, access::CodePurpose::invitation);
  return {.client = client.id, .account = account, .version = client.version};
}

static constexpr Refusal invite_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "client_has_account", "the client has an account already"},
    {Code::conflict, "email_needed", "the client has no e-mail address"},
    {Code::conflict, "email_taken", "an account of somebody else has the address"},
};

constinit const Operation InviteClient::operation = storage::define<InviteClient>({
    .number = 207,
    .name = "people.invite_client",
    .kind = OperationKind::write,
    .doc = "Gives a client an account and sends them an invitation to set a password.",
    .rule = {.permission = "people.create", .subject = Subject::client, .field = "client"},
    .refusals = invite_refusals,
    .example = R"({"client": 1})",
});

// --- the address of an account is the address of its client ---

namespace lists {

constinit const storage::Reaction account_created{
    "access.account_created", [](Transaction& transaction, const void* event) {
      const auto& created = *static_cast<const access::AccountCreated*>(event);
      take_account_email(transaction, created.client);
    }};

constinit const storage::Reaction email_changed{
    "access.email_changed", [](Transaction& transaction, const void* event) {
      const auto& changed = *static_cast<const access::EmailChanged*>(event);
      take_account_email(transaction, changed.client);
    }};

}  // namespace lists
}  // namespace frontdesk::people

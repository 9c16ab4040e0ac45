#include "access/account_rules.hpp"
#include "access/authorization.hpp"
#include "access/codes.hpp"
#include "access/passwords.hpp"
#include "access/relations.hpp"
#include "access/role_grants.hpp"
#include "base/text.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

// --- create ---

std::shared_ptr<void> prepare(Transaction& snapshot, const CreateAccount& request) {
  if (!request.password) return std::make_shared<PreparedPassword>();
  return prepare_password(snapshot, *request.password, request.email);
}

Account handle(Transaction& transaction, const CreateAccount& request) {
  if (request.client &&
      !covers(transaction, transaction.reach(), Subject::client, request.client.value)) {
    storage::missing(ClientTag::name, "client");
  }
  NewAccount wanted;
  wanted.client = request.client;
  if (!request.client) wanted.centre = request.centre;
  wanted.email = request.email;
  wanted.login = request.login.value_or("");
  wanted.name = request.name;
  wanted.language = request.language;
  wanted.password_hash = transaction.prepared<PreparedPassword>().hash;
  AccountId account = create_account(transaction, wanted);
  if (request.client) give_role(transaction, {.account = account, .role = customer_role});
  send_token(transaction, account,
             request.password ? CodePurpose::verify_email : CodePurpose::invitation);
  return account_or_missing(transaction, account);
}

static constexpr Refusal create_refusals[] = {
    {Code::invalid, "password_too_short", "the password has fewer than 10 characters"},
    {Code::invalid, "password_is_email", "the password is the address"},
    {Code::invalid, "password_common", "the password is one that everybody tries first"},
    {Code::not_found, "centre_not_found", "no such centre, or not managed by the caller"},
    {Code::not_found, "client_not_found", "no such client, or not of the caller's centres"},
    {Code::invalid, "email_malformed", "the address is none"},
    {Code::invalid, "login_malformed", "the login has other letters or another length"},
    {Code::conflict, "login_taken", "another account has the login"},
    {Code::conflict, "email_taken", "another account has the address"},
    {Code::conflict, "client_has_account", "the client has an account already"},
};

constinit const Operation CreateAccount::operation = storage::define_prepared<CreateAccount>({
    .number = 130,
    .name = "access.create_account",
    .kind = OperationKind::write,
    .doc = "Creates an account for a member of staff, or for a client that has none.",
    .rule = {.permission = "access.manage_accounts", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"email": "olena@studio.example", "name": "Olena", "language": "uk"})",
});

// --- invite again ---

Nothing handle(Transaction& transaction, const SendInvitation& request) {
  Account account = account_or_missing(transaction, request.account);
  check_not_outranked(transaction, account.id);
  if (account.status != AccountStatus::active) {
    throw Error(Code::conflict, "account_not_active", "account");
  }
  if (!password_hash(transaction, account.id).empty()) {
    throw Error(Code::conflict, "account_has_password", "account");
  }
  check_send(transaction, account.id, CodePurpose::invitation);
  send_token(transaction, account.id, CodePurpose::invitation);
  return {};
}

static constexpr Refusal invite_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not managed by the caller"},
    {Code::denied, "account_holds_more", "the account may do more than the caller"},
    {Code::conflict, "account_not_active", "the account is suspended or erased"},
    {Code::conflict, "account_has_password", "the account can sign in already"},
    {Code::rate_limited, "code_too_soon",
     "the last invitation was sent less than a minute ago, or "
     "five within the hour"},
};

constinit const Operation SendInvitation::operation = storage::define<SendInvitation>({
    .number = 137,
    .name = "access.send_invitation",
    .kind = OperationKind::write,
    .doc = "Sends a new invitation to an account that has no password yet.",
    .rule = {.permission = "access.manage_accounts",
             .subject = Subject::account,
             .field = "account"},
    .refusals = invite_refusals,
    .example = R"({"account": 2})",
});

// --- list ---

Page<Account> handle(Transaction& transaction, const Accounts& request) {
  storage::List list("accounts");
  narrow_to_reach(list, transaction, {.account = "accounts.id"});
  if (request.search) {
    list.where("search LIKE $ ESCAPE '\\'",
               "%" + text::escape_like(text::fold(text::tidy(*request.search))) + "%");
  }
  if (request.status) list.where("status = $", *request.status);
  if (request.role) {
    list.where("id IN (SELECT account FROM role_grants WHERE role = $ AND revoked_at IS NULL)",
               *request.role);
  }
  if (request.centre) {
    list.where(
        "(centre = $ OR id IN"
        " (SELECT account FROM role_grants WHERE centre = $ AND revoked_at IS NULL))",
        *request.centre, *request.centre);
  }
  list.order({{"sort_key"}, {"id"}});
  return list.page<Account>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is not one that a page gave"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Accounts::operation = storage::define<Accounts>({
    .number = 132,
    .name = "access.accounts",
    .kind = OperationKind::read,
    .doc = "Lists the accounts that the caller may see, by name.",
    .rule = {.permission = "access.view_accounts"},
    .refusals = list_refusals,
    .example = R"({"search": "olena", "status": "active"})",
});

// --- show ---

Account handle(Transaction& transaction, const GetAccount& request) {
  return account_or_missing(transaction, request.account);
}

static constexpr Refusal show_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not within reach"},
};

constinit const Operation GetAccount::operation = storage::define<GetAccount>({
    .number = 133,
    .name = "access.get_account",
    .kind = OperationKind::read,
    .doc = "Shows one account.",
    .rule = {.permission = "access.view_accounts", .subject = Subject::account, .field = "account"},
    .refusals = show_refusals,
    .example = R"({"account": 2})",
});

// --- update ---

namespace {

/// A home centre is given and taken by who manages accounts there.
void move_home(Transaction& transaction, Account& account, const Update<CentreId>& centre) {
  if (!centre.is_set()) return;
  CentreId wanted = centre.has_value() ? centre.value() : CentreId{};
  if (wanted == account.centre) return;
  storage::Reach reach = reach_of(transaction, "access.manage_accounts");
  for (CentreId one : {account.centre, wanted}) {
    bool may = one ? covers(transaction, reach, Subject::centre, one.value) : !reach.nothing();
    if (!may) storage::missing(CentreTag::name, "centre");
  }
  account.centre = wanted;
  transaction.touch(storage::Topic::access);
}

}  // namespace

Account handle(Transaction& transaction, const UpdateAccount& request) {
  Account account = account_or_missing(transaction, request.account);
  check_not_outranked(transaction, account.id);
  storage::check_version(request.version, account.version);
  if (account.status == AccountStatus::erased) {
    throw Error(Code::conflict, "account_not_active", "account");
  }
  if (request.login.is_set()) {
    account.login = checked_login(transaction, request.login.value(), account.id);
  }
  if (request.name.is_set()) account.name = text::tidy(request.name.value());
  request.language.apply(account.language);
  move_home(transaction, account, request.centre);
  store_account(transaction, account);
  // Callers' languages are remembered with their sessions.
  if (request.language.is_set()) transaction.touch(storage::Topic::access);
  transaction.emit(AccountChanged{.account = account.id});
  return account;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not within reach"},
    {Code::denied, "account_holds_more", "the account may do more than the caller"},
    {Code::conflict, "version_outdated", "the account was changed since that version"},
    {Code::conflict, "account_not_active", "the account is erased"},
    {Code::invalid, "login_malformed", "the login has other letters or another length"},
    {Code::conflict, "login_taken", "another account has the login"},
    {Code::not_found, "centre_not_found",
     "no such centre, or its accounts are not managed by the "
     "caller"},
};

constinit const Operation UpdateAccount::operation = storage::define<UpdateAccount>({
    .number = 134,
    .name = "access.update_account",
    .kind = OperationKind::write,
    .doc = "Changes name, login, language or home centre of an account.",
    .rule = {.permission = "access.edit_accounts", .subject = Subject::account, .field = "account"},
    .refusals = update_refusals,
    .example = R"({"account": 2, "version": 1, "language": "uk", "login": "olena"})",
});

}  // namespace frontdesk::access

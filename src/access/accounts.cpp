#include "access/accounts.hpp"

#include <algorithm>

#include "access/account_rules.hpp"
#include "access/sessions.hpp"
#include "base/text.hpp"
#include "storage/rows.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

bool login_well_formed(std::string_view login) {
  if (login.size() < 3 || login.size() > 64) return false;
  return std::all_of(login.begin(), login.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '.' || letter == '-' || letter == '_';
  });
}

/// The columns beside the record: what makes it unique, found and sorted.
void store_folded(Transaction& transaction, const Account& account) {
  std::optional<std::string> email_folded;
  if (account.email) email_folded = text::normal_email(*account.email);
  std::optional<std::string> login_folded;
  if (account.login) login_folded = text::fold(*account.login);
  std::string email = account.email.value_or("");
  std::string search = text::fold(account.name + "\n" + email + "\n" + account.login.value_or(""));
  std::string sort_key = text::sort_key(account.name.empty() ? email : account.name);
  transaction.execute(R"sql(
    UPDATE accounts
    SET email_folded = $2, login_folded = $3, search = $4, sort_key = $5
    WHERE id = $1)sql",
                      account.id, email_folded, login_folded, search, sort_key);
}

}  // namespace

AccountId create_account(Transaction& transaction, const NewAccount& wanted) {
  Account account;
  account.email = checked_email(wanted.email);
  account.login = checked_login(transaction, wanted.login, {});
  if (account_of_email(transaction, *account.email)) {
    throw Error(Code::conflict, "email_taken", "email");
  }
  if (account_of(transaction, wanted.client)) {
    throw Error(Code::conflict, "client_has_account", "client");
  }
  account.client = wanted.client;
  account.centre = wanted.centre;
  account.name = text::tidy(wanted.name);
  account.language = wanted.language;
  account.created_at = transaction.now();
  storage::insert(transaction, "accounts", account);
  store_folded(transaction, account);
  std::optional<std::string> hash;
  std::optional<Instant> changed_at;
  if (!wanted.password_hash.empty()) {
    hash = wanted.password_hash;
    changed_at = transaction.now();
  }
  transaction.execute(
      "INSERT INTO credentials (account, password_hash, password_changed_at) VALUES ($1, $2, $3)",
      account.id, hash, changed_at);
  transaction.emit(
      AccountCreated{.account = account.id, .client = account.client, .centre = account.centre});
  return account.id;
}

Account account_or_missing(Transaction& transaction, AccountId id, std::string_view field) {
  auto account = storage::find<Account>(transaction, "accounts WHERE id = $1", id);
  if (!account) storage::missing(AccountTag::name, field);
  transaction.concern(account->client);
  return *account;
}

AccountId account_of(Transaction& transaction, ClientId client) {
  if (!client) return {};
  auto id = transaction.one_number("SELECT id FROM accounts WHERE client = $1", client);
  return AccountId{id.value_or(0)};
}

AccountId own_account(Transaction& transaction) {
  AccountId account = transaction.principal().account;
  if (!account) throw Error(Code::unsupported, "account_needed");
  return account;
}

// --- rules ---

std::string checked_email(std::string_view email) {
  std::string tidy = text::tidy(email);
  if (!text::normal_email(tidy)) throw Error(Code::invalid, "email_malformed", "email");
  return tidy;
}

AccountId account_of_email(Transaction& transaction, std::string_view email) {
  auto folded = text::normal_email(text::tidy(email));
  if (!folded) return {};
  auto id = transaction.one_number("SELECT id FROM accounts WHERE email_folded = $1", *folded);
  return AccountId{id.value_or(0)};
}

std::optional<std::string> checked_login(Transaction& transaction, std::string_view login,
                                         AccountId own) {
  std::string tidy = text::tidy(login);
  if (tidy.empty()) return std::nullopt;
  if (!login_well_formed(tidy)) throw Error(Code::invalid, "login_malformed", "login");
  auto holder =
      transaction.one_number("SELECT id FROM accounts WHERE login_folded = $1", text::fold(tidy));
  if (holder && *holder != own.value) throw Error(Code::conflict, "login_taken", "login");
  return tidy;
}

void store_account(Transaction& transaction, Account& account) {
  ++account.version;
  storage::update(transaction, "accounts", account);
  store_folded(transaction, account);
}

void shut_out(Transaction& transaction, AccountId account) {
  end_sessions(transaction, account);
  void_challenges(transaction, account);
  transaction.execute("DELETE FROM one_time_tokens WHERE account = $1", account);
  transaction.touch(storage::Topic::access);
}

}  // namespace frontdesk::access

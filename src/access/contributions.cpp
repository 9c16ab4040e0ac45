#include <algorithm>

#include "access/account_rules.hpp"
#include "access/authorization.hpp"
#include "access/lists.hpp"
#include "access/relations.hpp"
#include "access/role_grants.hpp"
#include "access/sessions.hpp"
#include "access/settings.hpp"
#include "describe/json.hpp"
#include "storage/rows.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

constexpr std::int64_t batch = 500;

// --- tick: what lapsed is deleted ---

bool purge(Transaction& transaction, std::int64_t& done) {
  flush_last_used(transaction);
  std::int64_t now = transaction.now().time_since_epoch().count();
  std::int64_t idle = storage::number(transaction, setting::session_idle_seconds);
  std::int64_t kept = std::max(storage::number(transaction, setting::attempts_kept_seconds),
                               storage::number(transaction, setting::origin_kept_seconds));
  // Another process may hold a use that it has not written down: idle sessions wait a day longer.
  constexpr std::int64_t grace = 24 * 60 * 60;
  constexpr std::int64_t hour = 60 * 60;
  struct Purge {
    std::string_view sql;
    std::int64_t before;
  };
  const Purge purges[] = {
      {"DELETE FROM sign_in_sessions WHERE id IN"
       " (SELECT id FROM sign_in_sessions WHERE expires_at <= $1 LIMIT $2)",
       now},
      {"DELETE FROM sign_in_sessions WHERE id IN"
       " (SELECT id FROM sign_in_sessions WHERE last_used_at <= $1 LIMIT $2)",
       now - idle - grace},
      {"DELETE FROM refresh_tokens WHERE digest IN"
       " (SELECT digest FROM refresh_tokens WHERE expires_at <= $1 LIMIT $2)",
       now},
      {"DELETE FROM challenges WHERE id IN"
       " (SELECT id FROM challenges WHERE expires_at <= $1 LIMIT $2)",
       now},
      {"DELETE FROM one_time_tokens WHERE digest IN"
       " (SELECT digest FROM one_time_tokens WHERE expires_at <= $1 LIMIT $2)",
       now},
      {"DELETE FROM sign_in_codes WHERE account IN"
       " (SELECT account FROM sign_in_codes WHERE expires_at <= $1 LIMIT $2)",
       now},
      {"DELETE FROM code_sends WHERE (account, purpose, sent_at) IN"
       " (SELECT account, purpose, sent_at FROM code_sends WHERE sent_at <= $1 LIMIT $2)",
       now - hour},
      {"DELETE FROM attempts WHERE (kind, key) IN"
       " (SELECT kind, key FROM attempts WHERE last_at <= $1 LIMIT $2)",
       now - kept},
  };
  bool is_all = true;
  for (const Purge& one : purges) {
    std::int64_t gone = transaction.execute(one.sql, one.before, batch);
    done += gone;
    is_all = is_all && gone < batch;
  }
  return is_all;
}

// --- check ---

void report(Transaction& transaction, std::vector<storage::Finding>& findings,
            std::string_view kind, std::string_view problem, std::string_view sql) {
  storage::Cursor row = transaction.query(sql);
  while (row.next()) {
    findings.push_back(
        {"access", std::string(kind) + " " + std::to_string(row.integer(0)), std::string(problem)});
  }
}

void check_all(Transaction& transaction, std::vector<storage::Finding>& findings) {
  report(transaction, findings, "session", "its account cannot sign in",
         "SELECT s.id FROM sign_in_sessions s JOIN accounts a ON a.id = s.account"
         " WHERE a.status <> 1");
  report(transaction, findings, "session", "it ends before it began",
         "SELECT id FROM sign_in_sessions WHERE expires_at <= created_at");
  report(transaction, findings, "account", "it has no credentials row",
         "SELECT a.id FROM accounts a LEFT JOIN credentials c ON c.account = a.id"
         " WHERE c.account IS NULL");
  report(transaction, findings, "account", "its address and the folded one do not go together",
         "SELECT id FROM accounts WHERE (email IS NULL) <> (email_folded IS NULL)");
  report(transaction, findings, "account", "it is erased but something of it remains",
         "SELECT a.id FROM accounts a JOIN credentials c ON c.account = a.id WHERE a.status = 3 AND"
         " (a.email IS NOT NULL OR a.login IS NOT NULL OR a.name <> ''"
         " OR c.password_hash IS NOT NULL OR c.totp_seed IS NOT NULL)");
  report(transaction, findings, "role_grant", "the account holds the same role there twice",
         "SELECT max(id) FROM role_grants WHERE revoked_at IS NULL AND expires_at IS NULL"
         " GROUP BY account, role, centre HAVING count(*) > 1");
  report(transaction, findings, "role_grant", "its role is archived",
         "SELECT g.id FROM role_grants g JOIN roles r ON r.id = g.role"
         " WHERE g.revoked_at IS NULL AND r.archived_at IS NOT NULL");
  report(transaction, findings, "client", "it is its own guardian",
         "SELECT guardian FROM guardians WHERE guardian = dependant");
}

// --- export ---

/// What the area holds of a person, for the person.
struct PersonalAccess {
  std::optional<Account> account{};
  std::vector<SignInSession> sessions{};
  std::vector<RoleGrant> roles{};
  std::vector<ApiKey> api_keys{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonalAccess::account>("The account."),
        field<&PersonalAccess::sessions>("Where it is signed in."),
        field<&PersonalAccess::roles>("Roles held now and before."),
        field<&PersonalAccess::api_keys>("API keys made."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  PersonalAccess personal;
  AccountId account = account_of(transaction, client);
  if (account) {
    personal.account = account_or_missing(transaction, account);
    personal.sessions = storage::all<SignInSession>(
        transaction, "sign_in_sessions WHERE account = $1 ORDER BY id", account);
    personal.roles =
        storage::all<RoleGrant>(transaction, "role_grants WHERE account = $1 ORDER BY id", account);
    personal.api_keys =
        storage::all<ApiKey>(transaction, "api_keys WHERE account = $1 ORDER BY id", account);
  }
  return describe::encode(personal);
}

// --- merge ---

void merge_accounts(Transaction& transaction, ClientId keep, ClientId duplicate) {
  AccountId account = account_of(transaction, duplicate);
  if (!account) return;
  Account moved = account_or_missing(transaction, account);
  if (!account_of(transaction, keep)) {
    moved.client = keep;
    store_account(transaction, moved);
    transaction.touch(storage::Topic::access);  // callers' clients are remembered
    transaction.emit(AccountChanged{.account = account});
    return;
  }
  if (moved.status != AccountStatus::active) return;
  keep_an_admin_without(transaction, account);
  moved.status = AccountStatus::suspended;
  store_account(transaction, moved);
  shut_out(transaction, account);
  transaction.emit(AccountSuspended{.account = account});
}

void merge_people(Transaction& transaction, ClientId keep, ClientId duplicate) {
  merge_accounts(transaction, keep, duplicate);
  // A guardian merged with their own dependant would guard themselves: that tie ends.
  remove_guardian(transaction, keep, duplicate);
  remove_guardian(transaction, duplicate, keep);
  for (ClientId dependant : dependants_of(transaction, duplicate)) {
    add_guardian(transaction, keep, dependant);
    remove_guardian(transaction, duplicate, dependant);
  }
  for (ClientId guardian : guardians_of(transaction, duplicate)) {
    add_guardian(transaction, guardian, keep);
    remove_guardian(transaction, guardian, duplicate);
  }
  for (CentreId centre : centres_of(transaction, duplicate)) {
    add_client_centre(transaction, keep, centre);
    remove_client_centre(transaction, duplicate, centre);
  }
  for (AccountId staff : staff_of(transaction, duplicate)) {
    add_assignment(transaction, staff, keep);
    remove_assignment(transaction, staff, duplicate);
  }
}

// --- erase ---

void erase_account(Transaction& transaction, AccountId id) {
  keep_an_admin_without(transaction, id);
  Account account = account_or_missing(transaction, id);
  account.email.reset();
  account.login.reset();
  account.name.clear();
  account.language.clear();
  account.status = AccountStatus::erased;
  store_account(transaction, account);
  shut_out(transaction, id);
  take_all_roles(transaction, id);
  transaction.execute(
      "UPDATE credentials SET password_hash = NULL, password_changed_at = NULL, totp_seed = NULL,"
      " totp_enabled_at = NULL, totp_step = 0 WHERE account = $1",
      id);
  transaction.execute("DELETE FROM recovery_codes WHERE account = $1", id);
  transaction.execute("DELETE FROM code_sends WHERE account = $1", id);
  transaction.execute("DELETE FROM assignments WHERE account = $1", id);
  transaction.execute(
      "UPDATE api_keys SET version = version + 1, name = '',"
      " revoked_at = coalesce(revoked_at, $2) WHERE account = $1",
      id, transaction.now());
}

/// The centres a person belonged to stay: figures of the centres rest on them, and they tell
/// nothing of an anonymous client.
void erase_person(Transaction& transaction, ClientId client) {
  if (AccountId account = account_of(transaction, client)) erase_account(transaction, account);
  transaction.execute("DELETE FROM guardians WHERE guardian = $1 OR dependant = $1", client);
  transaction.execute("DELETE FROM assignments WHERE client = $1", client);
}

}  // namespace

constinit const storage::TickPart lists::tick{"access.lapsed", purge};
constinit const storage::CheckPart lists::check{"access", check_all};
constinit const storage::ExportPart lists::export_part{"access", export_person};
constinit const storage::MergePart lists::merge{"access", merge_people};
constinit const storage::ErasePart lists::erase{"access", erase_person};

}  // namespace frontdesk::access

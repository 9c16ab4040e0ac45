#include "access/passwords.hpp"

#include "access/codes.hpp"
#include "access/sessions.hpp"
#include "access/settings.hpp"
#include "base/text.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

crypto::PasswordCost cost_of_settings(Transaction& transaction) {
  crypto::PasswordCost cost;
  cost.passes = static_cast<std::uint64_t>(storage::number(transaction, setting::password_passes));
  cost.memory_bytes =
      static_cast<std::uint64_t>(storage::number(transaction, setting::password_memory_bytes));
  return cost;
}

/// The name as it is counted and looked up, however it was typed.
std::string folded_login(std::string_view login) {
  std::string tidy = text::tidy(login);
  if (auto email = text::normal_email(tidy)) return *email;
  return text::fold(tidy);
}

bool waits(Transaction& transaction, std::span<const Attempt> attempts) {
  for (const Attempt& one : attempts) {
    if (delay_of(transaction, one) > 0) return true;
  }
  return false;
}

void check_against(Transaction& snapshot, CheckedPassword& checked, std::string_view password) {
  crypto::PasswordCost cost = cost_of_settings(snapshot);
  if (checked.stored.empty()) {
    // The same work for nothing, so that the time tells nothing.
    crypto::hash_password(password, std::string(16, '\0'), cost);
    return;
  }
  checked.matches = crypto::password_matches(password, checked.stored);
  if (checked.matches && crypto::needs_rehash(checked.stored, cost)) {
    checked.rehashed = hash_new_password(snapshot, password);
  }
}

}  // namespace

void check_password_rules(Transaction& transaction, std::string_view password,
                          std::string_view email, std::string_view field) {
  std::int64_t least = storage::number(transaction, setting::password_length_least);
  if (static_cast<std::int64_t>(text::length(password)) < least) {
    throw Error(Code::invalid, "password_too_short", field, {{"least", least}});
  }
  std::string folded = text::fold(password);
  std::string folded_email = text::fold(text::tidy(email));
  if (!folded_email.empty() &&
      (folded == folded_email || folded == folded_email.substr(0, folded_email.find('@')))) {
    throw Error(Code::invalid, "password_is_email", field);
  }
  if (crypto::common_password(password)) throw Error(Code::invalid, "password_common", field);
}

std::shared_ptr<PreparedPassword> prepare_password(Transaction& snapshot, std::string_view password,
                                                   std::string_view email, std::string_view field) {
  check_password_rules(snapshot, password, email, field);
  auto prepared = std::make_shared<PreparedPassword>();
  prepared->hash = hash_new_password(snapshot, password);
  return prepared;
}

std::string hash_new_password(Transaction& snapshot, std::string_view password) {
  std::string salt = crypto::random_bytes(snapshot.random(), 16);
  return crypto::hash_password(password, salt, cost_of_settings(snapshot));
}

std::shared_ptr<CheckedPassword> check_sign_in(Transaction& snapshot, std::string_view login,
                                               std::string_view password) {
  auto checked = std::make_shared<CheckedPassword>();
  checked->was_skipped = waits(snapshot, sign_in_attempts(snapshot, login));
  if (checked->was_skipped) return checked;
  checked->account = account_of_login(snapshot, login);
  checked->stored = password_hash(snapshot, checked->account);
  check_against(snapshot, *checked, password);
  return checked;
}

std::shared_ptr<CheckedPassword> check_own_password(Transaction& snapshot,
                                                    std::string_view password) {
  auto checked = std::make_shared<CheckedPassword>();
  checked->account = snapshot.principal().account;
  if (!snapshot.principal().session) return checked;
  Attempt own = attempt(snapshot, AttemptKind::password, checked->account);
  checked->was_skipped = waits(snapshot, {&own, 1});
  if (checked->was_skipped) return checked;
  checked->stored = password_hash(snapshot, checked->account);
  check_against(snapshot, *checked, password);
  return checked;
}

AccountId require_own_password(Transaction& transaction, const CheckedPassword& checked,
                               std::string_view field) {
  refuse_preview(transaction);
  AccountId account = session_account(transaction);
  Attempt own = attempt(transaction, AttemptKind::password, account);
  check_attempts(transaction, {&own, 1});
  if (checked.was_skipped) {
    throw Error(Code::rate_limited, "too_many_attempts", {}, {{"retry_after_seconds", 1}});
  }
  transaction.leave([own](Transaction& residue) { charge(residue, own); });
  if (!checked.matches || checked.stored != password_hash(transaction, account)) {
    throw Error(Code::denied, "password_wrong", field);
  }
  forget(transaction, own);
  return account;
}

Attempt attempt_of_name(Transaction& transaction, std::string_view login) {
  return attempt(transaction, AttemptKind::sign_in, folded_login(login));
}

std::vector<Attempt> sign_in_attempts(Transaction& transaction, std::string_view login) {
  std::vector<Attempt> attempts{attempt_of_name(transaction, login)};
  if (auto origin = attempt_of_origin(transaction)) attempts.push_back(*origin);
  return attempts;
}

AccountId account_of_login(Transaction& transaction, std::string_view login) {
  std::string folded = folded_login(login);
  // A login never holds an @, so one name cannot mean two accounts.
  std::string_view sql = folded.find('@') != std::string::npos
                             ? "SELECT id FROM accounts WHERE email_folded = $1"
                             : "SELECT id FROM accounts WHERE login_folded = $1";
  return AccountId{transaction.one_number(sql, folded).value_or(0)};
}

std::string password_hash(Transaction& transaction, AccountId account) {
  storage::Cursor row =
      transaction.query("SELECT password_hash FROM credentials WHERE account = $1", account);
  return row.next() ? std::string(row.text(0)) : std::string{};
}

void set_password(Transaction& transaction, AccountId account, std::string_view hash) {
  transaction.execute(
      "UPDATE credentials SET password_hash = $2, password_changed_at = $3 WHERE account = $1",
      account, hash, transaction.now());
  end_sessions(transaction, account);
  void_challenges(transaction, account);
  void_token(transaction, account, CodePurpose::reset_password);
  void_token(transaction, account, CodePurpose::invitation);
  transaction.emit(PasswordChanged{.account = account});
}

}  // namespace frontdesk::access

#include "access/sessions.hpp"

#include "access/settings.hpp"
#include "access/tokens.hpp"

namespace frontdesk::access {

using storage::Transaction;

AccountId session_account(Transaction& transaction) {
  if (!transaction.principal().session) throw Error(Code::denied, "session_required");
  return transaction.principal().account;
}

SignInResult open_session(Transaction& transaction, AccountId account, std::string_view device,
                          bool second_factor) {
  SignInResult result;
  result.token = std::string(session_prefix) + crypto::random_token(transaction.random());
  result.account = account;
  result.expires_at = transaction.now() + std::chrono::seconds{storage::number(
                                              transaction, setting::session_absolute_seconds)};
  crypto::Digest digest = token_digest(transaction, result.token);
  result.session = transaction.insert<SignInSessionId>(
      R"sql(
    INSERT INTO sign_in_sessions
      (account, digest, origin, device, second_factor, created_at, last_used_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $6, $7))sql",
      account, blob(digest), transaction.origin(), device, second_factor, transaction.now(),
      *result.expires_at);
  auto client = transaction.one_number("SELECT client FROM accounts WHERE id = $1", account);
  result.client = ClientId{client.value_or(0)};
  transaction.execute("UPDATE accounts SET last_sign_in_at = $2 WHERE id = $1", account,
                      transaction.now());
  transaction.emit(SignedIn{
      .account = account, .session = result.session, .origin = std::string(transaction.origin())});
  return result;
}

std::int64_t end_sessions(Transaction& transaction, AccountId account) {
  std::int64_t ended =
      transaction.execute("DELETE FROM sign_in_sessions WHERE account = $1", account);
  if (ended == 0) return 0;
  transaction.touch(storage::Topic::access);
  transaction.emit(SessionRevoked{.account = account});
  return ended;
}

std::int64_t end_unproven_sessions(Transaction& transaction, AccountId account) {
  std::vector<SignInSessionId> sessions;
  {
    storage::Cursor row = transaction.query(
        "SELECT id FROM sign_in_sessions WHERE account = $1 AND second_factor = 0", account);
    while (row.next()) sessions.push_back(row.id<SignInSessionTag>(0));
  }
  for (SignInSessionId session : sessions) end_session(transaction, account, session);
  return static_cast<std::int64_t>(sessions.size());
}

void end_session(Transaction& transaction, AccountId account, SignInSessionId session) {
  transaction.execute("DELETE FROM sign_in_sessions WHERE id = $1", session);
  transaction.touch(storage::Topic::access);
  transaction.emit(SessionRevoked{.account = account, .session = session});
}

void void_challenges(Transaction& transaction, AccountId account) {
  transaction.execute("DELETE FROM challenges WHERE account = $1", account);
  transaction.execute("DELETE FROM sign_in_codes WHERE account = $1", account);
}

}  // namespace frontdesk::access

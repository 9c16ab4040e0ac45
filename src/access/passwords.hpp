/// Checking passwords without telling more than yes or no (SPEC A2, A4).
#pragma once

#include "access/accounts.hpp"
#include "access/attempts.hpp"

namespace frontdesk::access {

/// What `prepare` found out about a password, and against which stored hash.
struct CheckedPassword {
  AccountId account{};
  std::string stored{};  ///< the hash it was checked against; empty: there was none
  bool matches = false;
  bool was_skipped = false;  ///< too many attempts: nothing was checked
  std::string rehashed{};    ///< with today's cost, where the stored one has another
  std::string new_hash{};    ///< of a password to come, where the operation has one
};

/// Argon2id with a fresh salt and the cost of the settings. Slow.
std::string hash_new_password(storage::Transaction& snapshot, std::string_view password);
/// Checks the password of whoever signs in as `login`; takes as long for unknown names. Slow.
std::shared_ptr<CheckedPassword> check_sign_in(storage::Transaction& snapshot,
                                               std::string_view login, std::string_view password);
/// Checks the caller's own password; does nothing where the caller is no signed-in person. Slow.
std::shared_ptr<CheckedPassword> check_own_password(storage::Transaction& snapshot,
                                                    std::string_view password);
/// In the handler: the caller's own account, if the password was right. Throws
/// denied/session_required, rate_limited/too_many_attempts, denied/password_wrong, and charges the
/// attempt.
AccountId require_own_password(storage::Transaction& transaction, const CheckedPassword& checked,
                               std::string_view field);

/// The counter of a name to sign in with, however it was typed.
Attempt attempt_of_name(storage::Transaction& transaction, std::string_view login);
/// Counters of a sign-in: the name typed and the origin.
std::vector<Attempt> sign_in_attempts(storage::Transaction& transaction, std::string_view login);
/// The account that signs in by this e-mail address or login; none if there is none.
AccountId account_of_login(storage::Transaction& transaction, std::string_view login);
/// The stored hash; empty if the account has no password.
std::string password_hash(storage::Transaction& transaction, AccountId account);
/// Stores a new hash, ends what the old password gave (sessions, challenges, tokens to reset it),
/// tells the holder. Emits PasswordChanged.
void set_password(storage::Transaction& transaction, AccountId account, std::string_view hash);

}  // namespace frontdesk::access

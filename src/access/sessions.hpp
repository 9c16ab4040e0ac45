/// Sessions of accounts: beginning and ending them (SPEC A6).
#pragma once

#include "access/accounts.hpp"

namespace frontdesk::access {

/// The account of a caller who is signed in as a person. Throws denied/session_required for the
/// host, for API keys and for nobody.
AccountId session_account(storage::Transaction& transaction);

/// Begins a session and gives its token. Emits SignedIn.
SignInResult open_session(storage::Transaction& transaction, AccountId account,
                          std::string_view device, bool second_factor);

// The endings touch Topic::access and emit SessionRevoked where there was something to end.

std::int64_t end_sessions(storage::Transaction& transaction, AccountId account);
/// Ends those that were begun without a second factor: the account now needs one.
std::int64_t end_unproven_sessions(storage::Transaction& transaction, AccountId account);
void end_session(storage::Transaction& transaction, AccountId account, SignInSessionId session);

/// Ends sign-ins that wait for their second factor, and the code they wait for.
void void_challenges(storage::Transaction& transaction, AccountId account);

}  // namespace frontdesk::access

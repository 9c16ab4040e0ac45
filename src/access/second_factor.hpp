/// Second factors: when one is due, and taking TOTP and recovery codes (SPEC A5).
#pragma once

#include "access/accounts.hpp"

namespace frontdesk::access {

bool totp_enabled(storage::Transaction& transaction, AccountId account);
/// Whether sign-in must be proven: by TOTP that is set up, or by a role so marked that is held now.
bool second_factor_due(storage::Transaction& transaction, AccountId account);
/// Whether an account holds a role so marked.
bool role_demands_second_factor(storage::Transaction& transaction, AccountId account);

/// True if the code is right now, a step before or after; that step is then used up, and all before
/// it.
bool accept_totp(storage::Transaction& transaction, AccountId account, std::string_view code,
                 bool only_enabled);
/// True if it is one of the account's; it is then used up.
bool accept_recovery_code(storage::Transaction& transaction, AccountId account,
                          std::string_view code);
std::int64_t recovery_codes_left(storage::Transaction& transaction, AccountId account);

/// Takes TOTP and recovery codes away. Emits SecondFactorChanged and tells the holder.
void remove_second_factor(storage::Transaction& transaction, AccountId account);

}  // namespace frontdesk::access

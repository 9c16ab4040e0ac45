/// What the operations on accounts share.
#pragma once

#include "access/accounts.hpp"

namespace frontdesk::access {

/// Stores a changed account under its next version, with what search and uniqueness need.
void store_account(storage::Transaction& transaction, Account& account);
/// A login as it is kept, or none where it is empty. Throws invalid/login_malformed,
/// conflict/login_taken.
std::optional<std::string> checked_login(storage::Transaction& transaction, std::string_view login,
                                         AccountId own);
/// An address as it is kept. Throws invalid/email_malformed.
std::string checked_email(std::string_view email);
/// The account that has the address, whatever the case; none if free.
AccountId account_of_email(storage::Transaction& transaction, std::string_view email);

/// Keeps an account from signing in and ends whatever it began: sessions, challenges, tokens,
/// codes.
void shut_out(storage::Transaction& transaction, AccountId account);

}  // namespace frontdesk::access

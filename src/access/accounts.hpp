/// Accounts for the areas above: creating one, its password, its roles. All run inside the caller's
/// transaction.
#pragma once

#include <frontdesk/access.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::access {

struct NewAccount {
  ClientId client{};
  CentreId centre{};    ///< home centre of a member of staff
  std::string email{};  ///< as typed; unique whatever the case
  std::string login{};  ///< as typed, may be empty; unique whatever the case
  std::string name{};
  std::string
      password_hash{};  ///< from prepare_password; empty: it cannot sign in until invited or reset
  std::string language{};
};

/// Throws invalid/email_malformed, invalid/login_malformed, conflict/email_taken,
/// conflict/login_taken, conflict/client_has_account. Emits AccountCreated. Gives no role and sends
/// nothing.
AccountId create_account(storage::Transaction& transaction, const NewAccount& wanted);
/// Sends a token to prove the account's address (SPEC A3), or, with CodePurpose::invitation, to set
/// its first password. An older token of the purpose no longer counts.
void send_token(storage::Transaction& transaction, AccountId account, CodePurpose purpose);

/// The account, or storage::missing("account", field).
Account account_or_missing(storage::Transaction& transaction, AccountId id,
                           std::string_view field = "account");
/// The account of a client, or none.
AccountId account_of(storage::Transaction& transaction, ClientId client);

/// Throws invalid/password_too_short, invalid/password_common, invalid/password_is_email (SPEC A2).
/// Quick.
void check_password_rules(storage::Transaction& transaction, std::string_view password,
                          std::string_view email, std::string_view field = "password");
/// What `prepare` of an operation with a new password returns.
struct PreparedPassword {
  std::string hash{};
};
/// Checks the rules and hashes. Slow: only for `prepare`, on a snapshot.
std::shared_ptr<PreparedPassword> prepare_password(storage::Transaction& snapshot,
                                                   std::string_view password,
                                                   std::string_view email,
                                                   std::string_view field = "password");

struct NewRoleGrant {
  AccountId account{};
  RoleId role{};
  CentreId centre{};    ///< none: for all centres
  SectionId section{};  ///< of that centre; none: for all of it
  std::optional<Instant> expires_at{};
  bool active = true;  ///< false: gives no access until activate_role_grant (SPEC A10)
};
/// Gives a role without asking whether the caller may: for rules of areas above (a registered
/// client is a Customer). Throws conflict/role_held. Emits RoleGranted.
RoleGrantId give_role(storage::Transaction& transaction, const NewRoleGrant& wanted);
/// Turns a waiting grant into a live one; one that is live stays so. Throws
/// storage::missing("role_grant") if unknown or revoked.
void activate_role_grant(storage::Transaction& transaction, RoleGrantId id);
/// Takes a role away without asking whether the caller may. Throws conflict/last_admin. One that is
/// gone stays so.
void take_role(storage::Transaction& transaction, RoleGrantId id);

/// The caller's own account. Throws unsupported/account_needed for the host and keys without owner.
AccountId own_account(storage::Transaction& transaction);

}  // namespace frontdesk::access

/// Codes and tokens that leave by the outbox, and notices to holders of accounts (SPEC A2, A3, A5).
#pragma once

#include "access/accounts.hpp"

namespace frontdesk::access {

/// When the next code or token of this purpose may be sent: now, or later where the limits a minute
/// and an hour are reached.
Instant next_send_at(storage::Transaction& transaction, AccountId account, CodePurpose purpose);
/// Throws rate_limited/code_too_soon with retry_after_seconds if that is later than now.
void check_send(storage::Transaction& transaction, AccountId account, CodePurpose purpose);
/// Counts a sending for those limits; what is sent by the functions below counts by itself.
void note_send(storage::Transaction& transaction, AccountId account, CodePurpose purpose);

/// send_token to another address than the account's.
void send_token_to(storage::Transaction& transaction, AccountId account, CodePurpose purpose,
                   std::string_view address);
struct OneTimeToken {
  AccountId account{};
  std::string address{};
};
/// What a token stands for; it stays usable. Throws unauthenticated/link_invalid,
/// expired/link_expired.
OneTimeToken look_at_token(storage::Transaction& transaction, std::string_view token,
                           CodePurpose purpose);
/// The same, and the token is used up.
OneTimeToken use_token(storage::Transaction& transaction, std::string_view token,
                       CodePurpose purpose);
void void_token(storage::Transaction& transaction, AccountId account, CodePurpose purpose);

/// Sends a new sign-in code; the older one no longer counts. False, and nothing happens, where the
/// limits forbid it or there is no address.
bool send_sign_in_code(storage::Transaction& transaction, AccountId account);

/// Tells the holder of an account something that holds no secret.
void send_notice(storage::Transaction& transaction, AccountId account, CodePurpose purpose);
void send_notice_to(storage::Transaction& transaction, AccountId account, CodePurpose purpose,
                    std::string_view address);

}  // namespace frontdesk::access

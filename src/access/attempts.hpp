/// Failed attempts at secrets and the growing delays they cause (SPEC A4).
#pragma once

#include "access/authorization.hpp"

namespace frontdesk::access {

enum class AttemptKind : unsigned char {
  sign_in = 1,        ///< by the name that was typed, known or not: both must look alike
  origin = 2,         ///< by where sign-ins come from
  password = 3,       ///< of an account that is signed in already
  second_factor = 4,  ///< of an account
};

/// One counter. The key is a keyed digest: names that were tried are not kept.
struct Attempt {
  AttemptKind kind;
  crypto::Digest key;
};

Attempt attempt(storage::Transaction& transaction, AttemptKind kind, std::string_view text);
Attempt attempt(storage::Transaction& transaction, AttemptKind kind, AccountId account);
/// The counter of the call's origin; none where the host tells no origin.
std::optional<Attempt> attempt_of_origin(storage::Transaction& transaction);

/// Seconds until another attempt is taken; 0: now.
std::int64_t delay_of(storage::Transaction& transaction, const Attempt& attempt);
/// Throws rate_limited/too_many_attempts with retry_after_seconds while any of them waits.
void check_attempts(storage::Transaction& transaction, std::span<const Attempt> attempts);
/// Counts a failure and gives how many there are now. To be left as a residue before a secret is
/// checked.
std::int64_t charge(storage::Transaction& transaction, const Attempt& attempt);
void forget(storage::Transaction& transaction, const Attempt& attempt);

/// Operations that try a secret cannot be previewed: a preview charges nothing, so it must not
/// answer; nor can those that sign one that works without the file. Throws
/// unsupported/not_in_preview.
void refuse_preview(const storage::Transaction& transaction);

}  // namespace frontdesk::access

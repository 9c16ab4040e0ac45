/// Digests of tokens and codes, and signed access tokens. Nothing secret is stored as it is.
#pragma once

#include "access/authorization.hpp"

namespace frontdesk::access {

inline constexpr std::string_view session_prefix = "fds_";
inline constexpr std::string_view api_key_prefix = "fdk_";

/// What a 256-bit token is stored and found as.
crypto::Digest token_digest(storage::Transaction& transaction, std::string_view token);
/// What a short code of an account is stored as; `purpose` keeps kinds of codes apart.
crypto::Digest code_digest(storage::Transaction& transaction, std::string_view purpose,
                           AccountId account, std::string_view code);
inline storage::Blob blob(const crypto::Digest& digest) { return {crypto::view(digest)}; }

/// What an access token says (RFC 7519): account, session, when issued, when it ends, its own id.
struct Claims {
  std::string sub{};
  std::string sid{};
  std::int64_t iat = 0;
  std::int64_t exp = 0;
  std::string jti{};

  static Fields fields();
};
/// A signed access token (JWT, HS256).
std::string sign_claims(storage::Transaction& transaction, const Claims& claims);
/// The claims of a token that this file signed, expired or not; none otherwise.
std::optional<Claims> read_claims(storage::Transaction& transaction, std::string_view token);

/// Notes that a session is in use now (SPEC A6, idle expiry).
void note_session_use(storage::Transaction& transaction, SignInSessionId session);
/// The last use of a session: what its row says or, if newer, what this desk remembers.
Instant last_use(storage::Transaction& transaction, SignInSessionId session, Instant of_row);

}  // namespace frontdesk::access

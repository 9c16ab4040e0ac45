/// Signing in, second factor and sessions (SPEC A4–A6). Who may do what is in roles.hpp, accounts
/// are in accounts.hpp, keys for programs in api_keys.hpp; this header brings them all.
///
/// Session, access and refresh tokens, TOTP seeds and recovery codes are shown once and stored
/// hashed or sealed.
#pragma once

#include <frontdesk/accounts.hpp>
#include <frontdesk/api_keys.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace access {

// --- records ---

/// One signed-in device or program of an account. Its token is known to the holder only.
struct SignInSession {
  SignInSessionId id{};
  AccountId account{};
  std::string origin{};
  std::string device{};
  bool second_factor = false;
  Instant created_at{};
  Instant last_used_at{};
  Instant expires_at{};

  template <class Self = SignInSession>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Its number."),
        field<&Self::account>("Who is signed in."),
        field<&Self::origin>("Where the sign-in came from, as the host told.").personal(),
        field<&Self::device>("What signed in, as the request told.").personal(),
        field<&Self::second_factor>("Whether the sign-in was proven by a second factor."),
        field<&Self::created_at>("When it began."),
        field<&Self::last_used_at>("The last use, right to about a minute."),
        field<&Self::expires_at>("When it ends at the latest."),
    };
    return table;
  }
};

/// A way to prove a sign-in besides the password.
enum class FactorKind : unsigned char {
  email_code = 1,
  totp = 2,
  recovery_code = 3,
};
std::span<const EnumValue> enum_values(FactorKind);

/// What a sign-in still asks for after the password (SPEC A5).
struct Challenge {
  std::string token{};
  std::vector<FactorKind> kinds{};
  Instant expires_at{};
  std::optional<Instant> code_sent_at{};
  std::optional<Instant> resend_at{};

  template <class Self = Challenge>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("Goes back with the code in access.answer_challenge.").secret(),
        field<&Self::kinds>("The proofs that will be taken."),
        field<&Self::expires_at>("When the challenge lapses."),
        field<&Self::code_sent_at>(
            "When the e-mail code that counts was sent; absent where none is to be expected."),
        field<&Self::resend_at>("When access.resend_code will send another at the earliest."),
    };
    return table;
  }
};

/// A session that began, or the challenge that must be answered first.
struct SignInResult {
  std::string token{};
  AccountId account{};
  ClientId client{};
  SignInSessionId session{};
  std::optional<Instant> expires_at{};
  std::optional<Challenge> challenge{};

  template <class Self = SignInResult>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>(
            "The session's token, shown this once; empty while a challenge is open.")
            .secret()
            .or_default(),
        field<&Self::account>("Who signed in; none while a challenge is open.")
            .or_default()
            .or_default(),
        field<&Self::client>("The client the account belongs to, if any.").or_default(),
        field<&Self::session>("The session; none while a challenge is open.").or_default(),
        field<&Self::expires_at>("When the session ends at the latest."),
        field<&Self::challenge>("What is still to be proven."),
    };
    return table;
  }
};

/// Tokens for REST hosts (SPEC A6).
struct Tokens {
  std::string access_token{};
  Instant access_expires_at{};
  std::string refresh_token{};
  Instant refresh_expires_at{};

  template <class Self = Tokens>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::access_token>("Signed access token (JWT, HS256), to be sent with each call.")
            .secret(),
        field<&Self::access_expires_at>("When it expires (30 minutes)."),
        field<&Self::refresh_token>("Buys the next pair in access.refresh_tokens, once.").secret(),
        field<&Self::refresh_expires_at>("When it expires (1 day)."),
    };
    return table;
  }
};

// --- events ---

/// A sign-in was completed.
struct SignedIn {
  AccountId account{};
  SignInSessionId session{};
  std::string origin{};

  template <class Self = SignedIn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("Who."),
        field<&Self::session>("The new session."),
        field<&Self::origin>("Where from, as the host told.").personal(),
    };
    return table;
  }
  static const storage::EventKind kind;
};

/// A session ended before its time.
struct SessionRevoked {
  AccountId account{};
  SignInSessionId session{};

  template <class Self = SessionRevoked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("Whose."),
        field<&Self::session>("Which; none: all of them."),
    };
    return table;
  }
  static const storage::EventKind kind;
};

// --- signing in ---

/// Signs in by password. Wrong name and wrong password give the same answer in the same time; after
/// 5 failures each further one makes the name and the origin wait longer (SPEC A4). Where a second
/// factor is due, the result is a challenge.
struct SignIn {
  using Result = SignInResult;
  static const Operation operation;

  std::string login{};
  std::string password{};
  std::string device{};

  template <class Self = SignIn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::login>("E-mail address or login; case does not matter.")
            .personal()
            .length(1, 254),
        field<&Self::password>("The password.").secret().length(1, 1000),
        field<&Self::device>("What signs in, for the list of sessions.")
            .personal()
            .length(0, 200)
            .or_default(),
    };
    return table;
  }
};

/// Completes a sign-in with an e-mail code, a TOTP code or a recovery code.
struct AnswerChallenge {
  using Result = SignInResult;
  static const Operation operation;

  std::string challenge{};
  std::string code{};

  template <class Self = AnswerChallenge>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::challenge>("Token of the challenge.").secret().length(1, 200),
        field<&Self::code>("Six digits, or a recovery code.").secret().length(1, 64),
    };
    return table;
  }
};

/// Sends a new e-mail code for a challenge; the older one no longer counts. At most once a minute
/// and 5 an hour.
struct ResendCode {
  using Result = Challenge;
  static const Operation operation;

  std::string challenge{};

  template <class Self = ResendCode>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::challenge>("Token of the challenge.").secret().length(1, 200),
    };
    return table;
  }
};

/// Ends the caller's own session.
struct SignOut {
  using Result = Nothing;
  static const Operation operation;
  static Fields fields() { return {}; }
};

// --- sessions ---

/// Sessions of an account, newest first.
struct Sessions {
  using Result = Page<SignInSession>;
  static const Operation operation;

  AccountId account{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Sessions>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>(
            "Whose; the caller's own if none. Others' need access.manage_accounts.")
            .or_default(),
        field<&Self::cursor>("Where the page before ended."),
        field<&Self::limit>("Records a page.").range(1, 500).or_default(),
    };
    return table;
  }
};

/// Ends one session; the caller's own, or anyone's with access.manage_accounts.
struct RevokeSession {
  using Result = Nothing;
  static const Operation operation;

  SignInSessionId session{};

  template <class Self = RevokeSession>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::session>("The session.")};
    return table;
  }
};

/// How many sessions ended.
struct RevokedSessions {
  std::int64_t revoked = 0;

  template <class Self = RevokedSessions>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::revoked>("How many sessions ended.")};
    return table;
  }
};

/// Ends all sessions of an account, the one that asks included.
struct RevokeAllSessions {
  using Result = RevokedSessions;
  static const Operation operation;

  AccountId account{};

  template <class Self = RevokeAllSessions>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>(
            "Whose; the caller's own if none. Others' need access.manage_accounts.")
            .or_default(),
    };
    return table;
  }
};

/// Gives a REST host the first pair of tokens of the caller's session. One pair at a time lives for
/// a session.
struct IssueTokens {
  using Result = Tokens;
  static const Operation operation;
  static Fields fields() { return {}; }
};

/// Buys the next pair of tokens. Each refresh token works once; one that comes back a second time
/// was stolen, so its session ends.
struct RefreshTokens {
  using Result = Tokens;
  static const Operation operation;

  std::string refresh_token{};

  template <class Self = RefreshTokens>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::refresh_token>("The refresh token.").secret().length(1, 200),
    };
    return table;
  }
};

/// Who is calling.
enum class CallerKind : unsigned char {
  anonymous = 1,
  host = 2,
  account = 3,
  api_key = 4,
};
std::span<const EnumValue> enum_values(CallerKind);

/// What the caller is and may do.
struct Identity {
  CallerKind kind = CallerKind::anonymous;
  std::optional<Account> account{};
  SignInSessionId session{};
  ApiKeyId api_key{};
  bool totp_enabled = false;
  std::int64_t recovery_codes_left = 0;
  std::vector<HeldRole> roles{};
  std::vector<HeldPermission> permissions{};

  template <class Self = Identity>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::kind>("What kind of caller."),
        field<&Self::account>("The account; the owner's of an API key."),
        field<&Self::session>("The session, of a signed-in account.").or_default(),
        field<&Self::api_key>("The API key, of an integration.").or_default(),
        field<&Self::totp_enabled>("Whether sign-in asks for a TOTP code."),
        field<&Self::recovery_codes_left>("Recovery codes not yet used."),
        field<&Self::roles>("Roles held now."),
        field<&Self::permissions>("What may be done now, and how far."),
    };
    return table;
  }
};

/// Tells the caller who they are and what they may do.
struct Whoami {
  using Result = Identity;
  static const Operation operation;
  static Fields fields() { return {}; }
};

// --- second factor ---

/// A TOTP seed to be put into an authenticator. It counts once a code of it came back.
struct TotpSeed {
  std::string seed{};
  std::string uri{};

  template <class Self = TotpSeed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::seed>("The seed in Base32, to be typed.").secret(),
        field<&Self::uri>("The same as an otpauth:// address, to be shown as a QR code.").secret(),
    };
    return table;
  }
};

/// Begins to set up TOTP (RFC 6238: SHA-1, 30 seconds, 6 digits) for the caller's own account.
struct EnableTotp {
  using Result = TotpSeed;
  static const Operation operation;

  std::string password{};
  std::string issuer{};

  template <class Self = EnableTotp>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::password>("The caller's password.").secret().length(1, 1000),
        field<&Self::issuer>("The name an authenticator shows; frontdesk if empty.")
            .length(0, 100)
            .or_default(),
    };
    return table;
  }
};

/// Recovery codes: each stands once for a TOTP or e-mail code.
struct RecoveryCodes {
  std::vector<std::string> codes{};

  template <class Self = RecoveryCodes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::codes>("To be kept on paper; shown this once.").secret()};
    return table;
  }
};

/// Ends setting up TOTP with a first code; from now on sign-in asks for one. Gives new recovery
/// codes.
struct ConfirmTotp {
  using Result = RecoveryCodes;
  static const Operation operation;

  std::string code{};

  template <class Self = ConfirmTotp>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::code>("The six digits the authenticator shows.").secret().length(1, 64),
    };
    return table;
  }
};

/// Takes TOTP and the recovery codes away from the caller's own account.
struct DisableTotp {
  using Result = Nothing;
  static const Operation operation;

  std::string password{};

  template <class Self = DisableTotp>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::password>("The caller's password.").secret().length(1, 1000),
    };
    return table;
  }
};

/// Makes ten new recovery codes for the caller's own account; older ones no longer count.
struct MakeRecoveryCodes {
  using Result = RecoveryCodes;
  static const Operation operation;

  std::string password{};

  template <class Self = MakeRecoveryCodes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::password>("The caller's password.").secret().length(1, 1000),
    };
    return table;
  }
};

// --- passwords ---

/// Changes the caller's own password. All sessions end; the result is a new one.
struct ChangePassword {
  using Result = SignInResult;
  static const Operation operation;

  std::string old_password{};
  std::string new_password{};

  template <class Self = ChangePassword>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::old_password>("The password so far.").secret().length(1, 1000),
        field<&Self::new_password>("At least 10 characters, not a common one.")
            .secret()
            .length(1, 1000),
    };
    return table;
  }
};

}  // namespace access
}  // namespace v1
}  // namespace frontdesk

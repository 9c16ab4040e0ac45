/// Accounts: who signs in, their password, their addresses (SPEC A1–A3).
///
/// Codes and tokens never come back in a result: they leave by the outbox of notices.hpp to the
/// address they prove.
#pragma once

#include <frontdesk/roles.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace access {

// --- records ---

enum class AccountStatus : unsigned char {
  active = 1,
  suspended = 2,  ///< cannot sign in until reinstated
  erased = 3,     ///< anonymised; for good
};
std::span<const EnumValue> enum_values(AccountStatus);

/// Who signs in. A client has at most one; staff have one without being clients.
struct Account {
  AccountId id{};
  std::int64_t version = 1;
  ClientId client{};
  CentreId centre{};
  std::optional<std::string> email{};
  std::optional<std::string> login{};
  std::string name{};
  std::string language{};
  AccountStatus status = AccountStatus::active;
  std::optional<Instant> email_verified_at{};
  Instant created_at{};
  std::optional<Instant> last_sign_in_at{};

  template <class Self = Account>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Its number."),
        field<&Self::version>("Grows by one at each change."),
        field<&Self::client>("The client it belongs to, if any.").or_default(),
        field<&Self::centre>(
            "Home centre of a member of staff, if any: who manages accounts there manages this.")
            .or_default(),
        field<&Self::email>("Address that codes go to and that signs in; none once erased.")
            .personal(),
        field<&Self::login>("Another name to sign in with, if any.").personal(),
        field<&Self::name>("What to call its holder where there is no client record.").personal(),
        field<&Self::language>("Language of messages; empty: the language of the call."),
        field<&Self::status>("Whether it can sign in."),
        field<&Self::email_verified_at>("When the address was proven."),
        field<&Self::created_at>("When it came to be."),
        field<&Self::last_sign_in_at>("The last complete sign-in."),
    };
    return table;
  }
};

/// What a code, token or security notice is for. Each token works for its own purpose only.
enum class CodePurpose : unsigned char {
  sign_in_code = 1,           ///< six digits for access.answer_challenge
  verify_email = 2,           ///< token for access.verify_email
  confirm_new_email = 3,      ///< token for access.confirm_email_change, sent to the new address
  reset_password = 4,         ///< token for access.reset_password
  invitation = 5,             ///< token for access.accept_invitation
  password_changed = 6,       ///< notice
  email_changed = 7,          ///< notice to the address before
  account_locked = 8,         ///< notice: too many failed sign-ins
  second_factor_changed = 9,  ///< notice
  address_in_use = 10,        ///< notice: another account asked for this address
};
std::span<const EnumValue> enum_values(CodePurpose);

// --- events ---

/// Something for the holder of an account alone, to be delivered to an address; `notices` puts it
/// into the outbox.
struct CodeIssued {
  AccountId account{};
  ClientId client{};
  CodePurpose purpose{};
  std::string address{};
  std::string language{};
  std::string secret{};
  std::optional<Instant> expires_at{};

  template <class Self = CodeIssued>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("Whose it is."),
        field<&Self::client>("The account's client, if any.").or_default(),
        field<&Self::purpose>("What it is for."),
        field<&Self::address>("The e-mail address it goes to.").personal(),
        field<&Self::language>("The holder's language; may be empty."),
        field<&Self::secret>("The code or token; empty in a notice.").secret(),
        field<&Self::expires_at>("When the code or token lapses."),
    };
    return table;
  }
  static const storage::EventKind kind;
};

/// An account came to be.
struct AccountCreated {
  AccountId account{};
  ClientId client{};
  CentreId centre{};

  template <class Self = AccountCreated>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("The account."),
        field<&Self::client>("Its client, if any.").or_default(),
        field<&Self::centre>("Its home centre, if any.").or_default(),
    };
    return table;
  }
  static const storage::EventKind kind;
};

/// An account's name, language, login or home centre changed, or its address was proven.
struct AccountChanged {
  AccountId account{};

  template <class Self = AccountChanged>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("The account.")};
    return table;
  }
  static const storage::EventKind kind;
};

/// An account can no longer sign in.
struct AccountSuspended {
  AccountId account{};

  template <class Self = AccountSuspended>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("The account.")};
    return table;
  }
  static const storage::EventKind kind;
};

/// A suspended account can sign in again.
struct AccountReinstated {
  AccountId account{};

  template <class Self = AccountReinstated>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("The account.")};
    return table;
  }
  static const storage::EventKind kind;
};

/// A password was set, changed or reset.
struct PasswordChanged {
  AccountId account{};

  template <class Self = PasswordChanged>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("Whose.")};
    return table;
  }
  static const storage::EventKind kind;
};

/// A new address was confirmed.
struct EmailChanged {
  AccountId account{};
  ClientId client{};
  std::string email{};

  template <class Self = EmailChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("Whose."),
        field<&Self::client>("The account's client, if any.").or_default(),
        field<&Self::email>("The address that counts from now on.").personal(),
    };
    return table;
  }
  static const storage::EventKind kind;
};

/// TOTP or recovery codes were set up or taken away.
struct SecondFactorChanged {
  AccountId account{};

  template <class Self = SecondFactorChanged>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("Whose.")};
    return table;
  }
  static const storage::EventKind kind;
};

// --- accounts ---

/// Creates an account for a member of staff, or for a client that has none. Without a password an
/// invitation goes to the address. It holds no role but, for a client, Customer; access.grant_role
/// gives others.
struct CreateAccount {
  using Result = Account;
  static const Operation operation;

  std::string email{};
  std::optional<std::string> login{};
  std::optional<std::string> password{};
  std::string name{};
  std::string language{};
  ClientId client{};
  CentreId centre{};

  template <class Self = CreateAccount>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::email>("Address that codes go to and that signs in.")
            .personal()
            .length(3, 254),
        field<&Self::login>(
            "Another name to sign in with: 3 to 64 letters, digits, dots, dashes, underscores.")
            .personal(),
        field<&Self::password>(
            "At least 10 characters, not a common one; absent: an invitation is sent.")
            .secret()
            .length(1, 1000),
        field<&Self::name>("What to call the holder.").personal().length(0, 200).or_default(),
        field<&Self::language>("Language of messages.").length(0, 35).or_default(),
        field<&Self::client>("The client it belongs to, if any.").or_default(),
        field<&Self::centre>(
            "Home centre of a member of staff; who manages one centre only must name it.")
            .or_default(),
    };
    return table;
  }
};

/// Sends a new invitation to an account that has no password yet; the older one no longer counts.
struct SendInvitation {
  using Result = Nothing;
  static const Operation operation;

  AccountId account{};

  template <class Self = SendInvitation>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("The account.")};
    return table;
  }
};

/// Sets the first password of an invited account. Its address is thereby proven.
struct AcceptInvitation {
  using Result = Nothing;
  static const Operation operation;

  std::string token{};
  std::string password{};

  template <class Self = AcceptInvitation>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("The token that was sent.").secret().length(1, 200),
        field<&Self::password>("At least 10 characters, not a common one.")
            .secret()
            .length(1, 1000),
    };
    return table;
  }
};

/// Accounts the caller may see, by address.
struct Accounts {
  using Result = Page<Account>;
  static const Operation operation;

  std::optional<std::string> search{};
  std::optional<AccountStatus> status{};
  std::optional<RoleId> role{};
  std::optional<CentreId> centre{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Accounts>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::search>("Part of name, address or login; case does not matter.")
            .personal()
            .length(1, 100),
        field<&Self::status>("Only these."),
        field<&Self::role>("Only who holds this role; past its end too, until it is taken away."),
        field<&Self::centre>("Only who is at home there or holds a role for it."),
        field<&Self::cursor>("Where the page before ended."),
        field<&Self::limit>("Records a page.").range(1, 500).or_default(),
    };
    return table;
  }
};

/// One account.
struct GetAccount {
  using Result = Account;
  static const Operation operation;

  AccountId account{};

  template <class Self = GetAccount>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("The account.")};
    return table;
  }
};

/// Changes what an account says of its holder.
struct UpdateAccount {
  using Result = Account;
  static const Operation operation;

  AccountId account{};
  std::optional<std::int64_t> version{};
  Update<std::string> login{};
  Update<std::string> name{};
  Update<std::string> language{};
  Update<CentreId> centre{};

  template <class Self = UpdateAccount>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("The account."),
        field<&Self::version>("The version the change is meant for."),
        field<&Self::login>("Another name to sign in with.").personal(),
        field<&Self::name>("What to call the holder.").personal().length(0, 200),
        field<&Self::language>("Language of messages.").length(0, 35),
        field<&Self::centre>("Home centre; needs access.manage_accounts there."),
    };
    return table;
  }
};

/// Keeps an account from signing in; its sessions, tokens and codes end. The last Admin cannot be
/// suspended.
struct SuspendAccount {
  using Result = Account;
  static const Operation operation;

  AccountId account{};
  std::optional<std::int64_t> version{};

  template <class Self = SuspendAccount>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("The account."),
        field<&Self::version>("The version the change is meant for."),
    };
    return table;
  }
};

/// Lets a suspended account sign in again.
struct ReinstateAccount {
  using Result = Account;
  static const Operation operation;

  AccountId account{};
  std::optional<std::int64_t> version{};

  template <class Self = ReinstateAccount>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("The account."),
        field<&Self::version>("The version the change is meant for."),
    };
    return table;
  }
};

/// Takes TOTP and recovery codes away from an account whose holder lost them, and ends its
/// sessions.
struct ResetSecondFactor {
  using Result = Nothing;
  static const Operation operation;

  AccountId account{};

  template <class Self = ResetSecondFactor>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::account>("The account.")};
    return table;
  }
};

// --- passwords and addresses ---

/// Sends a token to reset a forgotten password (1 hour, single use) if an account has the address.
/// The answer is always the same.
struct RequestPasswordReset {
  using Result = Nothing;
  static const Operation operation;

  std::string email{};

  template <class Self = RequestPasswordReset>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::email>("The account's address.").personal().length(1, 254),
    };
    return table;
  }
};

/// Sets a new password with a token from access.request_password_reset. All sessions end.
struct ResetPassword {
  using Result = Nothing;
  static const Operation operation;

  std::string token{};
  std::string password{};

  template <class Self = ResetPassword>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("The token that was sent.").secret().length(1, 200),
        field<&Self::password>("At least 10 characters, not a common one.")
            .secret()
            .length(1, 1000),
    };
    return table;
  }
};

/// Sends the caller a token to prove their own address (24 hours).
struct RequestEmailVerification {
  using Result = Nothing;
  static const Operation operation;
  static Fields fields() { return {}; }
};

/// Proves an address with the token that was sent to it.
struct VerifyEmail {
  using Result = Nothing;
  static const Operation operation;

  std::string token{};

  template <class Self = VerifyEmail>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("The token that was sent.").secret().length(1, 200)};
    return table;
  }
};

/// Asks to change the caller's own address. The new one counts once the token sent to it comes back
/// (SPEC A3).
struct ChangeEmail {
  using Result = Nothing;
  static const Operation operation;

  std::string email{};
  std::string password{};

  template <class Self = ChangeEmail>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::email>("The new address.").personal().length(3, 254),
        field<&Self::password>("The caller's password.").secret().length(1, 1000),
    };
    return table;
  }
};

/// Makes a new address count, with the token that was sent to it.
struct ConfirmEmailChange {
  using Result = Nothing;
  static const Operation operation;

  std::string token{};

  template <class Self = ConfirmEmailChange>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("The token that was sent.").secret().length(1, 200),
    };
    return table;
  }
};

}  // namespace access
}  // namespace v1
}  // namespace frontdesk

#include "access/lists.hpp"

namespace frontdesk::access {

using storage::EventKind;

constinit const EventKind CodeIssued::kind{"access.code_issued",
                                           "A code, token or security notice is to be delivered."};
constinit const EventKind AccountCreated::kind{"access.account_created", "An account came to be.",
                                               "access.view_accounts"};
constinit const EventKind AccountChanged::kind{"access.account_changed",
                                               "What an account says of its holder changed.",
                                               "access.view_accounts"};
constinit const EventKind AccountSuspended::kind{
    "access.account_suspended", "An account can no longer sign in.", "access.view_accounts"};
constinit const EventKind AccountReinstated::kind{
    "access.account_reinstated", "A suspended account can sign in again.", "access.view_accounts"};
constinit const EventKind SignedIn::kind{"access.signed_in", "A sign-in was completed.",
                                         "access.view_accounts"};
constinit const EventKind SessionRevoked::kind{
    "access.session_revoked", "A session ended before its time.", "access.view_accounts"};
constinit const EventKind PasswordChanged::kind{"access.password_changed", "A password was set.",
                                                "access.view_accounts"};
constinit const EventKind EmailChanged::kind{"access.email_changed", "A new address was confirmed.",
                                             "access.view_accounts"};
constinit const EventKind SecondFactorChanged::kind{
    "access.second_factor_changed", "TOTP or recovery codes were set up or taken away.",
    "access.view_accounts"};
constinit const EventKind RoleGranted::kind{"access.role_granted",
                                            "A role was given, activated or got another end.",
                                            "access.view_accounts"};
constinit const EventKind RoleRevoked::kind{"access.role_revoked", "A role was taken away.",
                                            "access.view_accounts"};
constinit const EventKind RoleChanged::kind{
    "access.role_changed", "A role was created, changed or archived.", "access.manage_roles"};
constinit const EventKind ApiKeyCreated::kind{"access.api_key_created", "An API key was made.",
                                              "access.manage_api_keys"};
constinit const EventKind ApiKeyRevoked::kind{
    "access.api_key_revoked", "An API key was taken back.", "access.manage_api_keys"};

std::span<const EventKind* const> lists::events() {
  static constexpr const EventKind* all[] = {
      &CodeIssued::kind,          &AccountCreated::kind,    &AccountChanged::kind,
      &AccountSuspended::kind,    &AccountReinstated::kind, &SignedIn::kind,
      &SessionRevoked::kind,      &PasswordChanged::kind,   &EmailChanged::kind,
      &SecondFactorChanged::kind, &RoleGranted::kind,       &RoleRevoked::kind,
      &RoleChanged::kind,         &ApiKeyCreated::kind,     &ApiKeyRevoked::kind,
  };
  return all;
}

std::span<const Operation* const> lists::operations() {
  static constexpr const Operation* all[] = {
      &SignIn::operation,
      &AnswerChallenge::operation,
      &ResendCode::operation,
      &SignOut::operation,
      &Sessions::operation,
      &RevokeSession::operation,
      &RevokeAllSessions::operation,
      &IssueTokens::operation,
      &RefreshTokens::operation,
      &ChangePassword::operation,
      &RequestPasswordReset::operation,
      &ResetPassword::operation,
      &RequestEmailVerification::operation,
      &VerifyEmail::operation,
      &ChangeEmail::operation,
      &ConfirmEmailChange::operation,
      &EnableTotp::operation,
      &ConfirmTotp::operation,
      &DisableTotp::operation,
      &MakeRecoveryCodes::operation,
      &Whoami::operation,
      &CreateAccount::operation,
      &AcceptInvitation::operation,
      &Accounts::operation,
      &GetAccount::operation,
      &UpdateAccount::operation,
      &SuspendAccount::operation,
      &ReinstateAccount::operation,
      &SendInvitation::operation,
      &ResetSecondFactor::operation,
      &Permissions::operation,
      &Roles::operation,
      &GetRole::operation,
      &CreateRole::operation,
      &UpdateRole::operation,
      &ArchiveRole::operation,
      &GrantRole::operation,
      &UpdateRoleGrant::operation,
      &RevokeRole::operation,
      &RoleGrants::operation,
      &CreateApiKey::operation,
      &ApiKeys::operation,
      &RevokeApiKey::operation,
  };
  return all;
}

}  // namespace frontdesk::access

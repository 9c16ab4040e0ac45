// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/access.hpp>

namespace frontdesk::inline v1::access {

std::span<const EnumValue> enum_values(Scope) {
  static constexpr EnumValue values[] = {
      {1, "own", "The holder, their account and their family."},
      {2, "assigned", "Clients assigned to the holder."},
      {3, "centre", "What belongs to the centre of the role."},
      {4, "any", "Everything."},
  };
  return values;
}

std::span<const EnumValue> enum_values(AccountStatus) {
  static constexpr EnumValue values[] = {
      {1, "active", "Can sign in."},
      {2, "suspended", "Cannot sign in until reinstated."},
      {3, "erased", "Anonymised for good."},
  };
  return values;
}

std::span<const EnumValue> enum_values(CodePurpose) {
  static constexpr EnumValue values[] = {
      {1, "sign_in_code", "Six digits that complete a sign-in."},
      {2, "verify_email", "Token that proves an address."},
      {3, "confirm_new_email", "Token that makes a new address count."},
      {4, "reset_password", "Token that sets a new password."},
      {5, "invitation", "Token that sets the first password."},
      {6, "password_changed", "Notice of a new password."},
      {7, "email_changed", "Notice of a new address, to the one before."},
      {8, "account_locked", "Notice of too many failed sign-ins."},
      {9, "second_factor_changed", "Notice that TOTP or recovery codes changed."},
      {10, "address_in_use", "Notice that another account asked for this address."},
  };
  return values;
}

std::span<const EnumValue> enum_values(FactorKind) {
  static constexpr EnumValue values[] = {
      {1, "email_code", "Six digits sent by e-mail."},
      {2, "totp", "Six digits of an authenticator."},
      {3, "recovery_code", "A code kept on paper."},
  };
  return values;
}

std::span<const EnumValue> enum_values(CallerKind) {
  static constexpr EnumValue values[] = {
      {1, "anonymous", "Nobody in particular."},
      {2, "host", "The embedding program."},
      {3, "account", "A signed-in person."},
      {4, "api_key", "A program with an API key."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::access

/// Who runs an operation and how far their permissions reach. Plain data: the engine fills it,
/// handlers read it.
#pragma once

#include <frontdesk/types.hpp>

#include <algorithm>

namespace frontdesk::storage {

enum class PrincipalKind : unsigned char { anonymous, host, account, api_key };

/// The word for a kind in audit rows and events: `anonymous`, `host`, `account`, `api_key`.
std::string_view name(PrincipalKind kind);

struct Principal {
  PrincipalKind kind = PrincipalKind::anonymous;
  AccountId account{};  ///< of an account, or the owner of an API key
  ClientId client{};    ///< the client that the account belongs to, if any
  SignInSessionId session{};
  ApiKeyId api_key{};
  std::string language{};  ///< the account's own

  bool is_host() const { return kind == PrincipalKind::host; }
  /// Within its kind: of the API key, else of the account.
  std::int64_t number() const {
    return kind == PrincipalKind::api_key ? api_key.value : account.value;
  }
};

/// How far one permission reaches for the caller (SPEC A7). Nothing set: not held at all.
struct Reach {
  bool any = false;                   ///< everything
  std::vector<CentreId> centres{};    ///< what belongs to these centres
  std::vector<SectionId> sections{};  ///< what belongs to these sections of centres
  bool assigned = false;              ///< clients assigned to the caller
  bool own = false;                   ///< the caller and their family

  bool nothing() const { return !any && centres.empty() && sections.empty() && !assigned && !own; }
  bool covers(CentreId centre) const {
    return any || std::find(centres.begin(), centres.end(), centre) != centres.end();
  }
  /// What belongs to a section, too; none: only to the centre.
  bool covers(CentreId centre, SectionId section) const {
    return covers(centre) ||
           (section && std::find(sections.begin(), sections.end(), section) != sections.end());
  }
};

}  // namespace frontdesk::storage

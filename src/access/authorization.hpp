/// Who a token stands for, what they hold, and whether that is enough: the engine asks here before
/// each handler (SPEC A7–A9).
#pragma once

#include <frontdesk/access.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::access {

/// A permission by its place in the list of permissions.cpp.
enum class PermissionIndex : std::uint16_t {};
inline constexpr PermissionIndex no_permission{0xFFFF};

/// The index of a permission's name; no_permission if there is none. Look it up once, when the
/// registry is built.
PermissionIndex permission_index(std::string_view name);
std::string_view permission_name(PermissionIndex permission);

/// A permission as it holds now. `centre` is that of the role it comes from; only scope `centre`
/// is bound to it, and always has one. With a section it reaches only what belongs to that section.
struct Grant {
  PermissionIndex permission = no_permission;
  Scope scope = Scope::own;
  CentreId centre{};
  SectionId section{};

  bool operator==(const Grant&) const = default;
};
/// Everything a caller holds, sorted by permission.
struct Grants {
  bool everything = false;  ///< the host
  std::vector<Grant> list{};
  std::optional<Instant> changes_at{};  ///< when the next role or key expires
};
/// How a caller stands to one record.
struct Relation {
  bool own = false;
  bool assigned = false;
  std::span<const CentreId> centres{};  ///< that the record belongs to
};

/// Whether the grants allow `permission` for a record so related. Pure.
bool permitted(std::span<const Grant> grants, PermissionIndex permission,
               const Relation& relation) noexcept;
/// How far the grants reach for a permission.
storage::Reach reach_of(const Grants& grants, PermissionIndex permission);

/// What the caller holds now. Cached per desk until Topic::access changes or a role expires.
/// Thread-safe.
std::shared_ptr<const Grants> grants_of(storage::Transaction& transaction,
                                        const storage::Principal& principal);
/// How far another permission than the operation's reaches for the caller: for handlers and fields
/// shown by permission.
storage::Reach reach_of(storage::Transaction& transaction, std::string_view permission);

/// Whether `reach` covers the record: a client, a centre or an account. False for one that does not
/// exist, unless reach is `any`. Costs at most a few look-ups by primary key.
bool covers(storage::Transaction& transaction, const storage::Reach& reach, Subject kind,
            std::int64_t id);

/// Whether `reach` covers the client as a person: as themselves, their family or somebody assigned
/// to them, not as staff of a centre that they belong to.
bool covers_person(storage::Transaction& transaction, storage::Reach reach, ClientId client);

/// The gate of every operation: whether the caller may, by the rule and the subject that the
/// request names. Throws unauthenticated/sign_in_required, denied/host_only,
/// denied/permission_denied (detail permission), or storage::missing of the subject, alike for one
/// that is out of reach and one that does not exist (SPEC A9). Where the audience is not
/// `permission`, the reach is `any` for the host, else `own`.
storage::Reach authorize(storage::Transaction& transaction, const Operation& operation,
                         const void* request);
/// The same for a subject already read from the request; 0 where none is given.
storage::Reach authorize(storage::Transaction& transaction, const Rule& rule,
                         PermissionIndex permission, std::int64_t subject);

/// Who a token stands for: a session token (`fds_…`), an API key (`fdk_…`) or a signed access token
/// (JWT). Throws unauthenticated/token_invalid (unknown or revoked), unauthenticated/token_expired.
/// Cached like grants_of.
storage::Principal principal_of_token(storage::Transaction& transaction, std::string_view token);

/// Writes down when sessions and API keys were last used. Reads only remember it; call this at the
/// end of a group of writes (it does nothing more than once a minute) and at a tick. Not in
/// previews. Does not touch Topic::access.
void flush_last_used(storage::Transaction& transaction);

}  // namespace frontdesk::access

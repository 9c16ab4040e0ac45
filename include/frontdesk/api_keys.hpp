/// API keys: how programs call on behalf of an account or of the host (SPEC A11).
#pragma once

#include <frontdesk/roles.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace access {

// --- records ---

/// A key with which a program calls on behalf of its owner, never further than the owner may go at
/// that moment.
struct ApiKey {
  ApiKeyId id{};
  std::int64_t version = 1;
  AccountId account{};
  std::string name{};
  std::vector<ScopedPermission> permissions{};
  CentreId centre{};
  Instant created_at{};
  std::optional<Instant> expires_at{};
  std::optional<Instant> revoked_at{};
  std::optional<Instant> last_used_at{};

  template <class Self = ApiKey>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Its number."),
        field<&Self::version>("Grows by one at each change."),
        field<&Self::account>("Its owner; none: the host.").or_default(),
        field<&Self::name>("What it is for."),
        field<&Self::permissions>("What it allows at most."),
        field<&Self::centre>("The only centre it works for; none: as far as its owner goes.")
            .or_default(),
        field<&Self::created_at>("When it was made."),
        field<&Self::expires_at>("From when on it no longer works; absent: never."),
        field<&Self::revoked_at>("When it was taken back."),
        field<&Self::last_used_at>("The last use, right to about a minute."),
    };
    return table;
  }
};

/// A new API key with its secret.
struct NewApiKey {
  ApiKey key{};
  std::string secret{};

  template <class Self = NewApiKey>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::key>("The key."),
        field<&Self::secret>("What the program signs in with; shown this once.").secret(),
    };
    return table;
  }
};

// --- events ---

/// An API key was made.
struct ApiKeyCreated {
  ApiKeyId api_key{};
  AccountId account{};

  template <class Self = ApiKeyCreated>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::api_key>("The key."),
        field<&Self::account>("Its owner; none: the host."),
    };
    return table;
  }
  static const storage::EventKind kind;
};

/// An API key was taken back.
struct ApiKeyRevoked {
  ApiKeyId api_key{};
  AccountId account{};

  template <class Self = ApiKeyRevoked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::api_key>("The key."),
        field<&Self::account>("Its owner; none: the host."),
    };
    return table;
  }
  static const storage::EventKind kind;
};

// --- API keys ---

/// Makes an API key for the caller's own account; made by the host, it belongs to the host.
struct CreateApiKey {
  using Result = NewApiKey;
  static const Operation operation;

  std::string name{};
  std::vector<ScopedPermission> permissions{};
  CentreId centre{};
  std::optional<Instant> expires_at{};

  template <class Self = CreateApiKey>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("What it is for.").length(1, 100),
        field<&Self::permissions>("What it allows: at most what its owner may.").length(1, 500),
        field<&Self::centre>("The only centre it works for; none: as far as its owner goes.")
            .or_default(),
        field<&Self::expires_at>("From when on it no longer works; absent: never."),
    };
    return table;
  }
};

/// Lists API keys the caller may see, newest first.
struct ApiKeys {
  using Result = Page<ApiKey>;
  static const Operation operation;

  bool revoked = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = ApiKeys>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::revoked>("Also those taken back.").or_default(),
        field<&Self::cursor>("Where the page before ended."),
        field<&Self::limit>("Records a page.").range(1, 500).or_default(),
    };
    return table;
  }
};

/// Takes an API key back; it stops working at once.
struct RevokeApiKey {
  using Result = ApiKey;
  static const Operation operation;

  ApiKeyId api_key{};

  template <class Self = RevokeApiKey>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::api_key>("The key.")};
    return table;
  }
};

}  // namespace access
}  // namespace v1
}  // namespace frontdesk

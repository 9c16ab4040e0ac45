/// What a desk remembers of callers, so that most calls are authorized without reading a row.
/// Everything in it belongs to one version of Topic::access; the stamps of last use stay.
#pragma once

#include "access/authorization.hpp"

#include <array>
#include <cstring>
#include <mutex>
#include <unordered_map>

namespace frontdesk::access {

/// What a token stood for when it was looked up.
struct KnownToken {
  storage::Principal principal{};
  std::optional<Instant> expires_at{};
  Instant last_used_at{};  ///< as the row tells
};

/// Thread-safe: each function takes the lock for a moment.
class AccessCache {
 public:
  std::shared_ptr<const Grants> grants(std::int64_t version, std::int64_t holder, Instant now);
  void keep_grants(std::int64_t version, std::int64_t holder, std::shared_ptr<const Grants> grants);

  std::shared_ptr<const KnownToken> token(std::int64_t version, const crypto::Digest& digest);
  void keep_token(std::int64_t version, const crypto::Digest& digest,
                  std::shared_ptr<const KnownToken> token);
  std::shared_ptr<const KnownToken> session(std::int64_t version, SignInSessionId session);
  void keep_session(std::int64_t version, SignInSessionId session,
                    std::shared_ptr<const KnownToken> token);

  // --- last use: positive numbers are sessions, negative ones API keys ---

  void note_use(std::int64_t holder, Instant now);
  /// The last use this desk knows of, or the beginning of time.
  Instant last_use(std::int64_t holder);
  struct Use {
    std::int64_t holder;
    Instant at;
  };
  /// What is to be written down, at most once a minute and a bounded number at a time.
  std::vector<Use> take_uses(Instant now);

  /// Keys for digests, derived once.
  std::string token_key{};
  std::string signing_key{};
  std::once_flag keys_made{};

 private:
  struct DigestHash {
    std::size_t operator()(const crypto::Digest& digest) const noexcept {
      std::size_t hash = 0;
      std::memcpy(&hash, digest.data(), sizeof hash);
      return hash;
    }
  };
  struct Stamp {
    Instant used{};
    Instant written{};
  };
  void follow(std::int64_t version);

  std::mutex mutex_;
  std::int64_t version_ = -1;
  std::unordered_map<std::int64_t, std::shared_ptr<const Grants>> grants_;
  std::unordered_map<crypto::Digest, std::shared_ptr<const KnownToken>, DigestHash> tokens_;
  std::unordered_map<std::int64_t, std::shared_ptr<const KnownToken>> sessions_;
  std::unordered_map<std::int64_t, Stamp> stamps_;
  Instant flushed_at_{};
};

}  // namespace frontdesk::access

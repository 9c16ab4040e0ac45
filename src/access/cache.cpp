#include "access/cache.hpp"

namespace frontdesk::access {
namespace {

// A desk may see more callers than this; then it forgets all and looks them up anew.
constexpr std::size_t entries_max = 20'000;
constexpr std::size_t uses_at_once = 1'000;
constexpr std::chrono::seconds stamp_interval{30};
constexpr std::chrono::seconds flush_interval{60};
constexpr std::chrono::hours stamp_kept{1};  // once it is written down

template <class Map>
void make_room(Map& map) {
  if (map.size() >= entries_max) map.clear();
}

}  // namespace

void AccessCache::follow(std::int64_t version) {
  if (version == version_) return;
  grants_.clear();
  tokens_.clear();
  sessions_.clear();
  version_ = version;
}

std::shared_ptr<const Grants> AccessCache::grants(std::int64_t version, std::int64_t holder,
                                                  Instant now) {
  std::lock_guard guard(mutex_);
  follow(version);
  auto found = grants_.find(holder);
  if (found == grants_.end()) return nullptr;
  if (found->second->changes_at && *found->second->changes_at <= now) return nullptr;
  return found->second;
}

void AccessCache::keep_grants(std::int64_t version, std::int64_t holder,
                              std::shared_ptr<const Grants> grants) {
  std::lock_guard guard(mutex_);
  follow(version);
  make_room(grants_);
  grants_[holder] = std::move(grants);
}

std::shared_ptr<const KnownToken> AccessCache::token(std::int64_t version,
                                                     const crypto::Digest& digest) {
  std::lock_guard guard(mutex_);
  follow(version);
  auto found = tokens_.find(digest);
  return found == tokens_.end() ? nullptr : found->second;
}

void AccessCache::keep_token(std::int64_t version, const crypto::Digest& digest,
                             std::shared_ptr<const KnownToken> token) {
  std::lock_guard guard(mutex_);
  follow(version);
  make_room(tokens_);
  tokens_[digest] = std::move(token);
}

std::shared_ptr<const KnownToken> AccessCache::session(std::int64_t version,
                                                       SignInSessionId session) {
  std::lock_guard guard(mutex_);
  follow(version);
  auto found = sessions_.find(session.value);
  return found == sessions_.end() ? nullptr : found->second;
}

void AccessCache::keep_session(std::int64_t version, SignInSessionId session,
                               std::shared_ptr<const KnownToken> token) {
  std::lock_guard guard(mutex_);
  follow(version);
  make_room(sessions_);
  sessions_[session.value] = std::move(token);
}

void AccessCache::note_use(std::int64_t holder, Instant now) {
  std::lock_guard guard(mutex_);
  Stamp& stamp = stamps_[holder];
  if (now - stamp.used >= stamp_interval) stamp.used = now;
}

Instant AccessCache::last_use(std::int64_t holder) {
  std::lock_guard guard(mutex_);
  auto found = stamps_.find(holder);
  return found == stamps_.end() ? Instant{} : found->second.used;
}

std::vector<AccessCache::Use> AccessCache::take_uses(Instant now) {
  std::lock_guard guard(mutex_);
  std::vector<Use> uses;
  if (now - flushed_at_ < flush_interval) return uses;
  for (auto entry = stamps_.begin(); entry != stamps_.end();) {
    auto& [holder, stamp] = *entry;
    if (stamp.used > stamp.written && uses.size() < uses_at_once) {
      uses.push_back({holder, stamp.used});
      stamp.written = stamp.used;
    }
    bool is_done = stamp.written == stamp.used && now - stamp.used > stamp_kept;
    entry = is_done ? stamps_.erase(entry) : std::next(entry);
  }
  if (uses.size() < uses_at_once) flushed_at_ = now;
  return uses;
}

}  // namespace frontdesk::access

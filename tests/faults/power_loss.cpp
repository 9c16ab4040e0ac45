#include "faults/power_loss.hpp"

#include <memory>
#include <random>
#include <set>
#include <vector>

namespace frontdesk::faults {
namespace {

constexpr std::size_t sector_bytes = 512;

/// A file apart from its name.
struct Content {
  std::string safe{};
  std::vector<const Change*> pending{};
};
using Names = std::map<std::string, std::shared_ptr<Content>>;

class Lottery {
 public:
  Lottery(Unsynced unsynced, unsigned seed) : unsynced_(unsynced), random_(seed) {}
  bool survives() {
    if (unsynced_ != Unsynced::torn) return unsynced_ == Unsynced::kept;
    return random_() % 2 == 0;
  }

 private:
  Unsynced unsynced_;
  std::mt19937 random_;
};

void put(std::string& bytes, std::size_t offset, std::string_view part) {
  if (bytes.size() < offset + part.size()) bytes.resize(offset + part.size(), '\0');
  bytes.replace(offset, part.size(), part);
}

void apply(std::string& bytes, const Change& change, Lottery& lottery) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.kind == Change::Kind::truncate) {
    if (lottery.survives()) bytes.resize(offset, '\0');
    return;
  }
  // By the sectors of the file, not of the write.
  const std::string_view all = change.bytes;
  for (std::size_t done = 0; done < all.size();) {
    const std::size_t length =
        std::min(sector_bytes - (offset + done) % sector_bytes, all.size() - done);
    if (lottery.survives()) put(bytes, offset + done, all.substr(done, length));
    done += length;
  }
}

/// The disk, change by change.
class Disk {
 public:
  explicit Disk(const Files& before) {
    for (const auto& [path, bytes] : before) {
      names_[path] = std::make_shared<Content>(Content{bytes, {}});
    }
    safe_names_ = names_;
  }

  void make(const Change& change) {
    if (change.kind == Change::Kind::mark) return;
    if (change.kind == Change::Kind::create) names_[change.path] = std::make_shared<Content>();
    if (change.kind == Change::Kind::remove) names_.erase(change.path);
    const auto place = names_.find(change.path);
    if (place != names_.end()) {
      if (change.kind == Change::Kind::sync) {
        settle(*place->second);
      } else if (change.kind != Change::Kind::create) {
        place->second->pending.push_back(&change);
      }
    }
    if (change.syncs_folder) safe_names_ = names_;
  }

  Files lose_power(Lottery& lottery) const {
    std::set<std::string> paths;
    for (const auto& [path, content] : names_) paths.insert(path);
    for (const auto& [path, content] : safe_names_) paths.insert(path);
    Files left;
    for (const std::string& path : paths) {
      const Names& names = lottery.survives() ? names_ : safe_names_;
      const auto place = names.find(path);
      if (place == names.end()) continue;
      std::string bytes = place->second->safe;
      for (const Change* change : place->second->pending) apply(bytes, *change, lottery);
      left[path] = std::move(bytes);
    }
    return left;
  }

 private:
  static void settle(Content& content) {
    Lottery everything(Unsynced::kept, 0);
    for (const Change* change : content.pending) apply(content.safe, *change, everything);
    content.pending.clear();
  }

  Names names_{};
  Names safe_names_{};
};

}  // namespace

Files after_power_loss(const Files& before, std::span<const Change> changes, Unsynced unsynced,
                       unsigned seed) {
  Disk disk(before);
  for (const Change& change : changes) disk.make(change);
  Lottery lottery(unsynced, seed);
  return disk.lose_power(lottery);
}

}  // namespace frontdesk::faults

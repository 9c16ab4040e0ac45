#include "storage/settings.hpp"

#include "storage/transaction.hpp"

#include <map>
#include <mutex>

namespace frontdesk::storage {
namespace {

/// All stored settings at one version of their topic. There are few, so they are read at once.
struct SettingsCache {
  using ByCentre = std::map<std::int64_t, std::int64_t>;  // 0: the whole file

  std::mutex mutex{};
  std::int64_t version = -1;
  std::map<std::string, ByCentre, std::less<>> values{};
};

/// What was stored, within the bounds of the setting.
std::int64_t checked(const Setting& setting, std::int64_t value) {
  if (value < setting.lowest || value > setting.highest) {
    throw Error(Code::storage, "file_damaged");
  }
  return value;
}

std::int64_t pick(const SettingsCache& cache, const Setting& setting, CentreId centre) {
  auto stored = cache.values.find(setting.name);
  if (stored == cache.values.end()) return setting.standard;
  auto own = stored->second.find(centre.value);
  if (own == stored->second.end()) own = stored->second.find(0);
  return own == stored->second.end() ? setting.standard : checked(setting, own->second);
}

void read_all(Transaction& transaction, SettingsCache& cache) {
  cache.version = -1;  // should reading fail, nothing counts as known
  cache.values.clear();
  Cursor rows = transaction.query("SELECT name, centre, value FROM settings");
  while (rows.next()) cache.values[std::string(rows.text(0))][rows.integer(1)] = rows.integer(2);
}

}  // namespace

std::int64_t number(Transaction& transaction, const Setting& setting, CentreId centre) {
  if (transaction.touched(Topic::settings)) {
    SettingsCache uncommitted;
    read_all(transaction, uncommitted);
    return pick(uncommitted, setting, centre);
  }
  std::int64_t version = transaction.version_of(Topic::settings);
  SettingsCache& cache = transaction.shared<SettingsCache>();
  std::lock_guard guard(cache.mutex);
  if (cache.version != version) {
    read_all(transaction, cache);
    cache.version = version;
  }
  return pick(cache, setting, centre);
}

}  // namespace frontdesk::storage

/// What was made from the catalogue, kept until the catalogue changes.
#pragma once

#include "storage/transaction.hpp"

#include <mutex>
#include <unordered_map>

namespace frontdesk::storage {

/// Values by id, shared by all calls of a desk (`transaction.shared<Remembered<T>>()`): one T for
/// each kind of value. Only what hangs on rows whose changes touch Topic::catalog may be kept here.
template <class T>
class Remembered {
 public:
  /// The value of an id: the one known, or what `make()` gives. What it throws is not remembered.
  template <class Make>
  T get(Transaction& transaction, std::int64_t id, Make make) {
    if (transaction.touched(Topic::catalog)) return make();
    const std::int64_t version = transaction.version_of(Topic::catalog);
    {
      const std::lock_guard guard(mutex_);
      follow(version);
      if (auto known = values_.find(id); known != values_.end()) return known->second;
    }
    T value = make();
    const std::lock_guard guard(mutex_);
    follow(version);
    if (values_.size() >= values_max) values_.clear();
    values_.insert_or_assign(id, value);
    return value;
  }

 private:
  static constexpr std::size_t values_max = 10'000;

  void follow(std::int64_t version) {
    if (version == version_) return;
    values_.clear();
    version_ = version;
  }

  std::mutex mutex_{};
  std::int64_t version_ = -1;
  std::unordered_map<std::int64_t, T> values_{};
};

}  // namespace frontdesk::storage

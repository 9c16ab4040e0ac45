/// Makes allocations of this thread fail, to see what the library makes of it.
#pragma once

namespace frontdesk::testing {

/// While it lives, the Nth allocation by `new` in this thread and all after it fail; 1 is the
/// first.
class FailingNew {
 public:
  explicit FailingNew(long first);
  ~FailingNew();
  FailingNew(const FailingNew&) = delete;
  FailingNew& operator=(const FailingNew&) = delete;

  /// Whether any has failed.
  bool has_failed() const;
};

}  // namespace frontdesk::testing

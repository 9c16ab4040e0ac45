/// Transactions made by hand on a file of their own, as the engine makes them.
#pragma once

#include "scratch.hpp"
#include "storage/desk_state.hpp"
#include "storage/file.hpp"

namespace frontdesk::storage::testing {

/// One desk on a file; several may share the file, as processes do.
class HandDesk {
 public:
  explicit HandDesk(const std::string& path) : file_(path, {}) {
    state_.secret = std::string(32, 's');
    state_.random = [this](std::span<std::byte> bytes) {
      for (std::byte& byte : bytes) byte = static_cast<std::byte>(++drawn_);
    };
  }

  /// Commits what `work` does; rolls it back if it throws.
  template <class Work>
  void write(Work work) {
    topics_.is_current = false;
    file_.begin_write(scratch::soon());
    try {
      Transaction transaction(file_.writer(), state_, topics_);
      begin(transaction);
      work(transaction);
    } catch (...) {
      file_.rollback();
      topics_ = {};
      throw;
    }
    file_.commit();
  }

  template <class Work>
  void read(Work work) {
    const ReaderLease lease = file_.read(scratch::soon());
    read_from(lease, work);
  }
  template <class Work>
  void read_from(const ReaderLease& lease, Work work) {
    TopicVersions topics;
    Transaction transaction(lease.connection(), state_, topics);
    begin(transaction);
    work(transaction);
  }

  File& file() { return file_; }
  DeskState& state() { return state_; }

  Instant now{Duration{1'772'442'000}};
  Principal principal{};
  std::string origin = "198.51.100.4";
  std::string correlation = "request 17";

 private:
  void begin(Transaction& transaction) {
    TransactionAccess access(transaction);
    access.begin(now, origin, correlation, false);
    access.caller(principal, "en");
  }

  File file_;
  DeskState state_;
  TopicVersions topics_;
  unsigned drawn_ = 0;
};

}  // namespace frontdesk::storage::testing

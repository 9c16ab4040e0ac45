/// A desk to measure on, with a member of staff who may write notes.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace frontdesk::bench {

class World {
 public:
  explicit World(int group_limit = 64, bool is_in_memory_folder = false);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Desk& desk() { return *desk_; }
  const Caller& clerk() const { return *clerk_; }
  CentreId centre() const { return centre_; }
  ClientId client() const { return client_; }
  std::string path() const { return (folder_ / "desk.db").string(); }
  std::string folder() const { return folder_.string(); }
  const std::string& token() const { return token_; }
  /// The file's secret, for transactions made by hand.
  std::string secret() const;
  void close();
  /// With another limit of groups, where one is given.
  void open(std::optional<int> group_limit = {});

  /// The small write: permission by centre, one row, one event, audit, idempotency.
  void write_note(bool with_key = true);

 private:
  std::filesystem::path folder_;
  OpenOptions options_;
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<Caller> clerk_;
  std::string token_;
  CentreId centre_{};
  ClientId client_{};
};

}  // namespace frontdesk::bench

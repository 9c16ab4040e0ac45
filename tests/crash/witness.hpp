/// What a file says after a crash, held against what its writer was told.
#pragma once

#include "victim.hpp"

#include <map>
#include <set>

namespace frontdesk::testing::crash {

/// Looks at one file again and again, each time at what is new.
class Witness {
 public:
  /// What is counted goes on.
  void turn_to_new_file() { sequence_ = cursor_ = 0; }
  /// Compares the file with what the victim heard of one round: acknowledged orders are there
  /// whole, the one each thread was at is there whole or not at all, and saying an order again has
  /// one effect. What is wrong, in words.
  std::vector<std::string> examine(const Desk& desk, const std::vector<Message>& heard);
  /// Every invariant of every area, the file's own, and the audit chain.
  static std::vector<std::string> examine_all(const Desk& desk);

  std::int64_t acknowledged() const { return acknowledged_; }
  std::int64_t interrupted() const { return interrupted_; }
  std::int64_t interrupted_yet_done() const { return interrupted_yet_done_; }
  std::int64_t booked() const { return booked_; }

 private:
  /// An order and what was said of it.
  struct Case {
    Order order{};
    bool is_acknowledged = false;
    std::int64_t result = 0;
  };
  /// What the log and the feed gained.
  struct News {
    std::map<std::string, std::vector<audit::Entry>> audited{};
    std::map<std::pair<std::string, std::int64_t>, int> told{};
    std::int64_t sequence = 0;
    std::int64_t cursor = 0;
  };

  static std::vector<Case> cases_of(const std::vector<Message>& heard);
  News read_news(const Desk& desk) const;
  void judge(const Desk& desk, const std::vector<Case>& cases, const News& news,
             bool is_first_look);
  bool judge_one(const Desk& desk, const Case& item, const News& news);
  bool judge_booking(const Desk& desk, const Case& item, bool is_audited);
  void judge_rows(const Desk& desk, const Case& item, std::int64_t client);
  void judge_family(const Desk& desk, const Case& item, std::int64_t guardian, const News& news);
  void judge_imports(const Desk& desk, const std::vector<Case>& cases, const News& news);
  void judge_updates(const Desk& desk, const std::vector<Case>& cases, const News& news);
  void say_again(const Desk& desk, std::vector<Case>& cases);
  void complain(const Order& order, const std::string& what);

  std::int64_t sequence_ = 0;  ///< of the audit log, up to which it was looked at
  std::int64_t cursor_ = 0;    ///< of the feed
  std::int64_t acknowledged_ = 0;
  std::int64_t interrupted_ = 0;
  std::int64_t interrupted_yet_done_ = 0;
  std::int64_t booked_ = 0;
  std::vector<std::string> problems_{};
};

}  // namespace frontdesk::testing::crash

/// What tests share: a temporary desk with a clock that stands still until it is moved, repeatable
/// randomness and cheap passwords.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>

namespace frontdesk::testing {

/// A folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Time for tests, shared by all threads. Starts on Monday 2026-03-02 09:00 UTC.
struct ManualClock {
  std::atomic<std::int64_t> seconds{1'772'442'000};

  ManualClock& operator+=(Duration duration) {
    seconds += duration.count();
    return *this;
  }
  Instant now() const { return Instant{Duration{seconds.load()}}; }
};

class TestDesk {
 public:
  static constexpr const char* password = "correct horse battery";

  /// `change` may alter the options before the file is opened.
  explicit TestDesk(const std::function<void(OpenOptions&)>& change = {});

  void close() { desk_.reset(); }
  /// Closes and opens the file again, as after a restart.
  void reopen();

  Caller host() const { return desk_->host(); }
  Caller anonymous() const { return desk_->anonymous(); }
  /// An account with the role Admin, signed in.
  Caller admin();
  /// A member of staff with a ready role, for one centre or for all, signed in.
  Caller staff(std::string_view role, CentreId centre = {});
  /// A registered customer, signed in.
  struct Customer {
    ClientId client{};
    AccountId account{};
    std::string email{};
    Caller caller;
  };
  Customer customer(const std::string& first_name = "Olena");
  /// Signs in, answering a challenge by e-mail code; the session's token.
  std::string token(const std::string& login, const std::string& password = TestDesk::password);

  CentreId centre(const std::string& name = "Sunrise", const std::string& zone = "Europe/Kyiv");
  /// Claims and acknowledges everything in the outbox.
  std::vector<notices::ClaimedMessage> messages();
  /// The newest secret (code or token) sent to an address.
  std::string secret_sent_to(const std::string& address);

  Desk& desk() { return *desk_; }
  const std::string& path() const { return path_; }
  OpenOptions options() const { return options_; }

  ManualClock clock{};

 private:
  TemporaryFolder folder_;
  std::string path_;
  OpenOptions options_;
  std::mt19937_64 random_{42};
  std::unique_ptr<Desk> desk_;
  int made_ = 0;
};

/// The Error that the action throws; fails the test if it throws none.
Error refusal(const std::function<void()>& action);

}  // namespace frontdesk::testing

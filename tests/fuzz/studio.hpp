/// What the fuzzers share: a small studio in a temporary file that is as new for each input that
/// could have changed it, with a clock that stands and randomness that repeats itself.
#pragma once

#include <frontdesk/frontdesk.h>
#include <frontdesk/frontdesk.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace frontdesk::fuzz {

/// Ends the program with a word on why, so that libFuzzer keeps the input.
[[noreturn]] void fail(const std::string& why);

class Studio {
 public:
  Studio();
  ~Studio();
  Studio(const Studio&) = delete;
  Studio& operator=(const Studio&) = delete;

  /// As it was at first.
  void renew();

  frontdesk_desk* c_desk() const { return c_desk_; }
  Desk& desk() { return *desk_; }
  /// `host`, `anonymous`, `customer`, `admin`, `trainer`, `access` (a signed token of the customer)
  /// or `key` (an API key); null for any other word.
  const frontdesk_caller* caller(const std::string& who) const;
  /// The tokens that there are, by the same words and `refresh`.
  const std::map<std::string, std::string>& tokens() const { return tokens_; }
  const std::string& signing_key() const { return signing_key_; }

  std::int64_t seconds = 1'772'442'000;  ///< Monday 2026-03-02 09:00 UTC

 private:
  void furnish();
  std::string make_account(Desk& desk, const std::string& role);
  void read_signing_key();
  void open();
  void close();
  OpenOptions options();
  std::string file() const { return (folder_ / "desk.db").string(); }
  std::string model() const { return (folder_ / "model.db").string(); }

  std::filesystem::path folder_{};
  std::uint64_t drawn_ = 0;
  std::map<std::string, std::string> tokens_{};
  std::string signing_key_{};
  std::unique_ptr<Desk> desk_{};
  frontdesk_desk* c_desk_ = nullptr;
  std::map<std::string, frontdesk_caller*> callers_{};
};

/// The one studio of a program.
Studio& studio();

/// Writes a seed if the environment asks for seeds instead of a run; the caller ends the program.
class Seeds {
 public:
  Seeds();
  bool wanted() const { return !folder_.empty(); }
  void write(const std::string& name, const std::string& text) const;

 private:
  std::string folder_{};
};

}  // namespace frontdesk::fuzz

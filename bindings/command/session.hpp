/// What all commands share: the options before the command, the open file, and as whom it works.
#pragma once

#include <frontdesk/desk.hpp>

#include <optional>
#include <stdexcept>

namespace frontdesk::command {

/// The command line is wrong: exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The options that every command takes.
struct Options {
  std::string file{};
  std::string key_file{};
  std::optional<std::string> token{};  ///< given on the command line, be it empty
  bool is_anonymous = false;
  bool is_read_only = false;
  bool is_pretty = false;
  bool is_compact = false;
  CallOptions call{};
};

enum class IfMissing { create, refuse };

/// Opens the file with the keys of --key-file or FRONTDESK_KEY.
Desk open(const Options& options, IfMissing if_missing);
/// The host, or whom --as, FRONTDESK_TOKEN or --anonymous name. An empty token is a token that is
/// worth nothing, not the host.
Caller caller_of(const Desk& desk, const Options& options);

/// A request as the command line gives it: JSON itself, `-` for standard input, `@file`.
std::string read_request(const std::string& argument);
std::string read_file(const std::string& path);

}  // namespace frontdesk::command

/// A file that has something of everything, and what is tried on copies of it after they were
/// damaged.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace frontdesk::hostile {

/// The bytes of a valid file that was closed; made once.
const std::string& valid_bytes();

void write_bytes(const std::filesystem::path& path, const std::string& bytes);
std::string read_bytes(const std::filesystem::path& path);

/// How a desk dealt with a file.
struct Treatment {
  bool was_opened = false;
  Code refusal = Code::internal;  ///< of the opening
  std::string reason{};
  int results = 0;
  int errors = 0;
  /// What no file may lead to: an `internal` error, one without words, another exception.
  std::vector<std::string> defects{};
};

enum class Reach { short_list, everything };

/// Opens the file and runs reads and writes of all areas on it. A run that takes too long ends the
/// program, with `what` on standard error.
Treatment treat(const std::string& path, const std::string& what, Reach reach = Reach::short_list,
                bool read_only = false);

/// True where a long dose is asked for.
bool is_long_dose();

/// Adds up what happened, to be printed in a long dose.
struct Tally {
  int files = 0;
  int opened = 0;
  int results = 0;
  int errors = 0;

  void add(const Treatment& treatment);
  void print(const std::string& what) const;
};

}  // namespace frontdesk::hostile

/// A file system under SQLite that counts calls, fails the one it is told to, and can keep a record
/// of everything that would reach the disk. It lies over the system's own and is the default of the
/// whole program from the first use on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::faults {

enum class Call : unsigned char {
  open,
  remove,
  access,
  read,
  write,
  sync,
  truncate,
  size,
  lock,
  shared_map,
  shared_lock,
};
constexpr std::size_t call_count = 11;

std::string_view name(Call call);

/// The calls of each kind that were made.
using Calls = std::array<long, call_count>;

/// Which call fails, and how.
struct Fault {
  Call call = Call::read;
  int status = 0;         ///< SQLITE_IOERR_READ, SQLITE_FULL …
  long number = 1;        ///< 1: the first call of this kind
  bool for_good = false;  ///< and all after it, as long as it is injected
};

/// `read 12 for good: disk I/O error`.
std::string to_text(const Fault& fault);

/// Installs the file system; may be called again.
void install_vfs();
/// Counts from zero, without a fault.
void count_calls();
Calls calls_made();
/// Counts from zero and lets one call fail.
void inject(const Fault& fault);
/// Whether the fault has been met.
bool has_struck();
/// No call fails any more.
void lift();

/// One change on its way to the disk, or a mark of the test between them.
struct Change {
  enum class Kind : unsigned char { create, remove, write, truncate, sync, mark };
  Kind kind = Kind::mark;
  std::string path{};
  std::int64_t offset = 0;    ///< of a truncation: the new size; of a mark: its number
  std::string bytes{};        ///< what is written
  bool syncs_folder = false;  ///< the names of files too are safe after it
};

/// From now on changes are kept, until `stop_recording`.
void record();
std::vector<Change> stop_recording();
void mark(std::int64_t number);

}  // namespace frontdesk::faults

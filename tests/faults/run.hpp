/// One run of a scenario through the public face: what was asked for, what was answered, and
/// whether the file afterwards holds just that.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include "support.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace frontdesk::faults {

/// What the caller knows of a deed afterwards.
enum class Answer : unsigned char {
  none,     ///< it was never begun
  done,     ///< it is there, whatever happens
  refused,  ///< it left nothing behind
  unknown,  ///< all of it is there or nothing
};

/// Something that is asked for. People are known by their first names.
struct Deed {
  std::function<void(const Caller&, const CallOptions&)> action{};
  std::string key{};                   ///< may be sent again under this key
  std::vector<std::string> created{};  ///< the first is the guardian of the others
  std::int64_t notes = 0;              ///< about the first
  std::string erased{};
  /// Each of `created` stands for itself, and they come in order: an import.
  bool is_job = false;
  std::vector<std::int64_t> row_ends{};  ///< of an import, in bytes: what its progress counts

  Answer answer = Answer::none;
  std::size_t acknowledged = 0;  ///< of a job: how many of `created` are known to be there
};

Deed create_client(const std::string& name);
/// A family of `dependants` and `notes` about the guardian, in one batch.
Deed create_family(const std::string& name, int dependants, int notes, CentreId centre);
Deed import_clients(const std::string& prefix, int rows);
Deed erase(const std::string& name, ClientId client);
Deed tick();
/// Looks only.
Deed look(std::function<void(const Caller&)> action);

/// Which errors a run may end in, as `code/reason`; the rest are defects.
using Expected = std::function<bool(const Error&)>;

class Run {
 public:
  explicit Run(std::string path);

  /// False if it was refused.
  bool open();
  void close();
  bool is_open() const { return desk_.has_value(); }
  /// Does the deed and keeps the answer. Thread-safe.
  void act(const Deed& deed);
  /// Deeds of several threads at once, one list a thread.
  void act_at_once(const std::vector<std::vector<Deed>>& lists);

  /// Sends what has a key and was not acknowledged again, which must succeed now.
  /// Whether there was anything to repeat.
  bool repeat();
  /// Opens the file anew and looks: nothing acknowledged is missing, nothing is half done. With a
  /// repetition of what was refused.
  void judge();
  /// The same for a file as it was when not all of the deeds were answered, without a repetition.
  void judge_as_of(const std::string& path, const std::vector<Deed>& then);

  Expected is_expected{};
  std::vector<Deed> deeds{};
  std::vector<std::string> problems{};  ///< what is wrong; empty if all is well
  int errors = 0;                       ///< met on the way, as expected

 private:
  void answer(std::size_t number, Answer given);
  void note_error(const Error& error);
  void note_problem(const std::string& problem);
  OpenOptions options();

  std::string path_;
  testing::ManualClock clock_{};
  std::optional<Desk> desk_{};
  std::mutex mutex_{};
};

/// Marks in the record of changes: what had been answered by then.
inline constexpr std::int64_t marks_per_deed = 1'000'000;
std::vector<Deed> deeds_as_of(const std::vector<Deed>& deeds,
                              const std::vector<std::int64_t>& marks);

}  // namespace frontdesk::faults

/// What is done to a desk while something fails.
#pragma once

#include "faults/run.hpp"

#include <span>

namespace frontdesk::faults {

struct Scenario {
  std::string_view name;
  bool starts_empty;  ///< there is no file yet
  bool has_threads;
  void (*play)(Run& run);  ///< opens and closes the desk by itself
};

/// The five of them.
std::span<const Scenario> scenarios();

/// Puts the file a scenario starts from at `path`, without faults.
void prepare(const Scenario& scenario, const std::string& path);
/// The desk is open (or opened again) and works; otherwise a problem is noted.
void must_work(Run& run);

/// True where a long dose is asked for.
bool is_long_dose();
/// `count` of the numbers 1 to `last`, spread over them; all in a long dose, or those from
/// FRONTDESK_FAULTS=FROM-UNTIL, to see one failure again or to share the work.
std::vector<long> sample(long last, std::size_t count, unsigned seed);

}  // namespace frontdesk::faults

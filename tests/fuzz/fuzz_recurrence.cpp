// Rules of recurrence: reading, printing, telling in words, and expanding them, in bounded time.
//
// The lines of an input: the start (2024-01-05T18:00:00), the zone or nothing, then the rule; each
// line after them is a time to add (+2024-…) or to leave out (-2024-…). Whatever cannot be read of
// start and times is left away, so that the rule always has its turn.
#include "studio.hpp"

#include "base/zones.hpp"

#include <frontdesk/recurrence.hpp>

#include <algorithm>
#include <ctime>

using namespace frontdesk;
using fuzz::fail;

namespace {

namespace rec = frontdesk::recurrence;

constexpr std::size_t occurrences_looked_at = 40;
constexpr std::clock_t longest = CLOCKS_PER_SEC;  // with sanitizers; a busy machine counts not

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

rec::Pattern pattern_of(std::string_view text) {
  rec::Pattern pattern;
  pattern.start = zones::parse_local(take_line(text)).value_or(LocalTime{Duration{1'704'477'600}});
  const std::string_view zone = take_line(text);
  if (zone.empty() || zones::known(zone)) pattern.zone = zone;
  pattern.rule = rec::parse(take_line(text));
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.size() < 2) continue;
    auto& target = line.front() == '+' ? pattern.added : pattern.removed;
    if (auto local = zones::parse_local(line.substr(1))) target.emplace_back(*local);
    if (auto date = zones::parse_date(line.substr(1))) target.emplace_back(*date);
    if (auto instant = zones::parse_instant(line.substr(1))) target.emplace_back(*instant);
  }
  return pattern;
}

void check_text(const rec::Rule& rule) {
  const std::string printed = rec::print(rule);
  if (!(rec::parse(printed) == rule)) fail("printed and read, it is another rule: " + printed);
}

std::vector<rec::Occurrence> first_of(rec::Occurrences occurrences) {
  std::vector<rec::Occurrence> found;
  for (const rec::Occurrence& occurrence : occurrences) {
    found.push_back(occurrence);
    if (found.size() == occurrences_looked_at) break;
  }
  return found;
}

/// Windows are pieces of the whole, wherever they begin.
void check_windows(const rec::Recurrence& recurrence) {
  const std::vector<rec::Occurrence> all = first_of(recurrence.all());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && all[i].instant <= all[i - 1].instant) fail("occurrences are out of order");
    if (!recurrence.contains(all[i].instant)) fail("an occurrence is not contained");
  }
  for (std::size_t from = 0; from < all.size(); from += 1 + all.size() / 4) {
    const std::size_t to = from + (all.size() - from) / 2;
    if (to == all.size()) break;
    const auto window = recurrence.between(all[from].instant, all[to].instant);
    const std::vector<rec::Occurrence> wanted(all.begin() + static_cast<std::ptrdiff_t>(from),
                                              all.begin() + static_cast<std::ptrdiff_t>(to));
    if (window != wanted) fail("a window differs from the whole");
    if (first_of(recurrence.from(all[from].instant)).front() != all[from]) {
      fail("a start in the middle is missed");
    }
  }
  using namespace std::chrono;
  const Instant far = sys_days{9000y / 1 / 1};
  for (const rec::Occurrence& one : recurrence.between(far, far + days{90}, 20)) {
    if (!recurrence.contains(one.instant)) fail("a far occurrence is not contained");
  }
}

void check(std::string_view text) {
  rec::Pattern pattern;
  try {
    pattern = pattern_of(text);
  } catch (const Error& error) {
    if (error.code() != Code::invalid || !error.reason().starts_with("rule_")) {
      fail("reading: " + error.reason());
    }
    return;
  }
  check_text(*pattern.rule);
  try {
    check_windows(rec::Recurrence(pattern));
    for (const char* language : {"en", "uk"}) {
      if (rec::describe(pattern, language).empty()) fail("no words");
    }
  } catch (const Error& error) {
    if (error.code() != Code::invalid) fail("expanding: " + error.reason());
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (fuzz::Seeds().wanted()) std::exit(0);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::clock_t begun = std::clock();
  check({reinterpret_cast<const char*>(data), size});
  if (std::clock() - begun > longest) fail("it took too long");
  return 0;
}

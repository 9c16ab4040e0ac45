/// Where in its text each part of a plan stands, so that what is wrong with it can be told with
/// line and column. Private to the maps.
#pragma once

#include "seating/maps.hpp"

namespace frontdesk::seating {

inline constexpr std::int64_t seats_max = 50'000;
inline constexpr std::int64_t places_max = 1'000'000;
inline constexpr std::int64_t sections_max = 200;
inline constexpr std::int64_t areas_max = 200;
inline constexpr std::int64_t far_away = 1'000'000;  ///< no coordinate is farther from 0
inline constexpr std::int64_t pitch = 10;            ///< width and depth of a seat
inline constexpr std::int64_t by_max = 100;          ///< by how much seats' numbers may differ
inline constexpr std::int64_t space_max = 100;       ///< rows of nothing before a part

struct Spot {
  std::int64_t line = 1;
  std::int64_t column = 1;
};
struct BlockSpots {
  Spot head{};
  std::vector<Spot> runs{};
};
struct SectionSpots {
  Spot head{};
  std::vector<BlockSpots> blocks{};
};
struct Spots {
  std::vector<Spot> categories{};
  std::vector<SectionSpots> sections{};
};

struct ParsedPlan {
  MapPlan plan{};
  Spots spots{};
};
ParsedPlan read_plan(std::string_view text);

/// Names a part of a plan in what is refused: by line and column, or by its path.
class Site {
 public:
  explicit Site(const Spots* spots) : spots_(spots) {}

  [[noreturn]] void refuse(std::string_view reason, Details details = {}) const;
  [[noreturn]] void refuse_category(std::string_view reason, std::size_t category,
                                    Details details = {}) const;
  [[noreturn]] void refuse_section(std::string_view reason, std::size_t section,
                                   Details details = {}) const;
  [[noreturn]] void refuse_block(std::string_view reason, std::size_t section, std::size_t block,
                                 Details details = {}) const;
  [[noreturn]] void refuse_run(std::string_view reason, std::size_t section, std::size_t block,
                               std::size_t run, Details details = {}) const;

 private:
  [[noreturn]] void refuse_at(std::string_view reason, const Spot* spot, const std::string& path,
                              Details details) const;

  const Spots* spots_;
};

/// Puts runs of the same seats together, as the text does.
void join_runs(MapPlan& plan);

}  // namespace frontdesk::seating

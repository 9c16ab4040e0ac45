/// Seat maps as they are used: parsed once a desk, never changed, shared by all.
#pragma once

#include <frontdesk/schedule.hpp>
#include <frontdesk/seating_maps.hpp>
#include <frontdesk/seating_places.hpp>

#include "seating/claims.hpp"

#include <memory>
#include <unordered_map>

namespace frontdesk::seating {

/// Seats of a row that stand side by side, with no gap between; or all those at one table. By
/// index.
struct Segment {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t row = 0;
};

/// A row or a table.
struct MapRow {
  std::size_t section = 0;
  std::string label{};
  bool is_table = false;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A hall. Seats have the places 1 to seats.size(), then come those of the areas. Immutable;
/// any number of threads may read it.
struct Map {
  MapPlan plan{};
  MapPoint stage{};
  MapPoint focus{};
  std::vector<std::string> categories{};
  std::vector<SeatInfo> seats{};
  std::vector<std::size_t> category{};   ///< of each seat, by index of `categories`
  std::vector<std::size_t> segment{};    ///< of each seat, by index of `segments`
  std::vector<std::int64_t> distance{};  ///< of each seat from the focus, squared
  std::vector<Segment> segments{};
  std::vector<MapRow> rows{};
  std::vector<AreaInfo> areas{};
  std::vector<std::size_t> area_category{};
  /// Seats by their whole label.
  std::unordered_map<std::string_view, std::size_t> labels{};
  /// Seats by label without the section; `ambiguous` where several have it.
  std::unordered_map<std::string_view, std::size_t> short_labels{};

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static constexpr std::size_t ambiguous = static_cast<std::size_t>(-2);

  Map() = default;
  Map(const Map&) = delete;
  Map& operator=(const Map&) = delete;

  std::int64_t places() const;
  /// The seat, by index, of a label or of one without its section; none or ambiguous.
  std::size_t find(std::string_view label) const;
  const AreaInfo* area(std::string_view name) const;
  /// The category's index, or none.
  std::size_t category_index(std::string_view code) const;
  /// The area that a place is in, or null for a seat's.
  const AreaInfo* area_of(std::int64_t place) const;
};

PlaceRange range_of(const AreaInfo& area);

/// Reads a map's text. Throws Error{invalid} with the reasons of docs/seat-maps.md, the details
/// `line` and `column`, and the field `text`.
MapPlan parse_plan(std::string_view text);
/// The text of a plan; parse_plan gives the same plan again.
std::string print_plan(const MapPlan& plan);
/// The hall that a text or a plan draws. Throws as parse_plan does; of a plan, the field tells
/// where.
std::shared_ptr<const Map> build_map(std::string_view text);
std::shared_ptr<const Map> build_map(const MapPlan& plan);

/// The hall of a version; Error{not_found, "seat_map_not_found"} if there is none.
std::shared_ptr<const Map> map_of(Transaction& transaction, SeatMapId id);

/// What places a session has.
struct Layout {
  SeatMapId id{};
  std::shared_ptr<const Map> map{};        ///< null: places are mere numbers
  std::optional<std::int64_t> capacity{};  ///< at most so many are taken; none: without limit
};
/// By the map the session was opened with (SPEC H2).
Layout layout_of(Transaction& transaction, const schedule::Session& session);

/// What is written on a place; its number where there is no map.
std::string label_of(const Layout& layout, std::int64_t place);
/// Code of a place's category; empty where there is no map.
std::string_view category_of(const Layout& layout, std::int64_t place);
PlaceInfo place_info(const Layout& layout, std::int64_t place);
std::vector<PlaceInfo> place_infos(const Layout& layout, std::span<const std::int64_t> places);

}  // namespace frontdesk::seating

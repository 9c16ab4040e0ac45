#include "seating/maps.hpp"

#include <algorithm>
#include <mutex>

namespace frontdesk::seating {
namespace {

/// Maps that were read, by version. Thread-safe.
class MapCache {
 public:
  std::shared_ptr<const Map> find(SeatMapId id) {
    std::lock_guard lock(mutex_);
    auto found = maps_.find(id);
    return found == maps_.end() ? nullptr : found->second;
  }
  void keep(SeatMapId id, std::shared_ptr<const Map> map) {
    constexpr std::size_t maps_max = 200;
    std::lock_guard lock(mutex_);
    if (maps_.size() >= maps_max) maps_.clear();
    maps_[id] = std::move(map);
  }

 private:
  std::mutex mutex_;
  std::unordered_map<SeatMapId, std::shared_ptr<const Map>> maps_;
};

}  // namespace

PlaceRange range_of(const AreaInfo& area) {
  return {area.first_place, area.first_place + area.places - 1};
}

std::int64_t Map::places() const {
  if (areas.empty()) return static_cast<std::int64_t>(seats.size());
  return *range_of(areas.back()).last;
}

std::size_t Map::find(std::string_view label) const {
  auto whole = labels.find(label);
  if (whole != labels.end()) return whole->second;
  auto by_row = short_labels.find(label);
  return by_row == short_labels.end() ? none : by_row->second;
}

const AreaInfo* Map::area(std::string_view name) const {
  auto found = std::find_if(areas.begin(), areas.end(),
                            [&](const AreaInfo& area) { return area.name == name; });
  return found == areas.end() ? nullptr : &*found;
}

std::size_t Map::category_index(std::string_view code) const {
  auto found = std::find(categories.begin(), categories.end(), code);
  return found == categories.end() ? none : static_cast<std::size_t>(found - categories.begin());
}

const AreaInfo* Map::area_of(std::int64_t place) const {
  for (const AreaInfo& area : areas) {
    if (place >= area.first_place && place < area.first_place + area.places) return &area;
  }
  return nullptr;
}

std::shared_ptr<const Map> map_of(Transaction& transaction, SeatMapId id) {
  // What a transaction or its commit group has just drawn may yet be rolled back, and its number
  // given to another map.
  const bool is_cacheable = !transaction.touched(storage::Topic::catalog);
  MapCache& cache = transaction.shared<MapCache>();
  if (is_cacheable) {
    if (auto known = cache.find(id)) return known;
  }
  std::shared_ptr<const Map> map;
  {
    storage::Cursor row = transaction.query("SELECT text FROM seat_maps WHERE id = $1", id);
    if (!row.next()) storage::missing("seat_map", "map");
    map = build_map(row.text(0));
  }
  if (is_cacheable) cache.keep(id, map);
  return map;
}

Layout layout_of(Transaction& transaction, const schedule::Session& session) {
  Layout layout{.id = {}, .map = nullptr, .capacity = session.capacity};
  const auto map =
      transaction.one_number("SELECT map FROM session_maps WHERE session = $1", session.id);
  if (!map) return layout;
  layout.id = SeatMapId{*map};
  layout.map = map_of(transaction, layout.id);
  const std::int64_t places = layout.map->places();
  layout.capacity = std::min(session.capacity.value_or(places), places);
  return layout;
}

std::string label_of(const Layout& layout, std::int64_t place) {
  if (!layout.map || place < 1) return std::to_string(place);
  const auto& seats = layout.map->seats;
  if (place <= static_cast<std::int64_t>(seats.size())) {
    return seats[static_cast<std::size_t>(place - 1)].label;
  }
  const AreaInfo* area = layout.map->area_of(place);
  if (area == nullptr) return std::to_string(place);
  return area->name + "-" + std::to_string(place - area->first_place + 1);
}

std::string_view category_of(const Layout& layout, std::int64_t place) {
  if (!layout.map || place < 1) return {};
  const auto& seats = layout.map->seats;
  if (place <= static_cast<std::int64_t>(seats.size())) {
    return seats[static_cast<std::size_t>(place - 1)].category;
  }
  const AreaInfo* area = layout.map->area_of(place);
  return area == nullptr ? std::string_view{} : area->category;
}

PlaceInfo place_info(const Layout& layout, std::int64_t place) {
  PlaceInfo info{.place = place,
                 .label = label_of(layout, place),
                 .category = std::string(category_of(layout, place))};
  if (layout.map && place >= 1 && place <= static_cast<std::int64_t>(layout.map->seats.size())) {
    const SeatInfo& seat = layout.map->seats[static_cast<std::size_t>(place - 1)];
    info.accessible = seat.accessible;
    info.companion = seat.companion;
  }
  return info;
}

std::vector<PlaceInfo> place_infos(const Layout& layout, std::span<const std::int64_t> places) {
  std::vector<PlaceInfo> infos;
  infos.reserve(places.size());
  for (std::int64_t place : places) infos.push_back(place_info(layout, place));
  return infos;
}

}  // namespace frontdesk::seating

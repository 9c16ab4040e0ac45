#include <frontdesk/seating_maps.hpp>
#include <frontdesk/seating_places.hpp>

namespace frontdesk::inline v1::seating {

std::span<const EnumValue> enum_values(Channel) {
  static constexpr EnumValue values[] = {
      {0, "online", "By the buyers themselves, over the net."},
      {1, "box_office", "By staff at the counter."},
  };
  return values;
}

std::span<const EnumValue> enum_values(PlaceState) {
  static constexpr EnumValue values[] = {
      {0, "free", "Nobody has it."},
      {1, "held", "Kept for a buyer, or offered to somebody who waits."},
      {2, "booked", "Booked."},
      {3, "blocked", "Out of use."},
      {4, "reserved", "For the other channel."},
  };
  return values;
}

std::span<const EnumValue> enum_values(Fit) {
  static constexpr EnumValue values[] = {
      {0, "together", "Side by side, leaving no single seat."},
      {1, "leaves_single", "Side by side, but a single seat is left."},
      {2, "near_rows", "In rows of one section, as near as can be."},
      {3, "sections", "In several sections."},
      {4, "table", "At one table."},
      {5, "tables", "At several tables."},
      {6, "area", "In one standing area."},
      {7, "scattered", "Some here, some there."},
  };
  return values;
}

std::span<const EnumValue> enum_values(MapPart) {
  static constexpr EnumValue values[] = {
      {0, "row", "A row of seats."},
      {1, "table", "A table with seats around it."},
      {2, "area", "An area to stand in."},
  };
  return values;
}

std::span<const EnumValue> enum_values(DrawingForm) {
  static constexpr EnumValue values[] = {
      {0, "svg", "A vector picture."},
      {1, "text", "One character a seat."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::seating

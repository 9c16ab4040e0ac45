#include <frontdesk/seating.hpp>

namespace frontdesk::inline v1::seating {

std::span<const EnumValue> enum_values(Channel) {
  static constexpr EnumValue values[] = {
      {0, "online", "By the buyers themselves, over the net."},
      {1, "box_office", "By staff at the counter."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::seating

/// What seats and places a session has, and who has them: seat maps, holds, blocked and reserved
/// places, the best ones available.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace seating {

/// Where a sale happens. A place reserved for one channel counts as taken for the other.
enum class Channel : unsigned char { online, box_office };
std::span<const EnumValue> enum_values(Channel);

}  // namespace seating
}  // namespace v1
}  // namespace frontdesk

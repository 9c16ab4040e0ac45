// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/notices.hpp>

namespace frontdesk::inline v1::notices {

std::span<const EnumValue> enum_values(DeliveryOutcome) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(DeliveryOutcome::sent), "sent", "Handed on; it may still bounce."},
      {static_cast<std::int64_t>(DeliveryOutcome::delivered), "delivered", "It arrived."},
      {static_cast<std::int64_t>(DeliveryOutcome::failed), "failed", "It could not be delivered."},
  };
  return values;
}

std::span<const EnumValue> enum_values(MessageStatus) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(MessageStatus::pending), "pending", "Waits to be claimed."},
      {static_cast<std::int64_t>(MessageStatus::claimed), "claimed", "A host is delivering it."},
      {static_cast<std::int64_t>(MessageStatus::sent), "sent", "The host sent it on."},
      {static_cast<std::int64_t>(MessageStatus::delivered), "delivered", "It arrived."},
      {static_cast<std::int64_t>(MessageStatus::read), "read", "It was read."},
      {static_cast<std::int64_t>(MessageStatus::failed), "failed", "It failed for good."},
      {static_cast<std::int64_t>(MessageStatus::expired), "expired", "It was never sent in time."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::notices

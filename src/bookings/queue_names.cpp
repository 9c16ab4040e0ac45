#include <frontdesk/bookings_many.hpp>
#include <frontdesk/bookings_waiting.hpp>

namespace frontdesk::inline v1::bookings {

std::span<const EnumValue> enum_values(WaitingStatus) {
  static constexpr EnumValue values[] = {
      {0, "waiting", "In line."},
      {1, "offered", "Places are kept until the offer is over."},
      {2, "booked", "They have a booking."},
      {3, "declined", "They did not want what was offered."},
      {4, "left", "They left the list."},
      {5, "lapsed", "They did not answer in time."},
      {6, "refused", "They may not book any more."},
      {7, "closed", "The session began or was cancelled."},
  };
  return values;
}

std::span<const EnumValue> enum_values(WaitingIntent) {
  static constexpr EnumValue values[] = {
      {0, "offer", "Places are offered."},
      {1, "automatic", "They are booked where payment is secured, else offered."},
  };
  return values;
}

std::span<const EnumValue> enum_values(ManyMode) {
  static constexpr EnumValue values[] = {
      {0, "all_or_nothing", "One refusal refuses everything."},
      {1, "best_effort", "What can be booked is booked."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::bookings

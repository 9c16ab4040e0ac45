#include "bookings/transitions.hpp"

#include <algorithm>

namespace frontdesk::bookings {

std::span<const Transition> transitions() {
  using enum BookingStatus;
  static constexpr Transition table[] = {
      {held, pending},         // the external payment failed and there is time for another
      {held, confirmed},       // it came
      {held, cancelled},       //
      {held, expired},         // it did not come
      {pending, confirmed},    // paid
      {pending, cancelled},    //
      {pending, expired},      // not paid in time
      {confirmed, attended},   // checked in
      {confirmed, no_show},    // nobody came
      {confirmed, cancelled},  //
      {attended, confirmed},   // the check-in was undone (SPEC B5)
      {attended, no_show},     // staff correct (SPEC B9)
      {no_show, attended},     // staff correct
      {no_show, confirmed},    // staff correct
      {expired, confirmed},    // paid late, and the places were still free (SPEC M4)
  };
  return table;
}

bool is_allowed(BookingStatus from, BookingStatus to) {
  auto table = transitions();
  return std::any_of(table.begin(), table.end(), [&](const Transition& transition) {
    return transition.from == from && transition.to == to;
  });
}

std::string_view name_of(BookingStatus status) {
  return enum_values(status)[static_cast<std::size_t>(status)].name;
}

void refuse_transition(BookingStatus from, BookingStatus to, std::string_view field) {
  if (from == BookingStatus::cancelled && to == BookingStatus::cancelled) {
    throw Error(Code::conflict, "already_cancelled", field);
  }
  throw Error(Code::conflict, "transition_not_allowed", field,
              {{"from", std::string(name_of(from))}, {"to", std::string(name_of(to))}});
}

void check_transition(BookingStatus from, BookingStatus to, std::string_view field) {
  if (!is_allowed(from, to)) refuse_transition(from, to, field);
}

}  // namespace frontdesk::bookings

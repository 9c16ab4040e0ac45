// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/plans.hpp>

namespace frontdesk::inline v1::plans {

std::span<const EnumValue> enum_values(MonthBasis) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(MonthBasis::calendar), "calendar", "From the first of the month."},
      {static_cast<std::int64_t>(MonthBasis::anniversary), "anniversary",
       "From the day the subscription started."},
  };
  return values;
}

std::span<const EnumValue> enum_values(Activation) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(Activation::purchase), "purchase", "When it is paid."},
      {static_cast<std::int64_t>(Activation::date), "date", "On a date."},
      {static_cast<std::int64_t>(Activation::first_visit), "first_visit",
       "With the first visit, at the latest some days after the purchase."},
  };
  return values;
}

std::span<const EnumValue> enum_values(State) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(State::pending), "pending", "Not paid, or not started."},
      {static_cast<std::int64_t>(State::active), "active", "Runs."},
      {static_cast<std::int64_t>(State::frozen), "frozen", "Does not run for some days."},
      {static_cast<std::int64_t>(State::exhausted), "exhausted", "All visits are used."},
      {static_cast<std::int64_t>(State::expired), "expired", "Its last day is over."},
      {static_cast<std::int64_t>(State::cancelled), "cancelled", "Ended before its last day."},
  };
  return values;
}

std::span<const EnumValue> enum_values(EntryKind) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(EntryKind::grant), "grant", "Visits were bought."},
      {static_cast<std::int64_t>(EntryKind::reserve), "reserve", "A place was booked."},
      {static_cast<std::int64_t>(EntryKind::use), "use", "A reserved visit was used."},
      {static_cast<std::int64_t>(EntryKind::give_back), "give_back", "A visit came back."},
      {static_cast<std::int64_t>(EntryKind::adjust), "adjust", "Staff corrected by hand."},
  };
  return values;
}

std::span<const EnumValue> enum_values(Cause) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(Cause::none), "none", "A purchase or a booking."},
      {static_cast<std::int64_t>(Cause::attended), "attended", "Checked in, or it took place."},
      {static_cast<std::int64_t>(Cause::no_show), "no_show", "Did not come."},
      {static_cast<std::int64_t>(Cause::late), "late", "Cancelled too late."},
      {static_cast<std::int64_t>(Cause::client), "client", "Cancelled in time."},
      {static_cast<std::int64_t>(Cause::centre), "centre", "The centre cancelled."},
      {static_cast<std::int64_t>(Cause::staff), "staff", "By hand, with a reason."},
      {static_cast<std::int64_t>(Cause::not_promoted), "not_promoted", "Waited in vain."},
      {static_cast<std::int64_t>(Cause::frozen), "frozen", "The subscription is frozen then."},
      {static_cast<std::int64_t>(Cause::moved), "moved", "The booking moved."},
      {static_cast<std::int64_t>(Cause::undone), "undone", "The check-in was taken back."},
      {static_cast<std::int64_t>(Cause::replaced), "replaced", "Another subscription took over."},
      {static_cast<std::int64_t>(Cause::ended), "ended", "The subscription was cancelled."},
      {static_cast<std::int64_t>(Cause::promoted), "promoted", "Got the place waited for."},
      {static_cast<std::int64_t>(Cause::unpaid), "unpaid", "The rest was not paid in time."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::plans

// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/people.hpp>
#include <frontdesk/people_care.hpp>
#include <frontdesk/people_entry.hpp>
#include <frontdesk/people_privacy.hpp>

namespace frontdesk::inline v1::people {

std::span<const EnumValue> enum_values(Sex) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(Sex::female), "female", "Female."},
      {static_cast<std::int64_t>(Sex::male), "male", "Male."},
      {static_cast<std::int64_t>(Sex::other), "other", "Neither."},
  };
  return values;
}

std::span<const EnumValue> enum_values(ClientOrder) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(ClientOrder::name), "name", "By last and first name."},
      {static_cast<std::int64_t>(ClientOrder::newest), "newest", "Newest first."},
  };
  return values;
}

std::span<const EnumValue> enum_values(ImportKind) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(ImportKind::clients), "clients", "Adults."},
      {static_cast<std::int64_t>(ImportKind::children), "children",
       "Children and other dependants, each with a guardian."},
  };
  return values;
}

std::span<const EnumValue> enum_values(FavouriteKind) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(FavouriteKind::centre), "centre", "A centre."},
      {static_cast<std::int64_t>(FavouriteKind::activity), "activity", "An activity."},
  };
  return values;
}

std::span<const EnumValue> enum_values(EraseReason) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(EraseReason::asked), "asked", "The person asked for it."},
      {static_cast<std::int64_t>(EraseReason::retention_over), "retention_over",
       "There is no reason left to keep the data."},
      {static_cast<std::int64_t>(EraseReason::mistake), "mistake", "Entered by mistake."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::people

// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/catalog.hpp>
#include <frontdesk/catalog_partners.hpp>

namespace frontdesk::inline v1::catalog {

std::span<const EnumValue> enum_values(CentreOrder) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(CentreOrder::name), "name", "By name."},
      {static_cast<std::int64_t>(CentreOrder::city), "city", "By city, then by name."},
      {static_cast<std::int64_t>(CentreOrder::newest), "newest", "Newest first."},
  };
  return values;
}

std::span<const EnumValue> enum_values(ApplicationStatus) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(ApplicationStatus::pending), "pending", "Waits for a decision."},
      {static_cast<std::int64_t>(ApplicationStatus::active), "active",
       "The applicant is a partner."},
      {static_cast<std::int64_t>(ApplicationStatus::declined), "declined", "Declined; over."},
      {static_cast<std::int64_t>(ApplicationStatus::inactive), "inactive",
       "Was a partner; may be activated again."},
  };
  return values;
}

std::span<const EnumValue> enum_values(Profile) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(Profile::kids), "kids", "A centre for children."},
      {static_cast<std::int64_t>(Profile::studio), "studio", "Pilates, gym, languages, music."},
      {static_cast<std::int64_t>(Profile::cinema), "cinema", "Films and shows."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::catalog

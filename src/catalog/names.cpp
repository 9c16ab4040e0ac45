// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/catalog_activities.hpp>
#include <frontdesk/catalog_media.hpp>
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

std::span<const EnumValue> enum_values(Change) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(Change::created), "created", "It is new."},
      {static_cast<std::int64_t>(Change::updated), "updated", "It was changed."},
      {static_cast<std::int64_t>(Change::archived), "archived", "It went out of use."},
      {static_cast<std::int64_t>(Change::restored), "restored", "It came back into use."},
  };
  return values;
}

std::span<const EnumValue> enum_values(ActivityKind) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(ActivityKind::lesson), "lesson", "A class, section or course."},
      {static_cast<std::int64_t>(ActivityKind::private_lesson), "private_lesson",
       "For one client or a few who know each other."},
      {static_cast<std::int64_t>(ActivityKind::film), "film", "A film or another show."},
      {static_cast<std::int64_t>(ActivityKind::other), "other", "Anything else."},
  };
  return values;
}

std::span<const EnumValue> enum_values(ActivityOrder) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(ActivityOrder::best), "best",
       "The best match of the text first, then by name."},
      {static_cast<std::int64_t>(ActivityOrder::name), "name", "By name."},
      {static_cast<std::int64_t>(ActivityOrder::newest), "newest", "Newest first."},
      {static_cast<std::int64_t>(ActivityOrder::release), "release",
       "Latest release first, those without one last."},
      {static_cast<std::int64_t>(ActivityOrder::rating), "rating",
       "Best reviewed first, those without reviews last."},
  };
  return values;
}

std::span<const EnumValue> enum_values(MediaType) {
  static constexpr EnumValue values[] = {
      {static_cast<std::int64_t>(MediaType::jpeg), "jpeg", "A JPEG picture."},
      {static_cast<std::int64_t>(MediaType::png), "png", "A PNG picture."},
      {static_cast<std::int64_t>(MediaType::gif), "gif", "A GIF picture."},
      {static_cast<std::int64_t>(MediaType::webp), "webp", "A WebP picture."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::catalog

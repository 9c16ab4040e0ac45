#include "catalog/lists.hpp"
#include "catalog/categories.hpp"
#include "catalog/media.hpp"
#include "catalog/partners.hpp"

namespace frontdesk::catalog {

constinit const storage::EventKind CentreCreated::kind{"catalog.centre_created",
                                                       "A centre was entered.", "catalog.manage"};
constinit const storage::EventKind CentreUpdated::kind{"catalog.centre_updated",
                                                       "A centre was changed.", "catalog.manage"};
constinit const storage::EventKind CentreArchived::kind{"catalog.centre_archived",
                                                        "A centre was archived.", "catalog.manage"};
constinit const storage::EventKind SectionChanged::kind{
    "catalog.section_changed", "A section was created, changed or archived.", "catalog.manage"};
constinit const storage::EventKind PartnerApplied::kind{
    "catalog.partner_applied", "Somebody applied to manage a centre.", "catalog.activate_partners"};
constinit const storage::EventKind PartnerActivated::kind{
    "catalog.partner_activated", "An applicant became a partner.", "catalog.activate_partners"};
constinit const storage::EventKind PartnerDeclined::kind{
    "catalog.partner_declined", "An application was declined.", "catalog.activate_partners"};
constinit const storage::EventKind PartnerDeactivated::kind{
    "catalog.partner_deactivated", "A partner lost access.", "catalog.activate_partners"};

namespace lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &CreateCentre::operation,     &UpdateCentre::operation,      &GetCentre::operation,
      &Centres::operation,          &ArchiveCentre::operation,     &ApplyProfile::operation,
      &CreateSection::operation,    &UpdateSection::operation,     &ArchiveSection::operation,
      &Sections::operation,         &ApplyAsPartner::operation,    &Applications::operation,
      &ActivatePartners::operation, &DeclinePartner::operation,    &DeactivatePartner::operation,
      &RestoreCentre::operation,    &RestoreSection::operation,    &CreateRoom::operation,
      &UpdateRoom::operation,       &GetRoom::operation,           &Rooms::operation,
      &ArchiveRoom::operation,      &RestoreRoom::operation,       &CreateCategory::operation,
      &UpdateCategory::operation,   &MoveCategory::operation,      &Categories::operation,
      &ArchiveCategory::operation,  &RestoreCategory::operation,   &CreateAgeGroup::operation,
      &UpdateAgeGroup::operation,   &AgeGroups::operation,         &ArchiveAgeGroup::operation,
      &RestoreAgeGroup::operation,  &CreateTicketType::operation,  &UpdateTicketType::operation,
      &TicketTypes::operation,      &ArchiveTicketType::operation, &RestoreTicketType::operation,
      &CreateActivity::operation,   &UpdateActivity::operation,    &GetActivity::operation,
      &Activities::operation,       &ArchiveActivity::operation,   &RestoreActivity::operation,
      &PutMedia::operation,         &GetMedia::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &CentreCreated::kind,     &CentreUpdated::kind,      &CentreArchived::kind,
      &SectionChanged::kind,    &PartnerApplied::kind,     &PartnerActivated::kind,
      &PartnerDeclined::kind,   &PartnerDeactivated::kind, &RoomChanged::kind,
      &TicketTypeChanged::kind, &CategoryChanged::kind,    &AgeGroupChanged::kind,
      &ActivityChanged::kind,   &MediaAdded::kind,         &MediaRemoved::kind,
  };
  return list;
}

std::span<const storage::Setting* const> settings() {
  static constexpr const storage::Setting* list[] = {
      &applications_pending_max, &category_levels_max, &media_kept_seconds,  &media_daily_max,
      &media_jpeg_bytes_max,     &media_png_bytes_max, &media_gif_bytes_max, &media_webp_bytes_max};
  return list;
}

}  // namespace lists
}  // namespace frontdesk::catalog

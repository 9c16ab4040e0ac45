#include "people/lists.hpp"

#include <frontdesk/people_care.hpp>
#include <frontdesk/people_entry.hpp>
#include <frontdesk/people_family.hpp>
#include <frontdesk/people_privacy.hpp>

namespace frontdesk::people {

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

namespace lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &GetClient::operation,      &UpdateClient::operation,  &ArchiveClient::operation,
      &RestoreClient::operation,  &Clients::operation,       &Register::operation,
      &CreateClient::operation,   &InviteClient::operation,  &Duplicates::operation,
      &Merge::operation,          &AddDependant::operation,  &AddGuardian::operation,
      &RemoveGuardian::operation, &Family::operation,        &SignWaiver::operation,
      &Waivers::operation,        &AssignTrainer::operation, &UnassignTrainer::operation,
      &Cabinet::operation,        &AddNote::operation,       &Notes::operation,
      &ArchiveNote::operation,    &SetTags::operation,       &Tags::operation,
      &BarClient::operation,      &LiftBar::operation,       &Bars::operation,
      &Admission::operation,      &AddFavourite::operation,  &RemoveFavourite::operation,
      &Favourites::operation,     &RecordConsent::operation, &Consents::operation,
      &Export::operation,         &Erase::operation,         &Import::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &ClientRegistered::kind, &ClientCreated::kind,   &ClientUpdated::kind,
      &ClientArchived::kind,   &ClientRestored::kind,  &ClientsMerged::kind,
      &ClientsImported::kind,  &DependantAdded::kind,  &GuardianAdded::kind,
      &GuardianRemoved::kind,  &TrainerAssigned::kind, &TrainerUnassigned::kind,
      &WaiverSigned::kind,     &NoteAdded::kind,       &TagsChanged::kind,
      &ClientBarred::kind,     &BarLifted::kind,       &ConsentRecorded::kind,
      &ClientErased::kind,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::people

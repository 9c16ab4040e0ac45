#include "people/lists.hpp"

#include <frontdesk/people_care.hpp>
#include <frontdesk/people_entry.hpp>
#include <frontdesk/people_family.hpp>
#include <frontdesk/people_privacy.hpp>

namespace frontdesk::people::lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &GetClient::operation,
      &UpdateClient::operation,
      &ArchiveClient::operation,
      &RestoreClient::operation,
      &Clients::operation,
      &Register::operation,
      &CreateClient::operation,
      &InviteClient::operation,
      &Duplicates::operation,
      &Merge::operation,
      &AddDependant::operation,
      &AddGuardian::operation,
      &RemoveGuardian::operation,
      &Family::operation,
      &SignWaiver::operation,
      &Waivers::operation,
      &AssignTrainer::operation,
      &UnassignTrainer::operation,
      &AddNote::operation,
      &Notes::operation,
      &ArchiveNote::operation,
      &SetTags::operation,
      &Tags::operation,
      &BarClient::operation,
      &LiftBar::operation,
      &Bars::operation,
      &Admission::operation,
      &AddFavourite::operation,
      &RemoveFavourite::operation,
      &Favourites::operation,
      &RecordConsent::operation,
      &Consents::operation,
      &Export::operation,
      &Erase::operation,
      &Import::operation,
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

}  // namespace frontdesk::people::lists

/// Guardians and dependants, for the handlers of people.
#pragma once

#include <frontdesk/people_family.hpp>

#include "people/clients.hpp"

namespace frontdesk::people {

/// Who pays for a client where nobody is named: of a dependant the first guardian in use, else the
/// client (SPEC P2).
ClientId payer_of(Transaction& transaction, ClientId client);
/// Guardians and dependants of a client; erased ones aside.
FamilyMembers family_of(Transaction& transaction, ClientId client);
/// True if `client` guards `other`, directly or through others.
bool guards_through_others(Transaction& transaction, ClientId client, ClientId other);
/// Refuses who cannot be a guardian: Error{invalid, "guardian_too_young"} or {conflict,
/// "dependants_too_many"}, with the field `guardian`.
void check_can_guard(Transaction& transaction, const Client& guardian);
/// Makes a client a guardian of another, and a client of the other's centres. Refuses as
/// check_can_guard does, and with Error{conflict, "guardian_circle"} or {conflict,
/// "guardians_too_many"}.
void join_guardian(Transaction& transaction, const Client& guardian, const Client& dependant);

}  // namespace frontdesk::people

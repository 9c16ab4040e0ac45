#include "people/family.hpp"

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "people/settings.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::people {

constinit const storage::EventKind DependantAdded::kind{
    "people.dependant_added", "A guardian got a new dependant.", "people.view"};
constinit const storage::EventKind GuardianAdded::kind{
    "people.guardian_added", "A client got another guardian.", "people.view"};
constinit const storage::EventKind GuardianRemoved::kind{
    "people.guardian_removed", "A guardian no longer manages a client.", "people.view"};

namespace {

std::vector<Relative> relatives(Transaction& transaction, const std::vector<ClientId>& ids) {
  std::vector<Relative> list;
  for (ClientId id : ids) {
    Client client = stored_client(transaction, id);
    if (client.erased_at || client.merged_into) continue;
    list.push_back({
        .client = id,
        .first_name = client.first_name,
        .last_name = client.last_name,
        .phone = client.phone,
        .birth_date = client.birth_date,
        .age = age_on(client, today(transaction)),
    });
  }
  return list;
}

/// The guardian to be; missing for a caller who neither may see nor knows them.
Client guardian_to_be(Transaction& transaction, const AddGuardian& request) {
  Client guardian = stored_client(transaction, request.guardian, "guardian");
  bool is_known =
      access::covers(transaction, transaction.reach(), Subject::client, request.guardian.value);
  if (!is_known && request.email && guardian.email && !guardian.archived_at) {
    is_known = text::normal_email(*request.email) == guardian.email;
  }
  if (!is_known) storage::missing("client", "guardian");
  return changeable_client(transaction, request.guardian, {}, "guardian");
}

/// Staff who act for centres make a new dependant a client of those that the guardian attends; they
/// could not see them otherwise.
void join_centres_of_guardian(Transaction& transaction, ClientId guardian, ClientId dependant) {
  const storage::Reach& reach = transaction.reach();
  for (CentreId centre : access::centres_of(transaction, guardian)) {
    bool acts_for_centre = !reach.any && reach.covers(centre);
    if (acts_for_centre) access::add_client_centre(transaction, dependant, centre);
  }
}

}  // namespace

bool guards_through_others(Transaction& transaction, ClientId client, ClientId other) {
  std::vector<ClientId> above{other};
  for (std::size_t i = 0; i < above.size(); ++i) {
    for (ClientId guardian : access::guardians_of(transaction, above[i])) {
      if (guardian == client) return true;
      if (std::find(above.begin(), above.end(), guardian) == above.end()) {
        above.push_back(guardian);
      }
    }
  }
  return false;
}

ClientId payer_of(Transaction& transaction, ClientId client) {
  return ClientId{transaction
                      .one_number("SELECT min(clients.id) FROM guardians"
                                  " JOIN clients ON clients.id = guardians.guardian"
                                  " WHERE dependant = $1 AND archived_at IS NULL"
                                  " AND merged_into IS NULL AND erased_at IS NULL",
                                  client)
                      .value_or(client.value)};
}

FamilyMembers family_of(Transaction& transaction, ClientId client) {
  return {
      .guardians = relatives(transaction, access::guardians_of(transaction, client)),
      .dependants = relatives(transaction, access::dependants_of(transaction, client)),
  };
}

void check_can_guard(Transaction& transaction, const Client& guardian) {
  if (is_minor(transaction, guardian, today(transaction))) {
    throw Error(Code::invalid, "guardian_too_young", "guardian",
                {{"age", storage::number(transaction, adult_age)}});
  }
  std::int64_t most = storage::number(transaction, dependants_max);
  std::size_t dependants = access::dependants_of(transaction, guardian.id).size();
  if (static_cast<std::int64_t>(dependants) >= most) {
    throw Error(Code::conflict, "dependants_too_many", "guardian", {{"most", most}});
  }
}

void join_guardian(Transaction& transaction, const Client& guardian, const Client& dependant) {
  check_can_guard(transaction, guardian);
  if (guardian.id == dependant.id ||
      guards_through_others(transaction, dependant.id, guardian.id)) {
    throw Error(Code::conflict, "guardian_circle", "guardian");
  }
  std::int64_t most = storage::number(transaction, guardians_max);
  std::size_t guardians = access::guardians_of(transaction, dependant.id).size();
  if (static_cast<std::int64_t>(guardians) >= most) {
    throw Error(Code::conflict, "guardians_too_many", "client", {{"most", most}});
  }
  access::add_guardian(transaction, guardian.id, dependant.id);
  // Whoever books and pays for a client of a centre is one of its clients, too.
  for (CentreId centre : access::centres_of(transaction, dependant.id)) {
    access::add_client_centre(transaction, guardian.id, centre);
  }
}

// --- add a dependant ---

Client handle(Transaction& transaction, const AddDependant& request) {
  Client guardian = changeable_client(transaction, request.guardian, {}, "guardian");
  check_can_guard(transaction, guardian);
  Client dependant;
  dependant.language = guardian.language;
  take_fields(request, dependant);
  tidy_client(transaction, dependant, calling_code_of(transaction, {}));
  if (dependant.last_name.empty()) dependant.last_name = guardian.last_name;
  check_unique(transaction, dependant);
  enter_client(transaction, dependant);
  access::add_guardian(transaction, guardian.id, dependant.id);
  join_centres_of_guardian(transaction, guardian.id, dependant.id);
  transaction.emit(DependantAdded{.client = dependant.id, .guardian = guardian.id});
  return dependant;
}

static constexpr Refusal add_dependant_refusals[] = {
    {Code::not_found, "client_not_found", "no such guardian, or not within reach"},
    {Code::conflict, "client_erased", "the guardian was erased"},
    {Code::conflict, "client_merged", "the guardian was merged into another client"},
    {Code::conflict, "client_archived", "the guardian is archived"},
    {Code::invalid, "guardian_too_young", "the guardian is a minor"},
    {Code::conflict, "dependants_too_many", "the guardian has as many as allowed"},
    {Code::invalid, "field_missing", "a name is nothing but white space"},
    {Code::invalid, "phone_malformed", "a phone is none"},
    {Code::invalid, "email_malformed", "the e-mail address is none"},
    {Code::invalid, "birth_date_in_future", "the date of birth is after today"},
    {Code::invalid, "birth_date_too_early", "the date of birth is before 1900"},
    {Code::invalid, "language_malformed", "the language is no code such as `uk`"},
    {Code::conflict, "email_taken", "another client has the address"},
    {Code::conflict, "phone_taken", "another client has the phone"},
};

constinit const Operation AddDependant::operation = storage::define<AddDependant>({
    .number = 220,
    .name = "people.add_dependant",
    .kind = OperationKind::write,
    .doc = "Enters a new client, mostly a child, as a dependant of a guardian.",
    .rule = {.permission = "people.manage_family", .subject = Subject::client, .field = "guardian"},
    .refusals = add_dependant_refusals,
    .example = R"({"guardian": 1, "first_name": "Марія", "birth_date": "2019-05-14",
 "sex": "female", "allergies": "nuts",
 "pick_up": [{"name": "Ганна Коваль", "phone": "+380 67 765 43 21", "relation": "grandmother"}]})",
});

// --- add a guardian ---

FamilyMembers handle(Transaction& transaction, const AddGuardian& request) {
  Client dependant = changeable_client(transaction, request.client);
  Client guardian = guardian_to_be(transaction, request);
  transaction.concern(dependant.id);
  if (access::guards(transaction, guardian.id, dependant.id)) {
    return family_of(transaction, dependant.id);
  }
  join_guardian(transaction, guardian, dependant);
  transaction.emit(GuardianAdded{.client = dependant.id, .guardian = guardian.id});
  return family_of(transaction, dependant.id);
}

static constexpr Refusal add_guardian_refusals[] = {
    {Code::not_found, "client_not_found",
     "no such client or guardian, or not within reach and "
     "the e-mail address is not theirs"},
    {Code::conflict, "client_erased", "one of them was erased"},
    {Code::conflict, "client_merged", "one of them was merged into another client"},
    {Code::conflict, "client_archived", "one of them is archived"},
    {Code::invalid, "guardian_too_young", "the guardian is a minor"},
    {Code::conflict, "dependants_too_many", "the guardian has as many dependants as allowed"},
    {Code::conflict, "guardian_circle", "the client would guard themselves"},
    {Code::conflict, "guardians_too_many", "the client has as many guardians as allowed"},
};

constinit const Operation AddGuardian::operation = storage::define<AddGuardian>({
    .number = 221,
    .name = "people.add_guardian",
    .kind = OperationKind::write,
    .doc = "Makes a client a guardian of another.",
    .rule = {.permission = "people.manage_family", .subject = Subject::client, .field = "client"},
    .refusals = add_guardian_refusals,
    .example = R"({"client": 3, "guardian": 2, "email": "taras@studio.example"})",
});

// --- remove a guardian ---

FamilyMembers handle(Transaction& transaction, const RemoveGuardian& request) {
  Client dependant = changeable_client(transaction, request.client);
  if (!access::guards(transaction, request.guardian, dependant.id)) {
    storage::missing("guardian", "guardian");
  }
  std::optional<std::int64_t> age = age_on(dependant, today(transaction));
  bool is_adult = age && *age >= storage::number(transaction, adult_age);
  if (!is_adult && access::guardians_of(transaction, dependant.id).size() == 1) {
    throw Error(Code::conflict, "last_guardian", "guardian");
  }
  access::remove_guardian(transaction, request.guardian, dependant.id);
  transaction.emit(GuardianRemoved{.client = dependant.id, .guardian = request.guardian});
  return family_of(transaction, dependant.id);
}

static constexpr Refusal remove_guardian_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::not_found, "guardian_not_found", "they are no guardian of the client"},
    {Code::conflict, "last_guardian", "a child keeps at least one guardian"},
};

constinit const Operation RemoveGuardian::operation = storage::define<RemoveGuardian>({
    .number = 222,
    .name = "people.remove_guardian",
    .kind = OperationKind::write,
    .doc = "Takes a guardian away from a client; a child keeps at least one.",
    .rule = {.permission = "people.manage_family", .subject = Subject::client, .field = "client"},
    .refusals = remove_guardian_refusals,
    .example = R"({"client": 3, "guardian": 2})",
});

// --- read ---

FamilyMembers handle(Transaction& transaction, const Family& request) {
  return family_of(transaction, stored_client(transaction, request.client).id);
}

static constexpr Refusal family_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
};

constinit const Operation Family::operation = storage::define<Family>({
    .number = 223,
    .name = "people.family",
    .kind = OperationKind::read,
    .doc = "Guardians and dependants of a client.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = family_refusals,
    .example = R"({"client": 1})",
});

}  // namespace frontdesk::people

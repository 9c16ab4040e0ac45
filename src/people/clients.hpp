/// What the handlers of people share: finding, checking and storing clients.
#pragma once

#include <frontdesk/people.hpp>

#include "storage/rows.hpp"

namespace frontdesk::people {

using storage::Transaction;

/// The client in whatever state, or Error{not_found, "client_not_found"}.
Client stored_client(Transaction& transaction, ClientId id, std::string_view field = "client");
/// The same, for a change: Error{conflict, "version_outdated"}, {conflict, "client_erased"},
/// {conflict, "client_merged"} or {conflict, "client_archived"} where it may not be changed.
Client changeable_client(Transaction& transaction, ClientId id,
                         const std::optional<std::int64_t>& version = {},
                         std::string_view field = "client");
/// Refuses as changeable_client does, without reading the record.
void check_changeable(Transaction& transaction, ClientId id, std::string_view field = "client");
/// Refuses who is no client of a centre, for its staff: changeable, and belonging there unless the
/// caller reaches everybody; else missing (SPEC P8).
void check_of_centre(Transaction& transaction, ClientId id, CentreId centre);
/// Refuses a centre that does not exist or is archived: Error{not_found, "centre_not_found"}.
void check_centre_in_use(Transaction& transaction, CentreId centre, std::string_view field);

/// Sets the fields of `client` that `request` gives under the same name; `version` aside.
void take_fields(const Type& request_type, const void* request, Client& client);
template <Described T>
void take_fields(const T& request, Client& client) {
  take_fields(type_of<T>(), &request, client);
}
/// Names of the fields that differ, `version` aside.
std::vector<std::string> changed_fields(const Client& before, const Client& after);

/// The calling code that a centre's national numbers take; empty where there is none.
std::string calling_code_of(Transaction& transaction, CentreId centre);
/// Brings texts into the form that is kept and checks what a field table cannot: names, phones,
/// address, date of birth, language, attributes. Paths in errors are the field names.
void tidy_client(Transaction& transaction, Client& client, std::string_view calling_code);
/// Refuses what another client has: Error{conflict, "external_ref_taken"}, {conflict,
/// "email_taken"}, {conflict, "phone_taken"}.
void check_unique(Transaction& transaction, const Client& client);
/// Folded parts of the name in order, so that "Коваль Олена" is "олена КОВАЛЬ".
std::string name_key(const Client& client);

/// Enters a checked client: gives id, version and, unless it is set, the time.
void enter_client(Transaction& transaction, Client& client);
/// Stores a changed and checked client under its next version, without an event.
void store_client(Transaction& transaction, Client& client);

/// Makes the address of a client's account, if there is one, the client's own.
void take_account_email(Transaction& transaction, ClientId id);

/// Today (UTC).
Date today(Transaction& transaction);
/// Whole years on a day; none without a date of birth (SPEC P3).
std::optional<std::int64_t> age_on(const Client& client, Date day);
/// True for a client known to be below the setting people.adult_age on the day.
bool is_minor(Transaction& transaction, const Client& client, Date day);
/// The client is the caller or of the caller's family.
bool is_own(Transaction& transaction, ClientId client);
/// A client with what follows from their data, as far as the caller may know.
ClientView view_of(Transaction& transaction, Client client, Date day);

}  // namespace frontdesk::people

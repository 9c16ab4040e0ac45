/// What the handlers of centres, sections and partners share.
#pragma once

#include <frontdesk/catalog.hpp>

#include "storage/hooks.hpp"
#include "storage/list.hpp"
#include "storage/rows.hpp"

namespace frontdesk::catalog {

using storage::Transaction;

/// The centre in whatever state, or Error{not_found, "centre_not_found"}.
Centre stored_centre(Transaction& transaction, CentreId id);
/// The same, for a change: Error{conflict, "version_outdated"} or {conflict, "centre_archived"}
/// where it may not be changed.
Centre changeable_centre(Transaction& transaction, CentreId id,
                         const std::optional<std::int64_t>& version);

/// Tidies texts and checks what a field table cannot: zone, currency, contacts, hours, manager,
/// external_ref. Paths in errors are the field names.
void check_centre(Transaction& transaction, Centre& centre);
/// Refuses a manager whose account the caller cannot know of: Error{not_found,
/// "account_not_found"}.
void check_manager(Transaction& transaction, AccountId manager);
/// Enters a checked centre; gives it id, version and time, and tells the world.
void enter_centre(Transaction& transaction, Centre& centre);
/// Stores a changed and checked centre under its next version, without an event.
void store_centre(Transaction& transaction, Centre& centre);
/// Marks a centre archived, once all vetoes have been asked.
void archive(Transaction& transaction, Centre& centre);

/// Gives the centre the settings of a profile and notes which one it was.
std::vector<AppliedSetting> apply(Transaction& transaction, Centre& centre, Profile profile);

/// How far the caller manages centres; nothing at all for most.
storage::Reach managed(Transaction& transaction);
/// Narrows a list to what everyone may see and what the caller manages: of their centres and, where
/// a column tells it, of their sections. `is_public` is a condition.
void show_public_or_managed(storage::List& list, Transaction& transaction,
                            const std::string& is_public, const std::string& centre_column,
                            const std::string& section_column = {});

/// A text that must not be empty: its tidied form, or Error{invalid, "field_missing"}.
std::string required_text(std::string_view text, std::string_view field);
/// An optional text: its tidied form; none where nothing is left of it.
std::optional<std::string> optional_text(const std::optional<std::string>& text);
/// Sets what must not be emptied; Error{invalid, "field_missing"} for null.
void set_required(const Update<std::string>& update, std::string& target, std::string_view field);

/// Refuses an address that is not http or https: Error{invalid, "web_malformed"}.
void check_web(const std::optional<std::string>& web, std::string_view field);

/// Refuses a key of the host that another row of `table` has: Error{conflict,
/// "external_ref_taken"}.
void check_external_ref(Transaction& transaction, const std::optional<std::string>& external_ref,
                        std::string_view sql, std::int64_t own);

}  // namespace frontdesk::catalog

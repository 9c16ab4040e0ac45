/// What the handlers of all records of the catalogue share.
#pragma once

#include <frontdesk/catalog_rooms.hpp>

#include "catalog/centres.hpp"

namespace frontdesk::catalog {

/// Sets a value that must not be emptied; Error{invalid, "field_missing"} for null.
template <class T>
void set_present(const Update<T>& update, T& target, std::string_view field) {
  if (!update.is_set()) return;
  if (!update.has_value()) {
    throw Error(Code::invalid, "field_missing", field, {{"name", std::string(field)}});
  }
  target = update.value();
}

/// Error{invalid, "ages_reversed"} where the oldest is younger than the youngest.
void check_ages(const std::optional<std::int64_t>& min_age,
                const std::optional<std::int64_t>& max_age);

/// Narrows a list to rows whose folded column holds the text.
void search_for(storage::List& list, const std::string& column,
                const std::optional<std::string>& text);
/// Shows archived rows or those in use. Archived ones of the whole platform are only for those who
/// manage any of it.
void show_archived(storage::List& list, bool archived);
void show_archived_of_platform(storage::List& list, Transaction& transaction, bool archived);

}  // namespace frontdesk::catalog

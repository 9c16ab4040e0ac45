/// What the registry tells of operations and records, gathered for help texts and reference pages.
#pragma once

#include <frontdesk/reference.hpp>

namespace frontdesk::command {

/// `people` of `people.register`.
std::string area_of(std::string_view name);

/// The records and enumerations that a type's fields are made of, each once, in order of
/// appearance.
std::vector<const Type*> types_within(const Type& type);

/// What is to be known of a field of `record` besides its name and doc: `text`, `1 to 100
/// characters`, `required`, `personal`; of a request also its default.
std::vector<std::string> field_notes(const Type& record, const Field& field, bool is_request);

/// The words joined by ", ".
std::string joined(const std::vector<std::string>& words);

}  // namespace frontdesk::command

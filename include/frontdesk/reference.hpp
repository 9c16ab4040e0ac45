/// What the registry tells, in words and as JSON: for reference pages, help texts, bindings and
/// servers. Thread-safe.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {

/// Who may call it, as a sentence: `Whoever holds people.view for the client in "client".`
std::string who_may(const Operation& operation);

/// How any operation may be refused besides its own refusals, in order of precedence: a request
/// that does not fit its fields, a token that is not valid, a file that is busy.
std::span<const Refusal> general_refusals();

/// The name of a record or enumeration in schemas and pages: `people.Client`, `people.ClientPage`.
std::string type_name(const Type& type);
/// What goes into a field, in words: `text`, `id of a client`, `list of people.PickUpPerson`.
std::string type_text(const Type& type);
/// The limits of a field in words: `1 to 100 characters`, `at most 20`; empty where it has none.
std::string limits_text(const Field& field);

/// The HTTP status that a server answers a failure with, as the OpenAPI document tells.
int http_status(Code code);

/// All operations by number, as a JSON list of {number, name, kind, doc, audience, permission}.
std::string describe_operations();
/// One operation as JSON: the same and who may call it, refusals, an example, and the JSON Schemas
/// of request and result. Throws Error: not_found/operation_not_found, operation_misspelt.
std::string describe_operation(std::string_view name);

}  // namespace v1
}  // namespace frontdesk

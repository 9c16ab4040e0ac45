/// JSON Schema (draft 2020-12) of described types, from the same tables that decode and encode use
/// (SPEC E14). Private, since it speaks in JSON values.
///
/// Requests and results are told apart: a request refuses unknown fields, may set an update to null
/// and must give what has no default; a result leaves out what is absent. A record inside of
/// requests is therefore named `people.PickUpPersonInput`, inside of results `people.PickUpPerson`.
#pragma once

#include "describe/json_value.hpp"

namespace frontdesk::describe {

/// `people.Client`; of a page of clients `people.ClientPage`. Empty for what has no name.
std::string schema_name(const Type& type);

/// Makes schemas and collects the definitions they refer to.
class Schemas {
 public:
  /// What stands before a name in a reference: `#/components/schemas/` or `#/$defs/`.
  explicit Schemas(std::string_view references) : references_(references) {}

  /// A reference to the record of an operation's request.
  boost::json::object request(const Type& record);
  /// A reference to the record of a result.
  boost::json::object result(const Type& record);
  /// All definitions made so far, by name.
  boost::json::object definitions() const;

 private:
  enum class Side { request, result };

  boost::json::object reference(const std::string& name, const Type& type, Side side);
  boost::json::object record(const Type& type, Side side);
  boost::json::object enumeration(const Type& type) const;
  boost::json::object money(Side side) const;
  boost::json::object field(const Field& field, const void* defaults, Side side);
  boost::json::object value(const Type& type, const Field* limits, Side side);
  boost::json::object container(const Type& type, const Field* limits, Side side);

  std::string references_;
  std::map<std::string, boost::json::object, std::less<>> definitions_;
};

}  // namespace frontdesk::describe

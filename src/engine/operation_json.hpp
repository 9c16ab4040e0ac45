/// Parts that the OpenAPI document and the description of single operations share.
#pragma once

#include <frontdesk/operation.hpp>

#include <boost/json.hpp>

namespace frontdesk::engine {

/// {number, name, kind, doc, audience, permission}
boost::json::object operation_json(const Operation& operation);
/// A list of {code, reason, when}, in order of precedence.
boost::json::array refusals_json(std::span<const Refusal> refusals);

}  // namespace frontdesk::engine

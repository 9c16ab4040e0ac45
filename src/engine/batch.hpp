/// Batches: later requests refer to earlier results (SPEC E5).
#pragma once

#include "engine/unit.hpp"

#include <string_view>

namespace frontdesk::engine {

inline constexpr std::size_t batch_steps_max = 1000;

/// Steps of a JSON list of {"operation", "request"}; `{"$ref": "0.id"}` stands for a field of an
/// earlier result.
std::vector<Step> steps_from_json(std::string_view list_json);
/// The results as a JSON list.
std::string results_to_json(const std::vector<Step>& steps);

/// The step at `index`, whose typed request may hold stand-ins for ids of earlier results
/// (Batch::Step::id).
Step typed_step(const Operation& operation, const void* request, void* result, std::size_t index);

/// The operation, or Error{not_found, "operation_not_found"} with the nearest name.
const Operation& operation_named(std::string_view name);

}  // namespace frontdesk::engine

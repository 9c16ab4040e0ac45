#pragma once

#include <frontdesk/describe.hpp>

namespace frontdesk::python {

/// A record with fields of every kind, by which tests prove and measure the converter without an
/// operation.
const Type& probe_type();

}  // namespace frontdesk::python

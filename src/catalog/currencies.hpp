/// The currencies of ISO 4217 that are legal tender somewhere today.
#pragma once

#include <frontdesk/catalog.hpp>

namespace frontdesk::catalog {

/// True for a current code, in capital letters. Funds, metals and test codes are none. Thread-safe.
bool known_currency(std::string_view code);

}  // namespace frontdesk::catalog

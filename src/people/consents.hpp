/// The history of what people agreed to (SPEC P9).
#pragma once

#include <frontdesk/people_privacy.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::people {

/// Adds a line and tells the world. Error{invalid, "consent_kind_malformed"} with `field` for a
/// kind that is no plain word.
Consent add_consent(storage::Transaction& transaction, Consent consent, std::string_view field);

}  // namespace frontdesk::people

/// What a zone's rules are, to see that they changed (DESIGN "Time").
#pragma once

#include "base/crypto.hpp"

namespace frontdesk::zones {

/// Differs where the system's database gives a zone other offsets from the year 2000 on; the system
/// is asked once a process. Throws Error{invalid, "zone_unknown"}.
crypto::Digest rules_fingerprint(std::string_view zone);

}  // namespace frontdesk::zones

/// Sign-ins that wait for a second factor (SPEC A5).
#pragma once

#include "access/accounts.hpp"

namespace frontdesk::access {

/// Opens a challenge and sends a code where one is due and the limits allow it.
Challenge open_challenge(storage::Transaction& transaction, AccountId account,
                         std::string_view device);
/// Ends a sign-in well: counters of failures start anew, a session begins.
SignInResult complete_sign_in(storage::Transaction& transaction, AccountId account,
                              std::string_view device, bool second_factor);

}  // namespace frontdesk::access

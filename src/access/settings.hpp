/// The numbers of SPEC A2–A6 as settings; defaults and bounds stand in settings.cpp.
#pragma once

#include <frontdesk/access.hpp>

#include "storage/settings.hpp"

#include <span>

namespace frontdesk::access::setting {

extern const storage::Setting password_length_least;
extern const storage::Setting password_passes;
extern const storage::Setting password_memory_bytes;
extern const storage::Setting sign_in_failures;
extern const storage::Setting sign_in_delay_seconds;
extern const storage::Setting sign_in_delay_seconds_max;
extern const storage::Setting attempts_kept_seconds;
extern const storage::Setting origin_failures;
extern const storage::Setting origin_kept_seconds;
extern const storage::Setting code_seconds;
extern const storage::Setting code_tries;
extern const storage::Setting code_interval_seconds;
extern const storage::Setting codes_per_hour;
extern const storage::Setting reset_seconds;
extern const storage::Setting verification_seconds;
extern const storage::Setting invitation_seconds;
extern const storage::Setting session_idle_seconds;
extern const storage::Setting session_absolute_seconds;
extern const storage::Setting access_token_seconds;
extern const storage::Setting refresh_token_seconds;

}  // namespace frontdesk::access::setting

#include "access/settings.hpp"

#include <frontdesk/access.hpp>

#include "access/lists.hpp"

namespace frontdesk::access {
namespace setting {

using storage::Setting;

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t year = 365 * day;

constinit const Setting password_length_least{"access.password_length_least",
                                              "Characters a new password needs.", 10, 8, 100};
constinit const Setting password_passes{"access.password_passes",
                                        "Argon2id passes of a new password hash.", 2, 1, 100};
constinit const Setting password_memory_bytes{"access.password_memory_bytes",
                                              "Argon2id memory of a new password hash.", 64 << 20,
                                              8192, std::int64_t{1} << 30};
constinit const Setting sign_in_failures{"access.sign_in_failures",
                                         "Failed attempts before delays begin.", 5, 1, 100};
constinit const Setting sign_in_delay_seconds{
    "access.sign_in_delay_seconds", "The first delay; it doubles with each failure.", 30, 1, hour};
constinit const Setting sign_in_delay_seconds_max{"access.sign_in_delay_seconds_max",
                                                  "The longest delay.", 15 * minute, 1, day};
constinit const Setting attempts_kept_seconds{
    "access.attempts_kept_seconds", "Failures are forgotten after so long without another.",
    6 * hour, minute, 30 * day};
constinit const Setting origin_failures{
    "access.origin_failures",
    "Failed sign-ins of one origin before delays begin; more where many people share an address.",
    5, 1, 10'000};
constinit const Setting origin_kept_seconds{
    "access.origin_kept_seconds",
    "Failures of an origin are forgotten after so long without another.", 15 * minute, minute,
    30 * day};
constinit const Setting code_seconds{"access.code_seconds",
                                     "How long a sign-in code and its challenge last.", 10 * minute,
                                     minute, hour};
constinit const Setting code_tries{"access.code_tries", "Wrong tries that burn a sign-in code.", 5,
                                   1, 20};
constinit const Setting code_interval_seconds{
    "access.code_interval_seconds", "Least time between two codes or tokens.", minute, 0, hour};
constinit const Setting codes_per_hour{"access.codes_per_hour",
                                       "Codes or tokens of one purpose within an hour.", 5, 1, 100};
constinit const Setting reset_seconds{
    "access.reset_seconds", "How long a token to reset a password lasts.", hour, minute, day};
constinit const Setting verification_seconds{"access.verification_seconds",
                                             "How long a token to prove an address lasts.", day,
                                             hour, 30 * day};
constinit const Setting invitation_seconds{
    "access.invitation_seconds", "How long an invitation lasts.", 7 * day, hour, 90 * day};
constinit const Setting session_idle_seconds{"access.session_idle_seconds",
                                             "A session ends after so long without use.", 14 * day,
                                             5 * minute, year};
constinit const Setting session_absolute_seconds{"access.session_absolute_seconds",
                                                 "A session ends after so long in any case.",
                                                 90 * day, 5 * minute, 10 * year};
constinit const Setting access_token_seconds{"access.access_token_seconds",
                                             "How long an access token (JWT) lasts.", 30 * minute,
                                             minute, day};
constinit const Setting refresh_token_seconds{
    "access.refresh_token_seconds", "How long a refresh token lasts.", day, minute, 90 * day};

}  // namespace setting

std::span<const storage::Setting* const> lists::settings() {
  static constexpr const storage::Setting* all[] = {
      &setting::password_length_least,
      &setting::password_passes,
      &setting::password_memory_bytes,
      &setting::sign_in_failures,
      &setting::sign_in_delay_seconds,
      &setting::sign_in_delay_seconds_max,
      &setting::attempts_kept_seconds,
      &setting::origin_failures,
      &setting::origin_kept_seconds,
      &setting::code_seconds,
      &setting::code_tries,
      &setting::code_interval_seconds,
      &setting::codes_per_hour,
      &setting::reset_seconds,
      &setting::verification_seconds,
      &setting::invitation_seconds,
      &setting::session_idle_seconds,
      &setting::session_absolute_seconds,
      &setting::access_token_seconds,
      &setting::refresh_token_seconds,
  };
  return all;
}

}  // namespace frontdesk::access

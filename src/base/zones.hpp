/// Time zones over the operating system's database, through Hinnant's date library. Thread-safe.
#pragma once

#include <frontdesk/types.hpp>

namespace frontdesk::zones {

/// True for an IANA zone name the system knows.
bool known(std::string_view zone);
/// The IANA name of a zone that may go by the name Windows has for it, as calendars of Outlook do
/// (`FLE Standard Time` is Europe/Kiev; CLDR's table, the zone of no particular country). Other
/// names stay as they are.
std::string iana_name(std::string_view zone);
/// Local wall-clock time of `instant`. Right also after 2037, where Debian's build of the library
/// loses daylight saving: beyond the table the year with the same weekday of 1 January and the same
/// leap property stands in. Throws Error{invalid, "zone_unknown"}.
LocalTime to_local(Instant instant, std::string_view zone);
/// The instant of a wall-clock time: a time in a gap moves forward by the gap, an ambiguous one is
/// the first (RFC 5545 §3.3.5, SPEC S2).
Instant to_instant(LocalTime local, std::string_view zone);
/// The local day of an instant.
Date local_date(Instant instant, std::string_view zone);
/// First instant of a local day.
Instant start_of_day(Date day, std::string_view zone);

/// Whole years between birth and `on`; born on 29 February counts from 1 March in common years
/// (SPEC P3).
int age(Date birth, Date on);

/// `2026-11-20T09:30:00Z`, `2026-11-20T11:30:00`, `2026-11-20`.
std::string print(Instant instant);
std::string print(LocalTime local);
std::string print(Date date);
/// The exact inverse of print; none for anything else (also for 30 February or a year beyond 9999).
/// An instant may also carry a numeric offset (`+02:00`).
std::optional<Instant> parse_instant(std::string_view text);
std::optional<LocalTime> parse_local(std::string_view text);
std::optional<Date> parse_date(std::string_view text);

}  // namespace frontdesk::zones

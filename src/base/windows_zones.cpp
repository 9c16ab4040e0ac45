#include "base/zones.hpp"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace frontdesk::zones {

std::string iana_name(std::string_view zone) {
  constexpr std::size_t longest = 100;
  if (zone.size() > longest || known(zone)) return std::string(zone);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString found;
  icu::TimeZone::getIDForWindowsID(
      icu::UnicodeString::fromUTF8({zone.data(), static_cast<std::int32_t>(zone.size())}), nullptr,
      found, status);
  std::string name;
  if (U_SUCCESS(status) != 0) found.toUTF8String(name);
  return known(name) ? name : std::string(zone);
}

}  // namespace frontdesk::zones

#include "base/zone_rules.hpp"

#include "base/zones.hpp"

#include <frontdesk/error.hpp>

#include <date/tz.h>

namespace frontdesk::zones {

crypto::Digest rules_fingerprint(std::string_view zone) {
  using std::chrono::sys_days, std::chrono::sys_seconds;
  using namespace std::chrono_literals;
  if (!known(zone)) {
    throw Error(Code::invalid, "zone_unknown", {}, {{"zone", std::string(zone)}});
  }
  const date::time_zone* found = date::locate_zone(zone);
  const sys_seconds end = sys_days{2100y / 1 / 1};
  std::string changes;
  for (sys_seconds at = sys_days{2000y / 1 / 1}; at < end;) {
    const date::sys_info info = found->get_info(at);
    changes += std::to_string(at.time_since_epoch().count()) + " " +
               std::to_string(info.offset.count()) + "\n";
    at = info.end;
  }
  return crypto::digest({}, {changes});
}

}  // namespace frontdesk::zones

/// Local times and dates, as tests write them.
#pragma once

#include <frontdesk/types.hpp>

namespace frontdesk::testing {

inline Date on(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}
inline LocalTime at(int year, unsigned month, unsigned day, int hour, int minute = 0) {
  return LocalTime{std::chrono::local_days{on(year, month, day)} + std::chrono::hours{hour} +
                   std::chrono::minutes{minute}};
}

}  // namespace frontdesk::testing

#include "base/recurrence_zone.hpp"

#include "base/zones.hpp"

#include <frontdesk/error.hpp>

#include <date/tz.h>
#include <catch2/catch.hpp>

#include <random>

using namespace frontdesk;
using namespace frontdesk::recurrence::inner;

namespace {

Count instant_of(Count local, const std::string& zone) {
  return zones::to_instant(LocalTime(std::chrono::seconds(local)), zone).time_since_epoch().count();
}

Count local_of(Count instant, const std::string& zone) {
  return zones::to_local(Instant(std::chrono::seconds(instant)), zone).time_since_epoch().count();
}

/// Compares around one wall-clock time, and where its stretch begins and ends.
void compare(const ZoneTable& table, const std::string& zone, Count local) {
  const ZoneTable::Stretch stretch = table.at(local);
  INFO(zone << ' ' << zones::print(LocalTime(std::chrono::seconds(local))));
  REQUIRE((stretch.begin <= local && local < stretch.end));
  REQUIRE(local - stretch.offset == instant_of(local, zone));
  REQUIRE(table.to_local(local) == local_of(local, zone));
  for (const Count edge : {stretch.begin, stretch.end - 1, stretch.end - stretch.gap,
                           stretch.end - stretch.gap - 1, stretch.begin + stretch.gap_before}) {
    if (edge < local_min || edge > local_max) continue;
    INFO(zones::print(LocalTime(std::chrono::seconds(edge))));
    REQUIRE(edge - table.at(edge).offset == instant_of(edge, zone));
  }
  // A gap is what no moment shows on the clock.
  if (stretch.gap > 0) {
    const Count in_gap = stretch.end - 1;
    REQUIRE(local_of(instant_of(in_gap, zone), zone) == in_gap + stretch.gap);
    const Count before = stretch.end - stretch.gap - 1;
    REQUIRE(local_of(instant_of(before, zone), zone) == before);
  }
}

}  // namespace

TEST_CASE("the table of a zone agrees with the zone", "[base][recurrence][S2]") {
  std::mt19937_64 random(7);
  const auto any = [&random](Count low, Count high) {
    return std::uniform_int_distribution<Count>(low, high)(random);
  };
  for (const date::time_zone& each : date::get_tzdb().zones) {
    const std::string& zone = each.name();
    if (!zones::known(zone)) continue;
    const ZoneTable& table = ZoneTable::of(zone);
    for (int i = 0; i < 100; ++i) compare(table, zone, any(-3'000'000'000, 6'000'000'000));
    for (int i = 0; i < 20; ++i) compare(table, zone, any(local_min, local_max));
  }
}

TEST_CASE("every change of clocks is where it should be", "[base][recurrence][S2]") {
  for (const std::string zone : {"Europe/Kyiv", "America/New_York", "Pacific/Apia",
                                 "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin"}) {
    const ZoneTable& table = ZoneTable::of(zone);
    for (Count local = -4'000'000'000; local < 8'000'000'000; local = table.at(local).end) {
      compare(table, zone, local);
    }
  }
}

TEST_CASE("without a zone nothing shifts", "[base][recurrence]") {
  const ZoneTable& table = ZoneTable::of("");
  for (const Count count : {local_min, Count{0}, Count{1'790'000'000}, local_max}) {
    CHECK(table.at(count).offset == 0);
    CHECK(table.to_local(count) == count);
  }
  CHECK_THROWS_AS(ZoneTable::of("Europe/Kyyiv"), Error);
  CHECK_THROWS_AS(ZoneTable::of("localtime"), Error);
  CHECK(&ZoneTable::of("Europe/Kyiv") == &ZoneTable::of("Europe/Kyiv"));
}

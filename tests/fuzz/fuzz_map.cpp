// Seat maps: the text, and what is made of it.
#include "studio.hpp"

#include "base/text.hpp"
#include "seating/drawing.hpp"

#include <algorithm>
#include <set>

using namespace frontdesk;
using fuzz::fail;

namespace {

/// A refusal names the text, a reason, and a place in it.
void check_refusal(const Error& error, std::string_view text) {
  if (error.code() != Code::invalid || error.field() != "text")
    fail("refused as " + error.reason());
  const auto line = std::get<std::int64_t>(error.details().at("line"));
  const auto column = std::get<std::int64_t>(error.details().at("column"));
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  if (line < 1 || line > lines || column < 1) fail("refused at a place that is not there");
  const bool has_braces = text.find('{') != std::string_view::npos;  // and may be quoted
  if (!has_braces && error.message().find('{') != std::string::npos) fail("an unfinished sentence");
}

/// What there is of it hangs together.
void check_map(const seating::Map& map) {
  std::set<std::string> labels;
  std::int64_t place = 0;
  for (const seating::SeatInfo& seat : map.seats) {
    if (seat.place != ++place) fail("a place is left out");
    if (!labels.insert(seat.label).second) fail("two seats of one label");
    if (map.find(seat.label) + 1 != static_cast<std::size_t>(seat.place)) {
      fail("a seat is not found by its label");
    }
  }
  for (const seating::AreaInfo& area : map.areas) {
    if (area.first_place != place + 1) fail("an area does not follow");
    place += area.places;
  }
  if (place != map.places()) fail("places are not counted");
}

void check_text(std::string_view text) {
  std::shared_ptr<const seating::Map> map;
  try {
    map = seating::build_map(text);
  } catch (const Error& error) {
    check_refusal(error, text);
    return;
  }
  check_map(*map);
  if (map->places() > 20'000) return;
  const std::string printed = seating::print_plan(map->plan);
  if (!(seating::parse_plan(printed) == map->plan)) fail("printed and read it is another");
  if (seating::build_map(map->plan)->places() != map->places()) fail("as data it is another");
  seating::States states(static_cast<std::size_t>(map->places()));
  for (std::size_t i = 0; i < states.size(); ++i) states[i] = i % 3 == 0 ? 2 : 0;
  seating::draw_svg(*map, &states, "en");
  seating::draw_text(*map, nullptr, "uk");
  const seating::Wish wish{.count = 3};
  for (std::int64_t place : seating::best_places(*map, states, wish).places) {
    if (states[static_cast<std::size_t>(place - 1)] != 0) fail("a taken place is the best");
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (fuzz::Seeds().wanted()) std::exit(0);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text::invalid_utf8(text)) return 0;  // requests are UTF-8 before they come here
  check_text(text);
  return 0;
}

/// Pictures of halls: SVG, and text for terminals. Pure.
#pragma once

#include "seating/best.hpp"

namespace frontdesk::seating {

/// A hall by category; with states, by what is free.
std::string draw_svg(const Map& map, const States* states, std::string_view language);
std::string draw_text(const Map& map, const States* states, std::string_view language);

/// How many places of an area are taken.
std::int64_t taken_in(const AreaInfo& area, const States& states);

}  // namespace frontdesk::seating

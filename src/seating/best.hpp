/// The best places of a hall for a group (SPEC H5), and single seats that a choice leaves (SPEC
/// H6). Pure: it sees a map and how its places stand. Ties go to the lowest place.
#pragma once

#include "seating/maps.hpp"

namespace frontdesk::seating {

/// How each place stands, place 1 first: values of PlaceState.
using States = std::vector<unsigned char>;

struct Wish {
  std::int64_t count = 1;
  std::size_t category = Map::none;  ///< none: any
  bool accessible = false;
};
struct Pick {
  std::vector<std::int64_t> places{};  ///< empty: there is nothing that fits
  Fit fit = Fit::together;
};

Pick best_places(const Map& map, const States& states, const Wish& wish);

/// How many are free that the wish could be given at all; none where it needs an accessible seat
/// and there is none.
std::int64_t count_fitting(const Map& map, const States& states, const Wish& wish);

/// Seats, by index, that nobody could take together with another once the places are taken.
std::vector<std::size_t> single_seats(const Map& map, const States& states,
                                      std::span<const std::int64_t> places);
/// Whether so many could sit side by side somewhere without leaving a single seat.
bool fits_without_single(const Map& map, const States& states, std::int64_t count);

}  // namespace frontdesk::seating

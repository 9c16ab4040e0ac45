/// What is tried on damaged files.
#pragma once

#include "hostile/house.hpp"

#include <span>

namespace frontdesk::hostile {

/// Reads that look at all of a file, and those of its people.
std::span<const JsonCall> reads();
/// Writes to its people, and a look at what they made of it.
std::span<const JsonCall> writes();
std::span<const JsonCall> writes_of_the_house();
/// Takes away the people that the others work with.
std::span<const JsonCall> erasures();

}  // namespace frontdesk::hostile

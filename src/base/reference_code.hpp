/// The short codes that people call bookings and orders by: a number, scrambled with the file's
/// key. No column, no index, no number twice, and the next code cannot be guessed from the last.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::reference_code {

/// Eight letters and digits of Crockford's Base32, without I, L, O and U, for a number below 2^40.
/// `key`: at least 16 bytes.
std::string of(std::string_view key, std::uint64_t number);

/// The number of a code in either case, with or without dashes and spaces, O read as 0 and I and L
/// as 1. None for anything else. Any eight letters are the code of some number.
std::optional<std::uint64_t> number(std::string_view key, std::string_view code);

}  // namespace frontdesk::reference_code

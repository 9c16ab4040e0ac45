/// What a loss of power leaves of the files whose changes were recorded.
#pragma once

#include "faults/faulty_vfs.hpp"

#include <map>
#include <span>
#include <string>

namespace frontdesk::faults {

/// What becomes of changes that were not yet synced.
enum class Unsynced : unsigned char {
  dropped,
  kept,
  torn,  ///< each sector of 512 bytes by itself, by chance
};

/// Contents by path.
using Files = std::map<std::string, std::string>;

/// The files of `before` after `changes`, all of which were made when the power went.
Files after_power_loss(const Files& before, std::span<const Change> changes, Unsynced unsynced,
                       unsigned seed);

}  // namespace frontdesk::faults

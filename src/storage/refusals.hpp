/// Lists of refusals put together, for operations that share a step and with it what that may
/// refuse.
#pragma once

#include <frontdesk/operation.hpp>

#include <algorithm>
#include <array>

namespace frontdesk::storage {

/// The lists one after the other, in the order of precedence.
template <std::size_t... counts>
constexpr std::array<Refusal, (counts + ...)> joined(const Refusal (&... lists)[counts]) {
  std::array<Refusal, (counts + ...)> all{};
  auto* next = all.data();
  ((next = std::copy(lists, lists + counts, next)), ...);
  return all;
}

}  // namespace frontdesk::storage

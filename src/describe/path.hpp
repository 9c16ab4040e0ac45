/// Where in a request a walker stands, kept on the stack and written out only when an error needs
/// it.
#pragma once

#include <string>
#include <string_view>

namespace frontdesk::describe {

/// What a caller wrote, short enough to be repeated in an error.
inline std::string quoted(std::string_view given) {
  constexpr std::size_t bytes_max = 100;
  if (given.size() <= bytes_max) return std::string(given);
  std::size_t end = bytes_max;
  while (end > 0 && (given[end] & 0xC0) == 0x80) --end;  // not in the middle of a code point
  return std::string(given.substr(0, end)) + "…";
}

struct Path {
  const Path* parent = nullptr;
  std::string_view name{};
  std::size_t index = 0;
  bool is_index = false;

  Path below(std::string_view member) const { return {this, member, 0, false}; }
  Path at(std::size_t position) const { return {this, {}, position, true}; }

  /// `children[1].birth_date`
  std::string text() const {
    std::string prefix = parent == nullptr ? std::string() : parent->text();
    if (is_index) return prefix + "[" + std::to_string(index) + "]";
    if (name.empty()) return prefix;
    return prefix.empty() ? quoted(name) : prefix + "." + quoted(name);
  }
};

}  // namespace frontdesk::describe

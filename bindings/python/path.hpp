/// Where in a request the converter stands, kept on the stack and written out only when an error
/// needs it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace frontdesk::python {

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
    if (prefix.empty() || name.empty()) return prefix + std::string(name);
    return prefix + "." + std::string(name);
  }
};

}  // namespace frontdesk::python

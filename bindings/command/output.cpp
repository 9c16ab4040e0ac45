#include "output.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <iostream>
#include <numeric>

#include <unistd.h>

namespace frontdesk::command {
namespace {

namespace json = boost::json;

void write(const json::value& value, std::string& out, std::size_t depth) {
  const std::string line = "\n" + std::string(2 * depth + 2, ' ');
  const std::string last_line = "\n" + std::string(2 * depth, ' ');
  std::string_view separator;
  if (value.is_object() && !value.get_object().empty()) {
    out += '{';
    for (const auto& [key, member] : value.get_object()) {
      out.append(separator).append(line).append(json::serialize(json::string(key))).append(": ");
      write(member, out, depth + 1);
      separator = ",";
    }
    out += last_line + "}";
  } else if (value.is_array() && !value.get_array().empty()) {
    out += '[';
    for (const json::value& element : value.get_array()) {
      out.append(separator).append(line);
      write(element, out, depth + 1);
      separator = ",";
    }
    out += last_line + "]";
  } else {
    out += json::serialize(value);
  }
}

template <class T>
std::string joined(const std::vector<T>& values) {
  std::string text;
  for (const T& value : values) {
    if (!text.empty()) text += ", ";
    if constexpr (std::is_same_v<T, std::string>) {
      text += value;
    } else {
      text += std::to_string(value);
    }
  }
  return text;
}

std::string shown(const Detail& detail) {
  if (const auto* number = std::get_if<std::int64_t>(&detail)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&detail)) return *text;
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&detail))
    return joined(*numbers);
  return joined(std::get<std::vector<std::string>>(detail));
}

/// Code points, which is close enough to columns for the texts of the registry.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::string pretty(std::string_view text) {
  std::string out;
  write(json::parse(text), out, 0);
  return out;
}

void print_json(std::string_view text, const Options& options) {
  const bool is_pretty = options.is_pretty || (!options.is_compact && isatty(STDOUT_FILENO) == 1);
  if (is_pretty) {
    std::cout << pretty(text) << '\n';
  } else {
    std::cout << text << '\n';
  }
}

void print_error(const Error& error) {
  std::cerr << "frontdesk: " << error.message() << '\n'
            << "  reason: " << error.reason() << " (" << code_name(error.code()) << ")\n";
  if (!error.field().empty()) std::cerr << "  field: " << error.field() << '\n';
  for (const auto& [name, detail] : error.details()) {
    std::cerr << "  " << name << ": " << shown(detail) << '\n';
  }
}

void Table::print(std::ostream& stream, std::string_view indent) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  for (const auto& row : rows_) {
    std::string line(indent);
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - width(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    stream << line << '\n';
  }
}

ProgressBar::ProgressBar(std::string_view label)
    : label_(label), is_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressBar::show(std::int64_t done, std::int64_t total) {
  if (!is_terminal_) return;
  is_shown_ = true;
  std::cerr << '\r' << label_ << ' ';
  if (total > 0) {
    constexpr std::int64_t columns = 40;
    const std::int64_t filled = columns * std::min(done, total) / total;
    std::cerr << '[' << std::string(static_cast<std::size_t>(filled), '#')
              << std::string(static_cast<std::size_t>(columns - filled), '.') << "] " << done
              << " of " << total;
  } else {
    std::cerr << done;
  }
  std::cerr << "\033[K" << std::flush;
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& words) {
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : words) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= best_distance) continue;
    best_distance = distance;
    best = &candidate;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

}  // namespace frontdesk::command

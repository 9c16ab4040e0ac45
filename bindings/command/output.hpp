/// What the command writes: results on standard output, errors and progress on standard error.
#pragma once

#include "session.hpp"

namespace frontdesk::command {

/// Indented JSON, keys in their order.
std::string pretty(std::string_view text);
/// Prints JSON as the options ask: indented on a terminal or with --pretty, else on one line.
void print_json(std::string_view text, const Options& options);

/// Message, reason, field and details of an error.
void print_error(const Error& error);

/// Rows of cells, each column as wide as its widest cell.
class Table {
 public:
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void print(std::ostream& stream, std::string_view indent) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// A bar on standard error, if that is a terminal; it is gone at the end.
class ProgressBar {
 public:
  explicit ProgressBar(std::string_view label);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// A total of 0 is one that is not known.
  void show(std::int64_t done, std::int64_t total);

 private:
  std::string label_;
  bool is_terminal_;
  bool is_shown_ = false;
};

/// The word most like `word`, if one is near.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& words);

}  // namespace frontdesk::command

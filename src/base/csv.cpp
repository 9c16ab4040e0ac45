#include "base/csv.hpp"

#include <frontdesk/error.hpp>

#include <cstdint>

namespace frontdesk::csv {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Spreadsheets in Kyiv and Almaty write `;`, in London `,`.
char separator_of(std::string_view text) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  bool quoted = false;
  const std::size_t start = text.find_first_not_of("\r\n");
  if (start == std::string_view::npos) return ',';
  for (const char c : text.substr(start)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    commas += c == ',' ? 1 : 0;
    semicolons += c == ';' ? 1 : 0;
  }
  return semicolons > commas ? ';' : ',';
}

[[noreturn]] void refuse(std::size_t line, std::string_view problem) {
  throw Error(Code::invalid, "csv_malformed", {},
              {{"line", static_cast<std::int64_t>(line)}, {"problem", std::string(problem)}});
}

}  // namespace

Reader::Reader(std::string_view text) : text_(text) {
  if (text_.starts_with(byte_order_mark)) offset_ = byte_order_mark.size();
  separator_ = separator_of(text_.substr(offset_));
}

bool Reader::next(Row& row) {
  skip_empty_lines();
  row.cells.clear();
  row.line = line_;
  if (offset_ >= text_.size()) return false;
  const std::size_t start = offset_;
  while (true) {
    std::string& cell = row.cells.emplace_back();
    if (offset_ < text_.size() && text_[offset_] == '"') {
      if (!read_quoted(cell)) fail_open_quote(start, row.line);
      if (!at_cell_end()) {
        skip_line();
        refuse(row.line, "text after a closing quote");
      }
    } else {
      while (!at_cell_end()) cell.push_back(text_[offset_++]);
    }
    if (offset_ >= text_.size() || text_[offset_] != separator_) {
      skip_line();
      return true;
    }
    ++offset_;
  }
}

bool Reader::at_cell_end() const {
  if (offset_ >= text_.size()) return true;
  const char c = text_[offset_];
  return c == separator_ || c == '\n' ||
         (c == '\r' && offset_ + 1 < text_.size() && text_[offset_ + 1] == '\n') ||
         (c == '\r' && offset_ + 1 == text_.size());
}

bool Reader::read_quoted(std::string& cell) {
  for (++offset_; offset_ < text_.size(); ++offset_) {
    const char c = text_[offset_];
    if (c == '\n') ++line_;
    if (c == '"') {
      ++offset_;
      if (offset_ >= text_.size() || text_[offset_] != '"') return true;
    }
    cell.push_back(c);
  }
  return false;
}

void Reader::skip_line() {
  const std::size_t end = text_.find('\n', offset_);
  offset_ = end == std::string_view::npos ? text_.size() : end + 1;
  if (end != std::string_view::npos) ++line_;
}

void Reader::skip_empty_lines() {
  while (offset_ < text_.size()) {
    const std::string_view rest = text_.substr(offset_, 2);
    if (rest[0] != '\n' && rest != "\r\n" && rest != "\r") return;
    skip_line();
  }
}

void Reader::fail_open_quote(std::size_t start, std::size_t line) {
  // One stray quote should not swallow the rest of the file, so reading goes on with the next
  // line; but each such row costs a walk to the end, and a hostile file is made of them.
  if (++open_quotes_ < open_quotes_max) {
    offset_ = start;
    line_ = line;
    skip_line();
  }
  refuse(line, "quote not closed");
}

}  // namespace frontdesk::csv

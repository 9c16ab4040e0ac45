/// RFC 4180 reader: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF, an
/// optional byte-order mark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::csv {

struct Row {
  std::size_t line = 0;  ///< Line of the file the row starts on, from 1.
  std::vector<std::string> cells{};
};

/// Reads one row after the other from a text it does not copy. `,` or `;` as separator, whichever
/// the first line has more of.
class Reader {
 public:
  explicit Reader(std::string_view text);
  /// False at the end. Empty lines are skipped. Throws Error{invalid, "csv_malformed"} with the
  /// details `line` and `problem` (quote not closed, text after a closing quote); reading may go on
  /// with the next row.
  bool next(Row& row);
  /// Where the next row starts; `resume` goes on from there.
  std::size_t offset() const { return offset_; }
  std::size_t line() const { return line_; }
  void resume(std::size_t offset, std::size_t line) {
    offset_ = offset;
    line_ = line;
  }

 private:
  static constexpr int open_quotes_max = 16;

  bool at_cell_end() const;
  bool read_quoted(std::string& cell);
  void skip_line();
  void skip_empty_lines();
  [[noreturn]] void fail_open_quote(std::size_t start, std::size_t line);

  std::string_view text_;
  char separator_ = ',';
  std::size_t offset_ = 0;
  std::size_t line_ = 1;
  int open_quotes_ = 0;  ///< rows so far whose quote was never closed
};

}  // namespace frontdesk::csv

#include "base/csv.hpp"

#include <frontdesk/error.hpp>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <chrono>

using namespace frontdesk;

namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> all(std::string_view text) {
  std::vector<Cells> rows;
  csv::Reader reader(text);
  csv::Row row;
  while (reader.next(row)) rows.push_back(row.cells);
  return rows;
}

/// Lines of the rows and, negative, of the errors.
std::vector<int> lines(std::string_view text) {
  std::vector<int> result;
  csv::Reader reader(text);
  csv::Row row;
  while (true) {
    try {
      if (!reader.next(row)) return result;
      result.push_back(static_cast<int>(row.line));
    } catch (const Error& error) {
      CHECK(error.code() == Code::invalid);
      CHECK(error.reason() == "csv_malformed");
      result.push_back(-static_cast<int>(std::get<std::int64_t>(error.details().at("line"))));
    }
  }
}

std::string quoted(const std::string& cell) {
  std::string result = "\"";
  for (const char c : cell) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

}  // namespace

TEST_CASE("CSV as RFC 4180 has it", "[base][csv][P10]") {
  CHECK(all("").empty());
  CHECK(all("name,phone\nОлена,067\n") == std::vector<Cells>{{"name", "phone"}, {"Олена", "067"}});
  CHECK(all("a,b\r\nc,d") == std::vector<Cells>{{"a", "b"}, {"c", "d"}});
  CHECK(all("\"a,\"\"b\"\"\",\"c\r\nd\"\r\n,\n") ==
        std::vector<Cells>{{"a,\"b\"", "c\r\nd"}, {"", ""}});
  CHECK(all("a,b,\n") == std::vector<Cells>{{"a", "b", ""}});
  CHECK(all("\"\"\n") == std::vector<Cells>{{""}});
  CHECK(all("a\r") == std::vector<Cells>{{"a"}});
  CHECK(all("ТОВ \"Ромашка\",5'10\"\n") == std::vector<Cells>{{"ТОВ \"Ромашка\"", "5'10\""}});
}

TEST_CASE("byte-order mark, separator and empty lines", "[base][csv][P10]") {
  CHECK(all("\xEF\xBB\xBFname;city\nОлена;Київ, Україна\n") ==
        std::vector<Cells>{{"name", "city"}, {"Олена", "Київ, Україна"}});
  CHECK(all("\"a;b;c\",d\ne,f;g\n") == std::vector<Cells>{{"a;b;c", "d"}, {"e", "f;g"}});
  CHECK(all("\n\r\na;b\n\n\nc;d\n\r\n") == std::vector<Cells>{{"a", "b"}, {"c", "d"}});
  CHECK(all("name\nIvan; Anna\n") == std::vector<Cells>{{"name"}, {"Ivan; Anna"}});
  CHECK(lines("\n\na,\"x\ny\"\n\nb,c") == std::vector<int>{3, 6});
}

TEST_CASE("a malformed row is explained and the rest is read", "[base][csv][P10]") {
  CHECK(lines("a,b\n\"c\"d,e\nf,g\n") == std::vector<int>{1, -2, 3});
  CHECK(lines("a,b\n\"c\n\"d,e\nf,g\n") == std::vector<int>{1, -2, 4});
  CHECK(lines("a,b\n\"c,d\ne,f\ng,h\n") == std::vector<int>{1, -2, 3, 4});
  CHECK(lines("\"") == std::vector<int>{-1});
  csv::Reader reader("a,\"b\"c\n");
  csv::Row row;
  CHECK_THROWS_WITH(reader.next(row),
                    "Line 1 of the CSV text cannot be read: text after a closing quote.");
}

TEST_CASE("reading resumes where it stopped", "[base][csv][P10]") {
  const std::string_view text =
      "\xEF\xBB\xBF"
      "a;b\n\"c\nd\";e\nf;g\n";
  csv::Reader first(text);
  csv::Row row;
  REQUIRE(first.next(row));
  REQUIRE(first.next(row));
  csv::Reader second(text);
  second.resume(first.offset(), first.line());
  REQUIRE(second.next(row));
  CHECK(row.cells == Cells{"f", "g"});
  CHECK(row.line == 4);
  CHECK_FALSE(second.next(row));
}

TEST_CASE("what is written quoted is read the same", "[base][csv][P10]") {
  CHECK(rc::check([] {
    const auto cell =
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,;\"\n\r\t ")));
    const auto rows = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<Cells>>(rc::gen::nonEmpty(rc::gen::container<Cells>(cell))));
    std::string text;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      // A first row with a comma too many fixes the separator.
      text += i == 0 ? ",,,,,,,," : "";
      for (std::size_t j = 0; j < rows[i].size(); ++j) {
        text += (j == 0 ? "" : ",") + quoted(rows[i][j]);
      }
      text += "\r\n";
    }
    std::vector<Cells> read = all(text);
    read[0].erase(read[0].begin(), read[0].begin() + 8);
    RC_ASSERT(read == rows);
  }));
}

TEST_CASE("any bytes are read to the end in little time", "[base][csv][P10]") {
  CHECK(rc::check([] {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("a,;\"\"\"\n\r\xEF")));
    const std::vector<int> found = lines(text);
    RC_ASSERT(found.size() <= text.size());
  }));
  // Each line leaves a quote open to the end of the text.
  std::string hostile;
  for (int i = 0; i < 100'000; ++i) hostile += "x\",,\"\n";
  const auto start = std::chrono::steady_clock::now();
  CHECK(lines(hostile).size() <= 16);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

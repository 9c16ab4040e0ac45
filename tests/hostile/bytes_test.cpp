#include <catch2/catch.hpp>

#include "hostile/victim.hpp"
#include "support.hpp"

#include <random>

using namespace frontdesk;
using namespace frontdesk::hostile;

namespace {

constexpr std::size_t page_bytes = 2048;

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random() % bound);
}

char any_byte(Random& random) {
  constexpr unsigned char edges[] = {0x00, 0x01, 0x02, 0x05, 0x0a, 0x0d, 0x7f, 0x80, 0xff};
  const bool is_edge = below(random, 3) == 0;
  return static_cast<char>(is_edge ? edges[below(random, std::size(edges))] : random() & 0xff);
}

std::size_t pages(const std::string& bytes) { return bytes.size() / page_bytes; }

void flip_bits(std::string& bytes, Random& random) {
  for (std::size_t left = 1 + below(random, 8); left > 0; --left) {
    char& byte = bytes[below(random, bytes.size())];
    byte = static_cast<char>(byte ^ (1 << below(random, 8)));
  }
}

void write_run(std::string& bytes, Random& random) {
  const std::size_t from = below(random, bytes.size());
  const std::size_t length = std::min(1 + below(random, 64), bytes.size() - from);
  for (std::size_t i = 0; i < length; ++i) bytes[from + i] = any_byte(random);
}

void blank_run(std::string& bytes, Random& random) {
  const std::size_t from = below(random, bytes.size());
  const std::size_t length = std::min(1 + below(random, 3 * page_bytes), bytes.size() - from);
  bytes.replace(from, length, length, below(random, 2) == 0 ? '\0' : '\xff');
}

void cut_off(std::string& bytes, Random& random) {
  std::size_t size = below(random, bytes.size());
  if (below(random, 2) == 0) size -= size % page_bytes;
  bytes.resize(size);
}

void swap_pages(std::string& bytes, Random& random) {
  const std::size_t one = below(random, pages(bytes)) * page_bytes;
  const std::size_t other = below(random, pages(bytes)) * page_bytes;
  const std::string kept = bytes.substr(one, page_bytes);
  bytes.replace(one, page_bytes, bytes.substr(other, page_bytes));
  bytes.replace(other, page_bytes, kept);
}

void double_page(std::string& bytes, Random& random) {
  const std::size_t from = below(random, pages(bytes)) * page_bytes;
  const std::size_t to = below(random, pages(bytes)) * page_bytes;
  bytes.replace(to, page_bytes, bytes.substr(from, page_bytes));
}

void change_header(std::string& bytes, Random& random) {
  for (std::size_t left = 1 + below(random, 3); left > 0; --left) {
    bytes[16 + below(random, 84)] = any_byte(random);
  }
}

/// Type, free space, number and start of the cells.
void change_page_header(std::string& bytes, Random& random) {
  const std::size_t page = below(random, pages(bytes));
  const std::size_t start = page * page_bytes + (page == 0 ? 100 : 0);
  bytes[start + below(random, 12)] = any_byte(random);
}

void change_cell_pointers(std::string& bytes, Random& random) {
  const std::size_t page = below(random, pages(bytes));
  const std::size_t start = page * page_bytes + (page == 0 ? 100 : 0) + 8;
  for (std::size_t left = 1 + below(random, 4); left > 0; --left) {
    bytes[start + below(random, 40)] = any_byte(random);
  }
}

/// Sizes and types of a record stand where its cell starts.
void change_cell(std::string& bytes, Random& random) {
  const std::size_t start = below(random, pages(bytes)) * page_bytes;
  const auto high = static_cast<unsigned char>(bytes[start + 8]);
  const auto low = static_cast<unsigned char>(bytes[start + 9]);
  const std::size_t cell = (std::size_t{high} << 8 | low) % page_bytes;
  for (std::size_t left = 1 + below(random, 3); left > 0; --left) {
    bytes[start + (cell + below(random, 16)) % page_bytes] = any_byte(random);
  }
}

void change_schema(std::string& bytes, Random& random) {
  std::vector<std::size_t> places;
  for (const char* word : {"CREATE ", "INTEGER", "REFERENCES", "UNIQUE", "STRICT"}) {
    for (std::size_t at = bytes.find(word); at != std::string::npos;
         at = bytes.find(word, at + 1)) {
      places.push_back(at);
    }
  }
  const std::size_t place = places[below(random, places.size())];
  bytes[std::min(place + below(random, 60), bytes.size() - 1)] = any_byte(random);
}

void append_pages(std::string& bytes, Random& random) {
  std::string more(page_bytes * (1 + below(random, 4)), '\0');
  for (char& byte : more) byte = any_byte(random);
  bytes += more;
}

struct Mutation {
  const char* name;
  void (*change)(std::string& bytes, Random& random);
};

constexpr Mutation mutations[] = {
    {"bits", flip_bits},
    {"run of bytes", write_run},
    {"blank", blank_run},
    {"cut off", cut_off},
    {"swapped pages", swap_pages},
    {"doubled page", double_page},
    {"header", change_header},
    {"page header", change_page_header},
    {"cell pointers", change_cell_pointers},
    {"cell", change_cell},
    {"schema", change_schema},
    {"more pages", append_pages},
};

}  // namespace

TEST_CASE("the file that is damaged in these tests is whole", "[E2]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("whole.db");
  write_bytes(path, valid_bytes());
  const Treatment treatment = treat(path, "whole", Reach::everything);
  CAPTURE(treatment.defects);
  CHECK(treatment.was_opened);
  CHECK(treatment.defects.empty());
  CHECK(treatment.results > 300);
}

TEST_CASE("damaged bytes end in results or errors, never in a crash", "[E2][E10]") {
  testing::TemporaryFolder folder;
  const int rounds = is_long_dose() ? 500 : 14;
  Tally tally;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t kind = 0; kind < std::size(mutations); ++kind) {
      const Mutation& mutation = mutations[kind];
      const std::string what = std::string(mutation.name) + ", seed " + std::to_string(round);
      Random random(static_cast<std::uint64_t>(round) * 100 + kind);
      std::string bytes = valid_bytes();
      mutation.change(bytes, random);
      const std::string path = folder.file("damaged.db");
      for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path + suffix);
      write_bytes(path, bytes);
      const Treatment treatment = treat(path, what, Reach::short_list, round % 7 == 6);
      tally.add(treatment);
      CAPTURE(what, treatment.defects);
      CHECK(treatment.defects.empty());
    }
  }
  tally.print("damaged bytes");
}

TEST_CASE("a header with any byte changed ends in results or errors", "[E2][E10]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("header.db");
  Tally tally;
  // Most are numbers of four bytes, the lowest last.
  for (std::size_t place = 16; place < 100; ++place) {
    if (!is_long_dose() && place % 4 != 3) continue;
    for (const int value : {0, 5, 64, 255}) {
      std::string bytes = valid_bytes();
      bytes[place] = static_cast<char>(value);
      for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path + suffix);
      write_bytes(path, bytes);
      const std::string what =
          "header, byte " + std::to_string(place) + ", value " + std::to_string(value);
      const Treatment treatment = treat(path, what, Reach::short_list);
      tally.add(treatment);
      CAPTURE(what, treatment.defects);
      CHECK(treatment.defects.empty());
    }
  }
  tally.print("headers");
}

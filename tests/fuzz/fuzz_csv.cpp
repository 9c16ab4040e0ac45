// CSV: the reader by itself, and people.import over it.
//
// The first byte of an input says how it is imported, in bits: children, into a centre, with a
// column mapped, really imported and not only previewed. The rest is the file.
#include "studio.hpp"

#include "base/csv.hpp"

using namespace frontdesk;
using fuzz::fail;

namespace {

constexpr unsigned as_children = 1;
constexpr unsigned into_centre = 2;
constexpr unsigned with_mapping = 4;
constexpr unsigned for_good = 8;

struct Read {
  std::size_t offset = 0;
  std::size_t line = 0;
  bool is_row = false;
  csv::Row row{};
};

/// The next row, or a refused one; false at the end.
bool read_next(csv::Reader& reader, Read& read) {
  read.offset = reader.offset();
  read.line = reader.line();
  read.row = {};
  try {
    read.is_row = reader.next(read.row);
    return read.is_row;
  } catch (const Error& error) {
    if (error.reason() != "csv_malformed") fail("the reader refused with " + error.reason());
    read.is_row = false;
    return true;
  }
}

/// Reading goes forward, ends, and may be taken up again at any row.
void check_reader(std::string_view text) {
  csv::Reader reader(text);
  std::vector<Read> reads;
  Read read;
  while (read_next(reader, read)) {
    if (reader.offset() <= read.offset) fail("the reader stands still");
    if (reader.offset() > text.size()) fail("the reader ran past the end");
    reads.push_back(read);
  }
  for (std::size_t i = 0; i < reads.size(); i += 1 + reads.size() / 8) {
    csv::Reader again(text);
    again.resume(reads[i].offset, reads[i].line);
    Read same;
    read_next(again, same);
    if (same.row.cells != reads[i].row.cells || same.row.line != reads[i].row.line) {
      fail("another row when taken up again");
    }
  }
}

bool is_refusal_of_request(const Error& error) {
  return error.code() == Code::invalid || error.code() == Code::not_found;
}

void check_import(unsigned how, std::string_view text) {
  people::Import request;
  request.csv = text;
  if ((how & as_children) != 0) request.kind = people::ImportKind::children;
  if ((how & into_centre) != 0) request.centre = CentreId{1};
  if ((how & with_mapping) != 0) request.mapping["first_name"] = "Vorname";
  request.country_calling_code = "380";
  Caller host = fuzz::studio().desk().host();
  people::Imported plan;
  try {
    plan = host.preview(request);
  } catch (const Error& error) {
    if (!is_refusal_of_request(error)) fail("the preview: " + error.message());
    return;
  }
  if (plan.rows != plan.added + plan.already_present + plan.refused) fail("rows are not counted");
  if ((how & for_good) == 0) return;
  people::Imported done = host.run(request);
  if (done.added != plan.added || done.refused != plan.refused) fail("the preview was wrong");
  people::Imported again = host.run(request);
  // A row without a key, address or phone cannot be known again.
  if (again.added > done.added) fail("a repeated import added more than the first");
  if (!host.run(upkeep::Check{}).problems.empty()) fail("the check found something");
  fuzz::studio().renew();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (fuzz::Seeds().wanted()) std::exit(0);
  fuzz::studio();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_reader(text);
  try {
    check_import(data[0], text);
  } catch (const Error& error) {
    fail("the import: " + error.message());
  }
  return 0;
}

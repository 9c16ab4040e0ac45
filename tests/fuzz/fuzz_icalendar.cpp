// iCalendar: the reader by itself, and schedule.import_calendar over it.
//
// The first byte of an input says how it is imported, in bits: as sessions and not as closures,
// really imported and not only previewed. The rest is the stream.
#include "studio.hpp"

#include "base/icalendar.hpp"

#include <algorithm>

using namespace frontdesk;
using fuzz::fail;

namespace {

constexpr unsigned as_sessions = 1;
constexpr unsigned for_good = 2;

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

void check_line(const icalendar::Line& line) {
  const std::string text = icalendar::unescape(line.value);
  if (icalendar::unescape(icalendar::escape(text)) != without_returns(text)) {
    fail("a text does not come back");
  }
  for (const icalendar::Line& one : icalendar::split(line)) {
    try {
      icalendar::time_of(one);
    } catch (const Error& error) {
      if (error.reason() != "calendar_time_malformed") fail("a time: " + error.reason());
    }
    icalendar::duration_of(one.value);
  }
}

/// What was read can be written, and is then read as the same.
void check_written(const icalendar::Component& component) {
  icalendar::Writer writer;
  writer.line("BEGIN", "VCALENDAR");
  for (const icalendar::Line& line : component.lines) writer.line(line.name, line.value);
  writer.line("END", "VCALENDAR");
  const auto again = icalendar::parse(writer.content());
  if (again.size() != 1 || again[0].lines.size() != component.lines.size()) {
    fail("other lines when written and read");
  }
  for (std::size_t i = 0; i < component.lines.size(); ++i) {
    if (again[0].lines[i].name != component.lines[i].name ||
        again[0].lines[i].value != component.lines[i].value) {
      fail("another line when written and read");
    }
  }
}

void check_reader(std::string_view text) {
  std::vector<icalendar::Component> components;
  try {
    components = icalendar::parse(text);
  } catch (const Error& error) {
    if (error.code() != Code::invalid || !error.reason().starts_with("calendar_")) {
      fail("the reader refused with " + error.reason());
    }
    return;
  }
  for (const icalendar::Component& component : components) {
    for (const icalendar::Line& line : component.lines) check_line(line);
    check_written(component);
  }
}

void check_import(unsigned how, std::string_view text) {
  schedule::ImportCalendar request{.centre = CentreId{1}, .text = std::string(text)};
  if ((how & as_sessions) != 0) {
    request.as = schedule::ImportAs::sessions;
    request.activity = ActivityId{1};
  }
  const Caller host = fuzz::studio().desk().host();
  schedule::CalendarImported plan;
  try {
    plan = host.preview(request);
  } catch (const Error& error) {
    if (error.code() != Code::invalid) fail("the preview: " + error.message());
    return;
  }
  const auto left_out = static_cast<std::int64_t>(plan.left_out.size());
  if (plan.events != plan.added + plan.already_present + left_out) fail("events are not counted");
  if ((how & for_good) == 0) return;
  if (host.run(request).added != plan.added) fail("the preview was wrong");
  if (host.run(request).added != 0) fail("a repeated import added something");
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
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_reader(text);
  try {
    check_import(data[0], text);
  } catch (const Error& error) {
    fail("the import: " + error.message());
  }
  return 0;
}

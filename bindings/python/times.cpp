#include "times.hpp"

#include "refusal.hpp"

#include <datetime.h>

namespace frontdesk::python {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;

py::object owned(PyObject* value) {
  if (value == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(value);
}

struct Split {
  int year;
  int month;
  int day;
  int seconds;
};

Split split(std::int64_t seconds) {
  std::int64_t days = seconds / seconds_a_day - (seconds % seconds_a_day < 0 ? 1 : 0);
  // Python knows the years 1 to 9999.
  if (days < -719'162 || days > 2'932'896) throw Error(Code::unsupported, "time_out_of_range");
  std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(seconds - days * seconds_a_day)};
}

std::int64_t days_of(PyObject* date) {
  std::chrono::year_month_day day{
      std::chrono::year{PyDateTime_GET_YEAR(date)},
      std::chrono::month{static_cast<unsigned>(PyDateTime_GET_MONTH(date))},
      std::chrono::day{static_cast<unsigned>(PyDateTime_GET_DAY(date))}};
  return std::chrono::sys_days{day}.time_since_epoch().count();
}

std::int64_t wall_seconds(PyObject* time) {
  return days_of(time) * seconds_a_day + PyDateTime_DATE_GET_HOUR(time) * 3600 +
         PyDateTime_DATE_GET_MINUTE(time) * 60 + PyDateTime_DATE_GET_SECOND(time);
}

py::object utc_offset(PyObject* time) {
  return owned(PyObject_CallMethod(time, "utcoffset", nullptr));
}

std::int64_t whole_seconds(PyObject* delta) {
  return std::int64_t{PyDateTime_DELTA_GET_DAYS(delta)} * seconds_a_day +
         PyDateTime_DELTA_GET_SECONDS(delta);
}

}  // namespace

void start_times() {
  PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr) throw py::error_already_set();
}

py::object instant_to_python(std::int64_t seconds) {
  Split at = split(seconds);
  return owned(PyDateTimeAPI->DateTime_FromDateAndTime(
      at.year, at.month, at.day, at.seconds / 3600, at.seconds / 60 % 60, at.seconds % 60, 0,
      PyDateTime_TimeZone_UTC, PyDateTimeAPI->DateTimeType));
}

std::int64_t instant_from_python(PyObject* value, const Path& path) {
  constexpr std::string_view expected = "datetime with a time zone";
  if (!PyDateTime_Check(value)) refuse_type(path, expected);
  std::int64_t offset = 0;
  int microseconds = PyDateTime_DATE_GET_MICROSECOND(value);
  py::object zone = owned(PyObject_GetAttrString(value, "tzinfo"));
  if (zone.ptr() != PyDateTime_TimeZone_UTC) {
    py::object delta = utc_offset(value);
    if (!PyDelta_Check(delta.ptr())) refuse_type(path, expected);
    offset = whole_seconds(delta.ptr());
    microseconds -= PyDateTime_DELTA_GET_MICROSECONDS(delta.ptr());
  }
  if (microseconds != 0) refuse_form(path, "datetime without fractions of a second");
  return wall_seconds(value) - offset;
}

std::int64_t clock_from_python(PyObject* value) {
  py::object delta = PyDateTime_Check(value) ? utc_offset(value) : py::none();
  if (!PyDelta_Check(delta.ptr())) {
    PyErr_SetString(PyExc_TypeError, "the clock has to give a datetime with a time zone");
    throw py::error_already_set();
  }
  return wall_seconds(value) - whole_seconds(delta.ptr());
}

py::object local_time_to_python(std::int64_t seconds) {
  Split at = split(seconds);
  return owned(PyDateTime_FromDateAndTime(at.year, at.month, at.day, at.seconds / 3600,
                                          at.seconds / 60 % 60, at.seconds % 60, 0));
}

std::int64_t local_time_from_python(PyObject* value, const Path& path) {
  constexpr std::string_view expected = "datetime without a time zone";
  if (!PyDateTime_Check(value) || !utc_offset(value).is_none()) refuse_type(path, expected);
  if (PyDateTime_DATE_GET_MICROSECOND(value) != 0) {
    refuse_form(path, "datetime without fractions of a second");
  }
  return wall_seconds(value);
}

py::object date_to_python(std::int64_t days) {
  if (days < -719'162 || days > 2'932'896) throw Error(Code::unsupported, "time_out_of_range");
  Split at = split(days * seconds_a_day);
  return owned(PyDate_FromDate(at.year, at.month, at.day));
}

std::int64_t date_from_python(PyObject* value, const Path& path) {
  // A datetime is a date to Python, but which day it is depends on the zone.
  if (!PyDate_Check(value) || PyDateTime_Check(value)) refuse_type(path, "date");
  return days_of(value);
}

py::object duration_to_python(std::int64_t seconds) {
  std::int64_t days = seconds / seconds_a_day;
  if (days > 999'999'998 || days < -999'999'998)
    throw Error(Code::unsupported, "time_out_of_range");
  return owned(
      PyDelta_FromDSU(static_cast<int>(days), static_cast<int>(seconds % seconds_a_day), 0));
}

std::int64_t duration_from_python(PyObject* value, const Path& path) {
  if (!PyDelta_Check(value)) refuse_type(path, "timedelta");
  if (PyDateTime_DELTA_GET_MICROSECONDS(value) != 0) {
    refuse_form(path, "timedelta without fractions of a second");
  }
  return whole_seconds(value);
}

}  // namespace frontdesk::python

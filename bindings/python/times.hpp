/// Points and spans of time between C++ counts and the classes of Python's datetime module.
/// Everything here needs the GIL.
#pragma once

#include <frontdesk/types.hpp>

#include <pybind11/pybind11.h>

#include "path.hpp"

namespace frontdesk::python {

namespace py = pybind11;

/// Has to be called once before anything else.
void start_times();

/// From seconds since 1970 (UTC) to an aware datetime in UTC, and back from any aware datetime.
py::object instant_to_python(std::int64_t seconds);
std::int64_t instant_from_python(PyObject* value, const Path& path);
/// The same for the host's clock, whose fractions of a second are dropped.
std::int64_t clock_from_python(PyObject* value);

/// A naive datetime.
py::object local_time_to_python(std::int64_t seconds);
std::int64_t local_time_from_python(PyObject* value, const Path& path);

/// From days since 1970.
py::object date_to_python(std::int64_t days);
std::int64_t date_from_python(PyObject* value, const Path& path);

/// A timedelta.
py::object duration_to_python(std::int64_t seconds);
std::int64_t duration_from_python(PyObject* value, const Path& path);

}  // namespace frontdesk::python

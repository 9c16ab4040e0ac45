#pragma once

#include <frontdesk/error.hpp>

#include <pybind11/pybind11.h>

namespace frontdesk::python {

/// The exception of the tree in frontdesk/_errors.py that stands for the error.
pybind11::object exception_of(const Error& error);

/// Throws it, or the host's own exception that the engine took for a defect.
[[noreturn]] void raise(const Error& error);
/// Throws what a callback on this thread failed with.
[[noreturn]] void raise_failure();

/// Lets a frontdesk::Error that is thrown outside of an entry reach Python in the same way.
void translate_errors();

}  // namespace frontdesk::python

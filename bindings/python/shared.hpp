/// Objects of the package's Python half that C++ uses. The package hands them over when it is
/// imported, so that no call has to import anything. Needs the GIL.
#pragma once

#include <pybind11/pybind11.h>

namespace frontdesk::python {

namespace py = pybind11;

struct Shared {
  py::object unset{};       ///< stands for a field that is not given
  py::object nearest{};     ///< (word, names) -> the name a slip was meant for, or None
  py::object money{};       ///< the class
  py::object make_error{};  ///< (code, reason, message, field, details, retryable) -> exception
  py::object is_keyword{};  ///< (word) -> bool
};

/// Never destroyed: the interpreter may be gone by then.
inline Shared& shared() {
  static Shared& objects = *new Shared;
  return objects;
}

}  // namespace frontdesk::python

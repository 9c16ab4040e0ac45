#pragma once

#include <pybind11/pybind11.h>

namespace frontdesk::python {

/// Shows Python how to open a file and to call operations; frontdesk/_desk.py makes it comfortable.
void show_desk(pybind11::module_& module);

}  // namespace frontdesk::python

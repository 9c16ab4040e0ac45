#pragma once

#include <pybind11/pybind11.h>

namespace frontdesk::python {

/// Shows Python the registry: Operation, Refusal, Field, Type.
void show_registry(pybind11::module_& module);

}  // namespace frontdesk::python

/// What the converter knows of a type beside its field table: interned names, the Python class and
/// where in its objects the fields lie. Made once a type. Everything here needs the GIL.
#pragma once

#include <frontdesk/describe.hpp>

#include <pybind11/pybind11.h>

#include <utility>
#include <vector>

namespace frontdesk::python {

namespace py = pybind11;

inline constexpr std::size_t fields_max = 128;

struct Plan;

struct FieldPlan {
  const Field* field = nullptr;
  PyObject* name = nullptr;  ///< as Python spells it: `from_` for `from`
  const Plan* plan = nullptr;
  Py_ssize_t offset = 0;  ///< in objects of the record's class
};

struct Plan {
  const Type* type = nullptr;
  const Plan* element = nullptr;         ///< of optional, update, list and map
  PyTypeObject* python_class = nullptr;  ///< of a record or enumeration, once bound
  std::vector<FieldPlan> fields{};       ///< of a record
  PyObject* places =
      nullptr;  ///< of a record: dict from name, in both spellings, to its place in `fields`
  PyObject* numbers = nullptr;  ///< of an enumeration: dict from name to number
  std::vector<std::pair<std::int64_t, PyObject*>>
      members{};  ///< of an enumeration: number and Python member
};

/// The plan of a type. The same object every time.
const Plan& plan_of(const Type& type);

/// The plan that a class was bound to, or null.
const Plan* plan_of_class(PyTypeObject* python_class);

/// Says which Python class stands for a record or an enumeration. A record's class has a slot for
/// each field.
void bind_class(const Type& type, const py::type& python_class);

/// The name as Python spells it: keywords get an underscore.
py::str spelling(std::string_view name);

}  // namespace frontdesk::python

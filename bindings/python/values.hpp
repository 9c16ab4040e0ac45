/// Values between C++ and Python, walked by field table, with nothing in between. Everything here
/// needs the GIL.
#pragma once

#include "path.hpp"
#include "plan.hpp"

namespace frontdesk::python {

/// A value of a described type, owned.
class Value {
 public:
  explicit Value(const Type& type) : type_(&type), data_(type.create()) {}
  ~Value() { type_->destroy(data_); }
  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;
  void* data() const { return data_; }

 private:
  const Type* type_;
  void* data_;
};

/// Reads a Python value. Throws Error{invalid} with the path of what is wrong.
void from_python(const Plan& plan, PyObject* value, void* target, const Path& path = {});

/// The same of the fields of a record as the keyword arguments of one call, which nobody else has.
void fields_from_python(const Plan& plan, const py::dict& fields, void* target);

/// Makes the Python value; None of a record that tells nothing.
py::object to_python(const Plan& plan, const void* value);

/// What the fields that a request may leave out are then, by name; updates aside.
py::dict defaults_to_python(const Type& request);

/// A record of the class out of its fields' values, in order and as they are.
py::object restore_record(const py::type& python_class, const py::sequence& values);

/// A record of the class out of keyword arguments, checked and converted.
py::object make_record(const py::type& python_class, const py::dict& fields);

}  // namespace frontdesk::python

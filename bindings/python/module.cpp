/// The compiled half of the Python package. Its other half, in frontdesk/*.py, gives it its face.
#include <frontdesk/desk.hpp>
#include <frontdesk/tickets.hpp>

#include "desk.hpp"
#include "guard.hpp"
#include "probe.hpp"
#include "registry.hpp"
#include "shared.hpp"
#include "times.hpp"
#include "values.hpp"

namespace {

namespace python = frontdesk::python;
namespace py = pybind11;

/// Takes over the objects of the Python half and plans all types, while only one thread can be
/// here.
void start(const py::object& unset, const py::object& nearest, const py::object& money,
           const py::object& make_error, const py::object& is_keyword) {
  python::shared() = {unset, nearest, money, make_error, is_keyword};
  for (const frontdesk::Operation* operation : frontdesk::operations()) {
    python::plan_of(operation->request());
    python::plan_of(operation->result());
  }
}

/// What a ticket says, proven by the key; without a desk.
py::object verify_ticket(const std::string& public_key, const std::string& ticket) {
  return python::enter([&] {
    const frontdesk::bookings::VerifiedTicket verified =
        frontdesk::bookings::verify_ticket(public_key, ticket);
    return python::to_python(
        python::plan_of(frontdesk::type_of<frontdesk::bookings::VerifiedTicket>()), &verified);
  });
}

}  // namespace

PYBIND11_MODULE(_frontdesk, module) {
  python::start_times();
  python::translate_errors();
  python::show_registry(module);
  python::show_desk(module);
  module.def("start", &start, py::arg("unset"), py::arg("nearest"), py::arg("money"),
             py::arg("make_error"), py::arg("is_keyword"));
  module.def("version", &frontdesk::version);
  module.def("verify_ticket", &verify_ticket, py::arg("public_key"), py::arg("ticket"));
  module.def("bind_class", &python::bind_class);
  module.def("spelling", &python::spelling);
  module.def("make_record", [](const py::type& python_class, const py::dict& fields) {
    return python::enter([&] { return python::make_record(python_class, fields); });
  });
  module.def("restore_record", &python::restore_record);
  module.def("default_request", [](const frontdesk::Operation& operation) {
    return python::defaults_to_python(operation.request());
  });
  module.def("probe", &python::probe_type, py::return_value_policy::reference);
}

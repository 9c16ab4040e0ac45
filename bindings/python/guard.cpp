#include "guard.hpp"

#include <unistd.h>

#include <thread>

namespace frontdesk::python {
namespace {

// All of it is changed and read with the GIL only.
int entries = 0;
bool has_ended = false;
std::thread::id ending_thread;
PyObject* refusal = nullptr;  ///< made beforehand, see Entry
const pid_t owner = getpid();

}  // namespace

Entry::Entry() {
  if (has_ended && std::this_thread::get_id() != ending_thread) {
    PyException_SetTraceback(refusal, Py_None);
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(refusal)), refusal);
    throw py::error_already_set();
  }
  ++entries;
}

Entry::~Entry() { --entries; }

void Entry::begin_end() {
  refusal = exception_of(Error(Code::unsupported, "desk_closed")).release().ptr();
  ending_thread = std::this_thread::get_id();
  has_ended = true;
}

void Entry::await_end(std::chrono::milliseconds patience) {
  if (getpid() != owner) return;  // in a forked child the parent's other threads do not exist
  auto until = std::chrono::steady_clock::now() + patience;
  while (entries > 0 && std::chrono::steady_clock::now() < until) {
    without_gil([] { std::this_thread::sleep_for(std::chrono::milliseconds{1}); });
  }
}

}  // namespace frontdesk::python

/// Work without the interpreter's lock, and calls back into Python from such work.
#pragma once

#include <pybind11/pybind11.h>

#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

namespace frontdesk::python {

namespace py = pybind11;

/// Runs `work` while other Python threads run. `work` must not touch Python but through a Callback.
template <class Work>
void without_gil(Work&& work) {
  std::exception_ptr failure;
  PyThreadState* state = PyEval_SaveThread();
  try {
    work();
  } catch (...) {
    failure = std::current_exception();
  }
  PyEval_RestoreThread(state);
  if (failure) std::rethrow_exception(failure);
}

/// A function of the host's ended with an exception, which take_failure() has.
class CallbackFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A Python function of the host's that the engine calls, from whatever thread it works on. Copies
/// share the function.
class Callback {
 public:
  Callback() = default;
  /// `what` it is for, told in errors. None gives an empty callback.
  Callback(const py::object& function, std::string what);
  explicit operator bool() const { return function_ != nullptr; }

  /// Runs `use(function)` with the GIL. An exception in Python ends the engine's work and comes out
  /// of the call as itself.
  template <class Use>
  auto operator()(Use&& use) const {
    Entered entered;
    py::handle function(function_.get());
    try {
      return use(function);
    } catch (py::error_already_set& error) {
      throw CallbackFailed(failed(error));
    } catch (const py::cast_error&) {
      PyErr_SetString(PyExc_TypeError, (what_ + " returned something else than it should").c_str());
      py::error_already_set error;
      throw CallbackFailed(failed(error));
    }
  }
  /// The same where nobody waits for an answer: an exception goes to sys.unraisablehook.
  template <class Use>
  void tell(Use&& use) const noexcept {
    Entered entered;
    try {
      use(py::handle(function_.get()));
    } catch (py::error_already_set& error) {
      error.discard_as_unraisable(what_.c_str());
    } catch (...) {
      // it was only told
    }
  }

  /// Whether this thread is inside of a callback, and so inside of the engine.
  static bool is_running();
  /// The exception that a callback on this thread ended with, if any; asking forgets it.
  static py::object take_failure();
  /// Forgets what an earlier call may have left. Needs the GIL.
  static void forget_failure();

 private:
  struct Entered {
    Entered();
    ~Entered();
    py::gil_scoped_acquire gil{};
  };
  std::string failed(py::error_already_set& error) const;

  std::shared_ptr<PyObject> function_;
  std::string what_;
};

}  // namespace frontdesk::python

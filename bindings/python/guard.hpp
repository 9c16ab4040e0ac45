/// What every way from Python into the engine passes: errors become Python's, and the end of the
/// interpreter finds no thread in the middle of it.
#pragma once

#include <frontdesk/error.hpp>

#include "errors.hpp"
#include "gil.hpp"

#include <chrono>

namespace frontdesk::python {

/// One call while it lasts. When the interpreter ends, it unwinds any other thread as soon as that
/// asks for the GIL, and C++ frames that hold Python objects do not survive this. So at exit the
/// calls under way are waited for, and later ones are refused without letting go of the GIL or
/// running Python code. Needs the GIL.
class Entry {
 public:
  /// Throws the refusal of a closed desk once the end has come, but on the thread that brings it.
  Entry();
  ~Entry();
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  /// From now on other threads are refused.
  static void begin_end();
  /// Waits for the threads that are still inside.
  static void await_end(std::chrono::milliseconds patience);
};

/// Runs `work` as one entry.
template <class Work>
auto enter(Work&& work) {
  Entry entry;
  try {
    return work();
  } catch (const Error& error) {
    raise(error);  // here, since making the exception runs Python code
  } catch (const CallbackFailed&) {
    raise_failure();
  }
}

}  // namespace frontdesk::python

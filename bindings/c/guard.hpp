/// The one guard around every C entry that can fail: whatever is thrown becomes a status and a
/// reply.
#pragma once

#include <frontdesk/frontdesk.h>
#include <frontdesk/desk.hpp>

#include <mutex>

struct frontdesk_desk {
  frontdesk::Desk desk;
  /// Held while `wake` runs, so that it has returned once it was replaced. Recursive, because
  /// replacing itself is the natural way to wait for one event.
  struct Listener {
    std::recursive_mutex mutex;
    void (*wake)(void* user) = nullptr;
    void* user = nullptr;
  };
  std::shared_ptr<Listener> listener = std::make_shared<Listener>();
};

struct frontdesk_caller {
  frontdesk::Caller caller;
};

namespace frontdesk::c {

/// Thrown where a write may have been done although memory ran out for its reply. Told without
/// memory of its own.
struct ReplyLost {};

/// Where a reply goes. Both may be null.
struct Reply {
  char** text = nullptr;
  std::size_t* length = nullptr;

  void clear() const noexcept;
  /// Throws std::bad_alloc and leaves the reply empty.
  void set(std::string_view json) const;
};

/// The status of the exception in flight, which the reply tells; without a reply if there is no
/// memory for one.
frontdesk_status failure(const Reply& reply) noexcept;

/// Runs `body`, which sets the reply of success itself.
template <class Body>
frontdesk_status guard(const Reply& reply, const Body& body) noexcept {
  reply.clear();
  try {
    body();
    return FRONTDESK_OK;
  } catch (...) {
    return failure(reply);
  }
}

/// Throws Error{invalid, argument_null} with the argument's name.
[[noreturn]] void refuse_null(std::string_view name);

template <class T>
T& required(T* argument, std::string_view name) {
  if (argument == nullptr) refuse_null(name);
  return *argument;
}
/// A text that ends with a NUL and must be there.
std::string_view required_text(const char* text, std::string_view name);
/// Pointer and length as in convention 4. Null stands for no text if its length is 0.
std::string_view input(const char* text, std::size_t length, std::string_view name);

/// Copies a sized struct as in convention 6: what the caller does not know is zero, what the
/// library does not know must be. Throws Error{invalid, option_size}.
void copy_sized(const void* source, void* target, std::size_t size, std::size_t size_min,
                std::string_view name);

CallOptions read_options(const frontdesk_call_options* given);
OpenOptions read_options(const frontdesk_open_options* given);

}  // namespace frontdesk::c

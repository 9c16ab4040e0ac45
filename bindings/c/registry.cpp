// What there is: version, statuses, operations.
#include "guard.hpp"

#include <frontdesk/reference.hpp>

namespace c = frontdesk::c;

const char* frontdesk_version(void) {  // NOLINT(modernize-redundant-void-arg): as in the header
  return frontdesk::version().data();
}

int frontdesk_version_number(void) {  // NOLINT(modernize-redundant-void-arg): as in the header
  static_assert(FRONTDESK_VERSION_NUMBER > 0);
  return FRONTDESK_VERSION_NUMBER;
}

const char* frontdesk_status_name(int status) {
  if (status == FRONTDESK_OK) return "ok";
  if (status < FRONTDESK_INVALID || status > FRONTDESK_INTERNAL) return "unknown";
  return frontdesk::code_name(static_cast<frontdesk::Code>(status - 1)).data();
}

frontdesk_status frontdesk_operations(char** reply, size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(answer, [&] { answer.set(frontdesk::describe_operations()); });
}

frontdesk_status frontdesk_operation(const char* name, char** reply, size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(
      answer, [&] { answer.set(frontdesk::describe_operation(c::required_text(name, "name"))); });
}

frontdesk_status frontdesk_openapi(char** reply, size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(answer, [&] { answer.set(frontdesk::openapi()); });
}

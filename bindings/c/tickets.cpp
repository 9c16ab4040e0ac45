// Tickets without a file.
#include "guard.hpp"

#include <frontdesk/tickets.hpp>

#include "describe/json.hpp"

namespace c = frontdesk::c;

frontdesk_status frontdesk_ticket_verify(const char* key, size_t key_length, const char* ticket,
                                         size_t ticket_length, char** reply, size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(answer, [&] {
    if (key == nullptr) c::refuse_null("key");
    if (ticket == nullptr) c::refuse_null("ticket");
    answer.set(frontdesk::describe::encode(frontdesk::bookings::verify_ticket(
        c::input(key, key_length, "key"), c::input(ticket, ticket_length, "ticket"))));
  });
}

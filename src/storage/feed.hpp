/// The event feed (SPEC E7): appended in the transaction of the change, read by everyone through a
/// cursor.
#pragma once

#include "storage/transaction.hpp"

namespace frontdesk::storage {

/// Days that events are kept; older ones go with the tick.
extern const Setting events_retention_days;

/// The `client`, `centre` and `account` fields of an event, for who may see it.
struct Subjects {
  ClientId client{};
  CentreId centre{};
  AccountId account{};
};
Subjects subjects_of(const Type& event, const void* value);

/// Appends one event. Secret and personal fields are left out.
void append_event(Transaction& transaction, const EmittedEvent& event);

/// Deletes what is past its retention, at most `limit` rows; true if nothing due is left. The
/// newest event always stays.
bool purge_events(Transaction& transaction, std::int64_t limit, std::int64_t& done);

}  // namespace frontdesk::storage

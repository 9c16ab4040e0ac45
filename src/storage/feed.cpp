#include "storage/feed.hpp"

#include "describe/json.hpp"

namespace frontdesk::storage {

constinit const Setting events_retention_days{"events.retention_days",
                                              "Days that events stay in the feed.", 90, 1, 36'500};

Subjects subjects_of(const Type& event, const void* value) {
  Subjects subjects;
  for (const Field& field : event.fields()) {
    const Type& type = field.type();
    if (type.kind != Kind::id) continue;
    if (field.name == "client") subjects.client = {type.number(field.value(value))};
    if (field.name == "centre") subjects.centre = {type.number(field.value(value))};
    if (field.name == "account") subjects.account = {type.number(field.value(value))};
  }
  return subjects;
}

void append_event(Transaction& transaction, const EmittedEvent& event) {
  Subjects subjects = subjects_of(*event.type, event.value.get());
  std::string payload = describe::encode_redacted(*event.type, event.value.get(), {});
  transaction.execute(
      "INSERT INTO events (at, topic, client, centre, account, payload)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      transaction.now(), event.kind->topic, subjects.client, subjects.centre, subjects.account,
      payload);
}

bool purge_events(Transaction& transaction, std::int64_t limit, std::int64_t& done) {
  Instant oldest =
      transaction.now() - std::chrono::days{number(transaction, events_retention_days)};
  // Events are in order of time, so only the first few need to be looked at.
  std::int64_t deleted = transaction.execute(
      "DELETE FROM events WHERE sequence IN"
      " (SELECT sequence FROM"
      "   (SELECT sequence, at FROM events WHERE sequence < (SELECT max(sequence) FROM events)"
      "    ORDER BY sequence LIMIT $2)"
      "  WHERE at < $1)",
      oldest, limit);
  done += deleted;
  return deleted < limit;
}

}  // namespace frontdesk::storage

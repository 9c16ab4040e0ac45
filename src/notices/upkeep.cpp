#include "access/accounts.hpp"
#include "describe/json.hpp"
#include "notices/lists.hpp"
#include "notices/outbox.hpp"

namespace frontdesk::notices {
namespace {

constexpr std::int64_t batch = 200;

// --- tick ---

/// A message that time has come for.
struct Overdue {
  MessageId id{};
  MessageStatus status{};
  bool is_used_up = false;
};

std::vector<Overdue> overdue(storage::Cursor rows) {
  std::vector<Overdue> found;
  while (rows.next()) {
    found.push_back({.id = rows.id<MessageTag>(0),
                     .status = static_cast<MessageStatus>(rows.integer(1)),
                     .is_used_up = rows.integer(2) != 0});
  }
  return found;
}

/// What is past its time: never sent, it expires; sent, it cannot be sent again, so its text goes.
/// One that a host is delivering right now is left alone until its lease is over.
std::int64_t expire(Transaction& transaction) {
  const std::vector<Overdue> past = overdue(transaction.query(
      "SELECT id, status, 0 FROM outbox WHERE content IS NOT NULL AND expires_at <= $1"
      " AND (lease_until IS NULL OR lease_until <= $1) ORDER BY expires_at LIMIT $2",
      transaction.now(), batch));
  for (const Overdue& message : past) {
    const bool was_sent = message.status == MessageStatus::sent;
    finish(transaction, message.id, was_sent ? MessageStatus::sent : MessageStatus::expired);
  }
  return static_cast<std::int64_t>(past.size());
}

/// Messages whose host was never heard of again.
std::int64_t release(Transaction& transaction) {
  const std::vector<Overdue> lapsed = overdue(
      transaction.query("SELECT id, status, attempts >= $2 FROM outbox"
                        " WHERE status < 2 AND status = 1 AND lease_until <= $1 LIMIT $3",
                        transaction.now(), storage::number(transaction, attempts_max), batch));
  for (const Overdue& message : lapsed) {
    transaction.execute(
        "UPDATE outbox SET version = version + 1, status = $2, lease_until = NULL,"
        " last_error = 'lease_lapsed' WHERE id = $1",
        message.id, MessageStatus::pending);
    if (message.is_used_up) finish(transaction, message.id, MessageStatus::failed);
  }
  return static_cast<std::int64_t>(lapsed.size());
}

bool tick(Transaction& transaction, std::int64_t& done) {
  const std::int64_t expired = expire(transaction);
  const std::int64_t released = release(transaction);
  done += expired + released;
  return expired < batch && released < batch;
}

// --- check ---

void report(Transaction& transaction, std::vector<storage::Finding>& findings, std::string_view sql,
            std::string_view problem) {
  storage::Cursor rows = transaction.query(sql);
  while (rows.next()) {
    findings.push_back({.part = "notices.messages",
                        .place = "message " + std::to_string(rows.integer(0)),
                        .problem = std::string(problem)});
  }
}

void check(Transaction& transaction, std::vector<storage::Finding>& findings) {
  report(transaction, findings, "SELECT id FROM outbox WHERE status > 2 AND content IS NOT NULL",
         "finished, but its text is still kept");
  report(transaction, findings, "SELECT id FROM outbox WHERE status < 2 AND content IS NULL",
         "waits to be delivered, but has no text");
  report(transaction, findings,
         "SELECT id FROM outbox WHERE status < 2 AND finished_at IS NOT NULL",
         "was finished, but waits to be delivered again");
  report(transaction, findings,
         "SELECT max(id) FROM outbox WHERE cause IS NOT NULL GROUP BY cause HAVING count(*) > 1",
         "has the same cause as another message");
}

// --- people ---

/// What a person's export tells of messages.
struct ExportedMessage {
  std::string purpose{};
  std::string channel{};
  std::string address{};
  std::string language{};
  MessageStatus status{};
  Instant created_at{};
  std::optional<Instant> sent_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ExportedMessage::purpose>("What it was for."),
        field<&ExportedMessage::channel>("How it was delivered."),
        field<&ExportedMessage::address>("Where it went."),
        field<&ExportedMessage::language>("In which language."),
        field<&ExportedMessage::status>("What became of it."),
        field<&ExportedMessage::created_at>("When it was queued."),
        field<&ExportedMessage::sent_at>("When it was sent."),
    };
    return table;
  }
};

struct ExportedMessages {
  std::vector<ExportedMessage> messages{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ExportedMessages::messages>("Messages to the person, oldest first."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  const AccountId account = access::account_of(transaction, client);
  ExportedMessages exported;
  exported.messages = storage::all<ExportedMessage>(
      transaction, "outbox WHERE client = $1 OR account = $2 ORDER BY id", client, account);
  return describe::encode(exported);
}

void merge_people(Transaction& transaction, ClientId keep, ClientId duplicate) {
  transaction.execute("UPDATE outbox SET version = version + 1, client = $1 WHERE client = $2",
                      keep, duplicate);
}

/// Nothing is left of where messages went and what they said; those still open are over.
void erase_person(Transaction& transaction, ClientId client) {
  const AccountId account = access::account_of(transaction, client);
  transaction.execute(
      "UPDATE outbox SET version = version + 1, address = '', last_error = NULL, content = NULL,"
      " lease_until = NULL, finished_at = coalesce(finished_at, $3),"
      " status = CASE WHEN status < 2 THEN $4 ELSE status END WHERE client = $1 OR account = $2",
      client, account, transaction.now(), MessageStatus::failed);
}

}  // namespace

constinit const storage::TickPart lists::expire_messages{"notices.overdue_messages", tick};
constinit const storage::CheckPart lists::check_messages{"notices.messages", check};
constinit const storage::ExportPart lists::export_messages{"messages", export_person};
constinit const storage::MergePart lists::merge_messages{"messages", merge_people};
constinit const storage::ErasePart lists::erase_messages{"messages", erase_person};

}  // namespace frontdesk::notices

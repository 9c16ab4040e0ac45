#include "notices/outbox.hpp"

#include "catalog/platform.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::notices {

namespace {

/// A claim as it is kept: who reads the file cannot acknowledge with it.
crypto::Digest digest_of(Transaction& transaction, std::string_view claim) {
  return crypto::digest(transaction.key("outbox_claim"), {claim});
}

// --- claim ---

/// A message that is due, with its sealed content.
struct Due {
  ClaimedMessage message{};
  std::string content{};
};

std::vector<Due> due_messages(Transaction& transaction, const Claim& request) {
  std::vector<Due> due;
  storage::Cursor rows = transaction.query(
      "SELECT id, purpose, channel, address, language, attempts, created_at, expires_at, content"
      " FROM outbox WHERE status < 2 AND not_before <= $1 AND expires_at > $1"
      " AND (lease_until IS NULL OR lease_until <= $1) AND attempts < $2"
      " ORDER BY urgency, id",
      transaction.now(), storage::number(transaction, attempts_max));
  while (static_cast<std::int64_t>(due.size()) < request.limit && rows.next()) {
    const std::string_view channel = rows.text(2);
    const bool wanted = request.channels.empty() ||
                        std::find(request.channels.begin(), request.channels.end(), channel) !=
                            request.channels.end();
    if (!wanted) continue;
    Due& found = due.emplace_back();
    found.message.id = rows.id<MessageTag>(0);
    found.message.purpose = rows.text(1);
    found.message.channel = channel;
    found.message.address = rows.text(3);
    found.message.language = rows.text(4);
    found.message.attempts = rows.integer(5) + 1;
    found.message.created_at = rows.instant(6);
    found.message.expires_at = rows.instant(7);
    found.content = rows.text(8);
  }
  return due;
}

}  // namespace

ClaimedMessages handle(Transaction& transaction, const Claim& request) {
  catalog::check_platform_wide(transaction, "notices.deliver");
  ClaimedMessages claimed{
      .claim = crypto::random_token(transaction.random()),
      .lease_until = transaction.now() + std::chrono::seconds{request.lease_seconds},
  };
  const crypto::Digest digest = digest_of(transaction, claimed.claim);
  for (Due& due : due_messages(transaction, request)) {
    auto content = open_content(transaction, due.content);
    if (!content) {  // sealed with a secret that this desk does not have
      transaction.execute("UPDATE outbox SET last_error = 'content_unreadable' WHERE id = $1",
                          due.message.id);
      finish(transaction, due.message.id, MessageStatus::failed);
      continue;
    }
    transaction.execute(
        "UPDATE outbox SET version = version + 1, status = $2, attempts = attempts + 1,"
        " lease_until = $3, claim = $4, outcome = NULL WHERE id = $1",
        due.message.id, MessageStatus::claimed, claimed.lease_until,
        storage::Blob{crypto::view(digest)});
    due.message.subject = std::move(content->first);
    due.message.body = std::move(content->second);
    claimed.messages.push_back(std::move(due.message));
  }
  return claimed;
}

static constexpr Refusal claim_refusals[] = {
    {Code::denied, "permission_denied", "the permission is held for some centres only"},
};

constinit const Operation Claim::operation = storage::define<Claim>({
    .number = 1200,
    .name = "notices.claim",
    .kind = OperationKind::write,
    .doc = "Leases the messages that are due to whoever delivers them.",
    .rule = {.permission = "notices.deliver"},
    .refusals = claim_refusals,
    .example = R"({"limit": 20, "lease_seconds": 120, "channels": ["email"]})",
});

// --- acknowledge ---

namespace {

/// What of a message matters to its acknowledgement.
struct Standing {
  MessageStatus status = MessageStatus::pending;
  std::int64_t attempts = 0;
  bool is_of_claim = false;
  bool is_leased = false;
  bool has_content = false;
  Instant expires_at{};
  std::optional<DeliveryOutcome> reported{};
};

Standing standing_of(Transaction& transaction, const Acknowledge& request) {
  storage::Cursor row = transaction.query(
      "SELECT status, attempts, claim, lease_until, content IS NOT NULL, expires_at, outcome"
      " FROM outbox WHERE id = $1",
      request.message);
  if (!row.next()) storage::missing("message", "message");
  Standing standing;
  standing.status = static_cast<MessageStatus>(row.integer(0));
  standing.attempts = row.integer(1);
  const crypto::Digest digest = digest_of(transaction, request.claim);
  standing.is_of_claim = crypto::equal(row.text(2), crypto::view(digest));
  standing.is_leased = standing.status == MessageStatus::claimed && !row.null(3) &&
                       row.instant(3) > transaction.now();
  standing.has_content = row.integer(4) != 0;
  standing.expires_at = row.instant(5);
  if (!row.null(6)) standing.reported = static_cast<DeliveryOutcome>(row.integer(6));
  return standing;
}

/// A sent message may still arrive or bounce; anything else a claim reports but once.
void check_claim(const Standing& standing) {
  if (!standing.is_of_claim) throw Error(Code::conflict, "claim_foreign", "claim");
  if (!standing.reported) {
    if (!standing.is_leased) throw Error(Code::conflict, "claim_lapsed", "claim");
    return;
  }
  if (*standing.reported == DeliveryOutcome::sent && standing.status == MessageStatus::sent) return;
  for (const EnumValue& value : enum_values(*standing.reported)) {
    if (value.value != static_cast<std::int64_t>(*standing.reported)) continue;
    throw Error(Code::conflict, "already_acknowledged", "outcome",
                {{"outcome", std::string(value.name)}});
  }
}

void note_sent(Transaction& transaction, MessageId message) {
  transaction.execute(
      "UPDATE outbox SET version = version + 1, status = $2, sent_at = $3, lease_until = NULL"
      " WHERE id = $1",
      message, MessageStatus::sent, transaction.now());
}

void note_delivered(Transaction& transaction, MessageId message) {
  transaction.execute("UPDATE outbox SET sent_at = coalesce(sent_at, $2) WHERE id = $1", message,
                      transaction.now());
  finish(transaction, message, MessageStatus::delivered);
}

/// Tries again later, unless attempts or time are used up.
void note_failed(Transaction& transaction, MessageId message, const Standing& standing) {
  const Instant next = transaction.now() + wait_after(transaction, standing.attempts);
  if (standing.attempts >= storage::number(transaction, attempts_max) || !standing.has_content ||
      next >= standing.expires_at) {
    return finish(transaction, message, MessageStatus::failed);
  }
  transaction.execute(
      "UPDATE outbox SET version = version + 1, status = $2, not_before = $3, lease_until = NULL,"
      " sent_at = NULL WHERE id = $1",
      message, MessageStatus::pending, next);
}

}  // namespace

Message handle(Transaction& transaction, const Acknowledge& request) {
  catalog::check_platform_wide(transaction, "notices.deliver");
  const Standing standing = standing_of(transaction, request);
  if (standing.is_of_claim && standing.reported == request.outcome) {
    return stored_message(transaction, request.message);  // told before: nothing new
  }
  check_claim(standing);
  transaction.execute("UPDATE outbox SET outcome = $2, last_error = $3 WHERE id = $1",
                      request.message, request.outcome,
                      request.outcome == DeliveryOutcome::failed ? request.error : std::nullopt);
  switch (request.outcome) {
    case DeliveryOutcome::sent:
      note_sent(transaction, request.message);
      break;
    case DeliveryOutcome::delivered:
      note_delivered(transaction, request.message);
      break;
    case DeliveryOutcome::failed:
      note_failed(transaction, request.message, standing);
      break;
  }
  return stored_message(transaction, request.message);
}

static constexpr Refusal acknowledge_refusals[] = {
    {Code::denied, "permission_denied", "the permission is held for some centres only"},
    {Code::not_found, "message_not_found", "no such message"},
    {Code::conflict, "claim_foreign", "the message was claimed by another claim"},
    {Code::conflict, "claim_lapsed", "the lease is over; the message may be claimed again"},
    {Code::conflict, "already_acknowledged", "the claim reported another outcome before"},
};

constinit const Operation Acknowledge::operation = storage::define<Acknowledge>({
    .number = 1201,
    .name = "notices.acknowledge",
    .kind = OperationKind::write,
    .doc = "Reports what became of a claimed message.",
    .rule = {.permission = "notices.deliver"},
    .refusals = acknowledge_refusals,
    .example = R"({"message": 1, "claim": "b3ZlciB0aGUgcmFpbmJvdw", "outcome": "sent"})",
});

}  // namespace frontdesk::notices

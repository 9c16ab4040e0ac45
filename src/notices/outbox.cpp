#include "notices/outbox.hpp"

#include "notices/templates.hpp"
#include "storage/hooks.hpp"

#include <algorithm>

namespace frontdesk::notices {

constinit const storage::Setting attempts_max{
    "notices.attempts_max", "How often a message is claimed before it fails for good.", 8, 1, 100};
constinit const storage::Setting retry_seconds{
    "notices.retry_seconds",
    "Wait before a message's second attempt; later ones wait 5, 15, 60, 240, 720 and 1440 times"
    " as long.",
    60, 1, 86'400};
constinit const storage::Setting keep_seconds{
    "notices.keep_seconds", "How long a message without an end of its own is worth delivering.",
    7 * 86'400, 60, 365 * 86'400};

// --- queueing ---

namespace {

std::optional<MessageId> earlier_message(Transaction& transaction, const Draft& draft) {
  if (!draft.cause) return std::nullopt;
  auto id = transaction.one_number("SELECT id FROM outbox WHERE cause = $1", *draft.cause);
  if (!id) return std::nullopt;
  return MessageId{*id};
}

std::string language_of(Transaction& transaction, const Draft& draft) {
  if (!draft.language.empty()) return draft.language;
  if (!transaction.language().empty()) return std::string(transaction.language());
  return "en";
}

}  // namespace

MessageId queue(Transaction& transaction, const Draft& draft) {
  if (auto earlier = earlier_message(transaction, draft)) return *earlier;
  const MessageKind* kind = find_kind(draft.purpose);
  if (kind == nullptr) {
    throw Error(Code::internal, "defect", {},
                {{"problem", "no message kind " + std::string(draft.purpose)}});
  }
  const std::string language = language_of(transaction, draft);
  const Rendered text = render(transaction, *kind, language, draft.arguments);
  const Instant not_before = draft.not_before.value_or(transaction.now());
  const Instant expires_at = draft.expires_at.value_or(
      not_before + std::chrono::seconds{storage::number(transaction, keep_seconds)});
  const std::string content = seal_content(transaction, text.subject, text.body);
  const MessageId id = transaction.insert<MessageId>(
      "INSERT INTO outbox (version, cause, purpose, channel, account, client, address, language,"
      " content, urgency, status, attempts, not_before, expires_at, created_at)"
      " VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13)",
      draft.cause, draft.purpose, draft.channel, draft.account, draft.client, draft.address,
      language, storage::Blob{content}, draft.urgency, MessageStatus::pending, not_before,
      expires_at, transaction.now());
  transaction.emit(MessageQueued{.message = id,
                                 .purpose = std::string(draft.purpose),
                                 .channel = draft.channel,
                                 .account = draft.account,
                                 .client = draft.client});
  return id;
}

// --- content ---

std::string seal_content(Transaction& transaction, std::string_view subject,
                         std::string_view body) {
  std::string plain(subject);
  plain += '\n';
  plain += body;
  std::string sealed = crypto::seal(transaction.key("outbox"), plain, transaction.random());
  crypto::wipe(plain);
  return sealed;
}

std::optional<std::pair<std::string, std::string>> open_content(Transaction& transaction,
                                                                std::string_view sealed) {
  auto plain = crypto::open(transaction.key("outbox"), sealed);
  if (!plain) return std::nullopt;
  const std::size_t line = plain->find('\n');  // a subject is one line
  if (line == std::string::npos) return std::nullopt;
  std::pair content(plain->substr(0, line), plain->substr(line + 1));
  crypto::wipe(*plain);
  return content;
}

// --- states ---

Message stored_message(Transaction& transaction, MessageId id) {
  auto message = storage::find<Message>(transaction, "outbox WHERE id = $1", id);
  if (!message) storage::missing("message", "message");
  message->address = mask(message->address);
  return *message;
}

std::string mask(std::string_view address) {
  if (address.empty()) return {};
  constexpr std::string_view stars = "***";
  const std::size_t sign = address.rfind('@');
  if (sign == std::string_view::npos) {
    std::size_t tail = address.size() > 4 ? address.size() - 2 : address.size();
    // never from the middle of a character
    while (tail < address.size() && (static_cast<unsigned char>(address[tail]) & 0xC0) == 0x80)
      ++tail;
    return std::string(stars) + std::string(address.substr(tail));
  }
  std::size_t first = 1;
  while (first < sign && (static_cast<unsigned char>(address[first]) & 0xC0) == 0x80) ++first;
  return std::string(address.substr(0, std::min(first, sign))) + std::string(stars) +
         std::string(address.substr(sign));
}

void finish(Transaction& transaction, MessageId id, MessageStatus status) {
  transaction.execute(
      "UPDATE outbox SET version = version + 1, status = $2, content = NULL, lease_until = NULL,"
      " finished_at = $3 WHERE id = $1",
      id, status, transaction.now());
  if (status != MessageStatus::failed) return;
  const Message message = stored_message(transaction, id);
  transaction.emit(MessageFailed{.message = id,
                                 .purpose = message.purpose,
                                 .channel = message.channel,
                                 .account = message.account,
                                 .client = message.client});
}

std::chrono::seconds wait_after(Transaction& transaction, std::int64_t attempts) {
  constexpr std::int64_t factors[] = {1, 5, 15, 60, 240, 720, 1440};
  const std::int64_t last = static_cast<std::int64_t>(std::size(factors)) - 1;
  const std::int64_t index = std::clamp<std::int64_t>(attempts - 1, 0, last);
  return std::chrono::seconds{storage::number(transaction, retry_seconds) * factors[index]};
}

}  // namespace frontdesk::notices

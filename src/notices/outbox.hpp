/// Puts messages into the outbox and moves them on. Later areas queue their notices here.
#pragma once

#include "base/texts.hpp"
#include "notices/kinds.hpp"
#include "storage/rows.hpp"

namespace frontdesk::notices {

using storage::Transaction;

/// How often a message is claimed before it fails for good.
extern const storage::Setting attempts_max;
/// Seconds before the second attempt; later ones wait longer.
extern const storage::Setting retry_seconds;
/// Seconds that a message without an end of its own is worth delivering.
extern const storage::Setting keep_seconds;

/// Who is handed out first.
enum class Urgency : unsigned char { at_once, normal };

/// A message to be.
struct Draft {
  std::string_view purpose{};  ///< one of message_kinds()
  std::string channel = "email";
  AccountId account{};  ///< for whom, as far as known
  ClientId client{};
  std::string address{};                ///< where to, as the channel needs it
  std::string language{};               ///< the language of the call if empty
  texts::Arguments arguments{};         ///< of the kind's placeholders
  std::optional<Instant> not_before{};  ///< now if absent
  std::optional<Instant> expires_at{};  ///< keep_seconds from not_before on if absent
  Urgency urgency = Urgency::normal;
  /// What brings the message about, such as `bookings.reminder:42`. A second message for the same
  /// cause is not queued.
  std::optional<std::string> cause{};
};

/// Renders and queues a message; emits MessageQueued. Gives the earlier message where there is one
/// for the cause.
MessageId queue(Transaction& transaction, const Draft& draft);

/// A subject and body as they are kept: sealed with the file's secret.
std::string seal_content(Transaction& transaction, std::string_view subject, std::string_view body);
/// None where another secret sealed it.
std::optional<std::pair<std::string, std::string>> open_content(Transaction& transaction,
                                                                std::string_view sealed);

/// The message, address masked, or Error{not_found, "message_not_found"}.
Message stored_message(Transaction& transaction, MessageId id);
/// `o***@studio.example`, `***67`.
std::string mask(std::string_view address);

/// Ends a message for good: its content is emptied. Emits MessageFailed where it failed.
void finish(Transaction& transaction, MessageId id, MessageStatus status);
/// How long after its attempt number `attempts` a message waits.
std::chrono::seconds wait_after(Transaction& transaction, std::int64_t attempts);

}  // namespace frontdesk::notices

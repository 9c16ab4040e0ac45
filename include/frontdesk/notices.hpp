/// The outbox: what people are told, rendered in their language and kept until the host has
/// delivered it.
///
/// The library sends nothing itself. A host claims messages for a while, delivers them its own way,
/// and acknowledges each:
///
///     notices::ClaimedMessages claimed = host.run(notices::Claim{.limit = 20});
///     for (const notices::ClaimedMessage& message : claimed.messages) {
///       bool sent = my_smtp(message.address, message.subject, message.body);
///       host.run(notices::Acknowledge{
///           .message = message.id,
///           .claim = claimed.claim,
///           .outcome = sent ? DeliveryOutcome::sent : DeliveryOutcome::failed});
///     }
///
/// pending → claimed → sent → delivered → read, or failed or expired. A message that was claimed
/// and not acknowledged within its lease may be claimed again, so a host that died leaves nothing
/// undelivered.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace notices {

// --- records ---

/// Where a message stands.
enum class MessageStatus : unsigned char {
  pending,
  claimed,
  sent,
  delivered,
  read,
  failed,
  expired,
};
std::span<const EnumValue> enum_values(MessageStatus);

/// What a host reports of a claimed message.
enum class DeliveryOutcome : unsigned char { sent, delivered, failed };
std::span<const EnumValue> enum_values(DeliveryOutcome);

/// A message as those see it who watch over the outbox: without its text, the address masked.
struct Message {
  MessageId id{};
  std::int64_t version = 0;
  std::string purpose{};
  std::string channel{};
  AccountId account{};
  ClientId client{};
  std::string address{};
  std::string language{};
  MessageStatus status = MessageStatus::pending;
  std::int64_t attempts = 0;
  Instant not_before{};
  std::optional<Instant> lease_until{};
  Instant expires_at{};
  Instant created_at{};
  std::optional<Instant> sent_at{};
  std::optional<Instant> finished_at{};
  std::optional<std::string> last_error{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Message::id>("Number of the message."),
        field<&Message::version>("Grows by one with each change."),
        field<&Message::purpose>("What it is for, such as `sign_in_code`."),
        field<&Message::channel>("`email`, or another that the host delivers by."),
        field<&Message::account>("The account it is for.").or_default(),
        field<&Message::client>("The client it is for.").or_default(),
        field<&Message::address>("Where it goes, masked: `o***@studio.example`.").personal(),
        field<&Message::language>("The language it is written in."),
        field<&Message::status>("Where it stands."),
        field<&Message::attempts>("How often it was claimed."),
        field<&Message::not_before>("Not to be claimed before."),
        field<&Message::lease_until>("While claimed: until when."),
        field<&Message::expires_at>("Worthless from then on; it is never handed out after."),
        field<&Message::created_at>("When it was queued."),
        field<&Message::sent_at>("When the host sent it."),
        field<&Message::finished_at>("When it was delivered, failed for good or expired."),
        field<&Message::last_error>(
            "Why the last attempt failed: as the host told, or `lease_lapsed`.")
            .personal(),
    };
    return table;
  }
};

/// A message as a host delivers it.
struct ClaimedMessage {
  MessageId id{};
  std::string purpose{};
  std::string channel{};
  std::string address{};
  std::string language{};
  std::string subject{};
  std::string body{};
  std::int64_t attempts = 0;
  Instant created_at{};
  Instant expires_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ClaimedMessage::id>("Number of the message."),
        field<&ClaimedMessage::purpose>("What it is for, such as `sign_in_code`."),
        field<&ClaimedMessage::channel>("How to deliver it."),
        field<&ClaimedMessage::address>("Where to.").personal(),
        field<&ClaimedMessage::language>("The language it is written in."),
        field<&ClaimedMessage::subject>("One line.").secret(),
        field<&ClaimedMessage::body>("The text, with the code or token in it where there is one.")
            .secret(),
        field<&ClaimedMessage::attempts>("How often it was claimed, this time included."),
        field<&ClaimedMessage::created_at>("When it was queued."),
        field<&ClaimedMessage::expires_at>("Worthless from then on."),
    };
    return table;
  }
};

/// Messages leased to one host.
struct ClaimedMessages {
  std::string claim{};
  Instant lease_until{};
  std::vector<ClaimedMessage> messages{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ClaimedMessages::claim>("To be given back with each acknowledgement.").secret(),
        field<&ClaimedMessages::lease_until>("Acknowledge before then."),
        field<&ClaimedMessages::messages>("Most urgent first; empty where nothing is due."),
    };
    return table;
  }
};

/// The text of one kind of message in one language.
struct Template {
  std::string key{};
  std::string language{};
  std::string text{};
  bool edited = false;
  std::int64_t version = 0;
  std::vector<std::string> placeholders{};
  std::optional<std::string> required{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Template::key>(
            "`notice.sign_in_code.subject`, `notice.sign_in_code.body` and so on."),
        field<&Template::language>("Language code, such as `uk`."),
        field<&Template::text>("The text that is used now."),
        field<&Template::edited>("It was edited here; else it is the standard one."),
        field<&Template::version>("Of an edited text: grows by one with each change. Else 0."),
        field<&Template::placeholders>("What the text may name in braces."),
        field<&Template::required>("The placeholder that it must name."),
    };
    return table;
  }
};

// --- events ---

/// A message waits to be claimed.
struct MessageQueued {
  static const storage::EventKind kind;
  MessageId message{};
  std::string purpose{};
  std::string channel{};
  AccountId account{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&MessageQueued::message>("The message."),
        field<&MessageQueued::purpose>("What it is for."),
        field<&MessageQueued::channel>("How it is to be delivered."),
        field<&MessageQueued::account>("The account it is for."),
        field<&MessageQueued::client>("The client it is for."),
    };
    return table;
  }
};

/// A message failed for good.
struct MessageFailed {
  static const storage::EventKind kind;
  MessageId message{};
  std::string purpose{};
  std::string channel{};
  AccountId account{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&MessageFailed::message>("The message."),
        field<&MessageFailed::purpose>("What it was for."),
        field<&MessageFailed::channel>("How it was to be delivered."),
        field<&MessageFailed::account>("The account it was for."),
        field<&MessageFailed::client>("The client it was for."),
    };
    return table;
  }
};

/// A template was edited or reset.
struct TemplateChanged {
  static const storage::EventKind kind;
  std::string key{};
  std::string language{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&TemplateChanged::key>("Of which text."),
        field<&TemplateChanged::language>("In which language."),
    };
    return table;
  }
};

// --- delivery ---

/// Leases the messages that are due, most urgent first. A message is leased to one claim at a time.
struct Claim {
  using Result = ClaimedMessages;
  static const Operation operation;

  std::int64_t limit = 20;
  std::int64_t lease_seconds = 120;
  std::vector<std::string> channels{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Claim::limit>("At most so many.").or_default().range(1, 500),
        field<&Claim::lease_seconds>("How long they are kept from others.")
            .or_default()
            .range(5, 3600),
        field<&Claim::channels>("Only of these channels; all if empty.").length(0, 20),
    };
    return table;
  }
};

/// Reports what became of a claimed message. The same report again changes nothing and succeeds.
///
/// `sent` and `delivered` end the lease; a sent message may be reported delivered or failed
/// (bounced) later, with the same claim. A failed one is tried again after a growing wait until its
/// attempts or its time are used up.
struct Acknowledge {
  using Result = Message;
  static const Operation operation;

  MessageId message{};
  std::string claim{};
  DeliveryOutcome outcome = DeliveryOutcome::sent;
  std::optional<std::string> error{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Acknowledge::message>("The message."),
        field<&Acknowledge::claim>("As `notices.claim` gave it.").secret().length(1, 100),
        field<&Acknowledge::outcome>("What became of it."),
        field<&Acknowledge::error>("Why it failed, for those who watch over the outbox.")
            .personal()
            .length(0, 500),
    };
    return table;
  }
};

/// Messages, newest first: all within the reach of `notices.view`.
struct Messages {
  using Result = Page<Message>;
  static const Operation operation;

  std::optional<MessageStatus> status{};
  std::optional<std::string> purpose{};
  std::optional<std::string> channel{};
  AccountId account{};
  ClientId client{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Messages::status>("Only those that stand so."),
        field<&Messages::purpose>("Only of this purpose.").length(1, 60),
        field<&Messages::channel>("Only of this channel.").length(1, 40),
        field<&Messages::account>("Only for this account.").or_default(),
        field<&Messages::client>("Only for this client.").or_default(),
        field<&Messages::cursor>("From the page before."),
        field<&Messages::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// One message, without its text.
struct GetMessage {
  using Result = Message;
  static const Operation operation;

  MessageId message{};

  static Fields fields() {
    static constexpr Field table[] = {field<&GetMessage::message>("The message.")};
    return table;
  }
};

// --- templates ---

/// The texts of messages as they are used now, by key and language.
struct Templates {
  using Result = Page<Template>;
  static const Operation operation;

  std::optional<std::string> key{};
  std::optional<std::string> language{};
  std::optional<bool> edited{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Templates::key>("Only of this key.").length(1, 100),
        field<&Templates::language>("Only in this language.").length(1, 35),
        field<&Templates::edited>("Only edited or only standard ones; both if absent."),
        field<&Templates::cursor>("From the page before."),
        field<&Templates::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Replaces the text of a kind of message in one language. `{code}` and the like stand for what
/// differs.
struct EditTemplate {
  using Result = Template;
  static const Operation operation;

  std::string key{};
  std::string language{};
  std::string text{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&EditTemplate::key>("Which text, such as `notice.sign_in_code.body`.").length(1, 100),
        field<&EditTemplate::language>("Language code, such as `uk`.").length(1, 35),
        field<&EditTemplate::text>("The new text; a subject is one line.").length(1, 10'000),
        field<&EditTemplate::version>(
            "The version the change is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Goes back to the standard text.
struct ResetTemplate {
  using Result = Template;
  static const Operation operation;

  std::string key{};
  std::string language{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ResetTemplate::key>("Which text.").length(1, 100),
        field<&ResetTemplate::language>("Language code.").length(1, 35),
        field<&ResetTemplate::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

}  // namespace notices
}  // namespace v1
}  // namespace frontdesk

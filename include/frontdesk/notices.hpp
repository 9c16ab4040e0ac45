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

  template <class Self = Message>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the message."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::purpose>("What it is for, such as `sign_in_code`."),
        field<&Self::channel>("`email`, or another that the host delivers by."),
        field<&Self::account>("The account it is for.").or_default(),
        field<&Self::client>("The client it is for.").or_default(),
        field<&Self::address>("Where it goes, masked: `o***@studio.example`.").personal(),
        field<&Self::language>("The language it is written in."),
        field<&Self::status>("Where it stands."),
        field<&Self::attempts>("How often it was claimed."),
        field<&Self::not_before>("Not to be claimed before."),
        field<&Self::lease_until>("While claimed: until when."),
        field<&Self::expires_at>("Worthless from then on; it is never handed out after."),
        field<&Self::created_at>("When it was queued."),
        field<&Self::sent_at>("When the host sent it."),
        field<&Self::finished_at>("When it was delivered, failed for good or expired."),
        field<&Self::last_error>(
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

  template <class Self = ClaimedMessage>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the message."),
        field<&Self::purpose>("What it is for, such as `sign_in_code`."),
        field<&Self::channel>("How to deliver it."),
        field<&Self::address>("Where to.").personal(),
        field<&Self::language>("The language it is written in."),
        field<&Self::subject>("One line.").secret(),
        field<&Self::body>("The text, with the code or token in it where there is one.").secret(),
        field<&Self::attempts>("How often it was claimed, this time included."),
        field<&Self::created_at>("When it was queued."),
        field<&Self::expires_at>("Worthless from then on."),
    };
    return table;
  }
};

/// Messages leased to one host.
struct ClaimedMessages {
  std::string claim{};
  Instant lease_until{};
  std::vector<ClaimedMessage> messages{};

  template <class Self = ClaimedMessages>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::claim>("To be given back with each acknowledgement.").secret(),
        field<&Self::lease_until>("Acknowledge before then."),
        field<&Self::messages>("Most urgent first; empty where nothing is due."),
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

  template <class Self = Template>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::key>("`notice.sign_in_code.subject`, `notice.sign_in_code.body` and so on."),
        field<&Self::language>("Language code, such as `uk`."),
        field<&Self::text>("The text that is used now."),
        field<&Self::edited>("It was edited here; else it is the standard one."),
        field<&Self::version>("Of an edited text: grows by one with each change. Else 0."),
        field<&Self::placeholders>("What the text may name in braces."),
        field<&Self::required>("The placeholder that it must name."),
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

  template <class Self = MessageQueued>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::message>("The message."),
        field<&Self::purpose>("What it is for."),
        field<&Self::channel>("How it is to be delivered."),
        field<&Self::account>("The account it is for."),
        field<&Self::client>("The client it is for."),
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

  template <class Self = MessageFailed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::message>("The message."),
        field<&Self::purpose>("What it was for."),
        field<&Self::channel>("How it was to be delivered."),
        field<&Self::account>("The account it was for."),
        field<&Self::client>("The client it was for."),
    };
    return table;
  }
};

/// A template was edited or reset.
struct TemplateChanged {
  static const storage::EventKind kind;
  std::string key{};
  std::string language{};

  template <class Self = TemplateChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::key>("Of which text."),
        field<&Self::language>("In which language."),
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

  template <class Self = Claim>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::limit>("At most so many.").or_default().range(1, 500),
        field<&Self::lease_seconds>("How long they are kept from others.")
            .or_default()
            .range(5, 3600),
        field<&Self::channels>("Only of these channels; all if empty.").length(0, 20),
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

  template <class Self = Acknowledge>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::message>("The message."),
        field<&Self::claim>("As `notices.claim` gave it.").secret().length(1, 100),
        field<&Self::outcome>("What became of it."),
        field<&Self::error>("Why it failed, for those who watch over the outbox.")
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

  template <class Self = Messages>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::status>("Only those that stand so."),
        field<&Self::purpose>("Only of this purpose.").length(1, 60),
        field<&Self::channel>("Only of this channel.").length(1, 40),
        field<&Self::account>("Only for this account.").or_default(),
        field<&Self::client>("Only for this client.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// One message, without its text.
struct GetMessage {
  using Result = Message;
  static const Operation operation;

  MessageId message{};

  template <class Self = GetMessage>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::message>("The message.")};
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

  template <class Self = Templates>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::key>("Only of this key.").length(1, 100),
        field<&Self::language>("Only in this language.").length(1, 35),
        field<&Self::edited>("Only edited or only standard ones; both if absent."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = EditTemplate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::key>("Which text, such as `notice.sign_in_code.body`.").length(1, 100),
        field<&Self::language>("Language code, such as `uk`.").length(1, 35),
        field<&Self::text>("The new text; a subject is one line.").length(1, 10'000),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
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

  template <class Self = ResetTemplate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::key>("Which text.").length(1, 100),
        field<&Self::language>("Language code.").length(1, 35),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

}  // namespace notices
}  // namespace v1
}  // namespace frontdesk

/// Privacy: what people agreed to, an export of all that is kept about them, and being erased.
#pragma once

#include <frontdesk/people.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace people {

// --- records ---

/// One line of the history of what a client agreed to. The newest line of a kind is what holds.
struct Consent {
  ConsentId id{};
  ClientId client{};
  std::string kind{};
  std::string text_version{};
  bool given = false;
  AccountId recorded_by{};
  Instant recorded_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Consent::id>("Number of the line."),
        field<&Consent::client>("Whose consent it is."),
        field<&Consent::kind>("What for, such as `terms` or `photos`."),
        field<&Consent::text_version>("Which version of the text was shown."),
        field<&Consent::given>("False: refused or withdrawn."),
        field<&Consent::recorded_by>("Who recorded it; absent: the host.").or_default(),
        field<&Consent::recorded_at>("When it was recorded."),
    };
    return table;
  }
};

/// Why a person is erased.
enum class EraseReason : unsigned char { asked, retention_over, mistake };
std::span<const EnumValue> enum_values(EraseReason);

// --- events ---

/// A consent was given, refused or withdrawn.
struct ConsentRecorded {
  static const storage::EventKind kind;
  ConsentId consent{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ConsentRecorded::consent>("The line of the history."),
        field<&ConsentRecorded::client>("Whose consent it is."),
    };
    return table;
  }
};

/// A person was erased; nothing tells of them any more.
struct ClientErased {
  static const storage::EventKind kind;
  ClientId client{};
  EraseReason reason = EraseReason::asked;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ClientErased::client>("Number of the client; it stays."),
        field<&ClientErased::reason>("Why they were erased."),
    };
    return table;
  }
};

// --- consents ---

/// Adds a line to the history of consents. Nothing is ever changed in it.
struct RecordConsent {
  using Result = Consent;
  static const Operation operation;

  ClientId client{};
  std::string kind{};
  std::string text_version{};
  bool given = true;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RecordConsent::client>("Whose consent it is."),
        field<&RecordConsent::kind>("What for: lower-case letters, digits, `_`, `-` and `.`.")
            .length(1, 50),
        field<&RecordConsent::text_version>("Which version of the text was shown.").length(1, 50),
        field<&RecordConsent::given>("False where it is refused or withdrawn.").or_default(),
    };
    return table;
  }
};

/// The history of a client's consents, newest first.
struct Consents {
  using Result = Page<Consent>;
  static const Operation operation;

  ClientId client{};
  std::optional<std::string> kind{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Consents::client>("The client."),
        field<&Consents::kind>("Only of this kind.").length(1, 50),
        field<&Consents::cursor>("From the page before."),
        field<&Consents::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- export and erasure ---

/// All that is kept about one person.
struct PersonExport {
  ClientId client{};
  Instant exported_at{};
  std::string json{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonExport::client>("Whose data it is."),
        field<&PersonExport::exported_at>("When it was read."),
        field<&PersonExport::json>("A JSON object with one member for each area.").personal(),
    };
    return table;
  }
};

/// Exports all data of a person, of every area. Dependants are exported one by one.
struct Export {
  using Result = PersonExport;
  static const Operation operation;

  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {field<&Export::client>("Whose data.")};
    return table;
  }
};

/// Who was erased.
struct Erased {
  std::vector<ClientId> clients{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Erased::clients>("The person, records that were merged into theirs, and, where "
                                "asked for, dependants left without a guardian."),
    };
    return table;
  }
};

/// How far an erasure has come; kept between its steps.
struct EraseState {
  bool planned = false;
  std::vector<ClientId> remaining{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&EraseState::planned>("Whether it is known who is to be erased."),
        field<&EraseState::remaining>("Who is still to be erased; the person comes last."),
    };
    return table;
  }
};

/// Erases a person: everything that tells of them is overwritten, also in the file's log and search
/// index; what the books need stays without a name. Cannot be undone.
struct Erase {
  using Result = Erased;
  using State = EraseState;
  static const Operation operation;

  ClientId client{};
  EraseReason reason = EraseReason::asked;
  bool with_dependants = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Erase::client>("Whom to erase."),
        field<&Erase::reason>("Why they are erased.").or_default(),
        field<&Erase::with_dependants>("Also erase dependants who have no other guardian; else "
                                       "they are a conflict.")
            .or_default(),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

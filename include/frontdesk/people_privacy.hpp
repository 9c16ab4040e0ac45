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

  template <class Self = Consent>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the line."),
        field<&Self::client>("Whose consent it is."),
        field<&Self::kind>("What for, such as `terms` or `photos`."),
        field<&Self::text_version>("Which version of the text was shown."),
        field<&Self::given>("False: refused or withdrawn."),
        field<&Self::recorded_by>("Who recorded it; absent: the host.").or_default(),
        field<&Self::recorded_at>("When it was recorded."),
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

  template <class Self = ConsentRecorded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::consent>("The line of the history."),
        field<&Self::client>("Whose consent it is."),
    };
    return table;
  }
};

/// A person was erased; nothing tells of them any more.
struct ClientErased {
  static const storage::EventKind kind;
  ClientId client{};
  EraseReason reason = EraseReason::asked;

  template <class Self = ClientErased>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Number of the client; it stays."),
        field<&Self::reason>("Why they were erased."),
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

  template <class Self = RecordConsent>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whose consent it is."),
        field<&Self::kind>("What for: lower-case letters, digits, `_`, `-` and `.`.").length(1, 50),
        field<&Self::text_version>("Which version of the text was shown.").length(1, 50),
        field<&Self::given>("False where it is refused or withdrawn.").or_default(),
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

  template <class Self = Consents>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::kind>("Only of this kind.").length(1, 50),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = PersonExport>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whose data it is."),
        field<&Self::exported_at>("When it was read."),
        field<&Self::json>("A JSON object with one member for each area.").personal(),
    };
    return table;
  }
};

/// Exports all data of a person, of every area. Dependants are exported one by one.
struct Export {
  using Result = PersonExport;
  static const Operation operation;

  ClientId client{};

  template <class Self = Export>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("Whose data.")};
    return table;
  }
};

/// Who was erased.
struct Erased {
  std::vector<ClientId> clients{};

  template <class Self = Erased>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::clients>("The person, records that were merged into theirs, and, where "
                              "asked for, dependants left without a guardian."),
    };
    return table;
  }
};

/// How far an erasure has come; kept between its steps.
struct EraseState {
  bool planned = false;
  std::vector<ClientId> remaining{};

  template <class Self = EraseState>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::planned>("Whether it is known who is to be erased."),
        field<&Self::remaining>("Who is still to be erased; the person comes last."),
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

  template <class Self = Erase>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whom to erase."),
        field<&Self::reason>("Why they are erased.").or_default(),
        field<&Self::with_dependants>("Also erase dependants who have no other guardian; else "
                                      "they are a conflict.")
            .or_default(),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

/// Clients: the people who attend, pay and book, adults and children. How they come in stands in
/// people_entry.hpp, families in people_family.hpp, what is noted about them in people_care.hpp,
/// consents, export and erasure in people_privacy.hpp.
///
/// A client may have an account to sign in with (see access.hpp), may be managed by guardians, and
/// belongs to the centres that they attend; staff of a centre see the clients of that centre only.
/// Every text is tidied (white space at its ends, Unicode NFC) before it is kept. Records are plain
/// values; the operations are run by a Caller (see desk.hpp).
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace people {

// --- records ---

enum class Sex : unsigned char { female, male, other };
std::span<const EnumValue> enum_values(Sex);

/// Whom to call if something happens to a client.
struct EmergencyContact {
  std::string name{};
  std::string phone{};
  std::optional<std::string> relation{};

  bool operator==(const EmergencyContact&) const = default;
  template <class Self = EmergencyContact>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Whom to ask for.").personal().length(1, 200),
        field<&Self::phone>("Phone; kept as E.164.").personal().length(1, 40),
        field<&Self::relation>("Such as `mother`.").personal().length(1, 100),
    };
    return table;
  }
};

/// Who may pick up a child.
struct PickUpPerson {
  std::string name{};
  std::optional<std::string> phone{};
  std::optional<std::string> relation{};

  bool operator==(const PickUpPerson&) const = default;
  template <class Self = PickUpPerson>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Full name, as in their papers.").personal().length(1, 200),
        field<&Self::phone>("Phone; kept as E.164.").personal().length(1, 40),
        field<&Self::relation>("Such as `grandmother`.").personal().length(1, 100),
    };
    return table;
  }
};

/// A person who attends, pays or books.
struct Client {
  ClientId id{};
  std::int64_t version = 0;
  std::string first_name{};
  std::string last_name{};
  std::optional<std::string> email{};
  std::optional<std::string> phone{};
  std::optional<std::string> city{};
  std::optional<std::string> address{};
  std::optional<Sex> sex{};
  std::optional<Date> birth_date{};
  std::optional<std::string> notes{};
  std::optional<std::string> allergies{};
  std::vector<PickUpPerson> pick_up{};
  std::optional<EmergencyContact> emergency_contact{};
  std::optional<std::string> picture{};
  std::string language{};
  std::map<std::string, std::string> attributes{};
  std::optional<std::string> external_ref{};
  Instant registered_at{};
  std::optional<Instant> archived_at{};
  ClientId merged_into{};
  std::optional<Instant> erased_at{};

  template <class Self = Client>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the client."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::first_name>("First name.").personal(),
        field<&Self::last_name>("Last name; may be empty.").personal(),
        field<&Self::email>("E-mail address, case-folded; unique among clients in use. With an "
                            "account it is the confirmed address of the account.")
            .personal(),
        field<&Self::phone>("Phone as E.164; unique among clients in use.").personal(),
        field<&Self::city>("City they live in.").personal(),
        field<&Self::address>("Street and house.").personal(),
        field<&Self::sex>("Sex, where told.").personal(),
        field<&Self::birth_date>("Date of birth.").personal(),
        field<&Self::notes>("Health and wishes, as the client tells staff.").personal(),
        field<&Self::allergies>("Allergies, mostly of a child.").personal(),
        field<&Self::pick_up>("Who may pick up the child.").personal(),
        field<&Self::emergency_contact>("Whom to call.").personal(),
        field<&Self::picture>("Name of the picture among the media files.").personal(),
        field<&Self::language>("Language code of notices, such as `uk`."),
        field<&Self::attributes>("What the host keeps, by name.").personal(),
        field<&Self::external_ref>("The host's own key for the client; unique.").personal(),
        field<&Self::registered_at>("When the client was entered."),
        field<&Self::archived_at>("When the client was archived; absent while in use."),
        field<&Self::merged_into>("The client who took over everything of this duplicate.")
            .or_default(),
        field<&Self::erased_at>("When the person was erased; nothing tells of them any more."),
    };
    return table;
  }
};

// --- events ---

/// A client's data changed.
struct ClientUpdated {
  static const storage::EventKind kind;
  ClientId client{};
  std::int64_t version = 0;
  std::vector<std::string> changed{};

  template <class Self = ClientUpdated>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::version>("Their version now."),
        field<&Self::changed>("Names of the fields that changed, never their values."),
    };
    return table;
  }
};

/// A client was archived.
struct ClientArchived {
  static const storage::EventKind kind;
  ClientId client{};

  template <class Self = ClientArchived>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("The client.")};
    return table;
  }
};

/// An archived client came back.
struct ClientRestored {
  static const storage::EventKind kind;
  ClientId client{};

  template <class Self = ClientRestored>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("The client.")};
    return table;
  }
};

// --- reading and changing ---

/// A client and what follows from their data.
struct ClientView {
  Client client{};
  std::optional<std::int64_t> age{};
  AccountId account{};
  std::optional<std::string> login{};
  std::vector<CentreId> centres{};

  template <class Self = ClientView>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::age>("Whole years on the day asked for.").personal(),
        field<&Self::account>("Their account, if they have one.").or_default(),
        field<&Self::login>("The address they sign in with.").personal(),
        field<&Self::centres>("Centres they attend, as far as the caller may know."),
    };
    return table;
  }
};

/// One client.
struct GetClient {
  using Result = ClientView;
  static const Operation operation;

  ClientId client{};
  std::optional<Date> on{};

  template <class Self = GetClient>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::on>("The local day that the age is told for; today (UTC) if absent."),
    };
    return table;
  }
};

/// Changes a client's data; what is not given stays as it is. The address of a client with an
/// account changes through access; `attributes` and `external_ref` are changed by staff only.
struct UpdateClient {
  using Result = Client;
  static const Operation operation;

  ClientId client{};
  std::optional<std::int64_t> version{};
  Update<std::string> first_name{};
  Update<std::string> last_name{};
  Update<std::string> email{};
  Update<std::string> phone{};
  Update<std::string> city{};
  Update<std::string> address{};
  Update<Sex> sex{};
  Update<Date> birth_date{};
  Update<std::string> notes{};
  Update<std::string> allergies{};
  Update<std::vector<PickUpPerson>> pick_up{};
  Update<EmergencyContact> emergency_contact{};
  Update<std::string> picture{};
  Update<std::string> language{};
  Update<std::map<std::string, std::string>> attributes{};
  Update<std::string> external_ref{};

  template <class Self = UpdateClient>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client to change."),
        field<&Self::version>("The version the change is based on."),
        field<&Self::first_name>("First name.").personal().length(1, 100),
        field<&Self::last_name>("Last name.").personal().length(0, 100),
        field<&Self::email>("E-mail address.").personal().length(1, 254),
        field<&Self::phone>("Phone; kept as E.164.").personal().length(1, 40),
        field<&Self::city>("City they live in.").personal().length(1, 100),
        field<&Self::address>("Street and house.").personal().length(1, 300),
        field<&Self::sex>("Sex, where told.").personal(),
        field<&Self::birth_date>("Date of birth.").personal(),
        field<&Self::notes>("Health and wishes.").personal().length(1, 5000),
        field<&Self::allergies>("Allergies.").personal().length(1, 2000),
        field<&Self::pick_up>("All who may pick up.").personal().length(0, 20),
        field<&Self::emergency_contact>("Whom to call.").personal(),
        field<&Self::picture>("Name of a media file.").personal().length(1, 200),
        field<&Self::language>("Language code of notices.").length(2, 35),
        field<&Self::attributes>("All that the host keeps.").personal().length(0, 50),
        field<&Self::external_ref>("The host's own key; unique.").personal().length(1, 200),
    };
    return table;
  }
};

/// What a list of clients is ordered by.
enum class ClientOrder : unsigned char { name, newest };
std::span<const EnumValue> enum_values(ClientOrder);

/// Clients, as far as the caller's permission reaches: for a trainer those assigned to them.
struct Clients {
  using Result = Page<Client>;
  static const Operation operation;

  std::optional<std::string> search{};
  CentreId centre{};
  AccountId trainer{};
  std::optional<std::string> city{};
  std::optional<std::string> tag{};
  std::optional<Sex> sex{};
  std::optional<std::int64_t> age_least{};
  std::optional<std::int64_t> age_most{};
  std::optional<Date> on{};
  std::optional<bool> has_account{};
  std::optional<std::string> external_ref{};
  bool archived = false;
  ClientOrder order = ClientOrder::name;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Clients>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::search>("Parts of name, phone or e-mail address; every word must be found. "
                             "Case and accents do not matter.")
            .personal()
            .length(1, 200),
        field<&Self::centre>("Only clients of this centre; one within the caller's reach.")
            .or_default(),
        field<&Self::trainer>("Only those assigned to this account.").or_default(),
        field<&Self::city>("Only of this city; case does not matter.").length(1, 100),
        field<&Self::tag>("Only with this tag at a centre within reach.").length(1, 50),
        field<&Self::sex>("Only of this sex."),
        field<&Self::age_least>("At least this old on the day `on`.").range(0, 150),
        field<&Self::age_most>("At most this old on the day `on`.").range(0, 150),
        field<&Self::on>("The day ages are told for; today (UTC) if absent."),
        field<&Self::has_account>("Only with, or only without an account."),
        field<&Self::external_ref>("Only the one with this key of the host.")
            .personal()
            .length(1, 200),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::order>("By name, or newest first.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Archives a client: they are no longer listed, booked or changed. Nothing is lost.
struct ArchiveClient {
  using Result = Client;
  static const Operation operation;

  ClientId client{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveClient>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::version>("The version the decision is based on."),
    };
    return table;
  }
};

/// Brings an archived client back into use.
struct RestoreClient {
  using Result = Client;
  static const Operation operation;

  ClientId client{};
  std::optional<std::int64_t> version{};

  template <class Self = RestoreClient>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::version>("The version the decision is based on."),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

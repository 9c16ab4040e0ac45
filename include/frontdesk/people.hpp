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
  static Fields fields() {
    static constexpr Field table[] = {
        field<&EmergencyContact::name>("Whom to ask for.").personal().length(1, 200),
        field<&EmergencyContact::phone>("Phone; kept as E.164.").personal().length(1, 40),
        field<&EmergencyContact::relation>("Such as `mother`.").personal().length(1, 100),
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
  static Fields fields() {
    static constexpr Field table[] = {
        field<&PickUpPerson::name>("Full name, as in their papers.").personal().length(1, 200),
        field<&PickUpPerson::phone>("Phone; kept as E.164.").personal().length(1, 40),
        field<&PickUpPerson::relation>("Such as `grandmother`.").personal().length(1, 100),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Client::id>("Number of the client."),
        field<&Client::version>("Grows by one with each change."),
        field<&Client::first_name>("First name.").personal(),
        field<&Client::last_name>("Last name; may be empty.").personal(),
        field<&Client::email>("E-mail address, case-folded; unique among clients in use. With an "
                              "account it is the confirmed address of the account.")
            .personal(),
        field<&Client::phone>("Phone as E.164; unique among clients in use.").personal(),
        field<&Client::city>("City they live in.").personal(),
        field<&Client::address>("Street and house.").personal(),
        field<&Client::sex>("Sex, where told.").personal(),
        field<&Client::birth_date>("Date of birth.").personal(),
        field<&Client::notes>("Health and wishes, as the client tells staff.").personal(),
        field<&Client::allergies>("Allergies, mostly of a child.").personal(),
        field<&Client::pick_up>("Who may pick up the child.").personal(),
        field<&Client::emergency_contact>("Whom to call.").personal(),
        field<&Client::picture>("Name of the picture among the media files.").personal(),
        field<&Client::language>("Language code of notices, such as `uk`."),
        field<&Client::attributes>("What the host keeps, by name.").personal(),
        field<&Client::external_ref>("The host's own key for the client; unique.").personal(),
        field<&Client::registered_at>("When the client was entered."),
        field<&Client::archived_at>("When the client was archived; absent while in use."),
        field<&Client::merged_into>("The client who took over everything of this duplicate.")
            .or_default(),
        field<&Client::erased_at>("When the person was erased; nothing tells of them any more."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ClientUpdated::client>("The client."),
        field<&ClientUpdated::version>("Their version now."),
        field<&ClientUpdated::changed>("Names of the fields that changed, never their values."),
    };
    return table;
  }
};

/// A client was archived.
struct ClientArchived {
  static const storage::EventKind kind;
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {field<&ClientArchived::client>("The client.")};
    return table;
  }
};

/// An archived client came back.
struct ClientRestored {
  static const storage::EventKind kind;
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {field<&ClientRestored::client>("The client.")};
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ClientView::client>("The client."),
        field<&ClientView::age>("Whole years on the day asked for.").personal(),
        field<&ClientView::account>("Their account, if they have one.").or_default(),
        field<&ClientView::login>("The address they sign in with.").personal(),
        field<&ClientView::centres>("Centres they attend, as far as the caller may know."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GetClient::client>("The client."),
        field<&GetClient::on>("The local day that the age is told for; today (UTC) if absent."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateClient::client>("The client to change."),
        field<&UpdateClient::version>("The version the change is based on."),
        field<&UpdateClient::first_name>("First name.").personal().length(1, 100),
        field<&UpdateClient::last_name>("Last name.").personal().length(0, 100),
        field<&UpdateClient::email>("E-mail address.").personal().length(1, 254),
        field<&UpdateClient::phone>("Phone; kept as E.164.").personal().length(1, 40),
        field<&UpdateClient::city>("City they live in.").personal().length(1, 100),
        field<&UpdateClient::address>("Street and house.").personal().length(1, 300),
        field<&UpdateClient::sex>("Sex, where told.").personal(),
        field<&UpdateClient::birth_date>("Date of birth.").personal(),
        field<&UpdateClient::notes>("Health and wishes.").personal().length(1, 5000),
        field<&UpdateClient::allergies>("Allergies.").personal().length(1, 2000),
        field<&UpdateClient::pick_up>("All who may pick up.").personal().length(0, 20),
        field<&UpdateClient::emergency_contact>("Whom to call.").personal(),
        field<&UpdateClient::picture>("Name of a media file.").personal().length(1, 200),
        field<&UpdateClient::language>("Language code of notices.").length(2, 35),
        field<&UpdateClient::attributes>("All that the host keeps.").personal().length(0, 50),
        field<&UpdateClient::external_ref>("The host's own key; unique.").personal().length(1, 200),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Clients::search>("Parts of name, phone or e-mail address; every word must be found. "
                                "Case and accents do not matter.")
            .personal()
            .length(1, 200),
        field<&Clients::centre>("Only clients of this centre; one within the caller's reach.")
            .or_default(),
        field<&Clients::trainer>("Only those assigned to this account.").or_default(),
        field<&Clients::city>("Only of this city; case does not matter.").length(1, 100),
        field<&Clients::tag>("Only with this tag at a centre within reach.").length(1, 50),
        field<&Clients::sex>("Only of this sex."),
        field<&Clients::age_least>("At least this old on the day `on`.").range(0, 150),
        field<&Clients::age_most>("At most this old on the day `on`.").range(0, 150),
        field<&Clients::on>("The day ages are told for; today (UTC) if absent."),
        field<&Clients::has_account>("Only with, or only without an account."),
        field<&Clients::external_ref>("Only the one with this key of the host.")
            .personal()
            .length(1, 200),
        field<&Clients::archived>("Archived ones instead of those in use.").or_default(),
        field<&Clients::order>("By name, or newest first.").or_default(),
        field<&Clients::cursor>("From the page before."),
        field<&Clients::limit>("Records a page.").or_default().range(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchiveClient::client>("The client."),
        field<&ArchiveClient::version>("The version the decision is based on."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RestoreClient::client>("The client."),
        field<&RestoreClient::version>("The version the decision is based on."),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

/// How clients come in: by registering, entered by staff, invited, or imported from a file; and how
/// one who came in twice becomes one again.
#pragma once

#include <frontdesk/people.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace people {

// --- events ---

/// Somebody registered.
struct ClientRegistered {
  static const storage::EventKind kind;
  ClientId client{};
  AccountId account{};

  template <class Self = ClientRegistered>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The new client."),
        field<&Self::account>("Their account."),
    };
    return table;
  }
};

/// Staff entered a client, or a guardian a dependant.
struct ClientCreated {
  static const storage::EventKind kind;
  ClientId client{};
  CentreId centre{};

  template <class Self = ClientCreated>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The new client."),
        field<&Self::centre>("The centre they were entered for, if any.").or_default(),
    };
    return table;
  }
};

// --- registering ---

/// What somebody agrees to, or no longer agrees to.
struct ConsentChoice {
  std::string kind{};
  std::string text_version{};
  bool given = true;

  template <class Self = ConsentChoice>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::kind>("What for, such as `terms` or `photos`.").length(1, 50),
        field<&Self::text_version>("Which version of the text was shown.").length(1, 50),
        field<&Self::given>("False where it is refused or withdrawn.").or_default(),
    };
    return table;
  }
};

/// A new customer.
struct Registered {
  ClientId client{};
  AccountId account{};
  std::int64_t version = 0;

  template <class Self = Registered>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The new client."),
        field<&Self::account>("Their account."),
        field<&Self::version>("Version of the client."),
    };
    return table;
  }
};

/// Registers a client with an account, always and only as a customer; the e-mail address is asked
/// to be confirmed.
struct Register {
  using Result = Registered;
  static const Operation operation;

  std::string email{};
  std::string password{};
  std::string first_name{};
  std::string last_name{};
  std::optional<std::string> phone{};
  std::optional<std::string> city{};
  std::optional<std::string> address{};
  std::optional<Sex> sex{};
  std::optional<Date> birth_date{};
  std::optional<std::string> language{};
  std::vector<ConsentChoice> consents{};

  template <class Self = Register>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::email>("Address to sign in with.").personal().length(1, 254),
        field<&Self::password>("At least 10 characters.").secret().length(1, 1000),
        field<&Self::first_name>("First name.").personal().length(1, 100),
        field<&Self::last_name>("Last name.").personal().or_default().length(0, 100),
        field<&Self::phone>("Phone in international writing.").personal().length(1, 40),
        field<&Self::city>("City they live in.").personal().length(1, 100),
        field<&Self::address>("Street and house.").personal().length(1, 300),
        field<&Self::sex>("Sex, where told.").personal(),
        field<&Self::birth_date>("Date of birth.").personal(),
        field<&Self::language>("Language code; that of the call if absent.").length(2, 35),
        field<&Self::consents>("What is agreed to with registering.").length(0, 20),
    };
    return table;
  }
};

/// Enters a client without an account. With a centre, they become a client of that centre.
struct CreateClient {
  using Result = Client;
  static const Operation operation;

  CentreId centre{};
  std::string first_name{};
  std::string last_name{};
  std::optional<std::string> email{};
  std::optional<std::string> phone{};
  std::optional<std::string> city{};
  std::optional<std::string> address{};
  std::optional<Sex> sex{};
  std::optional<Date> birth_date{};
  std::optional<std::string> notes{};
  std::optional<EmergencyContact> emergency_contact{};
  std::optional<std::string> picture{};
  std::optional<std::string> language{};
  std::map<std::string, std::string> attributes{};
  std::optional<std::string> external_ref{};

  template <class Self = CreateClient>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre they will attend.").or_default(),
        field<&Self::first_name>("First name.").personal().length(1, 100),
        field<&Self::last_name>("Last name.").personal().or_default().length(0, 100),
        field<&Self::email>("E-mail address.").personal().length(1, 254),
        field<&Self::phone>("Phone; a national number takes the calling code of setting "
                            "people.country_calling_code.")
            .personal()
            .length(1, 40),
        field<&Self::city>("City they live in.").personal().length(1, 100),
        field<&Self::address>("Street and house.").personal().length(1, 300),
        field<&Self::sex>("Sex, where told.").personal(),
        field<&Self::birth_date>("Date of birth.").personal(),
        field<&Self::notes>("Health and wishes.").personal().length(1, 5000),
        field<&Self::emergency_contact>("Whom to call.").personal(),
        field<&Self::picture>("Name of a media file.").personal().length(1, 200),
        field<&Self::language>("Language code; that of the call if absent.").length(2, 35),
        field<&Self::attributes>("What the host keeps: at most 50, names up to 50 and "
                                 "values up to 1,000 characters.")
            .personal()
            .length(0, 50),
        field<&Self::external_ref>("The host's own key; unique.").personal().length(1, 200),
    };
    return table;
  }
};

/// Sends a client who has no account an invitation to set a password. The invitation goes to their
/// e-mail address.
struct InviteClient {
  using Result = Registered;
  static const Operation operation;

  ClientId client{};

  template <class Self = InviteClient>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("Whom to invite.")};
    return table;
  }
};

// --- duplicates ---

/// Two clients who may be one person.
struct DuplicatePair {
  ClientId client{};
  ClientId duplicate{};
  std::string client_name{};
  std::string duplicate_name{};
  bool same_phone = false;
  bool same_email = false;
  bool same_name_and_birth_date = false;

  template <class Self = DuplicatePair>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The one entered first."),
        field<&Self::duplicate>("The one entered later."),
        field<&Self::client_name>("First and last name of the one.").personal(),
        field<&Self::duplicate_name>("First and last name of the other.").personal(),
        field<&Self::same_phone>("Their phones are the same; one of them is archived."),
        field<&Self::same_email>("Their addresses are the same; one is archived."),
        field<&Self::same_name_and_birth_date>("Name, case and order of its parts aside, "
                                               "and date of birth are the same."),
    };
    return table;
  }
};

/// Pairs of clients who may be one person.
struct Duplicates {
  using Result = Page<DuplicatePair>;
  static const Operation operation;

  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Duplicates>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Pairs a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Two clients were made one.
struct ClientsMerged {
  static const storage::EventKind kind;
  ClientId client{};
  ClientId duplicate{};

  template <class Self = ClientsMerged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client who stays."),
        field<&Self::duplicate>("The one who was archived."),
    };
    return table;
  }
};

/// Moves everything of a duplicate to the client who stays, or nothing. Data that the client has is
/// kept, what they lack is taken over, notes and allergies are put together; the duplicate ends
/// archived and points to the client.
struct Merge {
  using Result = Client;
  static const Operation operation;

  ClientId keep{};
  ClientId duplicate{};
  std::optional<std::int64_t> version{};

  template <class Self = Merge>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::keep>("The client who stays."),
        field<&Self::duplicate>("The client whose everything moves."),
        field<&Self::version>("Version of the client who stays that the decision is based on."),
    };
    return table;
  }
};

// --- import ---

/// What the rows of an imported file are.
enum class ImportKind : unsigned char { clients, children };
std::span<const EnumValue> enum_values(ImportKind);

/// A row that was left out, and why.
struct RowError {
  std::int64_t line = 0;
  std::string column{};
  std::string reason{};
  std::string message{};

  template <class Self = RowError>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::line>("Line of the file the row starts on, from 1."),
        field<&Self::column>("The column at fault, as this import names it; may be empty."),
        field<&Self::reason>("A stable word, such as `phone_malformed`."),
        field<&Self::message>("A sentence, in the language of the call."),
    };
    return table;
  }
};

/// What was imported along with the clients.
struct ImportedPart {
  std::string part{};
  std::int64_t added = 0;
  std::int64_t already_present = 0;

  template <class Self = ImportedPart>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::part>("What it is: `subscriptions`."),
        field<&Self::added>("How many were added."),
        field<&Self::already_present>("How many were there; left as they are."),
    };
    return table;
  }
};

/// What an import did, or in a preview would do.
struct Imported {
  std::int64_t rows = 0;
  std::int64_t added = 0;
  std::int64_t already_present = 0;
  std::vector<ImportedPart> parts{};
  std::int64_t refused = 0;
  std::vector<RowError> errors{};

  template <class Self = Imported>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::rows>("Rows read, the header aside."),
        field<&Self::added>("Clients that were added."),
        field<&Self::already_present>("Rows whose client was there; left as they are."),
        field<&Self::parts>("What was imported along with them."),
        field<&Self::refused>("Rows left out because of an error."),
        field<&Self::errors>("Why, for the first 1,000 of them."),
    };
    return table;
  }
};

/// An import ended.
struct ClientsImported {
  static const storage::EventKind kind;
  CentreId centre{};
  std::int64_t added = 0;
  std::int64_t already_present = 0;
  std::int64_t refused = 0;

  template <class Self = ClientsImported>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre they were imported for, if any.").or_default(),
        field<&Self::added>("Clients that were added."),
        field<&Self::already_present>("Rows whose client was there."),
        field<&Self::refused>("Rows left out."),
    };
    return table;
  }
};

/// How far an import has come; kept between its steps.
struct ImportState {
  std::int64_t offset = 0;
  std::int64_t line = 0;

  template <class Self = ImportState>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::offset>("Byte of the text where the next row starts; 0: not begun."),
        field<&Self::line>("Line of that row."),
    };
    return table;
  }
};

/// Imports clients or children from CSV (RFC 4180; `,` or `;`; UTF-8), row by row: a bad row is
/// left out and told, the others are kept. Preview it first. A row whose client is there already
/// (same external_ref; or same name and same e-mail address or phone; or, of a child, same
/// guardian, name and date of birth) is counted and adds nothing, so a repeated import adds nothing
/// twice; the client takes the row's external_ref if they have none, the centre, and the guardian
/// of the row.
///
/// The first row names the columns. Those of clients:
///
///     external_ref,first_name,last_name,email,phone,birth_date,sex,city,address,language,notes,
///     emergency_name,emergency_phone,emergency_relation,registered_on,tags,attributes.locker
///     K-17,Олена,Коваль,olena@example.com,067 123 45 67,1988-03-14,female,Київ,,uk,,,,,,VIP;ранок,
///
/// Those of children; one of the three guardian columns finds the guardian, who was imported first:
///
///     guardian_ref,guardian_email,guardian_phone,external_ref,first_name,last_name,birth_date,
///     sex,phone,email,language,notes,allergies,pick_up,tags,attributes.locker
///     K-17,,,K-17-1,Марія,Коваль,14.05.2019,female,,,uk,,nuts,
///     "Ганна Коваль|067 765 43 21|grandmother;Петро Коваль",,
///
/// Either file may have columns of a subscription that runs already; the guardian pays for a child:
///
///     plan,visits_left,started_on,ends_on,subscription_ref
///     8 visits a month,5,01.11.2026,,A-204
///
/// The plan is told by its name, its external_ref or its number, and belongs to the centre. One of
/// started_on and ends_on must be there; the other follows from the plan. Whoever has several
/// subscriptions has several rows. One that is there already (same subscription_ref; or, without,
/// same attendee, plan and first day) adds nothing; a row whose subscription is refused is left out
/// as a whole. It asks for plans.adjust.
///
/// Only first_name (and, of children, one guardian column) must be there; columns come in any
/// order, case does not matter, and they may be called as people call them in English or Ukrainian:
/// `First name`, `Ім'я`. Dates are `2019-05-14`, `14.05.2019` or `14/05/2019`.
struct Import {
  using Result = Imported;
  using State = ImportState;
  static const Operation operation;

  std::string csv{};
  ImportKind kind = ImportKind::clients;
  CentreId centre{};
  std::map<std::string, std::string> mapping{};
  std::optional<std::string> country_calling_code{};
  std::optional<std::string> language{};

  template <class Self = Import>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::csv>("The whole file.").personal().length(0, 50'000'000),
        field<&Self::kind>("What the rows are.").or_default(),
        field<&Self::centre>("The centre that all of them become clients of.").or_default(),
        field<&Self::mapping>("Column names of the file by those of this import, where they "
                              "differ: {\"first_name\": \"Vorname\"}.")
            .length(0, 100),
        field<&Self::country_calling_code>("Put before national phone numbers, such as `380`; "
                                           "the centre's setting if absent.")
            .length(1, 4),
        field<&Self::language>("Language of clients without one; that of the call if absent.")
            .length(2, 35),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

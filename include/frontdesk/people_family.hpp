/// Families, waivers, trainers of clients.
///
/// A dependant (mostly a child) is a client with one or more guardians, who manage, book and pay
/// for them. Whoever may change a client may change their dependants.
#pragma once

#include <frontdesk/people.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace people {

// --- records ---

/// One member of a family, as the others see them.
struct Relative {
  ClientId client{};
  std::string first_name{};
  std::string last_name{};
  std::optional<std::string> phone{};
  std::optional<Date> birth_date{};
  std::optional<std::int64_t> age{};

  template <class Self = Relative>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Who it is."),
        field<&Self::first_name>("First name.").personal(),
        field<&Self::last_name>("Last name.").personal(),
        field<&Self::phone>("Phone as E.164.").personal(),
        field<&Self::birth_date>("Date of birth.").personal(),
        field<&Self::age>("Whole years today (UTC).").personal(),
    };
    return table;
  }
};

/// The family of one client.
struct FamilyMembers {
  std::vector<Relative> guardians{};
  std::vector<Relative> dependants{};

  template <class Self = FamilyMembers>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::guardians>("Who manages the client; empty for most adults."),
        field<&Self::dependants>("Whom the client manages."),
    };
    return table;
  }
};

/// A signed waiver.
struct Waiver {
  WaiverId id{};
  ClientId client{};
  CentreId centre{};
  ClientId signed_by{};
  std::int64_t text_version = 0;
  Instant signed_at{};

  template <class Self = Waiver>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the waiver."),
        field<&Self::client>("Whom it is about, mostly a child."),
        field<&Self::centre>("The centre that asks for it."),
        field<&Self::signed_by>("The guardian who signed, or the client."),
        field<&Self::text_version>("Which version of the centre's text was signed."),
        field<&Self::signed_at>("When it was signed."),
    };
    return table;
  }
};

// --- events ---

/// A guardian got a new dependant, who was entered with it.
struct DependantAdded {
  static const storage::EventKind kind;
  ClientId client{};
  ClientId guardian{};

  template <class Self = DependantAdded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The dependant."),
        field<&Self::guardian>("The guardian."),
    };
    return table;
  }
};

/// A client got another guardian.
struct GuardianAdded {
  static const storage::EventKind kind;
  ClientId client{};
  ClientId guardian{};

  template <class Self = GuardianAdded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The dependant."),
        field<&Self::guardian>("The guardian."),
    };
    return table;
  }
};

/// A guardian no longer manages a client.
struct GuardianRemoved {
  static const storage::EventKind kind;
  ClientId client{};
  ClientId guardian{};

  template <class Self = GuardianRemoved>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The dependant."),
        field<&Self::guardian>("Who was the guardian."),
    };
    return table;
  }
};

/// A client was assigned to a trainer.
struct TrainerAssigned {
  static const storage::EventKind kind;
  ClientId client{};
  AccountId account{};

  template <class Self = TrainerAssigned>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::account>("The trainer."),
    };
    return table;
  }
};

/// A client is no longer assigned to a trainer.
struct TrainerUnassigned {
  static const storage::EventKind kind;
  ClientId client{};
  AccountId account{};

  template <class Self = TrainerUnassigned>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::account>("Who was the trainer."),
    };
    return table;
  }
};

/// A waiver was signed.
struct WaiverSigned {
  static const storage::EventKind kind;
  WaiverId waiver{};
  ClientId client{};

  template <class Self = WaiverSigned>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::waiver>("The waiver."),
        field<&Self::client>("Whom it is about."),
    };
    return table;
  }
};

// --- family ---

/// Enters a new client as a dependant of a guardian.
struct AddDependant {
  using Result = Client;
  static const Operation operation;

  ClientId guardian{};
  std::string first_name{};
  std::string last_name{};
  std::optional<Date> birth_date{};
  std::optional<Sex> sex{};
  std::optional<std::string> phone{};
  std::optional<std::string> email{};
  std::optional<std::string> notes{};
  std::optional<std::string> allergies{};
  std::vector<PickUpPerson> pick_up{};
  std::optional<EmergencyContact> emergency_contact{};
  std::optional<std::string> picture{};
  std::optional<std::string> language{};

  template <class Self = AddDependant>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::guardian>("Who will manage them."),
        field<&Self::first_name>("First name.").personal().length(1, 100),
        field<&Self::last_name>("Last name; the guardian's if empty.")
            .personal()
            .or_default()
            .length(0, 100),
        field<&Self::birth_date>("Date of birth.").personal(),
        field<&Self::sex>("Sex, where told.").personal(),
        field<&Self::phone>("Phone of their own.").personal().length(1, 40),
        field<&Self::email>("E-mail address of their own.").personal().length(1, 254),
        field<&Self::notes>("Health and wishes.").personal().length(1, 5000),
        field<&Self::allergies>("Allergies.").personal().length(1, 2000),
        field<&Self::pick_up>("Who may pick them up.").personal().length(0, 20),
        field<&Self::emergency_contact>("Whom to call.").personal(),
        field<&Self::picture>("Name of a media file.").personal().length(1, 200),
        field<&Self::language>("Language code; the guardian's if absent.").length(2, 35),
    };
    return table;
  }
};

/// Makes a client a guardian of another.
struct AddGuardian {
  using Result = FamilyMembers;
  static const Operation operation;

  ClientId client{};
  ClientId guardian{};
  std::optional<std::string> email{};

  template <class Self = AddGuardian>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The dependant."),
        field<&Self::guardian>("The new guardian, an adult."),
        field<&Self::email>("The guardian's e-mail address. Whoever may not see the "
                            "guardian proves with it that they know each other.")
            .personal()
            .secret()
            .length(1, 254),
    };
    return table;
  }
};

/// Takes a guardian away. A child keeps at least one.
struct RemoveGuardian {
  using Result = FamilyMembers;
  static const Operation operation;

  ClientId client{};
  ClientId guardian{};

  template <class Self = RemoveGuardian>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The dependant."),
        field<&Self::guardian>("The guardian who goes."),
    };
    return table;
  }
};

/// Guardians and dependants of a client.
struct Family {
  using Result = FamilyMembers;
  static const Operation operation;

  ClientId client{};

  template <class Self = Family>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("The client.")};
    return table;
  }
};

// --- waivers ---

/// Records that a waiver was signed.
struct SignWaiver {
  using Result = Waiver;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  ClientId signed_by{};
  std::int64_t text_version = 1;

  template <class Self = SignWaiver>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whom it is about."),
        field<&Self::centre>("The centre that asks for it."),
        field<&Self::signed_by>("A guardian of theirs; an adult may sign for themselves."),
        field<&Self::text_version>("Which version of the centre's text was signed.")
            .or_default()
            .range(1, 1'000'000),
    };
    return table;
  }
};

/// Waivers signed for a client, newest first.
struct Waivers {
  using Result = Page<Waiver>;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Waivers>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- trainers ---

/// Assigns a client to a trainer, who then sees them. The trainer's list is people.clients.
struct AssignTrainer {
  using Result = Nothing;
  static const Operation operation;

  ClientId client{};
  AccountId account{};

  template <class Self = AssignTrainer>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::account>("The trainer's account."),
    };
    return table;
  }
};

/// Ends the assignment of a client to a trainer.
struct UnassignTrainer {
  using Result = Nothing;
  static const Operation operation;

  ClientId client{};
  AccountId account{};

  template <class Self = UnassignTrainer>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::account>("The trainer's account."),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

/// Partner onboarding (SPEC A10): a registered customer applies to manage a centre that is there or
/// that they propose; the partner role they get is inactive until somebody with
/// `catalog.activate_partners` activates it.
#pragma once

#include <frontdesk/catalog.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace catalog {

// --- records ---

/// pending → active | declined; active → inactive → active.
enum class ApplicationStatus : unsigned char { pending, active, declined, inactive };
std::span<const EnumValue> enum_values(ApplicationStatus);

/// Somebody's wish to manage a centre as its partner.
struct Application {
  ApplicationId id{};
  std::int64_t version = 0;
  AccountId account{};
  CentreId centre{};
  bool proposed = false;
  std::optional<std::string> message{};
  ApplicationStatus status = ApplicationStatus::pending;
  std::optional<std::string> reason{};
  Instant created_at{};
  std::optional<Instant> decided_at{};
  AccountId decided_by{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Application::id>("Number of the application."),
        field<&Application::version>("Grows by one with each change."),
        field<&Application::account>("Who applied."),
        field<&Application::centre>("The centre chosen or proposed."),
        field<&Application::proposed>("The centre was entered with this application."),
        field<&Application::message>("What the applicant wrote.").personal(),
        field<&Application::status>("Where the application stands."),
        field<&Application::reason>("Why it was declined or made inactive.").personal(),
        field<&Application::created_at>("When it was made."),
        field<&Application::decided_at>("When it was last decided upon."),
        field<&Application::decided_by>("Who decided last; none: the host.").or_default(),
    };
    return table;
  }
};

// --- events ---

/// Somebody applied to manage a centre.
struct PartnerApplied {
  static const storage::EventKind kind;
  ApplicationId application{};
  AccountId account{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PartnerApplied::application>("The application."),
        field<&PartnerApplied::account>("Who applied."),
        field<&PartnerApplied::centre>("For which centre."),
    };
    return table;
  }
};

/// An applicant became a partner, or a partner became one again.
struct PartnerActivated {
  static const storage::EventKind kind;
  ApplicationId application{};
  AccountId account{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PartnerActivated::application>("The application."),
        field<&PartnerActivated::account>("The partner."),
        field<&PartnerActivated::centre>("Of which centre."),
    };
    return table;
  }
};

/// An application was declined.
struct PartnerDeclined {
  static const storage::EventKind kind;
  ApplicationId application{};
  AccountId account{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PartnerDeclined::application>("The application."),
        field<&PartnerDeclined::account>("Who applied."),
        field<&PartnerDeclined::centre>("For which centre."),
    };
    return table;
  }
};

/// A partner lost access, at once.
struct PartnerDeactivated {
  static const storage::EventKind kind;
  ApplicationId application{};
  AccountId account{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PartnerDeactivated::application>("The application."),
        field<&PartnerDeactivated::account>("Who was the partner."),
        field<&PartnerDeactivated::centre>("Of which centre."),
    };
    return table;
  }
};

// --- operations ---

/// A centre that an applicant proposes.
struct ProposedCentre {
  std::string name{};
  std::optional<std::string> subtitle{};
  std::optional<std::string> description{};
  std::string city{};
  std::optional<std::string> address{};
  std::optional<std::string> phone{};
  std::optional<std::string> email{};
  std::optional<std::string> web{};
  std::string zone{};
  std::string currency{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ProposedCentre::name>("Name, as visitors know it.").length(1, 200),
        field<&ProposedCentre::subtitle>("One line below the name.").length(1, 200),
        field<&ProposedCentre::description>("What the centre is about.").length(1, 10'000),
        field<&ProposedCentre::city>("The city.").length(1, 100),
        field<&ProposedCentre::address>("Street and house.").length(1, 300),
        field<&ProposedCentre::phone>("Phone for visitors, in international writing.")
            .length(1, 40),
        field<&ProposedCentre::email>("E-mail address for visitors.").length(1, 254),
        field<&ProposedCentre::web>("Web page.").length(1, 300),
        field<&ProposedCentre::zone>("IANA time zone, such as `Europe/Kyiv`.").length(1, 64),
        field<&ProposedCentre::currency>("ISO 4217 code, such as `UAH`.").length(3, 3),
    };
    return table;
  }
};

/// Applies to manage a centre. Grants nothing until somebody with `catalog.activate_partners` says
/// so; a proposed centre is entered at once, inactive.
struct ApplyAsPartner {
  using Result = Application;
  static const Operation operation;

  CentreId centre{};
  std::optional<ProposedCentre> proposed{};
  std::optional<std::string> message{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ApplyAsPartner::centre>("An active centre to manage; either this or `proposed`.")
            .or_default(),
        field<&ApplyAsPartner::proposed>("A centre that is not there yet."),
        field<&ApplyAsPartner::message>("A word to whoever decides.").personal().length(1, 2'000),
    };
    return table;
  }
};

/// Applications: one's own, and all within the reach of `catalog.activate_partners`. Newest first.
struct Applications {
  using Result = Page<Application>;
  static const Operation operation;

  std::optional<ApplicationStatus> status{};
  CentreId centre{};
  AccountId account{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Applications::status>("Only those that stand so."),
        field<&Applications::centre>("Only those for this centre.").or_default(),
        field<&Applications::account>("Only those of this account.").or_default(),
        field<&Applications::cursor>("From the page before."),
        field<&Applications::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Applications that were decided upon together.
struct DecidedApplications {
  std::vector<Application> applications{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&DecidedApplications::applications>(
            "As they stand now, in the order of the request."),
    };
    return table;
  }
};

/// Makes applicants partners of their centres, all or none; a proposed centre becomes active with
/// its first partner.
struct ActivatePartners {
  using Result = DecidedApplications;
  static const Operation operation;

  std::vector<ApplicationId> applications{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ActivatePartners::applications>(
            "Pending applications, or inactive ones to be activated again.")
            .length(1, 500),
    };
    return table;
  }
};

/// Declines a pending application. A centre that was entered with it is archived unless somebody
/// else applied for it.
struct DeclinePartner {
  using Result = Application;
  static const Operation operation;

  ApplicationId application{};
  std::string reason{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&DeclinePartner::application>("The application."),
        field<&DeclinePartner::reason>("Why; the applicant reads it.").personal().length(1, 2'000),
    };
    return table;
  }
};

/// Takes a partner's access to the centre away, at once. The centre itself stays as it is.
struct DeactivatePartner {
  using Result = Application;
  static const Operation operation;

  ApplicationId application{};
  std::optional<std::string> reason{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&DeactivatePartner::application>("The partner's application."),
        field<&DeactivatePartner::reason>("Why; the partner reads it.").personal().length(1, 2'000),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

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

  template <class Self = Application>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the application."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::account>("Who applied."),
        field<&Self::centre>("The centre chosen or proposed."),
        field<&Self::proposed>("The centre was entered with this application."),
        field<&Self::message>("What the applicant wrote.").personal(),
        field<&Self::status>("Where the application stands."),
        field<&Self::reason>("Why it was declined or made inactive.").personal(),
        field<&Self::created_at>("When it was made."),
        field<&Self::decided_at>("When it was last decided upon."),
        field<&Self::decided_by>("Who decided last; none: the host.").or_default(),
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

  template <class Self = PartnerApplied>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::application>("The application."),
        field<&Self::account>("Who applied."),
        field<&Self::centre>("For which centre."),
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

  template <class Self = PartnerActivated>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::application>("The application."),
        field<&Self::account>("The partner."),
        field<&Self::centre>("Of which centre."),
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

  template <class Self = PartnerDeclined>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::application>("The application."),
        field<&Self::account>("Who applied."),
        field<&Self::centre>("For which centre."),
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

  template <class Self = PartnerDeactivated>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::application>("The application."),
        field<&Self::account>("Who was the partner."),
        field<&Self::centre>("Of which centre."),
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

  template <class Self = ProposedCentre>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Name, as visitors know it.").length(1, 200),
        field<&Self::subtitle>("One line below the name.").length(1, 200),
        field<&Self::description>("What the centre is about.").length(1, 10'000),
        field<&Self::city>("The city.").length(1, 100),
        field<&Self::address>("Street and house.").length(1, 300),
        field<&Self::phone>("Phone for visitors, in international writing.").length(1, 40),
        field<&Self::email>("E-mail address for visitors.").length(1, 254),
        field<&Self::web>("Web page.").length(1, 300),
        field<&Self::zone>("IANA time zone, such as `Europe/Kyiv`.").length(1, 64),
        field<&Self::currency>("ISO 4217 code, such as `UAH`.").length(3, 3),
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

  template <class Self = ApplyAsPartner>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("An active centre to manage; either this or `proposed`.").or_default(),
        field<&Self::proposed>("A centre that is not there yet."),
        field<&Self::message>("A word to whoever decides.").personal().length(1, 2'000),
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

  template <class Self = Applications>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::status>("Only those that stand so."),
        field<&Self::centre>("Only those for this centre.").or_default(),
        field<&Self::account>("Only those of this account.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Applications that were decided upon together.
struct DecidedApplications {
  std::vector<Application> applications{};

  template <class Self = DecidedApplications>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::applications>("As they stand now, in the order of the request."),
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

  template <class Self = ActivatePartners>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::applications>("Pending applications, or inactive ones to be activated again.")
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

  template <class Self = DeclinePartner>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::application>("The application."),
        field<&Self::reason>("Why; the applicant reads it.").personal().length(1, 2'000),
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

  template <class Self = DeactivatePartner>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::application>("The partner's application."),
        field<&Self::reason>("Why; the partner reads it.").personal().length(1, 2'000),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

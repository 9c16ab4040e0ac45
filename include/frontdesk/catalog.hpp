/// Centres and their sections. Partners who manage a centre are told in catalog_partners.hpp.
///
/// A centre is a place of business: a kids' centre, a studio, a cinema. Everyone may read active
/// centres; those who hold `catalog.manage` for a centre see and change it whatever its state. A
/// profile is a named preset of settings and no more. Records here are plain values; the operations
/// are run by a Caller (see desk.hpp).
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace catalog {

// --- records ---

/// A named preset of settings. Nothing in the library asks which one a centre has.
enum class Profile : unsigned char { kids, studio, cinema };
std::span<const EnumValue> enum_values(Profile);

/// When a centre is open on one day of the week, in minutes from local midnight.
struct OpeningHours {
  std::int64_t weekday = 0;
  std::int64_t opens = 0;
  std::int64_t closes = 0;

  bool operator==(const OpeningHours&) const = default;
  template <class Self = OpeningHours>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::weekday>("1 is Monday, 7 is Sunday.").range(1, 7),
        field<&Self::opens>("Minutes from local midnight.").range(0, 1439),
        field<&Self::closes>(
            "Minutes from local midnight of the same day; beyond 1440 it is the next "
            "morning. Later than `opens`.")
            .range(1, 1800),
    };
    return table;
  }
};

/// A place of business.
struct Centre {
  CentreId id{};
  std::int64_t version = 0;
  std::string name{};
  std::optional<std::string> subtitle{};
  std::optional<std::string> description{};
  std::optional<std::string> logo{};
  std::string city{};
  std::optional<std::string> address{};
  std::optional<std::string> phone{};
  std::optional<std::string> email{};
  std::optional<std::string> web{};
  AccountId manager{};
  std::string zone{};
  std::string currency{};
  std::vector<OpeningHours> opening_hours{};
  bool active = false;
  std::optional<Profile> profile{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> archived_at{};

  template <class Self = Centre>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the centre."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::name>("Name, as visitors know it."),
        field<&Self::subtitle>("One line below the name."),
        field<&Self::description>("What the centre is about."),
        field<&Self::logo>("Digest of a media file, or the host's own name of the logo."),
        field<&Self::city>("The city."),
        field<&Self::address>("Street and house."),
        field<&Self::phone>("Phone for visitors."),
        field<&Self::email>("E-mail address for visitors."),
        field<&Self::web>("Web page."),
        field<&Self::manager>("The account of whoever runs the centre.").or_default(),
        field<&Self::zone>("IANA time zone, such as `Europe/Kyiv`."),
        field<&Self::currency>("ISO 4217 code of the one currency the centre prices in."),
        field<&Self::opening_hours>("When the centre is open, by weekday; empty: not told."),
        field<&Self::active>("Shown to everyone."),
        field<&Self::profile>("The preset that was applied last."),
        field<&Self::external_ref>("The host's own key for the centre; unique."),
        field<&Self::created_at>("When the centre was entered."),
        field<&Self::archived_at>("When the centre was archived; absent while it is in use."),
    };
    return table;
  }
};

/// A subdivision of a centre; activities belong to one, and grants, lists and reports filter by it.
struct Section {
  SectionId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  std::optional<std::string> external_ref{};
  std::optional<Instant> archived_at{};

  template <class Self = Section>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the section."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre it is part of."),
        field<&Self::name>("Name; unique among the centre's sections in use, case aside."),
        field<&Self::description>("What the section is about."),
        field<&Self::external_ref>("The host's own key for the section; unique."),
        field<&Self::archived_at>("When the section was archived; absent while it is in use."),
    };
    return table;
  }
};

// --- events ---

/// A centre was entered, by staff or with an application.
struct CentreCreated {
  static const storage::EventKind kind;
  CentreId centre{};

  template <class Self = CentreCreated>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centre>("The new centre.")};
    return table;
  }
};

/// A centre was changed. `zone_changed` matters to whatever keeps local times.
struct CentreUpdated {
  static const storage::EventKind kind;
  CentreId centre{};
  std::int64_t version = 0;
  bool zone_changed = false;

  template <class Self = CentreUpdated>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::version>("Its version now."),
        field<&Self::zone_changed>("Its time zone is another now."),
    };
    return table;
  }
};

/// A centre was archived.
struct CentreArchived {
  static const storage::EventKind kind;
  CentreId centre{};

  template <class Self = CentreArchived>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centre>("The centre.")};
    return table;
  }
};

/// A section was created, changed or archived.
struct SectionChanged {
  static const storage::EventKind kind;
  SectionId section{};
  CentreId centre{};

  template <class Self = SectionChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::section>("The section."),
        field<&Self::centre>("Its centre."),
    };
    return table;
  }
};

// --- centres ---

/// Enters a centre.
struct CreateCentre {
  using Result = Centre;
  static const Operation operation;

  std::string name{};
  std::optional<std::string> subtitle{};
  std::optional<std::string> description{};
  std::optional<std::string> logo{};
  std::string city{};
  std::optional<std::string> address{};
  std::optional<std::string> phone{};
  std::optional<std::string> email{};
  std::optional<std::string> web{};
  AccountId manager{};
  std::string zone{};
  std::string currency{};
  std::vector<OpeningHours> opening_hours{};
  bool active = true;
  std::optional<Profile> profile{};
  std::optional<std::string> external_ref{};

  template <class Self = CreateCentre>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Name, as visitors know it.").length(1, 200),
        field<&Self::subtitle>("One line below the name.").length(1, 200),
        field<&Self::description>("What the centre is about.").length(1, 10'000),
        field<&Self::logo>("Digest of a media file, or the host's own name of the logo.")
            .length(1, 200),
        field<&Self::city>("The city.").length(1, 100),
        field<&Self::address>("Street and house.").length(1, 300),
        field<&Self::phone>("Phone for visitors, in international writing.").length(1, 40),
        field<&Self::email>("E-mail address for visitors.").length(1, 254),
        field<&Self::web>("Web page.").length(1, 300),
        field<&Self::manager>(
            "The account of whoever runs the centre; a field of its own, it grants nothing.")
            .or_default(),
        field<&Self::zone>("IANA time zone, such as `Europe/Kyiv`.").length(1, 64),
        field<&Self::currency>("ISO 4217 code, such as `UAH`.").length(3, 3),
        field<&Self::opening_hours>("When the centre is open; intervals must not overlap.")
            .length(0, 100),
        field<&Self::active>("Whether everyone sees the centre.").or_default(),
        field<&Self::profile>("A preset of settings to apply at once."),
        field<&Self::external_ref>("The host's own key for the centre; unique.").length(1, 200),
    };
    return table;
  }
};

/// Changes a centre; what is not given stays as it is.
struct UpdateCentre {
  using Result = Centre;
  static const Operation operation;

  CentreId centre{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::string> subtitle{};
  Update<std::string> description{};
  Update<std::string> logo{};
  Update<std::string> city{};
  Update<std::string> address{};
  Update<std::string> phone{};
  Update<std::string> email{};
  Update<std::string> web{};
  Update<AccountId> manager{};
  Update<std::string> zone{};
  Update<std::string> currency{};
  Update<std::vector<OpeningHours>> opening_hours{};
  Update<bool> active{};
  Update<std::string> external_ref{};

  template <class Self = UpdateCentre>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre to change."),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
        field<&Self::name>("Name, as visitors know it.").length(1, 200),
        field<&Self::subtitle>("One line below the name.").length(1, 200),
        field<&Self::description>("What the centre is about.").length(1, 10'000),
        field<&Self::logo>("Digest of a media file, or the host's own name of the logo.")
            .length(1, 200),
        field<&Self::city>("The city.").length(1, 100),
        field<&Self::address>("Street and house.").length(1, 300),
        field<&Self::phone>("Phone for visitors, in international writing.").length(1, 40),
        field<&Self::email>("E-mail address for visitors.").length(1, 254),
        field<&Self::web>("Web page.").length(1, 300),
        field<&Self::manager>("The account of whoever runs the centre."),
        field<&Self::zone>("IANA time zone.").length(1, 64),
        field<&Self::currency>("ISO 4217 code; only while nothing is priced in the old one.")
            .length(3, 3),
        field<&Self::opening_hours>("All opening hours; intervals must not overlap.")
            .length(0, 100),
        field<&Self::active>("Whether everyone sees the centre."),
        field<&Self::external_ref>("The host's own key for the centre; unique.").length(1, 200),
    };
    return table;
  }
};

/// One centre.
struct GetCentre {
  using Result = Centre;
  static const Operation operation;

  CentreId centre{};

  template <class Self = GetCentre>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centre>("The centre.")};
    return table;
  }
};

/// What a list of centres is ordered by.
enum class CentreOrder : unsigned char { name, city, newest };
std::span<const EnumValue> enum_values(CentreOrder);

/// Centres: active ones for everyone; those with `catalog.manage` also see the others within their
/// reach.
struct Centres {
  using Result = Page<Centre>;
  static const Operation operation;

  std::optional<std::string> search{};
  std::optional<std::string> city{};
  std::optional<bool> active{};
  std::optional<std::string> external_ref{};
  bool archived = false;
  CentreOrder order = CentreOrder::name;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Centres>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::search>("Part of name, subtitle or city; case does not matter.")
            .length(1, 100),
        field<&Self::city>("Only of this city; case does not matter.").length(1, 100),
        field<&Self::active>("Only active or only inactive ones; both if absent."),
        field<&Self::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::order>("By name, by city and name, or newest first.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Archives a centre that nothing depends upon any more; it is then shown to nobody but its
/// managers.
struct ArchiveCentre {
  using Result = Centre;
  static const Operation operation;

  CentreId centre{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveCentre>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// One setting that a profile gave a centre.
struct AppliedSetting {
  std::string name{};
  std::int64_t value = 0;

  template <class Self = AppliedSetting>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Name of the setting."),
        field<&Self::value>("The centre's value now."),
    };
    return table;
  }
};

/// A centre after a profile was applied.
struct AppliedProfile {
  Centre centre{};
  std::vector<AppliedSetting> settings{};

  template <class Self = AppliedProfile>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::settings>("What the profile set for it."),
    };
    return table;
  }
};

/// Gives a centre the settings of a profile. Settings that the profile does not name stay as they
/// are.
struct ApplyProfile {
  using Result = AppliedProfile;
  static const Operation operation;

  CentreId centre{};
  Profile profile = Profile::kids;

  template <class Self = ApplyProfile>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::profile>("The preset."),
    };
    return table;
  }
};

// --- sections ---

/// Adds a section to a centre.
struct CreateSection {
  using Result = Section;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  std::optional<std::string> external_ref{};

  template <class Self = CreateSection>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::name>("Name; unique among the centre's sections in use, case aside.")
            .length(1, 200),
        field<&Self::description>("What the section is about.").length(1, 10'000),
        field<&Self::external_ref>("The host's own key for the section; unique.").length(1, 200),
    };
    return table;
  }
};

/// Changes a section; what is not given stays as it is.
struct UpdateSection {
  using Result = Section;
  static const Operation operation;

  SectionId section{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::string> description{};
  Update<std::string> external_ref{};

  template <class Self = UpdateSection>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::section>("The section to change."),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
        field<&Self::name>("Name; unique among the centre's sections in use, case aside.")
            .length(1, 200),
        field<&Self::description>("What the section is about.").length(1, 10'000),
        field<&Self::external_ref>("The host's own key for the section; unique.").length(1, 200),
    };
    return table;
  }
};

/// Archives a section that nothing depends upon any more.
struct ArchiveSection {
  using Result = Section;
  static const Operation operation;

  SectionId section{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveSection>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::section>("The section."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Sections: those in use of active centres for everyone; those with `catalog.manage` also see the
/// others within their reach.
struct Sections {
  using Result = Page<Section>;
  static const Operation operation;

  CentreId centre{};
  std::optional<std::string> search{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Sections>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::search>("Part of the name; case does not matter.").length(1, 100),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

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
  static Fields fields() {
    static constexpr Field table[] = {
        field<&OpeningHours::weekday>("1 is Monday, 7 is Sunday.").range(1, 7),
        field<&OpeningHours::opens>("Minutes from local midnight.").range(0, 1439),
        field<&OpeningHours::closes>(
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Centre::id>("Number of the centre."),
        field<&Centre::version>("Grows by one with each change."),
        field<&Centre::name>("Name, as visitors know it."),
        field<&Centre::subtitle>("One line below the name."),
        field<&Centre::description>("What the centre is about."),
        field<&Centre::logo>("Digest of a media file, or the host's own name of the logo."),
        field<&Centre::city>("The city."),
        field<&Centre::address>("Street and house."),
        field<&Centre::phone>("Phone for visitors."),
        field<&Centre::email>("E-mail address for visitors."),
        field<&Centre::web>("Web page."),
        field<&Centre::manager>("The account of whoever runs the centre.").or_default(),
        field<&Centre::zone>("IANA time zone, such as `Europe/Kyiv`."),
        field<&Centre::currency>("ISO 4217 code of the one currency the centre prices in."),
        field<&Centre::opening_hours>("When the centre is open, by weekday; empty: not told."),
        field<&Centre::active>("Shown to everyone."),
        field<&Centre::profile>("The preset that was applied last."),
        field<&Centre::external_ref>("The host's own key for the centre; unique."),
        field<&Centre::created_at>("When the centre was entered."),
        field<&Centre::archived_at>("When the centre was archived; absent while it is in use."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Section::id>("Number of the section."),
        field<&Section::version>("Grows by one with each change."),
        field<&Section::centre>("The centre it is part of."),
        field<&Section::name>("Name; unique among the centre's sections in use, case aside."),
        field<&Section::description>("What the section is about."),
        field<&Section::external_ref>("The host's own key for the section; unique."),
        field<&Section::archived_at>("When the section was archived; absent while it is in use."),
    };
    return table;
  }
};

// --- events ---

/// A centre was entered, by staff or with an application.
struct CentreCreated {
  static const storage::EventKind kind;
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {field<&CentreCreated::centre>("The new centre.")};
    return table;
  }
};

/// A centre was changed. `zone_changed` matters to whatever keeps local times.
struct CentreUpdated {
  static const storage::EventKind kind;
  CentreId centre{};
  std::int64_t version = 0;
  bool zone_changed = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CentreUpdated::centre>("The centre."),
        field<&CentreUpdated::version>("Its version now."),
        field<&CentreUpdated::zone_changed>("Its time zone is another now."),
    };
    return table;
  }
};

/// A centre was archived.
struct CentreArchived {
  static const storage::EventKind kind;
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {field<&CentreArchived::centre>("The centre.")};
    return table;
  }
};

/// A section was created, changed or archived.
struct SectionChanged {
  static const storage::EventKind kind;
  SectionId section{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SectionChanged::section>("The section."),
        field<&SectionChanged::centre>("Its centre."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateCentre::name>("Name, as visitors know it.").length(1, 200),
        field<&CreateCentre::subtitle>("One line below the name.").length(1, 200),
        field<&CreateCentre::description>("What the centre is about.").length(1, 10'000),
        field<&CreateCentre::logo>("Digest of a media file, or the host's own name of the logo.")
            .length(1, 200),
        field<&CreateCentre::city>("The city.").length(1, 100),
        field<&CreateCentre::address>("Street and house.").length(1, 300),
        field<&CreateCentre::phone>("Phone for visitors, in international writing.").length(1, 40),
        field<&CreateCentre::email>("E-mail address for visitors.").length(1, 254),
        field<&CreateCentre::web>("Web page.").length(1, 300),
        field<&CreateCentre::manager>(
            "The account of whoever runs the centre; a field of its own, it grants nothing.")
            .or_default(),
        field<&CreateCentre::zone>("IANA time zone, such as `Europe/Kyiv`.").length(1, 64),
        field<&CreateCentre::currency>("ISO 4217 code, such as `UAH`.").length(3, 3),
        field<&CreateCentre::opening_hours>("When the centre is open; intervals must not overlap.")
            .length(0, 100),
        field<&CreateCentre::active>("Whether everyone sees the centre.").or_default(),
        field<&CreateCentre::profile>("A preset of settings to apply at once."),
        field<&CreateCentre::external_ref>("The host's own key for the centre; unique.")
            .length(1, 200),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateCentre::centre>("The centre to change."),
        field<&UpdateCentre::version>(
            "The version the change is based on; an outdated one is a conflict."),
        field<&UpdateCentre::name>("Name, as visitors know it.").length(1, 200),
        field<&UpdateCentre::subtitle>("One line below the name.").length(1, 200),
        field<&UpdateCentre::description>("What the centre is about.").length(1, 10'000),
        field<&UpdateCentre::logo>("Digest of a media file, or the host's own name of the logo.")
            .length(1, 200),
        field<&UpdateCentre::city>("The city.").length(1, 100),
        field<&UpdateCentre::address>("Street and house.").length(1, 300),
        field<&UpdateCentre::phone>("Phone for visitors, in international writing.").length(1, 40),
        field<&UpdateCentre::email>("E-mail address for visitors.").length(1, 254),
        field<&UpdateCentre::web>("Web page.").length(1, 300),
        field<&UpdateCentre::manager>("The account of whoever runs the centre."),
        field<&UpdateCentre::zone>("IANA time zone.").length(1, 64),
        field<&UpdateCentre::currency>(
            "ISO 4217 code; only while nothing is priced in the old one.")
            .length(3, 3),
        field<&UpdateCentre::opening_hours>("All opening hours; intervals must not overlap.")
            .length(0, 100),
        field<&UpdateCentre::active>("Whether everyone sees the centre."),
        field<&UpdateCentre::external_ref>("The host's own key for the centre; unique.")
            .length(1, 200),
    };
    return table;
  }
};

/// One centre.
struct GetCentre {
  using Result = Centre;
  static const Operation operation;

  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {field<&GetCentre::centre>("The centre.")};
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Centres::search>("Part of name, subtitle or city; case does not matter.")
            .length(1, 100),
        field<&Centres::city>("Only of this city; case does not matter.").length(1, 100),
        field<&Centres::active>("Only active or only inactive ones; both if absent."),
        field<&Centres::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&Centres::archived>("Archived ones instead of those in use.").or_default(),
        field<&Centres::order>("By name, by city and name, or newest first.").or_default(),
        field<&Centres::cursor>("From the page before."),
        field<&Centres::limit>("Records a page.").or_default().range(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchiveCentre::centre>("The centre."),
        field<&ArchiveCentre::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// One setting that a profile gave a centre.
struct AppliedSetting {
  std::string name{};
  std::int64_t value = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AppliedSetting::name>("Name of the setting."),
        field<&AppliedSetting::value>("The centre's value now."),
    };
    return table;
  }
};

/// A centre after a profile was applied.
struct AppliedProfile {
  Centre centre{};
  std::vector<AppliedSetting> settings{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AppliedProfile::centre>("The centre."),
        field<&AppliedProfile::settings>("What the profile set for it."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ApplyProfile::centre>("The centre."),
        field<&ApplyProfile::profile>("The preset."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateSection::centre>("The centre."),
        field<&CreateSection::name>("Name; unique among the centre's sections in use, case aside.")
            .length(1, 200),
        field<&CreateSection::description>("What the section is about.").length(1, 10'000),
        field<&CreateSection::external_ref>("The host's own key for the section; unique.")
            .length(1, 200),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateSection::section>("The section to change."),
        field<&UpdateSection::version>(
            "The version the change is based on; an outdated one is a conflict."),
        field<&UpdateSection::name>("Name; unique among the centre's sections in use, case aside.")
            .length(1, 200),
        field<&UpdateSection::description>("What the section is about.").length(1, 10'000),
        field<&UpdateSection::external_ref>("The host's own key for the section; unique.")
            .length(1, 200),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchiveSection::section>("The section."),
        field<&ArchiveSection::version>(
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Sections::centre>("Only of this centre.").or_default(),
        field<&Sections::search>("Part of the name; case does not matter.").length(1, 100),
        field<&Sections::archived>("Archived ones instead of those in use.").or_default(),
        field<&Sections::cursor>("From the page before."),
        field<&Sections::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

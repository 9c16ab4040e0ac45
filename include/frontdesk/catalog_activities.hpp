/// Activities: what a centre offers (a class, a film, a private lesson). Finding them is for
/// everyone; those who hold `catalog.manage` for the centre, or for the section an activity belongs
/// to, see and change it whatever its state.
#pragma once

#include <frontdesk/catalog_categories.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace catalog {

// --- records ---

/// What an activity is, for people; no rule asks.
enum class ActivityKind : unsigned char { lesson, private_lesson, film, other };
std::span<const EnumValue> enum_values(ActivityKind);

/// What else is told of an activity, most of all of a film.
struct ActivityDetails {
  std::optional<std::string> director{};
  std::vector<std::string> cast{};
  std::optional<std::string> rating{};
  std::optional<std::string> trailer{};
  std::optional<std::string> poster{};
  std::map<std::string, std::string> attributes{};

  bool operator==(const ActivityDetails&) const = default;
  template <class Self = ActivityDetails>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::director>("Who directed it.").length(1, 200),
        field<&Self::cast>("Who plays in it.").length(0, 100),
        field<&Self::rating>("Rating as printed, such as `12+` or `PG-13`.").length(1, 40),
        field<&Self::trailer>("Address of the trailer, http or https.").length(1, 1'000),
        field<&Self::poster>("Digest of a media file, or the host's own name of a picture.")
            .length(1, 200),
        field<&Self::attributes>("What the host keeps besides, by name.").length(0, 100),
    };
    return table;
  }
};

/// Something a centre offers, again and again.
struct Activity {
  ActivityId id{};
  std::int64_t version = 0;
  CentreId centre{};
  SectionId section{};
  ActivityKind kind = ActivityKind::lesson;
  std::string name{};
  std::optional<std::string> description{};
  std::vector<CategoryId> categories{};
  std::int64_t duration_minutes = 60;
  AgeGroupId age_group{};
  std::optional<std::int64_t> min_age{};
  std::optional<std::int64_t> max_age{};
  std::optional<std::int64_t> default_capacity{};
  std::vector<AccountId> trainers{};
  std::optional<Date> release_date{};
  std::optional<ActivityDetails> details{};
  std::optional<std::int64_t> average_review{};
  bool active = false;
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> archived_at{};

  template <class Self = Activity>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the activity."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre that offers it."),
        field<&Self::section>("The section it belongs to; none: to the whole centre.").or_default(),
        field<&Self::kind>("What it is, for people."),
        field<&Self::name>("Name, as visitors know it."),
        field<&Self::description>("What it is about."),
        field<&Self::categories>("Its categories, the first being the main one."),
        field<&Self::duration_minutes>("How many minutes it lasts."),
        field<&Self::age_group>("The age group it is for, if it goes by one.").or_default(),
        field<&Self::min_age>("Youngest visitor in whole years; absent: any."),
        field<&Self::max_age>("Oldest visitor in whole years, included; absent: any."),
        field<&Self::default_capacity>(
            "Places of a session that tells no other; absent: those of the room."),
        field<&Self::trainers>(
            "Accounts of those who may lead it; empty: every trainer of the centre."),
        field<&Self::release_date>("From which day on it is shown or given."),
        field<&Self::details>("What else is told of it."),
        field<&Self::average_review>(
            "Average of its reviews in hundredths of a point, 100 to 500; absent without any."),
        field<&Self::active>("Shown to everyone."),
        field<&Self::external_ref>("The host's own key for the activity; unique."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::archived_at>("When it was archived; absent while it is in use."),
    };
    return table;
  }
};

// --- events ---

/// An activity was created, changed, archived or restored.
struct ActivityChanged {
  static const storage::EventKind kind;
  ActivityId activity{};
  CentreId centre{};
  std::int64_t version = 0;
  Change change = Change::created;

  template <class Self = ActivityChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::activity>("The activity."),
        field<&Self::centre>("Its centre."),
        field<&Self::version>("Its version now."),
        field<&Self::change>("What was done."),
    };
    return table;
  }
};

// --- changing ---

/// Adds an activity to a centre.
struct CreateActivity {
  using Result = Activity;
  static const Operation operation;

  CentreId centre{};
  SectionId section{};
  ActivityKind kind = ActivityKind::lesson;
  std::string name{};
  std::optional<std::string> description{};
  std::vector<CategoryId> categories{};
  std::int64_t duration_minutes = 60;
  AgeGroupId age_group{};
  std::optional<std::int64_t> min_age{};
  std::optional<std::int64_t> max_age{};
  std::optional<std::int64_t> default_capacity{};
  std::vector<AccountId> trainers{};
  std::optional<Date> release_date{};
  std::optional<ActivityDetails> details{};
  bool active = true;
  std::optional<std::string> external_ref{};

  template <class Self = CreateActivity>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre that offers it."),
        field<&Self::section>("A section of the centre; none: the whole centre.").or_default(),
        field<&Self::kind>("What it is, for people.").or_default(),
        field<&Self::name>("Name, as visitors know it.").length(1, 200),
        field<&Self::description>("What it is about.").length(1, 10'000),
        field<&Self::categories>("Its categories, the first being the main one.").length(0, 50),
        field<&Self::duration_minutes>("How many minutes it lasts.").or_default().range(1, 10'080),
        field<&Self::age_group>("The age group it is for; then no ages of its own.").or_default(),
        field<&Self::min_age>("Youngest visitor in whole years.").range(0, 150),
        field<&Self::max_age>("Oldest visitor in whole years, included.").range(0, 150),
        field<&Self::default_capacity>("Places of a session that tells no other.")
            .range(1, 1'000'000),
        field<&Self::trainers>(
            "Accounts of those who may lead it; empty: every trainer of the centre.")
            .length(0, 200),
        field<&Self::release_date>("From which day on it is shown or given."),
        field<&Self::details>("What else is told of it."),
        field<&Self::active>("Whether everyone sees it.").or_default(),
        field<&Self::external_ref>("The host's own key for the activity; unique.").length(1, 200),
    };
    return table;
  }
};

/// Changes an activity; what is not given stays as it is.
struct UpdateActivity {
  using Result = Activity;
  static const Operation operation;

  ActivityId activity{};
  std::optional<std::int64_t> version{};
  Update<SectionId> section{};
  Update<ActivityKind> kind{};
  Update<std::string> name{};
  Update<std::string> description{};
  Update<std::vector<CategoryId>> categories{};
  Update<std::int64_t> duration_minutes{};
  Update<AgeGroupId> age_group{};
  Update<std::int64_t> min_age{};
  Update<std::int64_t> max_age{};
  Update<std::int64_t> default_capacity{};
  Update<std::vector<AccountId>> trainers{};
  Update<Date> release_date{};
  Update<ActivityDetails> details{};
  Update<bool> active{};
  Update<std::string> external_ref{};

  template <class Self = UpdateActivity>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::activity>("The activity to change."),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
        field<&Self::section>("A section of its centre; null: the whole centre."),
        field<&Self::kind>("What it is, for people."),
        field<&Self::name>("Name, as visitors know it.").length(1, 200),
        field<&Self::description>("What it is about.").length(1, 10'000),
        field<&Self::categories>("All its categories, the main one first.").length(0, 50),
        field<&Self::duration_minutes>("How many minutes it lasts.").range(1, 10'080),
        field<&Self::age_group>("The age group it is for; null: none."),
        field<&Self::min_age>("Youngest visitor in whole years; null: any.").range(0, 150),
        field<&Self::max_age>("Oldest visitor in whole years, included; null: any.").range(0, 150),
        field<&Self::default_capacity>("Places of a session that tells no other.")
            .range(1, 1'000'000),
        field<&Self::trainers>("Accounts of all who may lead it.").length(0, 200),
        field<&Self::release_date>("From which day on it is shown or given."),
        field<&Self::details>("What else is told of it, all of it."),
        field<&Self::active>("Whether everyone sees it."),
        field<&Self::external_ref>("The host's own key for the activity; unique.").length(1, 200),
    };
    return table;
  }
};

/// Archives an activity that nothing is planned for any more.
struct ArchiveActivity {
  using Result = Activity;
  static const Operation operation;

  ActivityId activity{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveActivity>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::activity>("The activity."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Takes an archived activity back into use. It is inactive until it is made active again.
struct RestoreActivity {
  using Result = Activity;
  static const Operation operation;

  ActivityId activity{};
  std::optional<std::int64_t> version{};

  template <class Self = RestoreActivity>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::activity>("The activity."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

// --- finding ---

/// One activity.
struct GetActivity {
  using Result = Activity;
  static const Operation operation;

  ActivityId activity{};

  template <class Self = GetActivity>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::activity>("The activity.")};
    return table;
  }
};

/// What a list of activities is ordered by.
enum class ActivityOrder : unsigned char { best, name, newest, release, rating };
std::span<const EnumValue> enum_values(ActivityOrder);

/// Activities by any of their sides: active ones of active centres for everyone; those with
/// `catalog.manage` also see the others within their reach.
struct Activities {
  using Result = Page<Activity>;
  static const Operation operation;

  std::optional<std::string> search{};
  CategoryId category{};
  CentreId centre{};
  SectionId section{};
  std::optional<std::string> city{};
  std::optional<ActivityKind> kind{};
  AgeGroupId age_group{};
  std::optional<std::int64_t> age{};
  std::optional<Date> birth_date{};
  std::optional<Date> date{};
  std::optional<std::int64_t> free_places{};
  AccountId trainer{};
  std::optional<bool> active{};
  std::optional<std::string> external_ref{};
  bool archived = false;
  ActivityOrder order = ActivityOrder::best;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Activities>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::search>(
            "Words that all occur in name, description, director or cast; case does not matter.")
            .length(1, 100),
        field<&Self::category>("Only of this category or one below it.").or_default(),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::section>("Only of this section.").or_default(),
        field<&Self::city>("Only of centres in this city; case does not matter.").length(1, 100),
        field<&Self::kind>("Only of this kind."),
        field<&Self::age_group>("Only those that go by this age group.").or_default(),
        field<&Self::age>("Only those for a visitor of so many whole years.").range(0, 150),
        field<&Self::birth_date>(
            "Only those for a visitor born on that day: of the age on `date`, else today.")
            .personal(),
        field<&Self::date>("Only those with a session on this day, local to the centre."),
        field<&Self::free_places>(
            "Only those with a session to come, on `date` if given, that has so many places free.")
            .range(1, 1'000'000),
        field<&Self::trainer>("Only those that name this account as a trainer.").or_default(),
        field<&Self::active>("Only active or only inactive ones; both if absent."),
        field<&Self::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::order>("The best match first, or by another side.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

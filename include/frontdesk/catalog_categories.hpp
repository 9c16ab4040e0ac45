/// How activities are sorted: a tree of categories (a genre is one) and age groups. Both belong to
/// the whole platform: everyone reads those in use, and who holds `catalog.manage` for all centres
/// changes them. What is archived stays with the activities that have it.
#pragma once

#include <frontdesk/catalog_rooms.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace catalog {

// --- records ---

/// A category of activities, in its place in the tree.
struct Category {
  CategoryId id{};
  std::int64_t version = 0;
  CategoryId parent{};
  std::string name{};
  std::optional<std::string> description{};
  std::int64_t position = 0;
  std::int64_t depth = 0;
  std::optional<std::string> external_ref{};
  std::optional<Instant> archived_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Category::id>("Number of the category."),
        field<&Category::version>(
            "Grows by one with each change of its own; making room for others is none."),
        field<&Category::parent>("The category above; none: it stands at the top.").or_default(),
        field<&Category::name>("Name; unique among those in use below the parent, case aside."),
        field<&Category::description>("What belongs to it."),
        field<&Category::position>("Its place below the parent, from 1 on."),
        field<&Category::depth>("How many categories stand above it."),
        field<&Category::external_ref>("The host's own key for the category; unique."),
        field<&Category::archived_at>("When it was archived; absent while it is in use."),
    };
    return table;
  }
};

/// An age group, such as “4–7”.
struct AgeGroup {
  AgeGroupId id{};
  std::int64_t version = 0;
  std::string name{};
  std::int64_t min_age = 0;
  std::optional<std::int64_t> max_age{};
  std::optional<std::string> external_ref{};
  std::optional<Instant> archived_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AgeGroup::id>("Number of the age group."),
        field<&AgeGroup::version>("Grows by one with each change."),
        field<&AgeGroup::name>("Name, such as “4–7”; unique among those in use, case aside."),
        field<&AgeGroup::min_age>("Youngest in whole years."),
        field<&AgeGroup::max_age>("Oldest in whole years, included; absent: no limit."),
        field<&AgeGroup::external_ref>("The host's own key for the age group; unique."),
        field<&AgeGroup::archived_at>("When it was archived; absent while it is in use."),
    };
    return table;
  }
};

// --- events ---

/// A category was created, changed, moved, archived or restored.
struct CategoryChanged {
  static const storage::EventKind kind;
  CategoryId category{};
  Change change = Change::created;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CategoryChanged::category>("The category."),
        field<&CategoryChanged::change>("What was done."),
    };
    return table;
  }
};

/// An age group was created, changed, archived or restored.
struct AgeGroupChanged {
  static const storage::EventKind kind;
  AgeGroupId age_group{};
  Change change = Change::created;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AgeGroupChanged::age_group>("The age group."),
        field<&AgeGroupChanged::change>("What was done."),
    };
    return table;
  }
};

// --- categories ---

/// Adds a category to the tree.
struct CreateCategory {
  using Result = Category;
  static const Operation operation;

  CategoryId parent{};
  std::string name{};
  std::optional<std::string> description{};
  std::optional<std::int64_t> position{};
  std::optional<std::string> external_ref{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateCategory::parent>("The category above; none: it stands at the top.")
            .or_default(),
        field<&CreateCategory::name>(
            "Name; unique among those in use below the parent, case aside.")
            .length(1, 200),
        field<&CreateCategory::description>("What belongs to it.").length(1, 10'000),
        field<&CreateCategory::position>("Its place below the parent, from 1 on; absent: the last.")
            .range(1, 100'000),
        field<&CreateCategory::external_ref>("The host's own key for the category; unique.")
            .length(1, 200),
    };
    return table;
  }
};

/// Changes a category where it stands; what is not given stays as it is.
struct UpdateCategory {
  using Result = Category;
  static const Operation operation;

  CategoryId category{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::string> description{};
  Update<std::string> external_ref{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateCategory::category>("The category to change."),
        field<&UpdateCategory::version>(
            "The version the change is based on; an outdated one is a conflict."),
        field<&UpdateCategory::name>(
            "Name; unique among those in use below the parent, case aside.")
            .length(1, 200),
        field<&UpdateCategory::description>("What belongs to it.").length(1, 10'000),
        field<&UpdateCategory::external_ref>("The host's own key for the category; unique.")
            .length(1, 200),
    };
    return table;
  }
};

/// Puts a category, with all below it, in another place of the tree.
struct MoveCategory {
  using Result = Category;
  static const Operation operation;

  CategoryId category{};
  std::optional<std::int64_t> version{};
  CategoryId parent{};
  std::optional<std::int64_t> position{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&MoveCategory::category>("The category to move."),
        field<&MoveCategory::version>(
            "The version the decision is based on; an outdated one is a conflict."),
        field<&MoveCategory::parent>("The category above from now on; none: the top.").or_default(),
        field<&MoveCategory::position>("Its place below the parent, from 1 on; absent: the last.")
            .range(1, 100'000),
    };
    return table;
  }
};

/// Categories in the order of the tree, each before those below it. Archived ones are for those who
/// hold `catalog.manage`.
struct Categories {
  using Result = Page<Category>;
  static const Operation operation;

  CategoryId parent{};
  CategoryId within{};
  bool top = false;
  std::optional<std::string> search{};
  std::optional<std::string> external_ref{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Categories::parent>("Only those right below this one.").or_default(),
        field<&Categories::within>("Only this one and all below it, at any depth.").or_default(),
        field<&Categories::top>("Only those at the top.").or_default(),
        field<&Categories::search>("Part of the name; case does not matter.").length(1, 100),
        field<&Categories::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&Categories::archived>("Archived ones instead of those in use.").or_default(),
        field<&Categories::cursor>("From the page before."),
        field<&Categories::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Archives a category that has none in use below it. Activities that have it keep it.
struct ArchiveCategory {
  using Result = Category;
  static const Operation operation;

  CategoryId category{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchiveCategory::category>("The category."),
        field<&ArchiveCategory::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Takes an archived category back into use, as the last below its parent.
struct RestoreCategory {
  using Result = Category;
  static const Operation operation;

  CategoryId category{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RestoreCategory::category>("The category."),
        field<&RestoreCategory::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

// --- age groups ---

/// Adds an age group.
struct CreateAgeGroup {
  using Result = AgeGroup;
  static const Operation operation;

  std::string name{};
  std::int64_t min_age = 0;
  std::optional<std::int64_t> max_age{};
  std::optional<std::string> external_ref{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateAgeGroup::name>("Name, such as “4–7”; unique among those in use, case aside.")
            .length(1, 100),
        field<&CreateAgeGroup::min_age>("Youngest in whole years.").or_default().range(0, 150),
        field<&CreateAgeGroup::max_age>("Oldest in whole years, included; absent: no limit.")
            .range(0, 150),
        field<&CreateAgeGroup::external_ref>("The host's own key for the age group; unique.")
            .length(1, 200),
    };
    return table;
  }
};

/// Changes an age group, and with it the ages of all activities that go by it.
struct UpdateAgeGroup {
  using Result = AgeGroup;
  static const Operation operation;

  AgeGroupId age_group{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::int64_t> min_age{};
  Update<std::int64_t> max_age{};
  Update<std::string> external_ref{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateAgeGroup::age_group>("The age group to change."),
        field<&UpdateAgeGroup::version>(
            "The version the change is based on; an outdated one is a conflict."),
        field<&UpdateAgeGroup::name>("Name, such as “4–7”; unique among those in use, case aside.")
            .length(1, 100),
        field<&UpdateAgeGroup::min_age>("Youngest in whole years; null: 0.").range(0, 150),
        field<&UpdateAgeGroup::max_age>("Oldest in whole years, included; null: no limit.")
            .range(0, 150),
        field<&UpdateAgeGroup::external_ref>("The host's own key for the age group; unique.")
            .length(1, 200),
    };
    return table;
  }
};

/// Age groups, youngest first. Archived ones are for those who hold `catalog.manage`.
struct AgeGroups {
  using Result = Page<AgeGroup>;
  static const Operation operation;

  std::optional<std::int64_t> age{};
  std::optional<std::string> external_ref{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AgeGroups::age>("Only those that hold somebody of so many whole years.")
            .range(0, 150),
        field<&AgeGroups::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&AgeGroups::archived>("Archived ones instead of those in use.").or_default(),
        field<&AgeGroups::cursor>("From the page before."),
        field<&AgeGroups::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Archives an age group. Activities that go by it keep it.
struct ArchiveAgeGroup {
  using Result = AgeGroup;
  static const Operation operation;

  AgeGroupId age_group{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchiveAgeGroup::age_group>("The age group."),
        field<&ArchiveAgeGroup::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Takes an archived age group back into use.
struct RestoreAgeGroup {
  using Result = AgeGroup;
  static const Operation operation;

  AgeGroupId age_group{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RestoreAgeGroup::age_group>("The age group."),
        field<&RestoreAgeGroup::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

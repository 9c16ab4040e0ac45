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

  template <class Self = Category>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the category."),
        field<&Self::version>(
            "Grows by one with each change of its own; making room for others is none."),
        field<&Self::parent>("The category above; none: it stands at the top.").or_default(),
        field<&Self::name>("Name; unique among those in use below the parent, case aside."),
        field<&Self::description>("What belongs to it."),
        field<&Self::position>("Its place below the parent, from 1 on."),
        field<&Self::depth>("How many categories stand above it."),
        field<&Self::external_ref>("The host's own key for the category; unique."),
        field<&Self::archived_at>("When it was archived; absent while it is in use."),
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

  template <class Self = AgeGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the age group."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::name>("Name, such as “4–7”; unique among those in use, case aside."),
        field<&Self::min_age>("Youngest in whole years."),
        field<&Self::max_age>("Oldest in whole years, included; absent: no limit."),
        field<&Self::external_ref>("The host's own key for the age group; unique."),
        field<&Self::archived_at>("When it was archived; absent while it is in use."),
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

  template <class Self = CategoryChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::category>("The category."),
        field<&Self::change>("What was done."),
    };
    return table;
  }
};

/// An age group was created, changed, archived or restored.
struct AgeGroupChanged {
  static const storage::EventKind kind;
  AgeGroupId age_group{};
  Change change = Change::created;

  template <class Self = AgeGroupChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::age_group>("The age group."),
        field<&Self::change>("What was done."),
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

  template <class Self = CreateCategory>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::parent>("The category above; none: it stands at the top.").or_default(),
        field<&Self::name>("Name; unique among those in use below the parent, case aside.")
            .length(1, 200),
        field<&Self::description>("What belongs to it.").length(1, 10'000),
        field<&Self::position>("Its place below the parent, from 1 on; absent: the last.")
            .range(1, 100'000),
        field<&Self::external_ref>("The host's own key for the category; unique.").length(1, 200),
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

  template <class Self = UpdateCategory>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::category>("The category to change."),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
        field<&Self::name>("Name; unique among those in use below the parent, case aside.")
            .length(1, 200),
        field<&Self::description>("What belongs to it.").length(1, 10'000),
        field<&Self::external_ref>("The host's own key for the category; unique.").length(1, 200),
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

  template <class Self = MoveCategory>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::category>("The category to move."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
        field<&Self::parent>("The category above from now on; none: the top.").or_default(),
        field<&Self::position>("Its place below the parent, from 1 on; absent: the last.")
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

  template <class Self = Categories>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::parent>("Only those right below this one.").or_default(),
        field<&Self::within>("Only this one and all below it, at any depth.").or_default(),
        field<&Self::top>("Only those at the top.").or_default(),
        field<&Self::search>("Part of the name; case does not matter.").length(1, 100),
        field<&Self::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = ArchiveCategory>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::category>("The category."),
        field<&Self::version>(
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

  template <class Self = RestoreCategory>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::category>("The category."),
        field<&Self::version>(
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

  template <class Self = CreateAgeGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Name, such as “4–7”; unique among those in use, case aside.")
            .length(1, 100),
        field<&Self::min_age>("Youngest in whole years.").or_default().range(0, 150),
        field<&Self::max_age>("Oldest in whole years, included; absent: no limit.").range(0, 150),
        field<&Self::external_ref>("The host's own key for the age group; unique.").length(1, 200),
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

  template <class Self = UpdateAgeGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::age_group>("The age group to change."),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
        field<&Self::name>("Name, such as “4–7”; unique among those in use, case aside.")
            .length(1, 100),
        field<&Self::min_age>("Youngest in whole years; null: 0.").range(0, 150),
        field<&Self::max_age>("Oldest in whole years, included; null: no limit.").range(0, 150),
        field<&Self::external_ref>("The host's own key for the age group; unique.").length(1, 200),
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

  template <class Self = AgeGroups>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::age>("Only those that hold somebody of so many whole years.").range(0, 150),
        field<&Self::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = ArchiveAgeGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::age_group>("The age group."),
        field<&Self::version>(
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

  template <class Self = RestoreAgeGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::age_group>("The age group."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

/// Entering plans, changing them, taking them out of use, finding them. Whoever may buy sees plans
/// on sale; those who hold `plans.manage` see all of their centres'.
#pragma once

#include <frontdesk/plans.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace plans {

/// Enters a plan. Limits that contradict each other are refused.
struct CreatePlan {
  using Result = Plan;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  bool active = true;
  Terms terms{};
  std::optional<std::string> external_ref{};

  template <class Self = CreatePlan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre that sells it."),
        field<&Self::name>("Name, as clients know it.").length(1, 200),
        field<&Self::description>("What it is about.").length(1, 10'000),
        field<&Self::active>("On sale.").or_default(),
        field<&Self::terms>("What it sells."),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Changes a plan for what is sold from now on.
struct UpdatePlan {
  using Result = Plan;
  static const Operation operation;

  PlanId plan{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::string> description{};
  Update<bool> active{};
  std::optional<Terms> terms{};
  Update<std::string> external_ref{};

  template <class Self = UpdatePlan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::plan>("The plan."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::name>("Name, as clients know it.").length(1, 200),
        field<&Self::description>("What it is about.").length(1, 10'000),
        field<&Self::active>("On sale."),
        field<&Self::terms>("All of its terms anew; absent: as they are."),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Takes a plan out of use, or back into it. Subscriptions sold by it run on.
struct ArchivePlan {
  using Result = Plan;
  static const Operation operation;

  PlanId plan{};
  std::optional<std::int64_t> version{};
  bool archived = true;

  template <class Self = ArchivePlan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::plan>("The plan."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::archived>("False: back into use.").or_default(),
    };
    return table;
  }
};

struct GetPlan {
  using Result = Plan;
  static const Operation operation;

  PlanId plan{};

  template <class Self = GetPlan>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::plan>("The plan.")};
    return table;
  }
};

/// Plans the caller may see, by name.
struct Plans {
  using Result = Page<Plan>;
  static const Operation operation;

  CentreId centre{};
  std::optional<bool> active{};
  bool archived = false;
  std::optional<std::string> search{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Plans>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::active>("Only those on sale, or only those that are not."),
        field<&Self::archived>("Archived ones instead.").or_default(),
        field<&Self::search>("Part of the name.").length(1, 200),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk

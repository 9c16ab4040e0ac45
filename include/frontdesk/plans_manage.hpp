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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreatePlan::centre>("The centre that sells it."),
        field<&CreatePlan::name>("Name, as clients know it.").length(1, 200),
        field<&CreatePlan::description>("What it is about.").length(1, 10'000),
        field<&CreatePlan::active>("On sale.").or_default(),
        field<&CreatePlan::terms>("What it sells."),
        field<&CreatePlan::external_ref>("The host's own key; unique.").length(1, 200),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdatePlan::plan>("The plan."),
        field<&UpdatePlan::version>("The version it is thought to have."),
        field<&UpdatePlan::name>("Name, as clients know it.").length(1, 200),
        field<&UpdatePlan::description>("What it is about.").length(1, 10'000),
        field<&UpdatePlan::active>("On sale."),
        field<&UpdatePlan::terms>("All of its terms anew; absent: as they are."),
        field<&UpdatePlan::external_ref>("The host's own key; unique.").length(1, 200),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchivePlan::plan>("The plan."),
        field<&ArchivePlan::version>("The version it is thought to have."),
        field<&ArchivePlan::archived>("False: back into use.").or_default(),
    };
    return table;
  }
};

struct GetPlan {
  using Result = Plan;
  static const Operation operation;

  PlanId plan{};

  static Fields fields() {
    static constexpr Field table[] = {field<&GetPlan::plan>("The plan.")};
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Plans::centre>("Only of this centre.").or_default(),
        field<&Plans::active>("Only those on sale, or only those that are not."),
        field<&Plans::archived>("Archived ones instead.").or_default(),
        field<&Plans::search>("Part of the name.").length(1, 200),
        field<&Plans::cursor>("From the page before."),
        field<&Plans::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk

/// Plans and their versions, for the rest of the area.
#pragma once

#include <frontdesk/plans_events.hpp>
#include <frontdesk/plans_manage.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::plans {

using storage::Transaction;

/// Name and terms as a version of a plan had them. Never changes.
struct PlanVersion {
  std::string name{};
  Terms terms{};

  template <class Self = PlanVersion>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("The plan's name."),
        field<&Self::terms>("Its terms."),
    };
    return table;
  }
};

/// What a subscription was sold by. Remembered per desk.
std::shared_ptr<const PlanVersion> version_of(Transaction& transaction, PlanId plan,
                                              std::int64_t version);

/// The plan in whatever state, or storage::missing("plan", field).
Plan stored_plan(Transaction& transaction, PlanId id, std::string_view field = "plan");
/// A plan on sale that the caller may know of; else missing, conflict/plan_archived or
/// conflict/plan_not_on_sale.
Plan plan_on_sale(Transaction& transaction, PlanId id);

/// Fills in what follows (centres, ages of the group) and refuses terms that contradict
/// themselves, each with its own reason; paths are below `terms`.
void check_terms(Transaction& transaction, CentreId centre, Terms& terms);

}  // namespace frontdesk::plans

/// Why no visit pays for a place, told once for every operation that books by visit. Where none is
/// named, it is the reason of the subscription that came nearest.
#pragma once

#include <frontdesk/operation.hpp>
#include <frontdesk/plans.hpp>

namespace frontdesk::plans {

inline constexpr Refusal visit_refusals[] = {
    {Code::invalid, "attendee_needed", "a visit is to pay for nobody in particular"},
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::invalid, "attendee_not_on_subscription", "the subscription is for others"},
    {Code::conflict, "no_subscription", "the attendee has no subscription"},
    {Code::invalid, "centre_not_covered", "it does not hold at the centre"},
    {Code::invalid, "activity_not_covered", "it does not cover the activity"},
    {Code::invalid, "ticket_type_not_covered", "it does not cover the ticket type"},
    {Code::invalid, "seat_category_not_covered", "it does not cover the seat's category"},
    {Code::invalid, "age_outside_plan", "the attendee is too young or too old for it"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_unpaid", "it is not paid"},
    {Code::conflict, "subscription_not_started", "the session is before its days"},
    {Code::conflict, "visits_after_end", "an earlier first visit would end it before a later one"},
    {Code::conflict, "subscription_expired", "the session is after its days"},
    {Code::conflict, "subscription_frozen", "it is frozen then"},
    {Code::conflict, "visits_exhausted", "all its visits are used or reserved"},
    {Code::conflict, "day_limit_reached", "its visits of the day are used or reserved"},
    {Code::conflict, "week_limit_reached", "its visits of the week are used or reserved"},
    {Code::conflict, "month_limit_reached", "its visits of the month are used or reserved"},
    {Code::conflict, "premium_limit_reached", "its premium visits of the month are"},
};

}  // namespace frontdesk::plans

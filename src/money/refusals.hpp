/// What coupons and purses refuse, told once for every operation that sells or takes money.
#pragma once

#include <frontdesk/money.hpp>
#include <frontdesk/operation.hpp>

namespace frontdesk::money {

/// In the order of SPEC D3.
inline constexpr Refusal coupon_refusals[] = {
    {Code::not_found, "coupon_not_found", "no coupon has the code"},
    {Code::conflict, "coupon_currency_differs", "the coupon is in another currency"},
    {Code::conflict, "coupon_minimum_not_reached", "the purchase is below the coupon's minimum"},
    {Code::conflict, "coupon_without_targets", "the coupon is for nothing yet"},
    {Code::conflict, "coupon_not_for_this", "the coupon is for something else"},
    {Code::conflict, "coupon_not_yet_valid", "the coupon's time has not begun"},
    {Code::expired, "coupon_expired", "the coupon's time has ended"},
    {Code::conflict, "coupon_inactive", "the coupon is not active"},
    {Code::conflict, "coupon_used_up", "the coupon, or this code of it, has no use left"},
    {Code::conflict, "coupon_used_by_client", "the payer has no use of the coupon left"},
    {Code::conflict, "coupon_budget_spent", "nothing is left of the coupon's budget"},
};

/// Where several may be given.
inline constexpr Refusal coupons_refusals[] = {
    {Code::invalid, "coupon_twice", "a coupon is named twice"},
    {Code::conflict, "coupon_not_combinable", "a coupon does not go together with another"},
};

/// Of amounts of tenders.
inline constexpr Refusal amount_refusals[] = {
    {Code::invalid, "currency_differs", "an amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "an amount is beyond all reason"},
    {Code::invalid, "amount_not_positive", "an amount is not above zero"},
};

/// Of any tender. An order that may have payments already has payments_too_many besides.
inline constexpr Refusal tender_refusals[] = {
    {Code::conflict, "nothing_owed", "nothing is owed that a tender could pay"},
    {Code::invalid, "amount_over_owed", "a tender is more than what is owed"},
    {Code::invalid, "payer_needed", "what is paid, or the way of paying, needs a payer"},
    {Code::conflict, "balance_too_low", "the payer's balance is too low"},
    {Code::conflict, "payment_ref_taken", "another payment has the provider's reference"},
    {Code::conflict, "no_open_shift", "cash comes without an open shift of the caller's"},
};

/// Of tenders by gift card and points (storage::Purse).
inline constexpr Refusal purse_refusals[] = {
    {Code::invalid, "gift_card_code_needed", "a gift card is to pay, but no code is given"},
    {Code::not_found, "gift_card_not_found", "no gift card has the code"},
    {Code::conflict, "gift_card_of_other_centre", "the gift card is of another centre"},
    {Code::conflict, "gift_card_unpaid", "the gift card is not paid"},
    {Code::conflict, "gift_card_cancelled", "the gift card was cancelled"},
    {Code::expired, "gift_card_expired", "the gift card is past its time"},
    {Code::conflict, "gift_card_too_low", "less is left on the gift card"},
    {Code::conflict, "points_not_accepted", "the centre takes no points"},
    {Code::invalid, "points_fraction", "the amount would take a fraction of a point"},
    {Code::conflict, "points_too_few", "the payer has fewer points to spend"},
};

}  // namespace frontdesk::money

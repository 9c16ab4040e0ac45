/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/pricing_coupons.hpp>
#include <frontdesk/pricing_gift_cards.hpp>
#include <frontdesk/pricing_points.hpp>
#include <frontdesk/pricing_promotions.hpp>
#include <frontdesk/pricing_tiers.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::pricing::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// Quotes and units of holds that stand no more.
extern const storage::TickPart forget;
/// What was fixed for a place stays with it when the hall gets another map.
extern const storage::Reaction quotes_follow_seats;

extern const storage::CheckPart check;

/// Uses of coupons follow the lines of their orders.
extern const storage::Reaction coupons_follow;
extern const storage::CheckPart check_coupons;

/// Free places follow the lines of their orders.
extern const storage::Reaction free_tickets_follow;
extern const storage::CheckPart check_free_tickets;

/// Tiers follow what is paid and refunded, and time.
extern const storage::Reaction tiers_follow_order;
extern const storage::Reaction tiers_follow_payment;
extern const storage::Reaction tiers_follow_refund;
extern const storage::TickPart tiers_sweep;
extern const storage::TickPart tiers_due;
extern const storage::CheckPart check_tiers;

/// Points are earned with orders, spent as payments, and expire.
extern const storage::Reaction points_follow_order;
extern const storage::Reaction points_follow_payment;
extern const storage::Reaction points_follow_refund;
extern const storage::Reaction points_ready;
extern const storage::TickPart points_expire;
extern const storage::CheckPart check_points;
extern const storage::Purse points_purse;

/// Gift cards are paid with their orders, spent as payments, and expire.
extern const storage::Reaction gift_cards_follow_order;
extern const storage::Reaction gift_cards_follow_payment;
extern const storage::Reaction gift_cards_follow_refund;
extern const storage::TickPart gift_cards_expire;
extern const storage::CheckPart check_gift_cards;
extern const storage::Purse gift_card_purse;

/// A person's coupons, tier, points and gift cards.
extern const storage::ExportPart export_offers;
extern const storage::MergePart merge_offers;
extern const storage::ErasePart erase_offers;

/// Coupons when plans are bought.
extern const storage::Reduction reduce_plans;

/// A centre where something is priced keeps its currency.
extern const storage::Veto keep_currency;

}  // namespace frontdesk::pricing::lists

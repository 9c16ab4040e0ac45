/// All that prices of a session rest on, read once and kept per desk until prices, ticket types or
/// activities change: quotes are then worked out without reading a row.
#pragma once

#include <frontdesk/catalog_rooms.hpp>
#include <frontdesk/pricing_fees.hpp>
#include <frontdesk/pricing_promotions.hpp>
#include <frontdesk/pricing_tiers.hpp>
#include <frontdesk/schedule.hpp>

#include "storage/transaction.hpp"

#include <memory>

namespace frontdesk::pricing {

using storage::Transaction;

/// A price of the sheet.
struct SheetPrice {
  TicketTypeId ticket_type{};   ///< none: any
  std::string seat_category{};  ///< empty: any
  Money amount{};
};

/// A rule whose conditions on the session are met already.
struct SheetRule {
  PriceRuleId id{};
  RuleKind kind = RuleKind::regular;
  std::string name{};
  TicketTypeId ticket_type{};
  std::string seat_category{};
  std::optional<seating::Channel> channel{};
  std::optional<Instant> bought_before{};
  std::optional<Instant> bought_from{};
  std::optional<std::int64_t> quantity{};
  std::optional<std::int64_t> basis_points{};
  Money amount{};
};

/// A promotion whose conditions on the session are met already.
struct SheetPromotion {
  PromotionId id{};
  std::string name{};
  std::vector<TicketTypeId> ticket_types{};
  std::optional<Instant> valid_from{};
  std::optional<Instant> valid_to{};
  bool first_booking = false;
  std::int64_t child_from = 0;  ///< 0: also for others than children
  std::int64_t tickets_from = 0;
  std::int64_t basis_points = 0;
  std::int64_t amount = 0;
  std::int64_t buy = 0;  ///< 0: a percentage or an amount
  std::int64_t pay = 0;
  bool exclusive = false;
};

/// What all sessions of a centre share.
struct CentreSheet {
  std::string zone{};
  Currency currency{};
  std::vector<catalog::TicketType> ticket_types{};  ///< by id; those sold no more, too
  std::vector<PriceRule> rules{};                   ///< in the order they count
  std::vector<Fee> fees{};
  std::vector<TaxRate> taxes{};
  std::vector<Promotion> promotions{};  ///< oldest first
  std::vector<Tier> tiers{};            ///< lowest first
};

/// What holds for one session.
struct Sheet {
  std::shared_ptr<const CentreSheet> centre{};
  std::string activity_name{};
  std::vector<CategoryId> categories{};      ///< of the activity, with those above them
  std::vector<SheetPrice> prices{};          ///< nearest and most exact first
  std::vector<SheetRule> rules{};            ///< in the order they count
  std::vector<Fee> fees{};                   ///< for places, then for orders
  std::vector<TaxRate> taxes{};              ///< most exact first
  std::vector<SheetPromotion> promotions{};  ///< oldest first
};

/// The sheet of a session as it is in this snapshot. Thread-safe.
std::shared_ptr<const Sheet> sheet_of(Transaction& transaction, const schedule::Session& session);
std::shared_ptr<const CentreSheet> centre_sheet_of(Transaction& transaction, CentreId centre);

/// The rate for a line sold on a day; null where there is none.
const TaxRate* tax_on(std::span<const TaxRate> most_exact_first, Taxed taxed, Date day);

}  // namespace frontdesk::pricing

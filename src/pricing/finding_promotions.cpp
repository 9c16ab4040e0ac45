/// Which promotions a purchase meets (SPEC D6). What a session alone decides, its sheet knows.
#include "access/relations.hpp"
#include "money/order_rows.hpp"
#include "pricing/offers.hpp"

#include <algorithm>

namespace frontdesk::pricing {
namespace {

/// Whether the payer has bought no ticket at the centre that they did not give back.
bool is_first_booking(Transaction& transaction, CentreId centre, const Buyer& buyer) {
  return !transaction.exists(
      "SELECT 1 FROM orders WHERE payer = $1 AND centre = $2 AND id <> $5"
      " AND (ended_at IS NULL OR paid > refunded) AND EXISTS (SELECT 1 FROM order_lines"
      " WHERE order_lines.id > orders.id * $3 AND order_lines.id < (orders.id + 1) * $3"
      " AND kind = $4) LIMIT 1",
      buyer.payer, centre, money::numbers_per_order, money::LineKind::ticket, buyer.order.value);
}

/// The payer's children among the attendees, numbered as they come.
std::vector<std::int64_t> number_children(Transaction& transaction, std::span<const Wanted> wanted,
                                          ClientId payer) {
  std::vector<std::int64_t> numbers(wanted.size(), 0);
  const std::vector<ClientId> children = access::dependants_of(transaction, payer);
  std::vector<ClientId> seen;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const ClientId attendee = wanted[i].attendee;
    if (!attendee || std::find(children.begin(), children.end(), attendee) == children.end()) {
      continue;
    }
    auto known = std::find(seen.begin(), seen.end(), attendee);
    if (known == seen.end()) known = seen.insert(seen.end(), attendee);
    numbers[i] = known - seen.begin() + 1;
  }
  return numbers;
}

/// Looks up what promotions ask of the payer, each at most once a purchase.
class Payer {
 public:
  Payer(Transaction& transaction, CentreId centre, std::span<const Wanted> wanted,
        const Buyer& buyer, Offers& offers)
      : transaction_(transaction),
        centre_(centre),
        wanted_(wanted),
        buyer_(buyer),
        offers_(offers) {}

  bool is_known() const { return static_cast<bool>(buyer_.payer); }
  bool is_first() {
    if (first_ == Known::no_idea) {
      first_ = is_first_booking(transaction_, centre_, buyer_) ? Known::yes : Known::no;
    }
    return first_ == Known::yes;
  }
  bool has_child(std::int64_t number) {
    if (offers_.children.empty()) {
      offers_.children = number_children(transaction_, wanted_, buyer_.payer);
    }
    return std::any_of(offers_.children.begin(), offers_.children.end(),
                       [&](std::int64_t child) { return child >= number; });
  }

 private:
  enum class Known : unsigned char { no_idea, yes, no };

  Transaction& transaction_;
  const CentreId centre_;
  const std::span<const Wanted> wanted_;
  const Buyer& buyer_;
  Offers& offers_;
  Known first_ = Known::no_idea;
};

/// Why the purchase does not meet the promotion; empty where it does.
std::string_view hindrance(const SheetPromotion& promotion, Payer& payer, std::size_t tickets) {
  if (static_cast<std::int64_t>(tickets) < std::max(promotion.tickets_from, promotion.buy)) {
    return "tickets_too_few";
  }
  if ((promotion.first_booking || promotion.child_from > 0) && !payer.is_known()) {
    return "payer_needed";
  }
  if (promotion.first_booking && !payer.is_first()) return "not_first_booking";
  if (promotion.child_from > 0 && !payer.has_child(promotion.child_from)) return "no_such_child";
  return "";
}

}  // namespace

void find_promotions(Transaction& transaction, const Sheet& sheet, CentreId centre,
                     std::span<const Wanted> wanted, const Buyer& buyer, Offers& offers) {
  Payer payer(transaction, centre, wanted, buyer, offers);
  const Instant now = transaction.now();
  for (const SheetPromotion& promotion : sheet.promotions) {
    if (promotion.valid_from && now < *promotion.valid_from) continue;
    if (promotion.valid_to && now >= *promotion.valid_to) continue;
    const std::string_view why = hindrance(promotion, payer, wanted.size());
    if (why.empty()) {
      offers.promotions.push_back(&promotion);
    } else {
      offers.not_met.emplace_back(&promotion, why);
    }
  }
}

}  // namespace frontdesk::pricing

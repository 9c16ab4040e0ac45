/// Whether a coupon holds for a purchase, asked always in the same order (SPEC D3).
#include "base/zones.hpp"
#include "money/amounts.hpp"
#include "pricing/coupon_codes.hpp"
#include "pricing/coupons.hpp"
#include "pricing/offers.hpp"
#include "storage/referred.hpp"
#include "storage/rows.hpp"

#include <algorithm>

namespace frontdesk::pricing {
namespace {

struct Figures {
  std::int64_t uses = 0;
  std::int64_t given = 0;
};

/// What other holds than the purchase's reserve of it, as long as they stand.
Figures reserved(Transaction& transaction, CouponId coupon, HoldId own) {
  storage::Cursor row = transaction.query(
      "SELECT count(*), sum(amount) FROM coupon_uses JOIN holds ON holds.id = coupon_uses.hold"
      " WHERE coupon_uses.coupon = $1 AND coupon_uses.hold IS NOT NULL AND coupon_uses.hold <> $2"
      " AND holds.expires_at > $3",
      coupon, own.value, transaction.now());
  if (!row.next()) return {};
  return {row.integer(0), row.integer(1)};
}

/// How often the payer has it: in orders that keep it, and in other holds that stand.
std::int64_t uses_of(Transaction& transaction, CouponId coupon, ClientId payer, HoldId own) {
  return transaction
      .one_number(
          "SELECT count(*) FROM coupon_uses WHERE coupon = $1 AND client = $2"
          " AND released_at IS NULL AND (hold IS NULL OR (hold <> $3 AND EXISTS"
          " (SELECT 1 FROM holds WHERE holds.id = coupon_uses.hold AND expires_at > $4)))",
          coupon, payer, own.value, transaction.now())
      .value_or(0);
}

bool is_code_reserved(Transaction& transaction, const StoredCode& code, HoldId own) {
  return transaction.exists(
      "SELECT 1 FROM coupon_uses JOIN holds ON holds.id = coupon_uses.hold"
      " WHERE coupon_uses.coupon = $1 AND coupon_uses.hold IS NOT NULL"
      " AND coupon_uses.code_key = $2 AND coupon_uses.hold <> $3 AND holds.expires_at > $4",
      code.coupon, code.key, own.value, transaction.now());
}

template <class IdType>
bool has(const std::vector<IdType>& list, IdType id) {
  return id && std::find(list.begin(), list.end(), id) != list.end();
}

bool is_without_targets(const Coupon& coupon) {
  switch (coupon.applies_to) {
    case CouponFor::all:
      return false;
    case CouponFor::activities:
      return coupon.activities.empty();
    case CouponFor::categories:
      return coupon.categories.empty();
    case CouponFor::centres:
      return coupon.centres.empty();
    case CouponFor::sessions:
      return coupon.sessions.empty();
    case CouponFor::plans:
      break;
  }
  return coupon.plans.empty();
}

bool is_for(const Coupon& coupon, const Purchase& purchase) {
  if (coupon.centre && coupon.centre != purchase.centre) return false;
  switch (coupon.applies_to) {
    case CouponFor::all:
      return true;
    case CouponFor::activities:
      return has(coupon.activities, purchase.activity);
    case CouponFor::categories:
      return std::any_of(purchase.categories.begin(), purchase.categories.end(),
                         [&](CategoryId category) { return has(coupon.categories, category); });
    case CouponFor::centres:
      return has(coupon.centres, purchase.centre);
    case CouponFor::sessions:
      return has(coupon.sessions, purchase.session);
    case CouponFor::plans:
      break;
  }
  return has(coupon.plans, purchase.plan);
}

CouponOffer offer_of(const Coupon& coupon, const std::string& key) {
  CouponOffer offer{.id = coupon.id,
                    .name = coupon.name,
                    .code_key = key,
                    .basis_points = coupon.basis_points,
                    .combinable = coupon.combinable};
  if (coupon.amount) offer.amount = coupon.amount->minor;
  if (coupon.cap) offer.most = coupon.cap->minor;
  return offer;
}

/// One coupon against the purchase.
class Check {
 public:
  Check(Transaction& transaction, const Purchase& purchase, std::string path)
      : transaction_(transaction), purchase_(purchase), path_(std::move(path)) {}

  CouponOffer run(const std::string& written) {
    const StoredCode code = stored_code(transaction_, written, path_);
    const Coupon coupon =
        storage::referred<Coupon>(transaction_, "coupons WHERE id = $1", code.coupon);
    check_purchase(coupon);
    check_time(coupon);
    if (!coupon.active) refuse("coupon_inactive");
    const Figures held = reserved(transaction_, coupon.id, purchase_.hold);
    check_uses(coupon, code, held.uses);
    CouponOffer offer = offer_of(coupon, code.key);
    if (coupon.budget) {
      const std::int64_t left = coupon.budget->minor - coupon.given - held.given;
      if (left <= 0) refuse("coupon_budget_spent");
      offer.most = std::min(offer.most, left);
    }
    return offer;
  }

 private:
  [[noreturn]] void refuse(std::string_view reason, Details details = {},
                           Code code = Code::conflict) {
    throw Error(code, reason, path_, std::move(details));
  }

  void check_purchase(const Coupon& coupon) {
    const Currency currency = currency_of(coupon);
    if (!currency.code().empty() && !(currency == purchase_.price.currency)) {
      refuse("coupon_currency_differs", {{"currency", std::string(currency.code())}});
    }
    if (coupon.minimum && purchase_.price.minor < coupon.minimum->minor) {
      refuse("coupon_minimum_not_reached",
             {{"minimum", coupon.minimum->minor}, {"amount", money::print(*coupon.minimum)}});
    }
    if (is_without_targets(coupon)) refuse("coupon_without_targets");
    if (!is_for(coupon, purchase_)) refuse("coupon_not_for_this");
  }

  void check_time(const Coupon& coupon) {
    const Instant now = transaction_.now();
    if (coupon.valid_from && now < *coupon.valid_from) {
      refuse("coupon_not_yet_valid", {{"from", zones::print(*coupon.valid_from)}});
    }
    if (coupon.valid_to && now >= *coupon.valid_to) {
      refuse("coupon_expired", {{"to", zones::print(*coupon.valid_to)}}, Code::expired);
    }
  }

  void check_uses(const Coupon& coupon, const StoredCode& code, std::int64_t held) {
    const bool is_spent =
        code.is_used || (code.is_unique && is_code_reserved(transaction_, code, purchase_.hold));
    if (is_spent || (coupon.uses_max > 0 && coupon.uses + held >= coupon.uses_max)) {
      refuse("coupon_used_up");
    }
    if (!purchase_.payer || coupon.uses_per_client == 0) return;
    if (uses_of(transaction_, coupon.id, purchase_.payer, purchase_.hold) >=
        coupon.uses_per_client) {
      refuse("coupon_used_by_client", {{"uses", coupon.uses_per_client}});
    }
  }

  Transaction& transaction_;
  const Purchase& purchase_;
  const std::string path_;
};

}  // namespace

std::vector<CouponOffer> coupons_for(Transaction& transaction, std::span<const std::string> codes,
                                     const Purchase& purchase, std::string_view field) {
  std::vector<CouponOffer> offers;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const std::string path =
        field.empty() ? "coupons[" + std::to_string(i) + "]" : std::string(field);
    CouponOffer offer = Check(transaction, purchase, path).run(codes[i]);
    for (const CouponOffer& other : offers) {
      if (other.id == offer.id) throw Error(Code::invalid, "coupon_twice", path);
    }
    if (codes.size() > 1 && !offer.combinable) {
      throw Error(Code::conflict, "coupon_not_combinable", path);
    }
    offers.push_back(std::move(offer));
  }
  return offers;
}

std::vector<CouponOffer> coupons_of_order(Transaction& transaction, OrderId order,
                                          std::span<const OrderLineId> lines,
                                          const Purchase& purchase) {
  std::vector<CouponOffer> offers;
  storage::Cursor uses = transaction.query(
      "SELECT coupon, code_key FROM coupon_uses WHERE \"order\" = $1 AND released_at IS NULL"
      " ORDER BY id",
      order);
  while (uses.next()) {
    const CouponId id{uses.integer(0)};
    const Coupon coupon = storage::referred<Coupon>(transaction, "coupons WHERE id = $1", id);
    if (!is_for(coupon, purchase)) continue;
    CouponOffer offer = offer_of(coupon, std::string(uses.text(1)));
    offer.most = 0;
    for (OrderLineId line : lines) {
      offer.most += transaction
                        .one_number(
                            "SELECT sum(json_extract(part.value, '$.amount.amount')) FROM"
                            " order_lines, json_each(order_lines.discounts, '$.discounts') AS part"
                            " WHERE order_lines.id = $1"
                            " AND json_extract(part.value, '$.coupon') = $2",
                            line, id)
                        .value_or(0);
    }
    if (offer.most > 0) offers.push_back(std::move(offer));
  }
  return offers;
}

}  // namespace frontdesk::pricing

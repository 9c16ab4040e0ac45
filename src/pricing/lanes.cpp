/// The lanes of discounts, always in one order: coupons, promotions, tier (SPEC D6). Each takes
/// from what the ones before left; nothing goes below zero.
#include "pricing/offers.hpp"

#include <algorithm>
#include <numeric>

namespace frontdesk::pricing {
namespace {

std::int64_t sum_of(std::span<const std::int64_t> amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
}

std::vector<std::int64_t> split_by(std::int64_t whole, std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts;
  parts.reserve(weights.size());
  for (const Money& part : money::split(Money{whole}, weights)) parts.push_back(part.minor);
  return parts;
}

/// The lines of a quote with what is left of their prices.
class Lanes {
 public:
  Lanes(Quote& quote, const Offers& offers, money::Rounding rounding)
      : quote_(quote), offers_(offers), rounding_(rounding) {
    left_.reserve(quote.lines.size());
    for (const QuoteLine& line : quote.lines) left_.push_back(line.price.minor);
  }

  void run() {
    take_coupons();
    if (is_alone_) return note_coupon_alone();
    for (const auto& [promotion, why] : offers_.not_met) note(promotion->name, why);
    take_promotions();
    if (offers_.tier) take_tier(*offers_.tier);
  }

 private:
  Money money(std::int64_t minor) const { return {minor, quote_.lines.front().price.currency}; }

  void note(std::string_view name, std::string_view why) {
    quote_.not_applied.push_back({std::string(name), std::string(why)});
  }

  /// Takes parts off the lines; false where they come to nothing.
  bool take(const Discount& discount, std::span<const std::int64_t> parts) {
    bool is_any = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i] == 0) continue;
      Discount& taken = quote_.lines[i].discounts.emplace_back(discount);
      taken.base = money(left_[i]);
      taken.amount = money(parts[i]);
      left_[i] -= parts[i];
      is_any = true;
    }
    return is_any;
  }

  void take_coupons() {
    for (const CouponOffer& coupon : offers_.coupons) {
      const Discount discount{
          .kind = "coupon", .name = coupon.name, .coupon = coupon.id, .code = coupon.code_key};
      if (!take(discount, taken_off(coupon, left_, rounding_))) {
        note(coupon.name, "nothing_left");
      } else if (!coupon.combinable) {
        is_alone_ = true;
      }
    }
  }

  void note_coupon_alone() {
    for (const SheetPromotion* promotion : offers_.promotions) {
      note(promotion->name, "coupon_alone");
    }
    if (offers_.tier) note(offers_.tier->name, "coupon_alone");
  }

  // --- promotions ---

  std::vector<std::int64_t> parts_of(const SheetPromotion& promotion,
                                     std::span<const std::int64_t> left) const {
    return taken_off(promotion, quote_.lines, offers_.children, left, rounding_);
  }

  /// What those that go together take off, in all.
  std::int64_t together() const {
    std::vector<std::int64_t> left = left_;
    for (const SheetPromotion* promotion : offers_.promotions) {
      if (promotion->exclusive) continue;
      const std::vector<std::int64_t> parts = parts_of(*promotion, left);
      for (std::size_t i = 0; i < left.size(); ++i) left[i] -= parts[i];
    }
    return sum_of(left_) - sum_of(left);
  }

  /// The exclusive promotion to take; null where those that go together are at least as good. They
  /// count by the lowest number among them.
  const SheetPromotion* best_alone() const {
    const SheetPromotion* best = nullptr;
    const SheetPromotion* first_together = nullptr;
    std::int64_t most = -1;
    for (const SheetPromotion* promotion : offers_.promotions) {
      if (!promotion->exclusive) {
        if (first_together == nullptr) first_together = promotion;
        continue;
      }
      const std::int64_t taken = sum_of(parts_of(*promotion, left_));
      if (taken > most) {
        most = taken;
        best = promotion;
      }
    }
    if (first_together == nullptr || best == nullptr) return best;
    const std::int64_t others = together();
    const bool is_better = most > others || (most == others && best->id < first_together->id);
    return is_better ? best : nullptr;
  }

  void take_promotions() {
    if (offers_.promotions.empty()) return;
    const SheetPromotion* alone = best_alone();
    for (const SheetPromotion* promotion : offers_.promotions) {
      const bool is_taken = alone != nullptr ? promotion == alone : !promotion->exclusive;
      if (!is_taken) {
        note(promotion->name, "better_taken");
        continue;
      }
      const Discount discount{
          .kind = "promotion", .name = promotion->name, .promotion = promotion->id};
      if (!take(discount, parts_of(*promotion, left_))) note(promotion->name, "nothing_left");
    }
  }

  // --- tier ---

  /// Free places are the dearest ones; of the others the percentage is taken off.
  void take_tier(const TierOffer& tier) {
    std::vector<std::size_t> dearest(left_.size());
    std::iota(dearest.begin(), dearest.end(), std::size_t{0});
    std::stable_sort(dearest.begin(), dearest.end(),
                     [&](std::size_t a, std::size_t b) { return left_[a] > left_[b]; });
    std::vector<std::int64_t> free(left_.size(), 0);
    std::int64_t given = 0;
    for (std::size_t line : dearest) {
      if (given == tier.free_tickets || left_[line] == 0) break;
      free[line] = left_[line];
      ++given;
    }
    take({.kind = "free_ticket", .name = tier.name, .tier = tier.id}, free);
    std::vector<std::int64_t> parts(left_.size(), 0);
    for (std::size_t i = 0; i < left_.size(); ++i) {
      parts[i] = money::rate(Money{left_[i]}, tier.basis_points, rounding_).minor;
    }
    take({.kind = "tier", .name = tier.name, .tier = tier.id}, parts);
  }

  Quote& quote_;
  const Offers& offers_;
  const money::Rounding rounding_;
  std::vector<std::int64_t> left_{};
  bool is_alone_ = false;
};

}  // namespace

std::vector<std::int64_t> taken_off(const CouponOffer& coupon, std::span<const std::int64_t> left,
                                    money::Rounding rounding) {
  std::vector<std::int64_t> parts(left.size(), 0);
  if (coupon.basis_points) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      parts[i] = money::rate(Money{left[i]}, *coupon.basis_points, rounding).minor;
    }
  } else {
    parts = split_by(std::min(coupon.amount, sum_of(left)), left);
  }
  if (sum_of(parts) > coupon.most) parts = split_by(coupon.most, parts);
  return parts;
}

namespace {

bool is_for(const SheetPromotion& promotion, const QuoteLine& line, std::int64_t child) {
  const auto& types = promotion.ticket_types;
  const bool has_type =
      types.empty() || std::find(types.begin(), types.end(), line.ticket_type) != types.end();
  return has_type && child >= promotion.child_from;
}

/// Of every `buy` places the cheapest ones are free, down to `pay`.
void free_cheapest(const SheetPromotion& promotion, std::vector<std::size_t> lines,
                   std::span<const std::int64_t> left, std::vector<std::int64_t>& parts) {
  std::stable_sort(lines.begin(), lines.end(),
                   [&](std::size_t a, std::size_t b) { return left[a] < left[b]; });
  const auto groups = static_cast<std::int64_t>(lines.size()) / promotion.buy;
  const auto count = static_cast<std::size_t>(groups * (promotion.buy - promotion.pay));
  for (std::size_t i = 0; i < count; ++i) parts[lines[i]] = left[lines[i]];
}

}  // namespace

std::vector<std::int64_t> taken_off(const SheetPromotion& promotion,
                                    std::span<const QuoteLine> lines,
                                    std::span<const std::int64_t> children,
                                    std::span<const std::int64_t> left, money::Rounding rounding) {
  std::vector<std::int64_t> parts(left.size(), 0);
  std::vector<std::size_t> concerned;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!is_for(promotion, lines[i], children.empty() ? 0 : children[i])) continue;
    if (promotion.buy > 0) {
      concerned.push_back(i);
    } else if (promotion.basis_points > 0) {
      parts[i] = money::rate(Money{left[i]}, promotion.basis_points, rounding).minor;
    } else {
      parts[i] = std::min(promotion.amount, left[i]);
    }
  }
  if (promotion.buy > 0) free_cheapest(promotion, std::move(concerned), left, parts);
  return parts;
}

void take_off(Quote& quote, const Offers& offers, money::Rounding rounding) {
  if (offers.empty() || quote.lines.empty()) return;
  Lanes(quote, offers, rounding).run();
}

}  // namespace frontdesk::pricing

/// Coupons, promotions, tiers, points and gift cards in the simulation: one centre of its own,
/// where what a booking costs must be what its quote said, and every counter what its facts sum to.
#pragma once

#include "simulation.hpp"

namespace frontdesk::simulation {

struct ModelCoupon {
  CouponId id{};
  std::string code{};
  std::int64_t uses_max = 0;
};

struct ModelDeal {
  BookingId booking{};
  ClientId client{};
  CouponId coupon{};
};

class OfferStall {
 public:
  explicit OfferStall(Simulation& simulation);

  /// Somebody books, with a coupon or without, and pays with what they have.
  void buy();
  /// Some places of a booking, or all, are given back.
  void give_up();
  /// Another coupon, promotion or gift card; or an end of one.
  void change_offers();
  void check();

 private:
  Caller host() const;
  std::int64_t roll(std::int64_t sides) const;
  void agree(bool is_true, const std::string& what) const;
  ClientId newcomer();
  void forget_old();
  SessionId any_show();
  bool is_live(const ModelDeal& deal) const;
  std::vector<money::Tender> means(ClientId client, std::int64_t total) const;
  std::map<std::int64_t, std::int64_t> live_uses() const;
  void check_coupons();
  void check_points(ClientId client);
  void check_tier(ClientId client);

  Simulation& simulation_;
  CentreId centre_{};
  ActivityId film_{};
  std::vector<ClientId> clients_{};
  std::vector<SessionId> shows_{};
  std::vector<ModelCoupon> coupons_{};
  std::vector<PromotionId> promotions_{};
  std::vector<std::string> cards_{};
  std::vector<ModelDeal> deals_{};
  int bought_ = 0;
  TierId silver_{};
  std::int64_t threshold_ = 50'000;
};

}  // namespace frontdesk::simulation

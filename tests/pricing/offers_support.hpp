/// A house for tests of coupons, promotions, tiers, points and gift cards. The film is tomorrow at
/// 18:00 and costs 100 a place.
#pragma once

#include "bookings/bookings_support.hpp"

#include <frontdesk/pricing_coupons.hpp>

namespace frontdesk::testing {

struct Market : House {
  SessionId show = session();

  /// A coupon by percentage, to be completed.
  pricing::CreateCoupon coupon(std::int64_t basis_points = 1'000,
                               const std::string& code = "SPRING") const {
    pricing::CreateCoupon request;
    request.centre = centre;
    request.name = "Spring";
    request.code = code;
    request.basis_points = basis_points;
    return request;
  }
  pricing::CreateCoupon coupon_of(std::int64_t minor, const std::string& code = "SPRING") const {
    pricing::CreateCoupon request = coupon(0, code);
    request.basis_points.reset();
    request.amount = uah(minor);
    return request;
  }
  CouponId make(const pricing::CreateCoupon& request) const { return host().run(request).id; }
  pricing::Coupon get(CouponId id) const {
    return host().run(pricing::GetCoupon{.coupon = id, .code = {}});
  }

  pricing::AskQuote ask(std::vector<std::string> coupons = {}, std::size_t places = 1) const {
    pricing::AskQuote request;
    request.session = show;
    request.places.resize(places);
    request.coupons = std::move(coupons);
    return request;
  }
  pricing::Quote quote(std::vector<std::string> coupons = {}, std::size_t places = 1) const {
    return host().run(ask(std::move(coupons), places));
  }
  /// Why a quote with the coupons is refused.
  std::string why(std::vector<std::string> coupons, std::size_t places = 1) const {
    return refusal([&] { quote(std::move(coupons), places); }).reason();
  }

  bookings::Book wish_with(std::vector<std::string> coupons, std::size_t places = 1) const {
    bookings::Book request = wish(show, places);
    request.coupons = std::move(coupons);
    return request;
  }
  money::Order order_of(const bookings::Booking& booking) const {
    return host().run(money::GetOrder{.order = booking.order});
  }
};

/// What the parts of a quote add up to; fails the test where a line does not add up.
std::int64_t sum_of_parts(const pricing::Quote& quote);

}  // namespace frontdesk::testing

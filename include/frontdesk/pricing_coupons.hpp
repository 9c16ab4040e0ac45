/// Coupons: codes that take something off a purchase (SPEC D3).
///
/// A code is told apart without regard to case, spaces and dashes, and so that those that look
/// alike (O and 0, I, L and 1) are the same. It never changes. A coupon has one code, or many of
/// which each may be used once.
///
/// Whether a coupon holds is asked in this order, and each refusal has its own reason: its code is
/// known, its currency is that of the purchase, the minimum purchase is reached, it is for what is
/// bought, its time has begun, has not ended, it is active, uses are left, uses are left for the
/// client, money of its budget is left, it may be combined with the others.
#pragma once

#include <frontdesk/pricing_quotes.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

/// What a coupon is for. Of the lists of a coupon only the one that this names counts; while it is
/// empty, the coupon is for nothing.
enum class CouponFor : unsigned char { all, activities, categories, centres, sessions, plans };
std::span<const EnumValue> enum_values(CouponFor);

/// A coupon with its figures.
struct Coupon {
  CouponId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  std::optional<std::string> code{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  std::optional<Money> cap{};
  std::optional<Money> minimum{};
  CouponFor applies_to = CouponFor::all;
  std::vector<ActivityId> activities{};
  std::vector<CategoryId> categories{};
  std::vector<CentreId> centres{};
  std::vector<SessionId> sessions{};
  std::vector<PlanId> plans{};
  std::optional<Instant> valid_from{};
  std::optional<Instant> valid_to{};
  bool active = true;
  std::int64_t uses_max = 0;
  std::int64_t uses_per_client = 1;
  std::optional<Money> budget{};
  bool combinable = false;
  std::int64_t uses = 0;
  std::int64_t given = 0;
  Instant created_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Coupon::id>("Number of the coupon."),
        field<&Coupon::version>("Grows by one with each change; uses do not count."),
        field<&Coupon::centre>("The centre it belongs to; none: the platform.").or_default(),
        field<&Coupon::name>("What the buyer reads."),
        field<&Coupon::code>("Its code; absent where it has many that are used once each."),
        field<&Coupon::basis_points>(
            "It takes off so many hundredths of a percent of what a place costs by then."),
        field<&Coupon::amount>("Or it takes off so much of the whole purchase."),
        field<&Coupon::cap>("At most so much of one purchase."),
        field<&Coupon::minimum>("Only if the purchase costs so much before discounts and fees."),
        field<&Coupon::applies_to>("What it is for."),
        field<&Coupon::activities>("The activities it is for."),
        field<&Coupon::categories>("The categories it is for, with those below them."),
        field<&Coupon::centres>("The centres it is for."),
        field<&Coupon::sessions>("The sessions it is for."),
        field<&Coupon::plans>("The plans it is for."),
        field<&Coupon::valid_from>("When its time begins."),
        field<&Coupon::valid_to>("When its time has ended."),
        field<&Coupon::active>("It can be used."),
        field<&Coupon::uses_max>("How many purchases in all may have it; 0: any number."),
        field<&Coupon::uses_per_client>("How many purchases of one payer; 0: any number."),
        field<&Coupon::budget>("It takes off no more than this in all."),
        field<&Coupon::combinable>(
            "Goes together with other such coupons, with promotions and tiers."),
        field<&Coupon::uses>("How many purchases have it."),
        field<&Coupon::given>("What it took off them, in minor units."),
        field<&Coupon::created_at>("When it was made."),
    };
    return table;
  }
};

/// One code of a coupon with many.
struct CouponCode {
  std::string code{};
  bool used = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CouponCode::code>("The code as it is given out."),
        field<&CouponCode::used>("A purchase has it."),
    };
    return table;
  }
};

/// One purchase with a coupon.
struct CouponUse {
  CouponId coupon{};
  std::string code{};
  ClientId client{};
  CentreId centre{};
  OrderId order{};
  HoldId hold{};
  Money amount{};
  Instant used_at{};
  std::optional<Instant> released_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CouponUse::coupon>("The coupon."),
        field<&CouponUse::code>("The code that was used."),
        field<&CouponUse::client>("Who pays; none for a guest.").or_default(),
        field<&CouponUse::centre>("Where it was used."),
        field<&CouponUse::order>("The order; none while only a hold has it.").or_default(),
        field<&CouponUse::hold>("The hold whose quote reserves it.").or_default(),
        field<&CouponUse::amount>("What it took off."),
        field<&CouponUse::used_at>("When it was used or reserved."),
        field<&CouponUse::released_at>("When it was given back, with its last line."),
    };
    return table;
  }
};

/// A coupon was made or changed.
struct CouponChanged {
  static const storage::EventKind kind;
  CouponId coupon{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CouponChanged::coupon>("The coupon."),
        field<&CouponChanged::centre>("Its centre; none: the platform.").or_default(),
    };
    return table;
  }
};

/// An order took a coupon, or gave it back.
struct CouponUsed {
  static const storage::EventKind kind;
  CouponId coupon{};
  OrderId order{};
  CentreId centre{};
  bool released = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CouponUsed::coupon>("The coupon."),
        field<&CouponUsed::order>("The order."),
        field<&CouponUsed::centre>("The order's centre."),
        field<&CouponUsed::released>("It was given back."),
    };
    return table;
  }
};

/// Makes a coupon. Without a code it gets many, by `pricing.make_coupon_codes`.
struct CreateCoupon {
  using Result = Coupon;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::optional<std::string> code{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  std::optional<Money> cap{};
  std::optional<Money> minimum{};
  CouponFor applies_to = CouponFor::all;
  std::vector<ActivityId> activities{};
  std::vector<CategoryId> categories{};
  std::vector<CentreId> centres{};
  std::vector<SessionId> sessions{};
  std::vector<PlanId> plans{};
  std::optional<Instant> valid_from{};
  std::optional<Instant> valid_to{};
  bool active = true;
  std::int64_t uses_max = 0;
  std::int64_t uses_per_client = 1;
  std::optional<Money> budget{};
  bool combinable = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateCoupon::centre>("The centre it belongs to; none: the platform.").or_default(),
        field<&CreateCoupon::name>("What the buyer reads.").length(1, 200),
        field<&CreateCoupon::code>(
            "Its code: letters, digits and dashes; absent: it gets many that are used once each.")
            .length(1, 40),
        field<&CreateCoupon::basis_points>(
            "It takes off so many hundredths of a percent of what a place costs by then."),
        field<&CreateCoupon::amount>("Or it takes off so much of the whole purchase."),
        field<&CreateCoupon::cap>("At most so much of one purchase."),
        field<&CreateCoupon::minimum>(
            "Only if the purchase costs so much before discounts and fees."),
        field<&CreateCoupon::applies_to>("What it is for.").or_default(),
        field<&CreateCoupon::activities>("The activities it is for.").length(0, 500),
        field<&CreateCoupon::categories>("The categories it is for, with those below them.")
            .length(0, 500),
        field<&CreateCoupon::centres>("The centres it is for.").length(0, 500),
        field<&CreateCoupon::sessions>("The sessions it is for.").length(0, 500),
        field<&CreateCoupon::plans>("The plans it is for.").length(0, 500),
        field<&CreateCoupon::valid_from>("When its time begins."),
        field<&CreateCoupon::valid_to>("When its time has ended."),
        field<&CreateCoupon::active>("It can be used.").or_default(),
        field<&CreateCoupon::uses_max>("How many purchases in all may have it; 0: any number.")
            .or_default()
            .range(0, 1'000'000'000),
        field<&CreateCoupon::uses_per_client>("How many purchases of one payer; 0: any number.")
            .or_default()
            .range(0, 1'000'000),
        field<&CreateCoupon::budget>("It takes off no more than this in all."),
        field<&CreateCoupon::combinable>(
            "Goes together with other such coupons, with promotions and tiers.")
            .or_default(),
    };
    return table;
  }
};

/// Changes a coupon; what is not given stays as it is, and its code stays for ever. Quotes that
/// were fixed stand.
struct UpdateCoupon {
  using Result = Coupon;
  static const Operation operation;

  CouponId coupon{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::int64_t> basis_points{};
  Update<Money> amount{};
  Update<Money> cap{};
  Update<Money> minimum{};
  Update<CouponFor> applies_to{};
  Update<std::vector<ActivityId>> activities{};
  Update<std::vector<CategoryId>> categories{};
  Update<std::vector<CentreId>> centres{};
  Update<std::vector<SessionId>> sessions{};
  Update<std::vector<PlanId>> plans{};
  Update<Instant> valid_from{};
  Update<Instant> valid_to{};
  Update<bool> active{};
  Update<std::int64_t> uses_max{};
  Update<std::int64_t> uses_per_client{};
  Update<Money> budget{};
  Update<bool> combinable{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateCoupon::coupon>("The coupon."),
        field<&UpdateCoupon::version>("The version it is thought to have."),
        field<&UpdateCoupon::name>("What the buyer reads.").length(1, 200),
        field<&UpdateCoupon::basis_points>("It takes off so many hundredths of a percent."),
        field<&UpdateCoupon::amount>("Or it takes off so much of the whole purchase."),
        field<&UpdateCoupon::cap>("At most so much of one purchase; null: without limit."),
        field<&UpdateCoupon::minimum>("Only if the purchase costs so much; null: any."),
        field<&UpdateCoupon::applies_to>("What it is for."),
        field<&UpdateCoupon::activities>("The activities it is for.").length(0, 500),
        field<&UpdateCoupon::categories>("The categories it is for.").length(0, 500),
        field<&UpdateCoupon::centres>("The centres it is for.").length(0, 500),
        field<&UpdateCoupon::sessions>("The sessions it is for.").length(0, 500),
        field<&UpdateCoupon::plans>("The plans it is for.").length(0, 500),
        field<&UpdateCoupon::valid_from>("When its time begins; null: it has begun."),
        field<&UpdateCoupon::valid_to>("When its time has ended; null: never."),
        field<&UpdateCoupon::active>("It can be used."),
        field<&UpdateCoupon::uses_max>("How many purchases in all; 0: any number.")
            .range(0, 1'000'000'000),
        field<&UpdateCoupon::uses_per_client>("How many purchases of one payer; 0: any number.")
            .range(0, 1'000'000),
        field<&UpdateCoupon::budget>("It takes off no more than this in all; null: no limit."),
        field<&UpdateCoupon::combinable>("Goes together with other discounts."),
    };
    return table;
  }
};

/// One coupon, by its number or one of its codes.
struct GetCoupon {
  using Result = Coupon;
  static const Operation operation;

  CouponId coupon{};
  std::optional<std::string> code{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GetCoupon::coupon>("The coupon; absent: by its code.").or_default(),
        field<&GetCoupon::code>("One of its codes.").length(1, 60),
    };
    return table;
  }
};

/// Coupons within reach, the newest first.
struct Coupons {
  using Result = Page<Coupon>;
  static const Operation operation;

  CentreId centre{};
  std::optional<bool> active{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Coupons::centre>("Only of this centre.").or_default(),
        field<&Coupons::active>("Only those that are active, or not."),
        field<&Coupons::cursor>("From the page before."),
        field<&Coupons::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// How many codes were made.
struct CodesMade {
  std::int64_t made = 0;

  static Fields fields() {
    static constexpr Field table[] = {field<&CodesMade::made>("Codes that were made.")};
    return table;
  }
};

/// Makes many codes for a coupon without a code, each for one use: the prefix and 10 characters
/// that cannot be guessed or taken for each other.
struct MakeCouponCodes {
  using Result = CodesMade;
  static const Operation operation;

  CouponId coupon{};
  std::int64_t count = 0;
  std::string prefix{};

  /// What is kept between steps.
  struct State {
    std::int64_t made = 0;
    static Fields fields() {
      static constexpr Field table[] = {field<&State::made>("Codes made so far.")};
      return table;
    }
  };
  static Fields fields() {
    static constexpr Field table[] = {
        field<&MakeCouponCodes::coupon>("The coupon."),
        field<&MakeCouponCodes::count>("How many.").range(1, 1'000'000),
        field<&MakeCouponCodes::prefix>("What they begin with: letters and digits.").length(1, 16),
    };
    return table;
  }
};

/// The codes of a coupon in the order of their letters.
struct CouponCodes {
  using Result = Page<CouponCode>;
  static const Operation operation;

  CouponId coupon{};
  std::optional<bool> used{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CouponCodes::coupon>("The coupon."),
        field<&CouponCodes::used>("Only those that were used, or not."),
        field<&CouponCodes::cursor>("From the page before."),
        field<&CouponCodes::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// What purchases had coupons, the newest first.
struct CouponUses {
  using Result = Page<CouponUse>;
  static const Operation operation;

  CouponId coupon{};
  CentreId centre{};
  ClientId client{};
  OrderId order{};
  bool released = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CouponUses::coupon>("Only of this coupon.").or_default(),
        field<&CouponUses::centre>("Only used at this centre.").or_default(),
        field<&CouponUses::client>("Only by this payer.").or_default(),
        field<&CouponUses::order>("Only by this order.").or_default(),
        field<&CouponUses::released>("Those that were given back, instead.").or_default(),
        field<&CouponUses::cursor>("From the page before."),
        field<&CouponUses::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk

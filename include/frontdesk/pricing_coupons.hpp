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

  template <class Self = Coupon>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the coupon."),
        field<&Self::version>("Grows by one with each change; uses do not count."),
        field<&Self::centre>("The centre it belongs to; none: the platform.").or_default(),
        field<&Self::name>("What the buyer reads."),
        field<&Self::code>("Its code; absent where it has many that are used once each."),
        field<&Self::basis_points>(
            "It takes off so many hundredths of a percent of what a place costs by then."),
        field<&Self::amount>("Or it takes off so much of the whole purchase."),
        field<&Self::cap>("At most so much of one purchase."),
        field<&Self::minimum>("Only if the purchase costs so much before discounts and fees."),
        field<&Self::applies_to>("What it is for."),
        field<&Self::activities>("The activities it is for."),
        field<&Self::categories>("The categories it is for, with those below them."),
        field<&Self::centres>("The centres it is for."),
        field<&Self::sessions>("The sessions it is for."),
        field<&Self::plans>("The plans it is for."),
        field<&Self::valid_from>("When its time begins."),
        field<&Self::valid_to>("When its time has ended."),
        field<&Self::active>("It can be used."),
        field<&Self::uses_max>("How many purchases in all may have it; 0: any number."),
        field<&Self::uses_per_client>("How many purchases of one payer; 0: any number."),
        field<&Self::budget>("It takes off no more than this in all."),
        field<&Self::combinable>(
            "Goes together with other such coupons, with promotions and tiers."),
        field<&Self::uses>("How many purchases have it."),
        field<&Self::given>("What it took off them, in minor units."),
        field<&Self::created_at>("When it was made."),
    };
    return table;
  }
};

/// One code of a coupon with many.
struct CouponCode {
  std::string code{};
  bool used = false;

  template <class Self = CouponCode>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::code>("The code as it is given out."),
        field<&Self::used>("A purchase has it."),
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

  template <class Self = CouponUse>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("The coupon."),
        field<&Self::code>("The code that was used."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
        field<&Self::centre>("Where it was used."),
        field<&Self::order>("The order; none while only a hold has it.").or_default(),
        field<&Self::hold>("The hold whose quote reserves it.").or_default(),
        field<&Self::amount>("What it took off."),
        field<&Self::used_at>("When it was used or reserved."),
        field<&Self::released_at>("When it was given back, with its last line."),
    };
    return table;
  }
};

/// A coupon was made or changed.
struct CouponChanged {
  static const storage::EventKind kind;
  CouponId coupon{};
  CentreId centre{};

  template <class Self = CouponChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("The coupon."),
        field<&Self::centre>("Its centre; none: the platform.").or_default(),
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

  template <class Self = CouponUsed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("The coupon."),
        field<&Self::order>("The order."),
        field<&Self::centre>("The order's centre."),
        field<&Self::released>("It was given back."),
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

  template <class Self = CreateCoupon>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre it belongs to; none: the platform.").or_default(),
        field<&Self::name>("What the buyer reads.").length(1, 200),
        field<&Self::code>(
            "Its code: letters, digits and dashes; absent: it gets many that are used once each.")
            .length(1, 40),
        field<&Self::basis_points>(
            "It takes off so many hundredths of a percent of what a place costs by then."),
        field<&Self::amount>("Or it takes off so much of the whole purchase."),
        field<&Self::cap>("At most so much of one purchase."),
        field<&Self::minimum>("Only if the purchase costs so much before discounts and fees."),
        field<&Self::applies_to>("What it is for.").or_default(),
        field<&Self::activities>("The activities it is for.").length(0, 500),
        field<&Self::categories>("The categories it is for, with those below them.").length(0, 500),
        field<&Self::centres>("The centres it is for.").length(0, 500),
        field<&Self::sessions>("The sessions it is for.").length(0, 500),
        field<&Self::plans>("The plans it is for.").length(0, 500),
        field<&Self::valid_from>("When its time begins."),
        field<&Self::valid_to>("When its time has ended."),
        field<&Self::active>("It can be used.").or_default(),
        field<&Self::uses_max>("How many purchases in all may have it; 0: any number.")
            .or_default()
            .range(0, 1'000'000'000),
        field<&Self::uses_per_client>("How many purchases of one payer; 0: any number.")
            .or_default()
            .range(0, 1'000'000),
        field<&Self::budget>("It takes off no more than this in all."),
        field<&Self::combinable>(
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

  template <class Self = UpdateCoupon>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("The coupon."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::name>("What the buyer reads.").length(1, 200),
        field<&Self::basis_points>("It takes off so many hundredths of a percent."),
        field<&Self::amount>("Or it takes off so much of the whole purchase."),
        field<&Self::cap>("At most so much of one purchase; null: without limit."),
        field<&Self::minimum>("Only if the purchase costs so much; null: any."),
        field<&Self::applies_to>("What it is for."),
        field<&Self::activities>("The activities it is for.").length(0, 500),
        field<&Self::categories>("The categories it is for.").length(0, 500),
        field<&Self::centres>("The centres it is for.").length(0, 500),
        field<&Self::sessions>("The sessions it is for.").length(0, 500),
        field<&Self::plans>("The plans it is for.").length(0, 500),
        field<&Self::valid_from>("When its time begins; null: it has begun."),
        field<&Self::valid_to>("When its time has ended; null: never."),
        field<&Self::active>("It can be used."),
        field<&Self::uses_max>("How many purchases in all; 0: any number.").range(0, 1'000'000'000),
        field<&Self::uses_per_client>("How many purchases of one payer; 0: any number.")
            .range(0, 1'000'000),
        field<&Self::budget>("It takes off no more than this in all; null: no limit."),
        field<&Self::combinable>("Goes together with other discounts."),
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

  template <class Self = GetCoupon>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("The coupon; absent: by its code.").or_default(),
        field<&Self::code>("One of its codes.").length(1, 60),
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

  template <class Self = Coupons>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::active>("Only those that are active, or not."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// How many codes were made.
struct CodesMade {
  std::int64_t made = 0;

  template <class Self = CodesMade>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::made>("Codes that were made.")};
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
    template <class Self = State>
    static Fields fields() {
      static constexpr Field table[] = {field<&Self::made>("Codes made so far.")};
      return table;
    }
  };
  template <class Self = MakeCouponCodes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("The coupon."),
        field<&Self::count>("How many.").range(1, 1'000'000),
        field<&Self::prefix>("What they begin with: letters and digits.").length(1, 16),
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

  template <class Self = CouponCodes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("The coupon."),
        field<&Self::used>("Only those that were used, or not."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = CouponUses>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::coupon>("Only of this coupon.").or_default(),
        field<&Self::centre>("Only used at this centre.").or_default(),
        field<&Self::client>("Only by this payer.").or_default(),
        field<&Self::order>("Only by this order.").or_default(),
        field<&Self::released>("Those that were given back, instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk

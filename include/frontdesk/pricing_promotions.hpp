/// Promotions: discounts that apply by themselves (SPEC D6).
///
/// A promotion counts where all its conditions are met. Those that go together with others (not
/// `exclusive`) all count, the older first, each on what the one before left; an exclusive one
/// counts alone. Of these ways the one with the lowest total is taken, of equal ones that with the
/// lowest number. Promotions come after coupons and before the tier; nothing goes below zero.
///
/// A promotion is not changed: it is ended, and another made.
#pragma once

#include <frontdesk/pricing_quotes.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

/// A promotion.
struct Promotion {
  PromotionId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  std::vector<ActivityId> activities{};
  std::vector<CategoryId> categories{};
  std::vector<TicketTypeId> ticket_types{};
  std::vector<std::int64_t> weekdays{};
  std::optional<std::int64_t> from_minute{};
  std::optional<std::int64_t> to_minute{};
  std::optional<Instant> valid_from{};
  std::optional<Instant> valid_to{};
  bool first_booking = false;
  std::optional<std::int64_t> child_from{};
  std::optional<std::int64_t> tickets_from{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  std::optional<std::int64_t> buy{};
  std::optional<std::int64_t> pay{};
  bool exclusive = false;
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = Promotion>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the promotion."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre it belongs to; none: all of them.").or_default(),
        field<&Self::name>("What the buyer reads."),
        field<&Self::activities>("Only for these activities; empty: for any."),
        field<&Self::categories>("Only for these categories and those below them; empty: for any."),
        field<&Self::ticket_types>("Only for places with these ticket types; empty: any."),
        field<&Self::weekdays>(
            "Only for sessions that start on these days, 1 for Monday to 7; empty: on any."),
        field<&Self::from_minute>(
            "Only for sessions that start from then on, in minutes from local midnight."),
        field<&Self::to_minute>("Only for sessions that start before it."),
        field<&Self::valid_from>("Only if bought from then on."),
        field<&Self::valid_to>("Only if bought before."),
        field<&Self::first_booking>("Only for who has bought no ticket there before."),
        field<&Self::child_from>(
            "Only for places of the payer's children, from the k-th in the booking on."),
        field<&Self::tickets_from>("Only if so many places are bought at once."),
        field<&Self::basis_points>("It takes off so many hundredths of a percent a place."),
        field<&Self::amount>("Or it takes off so much a place."),
        field<&Self::buy>("Or of so many places,"),
        field<&Self::pay>("only so many are paid: the cheapest are free."),
        field<&Self::exclusive>("Does not go together with other promotions."),
        field<&Self::created_at>("When it was made."),
        field<&Self::ended_at>("When it was ended; absent while it holds."),
    };
    return table;
  }
};

/// Makes a promotion.
struct CreatePromotion {
  using Result = Promotion;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::vector<ActivityId> activities{};
  std::vector<CategoryId> categories{};
  std::vector<TicketTypeId> ticket_types{};
  std::vector<std::int64_t> weekdays{};
  std::optional<std::int64_t> from_minute{};
  std::optional<std::int64_t> to_minute{};
  std::optional<Instant> valid_from{};
  std::optional<Instant> valid_to{};
  bool first_booking = false;
  std::optional<std::int64_t> child_from{};
  std::optional<std::int64_t> tickets_from{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  std::optional<std::int64_t> buy{};
  std::optional<std::int64_t> pay{};
  bool exclusive = false;

  template <class Self = CreatePromotion>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre it belongs to; none: all of them.").or_default(),
        field<&Self::name>("What the buyer reads.").length(1, 200),
        field<&Self::activities>("Only for these activities; empty: for any.").length(0, 500),
        field<&Self::categories>("Only for these categories and those below them; empty: for any.")
            .length(0, 500),
        field<&Self::ticket_types>("Only for places with these ticket types; empty: any.")
            .length(0, 500),
        field<&Self::weekdays>(
            "Only for sessions that start on these days, 1 for Monday to 7; empty: on any.")
            .length(0, 7),
        field<&Self::from_minute>(
            "Only for sessions that start from then on, in minutes from local midnight.")
            .range(0, 1439),
        field<&Self::to_minute>("Only for sessions that start before it.").range(1, 1440),
        field<&Self::valid_from>("Only if bought from then on."),
        field<&Self::valid_to>("Only if bought before."),
        field<&Self::first_booking>("Only for who has bought no ticket there before.").or_default(),
        field<&Self::child_from>(
            "Only for places of the payer's children, from the k-th in the booking on.")
            .range(1, 100),
        field<&Self::tickets_from>("Only if so many places are bought at once.").range(1, 500),
        field<&Self::basis_points>("It takes off so many hundredths of a percent a place."),
        field<&Self::amount>("Or it takes off so much a place."),
        field<&Self::buy>("Or of so many places,").range(2, 500),
        field<&Self::pay>("only so many are paid: the cheapest are free.").range(0, 499),
        field<&Self::exclusive>("Does not go together with other promotions.").or_default(),
    };
    return table;
  }
};

/// Ends a promotion. Quotes that were fixed stand.
struct EndPromotion {
  using Result = Promotion;
  static const Operation operation;

  PromotionId promotion{};
  std::optional<std::int64_t> version{};

  template <class Self = EndPromotion>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::promotion>("The promotion."),
        field<&Self::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// Promotions, oldest first: for everyone those that hold; `pricing.coupons` also shows the ended
/// ones within reach.
struct Promotions {
  using Result = Page<Promotion>;
  static const Operation operation;

  CentreId centre{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Promotions>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only those that count at this centre.").or_default(),
        field<&Self::ended>("Those that were ended, instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk

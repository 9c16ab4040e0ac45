/// Gift cards: sold through orders, redeemed in parts like money (SPEC D7). Who knows the code may
/// pay with the card: by a tender of the method `gift_card` with the code.
#pragma once

#include <frontdesk/money_orders.hpp>
#include <frontdesk/pricing_quotes.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

/// How a gift card stands.
enum class GiftCardStatus : unsigned char { unpaid, active, spent, expired, cancelled };
std::span<const EnumValue> enum_values(GiftCardStatus);

/// A gift card.
struct GiftCard {
  GiftCardId id{};
  CentreId centre{};
  std::string code{};
  GiftCardStatus status = GiftCardStatus::unpaid;
  Money amount{};
  Money left{};
  OrderId order{};
  ClientId buyer{};
  Instant created_at{};
  std::optional<Instant> expires_at{};

  template <class Self = GiftCard>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the card."),
        field<&Self::centre>("The centre that sold it and takes it."),
        field<&Self::code>("The code that pays.").secret(),
        field<&Self::status>("How it stands."),
        field<&Self::amount>("What it was sold for."),
        field<&Self::left>("What is left on it."),
        field<&Self::order>("The order it was sold with."),
        field<&Self::buyer>("Who bought it; none for a guest.").or_default(),
        field<&Self::created_at>("When it was sold."),
        field<&Self::expires_at>("When what is left of it is lost."),
    };
    return table;
  }
};

/// A gift card was paid, used, ended.
struct GiftCardChanged {
  static const storage::EventKind kind;
  GiftCardId card{};
  CentreId centre{};
  GiftCardStatus status = GiftCardStatus::active;
  Money left{};

  template <class Self = GiftCardChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::card>("The card."),
        field<&Self::centre>("Its centre."),
        field<&Self::status>("How it stands now."),
        field<&Self::left>("What is left on it."),
    };
    return table;
  }
};

/// Sells a gift card. It can be used once its order is paid.
struct SellGiftCard {
  using Result = GiftCard;
  static const Operation operation;

  CentreId centre{};
  ClientId buyer{};
  Money amount{};
  std::vector<money::Tender> tenders{};

  template <class Self = SellGiftCard>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::buyer>("Who buys it; none: somebody at the counter.").or_default(),
        field<&Self::amount>("What it is sold for."),
        field<&Self::tenders>("What is paid at once.").length(0, 10),
    };
    return table;
  }
};

/// A gift card for who knows its code.
struct GetGiftCard {
  using Result = GiftCard;
  static const Operation operation;

  std::string code{};

  template <class Self = GetGiftCard>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::code>("The code; case and dashes do not matter.").secret().length(1, 60),
    };
    return table;
  }
};

/// Gift cards that the caller bought or whose centre they serve, the newest first.
struct GiftCards {
  using Result = Page<GiftCard>;
  static const Operation operation;

  CentreId centre{};
  ClientId buyer{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = GiftCards>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::buyer>("Only bought by this client.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk

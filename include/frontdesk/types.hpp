/// The small value types that records and operations are made of.
/// All are plain values; distinct objects may be used from distinct threads.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {

/// A moment, in whole seconds UTC.
using Instant = std::chrono::sys_seconds;
/// Wall-clock date and time of a centre, without its zone.
using LocalTime = std::chrono::local_seconds;
/// A calendar day, local to a centre or, for a birthday, to nobody.
using Date = std::chrono::year_month_day;
using Duration = std::chrono::seconds;

/// The number of one record. Ids of different kinds do not mix; 0 stands for none.
/// An id is never used for a second record of the same kind.
template <class Tag>
struct Id {
  std::int64_t value = 0;

  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

// One tag a kind of record; `name` is the word used in errors, schemas and SQL.
// clang-format off
struct ClientTag { static constexpr std::string_view name = "client"; };
struct AccountTag { static constexpr std::string_view name = "account"; };
struct RoleTag { static constexpr std::string_view name = "role"; };
struct RoleGrantTag { static constexpr std::string_view name = "role_grant"; };
struct SignInSessionTag { static constexpr std::string_view name = "sign_in_session"; };
struct ApiKeyTag { static constexpr std::string_view name = "api_key"; };
struct CentreTag { static constexpr std::string_view name = "centre"; };
struct SectionTag { static constexpr std::string_view name = "section"; };
struct ApplicationTag { static constexpr std::string_view name = "application"; };
struct NoteTag { static constexpr std::string_view name = "note"; };
struct BarTag { static constexpr std::string_view name = "bar"; };
struct ConsentTag { static constexpr std::string_view name = "consent"; };
struct WaiverTag { static constexpr std::string_view name = "waiver"; };
struct MessageTag { static constexpr std::string_view name = "message"; };
struct JobTag { static constexpr std::string_view name = "job"; };
struct RoomTag { static constexpr std::string_view name = "room"; };
struct CategoryTag { static constexpr std::string_view name = "category"; };
struct AgeGroupTag { static constexpr std::string_view name = "age_group"; };
struct ActivityTag { static constexpr std::string_view name = "activity"; };
struct TicketTypeTag { static constexpr std::string_view name = "ticket_type"; };
struct SeriesTag { static constexpr std::string_view name = "series"; };
struct SessionTag { static constexpr std::string_view name = "session"; };
struct GroupTag { static constexpr std::string_view name = "group"; };
struct MoveRequestTag { static constexpr std::string_view name = "move_request"; };
struct AbsenceTag { static constexpr std::string_view name = "absence"; };
struct ClosureTag { static constexpr std::string_view name = "closure"; };
struct SeatMapTag { static constexpr std::string_view name = "seat_map"; };
struct HoldTag { static constexpr std::string_view name = "hold"; };
struct BookingTag { static constexpr std::string_view name = "booking"; };
struct PlaceTag { static constexpr std::string_view name = "place"; };
struct CancellationPolicyTag { static constexpr std::string_view name = "cancellation_policy"; };
struct WaitingEntryTag { static constexpr std::string_view name = "waiting_entry"; };
struct CourseTag { static constexpr std::string_view name = "course"; };
struct StrikeTag { static constexpr std::string_view name = "strike"; };
struct CreditTag { static constexpr std::string_view name = "credit"; };
struct GateTag { static constexpr std::string_view name = "gate"; };
struct OrderTag { static constexpr std::string_view name = "order"; };
struct OrderLineTag { static constexpr std::string_view name = "order_line"; };
struct PaymentTag { static constexpr std::string_view name = "payment"; };
struct RefundTag { static constexpr std::string_view name = "refund"; };
struct InvoiceTag { static constexpr std::string_view name = "invoice"; };
struct ReceiptTag { static constexpr std::string_view name = "receipt"; };
struct ShiftTag { static constexpr std::string_view name = "shift"; };
struct LedgerAccountTag { static constexpr std::string_view name = "ledger_account"; };
struct LedgerEntryTag { static constexpr std::string_view name = "ledger_entry"; };
struct SettlementTag { static constexpr std::string_view name = "settlement"; };
struct PriceTag { static constexpr std::string_view name = "price"; };
struct PriceRuleTag { static constexpr std::string_view name = "price_rule"; };
struct FeeTag { static constexpr std::string_view name = "fee"; };
struct TaxRateTag { static constexpr std::string_view name = "tax_rate"; };
struct PlanTag { static constexpr std::string_view name = "plan"; };
struct SubscriptionTag { static constexpr std::string_view name = "subscription"; };
struct FreezeTag { static constexpr std::string_view name = "freeze"; };
struct CouponTag { static constexpr std::string_view name = "coupon"; };
struct TierTag { static constexpr std::string_view name = "tier"; };
struct PromotionTag { static constexpr std::string_view name = "promotion"; };
struct GiftCardTag { static constexpr std::string_view name = "gift_card"; };
// clang-format on

/// A person who attends, pays or books: adult or child.
using ClientId = Id<ClientTag>;
/// Who signs in. A client may have one; staff have one without being clients.
using AccountId = Id<AccountTag>;
using RoleId = Id<RoleTag>;
using RoleGrantId = Id<RoleGrantTag>;
/// A signed-in session of an account (not a session of the timetable).
using SignInSessionId = Id<SignInSessionTag>;
using ApiKeyId = Id<ApiKeyTag>;
using CentreId = Id<CentreTag>;
using SectionId = Id<SectionTag>;
using ApplicationId = Id<ApplicationTag>;
using NoteId = Id<NoteTag>;
using BarId = Id<BarTag>;
using ConsentId = Id<ConsentTag>;
using WaiverId = Id<WaiverTag>;
using MessageId = Id<MessageTag>;
using JobId = Id<JobTag>;
using RoomId = Id<RoomTag>;
using CategoryId = Id<CategoryTag>;
using AgeGroupId = Id<AgeGroupTag>;
using ActivityId = Id<ActivityTag>;
using TicketTypeId = Id<TicketTypeTag>;
using SeriesId = Id<SeriesTag>;
using SessionId = Id<SessionTag>;
using GroupId = Id<GroupTag>;
using MoveRequestId = Id<MoveRequestTag>;
using AbsenceId = Id<AbsenceTag>;
using ClosureId = Id<ClosureTag>;
/// A drawn hall: rows, seats, tables, standing areas. A version of it is never changed.
using SeatMapId = Id<SeatMapTag>;
/// Places kept for a buyer for a while.
using HoldId = Id<HoldTag>;
using BookingId = Id<BookingTag>;
/// One place of a booking.
using PlaceId = Id<PlaceTag>;
using CancellationPolicyId = Id<CancellationPolicyTag>;
/// Somebody who waits for places.
using WaitingEntryId = Id<WaitingEntryTag>;
/// Sessions sold as one.
using CourseId = Id<CourseTag>;
/// A no-show that counts against a booker.
using StrikeId = Id<StrikeTag>;
/// A make-up credit for an announced absence.
using CreditId = Id<CreditTag>;
using GateId = Id<GateTag>;
using OrderId = Id<OrderTag>;
using OrderLineId = Id<OrderLineTag>;
using PaymentId = Id<PaymentTag>;
using RefundId = Id<RefundTag>;
/// An invoice or a credit note.
using InvoiceId = Id<InvoiceTag>;
/// A fiscal receipt that a provider issues.
using ReceiptId = Id<ReceiptTag>;
/// A cash shift of a till.
using ShiftId = Id<ShiftTag>;
using LedgerAccountId = Id<LedgerAccountTag>;
/// A movement of the ledger; its postings sum to zero.
using LedgerEntryId = Id<LedgerEntryTag>;
/// A partner's statement for a period.
using SettlementId = Id<SettlementTag>;
using PriceId = Id<PriceTag>;
using PriceRuleId = Id<PriceRuleTag>;
using FeeId = Id<FeeTag>;
using TaxRateId = Id<TaxRateTag>;
/// What subscriptions are sold by.
using PlanId = Id<PlanTag>;
using SubscriptionId = Id<SubscriptionTag>;
using FreezeId = Id<FreezeTag>;
using CouponId = Id<CouponTag>;
using TierId = Id<TierTag>;
using PromotionId = Id<PromotionTag>;
using GiftCardId = Id<GiftCardTag>;

/// ISO 4217 currency, three capital letters.
struct Currency {
  char letters[4] = {0, 0, 0, 0};

  constexpr Currency() = default;
  /// Takes the first three characters of `code`; whether they name a currency is checked where
  /// money is accepted.
  constexpr explicit Currency(std::string_view code) {
    for (std::size_t i = 0; i < 3 && i < code.size(); ++i) letters[i] = code[i];
  }
  constexpr std::string_view code() const { return {letters, letters[0] == 0 ? 0u : 3u}; }
  constexpr bool operator==(const Currency& other) const { return code() == other.code(); }
};

/// An amount of money in minor units (cents, kopiikas) of one currency. Never a fraction, never
/// floating point.
struct Money {
  std::int64_t minor = 0;
  Currency currency{};

  bool operator==(const Money&) const = default;
};

/// Raw bytes, Base64 in JSON.
struct Bytes {
  std::string value{};

  bool operator==(const Bytes&) const = default;
};

/// One field of a partial update: left as it is, emptied, or set.
template <class T>
class Update {
 public:
  /// Leaves the stored value as it is.
  Update() = default;
  /// Empties the stored value.
  Update(std::nullopt_t) : state_(State::null) {}
  /// Sets the stored value.
  template <class U>
    requires std::is_constructible_v<T, U&&> && (!std::is_same_v<std::remove_cvref_t<U>, Update>) &&
                 (!std::is_same_v<std::remove_cvref_t<U>, std::nullopt_t>)
  Update(U&& value) : state_(State::value), value_(std::forward<U>(value)) {}

  bool is_set() const { return state_ != State::unset; }
  bool has_value() const { return state_ == State::value; }
  const T& value() const { return value_; }
  T& emplace() {
    state_ = State::value;
    return value_ = T{};
  }
  void clear() {
    state_ = State::null;
    value_ = T{};
  }
  void unset() {
    state_ = State::unset;
    value_ = T{};
  }

  /// Applies this update to a stored field that may be empty.
  void apply(std::optional<T>& target) const {
    if (state_ == State::null) target.reset();
    if (state_ == State::value) target = value_;
  }
  /// Applies this update to a stored field that is never empty; emptying gives the type's default.
  void apply(T& target) const {
    if (is_set()) target = value_;
  }

 private:
  enum class State : unsigned char { unset, null, value };
  State state_ = State::unset;
  T value_{};
};

}  // namespace v1
}  // namespace frontdesk
/// @cond
template <class Tag>
struct std::hash<frontdesk::Id<Tag>> {
  std::size_t operator()(frontdesk::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
/// @endcond

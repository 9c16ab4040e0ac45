/// Points: earned with what is paid for tickets, spent like money (SPEC D5).
///
/// Where `pricing.points_enabled` is on, a paid order earns points for each of its sessions. They
/// can be spent once the session is completed, and for a time. Each movement is an entry that is
/// never changed; the balance is the sum of the entries.
#pragma once

#include <frontdesk/pricing_quotes.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

/// Why points came or went.
enum class PointKind : unsigned char { earned, reversed, spent, restored, adjusted, expired };
std::span<const EnumValue> enum_values(PointKind);

/// One movement of points.
struct PointEntry {
  std::int64_t number = 0;
  ClientId client{};
  PointKind kind = PointKind::earned;
  std::int64_t points = 0;
  OrderId order{};
  PaymentId payment{};
  std::optional<Instant> expires_at{};
  std::optional<std::string> reason{};
  Instant at{};

  template <class Self = PointEntry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::number>("Number of the movement."),
        field<&Self::client>("Whose points."),
        field<&Self::kind>("Why they came or went."),
        field<&Self::points>("How many; below zero: they went."),
        field<&Self::order>("The order they came with or paid.").or_default(),
        field<&Self::payment>("The payment they made.").or_default(),
        field<&Self::expires_at>("When they lose their worth."),
        field<&Self::reason>("What staff gave as reason.").personal(),
        field<&Self::at>("When."),
    };
    return table;
  }
};

/// What a client has.
struct PointBalance {
  ClientId client{};
  std::int64_t spendable = 0;
  std::int64_t waiting = 0;
  std::int64_t expiring = 0;
  std::optional<Instant> expires_at{};

  template <class Self = PointBalance>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::spendable>("Points that can be spent now."),
        field<&Self::waiting>("Points of sessions that are yet to be completed."),
        field<&Self::expiring>("Points that lose their worth next."),
        field<&Self::expires_at>("When they do."),
    };
    return table;
  }
};

/// Points came or went.
struct PointsChanged {
  static const storage::EventKind kind;
  ClientId client{};
  PointKind change = PointKind::earned;
  std::int64_t points = 0;

  template <class Self = PointsChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::change>("Why they came or went."),
        field<&Self::points>("How many; below zero: they went."),
    };
    return table;
  }
};

/// What a client has in points.
struct GetPoints {
  using Result = PointBalance;
  static const Operation operation;

  ClientId client{};

  template <class Self = GetPoints>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("The client.")};
    return table;
  }
};

/// Movements of a client's points, the newest first.
struct PointEntries {
  using Result = Page<PointEntry>;
  static const Operation operation;

  ClientId client{};
  std::optional<PointKind> kind{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = PointEntries>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::kind>("Only of this kind."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Gives points or takes some away.
struct AdjustPoints {
  using Result = PointBalance;
  static const Operation operation;

  ClientId client{};
  std::int64_t points = 0;
  std::string reason{};

  template <class Self = AdjustPoints>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::points>("How many; below zero: they go.").range(-1'000'000'000, 1'000'000'000),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk

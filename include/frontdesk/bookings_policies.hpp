/// What cancelling costs: policies for a centre, an activity, a series or a session, of which the
/// nearest holds; and make-up credits for those who said in time that they would not come.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

/// How much goes back to who cancels at least so long before the start.
struct RefundBracket {
  Duration before{};
  std::int64_t basis_points = 0;

  template <class Self = RefundBracket>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::before>("At least so many seconds before the start.").range(0, 366 * 86'400),
        field<&Self::basis_points>("How much of what was paid goes back; 10000: all.")
            .range(0, 10'000),
    };
    return table;
  }
};

/// A cancellation policy. It is never changed: a new one takes its place, and what was booked
/// under the old one keeps it.
struct CancellationPolicy {
  CancellationPolicyId id{};
  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  Duration free_before{};
  std::vector<RefundBracket> brackets{};
  std::optional<Money> fee{};
  std::optional<std::int64_t> credit_days{};
  Duration credit_before{};
  Instant set_at{};
  AccountId set_by{};
  std::optional<Instant> ended_at{};

  template <class Self = CancellationPolicy>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the policy."),
        field<&Self::centre>("The centre."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::series>("Only for this series.").or_default(),
        field<&Self::session>("Only for this session.").or_default(),
        field<&Self::free_before>("Until so many seconds before the start all goes back."),
        field<&Self::brackets>("What goes back later, longest before first."),
        field<&Self::fee>("What is kept of each place, once cancelling is no longer free."),
        field<&Self::credit_days>("Days that a make-up credit holds; absent: none is given."),
        field<&Self::credit_before>("Until so many seconds before the start a credit is given."),
        field<&Self::set_at>("When it was set."),
        field<&Self::set_by>("Who set it; absent: the host.").or_default(),
        field<&Self::ended_at>("When it ended; bookings made before keep it."),
    };
    return table;
  }
};

/// Sets the policy of a centre, or of one activity, series or session of it, in place of the one
/// there was. Bookings made before keep theirs.
struct SetPolicy {
  using Result = CancellationPolicy;
  static const Operation operation;

  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  Duration free_before{};
  std::vector<RefundBracket> brackets{};
  std::optional<Money> fee{};
  std::optional<std::int64_t> credit_days{};
  Duration credit_before{};

  template <class Self = SetPolicy>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::series>("Only for this series.").or_default(),
        field<&Self::session>("Only for this session.").or_default(),
        field<&Self::free_before>("Until so many seconds before the start all goes back.")
            .range(0, 366 * 86'400),
        field<&Self::brackets>("What goes back later, longest before first.").length(0, 20),
        field<&Self::fee>("What is kept of each place, once cancelling is no longer free."),
        field<&Self::credit_days>("Days that a make-up credit holds; absent: none is given.")
            .range(1, 3660),
        field<&Self::credit_before>("Until so many seconds before the start a credit is given.")
            .or_default()
            .range(0, 366 * 86'400),
    };
    return table;
  }
};

/// Ends a policy; the next nearest then holds for new bookings.
struct EndPolicy {
  using Result = CancellationPolicy;
  static const Operation operation;

  CancellationPolicyId policy{};

  template <class Self = EndPolicy>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::policy>("The policy.")};
    return table;
  }
};

/// Policies of a centre, newest first. Everyone may know what cancelling costs.
struct Policies {
  using Result = Page<CancellationPolicy>;
  static const Operation operation;

  CentreId centre{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Policies>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::ended>("Those that ended instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// The policy a booking of the session would get now.
struct PolicyOf {
  using Result = CancellationPolicy;
  static const Operation operation;

  SessionId session{};

  template <class Self = PolicyOf>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::session>("The session.")};
    return table;
  }
};

// --- credits ---

/// Whether a credit may be used.
enum class CreditStatus : unsigned char { open, used, expired };
std::span<const EnumValue> enum_values(CreditStatus);

/// A place that an attendee may have instead of one that they announced not to take.
struct Credit {
  CreditId id{};
  ClientId client{};
  CentreId centre{};
  ActivityId activity{};
  Money value{};
  BookingId granted_for{};
  BookingId used_for{};
  Instant granted_at{};
  Instant expires_at{};
  CreditStatus status = CreditStatus::open;

  template <class Self = Credit>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the credit."),
        field<&Self::client>("Whose it is."),
        field<&Self::centre>("The centre that gave it."),
        field<&Self::activity>("It pays for a place of this activity, whatever it costs."),
        field<&Self::value>("It pays for a place of another activity up to this price."),
        field<&Self::granted_for>("The booking that was cancelled."),
        field<&Self::used_for>("The booking it paid for.").or_default(),
        field<&Self::granted_at>("When it was given."),
        field<&Self::expires_at>("Sessions that start before this moment can be booked with it."),
        field<&Self::status>("Whether it may still be used."),
    };
    return table;
  }
};

/// Credits of a client, those that end first at the top.
struct Credits {
  using Result = Page<Credit>;
  static const Operation operation;

  ClientId client{};
  std::optional<CreditStatus> status{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Credits>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::status>("Only in this state."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk

/// What the handlers of prices, rules, fees and taxes share.
#pragma once

#include <frontdesk/pricing_fees.hpp>
#include <frontdesk/schedule.hpp>

#include "catalog/centres.hpp"

namespace frontdesk::pricing {

using storage::Transaction;

/// No price, fee or change is above it: a quote of many places can then be added up.
inline constexpr std::int64_t amount_max = 1'000'000'000'000;

/// What a price, rule or fee is for: one of them, or none.
struct Target {
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};

  int count() const {
    return static_cast<int>(static_cast<bool>(activity)) +
           static_cast<int>(static_cast<bool>(series)) +
           static_cast<int>(static_cast<bool>(session));
  }
};
template <class T>
Target target_of(const T& from) {
  return {from.activity, from.series, from.session};
}

/// The centre of what is named, if the caller's permission reaches it; else missing.
CentreId centre_of(Transaction& transaction, const Target& target);
/// Refuses more than one target, and one of another centre: Error{invalid, "target_twice"}, or
/// missing.
void check_target(Transaction& transaction, const Target& target, CentreId centre);
/// Refuses an amount that is not in the centre's currency or too large: Error{invalid,
/// "currency_differs"}, Error{invalid, "amount_too_large"}.
void check_amount(const Money& amount, const catalog::Centre& centre, std::string_view field);
/// Refuses a ticket type the centre does not sell; brings the code of a seat category into its
/// form.
void check_place(Transaction& transaction, TicketTypeId ticket_type,
                 std::optional<std::string>& seat_category, CentreId centre);
/// Refuses both or neither of a rate and an amount: Error{invalid, "rate_or_amount"}.
void check_change(const std::optional<std::int64_t>& basis_points,
                  const std::optional<Money>& amount);

/// Makes caches follow and tells the world.
void announce(Transaction& transaction, CentreId centre);

/// A record for a change: missing out of reach, conflict/version_outdated, conflict/`kind`_ended.
template <class T, class IdType>
T changeable(Transaction& transaction, std::string_view tail, IdType id,
             const std::optional<std::int64_t>& version, std::string_view kind,
             std::string_view field) {
  auto record = storage::find<T>(transaction, tail, id);
  if (!record || !transaction.reach().covers(record->centre)) storage::missing(kind, field);
  storage::check_version(version, record->version);
  if (record->ended_at) throw Error(Code::conflict, std::string(kind) + "_ended", field);
  return std::move(*record);
}

/// Stores a changed record under its next version.
template <class T>
void store(Transaction& transaction, std::string_view table, T& record) {
  ++record.version;
  storage::update(transaction, table, record);
  announce(transaction, record.centre);
}

}  // namespace frontdesk::pricing

#include "pricing/records.hpp"

#include "catalog/ticket_types.hpp"

namespace frontdesk::pricing {

constinit const storage::EventKind PricesChanged::kind{
    "pricing.prices_changed", "Prices, price rules, fees or taxes of a centre were changed.",
    "pricing.manage"};

CentreId centre_of(Transaction& transaction, const Target& target) {
  auto centre_in = [&](std::string_view sql, std::int64_t id, std::string_view kind) {
    const CentreId centre{transaction.one_number(sql, id).value_or(0)};
    if (!centre || !transaction.reach().covers(centre)) storage::missing(kind, kind);
    return centre;
  };
  if (target.session) {
    return centre_in("SELECT centre FROM sessions WHERE id = $1", target.session.value, "session");
  }
  if (target.series) {
    return centre_in("SELECT centre FROM series WHERE id = $1", target.series.value, "series");
  }
  return centre_in("SELECT centre FROM activities WHERE id = $1", target.activity.value,
                   "activity");
}

void check_target(Transaction& transaction, const Target& target, CentreId centre) {
  if (target.count() == 0) return;
  if (target.count() > 1) throw Error(Code::invalid, "target_twice");
  if (centre_of(transaction, target) == centre) return;
  const std::string_view kind =
      target.session ? "session" : (target.series ? "series" : "activity");
  storage::missing(kind, kind);
}

void check_amount(const Money& amount, const catalog::Centre& centre, std::string_view field) {
  if (amount.currency.code() != centre.currency) {
    throw Error(Code::invalid, "currency_differs", field, {{"currency", centre.currency}});
  }
  if (amount.minor > amount_max || amount.minor < -amount_max) {
    throw Error(Code::invalid, "amount_too_large", field, {{"highest", amount_max}});
  }
}

void check_place(Transaction& transaction, TicketTypeId ticket_type,
                 std::optional<std::string>& seat_category, CentreId centre) {
  if (ticket_type) catalog::usable_ticket_type(transaction, ticket_type, centre);
  if (seat_category) {
    seat_category = catalog::seat_category_code(*seat_category, "seat_category");
  }
}

void check_change(const std::optional<std::int64_t>& basis_points,
                  const std::optional<Money>& amount) {
  if (basis_points.has_value() == amount.has_value()) {
    throw Error(Code::invalid, "rate_or_amount", "basis_points");
  }
}

void announce(Transaction& transaction, CentreId centre) {
  transaction.concern(centre);
  transaction.touch(storage::Topic::catalog);
  transaction.emit(PricesChanged{.centre = centre});
}

}  // namespace frontdesk::pricing

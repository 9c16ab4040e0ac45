#include "bookings/strikes.hpp"

#include "access/authorization.hpp"
#include "bookings/door_settings.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <functional>

namespace frontdesk::bookings {

constinit const storage::EventKind StrikeGiven::kind{
    "bookings.strike_given", "A client's visitors did not come.", "bookings.view"};
constinit const storage::EventKind StrikeWithdrawn::kind{
    "bookings.strike_withdrawn", "A strike was taken back.", "bookings.view"};

bool locked_by_strikes(Transaction& transaction, ClientId client, CentreId centre) {
  const std::int64_t most = storage::number(transaction, setting::strikes_to_lock, centre);
  if (!client || most == 0) return false;
  return transaction.exists(
      "SELECT 1 FROM strikes WHERE client = $1 AND centre = $2 AND withdrawn_at IS NULL"
      " AND reset_at IS NULL AND (SELECT count(*) FROM strikes AS other WHERE other.client = $1"
      " AND other.centre = $2 AND other.withdrawn_at IS NULL AND other.reset_at IS NULL"
      " AND other.given_at <= strikes.given_at AND other.expires_at > strikes.given_at) >= $3",
      client, centre, most);
}

namespace {

std::optional<Strike> strike_of(Transaction& transaction, BookingId booking) {
  return storage::find<Strike>(transaction, "strikes WHERE booking = $1", booking);
}

void give(Transaction& transaction, const Row& booking, std::optional<Strike> strike) {
  const Duration life =
      std::chrono::days{storage::number(transaction, setting::strike_days, booking.centre)};
  if (!strike) {
    strike.emplace(Strike{.client = booking.client,
                          .centre = booking.centre,
                          .booking = booking.id,
                          .given_at = transaction.now(),
                          .expires_at = transaction.now() + life});
    storage::insert(transaction, "strikes", *strike);
  } else {
    strike->withdrawn_at.reset();
    storage::update(transaction, "strikes", *strike);
  }
  transaction.emit(
      StrikeGiven{.strike = strike->id,
                  .booking = booking.id,
                  .centre = booking.centre,
                  .client = booking.client,
                  .locked = locked_by_strikes(transaction, booking.client, booking.centre)});
}

void withdraw(Transaction& transaction, Strike strike) {
  strike.withdrawn_at = transaction.now();
  storage::update(transaction, "strikes", strike);
  transaction.emit(StrikeWithdrawn{.strike = strike.id,
                                   .booking = strike.booking,
                                   .centre = strike.centre,
                                   .client = strike.client});
}

}  // namespace

void settle_strike(Transaction& transaction, const Stored& booking) {
  const bool is_missed =
      std::any_of(booking.places.begin(), booking.places.end(),
                  [](const PlaceRow& place) { return place.status == BookingStatus::no_show; });
  auto strike = strike_of(transaction, booking.row.id);
  const bool counts = strike && !strike->withdrawn_at;
  if (is_missed == counts) return;
  if (!is_missed) return withdraw(transaction, *strike);
  const bool is_one_for_strikes =
      booking.row.client && booking.row.kind == BookingKind::ordinary &&
      storage::enabled(transaction, setting::attendance_taken, booking.row.centre) &&
      storage::enabled(transaction, setting::strikes_to_lock, booking.row.centre);
  if (is_one_for_strikes) give(transaction, booking.row, strike);
}

// --- looking ---

namespace {

ClientStrikes strikes_seen(Transaction& transaction, ClientId client,
                           const std::function<bool(CentreId)>& sees) {
  ClientStrikes seen;
  for (const Strike& strike :
       storage::all<Strike>(transaction, "strikes WHERE client = $1 ORDER BY id DESC", client)) {
    if (!sees(strike.centre)) continue;
    const bool is_known =
        std::find(seen.locked.begin(), seen.locked.end(), strike.centre) != seen.locked.end();
    if (!is_known && locked_by_strikes(transaction, client, strike.centre)) {
      seen.locked.push_back(strike.centre);
    }
    seen.strikes.push_back(strike);
  }
  return seen;
}

}  // namespace

ClientStrikes handle(Transaction& transaction, const Strikes& request) {
  // Staff see those of their centres; who sees the client as a person, all of them.
  const bool sees_all = access::covers_person(transaction, transaction.reach(), request.client);
  return strikes_seen(transaction, request.client, [&](CentreId centre) {
    return sees_all || transaction.reach().covers(centre);
  });
}

static constexpr Refusal strikes_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
};

constinit const Operation Strikes::operation = storage::define<Strikes>({
    .number = 980,
    .name = "bookings.strikes",
    .kind = OperationKind::read,
    .doc = "The strikes of a client, and where they may book no more.",
    .rule = {.permission = "bookings.view", .subject = Subject::client, .field = "client"},
    .refusals = strikes_refusals,
    .example = R"({"client": 1})",
});

ClientStrikes handle(Transaction& transaction, const ResetStrikes& request) {
  people::check_of_centre(transaction, request.client, request.centre);
  const std::int64_t forgiven = transaction.execute(
      "UPDATE strikes SET reset_at = $3 WHERE client = $1 AND centre = $2"
      " AND withdrawn_at IS NULL AND reset_at IS NULL",
      request.client, request.centre, transaction.now());
  if (forgiven == 0) throw Error(Code::conflict, "no_strikes", "client");
  transaction.concern(request.client);
  transaction.concern(request.centre);
  return strikes_seen(transaction, request.client,
                      [&](CentreId centre) { return centre == request.centre; });
}

static constexpr Refusal reset_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::not_found, "client_not_found", "no such client, or none of the centre"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "no_strikes", "there is nothing to forgive"},
};

constinit const Operation ResetStrikes::operation = storage::define<ResetStrikes>({
    .number = 981,
    .name = "bookings.reset_strikes",
    .kind = OperationKind::write,
    .doc = "Forgives a client all strikes at a centre, so that they may book again.",
    .rule = {.permission = "bookings.correct", .subject = Subject::centre, .field = "centre"},
    .refusals = reset_refusals,
    .example = R"({"centre": 1, "client": 1})",
});

}  // namespace frontdesk::bookings

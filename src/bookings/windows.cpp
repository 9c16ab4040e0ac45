/// Who books, and whether the session may be booked now: the first refusals of SPEC B2.
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "bookings/making.hpp"
#include "bookings/settings.hpp"
#include "people/clients.hpp"
#include "pricing/tiers.hpp"
#include "schedule/sessions.hpp"

namespace frontdesk::bookings {

// A lean look where everything is well.
void check_client(Transaction& transaction, ClientId client, std::string_view field) {
  if (transaction.exists("SELECT 1 FROM clients WHERE id = $1 AND archived_at IS NULL"
                         " AND merged_into IS NULL AND erased_at IS NULL",
                         client)) {
    return;
  }
  people::changeable_client(transaction, client, {}, field);
}

namespace {

void check_covered(Transaction& transaction, ClientId client, std::string_view field) {
  if (!access::covers(transaction, transaction.reach(), Subject::client, client.value)) {
    storage::missing("client", field);
  }
  check_client(transaction, client, field);
}

Instant closes_at(Transaction& transaction, const schedule::Session& session,
                  seating::Channel channel) {
  if (channel == seating::Channel::online) {
    return session.starts -
           Duration{storage::number(transaction, setting::online_closes_seconds, session.centre)};
  }
  return session.starts +
         Duration{storage::number(transaction, setting::box_office_closes_seconds, session.centre)};
}

}  // namespace

schedule::Session bookable_session(Transaction& transaction, SessionId id, std::string_view field) {
  auto session = storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", id);
  const bool may_know = session && (transaction.reach().covers(session->centre) ||
                                    schedule::is_visible(transaction, *session));
  if (!may_know) storage::missing("session", field);
  return std::move(*session);
}

Standing standing_of(Transaction& transaction, const Wish& wish, const schedule::Session& session) {
  Standing standing;
  if (wish.is_promised) {
    standing.client = wish.client;
    standing.payer = wish.payer ? wish.payer : wish.client;
    standing.channel = wish.channel.value_or(seating::Channel::online);
    for (ClientId client : {standing.client, standing.payer}) {
      if (client) check_client(transaction, client, "client");
    }
    return standing;
  }
  standing.is_staff = !wish.is_guest && is_staff_for(transaction.reach(), session.centre);
  standing.channel = wish.channel.value_or(standing.is_staff ? seating::Channel::box_office
                                                             : seating::Channel::online);
  if (wish.is_guest) return standing;
  standing.client = wish.client;
  if (!standing.client && !standing.is_staff && wish.kind == BookingKind::ordinary) {
    standing.client = transaction.principal().client;
    if (!standing.client) throw Error(Code::invalid, "client_needed", "client");
  }
  if (standing.client) check_covered(transaction, standing.client, "client");
  standing.payer = wish.payer ? wish.payer : standing.client;
  if (standing.payer && standing.payer != standing.client) {
    check_covered(transaction, standing.payer, "payer");
  }
  return standing;
}

/// So many days before the start, at the same time of day whatever the clocks do meanwhile.
static Instant days_before(const schedule::Session& session, std::int64_t days) {
  return zones::to_instant(session.local_start - std::chrono::days{days}, session.zone);
}

Instant opens_at(Transaction& transaction, const schedule::Session& session, ClientId payer) {
  const std::int64_t days = storage::number(transaction, setting::opens_days, session.centre);
  const Instant opens = days_before(session, days);
  // Most book when booking is open to all; who is early is asked for their tier (SPEC D4).
  if (transaction.now() >= opens) return opens;
  return days_before(session, days + pricing::early_days(transaction, session.centre, payer));
}

void check_window(Transaction& transaction, const schedule::Session& session,
                  const Standing& standing) {
  const Instant now = transaction.now();
  if (session.status != schedule::SessionStatus::scheduled) {
    throw Error(Code::conflict, "session_not_scheduled", "session");
  }
  const bool is_online = standing.channel == seating::Channel::online;
  if ((is_online && session.starts <= now) || session.ends <= now) {
    throw Error(Code::conflict, "session_started", "session",
                {{"starts", zones::print(session.starts)}});
  }
  const Instant opens = opens_at(transaction, session, standing.payer);
  if (now < opens) {
    throw Error(Code::conflict, "booking_not_open_yet", "session",
                {{"opens", zones::print(opens)}});
  }
  const Instant closes = closes_at(transaction, session, standing.channel);
  if (now >= closes) {
    throw Error(Code::conflict, "booking_closed", "session", {{"closed", zones::print(closes)}});
  }
}

}  // namespace frontdesk::bookings

/// Members of a group have a booking in each of its sessions (SPEC S13): from when they join until
/// they leave, by themselves.
#include "bookings/cancelling.hpp"
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "bookings/queue_settings.hpp"
#include "people/family.hpp"
#include "storage/attempt.hpp"

#include <frontdesk/bookings_many.hpp>
#include <frontdesk/schedule_groups.hpp>
#include <frontdesk/schedule_sessions.hpp>

namespace frontdesk::bookings {

constinit const storage::EventKind MemberNotBooked::kind{
    "bookings.member_not_booked", "A member could not be booked into a session of their group.",
    "bookings.view"};

namespace {

/// A subscription of the member pays, where one does.
bool book_by_visit(Transaction& transaction, const schedule::Session& session, ClientId client) {
  if (!storage::enabled(transaction, setting::group_members_by_visit, session.centre) ||
      !transaction.exists("SELECT 1 FROM subscription_people WHERE client = $1 AND is_open = 1",
                          client)) {
    return false;
  }
  const Wish wish{.session = session.id,
                  .places = {{.attendee = client, .by_visit = true}},
                  .best = true,
                  .client = client,
                  .is_standing = true,
                  .is_promised = true};
  return !storage::attempt(transaction, [&] { book(transaction, wish); });
}

/// A refusal, such as one for age or an overlap, keeps nobody from joining; it is told.
void book_member(Transaction& transaction, const schedule::Session& session, ClientId client) {
  if (book_by_visit(transaction, session, client)) return;
  const bool owes = storage::enabled(transaction, setting::group_members_owe, session.centre);
  Wish wish{.session = session.id,
            .places = {{.attendee = client}},
            .best = true,
            .client = client,
            .payer = people::payer_of(transaction, client),
            .owing = owes,
            .is_standing = true,
            .is_promised = true};
  if (!owes) wish.price = FixedPrice{};
  const auto refused = storage::attempt(transaction, [&] { book(transaction, wish); });
  if (!refused) return;
  transaction.emit(MemberNotBooked{.session = session.id,
                                   .group = session.group,
                                   .centre = session.centre,
                                   .client = client,
                                   .reason = refused->reason()});
}

bool is_to_come(Transaction& transaction, const schedule::Session& session) {
  return session.status == schedule::SessionStatus::scheduled &&
         session.starts > transaction.now() && session.kind == schedule::SessionKind::group;
}

/// Books the members who never had a place in the session; who gave or moved theirs stays away.
void book_members(Transaction& transaction, SessionId id) {
  const auto session = storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", id);
  if (!session || !is_to_come(transaction, *session)) return;
  std::vector<ClientId> members;
  {
    storage::Cursor rows = transaction.query(
        "SELECT client FROM group_members WHERE \"group\" = $1 AND joined_at <= $2"
        " AND (left_at IS NULL OR left_at > $2) AND client NOT IN (SELECT attendee FROM places"
        " WHERE session = $3 AND attendee IS NOT NULL) ORDER BY joined_at, client",
        session->group, session->starts, session->id);
    while (rows.next()) members.push_back(ClientId{rows.integer(0)});
  }
  for (ClientId member : members) {
    if (!has_moved_away(transaction, member, id)) book_member(transaction, *session, member);
  }
}

std::vector<schedule::Session> coming_sessions(Transaction& transaction, GroupId group) {
  return storage::all<schedule::Session>(
      transaction,
      "sessions WHERE \"group\" = $1 AND starts > $2 AND status = 0 ORDER BY starts, id", group,
      transaction.now());
}

void on_scheduled(Transaction& transaction, const void* event) {
  book_members(transaction, static_cast<const schedule::SessionScheduled*>(event)->session);
}

void on_changed(Transaction& transaction, const void* event) {
  book_members(transaction, static_cast<const schedule::SessionChanged*>(event)->session);
}

void on_joined(Transaction& transaction, const void* event) {
  const auto& joined = *static_cast<const schedule::GroupJoined*>(event);
  for (const schedule::Session& session : coming_sessions(transaction, joined.group)) {
    if (place_in_session(transaction, joined.client, session)) continue;
    book_member(transaction, session, joined.client);
  }
}

/// Their places in sessions to come are free; what they paid for those goes back. Who has come in
/// to one that is about to begin stays in it.
void on_left(Transaction& transaction, const void* event) {
  const auto& left = *static_cast<const schedule::GroupLeft*>(event);
  for (const schedule::Session& session : coming_sessions(transaction, left.group)) {
    const auto place = place_in_session(transaction, left.client, session);
    if (!place) continue;
    Stored booking = stored_booking(transaction, booking_of(*place));
    const bool is_inside =
        std::any_of(booking.places.begin(), booking.places.end(), [&](const PlaceRow& row) {
          return row.number == number_of(*place) && !is_coming(row.status);
        });
    if (is_inside) continue;
    end_places(transaction, booking, session, {.numbers = {number_of(*place)}, .in_full = true});
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction members_scheduled{"schedule.session_scheduled", on_scheduled};
constinit const storage::Reaction members_changed{"schedule.session_changed", on_changed};
constinit const storage::Reaction member_joined{"schedule.group_joined", on_joined};
constinit const storage::Reaction member_left{"schedule.group_left", on_left};

}  // namespace lists
}  // namespace frontdesk::bookings

/// Places that came free go to those who wait (SPEC B8): by promotion where payment is secured,
/// else by an offer. Whoever calls, since it was promised before.
#include "bookings/lists.hpp"
#include "bookings/queue_settings.hpp"
#include "bookings/waiting.hpp"
#include "schedule/stored.hpp"
#include "seating/claims.hpp"
#include "seating/holds.hpp"
#include "storage/attempt.hpp"

#include <frontdesk/schedule_sessions.hpp>
#include <frontdesk/seating_maps.hpp>
#include <frontdesk/seating_places.hpp>

#include <algorithm>
#include <set>

namespace frontdesk::bookings {

constinit const storage::EventKind WaitingOffered::kind{
    "bookings.waiting_offered", "Places are offered to somebody who waits.", "bookings.view"};
constinit const storage::EventKind WaitingBooked::kind{
    "bookings.waiting_booked", "Somebody who waited has a booking.", "bookings.view"};
constinit const storage::EventKind WaitingEnded::kind{"bookings.waiting_ended",
                                                      "Somebody waits no longer.", "bookings.view"};

namespace {

/// Offered places stay claimed a little longer than the offer stands: then the tick gives them to
/// the next in line, before anybody else can take them.
constexpr Duration passing_on = std::chrono::minutes{15};

template <class T>
T told_of(const EntryRow& row) {
  T event{};
  event.entry = row.id;
  event.session = row.session;
  event.centre = row.centre;
  event.client = row.client;
  return event;
}

std::vector<EntryRow> in_line(Transaction& transaction, SessionId session) {
  return storage::all<EntryRow>(
      transaction, "waiting_entries WHERE session = $1 AND status = 0 ORDER BY priority DESC, id",
      session);
}

class Serving {
 public:
  Serving(Transaction& transaction, const schedule::Session& session)
      : transaction_(transaction),
        session_(session),
        cut_off_(waiting_cut_off(transaction, session)) {}

  void run() {
    if (transaction_.now() >= cut_off_) return;
    for (EntryRow& row : in_line(transaction_, session_.id)) {
      if (exhausted_.contains(row.channel)) continue;
      const auto free = seating::free_places(transaction_, session_, row.channel);
      if (free && *free == 0) {
        exhausted_.insert(row.channel);
        continue;
      }
      serve_one(row, free);
    }
  }

 private:
  void serve_one(EntryRow& row, const std::optional<std::int64_t>& free) {
    const std::vector<WaitingPlace> places = places_of(transaction_, row.id);
    const auto wanted = static_cast<std::int64_t>(places.size());
    const std::int64_t most = free ? std::min(wanted, *free) : wanted;
    if (most < wanted && !row.fewer) return;
    const std::int64_t least = row.fewer ? 1 : wanted;
    if (is_refused(row, places)) return;
    for (std::int64_t count = most; count >= least; --count) {
      if (row.intent == WaitingIntent::automatic && promote(row, places, count)) return;
      if (offer(row, count)) return;
    }
  }

  /// Who may not book any more waits for nothing.
  bool is_refused(EntryRow& row, const std::vector<WaitingPlace>& places) {
    const Wish wish = wish_of(row, places, places.size());
    const auto refused = storage::attempt(transaction_, [&] {
      const Standing standing = standing_of(transaction_, wish, session_);
      check_attendees(transaction_, wish, session_, standing);
    });
    if (!refused) return false;
    end_entry(transaction_, row, WaitingStatus::refused, refused->reason());
    return true;
  }

  bool promote(EntryRow& row, const std::vector<WaitingPlace>& places, std::int64_t count) {
    Wish wish = wish_of(row, places, static_cast<std::size_t>(count));
    wish.payments = {money::Tender{}};
    BookingId booking{};
    const auto refused = storage::attempt(transaction_, [&] {
      release_visits(transaction_, row, wish.places.size());
      const Made made = book(transaction_, wish);
      if (made.booking.row.status != BookingStatus::confirmed) {
        throw Error(Code::conflict, "balance_too_low");
      }
      booking = made.booking.row.id;
    });
    if (refused) return false;
    book_entry(transaction_, row, booking, true);
    return true;
  }

  bool offer(EntryRow& row, std::int64_t count) {
    const Duration life{storage::number(transaction_, setting::offer_seconds, row.centre)};
    const Instant expires = std::min(transaction_.now() + life, cut_off_);
    const seating::Claim claim{.state = seating::ClaimState::offered,
                               .owner = row.id.value,
                               .expires = std::min(expires + passing_on, session_.starts)};
    seating::PlaceChoice choice{.count = count, .best = true};
    choice.category = row.seat_category.value_or("");
    const auto refused = storage::attempt(transaction_, [&] {
      seating::take_places(transaction_, session_, choice, row.channel, claim);
    });
    if (refused) return false;
    row.status = WaitingStatus::offered;
    row.offered = count;
    row.expires_at = row.due_at = expires;
    storage::update(transaction_, "waiting_entries", row);
    auto event = told_of<WaitingOffered>(row);
    event.places = count;
    event.expires_at = expires;
    transaction_.emit(event);
    return true;
  }

  Transaction& transaction_;
  const schedule::Session& session_;
  const Instant cut_off_;
  std::set<seating::Channel> exhausted_{};
};

// --- what makes places free ---

template <class T>
void serve_session(Transaction& transaction, const void* event) {
  serve(transaction, static_cast<const T*>(event)->session);
}

void serve_left(Transaction& transaction, const void* event) {
  serve(transaction, static_cast<const BookingMoved*>(event)->from);
}

/// Its people wait again.
void take_back(Transaction& transaction, EntryRow& row, const schedule::Session& session) {
  for (std::int64_t place : offered_places(transaction, row)) {
    seating::release(transaction, row.session, place, seating::ClaimState::offered, row.id.value);
  }
  row.status = WaitingStatus::waiting;
  row.offered = 0;
  row.expires_at.reset();
  row.due_at = session.starts;
  storage::update(transaction, "waiting_entries", row);
}

/// Fewer places than are offered: the last offers are taken back.
void take_back_offers(Transaction& transaction, const schedule::Session& session) {
  if (!session.capacity) return;
  auto offers = storage::all<EntryRow>(
      transaction, "waiting_entries WHERE session = $1 AND status = 1 ORDER BY priority, id DESC",
      session.id);
  for (EntryRow& row : offers) {
    if (seating::places_needed(transaction, session.id) <= *session.capacity) return;
    take_back(transaction, row, session);
  }
}

/// Another map may lack places that are offered. What is left of such an offer is not what they
/// wait for.
void follow_map(Transaction& transaction, const void* event) {
  const SessionId id = static_cast<const seating::PlacesRemapped*>(event)->session;
  const schedule::Session session = schedule::stored_session(transaction, id);
  auto offers = storage::all<EntryRow>(
      transaction, "waiting_entries WHERE session = $1 AND status = 1 ORDER BY id", id);
  for (EntryRow& row : offers) {
    const auto left = static_cast<std::int64_t>(offered_places(transaction, row).size());
    if (left < row.offered) take_back(transaction, row, session);
  }
  serve(transaction, id);
}

void follow_session(Transaction& transaction, const void* event) {
  const SessionId id = static_cast<const schedule::SessionChanged*>(event)->session;
  if (!transaction.exists("SELECT 1 FROM waiting_entries WHERE session = $1 AND status < 2", id)) {
    return;
  }
  const schedule::Session session = schedule::stored_session(transaction, id);
  const Instant cut_off = waiting_cut_off(transaction, session);
  transaction.execute(
      "UPDATE waiting_entries SET due_at = CASE status WHEN 0 THEN $2 ELSE min(expires_at, $3) END,"
      " expires_at = CASE status WHEN 0 THEN NULL ELSE min(expires_at, $3) END"
      " WHERE session = $1 AND status < 2",
      id, session.starts, cut_off);
  take_back_offers(transaction, session);
  serve(transaction, id);
}

void close_list(Transaction& transaction, const void* event) {
  const SessionId id = static_cast<const schedule::SessionCancelled*>(event)->session;
  auto open = storage::all<EntryRow>(
      transaction, "waiting_entries WHERE session = $1 AND status < 2 ORDER BY id", id);
  for (EntryRow& row : open) end_entry(transaction, row, WaitingStatus::closed);
}

// --- what time brings ---

constexpr std::int64_t entries_at_once = 100;

/// Offers that nobody accepted, and those who waited until the start.
bool look_at_due(Transaction& transaction, std::int64_t& done) {
  auto due = storage::all<EntryRow>(
      transaction, "waiting_entries WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2",
      transaction.now(), entries_at_once);
  for (EntryRow& row : due) {
    const bool had_offer = row.status == WaitingStatus::offered;
    end_entry(transaction, row, had_offer ? WaitingStatus::lapsed : WaitingStatus::closed);
  }
  done += static_cast<std::int64_t>(due.size());
  return static_cast<std::int64_t>(due.size()) < entries_at_once;
}

}  // namespace

void serve(Transaction& transaction, SessionId id) {
  if (!transaction.exists("SELECT 1 FROM waiting_entries WHERE session = $1 AND status = 0", id)) {
    return;
  }
  const schedule::Session session = schedule::stored_session(transaction, id);
  if (session.status != schedule::SessionStatus::scheduled) return;
  Serving(transaction, session).run();
}

Instant waiting_cut_off(Transaction& transaction, const schedule::Session& session) {
  return session.starts -
         Duration{storage::number(transaction, setting::waiting_cut_off_seconds, session.centre)};
}

void end_entry(Transaction& transaction, EntryRow& row, WaitingStatus status,
               const std::optional<std::string>& reason) {
  for (std::int64_t place : offered_places(transaction, row)) {
    seating::release(transaction, row.session, place, seating::ClaimState::offered, row.id.value);
  }
  release_visits(transaction, row);
  row.status = status;
  row.offered = 0;
  row.due_at.reset();
  row.ended_at = transaction.now();
  row.reason = reason;
  storage::update(transaction, "waiting_entries", row);
  auto event = told_of<WaitingEnded>(row);
  event.status = status;
  transaction.emit(event);
}

void book_entry(Transaction& transaction, EntryRow& row, BookingId booking, bool promoted) {
  row.status = WaitingStatus::booked;
  row.due_at.reset();
  row.booking = booking;
  row.ended_at = transaction.now();
  storage::update(transaction, "waiting_entries", row);
  auto event = told_of<WaitingBooked>(row);
  event.booking = booking;
  event.promoted = promoted;
  transaction.emit(event);
}

namespace lists {

using storage::Reaction;

constinit const Reaction serve_cancelled{"bookings.booking_cancelled",
                                         serve_session<BookingCancelled>};
constinit const Reaction serve_expired{"bookings.booking_expired", serve_session<BookingExpired>};
constinit const Reaction serve_moved{"bookings.booking_moved", serve_left};
constinit const Reaction serve_ended{"bookings.waiting_ended", serve_session<WaitingEnded>};
constinit const Reaction serve_released{"seating.hold_released",
                                        serve_session<seating::HoldReleased>};
constinit const Reaction serve_freed{"seating.places_freed", serve_session<seating::PlacesFreed>};
constinit const Reaction serve_remapped{"seating.places_remapped", follow_map};
constinit const Reaction serve_changed{"bookings.booking_changed", serve_session<BookingChanged>};
constinit const Reaction waiting_follows{"schedule.session_changed", follow_session};
constinit const Reaction waiting_closes{"schedule.session_cancelled", close_list};
constinit const storage::TickPart waiting_due{"bookings.waiting", look_at_due};

}  // namespace lists
}  // namespace frontdesk::bookings

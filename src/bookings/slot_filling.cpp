/// What weekly slots book: sessions that are there, and lessons of their own (SPEC V11).
#include "base/zones.hpp"
#include "bookings/lists.hpp"
#include "bookings/slots.hpp"
#include "bookings/visits.hpp"
#include "schedule/clashes.hpp"
#include "storage/attempt.hpp"

#include <algorithm>

namespace frontdesk::bookings {

constinit const storage::EventKind SlotNotBooked::kind{
    "bookings.slot_not_booked", "A session in a weekly slot could not be booked.", "bookings.view"};
constinit const storage::EventKind SlotEnded::kind{"bookings.slot_ended", "A weekly slot ended.",
                                                   "bookings.view"};

namespace {

constexpr std::chrono::weeks private_horizon{8};

/// The slot's subscription and those that follow it.
std::vector<plans::Stored> payers_of(Transaction& transaction, const ClaimedSlot& slot) {
  std::vector<plans::Stored> payers;
  for (SubscriptionId id = slot.subscription; id && payers.size() < 10;) {
    payers.push_back(plans::stored_subscription(transaction, id));
    id = payers.back().renewed_by;
  }
  return payers;
}

Wish wish_of(const ClaimedSlot& slot, const plans::Stored& payer, SessionId session) {
  return {.session = session,
          .places = {{.attendee = slot.attendee, .by_visit = true, .subscription = payer.id}},
          .best = true,
          .client = payer.owner,
          .payments = {},
          .is_standing = true,
          .is_promised = true};
}

/// Sessions to come at the slot's time that the attendee has not been in.
std::vector<schedule::Session> sessions_of(Transaction& transaction, const ClaimedSlot& slot) {
  auto sessions = storage::all<schedule::Session>(
      transaction,
      "sessions WHERE activity = $1 AND starts > $2 AND centre = $3 AND status = 0"
      " AND (local_start / 86400 + 3) % 7 + 1 = $4 AND local_start % 86400 / 60 = $5"
      " ORDER BY starts, id",
      slot.activity, transaction.now(), slot.centre, slot.weekday, slot.minute);
  std::erase_if(sessions, [&](const schedule::Session& session) {
    return knows_session(transaction, slot.attendee, session.id);
  });
  return sessions;
}

class Filling {
 public:
  Filling(Transaction& transaction, const ClaimedSlot& slot, SlotsClaimed& told)
      : transaction_(transaction), slot_(slot), told_(told) {}

  void run() {
    if (slot_.is_private) return make_lessons();
    for (const schedule::Session& session : sessions_of(transaction_, slot_)) {
      BookingId booking{};
      keep(session.id, plans::day_of(session), book_in_slot(transaction_, slot_, session, booking),
           booking);
    }
  }

 private:
  void keep(SessionId session, Date date, const std::optional<Error>& refused, BookingId booking) {
    if (!refused) {
      told_.bookings.push_back(
          {.slot = slot_.id, .session = session, .date = date, .booking = booking});
      return;
    }
    if (is_outside_term(*refused)) return;
    const Error told = refused->in_language(transaction_.language());
    told_.failed.push_back({.session = session,
                            .date = date,
                            .code = std::string(code_name(told.code())),
                            .reason = told.reason(),
                            .message = told.message()});
  }

  void make_lessons() {
    const std::string zone = plans::zone_of(transaction_, slot_.centre);
    const std::chrono::sys_days today = zones::local_date(transaction_.now(), zone);
    std::chrono::sys_days last = today + private_horizon;
    const plans::Stored payer = payers_of(transaction_, slot_).back();
    if (payer.last_day) last = *payer.last_day;
    for (std::chrono::sys_days day = today; day <= last; day += std::chrono::days{1}) {
      if (static_cast<std::int64_t>(std::chrono::weekday{day}.iso_encoding()) == slot_.weekday) {
        make_lesson(Date{day}, zone);
      }
    }
  }

  void make_lesson(Date date, const std::string& zone) {
    const LocalTime start{std::chrono::local_days{date}.time_since_epoch() +
                          std::chrono::minutes{slot_.minute}};
    schedule::Session lesson;
    lesson.activity = slot_.activity;
    lesson.centre = slot_.centre;
    lesson.room = slot_.room;
    if (slot_.trainer) lesson.trainers.push_back(slot_.trainer);
    lesson.kind = schedule::SessionKind::client;
    lesson.client = slot_.attendee;
    lesson.capacity = 1;
    lesson.zone = zone;
    schedule::set_times(lesson, start, slot_.duration);
    if (lesson.starts <= transaction_.now() || was_made(lesson)) return;
    BookingId booking{};
    auto refused = storage::attempt(transaction_, [&] {
      schedule::refuse(schedule::clashes_of(transaction_, lesson), false);
      schedule::enter_session(transaction_, lesson);
      if (auto of_booking = book_in_slot(transaction_, slot_, lesson, booking)) throw *of_booking;
    });
    keep(refused ? SessionId{} : lesson.id, date, refused, booking);
  }

  /// One that was cancelled is not made again, unless a freeze ended it.
  bool was_made(const schedule::Session& lesson) {
    return transaction_.exists(
        "SELECT 1 FROM sessions WHERE client = $1 AND activity = $2 AND starts = $3"
        " AND (status <> 2 OR reason IS NOT $4)",
        lesson.client, lesson.activity, lesson.starts, "subscription_frozen");
  }

  Transaction& transaction_;
  const ClaimedSlot& slot_;
  SlotsClaimed& told_;
};

}  // namespace

bool is_outside_term(const Error& refused) {
  const std::string& reason = refused.reason();
  return reason == "subscription_frozen" || reason == "subscription_expired" ||
         reason == "subscription_not_started" || reason == "subscription_unpaid";
}

std::vector<ClaimedSlot> open_slots(Transaction& transaction, SubscriptionId subscription) {
  return storage::all<ClaimedSlot>(
      transaction, "weekly_slots WHERE subscription = $1 AND ended_at IS NULL ORDER BY id",
      subscription);
}

bool knows_session(Transaction& transaction, ClientId attendee, SessionId session) {
  return has_moved_away(transaction, attendee, session) ||
         transaction.exists(
             "SELECT 1 FROM places JOIN bookings ON bookings.id = places.booking"
             " WHERE places.session = $1 AND places.attendee = $2"
             " AND (places.status < 5 OR bookings.reason IS NOT $3)",
             session, attendee, "subscription_frozen");
}

std::optional<Error> book_in_slot(Transaction& transaction, const ClaimedSlot& slot,
                                  const schedule::Session& session, BookingId& booking) {
  std::optional<Error> refused;
  const Date day = plans::day_of(session);
  for (const plans::Stored& payer : payers_of(transaction, slot)) {
    // A visit that the centre gave back can be used past the term, but not by a slot.
    if (payer.last_day && !payer.is_provisional && day > *payer.last_day) {
      if (!refused) {
        refused = Error(Code::conflict, "subscription_expired", "subscription",
                        {{"last_day", zones::print(*payer.last_day)}});
      }
      continue;
    }
    auto by_this = storage::attempt(transaction, [&] {
      booking = book(transaction, wish_of(slot, payer, session.id)).booking.row.id;
    });
    if (!by_this) {
      transaction.execute("INSERT INTO slot_bookings (slot, booking) VALUES ($1, $2)", slot.id,
                          booking);
      return std::nullopt;
    }
    // Of several, what is told is why the one that runs then does not pay.
    if (!refused || is_outside_term(*refused)) refused = std::move(by_this);
  }
  return refused;
}

void fill(Transaction& transaction, const ClaimedSlot& slot, SlotsClaimed& told) {
  Filling(transaction, slot, told).run();
}

void fill_all(Transaction& transaction, SubscriptionId subscription) {
  for (const ClaimedSlot& slot : open_slots(transaction, subscription)) {
    SlotsClaimed told;
    fill(transaction, slot, told);
    for (const NotBooked& failed : told.failed) {
      tell_not_booked(transaction, slot, failed.session, failed.reason);
    }
  }
}

void tell_not_booked(Transaction& transaction, const ClaimedSlot& slot, SessionId session,
                     const std::string& reason) {
  transaction.emit(SlotNotBooked{.slot = slot.id,
                                 .subscription = slot.subscription,
                                 .session = session,
                                 .centre = slot.centre,
                                 .client = slot.attendee,
                                 .reason = reason});
}

void end_slot(Transaction& transaction, ClaimedSlot& slot, const std::string& reason) {
  slot.ended_at = transaction.now();
  slot.reason = reason;
  storage::update(transaction, "weekly_slots", slot);
  transaction.emit(SlotEnded{.slot = slot.id,
                             .subscription = slot.subscription,
                             .centre = slot.centre,
                             .client = slot.attendee,
                             .reason = reason});
}

void cancel_own_lesson(Transaction& transaction, schedule::Session session, BookingId booking,
                       const std::string& reason) {
  if (session.kind != schedule::SessionKind::client) return;
  if (!transaction.exists("SELECT 1 FROM slot_bookings WHERE booking = $1", booking)) return;
  schedule::cancel(transaction, session, reason);
}

std::vector<BookingId> coming_bookings(Transaction& transaction, WeeklySlotId slot) {
  storage::Cursor rows = transaction.query(
      "SELECT bookings.id FROM slot_bookings JOIN bookings ON bookings.id = slot_bookings.booking"
      " JOIN sessions ON sessions.id = bookings.session WHERE slot_bookings.slot = $1"
      " AND bookings.status < 3 AND sessions.starts > $2 ORDER BY sessions.starts",
      slot, transaction.now());
  std::vector<BookingId> found;
  while (rows.next()) found.push_back(BookingId{rows.integer(0)});
  return found;
}

}  // namespace frontdesk::bookings

/// The roll: who came and who did not, by those who lead a session or run the centre (SPEC B5, B9,
/// S16).
#include "base/zones.hpp"
#include "bookings/door.hpp"
#include "bookings/strikes.hpp"
#include "bookings/visits.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace frontdesk::bookings {
namespace {

AttendanceList list_of(Transaction& transaction, const schedule::Session& session) {
  AttendanceList list{.session = session.id,
                      .centre = session.centre,
                      .starts = session.starts,
                      .ends = session.ends,
                      .opens_at = doors_open_at(transaction, session),
                      .closes_at = roll_closes_at(transaction, session)};
  DoorView view(transaction, session);
  for (BookingId id : live_bookings(transaction, session.id)) {
    const Stored booking = stored_booking(transaction, id);
    for (const PlaceRow& place : booking.places) {
      if (is_live(place.status)) list.places.push_back(view.show(booking, place));
    }
  }
  return list;
}

/// What the roll says of the places of one booking.
struct Marks {
  std::vector<std::int64_t> attended{};
  std::vector<std::int64_t> absent{};
};
using MarksByBooking = std::map<BookingId, Marks>;

/// Refuses places of other sessions and those that are named twice.
MarksByBooking marks_of(Transaction& transaction, const TakeRoll& request) {
  MarksByBooking marks;
  std::set<PlaceId> seen;
  auto add = [&](const std::vector<PlaceId>& places, const std::string& field,
                 std::vector<std::int64_t> Marks::* list) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::string path = field + "[" + std::to_string(i) + "]";
      if (!seen.insert(places[i]).second) throw Error(Code::invalid, "place_twice", path);
      const BookingId booking = booking_of(places[i]);
      if (!transaction.exists(
              "SELECT 1 FROM places WHERE session = $1 AND booking = $2 AND number = $3",
              request.session, booking, number_of(places[i]))) {
        throw Error(Code::not_found, "place_not_found", path);
      }
      (marks[booking].*list).push_back(number_of(places[i]));
    }
  };
  add(request.attended, "attended", &Marks::attended);
  add(request.absent, "absent", &Marks::absent);
  return marks;
}

/// Takes the roll of one booking.
class Marking {
 public:
  Marking(Transaction& transaction, const schedule::Session& session, BookingId booking,
          std::optional<std::string> correction = {})
      : transaction_(transaction),
        session_(session),
        booking_(stored_booking(transaction, booking)),
        correction_(std::move(correction)),
        is_late_(transaction.now() >= roll_closes_at(transaction, session)) {}

  void mark(const Marks& marks) {
    const std::vector<std::int64_t> came = come(marks.attended);
    if (!came.empty()) {
      store_attended(transaction_, booking_, came, {}, change(Change::attended), correction_);
    }
    const std::vector<std::int64_t> missed = miss(marks.absent);
    if (!missed.empty()) {
      store_missed(transaction_, booking_, missed, change(Change::missed), correction_);
    }
    // While the roll is open it may be taken again: strikes wait until the tick closes it.
    if (is_late_) settle_strike(transaction_, booking_);
  }
  const Stored& booking() const { return booking_; }

 private:
  Change change(Change in_time) const {
    return is_late_ || correction_ ? Change::corrected : in_time;
  }

  PlaceRow& place(std::int64_t number) {
    PlaceRow& found = *std::find_if(booking_.places.begin(), booking_.places.end(),
                                    [&](const PlaceRow& row) { return row.number == number; });
    if (auto error = hindrance_of_ticket(transaction_, found, 0, transaction_.now())) throw *error;
    return found;
  }

  std::vector<std::int64_t> come(const std::vector<std::int64_t>& numbers) {
    std::vector<std::int64_t> changed;
    for (std::int64_t number : numbers) {
      PlaceRow& row = place(number);
      if (row.status == BookingStatus::attended) continue;
      enter(transaction_, row,
            {.at = std::min(transaction_.now(), session_.ends),
             .how = CheckInBy::roll,
             .account = transaction_.principal().account});
      changed.push_back(number);
    }
    return changed;
  }

  std::vector<std::int64_t> miss(const std::vector<std::int64_t>& numbers) {
    std::vector<std::int64_t> changed;
    for (std::int64_t number : numbers) {
      PlaceRow& row = place(number);
      if (row.status == BookingStatus::no_show) continue;
      if (row.status == BookingStatus::attended) {
        take_back(transaction_, row, BookingStatus::no_show);
      } else {
        change_status(transaction_, row, BookingStatus::no_show);
        use_place(transaction_, row, plans::Cause::no_show);
      }
      changed.push_back(number);
    }
    return changed;
  }

  Transaction& transaction_;
  const schedule::Session& session_;
  Stored booking_;
  const std::optional<std::string> correction_;  ///< why, where it is one
  const bool is_late_;
};

void refuse_before(Transaction& transaction, Instant moment) {
  if (transaction.now() >= moment) return;
  throw Error(Code::conflict, "too_early", "session", {{"opens", zones::print(moment)}});
}

}  // namespace

// --- looking ---

AttendanceList handle(Transaction& transaction, const Roll& request) {
  return list_of(transaction, door_session(transaction, request.session));
}

static constexpr Refusal roll_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
};

constinit const Operation Roll::operation = storage::define<Roll>({
    .number = 963,
    .name = "bookings.roll",
    .kind = OperationKind::read,
    .doc = "Who has a place in a session, and who came.",
    .rule = {.permission = "bookings.check_in"},
    .refusals = roll_refusals,
    .example = R"({"session": 1})",
});

// --- taking it ---

AttendanceList handle(Transaction& transaction, const TakeRoll& request) {
  const schedule::Session session = door_session(transaction, request.session);
  if (session.status == schedule::SessionStatus::cancelled) {
    throw Error(Code::conflict, "session_cancelled", "session");
  }
  refuse_before(transaction, doors_open_at(transaction, session));
  if (!request.absent.empty()) refuse_before(transaction, session.starts);
  check_roll_open(transaction, session);
  for (const auto& [booking, marks] : marks_of(transaction, request)) {
    Marking(transaction, session, booking).mark(marks);
  }
  transaction.concern(session.centre);
  return list_of(transaction, session);
}

static constexpr Refusal take_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "too_early", "the doors are not open yet; for absentees: it has not begun"},
    {Code::denied, "roll_closed", "the session is over too long, without bookings.correct"},
    {Code::invalid, "place_twice", "a place is named twice"},
    {Code::not_found, "place_not_found", "the session has no such place"},
    {Code::conflict, "ticket_cancelled", "a place was cancelled or has expired"},
    {Code::conflict, "not_paid", "a place waits for payment"},
};

constinit const Operation TakeRoll::operation = storage::define<TakeRoll>({
    .number = 964,
    .name = "bookings.take_roll",
    .kind = OperationKind::write,
    .doc = "Says who came to a session and who did not.",
    .rule = {.permission = "bookings.check_in"},
    .refusals = take_refusals,
    .example = R"({"session": 1, "attended": [1001, 2001], "absent": [2002]})",
});

// --- correcting ---

CheckedIn handle(Transaction& transaction, const CorrectAttendance& request) {
  const BookingId id = booking_of(request.place);
  auto session = storage::find<schedule::Session>(
      transaction,
      "sessions WHERE id = (SELECT places.session FROM bookings JOIN places"
      " ON places.session = bookings.session AND places.booking = bookings.id"
      " WHERE bookings.id = $1 AND places.number = $2)",
      id, number_of(request.place));
  if (!session || !transaction.reach().covers(session->centre)) {
    storage::missing("place", "place");
  }
  if (session->ends > transaction.now()) throw Error(Code::conflict, "session_not_over", "place");
  Marks marks;
  (request.attended ? marks.attended : marks.absent).push_back(number_of(request.place));
  Marking marking(transaction, *session, id, request.reason);
  marking.mark(marks);
  return told(transaction, marking.booking(), *session, {number_of(request.place)});
}

static constexpr Refusal correct_refusals[] = {
    {Code::not_found, "place_not_found", "no such place, or not within reach"},
    {Code::conflict, "session_not_over", "visitors can still come"},
    {Code::conflict, "ticket_cancelled", "the place was cancelled or has expired"},
    {Code::conflict, "not_paid", "the place waits for payment"},
};

constinit const Operation CorrectAttendance::operation = storage::define<CorrectAttendance>({
    .number = 965,
    .name = "bookings.correct_attendance",
    .kind = OperationKind::write,
    .doc = "Corrects whether the visitor of a place came; the strike follows.",
    .rule = {.permission = "bookings.correct"},
    .refusals = correct_refusals,
    .example = R"({"place": 1001, "attended": true, "reason": "Came in by the side door."})",
});

}  // namespace frontdesk::bookings

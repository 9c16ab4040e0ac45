/// Bookings as rows, and what is shown of them.
#include "schedule/stored.hpp"
#include "access/authorization.hpp"
#include "bookings/bookings.hpp"
#include "bookings/deadlines.hpp"
#include "money/orders.hpp"
#include "schedule/sessions.hpp"
#include "seating/maps.hpp"
#include "storage/id_list.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

/// What of bookings a permission reaches: those of a centre as a whole, else, for `own` and
/// `assigned`, by the people in them. Staff of another centre of the same client do not.
class Sight {
 public:
  Sight(Transaction& transaction, std::string_view permission)
      : transaction_(transaction), reach_(access::reach_of(transaction, permission)) {}

  /// Of the centre, or who booked or pays.
  bool reaches_whole(const Row& row) const {
    return reach_.covers(row.centre) || reaches(row.client) || reaches(row.payer);
  }
  bool reaches(ClientId client) const {
    return access::covers_person(transaction_, reach_, client);
  }

 private:
  Transaction& transaction_;
  storage::Reach reach_;
};

/// What staff noted is for staff; clients read what they wrote themselves.
bool reads_note(Transaction& transaction, const Row& row) {
  const bool is_clients = row.account && !row.seller;
  return is_clients || is_staff_for(transaction.reach(), row.centre);
}

/// How far a state is from the end of the way; the least of a booking's places is its own.
int rank(BookingStatus status) {
  switch (status) {
    case BookingStatus::held:
      return 0;
    case BookingStatus::pending:
      return 1;
    case BookingStatus::confirmed:
      return 2;
    case BookingStatus::attended:
      return 3;
    case BookingStatus::no_show:
      return 4;
    case BookingStatus::expired:
      return 5;
    case BookingStatus::cancelled:
      break;
  }
  return 6;
}

}  // namespace

Stored stored_booking(Transaction& transaction, BookingId id, std::string_view field) {
  auto row = storage::find<Row>(transaction, "bookings WHERE id = $1", id);
  if (!row) storage::missing("booking", field);
  check_deadline(*row);
  Stored booking{std::move(*row), {}};
  booking.places = places_of(transaction, booking.row.session, id);
  return booking;
}

Stored reachable_booking(Transaction& transaction, BookingId id, std::string_view permission) {
  Stored booking = stored_booking(transaction, id);
  if (own_places(transaction, booking, permission).empty()) {
    storage::missing("booking", "booking");
  }
  return booking;
}

std::vector<std::int64_t> own_places(Transaction& transaction, const Stored& booking,
                                     std::string_view permission) {
  const Sight sight(transaction, permission);
  const bool is_whole = sight.reaches_whole(booking.row);
  std::vector<std::int64_t> numbers;
  for (const PlaceRow& place : booking.places) {
    if (is_whole || sight.reaches(place.attendee)) numbers.push_back(place.number);
  }
  return numbers;
}

void check_own_places(Transaction& transaction, const Stored& booking,
                      std::span<const std::int64_t> numbers, std::string_view field) {
  const std::vector<std::int64_t> own = own_places(transaction, booking, "bookings.book");
  for (const PlaceRow& place : booking.places) {
    const bool is_concerned =
        numbers.empty() ? is_live(place.status)
                        : std::find(numbers.begin(), numbers.end(), place.number) != numbers.end();
    if (!is_concerned || std::find(own.begin(), own.end(), place.number) != own.end()) continue;
    throw Error(Code::denied, "place_not_yours", field, {{"place", place.number}});
  }
}

Stored changeable_booking(Transaction& transaction, BookingId id,
                          const std::optional<std::int64_t>& version) {
  Stored booking = reachable_booking(transaction, id, "bookings.book");
  storage::check_version(version, booking.row.version);
  return booking;
}

bool is_staff_for(const storage::Reach& reach, CentreId centre) { return reach.covers(centre); }

BookingStatus status_of(std::span<const PlaceRow> places) {
  auto least = std::min_element(
      places.begin(), places.end(),
      [](const PlaceRow& a, const PlaceRow& b) { return rank(a.status) < rank(b.status); });
  return least->status;
}

void store(Transaction& transaction, Stored& booking) {
  Row& row = booking.row;
  row.status = status_of(booking.places);
  ++row.version;
  if (row.status != BookingStatus::held && row.status != BookingStatus::pending) {
    row.pay_by.reset();
    row.due_at.reset();
  }
  if (is_live(row.status)) {
    row.ended_at.reset();
  } else if (!row.ended_at) {
    row.ended_at = transaction.now();
  }
  storage::update(transaction, "bookings", row);
  transaction.concern(row.client);
  transaction.concern(row.centre);
}

void change_status(Transaction& transaction, PlaceRow& place, BookingStatus to) {
  check_transition(place.status, to);
  if (!is_live(to) && place.place != 0) free_place(transaction, place);
  place.status = to;
  update_place(transaction, place);
}

void change_all(Transaction& transaction, Stored& booking, std::span<const BookingStatus> from,
                BookingStatus to, Change change, const std::optional<std::string>& reason) {
  for (PlaceRow& place : booking.places) {
    if (std::find(from.begin(), from.end(), place.status) == from.end()) continue;
    change_status(transaction, place, to);
  }
  store(transaction, booking);
  note_change(transaction, booking.row, change, {}, reason);
}

void note_change(Transaction& transaction, const Row& booking, Change change,
                 const std::vector<std::int64_t>& places,
                 const std::optional<std::string>& reason) {
  transaction.execute(
      "INSERT INTO booking_history (booking, number, change, at, account, status, places, session,"
      " reason) SELECT $1, coalesce(max(number), 1) + 1, $2, $3, $4, $5, $6, $7, $8"
      " FROM booking_history WHERE booking = $1",
      booking.id, change, transaction.now(), transaction.principal().account, booking.status,
      storage::id_list(places), booking.session, reason);
}

Booking view_of(Transaction& transaction, const Stored& booking) {
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  const Money owed = booking.row.order ? money::owed(transaction, booking.row.order) : Money{};
  return view_of(transaction, booking, seating::layout_of(transaction, session), owed);
}

Booking view_of(Transaction& transaction, const Stored& booking, const seating::Layout& layout,
                const Money& owed) {
  const Row& row = booking.row;
  Booking view{.id = row.id,
               .version = row.version,
               .reference = reference_of(transaction, row.id),
               .session = row.session,
               .centre = row.centre,
               .starts = booking.places.front().starts,
               .client = row.client,
               .payer = row.payer,
               .guest_name = row.guest_name,
               .guest_email = row.guest_email,
               .guest_phone = row.guest_phone,
               .seller = row.seller,
               .channel = row.channel,
               .kind = row.kind,
               .status = row.status,
               .order = row.order,
               .pay_by = row.pay_by,
               .policy = row.policy,
               .moves = row.moves,
               .external_ref = row.external_ref,
               .created_at = row.created_at,
               .ended_at = row.ended_at,
               .reason = row.reason};
  if (owed.minor > 0) view.owed = owed;
  if (reads_note(transaction, row)) view.note = row.note;
  for (const PlaceRow& place : booking.places) {
    Place shown{.id = place_id(row.id, place.number),
                .number = place.number,
                .status = place.status,
                .attendee = place.attendee,
                .ticket_type = place.ticket_type,
                .place = place.place,
                .paid_by = place.paid_by,
                .subscription = place.subscription,
                .line = place.line};
    if (layout.map && place.place > 0) {
      shown.seat = seating::label_of(layout, place.place);
      const std::string_view category = seating::category_of(layout, place.place);
      if (!category.empty()) shown.seat_category = std::string(category);
    }
    view.places.push_back(std::move(shown));
  }
  return view;
}

}  // namespace frontdesk::bookings

#include "bookings/door.hpp"

#include "access/authorization.hpp"
#include "base/zones.hpp"
#include "bookings/door_settings.hpp"
#include "bookings/visits.hpp"
#include "money/orders.hpp"

#include <algorithm>

namespace frontdesk::bookings {

constinit const storage::EventKind VisitorsCheckedIn::kind{"bookings.checked_in", "Visitors came.",
                                                           "bookings.view"};
constinit const storage::EventKind CheckInUndone::kind{
    "bookings.check_in_undone", "Check-ins were taken back.", "bookings.view"};
constinit const storage::EventKind NoShow::kind{"bookings.no_show", "Visitors did not come.",
                                                "bookings.view"};

// --- who may ---

bool admits_to(Transaction& transaction, const schedule::Session& session) {
  const storage::Reach& reach = transaction.reach();
  if (reach.covers(session.centre)) return true;
  const AccountId caller = transaction.principal().account;
  return reach.assigned && caller &&
         std::find(session.trainers.begin(), session.trainers.end(), caller) !=
             session.trainers.end();
}

schedule::Session door_session(Transaction& transaction, SessionId id) {
  auto session = storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", id);
  if (!session || !admits_to(transaction, *session)) storage::missing("session", "session");
  return std::move(*session);
}

Instant doors_open_at(Transaction& transaction, const schedule::Session& session) {
  return session.starts -
         Duration{storage::number(transaction, setting::check_in_opens_seconds, session.centre)};
}

Instant roll_closes_at(Transaction& transaction, const schedule::Session& session) {
  return session.ends +
         Duration{storage::number(transaction, setting::roll_call_seconds, session.centre)};
}

void check_roll_open(Transaction& transaction, const schedule::Session& session) {
  const Instant closes = roll_closes_at(transaction, session);
  if (transaction.now() < closes ||
      access::reach_of(transaction, "bookings.correct").covers(session.centre)) {
    return;
  }
  throw Error(Code::denied, "roll_closed", {}, {{"closed", zones::print(closes)}});
}

// --- gates ---

std::optional<Gate> gate_of(Transaction& transaction, GateId id, CentreId centre,
                            std::string_view field) {
  if (!id) return std::nullopt;
  auto gate = storage::find<Gate>(transaction, "gates WHERE id = $1 AND centre = $2", id, centre);
  if (!gate) storage::missing("gate", field);
  return gate;
}

std::optional<Gate> open_gate(Transaction& transaction, GateId id, CentreId centre) {
  auto gate = gate_of(transaction, id, centre);
  if (gate && gate->archived_at) throw Error(Code::conflict, "gate_archived", "gate");
  return gate;
}

bool lets_in(const Gate& gate, const seating::Layout& layout, std::int64_t place) {
  if (gate.sections.empty() || !layout.map || place < 1) return true;
  auto leads_to = [&](const std::string& name) {
    return std::find(gate.sections.begin(), gate.sections.end(), name) != gate.sections.end();
  };
  const auto& seats = layout.map->seats;
  if (place <= static_cast<std::int64_t>(seats.size())) {
    return leads_to(seats[static_cast<std::size_t>(place - 1)].section);
  }
  const seating::AreaInfo* area = layout.map->area_of(place);
  return area == nullptr || leads_to(area->name) || leads_to(area->section);
}

// --- coming in ---

std::optional<Error> hindrance_of_ticket(Transaction& transaction, const PlaceRow& place,
                                         std::int64_t issue, Instant at) {
  const PlaceId id = place_id(place.booking, place.number);
  if (!is_live(place.status)) {
    return Error(Code::conflict, "ticket_cancelled", {}, {{"place", place.number}});
  }
  if (issue != 0 && is_voided(transaction, {id, issue}, at)) {
    return Error(Code::conflict, "ticket_revoked", {}, {{"place", place.number}});
  }
  if (place.status == BookingStatus::held || place.status == BookingStatus::pending) {
    return Error(Code::conflict, "not_paid", {}, {{"place", place.number}});
  }
  return std::nullopt;
}

std::optional<Error> hindrance(Transaction& transaction, const Arrival& arrival) {
  const PlaceRow& place = arrival.place;
  if (auto error = hindrance_of_ticket(transaction, place, arrival.issue, arrival.at)) {
    return error;
  }
  const Instant opens = doors_open_at(transaction, arrival.session);
  if (arrival.at < opens) {
    return Error(Code::conflict, "too_early", {}, {{"opens", zones::print(opens)}});
  }
  if (arrival.at >= arrival.session.ends) {
    return Error(Code::conflict, "too_late", {}, {{"ended", zones::print(arrival.session.ends)}});
  }
  if (arrival.gate != nullptr &&
      !lets_in(*arrival.gate, seating::layout_of(transaction, arrival.session), place.place)) {
    return Error(Code::conflict, "wrong_gate", {}, {{"gate", arrival.gate->name}});
  }
  return std::nullopt;
}

std::optional<CheckInRow> check_in_of(Transaction& transaction, const PlaceRow& place) {
  return storage::find<CheckInRow>(transaction, "check_ins WHERE booking = $1 AND number = $2",
                                   place.booking, place.number);
}

void enter(Transaction& transaction, PlaceRow& place, const CheckInRow& row) {
  change_status(transaction, place, BookingStatus::attended);
  use_place(transaction, place, plans::Cause::attended);
  transaction.execute(
      "INSERT INTO check_ins (booking, number, at, how, gate, account)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      place.booking, place.number, row.at, row.how, row.gate, row.account);
}

void take_back(Transaction& transaction, PlaceRow& place, BookingStatus to) {
  change_status(transaction, place, to);
  if (to == BookingStatus::confirmed) undo_place(transaction, place);
  transaction.execute("DELETE FROM check_ins WHERE booking = $1 AND number = $2", place.booking,
                      place.number);
  transaction.execute(
      "UPDATE scans SET reason = $3 WHERE booking = $1 AND number = $2 AND reason IS NULL",
      place.booking, place.number, "check_in_undone");
}

void correct_arrival(Transaction& transaction, const CheckInRow& row) {
  transaction.execute(
      "UPDATE check_ins SET at = $3, how = $4, gate = $5, account = $6 WHERE booking = $1"
      " AND number = $2",
      row.booking, row.number, row.at, row.how, row.gate, row.account);
}

void store_attended(Transaction& transaction, Stored& booking,
                    const std::vector<std::int64_t>& numbers, GateId gate, Change change,
                    const std::optional<std::string>& reason) {
  store(transaction, booking);
  note_change(transaction, booking.row, change, numbers, reason);
  auto event = told_of<VisitorsCheckedIn>(booking.row);
  event.places = numbers;
  event.gate = gate;
  transaction.emit(event);
}

void store_missed(Transaction& transaction, Stored& booking,
                  const std::vector<std::int64_t>& numbers, Change change,
                  const std::optional<std::string>& reason) {
  store(transaction, booking);
  note_change(transaction, booking.row, change, numbers, reason);
  auto event = told_of<NoShow>(booking.row);
  event.places = numbers;
  transaction.emit(event);
}

// --- showing ---

std::optional<std::string> DoorView::name_of_visitor(const Stored& booking, const PlaceRow& place) {
  if (auto holder = holder_of(transaction_, place_id(place.booking, place.number))) return holder;
  const ClientId client = place.attendee ? place.attendee : booking.row.client;
  if (!client) return booking.row.guest_name;
  storage::Cursor row =
      transaction_.query("SELECT first_name, last_name FROM clients WHERE id = $1", client);
  if (!row.next()) return std::nullopt;
  std::string name(row.text(0));
  if (!row.text(1).empty()) name += " " + std::string(row.text(1));
  return name;
}

Attendance DoorView::show(const Stored& booking, const PlaceRow& place) {
  Attendance shown{.place = place_id(place.booking, place.number),
                   .booking = place.booking,
                   .number = place.number,
                   .status = place.status,
                   .attendee = place.attendee,
                   .name = name_of_visitor(booking, place),
                   .ticket_type = place.ticket_type};
  if (layout_.map && place.place > 0) shown.seat = seating::label_of(layout_, place.place);
  if (auto row = check_in_of(transaction_, place)) {
    shown.came_at = row->at;
    shown.by = row->how;
    shown.gate = row->gate;
  }
  return shown;
}

CheckedIn told(Transaction& transaction, const Stored& booking, const schedule::Session& session,
               const std::vector<std::int64_t>& numbers) {
  CheckedIn result{.booking = booking.row.id,
                   .reference = reference_of(transaction, booking.row.id),
                   .session = session.id,
                   .centre = session.centre};
  DoorView view(transaction, session);
  for (const PlaceRow& place : booking.places) {
    if (std::find(numbers.begin(), numbers.end(), place.number) == numbers.end()) continue;
    result.places.push_back(view.show(booking, place));
  }
  if (booking.row.order) {
    const Money owed = money::owed(transaction, booking.row.order);
    if (owed.minor > 0) result.owed = owed;
  }
  return result;
}

}  // namespace frontdesk::bookings

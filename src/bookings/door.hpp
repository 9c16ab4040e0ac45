/// What check-in, roll-call and offline scans share: who may admit to what, what keeps a visitor
/// out, and the row that says that somebody came (SPEC B5).
#pragma once

#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_gates.hpp>

#include "bookings/tickets.hpp"
#include "seating/maps.hpp"

namespace frontdesk::bookings {

/// How a visitor came, as it is stored.
struct CheckInRow {
  BookingId booking{};
  std::int64_t number = 0;
  Instant at{};
  CheckInBy how = CheckInBy::code;
  GateId gate{};
  AccountId account{};

  template <class Self = CheckInRow>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::number>("Number of the place in it."),
        field<&Self::at>("When they came."),
        field<&Self::how>("How they were checked in."),
        field<&Self::gate>("Where they came in.").or_default(),
        field<&Self::account>("Who checked them in.").or_default(),
    };
    return table;
  }
};

// --- who may ---

/// Staff of the centre, and a trainer at a session that they lead (SPEC S16).
bool admits_to(Transaction& transaction, const schedule::Session& session);
/// The session, or missing where the caller does not admit to it.
schedule::Session door_session(Transaction& transaction, SessionId id);
/// denied/roll_closed where the roll was to be taken earlier and `bookings.correct` does not reach.
void check_roll_open(Transaction& transaction, const schedule::Session& session);
Instant doors_open_at(Transaction& transaction, const schedule::Session& session);
Instant roll_closes_at(Transaction& transaction, const schedule::Session& session);

/// A gate of the centre that is in use or was: not_found/gate_not_found.
std::optional<Gate> gate_of(Transaction& transaction, GateId id, CentreId centre,
                            std::string_view field = "gate");
/// The same where somebody stands there now: also conflict/gate_archived.
std::optional<Gate> open_gate(Transaction& transaction, GateId id, CentreId centre);
bool lets_in(const Gate& gate, const seating::Layout& layout, std::int64_t place);

// --- coming in ---

/// One visitor who wants in.
struct Arrival {
  const PlaceRow& place;
  const schedule::Session& session;
  std::int64_t issue = 0;  ///< of the ticket; 0: without one
  Instant at{};
  const Gate* gate = nullptr;
};
/// What keeps them out whenever and wherever they come: conflict/ticket_cancelled, ticket_revoked,
/// not_paid. `issue` is 0 without a ticket.
std::optional<Error> hindrance_of_ticket(Transaction& transaction, const PlaceRow& place,
                                         std::int64_t issue, Instant at);
/// What keeps the visitor out, if anything: the same, then conflict/too_early, too_late,
/// wrong_gate.
std::optional<Error> hindrance(Transaction& transaction, const Arrival& arrival);

std::optional<CheckInRow> check_in_of(Transaction& transaction, const PlaceRow& place);
/// Brings a place to attended, with how its visitor came.
void enter(Transaction& transaction, PlaceRow& place, const CheckInRow& row);
/// Brings an attended place to another state; its scans no longer count.
void take_back(Transaction& transaction, PlaceRow& place, BookingStatus to);
/// Replaces how the visitor of an attended place came.
void correct_arrival(Transaction& transaction, const CheckInRow& row);

/// Stores a booking of which visitors came or did not, with its history, and tells.
void store_attended(Transaction& transaction, Stored& booking,
                    const std::vector<std::int64_t>& numbers, GateId gate, Change change,
                    const std::optional<std::string>& reason = {});
void store_missed(Transaction& transaction, Stored& booking,
                  const std::vector<std::int64_t>& numbers, Change change,
                  const std::optional<std::string>& reason = {});

// --- showing ---

/// Places of a session as the door sees them.
class DoorView {
 public:
  DoorView(Transaction& transaction, const schedule::Session& session)
      : transaction_(transaction), layout_(seating::layout_of(transaction, session)) {}
  Attendance show(const Stored& booking, const PlaceRow& place);
  const seating::Layout& layout() const { return layout_; }

 private:
  std::optional<std::string> name_of_visitor(const Stored& booking, const PlaceRow& place);

  Transaction& transaction_;
  seating::Layout layout_;
};

/// Some places of a booking, for a result.
CheckedIn told(Transaction& transaction, const Stored& booking, const schedule::Session& session,
               const std::vector<std::int64_t>& numbers);

}  // namespace frontdesk::bookings

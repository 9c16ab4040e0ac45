/// What the handlers of bookings share: finding, storing, showing them, and their history.
#pragma once

#include <frontdesk/bookings_events.hpp>

#include "bookings/places.hpp"
#include "bookings/transitions.hpp"
#include "storage/hooks.hpp"
#include "storage/list.hpp"

namespace frontdesk::seating {
struct Layout;  // told in seating/maps.hpp
}

namespace frontdesk::bookings {

/// A booking as it is stored.
struct Row {
  BookingId id{};
  std::int64_t version = 1;
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  AccountId seller{};
  AccountId account{};
  seating::Channel channel = seating::Channel::online;
  BookingKind kind = BookingKind::ordinary;
  BookingStatus status = BookingStatus::confirmed;
  BookingStatus booked_as = BookingStatus::confirmed;
  OrderId order{};
  std::optional<Instant> pay_by{};
  std::optional<Instant> due_at{};
  CancellationPolicyId policy{};
  std::optional<Duration> free_before{};
  std::optional<Instant> clock_start{};
  SessionId first_session{};
  std::int64_t moves = 0;
  std::optional<std::string> note{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> ended_at{};
  std::optional<std::string> reason{};

  template <class Self = Row>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the booking."),
        field<&Self::version>("Its version."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::payer>("Who pays.").or_default(),
        field<&Self::guest_name>("Name of a guest.").personal(),
        field<&Self::guest_email>("Address of a guest, case folded.").personal(),
        field<&Self::guest_phone>("Phone of a guest.").personal(),
        field<&Self::seller>("Who sold it on behalf.").or_default(),
        field<&Self::account>("Who called.").or_default(),
        field<&Self::channel>("Where it was sold."),
        field<&Self::kind>("Its kind."),
        field<&Self::status>("How it stands."),
        field<&Self::booked_as>("How it stood when it was booked."),
        field<&Self::order>("Its order.").or_default(),
        field<&Self::pay_by>("Until when it must be paid."),
        field<&Self::due_at>("When the tick looks next."),
        field<&Self::policy>("The policy that holds.").or_default(),
        field<&Self::free_before>("The setting that holds, where no policy does."),
        field<&Self::clock_start>("The start that the policy goes by; absent: the session's."),
        field<&Self::first_session>("The session it was booked in, once it was moved.")
            .or_default(),
        field<&Self::moves>("How often it was moved."),
        field<&Self::note>("What was noted.").personal(),
        field<&Self::external_ref>("The host's own key."),
        field<&Self::created_at>("When it was booked."),
        field<&Self::ended_at>("When it ended."),
        field<&Self::reason>("Why it ended.").personal(),
    };
    return table;
  }
};

/// A booking with its places.
struct Stored {
  Row row{};
  std::vector<PlaceRow> places{};
};

/// The booking, or storage::missing("booking", field).
Stored stored_booking(Transaction& transaction, BookingId id, std::string_view field = "booking");
/// The same, missing also where none of its places is the caller's own.
Stored reachable_booking(Transaction& transaction, BookingId id, std::string_view permission);
/// The same, for a change: conflict/version_outdated where it is not the expected version.
Stored changeable_booking(Transaction& transaction, BookingId id,
                          const std::optional<std::int64_t>& version);
/// The numbers of the places that the caller may act for: all where the `permission` reaches the
/// booking's centre, its client or its payer, else those of attendees whom it reaches.
std::vector<std::int64_t> own_places(Transaction& transaction, const Stored& booking,
                                     std::string_view permission);
/// denied/place_not_yours where one of the places that are to be changed, or without numbers one of
/// all that stand, is not the caller's own: who comes with others has no say over their places.
void check_own_places(Transaction& transaction, const Stored& booking,
                      std::span<const std::int64_t> numbers, std::string_view field);
/// Whether the caller acts for the booking as staff, not as its client or their family.
bool is_staff_for(const storage::Reach& reach, CentreId centre);

/// The status that follows from those of the places: that of those that count, the least advanced
/// one; of ended ones the last.
BookingStatus status_of(std::span<const PlaceRow> places);
/// Stores a changed booking under its next version, with the status that follows from its places.
/// Once nothing counts any more it has ended.
void store(Transaction& transaction, Stored& booking);
/// Brings a place to another state and stores it; refuses what the table does not list. A place
/// that no longer counts is free for others.
void change_status(Transaction& transaction, PlaceRow& place, BookingStatus to);
/// The same for all places in one of the states, and stores the booking with a line of history.
void change_all(Transaction& transaction, Stored& booking, std::span<const BookingStatus> from,
                BookingStatus to, Change change, const std::optional<std::string>& reason = {});
/// Adds a line to the history; without `places` it is about all.
void note_change(Transaction& transaction, const Row& booking, Change change,
                 const std::vector<std::int64_t>& places = {},
                 const std::optional<std::string>& reason = {});

/// The record that everyone sees.
Booking view_of(Transaction& transaction, const Stored& booking);
/// The same where the session's layout and what is owed are known already.
Booking view_of(Transaction& transaction, const Stored& booking, const seating::Layout& layout,
                const Money& owed);

/// Eight letters and digits that follow from the id and the file's key: unique, and not to be
/// guessed from others.
std::string reference_of(Transaction& transaction, BookingId id);
/// The id behind a reference, whatever its case, dashes and spaces; 0 where it is none.
BookingId booking_of_reference(Transaction& transaction, std::string_view reference);

/// An event about a booking, with its session, centre and client filled in.
template <class T>
T told_of(const Row& booking) {
  T event{};
  event.booking = booking.id;
  event.session = booking.session;
  event.centre = booking.centre;
  event.client = booking.client;
  return event;
}

}  // namespace frontdesk::bookings

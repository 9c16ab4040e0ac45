/// Waiting lists, for the files of this area (SPEC B8).
#pragma once

#include <frontdesk/bookings_waiting.hpp>

#include "bookings/making.hpp"

namespace frontdesk::bookings {

/// An entry as it is stored.
struct EntryRow {
  WaitingEntryId id{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  ClientId payer{};
  AccountId account{};
  seating::Channel channel = seating::Channel::online;
  std::optional<std::string> seat_category{};
  WaitingIntent intent = WaitingIntent::offer;
  bool fewer = false;
  std::int64_t priority = 0;
  WaitingStatus status = WaitingStatus::waiting;
  std::int64_t offered = 0;
  std::optional<Instant> expires_at{};
  std::optional<Instant> due_at{};
  BookingId booking{};
  Instant joined_at{};
  std::optional<Instant> ended_at{};
  std::optional<std::string> reason{};

  template <class Self = EntryRow>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the entry."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who waits."),
        field<&Self::payer>("Who is to pay.").or_default(),
        field<&Self::account>("Who called.").or_default(),
        field<&Self::channel>("Where it was entered."),
        field<&Self::seat_category>("Only such places."),
        field<&Self::intent>("What is to happen."),
        field<&Self::fewer>("Fewer places will do."),
        field<&Self::priority>("The higher comes first."),
        field<&Self::status>("How it stands."),
        field<&Self::offered>("How many places are offered."),
        field<&Self::expires_at>("Until when the offer stands."),
        field<&Self::due_at>("When the tick looks next."),
        field<&Self::booking>("What came of it.").or_default(),
        field<&Self::joined_at>("When they joined."),
        field<&Self::ended_at>("When it ended."),
        field<&Self::reason>("The refusal that ended it."),
    };
    return table;
  }
};

/// Whether somebody is still in line or has an offer.
constexpr bool is_open(WaitingStatus status) { return status <= WaitingStatus::offered; }

std::vector<WaitingPlace> places_of(Transaction& transaction, WaitingEntryId entry);
WaitingEntry view_of(Transaction& transaction, const EntryRow& row);
/// The booking that an entry stands for, of its first `count` places.
Wish wish_of(const EntryRow& row, const std::vector<WaitingPlace>& places, std::size_t count);

/// Numbers of the places that are offered: its claims, whatever the session's map has become.
std::vector<std::int64_t> offered_places(Transaction& transaction, const EntryRow& row);
/// Secures the visits that are to pay; refuses what plans::payable_by refuses (SPEC B8).
void secure_visits(Transaction& transaction, const EntryRow& row, std::vector<WaitingPlace>& places,
                   const schedule::Session& session);
/// Gives the visits of an entry back: of its first `promoted` places to be reserved for a booking.
void release_visits(Transaction& transaction, const EntryRow& row, std::size_t promoted = 0);
/// Ends an open entry: what was offered is free, and that is told.
void end_entry(Transaction& transaction, EntryRow& row, WaitingStatus status,
               const std::optional<std::string>& reason = {});
/// The entry has its booking.
void book_entry(Transaction& transaction, EntryRow& row, BookingId booking, bool promoted);

/// When the list of a session rests and its offers end.
Instant waiting_cut_off(Transaction& transaction, const schedule::Session& session);
/// Gives what is free in a session to those who wait for it, in their order.
void serve(Transaction& transaction, SessionId id);

}  // namespace frontdesk::bookings

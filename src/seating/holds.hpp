/// Holds, and places for bookings: what the areas above take and give back.
#pragma once

#include "seating/maps.hpp"

namespace frontdesk::seating {

/// What a token holds now.
struct HeldPlaces {
  HoldId id{};
  SessionId session{};
  std::vector<std::int64_t> places{};
  Instant expires{};
  Channel channel = Channel::online;
  ClientId client{};
};

/// The hold of a token that the caller may use. Error{not_found, "hold_not_found"} for an unknown
/// or foreign one, Error{expired, "hold_lapsed"}.
HeldPlaces hold_of(Transaction& transaction, std::string_view token);
/// Hands held places to a booking; the hold ends when nothing is left of it. Error{conflict,
/// "place_not_held"} with the detail `place`, if one of them is not of the hold;
/// "single_seat_left", if one between them is left out.
void hand_to_booking(Transaction& transaction, const HeldPlaces& held,
                     std::span<const std::int64_t> places, BookingId booking);

/// Places that were taken.
struct Taken {
  std::vector<std::int64_t> places{};
  std::vector<std::string> single_seats{};  ///< what the single-seat rule warns of
};
/// Claims the chosen places for one channel. Errors, in this order:
/// invalid: choice_empty, choice_mixed, seat_twice, seat_ambiguous; conflict: session_has_no_seats;
/// not_found: area_not_found, seat_category_not_found, seat_not_found; conflict: seat_taken
/// (details `places`, `labels`); conflict: single_seat_left (detail `labels`); sold_out:
/// no_place_left (details `asked`, `free`).
Taken take_places(Transaction& transaction, const schedule::Session& session,
                  const PlaceChoice& choice, Channel channel, const Claim& claim);
/// The same for a booking, where the session's layout is known already.
std::vector<std::int64_t> take_for_booking(Transaction& transaction,
                                           const schedule::Session& session, const Layout& layout,
                                           const PlaceChoice& choice, Channel channel,
                                           BookingId booking);
/// Those of the places that have one of `kept` on both sides.
std::vector<std::int64_t> places_between(std::span<const std::int64_t> kept,
                                         std::span<const std::int64_t> places);
/// The single-seat rule for who gives seats up by choice: Error{conflict, "single_seat_left"} where
/// one of the freed would be left single beside those kept.
void check_freed_seats(Transaction& transaction, const schedule::Session& session,
                       const Layout& layout, Channel channel, std::span<const std::int64_t> kept,
                       std::span<const std::int64_t> freed);
/// Gives places of a booking back. Error{conflict, "place_not_held"} if one is not of it.
void give_back(Transaction& transaction, SessionId session, std::span<const std::int64_t> places,
               BookingId booking);
/// How much of the session's capacity cannot be had (SPEC B3); what is reserved counts, unless for
/// `channel`. Where a capacity below the map's places leaves some of them over, blocked seats are
/// of these first: nobody could sit there anyway.
std::int64_t taken_of_capacity(Transaction& transaction, SessionId session, const Layout& layout,
                               std::optional<Channel> channel = {});
/// How many places the capacity must have: those of people; where places are mere numbers, all
/// that are claimed.
std::int64_t places_needed(Transaction& transaction, SessionId session);
/// How many places are left for a channel (SPEC B3), never below zero; none where there is no
/// limit.
std::optional<std::int64_t> free_places(Transaction& transaction, const schedule::Session& session,
                                        Channel channel);

}  // namespace frontdesk::seating

/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/bookings_cabinet.hpp>
#include <frontdesk/bookings_changes.hpp>
#include <frontdesk/bookings_courses.hpp>
#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_events.hpp>
#include <frontdesk/bookings_gates.hpp>
#include <frontdesk/bookings_guests.hpp>
#include <frontdesk/bookings_many.hpp>
#include <frontdesk/bookings_policies.hpp>
#include <frontdesk/bookings_slots.hpp>
#include <frontdesk/bookings_tickets.hpp>
#include <frontdesk/bookings_visits.hpp>
#include <frontdesk/bookings_waiting.hpp>

#include "schedule/taken.hpp"
#include "storage/hooks.hpp"

namespace frontdesk::bookings::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// Bookings that must be paid soon, and those that were not.
extern const storage::TickPart due;
/// Guests whose sessions are long over.
extern const storage::TickPart forget_guests;
extern const storage::CheckPart check;
extern const storage::ExportPart export_bookings;
extern const storage::MergePart merge_bookings;
extern const storage::ErasePart erase_bookings;

/// Bookings follow their session.
extern const storage::Reaction session_cancelled;
extern const storage::Reaction session_changed;
/// Bookings follow their order.
extern const storage::Reaction order_paid;
extern const storage::Reaction payment_completed;
extern const storage::Reaction payment_failed;
/// Bookings follow their seats.
extern const storage::Reaction place_changed;

/// Tickets of places that were cancelled or moved are void.
extern const storage::Reaction tickets_cancelled;
extern const storage::Reaction tickets_moved;
/// The roll of a session that is over, until the tick closes it.
extern const storage::Reaction open_roll;
extern const storage::TickPart no_shows;
extern const storage::CheckPart check_door;
extern const storage::ExportPart export_strikes;
extern const storage::MergePart merge_strikes;
extern const storage::ErasePart erase_holders;

/// Places that come free go to those who wait.
extern const storage::Reaction serve_cancelled;
extern const storage::Reaction serve_expired;
extern const storage::Reaction serve_moved;
extern const storage::Reaction serve_ended;
extern const storage::Reaction serve_released;
extern const storage::Reaction serve_freed;
extern const storage::Reaction serve_remapped;
extern const storage::Reaction serve_changed;
/// Waiting lists follow their session.
extern const storage::Reaction waiting_follows;
extern const storage::Reaction waiting_closes;
/// Offers that are over, and those who waited until the start.
extern const storage::TickPart waiting_due;
extern const storage::CheckPart check_waiting;
extern const storage::ExportPart export_waiting;
extern const storage::MergePart merge_waiting;
extern const storage::ErasePart erase_waiting;
extern const storage::ExportPart export_courses;
extern const storage::MergePart merge_courses;
extern const storage::ErasePart erase_courses;

/// Visits of sessions that are over are used.
extern const storage::Reaction open_visits;
extern const storage::TickPart visits;
extern const storage::CheckPart check_visits_of_places;

/// Bookings and waiting lists follow the subscriptions that pay.
extern const storage::Reaction subscription_frozen;
extern const storage::Reaction subscription_cancelled;
extern const storage::Reaction subscription_expired;
extern const storage::Reaction subscription_replaced;

/// Weekly slots: new sessions are booked, and they follow their subscription.
extern const storage::Reaction slots_scheduled;
extern const storage::Reaction slots_changed;
extern const storage::Reaction slots_frozen;
extern const storage::Reaction slots_thawed;
extern const storage::Reaction slots_lengthened;
extern const storage::Reaction slots_cancelled;
extern const storage::Reaction slots_replaced;
extern const storage::Reaction slots_renewed;
extern const storage::Reaction slots_kept;
extern const storage::Reaction slots_over;
extern const storage::ExportPart export_slots;
extern const storage::MergePart merge_slots;
extern const storage::ErasePart erase_slots;
extern const storage::CheckPart check_slots_claimed;

/// A centre with courses or fees of cancellation policies keeps its currency.
extern const storage::Veto keep_currency;
/// Introductory plans are for who had no booking yet.
extern const storage::Veto new_clients_only;

/// Members of a group are booked into its sessions.
extern const storage::Reaction members_scheduled;
extern const storage::Reaction members_changed;
extern const storage::Reaction member_joined;
extern const storage::Reaction member_left;

/// What the timetable asks of sessions.
extern const schedule::TakenPart places_taken;

/// Visits count for the payer's tier.
extern const storage::Reaction tier_checked_in;
extern const storage::Reaction tier_undone;
extern const storage::Reaction tier_no_show;

}  // namespace frontdesk::bookings::lists

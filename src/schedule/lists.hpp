/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/schedule_absences.hpp>
#include <frontdesk/schedule_calendar.hpp>
#include <frontdesk/schedule_closures.hpp>
#include <frontdesk/schedule_feed.hpp>
#include <frontdesk/schedule_groups.hpp>
#include <frontdesk/schedule_sessions.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::schedule::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// Sessions that are over, those with too few sign-ups, and the rolling horizon.
extern const storage::TickPart complete;
extern const storage::TickPart decide;
extern const storage::TickPart horizon;
/// Sessions to come follow a change of their zone's rules.
extern const storage::TickPart zone_rules;

extern const storage::CheckPart check;
/// Dates and free places for the list of activities (SPEC C7).
extern const storage::Narrowing narrow_activities;
/// Memberships and private sessions of a person.
extern const storage::ExportPart export_timetable;
extern const storage::MergePart merge_timetable;
extern const storage::ErasePart erase_timetable;

/// What has sessions to come is not archived.
extern const storage::Veto keep_activity;
extern const storage::Veto keep_room;
extern const storage::Veto keep_centre;

}  // namespace frontdesk::schedule::lists

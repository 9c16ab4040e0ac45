/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/plans_events.hpp>
#include <frontdesk/plans_manage.hpp>
#include <frontdesk/plans_subscriptions.hpp>
#include <frontdesk/plans_visits.hpp>

#include "people/import_parts.hpp"
#include "storage/hooks.hpp"

namespace frontdesk::plans::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// A subscription can be used once its order is paid, and ends with its order's line.
extern const storage::Reaction order_paid;
extern const storage::Reaction order_changed;

/// Days on which the centre is closed are added.
extern const storage::Reaction closure_changed;
extern const storage::TickPart closed_days;

/// Starts, revenue, notices, ends and renewals that are due.
extern const storage::TickPart settle;

/// The ledger of visits, days and revenue against what is stored of them.
extern const storage::CheckPart check;

/// Subscriptions of a person.
extern const storage::ExportPart export_subscriptions;
extern const storage::MergePart merge_subscriptions;
extern const storage::ErasePart erase_subscriptions;

/// Columns of subscriptions that already run, in an import of people.
extern const people::ImportPart import_subscriptions;

/// A centre with running subscriptions keeps its currency and stays in use.
extern const storage::Veto keep_centre;
extern const storage::Veto keep_currency;

}  // namespace frontdesk::plans::lists

/// What the handlers of the timetable share: finding, checking and storing series and sessions.
#pragma once

#include <frontdesk/recurrence.hpp>
#include <frontdesk/schedule_sessions.hpp>

#include "storage/hooks.hpp"
#include "storage/list.hpp"
#include "storage/rows.hpp"

namespace frontdesk::schedule {

using storage::Transaction;

/// No session takes longer; look-ups of overlaps rest on it.
inline constexpr Duration longest_session = std::chrono::days{7};
/// Whatever still goes on at `moment` or later starts after the result. A look-up by start need
/// not go further back; without a long session just then that is a few hours.
Instant start_of_look(Transaction& transaction, Instant moment);

/// What series, sessions and requests for them have in common.
struct Plan {
  ActivityId activity{};
  CentreId centre{};
  RoomId room{};
  std::vector<AccountId> trainers{};
  SessionKind kind = SessionKind::open;
  GroupId group{};
  ClientId client{};
  std::optional<std::int64_t> capacity{};
  std::optional<Money> price{};
  std::optional<std::int64_t> minimum{};
  Duration minimum_before{};
  std::optional<std::string> colour{};
};

template <class T>
Plan plan_of(const T& from) {
  return {from.activity, from.centre,  from.room,           from.trainers,
          from.kind,     from.group,   from.client,         from.capacity,
          from.price,    from.minimum, from.minimum_before, from.colour};
}

template <class T>
void take_plan(T& target, const Plan& plan) {
  target.activity = plan.activity;
  target.centre = plan.centre;
  target.room = plan.room;
  target.trainers = plan.trainers;
  target.kind = plan.kind;
  target.group = plan.group;
  target.client = plan.client;
  target.capacity = plan.capacity;
  target.price = plan.price;
  target.minimum = plan.minimum;
  target.minimum_before = plan.minimum_before;
  target.colour = plan.colour;
}

/// How long a session of the activity takes where nobody says.
struct Defaults {
  std::string zone{};
  Duration duration{};
};

/// Refuses what does not exist, is archived, out of reach or does not fit together; fills in what
/// the activity gives. `path` stands before the fields of errors.
Defaults check_plan(Transaction& transaction, Plan& plan, const std::string& path);
/// The part of check_plan that a change of room or trainers needs.
void check_room(Transaction& transaction, Plan& plan, const std::string& path);
void check_trainers(Transaction& transaction, const Plan& plan, const std::string& path);
/// Refuses a caller whose permission does not reach the centre, nor, where trainers manage their
/// own sessions by setting, a session that only they lead (SPEC S16).
void check_reach(Transaction& transaction, const Plan& plan, std::string_view kind);
/// Refuses an override by whom `schedule.override` does not reach the centre.
void check_override(Transaction& transaction, CentreId centre);

/// The session for a change: missing where the caller may not manage it, else
/// conflict/version_outdated, conflict/session_cancelled, conflict/session_completed.
Session changeable_session(Transaction& transaction, SessionId id,
                           const std::optional<std::int64_t>& version);
/// The series for a change: missing, conflict/version_outdated or conflict/series_ended.
Series changeable_series(Transaction& transaction, SeriesId id,
                         const std::optional<std::int64_t>& version);
Series stored_series(Transaction& transaction, SeriesId id);

/// Enters a session and tells the world. Fills id, version and times.
void enter_session(Transaction& transaction, Session& session);
/// Stores a changed session under its next version, without an event.
void store_session(Transaction& transaction, Session& session);
/// Stores a session that calendars must learn of, and tells the world.
void change_session(Transaction& transaction, Session& session, Instant started_before, bool moved);
void cancel(Transaction& transaction, Session& session, const std::string& reason);

/// Times of a session from its wall-clock start.
void set_times(Session& session, LocalTime local_start, Duration duration);
/// Refuses a host's key that another row has.
void check_external_ref(Transaction& transaction, const std::optional<std::string>& external_ref,
                        std::string_view table, std::int64_t own);

/// Narrows a list of sessions or series to what the caller may see.
void show_visible(storage::List& list, Transaction& transaction, std::string_view table);
/// Whether the caller may see one: the same, for which an open session of an active centre costs no
/// query.
bool is_visible(Transaction& transaction, const Session& session);
/// Only sessions in [from, to) that are for the client, alone or in a group, or booked for
/// them, found by the indexes that client, groups and bookings have.
void where_attended(storage::List& list, Transaction& transaction, ClientId client, Instant from,
                    Instant to);
/// The client, or none where the caller may not see whom they are: what they attend is then told to
/// nobody.
ClientId seen_client(Transaction& transaction, ClientId client);
/// How full a session is.
struct Occupancy {
  /// Places nobody else can have: of a group's members or the one client, or, if that is more, what
  /// is booked, held, offered and blocked (members have bookings of their own).
  std::int64_t taken = 0;
  std::optional<std::int64_t> capacity{};  ///< at most what the hall has
};
Occupancy occupancy_of(Transaction& transaction, const Session& session);
/// How many places are taken without those that are merely held, offered or blocked.
std::int64_t places_booked(Transaction& transaction, const Session& session);

}  // namespace frontdesk::schedule

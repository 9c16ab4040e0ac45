/// The timetable's part of the simulation: one centre with rooms, trainers, groups and clients of
/// its own, and a model that knows each session and says beforehand what must be refused.
#pragma once

#include "simulation.hpp"

#include <algorithm>

namespace frontdesk::simulation {

/// A weekly rule as it was first given, and the piece of it that a series has after splits: its
/// occurrences in [first, last), each moved by `shift`.
struct ModelSeries {
  LocalTime start{};
  int interval = 1;
  std::set<int> weekdays{};  ///< 0 is Monday
  std::optional<int> count{};
  LocalTime first{};
  LocalTime last = LocalTime::max();
  Duration shift{};
  schedule::Session plan{};
  LocalTime scheduled_until{};
  std::optional<Instant> extend_at{};
  std::set<LocalTime> skipped{};
  bool is_ended = false;

  /// Wall-clock times before `until`, in order.
  std::vector<LocalTime> occurrences(LocalTime until) const;
};

struct ModelAway {
  std::int64_t who = 0;  ///< a trainer, or a room (0: the centre)
  Instant starts{};
  Instant ends{};
  bool is_over = false;
};

/// What stands in the way.
struct InTheWay {
  bool is_absent = false;
  bool is_closed = false;
  bool is_taken = false;

  bool any() const { return is_absent || is_closed || is_taken; }
  void add(const InTheWay& other);
  /// The reason of the refusal; empty where it is allowed.
  std::string reason(bool is_overridden) const;
};

class Timetable {
 public:
  explicit Timetable(Simulation& simulation);

  void create_series();
  void create_session();
  void move_session();
  void cancel_session();
  void report_absence();
  void resolve_absence();
  void close();
  void change_group();
  void copy_week();
  void look_for_substitutes();
  void ticked();
  void check();
  std::size_t rooms() const { return rooms_.size(); }

 private:
  Caller host() const;
  std::int64_t roll(std::int64_t sides) const;
  void agree(bool is_true, const std::string& what) const;
  Instant now() const;
  LocalTime today() const;
  LocalTime any_time() const;
  schedule::Session any_plan() const;
  schedule::Session* any_session();
  /// Runs what must be refused for this reason, or done where there is none; true if it was done.
  template <class Action>
  bool expect(const std::string& reason, const Action& action) const {
    try {
      action();
    } catch (const Error& error) {
      agree(error.reason() == reason,
            "refused with " + error.reason() + ", not “" + reason + "”: " + error.message());
      return false;
    }
    agree(reason.empty(), "not refused with " + reason);
    return true;
  }

  InTheWay in_the_way(const schedule::Session& session) const;
  bool is_taken_by(const schedule::Session& session, const schedule::Session& other) const;
  bool meet(GroupId group, ClientId client) const;
  void place(schedule::Session& session, LocalTime start, Duration duration) const;
  bool has_occurrence_to_come(const ModelSeries& series) const;
  std::vector<schedule::Session> extended(ModelSeries& series, schedule::OnClash on_clash,
                                          InTheWay& refused);
  void keep(const schedule::Session& made, const schedule::Session& wanted, bool is_overridden);
  std::string moved_one(const schedule::MoveSession& request);
  std::string moved_following(const schedule::MoveSession& request, std::int64_t split);
  std::int64_t split_series(const schedule::Session& first, Duration delta,
                            const schedule::MoveSession& request, std::int64_t split);
  InTheWay all_in_the_way(const std::vector<std::int64_t>& sessions) const;
  void cancel(schedule::Session& session) const;
  void end_series(ModelSeries& series, LocalTime before) const;
  void withdraw_absence();
  void lift_closure();
  std::string moved_by_days(const std::vector<std::int64_t>& sessions, std::int64_t move_days);
  std::vector<std::int64_t> affected_by(const ModelAway& absence) const;
  std::vector<std::int64_t> inside(const ModelAway& closure) const;
  void check_places() const;
  void check_rules() const;

  Simulation& simulation_;
  CentreId centre_{};
  ActivityId activity_{};
  std::map<std::int64_t, Duration> rooms_{};  ///< with the time of cleaning
  std::vector<AccountId> trainers_{};
  std::vector<ClientId> clients_{};
  std::map<std::int64_t, std::set<std::int64_t>> groups_{};
  std::map<std::int64_t, schedule::Session> sessions_{};
  std::map<std::int64_t, ModelSeries> series_{};
  std::map<std::int64_t, ModelAway> absences_{};
  std::map<std::int64_t, ModelAway> closures_{};
  std::set<std::int64_t> overridden_{};
};

}  // namespace frontdesk::simulation

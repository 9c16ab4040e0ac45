// What planners do: enter series and sessions, cancel them, form groups, copy weeks.
#include "timetable.hpp"

#include "base/zones.hpp"

namespace frontdesk::simulation {

using namespace std::chrono;
using schedule::OnClash;
using schedule::Session;
using schedule::SessionKind;
using schedule::SessionStatus;

namespace {

/// 0 is Monday.
int weekday_of(LocalTime time) {
  return static_cast<int>(weekday{floor<days>(time)}.iso_encoding()) - 1;
}

std::string rule_of(const ModelSeries& series) {
  static constexpr const char* names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  std::string rule = "FREQ=WEEKLY;INTERVAL=" + std::to_string(series.interval);
  if (series.count) rule += ";COUNT=" + std::to_string(*series.count);
  std::string list;
  for (int day : series.weekdays) list += (list.empty() ? "" : ",") + std::string(names[day]);
  return rule + ";BYDAY=" + list;
}

template <class Request>
void plan(Request& request, const Session& session) {
  request.activity = session.activity;
  request.centre = session.centre;
  request.room = session.room;
  request.trainers = session.trainers;
  request.kind = session.kind;
  request.group = session.group;
  request.client = session.client;
  request.duration = session.ends - session.starts;
}

}  // namespace

Timetable::Timetable(Simulation& simulation) : simulation_(simulation) {
  catalog::CreateCentre centre;
  centre.name = "Timetable";
  centre.city = "Kyiv";
  centre.zone = "Europe/Kyiv";
  centre.currency = "UAH";
  centre_ = host().run(centre).id;
  catalog::CreateActivity activity;
  activity.centre = centre_;
  activity.name = "Pilates";
  activity.duration_minutes = 60;
  activity_ = host().run(activity).id;
  for (int cleaning : {0, 15}) {
    catalog::CreateRoom room;
    room.centre = centre_;
    room.name = "Hall " + std::to_string(cleaning);
    room.capacity = 20;
    room.buffer_after_minutes = cleaning;
    rooms_[host().run(room).id.value] = minutes{cleaning};
  }
  for (int i = 0; i < 4; ++i) {
    access::CreateAccount account;
    account.email = "trainer" + std::to_string(i) + "@timetable.example";
    account.password = "correct horse battery";
    account.name = "Trainer " + std::to_string(i);
    account.centre = centre_;
    trainers_.push_back(host().run(account).id);
    host().run(access::GrantRole{
        .account = trainers_.back(), .role = simulation_.roles_.at("Trainer"), .centre = centre_});
    people::CreateClient client;
    client.first_name = "Pupil " + std::to_string(i);
    client.centre = centre_;
    const people::Client made = host().run(client);
    simulation_.model_.clients[made.id.value] = {made.id, made.version, client.first_name,
                                                 {},      false,        true};
    clients_.push_back(made.id);
  }
  for (const char* name : {"Dolphins", "Owls"}) {
    groups_[host().run(schedule::CreateGroup{.centre = centre_, .name = name}).id.value] = {};
  }
}

Caller Timetable::host() const { return simulation_.desk_->host(); }
Instant Timetable::now() const { return simulation_.now_; }
LocalTime Timetable::today() const { return zones::to_local(now(), "Europe/Kyiv"); }

std::int64_t Timetable::roll(std::int64_t sides) const {
  return static_cast<std::int64_t>(simulation_.roll(static_cast<std::uint64_t>(sides)));
}

void Timetable::agree(bool is_true, const std::string& what) const {
  simulation_.agree(is_true, what);
}

/// A quarter of an hour by day, from the day before yesterday to three weeks ahead.
LocalTime Timetable::any_time() const {
  return floor<days>(today()) + days{roll(24) - 2} + hours{7} + minutes{15 * roll(56)};
}

Session Timetable::any_plan() const {
  Session session;
  session.activity = activity_;
  session.centre = centre_;
  session.zone = "Europe/Kyiv";
  session.ends = session.starts + minutes{30 * (1 + roll(4))};
  if (roll(3) > 0) session.room = RoomId{std::next(rooms_.begin(), roll(2))->first};
  if (roll(3) > 0) session.trainers = {trainers_[static_cast<std::size_t>(roll(4))]};
  if (roll(6) == 0) {
    session.kind = SessionKind::group;
    session.group = GroupId{std::next(groups_.begin(), roll(2))->first};
  } else if (roll(6) == 0) {
    session.kind = SessionKind::client;
    session.client = clients_[static_cast<std::size_t>(roll(4))];
  }
  return session;
}

/// Mostly one to come.
Session* Timetable::any_session() {
  if (sessions_.empty()) return nullptr;
  Session* chosen = nullptr;
  for (int i = 0; i < 3; ++i) {
    const auto place = roll(static_cast<std::int64_t>(sessions_.size()));
    chosen = &std::next(sessions_.begin(), place)->second;
    if (chosen->status == SessionStatus::scheduled && chosen->starts > now()) break;
  }
  return chosen;
}

InTheWay Timetable::all_in_the_way(const std::vector<std::int64_t>& sessions) const {
  InTheWay found;
  for (std::int64_t id : sessions) found.add(in_the_way(sessions_.at(id)));
  return found;
}

bool Timetable::has_occurrence_to_come(const ModelSeries& series) const {
  const std::vector<LocalTime> times =
      series.occurrences(std::max(series.start, today()) + days{400});
  return std::any_of(times.begin(), times.end(), [&](LocalTime time) {
    return zones::to_instant(time, series.plan.zone) >= now();
  });
}

void Timetable::create_series() {
  ModelSeries series;
  series.plan = any_plan();
  series.start = series.first = series.scheduled_until = any_time();
  series.interval = static_cast<int>(1 + roll(2));
  series.weekdays = {weekday_of(series.start), static_cast<int>(roll(7))};
  if (roll(3) == 0) series.count = static_cast<int>(1 + roll(20));
  static constexpr OnClash ways[] = {OnClash::refuse, OnClash::skip, OnClash::skip,
                                     OnClash::schedule};
  schedule::CreateSeries request;
  plan(request, series.plan);
  request.start = series.start;
  request.rule = rule_of(series);
  request.on_clash = ways[roll(4)];
  InTheWay refused;
  const std::vector<Session> wanted = extended(series, request.on_clash, refused);
  schedule::Scheduled made;
  const std::string reason =
      has_occurrence_to_come(series) ? refused.reason(false) : "series_without_sessions";
  if (!expect(reason, [&] { made = host().run(request); })) return;
  agree(made.sessions.size() == wanted.size(), "the sessions of a new series");
  agree(made.skipped.size() == series.skipped.size(), "what a new series skips");
  series.plan.series = made.series.id;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    keep(made.sessions[i], wanted[i], request.on_clash == OnClash::schedule);
  }
  series_[made.series.id.value] = series;
}

void Timetable::create_session() {
  schedule::CreateSessions request;
  request.despite_clashes = roll(8) == 0;
  InTheWay found;
  bool is_past = false;
  std::vector<Session> wanted;
  for (std::int64_t i = roll(2); i >= 0; --i) {
    Session session = any_plan();
    place(session, any_time(), session.ends - session.starts);
    session.id = SessionId{-2 - i};
    schedule::NewSession asked;
    plan(asked, session);
    asked.start = session.local_start;
    request.sessions.push_back(asked);
    is_past = is_past || session.ends <= now();
    found.add(in_the_way(session));
    sessions_[session.id.value] = session;
    wanted.push_back(session);
  }
  for (const Session& session : wanted) sessions_.erase(session.id.value);
  schedule::Changed made;
  const std::string reason = is_past ? "session_past" : found.reason(request.despite_clashes);
  if (!expect(reason, [&] { made = host().run(request); })) return;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    keep(made.sessions[i], wanted[i], request.despite_clashes);
  }
}

void Timetable::cancel(Session& session) const { session.status = SessionStatus::cancelled; }

/// No occurrences from `before` on, as the series tells them.
void Timetable::end_series(ModelSeries& series, LocalTime before) const {
  series.last = before - series.shift;
  series.is_ended = true;
  series.extend_at.reset();
}

void Timetable::cancel_session() {
  Session* chosen = any_session();
  if (chosen == nullptr) return;
  const Session session = *chosen;
  schedule::CancelSession request{.session = session.id, .version = {}, .reason = "No water"};
  if (session.series && roll(4) == 0) {
    request.extent = roll(2) == 0 ? schedule::Extent::following : schedule::Extent::all;
  }
  std::string reason;
  if (session.status == SessionStatus::cancelled) reason = "session_cancelled";
  if (session.status == SessionStatus::completed) reason = "session_completed";
  if (!expect(reason, [&] { host().run(request); })) return;
  if (request.extent == schedule::Extent::one) return cancel(*chosen);
  const bool is_following = request.extent == schedule::Extent::following;
  for (auto& [id, one] : sessions_) {
    if (one.series != session.series || one.status != SessionStatus::scheduled) continue;
    const bool goes = is_following ? one.occurrence >= session.occurrence && one.ends > now()
                                   : one.starts >= now();
    if (goes) cancel(one);
  }
  ModelSeries& series = series_.at(session.series.value);
  if (!series.is_ended) end_series(series, is_following ? *session.occurrence : today());
}

void Timetable::change_group() {
  auto group = std::next(groups_.begin(), roll(2));
  const ClientId client = clients_[static_cast<std::size_t>(roll(4))];
  const bool is_member = group->second.count(client.value) > 0;
  if (roll(2) == 0) {
    schedule::JoinGroup request{
        .group = GroupId{group->first}, .client = client, .despite_clashes = true};
    if (expect(is_member ? "member_already" : "", [&] { host().run(request); })) {
      group->second.insert(client.value);
    }
    return;
  }
  schedule::LeaveGroup request{.group = GroupId{group->first}, .client = client};
  if (expect(is_member ? "" : "member_not", [&] { host().run(request); })) {
    group->second.erase(client.value);
  }
}

void Timetable::copy_week() {
  const auto day = floor<days>(today());
  const auto monday = day - days{weekday_of(today())};
  const std::int64_t weeks = 1 + roll(3);
  schedule::CopyWeek request{.centre = centre_};
  request.from = Date{sys_days{day.time_since_epoch()}};
  request.to = Date{sys_days{(day + days{7 * weeks}).time_since_epoch()}};
  request.on_clash = roll(2) == 0 ? OnClash::refuse : OnClash::skip;
  std::vector<Session> copied;
  for (const auto& [id, session] : sessions_) {
    const bool is_copied = !session.series && session.kind != SessionKind::client &&
                           session.status != SessionStatus::cancelled &&
                           session.local_start >= monday && session.local_start < monday + days{7};
    if (is_copied) copied.push_back(session);
  }
  std::sort(copied.begin(), copied.end(), [](const Session& a, const Session& b) {
    return std::pair(a.starts, a.id) < std::pair(b.starts, b.id);
  });
  InTheWay found;
  std::vector<Session> wanted;
  std::int64_t number = -1;
  for (Session session : copied) {
    place(session, session.local_start + days{7 * weeks}, session.ends - session.starts);
    session.id = SessionId{--number};
    const InTheWay here = in_the_way(session);
    if (request.on_clash == OnClash::skip && here.any()) continue;
    found.add(here);
    sessions_[number] = session;
    wanted.push_back(session);
  }
  for (const Session& session : wanted) sessions_.erase(session.id.value);
  schedule::Copied made;
  if (!expect(found.reason(false), [&] { made = host().run(request); })) return;
  agree(made.sessions.size() == wanted.size(), "how many sessions were copied");
  for (std::size_t i = 0; i < wanted.size(); ++i) keep(made.sessions[i], wanted[i], false);
}

void Timetable::look_for_substitutes() {
  const Session* chosen = any_session();
  if (chosen == nullptr) return;
  std::set<std::int64_t> wanted;
  for (AccountId trainer : trainers_) {
    const auto& leading = chosen->trainers;
    if (std::count(leading.begin(), leading.end(), trainer) > 0) continue;
    Session tried = *chosen;
    tried.room = {};
    tried.group = {};
    tried.client = {};
    tried.trainers = {trainer};
    const InTheWay found = in_the_way(tried);
    if (!found.is_absent && !found.is_taken) wanted.insert(trainer.value);
  }
  std::set<std::int64_t> found;
  for (const auto& one : host().run(schedule::Substitutes{.session = chosen->id}).trainers) {
    found.insert(one.account.value);
  }
  agree(found == wanted, "who could stand in");
}

void Simulation::create_series() { timetable_->create_series(); }
void Simulation::create_session() { timetable_->create_session(); }
void Simulation::move_session() { timetable_->move_session(); }
void Simulation::cancel_session() { timetable_->cancel_session(); }
void Simulation::report_absence() { timetable_->report_absence(); }
void Simulation::resolve_absence() { timetable_->resolve_absence(); }
void Simulation::close_for_a_while() { timetable_->close(); }
void Simulation::change_group() { timetable_->change_group(); }
void Simulation::copy_week() { timetable_->copy_week(); }
void Simulation::look_for_substitutes() { timetable_->look_for_substitutes(); }

}  // namespace frontdesk::simulation

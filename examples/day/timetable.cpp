/// The timetable: a studio's week from a rule, a trainer who falls ill, sessions dragged about, and
/// a cinema's day.
#include "story.hpp"

namespace day {
namespace fd = frontdesk;
using std::chrono::days, std::chrono::hh_mm_ss, std::chrono::hours, std::chrono::minutes,
    std::chrono::local_days, std::chrono::sys_days, std::chrono::weekday,
    std::chrono::year_month_day, std::chrono::floor, std::chrono::system_clock, std::chrono::Monday;

namespace {

/// The Monday after today: the timetable is made for the days to come.
local_days next_monday() {
  const local_days today{floor<days>(system_clock::now()).time_since_epoch()};
  return today + days{7} - (weekday{today} - Monday);
}

fd::LocalTime at(local_days day, int hour, int minute = 0) {
  return fd::LocalTime{day + hours{hour} + minutes{minute}};
}

std::string two(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string clock_time(fd::LocalTime time) {
  const hh_mm_ss clock{time - floor<days>(time)};
  return two(clock.hours().count()) + ":" + two(clock.minutes().count());
}

std::string day_name(fd::LocalTime time) {
  static const char* const names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return names[weekday{floor<days>(time)}.c_encoding()];
}

std::string when(const fd::schedule::Session& session) {
  return day_name(session.local_start) + " " + clock_time(session.local_start);
}

fd::AccountId trainer(Story& story, const std::string& name, const std::string& email) {
  fd::access::CreateAccount request;
  request.email = email;
  request.name = name;
  request.password = story.admin_password;
  fd::AccountId account = story.desk.host().run(request).id;
  for (const auto& role : story.desk.host().run(fd::access::Roles{}).items) {
    if (role.name != "Trainer") continue;
    fd::access::GrantRole grant;
    grant.account = account;
    grant.role = role.id;
    grant.centre = story.centres.at("Київ");
    story.desk.host().run(grant);
  }
  return account;
}

fd::ActivityId activity(Story& story, fd::CentreId centre, const std::string& name,
                        std::int64_t length_minutes, std::int64_t places) {
  fd::catalog::CreateActivity request;
  request.centre = centre;
  request.name = name;
  request.duration_minutes = length_minutes;
  request.default_capacity = places;
  return story.desk.host().run(request).id;
}

fd::RoomId room(Story& story, fd::CentreId centre, const std::string& name, std::int64_t places,
                std::int64_t cleaning_minutes) {
  fd::catalog::CreateRoom request;
  request.centre = centre;
  request.name = name;
  request.capacity = places;
  request.buffer_after_minutes = cleaning_minutes;
  return story.desk.host().run(request).id;
}

/// The week as a text calendar, one line a session.
void print_week(Story& story, fd::CentreId centre, local_days monday) {
  fd::schedule::Calendar request;
  request.view = fd::schedule::View::week;
  request.date = fd::Date{year_month_day{monday}};
  request.centre = centre;
  std::string day;
  for (const auto& item : story.desk.host().run(request).items) {
    const std::string name = day_name(item.local_start);
    std::string text = (name == day ? "    " : name + " ") + clock_time(item.local_start) + "–" +
                       clock_time(item.local_start + item.duration) + "  " + item.title;
    if (item.room_name) text += ", " + *item.room_name;
    for (const auto& person : item.trainers) text += ", " + person.name;
    if (item.free) text += "  (" + std::to_string(*item.free) + " free)";
    line(text);
    day = name;
  }
}

/// A trainer falls ill: who is concerned, who could stand in, and who does.
void fall_ill(Story& story, fd::AccountId trainer, local_days monday) {
  fd::schedule::ReportAbsence report;
  report.trainer = trainer;
  report.starts = fd::Instant{sys_days{monday.time_since_epoch()}};
  report.ends = report.starts + days{2};
  auto absence = story.desk.host().run(report);
  line("Ірина reports sick for Monday and Tuesday: " + std::to_string(absence.affected.size()) +
       " session is left without a trainer");
  auto offered =
      story.desk.host().run(fd::schedule::Substitutes{.session = absence.affected.at(0).id});
  line("free and eligible: " + offered.trainers.at(0).name);
  fd::schedule::ResolveAbsence resolve;
  resolve.absence = absence.absence.id;
  resolve.substitute = offered.trainers.at(0).account;
  for (const auto& session : story.desk.host().run(resolve).sessions) {
    line(when(session) + " is led by " + offered.trainers.at(0).name + " instead");
  }
}

void drag(Story& story, const fd::schedule::Session& session, local_days monday) {
  fd::schedule::MoveSession move;
  move.session = session.id;
  move.start = at(monday + days{3}, 19, 30);
  refused("Wednesday's Pilates dragged onto Thursday's English",
          [&] { story.desk.host().run(move); });
  move.start = at(monday + days{3}, 17, 0);
  line("dragged to " + when(story.desk.host().run(move).sessions.at(0)) + ", where it fits");
}

}  // namespace

void plan_the_week(Story& story) {
  chapter("The week of a studio");
  fd::Caller host = story.desk.host();
  const fd::CentreId centre = story.centres.at("Київ");
  const local_days monday = next_monday();
  const fd::AccountId iryna = trainer(story, "Ірина Мельник", "iryna@frontdesk.example");
  trainer(story, "Петро Гнатюк", "petro@frontdesk.example");
  const fd::RoomId hall = room(story, centre, "велика зала", 16, 0);

  fd::schedule::CreateSeries pilates;
  pilates.activity = activity(story, centre, "Пілатес", 60, 12);
  pilates.centre = centre;
  pilates.room = hall;
  pilates.trainers = {iryna};
  pilates.start = at(monday, 18);
  pilates.rule = "FREQ=WEEKLY;BYDAY=MO,WE";
  auto scheduled = host.run(pilates);
  auto view = host.run(fd::schedule::GetSeries{.series = scheduled.series.id});
  line("Пілатес, " + view.words + ": " + std::to_string(scheduled.sessions.size()) +
       " sessions in the next eight weeks");

  fd::schedule::CreateSessions english;
  fd::schedule::NewSession lesson;
  lesson.activity = activity(story, centre, "English for kids", 90, 10);
  lesson.centre = centre;
  lesson.room = hall;
  lesson.start = at(monday + days{3}, 19);
  english.sessions = {lesson};
  host.run(english);

  drag(story, scheduled.sessions.at(1), monday);
  fall_ill(story, iryna, monday);
  print_week(story, centre, monday);
}

void open_the_cinema(Story& story) {
  chapter("A day at the cinema: five shows, a quarter of an hour for cleaning between");
  const fd::CentreId centre = story.centres.at("London");
  const local_days friday = next_monday() + days{4};
  const fd::ActivityId film = activity(story, centre, "The Lighthouse Keeper", 105, 180);
  const fd::RoomId red = room(story, centre, "Red Hall", 180, 15);
  fd::schedule::CreateSessions shows;
  for (int show = 0; show < 5; ++show) {
    fd::schedule::NewSession session;
    session.activity = film;
    session.centre = centre;
    session.room = red;
    session.start = at(friday, 12 + 2 * show);
    shows.sessions.push_back(session);
  }
  story.desk.host().run(shows);
  print_week(story, centre, next_monday());
  fd::schedule::CreateSessions late = shows;
  late.sessions.resize(1);
  late.sessions[0].start = at(friday, 21, 55);
  refused("a sixth show five minutes before the hall is clean",
          [&] { story.desk.host().run(late); });
}

}  // namespace day

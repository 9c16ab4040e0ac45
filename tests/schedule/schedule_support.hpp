/// A studio for tests of the timetable. The clock starts on Monday 2026-03-02 09:00 UTC, which is
/// 11:00 in Kyiv.
#pragma once

#include "dates.hpp"
#include "support.hpp"

#include <frontdesk/schedule_calendar.hpp>
#include <frontdesk/schedule_groups.hpp>
#include <frontdesk/schedule_sessions.hpp>

namespace frontdesk::testing {

struct Studio {
  TestDesk desk;
  CentreId centre = desk.centre();
  ActivityId pilates = activity("Pilates", 12);
  RoomId hall = room("Hall", 20);
  AccountId olena = trainer("Olena");
  AccountId marko = trainer("Marko");

  Caller host() const { return desk.host(); }

  ActivityId activity(const std::string& name, std::optional<std::int64_t> capacity = {}) {
    catalog::CreateActivity request;
    request.centre = centre;
    request.name = name;
    request.default_capacity = capacity;
    return host().run(request).id;
  }
  RoomId room(const std::string& name, std::int64_t capacity, std::int64_t cleaning_minutes = 0,
              std::int64_t at_once = 1) {
    catalog::CreateRoom request;
    request.centre = centre;
    request.name = name;
    request.capacity = capacity;
    request.buffer_after_minutes = cleaning_minutes;
    request.sessions_at_once = at_once;
    return host().run(request).id;
  }
  AccountId trainer(const std::string&) {
    return desk.staff("Trainer", centre).run(access::Whoami{}).account->id;
  }
  ClientId client(const std::string& name) {
    people::CreateClient request;
    request.first_name = name;
    request.centre = centre;
    return host().run(request).id;
  }

  /// Pilates in the hall with Olena, on Mondays and Wednesdays at 18:00 from today on.
  schedule::CreateSeries weekly() const {
    schedule::CreateSeries request;
    request.activity = pilates;
    request.centre = centre;
    request.room = hall;
    request.trainers = {olena};
    request.start = at(2026, 3, 2, 18);
    request.rule = "FREQ=WEEKLY;BYDAY=MO,WE";
    return request;
  }
  /// Pilates at a time, without room and trainer.
  schedule::NewSession plain(LocalTime start) const {
    schedule::NewSession session;
    session.activity = pilates;
    session.centre = centre;
    session.start = start;
    return session;
  }
  schedule::Session add(const schedule::NewSession& session) const {
    return host().run(schedule::CreateSessions{.sessions = {session}}).sessions.at(0);
  }
  schedule::Session get(SessionId id) const {
    return host().run(schedule::GetSession{.session = id});
  }
  std::vector<schedule::Session> of(SeriesId series) const {
    return host().run(schedule::Sessions{.series = series, .limit = 500}).items;
  }
  std::vector<std::string> topics() const {
    std::vector<std::string> topics;
    for (const auto& event : host().run(events::Since{.limit = 500}).items) {
      if (event.topic.starts_with("schedule.")) topics.push_back(event.topic);
    }
    return topics;
  }
};

}  // namespace frontdesk::testing

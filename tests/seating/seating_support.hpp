/// A small cinema for tests of seats: a room with a map, and a show in it.
#pragma once

#include "schedule/schedule_support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace frontdesk::testing {

/// The text of a map that ships with the library.
inline std::string shipped_map(const std::string& name) {
  std::ifstream file(std::string(std::getenv("FRONTDESK_SOURCE")) + "/examples/maps/" + name +
                     ".map");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Three rows of eight, the last with two accessible seats and their companions.
inline constexpr const char* small_map =
    "category S standard\n"
    "category P premium\n"
    "stage Screen\n"
    "row A: 8S\n"
    "row B: 8P\n"
    "row C: Sa Sc 4S Sc Sa\n";

struct Cinema : Studio {
  RoomId room{};
  seating::SeatMap map{};
  SessionId show{};

  explicit Cinema(const std::string& text = small_map, std::int64_t room_capacity = 100'000) {
    room = Studio::room("Red", room_capacity, 0, 1000);
    map = draw("Red", text);
    host().run(seating::GiveMap{.room = room, .map = map.id});
    show = show_at(at(2026, 3, 3, 18));
  }

  seating::SeatMap draw(const std::string& name, const std::string& text) const {
    seating::CreateMap request;
    request.centre = centre;
    request.name = name;
    request.text = text;
    return host().run(request);
  }
  /// The film has no capacity of its own, so the map's places are it.
  ActivityId film() {
    if (!film_) film_ = activity("Film");
    return film_;
  }
  SessionId show_at(LocalTime start, std::optional<std::int64_t> capacity = {}) {
    schedule::NewSession session = plain(start);
    session.activity = film();
    session.room = room;
    session.capacity = capacity;
    return add(session).id;
  }
  SessionId class_at(LocalTime start, std::optional<std::int64_t> capacity) {
    schedule::NewSession session = plain(start);
    session.activity = film();
    session.capacity = capacity;
    return add(session).id;
  }

  seating::Hold wish(std::vector<std::string> seats) const {
    seating::Hold request{.session = show};
    request.choice.seats = std::move(seats);
    return request;
  }
  seating::Hold wish(std::int64_t count) const {
    seating::Hold request{.session = show};
    request.choice.count = count;
    return request;
  }
  seating::Held hold(std::vector<std::string> seats) const {
    return host().run(wish(std::move(seats)));
  }
  seating::SessionPlaces places(seating::Channel channel = seating::Channel::online) const {
    return host().run(seating::Availability{.session = show, .channel = channel, .seats = true});
  }
  seating::PlaceState state_of(const std::string& label,
                               seating::Channel channel = seating::Channel::online) const {
    const auto all = places(channel).seats;
    auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& seat) { return seat.label == label; });
    REQUIRE(found != all.end());
    return found->state;
  }
  void set(const std::string& name, std::int64_t value) const {
    host().run(upkeep::ChangeSetting{.name = name, .value = value});
  }
  /// What the check finds; claims of these tests have no bookings, which the part of bookings
  /// rightly misses.
  std::vector<upkeep::Problem> problems() const {
    std::vector<upkeep::Problem> problems = host().run(upkeep::Check{}).problems;
    std::erase_if(problems, [](const auto& problem) { return problem.part == "bookings"; });
    return problems;
  }

 private:
  ActivityId film_{};
};

inline std::vector<std::string> labels_of(const std::vector<seating::PlaceInfo>& places) {
  std::vector<std::string> labels;
  for (const seating::PlaceInfo& place : places) labels.push_back(place.label);
  return labels;
}
using Labels = std::vector<std::string>;

inline std::vector<std::string> words(const Error& error, const char* name) {
  return std::get<std::vector<std::string>>(error.details().at(name));
}
inline std::int64_t number(const Error& error, const char* name) {
  return std::get<std::int64_t>(error.details().at(name));
}

}  // namespace frontdesk::testing

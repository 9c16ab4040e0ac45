/// A house with a hall, for tests of bookings with seats.
#pragma once

#include "bookings_support.hpp"

#include <frontdesk/pricing.hpp>
#include <frontdesk/seating_maps.hpp>
#include <frontdesk/seating_places.hpp>

namespace frontdesk::testing {

/// A hall of two rows, the second dearer.
struct Hall : House {
  SessionId session{};

  Hall() {
    catalog::CreateRoom room;
    room.centre = centre;
    room.name = "Red";
    room.capacity = 100;
    RoomId red = host().run(room).id;
    host().run(seating::GiveMap{.room = red, .map = map_of("Red", "row A: 8S\nrow B: 8P\n")});
    schedule::NewSession show = plan(at(2026, 3, 3, 18), std::nullopt);
    show.room = red;
    session = add(show).id;
    pricing::SetPrice premium;
    premium.session = session;
    premium.seat_category = "premium";
    premium.amount = uah(15'000);
    host().run(premium);
  }
  bookings::Booking book(const Caller& caller, std::vector<std::string> seats) const {
    bookings::Book request = wish(session, seats.size());
    for (std::size_t i = 0; i < seats.size(); ++i) request.places[i].seat = seats[i];
    return caller.run(request);
  }
  /// A map of rows of the two categories.
  SeatMapId map_of(const std::string& name, const std::string& rows) const {
    seating::CreateMap map;
    map.centre = centre;
    map.name = name;
    map.text = "category S standard\ncategory P premium\nstage Screen\n" + rows;
    return host().run(map).id;
  }
  seating::SwapMap swap_for(SeatMapId map) const {
    seating::SwapMap swap;
    swap.session = session;
    swap.map = map;
    return swap;
  }
  /// Blocks the seats of a row from one to another.
  void block(const std::string& row, int first, int last) const {
    seating::Block broken;
    broken.session = session;
    broken.reason = "Broken";
    for (int seat = first; seat <= last; ++seat) {
      broken.choice.seats.push_back(row + "-" + std::to_string(seat));
    }
    host().run(broken);
  }
};

}  // namespace frontdesk::testing

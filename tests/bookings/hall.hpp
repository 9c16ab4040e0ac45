/// A house with a hall, for tests of bookings with seats.
#pragma once

#include "bookings_support.hpp"

#include <frontdesk/pricing.hpp>
#include <frontdesk/seating_maps.hpp>

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
    seating::CreateMap map;
    map.centre = centre;
    map.name = "Red";
    map.text = "category S standard\ncategory P premium\nstage Screen\nrow A: 8S\nrow B: 8P\n";
    host().run(seating::GiveMap{.room = red, .map = host().run(map).id});
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
};

}  // namespace frontdesk::testing

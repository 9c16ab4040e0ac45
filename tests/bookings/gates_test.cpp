// Gates, their lists, and the scans they upload later (SPEC B5, B10).
#include <catch2/catch.hpp>

#include "bookings/ticket_codes.hpp"
#include "door_support.hpp"

#include <algorithm>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::day;
using testing::Door;
using testing::hour;
using testing::minute;
using testing::refused;

namespace {

/// A hall with a gate to the stalls, one to the balcony, and one that leads everywhere.
struct Hall : Door {
  schedule::Session play;
  GateId stalls = gate("Stalls gate", {"Stalls"}).id;
  GateId balcony = gate("Balcony gate", {"Balcony", "Floor"}).id;
  GateId main = gate("Main").id;

  Hall() {
    catalog::CreateRoom room;
    room.centre = centre;
    room.name = "Red";
    room.capacity = 100;
    const RoomId red = host().run(room).id;
    seating::CreateMap map;
    map.centre = centre;
    map.name = "Red";
    map.text =
        "category S standard\nstage Screen\nsection Stalls\nrow A: 8S\n"
        "section Balcony\nrow B: 8S\n";
    host().run(seating::GiveMap{.room = red, .map = host().run(map).id});
    schedule::NewSession planned = plan(at(2026, 3, 3, 18), std::nullopt, 0);
    planned.room = red;
    play = add(planned);
  }
  bookings::Booking seats(std::vector<std::string> labels) const {
    bookings::Book request = unpaid(play.id, labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) request.places[i].seat = labels[i];
    return olena.caller.run(request);
  }
  bookings::GateSheet list(GateId gate = {}) const {
    return host().run(bookings::GateList{.session = play.id, .gate = gate});
  }
};

bookings::ScanReport upload(const Door& door, std::vector<bookings::Scan> scans) {
  bookings::UploadScans request;
  request.scans = std::move(scans);
  return door.host().run(request);
}

std::vector<bookings::FlaggedScan> flagged(const Door& door) {
  return door.host().run(bookings::FlaggedScans{.centre = door.centre}).items;
}

}  // namespace

TEST_CASE("gates are made, changed and put away by who manages the centre", "[B5][A9]") {
  Door door;
  bookings::CreateGate create;
  create.centre = door.centre;
  create.name = " North ";
  create.sections = {"Stalls"};
  Caller moderator = door.moderator();
  bookings::Gate gate = moderator.run(create);
  CHECK(gate.name == "North");
  CHECK(gate.version == 1);
  CHECK(refused([&] { moderator.run(create); }) == "conflict/gate_name_taken at name");
  create.name = "  ";
  CHECK(refused([&] { moderator.run(create); }) == "invalid/field_missing at name");
  CHECK(refused([&] { door.salesman().run(create); }).starts_with("denied/permission_denied"));
  bookings::UpdateGate update;
  update.gate = gate.id;
  update.version = 1;
  update.sections = std::vector<std::string>{"Stalls", "Floor"};
  gate = moderator.run(update);
  CHECK(gate.name == "North");
  CHECK(gate.sections.size() == 2);
  CHECK(refused([&] { moderator.run(update); }) == "conflict/version_outdated at version");
  Caller foreign = door.desk.staff("Moderator", door.opened("Other"));
  CHECK(refused([&] { foreign.run(bookings::ArchiveGate{.gate = gate.id}); }) ==
        "not_found/gate_not_found at gate");
  CHECK(moderator.run(bookings::ArchiveGate{.gate = gate.id}).archived_at.has_value());
  CHECK(refused([&] { moderator.run(bookings::ArchiveGate{.gate = gate.id}); }) ==
        "conflict/gate_archived at gate");
  CHECK(door.host().run(bookings::Gates{.centre = door.centre}).items.empty());
  CHECK(door.host().run(bookings::Gates{.centre = door.centre, .archived = true}).items.size() ==
        1);
  create.name = "North";
  CHECK_NOTHROW(moderator.run(create));  // the name is free again
}

TEST_CASE("a gate lets in only whom it leads to", "[B5]") {
  Hall hall;
  const bookings::Booking booking = hall.seats({"Stalls A-1", "Balcony B-1"});
  const auto tickets = hall.tickets(booking.id);
  CHECK(tickets[0].seat == "Stalls A-1");
  CHECK(bookings::verify_ticket(hall.key(), tickets[1].text).seat == "Balcony B-1");
  hall.go_before(hour);
  bookings::CheckIn scan = Door::by_code(tickets[1].code);
  scan.gate = hall.stalls;
  const Error wrong = testing::refusal([&] { hall.host().run(scan); });
  CHECK(wrong.reason() == "wrong_gate");
  CHECK(wrong.message() == "This place is not reached through the gate Stalls gate.");
  CHECK(hall.get(booking.id).places[1].status == BookingStatus::confirmed);
  scan.gate = hall.balcony;
  CHECK(hall.host().run(scan).places[0].seat == "Balcony B-1");
  scan = Door::by_code(tickets[0].code);
  scan.gate = hall.main;
  CHECK_NOTHROW(hall.host().run(scan));
  scan.gate = hall.gate("Elsewhere", {"Nowhere"}).id;
  CHECK(refused([&] { hall.host().run(scan); }) == "conflict/wrong_gate");
  scan.gate = GateId{999};
  CHECK(refused([&] { hall.host().run(scan); }) == "not_found/gate_not_found at gate");
}

TEST_CASE("a gate's list is all it needs without the file", "[B5][B10]") {
  Hall hall;
  const bookings::Booking booking = hall.seats({"Stalls A-1", "Stalls A-2", "Balcony B-1"});
  hall.host().run(bookings::ReissueTicket{.booking = booking.id, .place = 2});
  hall.go_before(hour);
  hall.host().run(Door::by_booking(booking.id, {1}));
  const bookings::GateSheet list = hall.list(hall.stalls);
  REQUIRE(list.entries.size() == 2);
  CHECK(list.public_key == hall.key());
  CHECK(list.opens_at == hall.play.starts - hour);
  CHECK(list.entries[0].came_at == hall.desk.clock.now());
  CHECK_FALSE(list.entries[1].came_at.has_value());
  CHECK(list.entries[1].issue == 2);
  CHECK(list.entries[1].seat == "Stalls A-2");
  const auto tickets = hall.tickets(booking.id);
  CHECK(list.entries[1].code_digest == bookings::code_digest(tickets[1].code));
  CHECK(list.entries[1].number == tickets[1].number);
  CHECK(hall.list().entries.size() == 3);
  // What is voided later, the gate asks for from there on.
  CHECK(hall.host()
            .run(bookings::RevokedTickets{.centre = hall.centre, .since = list.since})
            .items.empty());
  hall.host().run(bookings::ReissueTicket{.booking = booking.id, .place = 3});
  const auto news =
      hall.host().run(bookings::RevokedTickets{.centre = hall.centre, .since = list.since});
  REQUIRE(news.items.size() == 1);
  CHECK(news.items[0].code_digest == bookings::code_digest(tickets[2].code));
}

// --- scans without the file ---

TEST_CASE("scans are uploaded later, and again, and change nothing twice", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked(2);
  const auto tickets = door.tickets(booking.id);
  const GateId gate = door.gate("North").id;
  door.go_after(2 * hour);
  const std::vector<bookings::Scan> scans = {
      {.code = tickets[0].text, .gate = gate, .scanned_at = door.show.starts},
      {.code = tickets[1].code, .gate = gate, .scanned_at = door.show.starts + minute}};
  const auto first = upload(door, scans);
  REQUIRE(first.results.size() == 2);
  CHECK(first.results[0].counts);
  CHECK_FALSE(first.results[0].known);
  CHECK(first.results[0].place == tickets[0].place);
  CHECK(first.results[1].came_at == door.show.starts + minute);
  CHECK(door.status(booking.id) == BookingStatus::attended);
  CHECK(door.roll().places[0].by == bookings::CheckInBy::offline);
  CHECK(door.roll().places[0].gate == gate);
  const std::int64_t version = door.get(booking.id).version;
  const auto again = upload(door, {scans[1], scans[0]});
  CHECK(again.results[0].counts);
  CHECK(again.results[0].known);
  CHECK(again.results[1].known);
  CHECK(door.get(booking.id).version == version);
  CHECK(door.told("bookings.checked_in") == 2);
  CHECK(flagged(door).empty());
  CHECK(door.problems().empty());
}

TEST_CASE("of two scans of a ticket the earliest counts, in whatever order they come",
          "[B5][B10]") {
  for (const bool earlier_first : {true, false}) {
    Door door;
    const bookings::Booking booking = door.booked();
    const std::string code = door.ticket(booking.id).code;
    const GateId north = door.gate("North").id;
    const GateId south = door.gate("South").id;
    door.go_after(hour);
    const bookings::Scan early{.code = code, .gate = north, .scanned_at = door.show.starts};
    const bookings::Scan late{.code = code, .gate = south, .scanned_at = door.show.starts + minute};
    const auto one = upload(door, {earlier_first ? early : late});
    const auto two = upload(door, {earlier_first ? late : early});
    INFO(earlier_first);
    CHECK(one.results[0].counts);
    CHECK(two.results[0].counts == !earlier_first);
    CHECK(two.results[0].came_at == early.scanned_at);
    if (earlier_first) CHECK(two.results[0].reason == "already_in");
    CHECK(door.roll().places[0].gate == north);
    CHECK(door.roll().places[0].came_at == early.scanned_at);
    const auto flags = flagged(door);
    REQUIRE(flags.size() == 1);
    CHECK(flags[0].reason == "already_in");
    CHECK(flags[0].gate == south);
    CHECK(flags[0].scanned_at == late.scanned_at);
    CHECK(door.told("bookings.checked_in") == 1);
    CHECK(door.problems().empty());
  }
}

TEST_CASE("of two scans in one second one counts, in whatever order they come", "[B5][B10]") {
  for (const bool north_first : {true, false}) {
    Door door;
    const std::string code = door.ticket(door.booked().id).code;
    const GateId north = door.gate("North").id;
    const GateId south = door.gate("South").id;
    door.go_after(hour);
    const bookings::Scan one{.code = code, .gate = north, .scanned_at = door.show.starts};
    const bookings::Scan other{.code = code, .gate = south, .scanned_at = door.show.starts};
    upload(door, {north_first ? one : other, north_first ? other : one});
    CHECK(door.roll().places[0].gate == north);
    REQUIRE(flagged(door).size() == 1);
    CHECK(flagged(door)[0].gate == south);
    CHECK(door.problems().empty());
  }
}

TEST_CASE("a scan counts for the session of its ticket, not for one the booking moved to",
          "[B5][B7][B10]") {
  Door door;
  const BookingId booking = door.booked().id;
  const bookings::Ticket ticket = door.ticket(booking);
  const schedule::Session later = door.add(door.plan(at(2026, 3, 3, 19), 20, 0));
  door.go_before(30 * minute);
  const Instant scanned = door.desk.clock.now();
  door.desk.clock += std::chrono::minutes{5};
  bookings::Move move;
  move.booking = booking;
  move.session = later.id;
  door.host().run(move);
  for (const std::string& code : {ticket.text, ticket.code}) {
    const auto report = upload(door, {{.code = code, .scanned_at = scanned}});
    CHECK_FALSE(report.results[0].counts);
    CHECK(report.results[0].reason == "wrong_session");
  }
  CHECK(door.status(booking) == BookingStatus::confirmed);
  const auto read_late = upload(door, {{.code = ticket.text, .scanned_at = scanned + 6 * minute}});
  CHECK(read_late.results[0].reason == "ticket_revoked");
  CHECK(door.problems().empty());
}

TEST_CASE("a gate's name is one in whatever letters, and nobody stands at one put away", "[B5]") {
  Door door;
  const GateId gate = door.gate("Північ").id;
  CHECK(refused([&] { door.gate("північ"); }) == "conflict/gate_name_taken at name");
  const BookingId booking = door.booked().id;
  bookings::ArchiveGate away;
  away.gate = gate;
  door.host().run(away);
  door.go_before(Duration{0});
  bookings::CheckIn in = Door::by_booking(booking);
  in.gate = gate;
  CHECK(refused([&] { door.host().run(in); }) == "conflict/gate_archived at gate");
}

TEST_CASE("a scan before the check-in at the counter counts, and that one is flagged", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked();
  const std::string code = door.ticket(booking.id).code;
  const GateId north = door.gate("North").id;
  const GateId south = door.gate("South").id;
  door.go_before(Duration{0});
  bookings::CheckIn scan = Door::by_code(code);
  scan.gate = south;
  door.host().run(scan);
  const Instant counter = door.desk.clock.now();
  // The gate that told at once may queue the same scan for later.
  CHECK(upload(door, {{.code = code, .gate = south, .scanned_at = counter}}).results[0].known);
  CHECK(flagged(door).empty());
  const auto report = upload(door, {{.code = code, .gate = north, .scanned_at = counter - minute}});
  CHECK(report.results[0].counts);
  CHECK(door.roll().places[0].gate == north);
  REQUIRE(flagged(door).size() == 1);
  CHECK(flagged(door)[0].gate == south);
  CHECK(flagged(door)[0].scanned_at == counter);
  CHECK(door.problems().empty());
}

TEST_CASE("the roll only learns from a scan when its visitor came", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked();
  door.go_after(hour);
  bookings::TakeRoll roll;
  roll.session = door.show.id;
  roll.attended = {booking.places[0].id};
  door.host().run(roll);
  const auto report = upload(
      door, {{.code = door.ticket(booking.id).code, .scanned_at = door.show.starts + minute}});
  CHECK(report.results[0].counts);
  CHECK(door.roll().places[0].came_at == door.show.starts + minute);
  CHECK(flagged(door).empty());
  CHECK(door.problems().empty());
}

TEST_CASE("scans that should have let nobody in are flagged by reason", "[B5][B10]") {
  Hall hall;
  const bookings::Booking booking = hall.seats({"Stalls A-1", "Stalls A-2", "Balcony B-1"});
  const auto tickets = hall.tickets(booking.id);
  hall.host().run(bookings::ReissueTicket{.booking = booking.id, .place = 1});
  hall.olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {2}});
  hall.desk.clock.seconds = (hall.play.ends + 2 * hour).time_since_epoch().count();
  const Instant starts = hall.play.starts;
  const auto report =
      upload(hall, {{.code = tickets[0].text, .scanned_at = starts},
                    {.code = tickets[1].text, .scanned_at = starts},
                    {.code = tickets[2].text, .gate = hall.stalls, .scanned_at = starts},
                    {.code = tickets[2].text, .scanned_at = starts - 2 * hour},
                    {.code = tickets[2].text, .scanned_at = hall.play.ends + minute},
                    {.code = tickets[2].text, .scanned_at = hall.desk.clock.now() + hour},
                    {.code = "no ticket at all", .scanned_at = starts},
                    {.code = "FD1.AAAA", .scanned_at = starts}});
  std::vector<std::string> reasons;
  for (const auto& result : report.results) {
    CHECK_FALSE(result.counts);
    reasons.push_back(result.reason.value_or("?"));
  }
  CHECK(reasons == std::vector<std::string>{"ticket_revoked", "ticket_cancelled", "wrong_gate",
                                            "too_early", "too_late", "scan_in_future",
                                            "ticket_unknown", "ticket_unknown"});
  CHECK(flagged(hall).size() == 6);
  CHECK(hall.get(booking.id).places[2].status == BookingStatus::confirmed);
  CHECK(hall.host()
            .run(bookings::FlaggedScans{.centre = hall.centre, .session = hall.show.id})
            .items.empty());
  CHECK(hall.problems().empty());
}

TEST_CASE("a scan from before its ticket was replaced counts", "[B10]") {
  Door door;
  const bookings::Booking booking = door.booked();
  const std::string old = door.ticket(booking.id).text;
  door.go_before(Duration{0});
  const Instant scanned = door.desk.clock.now();
  door.pass(minute);
  const std::string anew =
      door.host().run(bookings::ReissueTicket{.booking = booking.id, .place = 1}).text;
  door.pass(minute);
  const auto report = upload(door, {{.code = anew, .scanned_at = door.desk.clock.now()},
                                    {.code = old, .scanned_at = scanned}});
  CHECK(report.results[1].counts);
  REQUIRE(flagged(door).size() == 1);
  CHECK(flagged(door)[0].issue == 2);
  CHECK(door.problems().empty());
}

TEST_CASE("an upload names gates of the centre, by staff of the centre", "[B5][A9]") {
  Door door;
  const std::string code = door.ticket(door.booked().id).code;
  door.go_before(hour);
  const bookings::Scan scan{.code = code, .gate = GateId{999}, .scanned_at = door.desk.clock.now()};
  CHECK(refused([&] { upload(door, {scan}); }) == "not_found/gate_not_found at scans[0].gate");
  Caller foreign = door.desk.staff("Salesman", door.opened("Other"));
  bookings::UploadScans request;
  request.scans = {{.code = code, .scanned_at = door.desk.clock.now()}};
  CHECK(foreign.run(request).results.at(0).reason == "ticket_unknown");
  CHECK(refused([&] { foreign.run(bookings::FlaggedScans{.centre = door.centre}); }) ==
        "not_found/centre_not_found at centre");
  CHECK(door.roll().places[0].status == BookingStatus::confirmed);
}

TEST_CASE("a late scan takes back a no-show and its strike", "[B5][B9]") {
  Door door;
  const bookings::Booking booking = door.booked();
  const std::string code = door.ticket(booking.id).code;
  door.go_after(day);
  REQUIRE(door.status(booking.id) == BookingStatus::no_show);
  CHECK(upload(door, {{.code = code, .scanned_at = door.show.starts}}).results[0].counts);
  CHECK(door.status(booking.id) == BookingStatus::attended);
  CHECK(door.told("bookings.strike_withdrawn") == 1);
  CHECK(door.problems().empty());
}

TEST_CASE("a check-in taken back leaves its scan flagged", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked();
  const bookings::Scan scan{.code = door.ticket(booking.id).code, .scanned_at = door.show.starts};
  door.go_after(hour);
  upload(door, {scan});
  door.host().run(bookings::UndoCheckIn{.booking = booking.id, .places = {1}});
  const auto again = upload(door, {scan});
  CHECK_FALSE(again.results[0].counts);
  CHECK(again.results[0].reason == "check_in_undone");
  CHECK(door.status(booking.id) == BookingStatus::confirmed);
  CHECK(door.problems().empty());
}

TEST_CASE("a ticket of another centre at the gate spoils nothing of the upload", "[B5]") {
  Hall hall;
  const CentreId elsewhere = hall.opened("Elsewhere");
  bookings::CreateGate create;
  create.centre = elsewhere;
  create.name = "North";
  const GateId other = hall.host().run(create).id;
  const std::string code = hall.ticket(hall.booked().id).code;
  hall.go_before(hour / 2);
  const Instant now = hall.desk.clock.now();
  const auto results = upload(hall, {{.code = code, .gate = other, .scanned_at = now - minute},
                                     {.code = code, .gate = hall.main, .scanned_at = now}})
                           .results;
  REQUIRE(results.size() == 2);
  CHECK(results[0].reason == "wrong_gate");
  CHECK(results[1].counts);
  // Staff who do not reach that centre know no such gate.
  const Caller moderator = hall.moderator();
  bookings::UploadScans foreign;
  foreign.scans = {{.code = code, .gate = other, .scanned_at = now}};
  CHECK(refused([&] { moderator.run(foreign); }) == "not_found/gate_not_found at scans[0].gate");
  CHECK(hall.problems().empty());
}

#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

using Names = std::vector<std::string>;

Names names(const Page<catalog::Room>& page) {
  Names found;
  for (const catalog::Room& room : page.items) found.push_back(room.name);
  return found;
}

RoomId room_in(TestDesk& desk, CentreId centre, const std::string& name) {
  return desk.host().run(catalog::CreateRoom{.centre = centre, .name = name, .capacity = 10}).id;
}

}  // namespace

TEST_CASE("a centre has rooms", "[C2]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  catalog::Room made = desk.host().run(catalog::CreateRoom{.centre = centre,
                                                           .name = " Велика зала ",
                                                           .description = "Перший поверх",
                                                           .capacity = 24,
                                                           .buffer_before_minutes = 5,
                                                           .buffer_after_minutes = 15,
                                                           .sessions_at_once = 2,
                                                           .external_ref = "R-1"});
  CHECK(made.version == 1);
  CHECK(made.name == "Велика зала");
  CHECK(made.centre == centre);
  CHECK(made.capacity == 24);
  CHECK(made.buffer_before_minutes == 5);
  CHECK(made.buffer_after_minutes == 15);
  CHECK(made.sessions_at_once == 2);

  catalog::Room simple =
      desk.host().run(catalog::CreateRoom{.centre = centre, .name = "Балетна", .capacity = 8});
  CHECK(simple.buffer_before_minutes == 0);
  CHECK(simple.buffer_after_minutes == 0);
  CHECK(simple.sessions_at_once == 1);

  catalog::Room read = desk.anonymous().run(catalog::GetRoom{.room = made.id});
  CHECK(read.description == "Перший поверх");
  CHECK(read.external_ref == "R-1");
  CHECK(names(desk.anonymous().run(catalog::Rooms{.centre = centre})) ==
        Names{"Балетна", "Велика зала"});
  CHECK(names(desk.anonymous().run(catalog::Rooms{.search = "ЗАЛА"})) == Names{"Велика зала"});
  CHECK(names(desk.anonymous().run(catalog::Rooms{.min_capacity = 9})) == Names{"Велика зала"});
  CHECK(names(desk.anonymous().run(catalog::Rooms{.external_ref = "R-1"})) == Names{"Велика зала"});

  catalog::Rooms page{.limit = 1};
  Page<catalog::Room> first = desk.anonymous().run(page);
  REQUIRE(first.next);
  page.cursor = first.next;
  CHECK(names(desk.anonymous().run(page)) == Names{"Велика зала"});
}

TEST_CASE("a room is changed in part", "[C2][E13]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  catalog::Room made = desk.host().run(catalog::CreateRoom{.centre = centre,
                                                           .name = "Hall",
                                                           .description = "Big",
                                                           .capacity = 24,
                                                           .buffer_after_minutes = 15});
  catalog::Room changed = desk.host().run(catalog::UpdateRoom{.room = made.id,
                                                              .version = 1,
                                                              .description = std::nullopt,
                                                              .capacity = 30,
                                                              .buffer_after_minutes = std::nullopt,
                                                              .sessions_at_once = 3});
  CHECK(changed.version == 2);
  CHECK(changed.name == "Hall");
  CHECK_FALSE(changed.description);
  CHECK(changed.capacity == 30);
  CHECK(changed.buffer_after_minutes == 0);
  CHECK(changed.sessions_at_once == 3);
  auto refused = [&](const catalog::UpdateRoom& request) {
    return refusal([&] { desk.host().run(request); });
  };
  Error outdated = refused({.room = made.id, .version = 1, .capacity = 2});
  CHECK(outdated.reason() == "version_outdated");
  CHECK(std::get<std::int64_t>(outdated.details().at("current")) == 2);
  CHECK(refused({.room = made.id, .name = std::nullopt}).reason() == "field_missing");
  CHECK(refused({.room = made.id, .capacity = std::nullopt}).field() == "capacity");
  CHECK(refused({.room = made.id, .capacity = 0}).reason() == "out_of_range");
  CHECK(refused({.room = made.id, .sessions_at_once = 0}).reason() == "out_of_range");
  CHECK(refused({.room = made.id, .buffer_before_minutes = 1441}).reason() == "out_of_range");
  CHECK(refused({.room = RoomId{99}, .capacity = 2}).reason() == "room_not_found");
}

TEST_CASE("rooms that cannot be are refused", "[C2]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  desk.host().run(
      catalog::CreateRoom{.centre = centre, .name = "Hall", .capacity = 5, .external_ref = "R-1"});
  auto refused = [&](const catalog::CreateRoom& request) {
    return refusal([&] { desk.host().run(request); });
  };
  Error taken = refused({.centre = centre, .name = "HALL", .capacity = 5});
  CHECK(taken.code() == Code::conflict);
  CHECK(taken.reason() == "room_name_taken");
  CHECK(taken.message() == "The centre has a room of this name already.");
  CHECK(taken.in_language("uk").message() == "У центрі вже є зала з такою назвою.");
  CHECK(
      refused({.centre = centre, .name = "Stage", .capacity = 5, .external_ref = "R-1"}).reason() ==
      "external_ref_taken");
  CHECK(refused({.centre = centre, .name = " ", .capacity = 5}).reason() == "field_missing");
  CHECK(refused({.centre = centre, .name = "Stage"}).field() == "capacity");
  CHECK(refused({.centre = CentreId{99}, .name = "Stage", .capacity = 5}).reason() ==
        "centre_not_found");
  // The name is free in another centre.
  CHECK(room_in(desk, desk.centre("Beta"), "Hall"));
  desk.host().run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refused({.centre = centre, .name = "Stage", .capacity = 5}).reason() == "centre_archived");
}

TEST_CASE("a room is archived and taken back", "[C2][C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  RoomId room = room_in(desk, centre, "Hall");
  CHECK(refusal([&] { desk.host().run(catalog::RestoreRoom{.room = room}); }).reason() ==
        "room_in_use");
  catalog::Room archived = desk.host().run(catalog::ArchiveRoom{.room = room, .version = 1});
  CHECK(archived.archived_at == desk.clock.now());
  CHECK(archived.version == 2);
  CHECK(refusal([&] { desk.host().run(catalog::ArchiveRoom{.room = room}); }).reason() ==
        "room_archived");
  Error changing =
      refusal([&] { desk.host().run(catalog::UpdateRoom{.room = room, .capacity = 2}); });
  CHECK(changing.reason() == "room_archived");
  CHECK(changing.message() == "The room is archived. Restore it first, or choose another.");

  CHECK(desk.host().run(catalog::Rooms{}).items.empty());
  CHECK(names(desk.host().run(catalog::Rooms{.archived = true})) == Names{"Hall"});
  CHECK(desk.host().run(catalog::GetRoom{.room = room}).name == "Hall");
  CHECK(desk.anonymous().run(catalog::Rooms{.archived = true}).items.empty());
  CHECK(refusal([&] { desk.anonymous().run(catalog::GetRoom{.room = room}); }).reason() ==
        "room_not_found");

  // Its name is free again; while another has it, it cannot come back.
  RoomId other = room_in(desk, centre, "hall");
  CHECK(refusal([&] { desk.host().run(catalog::RestoreRoom{.room = room}); }).reason() ==
        "room_name_taken");
  desk.host().run(catalog::UpdateRoom{.room = other, .name = "Stage"});
  CHECK(refusal([&] {
          desk.host().run(catalog::RestoreRoom{.room = room, .version = 1});
        }).reason() == "version_outdated");
  catalog::Room restored = desk.host().run(catalog::RestoreRoom{.room = room});
  CHECK_FALSE(restored.archived_at);
  CHECK(names(desk.anonymous().run(catalog::Rooms{})) == Names{"Hall", "Stage"});

  desk.host().run(catalog::ArchiveRoom{.room = room});
  desk.host().run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refusal([&] { desk.host().run(catalog::RestoreRoom{.room = room}); }).reason() ==
        "centre_archived");
}

TEST_CASE("rooms are changed by who manages their centre and told in the feed", "[C2][A9][E7]") {
  TestDesk desk;
  CentreId own = desk.centre("Alpha");
  CentreId foreign = desk.centre("Beta");
  Caller partner = desk.staff("Partner", own);
  RoomId theirs = room_in(desk, foreign, "Hall");
  RoomId mine = partner.run(catalog::CreateRoom{.centre = own, .name = "Hall", .capacity = 5}).id;
  partner.run(catalog::UpdateRoom{.room = mine, .capacity = 6});
  Error stranger =
      refusal([&] { partner.run(catalog::UpdateRoom{.room = theirs, .capacity = 6}); });
  Error missing =
      refusal([&] { partner.run(catalog::UpdateRoom{.room = RoomId{99}, .capacity = 6}); });
  CHECK(stranger.reason() == "room_not_found");
  CHECK(stranger.message() == missing.message());
  CHECK(refusal([&] { partner.run(catalog::ArchiveRoom{.room = theirs}); }).code() ==
        Code::not_found);
  CHECK(refusal([&] { partner.run(catalog::RestoreRoom{.room = theirs}); }).code() ==
        Code::not_found);
  CHECK(refusal([&] { desk.customer().caller.run(catalog::ArchiveRoom{.room = mine}); }).code() ==
        Code::denied);

  // Of an inactive centre only who manages it sees them.
  partner.run(catalog::UpdateCentre{.centre = own, .active = false});
  CHECK(desk.anonymous().run(catalog::Rooms{}).items.size() == 1);
  CHECK(partner.run(catalog::Rooms{}).items.size() == 2);
  CHECK(refusal([&] { desk.anonymous().run(catalog::GetRoom{.room = mine}); }).reason() ==
        "room_not_found");
  CHECK(partner.run(catalog::GetRoom{.room = mine}).capacity == 6);

  events::Feed feed = partner.run(events::Since{.cursor = 0, .topics = {"catalog.room_changed"}});
  REQUIRE(feed.items.size() == 2);
  CHECK(feed.items[0].payload.find("\"created\"") != std::string::npos);
  CHECK(feed.items[1].payload.find("\"updated\"") != std::string::npos);
  CHECK(feed.items[1].centre == own);
}

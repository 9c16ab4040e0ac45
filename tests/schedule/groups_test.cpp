#include <catch2/catch.hpp>

#include "schedule_support.hpp"

using namespace frontdesk;
using testing::at;
using testing::refusal;
using testing::Studio;

TEST_CASE("groups have members up to their capacity", "[S13]") {
  Studio studio;
  schedule::Group group = studio.host().run(schedule::CreateGroup{
      .centre = studio.centre, .name = " Dolphins ", .trainer = studio.olena, .capacity = 2});
  CHECK(group.name == "Dolphins");
  ClientId maria = studio.client("Maria");
  ClientId ivan = studio.client("Ivan");
  studio.host().run(schedule::JoinGroup{.group = group.id, .client = maria});
  auto joined = studio.host().run(schedule::JoinGroup{.group = group.id, .client = ivan});
  CHECK(joined.name == "Ivan");
  auto join = [&](ClientId client) {
    return refusal(
        [&] { studio.host().run(schedule::JoinGroup{.group = group.id, .client = client}); });
  };
  CHECK(join(maria).reason() == "member_already");
  Error full = join(studio.client("Oleh"));
  CHECK(full.code() == Code::sold_out);
  CHECK(full.reason() == "group_full");
  CHECK(join(ClientId{999}).reason() == "client_not_found");
  CHECK(refusal([&] {
          studio.host().run(schedule::UpdateGroup{.group = group.id, .capacity = 1});
        }).reason() == "capacity_below_members");
  CHECK(refusal([&] {
          studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = "DOLPHINS"});
        }).reason() == "group_name_taken");

  studio.host().run(schedule::LeaveGroup{.group = group.id, .client = maria});
  CHECK(refusal([&] {
          studio.host().run(schedule::LeaveGroup{.group = group.id, .client = maria});
        }).reason() == "member_not");
  CHECK(studio.host().run(schedule::GroupMembers{.group = group.id}).items.size() == 1);
  CHECK(studio.host().run(schedule::GroupMembers{.group = group.id, .left = true}).items.size() ==
        1);
  studio.desk.clock += std::chrono::hours{1};
  CHECK_NOTHROW(studio.host().run(schedule::JoinGroup{.group = group.id, .client = maria}));
}

TEST_CASE("joining and leaving affect sessions to come only", "[S13]") {
  Studio studio;
  GroupId group =
      studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = "Dolphins"}).id;
  schedule::CreateSeries series = studio.weekly();
  series.kind = schedule::SessionKind::group;
  series.group = group;
  studio.host().run(series);
  studio.desk.clock += std::chrono::days{1};
  ClientId maria = studio.client("Maria");
  studio.host().run(schedule::JoinGroup{.group = group, .client = maria});
  studio.desk.clock += std::chrono::days{3};
  studio.host().run(schedule::LeaveGroup{.group = group, .client = maria});
  schedule::Calendar month{.view = schedule::View::month, .date = testing::on(2026, 3, 1)};
  month.group = group;
  auto items = studio.host().run(month).items;
  REQUIRE(items.size() == 9);
  CHECK(items[0].taken == 0);  // before she came
  CHECK(items[1].taken == 1);
  CHECK(items[2].taken == 0);  // after she left
}

TEST_CASE("groups are for their centre, their trainer and their members", "[S13][A9]") {
  Studio studio;
  auto parent = studio.desk.customer();
  Caller trainer = studio.desk.staff("Trainer", studio.centre);
  AccountId account = trainer.run(access::Whoami{}).account->id;
  GroupId group = studio.host()
                      .run(schedule::CreateGroup{
                          .centre = studio.centre, .name = "Dolphins", .trainer = account})
                      .id;
  studio.host().run(schedule::JoinGroup{.group = group, .client = parent.client});
  CHECK(parent.caller.run(schedule::Groups{}).items.size() == 1);
  CHECK(trainer.run(schedule::Groups{}).items.size() == 1);
  CHECK(trainer.run(schedule::GroupMembers{.group = group}).items.size() == 1);
  CHECK(studio.desk.customer("Ivan").caller.run(schedule::Groups{}).items.empty());
  Error foreign = refusal([&] { parent.caller.run(schedule::GroupMembers{.group = group}); });
  Error missing =
      refusal([&] { parent.caller.run(schedule::GroupMembers{.group = GroupId{999}}); });
  CHECK(foreign.reason() == "group_not_found");
  CHECK(foreign.message() == missing.message());
  CHECK(refusal([&] {
          trainer.run(schedule::UpdateGroup{.group = group, .name = "Mine"});
        }).reason() == "group_not_found");
}

TEST_CASE("a group with sessions to come is not archived", "[S13][C9]") {
  Studio studio;
  GroupId group =
      studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = "Dolphins"}).id;
  schedule::NewSession session = studio.plain(at(2026, 3, 3, 10));
  session.kind = schedule::SessionKind::group;
  session.group = group;
  SessionId id = studio.add(session).id;
  CHECK(refusal([&] { studio.host().run(schedule::ArchiveGroup{.group = group}); }).reason() ==
        "sessions_to_come");
  studio.host().run(schedule::CancelSession{.session = id, .reason = "over"});
  CHECK(studio.host().run(schedule::ArchiveGroup{.group = group}).archived_at.has_value());
}

TEST_CASE("a person's timetable is exported, merged and erased with them", "[S13][P7][P9]") {
  Studio studio;
  GroupId group =
      studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = "Dolphins"}).id;
  ClientId maria = studio.client("Maria");
  ClientId twin = studio.client("Mariya");
  for (ClientId client : {maria, twin}) {
    studio.host().run(schedule::JoinGroup{.group = group, .client = client});
  }
  schedule::NewSession lesson = studio.plain(at(2026, 3, 3, 10));
  lesson.kind = schedule::SessionKind::client;
  lesson.client = twin;
  SessionId id = studio.add(lesson).id;
  studio.host().run(people::Merge{.keep = maria, .duplicate = twin});
  CHECK(studio.get(id).client == maria);
  CHECK(studio.host().run(schedule::GroupMembers{.group = group}).items.size() == 1);
  CHECK(studio.host().run(people::Export{.client = maria}).json.find("\"timetable\"") !=
        std::string::npos);
  studio.host().run(people::Erase{.client = maria});
  CHECK(studio.get(id).status == schedule::SessionStatus::cancelled);
  CHECK(studio.host().run(schedule::GroupMembers{.group = group}).items.empty());
}

TEST_CASE("joining looks for private sessions and other groups of the client", "[S13][S7]") {
  Studio studio;
  const ClientId maria = studio.client("Maria");
  auto group = [&](const std::string& name) {
    return studio.host().run(schedule::CreateGroup{.centre = studio.centre, .name = name}).id;
  };
  auto lesson = [&](GroupId of, LocalTime start) {
    schedule::NewSession session = studio.plain(start);
    session.kind = schedule::SessionKind::group;
    session.group = of;
    return studio.add(session).id;
  };
  const GroupId dolphins = group("Dolphins");
  const GroupId seals = group("Seals");
  const SessionId first = lesson(dolphins, at(2026, 3, 4, 18));
  lesson(seals, at(2026, 3, 5, 18));
  schedule::NewSession plan = studio.plain(at(2026, 3, 5, 18));
  plan.kind = schedule::SessionKind::client;
  plan.client = maria;
  const SessionId alone = studio.add(plan).id;
  studio.host().run(schedule::JoinGroup{.group = dolphins, .client = maria});
  schedule::JoinGroup request{.group = seals, .client = maria};
  auto clashing = [&] {
    const Error error = refusal([&] { studio.host().run(request); });
    CHECK(error.reason() == "member_clashes");
    return std::get<std::vector<std::int64_t>>(error.details().at("sessions"));
  };
  CHECK(clashing() == std::vector<std::int64_t>{alone.value});
  studio.host().run(schedule::CancelSession{.session = alone, .reason = "Ill"});
  const SessionId late = lesson(seals, at(2026, 3, 4, 18));
  CHECK(clashing() == std::vector<std::int64_t>{first.value});
  studio.host().run(schedule::LeaveGroup{.group = dolphins, .client = maria});
  CHECK_NOTHROW(studio.host().run(request));
  CHECK(late);
}

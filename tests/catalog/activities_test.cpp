#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

AccountId trainer(TestDesk& desk, CentreId centre) {
  return desk.staff("Trainer", centre).run(access::Whoami{}).account->id;
}

ActivityId activity(TestDesk& desk, CentreId centre, const std::string& name) {
  return desk.host().run(catalog::CreateActivity{.centre = centre, .name = name}).id;
}

}  // namespace

TEST_CASE("an activity tells all that visitors and staff need", "[C5]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  SectionId section = host.run(catalog::CreateSection{.centre = centre, .name = "Cinema"}).id;
  CategoryId genre = host.run(catalog::CreateCategory{.name = "Drama"}).id;
  CategoryId second = host.run(catalog::CreateCategory{.name = "Poetry"}).id;
  AccountId lead = trainer(desk, centre);
  Date release{std::chrono::year{1965}, std::chrono::September, std::chrono::day{4}};
  catalog::Activity made = host.run(catalog::CreateActivity{
      .centre = centre,
      .section = section,
      .kind = catalog::ActivityKind::film,
      .name = " Тіні забутих предків ",
      .description = "Карпати",
      .categories = {genre, second},
      .duration_minutes = 97,
      .min_age = 12,
      .max_age = 99,
      .default_capacity = 120,
      .trainers = {lead},
      .release_date = release,
      .details = catalog::ActivityDetails{.director = "Сергій Параджанов",
                                          .cast = {"Іван Миколайчук", "Лариса Кадочникова"},
                                          .rating = "12+",
                                          .trailer = "https://example.org/t",
                                          .poster = "shadows.png",
                                          .attributes = {{"language", "uk"}}},
      .external_ref = "F-1"});
  CHECK(made.version == 1);
  CHECK(made.name == "Тіні забутих предків");
  CHECK(made.created_at == desk.clock.now());
  CHECK(made.active);
  CHECK_FALSE(made.average_review);

  catalog::Activity read = desk.anonymous().run(catalog::GetActivity{.activity = made.id});
  CHECK(read.section == section);
  CHECK(read.kind == catalog::ActivityKind::film);
  CHECK(read.description == "Карпати");
  CHECK(read.categories == std::vector<CategoryId>{genre, second});
  CHECK(read.duration_minutes == 97);
  CHECK(read.min_age == 12);
  CHECK(read.max_age == 99);
  CHECK(read.default_capacity == 120);
  CHECK(read.trainers == std::vector<AccountId>{lead});
  CHECK(read.release_date == release);
  REQUIRE(read.details);
  CHECK(*read.details == *made.details);
  CHECK(read.external_ref == "F-1");

  catalog::Activity simple = host.run(catalog::CreateActivity{.centre = centre, .name = "Pilates"});
  CHECK(simple.kind == catalog::ActivityKind::lesson);
  CHECK(simple.duration_minutes == 60);
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("an activity is changed in part", "[C5][E13]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  CategoryId sport = host.run(catalog::CreateCategory{.name = "Sport"}).id;
  AccountId lead = trainer(desk, centre);
  ActivityId id =
      host.run(catalog::CreateActivity{.centre = centre,
                                       .name = "Pilates",
                                       .description = "On the mat",
                                       .categories = {sport},
                                       .min_age = 18,
                                       .trainers = {lead},
                                       .details = catalog::ActivityDetails{.rating = "18+"}})
          .id;
  catalog::Activity changed =
      host.run(catalog::UpdateActivity{.activity = id,
                                       .version = 1,
                                       .kind = catalog::ActivityKind::private_lesson,
                                       .description = std::nullopt,
                                       .categories = std::vector<CategoryId>{},
                                       .duration_minutes = 45,
                                       .min_age = std::nullopt,
                                       .max_age = 60,
                                       .default_capacity = 1,
                                       .trainers = std::vector<AccountId>{},
                                       .details = catalog::ActivityDetails{},
                                       .active = false});
  CHECK(changed.version == 2);
  CHECK(changed.name == "Pilates");
  CHECK(changed.kind == catalog::ActivityKind::private_lesson);
  CHECK_FALSE(changed.description);
  CHECK(changed.categories.empty());
  CHECK(changed.duration_minutes == 45);
  CHECK_FALSE(changed.min_age);
  CHECK(changed.max_age == 60);
  CHECK(changed.default_capacity == 1);
  CHECK(changed.trainers.empty());
  CHECK_FALSE(changed.details);
  CHECK_FALSE(changed.active);
  auto refused = [&](const catalog::UpdateActivity& request) {
    return refusal([&] { host.run(request); });
  };
  CHECK(refused({.activity = id, .version = 1, .name = "X"}).reason() == "version_outdated");
  CHECK(refused({.activity = id, .name = std::nullopt}).reason() == "field_missing");
  CHECK(refused({.activity = id, .kind = std::nullopt}).field() == "kind");
  CHECK(refused({.activity = id, .duration_minutes = std::nullopt}).field() == "duration_minutes");
  CHECK(refused({.activity = id, .duration_minutes = 0}).reason() == "out_of_range");
  CHECK(refused({.activity = ActivityId{99}, .name = "X"}).reason() == "activity_not_found");
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("an activity goes by an age group or by ages of its own", "[C5][C4]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  AgeGroupId small =
      host.run(catalog::CreateAgeGroup{.name = "4–7", .min_age = 4, .max_age = 7}).id;
  Error both = refusal([&] {
    host.run(
        catalog::CreateActivity{.centre = centre, .name = "X", .age_group = small, .min_age = 5});
  });
  CHECK(both.reason() == "age_group_or_ages");
  CHECK(both.message() ==
        "An activity goes by an age group or by ages of its own: give one of the two.");
  catalog::Activity made =
      host.run(catalog::CreateActivity{.centre = centre, .name = "Ballet", .age_group = small});
  CHECK(made.min_age == 4);
  CHECK(made.max_age == 7);
  CHECK(refusal([&] {
          host.run(catalog::UpdateActivity{.activity = made.id, .max_age = 9});
        }).reason() == "age_group_or_ages");

  // Its ages follow the group.
  host.run(catalog::UpdateAgeGroup{.age_group = small, .max_age = 8});
  catalog::Activity followed = host.run(catalog::GetActivity{.activity = made.id});
  CHECK(followed.max_age == 8);
  CHECK(followed.version == 2);
  host.run(catalog::UpdateAgeGroup{.age_group = small, .name = "4–8"});
  CHECK(host.run(catalog::GetActivity{.activity = made.id}).version == 2);

  // An archived group stays where it is, and is refused where it is new.
  host.run(catalog::ArchiveAgeGroup{.age_group = small});
  CHECK(host.run(catalog::UpdateActivity{.activity = made.id, .name = "Dance"}).max_age == 8);
  CHECK(refusal([&] {
          host.run(catalog::CreateActivity{.centre = centre, .name = "X", .age_group = small});
        }).reason() == "age_group_archived");
  catalog::Activity own = host.run(
      catalog::UpdateActivity{.activity = made.id, .age_group = std::nullopt, .max_age = 10});
  CHECK_FALSE(own.age_group);
  CHECK(own.min_age == 4);
  CHECK(own.max_age == 10);
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("activities that cannot be are refused", "[C5]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  CentreId other = desk.centre("Beta");
  Caller host = desk.host();
  SectionId foreign = host.run(catalog::CreateSection{.centre = other, .name = "S"}).id;
  SectionId closed = host.run(catalog::CreateSection{.centre = centre, .name = "S"}).id;
  host.run(catalog::ArchiveSection{.section = closed});
  CategoryId old = host.run(catalog::CreateCategory{.name = "Old"}).id;
  CategoryId sport = host.run(catalog::CreateCategory{.name = "Sport"}).id;
  host.run(catalog::ArchiveCategory{.category = old});
  host.run(catalog::CreateActivity{.centre = centre, .name = "A", .external_ref = "A-1"});
  auto refused = [&](catalog::CreateActivity request) {
    request.centre = centre;
    if (request.name.empty()) request.name = "X";
    return refusal([&] { host.run(request); });
  };
  CHECK(refused({.name = " "}).reason() == "field_missing");
  CHECK(refused({.section = foreign}).reason() == "section_not_found");
  CHECK(refused({.section = SectionId{99}}).reason() == "section_not_found");
  CHECK(refused({.section = closed}).reason() == "section_archived");
  Error archived = refused({.categories = {sport, old}});
  CHECK(archived.reason() == "category_archived");
  CHECK(archived.field() == "categories[1]");
  CHECK(refused({.categories = {CategoryId{99}}}).reason() == "category_not_found");
  CHECK(refused({.categories = {sport, sport}}).reason() == "category_twice");
  CHECK(refused({.age_group = AgeGroupId{99}}).reason() == "age_group_not_found");
  CHECK(refused({.min_age = 8, .max_age = 7}).reason() == "ages_reversed");
  CHECK(refused({.default_capacity = 0}).reason() == "out_of_range");
  CHECK(refused({.external_ref = "A-1"}).reason() == "external_ref_taken");
  auto details = [&](const catalog::ActivityDetails& given) { return refused({.details = given}); };
  Error trailer = details({.trailer = "example.org"});
  CHECK(trailer.reason() == "web_malformed");
  CHECK(trailer.field() == "details.trailer");
  CHECK(details({.cast = {"A", " "}}).field() == "details.cast[1]");
  CHECK(details({.cast = {std::string(201, 'a')}}).reason() == "cast_name_too_long");
  CHECK(details({.attributes = {{"x", std::string(2001, 'a')}}}).reason() == "attribute_too_long");
  CHECK(details({.poster = std::string(64, 'a')}).reason() == "media_not_found");
  CHECK(refusal([&] {
          host.run(catalog::CreateActivity{.centre = CentreId{99}, .name = "X"});
        }).reason() == "centre_not_found");
  host.run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refused({}).reason() == "centre_archived");
}

TEST_CASE("who may lead an activity is a trainer of its centre", "[C5][A9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  CentreId other = desk.centre("Beta");
  Caller host = desk.host();
  AccountId own = trainer(desk, centre);
  AccountId everywhere = trainer(desk, {});
  AccountId foreign = trainer(desk, other);
  AccountId salesman = desk.staff("Salesman", centre).run(access::Whoami{}).account->id;
  ActivityId id = host.run(catalog::CreateActivity{
                               .centre = centre, .name = "Ballet", .trainers = {own, everywhere}})
                      .id;
  auto refused = [&](std::vector<AccountId> trainers) {
    return refusal([&] {
      host.run(catalog::UpdateActivity{.activity = id, .trainers = std::move(trainers)});
    });
  };
  Error stranger = refused({own, foreign});
  CHECK(stranger.code() == Code::not_found);
  CHECK(stranger.reason() == "trainer_not_found");
  CHECK(stranger.field() == "trainers[1]");
  CHECK(stranger.message() == "There is no such trainer at this centre.");
  CHECK(stranger.message() == refused({own, AccountId{9999}}).message());
  CHECK(refused({salesman}).reason() == "trainer_not_found");
  CHECK(refused({own, own}).reason() == "trainer_twice");

  // Whoever is no trainer there any more is no longer named.
  for (const auto& grant : host.run(access::RoleGrants{.account = own}).items) {
    host.run(access::RevokeRole{.grant = grant.id});
  }
  catalog::Activity left = host.run(catalog::GetActivity{.activity = id});
  CHECK(left.trainers == std::vector<AccountId>{everywhere});
  CHECK(left.version == 2);
  CHECK(host.run(catalog::Activities{.trainer = own}).items.empty());
  CHECK(host.run(catalog::Activities{.trainer = everywhere}).items.size() == 1);
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("a person who leads is told so, and forgotten when erased", "[C5][P9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  TestDesk::Customer person = desk.customer("Zlata");
  host.run(
      access::GrantRole{.account = person.account, .role = access::trainer_role, .centre = centre});
  ActivityId id = host.run(catalog::CreateActivity{
                               .centre = centre, .name = "Ballet", .trainers = {person.account}})
                      .id;
  people::PersonExport exported = host.run(people::Export{.client = person.client});
  CHECK(exported.json.find("\"trainer\":{\"activities\":[" + std::to_string(id.value) + "]}") !=
        std::string::npos);
  host.run(people::Erase{.client = person.client});
  CHECK(host.run(catalog::GetActivity{.activity = id}).trainers.empty());
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("an activity is archived and taken back", "[C5][C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  SectionId section = host.run(catalog::CreateSection{.centre = centre, .name = "S"}).id;
  ActivityId id =
      host.run(catalog::CreateActivity{.centre = centre, .section = section, .name = "A"}).id;
  CHECK(refusal([&] { host.run(catalog::RestoreActivity{.activity = id}); }).reason() ==
        "activity_in_use");
  catalog::Activity archived = host.run(catalog::ArchiveActivity{.activity = id, .version = 1});
  CHECK(archived.archived_at == desk.clock.now());
  CHECK_FALSE(archived.active);
  CHECK(refusal([&] { host.run(catalog::ArchiveActivity{.activity = id}); }).reason() ==
        "activity_archived");
  CHECK(refusal([&] { host.run(catalog::UpdateActivity{.activity = id, .name = "B"}); }).reason() ==
        "activity_archived");
  CHECK(host.run(catalog::Activities{}).items.empty());
  CHECK(host.run(catalog::Activities{.archived = true}).items.size() == 1);
  CHECK(desk.anonymous().run(catalog::Activities{.archived = true}).items.empty());
  CHECK(refusal([&] { desk.anonymous().run(catalog::GetActivity{.activity = id}); }).reason() ==
        "activity_not_found");

  host.run(catalog::ArchiveSection{.section = section});
  CHECK(refusal([&] { host.run(catalog::RestoreActivity{.activity = id}); }).reason() ==
        "section_archived");
  host.run(catalog::RestoreSection{.section = section});
  catalog::Activity restored = host.run(catalog::RestoreActivity{.activity = id});
  CHECK_FALSE(restored.archived_at);
  CHECK_FALSE(restored.active);
  CHECK(restored.version == 3);
  host.run(catalog::ArchiveActivity{.activity = id});
  host.run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refusal([&] { host.run(catalog::RestoreActivity{.activity = id}); }).reason() ==
        "centre_archived");
}

TEST_CASE("activities are changed by who manages their centre", "[C5][A9][E7]") {
  TestDesk desk;
  CentreId own = desk.centre("Alpha");
  CentreId foreign = desk.centre("Beta");
  Caller partner = desk.staff("Partner", own);
  ActivityId theirs = activity(desk, foreign, "Opera");
  ActivityId mine = partner.run(catalog::CreateActivity{.centre = own, .name = "Ballet"}).id;
  partner.run(catalog::UpdateActivity{.activity = mine, .active = false});
  Error stranger =
      refusal([&] { partner.run(catalog::UpdateActivity{.activity = theirs, .name = "X"}); });
  CHECK(stranger.reason() == "activity_not_found");
  CHECK(stranger.message() ==
        refusal([&] {
          partner.run(catalog::UpdateActivity{.activity = ActivityId{99}, .name = "X"});
        }).message());
  Error elsewhere =
      refusal([&] { partner.run(catalog::CreateActivity{.centre = foreign, .name = "X"}); });
  CHECK(elsewhere.reason() == "centre_not_found");
  CHECK(elsewhere.message() ==
        refusal([&] {
          partner.run(catalog::CreateActivity{.centre = CentreId{99}, .name = "X"});
        }).message());
  CHECK(refusal([&] { partner.run(catalog::ArchiveActivity{.activity = theirs}); }).reason() ==
        "activity_not_found");
  CHECK(refusal([&] {
          desk.customer().caller.run(catalog::UpdateActivity{.activity = mine, .name = "X"});
        }).code() == Code::denied);

  // What is not active only those see who manage it.
  CHECK(refusal([&] { desk.anonymous().run(catalog::GetActivity{.activity = mine}); }).reason() ==
        "activity_not_found");
  CHECK(partner.run(catalog::GetActivity{.activity = mine}).name == "Ballet");
  CHECK(desk.anonymous().run(catalog::Activities{}).items.size() == 1);
  CHECK(partner.run(catalog::Activities{}).items.size() == 2);
  CHECK(partner.run(catalog::Activities{.active = false}).items.size() == 1);

  events::Feed feed =
      partner.run(events::Since{.cursor = 0, .topics = {"catalog.activity_changed"}});
  CHECK(feed.items.size() == 2);
}

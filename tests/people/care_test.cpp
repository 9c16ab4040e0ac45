#include "people_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

namespace {

/// Two centres with a partner each; one client attends both, one each attends one.
struct TwoCentres {
  TestDesk desk{};
  CentreId one = desk.centre("One");
  CentreId two = desk.centre("Two");
  Caller first = desk.staff("Partner", one);
  Caller second = desk.staff("Partner", two);
  ClientId both = attends_both();
  ClientId only_first = client_of(desk, "First", "", one);
  ClientId only_second = client_of(desk, "Second", "", two);

  ClientId attends_both() {
    people::Client client = desk.host().run(
        people::CreateClient{.centre = one, .first_name = "Both", .external_ref = "both"});
    desk.host().run(people::Import{.csv = "external_ref,first_name\nboth,Both\n", .centre = two});
    return client.id;
  }
};

std::vector<std::string> texts(const Page<people::Note>& page) {
  std::vector<std::string> list;
  for (const people::Note& note : page.items) list.push_back(note.text);
  return list;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a partner sees only clients of their own centre", "[P8][A9]") {
  TwoCentres t;
  CHECK(ids_of(t.first.run(people::Clients{})) == std::vector<ClientId>{t.both, t.only_first});
  CHECK(told([&] { t.first.run(people::GetClient{.client = t.only_second}); }) ==
        "not_found/client_not_found at client");
  // Not even that a client attends another centre, too.
  CHECK(t.first.run(people::GetClient{.client = t.both}).centres == std::vector<CentreId>{t.one});
}

TEST_CASE("notes belong to a centre", "[P8]") {
  TwoCentres t;
  people::Note note = t.first.run(
      people::AddNote{.client = t.both, .centre = t.one, .text = "  Prefers the mornings. "});
  CHECK(note.text == "Prefers the mornings.");
  CHECK(note.author == account_of(t.first));
  CHECK(note.written_at == t.desk.clock.now());
  t.second.run(people::AddNote{.client = t.both, .centre = t.two, .text = "Pays late."});
  CHECK(texts(t.first.run(people::Notes{.client = t.both})) == Texts{"Prefers the mornings."});
  CHECK(texts(t.second.run(people::Notes{.client = t.both})) == Texts{"Pays late."});
  CHECK(texts(t.desk.host().run(people::Notes{.client = t.both})) ==
        Texts{"Pays late.", "Prefers the mornings."});
  CHECK(t.first.run(people::Notes{.client = t.both, .centre = t.two}).items.empty());

  auto add = [&](ClientId client, CentreId centre, const char* text) {
    return told(
        [&] { t.first.run(people::AddNote{.client = client, .centre = centre, .text = text}); });
  };
  CHECK(add(t.only_second, t.one, "x") == "not_found/client_not_found at client");
  CHECK(add(t.both, t.two, "x") == "not_found/centre_not_found at centre");
  CHECK(add(t.both, t.one, "  ") == "invalid/field_missing at text");
  CHECK(told([&] {
          t.desk.host().run(people::AddNote{.client = t.both, .centre = {99}, .text = "x"});
        }) == "not_found/centre_not_found at centre");

  auto archive = [&](const Caller& caller, std::optional<std::int64_t> version = {}) {
    return caller.run(people::ArchiveNote{.note = note.id, .version = version});
  };
  std::string foreign = told([&] { archive(t.second); });
  CHECK(foreign == "not_found/note_not_found at note");
  CHECK(foreign == told([&] { t.first.run(people::ArchiveNote{.note = {999}}); }));
  CHECK(told([&] { archive(t.first, 5); }) == "conflict/version_outdated at version");
  CHECK(archive(t.first, 1).archived_at == t.desk.clock.now());
  CHECK(told([&] { archive(t.first); }) == "conflict/note_archived at note");
  CHECK(t.first.run(people::Notes{.client = t.both}).items.empty());
  CHECK(t.first.run(people::Notes{.client = t.both, .archived = true}).items.size() == 1);
}

TEST_CASE("events of notes, tags and bars stay in their centre", "[P8][E7]") {
  TwoCentres t;
  t.first.run(people::AddNote{.client = t.both, .centre = t.one, .text = "x"});
  t.first.run(people::SetTags{.client = t.both, .centre = t.one, .tags = {"VIP"}});
  t.first.run(people::BarClient{.client = t.both, .centre = t.one, .reason = "x"});
  for (const char* topic : {"people.note_added", "people.tags_changed", "people.client_barred"}) {
    CAPTURE(topic);
    CHECK(events_of(t.first, topic).size() == 1);
    CHECK(events_of(t.second, topic).empty());
    CHECK(events_of(t.first, topic)[0].payload.find("VIP") == std::string::npos);
  }
}

TEST_CASE("clients see no notes, tags or bars", "[P8]") {
  TestDesk desk;
  auto customer = desk.customer();
  CHECK(told([&] { customer.caller.run(people::Notes{.client = customer.client}); }) ==
        "denied/permission_denied");
  CHECK(told([&] { customer.caller.run(people::Tags{.client = customer.client}); }) ==
        "denied/permission_denied");
  CHECK(told([&] { customer.caller.run(people::Bars{}); }) == "denied/permission_denied");
}

TEST_CASE("a trainer notes about assigned clients, for their own centre", "[P8][P4]") {
  TwoCentres t;
  Caller trainer = t.desk.staff("Trainer", t.one);
  t.desk.host().run(people::AssignTrainer{.client = t.both, .account = account_of(trainer)});
  people::Note note =
      trainer.run(people::AddNote{.client = t.both, .centre = t.one, .text = "Left knee."});
  t.second.run(people::AddNote{.client = t.both, .centre = t.two, .text = "Pays late."});
  CHECK(texts(trainer.run(people::Notes{.client = t.both})) == Texts{"Left knee."});
  CHECK(told([&] {
          trainer.run(people::AddNote{.client = t.both, .centre = t.two, .text = "x"});
        }) == "not_found/centre_not_found at centre");
  CHECK(told([&] {
          trainer.run(people::AddNote{.client = t.only_first, .centre = t.one, .text = "x"});
        }) == "not_found/client_not_found at client");
  t.desk.host().run(people::UnassignTrainer{.client = t.both, .account = account_of(trainer)});
  CHECK(told([&] { trainer.run(people::ArchiveNote{.note = note.id}); }) ==
        "not_found/note_not_found at note");
}

TEST_CASE("tags belong to a centre", "[P8]") {
  TwoCentres t;
  people::ClientTags tags = t.first.run(people::SetTags{
      .client = t.both, .centre = t.one, .tags = {"VIP", " Ранок ", "vip", "РАНОК"}});
  REQUIRE(tags.centres.size() == 1);
  CHECK(tags.centres[0].centre == t.one);
  CHECK(tags.centres[0].tags == Texts{"VIP", "Ранок"});
  t.second.run(people::SetTags{.client = t.both, .centre = t.two, .tags = {"debtor"}});
  CHECK(t.first.run(people::Tags{.client = t.both}).centres.size() == 1);
  CHECK(t.desk.host().run(people::Tags{.client = t.both}).centres.size() == 2);

  using Ids = std::vector<ClientId>;
  CHECK(ids_of(t.first.run(people::Clients{.tag = "РАНОК"})) == Ids{t.both});
  CHECK(ids_of(t.first.run(people::Clients{.tag = "debtor"})).empty());
  CHECK(ids_of(t.second.run(people::Clients{.tag = "debtor"})) == Ids{t.both});
  CHECK(ids_of(t.desk.host().run(people::Clients{.centre = t.one, .tag = "debtor"})).empty());
  auto customer = t.desk.customer();
  CHECK(ids_of(customer.caller.run(people::Clients{.tag = "vip"})).empty());

  // The same again is no change.
  std::size_t before = events_of(t.first, "people.tags_changed").size();
  t.first.run(people::SetTags{.client = t.both, .centre = t.one, .tags = {"Ранок", "VIP"}});
  CHECK(events_of(t.first, "people.tags_changed").size() == before);
  CHECK(t.first.run(people::SetTags{.client = t.both, .centre = t.one}).centres.empty());
  CHECK(told([&] {
          t.first.run(people::SetTags{
              .client = t.both, .centre = t.one, .tags = {"ok", std::string(51, 'x')}});
        }) == "invalid/tag_malformed at tags[1]");
  CHECK(told([&] {
          t.first.run(people::SetTags{.client = t.both, .centre = t.two, .tags = {"x"}});
        }) == "not_found/centre_not_found at centre");
}

TEST_CASE("a bar keeps a client from booking at a centre, for a while", "[P8]") {
  TwoCentres t;
  Instant until = t.desk.clock.now() + 24h;
  people::Bar bar = t.first.run(people::BarClient{
      .client = t.both, .centre = t.one, .until = until, .reason = "Three no-shows."});
  CHECK(bar.until == until);
  CHECK(bar.author == account_of(t.first));
  auto admission = [&](CentreId centre) {
    return t.desk.host().run(people::Admission{.client = t.both, .centre = centre});
  };
  CHECK(admission(t.one).barred);
  CHECK(admission(t.one).barred_until == until);
  CHECK_FALSE(admission(t.two).barred);
  CHECK(t.first.run(people::Bars{}).items.size() == 1);
  CHECK(t.second.run(people::Bars{}).items.empty());
  CHECK(t.second.run(people::Bars{.client = t.both}).items.empty());

  t.desk.clock += 24h;
  CHECK_FALSE(admission(t.one).barred);
  CHECK(t.first.run(people::Bars{}).items.empty());
  CHECK(t.first.run(people::Bars{.in_force = false}).items.size() == 1);

  // Without an end it lasts until it is lifted.
  people::Bar second =
      t.first.run(people::BarClient{.client = t.both, .centre = t.one, .reason = "Debt."});
  t.desk.clock += 24h;
  CHECK(admission(t.one).barred);
  CHECK_FALSE(admission(t.one).barred_until);
  std::string foreign = told([&] { t.second.run(people::LiftBar{.bar = second.id}); });
  CHECK(foreign == "not_found/bar_not_found at bar");
  CHECK(foreign == told([&] { t.second.run(people::LiftBar{.bar = {999}}); }));
  CHECK(told([&] { t.first.run(people::LiftBar{.bar = second.id, .version = 9}); }) ==
        "conflict/version_outdated at version");
  CHECK(t.first.run(people::LiftBar{.bar = second.id, .version = 1}).lifted_at ==
        t.desk.clock.now());
  CHECK_FALSE(admission(t.one).barred);
  CHECK(told([&] { t.first.run(people::LiftBar{.bar = second.id}); }) ==
        "conflict/bar_already_lifted at bar");
  CHECK(events_of(t.first, "people.bar_lifted").size() == 1);

  auto refused = [&](const people::BarClient& request) {
    return told([&] { t.first.run(request); });
  };
  CHECK(refused({.client = t.both, .centre = t.two, .reason = "x"}) ==
        "not_found/centre_not_found at centre");
  CHECK(refused({.client = t.only_second, .centre = t.one, .reason = "x"}) ==
        "not_found/client_not_found at client");
  CHECK(refused({.client = t.both, .centre = t.one, .until = t.desk.clock.now(), .reason = "x"}) ==
        "invalid/until_in_past at until");
  CHECK(refused({.client = t.both, .centre = t.one, .reason = " "}) ==
        "invalid/field_missing at reason");
  // A customer learns that they are barred, not why; staff of another centre nothing.
  CHECK(told([&] { t.second.run(people::Admission{.client = t.both, .centre = t.one}); }) ==
        "not_found/centre_not_found at centre");
}

TEST_CASE("clients have favourites", "[P6]") {
  TestDesk desk;
  CentreId one = desk.centre("One");
  CentreId two = desk.centre("Two");
  auto customer = desk.customer();
  auto add = [&](CentreId centre) {
    return customer.caller.run(
        people::AddFavourite{.client = customer.client, .subject = centre.value});
  };
  Instant since = desk.clock.now();
  CHECK(add(one).added_at == since);
  desk.clock += 1min;
  add(two);
  CHECK(add(one).added_at == since);  // it was there
  Page<people::Favourite> page = customer.caller.run(people::Favourites{.client = customer.client});
  REQUIRE(page.items.size() == 2);
  CHECK(page.items[0].subject == two.value);
  CHECK(page.items[1].subject == one.value);

  CHECK(told([&] { add({77}); }) == "not_found/centre_not_found at subject");
  CHECK(told([&] {
          customer.caller.run(people::AddFavourite{
              .client = customer.client, .kind = people::FavouriteKind::activity, .subject = 1});
        }) == "unsupported/favourite_kind_unsupported at kind");
  CHECK(told([&] {
          desk.customer().caller.run(
              people::AddFavourite{.client = customer.client, .subject = one.value});
        }) == "not_found/client_not_found at client");
  desk.host().run(upkeep::ChangeSetting{.name = "people.favourites_max", .value = 2});
  CHECK(told([&] { add(desk.centre("Three")); }) == "conflict/favourites_too_many at client");
  CHECK(add(one).added_at == since);  // what is there stays, also at the limit
  customer.caller.run(people::RemoveFavourite{.client = customer.client, .subject = one.value});
  CHECK(customer.caller.run(people::Favourites{.client = customer.client}).items.size() == 1);
}

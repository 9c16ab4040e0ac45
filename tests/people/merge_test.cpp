#include "people_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

TEST_CASE("likely duplicates are suggested", "[P7]") {
  TestDesk desk;
  Caller host = desk.host();
  auto add = [&](const people::CreateClient& request) { return host.run(request).id; };
  ClientId one =
      add({.first_name = "Марія", .last_name = "Коваль", .birth_date = day(2019, 5, 14)});
  ClientId two =
      add({.first_name = "КОВАЛЬ", .last_name = "марія", .birth_date = day(2019, 5, 14)});
  add({.first_name = "Марія", .last_name = "Коваль", .birth_date = day(2018, 5, 14)});
  ClientId old =
      add({.first_name = "Ольга", .email = "olha@mail.example", .phone = "+380671112233"});
  host.run(people::ArchiveClient{.client = old});
  ClientId young =
      add({.first_name = "Оля", .email = "OLHA@mail.example", .phone = "+380 67 111 22 33"});

  Page<people::DuplicatePair> page = host.run(people::Duplicates{});
  REQUIRE(page.items.size() == 2);
  CHECK(page.items[0].client == one);
  CHECK(page.items[0].duplicate == two);
  CHECK(page.items[0].same_name_and_birth_date);
  CHECK_FALSE(page.items[0].same_phone);
  CHECK(page.items[0].client_name == "Марія Коваль");
  CHECK(page.items[1].client == old);
  CHECK(page.items[1].duplicate == young);
  CHECK(page.items[1].same_phone);
  CHECK(page.items[1].same_email);

  Page<people::DuplicatePair> first = host.run(people::Duplicates{.limit = 1});
  REQUIRE(first.next);
  CHECK(host.run(people::Duplicates{.cursor = first.next, .limit = 1}).items[0].client == old);

  host.run(people::Merge{.keep = one, .duplicate = two});
  CHECK(host.run(people::Duplicates{}).items.size() == 1);
  // Staff of a centre are told only of pairs of which they may see both.
  CHECK(desk.staff("Moderator", desk.centre()).run(people::Duplicates{}).items.empty());
}

TEST_CASE("merging moves everything", "[P7]") {
  TestDesk desk;
  Caller host = desk.host();
  CentreId centre = desk.centre("One");
  CentreId second = desk.centre("Two");
  people::Client keep = host.run(people::CreateClient{.centre = centre,
                                                      .first_name = "Олена",
                                                      .last_name = "Коваль",
                                                      .phone = "+380671234567",
                                                      .notes = "коліно",
                                                      .attributes = {{"locker", "1"}}});
  desk.clock += std::chrono::hours{1};
  auto twin = desk.customer("Olena");
  Caller trainer = desk.staff("Trainer", second);
  ClientId child =
      twin.caller.run(people::AddDependant{.guardian = twin.client, .first_name = "Марія"}).id;
  host.run(people::UpdateClient{
      .client = twin.client,
      .phone = "+380991112233",
      .city = "Київ",
      .notes = "спина",
      .allergies = "горіхи",
      .attributes = std::map<std::string, std::string>{{"locker", "2"}, {"shoe", "38"}},
      .external_ref = "T-1"});
  host.run(people::Import{.csv = "external_ref,first_name\nT-1,Olena\n", .centre = second});
  host.run(people::AssignTrainer{.client = twin.client, .account = account_of(trainer)});
  host.run(people::AddNote{.client = twin.client, .centre = second, .text = "пунктуальна"});
  host.run(people::SetTags{.client = keep.id, .centre = centre, .tags = {"VIP"}});
  host.run(people::SetTags{.client = twin.client, .centre = second, .tags = {"ранок"}});
  host.run(people::BarClient{.client = twin.client, .centre = second, .reason = "борг"});
  host.run(people::RecordConsent{.client = twin.client, .kind = "photos", .text_version = "1"});
  host.run(people::AddFavourite{.client = twin.client, .subject = centre.value});
  host.run(people::SignWaiver{.client = child, .centre = second, .signed_by = twin.client});

  people::Client merged = host.run(people::Merge{.keep = keep.id, .duplicate = twin.client});
  CHECK(merged.phone == "+380671234567");
  CHECK(merged.city == "Київ");
  CHECK(merged.notes == "коліно\nспина");
  CHECK(merged.allergies == "горіхи");
  CHECK(merged.attributes == std::map<std::string, std::string>{{"locker", "1"}, {"shoe", "38"}});
  CHECK(merged.external_ref == "T-1");
  CHECK(merged.registered_at == keep.registered_at);
  CHECK(merged.email == twin.email);

  people::ClientView view = host.run(people::GetClient{.client = keep.id});
  CHECK(view.account == twin.account);
  CHECK(view.centres == std::vector<CentreId>{centre, second});
  CHECK(host.run(people::Family{.client = keep.id}).dependants[0].client == child);
  CHECK(host.run(people::Notes{.client = keep.id}).items.size() == 1);
  CHECK(host.run(people::Tags{.client = keep.id}).centres.size() == 2);
  CHECK(host.run(people::Bars{.client = keep.id}).items.size() == 1);
  CHECK(host.run(people::Consents{.client = keep.id}).items.size() == 1);
  CHECK(host.run(people::Favourites{.client = keep.id}).items.size() == 1);
  CHECK(host.run(people::Waivers{.client = child}).items[0].signed_by == keep.id);
  CHECK(host.run(people::Cabinet{.client = keep.id}).trainers.size() == 1);
  CHECK(twin.caller.run(people::GetClient{.client = child}).client.first_name == "Марія");

  people::Client duplicate = host.run(people::GetClient{.client = twin.client}).client;
  CHECK(duplicate.merged_into == keep.id);
  CHECK(duplicate.archived_at);
  CHECK(host.run(people::Notes{.client = twin.client}).items.empty());
  CHECK(events_of(host, "people.clients_merged").size() == 1);
  CHECK(told([&] { host.run(people::UpdateClient{.client = twin.client, .city = "Львів"}); }) ==
        "conflict/client_merged at client");
  CHECK(told([&] { host.run(people::RestoreClient{.client = twin.client}); }) ==
        "conflict/client_merged at client");
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("what merging refuses changes nothing", "[P7]") {
  TestDesk desk;
  Caller host = desk.host();
  CentreId centre = desk.centre();
  ClientId keep = client_of(desk, "Olena", "", centre);
  ClientId other = client_of(desk, "Olena");
  auto merge = [&](const Caller& caller, ClientId a, ClientId b) {
    return told([&] { caller.run(people::Merge{.keep = a, .duplicate = b}); });
  };
  CHECK(merge(host, keep, keep) == "invalid/merge_with_itself at duplicate");
  CHECK(merge(host, keep, {9'999}) == "not_found/client_not_found at duplicate");
  CHECK(merge(desk.staff("Moderator", centre), keep, other) ==
        "not_found/client_not_found at duplicate");
  CHECK(merge(desk.customer().caller, keep, other) == "denied/permission_denied");
  ClientId child = host.run(people::AddDependant{.guardian = keep, .first_name = "Марія"}).id;
  CHECK(merge(host, keep, child) == "conflict/merge_of_relatives at duplicate");
  CHECK(merge(host, child, keep) == "conflict/merge_of_relatives at duplicate");
  CHECK(told([&] { host.run(people::Merge{.keep = keep, .duplicate = other, .version = 7}); }) ==
        "conflict/version_outdated at version");
  host.run(people::Merge{.keep = keep, .duplicate = other});
  ClientId third = client_of(desk, "Olena");
  CHECK(merge(host, third, other) == "conflict/client_merged at duplicate");
  host.run(people::ArchiveClient{.client = third});
  CHECK(merge(host, third, keep) == "conflict/client_archived at keep");
  CHECK_FALSE(host.run(people::GetClient{.client = keep}).client.archived_at);
}

TEST_CASE("of two accounts the one of the client who stays signs in", "[P7]") {
  TestDesk desk;
  auto keep = desk.customer("Olena");
  auto duplicate = desk.customer("Olena");
  desk.host().run(people::Merge{.keep = keep.client, .duplicate = duplicate.client});
  CHECK(desk.host().run(people::GetClient{.client = keep.client}).account == keep.account);
  CHECK(keep.caller.run(access::Whoami{}).account->id == keep.account);
  CHECK(refusal([&] { duplicate.caller.run(people::Clients{}); }).code() == Code::unauthenticated);
}

#include "people_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

namespace {

std::vector<ClientId> ids(const std::vector<people::Relative>& relatives) {
  std::vector<ClientId> list;
  for (const people::Relative& relative : relatives) list.push_back(relative.client);
  return list;
}

people::AddDependant maria(ClientId guardian) {
  return {.guardian = guardian,
          .first_name = "Марія",
          .birth_date = day(2019, 5, 14),
          .sex = people::Sex::female,
          .allergies = "горіхи",
          .pick_up = {
              {.name = "Ганна Коваль", .phone = "+380 67 765 43 21", .relation = "grandmother"}}};
}

}  // namespace

TEST_CASE("a guardian enters a child and manages it", "[P2]") {
  TestDesk desk;
  auto mother = desk.customer("Olena");
  people::Client child = mother.caller.run(maria(mother.client));
  CHECK(child.last_name == "Koval");
  CHECK(child.language == "en");
  CHECK(child.allergies == "горіхи");
  REQUIRE(child.pick_up.size() == 1);
  CHECK(child.pick_up[0].phone == "+380677654321");

  people::FamilyMembers family = mother.caller.run(people::Family{.client = mother.client});
  CHECK(ids(family.dependants) == std::vector<ClientId>{child.id});
  CHECK(family.dependants[0].age == 6);
  CHECK(family.guardians.empty());
  CHECK(ids(mother.caller.run(people::Family{.client = child.id}).guardians) ==
        std::vector<ClientId>{mother.client});

  people::Client changed = mother.caller.run(people::UpdateClient{
      .client = child.id,
      .allergies = std::nullopt,
      .pick_up = std::vector<people::PickUpPerson>{{.name = "Петро"}, {.name = "Ганна"}}});
  CHECK_FALSE(changed.allergies);
  CHECK(changed.pick_up.size() == 2);
  CHECK(told([&] {
          mother.caller.run(
              people::UpdateClient{.client = child.id,
                                   .pick_up = std::vector<people::PickUpPerson>{
                                       {.name = "Петро"}, {.name = "Ганна", .phone = "-"}}});
        }) == "invalid/phone_malformed at pick_up[1].phone");
  CHECK(ids_of(mother.caller.run(people::Clients{})) ==
        std::vector<ClientId>{mother.client, child.id});
  auto event = events_of(mother.caller, "people.dependant_added").back();
  CHECK(event.client == child.id);

  auto stranger = desk.customer("Taras");
  CHECK(told([&] { stranger.caller.run(people::GetClient{.client = child.id}); }) ==
        "not_found/client_not_found at client");
  CHECK(told([&] { stranger.caller.run(maria(mother.client)); }) ==
        "not_found/client_not_found at guardian");
  CHECK(ids_of(stranger.caller.run(people::Clients{})) == std::vector<ClientId>{stranger.client});
}

TEST_CASE("what adding a dependant refuses", "[P2]") {
  TestDesk desk;
  Caller host = desk.host();
  ClientId teenager =
      host.run(people::CreateClient{.first_name = "Ivan", .birth_date = day(2010, 1, 1)}).id;
  CHECK(told([&] { host.run(maria(teenager)); }) == "invalid/guardian_too_young at guardian");
  ClientId adult = client_of(desk, "Olena");
  people::AddDependant request = maria(adult);
  request.birth_date = day(2027, 1, 1);
  CHECK(told([&] { host.run(request); }) == "invalid/birth_date_in_future at birth_date");
  request = maria(adult);
  request.first_name = " ";
  CHECK(told([&] { host.run(request); }) == "invalid/field_missing at first_name");
  host.run(upkeep::ChangeSetting{.name = "people.dependants_max", .value = 1});
  host.run(maria(adult));
  CHECK(told([&] { host.run(maria(adult)); }) == "conflict/dependants_too_many at guardian");
  host.run(people::ArchiveClient{.client = adult});
  CHECK(told([&] { host.run(maria(adult)); }) == "conflict/client_archived at guardian");
}

TEST_CASE("a second guardian needs to be known", "[P2][A9]") {
  TestDesk desk;
  auto mother = desk.customer("Olena");
  auto father = desk.customer("Taras");
  ClientId child = mother.caller.run(maria(mother.client)).id;

  // An id alone tells nothing, not even whether somebody has it.
  std::string foreign = told(
      [&] { mother.caller.run(people::AddGuardian{.client = child, .guardian = father.client}); });
  CHECK(foreign == "not_found/client_not_found at guardian");
  CHECK(foreign == told([&] {
          mother.caller.run(people::AddGuardian{.client = child, .guardian = {99'999}});
        }));
  CHECK(foreign == told([&] {
          mother.caller.run(people::AddGuardian{
              .client = child, .guardian = father.client, .email = "guess@mail.example"});
        }));

  people::FamilyMembers family = mother.caller.run(
      people::AddGuardian{.client = child, .guardian = father.client, .email = father.email});
  CHECK(ids(family.guardians) == std::vector<ClientId>{mother.client, father.client});
  CHECK(father.caller.run(people::GetClient{.client = child}).client.first_name == "Марія");
  CHECK(events_of(desk.host(), "people.guardian_added").size() == 1);
  // Adding who is there changes nothing.
  desk.host().run(people::AddGuardian{.client = child, .guardian = father.client});
  CHECK(events_of(desk.host(), "people.guardian_added").size() == 1);
}

TEST_CASE("nobody guards themselves, not even through others", "[P2]") {
  TestDesk desk;
  Caller host = desk.host();
  ClientId one = client_of(desk, "Anna");
  ClientId two = client_of(desk, "Berta");
  ClientId three = client_of(desk, "Clara");
  host.run(people::AddGuardian{.client = two, .guardian = one});
  host.run(people::AddGuardian{.client = three, .guardian = two});
  CHECK(told([&] { host.run(people::AddGuardian{.client = one, .guardian = one}); }) ==
        "conflict/guardian_circle at guardian");
  CHECK(told([&] { host.run(people::AddGuardian{.client = one, .guardian = three}); }) ==
        "conflict/guardian_circle at guardian");
  host.run(upkeep::ChangeSetting{.name = "people.guardians_max", .value = 1});
  CHECK(told([&] { host.run(people::AddGuardian{.client = three, .guardian = one}); }) ==
        "conflict/guardians_too_many at client");
  host.run(upkeep::ChangeSetting{.name = "people.guardians_max", .value = 10});
  ClientId boy =
      host.run(people::CreateClient{.first_name = "Ivan", .birth_date = day(2012, 1, 1)}).id;
  CHECK(told([&] { host.run(people::AddGuardian{.client = one, .guardian = boy}); }) ==
        "invalid/guardian_too_young at guardian");
}

TEST_CASE("a child keeps at least one guardian", "[P2]") {
  TestDesk desk;
  Caller host = desk.host();
  auto mother = desk.customer("Olena");
  ClientId father = client_of(desk, "Taras");
  ClientId child = mother.caller.run(maria(mother.client)).id;
  CHECK(told([&] {
          mother.caller.run(people::RemoveGuardian{.client = child, .guardian = mother.client});
        }) == "conflict/last_guardian at guardian");
  CHECK(told([&] {
          mother.caller.run(people::RemoveGuardian{.client = child, .guardian = father});
        }) == "not_found/guardian_not_found at guardian");
  host.run(people::AddGuardian{.client = child, .guardian = father});
  people::FamilyMembers family =
      mother.caller.run(people::RemoveGuardian{.client = child, .guardian = mother.client});
  CHECK(ids(family.guardians) == std::vector<ClientId>{father});
  // From then on the child is a stranger's.
  CHECK(told([&] { mother.caller.run(people::GetClient{.client = child}); }) ==
        "not_found/client_not_found at client");

  // Grown up, the dependant may do without.
  desk.clock += std::chrono::hours{24 * 366 * 12};
  host.run(people::RemoveGuardian{.client = child, .guardian = father});
  CHECK(host.run(people::Family{.client = child}).guardians.empty());
  CHECK(events_of(host, "people.guardian_removed").size() == 2);
}

TEST_CASE("a child needs a signed waiver where a centre asks for one", "[P2]") {
  TestDesk desk;
  Caller host = desk.host();
  CentreId centre = desk.centre();
  auto mother = desk.customer("Olena");
  ClientId child = mother.caller.run(maria(mother.client)).id;
  auto missing = [&](ClientId client) {
    return mother.caller.run(people::Admission{.client = client, .centre = centre}).waiver_missing;
  };
  CHECK_FALSE(missing(child));
  host.run(upkeep::ChangeSetting{.name = "people.waiver_required", .centre = centre, .value = 1});
  CHECK(missing(child));
  CHECK_FALSE(missing(mother.client));

  auto sign = [&](ClientId signer, CentreId where) {
    return mother.caller.run(
        people::SignWaiver{.client = child, .centre = where, .signed_by = signer});
  };
  CHECK(told([&] { sign(child, centre); }) == "conflict/signer_not_guardian at signed_by");
  CHECK(told([&] { sign(client_of(desk, "X"), centre); }) ==
        "conflict/signer_not_guardian at signed_by");
  CHECK(told([&] { sign(mother.client, {77}); }) == "not_found/centre_not_found at centre");
  people::Waiver waiver = sign(mother.client, centre);
  CHECK(waiver.signed_by == mother.client);
  CHECK(waiver.signed_at == desk.clock.now());
  CHECK_FALSE(missing(child));

  // A newer text needs to be signed anew.
  host.run(
      upkeep::ChangeSetting{.name = "people.waiver_text_version", .centre = centre, .value = 2});
  CHECK(missing(child));
  mother.caller.run(people::SignWaiver{
      .client = child, .centre = centre, .signed_by = mother.client, .text_version = 2});
  CHECK_FALSE(missing(child));
  CHECK(mother.caller.run(people::Waivers{.client = child}).items.size() == 2);
  CHECK(events_of(mother.caller, "people.waiver_signed").size() == 2);

  // Staff sign for their own centre only.
  CentreId elsewhere = desk.centre("Elsewhere");
  Caller moderator = desk.staff("Moderator", elsewhere);
  CHECK(told([&] {
          moderator.run(
              people::SignWaiver{.client = child, .centre = elsewhere, .signed_by = mother.client});
        }) == "not_found/client_not_found at client");
}

TEST_CASE("a trainer sees the clients assigned to them", "[P4]") {
  TestDesk desk;
  Caller host = desk.host();
  CentreId centre = desk.centre();
  Caller trainer = desk.staff("Trainer", centre);
  Caller moderator = desk.staff("Moderator", centre);
  AccountId account = account_of(trainer);
  ClientId assigned = client_of(desk, "Olena", "Koval", centre);
  ClientId other = client_of(desk, "Taras", "Bondar", centre);
  CHECK(trainer.run(people::Clients{}).items.empty());

  moderator.run(people::AssignTrainer{.client = assigned, .account = account});
  moderator.run(people::AssignTrainer{.client = assigned, .account = account});
  CHECK(ids_of(trainer.run(people::Clients{})) == std::vector<ClientId>{assigned});
  CHECK(trainer.run(people::GetClient{.client = assigned}).client.first_name == "Olena");
  CHECK(told([&] { trainer.run(people::GetClient{.client = other}); }) ==
        "not_found/client_not_found at client");
  CHECK(ids_of(moderator.run(people::Clients{.trainer = account})) ==
        std::vector<ClientId>{assigned});
  CHECK(events_of(host, "people.trainer_assigned").size() == 1);
  CHECK(host.run(people::Cabinet{.client = assigned}).trainers == std::vector<AccountId>{account});

  moderator.run(people::UnassignTrainer{.client = assigned, .account = account});
  CHECK(trainer.run(people::Clients{}).items.empty());
  CHECK(events_of(host, "people.trainer_unassigned").size() == 1);

  AccountId foreign = account_of(desk.staff("Trainer", desk.centre("Elsewhere")));
  CHECK(told([&] {
          moderator.run(people::AssignTrainer{.client = assigned, .account = foreign});
        }) == "not_found/account_not_found at account");
  CHECK(told([&] {
          moderator.run(people::AssignTrainer{.client = assigned, .account = {9'999}});
        }) == "not_found/account_not_found at account");
  CHECK(told([&] { trainer.run(people::AssignTrainer{.client = assigned, .account = account}); }) ==
        "denied/permission_denied");
}

TEST_CASE("the cabinet shows a client everything at one glance", "[P5]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  auto mother = desk.customer("Olena");
  ClientId child = mother.caller.run(maria(mother.client)).id;
  mother.caller.run(people::AddFavourite{.client = mother.client, .subject = centre.value});
  people::CabinetContents cabinet = mother.caller.run(people::Cabinet{.client = mother.client});
  CHECK(cabinet.profile.client.first_name == "Olena");
  CHECK(cabinet.profile.account == mother.account);
  CHECK(ids(cabinet.family.dependants) == std::vector<ClientId>{child});
  CHECK(cabinet.favourites == 1);
  CHECK(mother.caller.run(people::Cabinet{.client = child}).profile.age == 6);
  CHECK(told([&] { desk.customer().caller.run(people::Cabinet{.client = mother.client}); }) ==
        "not_found/client_not_found at client");
}

TEST_CASE("staff of a centre see the child that they enter", "[P2][P8]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  CentreId elsewhere = desk.centre("Elsewhere");
  Caller partner = desk.staff("Partner", centre);
  ClientId mother = client_of(desk, "Olena", "Koval", centre);
  desk.host().run(people::Import{.csv = "first_name,last_name,phone\nX,,\n", .centre = elsewhere});
  ClientId child = partner.run(maria(mother)).id;
  people::ClientView view = partner.run(people::GetClient{.client = child});
  CHECK(view.centres == std::vector<CentreId>{centre});
}

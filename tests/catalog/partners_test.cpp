#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using catalog::ApplicationStatus;
using testing::refusal;
using testing::TestDesk;

namespace {

catalog::ProposedCentre little_stars() {
  return {.name = "Little Stars", .city = "Lviv", .zone = "Europe/Kyiv", .currency = "UAH"};
}

bool manages(const Caller& caller, CentreId centre) {
  return static_cast<bool>(
      caller.try_run(catalog::UpdateCentre{.centre = centre, .subtitle = "ours"}));
}

catalog::Application the_application(const Caller& caller) {
  Page<catalog::Application> page = caller.run(catalog::Applications{});
  REQUIRE(page.items.size() == 1);
  return page.items[0];
}

}  // namespace

TEST_CASE("a customer applies for a centre; nothing is granted until an Admin activates", "[A10]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  CentreId other = desk.centre("Beta");
  TestDesk::Customer olena = desk.customer();
  Caller admin = desk.admin();

  catalog::Application made =
      olena.caller.run(catalog::ApplyAsPartner{.centre = centre, .message = " Давайте разом "});
  CHECK(made.version == 1);
  CHECK(made.account == olena.account);
  CHECK(made.centre == centre);
  CHECK_FALSE(made.proposed);
  CHECK(made.message == "Давайте разом");
  CHECK(made.status == ApplicationStatus::pending);
  CHECK_FALSE(manages(olena.caller, centre));

  desk.clock += std::chrono::minutes{5};
  catalog::DecidedApplications decided =
      admin.run(catalog::ActivatePartners{.applications = {made.id}});
  REQUIRE(decided.applications.size() == 1);
  CHECK(decided.applications[0].status == ApplicationStatus::active);
  CHECK(decided.applications[0].decided_at == desk.clock.now());
  CHECK(decided.applications[0].decided_by);
  CHECK(manages(olena.caller, centre));
  CHECK_FALSE(manages(olena.caller, other));

  admin.run(catalog::DeactivatePartner{.application = made.id, .reason = "договір закінчився"});
  CHECK_FALSE(manages(olena.caller, centre));  // at once, in the same session
  catalog::Application inactive = the_application(olena.caller);
  CHECK(inactive.status == ApplicationStatus::inactive);
  CHECK(inactive.reason == "договір закінчився");

  admin.run(catalog::ActivatePartners{.applications = {made.id}});
  CHECK(manages(olena.caller, centre));
}

TEST_CASE("a proposed centre is entered inactive and opens with its partner", "[A10]") {
  TestDesk desk;
  TestDesk::Customer olena = desk.customer();
  catalog::Application made = olena.caller.run(catalog::ApplyAsPartner{.proposed = little_stars()});
  CHECK(made.proposed);
  catalog::Centre centre = desk.host().run(catalog::GetCentre{.centre = made.centre});
  CHECK(centre.name == "Little Stars");
  CHECK(centre.manager == olena.account);
  CHECK_FALSE(centre.active);
  CHECK(desk.anonymous().run(catalog::Centres{}).items.empty());
  CHECK(refusal([&] { olena.caller.run(catalog::GetCentre{.centre = made.centre}); }).reason() ==
        "centre_not_found");
  CHECK_FALSE(manages(olena.caller, made.centre));

  desk.admin().run(catalog::ActivatePartners{.applications = {made.id}});
  CHECK(desk.anonymous().run(catalog::GetCentre{.centre = made.centre}).active);
  CHECK(manages(olena.caller, made.centre));

  // A partner who closed the centre finds it closed when they come back.
  olena.caller.run(catalog::UpdateCentre{.centre = made.centre, .active = false});
  desk.host().run(catalog::DeactivatePartner{.application = made.id});
  desk.host().run(catalog::ActivatePartners{.applications = {made.id}});
  CHECK_FALSE(olena.caller.run(catalog::GetCentre{.centre = made.centre}).active);
}

TEST_CASE("activating is done in bulk, all or nothing", "[A10][E2]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TestDesk::Customer olena = desk.customer("Olena");
  TestDesk::Customer ihor = desk.customer("Ihor");
  ApplicationId first = olena.caller.run(catalog::ApplyAsPartner{.centre = centre}).id;
  ApplicationId second = ihor.caller.run(catalog::ApplyAsPartner{.proposed = little_stars()}).id;

  Error unknown = refusal([&] {
    desk.host().run(catalog::ActivatePartners{.applications = {first, second, ApplicationId{99}}});
  });
  CHECK(unknown.code() == Code::not_found);
  CHECK(unknown.reason() == "application_not_found");
  CHECK(unknown.field() == "applications[2]");
  CHECK_FALSE(manages(olena.caller, centre));
  CHECK(the_application(olena.caller).status == ApplicationStatus::pending);

  Error twice =
      refusal([&] { desk.host().run(catalog::ActivatePartners{.applications = {first, first}}); });
  CHECK(twice.reason() == "application_decided");
  CHECK(twice.field() == "applications[1]");
  CHECK(std::get<std::string>(twice.details().at("status")) == "active");
  CHECK_FALSE(manages(olena.caller, centre));

  CHECK(desk.host()
            .run(catalog::ActivatePartners{.applications = {first, second}})
            .applications.size() == 2);
  CHECK(manages(olena.caller, centre));
  CHECK(manages(ihor.caller, the_application(ihor.caller).centre));
  CHECK(refusal([&] { desk.host().run(catalog::ActivatePartners{.applications = {}}); }).reason() ==
        "size_out_of_range");
}

TEST_CASE("applications that cannot be are refused", "[A10]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TestDesk::Customer olena = desk.customer();
  auto refused = [&](const catalog::ApplyAsPartner& request) {
    return refusal([&] { olena.caller.run(request); });
  };
  CHECK(refused({}).reason() == "centre_or_proposal");
  CHECK(refused({.centre = centre, .proposed = little_stars()}).reason() == "centre_or_proposal");
  CHECK(refused({.centre = CentreId{99}}).reason() == "centre_not_found");

  catalog::ProposedCentre wrong = little_stars();
  wrong.zone = "Lviv";
  Error zone = refused({.proposed = wrong});
  CHECK(zone.reason() == "zone_unknown");
  CHECK(zone.field() == "proposed.zone");
  CHECK(desk.host().run(catalog::Centres{}).items.size() == 1);

  CentreId hidden = desk.centre("Beta");
  desk.host().run(catalog::UpdateCentre{.centre = hidden, .active = false});
  CHECK(refused({.centre = hidden}).reason() == "centre_not_found");

  ApplicationId first = olena.caller.run(catalog::ApplyAsPartner{.centre = centre}).id;
  Error again = refused({.centre = centre});
  CHECK(again.code() == Code::conflict);
  CHECK(again.reason() == "already_applied");
  CHECK(std::get<std::int64_t>(again.details().at("application")) == first.value);
  CHECK(again.message() == "You applied for this centre already (application 1).");
  desk.host().run(catalog::ActivatePartners{.applications = {first}});
  CHECK(refused({.centre = centre}).reason() == "already_applied");
  desk.host().run(catalog::DeactivatePartner{.application = first});
  CHECK(refused({.centre = centre}).reason() == "already_applied");

  CHECK(refusal([&] { desk.anonymous().run(catalog::ApplyAsPartner{.centre = centre}); }).code() ==
        Code::unauthenticated);
  CHECK(refusal([&] { desk.host().run(catalog::ApplyAsPartner{.centre = centre}); }).reason() ==
        "account_needed");
  Error staff =
      refusal([&] { desk.staff("Salesman").run(catalog::ApplyAsPartner{.centre = centre}); });
  CHECK(staff.code() == Code::denied);
  CHECK(staff.reason() == "customers_only");
}

TEST_CASE("only so many applications of one account wait", "[A10]") {
  TestDesk desk;
  TestDesk::Customer olena = desk.customer();
  for (int i = 0; i < 5; ++i) {
    olena.caller.run(catalog::ApplyAsPartner{.proposed = little_stars()});
  }
  Error sixth =
      refusal([&] { olena.caller.run(catalog::ApplyAsPartner{.proposed = little_stars()}); });
  CHECK(sixth.code() == Code::conflict);
  CHECK(sixth.reason() == "too_many_applications");
  CHECK(std::get<std::int64_t>(sixth.details().at("most")) == 5);
  desk.host().run(upkeep::ChangeSetting{.name = "catalog.applications_pending_max", .value = 6});
  olena.caller.run(catalog::ApplyAsPartner{.proposed = little_stars()});
}

TEST_CASE("a declined application is over; a new one may follow", "[A10]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TestDesk::Customer olena = desk.customer();
  ApplicationId chosen = olena.caller.run(catalog::ApplyAsPartner{.centre = centre}).id;
  catalog::Application proposed =
      olena.caller.run(catalog::ApplyAsPartner{.proposed = little_stars()});

  CHECK(refusal([&] {
          desk.host().run(catalog::DeclinePartner{.application = chosen, .reason = " "});
        }).reason() == "field_missing");
  catalog::Application declined = desk.admin().run(
      catalog::DeclinePartner{.application = chosen, .reason = "Центр уже має партнера"});
  CHECK(declined.status == ApplicationStatus::declined);
  CHECK(declined.reason == "Центр уже має партнера");
  Error again = refusal(
      [&] { desk.host().run(catalog::DeclinePartner{.application = chosen, .reason = "Ні"}); });
  CHECK(again.reason() == "application_decided");
  CHECK(refusal([&] {
          desk.host().run(catalog::ActivatePartners{.applications = {chosen}});
        }).reason() == "application_decided");
  CHECK(refusal([&] {
          desk.host().run(catalog::DeactivatePartner{.application = chosen});
        }).reason() == "application_decided");
  CHECK(olena.caller.run(catalog::ApplyAsPartner{.centre = centre}).id != chosen);

  // The centre that was proposed goes; the one that was chosen stays.
  desk.host().run(catalog::DeclinePartner{.application = proposed.id, .reason = "Ні"});
  CHECK(desk.host().run(catalog::GetCentre{.centre = proposed.centre}).archived_at);
  CHECK_FALSE(desk.host().run(catalog::GetCentre{.centre = centre}).archived_at);
}

TEST_CASE("a partner whose centre was archived is not activated", "[A10]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  ApplicationId application =
      desk.customer().caller.run(catalog::ApplyAsPartner{.centre = centre}).id;
  desk.host().run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refusal([&] {
          desk.host().run(catalog::ActivatePartners{.applications = {application}});
        }).reason() == "centre_archived");
}

TEST_CASE("a partner role taken away elsewhere leaves the application inactive", "[A10]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TestDesk::Customer olena = desk.customer();
  ApplicationId application = olena.caller.run(catalog::ApplyAsPartner{.centre = centre}).id;
  desk.host().run(catalog::ActivatePartners{.applications = {application}});
  for (const access::RoleGrant& grant :
       desk.host().run(access::RoleGrants{.account = olena.account}).items) {
    if (grant.role == access::partner_role) {
      desk.host().run(access::RevokeRole{.grant = grant.id});
    }
  }
  CHECK_FALSE(manages(olena.caller, centre));
  CHECK(the_application(olena.caller).status == ApplicationStatus::inactive);
  desk.host().run(catalog::ActivatePartners{.applications = {application}});
  CHECK(manages(olena.caller, centre));
}

TEST_CASE("who sees and who decides applications", "[A10][A9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TestDesk::Customer olena = desk.customer("Olena");
  TestDesk::Customer ihor = desk.customer("Ihor");
  ApplicationId mine = olena.caller.run(catalog::ApplyAsPartner{.centre = centre}).id;
  ihor.caller.run(catalog::ApplyAsPartner{.centre = centre});

  CHECK(the_application(olena.caller).id == mine);
  CHECK(olena.caller.run(catalog::Applications{.account = ihor.account}).items.empty());
  Caller admin = desk.admin();
  CHECK(admin.run(catalog::Applications{}).items.size() == 2);
  CHECK(admin.run(catalog::Applications{.account = ihor.account}).items.size() == 1);
  CHECK(admin.run(catalog::Applications{.status = ApplicationStatus::active}).items.empty());
  CHECK(admin.run(catalog::Applications{.centre = centre, .limit = 1}).next);
  CHECK(refusal([&] { desk.anonymous().run(catalog::Applications{}); }).code() ==
        Code::unauthenticated);

  Caller partner = desk.staff("Partner", centre);
  for (const Caller& caller : {olena.caller, partner, desk.staff("Moderator")}) {
    CHECK(refusal([&] { caller.run(catalog::ActivatePartners{.applications = {mine}}); }).code() ==
          Code::denied);
    CHECK(refusal([&] {
            caller.run(catalog::DeclinePartner{.application = mine, .reason = "x"});
          }).code() == Code::denied);
    CHECK(refusal([&] { caller.run(catalog::DeactivatePartner{.application = mine}); }).code() ==
          Code::denied);
  }
  // An Admin of another centre only does not know of it.
  Caller elsewhere = desk.staff("Admin", desk.centre("Beta"));
  CHECK(refusal([&] {
          elsewhere.run(catalog::ActivatePartners{.applications = {mine}});
        }).reason() == "application_not_found");
}

TEST_CASE("every step of onboarding is told", "[A10][E7]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TestDesk::Customer olena = desk.customer();
  ApplicationId first =
      olena.caller.run(catalog::ApplyAsPartner{.centre = centre, .message = "таємниця"}).id;
  desk.host().run(catalog::DeclinePartner{.application = first, .reason = "таємниця"});
  ApplicationId second = olena.caller.run(catalog::ApplyAsPartner{.centre = centre}).id;
  desk.host().run(catalog::ActivatePartners{.applications = {second}});
  desk.host().run(catalog::DeactivatePartner{.application = second});
  std::vector<std::string> topics;
  for (const events::Event& event : desk.host().run(events::Since{.limit = 1000}).items) {
    CHECK(event.payload.find("таємниця") == std::string::npos);
    if (!event.topic.starts_with("catalog.partner")) continue;
    topics.push_back(event.topic);
    CHECK(event.account == olena.account);
    CHECK(event.centre == centre);
  }
  CHECK(topics == std::vector<std::string>{"catalog.partner_applied", "catalog.partner_declined",
                                           "catalog.partner_applied", "catalog.partner_activated",
                                           "catalog.partner_deactivated"});
}

TEST_CASE("what an applicant wrote is exported with them and erased with them", "[A10][P9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TestDesk::Customer olena = desk.customer();
  ApplicationId application =
      olena.caller.run(catalog::ApplyAsPartner{.centre = centre, .message = "таємниця"}).id;
  std::string exported = desk.host().run(people::Export{.client = olena.client}).json;
  CHECK(exported.find("partner_applications") != std::string::npos);
  CHECK(exported.find("таємниця") != std::string::npos);
  desk.host().run(people::Erase{.client = olena.client});
  catalog::Application left = the_application(desk.host());
  CHECK(left.id == application);
  CHECK_FALSE(left.message);
}

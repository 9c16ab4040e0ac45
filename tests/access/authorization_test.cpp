#include "access/authorization.hpp"

#include "access_support.hpp"
#include "describe/json.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

using access::Grant;
using access::Scope;

/// Everything a caller can tell from a refusal.
std::string told(const std::function<void()>& action) {
  Error error = refusal(action);
  return std::string(code_name(error.code())) + "/" + error.reason() + "/" + error.message() + "/" +
         error.field() + "/" + std::to_string(error.details().size());
}

}  // namespace

TEST_CASE("the pure check weighs scope and centre", "[A7]") {
  access::PermissionIndex view = access::permission_index("people.view");
  access::PermissionIndex edit = access::permission_index("people.edit");
  CentreId first{1};
  CentreId second{2};
  const CentreId in_second[] = {second};
  const CentreId in_both[] = {first, second};
  const Grant own[] = {{view, Scope::own, {}}};
  const Grant assigned[] = {{view, Scope::assigned, {}}};
  const Grant centre[] = {{edit, Scope::any, {}}, {view, Scope::centre, first}};
  const Grant any[] = {{view, Scope::any, {}}};

  CHECK(access::permitted(own, view, {.own = true}));
  CHECK_FALSE(access::permitted(own, view, {.assigned = true, .centres = in_both}));
  CHECK(access::permitted(assigned, view, {.assigned = true}));
  CHECK_FALSE(access::permitted(assigned, view, {.own = true, .centres = in_both}));
  CHECK(access::permitted(centre, view, {.centres = in_both}));
  CHECK_FALSE(access::permitted(centre, view, {.own = true, .centres = in_second}));
  CHECK(access::permitted(any, view, {}));
  CHECK_FALSE(access::permitted(any, edit, {.own = true, .assigned = true, .centres = in_both}));
  CHECK_FALSE(access::permitted({}, view, {.own = true}));
}

TEST_CASE("permissions are known by name", "[A7]") {
  CHECK(access::permission_index("people.veiw") == access::no_permission);
  CHECK(access::permission_index("") == access::no_permission);
  CHECK(access::permission_name(access::permission_index("people.view")) == "people.view");
  CHECK(access::permission_name(access::no_permission).empty());
}

TEST_CASE("who may call at all", "[A9]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  for (const Operation* operation : operations()) {
    CAPTURE(operation->name);
    std::shared_ptr<void> request(operation->request().create(), operation->request().destroy);
    describe::decode(operation->request(), operation->example, request.get());
    auto reason = [&](const Caller& caller) {
      std::shared_ptr<void> result(operation->result().create(), operation->result().destroy);
      try {
        caller.preview_erased(*operation, request.get(), result.get(), {});
      } catch (const Error& error) {
        return error.reason();
      }
      return std::string("ok");
    };
    std::string anonymous = reason(desk.anonymous());
    std::string signed_in = reason(customer.caller);
    switch (operation->rule.audience) {
      case Audience::everyone:
        CHECK(anonymous != "sign_in_required");
        break;
      case Audience::signed_in:
        CHECK(anonymous == "sign_in_required");
        CHECK(signed_in != "permission_denied");
        break;
      case Audience::permission:
        CHECK(anonymous == "sign_in_required");
        break;
      case Audience::host:
        CHECK(anonymous == "host_only");
        CHECK(signed_in == "host_only");
        break;
    }
  }
}

TEST_CASE("a denial names the permission that lacks", "[A7][E16]") {
  TestDesk desk;
  Error error = refusal([&] { desk.customer().caller.run(audit::Entries{}); });
  CHECK(error.code() == Code::denied);
  CHECK(error.reason() == "permission_denied");
  CHECK(std::get<std::string>(error.details().at("permission")) == "audit.view");
  CHECK(error.message().find("audit.view") != std::string::npos);
}

TEST_CASE("a stranger's client looks like a missing one to every scope", "[A9]") {
  TestDesk desk;
  CentreId mine = desk.centre("Mine");
  CentreId theirs = desk.centre("Theirs");
  ClientId at_mine = desk.host().run(people::CreateClient{.centre = mine, .first_name = "Mine"}).id;
  ClientId stranger =
      desk.host().run(people::CreateClient{.centre = theirs, .first_name = "Stranger"}).id;
  ClientId missing{99'999};
  TestDesk::Customer customer = desk.customer();
  Caller partner = desk.staff("Partner", mine);
  Caller trainer = desk.staff("Trainer", mine);
  for (const Caller& caller : {customer.caller, partner, trainer}) {
    std::string gone = told([&] { caller.run(people::GetClient{.client = missing}); });
    CHECK(gone.starts_with("not_found/client_not_found"));
    CHECK(told([&] { caller.run(people::GetClient{.client = stranger}); }) == gone);
  }
  CHECK(partner.run(people::GetClient{.client = at_mine}).client.id == at_mine);
  check_refused([&] { desk.admin().run(people::GetClient{.client = missing}); }, Code::not_found,
                "client_not_found");
}

TEST_CASE("own reaches the family, assigned reaches who was assigned", "[A7][A9]") {
  TestDesk desk;
  TestDesk::Customer mother = desk.customer();
  ClientId child =
      mother.caller
          .run(people::AddDependant{.guardian = mother.client,
                                    .first_name = "Ivan",
                                    .birth_date = Date{std::chrono::year{2018} / 5 / 1}})
          .id;
  CHECK(mother.caller.run(people::GetClient{.client = child}).client.id == child);
  TestDesk::Customer other = desk.customer("Maria");
  check_refused([&] { other.caller.run(people::GetClient{.client = child}); }, Code::not_found,
                "client_not_found");

  Caller trainer = desk.staff("Trainer");
  check_refused([&] { trainer.run(people::GetClient{.client = child}); }, Code::not_found,
                "client_not_found");
  CHECK(trainer.run(people::Clients{}).items.empty());
  people::AssignTrainer assign{.client = child, .account = account_of(trainer)};
  desk.host().run(assign);
  CHECK(trainer.run(people::GetClient{.client = child}).client.id == child);
  REQUIRE(trainer.run(people::Clients{}).items.size() == 1);
  desk.host().run(people::UnassignTrainer{.client = child, .account = account_of(trainer)});
  check_refused([&] { trainer.run(people::GetClient{.client = child}); }, Code::not_found,
                "client_not_found");
}

TEST_CASE("without a subject only scope any will do", "[A7]") {
  TestDesk desk;
  Caller partner = desk.staff("Partner", desk.centre());
  check_refused(
      [&] {
        partner.run(catalog::CreateCentre{
            .name = "Second", .city = "Kyiv", .zone = "Europe/Kyiv", .currency = "UAH"});
      },
      Code::denied, "permission_denied");
}

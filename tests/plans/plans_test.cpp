// Plans: what they may sell, their versions, who sees and changes them (SPEC V1).
#include "club.hpp"

using namespace frontdesk;
using namespace frontdesk::plans;
using testing::Club;
using testing::refused;
using testing::uah;

namespace {

/// Why terms are refused after a change; the plan is not there afterwards.
std::string refused_with(const Club& club, const std::function<void(Terms&)>& change) {
  Terms terms = club.pack();
  change(terms);
  CreatePlan request;
  request.centre = club.centre;
  request.name = "Wrong";
  request.terms = terms;
  const std::string reason = refused([&] { club.host().run(request); });
  CHECK(club.host().run(Plans{.search = "Wrong"}).items.empty());
  return reason;
}

}  // namespace

TEST_CASE("terms that contradict themselves are refused, each with its own reason", "[V1]") {
  Club club;
  const auto told = [&](const std::function<void(Terms&)>& change) {
    return refused_with(club, change);
  };
  CHECK(told([](Terms& t) { t.price = uah(-1); }) == "invalid/price_negative at terms.price");
  CHECK(told([](Terms& t) { t.price = {100, Currency("EUR")}; }) ==
        "invalid/currency_differs at terms.price");
  CHECK(told([](Terms& t) { t.months.reset(); }) == "invalid/duration_missing at terms.months");
  CHECK(told([](Terms& t) { t.days = 30; }) == "invalid/duration_contradictory at terms.days");
  CHECK(told([](Terms& t) { t.visits = 0; }) == "invalid/visits_not_positive at terms.visits");
  CHECK(told([](Terms& t) { t.visits = -8; }) == "invalid/visits_not_positive at terms.visits");
  CHECK(told([](Terms& t) { t.per_day = 0; }) == "invalid/limit_not_positive at terms.per_day");
  CHECK(told([](Terms& t) { t.per_week = -1; }) == "invalid/limit_not_positive at terms.per_week");
  CHECK(told([](Terms& t) { t.per_month = 9; }) == "invalid/limit_over_visits at terms.per_month");
  CHECK(told([](Terms& t) {
          t.per_day = 3;
          t.per_week = 2;
        }) == "invalid/limits_reversed at terms.per_day");
  CHECK(told([](Terms& t) {
          t.per_week = 5;
          t.per_month = 4;
        }) == "invalid/limits_reversed at terms.per_week");
  CHECK(told([](Terms& t) {
          t.weekly_slots = 3;
          t.per_week = 2;
        }) == "invalid/limits_reversed at terms.weekly_slots");
  CHECK(told([](Terms& t) { t.premium_per_month = 2; }) ==
        "invalid/premium_without_activities at terms.premium_activities");
  CHECK(told([](Terms& t) {
          t.min_age = 9;
          t.max_age = 8;
        }) == "invalid/ages_reversed at terms.max_age");
  CHECK(told([](Terms& t) { t.age_group = AgeGroupId{99}; }) ==
        "not_found/age_group_not_found at terms.age_group");
  CHECK(told([](Terms& t) { t.people = 0; }) == "invalid/people_not_positive at terms.people");
  CHECK(told([](Terms& t) {
          t.introductory = true;
          t.auto_renewal = true;
        }) == "invalid/introductory_renewal at terms.auto_renewal");
  CHECK(told([](Terms& t) { t.refund_fee = uah(120'001); }) ==
        "invalid/fee_over_price at terms.refund_fee");
}

TEST_CASE("an empty list covers nothing, and what is covered must exist", "[V1]") {
  Club club;
  const auto told = [&](const std::function<void(Terms&)>& change) {
    return refused_with(club, change);
  };
  CHECK(told([](Terms& t) { t.all_activities = false; }) ==
        "invalid/coverage_missing at terms.activities");
  CHECK(told([&](Terms& t) { t.activities = {club.yoga}; }) ==
        "invalid/coverage_contradictory at terms.all_activities");
  CHECK(told([&](Terms& t) {
          t.all_activities = false;
          t.activities = {club.yoga, ActivityId{99}};
        }) == "not_found/activity_not_found at terms.activities[1]");
  CHECK(told([&](Terms& t) {
          t.all_activities = false;
          t.activities = {club.yoga, club.yoga};
        }) == "invalid/listed_twice at terms.activities[0]");
  CHECK(told([](Terms& t) {
          t.all_activities = false;
          t.categories = {CategoryId{99}};
        }) == "not_found/category_not_found at terms.categories[0]");
  CHECK(told([](Terms& t) { t.centres = {CentreId{99}}; }) ==
        "not_found/centre_not_found at terms.centres[0]");
  CHECK(told([](Terms& t) { t.ticket_types = {{.ticket_type = TicketTypeId{99}}}; }) ==
        "not_found/ticket_type_not_found at terms.ticket_types[0].ticket_type");
  CHECK(told([](Terms& t) {
          t.seat_categories = {{.seat_category = "vip", .surcharge = uah(-1)}};
        }) == "invalid/price_negative at terms.seat_categories[0].surcharge");
}

TEST_CASE("a subscription keeps the terms it was sold by", "[V1][V2]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const ClientId olena = club.client("Olena");
  const Subscription before = club.buy(plan, olena);
  Terms dearer = club.pack(4);
  dearer.price = uah(200'000);
  UpdatePlan update;
  update.plan = plan;
  update.version = 1;
  update.name = "Small pack";
  update.terms = dearer;
  const Plan changed = club.host().run(update);
  CHECK(changed.version == 2);
  const Subscription kept = club.get(before.id);
  CHECK(kept.name == "Pack");
  CHECK(kept.plan_version == 1);
  CHECK(kept.terms.visits == 8);
  CHECK(kept.terms.price == uah(120'000));
  CHECK(kept.visits.granted == 8);
  const Subscription after = club.buy(plan, olena);
  CHECK(after.plan_version == 2);
  CHECK(after.visits.granted == 4);
  CHECK(refused([&] { club.host().run(update); }) == "conflict/version_outdated at version");
  club.check_sound();
}

TEST_CASE("a plan is archived, not deleted; what was sold runs on", "[V1][C9]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const ClientId olena = club.client("Olena");
  const Subscription sold = club.buy(plan, olena);
  club.host().run(ArchivePlan{.plan = plan});
  CHECK(refused([&] { club.buy(plan, olena); }) == "conflict/plan_archived at plan");
  CHECK(club.get(sold.id).state == State::active);
  CHECK(club.host().run(Plans{}).items.empty());
  CHECK(club.host().run(Plans{.archived = true}).items.size() == 1);
  UpdatePlan update;
  update.plan = plan;
  update.active = false;
  CHECK(refused([&] { club.host().run(update); }) == "conflict/plan_archived at plan");
  club.plan("Pack", club.pack());
  CHECK(refused([&] { club.host().run(ArchivePlan{.plan = plan, .archived = false}); }) ==
        "conflict/plan_name_taken at name");
}

TEST_CASE("a plan that is not on sale is not sold, and not shown to clients", "[V1]") {
  Club club;
  const auto customer = club.desk.customer();
  CreatePlan request;
  request.centre = club.centre;
  request.name = "Secret";
  request.active = false;
  request.terms = club.month();
  const PlanId plan = club.host().run(request).id;
  CHECK(refused([&] { club.buy(plan, customer.client); }) == "conflict/plan_not_on_sale at plan");
  Buy buy;
  buy.plan = plan;
  buy.owner = customer.client;
  CHECK(refused([&] { customer.caller.run(buy); }) == "not_found/plan_not_found at plan");
  CHECK(refused([&] { customer.caller.run(GetPlan{.plan = plan}); }) ==
        "not_found/plan_not_found at plan");
  CHECK(customer.caller.run(Plans{}).items.empty());
  CHECK(club.desk.staff("Partner", club.centre).run(GetPlan{.plan = plan}).name == "Secret");
}

TEST_CASE("plans belong to a centre: others' staff do not change them", "[V1][A9]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const Caller stranger = club.desk.staff("Partner", club.desk.centre("Other"));
  UpdatePlan update;
  update.plan = plan;
  update.active = false;
  CHECK(refused([&] { stranger.run(update); }) == "not_found/plan_not_found at plan");
  CHECK(refused([&] { stranger.run(ArchivePlan{.plan = plan}); }) ==
        "not_found/plan_not_found at plan");
  const Caller salesman = club.desk.staff("Salesman", club.centre);
  CHECK(refused([&] { salesman.run(update); }) == "denied/permission_denied");
  const Caller partner = club.desk.staff("Partner", club.centre);
  CHECK_FALSE(partner.run(update).active);
}

TEST_CASE("ages of an age group are taken over", "[V1]") {
  Club club;
  catalog::CreateAgeGroup group;
  group.name = "4-7";
  group.min_age = 4;
  group.max_age = 7;
  Terms terms = club.pack();
  terms.age_group = club.host().run(group).id;
  const Plan plan = club.host().run(GetPlan{.plan = club.plan("Small", terms)});
  CHECK(plan.terms.min_age == 4);
  CHECK(plan.terms.max_age == 7);
  CHECK(plan.terms.centres == std::vector{club.centre});
}

TEST_CASE("a category covers all below it", "[V1]") {
  Club club;
  catalog::CreateCategory request;
  request.name = "Sport";
  const CategoryId sport = club.host().run(request).id;
  request.name = "Water";
  request.parent = sport;
  const CategoryId water = club.host().run(request).id;
  catalog::UpdateActivity update;
  update.activity = club.pool;
  update.categories = std::vector{water};
  club.host().run(update);
  Terms terms = club.month();
  terms.all_activities = false;
  terms.categories = {sport};
  const ClientId olena = club.client("Olena");
  const Subscription sold = club.buy(club.plan("Sport", terms), olena);
  const SessionId swim = club.session(club.pool, testing::at(2026, 3, 3, 18));
  const SessionId yoga = club.session(club.yoga, testing::at(2026, 3, 4, 18));
  CHECK(club.reserve(olena, swim, 1).subscription == sold.id);
  CHECK(refused([&] { club.reserve(olena, yoga, 2); }) ==
        "invalid/activity_not_covered at subscription");
}

TEST_CASE("a centre that has plans keeps its currency", "[V1][M8]") {
  Club club;
  CreatePlan request;
  request.centre = club.centre;
  request.name = "Eight visits";
  request.terms = club.pack();
  club.host().run(request);
  const Error error = testing::refusal(
      [&] { club.host().run(catalog::UpdateCentre{.centre = club.centre, .currency = "EUR"}); });
  CHECK(error.reason() == "plans_exist");
  CHECK(error.message() == "The centre has plans with prices in its currency.");
}

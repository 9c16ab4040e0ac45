// Subscriptions that already run, in the files that people are imported from (SPEC P10).
#include "people_support.hpp"

#include <frontdesk/plans_manage.hpp>
#include <frontdesk/plans_subscriptions.hpp>

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

struct MovingIn {
  TestDesk desk;
  CentreId centre = desk.centre();
  PlanId pack = plan("8 visits", 8);
  PlanId open = plan("Month", {});

  Caller host() const { return desk.host(); }

  PlanId plan(const std::string& name, std::optional<std::int64_t> visits) {
    plans::CreatePlan request{.centre = centre, .name = name};
    request.terms.price = Money{120'000, Currency("UAH")};
    request.terms.months = 1;
    request.terms.visits = visits;
    request.terms.all_activities = true;
    request.terms.max_age = 60;
    return host().run(request).id;
  }
  people::Import file(const std::string& csv,
                      people::ImportKind kind = people::ImportKind::clients) const {
    people::Import request;
    request.csv = csv;
    request.kind = kind;
    request.centre = centre;
    request.country_calling_code = "380";
    return request;
  }
  std::vector<plans::Subscription> subscriptions() const {
    auto items = host().run(plans::Subscriptions{}).items;
    std::reverse(items.begin(), items.end());
    return items;
  }
};

/// `3 visits_left number_malformed: This is not a whole number.`
std::vector<std::string> told_of(const people::Imported& imported) {
  std::vector<std::string> errors;
  for (const people::RowError& error : imported.errors) {
    errors.push_back(std::to_string(error.line) + " " + error.column + " " + error.reason + ": " +
                     error.message);
  }
  return errors;
}

std::pair<std::int64_t, std::int64_t> subscriptions_of(const people::Imported& imported) {
  if (imported.parts.empty()) return {0, 0};
  CHECK(imported.parts.size() == 1);
  CHECK(imported.parts[0].part == "subscriptions");
  return {imported.parts[0].added, imported.parts[0].already_present};
}

using Counts = std::pair<std::int64_t, std::int64_t>;

constexpr const char* clients_csv =
    "external_ref,first_name,phone,plan,visits_left,started_on,ends_on,subscription_ref\n"
    "K-1,Olena,067 111 11 11,8 VISITS,5,20.02.2026,,\n"
    "K-2,Ihor,067 222 22 22,Month,,,2026-03-15,A-7\n"
    "K-3,Taras,067 333 33 33,,,,,\n"
    "K-1,Olena,067 111 11 11,Month,,2026-02-25,2026-04-10,\n";

}  // namespace

TEST_CASE("running subscriptions come in with their clients", "[P10][V2]") {
  MovingIn in;
  const people::Imported planned = in.host().preview(in.file(clients_csv));
  CHECK(planned.errors.empty());
  CHECK(subscriptions_of(planned) == Counts{3, 0});
  CHECK(in.subscriptions().empty());

  const people::Imported imported = in.desk.staff("Partner", in.centre).run(in.file(clients_csv));
  CHECK(told_of(imported).empty());
  CHECK(imported.added == 3);
  CHECK(imported.already_present == 1);
  CHECK(subscriptions_of(imported) == Counts{3, 0});
  const auto all = in.subscriptions();
  REQUIRE(all.size() == 3);
  CHECK(all[0].plan == in.pack);
  CHECK(all[0].visits.remaining == 5);
  CHECK(all[0].starts == day(2026, 2, 20));
  CHECK(all[0].last_day == day(2026, 3, 19));
  CHECK(all[0].state == plans::State::active);
  CHECK(all[1].starts == day(2026, 2, 16));  // a month before the day it ends on
  CHECK(all[1].last_day == day(2026, 3, 15));
  CHECK(all[1].external_ref == "A-7");
  CHECK(all[2].owner == all[0].owner);
  CHECK(all[2].last_day == day(2026, 4, 10));
  CHECK(in.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("the same file twice adds no subscription, whatever became of it", "[P10]") {
  MovingIn in;
  in.host().run(in.file(clients_csv));
  const SubscriptionId first = in.subscriptions().at(0).id;
  in.host().run(plans::Extend{.subscription = first, .days = 9, .reason = "Closed"});
  in.host().run(plans::AdjustVisits{.subscription = first, .visits = -1, .reason = "Used"});
  const people::Imported again = in.host().run(in.file(clients_csv));
  CHECK(told_of(again).empty());
  CHECK(again.added == 0);
  CHECK(subscriptions_of(again) == Counts{0, 3});
  CHECK(in.subscriptions().size() == 3);
  CHECK(in.subscriptions().at(0).visits.remaining == 4);
  // Months later they are over, and still there.
  in.desk.clock += std::chrono::days{90};
  in.host().run(upkeep::Tick{});
  CHECK(subscriptions_of(in.host().run(in.file(clients_csv))) == Counts{0, 3});

  // A key tells two of the same days apart, and lends itself to no other.
  const std::string head = "external_ref,first_name,plan,started_on,subscription_ref\n";
  const people::Imported twins =
      in.host().run(in.file(head + "K-9,Nina,Month,2026-05-30,B-1\nK-9,Nina,Month,2026-05-30,B-2\n"
                                   "K-9,Nina,Month,2026-05-30,\nK-1,Olena,Month,2026-05-30,B-1\n"));
  CHECK(subscriptions_of(twins) == Counts{2, 1});
  REQUIRE(twins.errors.size() == 1);
  CHECK(twins.errors[0].line == 5);
  CHECK(twins.errors[0].column == "subscription_ref");
  CHECK(twins.errors[0].reason == "external_ref_taken");
}

TEST_CASE("a guardian pays for the child's subscription", "[P10][P2]") {
  MovingIn in;
  in.host().run(in.file("external_ref,first_name\nK-1,Olena\n"));
  const std::string csv =
      "guardian_ref;Ім’я;Дата народження;Абонемент;Залишилось відвідувань;Дійсний до\n"
      "K-1;Марія;14.05.2019;8 visits;3;31.03.2026\n";
  const people::Imported imported = in.host().run(in.file(csv, people::ImportKind::children));
  CHECK(told_of(imported).empty());
  CHECK(subscriptions_of(imported) == Counts{1, 0});
  const auto all = in.subscriptions();
  REQUIRE(all.size() == 1);
  CHECK(all[0].owner != all[0].people.at(0));
  CHECK(all[0].people.size() == 1);
  CHECK(all[0].starts == day(2026, 3, 1));
  CHECK(all[0].visits.remaining == 3);
  CHECK(subscriptions_of(in.host().run(in.file(csv, people::ImportKind::children))) ==
        Counts{0, 1});
}

TEST_CASE("a plan is told by its name, its key or its number", "[P10]") {
  MovingIn in;
  in.host().run(plans::UpdatePlan{.plan = in.open, .external_ref = std::string("M")});
  const CentreId other = in.desk.centre("Moonlight");
  const std::string number = std::to_string(in.pack.value);
  const people::Imported imported =
      in.host().run(in.file("first_name,plan,ends_on\nA,M,2026-03-20\nB," + number +
                            ",2026-03-20\nC,month,2026-03-20\n"));
  CHECK(told_of(imported).empty());
  const auto all = in.subscriptions();
  REQUIRE(all.size() == 3);
  CHECK(all[0].plan == in.open);
  CHECK(all[1].plan == in.pack);
  CHECK(all[2].plan == in.open);
  // A plan of another centre is none here.
  people::Import elsewhere = in.file("first_name,plan,ends_on\nD," + number + ",2026-03-20\n");
  elsewhere.centre = other;
  CHECK(told_of(in.host().run(elsewhere)) ==
        std::vector<std::string>{"2 plan plan_not_found: There is no such plan."});
}

TEST_CASE("a row whose subscription is refused is left out as a whole", "[P10]") {
  MovingIn in;
  const std::string csv =
      "first_name,birth_date,plan,visits_left,started_on,ends_on\n"
      "Plan,,Gold,,2026-03-01,\n"
      "None,,,4,2026-03-01,\n"
      "Visits,,8 visits,five,2026-03-01,\n"
      "Fewer,,8 visits,-1,2026-03-01,\n"
      "Open,,Month,4,2026-03-01,\n"
      "Days,,8 visits,4,,\n"
      "Date,,8 visits,4,01/13/2026,\n"
      "Back,,8 visits,4,2026-03-01,2026-02-20\n"
      "Over,,8 visits,4,2026-01-01,\n"
      "Old,1940-01-01,8 visits,4,2026-03-01,\n"
      "Good,,8 visits,4,2026-03-01,\n";
  const std::vector<std::string> expected{
      "2 plan plan_not_found: There is no such plan.",
      "3 plan field_missing: The field “plan” is missing.",
      "4 visits_left number_malformed: This is not a whole number.",
      "5 visits_left out_of_range: A number is out of range; it must be from 0 to 1000000.",
      "6 visits_left visits_unlimited: The plan does not count visits in all.",
      "7 started_on field_missing: The field “started_on” is missing.",
      "8 started_on date_malformed: This is not a date. Write it like 2019-05-14 or 14.05.2019.",
      "9 ends_on days_reversed: The last day is before the first.",
      "10 ends_on last_day_past: The subscription would be over already.",
      "11 plan age_outside_plan: At the age of 86 one is too young or too old for this plan.",
  };
  CHECK(told_of(in.host().preview(in.file(csv))) == expected);
  const people::Imported imported = in.host().run(in.file(csv));
  CHECK(told_of(imported) == expected);
  CHECK(imported.added == 1);
  CHECK(imported.refused == 10);
  CHECK(subscriptions_of(imported) == Counts{1, 0});
  CHECK(full_names(in.host().run(people::Clients{})) == std::vector<std::string>{"Good"});
  CHECK(in.subscriptions().size() == 1);
}

TEST_CASE("who may not carry subscriptions over imports none, nor without a centre", "[P10][A9]") {
  MovingIn in;
  people::Import request = in.file(clients_csv);
  request.centre = {};
  CHECK(told([&] { in.host().run(request); }) == "invalid/import_centre_needed at centre");
  in.host().run(access::CreateRole{.name = "Typist",
                                   .permissions = {{"people.import", access::Scope::centre}}});
  const Caller typist = in.desk.staff("Typist", in.centre);
  request.centre = in.centre;
  CHECK(told([&] { typist.run(request); }) == "denied/permission_denied");
  CHECK(in.host().run(people::Clients{}).items.empty());
  CHECK(typist.run(in.file("first_name\nA\n")).added == 1);
}

// Buying, who may do what, lists, states for many, carrying over (SPEC V2, V3, V12, P10, A9).
#include "club.hpp"

using namespace frontdesk;
using namespace frontdesk::plans;
using testing::at;
using testing::Club;
using testing::on;
using testing::refused;
using testing::uah;

namespace {

Buy buying(PlanId plan, ClientId owner) {
  Buy request;
  request.plan = plan;
  request.owner = owner;
  return request;
}

}  // namespace

TEST_CASE("a client buys from their balance; other money is for staff to take", "[V1][V2][M2]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const auto olena = club.desk.customer();
  Buy request = buying(plan, olena.client);
  request.tenders = {{.method = money::PaymentMethod::balance}};
  CHECK(refused([&] { olena.caller.run(request); }).starts_with("conflict/balance_too_low"));
  CHECK(olena.caller.run(Subscriptions{}).items.empty());
  for (auto method : {money::PaymentMethod::card, money::PaymentMethod::cash,
                      money::PaymentMethod::free, money::PaymentMethod::external}) {
    request.tenders = {{.method = method}};
    CHECK(refused([&] { olena.caller.run(request); }) == "denied/permission_denied at tenders");
  }
  request.tenders.clear();
  request.on_credit = true;
  CHECK(refused([&] { olena.caller.run(request); }) == "denied/permission_denied");
  club.top_up(olena.client, 150'000);
  request.on_credit = false;
  request.tenders = {{.method = money::PaymentMethod::balance}};
  const Subscription sold = olena.caller.run(request);
  CHECK(sold.state == State::active);
  CHECK(sold.is_paid);
  CHECK(sold.owner == olena.client);
  CHECK(sold.people == std::vector{olena.client});
  CHECK(club.balance(olena.client) == 30'000);
  CHECK_FALSE(sold.revenue);  // the books are for staff
  CHECK(club.get(sold.id).revenue->deferred == uah(120'000));
  club.check_sound();
}

TEST_CASE("a sale that is refused leaves nothing behind", "[V2][E2]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const ClientId olena = club.client("Olena");
  Buy request = buying(plan, olena);
  request.tenders = {{.method = money::PaymentMethod::card, .amount = uah(120'001)}};
  CHECK(refused([&] { club.host().run(request); }).starts_with("invalid/amount_over_owed"));
  request.tenders = {{.method = money::PaymentMethod::cash}};
  CHECK(refused([&] { club.host().run(request); }).starts_with("conflict/no_open_shift"));
  CHECK(club.host().run(Subscriptions{}).items.empty());
  CHECK(club.host().run(money::Orders{}).items.empty());
  request.tenders = {{.method = money::PaymentMethod::card, .amount = uah(20'000)}};
  const Subscription part = club.host().run(request);
  CHECK(part.state == State::pending);  // part of the price is not the price
  CHECK_FALSE(part.is_paid);
  club.check_sound();
}

TEST_CASE("strangers neither see nor touch a subscription", "[A9][V10]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const auto olena = club.desk.customer("Olena");
  const auto iryna = club.desk.customer("Iryna");
  const SubscriptionId id = club.buy(plan, olena.client).id;
  const Caller elsewhere = club.desk.staff("Partner", club.desk.centre("Other"));
  const std::string none = "not_found/subscription_not_found at subscription";
  for (const Caller& caller : {iryna.caller, elsewhere}) {
    CHECK(refused([&] { caller.run(GetSubscription{.subscription = id}); }) == none);
    CHECK(refused([&] { caller.run(Visits{.subscription = id}); }) == none);
    CHECK(refused([&] { caller.run(Renew{.subscription = id}); }) == none);
    CHECK(refused([&] { caller.run(SetRenewal{.subscription = id}); }) == none);
    FreezeSubscription freeze;
    freeze.subscription = id;
    freeze.first_day = freeze.last_day = on(2026, 3, 10);
    CHECK(refused([&] { caller.run(freeze); }) == none);
    CHECK(caller.run(Subscriptions{}).items.empty());
    CHECK(caller.run(Subscriptions{.client = olena.client}).items.empty());
  }
  for (const Caller& caller : {elsewhere}) {
    CHECK(refused([&] {
            caller.run(AdjustVisits{.subscription = id, .visits = 1, .reason = "x"});
          }) == none);
    CHECK(refused([&] { caller.run(Extend{.subscription = id, .days = 1, .reason = "x"}); }) ==
          none);
    CHECK(refused([&] { caller.run(CancelSubscription{.subscription = id, .reason = "x"}); }) ==
          none);
  }
  // A client corrects nothing of their own.
  CHECK(refused([&] {
          olena.caller.run(AdjustVisits{.subscription = id, .visits = 1, .reason = "x"});
        }) == "denied/permission_denied");
  CHECK(refused([&] { olena.caller.run(CancelSubscription{.subscription = id, .reason = "x"}); }) ==
        "denied/permission_denied");
  CHECK(refused([&] { olena.caller.run(buying(plan, iryna.client)); }) ==
        "not_found/client_not_found at owner");
  CHECK(olena.caller.run(GetSubscription{.subscription = id}).version == 1);
}

TEST_CASE("staff of one centre sell nothing of another", "[A9][V1]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const CentreId other = club.desk.centre("Other");
  const Caller salesman = club.desk.staff("Salesman", other);
  people::CreateClient entry;
  entry.first_name = "Iryna";
  entry.centre = other;
  const ClientId iryna = club.host().run(entry).id;
  CHECK(refused([&] { salesman.run(buying(plan, iryna)); }) == "not_found/plan_not_found at plan");
  const Caller own = club.desk.staff("Salesman", club.centre);
  Buy request = buying(plan, club.client("Olena"));
  request.tenders = {{.method = money::PaymentMethod::card}};
  const Subscription sold = own.run(request);
  const money::Order order = club.host().run(money::GetOrder{.order = sold.order});
  CHECK(order.seller == own.run(access::Whoami{}).account->id);
  CHECK(order.channel == seating::Channel::box_office);
  CHECK(order.lines.at(0).kind == money::LineKind::plan);
}

TEST_CASE("a guardian buys for a child and looks after it", "[V12][P2]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const auto olena = club.desk.customer();
  const ClientId maria = club.child(olena.client, "Maria", on(2019, 5, 1));
  club.top_up(olena.client, 120'000);
  Buy request = buying(plan, olena.client);
  request.people = {maria};
  request.tenders = {{.method = money::PaymentMethod::balance}};
  const Subscription sold = olena.caller.run(request);
  CHECK(sold.people == std::vector{maria});
  CHECK(olena.caller.run(Subscriptions{.client = maria}).items.size() == 1);
  const SessionId session = club.session(club.yoga, testing::at(2026, 3, 3, 18));
  const VisitAnswers answers = olena.caller.run(CheckVisit{.attendee = maria, .session = session});
  REQUIRE(answers.answers.size() == 1);
  CHECK(answers.answers.front().pays);
  CHECK(olena.caller.run(CheckVisit{.attendee = olena.client, .session = session}).answers.empty());
}

TEST_CASE("a list shows each state as each record does", "[V3][E12]") {
  Club club;
  Terms terms = club.pack(1);
  terms.freeze_days = 10;
  const PlanId plan = club.plan("One", terms);
  const ClientId olena = club.client("Olena");
  const SessionId session = club.session(club.yoga, testing::at(2026, 3, 2, 18));
  const SubscriptionId exhausted = club.buy(plan, olena).id;
  club.reserve(olena, session, 1, exhausted);
  club.use(exhausted, 1, olena);
  const SubscriptionId frozen = club.buy(plan, olena).id;
  FreezeSubscription freeze;
  freeze.subscription = frozen;
  freeze.first_day = on(2026, 3, 2);
  freeze.last_day = on(2026, 3, 4);
  club.host().run(freeze);
  club.buy(plan, olena);
  Buy later = buying(plan, olena);
  later.activation = Activation::date;
  later.starts = on(2026, 4, 1);
  club.buy(later);
  later.activation = Activation::first_visit;
  later.starts.reset();
  club.buy(later);
  const SubscriptionId cancelled = club.buy(plan, olena).id;
  club.host().run(CancelSubscription{.subscription = cancelled, .reason = "x"});
  Terms day = club.pack(1);
  day.months.reset();
  day.days = 1;
  club.buy(club.plan("Day", day), olena);
  const auto check_states = [&] {
    std::size_t seen = 0;
    for (const EnumValue& value : enum_values(State{})) {
      const auto state = static_cast<State>(value.value);
      for (const Subscription& one : club.host().run(Subscriptions{.state = state}).items) {
        INFO(value.name);
        CHECK(one.state == state);
        ++seen;
      }
    }
    CHECK(seen == club.host().run(Subscriptions{.limit = 100}).items.size());
  };
  check_states();
  CHECK(club.host().run(Subscriptions{.state = State::pending}).items.size() == 2);
  CHECK(club.host().run(Subscriptions{.state = State::frozen}).items.size() == 1);
  CHECK(club.host().run(Subscriptions{.state = State::exhausted}).items.size() == 1);
  for (int days : {3, 10, 30, 40, 70}) {
    club.desk.clock += std::chrono::days{days};
    check_states();
    club.tick();
    check_states();
  }
  club.check_sound();
}

TEST_CASE("a list is filtered, ordered and paged", "[E12]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const ClientId olena = club.client("Olena");
  const ClientId iryna = club.client("Iryna");
  for (int i = 0; i < 5; ++i) club.buy(plan, i % 2 == 0 ? olena : iryna);
  Subscriptions request{.centre = club.centre, .limit = 2};
  std::vector<std::int64_t> ids;
  do {
    const auto page = club.host().run(request);
    for (const Subscription& one : page.items) ids.push_back(one.id.value);
    request.cursor = page.next;
  } while (request.cursor);
  CHECK(ids == std::vector<std::int64_t>{5, 4, 3, 2, 1});
  CHECK(club.host().run(Subscriptions{.client = iryna}).items.size() == 2);
  CHECK(club.host().run(Subscriptions{.plan = plan, .ends_before = on(2026, 4, 1)}).items.empty());
  CHECK(club.host().run(Subscriptions{.ends_before = on(2026, 4, 2)}).items.size() == 5);
}

TEST_CASE("a running subscription is carried over with its days and visits", "[P10][V2]") {
  Club club;
  const PlanId plan = club.plan("Pack", club.pack());
  const ClientId olena = club.client("Olena");
  CarryOver request;
  request.plan = plan;
  request.owner = olena;
  request.starts = on(2026, 2, 20);
  request.visits_left = 3;
  request.external_ref = "old-17";
  const Subscription carried = club.host().run(request);
  CHECK(carried.state == State::active);
  CHECK(carried.starts == on(2026, 2, 20));
  CHECK(carried.last_day == on(2026, 3, 19));
  CHECK(carried.visits.remaining == 3);
  CHECK_FALSE(carried.order);
  CHECK(refused([&] { club.host().run(request); }).starts_with("conflict/external_ref_taken"));
  request.external_ref.reset();
  request.last_day = on(2026, 4, 5);
  CHECK(club.host().run(request).last_day == on(2026, 4, 5));
  request.last_day = on(2026, 2, 19);
  CHECK(refused([&] { club.host().run(request); }) == "invalid/days_reversed at last_day");
  request.last_day = on(2026, 3, 1);
  CHECK(refused([&] { club.host().run(request); }) == "invalid/last_day_past at last_day");
  CarryOver unlimited = request;
  unlimited.plan = club.plan("Month", club.month());
  unlimited.last_day.reset();
  CHECK(refused([&] { club.host().run(unlimited); }) == "invalid/visits_unlimited at visits_left");
  const Caller salesman = club.desk.staff("Salesman", club.centre);
  CHECK(refused([&] { salesman.run(request); }) == "denied/permission_denied");
  club.desk.clock += std::chrono::days{60};
  club.tick();
  CHECK(club.get(carried.id).state == State::expired);
  club.check_sound();
}

TEST_CASE("an outdated version is a conflict and changes nothing", "[E13]") {
  Club club;
  Terms terms = club.pack();
  terms.freeze_days = 7;
  const SubscriptionId id = club.buy(club.plan("Pack", terms), club.client("Olena")).id;
  club.host().run(Extend{.subscription = id, .version = 1, .days = 1, .reason = "x"});
  const auto now = club.get(id);
  CHECK(now.version == 2);
  const std::string outdated = "conflict/version_outdated at version";
  CHECK(refused([&] {
          club.host().run(Extend{.subscription = id, .version = 1, .days = 1, .reason = "x"});
        }) == outdated);
  CHECK(refused([&] {
          club.host().run(
              AdjustVisits{.subscription = id, .version = 1, .visits = 1, .reason = "x"});
        }) == outdated);
  CHECK(refused([&] { club.host().run(SetRenewal{.subscription = id, .version = 1}); }) ==
        outdated);
  CHECK(club.get(id).last_day == now.last_day);
  CHECK(club.get(id).version == 2);
}

TEST_CASE("a centre with running subscriptions is not archived", "[C9]") {
  Club club;
  club.buy(club.plan("Pack", club.pack()), club.client("Olena"));
  CHECK(refused([&] { club.host().run(catalog::ArchiveCentre{.centre = club.centre}); }) ==
        "conflict/subscriptions_running");
  catalog::UpdateCentre update;
  update.centre = club.centre;
  update.currency = "EUR";
  CHECK_THROWS_AS(club.host().run(update), Error);
}

TEST_CASE("a plan that is written off earns what was paid for it, and no more", "[V13][M3]") {
  Club club;
  plans::Terms terms = club.month();
  terms.tax_basis_points = 2'000;
  const PlanId plan = club.plan("Month", terms);
  const ClientId olena = club.client("Olena");
  Buy request = buying(plan, olena);
  const auto write_off = [&](const Subscription& sold) {
    club.host().run(money::WriteOff{.order = sold.order, .reason = "Moved away"});
    club.check_sound();
    return club.get(sold.id);
  };
  const auto account = [&](money::AccountKind kind) {
    const auto accounts = club.host().run(money::Accounts{.centre = club.centre, .kind = kind});
    return accounts.items.empty() ? 0 : accounts.items.front().balance.minor;
  };

  SECTION("one that was never paid is cancelled") {
    CHECK(write_off(club.host().run(request)).state == State::cancelled);
    CHECK(account(money::AccountKind::deferred_revenue) == 0);
    CHECK(account(money::AccountKind::tax) == 0);
    CHECK(account(money::AccountKind::write_offs) == 0);
  }
  SECTION("one that was paid in part can be used") {
    request.tenders = {{.method = money::PaymentMethod::card, .amount = uah(60'000)}};
    const Subscription sold = write_off(club.buy(request));
    CHECK(sold.state == State::active);
    CHECK(sold.is_paid);
    CHECK(sold.revenue->deferred == uah(50'000));
    CHECK(sold.revenue->refunded == uah(50'000));
    const CancelDone done = club.host().run(
        CancelSubscription{.subscription = sold.id, .reason = "Moves to another city"});
    CHECK(done.refunded == uah(60'000));
    club.check_sound();
  }
  SECTION("what one on credit had earned is a bad debt") {
    request.on_credit = true;
    const Subscription sold = club.buy(request);
    club.go_to(at(2026, 3, 18, 12));
    club.check_sound();
    const std::int64_t earned = club.get(sold.id).revenue->recognised.minor;
    REQUIRE(earned > 0);
    CHECK(write_off(sold).revenue->deferred == uah(0));
    CHECK(account(money::AccountKind::write_offs) == earned);
    CHECK(account(money::AccountKind::revenue) == -earned);
    club.go_to(at(2026, 5, 1, 12));
    CHECK(account(money::AccountKind::revenue) == -earned);
    club.check_sound();
  }
}

TEST_CASE("money of a plan goes back by cancelling its subscription", "[V10][M5]") {
  Club club;
  const Subscription sold = club.buy(club.plan("Month", club.month()), club.client("Olena"));
  const money::Order order = club.host().run(money::GetOrder{.order = sold.order});
  money::GiveBack request{.order = sold.order, .reason = "The pool was closed"};
  CHECK(refused([&] { club.host().run(request); }) == "conflict/line_of_plan at lines");
  request.lines = {{.line = order.lines.at(0).id, .amount = uah(30'000)}};
  CHECK(refused([&] { club.host().run(request); }) == "conflict/line_of_plan at lines");
  CHECK(club.get(sold.id).state == State::active);
  club.host().run(CancelSubscription{.subscription = sold.id, .reason = "Ill", .refund = false});
  request.lines = {{.line = order.lines.at(0).id, .amount = uah(30'000)}};
  CHECK(club.host().run(request).amount == uah(30'000));  // of what was kept
  club.check_sound();
}

TEST_CASE("a plan whose payment was voided waits for another one", "[V2][M7]") {
  Club club;
  const ClientId olena = club.client("Olena");
  club.host().run(money::OpenShift{.centre = club.centre, .till = "Front", .opened_with = uah(0)});
  Buy request = buying(club.plan("Pack", club.pack()), olena);
  request.tenders = {{.method = money::PaymentMethod::cash}};
  const auto void_payment = [&](const Subscription& sold) {
    const auto paid = club.host().run(money::Payments{.order = sold.order}).items.at(0);
    club.host().run(money::VoidPayment{.payment = paid.id, .reason = "Typed twice"});
    return club.get(sold.id);
  };
  const Subscription sold = club.buy(request);
  REQUIRE(sold.state == State::active);
  const Subscription waiting = void_payment(sold);
  CHECK(waiting.state == State::pending);
  CHECK_FALSE(waiting.is_paid);
  const SessionId session = club.session(club.yoga, at(2026, 3, 5, 18));
  CHECK(refused([&] {
          club.reserve(olena, session, 1, sold.id);
        }).starts_with("conflict/subscription_unpaid"));
  club.check_sound();
  club.host().run(money::Pay{.order = sold.order, .tenders = request.tenders});
  CHECK(club.get(sold.id).state == State::active);
  club.reserve(olena, session, 1, sold.id);
  club.check_sound();

  request.on_credit = true;
  CHECK(void_payment(club.buy(request)).state == State::active);
  club.check_sound();
}

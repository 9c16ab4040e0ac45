// The ledger of visits seen from outside: the answers of all subscriptions, surcharges, previews,
// notices, revenue in the ledger of money (SPEC V4, V6, V8, V9, V13).
#include "club.hpp"

using namespace frontdesk;
using namespace frontdesk::plans;
using testing::at;
using testing::Club;
using testing::Doing;
using testing::on;
using testing::refused;
using testing::uah;

namespace {

std::int64_t balance_of(const Club& club, money::AccountKind kind) {
  for (const auto& account : club.host().run(money::Accounts{.centre = club.centre}).items) {
    if (account.kind == kind && !account.client) return account.balance.minor;
  }
  return 0;
}

}  // namespace

TEST_CASE("each subscription says whether it pays, or why not", "[V6]") {
  Club club;
  const ClientId olena = club.client("Olena");
  Terms yoga = club.month();
  yoga.all_activities = false;
  yoga.activities = {club.yoga};
  const SubscriptionId first = club.buy(club.plan("Yoga", yoga), olena).id;
  Terms later = club.month();
  later.months = 3;
  const SubscriptionId second = club.buy(club.plan("Long", later), olena).id;
  const SessionId swim = club.session(club.pool, at(2026, 3, 3, 18));
  const auto answers = club.host().run(CheckVisit{.attendee = olena, .session = swim}).answers;
  REQUIRE(answers.size() == 2);
  CHECK(answers[0].subscription == first);
  CHECK_FALSE(answers[0].pays);
  CHECK(answers[0].reason == "activity_not_covered");
  CHECK(answers[1].subscription == second);
  CHECK(answers[1].pays);
  CHECK(refused([&] {
          club.host().run(CheckVisit{.attendee = olena, .session = SessionId{99}});
        }) == "not_found/session_not_found at session");
}

TEST_CASE("ticket types and seat categories are covered with a surcharge, or not", "[V1]") {
  Club club;
  const ClientId olena = club.client("Olena");
  catalog::CreateTicketType type;
  type.centre = club.centre;
  type.name = "Adult";
  const TicketTypeId adult = club.host().run(type).id;
  type.name = "Premium";
  const TicketTypeId premium = club.host().run(type).id;
  Terms pass = club.month();
  pass.ticket_types = {{.ticket_type = adult}};
  pass.seat_categories = {{.seat_category = "STANDARD"},
                          {.seat_category = "vip", .surcharge = uah(5'000)}};
  const SubscriptionId id = club.buy(club.plan("Cinema pass", pass), olena).id;
  const SessionId film = club.session(club.pool, at(2026, 3, 3, 18));
  testing::VisitStep step{.doing = Doing::reserve,
                          .attendee = olena,
                          .session = film,
                          .booking = BookingId{1},
                          .ticket_type = adult,
                          .seat_category = "vip"};
  const testing::Paid paid = club.step(step);
  CHECK(paid.subscription == id);
  CHECK(paid.surcharge == uah(5'000));
  step.booking = BookingId{2};
  step.seat_category = "standard";
  CHECK(club.step(step).surcharge.minor == 0);
  step.ticket_type = premium;
  CHECK(refused([&] { club.step(step); }) == "invalid/ticket_type_not_covered at subscription");
  step.ticket_type = adult;
  step.seat_category = "love";
  CHECK(refused([&] { club.step(step); }) == "invalid/seat_category_not_covered at subscription");
  step.attendee = {};
  CHECK(refused([&] { club.step(step); }) == "invalid/attendee_needed at attendee");
}

TEST_CASE("a freeze is previewed with the visits it ends; nothing changes by looking", "[V8][E3]") {
  Club club;
  Terms terms = club.month();
  terms.freeze_days = 7;
  const auto olena = club.desk.customer();
  club.top_up(olena.client, 120'000);
  Buy buy;
  buy.plan = club.plan("Month", terms);
  buy.owner = olena.client;
  buy.tenders = {{.method = money::PaymentMethod::balance}};
  const SubscriptionId id = olena.caller.run(buy).id;
  const SessionId inside = club.session(club.yoga, at(2026, 3, 11, 18));
  const SessionId after = club.session(club.yoga, at(2026, 3, 14, 18));
  club.reserve(olena.client, inside, 1);
  club.reserve(olena.client, after, 2);
  FreezeSubscription freeze;
  freeze.subscription = id;
  freeze.first_day = on(2026, 3, 10);
  freeze.last_day = on(2026, 3, 13);
  freeze.reason = "holiday";
  const FreezeDone preview = olena.caller.preview(freeze);
  REQUIRE(preview.visits.size() == 1);
  CHECK(preview.visits.front().session == inside);
  CHECK(preview.visits.front().booking == BookingId{1});
  CHECK(preview.subscription.last_day == on(2026, 4, 5));
  CHECK(club.get(id).last_day == on(2026, 4, 1));
  CHECK(club.get(id).freezes.empty());
  CHECK(club.told("plans.subscription_frozen") == 0);
  const FreezeDone done = olena.caller.run(freeze);
  CHECK(done.freeze.days == 4);
  CHECK(club.told("plans.subscription_frozen") == 1);
  CHECK(club.get(id).freezes.size() == 1);
  CHECK(refused([&] { olena.caller.run(Thaw{.freeze = FreezeId{99}}); }) ==
        "not_found/freeze_not_found at freeze");
  const auto iryna = club.desk.customer("Iryna");
  CHECK(refused([&] { iryna.caller.run(Thaw{.freeze = done.freeze.id}); }) ==
        "not_found/freeze_not_found at freeze");
  olena.caller.run(Thaw{.freeze = done.freeze.id});
  CHECK(club.get(id).last_day == on(2026, 4, 1));
  CHECK(club.told("plans.subscription_thawed") == 1);
  club.check_sound();
}

TEST_CASE("a ledger is read in pages, with who did what and why", "[V4]") {
  Club club;
  const ClientId olena = club.client("Olena");
  const SubscriptionId id = club.buy(club.plan("Pack", club.pack()), olena).id;
  const Caller partner = club.desk.staff("Partner", club.centre);
  partner.run(AdjustVisits{.subscription = id, .visits = 2, .reason = "The heating failed"});
  Visits request{.subscription = id, .limit = 1};
  const auto first = club.host().run(request);
  CHECK(first.items.at(0).kind == EntryKind::grant);
  request.cursor = first.next;
  const auto second = club.host().run(request);
  const Entry& adjusted = second.items.at(0);
  CHECK(adjusted.kind == EntryKind::adjust);
  CHECK(adjusted.visits == 2);
  CHECK(adjusted.cause == Cause::staff);
  CHECK(adjusted.reason == "The heating failed");
  CHECK(adjusted.by == partner.run(access::Whoami{}).account->id);
  CHECK(adjusted.at == club.desk.clock.now());
  CHECK_FALSE(second.next);
}

TEST_CASE("notices go to the owner and to staff, and tell no names", "[V9][N1]") {
  Club club;
  const auto olena = club.desk.customer("Olena");
  const auto iryna = club.desk.customer("Iryna");
  const SubscriptionId id = club.buy(club.plan("One", club.pack(1)), olena.client).id;
  const SessionId session = club.session(club.yoga, at(2026, 3, 3, 18));
  club.reserve(olena.client, session, 1);
  club.use(id, 1, olena.client);
  const events::Since since{.topics = {"plans.exhausted"}, .limit = 10};
  const auto seen = olena.caller.run(since).items;
  REQUIRE(seen.size() == 1);
  CHECK(iryna.caller.run(since).items.empty());
  CHECK(club.desk.staff("Salesman", club.centre).run(since).items.size() == 1);
}

TEST_CASE("the books show revenue deferred, then recognised; the sum is what was sold", "[V13]") {
  Club club;
  const ClientId olena = club.client("Olena");
  Terms terms = club.pack(4);
  terms.tax_basis_points = 2'000;
  const SubscriptionId id = club.buy(club.plan("Four", terms), olena).id;
  CHECK(balance_of(club, money::AccountKind::deferred_revenue) == -100'000);
  CHECK(balance_of(club, money::AccountKind::tax) == -20'000);
  CHECK(balance_of(club, money::AccountKind::revenue) == 0);
  const SessionId session = club.session(club.yoga, at(2026, 3, 3, 18));
  club.reserve(olena, session, 1);
  club.tick();
  CHECK(balance_of(club, money::AccountKind::revenue) == 0);  // reserved is not earned
  club.use(id, 1, olena);
  club.tick();
  club.tick();
  CHECK(balance_of(club, money::AccountKind::revenue) == -25'000);
  CHECK(balance_of(club, money::AccountKind::deferred_revenue) == -75'000);
  CancelSubscription cancel;
  cancel.subscription = id;
  cancel.reason = "moves";
  const CancelDone done = club.host().run(cancel);
  CHECK(done.refunded == uah(90'000));  // with its tax
  CHECK(done.kept == uah(0));
  CHECK(balance_of(club, money::AccountKind::revenue) == -25'000);
  CHECK(balance_of(club, money::AccountKind::deferred_revenue) == 0);
  CHECK(balance_of(club, money::AccountKind::tax) == -5'000);
  CHECK(balance_of(club, money::AccountKind::cancellation_income) == 0);
  CHECK(club.balance(olena) == 90'000);
  club.check_sound();
}

TEST_CASE("a fee that is kept is income from cancellations", "[V10][V13]") {
  Club club;
  const ClientId olena = club.client("Olena");
  Terms terms = club.pack(4);
  terms.refund_fee = uah(10'000);
  const SubscriptionId id = club.buy(club.plan("Four", terms), olena).id;
  const CancelDone done =
      club.host().run(CancelSubscription{.subscription = id, .reason = "moves"});
  CHECK(done.refunded == uah(110'000));
  CHECK(done.kept == uah(10'000));
  CHECK(balance_of(club, money::AccountKind::cancellation_income) == -10'000);
  CHECK(balance_of(club, money::AccountKind::deferred_revenue) == 0);
  club.check_sound();
}

TEST_CASE("an order that is cancelled takes its subscription along", "[V10][M3]") {
  Club club;
  const ClientId olena = club.client("Olena");
  const Subscription sold = club.buy(club.plan("Pack", club.pack()), olena);
  club.host().run(money::CancelOrder{.order = sold.order, .reason = "a mistake"});
  CHECK(club.get(sold.id).state == State::cancelled);
  CHECK(club.told("plans.subscription_cancelled") == 1);
  club.check_sound();
}

TEST_CASE("a person takes their subscriptions along; a merged one keeps them", "[P7][P9]") {
  Club club;
  Terms terms = club.pack();
  terms.freeze_days = 5;
  const PlanId plan = club.plan("Pack", terms);
  const ClientId olena = club.client("Olena");
  const ClientId twin = club.client("Olena");
  const SubscriptionId id = club.buy(plan, twin).id;
  const SessionId session = club.session(club.yoga, at(2026, 3, 3, 18));
  club.reserve(twin, session, 1);
  FreezeSubscription freeze;
  freeze.subscription = id;
  freeze.first_day = freeze.last_day = on(2026, 3, 20);
  freeze.reason = "a secret illness";
  club.host().run(freeze);
  club.host().run(people::Merge{.keep = olena, .duplicate = twin});
  CHECK(club.get(id).owner == olena);
  CHECK(club.get(id).people == std::vector{olena});
  club.use(id, 1, olena);
  const std::string told = club.host().run(people::Export{.client = olena}).json;
  CHECK(told.find("a secret illness") != std::string::npos);
  CHECK(told.find("\"subscriptions\"") != std::string::npos);
  club.check_sound();
}

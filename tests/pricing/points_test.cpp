// Points: earned, spendable once the session is over, spent, restored, expired (SPEC D5).
#include <catch2/catch.hpp>

#include "offers_support.hpp"

using namespace frontdesk;
using pricing::PointKind;
using testing::at;
using testing::Market;
using testing::refusal;
using testing::uah;

namespace {

struct Club : Market {
  Club() { set("pricing.points_enabled", 1); }

  pricing::PointBalance points(ClientId client) const {
    return host().run(pricing::GetPoints{.client = client});
  }
  std::vector<pricing::PointEntry> entries(ClientId client) const {
    return host().run(pricing::PointEntries{.client = client}).items;
  }
  void give(ClientId client, std::int64_t points) const {
    host().run(pricing::AdjustPoints{.client = client, .points = points, .reason = "Gift"});
  }
  static money::Tender by_points(std::int64_t minor) {
    money::Tender tender;
    tender.method = money::PaymentMethod::points;
    tender.amount = uah(minor);
    return tender;
  }
  /// The day after the film, its session completed.
  void after() {
    pass(std::chrono::hours{48});
    tick();
  }
};

}  // namespace

TEST_CASE("ten points a unit are earned, truncated, and can be spent once the session is over",
          "[D5]") {
  Club club;
  club.show = club.session(at(2026, 3, 3, 18), 10, 10'055);
  auto olena = club.customer();
  olena.caller.run(club.wish_with({}));
  CHECK(club.points(olena.client).waiting == 1'005);
  CHECK(club.points(olena.client).spendable == 0);
  club.give(olena.client, 5);
  CHECK(refusal([&] {
          bookings::Book wish = club.wish(club.session(at(2026, 3, 4, 18)));
          wish.payments = {Club::by_points(10'000)};
          olena.caller.run(wish);
        }).reason() == "points_too_few");
  club.after();
  CHECK(club.points(olena.client).spendable == 1'010);
  CHECK(club.points(olena.client).waiting == 0);
  CHECK(club.points(olena.client).expiring > 0);
  CHECK(club.problems().empty());
}

TEST_CASE("what is not paid yet, or paid with points, earns nothing", "[D5]") {
  Club club;
  auto olena = club.customer();
  bookings::Book wish = club.wish_with({});
  wish.payments.clear();
  auto booking = olena.caller.run(wish);
  CHECK(club.entries(olena.client).empty());
  club.give(olena.client, 100'000);
  olena.caller.run(bookings::Pay{.booking = booking.id, .payments = {Club::by_points(4'000)}});
  CHECK(club.points(olena.client).spendable == 60'000);
  olena.caller.run(bookings::Pay{.booking = booking.id, .payments = {Market::balance()}});
  CHECK(club.points(olena.client).waiting == 600);
  CHECK(club.problems().empty());
}

TEST_CASE("a refund takes back what was earned and restores what was spent", "[D5]") {
  Club club;
  auto olena = club.customer();
  club.give(olena.client, 50'000);
  const auto expiry = club.points(olena.client).expires_at;
  club.pass(std::chrono::hours{1});
  bookings::Book wish = club.wish_with({}, 2);
  wish.payments = {Club::by_points(5'000), Market::balance()};
  auto booking = olena.caller.run(wish);
  CHECK(club.points(olena.client).spendable == 0);
  CHECK(club.points(olena.client).waiting == 1'500);
  olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {1}});
  CHECK(club.balance(olena.client) == 95'000);  // the latest payment goes back first
  CHECK(club.points(olena.client).waiting == 500);
  olena.caller.run(bookings::Cancel{.booking = booking.id});
  CHECK(club.balance(olena.client) == 100'000);
  CHECK(club.points(olena.client).waiting == 0);
  CHECK(club.points(olena.client).spendable == 50'000);
  CHECK(club.points(olena.client).expires_at == expiry);  // the first one, not a new one
  auto entries = club.entries(olena.client);
  CHECK(entries[0].points + entries[1].points != 0);
  std::int64_t sum = 0;
  for (const auto& entry : entries) sum += entry.points;
  CHECK(sum == 50'000);
  CHECK(club.problems().empty());
}

TEST_CASE("points of a payment that is taken back go, and come with the next one", "[D5][M2]") {
  Club club;
  auto olena = club.customer();
  olena.caller.run(club.unpaid(club.session(at(2026, 3, 4, 18))));  // the centre knows her now
  money::Tender tender;
  bookings::Book wish = club.wish_with({});
  wish.client = olena.client;
  SECTION("voided at the counter") {
    tender.method = money::PaymentMethod::cash;
    wish.payments = {tender};
    Caller salesman = club.salesman();
    salesman.run(money::OpenShift{.centre = club.centre, .till = "Bar", .opened_with = uah(0)});
    const OrderId order = salesman.run(wish).order;
    CHECK(club.points(olena.client).waiting == 1'000);
    const PaymentId payment = club.host().run(money::Payments{.order = order}).items.at(0).id;
    club.host().run(money::VoidPayment{.payment = payment, .reason = "Typed twice"});
    CHECK(club.points(olena.client).waiting == 0);
    salesman.run(money::Pay{.order = order, .tenders = {tender}});
  }
  SECTION("charged back by the provider") {
    tender = Market::provider();
    tender.external_ref = "a-1";
    wish.payments = {tender};
    const OrderId order = club.host().run(wish).order;
    CHECK(club.points(olena.client).waiting == 1'000);
    money::RecordCallback told;
    told.provider = "liqpay";
    told.event = "e-1";
    told.external_ref = "a-1";
    told.outcome = money::Outcome::refunded;
    told.amount = uah(10'000);
    club.host().run(told);
    CHECK(club.points(olena.client).waiting == 0);
    club.host().run(money::Pay{.order = order, .tenders = {Market::card()}});
  }
  CHECK(club.points(olena.client).waiting == 1'000);
  CHECK(club.problems().empty());
}

TEST_CASE("the oldest points are spent first, and each lot is lost at its end", "[D5]") {
  Club club;
  auto olena = club.customer();
  club.give(olena.client, 30'000);
  club.pass(std::chrono::hours{24 * 10});
  club.give(olena.client, 50'000);
  club.show = club.session(at(2026, 3, 14, 18));
  bookings::Book wish = club.wish_with({});
  wish.payments = {Club::by_points(2'000), Market::balance()};
  olena.caller.run(wish);
  CHECK(club.points(olena.client).expiring == 10'000);
  club.pass(std::chrono::hours{24 * 355});
  CHECK(club.points(olena.client).spendable < 80'000);  // lost by the clock, without a tick
  club.tick();
  auto entries = club.entries(olena.client);
  CHECK(std::any_of(entries.begin(), entries.end(), [](const pricing::PointEntry& entry) {
    return entry.kind == PointKind::expired && entry.points == -10'000;
  }));
  CHECK(club.problems().empty());
}

TEST_CASE("a tier multiplies points", "[D5][D4]") {
  Club club;
  pricing::CreateTier tier;
  tier.name = "Silver";
  tier.level = 1;
  tier.threshold = 10'000;
  tier.currency = "UAH";
  tier.points_percent = 150;
  club.host().run(tier);
  club.tick();
  auto olena = club.customer();
  olena.caller.run(club.wish_with({}));
  const std::int64_t first = club.points(olena.client).waiting;
  olena.caller.run(club.wish_with({}));
  CHECK(club.points(olena.client).waiting - first == 1'500);
}

TEST_CASE("staff give and take points with a reason", "[D5]") {
  Club club;
  auto olena = club.customer();
  auto moderator = club.desk.staff("Moderator", club.centre);
  olena.caller.run(club.wish_with({}));  // she is a client of the centre now
  moderator.run(pricing::AdjustPoints{.client = olena.client, .points = 100, .reason = "Sorry"});
  CHECK(club.points(olena.client).spendable == 100);
  CHECK(club.entries(olena.client)[0].reason == "Sorry");
  pricing::AdjustPoints take{.client = olena.client, .points = -101, .reason = "Mistake"};
  const Error error = refusal([&] { moderator.run(take); });
  CHECK(error.reason() == "points_too_few");
  CHECK(error.message() == "There are 100 points to spend, but 101 are needed.");
  take.points = 0;
  CHECK(refusal([&] { moderator.run(take); }).reason() == "points_nothing");
  take.points = -100;
  CHECK(moderator.run(take).spendable == 0);
  CHECK(refusal([&] { olena.caller.run(take); }).code() == Code::denied);
  auto petro = club.customer("Petro");
  CHECK(refusal([&] { petro.caller.run(pricing::GetPoints{.client = olena.client}); }).reason() ==
        "client_not_found");
}

TEST_CASE("an amount that would take a fraction of a point is refused", "[D5]") {
  Club club;
  club.set("pricing.points_to_pay_unit", 1);
  auto olena = club.customer();
  club.give(olena.client, 1'000);
  bookings::Book wish = club.wish_with({});
  wish.payments = {Club::by_points(50)};
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "points_fraction");
  wish.payments = {Club::by_points(10'000)};
  CHECK(olena.caller.run(wish).status == bookings::BookingStatus::confirmed);
  CHECK(club.points(olena.client).spendable == 900);
}

#include "money_support.hpp"

using namespace frontdesk;
using money::CallbackEffect;
using money::PaymentMethod;
using money::PaymentStatus;
using testing::refusal;
using testing::Shop;
using testing::uah;

namespace {

struct Provided : Shop {
  money::Order order = owed_mat(10'000);
  money::Payment payment = start(order.id);
  int events = 0;

  money::Payment start(OrderId id, std::optional<std::int64_t> minor = {}) const {
    money::StartPayment request{.order = id, .provider = "liqpay", .amount = {}};
    if (minor) request.amount = uah(*minor);
    return host().run(request);
  }
  money::RecordCallback callback(money::Outcome outcome, std::int64_t minor = 10'000) {
    return {.provider = "liqpay",
            .event = "evt-" + std::to_string(++events),
            .payment = payment.id,
            .external_ref = {},
            .outcome = outcome,
            .amount = uah(minor),
            .problem = {}};
  }
  CallbackEffect tell(money::Outcome outcome, std::int64_t minor = 10'000) {
    return host().run(callback(outcome, minor)).effect;
  }
  /// Gives back a part of what was paid; the provider is to carry it out.
  RefundId give_back(std::int64_t minor) const {
    const money::GiveBack request{.order = order.id,
                                  .lines = {{.line = order.lines.at(0).id, .amount = uah(minor)}},
                                  .reason = "Torn"};
    return host().run(request).refunds.at(0).id;
  }
  money::Payment now() const { return host().run(money::Payments{.order = order.id}).items.back(); }
};

}  // namespace

TEST_CASE("a provider's payment is begun, and told complete by its reference", "[M4]") {
  Provided shop;
  CHECK(shop.payment.status == PaymentStatus::pending);
  CHECK(shop.payment.amount == uah(10'000));
  REQUIRE(shop.payment.external_ref);
  CHECK(shop.payment.external_ref->size() == 24);
  CHECK(shop.get(shop.order.id).owed == uah(10'000));
  money::RecordCallback told = shop.callback(money::Outcome::completed);
  told.payment = {};
  told.external_ref = shop.payment.external_ref;
  CHECK(shop.host().run(told).effect == CallbackEffect::applied);
  CHECK(shop.now().status == PaymentStatus::completed);
  CHECK(shop.get(shop.order.id).status == money::OrderStatus::paid);
  CHECK(shop.topics(2) == std::vector<std::string>{"payment_completed", "order_paid"});
  CHECK(shop.account(money::AccountKind::external_clearing) == 10'000);
  shop.check_books();
}

TEST_CASE("what is told again changes nothing", "[M4]") {
  Provided shop;
  money::RecordCallback told = shop.callback(money::Outcome::completed);
  shop.host().run(told);
  auto topics = shop.topics().size();
  CHECK(shop.host().run(told).effect == CallbackEffect::repeated);          // the same event
  CHECK(shop.tell(money::Outcome::completed) == CallbackEffect::repeated);  // the same news
  CHECK(shop.tell(money::Outcome::failed) == CallbackEffect::outdated);     // older news
  CHECK(shop.now().status == PaymentStatus::completed);
  CHECK(shop.get(shop.order.id).paid == uah(10'000));
  CHECK(shop.topics().size() == topics);
  shop.check_books();
}

TEST_CASE("completed wins over failed in either order", "[M4]") {
  Provided shop;
  CHECK(shop.tell(money::Outcome::failed) == CallbackEffect::applied);
  CHECK(shop.now().status == PaymentStatus::failed);
  CHECK(shop.topics(1) == std::vector<std::string>{"payment_failed"});
  CHECK(shop.tell(money::Outcome::failed) == CallbackEffect::repeated);
  CHECK(shop.tell(money::Outcome::completed) == CallbackEffect::applied);
  CHECK(shop.now().status == PaymentStatus::completed);
  CHECK(shop.get(shop.order.id).owed == uah(0));
  shop.check_books();
}

TEST_CASE("a refund told before its payment waits for it", "[M4]") {
  Provided shop;
  CHECK(shop.tell(money::Outcome::refunded, 4'000) == CallbackEffect::kept);
  CHECK(shop.now().status == PaymentStatus::pending);
  CHECK(refusal([&] { shop.tell(money::Outcome::refunded, 6'001); }).reason() ==
        "refund_over_payment");
  CHECK(shop.tell(money::Outcome::completed) == CallbackEffect::applied);
  CHECK(shop.now().status == PaymentStatus::part_refunded);
  CHECK(shop.now().refunded == uah(4'000));
  money::Order order = shop.get(shop.order.id);
  CHECK(order.paid == uah(10'000));
  CHECK(order.refunded == uah(4'000));
  CHECK(order.owed == uah(4'000));  // charged back, so owed again
  shop.check_books();
}

TEST_CASE("what a provider gives back settles a refund that was due, or is a charge-back",
          "[M4][M5]") {
  Provided shop;
  shop.tell(money::Outcome::completed);
  shop.give_back(3'000);
  auto due = shop.host().run(money::RefundsDue{.provider = "liqpay"}).items;
  REQUIRE(due.size() == 1);
  CHECK(shop.account(money::AccountKind::refunds_due) == -3'000);
  shop.tell(money::Outcome::refunded, 3'000);
  CHECK(shop.host().run(money::RefundsDue{}).items.empty());
  CHECK(shop.account(money::AccountKind::external_clearing) == 7'000);
  CHECK(shop.get(shop.order.id).owed == uah(0));
  shop.tell(money::Outcome::refunded, 7'000);
  CHECK(shop.now().status == PaymentStatus::refunded);
  CHECK(shop.get(shop.order.id).owed == uah(7'000));
  CHECK(refusal([&] { shop.tell(money::Outcome::refunded, 1); }).reason() == "refund_over_payment");
  shop.check_books();
}

TEST_CASE("callbacks that do not fit are refused and leave everything as it was", "[M4]") {
  Provided shop;
  auto refused = [&](auto change) {
    money::RecordCallback told = shop.callback(money::Outcome::completed);
    change(told);
    return refusal([&] { shop.host().run(told); });
  };
  CHECK(refused([](auto& c) { c.payment = PaymentId{999'999}; }).reason() == "payment_not_found");
  CHECK(refused([](auto& c) { c.provider = "stripe"; }).code() == Code::not_found);
  CHECK(refused([](auto& c) {
          c.payment = {};
          c.external_ref = "unknown";
        }).reason() == "payment_not_found");
  CHECK(refused([](auto& c) { c.payment = {}; }).reason() == "payment_not_found");
  Error differs = refused([](auto& c) { c.amount = uah(9'999); });
  CHECK(differs.reason() == "payment_amount_differs");
  CHECK(testing::number_in(differs, "expected") == 10'000);
  CHECK(refused([](auto& c) { c.amount = Money{10'000, Currency("EUR")}; }).reason() ==
        "currency_differs");
  CHECK(refused([](auto& c) { c.amount = uah(-10'000); }).reason() == "amount_not_positive");
  CHECK(shop.now().status == PaymentStatus::pending);
  CHECK(shop.get(shop.order.id).paid == uah(0));
  Caller admin = shop.desk.admin();
  CHECK(refusal([&] { admin.run(shop.callback(money::Outcome::completed)); }).reason() ==
        "host_only");
  CHECK(shop.tell(money::Outcome::completed) == CallbackEffect::applied);
  shop.check_books();
}

TEST_CASE("a payment that comes after its order ended waits, and is never lost", "[M4]") {
  Provided shop;
  shop.host().run(money::CancelOrder{.order = shop.order.id});
  shop.tell(money::Outcome::completed);
  money::Payment late = shop.now();
  CHECK(late.late);
  CHECK(late.unapplied == uah(10'000));
  CHECK(shop.get(shop.order.id).paid == uah(0));
  CHECK(shop.host().run(money::Payments{.unapplied = true}).items.size() == 1);
  CHECK(shop.account(money::AccountKind::unapplied) == -10'000);
  shop.check_books();

  SECTION("it is used for what the order owes by then") {
    shop.below([&](storage::Transaction& transaction) {
      money::NewLine line;
      line.text = "The same seat again";
      line.price = line.total = uah(8'000);
      line.discount = line.tax = uah(0);
      money::add_lines(transaction, shop.order.id, {{line}});
      CHECK(money::use_late(transaction, late.id) == uah(8'000));
    });
    CHECK(shop.get(shop.order.id).status == money::OrderStatus::paid);
    CHECK(shop.now().unapplied == uah(2'000));
  }
  SECTION("it goes to the balance") {
    shop.host().run(money::ResolvePayment{.payment = late.id, .use = money::LateUse::balance});
    CHECK(shop.balance(shop.olena).amount == uah(10'000));
    CHECK(shop.now().status == PaymentStatus::refunded);
  }
  SECTION("it goes back the way it came") {
    shop.host().run(money::ResolvePayment{.payment = late.id, .use = money::LateUse::refund});
    CHECK(shop.host().run(money::RefundsDue{}).items.size() == 1);
  }
  SECTION("the provider takes it back itself") {
    shop.tell(money::Outcome::refunded, 10'000);
    CHECK(shop.get(shop.order.id).owed == uah(0));
  }
  SECTION("nobody does anything for a day") {
    shop.host().run(upkeep::Tick{});
    CHECK(shop.now().unapplied == uah(10'000));
    shop.desk.clock += std::chrono::hours{24};
    shop.host().run(upkeep::Tick{});
    CHECK(shop.balance(shop.olena).amount == uah(10'000));
  }
  shop.check_books();
}

TEST_CASE("a late payment is resolved once", "[M4]") {
  Provided shop;
  shop.host().run(money::CancelOrder{.order = shop.order.id});
  shop.tell(money::Outcome::completed);
  money::ResolvePayment request{.payment = shop.payment.id, .use = money::LateUse::order};
  CHECK(refusal([&] { shop.host().run(request); }).reason() == "nothing_owed");
  request.use = money::LateUse::balance;
  shop.host().run(request);
  CHECK(refusal([&] { shop.host().run(request); }).reason() == "payment_applied");
  Caller elsewhere = shop.desk.staff("Salesman", shop.desk.centre("Moon"));
  CHECK(refusal([&] { elsewhere.run(request); }).reason() == "payment_not_found");
  shop.check_books();
}

TEST_CASE("two payments for one order: the second waits", "[M4]") {
  Provided shop;
  money::Payment second = shop.start(shop.order.id);
  CHECK(second.id != shop.payment.id);
  shop.tell(money::Outcome::completed);
  shop.payment = second;
  shop.tell(money::Outcome::completed);
  CHECK(shop.get(shop.order.id).paid == uah(10'000));
  auto waiting = shop.host().run(money::Payments{.unapplied = true}).items;
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].id == second.id);
  shop.check_books();
}

TEST_CASE("a payment is begun for what is owed only", "[M4]") {
  Provided shop;
  CHECK(refusal([&] { shop.start(shop.order.id, 10'001); }).reason() == "amount_over_owed");
  CHECK(refusal([&] { shop.start(shop.order.id, 0); }).reason() == "amount_not_positive");
  money::StartPayment named{.order = shop.order.id, .provider = "liqpay", .external_ref = "A-1"};
  shop.host().run(named);
  CHECK(refusal([&] { shop.host().run(named); }).reason() == "payment_ref_taken");
  shop.tell(money::Outcome::completed);
  CHECK(refusal([&] { shop.start(shop.order.id); }).reason() == "nothing_owed");
}

TEST_CASE("customers pay from balances and through providers, staff take money", "[M4][A9]") {
  Shop shop;
  auto parent = shop.desk.customer();
  money::CreateOrder request = shop.order({Shop::mat(10'000)});
  request.payer = parent.client;
  money::Order order = shop.host().run(request);
  auto pay = [&](PaymentMethod method) {
    return refusal([&] {
             parent.caller.run(money::Pay{.order = order.id, .tenders = {Shop::by(method)}});
           })
        .reason();
  };
  CHECK(pay(PaymentMethod::cash) == "permission_denied");
  CHECK(pay(PaymentMethod::external) == "permission_denied");
  CHECK(pay(PaymentMethod::free) == "permission_denied");
  CHECK(pay(PaymentMethod::balance) == "balance_too_low");
  CHECK(parent.caller.run(money::StartPayment{.order = order.id, .provider = "liqpay"}).status ==
        PaymentStatus::pending);
  shop.top_up(parent.client, 10'000);
  CHECK(parent.caller
            .run(money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::balance)}})
            .status == money::OrderStatus::paid);
  shop.check_books();
}

TEST_CASE("a refund that was confirmed by hand is no charge-back when its event comes",
          "[M4][M5]") {
  Provided shop;
  shop.tell(money::Outcome::completed);
  const RefundId first = shop.give_back(3'000);
  shop.host().run(money::ConfirmRefund{.refund = first, .external_ref = "rf-1"});
  CHECK(shop.tell(money::Outcome::refunded, 3'000) == CallbackEffect::repeated);
  CHECK(shop.get(shop.order.id).owed == uah(0));
  CHECK(shop.now().refunded == uah(3'000));

  shop.give_back(3'000);
  CHECK(shop.tell(money::Outcome::refunded, 3'000) == CallbackEffect::applied);
  CHECK(shop.host().run(money::RefundsDue{}).items.empty());
  CHECK(shop.get(shop.order.id).owed == uah(0));
  // Every refund was told by an event of its own: what goes back now nobody here decided to.
  CHECK(shop.tell(money::Outcome::refunded, 3'000) == CallbackEffect::applied);
  CHECK(shop.get(shop.order.id).owed == uah(3'000));
  shop.check_books();
}

TEST_CASE("the event of a full refund that was confirmed by hand changes nothing", "[M4][M5]") {
  Provided shop;
  shop.tell(money::Outcome::completed);
  const RefundId all =
      shop.host().run(money::GiveBack{.order = shop.order.id, .reason = "Torn"}).refunds.at(0).id;
  shop.host().run(money::ConfirmRefund{.refund = all});
  CHECK(shop.tell(money::Outcome::refunded) == CallbackEffect::repeated);
  CHECK(shop.get(shop.order.id).owed == uah(0));
  shop.check_books();
}

TEST_CASE("a charge-back takes refunds that are due along", "[M4][M5]") {
  Provided shop;
  shop.tell(money::Outcome::completed);
  shop.give_back(3'000);
  CHECK(shop.tell(money::Outcome::refunded) == CallbackEffect::applied);
  CHECK(shop.host().run(money::RefundsDue{}).items.empty());
  CHECK(shop.now().status == PaymentStatus::refunded);
  CHECK(shop.get(shop.order.id).owed == uah(7'000));
  shop.check_books();
}

TEST_CASE("one event tells of a refund that was confirmed by hand and of one that was due",
          "[M4][M5]") {
  Provided shop;
  shop.tell(money::Outcome::completed);
  shop.host().run(money::ConfirmRefund{.refund = shop.give_back(3'000)});
  shop.give_back(2'000);
  std::int64_t owed = 0;
  SECTION("of both together") {
    CHECK(shop.tell(money::Outcome::refunded, 5'000) == CallbackEffect::applied);
  }
  SECTION("of more than both") {
    CHECK(shop.tell(money::Outcome::refunded, 6'000) == CallbackEffect::applied);
    owed = 1'000;
  }
  CHECK(shop.host().run(money::RefundsDue{}).items.empty());
  CHECK(shop.get(shop.order.id).owed == uah(owed));
  CHECK(shop.now().refunded == uah(5'000 + owed));
  shop.check_books();
}

TEST_CASE("the event of a due refund settles it though one confirmed by hand was not told yet",
          "[M4][M5]") {
  Provided shop;
  shop.tell(money::Outcome::completed);
  shop.host().run(money::ConfirmRefund{.refund = shop.give_back(1'000)});
  shop.give_back(3'000);
  CHECK(shop.tell(money::Outcome::refunded, 3'000) == CallbackEffect::applied);
  CHECK(shop.host().run(money::RefundsDue{}).items.empty());
  CHECK(shop.tell(money::Outcome::refunded, 1'000) == CallbackEffect::repeated);
  CHECK(shop.get(shop.order.id).owed == uah(0));
  CHECK(shop.now().refunded == uah(4'000));
  shop.check_books();
}

TEST_CASE("a late payment that pays a part of its order is told", "[M4][E7]") {
  Provided shop;
  shop.host().run(money::CancelOrder{.order = shop.order.id});
  shop.tell(money::Outcome::completed);
  shop.below([&](storage::Transaction& transaction) {
    money::NewLine line;
    line.text = "A dearer seat";
    line.price = line.total = uah(15'000);
    line.discount = line.tax = uah(0);
    money::add_lines(transaction, shop.order.id, {{line}});
  });
  shop.host().run(money::ResolvePayment{.payment = shop.payment.id, .use = money::LateUse::order});
  CHECK(shop.get(shop.order.id).owed == uah(5'000));
  CHECK(shop.topics(1) == std::vector<std::string>{"order_changed"});
}

TEST_CASE("late payments of one centre wait without those of another", "[M4]") {
  Provided shop;
  shop.host().run(money::CancelOrder{.order = shop.order.id});
  shop.tell(money::Outcome::completed);
  upkeep::ChangeSetting patient{.name = "money.late_payment_hours", .value = 1'000};
  patient.centre = shop.desk.centre("Moon");
  shop.host().run(patient);
  shop.desk.clock += std::chrono::hours{24};
  shop.host().run(upkeep::Tick{});
  CHECK(shop.balance(shop.olena).amount == uah(10'000));
  shop.check_books();
}

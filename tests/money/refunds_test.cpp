#include "money_support.hpp"

#include <limits>

using namespace frontdesk;
using money::PaymentMethod;
using money::PaymentStatus;
using money::RefundStatus;
using money::RefundTo;
using testing::refusal;
using testing::Shop;
using testing::uah;

namespace {

money::GiveBack of_line(const money::Order& order, std::optional<std::int64_t> minor,
                        RefundTo to = RefundTo::method) {
  money::LineRefund line{.line = order.lines[0].id, .amount = {}};
  if (minor) line.amount = uah(*minor);
  return {.order = order.id, .lines = {line}, .to = to, .reason = "The heating failed"};
}

}  // namespace

TEST_CASE("a part of a line goes back, then the rest, then nothing", "[M5]") {
  Shop shop;
  shop.top_up(shop.olena, 18'000);
  money::Order order = shop.host().run(
      shop.order({Shop::mat(12'000), Shop::mat(6'000)}, {Shop::by(PaymentMethod::balance)}));
  money::Refunded back = shop.host().run(of_line(order, 5'000));
  CHECK(back.amount == uah(5'000));
  CHECK(back.order.total == uah(13'000));
  CHECK(back.order.status == money::OrderStatus::paid);
  CHECK(back.order.lines[0].returned == uah(5'000));
  CHECK(shop.payments(order.id)[0].status == PaymentStatus::part_refunded);
  Error over = refusal([&] { shop.host().run(of_line(order, 7'001)); });
  CHECK(over.reason() == "refund_over_paid");
  CHECK(testing::number_in(over, "paid") == 7'000);
  CHECK(shop.host().run(of_line(order, {})).amount == uah(7'000));
  CHECK(refusal([&] { shop.host().run(of_line(order, {})); }).reason() == "nothing_paid");
  CHECK(refusal([&] { shop.host().run(of_line(order, 1)); }).reason() == "refund_over_paid");
  CHECK(shop.host().run(money::GiveBack{.order = order.id, .reason = "All"}).amount == uah(6'000));
  CHECK(shop.balance(shop.olena).amount == uah(18'000));
  CHECK(shop.account(money::AccountKind::tax) == 0);
  CHECK(shop.account(money::AccountKind::revenue) == 0);
  shop.check_books();
}

TEST_CASE("what does not fit is refused and changes nothing", "[M5]") {
  Shop shop;
  money::Order order = shop.paid_mat(10'000);
  auto refused = [&](const money::GiveBack& request) {
    return refusal([&] { shop.host().run(request); }).reason();
  };
  CHECK(refused(of_line(order, -1)) == "amount_not_positive");
  CHECK(refused(of_line(order, 0)) == "amount_not_positive");
  money::GiveBack foreign = of_line(order, 1);
  foreign.lines[0].amount = Money{1, Currency("EUR")};
  CHECK(refused(foreign) == "currency_differs");
  foreign.lines[0] = {.line = OrderLineId{1}, .amount = {}};
  CHECK(refused(foreign) == "order_line_not_found");
  money::GiveBack twice = of_line(order, 1);
  twice.lines.push_back(twice.lines[0]);
  CHECK(refused(twice) == "line_twice");
  CHECK(refused(of_line(shop.owed_mat(), {})) == "nothing_paid");
  CHECK(shop.get(order.id).refunded == uah(0));
  CHECK(shop.host().run(money::Refunds{}).items.empty());
  Caller elsewhere = shop.desk.staff("Salesman", shop.desk.centre("Moon"));
  CHECK(refusal([&] { elsewhere.run(of_line(order, 1)); }).reason() == "order_not_found");
}

TEST_CASE("several payments are given back, the latest first", "[M5]") {
  Shop shop;
  shop.open_till(shop.cashier, "Front", 1'000);
  shop.top_up(shop.olena, 4'000);
  money::Order order =
      shop.cashier.run(shop.order({Shop::mat(10'000)}, {Shop::by(PaymentMethod::balance, 4'000),
                                                        Shop::by(PaymentMethod::external, 3'000),
                                                        Shop::by(PaymentMethod::cash)}));
  money::Refunded back = shop.cashier.run(of_line(order, 8'000));
  REQUIRE(back.refunds.size() == 3);
  CHECK(back.refunds[0].method == PaymentMethod::cash);
  CHECK(back.refunds[0].amount == uah(3'000));
  CHECK(back.refunds[0].status == RefundStatus::done);
  CHECK(back.refunds[0].shift);
  CHECK(back.refunds[1].method == PaymentMethod::external);
  CHECK(back.refunds[1].status == RefundStatus::due);
  CHECK(back.refunds[2].method == PaymentMethod::balance);
  CHECK(back.refunds[2].amount == uah(2'000));
  CHECK(shop.balance(shop.olena).amount == uah(2'000));
  CHECK(shop.account(money::AccountKind::till) == 1'000);
  shop.check_books();
}

TEST_CASE("money goes back to the balance instead", "[M2][M5]") {
  Shop shop;
  money::Order order = shop.paid_mat(10'000);
  money::Refunded back = shop.host().run(of_line(order, 4'000, RefundTo::balance));
  CHECK(back.refunds.at(0).to == RefundTo::balance);
  CHECK(back.refunds.at(0).status == RefundStatus::done);
  CHECK(shop.balance(shop.olena).amount == uah(4'000));
  CHECK(refusal([&] {
          shop.host().run(money::ConfirmRefund{.refund = back.refunds[0].id});
        }).reason() == "refund_on_balance");

  money::CreateOrder guest = shop.order({Shop::mat(1'000)}, {Shop::by(PaymentMethod::card)});
  guest.payer = {};
  money::Order nobodys = shop.host().run(guest);
  CHECK(refusal([&] { shop.host().run(of_line(nobodys, 1, RefundTo::balance)); }).reason() ==
        "payer_needed");
  shop.check_books();
}

TEST_CASE("a refund that is not there is missing, whatever is said of it", "[M5]") {
  Shop shop;
  const RefundId none{999};
  const Error errors[] = {
      refusal([&] { shop.host().run(money::ConfirmRefund{.refund = none}); }),
      refusal([&] { shop.host().run(money::FailRefund{.refund = none, .problem = "No"}); }),
      refusal([&] { shop.host().run(money::RetryRefund{.refund = none}); }),
  };
  for (const Error& error : errors) {
    CHECK(error.reason() == "refund_not_found");
    CHECK(error.field() == "refund");
    CHECK(error.message() == "There is no such refund.");
  }
}

TEST_CASE("refunds by providers are worked off, told once", "[M5]") {
  Shop shop;
  money::Order order =
      shop.host().run(shop.order({Shop::mat(10'000)}, {Shop::by(PaymentMethod::external)}));
  RefundId refund = shop.host().run(of_line(order, 4'000)).refunds.at(0).id;
  CHECK(shop.host().run(money::RefundsDue{.provider = "manual"}).items.size() == 1);
  CHECK(shop.host().run(money::RefundsDue{.provider = "liqpay"}).items.empty());
  CHECK(refusal([&] { shop.host().run(money::RetryRefund{.refund = refund}); }).reason() ==
        "refund_not_failed");

  money::Refund failed =
      shop.host().run(money::FailRefund{.refund = refund, .problem = "Card closed"});
  CHECK(failed.status == RefundStatus::failed);
  CHECK(shop.host().run(money::FailRefund{.refund = refund, .problem = "Card closed"}).version ==
        failed.version);
  CHECK(shop.host().run(money::RefundsDue{}).items.empty());
  shop.check_books();  // it stays owed
  CHECK(shop.host().run(money::RetryRefund{.refund = refund}).status == RefundStatus::due);

  money::Refund done =
      shop.host().run(money::ConfirmRefund{.refund = refund, .external_ref = "rf-1"});
  CHECK(done.status == RefundStatus::done);
  CHECK(shop.host().run(money::ConfirmRefund{.refund = refund}).version == done.version);
  CHECK(refusal([&] {
          shop.host().run(money::FailRefund{.refund = refund, .problem = "Late news"});
        }).reason() == "refund_done");
  CHECK(shop.account(money::AccountKind::refunds_due) == 0);
  CHECK(shop.account(money::AccountKind::external_clearing) == 6'000);

  refund = shop.host().run(of_line(order, 1'000)).refunds.at(0).id;
  shop.host().run(
      money::FailRefund{.refund = refund, .problem = "Card closed", .to_balance = true});
  CHECK(shop.balance(shop.olena).amount == uah(1'000));
  shop.check_books();
}

TEST_CASE("cash and cards are given back within a shift, else when somebody has one", "[M5][M7]") {
  Shop shop;
  shop.open_till(shop.cashier);
  money::Order order =
      shop.cashier.run(shop.order({Shop::mat(10'000)}, {Shop::by(PaymentMethod::cash)}));
  money::Refund refund = shop.host().run(of_line(order, 4'000)).refunds.at(0);
  CHECK(refund.status == RefundStatus::due);  // the host has no till
  CHECK(shop.account(money::AccountKind::till) == 10'000);
  CHECK(refusal([&] { shop.host().run(money::ConfirmRefund{.refund = refund.id}); }).reason() ==
        "no_open_shift");
  refund = shop.cashier.run(money::ConfirmRefund{.refund = refund.id});
  CHECK(refund.status == RefundStatus::done);
  CHECK(shop.account(money::AccountKind::till) == 6'000);
  shop.check_books();
}

TEST_CASE("what was kept of a cancelled line may still go back", "[M5]") {
  Shop shop;
  money::Order order = shop.paid_mat(10'000);
  order = shop.host().run(money::CancelOrder{.order = order.id, .keep_payment = true});
  CHECK(order.status == money::OrderStatus::cancelled);
  CHECK(order.total == uah(10'000));
  money::Refunded back = shop.host().run(of_line(order, {}, RefundTo::balance));
  CHECK(back.amount == uah(10'000));
  CHECK(back.order.total == uah(0));
  CHECK(shop.account(money::AccountKind::cancellation_income) == 0);
  shop.check_books();
}

TEST_CASE("refunds are seen by those they concern", "[M5][A9]") {
  Shop shop;
  auto parent = shop.desk.customer();
  auto stranger = shop.desk.customer("Ivan");
  money::CreateOrder request = shop.order({Shop::mat()}, {Shop::by(PaymentMethod::card)});
  request.payer = parent.client;
  money::Order order = shop.host().run(request);
  shop.host().run(of_line(order, 100, RefundTo::balance));
  CHECK(parent.caller.run(money::Refunds{}).items.size() == 1);
  CHECK(stranger.caller.run(money::Refunds{}).items.empty());
  CHECK(parent.caller.run(money::Payments{}).items.size() == 1);
  CHECK(stranger.caller.run(money::Payments{}).items.empty());
  const OrderId beyond{std::numeric_limits<std::int64_t>::max()};
  CHECK(parent.caller.run(money::Payments{.order = beyond}).items.empty());
}

TEST_CASE("what is wrong with a refund is told in the order of its reference", "[M5][E16]") {
  Shop shop;
  const money::Order order = shop.paid_mat(5'000);
  const OrderLineId line = order.lines.at(0).id;
  const auto why = [&](std::vector<money::LineRefund> lines) {
    return refusal([&] {
             shop.host().run(money::GiveBack{
                 .order = order.id, .lines = std::move(lines), .reason = "Returned"});
           })
        .reason();
  };
  const money::LineRefund too_much{.line = line, .amount = uah(9'000)};
  const money::LineRefund foreign{.line = line, .amount = Money{1, Currency("EUR")}};
  const money::LineRefund unknown{.line = OrderLineId{99}, .amount = {}};
  CHECK(why({too_much, unknown}) == "order_line_not_found");
  CHECK(why({foreign, foreign}) == "line_twice");
  CHECK(why({too_much}) == "refund_over_paid");
  CHECK(why({foreign}) == "currency_differs");
}

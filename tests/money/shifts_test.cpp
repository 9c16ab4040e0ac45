#include "money_support.hpp"

using namespace frontdesk;
using money::PaymentMethod;
using testing::refusal;
using testing::Shop;
using testing::uah;

TEST_CASE("a shift holds the cash that came and went, and is counted", "[M7]") {
  Shop shop;
  money::Shift shift = shop.open_till(shop.cashier, "Front", 10'000);
  CHECK(shift.number == 1);
  CHECK(shop.account(money::AccountKind::till) == 10'000);
  money::Order order = shop.cashier.run(shop.order(
      {Shop::mat(12'000)}, {Shop::by(PaymentMethod::cash, 7'000), Shop::by(PaymentMethod::card)}));
  shop.cashier.run(money::MoveCash{
      .centre = shop.centre, .amount = uah(-1'500), .expense = true, .reason = "Water"});
  shop.cashier.run(
      money::MoveCash{.centre = shop.centre, .amount = uah(2'000), .reason = "Change"});
  shop.cashier.run(money::GiveBack{.order = order.id,
                                   .lines = {{.line = order.lines[0].id, .amount = uah(5'500)}},
                                   .reason = "Scratched"});  // the card's 5,000, then 500 in cash

  money::ShiftTotals x = shop.cashier.run(money::GetShift{.shift = shift.id}).totals;
  CHECK(x.opened_with == uah(10'000));
  CHECK(x.cash_in == uah(2'000));
  CHECK(x.cash_out == uah(1'500));
  CHECK(x.expected == uah(17'000));
  REQUIRE(x.methods.size() == 2);
  CHECK(x.methods[0].method == PaymentMethod::cash);
  CHECK(x.methods[0].taken == uah(7'000));
  CHECK(x.methods[0].given == uah(500));
  CHECK(x.methods[1].method == PaymentMethod::card);
  CHECK(x.methods[1].given == uah(5'000));
  REQUIRE(x.taxes.size() == 1);
  CHECK(x.taxes[0].tax_basis_points == 2000);
  CHECK(x.taxes[0].gross == uah(6'500));
  CHECK(x.taxes[0].tax == uah(1'083));
  CHECK(shop.account(money::AccountKind::till) == 17'000);

  money::Shift closed = shop.cashier.run(
      money::CloseShift{.shift = shift.id, .counted = uah(16'900), .note = "A note was torn"});
  CHECK(closed.difference == uah(-100));
  REQUIRE(closed.z);
  CHECK(closed.z->expected == uah(17'000));
  CHECK(shop.account(money::AccountKind::till) == 0);
  CHECK(shop.account(money::AccountKind::cash_difference) == 100);
  CHECK(shop.account(money::AccountKind::petty_expenses) == 1'500);
  shop.check_books();
}

TEST_CASE("taxes of a shift are those of what stands, and of what went back", "[M7]") {
  Shop shop;
  money::Shift shift = shop.open_till(shop.cashier, "Front", 10'000);
  money::SoldLine book = Shop::mat(12'000);
  book.text = "Book";
  book.tax_basis_points = 0;
  const auto sell = [&] {
    return shop.cashier.run(shop.order({Shop::mat(12'000), book}, {Shop::by(PaymentMethod::cash)}));
  };
  const auto cancel_mat = [&](const money::Order& order) {
    shop.cashier.run(money::CancelOrder{.order = order.id, .lines = {order.lines.at(0).id}});
  };
  const auto taxes = [&] {
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> told;
    for (const auto& tax : shop.cashier.run(money::GetShift{.shift = shift.id}).totals.taxes) {
      told[tax.tax_basis_points] = {tax.gross.minor, tax.tax.minor};
    }
    return told;
  };
  using Told = std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>>;
  cancel_mat(sell());
  CHECK(taxes() == Told{{0, {12'000, 0}}, {2'000, {0, 0}}});
  CHECK(shop.account(money::AccountKind::tax) == 0);

  const money::Order later = sell();
  CHECK(taxes() == Told{{0, {24'000, 0}}, {2'000, {12'000, 2'000}}});
  shop.cashier.run(money::CloseShift{.shift = shift.id, .counted = uah(46'000)});
  shift = shop.open_till(shop.cashier, "Front", 46'000);
  cancel_mat(later);
  CHECK(taxes() == Told{{0, {0, 0}}, {2'000, {-12'000, -2'000}}});
  shop.check_books();
}

namespace {

/// A mat at 20 % and a book at none, and the shifts in which they are paid and given back.
struct Counter : Shop {
  using Taxes = std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>>;
  money::Shift shift = open_till(cashier, "Front", 50'000);

  static money::SoldLine book(std::int64_t price) {
    money::SoldLine line = mat(price);
    line.text = "Book";
    line.tax_basis_points = 0;
    return line;
  }
  /// What the shift told, by rate; the next one is opened.
  Taxes close() {
    const money::ShiftTotals totals = cashier.run(money::GetShift{.shift = shift.id}).totals;
    cashier.run(money::CloseShift{.shift = shift.id, .counted = totals.expected});
    shift = open_till(cashier, "Front", 50'000);
    Taxes told;
    for (const auto& tax : totals.taxes) {
      told[tax.tax_basis_points] = {tax.gross.minor, tax.tax.minor};
    }
    return told;
  }
  void pay(OrderId order, std::optional<std::int64_t> minor = {}) const {
    cashier.run(money::Pay{.order = order, .tenders = {by(PaymentMethod::cash, minor)}});
  }
};

}  // namespace

TEST_CASE("a shift tells the taxes of its own money, whatever earlier ones took", "[M7]") {
  Counter shop;
  using Taxes = Counter::Taxes;
  SECTION("lines are given back in other shifts than they were paid in") {
    const money::Order order = shop.cashier.run(
        shop.order({Shop::mat(12'000), Counter::book(12'000)}, {Shop::by(PaymentMethod::cash)}));
    CHECK(shop.close() == Taxes{{0, {12'000, 0}}, {2'000, {12'000, 2'000}}});
    shop.cashier.run(money::GiveBack{
        .order = order.id, .lines = {{.line = order.lines[0].id, .amount = {}}}, .reason = "Torn"});
    CHECK(shop.close() == Taxes{{0, {0, 0}}, {2'000, {-12'000, -2'000}}});
    shop.cashier.run(money::GiveBack{.order = order.id,
                                     .lines = {{.line = order.lines[1].id, .amount = uah(6'000)}},
                                     .reason = "Torn"});
    CHECK(shop.close() == Taxes{{0, {-6'000, 0}}, {2'000, {0, 0}}});
  }
  SECTION("a part payment is followed by a cancellation and the rest") {
    const money::Order order =
        shop.host().run(shop.order({Shop::mat(12'000), Counter::book(12'000)}));
    shop.pay(order.id, 12'000);
    CHECK(shop.close() == Taxes{{0, {6'000, 0}}, {2'000, {6'000, 1'000}}});
    shop.cashier.run(money::CancelOrder{.order = order.id, .lines = {order.lines[1].id}});
    shop.pay(order.id);
    CHECK(shop.close() == Taxes{{0, {-6'000, 0}}, {2'000, {6'000, 1'000}}});
  }
  SECTION("instalments of a line have its tax together") {
    const money::Order order = shop.host().run(shop.order({Shop::mat(100)}));
    CHECK(order.lines[0].tax == uah(17));
    std::int64_t tax = 0;
    for (std::int64_t part : {33, 33, 34}) {
      shop.pay(order.id, part);
      const Taxes told = shop.close();
      CHECK(told.at(2'000).first == part);
      tax += told.at(2'000).second;
    }
    CHECK(tax == 17);
  }
  SECTION("a refund that was due is handed out later") {
    const money::Order order = shop.cashier.run(
        shop.order({Shop::mat(12'000), Counter::book(12'000)}, {Shop::by(PaymentMethod::cash)}));
    const auto refunded = shop.host().run(money::GiveBack{
        .order = order.id, .lines = {{.line = order.lines[0].id, .amount = {}}}, .reason = "Torn"});
    REQUIRE(refunded.refunds.at(0).status == money::RefundStatus::due);
    CHECK(shop.close() == Taxes{{0, {12'000, 0}}, {2'000, {12'000, 2'000}}});
    shop.cashier.run(money::ConfirmRefund{.refund = refunded.refunds[0].id, .external_ref = {}});
    CHECK(shop.close() == Taxes{{0, {0, 0}}, {2'000, {-12'000, -2'000}}});
  }
  SECTION("a payment that was voided is not told") {
    const money::Order order =
        shop.host().run(shop.order({Shop::mat(12'000), Counter::book(12'000)}));
    shop.pay(order.id, 12'000);
    shop.cashier.run(
        money::VoidPayment{.payment = shop.payments(order.id).at(0).id, .reason = "Typed twice"});
    shop.pay(order.id);
    CHECK(shop.close() == Taxes{{0, {12'000, 0}}, {2'000, {12'000, 2'000}}});
  }
  shop.check_books();
}

TEST_CASE("cash that has left the till is not voided; what is voided may be paid in time again",
          "[M7][M3]") {
  Shop shop;
  shop.open_till(shop.cashier);
  auto request = shop.order({Shop::mat(5'000)}, {Shop::by(PaymentMethod::cash)});
  request.pay_by = shop.desk.clock.now() + std::chrono::hours{1};
  const money::Order order = shop.cashier.run(request);
  const money::VoidPayment mistake{.payment = shop.payments(order.id).at(0).id,
                                   .reason = "Typed twice"};
  shop.cashier.run(
      money::MoveCash{.centre = shop.centre, .amount = uah(-5'000), .reason = "To the safe"});
  CHECK(refusal([&] { shop.cashier.run(mistake); }).reason() == "till_too_low");
  shop.cashier.run(money::MoveCash{.centre = shop.centre, .amount = uah(5'000), .reason = "Back"});
  shop.desk.clock += std::chrono::hours{2};
  shop.cashier.run(mistake);
  shop.host().run(upkeep::Tick{});
  CHECK(shop.get(order.id).status == money::OrderStatus::open);
  CHECK(shop.get(order.id).owed == uah(5'000));
  shop.check_books();
}

TEST_CASE("a Z report never changes", "[M7]") {
  Shop shop;
  money::Shift shift = shop.open_till(shop.cashier);
  money::Order order =
      shop.cashier.run(shop.order({Shop::mat(5'000)}, {Shop::by(PaymentMethod::cash)}));
  shop.cashier.run(money::CloseShift{.shift = shift.id, .counted = uah(5'000)});
  shop.open_till(shop.cashier, "Front", 5'000);
  shop.cashier.run(money::GiveBack{.order = order.id, .reason = "Returned"});
  money::ShiftReport z = shop.host().run(money::GetShift{.shift = shift.id});
  CHECK(z.totals.expected == uah(5'000));
  CHECK(z.totals.methods.at(0).given == uah(0));
  CHECK(refusal([&] {
          shop.cashier.run(money::CloseShift{.shift = shift.id, .counted = uah(1)});
        }).reason() == "shift_closed");
  shop.check_books();
}

TEST_CASE("a till has one open shift, and so has its cashier", "[M7]") {
  Shop shop;
  Caller second = shop.desk.staff("Salesman", shop.centre);
  money::Shift shift = shop.open_till(shop.cashier, "Front");
  auto refused = [&](const Caller& caller, const std::string& till) {
    return refusal([&] { shop.open_till(caller, till); }).reason();
  };
  CHECK(refused(second, " FRONT ") == "till_open");
  CHECK(refused(shop.cashier, "Back") == "shift_open");
  CHECK(refused(second, "   ") == "field_missing");
  CHECK(shop.open_till(second, "Back").number == 1);
  shop.cashier.run(money::CloseShift{.shift = shift.id, .counted = uah(0)});
  CHECK(shop.open_till(shop.cashier, "front").number == 2);
  auto open = [&](Money with) {
    return refusal([&] {
             shop.host().run(
                 money::OpenShift{.centre = shop.centre, .till = "New", .opened_with = with});
           })
        .reason();
  };
  CHECK(open(uah(-1)) == "amount_negative");
  CHECK(open(Money{1, Currency("EUR")}) == "currency_differs");
  CHECK(shop.host().run(money::Shifts{.centre = shop.centre, .open = true}).items.size() == 2);
  CHECK(shop.host().run(money::Shifts{}).items.size() == 3);
  shop.check_books();
}

TEST_CASE("cash comes within the seller's own shift only", "[M7]") {
  Shop shop;
  shop.open_till(shop.cashier);
  Caller second = shop.desk.staff("Salesman", shop.centre);
  money::CreateOrder sale = shop.order({Shop::mat(5'000)}, {Shop::by(PaymentMethod::cash)});
  Error none = refusal([&] { second.run(sale); });
  CHECK(none.code() == Code::conflict);
  CHECK(none.reason() == "no_open_shift");
  CHECK(none.message() == "Open a cash shift first.");
  CHECK(shop.host().run(money::Orders{}).items.empty());
  money::Order order = shop.cashier.run(sale);
  CHECK(shop.payments(order.id).at(0).shift);
  shop.set("money.cash_needs_shift", 0);
  CHECK_NOTHROW(second.run(sale));
  CHECK(refusal([&] {
          second.run(money::MoveCash{.centre = shop.centre, .amount = uah(1), .reason = "Change"});
        }).reason() == "no_open_shift");
  shop.check_books();
}

TEST_CASE("no more cash leaves a till than is in it", "[M7]") {
  Shop shop;
  shop.open_till(shop.cashier, "Front", 1'000);
  auto move = [&](std::int64_t minor) {
    return money::MoveCash{.centre = shop.centre, .amount = uah(minor), .reason = "Bank"};
  };
  Error low = refusal([&] { shop.cashier.run(move(-1'001)); });
  CHECK(low.reason() == "till_too_low");
  CHECK(testing::number_in(low, "expected") == 1'000);
  CHECK(refusal([&] { shop.cashier.run(move(0)); }).reason() == "amount_zero");
  CHECK(shop.cashier.run(move(-1'000)).expected == uah(0));
}

TEST_CASE("cash is paid out and given back as long as the till has it", "[M7][M5][M2]") {
  Shop shop;
  const money::Shift shift = shop.open_till(shop.cashier, "Front", 1'000);
  const auto expected = [&] {
    return shop.cashier.run(money::GetShift{.shift = shift.id}).totals.expected;
  };
  shop.top_up(shop.olena, 5'000);
  money::PayOut out{.client = shop.olena, .centre = shop.centre, .amount = uah(1'001)};
  out.reason = "Leaves";
  const Error low = refusal([&] { shop.cashier.run(out); });
  CHECK(low.reason() == "till_too_low");
  CHECK(testing::number_in(low, "expected") == 1'000);
  CHECK(expected() == uah(1'000));

  const money::Order order =
      shop.cashier.run(shop.order({Shop::mat(3'000)}, {Shop::by(PaymentMethod::cash)}));
  const auto move = [&](std::int64_t minor) {
    shop.cashier.run(
        money::MoveCash{.centre = shop.centre, .amount = uah(minor), .reason = "Bank"});
  };
  move(-2'500);
  shop.cashier.run(money::CancelOrder{.order = order.id});
  const money::Refund due = shop.host().run(money::RefundsDue{}).items.at(0);
  CHECK(due.status == money::RefundStatus::due);
  CHECK_FALSE(due.shift);
  CHECK(expected() == uah(1'500));
  CHECK(refusal([&] { shop.cashier.run(money::ConfirmRefund{.refund = due.id}); }).reason() ==
        "till_too_low");
  move(1'500);
  CHECK(shop.cashier.run(money::ConfirmRefund{.refund = due.id}).shift == shift.id);
  CHECK(expected() == uah(0));
  shop.check_books();
}

TEST_CASE("a mistaken payment is voided within its shift", "[M7]") {
  Shop shop;
  money::Shift shift = shop.open_till(shop.cashier);
  money::Order order =
      shop.cashier.run(shop.order({Shop::mat(5'000)}, {Shop::by(PaymentMethod::cash)}));
  money::VoidPayment request{.payment = shop.payments(order.id).at(0).id, .reason = "Typed twice"};
  Caller second = shop.desk.staff("Salesman", shop.centre);
  CHECK(refusal([&] { second.run(request); }).reason() == "void_outside_shift");
  money::Payment voided = shop.cashier.run(request);
  CHECK(voided.voided_at);
  CHECK(shop.get(order.id).status == money::OrderStatus::open);
  CHECK(shop.account(money::AccountKind::till) == 0);
  CHECK(refusal([&] { shop.cashier.run(request); }).reason() == "payment_not_completed");
  money::ShiftTotals x = shop.cashier.run(money::GetShift{.shift = shift.id}).totals;
  CHECK(x.voided == 1);
  CHECK(x.expected == uah(0));
  CHECK(x.methods.empty());

  shop.cashier.run(money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::cash)}});
  request.payment = shop.payments(order.id).at(0).id;
  shop.cashier.run(money::GiveBack{.order = order.id,
                                   .lines = {{.line = order.lines[0].id, .amount = uah(1)}},
                                   .reason = "Discount"});
  CHECK(refusal([&] { shop.cashier.run(request); }).reason() == "payment_refunded");

  money::Order later =
      shop.cashier.run(shop.order({Shop::mat(5'000)}, {Shop::by(PaymentMethod::cash)}));
  shop.cashier.run(money::CloseShift{.shift = shift.id, .counted = uah(9'999)});
  request.payment = shop.payments(later.id).at(0).id;
  CHECK(refusal([&] { shop.cashier.run(request); }).reason() == "void_outside_shift");
  shop.top_up(shop.olena, 100);
  money::Order by_balance =
      shop.host().run(shop.order({Shop::mat(100)}, {Shop::by(PaymentMethod::balance)}));
  request.payment = shop.payments(by_balance.id).at(0).id;
  CHECK(refusal([&] { shop.cashier.run(request); }).reason() == "method_not_voidable");
  shop.check_books();
}

TEST_CASE("a top-up that is voided leaves the balance again", "[M7][M2]") {
  Shop shop;
  shop.open_till(shop.cashier);
  money::TopUp top_up{.client = shop.olena,
                      .centre = shop.centre,
                      .amount = uah(5'000),
                      .tenders = {Shop::by(PaymentMethod::cash)}};
  money::Order order = shop.cashier.run(top_up);
  money::VoidPayment request{.payment = shop.payments(order.id).at(0).id, .reason = "Mistake"};
  shop.cashier.run(request);
  CHECK(shop.balance(shop.olena).amount == uah(0));
  shop.check_books();
  order = shop.cashier.run(top_up);
  shop.host().run(shop.order({Shop::mat(1)}, {Shop::by(PaymentMethod::balance)}));
  request.payment = shop.payments(order.id).at(0).id;
  CHECK(refusal([&] { shop.cashier.run(request); }).reason() == "balance_too_low");
  shop.check_books();
}

TEST_CASE("shifts are seen by their cashier and by those who see the books", "[M7][A9]") {
  Shop shop;
  money::Shift shift = shop.open_till(shop.cashier);
  Caller second = shop.desk.staff("Salesman", shop.centre);
  Caller moderator = shop.desk.staff("Moderator", shop.centre);
  Caller elsewhere = shop.desk.staff("Moderator", shop.desk.centre("Moon"));
  CHECK_NOTHROW(shop.cashier.run(money::GetShift{.shift = shift.id}));
  CHECK_NOTHROW(moderator.run(money::GetShift{.shift = shift.id}));
  for (const Caller& caller : {second, elsewhere}) {
    CHECK(refusal([&] { caller.run(money::GetShift{.shift = shift.id}); }).reason() ==
          "shift_not_found");
  }
  for (const Caller& caller : {second, elsewhere}) {
    CHECK(refusal([&] {
            caller.run(money::CloseShift{.shift = shift.id, .counted = uah(0)});
          }).reason() == "shift_not_found");
  }
  CHECK(elsewhere.run(money::Shifts{}).items.empty());
  CHECK_NOTHROW(moderator.run(money::CloseShift{.shift = shift.id, .counted = uah(0)}));
}

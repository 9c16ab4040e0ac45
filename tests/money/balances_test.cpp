#include "money_support.hpp"

#include <frontdesk/pricing_gift_cards.hpp>
#include <frontdesk/pricing_points.hpp>

using namespace frontdesk;
using money::PaymentMethod;
using testing::refusal;
using testing::Shop;
using testing::uah;

TEST_CASE("a balance is topped up, paid from and refunded to", "[M2]") {
  Shop shop;
  CHECK(shop.balance(shop.olena).amount == uah(0));
  shop.top_up(shop.olena, 50'000);
  money::Order order =
      shop.host().run(shop.order({Shop::mat(20'000)}, {Shop::by(PaymentMethod::balance)}));
  shop.host().run(money::CancelOrder{.order = order.id});
  CHECK(shop.balance(shop.olena).amount == uah(50'000));
  shop.host().run(shop.order({Shop::mat(30'000)}, {Shop::by(PaymentMethod::balance)}));
  CHECK(shop.balance(shop.olena).amount == uah(20'000));
  Error low = refusal([&] {
    shop.host().run(shop.order({Shop::mat(20'001)}, {Shop::by(PaymentMethod::balance)}));
  });
  CHECK(low.code() == Code::conflict);
  CHECK(low.reason() == "balance_too_low");
  CHECK(testing::number_in(low, "available") == 20'000);
  CHECK(low.message() == "The balance is too low: 200.00 UAH can be used.");
  shop.check_books();
}

TEST_CASE("a top-up counts once it is paid", "[M2][M3]") {
  Shop shop;
  auto parent = shop.desk.customer();
  money::Order order = parent.caller.run(
      money::TopUp{.client = parent.client, .centre = shop.centre, .amount = uah(10'000)});
  CHECK(order.owed == uah(10'000));
  CHECK(order.lines.at(0).kind == money::LineKind::top_up);
  CHECK(shop.balance(parent.client).amount == uah(0));
  CHECK(refusal([&] {
          parent.caller.run(
              money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::balance)}});
        }).reason() == "top_up_from_balance");
  money::Payment payment =
      parent.caller.run(money::StartPayment{.order = order.id, .provider = "liqpay"});
  shop.check_books();
  shop.host().run(money::RecordCallback{.provider = "liqpay",
                                        .event = "e1",
                                        .payment = payment.id,
                                        .outcome = money::Outcome::completed,
                                        .amount = uah(10'000)});
  CHECK(shop.balance(parent.client).amount == uah(10'000));
  shop.check_books();
  CHECK(refusal([&] {
          parent.caller.run(
              money::TopUp{.client = shop.olena, .centre = shop.centre, .amount = uah(1)});
        }).reason() == "client_not_found");
  CHECK(refusal([&] {
          parent.caller.run(money::TopUp{.client = parent.client,
                                         .centre = shop.centre,
                                         .amount = uah(1),
                                         .tenders = {Shop::by(PaymentMethod::card)}});
        }).reason() == "permission_denied");
}

TEST_CASE("a top-up is taken back only while it is there", "[M2][M5]") {
  Shop shop;
  money::TopUp request{.client = shop.olena,
                       .centre = shop.centre,
                       .amount = uah(10'000),
                       .tenders = {Shop::by(PaymentMethod::card)}};
  money::Order first = shop.host().run(request);
  shop.host().run(money::CancelOrder{.order = first.id});
  CHECK(shop.balance(shop.olena).amount == uah(0));
  money::Order second = shop.host().run(request);
  shop.host().run(shop.order({Shop::mat(1)}, {Shop::by(PaymentMethod::balance)}));
  CHECK(refusal([&] { shop.host().run(money::CancelOrder{.order = second.id}); }).reason() ==
        "balance_too_low");
  shop.check_books();
}

TEST_CASE("top-ups are above zero and in the centre's currency", "[M2][M8]") {
  Shop shop;
  auto refused = [&](Money amount) {
    return refusal([&] {
             shop.host().run(
                 money::TopUp{.client = shop.olena, .centre = shop.centre, .amount = amount});
           })
        .reason();
  };
  CHECK(refused(uah(0)) == "amount_not_positive");
  CHECK(refused(uah(-5)) == "amount_not_positive");
  CHECK(refused(Money{5, Currency("EUR")}) == "currency_differs");
  CHECK(refused(uah(std::numeric_limits<std::int64_t>::max())) == "amount_too_large");
  CHECK(shop.host().run(money::Orders{}).items.empty());
}

TEST_CASE("a balance goes below zero as far as its credit limit", "[M2]") {
  Shop shop;
  auto limit = [&](std::int64_t minor) {
    return money::SetCreditLimit{
        .client = shop.olena, .centre = shop.centre, .credit_limit = uah(minor)};
  };
  money::Balance balance = shop.host().run(limit(5'000));
  CHECK(balance.available == uah(5'000));
  shop.host().run(shop.order({Shop::mat(4'000)}, {Shop::by(PaymentMethod::balance)}));
  CHECK(shop.balance(shop.olena).amount == uah(-4'000));
  CHECK(refusal([&] {
          shop.host().run(shop.order({Shop::mat(1'001)}, {Shop::by(PaymentMethod::balance)}));
        }).reason() == "balance_too_low");
  Error in_use = refusal([&] { shop.host().run(limit(3'999)); });
  CHECK(in_use.reason() == "credit_in_use");
  CHECK(testing::number_in(in_use, "used") == 4'000);
  CHECK(shop.balance(shop.olena).credit_limit == uah(5'000));
  CHECK(refusal([&] { shop.host().run(limit(-1)); }).reason() == "amount_negative");
  CHECK(refusal([&] { shop.cashier.run(limit(10)); }).reason() == "permission_denied");
  CHECK_NOTHROW(shop.host().run(limit(4'000)));
  shop.check_books();
}

TEST_CASE("a statement tells what came and went, and what was there afterwards", "[M2]") {
  Shop shop;
  shop.top_up(shop.olena, 10'000);
  shop.desk.clock += std::chrono::hours{1};
  Instant later = shop.desk.clock.now();
  shop.host().run(shop.order({Shop::mat(4'000)}, {Shop::by(PaymentMethod::balance)}));
  shop.host().run(money::Adjust{.centre = shop.centre,
                                .from = money::AccountKind::client_balance,
                                .to = money::AccountKind::adjustments,
                                .client = shop.olena,
                                .amount = uah(500),
                                .reason = "For the delay"});
  money::Statement request{.client = shop.olena, .centre = shop.centre};
  auto lines = shop.host().run(request).items;
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].amount == uah(500));
  CHECK(lines[0].after == uah(6'500));
  CHECK(lines[0].memo == "For the delay");
  CHECK(lines[1].amount == uah(-4'000));
  CHECK(lines[1].after == uah(6'000));
  CHECK(lines[2].amount == uah(10'000));
  CHECK(lines[2].after == uah(10'000));
  request.limit = 2;
  auto page = shop.host().run(request);
  request.cursor = page.next;
  CHECK(shop.host().run(request).items.at(0).after == uah(10'000));
  CHECK(shop.host()
            .run(money::Statement{.client = shop.olena, .centre = shop.centre, .to = later})
            .items.size() == 1);
  auto stranger = shop.desk.customer("Ivan");
  CHECK(refusal([&] {
          stranger.caller.run(money::Statement{.client = shop.olena, .centre = shop.centre});
        }).reason() == "client_not_found");
}

TEST_CASE("centres of one currency may share balances", "[M2][M8]") {
  Shop shop;
  CentreId moon = shop.desk.centre("Moon");
  shop.top_up(shop.olena, 10'000);
  auto at_moon = [&] {
    return shop.host().run(money::GetBalance{.client = shop.olena, .centre = moon}).amount;
  };
  CHECK(at_moon() == uah(0));
  shop.set("money.shared_balance", 1);
  CHECK(at_moon() == uah(10'000));
  money::CreateOrder request = shop.order({Shop::mat(7'000)}, {Shop::by(PaymentMethod::balance)});
  request.centre = moon;
  shop.host().run(request);
  CHECK(at_moon() == uah(3'000));
  CHECK(shop.balance(shop.olena).amount == uah(3'000));
  CHECK(refusal([&] { shop.host().run(request); }).reason() == "balance_too_low");
  shop.check_books();
}

TEST_CASE("debtors are listed with what they owe, since when", "[M2][B4]") {
  Shop shop;
  ClientId ivan = shop.client("Ivan");
  Instant start = shop.desk.clock.now();
  shop.owed_mat(10'000);
  shop.desk.clock += std::chrono::days{1};
  money::CreateOrder request = shop.order({Shop::mat(3'000)});
  request.payer = ivan;
  shop.host().run(request);
  shop.owed_mat(5'000);
  auto debtors = shop.host().run(money::Debtors{.centre = shop.centre}).items;
  REQUIRE(debtors.size() == 2);
  CHECK(debtors[0].client == shop.olena);
  CHECK(debtors[0].owed == uah(15'000));
  CHECK(debtors[0].orders == 2);
  CHECK(debtors[0].since == start);
  CHECK(shop.host().run(money::Debtors{.before = start + Duration{1}}).items.size() == 1);
  CHECK(shop.balance(shop.olena).owed == uah(15'000));
  auto page = shop.host().run(money::Debtors{.limit = 1});
  CHECK(shop.host().run(money::Debtors{.cursor = page.next}).items.at(0).client == ivan);

  shop.host().run(money::PayDebts{.client = shop.olena,
                                  .centre = shop.centre,
                                  .tenders = {Shop::by(PaymentMethod::card, 12'000)}});
  debtors = shop.host().run(money::Debtors{.centre = shop.centre}).items;
  CHECK(debtors[1].owed == uah(3'000));
  CHECK(debtors[1].orders == 1);  // the older order is paid whole
  Error over = refusal([&] {
    shop.host().run(money::PayDebts{.client = shop.olena,
                                    .centre = shop.centre,
                                    .tenders = {Shop::by(PaymentMethod::card, 3'001)}});
  });
  CHECK(over.reason() == "amount_over_owed");
  shop.host().run(money::PayDebts{
      .client = ivan, .centre = shop.centre, .tenders = {Shop::by(PaymentMethod::card)}});
  CHECK(refusal([&] {
          shop.host().run(money::PayDebts{
              .client = ivan, .centre = shop.centre, .tenders = {Shop::by(PaymentMethod::card)}});
        }).reason() == "nothing_owed");
  shop.check_books();
}

TEST_CASE("where it is asked for, debts are settled first", "[M2][B4]") {
  Shop shop;
  shop.set("money.debts_first", 1);
  money::Order old = shop.owed_mat(10'000);
  money::Order next = shop.owed_mat(5'000);
  next = shop.host().run(
      money::Pay{.order = next.id, .tenders = {Shop::by(PaymentMethod::card, 12'000)}});
  CHECK(shop.get(old.id).owed == uah(0));
  CHECK(next.owed == uah(3'000));
  next = shop.host().run(money::Pay{.order = next.id, .tenders = {Shop::by(PaymentMethod::card)}});
  CHECK(next.owed == uah(0));

  money::Order third = shop.owed_mat(2'000);
  shop.top_up(shop.olena, 5'000);
  CHECK(shop.get(third.id).owed == uah(0));
  CHECK(shop.balance(shop.olena).amount == uah(3'000));
  shop.check_books();
}

TEST_CASE("a top-up that nobody paid is no debt; one that was charged back is", "[M2][B4]") {
  Shop shop;
  shop.set("money.debts_first", 1);
  const money::TopUp begun{.client = shop.olena, .centre = shop.centre, .amount = uah(5'000)};
  const money::Order abandoned = shop.host().run(begun);
  CHECK(shop.balance(shop.olena).owed == uah(0));
  CHECK(shop.host().run(money::Debtors{}).items.empty());
  money::PayDebts settle{.client = shop.olena, .centre = shop.centre};
  settle.tenders = {Shop::by(PaymentMethod::card)};
  CHECK(refusal([&] { shop.host().run(settle); }).reason() == "nothing_owed");
  money::Order mat = shop.owed_mat(3'000);
  mat = shop.host().run(
      money::Pay{.order = mat.id, .tenders = {Shop::by(PaymentMethod::card, 3'000)}});
  CHECK(mat.status == money::OrderStatus::paid);
  CHECK(shop.get(abandoned.id).paid == uah(0));

  const money::Order spent = shop.host().run(begun);
  shop.charged_back(spent);
  CHECK(shop.balance(shop.olena).owed == uah(5'000));
  CHECK(shop.host().run(money::Debtors{}).items.size() == 1);
  shop.host().run(settle);
  CHECK(shop.get(spent.id).status == money::OrderStatus::paid);
  CHECK(shop.get(abandoned.id).owed == uah(5'000));
  shop.check_books();
}

TEST_CASE("a balance is paid out, credit is not", "[M2]") {
  Shop shop;
  shop.top_up(shop.olena, 10'000);
  shop.host().run(money::SetCreditLimit{
      .client = shop.olena, .centre = shop.centre, .credit_limit = uah(5'000)});
  money::PayOut request{
      .client = shop.olena, .centre = shop.centre, .amount = uah(10'001), .reason = "Leaves"};
  CHECK(refusal([&] { shop.cashier.run(request); }).reason() == "balance_too_low");
  request.amount = uah(4'000);
  CHECK(refusal([&] { shop.cashier.run(request); }).reason() == "no_open_shift");
  money::Shift shift = shop.open_till(shop.cashier, "Front", 6'000);
  CHECK(shop.cashier.run(request).amount == uah(6'000));
  CHECK(shop.cashier.run(money::GetShift{.shift = shift.id}).totals.expected == uah(2'000));
  request.method = PaymentMethod::external;
  CHECK(shop.host().run(request).amount == uah(2'000));
  request.method = PaymentMethod::points;
  CHECK(refusal([&] { shop.host().run(request); }).reason() == "method_not_accepted");
  shop.check_books();
}

TEST_CASE("credit is not taken out as cash by way of a top-up", "[M2]") {
  Shop shop;
  const money::Shift shift = shop.open_till(shop.cashier);
  shop.host().run(money::SetCreditLimit{
      .client = shop.olena, .centre = shop.centre, .credit_limit = uah(10'000)});
  const money::Order filled =
      shop.cashier.run(money::TopUp{.client = shop.olena,
                                    .centre = shop.centre,
                                    .amount = uah(10'000),
                                    .tenders = {Shop::by(PaymentMethod::cash)}});
  shop.host().run(shop.order({Shop::mat(10'000)}, {Shop::by(PaymentMethod::balance)}));
  const auto reason = [&](const auto& request) {
    return refusal([&] { shop.cashier.run(request); }).reason();
  };
  CHECK(reason(money::GiveBack{.order = filled.id, .reason = "Changed her mind"}) ==
        "balance_too_low");
  CHECK(reason(money::CancelOrder{.order = filled.id}) == "balance_too_low");
  CHECK(reason(money::VoidPayment{.payment = shop.payments(filled.id).at(0).id,
                                  .reason = "Typed twice"}) == "balance_too_low");
  CHECK(shop.balance(shop.olena).amount == uah(0));
  shop.check_books();
}

TEST_CASE("a purchase is paid first, and settles older debts by what is over", "[B4][M2]") {
  Shop shop;
  shop.set("money.debts_first", 1);
  const money::Order old = shop.owed_mat(10'000);
  const auto sale = [&](std::int64_t minor) {
    return shop.order({Shop::mat(5'000)}, {Shop::by(PaymentMethod::card, minor)});
  };
  CHECK(shop.host().run(sale(5'000)).owed == uah(0));
  CHECK(shop.get(old.id).owed == uah(10'000));
  CHECK(shop.host().run(sale(9'000)).owed == uah(0));
  CHECK(shop.get(old.id).owed == uah(6'000));
  const Error over = refusal([&] { shop.host().run(sale(11'001)); });
  CHECK(over.reason() == "amount_over_owed");
  CHECK(over.field() == "tenders[0].amount");
  CHECK(shop.host().run(sale(11'000)).owed == uah(0));
  CHECK(shop.get(old.id).owed == uah(0));

  const money::Order next = shop.owed_mat(3'000);
  shop.set("money.debts_first", 0);
  shop.top_up(shop.olena, 4'000);
  CHECK(shop.get(next.id).owed == uah(3'000));
  shop.set("money.debts_first", 1);
  shop.host().run(shop.order({Shop::mat(2'000)}, {Shop::by(PaymentMethod::balance)}));
  CHECK(shop.get(next.id).owed == uah(1'000));
  CHECK(shop.balance(shop.olena).amount == uah(0));
  shop.check_books();
}

TEST_CASE("nothing is sold or put to who was merged or erased", "[M2][P9][P6]") {
  Shop shop;
  const ClientId other = shop.client("Petro");
  std::string expected;
  SECTION("merged") {
    shop.host().run(people::Merge{.keep = other, .duplicate = shop.olena});
    expected = "client_merged";
  }
  SECTION("erased") {
    shop.host().run(people::Erase{.client = shop.olena});
    expected = "client_erased";
  }
  const auto reason = [&](const auto& request) {
    const Error error = refusal([&] { shop.host().run(request); });
    return error.reason();
  };
  CHECK(reason(shop.order({Shop::mat()})) == expected);
  CHECK(reason(money::TopUp{.client = shop.olena, .centre = shop.centre, .amount = uah(100)}) ==
        expected);
  CHECK(reason(money::SetCreditLimit{
            .client = shop.olena, .centre = shop.centre, .credit_limit = uah(100)}) == expected);
  CHECK(reason(money::Adjust{.centre = shop.centre,
                             .from = money::AccountKind::client_balance,
                             .to = money::AccountKind::adjustments,
                             .client = shop.olena,
                             .amount = uah(100),
                             .reason = "Gift"}) == expected);
  pricing::SellGiftCard card;
  card.centre = shop.centre;
  card.buyer = shop.olena;
  card.amount = uah(100);
  CHECK(reason(card) == expected);
  pricing::AdjustPoints points;
  points.client = shop.olena;
  points.points = 5;
  points.reason = "Gift";
  CHECK(reason(points) == expected);
  shop.check_books();
}

TEST_CASE("what changes a balance beside payments is told and concerns the client", "[E7][E8]") {
  Shop shop;
  shop.top_up(shop.olena, 5'000);
  shop.host().run(
      money::SetCreditLimit{.client = shop.olena, .centre = shop.centre, .credit_limit = uah(100)});
  shop.host().run(money::PayOut{.client = shop.olena,
                                .centre = shop.centre,
                                .amount = uah(1'000),
                                .method = PaymentMethod::external,
                                .reason = "Leaves"});
  const auto entry = shop.host().run(money::Adjust{.centre = shop.centre,
                                                   .from = money::AccountKind::client_balance,
                                                   .to = money::AccountKind::adjustments,
                                                   .client = shop.olena,
                                                   .amount = uah(100),
                                                   .reason = "Gift"});
  shop.host().run(money::ReverseEntry{.entry = entry.id, .reason = "No gift"});
  CHECK(shop.topics(4) == std::vector<std::string>{"balance_changed", "balance_changed",
                                                   "ledger_corrected", "ledger_corrected"});
  std::vector<std::string> operations;
  for (const auto& line : shop.host().run(audit::Entries{.client = shop.olena}).items) {
    operations.push_back(line.operation);
  }
  for (const char* name :
       {"money.set_credit_limit", "money.pay_out", "money.adjust", "money.reverse_entry"}) {
    INFO(name);
    CHECK(std::count(operations.begin(), operations.end(), name) == 1);
  }
}

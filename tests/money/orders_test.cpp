#include "money_support.hpp"

#include <cctype>
#include <set>

using namespace frontdesk;
using money::LineKind;
using money::OrderStatus;
using money::PaymentMethod;
using testing::refusal;
using testing::Shop;
using testing::uah;

TEST_CASE("an order holds what was sold and what is owed", "[M3][D9]") {
  Shop shop;
  money::Order order = shop.host().run(shop.order({Shop::mat(45'000, 2), Shop::mat(999)}));
  CHECK(order.total == uah(90'999));
  CHECK(order.owed == uah(90'999));
  CHECK(order.status == OrderStatus::open);
  REQUIRE(order.lines.size() == 2);
  CHECK(order.lines[0].total == uah(90'000));
  CHECK(order.lines[0].tax == uah(15'000));  // a sixth of a price that holds 20 %
  CHECK(order.lines[1].tax == uah(167));     // 166.5 is rounded half up
  CHECK(order.payer == shop.olena);
  CHECK(shop.get(order.id).reference == order.reference);
  CHECK(shop.account(money::AccountKind::receivable) == 90'999);
  CHECK(shop.account(money::AccountKind::tax) == -15'167);
  shop.check_books();
}

TEST_CASE("orders have a short reference by which they are found", "[M3]") {
  Shop shop;
  std::set<std::string> seen;
  for (int i = 0; i < 20; ++i) {
    money::Order order = shop.owed_mat();
    CHECK(order.reference.size() == 9);
    CHECK(seen.insert(order.reference).second);
    std::string typed = order.reference;
    typed.erase(4, 1);
    for (char& letter : typed) letter = static_cast<char>(std::tolower(letter));
    CHECK(shop.host().run(money::GetOrder{.reference = typed}).id == order.id);
  }
  auto missing = [&](const std::string& reference) {
    return refusal([&] { shop.host().run(money::GetOrder{.reference = reference}); }).reason();
  };
  CHECK(missing("0000-0000") == "order_not_found");
  CHECK(missing("no such") == "order_not_found");
  CHECK(missing("UUUU-UUUU") == "order_not_found");
  CHECK(refusal([&] { shop.host().run(money::GetOrder{}); }).reason() == "field_missing");
}

TEST_CASE("an order is made whole or not at all", "[M3][M8][E2]") {
  Shop shop;
  auto refused = [&](const money::CreateOrder& order) {
    return refusal([&] { shop.host().run(order); }).reason();
  };
  auto with = [&](auto change) {
    money::CreateOrder order = shop.order({Shop::mat()});
    change(order);
    return refused(order);
  };
  CHECK(with([](auto& o) { o.lines[0].price = uah(-1); }) == "amount_negative");
  CHECK(with([](auto& o) { o.lines[0].price = Money{100, Currency("EUR")}; }) ==
        "currency_differs");
  CHECK(with([](auto& o) { o.lines[0].price = uah(2'000'000'000'000'000); }) == "amount_too_large");
  CHECK(with([](auto& o) {
          o.lines[0].price = uah(900'000'000'000'000);
          o.lines[0].quantity = 10'000;
        }) == "amount_too_large");
  CHECK(with([](auto& o) { o.lines[0].kind = LineKind::ticket; }) == "line_kind_not_sold_so");
  CHECK(with([](auto& o) { o.guest_name = "Ivan"; }) == "payer_or_guest");
  CHECK(with([](auto& o) { o.payer = ClientId{999}; }) == "client_not_found");
  CHECK(with([](auto& o) { o.tenders = {Shop::by(PaymentMethod::card, 45'001)}; }) ==
        "amount_over_owed");
  CHECK(with([](auto& o) {
          o.tenders = {Shop::by(PaymentMethod::card), Shop::by(PaymentMethod::card)};
        }) == "nothing_owed");
  CHECK(with([](auto& o) { o.tenders = {Shop::by(PaymentMethod::visit)}; }) ==
        "method_not_accepted");
  CHECK(with([](auto& o) { o.tenders = {Shop::by(PaymentMethod::cash)}; }) == "no_open_shift");
  CHECK(with([](auto& o) { o.tenders = {Shop::by(PaymentMethod::balance)}; }) == "balance_too_low");
  CHECK(with([](auto& o) {
          o.payer = {};
          o.tenders = {Shop::by(PaymentMethod::balance)};
        }) == "payer_needed");
  CHECK(with([](auto& o) {
          o.payer = {};
          o.lines[0].kind = LineKind::top_up;
        }) == "payer_needed");
  CHECK(shop.host().run(money::Orders{}).items.empty());
  CHECK(shop.host().run(money::Ledger{}).items.empty());
}

TEST_CASE("part payments leave the rest owed", "[M3][B4]") {
  Shop shop;
  money::Order order = shop.owed_mat(10'000);
  shop.top_up(shop.olena, 3'000);
  order = shop.host().run(money::Pay{
      .order = order.id,
      .tenders = {Shop::by(PaymentMethod::balance, 3'000), Shop::by(PaymentMethod::card, 2'000)}});
  CHECK(order.status == OrderStatus::part_paid);
  CHECK(order.paid == uah(5'000));
  CHECK(order.owed == uah(5'000));
  CHECK(shop.balance(shop.olena).amount == uah(0));
  order = shop.host().run(
      money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::external)}});
  CHECK(order.status == OrderStatus::paid);
  CHECK(shop.topics(2) == std::vector<std::string>{"payment_completed", "order_paid"});
  CHECK(shop.payments(order.id).size() == 3);
  shop.check_books();
}

TEST_CASE("an order takes 999 payments and no more", "[M3]") {
  Shop shop;
  const OrderId order = shop.host().run(shop.order({Shop::mat(2'000)})).id;
  const std::vector<money::Tender> kopiikas(20, Shop::by(PaymentMethod::card, 1));
  for (int i = 0; i < 49; ++i) {
    shop.host().run(money::Pay{.order = order, .tenders = kopiikas});
  }
  money::Pay rest{.order = order, .tenders = kopiikas};
  const Error error = refusal([&] { shop.host().run(rest); });
  CHECK(error.reason() == "payments_too_many");
  CHECK(error.message() == "An order has at most 999 payments.");
  CHECK(shop.host().run(money::GetOrder{.order = order}).owed == uah(2'000 - 980));
  rest.tenders.resize(18);
  rest.tenders.push_back(Shop::by(PaymentMethod::card));
  CHECK(shop.host().run(rest).owed == uah(0));
  shop.check_books();
}

TEST_CASE("an order that is paid at once is one movement", "[M1][M3]") {
  Shop shop;
  money::Order order = shop.paid_mat();
  CHECK(order.status == OrderStatus::paid);
  auto entries = shop.host().run(money::Ledger{.order = order.id}).items;
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].kind == money::EntryKind::sale);
  CHECK(entries[0].postings.size() == 3);
  CHECK(shop.account(money::AccountKind::receivable) == 0);
  CHECK(shop.topics() == std::vector<std::string>{"payment_completed"});
}

TEST_CASE("a deposit secures an order, and is kept when the rest does not come", "[M3]") {
  Shop shop;
  money::CreateOrder request = shop.order({Shop::mat(10'000), Shop::mat(5'000)});
  request.deposit_basis_points = 2'000;
  request.deposit_by = shop.desk.clock.now() + std::chrono::days{1};
  request.pay_by = shop.desk.clock.now() + std::chrono::days{7};
  money::Order order = shop.host().run(request);
  CHECK(order.deposit == uah(3'000));
  CHECK_FALSE(money::is_secured(order));
  order = shop.host().run(
      money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::card, 5'000)}});
  CHECK(money::is_secured(order));
  shop.desk.clock += std::chrono::days{2};
  shop.host().run(upkeep::Tick{});
  CHECK(shop.get(order.id).status == OrderStatus::part_paid);  // the deposit came in time
  shop.desk.clock += std::chrono::days{6};
  shop.host().run(upkeep::Tick{});
  order = shop.get(order.id);
  CHECK(order.ended_at);
  CHECK(order.total == uah(3'000));
  CHECK(order.refunded == uah(2'000));
  CHECK(order.owed == uah(0));
  CHECK(shop.account(money::AccountKind::cancellation_income) < 0);
  CHECK(shop.topics(3) ==
        std::vector<std::string>{"refund_changed", "order_changed", "order_lapsed"});
  shop.check_books();

  // Without its deposit an order lapses on the deposit's own date.
  request.deposit_by = shop.desk.clock.now() + std::chrono::days{1};
  request.pay_by = shop.desk.clock.now() + std::chrono::days{7};
  order = shop.host().run(request);
  shop.desk.clock += std::chrono::days{1};
  shop.host().run(upkeep::Tick{});
  CHECK(shop.get(order.id).status == OrderStatus::cancelled);
  shop.check_books();
}

TEST_CASE("deposits and dates are checked", "[M3]") {
  Shop shop;
  auto with = [&](auto change) {
    money::CreateOrder order = shop.order({Shop::mat(10'000)});
    change(order);
    return refusal([&] { shop.host().run(order); }).reason();
  };
  Instant past = shop.desk.clock.now();
  CHECK(with([](auto& o) { o.deposit = uah(10'001); }) == "deposit_over_total");
  CHECK(with([](auto& o) { o.deposit = uah(0); }) == "amount_not_positive");
  CHECK(with([](auto& o) {
          o.deposit = uah(1);
          o.deposit_basis_points = 1;
        }) == "deposit_twice");
  CHECK(with([&](auto& o) { o.deposit_by = past + Duration{60}; }) == "deposit_needed");
  CHECK(with([&](auto& o) { o.pay_by = past; }) == "date_past");
}

TEST_CASE("an order is cancelled by line, and what is not refundable is kept", "[M3][M5]") {
  Shop shop;
  money::SoldLine fee{.kind = LineKind::fee, .text = "Booking fee", .price = uah(500)};
  fee.refundable = false;
  money::Order order = shop.host().run(
      shop.order({Shop::mat(10'000), Shop::mat(6'000), fee}, {Shop::by(PaymentMethod::card)}));
  order = shop.host().run(money::CancelOrder{.order = order.id,
                                             .version = order.version,
                                             .lines = {order.lines[1].id},
                                             .reason = "Changed her mind"});
  CHECK(order.status == OrderStatus::paid);
  CHECK(order.total == uah(10'500));
  CHECK(order.refunded == uah(6'000));
  CHECK(order.lines[1].ended_at);
  auto again = [&] {
    return refusal([&] {
      shop.host().run(money::CancelOrder{.order = order.id, .lines = {order.lines[1].id}});
    });
  };
  CHECK(again().reason() == "line_ended");
  CHECK(refusal([&] {
          shop.host().run(money::CancelOrder{.order = order.id, .lines = {OrderLineId{999'999}}});
        }).reason() == "order_line_not_found");
  CHECK(refusal([&] {
          shop.host().run(money::CancelOrder{.order = order.id, .version = 1});
        }).reason() == "version_outdated");
  order = shop.host().run(money::CancelOrder{.order = order.id});
  CHECK(order.status == OrderStatus::refunded);
  CHECK(order.refunded == uah(16'000));
  CHECK(order.total == uah(500));
  CHECK(shop.account(money::AccountKind::cancellation_income) == -500);
  CHECK(again().reason() == "order_ended");
  CHECK(refusal([&] {
          shop.host().run(
              money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::card)}});
        }).reason() == "nothing_owed");
  shop.check_books();
}

TEST_CASE("an unpaid order that is cancelled leaves nothing owed", "[M3]") {
  Shop shop;
  money::Order order = shop.owed_mat();
  order = shop.host().run(money::CancelOrder{.order = order.id});
  CHECK(order.status == OrderStatus::cancelled);
  CHECK(order.total == uah(0));
  CHECK(order.lines[0].struck == uah(45'000));
  CHECK(shop.account(money::AccountKind::receivable) == 0);
  CHECK(shop.account(money::AccountKind::revenue) == 0);
  CHECK(shop.account(money::AccountKind::tax) == 0);
  shop.check_books();
}

TEST_CASE("lines of bookings are cancelled with their booking only", "[M3]") {
  Shop shop;
  OrderId tickets = shop.tickets(20'000, 2, {Shop::by(PaymentMethod::card)});
  Error refused = refusal([&] { shop.host().run(money::CancelOrder{.order = tickets}); });
  CHECK(refused.reason() == "line_of_booking");
  CHECK(testing::number_in(refused, "booking") == 7);
  shop.below([&](storage::Transaction& transaction) {
    auto order = money::order_of(transaction, tickets);
    CHECK(money::paid_for_line(transaction, order.lines[0].id) == uah(20'000));
    const money::LineEnd ends[] = {{order.lines[0].id, uah(15'000)}};
    auto ended = money::end_lines(transaction, tickets, ends, money::RefundTo::balance, "Ill");
    CHECK(ended.amount == uah(15'000));
    CHECK(ended.order.total == uah(25'000));
    CHECK(money::paid_for_line(transaction, order.lines[0].id) == uah(0));
    CHECK(refusal([&] {
            money::end_lines(transaction, tickets, ends, money::RefundTo::balance, "");
          }).reason() == "line_ended");
    const money::LineEnd more[] = {{order.lines[1].id, uah(20'001)}};
    CHECK(refusal([&] {
            money::end_lines(transaction, tickets, more, money::RefundTo::balance, "");
          }).reason() == "refund_over_paid");
    const money::LineEnd twice[] = {{order.lines[1].id, uah(1)}, {order.lines[1].id, uah(1)}};
    CHECK(refusal([&] {
            money::end_lines(transaction, tickets, twice, money::RefundTo::balance, "");
          }).reason() == "line_twice");
  });
  CHECK(shop.balance(shop.olena).amount == uah(15'000));
  CHECK(shop.account(money::AccountKind::cancellation_income) == -5'000);
  shop.check_books();
}

TEST_CASE("lines are added to an order that owes more then", "[M3][H9]") {
  Shop shop;
  const OrderId mat = shop.owed_mat(20'000).id;
  shop.host().run(money::Pay{.order = mat, .tenders = {Shop::by(PaymentMethod::card)}});
  shop.below([&](storage::Transaction& transaction) {
    money::NewLine line;
    line.kind = LineKind::other;
    line.text = "Better seat";
    line.price = line.total = uah(5'000);
    line.discount = line.tax = uah(0);
    CHECK(money::add_lines(transaction, mat, {{line}}).owed == uah(5'000));
    CHECK(money::owed(transaction, mat) == uah(5'000));
  });
  CHECK(shop.host()
            .run(money::Pay{.order = mat, .tenders = {Shop::by(PaymentMethod::card)}})
            .status == OrderStatus::paid);
  shop.check_books();
}

TEST_CASE("what will not come is written off", "[M1][M3]") {
  Shop shop;
  money::Order order = shop.owed_mat(10'000);
  shop.host().run(money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::card, 4'000)}});
  order = shop.host().run(money::WriteOff{.order = order.id, .reason = "Moved away"});
  CHECK(order.status == OrderStatus::paid);
  CHECK(order.total == uah(4'000));
  CHECK(shop.account(money::AccountKind::write_offs) == 5'000);
  CHECK(shop.account(money::AccountKind::tax) == -667);  // of what was paid
  CHECK(refusal([&] {
          shop.host().run(money::WriteOff{.order = order.id, .reason = "Again"});
        }).reason() == "nothing_owed");
  shop.check_books();
}

TEST_CASE("an order of which the rest is written off is told as paid", "[M3][B4]") {
  Shop shop;
  const money::Order order = shop.owed_mat(10'000);
  shop.host().run(money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::card, 4'000)}});
  shop.host().run(money::WriteOff{.order = order.id, .reason = "Goodwill"});
  CHECK(shop.topics(2) == std::vector<std::string>{"order_changed", "order_paid"});
}

TEST_CASE("orders are seen by those they concern", "[M3][A9]") {
  Shop shop;
  auto parent = shop.desk.customer();
  auto stranger = shop.desk.customer("Ivan");
  money::CreateOrder request = shop.order({Shop::mat()});
  request.payer = parent.client;
  money::Order order = shop.host().run(request);
  money::Order other = shop.owed_mat();
  CHECK(parent.caller.run(money::GetOrder{.order = order.id}).id == order.id);
  CHECK(parent.caller.run(money::Orders{}).items.size() == 1);
  CHECK(stranger.caller.run(money::Orders{}).items.empty());
  CHECK(shop.cashier.run(money::Orders{}).items.size() == 2);
  Caller elsewhere = shop.desk.staff("Salesman", shop.desk.centre("Moon"));
  CHECK(elsewhere.run(money::Orders{}).items.empty());
  for (const Caller& caller : {stranger.caller, elsewhere}) {
    Error foreign = refusal([&] { caller.run(money::GetOrder{.order = order.id}); });
    Error none = refusal([&] { caller.run(money::GetOrder{.order = OrderId{999}}); });
    CHECK(foreign.reason() == "order_not_found");
    CHECK(foreign.message() == none.message());
    CHECK(refusal([&] { caller.run(money::GetOrder{.reference = order.reference}); }).reason() ==
          "order_not_found");
    CHECK(refusal([&] {
            caller.run(
                money::Pay{.order = order.id, .tenders = {Shop::by(PaymentMethod::balance)}});
          }).reason() == "order_not_found");
  }
  CHECK(refusal([&] { parent.caller.run(money::CancelOrder{.order = order.id}); }).reason() ==
        "permission_denied");
  CHECK(refusal([&] { elsewhere.run(money::CancelOrder{.order = other.id}); }).reason() ==
        "order_not_found");
}

TEST_CASE("orders are listed by what is asked for", "[M3][E12]") {
  Shop shop;
  money::Order open = shop.owed_mat();
  money::Order paid = shop.paid_mat();
  money::Order cancelled = shop.owed_mat();
  shop.host().run(money::CancelOrder{.order = cancelled.id});
  auto of = [&](OrderStatus status) {
    auto items = shop.host().run(money::Orders{.centre = shop.centre, .status = status}).items;
    return items.size() == 1 ? items[0].id : OrderId{};
  };
  CHECK(of(OrderStatus::open) == open.id);
  CHECK(of(OrderStatus::paid) == paid.id);
  CHECK(of(OrderStatus::cancelled) == cancelled.id);
  auto first = shop.host().run(money::Orders{.limit = 2});
  CHECK(first.items.size() == 2);
  CHECK(shop.host().run(money::Orders{.cursor = first.next, .limit = 2}).items.size() == 1);
  CHECK(shop.host().run(money::Orders{.payer = shop.olena}).items.size() == 3);
  CHECK(shop.host().run(money::Orders{.channel = seating::Channel::online}).items.empty());
}

TEST_CASE("a guest's order keeps name and address", "[M3]") {
  Shop shop;
  money::CreateOrder request = shop.order({Shop::mat()}, {Shop::by(PaymentMethod::card)});
  request.payer = {};
  request.guest_name = "Ivan Kovalenko";
  request.guest_email = "ivan@mail.example";
  money::Order order = shop.host().run(request);
  CHECK(shop.get(order.id).guest_name == "Ivan Kovalenko");
  CHECK(order.status == OrderStatus::paid);
  shop.check_books();
}

TEST_CASE("a guest's address is folded, and refused where it is none", "[M3][P9]") {
  Shop shop;
  money::CreateOrder request = shop.order({Shop::mat()});
  request.payer = {};
  request.guest_name = "Ivan";
  request.guest_email = "not an address";
  const Error error = refusal([&] { shop.host().run(request); });
  CHECK(error.reason() == "email_malformed");
  CHECK(error.field() == "guest_email");
  request.guest_email = "Івan@Mail.Example";
  CHECK(shop.host().run(request).guest_email == "івan@mail.example");
}

TEST_CASE("refusals name the tender that they are about", "[M3][E16]") {
  Shop shop;
  const auto told = [&](std::vector<money::Tender> tenders) {
    const Error error =
        refusal([&] { shop.host().run(shop.order({Shop::mat(5'000)}, std::move(tenders))); });
    return error.reason() + " " + error.field();
  };
  const money::Tender some = Shop::by(PaymentMethod::card, 1'000);
  CHECK(told({some, Shop::by(PaymentMethod::card, 9'000)}) == "amount_over_owed tenders[1].amount");
  CHECK(told({some, Shop::by(PaymentMethod::card, 0)}) == "amount_not_positive tenders[1].amount");
  CHECK(told({some, Shop::by(PaymentMethod::card), some}) == "nothing_owed tenders[2]");
  CHECK(told({some, Shop::by(PaymentMethod::balance)}) == "balance_too_low tenders[1].amount");
  CHECK(told({some, Shop::by(PaymentMethod::cash)}) == "no_open_shift tenders[1].method");
  CHECK(told({some, Shop::by(PaymentMethod::gift_card)}) ==
        "gift_card_code_needed tenders[1].code");
  money::Tender transfer = Shop::by(PaymentMethod::external);
  transfer.provider = "liqpay";
  transfer.external_ref = "1";
  shop.host().run(shop.order({Shop::mat(5'000)}, {transfer}));
  CHECK(told({some, transfer}) == "payment_ref_taken tenders[1].external_ref");
  const money::Order owed = shop.owed_mat(5'000);
  const Error late = refusal([&] {
    shop.host().run(
        money::Pay{.order = owed.id, .tenders = {some, Shop::by(PaymentMethod::card, 4'001)}});
  });
  CHECK(late.field() == "tenders[1].amount");
}

TEST_CASE("a line is cancelled once in a call", "[M3]") {
  Shop shop;
  const money::Order order = shop.paid_mat();
  const OrderLineId line = order.lines.at(0).id;
  CHECK(refusal([&] {
          shop.host().run(money::CancelOrder{.order = order.id, .lines = {line, line}});
        }).reason() == "line_twice");
}

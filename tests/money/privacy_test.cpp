#include "money_support.hpp"

using namespace frontdesk;
using money::PaymentMethod;
using testing::Shop;
using testing::uah;

TEST_CASE("a person takes orders, payments, balances and invoices along", "[P9]") {
  Shop shop;
  shop.top_up(shop.olena, 10'000);
  money::Order order =
      shop.host().run(shop.order({Shop::mat(4'000)}, {Shop::by(PaymentMethod::balance)}));
  shop.host().run(money::IssueInvoice{.order = order.id});
  std::string text = shop.host().run(people::Export{.client = shop.olena}).json;
  CHECK(text.find("\"money\"") != std::string::npos);
  CHECK(text.find(order.reference) != std::string::npos);
  CHECK(text.find("2026-000001") != std::string::npos);
  CHECK(text.find("\"balances\"") != std::string::npos);
}

TEST_CASE("merging moves orders, and balances by the ledger", "[P7]") {
  Shop shop;
  ClientId twin = shop.client("Olenka");
  shop.top_up(shop.olena, 1'000);
  shop.top_up(twin, 2'500);
  shop.host().run(
      money::SetCreditLimit{.client = twin, .centre = shop.centre, .credit_limit = uah(700)});
  money::CreateOrder request = shop.order({Shop::mat(3'000)}, {Shop::by(PaymentMethod::card)});
  request.payer = twin;
  money::Order order = shop.host().run(request);
  shop.host().run(money::IssueInvoice{.order = order.id});
  shop.host().run(people::Merge{.keep = shop.olena, .duplicate = twin});
  CHECK(shop.balance(shop.olena).amount == uah(3'500));
  CHECK(shop.balance(shop.olena).credit_limit == uah(700));
  CHECK(shop.get(order.id).payer == shop.olena);
  CHECK(shop.payments(order.id).at(0).client == shop.olena);
  CHECK(shop.host().run(money::Invoices{.client = shop.olena}).items.size() == 1);
  auto lines = shop.host().run(money::Statement{.client = shop.olena, .centre = shop.centre}).items;
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].kind == money::EntryKind::merge);
  CHECK(lines[0].after == uah(3'500));
  shop.check_books();
}

TEST_CASE("an erased person's amounts stay, what is written of them goes, invoices wait",
          "[P9][M6]") {
  Shop shop;
  money::Order order = shop.paid_mat(10'000);
  InvoiceId invoice = shop.host().run(money::IssueInvoice{.order = order.id}).id;
  shop.host().run(money::GiveBack{.order = order.id,
                                  .lines = {{.line = order.lines[0].id, .amount = uah(1'000)}},
                                  .to = money::RefundTo::balance,
                                  .reason = "Olena's broken arm"});
  shop.host().run(people::Erase{.client = shop.olena});
  CHECK(shop.get(order.id).total == uah(9'000));
  CHECK_FALSE(shop.host().run(money::Refunds{.order = order.id}).items.at(0).reason);
  for (const auto& entry : shop.host().run(money::Ledger{}).items) CHECK_FALSE(entry.memo);
  CHECK(shop.host().run(money::GetInvoice{.invoice = invoice}).buyer);
  shop.desk.clock += std::chrono::days{6 * 366};
  shop.host().run(upkeep::Tick{});
  CHECK(shop.host().run(money::GetInvoice{.invoice = invoice}).buyer);
  shop.desk.clock += std::chrono::days{367};
  shop.host().run(upkeep::Tick{});
  money::Invoice read = shop.host().run(money::GetInvoice{.invoice = invoice});
  CHECK_FALSE(read.buyer);
  CHECK(read.total == uah(10'000));
  shop.check_books();
}

TEST_CASE("audit and feed hold nothing personal of money", "[P9][E8]") {
  Shop shop;
  money::CreateOrder request = shop.order({Shop::mat()}, {Shop::by(PaymentMethod::card)});
  request.payer = {};
  request.guest_name = "Zinaida Tymoshenko";
  request.guest_email = "zinaida@mail.example";
  OrderId order = shop.host().run(request).id;
  shop.host().run(money::IssueInvoice{.order = order});
  bool found = false;
  for (const auto& event : shop.host().run(events::Since{.limit = 500}).items) {
    found = found || event.payload.find("inaida") != std::string::npos;
  }
  for (const auto& record : shop.host().run(audit::Entries{.limit = 500}).items) {
    found = found || record.request.value_or("").find("inaida") != std::string::npos;
  }
  CHECK_FALSE(found);
}

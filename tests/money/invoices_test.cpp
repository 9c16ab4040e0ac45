#include "money_support.hpp"

using namespace frontdesk;
using money::PaymentMethod;
using testing::refusal;
using testing::Shop;
using testing::uah;

TEST_CASE("invoices are numbered without gaps by centre and year", "[M6]") {
  Shop shop;
  money::Order order = shop.paid_mat(12'000);
  money::Invoice first = shop.host().run(money::IssueInvoice{.order = order.id});
  CHECK(first.number == 1);
  CHECK(first.year == 2026);
  CHECK(first.label == "2026-000001");
  CHECK(first.total == uah(12'000));
  CHECK(first.tax == uah(2'000));
  CHECK(first.seller.name == "Sunrise");
  REQUIRE(first.buyer);
  CHECK(first.buyer->name == "Olena");
  REQUIRE(first.lines.size() == 1);
  CHECK(first.lines[0].text == "Yoga mat");
  // What is refused takes no number.
  CHECK(refusal([&] { shop.host().run(money::IssueInvoice{.order = order.id}); }).reason() ==
        "nothing_to_invoice");
  CHECK(refusal([&] { shop.host().run(money::IssueInvoice{.order = OrderId{99}}); }).reason() ==
        "order_not_found");
  shop.host().preview(money::IssueInvoice{.order = shop.owed_mat().id});
  money::IssueInvoice named{.order = shop.owed_mat().id};
  named.buyer = money::InvoiceBuyer{.name = "Kovalenko Ltd", .tax_number = "12345678"};
  money::Invoice second = shop.host().run(named);
  CHECK(second.number == 2);
  CHECK(second.buyer->tax_number == "12345678");
  // Midnight of New Year in Kyiv is 22:00 UTC: the year is the centre's.
  shop.desk.clock += std::chrono::seconds{1'798'754'400 - 1'772'442'000};
  CHECK(shop.host().run(money::IssueInvoice{.order = shop.owed_mat().id}).label == "2027-000001");
  CentreId moon = shop.desk.centre("Moon");
  money::CreateOrder elsewhere = shop.order({Shop::mat()});
  elsewhere.centre = moon;
  OrderId other = shop.host().run(elsewhere).id;
  CHECK(shop.host().run(money::IssueInvoice{.order = other}).number == 1);
  shop.check_books();
}

TEST_CASE("what is written off is credited with the tax that the books let go", "[M6][M1]") {
  Shop shop;
  const money::Order order = shop.owed_mat(12'000);
  const money::Invoice invoice = shop.host().run(money::IssueInvoice{.order = order.id});
  CHECK(shop.account(money::AccountKind::tax) == -2'000);
  shop.host().run(money::WriteOff{.order = order.id, .reason = "Moved away"});
  const money::Invoice note = shop.host().run(money::IssueCreditNote{.invoice = invoice.id});
  CHECK(note.total == uah(12'000));
  CHECK(note.tax == uah(2'000));
  CHECK(shop.account(money::AccountKind::tax) == 0);
  CHECK(shop.account(money::AccountKind::write_offs) == 10'000);
  shop.check_books();
}

TEST_CASE("an invoice stays as it was issued; credit notes say what went back since", "[M6]") {
  Shop shop;
  money::Order order = shop.host().run(
      shop.order({Shop::mat(12'000), Shop::mat(6'000)}, {Shop::by(PaymentMethod::card)}));
  money::Invoice invoice = shop.host().run(money::IssueInvoice{.order = order.id});
  CHECK(refusal([&] { shop.host().run(money::IssueCreditNote{.invoice = invoice.id}); }).reason() ==
        "nothing_to_credit");
  shop.host().run(money::GiveBack{.order = order.id,
                                  .lines = {{.line = order.lines[0].id, .amount = uah(2'000)}},
                                  .reason = "Scratched"});
  money::Invoice note = shop.host().run(money::IssueCreditNote{.invoice = invoice.id});
  CHECK(note.kind == money::InvoiceKind::credit_note);
  CHECK(note.label == "CN-2026-000001");
  CHECK(note.corrects == invoice.id);
  CHECK(note.total == uah(2'000));
  CHECK(note.tax == uah(333));
  CHECK(refusal([&] { shop.host().run(money::IssueCreditNote{.invoice = invoice.id}); }).reason() ==
        "nothing_to_credit");
  shop.host().run(money::CancelOrder{.order = order.id});
  money::Invoice rest = shop.host().run(money::IssueCreditNote{.invoice = invoice.id});
  CHECK(rest.total == uah(16'000));
  CHECK(rest.tax.minor + note.tax.minor == invoice.tax.minor);
  CHECK(rest.number == 2);
  CHECK(refusal([&] { shop.host().run(money::IssueCreditNote{.invoice = note.id}); }).reason() ==
        "not_an_invoice");
  money::Invoice read = shop.host().run(money::GetInvoice{.invoice = invoice.id});
  CHECK(read.total == uah(18'000));
  CHECK(read.lines.size() == 2);
  shop.check_books();
}

TEST_CASE("lines sold later get an invoice of their own", "[M6]") {
  Shop shop;
  OrderId tickets = shop.tickets(20'000, 1, {Shop::by(PaymentMethod::card)});
  shop.host().run(money::IssueInvoice{.order = tickets});
  shop.below([&](storage::Transaction& transaction) {
    money::NewLine line;
    line.text = "Another seat";
    line.price = line.total = uah(5'000);
    line.discount = line.tax = uah(0);
    money::add_lines(transaction, tickets, {{line}});
  });
  money::Invoice second = shop.host().run(money::IssueInvoice{.order = tickets});
  CHECK(second.total == uah(5'000));
  CHECK(second.number == 2);
  CHECK(shop.host().run(money::Invoices{.order = tickets}).items.size() == 2);
  CHECK(shop.host().run(money::Invoices{.year = 2026, .number = 2}).items.size() == 1);
}

TEST_CASE("invoices are seen by the payer and the centre", "[M6][A9]") {
  Shop shop;
  auto parent = shop.desk.customer();
  auto stranger = shop.desk.customer("Ivan");
  money::CreateOrder request = shop.order({Shop::mat()});
  request.payer = parent.client;
  OrderId order = shop.host().run(request).id;
  InvoiceId invoice = shop.cashier.run(money::IssueInvoice{.order = order}).id;
  CHECK(parent.caller.run(money::GetInvoice{.invoice = invoice}).client == parent.client);
  CHECK(parent.caller.run(money::Invoices{}).items.size() == 1);
  CHECK(stranger.caller.run(money::Invoices{}).items.empty());
  CHECK(refusal([&] { stranger.caller.run(money::GetInvoice{.invoice = invoice}); }).reason() ==
        "invoice_not_found");
  Caller elsewhere = shop.desk.staff("Salesman", shop.desk.centre("Moon"));
  CHECK(refusal([&] { elsewhere.run(money::IssueCreditNote{.invoice = invoice}); }).reason() ==
        "invoice_not_found");
  CHECK(refusal([&] { elsewhere.run(money::IssueInvoice{.order = order}); }).reason() ==
        "order_not_found");
}

namespace {

struct Fiscal : Shop {
  Fiscal() { set("money.fiscal_receipts", 1); }
  std::vector<money::Receipt> claim() const {
    return host().run(money::ClaimReceipts{.centre = centre}).receipts;
  }
  money::Receipt problem(ReceiptId id) const {
    return host().run(money::RecordReceipt{.receipt = id, .problem = "No connection"});
  }
  money::Receipt number(ReceiptId id, const std::string& text) const {
    return host().run(money::RecordReceipt{.receipt = id, .number = text});
  }
};

}  // namespace

TEST_CASE("payments and refunds get fiscal receipts, claimed and numbered once", "[M6]") {
  Fiscal shop;
  shop.top_up(shop.olena, 5'000);
  money::Order order =
      shop.host().run(shop.order({Shop::mat(12'000)}, {Shop::by(PaymentMethod::balance, 5'000),
                                                       Shop::by(PaymentMethod::external)}));
  auto claimed = shop.claim();
  REQUIRE(claimed.size() == 2);  // the top-up and the transfer; a balance was receipted before
  CHECK(claimed[0].amount == uah(5'000));
  CHECK(claimed[1].amount == uah(7'000));
  CHECK(shop.claim().empty());  // leased
  money::Receipt issued = shop.number(claimed[0].id, "FN-1");
  CHECK(issued.status == money::ReceiptStatus::issued);
  CHECK(shop.number(claimed[0].id, "FN-1").version == issued.version);
  CHECK(refusal([&] { shop.number(claimed[0].id, "FN-2"); }).reason() == "receipt_issued");
  CHECK(refusal([&] {
          shop.host().run(money::RecordReceipt{.receipt = claimed[1].id});
        }).reason() == "number_or_problem");
  CHECK(refusal([&] { shop.number(ReceiptId{99}, "FN-9"); }).reason() == "receipt_not_found");
  shop.number(claimed[1].id, "FN-2");

  RefundId refund =
      shop.host()
          .run(money::GiveBack{.order = order.id,
                               .lines = {{.line = order.lines[0].id, .amount = uah(1'000)}},
                               .reason = "Scratched"})
          .refunds.at(0)
          .id;
  CHECK(shop.claim().empty());  // not before the money is gone
  shop.host().run(money::ConfirmRefund{.refund = refund});
  claimed = shop.claim();
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].amount == uah(-1'000));
  CHECK(claimed[0].refund == refund);
}

TEST_CASE("a voided payment leaves no receipt, or one against it", "[M6][M7]") {
  Fiscal shop;
  shop.open_till(shop.cashier);
  const auto sell = [&] {
    const money::Order order =
        shop.cashier.run(shop.order({Shop::mat(5'000)}, {Shop::by(PaymentMethod::cash)}));
    return shop.payments(order.id).at(0).id;
  };
  const auto take_back = [&](PaymentId payment) {
    shop.cashier.run(money::VoidPayment{.payment = payment, .reason = "Typed twice"});
  };
  take_back(sell());
  CHECK(shop.claim().empty());
  const PaymentId claimed = sell();
  shop.number(shop.claim().at(0).id, "FN-1");
  take_back(claimed);
  const auto against = shop.claim();
  REQUIRE(against.size() == 1);
  CHECK(against[0].payment == claimed);
  CHECK(against[0].amount == uah(-5'000));
  CHECK_FALSE(against[0].refund);
}

TEST_CASE("charge-backs and cash that a balance is paid out in get receipts", "[M6][M4][M2]") {
  Fiscal shop;
  shop.open_till(shop.cashier, "Front", 10'000);
  shop.charged_back(shop.owed_mat(5'000));
  auto claimed = shop.claim();
  REQUIRE(claimed.size() == 2);
  CHECK(claimed[1].amount == uah(-5'000));
  CHECK(claimed[1].refund);

  shop.top_up(shop.olena, 2'000);
  CHECK(shop.claim().size() == 1);
  Caller moderator = shop.desk.staff("Moderator", shop.centre);
  shop.open_till(moderator, "Back", 5'000);
  moderator.run(money::PayOut{
      .client = shop.olena, .centre = shop.centre, .amount = uah(2'000), .reason = "Leaves"});
  claimed = shop.claim();
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].amount == uah(-2'000));
  CHECK_FALSE(claimed[0].order);
}

TEST_CASE("a receipt is tried again with growing waits, and given up in the end", "[M6]") {
  Fiscal shop;
  shop.set("money.receipt_attempts_max", 3);
  shop.paid_mat();
  ReceiptId id = shop.claim().at(0).id;
  money::Receipt waiting = shop.problem(id);
  CHECK(waiting.status == money::ReceiptStatus::waiting);
  CHECK(waiting.next_at == shop.desk.clock.now() + Duration{60});
  shop.desk.clock += Duration{59};
  CHECK(shop.claim().empty());
  shop.desk.clock += Duration{1};
  REQUIRE(shop.claim().size() == 1);
  CHECK(shop.problem(id).next_at == shop.desk.clock.now() + Duration{120});
  shop.desk.clock += Duration{120};
  REQUIRE(shop.claim().size() == 1);
  SECTION("by the last answer") { CHECK(shop.problem(id).status == money::ReceiptStatus::failed); }
  SECTION("or as the last claim is never answered") {
    shop.desk.clock += Duration{120};
    CHECK(shop.claim().empty());
  }
  CHECK(shop.topics(1) == std::vector<std::string>{"receipt_failed"});
  shop.desk.clock += std::chrono::days{1};
  CHECK(shop.claim().empty());
  CHECK(shop.host().run(money::Receipts{.status = money::ReceiptStatus::failed}).items.size() == 1);
  CHECK(shop.number(id, "FN-1").status == money::ReceiptStatus::issued);  // late is better
}

TEST_CASE("receipts that are given up leave room for those that are due", "[M6]") {
  Fiscal shop;
  shop.set("money.receipt_attempts_max", 1);
  shop.paid_mat();
  CHECK(shop.claim().size() == 1);  // and never answered
  shop.paid_mat();
  shop.desk.clock += std::chrono::days{1};
  const auto claimed =
      shop.host().run(money::ClaimReceipts{.centre = shop.centre, .limit = 1}).receipts;
  CHECK(claimed.size() == 1);
  CHECK(shop.host().run(money::Receipts{.status = money::ReceiptStatus::failed}).items.size() == 1);
}

TEST_CASE("a part of a line's tax is rounded as the centre rounds", "[D8][M6]") {
  Shop shop;
  shop.set("money.round_half_even", 1);
  const money::Order order =
      shop.host().run(shop.order({Shop::mat(30)}, {Shop::by(PaymentMethod::card)}));
  CHECK(order.lines.at(0).tax == uah(5));
  const money::Invoice invoice = shop.host().run(money::IssueInvoice{.order = order.id});
  shop.host().run(money::GiveBack{.order = order.id,
                                  .lines = {{.line = order.lines[0].id, .amount = uah(15)}},
                                  .reason = "Torn"});
  // Of half the price 2.5 is tax: 2 stays.
  CHECK(shop.account(money::AccountKind::tax) == -2);
  CHECK(shop.host().run(money::IssueCreditNote{.invoice = invoice.id}).tax == uah(3));
  shop.check_books();
}

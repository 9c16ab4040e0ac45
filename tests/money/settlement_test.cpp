#include "money_support.hpp"

#include <frontdesk/money_settlement.hpp>

using namespace frontdesk;
using money::AccountKind;
using money::PaymentMethod;
using testing::refusal;
using testing::Shop;
using testing::uah;

namespace {

struct Partnership : Shop {
  void agree(money::SetPartnerTerms terms) const {
    terms.centre = centre;
    host().run(terms);
  }
  money::SettlementFigures statement() const {
    return host().run(money::PartnerStatement{.centre = centre});
  }
  money::Settlement settle() const { return host().run(money::Settle{.centre = centre}); }
};

}  // namespace

TEST_CASE("a partner gets its share of what was earned, and an amount for each visit", "[M9]") {
  Partnership shop;
  shop.agree({.share_basis_points = 7'000, .amount_per_visit = uah(1'000)});
  shop.paid_mat(12'000);  // 10,000 and 2,000 of tax
  OrderId tickets = shop.tickets(5'000, 2, {Shop::by(PaymentMethod::card)});
  money::SettlementFigures figures = shop.statement();
  CHECK(figures.earned == uah(20'000));
  CHECK(figures.tax == uah(2'000));
  CHECK(figures.visits == 2);
  CHECK(figures.share == uah(14'000));
  CHECK(figures.for_visits == uah(2'000));
  CHECK(figures.payable == uah(16'000));

  money::Settlement first = shop.settle();
  CHECK(first.number == 1);
  CHECK(first.figures.payable == uah(16'000));
  CHECK(shop.account(AccountKind::partner_payable) == -16'000);
  CHECK(refusal([&] { shop.settle(); }).reason() == "nothing_to_settle");

  // What is given back later counts in the next period.
  shop.below([&](storage::Transaction& transaction) {
    money::cancel_all(transaction, tickets, money::RefundTo::balance, "Session cancelled");
  });
  figures = shop.statement();
  CHECK(figures.visits == -2);
  CHECK(figures.payable == uah(-9'000));
  shop.check_books();
}

TEST_CASE("where the partner sells, tax and all is passed on; cash that stays counts", "[M9]") {
  Partnership shop;
  shop.agree(
      {.seller = money::SellerOfRecord::partner, .share_basis_points = 9'000, .keeps_cash = true});
  shop.open_till(shop.cashier, "Front", 500);
  shop.cashier.run(shop.order(
      {Shop::mat(12'000)}, {Shop::by(PaymentMethod::cash, 5'000), Shop::by(PaymentMethod::card)}));
  money::SettlementFigures figures = shop.statement();
  CHECK(figures.share == uah(10'800));
  CHECK(figures.cash_kept == uah(5'000));
  CHECK(figures.payable == uah(5'800));
  shop.settle();
  shop.check_books();
}

TEST_CASE("half a unit of a share goes up, or to the even neighbour by setting", "[M9][D8]") {
  Partnership shop;
  shop.agree({.share_basis_points = 5'000});
  shop.paid_mat(6);  // 5 and 1 of tax
  CHECK(shop.statement().share == uah(3));
  shop.host().run(
      upkeep::ChangeSetting{.name = "money.round_half_even", .centre = shop.centre, .value = 1});
  CHECK(shop.statement().share == uah(2));
}

TEST_CASE("a settlement is paid out, and the last one may be taken back", "[M9]") {
  Partnership shop;
  shop.agree({.share_basis_points = 5'000});
  shop.paid_mat(12'000);
  money::Settlement first = shop.settle();
  first = shop.host().run(money::PaySettlement{.settlement = first.id, .external_ref = "SEPA-1"});
  CHECK(first.status == money::SettlementStatus::paid);
  CHECK(shop.account(AccountKind::partner_payable) == 0);
  CHECK(shop.account(AccountKind::bank) == -5'000);
  CHECK(refusal([&] { shop.host().run(money::PaySettlement{.settlement = first.id}); }).reason() ==
        "settlement_not_open");
  shop.paid_mat(6'000);
  money::Settlement second = shop.settle();
  CHECK(second.number == 2);
  CHECK(second.figures.earned == uah(5'000));
  auto reverse = [&](SettlementId id) {
    return shop.host().run(money::ReverseSettlement{.settlement = id, .reason = "Wrong terms"});
  };
  CHECK(refusal([&] { reverse(first.id); }).reason() == "settlement_not_last");
  CHECK(reverse(second.id).status == money::SettlementStatus::reversed);
  CHECK(refusal([&] { reverse(second.id); }).reason() == "settlement_reversed");
  CHECK(refusal([&] { reverse(SettlementId{99}); }).reason() == "settlement_not_found");
  reverse(first.id);
  CHECK(shop.account(AccountKind::bank) == 0);
  CHECK(shop.account(AccountKind::partner_share) == 0);
  money::Settlement again = shop.settle();  // both periods anew
  CHECK(again.number == 3);
  CHECK(again.figures.earned == uah(15'000));
  CHECK(shop.host().run(money::Settlements{.centre = shop.centre}).items.size() == 3);
  shop.check_books();
}

TEST_CASE("a settlement covers a period, half-open", "[M9]") {
  Partnership shop;
  shop.agree({.share_basis_points = 10'000});
  shop.paid_mat(1'200);
  shop.desk.clock += std::chrono::days{1};
  Instant cut = shop.desk.clock.now();
  shop.paid_mat(2'400);
  CHECK(shop.host().run(money::PartnerStatement{.centre = shop.centre, .until = cut}).earned ==
        uah(1'000));
  money::Settlement first = shop.host().run(money::Settle{.centre = shop.centre, .until = cut});
  CHECK(first.figures.earned == uah(1'000));
  CHECK(shop.statement().from == cut);
  CHECK(shop.statement().earned == uah(2'000));
  auto until = [&](Instant moment) {
    return refusal([&] { shop.host().run(money::Settle{.centre = shop.centre, .until = moment}); })
        .reason();
  };
  CHECK(until(cut - Duration{1}) == "period_settled");
  CHECK(until(cut + std::chrono::days{1}) == "date_future");
}

TEST_CASE("terms are agreed first, by those who settle; partners see their own", "[M9][A9]") {
  Partnership shop;
  CHECK(refusal([&] { shop.statement(); }).reason() == "no_partner_terms");
  CHECK(refusal([&] { shop.settle(); }).reason() == "no_partner_terms");
  Caller partner = shop.desk.staff("Partner", shop.centre);
  CHECK(refusal([&] {
          partner.run(money::SetPartnerTerms{.centre = shop.centre, .share_basis_points = 10'000});
        }).reason() == "permission_denied");
  auto terms = [&](Money per_visit) {
    return refusal([&] { shop.agree({.amount_per_visit = per_visit}); }).reason();
  };
  CHECK(terms(uah(-1)) == "amount_negative");
  CHECK(terms(Money{1, Currency("EUR")}) == "currency_differs");
  shop.agree({.share_basis_points = 5'000});
  shop.agree({.share_basis_points = 6'000});
  CHECK(partner.run(money::GetPartnerTerms{.centre = shop.centre}).version == 2);
  shop.paid_mat(12'000);
  CHECK(partner.run(money::PartnerStatement{.centre = shop.centre}).share == uah(6'000));
  shop.settle();
  CHECK(partner.run(money::Settlements{}).items.size() == 1);
  Caller other = shop.desk.staff("Partner", shop.desk.centre("Moon"));
  CHECK(other.run(money::Settlements{}).items.empty());
  CHECK(refusal([&] { other.run(money::PartnerStatement{.centre = shop.centre}); }).reason() ==
        "centre_not_found");
}

TEST_CASE("a centre keeps the currency in which a partner is promised an amount", "[M8][M9]") {
  Shop shop;
  const catalog::UpdateCentre change{.centre = shop.centre, .currency = "EUR"};
  shop.host().run(money::SetPartnerTerms{
      .centre = shop.centre, .share_basis_points = 0, .amount_per_visit = uah(500)});
  CHECK(shop.topics(1) == std::vector<std::string>{"partner_terms_changed"});
  CHECK(refusal([&] { shop.host().run(change); }).reason() == "prices_in_currency");
  shop.host().run(money::SetPartnerTerms{.centre = shop.centre, .share_basis_points = 5'000});
  CHECK_NOTHROW(shop.host().run(change));
}

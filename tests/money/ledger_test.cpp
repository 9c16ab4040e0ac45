#include "money_support.hpp"

using namespace frontdesk;
using money::AccountKind;
using money::PaymentMethod;
using testing::refusal;
using testing::Shop;
using testing::uah;

namespace {

money::Adjust correction(const Shop& shop, AccountKind from, AccountKind to,
                         std::int64_t minor = 500) {
  return {.centre = shop.centre,
          .from = from,
          .to = to,
          .client = {},
          .amount = uah(minor),
          .reason = "Interest"};
}

}  // namespace

TEST_CASE("every movement sums to zero, and so do all accounts", "[M1]") {
  Shop shop;
  shop.open_till(shop.cashier, "Front", 1'000);
  shop.top_up(shop.olena, 10'000);
  money::Order order =
      shop.cashier.run(shop.order({Shop::mat(12'345)}, {Shop::by(PaymentMethod::balance, 5'000),
                                                        Shop::by(PaymentMethod::cash)}));
  shop.cashier.run(money::CancelOrder{.order = order.id, .to = money::RefundTo::balance});
  auto entries = shop.host().run(money::Ledger{.limit = 500}).items;
  CHECK(entries.size() == 4);
  for (const money::LedgerEntry& entry : entries) {
    Money sum = uah(0);
    for (const money::Posting& side : entry.postings) sum.minor += side.amount.minor;
    CHECK(sum == uah(0));
    CHECK(entry.postings.size() >= 2);
  }
  shop.check_books();
}

TEST_CASE("the integrity check finds what was changed behind the ledger's back", "[M1][U6]") {
  Shop shop;
  shop.paid_mat();
  auto problems_after = [&](const char* damage, const char* repair) {
    shop.below([&](storage::Transaction& transaction) { transaction.execute(damage); });
    auto problems = shop.host().run(upkeep::Check{}).problems;
    shop.below([&](storage::Transaction& transaction) { transaction.execute(repair); });
    return problems.empty() ? std::string() : problems.front().part;
  };
  auto found = [&](const char* damage, const char* repair) {
    return problems_after(damage, repair) == "money";
  };
  CHECK(found("UPDATE postings SET amount = amount + 1 WHERE line = 1",
              "UPDATE postings SET amount = amount - 1 WHERE line = 1"));
  CHECK(found("UPDATE ledger_accounts SET balance = balance + 1 WHERE kind = 2",
              "UPDATE ledger_accounts SET balance = balance - 1 WHERE kind = 2"));
  CHECK(found("UPDATE orders SET total = total + 1", "UPDATE orders SET total = total - 1"));
  CHECK(found("UPDATE orders SET owed = owed + 1, total = total + 1",
              "UPDATE orders SET owed = owed - 1, total = total - 1"));
  CHECK(found("UPDATE order_lines SET struck = 1", "UPDATE order_lines SET struck = 0"));
  CHECK(found("UPDATE payments SET refunded = 1", "UPDATE payments SET refunded = 0"));
  shop.check_books();
}

TEST_CASE("movements are found by centre, order, account, kind and time", "[M1][E12]") {
  Shop shop;
  Instant start = shop.desk.clock.now();
  money::Order first = shop.paid_mat();
  shop.desk.clock += std::chrono::hours{1};
  Instant later = shop.desk.clock.now();
  shop.top_up(shop.olena, 10'000);
  shop.owed_mat();
  auto count = [&](const money::Ledger& request) { return shop.host().run(request).items.size(); };
  CHECK(count({}) == 3);
  CHECK(count({.order = first.id}) == 1);
  CHECK(count({.client = shop.olena}) == 1);
  CHECK(count({.account = AccountKind::receivable}) == 1);
  CHECK(count({.kind = money::EntryKind::sale}) == 3);
  CHECK(count({.from = later}) == 2);
  CHECK(count({.to = later}) == 1);
  CHECK(count({.from = start, .to = start}) == 0);
  CHECK(count({.from = later + Duration{1}}) == 0);
  CHECK(count({.centre = shop.desk.centre("Moon")}) == 0);
  auto page = shop.host().run(money::Ledger{.limit = 2});
  CHECK(count({.cursor = page.next, .limit = 2}) == 1);
  Caller moderator = shop.desk.staff("Moderator", shop.centre);
  Caller elsewhere = shop.desk.staff("Moderator", shop.desk.centre("Mars"));
  CHECK(moderator.run(money::Ledger{}).items.size() == 3);
  CHECK(elsewhere.run(money::Ledger{}).items.empty());
  CHECK(elsewhere.run(money::Accounts{}).items.empty());
  CHECK(refusal([&] { shop.cashier.run(money::Ledger{}); }).reason() == "permission_denied");
}

TEST_CASE("a correction moves an amount, and is reversed once", "[M1]") {
  Shop shop;
  money::LedgerEntry entry =
      shop.host().run(correction(shop, AccountKind::adjustments, AccountKind::bank));
  CHECK(shop.account(AccountKind::bank) == 500);
  CHECK(entry.memo == "Interest");
  money::LedgerEntry back =
      shop.host().run(money::ReverseEntry{.entry = entry.id, .reason = "Not ours"});
  CHECK(back.reverses == entry.id);
  CHECK(shop.account(AccountKind::bank) == 0);
  CHECK(refusal([&] {
          shop.host().run(money::ReverseEntry{.entry = entry.id, .reason = "Again"});
        }).reason() == "entry_reversed");
  CHECK(refusal([&] {
          shop.host().run(money::ReverseEntry{.entry = back.id, .reason = "Again"});
        }).reason() == "entry_not_reversible");
  CHECK(refusal([&] {
          shop.host().run(money::ReverseEntry{.entry = LedgerEntryId{99}, .reason = "None"});
        }).reason() == "ledger_entry_not_found");
  shop.paid_mat();
  LedgerEntryId sale = shop.host().run(money::Ledger{}).items.front().id;
  CHECK(refusal([&] {
          shop.host().run(money::ReverseEntry{.entry = sale, .reason = "A sale"});
        }).reason() == "entry_not_reversible");
  CHECK(shop.host().run(money::Ledger{}).items.size() == 3);  // nothing was taken out
  shop.check_books();
}

TEST_CASE("a correction is undone with whoever has the balance since", "[M1][M2]") {
  Shop shop;
  const ClientId kept = shop.client("Olena");
  shop.top_up(shop.olena, 1'000);
  money::Adjust take = correction(shop, AccountKind::adjustments, AccountKind::client_balance, 400);
  take.client = shop.olena;
  const LedgerEntryId entry = shop.host().run(take).id;
  const std::int64_t before = shop.balance(shop.olena).amount.minor;
  shop.host().run(people::Merge{.keep = kept, .duplicate = shop.olena});
  CHECK(shop.balance(kept).amount == uah(before));
  shop.host().run(money::ReverseEntry{.entry = entry, .reason = "Undone"});
  CHECK(shop.balance(kept).amount == uah(1'000));
  CHECK(shop.balance(shop.olena).amount == uah(0));
  shop.check_books();
}

TEST_CASE("corrections leave alone what orders, shifts and settlements keep", "[M1]") {
  Shop shop;
  for (AccountKind kept :
       {AccountKind::till, AccountKind::receivable, AccountKind::unapplied,
        AccountKind::top_ups_due, AccountKind::refunds_due, AccountKind::partner_payable,
        AccountKind::gift_cards, AccountKind::points, AccountKind::deferred_revenue}) {
    CHECK(refusal([&] { shop.host().run(correction(shop, AccountKind::bank, kept)); }).reason() ==
          "account_kept");
    CHECK(refusal([&] { shop.host().run(correction(shop, kept, AccountKind::bank)); }).reason() ==
          "account_kept");
  }
  auto refused = [&](const money::Adjust& request) {
    return refusal([&] { shop.host().run(request); }).reason();
  };
  CHECK(refused(correction(shop, AccountKind::bank, AccountKind::bank)) == "accounts_same");
  CHECK(refused(correction(shop, AccountKind::bank, AccountKind::safe, 0)) ==
        "amount_not_positive");
  CHECK(refused(correction(shop, AccountKind::bank, AccountKind::client_balance)) ==
        "balance_needs_client");
  money::Adjust take = correction(shop, AccountKind::bank, AccountKind::client_balance);
  take.client = shop.olena;
  CHECK(refused(take) == "balance_too_low");
  CHECK(refusal([&] { shop.cashier.run(take); }).reason() == "permission_denied");
  CHECK(shop.host().run(money::Ledger{}).items.empty());
}

TEST_CASE("a centre that took money keeps its currency", "[M8]") {
  Shop shop;
  catalog::UpdateCentre change{.centre = shop.centre, .currency = "EUR"};
  shop.paid_mat();
  CHECK(refusal([&] { shop.host().run(change); }).reason() == "currency_in_use");
  change.centre = shop.desk.centre("Moon");
  CHECK_NOTHROW(shop.host().run(change));
}

TEST_CASE("the trial balance tells clients' balances in one sum or each", "[M1]") {
  Shop shop;
  ClientId ivan = shop.client("Ivan");
  shop.top_up(shop.olena, 1'000);
  shop.top_up(ivan, 2'000);
  CHECK(shop.account(AccountKind::client_balance) == -3'000);
  auto each = shop.host()
                  .run(money::Accounts{.kind = AccountKind::client_balance, .by_client = true})
                  .items;
  REQUIRE(each.size() == 2);
  CHECK(each[0].client == shop.olena);
  CHECK(each[0].balance == uah(-1'000));
}

TEST_CASE("no account takes more than can be told", "[M1][E6]") {
  Shop shop;
  constexpr std::int64_t highest = 1'000'000'000'000'000;
  const money::Adjust request = correction(shop, AccountKind::safe, AccountKind::bank, highest);
  for (int i = 0; i < 1'000; ++i) shop.host().run(request);
  CHECK(refusal([&] { shop.host().run(request); }).reason() == "amount_overflow");
  CHECK(shop.account(AccountKind::bank) == highest * 1'000);
  shop.check_books();
}

TEST_CASE("what an area keeps is told before what is missing for a balance", "[M1]") {
  Shop shop;
  CHECK(refusal([&] {
          shop.host().run(correction(shop, AccountKind::till, AccountKind::client_balance));
        }).reason() == "account_kept");
}

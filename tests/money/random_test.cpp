// Random sequences of everything that moves money: whatever comes in whatever order, the books
// balance.
#include "money_support.hpp"

#include <random>

using namespace frontdesk;
using money::PaymentMethod;
using testing::Shop;
using testing::uah;

namespace {

struct Storm : Shop {
  explicit Storm(unsigned seed) : random(seed) {
    set("money.fiscal_receipts", 1);
    open_till(host(), "Front", 10'000);
    host().run(money::SetCreditLimit{
        .client = olena, .centre = centre, .credit_limit = uah(credit_limit)});
  }

  static constexpr std::int64_t credit_limit = 3'000;
  std::mt19937 random;
  std::vector<OrderId> orders{};
  std::vector<money::Payment> pending{};
  int events = 0;
  int done = 0;

  std::int64_t draw(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  }
  template <class T>
  const T& any(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(draw(0, static_cast<std::int64_t>(list.size()) - 1))];
  }
  money::Tender tender(std::int64_t most) {
    static constexpr PaymentMethod methods[] = {PaymentMethod::cash, PaymentMethod::card,
                                                PaymentMethod::external, PaymentMethod::balance,
                                                PaymentMethod::free};
    money::Tender chosen = by(methods[draw(0, 4)], draw(1, most));
    return chosen;
  }
  money::RefundTo where() {
    return draw(0, 1) == 0 ? money::RefundTo::method : money::RefundTo::balance;
  }

  void sell() {
    std::vector<money::SoldLine> lines;
    for (std::int64_t i = draw(1, 3); i > 0; --i) {
      money::SoldLine line = mat(draw(0, 5'000), draw(1, 3));
      line.tax_basis_points = draw(0, 2) * 1'000;
      line.refundable = draw(0, 3) > 0;
      lines.push_back(line);
    }
    money::CreateOrder request = order(std::move(lines));
    if (draw(0, 1) == 0) request.tenders.push_back(tender(6'000));
    if (draw(0, 3) == 0) request.deposit_basis_points = draw(1, 10'000);
    if (draw(0, 2) == 0) request.pay_by = desk.clock.now() + std::chrono::hours{draw(1, 60)};
    orders.push_back(host().run(request).id);
  }
  void top_up_some() {
    money::TopUp request{.client = olena, .centre = centre, .amount = uah(draw(1, 8'000))};
    if (draw(0, 2) > 0) request.tenders.push_back(by(PaymentMethod::card));
    orders.push_back(host().run(request).id);
  }
  void pay() { host().run(money::Pay{.order = any(orders), .tenders = {tender(4'000)}}); }
  void begin() {
    pending.push_back(host().run(money::StartPayment{
        .order = any(orders), .provider = "liqpay", .amount = uah(draw(1, 4'000))}));
  }
  void tell() {
    const money::Payment& payment = any(pending);
    const auto outcome = static_cast<money::Outcome>(draw(0, 2));
    const bool is_refund = outcome == money::Outcome::refunded;
    host().run(money::RecordCallback{
        .provider = "liqpay",
        .event = "e" + std::to_string(draw(0, 3) == 0 ? draw(0, events) : ++events),
        .payment = payment.id,
        .external_ref = {},
        .outcome = outcome,
        .amount = is_refund ? uah(draw(1, payment.amount.minor)) : payment.amount,
        .problem = {}});
  }
  void cancel() {
    const money::Order order = get(any(orders));
    money::CancelOrder request{.order = order.id, .to = where()};
    if (draw(0, 1) == 0) request.lines.push_back(any(order.lines).id);
    request.keep_payment = draw(0, 3) == 0;
    host().run(request);
  }
  void give_back() {
    const money::Order order = get(any(orders));
    money::GiveBack request{.order = order.id, .to = where(), .reason = "Storm"};
    request.lines.push_back({.line = any(order.lines).id, .amount = uah(draw(1, 3'000))});
    host().run(request);
  }
  void work_off_refund() {
    const auto due = host().run(money::RefundsDue{}).items;
    if (due.empty()) return;
    if (draw(0, 1) == 0) {
      host().run(money::ConfirmRefund{.refund = any(due).id});
    } else {
      host().run(
          money::FailRefund{.refund = any(due).id, .problem = "No", .to_balance = draw(0, 1) == 0});
    }
  }
  void resolve_late() {
    const auto late = host().run(money::Payments{.unapplied = true}).items;
    if (late.empty()) return;
    host().run(money::ResolvePayment{.payment = any(late).id,
                                     .use = static_cast<money::LateUse>(draw(0, 2))});
  }
  void void_payment() {
    const auto paid = payments(any(orders));
    if (paid.empty()) return;
    host().run(money::VoidPayment{.payment = any(paid).id, .reason = "Storm"});
  }
  void pass_time() {
    desk.clock += std::chrono::hours{draw(1, 30)};
    host().run(upkeep::Tick{});
  }
  void write_off() { host().run(money::WriteOff{.order = any(orders), .reason = "Storm"}); }

  void step() {
    using Step = void (Storm::*)();
    static constexpr Step steps[] = {
        &Storm::sell,      &Storm::sell,        &Storm::top_up_some,     &Storm::pay,
        &Storm::pay,       &Storm::begin,       &Storm::begin,           &Storm::tell,
        &Storm::tell,      &Storm::tell,        &Storm::cancel,          &Storm::give_back,
        &Storm::give_back, &Storm::pass_time,   &Storm::work_off_refund, &Storm::resolve_late,
        &Storm::write_off, &Storm::void_payment};
    const Step chosen = steps[draw(0, static_cast<std::int64_t>(std::size(steps)) - 1)];
    if (orders.empty() && chosen != &Storm::sell) return;
    if (pending.empty() && chosen == &Storm::tell) return;
    try {
      (this->*chosen)();
      ++done;
    } catch (const Error& error) {
      INFO(error.reason() << " " << error.message());
      const bool is_refusal = error.code() == Code::invalid || error.code() == Code::conflict ||
                              error.code() == Code::not_found;
      CHECK(is_refusal);
    }
  }
  void check_orders() const {
    for (const money::Order& order : host().run(money::Orders{.limit = 500}).items) {
      INFO("order " << order.id.value);
      CHECK(order.total.minor == order.paid.minor - order.refunded.minor + order.owed.minor);
      CHECK(order.owed.minor >= 0);
      CHECK(order.refunded.minor <= order.paid.minor);
      for (const money::Payment& payment : payments(order.id)) {
        CHECK(payment.refunded.minor + payment.unapplied.minor <= payment.amount.minor);
      }
    }
    CHECK(balance(olena).amount.minor >= -credit_limit);
  }
};

}  // namespace

TEST_CASE("the books balance whatever comes in whatever order", "[M1][M2][M3][M4][M5]") {
  for (unsigned seed : {1u, 2u, 3u}) {
    INFO("seed " << seed);
    Storm storm(seed);
    for (int i = 0; i < 150; ++i) {
      storm.step();
      if (i % 25 == 24) {
        storm.check_orders();
        storm.check_books();
      }
    }
    CHECK(storm.done > 40);
  }
}

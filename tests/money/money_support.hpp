/// A shop for tests of money: a centre in Kyiv that takes hryvnias, a cashier with an open till,
/// and Olena who buys.
#pragma once

#include "support.hpp"

#include "money/orders.hpp"
#include "storage/desk_state.hpp"

#include <catch2/catch.hpp>

namespace frontdesk::testing {

inline Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

inline std::int64_t number_in(const Error& error, const char* detail) {
  return std::get<std::int64_t>(error.details().at(detail));
}

struct Shop {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller cashier = desk.staff("Salesman", centre);
  ClientId olena = client("Olena");

  Caller host() const { return desk.host(); }

  ClientId client(const std::string& name, CentreId at = {}) const {
    people::CreateClient request;
    request.first_name = name;
    request.centre = at ? at : centre;
    return host().run(request).id;
  }
  money::Shift open_till(const Caller& caller, const std::string& till = "Front",
                         std::int64_t with = 0) const {
    return caller.run(money::OpenShift{.centre = centre, .till = till, .opened_with = uah(with)});
  }

  static money::SoldLine mat(std::int64_t price = 45'000, std::int64_t quantity = 1) {
    return {.kind = money::LineKind::other,
            .text = "Yoga mat",
            .quantity = quantity,
            .price = uah(price),
            .tax_basis_points = 2000,
            .refundable = true};
  }
  static money::Tender by(money::PaymentMethod method, std::optional<std::int64_t> minor = {}) {
    money::Tender tender;
    tender.method = method;
    if (minor) tender.amount = uah(*minor);
    return tender;
  }

  money::CreateOrder order(std::vector<money::SoldLine> lines,
                           std::vector<money::Tender> tenders = {}) const {
    money::CreateOrder request;
    request.centre = centre;
    request.payer = olena;
    request.lines = std::move(lines);
    request.tenders = std::move(tenders);
    return request;
  }
  /// A mat that is owed.
  money::Order owed_mat(std::int64_t price = 45'000) const {
    return host().run(order({mat(price)}));
  }
  /// A mat that was paid by card.
  money::Order paid_mat(std::int64_t price = 45'000) const {
    return host().run(order({mat(price)}, {by(money::PaymentMethod::card)}));
  }
  money::Order get(OrderId id) const { return host().run(money::GetOrder{.order = id}); }
  std::vector<money::Payment> payments(OrderId id) const {
    return host().run(money::Payments{.order = id}).items;
  }
  money::Balance balance(ClientId of) const {
    return host().run(money::GetBalance{.client = of, .centre = centre});
  }
  void top_up(ClientId who, std::int64_t minor) const {
    host().run(money::TopUp{.client = who,
                            .centre = centre,
                            .amount = uah(minor),
                            .tenders = {by(money::PaymentMethod::card)}});
  }
  /// An order's whole debt, paid through a provider that then took it all back.
  PaymentId charged_back(const money::Order& order) const {
    const PaymentId payment =
        host().run(money::StartPayment{.order = order.id, .provider = "liqpay", .amount = {}}).id;
    money::RecordCallback told{.provider = "liqpay",
                               .event = "paid",
                               .payment = payment,
                               .external_ref = {},
                               .outcome = money::Outcome::completed,
                               .amount = order.owed,
                               .problem = {}};
    host().run(told);
    told.event = "taken back";
    told.outcome = money::Outcome::refunded;
    host().run(told);
    return payment;
  }
  /// The balance of the accounts of a kind; debit is above zero.
  std::int64_t account(money::AccountKind kind) const {
    auto accounts = host().run(money::Accounts{.centre = centre, .kind = kind}).items;
    return accounts.empty() ? 0 : accounts.front().balance.minor;
  }
  void set(const std::string& name, std::int64_t value) const {
    host().run(upkeep::ChangeSetting{.name = name, .value = value});
  }
  std::vector<std::string> topics(std::size_t last = 100) const {
    std::vector<std::string> topics;
    for (const auto& event : host().run(events::Since{.limit = 500}).items) {
      if (event.topic.starts_with("money.")) topics.push_back(event.topic.substr(6));
    }
    if (topics.size() > last) topics.erase(topics.begin(), topics.end() - static_cast<long>(last));
    return topics;
  }

  /// What upkeep.check finds, and that the ledger sums to zero. No booking stands behind the
  /// tickets of these tests, which the check of bookings rightly misses.
  void check_books() const {
    for (const auto& problem : host().run(upkeep::Check{}).problems) {
      if (problem.part == "bookings") continue;
      FAIL_CHECK(problem.part << ": " << problem.place << ": " << problem.problem);
    }
    std::int64_t sum = 0;
    for (const auto& account : host().run(money::Accounts{.limit = 500}).items) {
      sum += account.balance.minor;
    }
    CHECK(sum == 0);
  }

  /// Runs what areas above do, on the file while no desk has it open.
  template <class Work>
  void below(Work work) {
    desk.close();
    {
      storage::DeskState state;
      storage::TopicVersions topics;
      state.secret = std::string(32, 's');
      state.random = desk.options().random;
      storage::Connection connection(desk.path(), storage::OpenMode::read_write);
      storage::Transaction transaction(connection, state, topics);
      storage::TransactionAccess access(transaction);
      access.begin(desk.clock.now(), "", "", false);
      access.caller({.kind = storage::PrincipalKind::host}, "en");
      access.reach({.any = true});
      connection.execute("BEGIN IMMEDIATE");
      work(transaction);
      connection.execute("COMMIT");
    }
    desk.reopen();
  }
  /// Two tickets of a booking, at a price each, as bookings sell them.
  OrderId tickets(std::int64_t price, std::int64_t count = 2,
                  std::vector<money::Tender> tenders = {}) {
    OrderId id;
    below([&](storage::Transaction& transaction) {
      money::NewOrder order;
      order.centre = centre;
      order.payer = olena;
      for (std::int64_t i = 0; i < count; ++i) {
        money::NewLine line;
        line.text = "Ticket";
        line.booking = BookingId{7};
        line.session = SessionId{3};
        line.place = PlaceId{i + 1};
        line.price = uah(price);
        line.discount = uah(0);
        line.total = uah(price);
        line.tax = uah(0);
        order.lines.push_back(line);
      }
      id = money::open_order(transaction, order, tenders).id;
    });
    return id;
  }
};

}  // namespace frontdesk::testing

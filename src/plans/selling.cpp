#include "plans/selling.hpp"

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "money/amounts.hpp"
#include "money/payments.hpp"
#include "people/clients.hpp"
#include "plans/settings.hpp"
#include "storage/hooks.hpp"

#include <algorithm>

namespace frontdesk::plans {

constinit const storage::EventKind SubscriptionBought::kind{
    "plans.subscription_bought", "Somebody bought a subscription.", "plans.view"};

// --- for whom ---

namespace {

/// The owner, whom they look after, who looks after them, and who looks after the same people.
bool is_family(Transaction& transaction, ClientId owner, ClientId person) {
  if (owner == person) return true;
  const auto has = [&](const std::vector<ClientId>& list) {
    return std::find(list.begin(), list.end(), person) != list.end();
  };
  const auto dependants = access::dependants_of(transaction, owner);
  const auto guardians = access::guardians_of(transaction, owner);
  if (has(dependants) || has(guardians)) return true;
  for (ClientId dependant : dependants) {
    if (has(access::guardians_of(transaction, dependant))) return true;
  }
  for (ClientId guardian : guardians) {
    if (has(access::dependants_of(transaction, guardian))) return true;
  }
  return false;
}

void check_age(const Terms& terms, const people::Client& person, Date day,
               const std::string& field) {
  const auto age = people::age_on(person, day);
  if (!age) return;
  if (*age >= terms.min_age.value_or(0) && *age <= terms.max_age.value_or(*age)) return;
  Details details{{"age", *age}};
  throw Error(Code::invalid, "age_outside_plan", field, std::move(details));
}

}  // namespace

std::vector<ClientId> check_people(Transaction& transaction, const Terms& terms, ClientId owner,
                                   const std::vector<ClientId>& people, Date day) {
  std::vector<ClientId> checked = people;
  if (checked.empty()) checked.push_back(owner);
  if (static_cast<std::int64_t>(checked.size()) > terms.people) {
    throw Error(Code::invalid, "people_too_many", "people", {{"people", terms.people}});
  }
  for (std::size_t i = 0; i < checked.size(); ++i) {
    const std::string field = people.empty() ? "owner" : "people[" + std::to_string(i) + "]";
    if (std::count(checked.begin(), checked.end(), checked[i]) > 1) {
      throw Error(Code::invalid, "listed_twice", field);
    }
    // Before anything is told of them: a stranger looks like nobody.
    if (!is_family(transaction, owner, checked[i])) {
      people::stored_client(transaction, checked[i], field);
      throw Error(Code::invalid, "attendee_not_family", field);
    }
    check_age(terms, people::changeable_client(transaction, checked[i], {}, field), day, field);
  }
  return checked;
}

void check_introductory(Transaction& transaction, const Terms& terms, CentreId centre,
                        const std::vector<ClientId>& people) {
  if (!terms.introductory) return;
  for (ClientId person : people) {
    storage::Cursor row = transaction.query(
        "SELECT json_extract(plan_versions.terms, '$.introductory')"
        " FROM subscription_people"
        " JOIN subscriptions ON subscriptions.id = subscription_people.subscription"
        " JOIN plan_versions ON plan_versions.plan = subscriptions.plan"
        " AND plan_versions.version = subscriptions.plan_version"
        " WHERE subscription_people.client = $1 AND subscriptions.centre = $2"
        " AND (subscriptions.paid_at IS NOT NULL OR subscriptions.cancelled_at IS NULL)"
        " ORDER BY 1 DESC LIMIT 1",
        person, centre);
    if (row.next()) {
      const bool had_one = row.integer(0) != 0;
      throw Error(Code::conflict, had_one ? "introductory_used" : "introductory_for_new", "plan",
                  {{"client", person.value}});
    }
    // Who has visited without a subscription is known above.
    storage::ask_vetoes(transaction, "plans.sell_introductory", person.value);
  }
}

// --- the sale ---

namespace {

[[noreturn]] void deny(std::string_view permission) {
  throw Error(Code::denied, "permission_denied", {}, {{"permission", std::string(permission)}});
}

/// The sale after what areas above take off.
PlanSale reduced(Transaction& transaction, const Sale& sale) {
  PlanSale reduced{.plan = sale.plan,
                   .owner = sale.owner,
                   .coupon = sale.coupon.value_or(""),
                   .discount = {0, sale.plan.terms.price.currency}};
  for (const storage::Reduction& reduction : transaction.hooks().reductions) {
    if (reduction.about == "plans.sell") reduction.reduce(transaction, &reduced);
  }
  return reduced;
}

void tell_sold(Transaction& transaction, PlanSale& reduced, OrderId order) {
  reduced.order = order;
  for (const storage::Reduction& reduction : transaction.hooks().reductions) {
    if (reduction.about == "plans.sell") reduction.sold(transaction, &reduced);
  }
}

money::NewOrder order_for(Transaction& transaction, const Sale& sale, const PlanSale& reduced) {
  const Terms& terms = sale.plan.terms;
  const Money total = money::minus(terms.price, reduced.discount);
  money::NewLine line{.kind = money::LineKind::plan,
                      .text = sale.plan.name,
                      .price = terms.price,
                      .discount = reduced.discount,
                      .total = total,
                      .tax = money::portion(total, terms.tax_basis_points,
                                            money::basis_points_whole + terms.tax_basis_points,
                                            money::rounding_of(transaction, sale.plan.centre)),
                      .tax_basis_points = terms.tax_basis_points,
                      .discounts = reduced.discounts};
  money::NewOrder order{.centre = sale.plan.centre, .payer = sale.owner};
  if (is_staff_of(transaction, sale.plan.centre) && transaction.principal().account) {
    order.seller = transaction.principal().account;
    order.channel = seating::Channel::box_office;
  }
  if (!sale.on_credit) {
    const std::int64_t hours = storage::number(transaction, unpaid_hours, sale.plan.centre);
    order.pay_by = transaction.now() + std::chrono::hours{hours};
  }
  order.lines.push_back(std::move(line));
  return order;
}

}  // namespace

Stored sell(Transaction& transaction, const Sale& sale) {
  const Terms& terms = sale.plan.terms;
  if (sale.on_credit && !is_staff_of(transaction, sale.plan.centre)) deny("plans.sell");
  money::check_tenders(transaction, sale.plan.centre, sale.tenders);
  PlanSale bargain = reduced(transaction, sale);
  const money::Order order =
      money::open_order(transaction, order_for(transaction, sale, bargain), sale.tenders);
  tell_sold(transaction, bargain, order.id);
  const money::OrderLine& line = order.lines.front();
  Stored stored{.plan = sale.plan.id,
                .plan_version = sale.plan.version,
                .centre = sale.plan.centre,
                .owner = sale.owner,
                .activation = sale.activation,
                .starts_on = sale.starts,
                .is_counted = terms.visits.has_value(),
                .auto_renewal = sale.auto_renewal,
                .renews = sale.renews,
                .order = order.id,
                .order_line = line.id,
                .currency = std::string(terms.price.currency.code()),
                .price = line.total.minor,
                .sold = line.total.minor - line.tax.minor,
                .external_ref = sale.external_ref,
                .created_at = transaction.now()};
  storage::insert(transaction, "subscriptions", stored);
  set_people(transaction, stored, sale.people);
  access::add_client_centre(transaction, stored.owner, stored.centre);
  if (terms.visits) {
    add_entry(transaction, Entry{.subscription = stored.id, .visits = *terms.visits});
  }
  if (order.owed.minor == 0 || sale.on_credit) make_usable(transaction, stored);
  store(transaction, stored);
  transaction.concern(stored.owner);
  transaction.emit(SubscriptionBought{.subscription = stored.id,
                                      .client = stored.owner,
                                      .centre = stored.centre,
                                      .plan = stored.plan,
                                      .order = stored.order});
  return stored;
}

void make_usable(Transaction& transaction, Stored& stored) {
  const Date today = today_of(transaction, stored.centre);
  stored.paid_at = transaction.now();
  if (stored.activation == Activation::first_visit) {
    const Date bought = zones::local_date(stored.created_at, zone_of(transaction, stored.centre));
    const std::int64_t days = storage::number(transaction, first_visit_days, stored.centre);
    stored.activate_by = std::max(plus_days(bought, days), today);
    return;
  }
  set_days(transaction, stored, std::max(stored.starts_on.value_or(today), today), false);
}

void make_unusable(Transaction& transaction, Stored& stored) {
  stored.paid_at.reset();
  stored.activate_by.reset();
  set_days(transaction, stored, std::nullopt, false);
}

// --- the end of its money ---

namespace {

/// The price without its tax of a part of the line, tax included.
std::int64_t net_of(const money::OrderLine& line, std::int64_t gross) {
  if (line.total.minor == 0) return 0;
  return gross - money::portion(line.tax, gross, line.total.minor).minor;
}

/// What of the line is neither given back nor struck off, tax included.
std::int64_t kept_of(const money::OrderLine& line) {
  return line.total.minor - line.returned.minor - line.struck.minor;
}

}  // namespace

Money returnable(Transaction& transaction, const Stored& stored) {
  if (!stored.order_line || stored.sold == 0) return stored.money(0);
  const Money deferred = money::portion(stored.money(stored.price), stored.deferred(), stored.sold);
  const money::OrderLine line = money::line_of(transaction, stored.order_line);
  const Money unpaid = money::minus(stored.money(kept_of(line)),
                                    money::paid_for_line(transaction, stored.order_line));
  return stored.money(std::max<std::int64_t>(deferred.minor - unpaid.minor, 0));
}

Money end_money(Transaction& transaction, Stored& stored, const Money& refund, money::RefundTo to,
                const std::string& reason) {
  if (!stored.order_line) return stored.money(0);
  const money::LineEnd end{.line = stored.order_line, .refund = refund};
  money::end_lines(transaction, stored.order, {&end, 1}, to, reason);
  return follow_line_end(transaction, stored);
}

Money follow_line_end(Transaction& transaction, Stored& stored) {
  const money::OrderLine line = money::line_of(transaction, stored.order_line);
  const std::int64_t kept_net = net_of(line, kept_of(line));
  // Money took the whole line out of what is deferred and told all that is kept as income from
  // cancellations; what was earned before was neither.
  const std::int64_t earned = std::min(stored.recognised, kept_net);
  const money::Leg legs[] = {
      {money::AccountKind::deferred_revenue, -stored.recognised},
      {money::AccountKind::cancellation_income, earned},
      {money::AccountKind::revenue, stored.recognised - earned},
  };
  money::post(
      transaction,
      {.kind = money::EntryKind::recognition, .centre = stored.centre, .order = stored.order},
      legs);
  stored.recognised = kept_net;
  stored.refunded = stored.sold - kept_net;
  return stored.money(kept_net - earned);
}

bool follow_write_off(Transaction& transaction, Stored& stored) {
  const money::OrderLine line = money::line_of(transaction, stored.order_line);
  const std::int64_t worth = net_of(line, kept_of(line));
  if (worth == stored.worth()) return false;
  // Money took what was struck off out of what is deferred; what was earned of it is a bad debt.
  const std::int64_t lost = std::max<std::int64_t>(stored.recognised - worth, 0);
  const money::Leg legs[] = {{money::AccountKind::deferred_revenue, -lost},
                             {money::AccountKind::write_offs, lost}};
  money::post(transaction,
              {.kind = money::EntryKind::write_off, .centre = stored.centre, .order = stored.order},
              legs);
  stored.recognised -= lost;
  stored.refunded = stored.sold - worth;
  return true;
}

}  // namespace frontdesk::plans

/// Who may see and pay which order (SPEC A9).
#include "access/authorization.hpp"
#include "catalog/facts.hpp"
#include "money/payments.hpp"
#include "people/clients.hpp"

namespace frontdesk::money {

bool is_own(Transaction& transaction, const storage::Reach& reach, ClientId client) {
  if (!reach.own || !client) return false;
  storage::Reach own;
  own.own = true;
  return access::covers(transaction, own, Subject::client, client.value);
}

bool may_sell(Transaction& transaction, CentreId centre) {
  return access::reach_of(transaction, "money.sell").covers(centre);
}

OrderRow visible_order(Transaction& transaction, OrderId id) {
  OrderRow order = stored_order(transaction, id);
  if (!transaction.reach().covers(order.centre) &&
      !is_own(transaction, transaction.reach(), order.payer)) {
    storage::missing("order", "order");
  }
  return order;
}

OrderRow order_of_centre(Transaction& transaction, OrderId id) {
  OrderRow order = stored_order(transaction, id);
  if (!transaction.reach().covers(order.centre)) storage::missing("order", "order");
  return order;
}

OrderRow payable_order(Transaction& transaction, OrderId id) {
  OrderRow order = stored_order(transaction, id);
  if (!may_sell(transaction, order.centre) &&
      !is_own(transaction, transaction.reach(), order.payer)) {
    storage::missing("order", "order");
  }
  return order;
}

namespace {

[[noreturn]] void deny(std::string_view permission) {
  throw Error(Code::denied, "permission_denied", "tenders",
              {{"permission", std::string(permission)}});
}

}  // namespace

void check_tenders(Transaction& transaction, CentreId centre, std::span<const Tender> tenders) {
  for (const Tender& tender : tenders) {
    switch (tender.method) {
      case PaymentMethod::balance:
      case PaymentMethod::gift_card:
      case PaymentMethod::points:
        break;
      case PaymentMethod::cash:
      case PaymentMethod::card:
      case PaymentMethod::external:
        if (!may_sell(transaction, centre)) deny("money.sell");
        break;
      case PaymentMethod::free:
        if (!access::reach_of(transaction, "money.adjust").covers(centre)) deny("money.adjust");
        break;
      case PaymentMethod::visit:
        throw Error(Code::invalid, "method_not_accepted", "tenders");
    }
  }
}

void check_client(Transaction& transaction, ClientId client, std::string_view field) {
  if (client && !access::covers(transaction, transaction.reach(), Subject::client, client.value)) {
    storage::missing("client", field);
  }
}

void check_buyer(Transaction& transaction, ClientId client, std::string_view field) {
  check_client(transaction, client, field);
  if (client) people::check_changeable(transaction, client, field);
}

void check_centre(Transaction& transaction, CentreId centre, ClientId client) {
  const storage::Reach& reach = transaction.reach();
  if (reach.covers(centre)) {
    currency_of(transaction, centre);  // an unknown one is missing
    return;
  }
  const bool is_known =
      reach.own && (catalog::is_public(transaction, centre) ||
                    transaction.exists("SELECT 1 FROM ledger_accounts WHERE holder = $1"
                                       " AND centre = $2 AND holder <> 0",
                                       client.value, centre));
  if (!is_known) storage::missing("centre", "centre");
}

}  // namespace frontdesk::money

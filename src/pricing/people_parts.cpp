/// A person's part of offers: coupons used, tier, points, gift cards.
#include "describe/json.hpp"
#include "pricing/lists.hpp"
#include "pricing/tiers.hpp"

namespace frontdesk::pricing {
namespace {

/// What a person takes along.
struct PersonsOffers {
  std::vector<OrderId> coupon_orders{};
  TierId tier{};
  std::vector<TierChange> tier_changes{};
  std::vector<PointEntry> points{};
  std::vector<GiftCardId> gift_cards{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsOffers::coupon_orders>("Orders with a coupon."),
        field<&PersonsOffers::tier>("The tier.").or_default(),
        field<&PersonsOffers::tier_changes>("How it changed."),
        field<&PersonsOffers::points>("How points came and went."),
        field<&PersonsOffers::gift_cards>("Gift cards that they bought."),
    };
    return table;
  }
};

template <class IdType>
std::vector<IdType> ids(Transaction& transaction, std::string_view sql, ClientId client) {
  std::vector<IdType> list;
  storage::Cursor rows = transaction.query(sql, client);
  while (rows.next()) list.push_back(IdType{rows.integer(0)});
  return list;
}

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsOffers persons;
  persons.coupon_orders = ids<OrderId>(
      transaction,
      "SELECT DISTINCT \"order\" FROM coupon_uses WHERE client = $1 AND \"order\" IS NOT NULL"
      " ORDER BY 1",
      client);
  persons.tier =
      TierId{transaction.one_number("SELECT tier FROM client_tiers WHERE client = $1", client)
                 .value_or(0)};
  persons.tier_changes = storage::all<TierChange>(
      transaction,
      "(SELECT client, from_tier AS \"from\", to_tier AS \"to\", cause, \"order\", reason, at"
      " FROM tier_changes WHERE client = $1 ORDER BY id)",
      client);
  persons.points = storage::all<PointEntry>(
      transaction, "point_entries WHERE client = $1 ORDER BY number", client);
  persons.gift_cards = ids<GiftCardId>(
      transaction, "SELECT id FROM gift_cards WHERE buyer = $1 ORDER BY id", client);
  return describe::encode(persons);
}

void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  for (const char* sql : {
           "UPDATE coupon_uses SET client = $1 WHERE client = $2",
           "UPDATE fixed_quotes SET payer = $1 WHERE payer = $2",
           "UPDATE tier_facts SET client = $1 WHERE client = $2",
           "UPDATE tier_changes SET client = $1 WHERE client = $2",
           "UPDATE free_tickets SET client = $1 WHERE client = $2",
           "UPDATE point_lots SET client = $1 WHERE client = $2",
           "UPDATE point_entries SET client = $1 WHERE client = $2",
           "UPDATE gift_cards SET buyer = $1 WHERE buyer = $2",
       }) {
    transaction.execute(sql, keep, duplicate);
  }
  transaction.execute("DELETE FROM client_tiers WHERE client = $1", duplicate);
  const std::vector<Tier> tiers = tiers_in_use(transaction);
  if (tiers.empty()) return;
  settle_tier(transaction, tiers, stored_tier(transaction, tiers, keep), TierCause::purchase);
}

void erase_person(Transaction& transaction, ClientId client) {
  transaction.execute("UPDATE tier_changes SET reason = NULL WHERE client = $1", client);
  transaction.execute("UPDATE point_entries SET reason = NULL WHERE client = $1", client);
  transaction.execute("DELETE FROM fixed_quotes WHERE payer = $1", client);
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_offers{"offers", export_person};
constinit const storage::MergePart merge_offers{"offers", merge_person};
constinit const storage::ErasePart erase_offers{"offers", erase_person};

}  // namespace lists
}  // namespace frontdesk::pricing

#include "money/references.hpp"

#include "base/reference_code.hpp"

namespace frontdesk::money {
namespace {

std::string key_of(storage::Transaction& transaction) {
  return transaction.key("money.order_reference");
}

}  // namespace

std::string reference_of(storage::Transaction& transaction, OrderId order) {
  return reference_code::of(key_of(transaction), static_cast<std::uint64_t>(order.value))
      .insert(4, "-");
}

std::optional<OrderId> order_of_reference(storage::Transaction& transaction,
                                          std::string_view reference) {
  const auto number = reference_code::number(key_of(transaction), reference);
  if (!number) return std::nullopt;
  return OrderId{static_cast<std::int64_t>(*number)};
}

}  // namespace frontdesk::money

/// Codes of coupons and gift cards: how they are written, told apart and made.
#pragma once

#include <frontdesk/pricing_coupons.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::pricing {

using storage::Transaction;

/// The form in which codes are compared: without case, spaces and dashes, letters that look alike
/// as one. Empty for what is no code. Pure.
std::string code_key(std::string_view code);
/// The same without taking look-alikes for each other: two codes with one such form are the same
/// to the eye, too. Pure.
std::string code_folded(std::string_view code);

/// Letters and digits that cannot be taken for each other, as random as the transaction's source.
std::string random_code(Transaction& transaction, std::size_t letters);
/// The same many times.
std::vector<std::string> random_codes(Transaction& transaction, std::size_t letters,
                                      std::size_t count);

/// A code as it is stored.
struct StoredCode {
  std::string key{};
  CouponId coupon{};
  bool is_unique = false;
  bool is_used = false;
};
/// The code, or not_found/coupon_not_found. Costs the same however many there are.
StoredCode stored_code(Transaction& transaction, std::string_view code, std::string_view field);

}  // namespace frontdesk::pricing

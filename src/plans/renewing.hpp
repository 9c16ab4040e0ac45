/// The next subscription after one.
#pragma once

#include <frontdesk/money.hpp>

#include "plans/subscriptions.hpp"

namespace frontdesk::plans {

struct Renewal {
  std::span<const money::Tender> tenders{};
  bool on_credit = false;
  bool by_itself = false;
};
/// Sells the same plan as it is now, to start when `stored` has ended, or today.
Stored renew(Transaction& transaction, Stored& stored, const Renewal& renewal);

}  // namespace frontdesk::plans

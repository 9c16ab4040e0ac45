/// Revenue of subscriptions: deferred when they are sold, recognised visit by visit or day by day,
/// and the rest at the end (SPEC V13).
#pragma once

#include "plans/ledger.hpp"

#include <map>

namespace frontdesk::plans {

/// What is recognised of several subscriptions, posted in one movement a centre.
class Recognition {
 public:
  /// Brings a subscription up to now; the caller stores it.
  void add(Transaction& transaction, Stored& stored);
  void post(Transaction& transaction);

 private:
  std::map<CentreId, std::int64_t> amounts_{};
};

/// The same for one, at once.
void recognise_now(Transaction& transaction, Stored& stored);

/// The moment from which nothing is paid by it any more, visits that the centre gave back included.
Instant closing_of(Transaction& transaction, const Stored& stored);

}  // namespace frontdesk::plans

/// Whether a subscription covers a place, and what its limits leave (SPEC V1, V5).
#pragma once

#include "plans/ledger.hpp"
#include "plans/visits.hpp"

namespace frontdesk::plans {

/// Why a subscription does not pay, and how many of the checks it passed before.
struct Refused {
  Error error;
  int passed = 0;
};

/// Nothing where the subscription would pay; `payable` then tells what is due.
std::optional<Refused> why_not(Transaction& transaction, const Stored& stored,
                               const VisitAsked& asked, Payable& payable);

}  // namespace frontdesk::plans

/// How a centre rounds, and amounts in errors: as a number for programs, and written out for
/// people.
#pragma once

#include "money/ledger.hpp"

namespace frontdesk::money {

/// `125.50 UAH`, with as many decimals as the currency has.
std::string print(const Money& amount);
/// Minor units in one unit of the currency: 100 kopiikas in a hryvnia.
std::int64_t minor_per_unit(const Currency& currency);
/// How the centre rounds (SPEC D8).
Rounding rounding_of(Transaction& transaction, CentreId centre);
/// The details of an error about an amount of a centre: minor units under `name`, and the amount in
/// words of its message under `amount`.
Details amount_details(Transaction& transaction, CentreId centre, const char* name,
                       std::int64_t minor);

}  // namespace frontdesk::money

/// References of bookings (SPEC B16).
#include "base/reference_code.hpp"
#include "bookings/bookings.hpp"

namespace frontdesk::bookings {
namespace {

std::string key_of(Transaction& transaction) { return transaction.key("bookings.reference"); }

}  // namespace

std::string reference_of(Transaction& transaction, BookingId id) {
  return reference_code::of(key_of(transaction), static_cast<std::uint64_t>(id.value));
}

BookingId booking_of_reference(Transaction& transaction, std::string_view reference) {
  const auto number = reference_code::number(key_of(transaction), reference);
  return BookingId{static_cast<std::int64_t>(number.value_or(0))};
}

}  // namespace frontdesk::bookings

#include "bookings/choice_fields.hpp"

#include <string>

namespace frontdesk::bookings {
namespace {

std::string own_field(std::string_view field, std::string_view list) {
  constexpr std::string_view seat = "choice.seats[";
  if (field == "token") return "hold";
  if (field == "choice.area") return "area";
  if (field == "choice.category") return "seat_category";
  if (field.starts_with(seat)) {
    return std::string(list) + std::string(field.substr(seat.size() - 1)) + ".seat";
  }
  return std::string(field.starts_with("choice") ? list : field);
}

}  // namespace

Error by_own_fields(const Error& error, std::string_view list) {
  return {error.code(), error.reason(), own_field(error.field(), list), error.details()};
}

}  // namespace frontdesk::bookings

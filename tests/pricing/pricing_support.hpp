/// A studio where things are priced. The clock starts on Monday 2026-03-02 11:00 in Kyiv; Pilates
/// takes place on the Tuesday after, at 18:00.
#pragma once

#include "schedule/schedule_support.hpp"

namespace frontdesk::testing {

inline Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

struct Shop : Studio {
  SessionId evening = add(plain(at(2026, 3, 3, 18))).id;

  TicketTypeId ticket_type(const std::string& name, std::optional<std::int64_t> max_age = {},
                           std::vector<std::string> seat_categories = {}) {
    catalog::CreateTicketType request;
    request.centre = centre;
    request.name = name;
    request.max_age = max_age;
    request.seat_categories = std::move(seat_categories);
    return host().run(request).id;
  }
  /// A price of the activity.
  pricing::Price price(std::int64_t minor, TicketTypeId type = {},
                       std::optional<std::string> seat_category = {}) const {
    pricing::SetPrice request;
    request.activity = pilates;
    request.ticket_type = type;
    request.seat_category = std::move(seat_category);
    request.amount = uah(minor);
    return host().run(request);
  }
  /// A rule by percentage, to be completed.
  pricing::CreateRule rule(const std::string& name, std::int64_t basis_points) const {
    pricing::CreateRule request;
    request.centre = centre;
    request.name = name;
    request.basis_points = basis_points;
    return request;
  }
  pricing::CreateFee fee(const std::string& name, std::int64_t minor,
                         pricing::FeePer per = pricing::FeePer::place) const {
    pricing::CreateFee request;
    request.centre = centre;
    request.name = name;
    request.per = per;
    request.amount = uah(minor);
    return request;
  }
  pricing::SetTaxRate tax(std::int64_t basis_points, bool included) const {
    pricing::SetTaxRate request;
    request.centre = centre;
    request.name = "VAT";
    request.basis_points = basis_points;
    request.included = included;
    request.first_date = on(2026, 1, 1);
    return request;
  }
  pricing::Quote quote(SessionId session, std::vector<pricing::QuotePlace> places = {{}}) const {
    pricing::AskQuote request;
    request.session = session;
    request.places = std::move(places);
    return host().run(request);
  }
  std::int64_t total(SessionId session, std::vector<pricing::QuotePlace> places = {{}}) const {
    return quote(session, std::move(places)).total.minor;
  }
};

inline pricing::QuotePlace ticket(TicketTypeId type,
                                  std::optional<std::string> seat_category = {}) {
  return {.ticket_type = type, .seat_category = std::move(seat_category)};
}

/// What the parts of a quote add up to; fails the test where a line does not add up.
std::int64_t sum_of_parts(const pricing::Quote& quote);

}  // namespace frontdesk::testing

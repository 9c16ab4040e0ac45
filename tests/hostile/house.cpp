#include "hostile/house.hpp"

namespace frontdesk::hostile {

boost::json::value House::call(std::string_view name, std::string_view request) const {
  try {
    return boost::json::parse(desk_.host().call(name, request));
  } catch (const Error& error) {
    throw std::runtime_error(std::string(name) + " " + std::string(request) + ": " +
                             error.reason() + " at " + error.field());
  }
}

std::string House::told(std::string_view name, std::string_view request,
                        std::string_view pointer) const {
  return std::string(call(name, request).at_pointer(pointer).as_string());
}

void House::call_all(std::initializer_list<JsonCall> calls) const {
  for (const JsonCall& each : calls) call(each.name, each.request);
}

void House::go_to(LocalTime utc) {
  desk_.clock.seconds = utc.time_since_epoch().count();
  call("upkeep.tick", "{}");
}

void House::enter_partners() const {
  workers_.customer.call(
      "catalog.apply_as_partner",
      R"({"proposed": {"name": "Little Stars", "city": "Lviv", "zone": "Europe/Kyiv",
                     "currency": "UAH"}, "message": "We teach children to dance."})");
  workers_.customer.call("catalog.apply_as_partner", R"({"centre": 1, "message": "Let me help."})");
  call("catalog.activate_partners", R"({"applications": [1]})");
}

void House::enter_catalogue() const {
  const std::string poster =
      told("catalog.put_media", R"({"content": "R0lGODlhAQABAAAAACw="})", "/digest");
  call_all({
      {"catalog.update_centre",
       R"({"centre": 1, "active": true, "phone": "+380671230000", "subtitle": "By the river",
           "opening_hours": [{"weekday": 1, "opens": 540, "closes": 1260}]})"},
      {"people.assign_trainer", R"({"client": 1, "account": 4})"},
      {"people.sign_waiver", R"({"client": 13, "centre": 1, "signed_by": 1})"},
      {"catalog.create_category", R"({"name": "Sport", "position": 1})"},
      {"catalog.create_category", R"({"name": "Water", "position": 2})"},
      {"catalog.create_age_group", R"({"name": "4–7", "min_age": 4, "max_age": 7})"},
      {"catalog.create_room",
       R"({"centre": 1, "name": "Red hall", "capacity": 60, "buffer_after_minutes": 15})"},
      {"catalog.create_room",
       R"({"centre": 1, "name": "Pool", "capacity": 20, "sessions_at_once": 2})"},
      {"catalog.create_ticket_type",
       R"({"centre": 1, "name": "Adult", "seat_categories": ["standard", "premium"]})"},
      {"catalog.create_ticket_type",
       R"({"centre": 1, "name": "Child", "max_age": 11, "condition": "With an adult"})"},
      {"catalog.create_activity",
       R"({"centre": 1, "section": 1, "name": "Swimming", "categories": [1, 2],
           "trainers": [4, 5], "default_capacity": 10})"},
      {"seating.create_map",
       R"({"centre": 1, "name": "Red hall", "text": "category S standard\ncategory P premium\n)"
       R"(stage Screen\nrow A: 4S _ 4S\nrow B: 4S _ 4S\nrow C: 5P _ 5P\n)"
       R"(row D: Sa Sc 3S _ 3S Sc Sa\narea Standing: 20S\n"})"},
      {"seating.create_map",
       R"({"centre": 1, "name": "Small hall", "text": "category S standard\nstage Screen\n)"
       R"(row A: 4S _ 4S\nrow B: 4S _ 4S\n"})"},
      {"seating.give_map", R"({"room": 1, "map": 1})"},
  });
  call("catalog.create_activity",
       R"({"centre": 1, "kind": "film", "name": "Shadows", "duration_minutes": 97,
           "release_date": "1965-09-04", "details": {"director": "Sergei Parajanov",
           "cast": ["Ivan Mykolaichuk"], "rating": "12+", "poster": ")" +
           poster + R"("}})");
}

/// Films with seats are activity 2, in room 1: sessions 1 and 2 to come, 3 tomorrow. Swimming is
/// activity 1, in room 2.
void House::enter_timetable() const {
  call_all({
      {"upkeep.change_setting", R"({"name": "bookings.opens_days", "centre": 1, "value": 60})"},
      {"schedule.create_sessions",
       R"({"sessions": [
           {"activity": 2, "centre": 1, "room": 1, "start": "2026-03-20T18:00:00"},
           {"activity": 2, "centre": 1, "room": 1, "start": "2026-03-21T18:00:00"},
           {"activity": 2, "centre": 1, "room": 1, "start": "2026-03-03T18:00:00"},
           {"activity": 2, "centre": 1, "room": 1, "start": "2026-03-04T18:00:00"},
           {"activity": 1, "centre": 1, "room": 2, "start": "2026-03-05T10:00:00", "capacity": 1,
            "price": {"amount": 10000, "currency": "UAH"}},
           {"activity": 1, "centre": 1, "room": 2, "start": "2026-03-22T10:00:00", "capacity": 1,
            "price": {"amount": 10000, "currency": "UAH"}, "trainers": [5]}]})"},
      {"schedule.create_group",
       R"({"centre": 1, "name": "Dolphins", "capacity": 12, "trainer": 4})"},
      {"schedule.create_series",
       R"({"activity": 1, "centre": 1, "room": 2, "trainers": [4], "horizon_weeks": 4,
           "start": "2026-03-02T18:00:00", "rule": "FREQ=WEEKLY;BYDAY=MO,WE", "minimum": 1,
           "price": {"amount": 10000, "currency": "UAH"}})"},
      {"schedule.close",
       R"({"centre": 1, "room": 2, "name": "Cleaning", "from": "2026-03-24T00:00:00",
           "to": "2026-03-25T00:00:00", "on_sessions": "cancel"})"},
      {"schedule.create_series",
       R"({"activity": 1, "centre": 1, "room": 2, "trainers": [5], "horizon_weeks": 4, "group": 1,
           "kind": "group", "start": "2026-03-03T10:00:00", "rule": "FREQ=WEEKLY;BYDAY=TU,FR",
           "on_clash": "skip", "price": {"amount": 5000, "currency": "UAH"}})"},
      {"schedule.set_working_hours",
       R"({"trainer": 4, "centre": 1, "hours": [{"weekday": 1, "opens": 540, "closes": 1260}]})"},
      {"schedule.report_absence",
       R"({"trainer": 4, "cause": "sick", "note": "A cold.", "starts": "2026-03-09T00:00:00Z",
           "ends": "2026-03-12T00:00:00Z"})"},
      {"schedule.resolve_absence", R"({"absence": 1, "sessions": [9], "substitute": 5})"},
  });
  workers_.trainer.call("schedule.request_move",
                        R"({"session": 10, "start": "2026-03-12T19:00:00", "reason": "Exam"})");
}

void House::enter_offers() const {
  call_all({
      {"upkeep.change_setting", R"({"name": "pricing.points_enabled", "centre": 1, "value": 1})"},
      {"pricing.set_price", R"({"activity": 2, "amount": {"amount": 12000, "currency": "UAH"}})"},
      {"pricing.set_price",
       R"({"activity": 2, "ticket_type": 1, "seat_category": "premium",
           "amount": {"amount": 25000, "currency": "UAH"}})"},
      {"pricing.create_rule",
       R"({"centre": 1, "kind": "early_bird", "name": "Early bird", "quantity": 6,
           "basis_points": -1000})"},
      {"pricing.create_fee",
       R"({"centre": 1, "per": "order", "name": "Booking fee", "channel": "online",
           "amount": {"amount": 1500, "currency": "UAH"}, "refundable": false})"},
      {"pricing.set_tax_rate",
       R"({"centre": 1, "name": "VAT", "basis_points": 2000, "included": true,
           "first_date": "2026-01-01"})"},
      {"pricing.create_coupon",
       R"({"centre": 1, "name": "Spring", "code": "SPRING-10", "basis_points": 1000,
           "cap": {"amount": 20000, "currency": "UAH"}, "uses_max": 100})"},
      {"pricing.create_coupon",
       R"({"centre": 1, "name": "Many", "amount": {"amount": 1000, "currency": "UAH"}})"},
      {"pricing.make_coupon_codes", R"({"coupon": 2, "count": 3, "prefix": "MANY"})"},
      {"pricing.create_promotion",
       R"({"centre": 1, "name": "Four for three", "buy": 4, "pay": 3, "exclusive": true})"},
      {"pricing.create_tier",
       R"({"name": "Silver", "level": 1, "metric": "spend", "window": "rolling_year",
           "threshold": 5000, "currency": "UAH", "basis_points": 500, "free_tickets": 1})"},
      {"pricing.create_tier",
       R"({"name": "Gold", "level": 2, "metric": "spend", "window": "rolling_year",
           "threshold": 5000000, "currency": "UAH", "basis_points": 1000})"},
      {"pricing.set_client_tier",
       R"({"client": 7, "tier": 1, "until": "2027-01-01T00:00:00Z", "reason": "Guest"})"},
      {"pricing.adjust_points", R"({"client": 7, "points": 50000, "reason": "An apology"})"},
      {"bookings.set_policy",
       R"({"centre": 1, "free_before": 86400, "brackets": [{"before": 7200, "basis_points": 5000}],
           "credit_days": 30, "credit_before": 3600})"},
      {"money.set_partner_terms",
       R"({"centre": 1, "share_basis_points": 7000,
           "amount_per_visit": {"amount": 100, "currency": "UAH"}})"},
  });
}

void House::take_money() const {
  call_all({
      {"upkeep.change_setting", R"({"name": "money.fiscal_receipts", "centre": 1, "value": 1})"},
      {"money.open_shift",
       R"({"centre": 1, "till": "Front", "opened_with": {"amount": 50000, "currency": "UAH"}})"},
      {"money.create_order",
       R"({"centre": 1, "payer": 1, "lines": [{"kind": "other", "text": "Yoga mat",
           "price": {"amount": 45000, "currency": "UAH"}, "tax_basis_points": 2000}],
           "tenders": [{"method": "cash", "amount": {"amount": 20000, "currency": "UAH"}}]})"},
      {"money.create_order",
       R"({"centre": 1, "payer": 3, "lines": [{"kind": "other", "text": "Yoga mat",
           "price": {"amount": 45000, "currency": "UAH"}, "tax_basis_points": 2000}],
           "tenders": [{"method": "external", "provider": "liqpay",
                        "external_ref": "0123456789abcdef"}]})"},
      {"money.record_callback",
       R"({"provider": "liqpay", "event": "evt-0", "external_ref": "0123456789abcdef",
           "outcome": "completed", "amount": {"amount": 45000, "currency": "UAH"}})"},
      {"money.issue_invoice",
       R"({"order": 2, "buyer": {"name": "Kovalenko Ltd", "tax_number": "12345678"}})"},
      {"money.give_back",
       R"({"order": 2, "lines": [{"line": 2001, "amount": {"amount": 5000, "currency": "UAH"}}],
           "reason": "The heating failed"})"},
      {"money.issue_credit_note", R"({"invoice": 1})"},
      {"money.create_order",
       R"({"centre": 1, "guest_name": "Ivan", "guest_email": "ivan@example.org",
           "lines": [{"kind": "other", "text": "A party", "price":
                      {"amount": 300000, "currency": "UAH"}}],
           "deposit": {"amount": 100000, "currency": "UAH"}, "deposit_by": "2026-03-10T10:00:00Z",
           "pay_by": "2026-04-10T10:00:00Z", "tenders": []})"},
      {"money.move_cash",
       R"({"centre": 1, "amount": {"amount": -12000, "currency": "UAH"}, "expense": true,
           "reason": "Water for the hall"})"},
      {"money.adjust",
       R"({"centre": 1, "from": "adjustments", "to": "bank",
           "amount": {"amount": 100, "currency": "UAH"}, "reason": "Interest"})"},
      {"money.set_credit_limit",
       R"({"client": 8, "centre": 1, "credit_limit": {"amount": 50000, "currency": "UAH"}})"},
  });
  for (const char* client : {"1", "3", "7", "8", "9", "11", "75"}) {
    call("money.top_up", std::string(R"({"client": )") + client +
                             R"(, "centre": 1, "amount": {"amount": 500000, "currency": "UAH"},
                                 "tenders": [{"method": "card"}]})");
  }
  const std::string card =
      told("pricing.sell_gift_card",
           R"({"centre": 1, "buyer": 7, "amount": {"amount": 50000, "currency": "UAH"},
          "tenders": [{"method": "balance"}]})",
           "/code");
  call("money.create_order", R"({"centre": 1, "payer": 8, "lines": [{"kind": "other", "text":
      "Towel", "price": {"amount": 9000, "currency": "UAH"}}],
      "tenders": [{"method": "gift_card", "code": ")" +
                                 card + R"("}]})");
}

void House::sell_plans() const {
  call_all({
      {"plans.create_plan",
       R"({"centre": 1, "name": "8 visits a month", "terms": {"price": {"amount": 120000,
           "currency": "UAH"}, "months": 1, "visits": 8, "per_day": 2, "all_activities": true,
           "freeze_days": 14, "weekly_slots": 2, "people": 2,
           "seat_categories": [{"seat_category": "standard"}]}})"},
      {"plans.create_plan",
       R"({"centre": 1, "name": "Everything", "terms": {"price": {"amount": 200000,
           "currency": "UAH"}, "months": 1, "all_activities": true, "auto_renewal": true}})"},
      {"plans.buy",
       R"({"plan": 1, "owner": 7, "people": [7], "tenders": [{"method": "balance"}]})"},
      {"plans.buy", R"({"plan": 2, "owner": 8, "people": [8], "on_credit": true})"},
      {"plans.carry_over", R"({"plan": 1, "owner": 9, "starts": "2026-02-10", "visits_left": 2})"},
      {"plans.freeze_subscription",
       R"({"subscription": 1, "first_day": "2026-03-25", "last_day": "2026-03-27",
           "reason": "A journey"})"},
      {"plans.extend", R"({"subscription": 1, "days": 3, "reason": "The pool was closed"})"},
      {"schedule.close",
       R"({"centre": 1, "name": "Easter", "from": "2026-03-28T00:00:00",
           "to": "2026-03-29T00:00:00", "on_sessions": "cancel", "extend_subscriptions": true})"},
  });
}
void House::live() {
  enter_catalogue();
  enter_partners();
  enter_timetable();
  enter_offers();
  take_money();
  sell_plans();
  book();
  book_in_other_ways();
  open_doors();
  go_on();
  leave_things_undone();
  leave_sign_ins_undone();
}

}  // namespace frontdesk::hostile

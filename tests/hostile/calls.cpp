#include "hostile/calls.hpp"

namespace frontdesk::hostile {
namespace {

constexpr JsonCall short_reads[] = {
    {"upkeep.check", "{}"},
    {"audit.verify", "{}"},
    {"audit.entries", R"({"limit": 500})"},
    {"events.since", R"({"limit": 1000})"},
    {"upkeep.settings", "{}"},
    {"upkeep.jobs", "{}"},
    {"people.clients", R"({"limit": 500})"},
    {"people.clients", R"({"search": "koval", "order": "newest"})"},
    {"people.get_client", R"({"client": 1})"},
    {"people.family", R"({"client": 1})"},
    {"people.notes", R"({"client": 1})"},
    {"people.export", R"({"client": 1})"},
    {"people.duplicates", "{}"},
    {"people.cabinet", R"({"client": 1})"},
    {"access.accounts", "{}"},
    {"access.roles", "{}"},
    {"access.role_grants", R"({"account": 1})"},
    {"access.api_keys", "{}"},
    {"catalog.centres", "{}"},
    {"catalog.sections", R"({"centre": 1})"},
    {"catalog.applications", "{}"},
    {"notices.messages", "{}"},
    {"notices.templates", "{}"},
};

constexpr JsonCall short_writes[] = {
    {"people.create_client", R"({"first_name": "New", "phone": "+380671234599", "centre": 1})"},
    {"people.add_dependant", R"({"guardian": 1, "first_name": "Child"})"},
    {"people.update_client", R"({"client": 2, "city": "Odesa"})"},
    {"people.add_note", R"({"client": 2, "centre": 1, "text": "A note."})"},
    {"people.merge", R"({"keep": 1, "duplicate": 3})"},
    {"people.import", R"({"csv": "external_ref,first_name\nX1,Anna\nR3,Boris\n"})"},
    {"access.create_account",
     R"({"email": "new@studio.example", "name": "New", "language": "en"})"},
    {"access.suspend_account", R"({"account": 2, "reason": "left"})"},
    {"catalog.create_section", R"({"centre": 1, "name": "Dancing"})"},
    {"notices.claim", "{}"},
    {"upkeep.change_setting", R"({"name": "people.country_calling_code", "value": 380})"},
    {"upkeep.tick", "{}"},
    {"people.erase", R"({"client": 4, "with_dependants": true})"},
    {"upkeep.check", "{}"},
    {"audit.verify", "{}"},
};

/// What goes through much of what the house has, most of it in the order in which it might happen.
constexpr JsonCall house_writes[] = {
    {"bookings.change_seats", R"({"booking": 1, "seats": [{"place": 1, "seat": "C-8"}]})"},
    {"bookings.move", R"({"booking": 1, "session": 2, "payments": [{"method": "balance"}]})"},
    {"bookings.cancel_places", R"({"booking": 11, "places": [2]})"},
    {"bookings.cancel", R"({"booking": 11, "as_credit": true})"},
    {"bookings.cancel", R"({"booking": 2, "reason": "A guest's", "waive": true})"},
    {"bookings.cancel", R"({"booking": 10})"},
    {"bookings.pay", R"({"booking": 33, "payments": [{"method": "balance"}]})"},
    {"bookings.accept_offer", R"({"entry": 1, "payments": [{"method": "balance"}]})"},
    {"bookings.wait", R"({"session": 6, "client": 8, "places": [{"attendee": 8}]})"},
    {"bookings.correct_attendance",
     R"({"place": 3001, "attended": true, "reason": "Came in by the side door."})"},
    {"bookings.undo_check_in", R"({"booking": 4, "places": [1], "reason": "The wrong name."})"},
    {"bookings.take_roll", R"({"session": 9, "absent": [18001]})"},
    {"bookings.return_visit", R"({"place": 17001, "reason": "The heating failed."})"},
    {"bookings.reissue_ticket", R"({"booking": 13, "place": 1})"},
    {"bookings.cancel_course_booking", R"({"course_booking": 1})"},
    {"bookings.book",
     R"({"session": 1, "client": 7, "places": [{}, {}], "coupons": ["SPRING-10"],
         "payments": [{"method": "points", "amount": {"amount": 100, "currency": "UAH"}},
                      {"method": "balance"}]})"},
    {"bookings.book",
     R"({"session": 10, "client": 7, "places": [{"attendee": 7, "by_visit": true}]})"},
    {"money.record_callback",
     R"({"provider": "liqpay", "event": "evt-3", "payment": 29001, "outcome": "completed",
         "amount": {"amount": 23100, "currency": "UAH"}})"},
    {"money.confirm_refund", R"({"refund": 1, "external_ref": "rf-77"})"},
    {"money.give_back", R"({"order": 23, "to": "balance", "reason": "The heating failed"})"},
    {"money.settle", R"({"centre": 1})"},
    {"money.close_shift", R"({"shift": 1, "counted": {"amount": 1, "currency": "UAH"}})"},
    {"plans.renew", R"({"subscription": 1, "tenders": [{"method": "balance"}]})"},
    {"plans.change_plan", R"({"subscription": 3, "plan": 2, "tenders": [{"method": "balance"}]})"},
    {"plans.cancel_subscription", R"({"subscription": 2, "reason": "Moves away"})"},
    {"schedule.decide_move", R"({"request": 1, "accept": true})"},
    {"schedule.move_session",
     R"({"session": 11, "start": "2026-03-16T19:00:00", "extent": "following"})"},
    {"schedule.cancel_session", R"({"session": 12, "reason": "The trainer is ill."})"},
    {"schedule.leave_group", R"({"group": 1, "client": 9})"},
    {"schedule.join_group", R"({"group": 1, "client": 7})"},
    {"schedule.update_series", R"({"series": 1, "capacity": 12})"},
    {"schedule.lift_closure", R"({"closure": 2})"},
    {"seating.swap_map", R"({"session": 1, "map": 2})"},
};

constexpr JsonCall last_writes[] = {
    {"people.erase", R"({"client": 7})"},
    {"people.erase", R"({"client": 1, "reason": "asked", "with_dependants": true})"},
    {"bookings.erase_guest", R"({"centre": 1, "email": "petro@example.org"})"},
    {"upkeep.tick", "{}"},
    {"upkeep.check", "{}"},
};

}  // namespace

std::span<const JsonCall> reads() { return short_reads; }
std::span<const JsonCall> writes() { return short_writes; }
std::span<const JsonCall> writes_of_the_house() { return house_writes; }
std::span<const JsonCall> erasures() { return last_writes; }

}  // namespace frontdesk::hostile

/// Many sessions at once: a series, weekly slots, or any (SPEC B13).
#include <frontdesk/bookings_many.hpp>

#include "base/zones.hpp"
#include "bookings/making.hpp"
#include "money/refusals.hpp"
#include "plans/refusals.hpp"
#include "schedule/sessions.hpp"
#include "storage/attempt.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

constexpr std::size_t most = 200;  ///< sessions of one call, and places in all
constexpr std::chrono::days longest_term{366};

/// A session to be booked, or a day of a slot without one.
struct Wanted {
  SessionId session{};
  Date date{};
};

Date local_day(const schedule::Session& session) {
  return Date{std::chrono::floor<std::chrono::days>(session.local_start)};
}

[[noreturn]] void refuse_too_many(std::string_view field) {
  throw Error(Code::invalid, "too_many_at_once", field,
              {{"most", static_cast<std::int64_t>(most)}});
}

/// Which sessions are meant, in the order of time.
class Choosing {
 public:
  Choosing(Transaction& transaction, const BookMany& request)
      : transaction_(transaction), request_(request) {}

  std::vector<Wanted> run() {
    const int ways = static_cast<int>(!request_.sessions.empty()) +
                     static_cast<int>(static_cast<bool>(request_.series)) +
                     static_cast<int>(!request_.slots.empty());
    if (ways != 1) throw Error(Code::invalid, "sessions_unclear", "sessions");
    if (!request_.sessions.empty()) {
      named();
    } else if (request_.series) {
      of_series();
    } else {
      of_slots();
    }
    if (dates_.empty()) throw Error(Code::not_found, "no_such_sessions", "from");
    if (dates_.size() > most || dates_.size() * request_.places.size() > most) {
      refuse_too_many("sessions");
    }
    return std::move(dates_);
  }

 private:
  void named() {
    for (std::size_t i = 0; i < request_.sessions.size(); ++i) {
      const std::string path = "sessions[" + std::to_string(i) + "]";
      const schedule::Session session = bookable_session(transaction_, request_.sessions[i], path);
      if (std::any_of(dates_.begin(), dates_.end(),
                      [&](const Wanted& other) { return other.session == session.id; })) {
        throw Error(Code::invalid, "session_twice", path);
      }
      dates_.push_back({session.id, local_day(session)});
    }
  }

  /// Those still to come. What was cancelled is none of them, but told where all is told.
  void of_series() {
    auto sessions = storage::all<schedule::Session>(
        transaction_, "sessions WHERE series = $1 AND starts > $2 ORDER BY starts, id",
        request_.series, transaction_.now());
    if (sessions.empty()) storage::missing("series", "series");
    bookable_session(transaction_, sessions.front().id, "series");
    for (const schedule::Session& session : sessions) {
      const Date day = local_day(session);
      if (request_.from && day < *request_.from) continue;
      if (request_.until && day > *request_.until) continue;
      const bool is_off = session.status != schedule::SessionStatus::scheduled;
      if (is_off && request_.mode == ManyMode::all_or_nothing) continue;
      dates_.push_back({session.id, day});
    }
  }

  void of_slots() {
    if (!request_.until) {
      throw Error(Code::invalid, "field_missing", "until", {{"name", std::string("until")}});
    }
    const Date yesterday{std::chrono::floor<std::chrono::days>(transaction_.now()) -
                         std::chrono::days{1}};  // it may be today there
    const std::chrono::sys_days first = std::max(request_.from.value_or(yesterday), yesterday);
    const std::chrono::sys_days last = *request_.until;
    if (last - first > longest_term + std::chrono::days{1}) refuse_too_many("until");
    for (std::chrono::sys_days day = first; day <= last; day += std::chrono::days{1}) {
      for (const WeeklySlot& slot : request_.slots) {
        if (static_cast<std::int64_t>(std::chrono::weekday{day}.iso_encoding()) != slot.weekday ||
            has_passed(slot, Date{day})) {
          continue;
        }
        dates_.push_back({session_at(slot, Date{day}), Date{day}});
      }
    }
  }

  static LocalTime start_of(const WeeklySlot& slot, Date day) {
    return LocalTime{std::chrono::local_days{day}.time_since_epoch() +
                     std::chrono::minutes{slot.minute}};
  }

  /// By the clock of the centre that has the activity.
  bool has_passed(const WeeklySlot& slot, Date day) {
    storage::Cursor row = transaction_.query(
        "SELECT zone FROM centres WHERE id = (SELECT centre FROM activities WHERE id = $1)",
        slot.activity);
    if (!row.next()) return false;
    return zones::to_instant(start_of(slot, day), row.text(0)) <= transaction_.now();
  }

  /// The session of a slot on a day; none where there is none, or none the caller may know of.
  SessionId session_at(const WeeklySlot& slot, Date day) {
    const LocalTime start = start_of(slot, day);
    const std::int64_t about = start.time_since_epoch().count();
    constexpr std::int64_t widest_offset = 15 * 3600;
    auto found = storage::all<schedule::Session>(
        transaction_,
        "sessions WHERE activity = $1 AND starts > $2 AND starts < $3 AND local_start = $4"
        " AND status = 0 ORDER BY starts, id",
        slot.activity, about - widest_offset, about + widest_offset, start);
    for (const schedule::Session& session : found) {
      if (!storage::attempt(transaction_, [&] { bookable_session(transaction_, session.id); })) {
        return session.id;
      }
    }
    return {};
  }

  Transaction& transaction_;
  const BookMany& request_;
  std::vector<Wanted> dates_{};
};

Wish wish_of(const BookMany& request, SharedOrder& shared) {
  Wish wish{.places = request.places,
            .seat_category = request.seat_category.value_or(""),
            .best = request.best,
            .client = request.client,
            .payer = request.payer,
            .channel = request.channel,
            .payments = request.payments,
            .owing = request.owing,
            .note = request.note,
            .shared = &shared};
  for (PlaceRequest& place : wish.places) place.by_visit |= request.by_visit;
  return wish;
}

/// One order is one centre's.
void check_one_centre(Transaction& transaction, const std::vector<Wanted>& dates) {
  CentreId centre{};
  for (const Wanted& date : dates) {
    const auto of_session =
        transaction.one_number("SELECT centre FROM sessions WHERE id = $1", date.session);
    if (!of_session) continue;
    if (centre && centre.value != *of_session) {
      throw Error(Code::conflict, "several_centres", "sessions");
    }
    centre = CentreId{*of_session};
  }
}

void check_places(const BookMany& request) {
  for (std::size_t i = 0; i < request.places.size(); ++i) {
    if (!request.places[i].seat && !request.places[i].credit) continue;
    throw Error(Code::invalid, "place_for_one_session", "places[" + std::to_string(i) + "]");
  }
}

[[noreturn]] void refuse_all(const Error& refused, const Wanted& date) {
  Details details = refused.details();
  details.insert_or_assign("date", zones::print(date.date));
  if (date.session) details.insert_or_assign("session", date.session.value);
  throw Error(refused.code(), refused.reason(), refused.field(), std::move(details));
}

}  // namespace

BookedMany handle(Transaction& transaction, const BookMany& request) {
  check_places(request);
  const std::vector<Wanted> dates = Choosing(transaction, request).run();
  check_one_centre(transaction, dates);
  SharedOrder shared;
  Wish wish = wish_of(request, shared);
  std::vector<Made> made;
  BookedMany result;
  for (const Wanted& date : dates) {
    wish.session = date.session;
    const OrderId order_before = shared.id;
    const auto refused = storage::attempt(transaction, [&] {
      if (!date.session) {
        throw Error(Code::not_found, "no_such_session", {}, {{"date", zones::print(date.date)}});
      }
      made.push_back(book(transaction, wish));
    });
    if (!refused) continue;
    if (request.mode == ManyMode::all_or_nothing) refuse_all(*refused, date);
    shared.id = order_before;
    const Error told = refused->in_language(transaction.language());
    result.failed.push_back({.session = date.session,
                             .date = date.date,
                             .code = std::string(code_name(told.code())),
                             .reason = told.reason(),
                             .message = told.message()});
  }
  settle_together(transaction, made, shared, request.payments, request.owing);
  result.order = shared.id;
  for (const Made& one : made) {
    if (one.owed.minor > 0) result.owed = one.owed;
    result.bookings.push_back(view_of(transaction, one.booking, one.layout, one.owed));
  }
  return result;
}

static constexpr Refusal booking_checks[] = {
    {Code::invalid, "place_for_one_session", "a place names a seat or a credit"},
    {Code::invalid, "sessions_unclear", "not exactly one of sessions, series and slots is given"},
    {Code::invalid, "field_missing", "slots without `until`, or no provider is named"},
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::invalid, "session_twice", "a session is named twice"},
    {Code::not_found, "series_not_found", "no such series to come, or not within reach"},
    {Code::not_found, "no_such_sessions", "there is no session in that time"},
    {Code::invalid, "too_many_at_once", "more than 200 sessions or places, or more than a year"},
    {Code::conflict, "several_centres", "the sessions are of several centres"},
    {Code::not_found, "no_such_session", "no session starts in a slot on some day"},
    {Code::invalid, "client_needed", "the caller is no client and names none"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "session_not_scheduled", "a session was cancelled or is over"},
    {Code::conflict, "session_started", "a session has started"},
    {Code::conflict, "booking_not_open_yet", "booking opens later"},
    {Code::conflict, "booking_closed", "booking has closed in this channel"},
    {Code::conflict, "pay_at_once", "so shortly before the start it must be paid at once"},
    {Code::conflict, "session_has_no_seats", "a category is named where there are no seats"},
    {Code::not_found, "seat_category_not_found", "a hall has no such category"},
    {Code::sold_out, "no_place_left", "not so many places are left"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in a session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not of the family, or not known"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the client did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::conflict, "places_over_limit", "more places than one client may book"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::denied, "role_not_allowed", "the channel or means are for others"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
};
static constexpr Refusal booking_price[] = {
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_age", "the ticket type is not for the attendee's age"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for a place"},
    {Code::conflict, "owing_not_allowed", "the centre lets nobody owe"},
};
static constexpr auto refusals =
    storage::joined(booking_checks, plans::visit_refusals, booking_price, money::amount_refusals,
                    money::tender_refusals, money::purse_refusals);

constinit const Operation BookMany::operation = storage::define<BookMany>({
    .number = 930,
    .name = "bookings.book_many",
    .kind = OperationKind::write,
    .doc = "Books the same places in many sessions, in one order.",
    .rule = {.permission = "bookings.book"},
    .refusals = refusals,
    .example = R"({"slots": [{"weekday": 1, "minute": 1080, "activity": 1}], "until": "2026-12-31",
 "mode": "best_effort", "places": [{"attendee": 1}], "payments": [{"method": "balance"}]})",
});

}  // namespace frontdesk::bookings

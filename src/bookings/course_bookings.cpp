/// Booking courses and leaving them (SPEC B15): one booking for each session that remains, all in
/// one order, each at its share of the price.
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/money.hpp"
#include "base/zones.hpp"
#include "bookings/cancelling.hpp"
#include "bookings/courses.hpp"
#include "bookings/making.hpp"
#include "money/amounts.hpp"
#include "money/orders.hpp"
#include "money/refusals.hpp"
#include "pricing/sheets.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

namespace frontdesk::bookings {

constinit const storage::EventKind CourseBooked::kind{"bookings.course_booked",
                                                      "Somebody booked a course.", "bookings.view"};
constinit const storage::EventKind CourseCancelled::kind{
    "bookings.course_cancelled", "Somebody's part in a course was cancelled.", "bookings.view"};

namespace {

/// Somebody's part in a course as it is stored.
struct PartRow {
  CourseBookingId id{};
  CourseId course{};
  CentreId centre{};
  ClientId client{};
  ClientId attendee{};
  OrderId order{};
  Instant booked_at{};
  std::optional<Instant> cancelled_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PartRow::id>("Its number."),
        field<&PartRow::course>("The course."),
        field<&PartRow::centre>("Its centre."),
        field<&PartRow::client>("Who booked.").or_default(),
        field<&PartRow::attendee>("Who attends.").or_default(),
        field<&PartRow::order>("The order.").or_default(),
        field<&PartRow::booked_at>("When it was booked."),
        field<&PartRow::cancelled_at>("When it was cancelled."),
    };
    return table;
  }
};

std::vector<BookingId> bookings_of(Transaction& transaction, CourseBookingId part) {
  storage::Cursor rows = transaction.query(
      "SELECT booking FROM course_booking_sessions WHERE course_booking = $1 ORDER BY booking",
      part);
  std::vector<BookingId> bookings;
  while (rows.next()) bookings.push_back(BookingId{rows.integer(0)});
  return bookings;
}

CourseBooking view_of(Transaction& transaction, const PartRow& row) {
  CourseBooking view{.id = row.id,
                     .course = row.course,
                     .centre = row.centre,
                     .client = row.client,
                     .attendee = row.attendee,
                     .order = row.order,
                     .bookings = bookings_of(transaction, row.id),
                     .booked_at = row.booked_at,
                     .cancelled_at = row.cancelled_at};
  if (!row.order) return view;
  const Money owed = money::owed(transaction, row.order);
  if (owed.minor > 0) view.owed = owed;
  return view;
}

/// The share of a session with the tax in it.
FixedPrice price_of(Transaction& transaction, const schedule::Session& session,
                    const std::string& name, const Money& share) {
  FixedPrice price{.text = name, .total = share, .tax = {0, share.currency}};
  const auto sheet = pricing::sheet_of(transaction, session);
  const Date today = zones::local_date(transaction.now(), sheet->centre->zone);
  const pricing::TaxRate* rate = pricing::tax_on(sheet->taxes, pricing::Taxed::tickets, today);
  if (!rate) return price;
  price.tax_basis_points = rate->basis_points;
  price.tax =
      money::portion(share, rate->basis_points, money::basis_points_whole + rate->basis_points,
                     money::rounding_of(transaction, session.centre));
  return price;
}

PartRow stored_part(Transaction& transaction, CourseBookingId id) {
  auto row = storage::find<PartRow>(transaction, "course_bookings WHERE id = $1", id);
  if (!row) storage::missing("course_booking", "course_booking");
  const storage::Reach& reach = transaction.reach();
  if (reach.covers(row->centre)) return *row;
  for (ClientId client : {row->client, row->attendee}) {
    if (access::covers_person(transaction, reach, client)) return *row;
  }
  storage::missing("course_booking", "course_booking");
}

}  // namespace

std::vector<CourseBooking> courses_of(Transaction& transaction, ClientId client) {
  std::vector<CourseBooking> courses;
  for (const PartRow& row : storage::all<PartRow>(
           transaction, "course_bookings WHERE client = $1 OR attendee = $1 ORDER BY id", client)) {
    courses.push_back(view_of(transaction, row));
  }
  return courses;
}

// --- book ---

CourseBooking handle(Transaction& transaction, const BookCourse& request) {
  const CourseRow row = visible_course(transaction, request.course);
  if (row.ended_at) throw Error(Code::conflict, "course_ended", "course");
  const Course course = view_of(transaction, row);
  if (course.remaining == 0) throw Error(Code::conflict, "course_over", "course");
  SharedOrder shared;
  Wish wish{.places = {{.attendee = request.attendee}},
            .best = true,
            .client = request.client,
            .payer = request.payer,
            .channel = request.channel,
            .payments = request.payments,
            .owing = request.owing,
            .is_standing = true,
            .shared = &shared};
  std::vector<Made> made;
  for (std::size_t i = 0; i < course.sessions.size(); ++i) {
    wish.session = course.sessions[i].session;
    if (!is_to_come(transaction, wish.session)) continue;
    const schedule::Session session = schedule::stored_session(transaction, wish.session);
    wish.price = price_of(transaction, session, row.name, course.shares[i]);
    made.push_back(book(transaction, wish));
  }
  settle_together(transaction, made, shared, request.payments, request.owing);
  PartRow part{.course = row.id,
               .centre = row.centre,
               .client = made.front().booking.row.client,
               .attendee = request.attendee,
               .order = shared.id,
               .booked_at = transaction.now()};
  storage::insert(transaction, "course_bookings", part);
  for (const Made& one : made) {
    transaction.execute(
        "INSERT INTO course_booking_sessions (course_booking, booking) VALUES ($1, $2)", part.id,
        one.booking.row.id);
  }
  transaction.emit(CourseBooked{
      .course_booking = part.id, .course = row.id, .centre = row.centre, .client = part.client});
  return view_of(transaction, part);
}

static constexpr Refusal book_checks[] = {
    {Code::not_found, "course_not_found", "no such course, or not within reach"},
    {Code::conflict, "course_ended", "its sale has ended"},
    {Code::conflict, "course_over", "none of its sessions is still to come"},
    {Code::not_found, "session_not_found", "a session is not within reach any more"},
    {Code::invalid, "client_needed", "the caller is no client and names none"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::sold_out, "no_place_left", "a session has no place left"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in a session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not of the family, or not known"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the client did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::denied, "role_not_allowed", "the channel or means are for others"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::invalid, "field_missing", "an external payment names no provider"},
    {Code::conflict, "owing_not_allowed", "the centre lets nobody owe"},
    {Code::conflict, "pay_at_once", "so shortly before the start it must be paid at once"},
};
static constexpr auto book_refusals = storage::joined(
    book_checks, money::amount_refusals, money::tender_refusals, money::purse_refusals);

constinit const Operation BookCourse::operation = storage::define<BookCourse>({
    .number = 938,
    .name = "bookings.book_course",
    .kind = OperationKind::write,
    .doc = "Books an attendee into all sessions of a course that are still to come.",
    .rule = {.permission = "bookings.book"},
    .refusals = book_refusals,
    .example = R"({"course": 1, "attendee": 1, "payments": [{"method": "balance"}]})",
});

// --- cancel ---

CourseBooking handle(Transaction& transaction, const CancelCourseBooking& request) {
  PartRow part = stored_part(transaction, request.course_booking);
  if (part.cancelled_at) throw Error(Code::conflict, "course_booking_cancelled", "course_booking");
  std::optional<Money> refunded;
  bool is_any = false;
  for (BookingId id : bookings_of(transaction, part.id)) {
    Stored booking = stored_booking(transaction, id);
    if (!is_coming(booking.row.status)) continue;
    const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
    if (session.starts <= transaction.now()) continue;
    is_any = true;
    const Cancelled ended = end_places(transaction, booking, session,
                                       {.reason = request.reason, .to = request.refund_to});
    if (ended.refunded) {
      refunded = refunded ? money::plus(*refunded, *ended.refunded) : *ended.refunded;
    }
  }
  if (!is_any) throw Error(Code::conflict, "course_over", "course_booking");
  part.cancelled_at = transaction.now();
  storage::update(transaction, "course_bookings", part);
  transaction.emit(CourseCancelled{.course_booking = part.id,
                                   .course = part.course,
                                   .centre = part.centre,
                                   .client = part.client});
  CourseBooking view = view_of(transaction, part);
  view.refunded = refunded;
  return view;
}

static constexpr Refusal cancel_refusals[] = {
    {Code::not_found, "course_booking_not_found", "no such part, or not within reach"},
    {Code::conflict, "course_booking_cancelled", "it was cancelled"},
    {Code::conflict, "course_over", "none of its sessions is still to come"},
    {Code::invalid, "payer_needed", "money goes to a balance, but nobody's"},
};

constinit const Operation CancelCourseBooking::operation = storage::define<CancelCourseBooking>({
    .number = 939,
    .name = "bookings.cancel_course_booking",
    .kind = OperationKind::write,
    .doc = "Cancels what is still to come of somebody's course.",
    .rule = {.permission = "bookings.book"},
    .refusals = cancel_refusals,
    .example = R"({"course_booking": 1})",
});

// --- list ---

Page<CourseBooking> handle(Transaction& transaction, const CourseBookings& request) {
  storage::List list("course_bookings");
  access::narrow_to_reach(list, transaction, {.client = "client", .centre = "centre"});
  if (request.course) list.where("course = $", request.course);
  if (request.client) list.where("client = $", request.client);
  list.order({{"id", true}});
  auto rows = list.page<PartRow>(transaction, request.cursor, request.limit);
  Page<CourseBooking> page;
  page.next = rows.next;
  for (const PartRow& row : rows.items) page.items.push_back(view_of(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation CourseBookings::operation = storage::define<CourseBookings>({
    .number = 940,
    .name = "bookings.course_bookings",
    .kind = OperationKind::read,
    .doc = "Lists who booked courses, newest first.",
    .rule = {.permission = "bookings.view"},
    .refusals = list_refusals,
    .example = R"({"course": 1})",
});

}  // namespace frontdesk::bookings

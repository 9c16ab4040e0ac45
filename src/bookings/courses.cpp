/// Courses as they are offered (SPEC B15).
#include "bookings/courses.hpp"

#include "access/authorization.hpp"
#include "base/money.hpp"
#include "bookings/bookings.hpp"
#include "catalog/centres.hpp"
#include "catalog/facts.hpp"
#include "pricing/records.hpp"
#include "storage/define.hpp"
#include "storage/id_list.hpp"

#include <algorithm>

namespace frontdesk::bookings {

constinit const storage::EventKind CourseChanged::kind{
    "bookings.course_changed", "A course was entered, or its sale ended.", "bookings.view"};

bool is_to_come(Transaction& transaction, SessionId session) {
  return transaction.exists("SELECT 1 FROM sessions WHERE id = $1 AND status = 0 AND starts > $2",
                            session, transaction.now());
}

Course view_of(Transaction& transaction, const CourseRow& row) {
  const Currency currency{catalog::stored_centre(transaction, row.centre).currency};
  Course view{.id = row.id,
              .version = row.version,
              .centre = row.centre,
              .name = row.name,
              .price = {row.price, currency},
              .sessions = storage::all<CourseSession>(
                  transaction, "course_sessions WHERE course = $1 ORDER BY number", row.id),
              .price_now = {0, currency},
              .external_ref = row.external_ref,
              .created_at = row.created_at,
              .ended_at = row.ended_at};
  std::vector<std::int64_t> weights;
  for (const CourseSession& session : view.sessions) weights.push_back(session.weight);
  view.shares = money::split(view.price, weights);
  for (std::size_t i = 0; i < view.sessions.size(); ++i) {
    if (!is_to_come(transaction, view.sessions[i].session)) continue;
    ++view.remaining;
    view.price_now = money::plus(view.price_now, view.shares[i]);
  }
  return view;
}

CourseRow visible_course(Transaction& transaction, CourseId id) {
  auto row = storage::find<CourseRow>(transaction, "courses WHERE id = $1", id);
  const bool is_seen = row && (access::reach_of(transaction, "bookings.view").covers(row->centre) ||
                               catalog::is_public(transaction, row->centre));
  if (!is_seen) storage::missing("course", "course");
  return std::move(*row);
}

namespace {

/// Its sessions by time; each is one of the centre that is still to come and open to everyone.
std::vector<CourseSession> checked_sessions(Transaction& transaction, const CreateCourse& request) {
  std::vector<std::pair<Instant, CourseSession>> sessions;
  for (std::size_t i = 0; i < request.sessions.size(); ++i) {
    const CourseSession& wanted = request.sessions[i];
    const std::string path = "sessions[" + std::to_string(i) + "].session";
    auto session =
        storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", wanted.session);
    if (!session || session->centre != request.centre) storage::missing("session", path);
    if (session->status != schedule::SessionStatus::scheduled) {
      throw Error(Code::conflict, "session_not_scheduled", path);
    }
    if (session->kind != schedule::SessionKind::open) {
      throw Error(Code::conflict, "session_not_open", path);
    }
    if (std::any_of(sessions.begin(), sessions.end(),
                    [&](const auto& other) { return other.second.session == wanted.session; })) {
      throw Error(Code::invalid, "session_twice", path);
    }
    sessions.emplace_back(session->starts, wanted);
  }
  std::stable_sort(sessions.begin(), sessions.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<CourseSession> sorted;
  for (const auto& [starts, session] : sessions) sorted.push_back(session);
  return sorted;
}

void announce(Transaction& transaction, const CourseRow& row) {
  transaction.concern(row.centre);
  transaction.emit(CourseChanged{.course = row.id, .centre = row.centre});
}

}  // namespace

// --- create ---

Course handle(Transaction& transaction, const CreateCourse& request) {
  const catalog::Centre centre =
      catalog::changeable_centre(transaction, request.centre, std::nullopt);
  CourseRow row{.centre = request.centre,
                .name = catalog::required_text(request.name, "name"),
                .price = request.price.minor,
                .external_ref = request.external_ref,
                .created_at = transaction.now()};
  pricing::check_amount(request.price, centre, "price");
  if (request.price.minor < 0) throw Error(Code::invalid, "amount_negative", "price");
  const std::vector<CourseSession> sessions = checked_sessions(transaction, request);
  if (row.external_ref &&
      transaction.exists("SELECT 1 FROM courses WHERE external_ref = $1", *row.external_ref)) {
    throw Error(Code::conflict, "external_ref_taken", "external_ref");
  }
  storage::insert(transaction, "courses", row);
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    transaction.execute(
        "INSERT INTO course_sessions (course, number, session, weight) VALUES ($1, $2, $3, $4)",
        row.id, i + 1, sessions[i].session, sessions[i].weight);
  }
  announce(transaction, row);
  return view_of(transaction, row);
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::invalid, "currency_differs", "the price is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the price is too large"},
    {Code::invalid, "amount_negative", "the price is below zero"},
    {Code::not_found, "session_not_found", "no such session of the centre"},
    {Code::conflict, "session_not_scheduled", "a session was cancelled or is over"},
    {Code::conflict, "session_not_open", "a session is for a group or a client"},
    {Code::invalid, "session_twice", "a session is named twice"},
    {Code::conflict, "external_ref_taken", "another course has the key"},
};

constinit const Operation CreateCourse::operation = storage::define<CreateCourse>({
    .number = 935,
    .name = "bookings.create_course",
    .kind = OperationKind::write,
    .doc = "Enters a course: sessions that are sold together.",
    .rule = {.permission = "bookings.policies", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Swimming in spring",
 "price": {"amount": 480000, "currency": "UAH"}, "sessions": [{"session": 1}, {"session": 2}]})",
});

// --- end ---

Course handle(Transaction& transaction, const EndCourse& request) {
  auto row = storage::find<CourseRow>(transaction, "courses WHERE id = $1", request.course);
  if (!row || !transaction.reach().covers(row->centre)) storage::missing("course", "course");
  storage::check_version(request.version, row->version);
  if (row->ended_at) throw Error(Code::conflict, "course_ended", "course");
  row->ended_at = transaction.now();
  ++row->version;
  storage::update(transaction, "courses", *row);
  announce(transaction, *row);
  return view_of(transaction, *row);
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "course_not_found", "no such course, or not within reach"},
    {Code::conflict, "version_outdated", "the course was changed since that version"},
    {Code::conflict, "course_ended", "its sale has ended"},
};

constinit const Operation EndCourse::operation = storage::define<EndCourse>({
    .number = 936,
    .name = "bookings.end_course",
    .kind = OperationKind::write,
    .doc = "Ends the sale of a course.",
    .rule = {.permission = "bookings.policies"},
    .refusals = end_refusals,
    .example = R"({"course": 1})",
});

// --- list ---

Page<Course> handle(Transaction& transaction, const Courses& request) {
  storage::List list("courses");
  const storage::Reach reach = access::reach_of(transaction, "bookings.view");
  if (!reach.any) {
    list.where(
        "centre IN (SELECT value FROM json_each($)) OR centre IN (SELECT centres.id FROM centres"
        " WHERE centres.active = 1 AND centres.archived_at IS NULL)",
        storage::id_list(reach.centres));
  }
  if (request.centre) list.where("centre = $", request.centre);
  if (request.session) {
    list.where(
        "id IN (SELECT course_sessions.course FROM course_sessions"
        " WHERE course_sessions.session = $)",
        request.session);
  }
  if (!request.ended) list.where("ended_at IS NULL");
  list.order({{"id", true}});
  auto rows = list.page<CourseRow>(transaction, request.cursor, request.limit);
  Page<Course> page;
  page.next = rows.next;
  for (const CourseRow& row : rows.items) page.items.push_back(view_of(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Courses::operation = storage::define<Courses>({
    .number = 937,
    .name = "bookings.courses",
    .kind = OperationKind::read,
    .doc = "Lists courses, newest first.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::bookings

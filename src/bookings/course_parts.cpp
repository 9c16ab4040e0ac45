/// A person's part of courses. Its bookings are cancelled with all others of theirs.
#include "bookings/courses.hpp"
#include "bookings/lists.hpp"
#include "describe/json.hpp"

namespace frontdesk::bookings {
namespace {

/// Courses as a person takes them along.
struct PersonsCourses {
  std::vector<CourseBooking> courses{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsCourses::courses>("Courses they booked or attend."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  return describe::encode(PersonsCourses{courses_of(transaction, client)});
}

void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  transaction.execute("UPDATE course_bookings SET client = $1 WHERE client = $2", keep, duplicate);
  transaction.execute("UPDATE course_bookings SET attendee = $1 WHERE attendee = $2", keep,
                      duplicate);
}

/// What of theirs was still to come ends with its bookings, so the part has ended as well.
void erase_person(Transaction& transaction, ClientId client) {
  transaction.execute(
      "UPDATE course_bookings SET cancelled_at = $2 WHERE client = $1 AND cancelled_at IS NULL"
      " AND NOT EXISTS (SELECT 1 FROM course_booking_sessions JOIN bookings"
      " ON bookings.id = course_booking_sessions.booking"
      " WHERE course_booking_sessions.course_booking = course_bookings.id AND bookings.status < 3)",
      client, transaction.now());
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_courses{"courses", export_person};
constinit const storage::MergePart merge_courses{"courses", merge_person};
constinit const storage::ErasePart erase_courses{"courses", erase_person};

}  // namespace lists
}  // namespace frontdesk::bookings

/// Courses, for the files of this area (SPEC B15).
#pragma once

#include <frontdesk/bookings_courses.hpp>

#include "storage/list.hpp"

namespace frontdesk::bookings {

using storage::Transaction;

/// A course as it is stored; its price in minor units of the centre's currency.
struct CourseRow {
  CourseId id{};
  std::int64_t version = 1;
  CentreId centre{};
  std::string name{};
  std::int64_t price = 0;
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = CourseRow>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the course."),
        field<&Self::version>("Its version."),
        field<&Self::centre>("The centre."),
        field<&Self::name>("What it is called."),
        field<&Self::price>("Price of all sessions."),
        field<&Self::external_ref>("The host's own key."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::ended_at>("When its sale ended."),
    };
    return table;
  }
};

/// The course with what it costs now.
Course view_of(Transaction& transaction, const CourseRow& row);
/// The course, if the caller may know of it: of an open centre or of one within reach; else
/// missing.
CourseRow visible_course(Transaction& transaction, CourseId id);
/// Courses that a person booked or attends.
std::vector<CourseBooking> courses_of(Transaction& transaction, ClientId client);
/// Whether the session is still to come.
bool is_to_come(Transaction& transaction, SessionId session);

}  // namespace frontdesk::bookings

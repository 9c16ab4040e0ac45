/// Courses: sessions that are sold together for one price (SPEC B15). Each session is worth a share
/// of it. Who joins late pays the shares of what remains; who leaves gets back what the policy says
/// for each session that remains.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

struct CourseBookingTag {
  static constexpr std::string_view name = "course_booking";
};
using CourseBookingId = Id<CourseBookingTag>;

// --- records ---

/// One session of a course.
struct CourseSession {
  SessionId session{};
  std::int64_t weight = 1;

  template <class Self = CourseSession>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::weight>("How much it is worth beside the others.").or_default().range(0, 1000),
    };
    return table;
  }
};

/// A course as it is offered.
struct Course {
  CourseId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  Money price{};
  std::vector<CourseSession> sessions{};
  std::vector<Money> shares{};
  std::int64_t remaining = 0;
  Money price_now{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = Course>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the course."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre."),
        field<&Self::name>("What it is called."),
        field<&Self::price>("Price of all its sessions for one attendee, tax included."),
        field<&Self::sessions>("Its sessions, by time."),
        field<&Self::shares>("How much of the price is for each of them; together the price."),
        field<&Self::remaining>("How many of them are still to come."),
        field<&Self::price_now>("What those cost together."),
        field<&Self::external_ref>("The host's own key."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::ended_at>("When its sale ended."),
    };
    return table;
  }
};

/// Somebody's part in a course.
struct CourseBooking {
  CourseBookingId id{};
  CourseId course{};
  CentreId centre{};
  ClientId client{};
  ClientId attendee{};
  OrderId order{};
  std::vector<BookingId> bookings{};
  std::optional<Money> refunded{};
  std::optional<Money> owed{};
  Instant booked_at{};
  std::optional<Instant> cancelled_at{};

  template <class Self = CourseBooking>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Its number."),
        field<&Self::course>("The course."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::attendee>("Who attends.").or_default(),
        field<&Self::order>("The order; absent where nothing is to pay.").or_default(),
        field<&Self::bookings>("One booking for each session that remained."),
        field<&Self::refunded>("What cancelling it gave back, in its result."),
        field<&Self::owed>("What is still to pay; absent: nothing."),
        field<&Self::booked_at>("When it was booked."),
        field<&Self::cancelled_at>("When it was cancelled."),
    };
    return table;
  }
};

// --- operations ---

struct CreateCourse {
  using Result = Course;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  Money price{};
  std::vector<CourseSession> sessions{};
  std::optional<std::string> external_ref{};

  template <class Self = CreateCourse>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::name>("What it is called.").length(1, 200),
        field<&Self::price>("Price of all its sessions for one attendee, tax included."),
        field<&Self::sessions>("Its sessions.").length(1, 200),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Ends the sale of a course; who has booked keeps their places.
struct EndCourse {
  using Result = Course;
  static const Operation operation;

  CourseId course{};
  std::optional<std::int64_t> version{};

  template <class Self = EndCourse>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::course>("The course."),
        field<&Self::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// Courses of centres, newest first; those of open centres are for everyone to see.
struct Courses {
  using Result = Page<Course>;
  static const Operation operation;

  CentreId centre{};
  SessionId session{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Courses>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::session>("Only those with this session.").or_default(),
        field<&Self::ended>("Also those that are sold no more.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Books an attendee into all sessions of a course that are still to come, or into none.
struct BookCourse {
  using Result = CourseBooking;
  static const Operation operation;

  CourseId course{};
  ClientId attendee{};
  ClientId client{};
  ClientId payer{};
  std::optional<seating::Channel> channel{};
  std::vector<money::Tender> payments{};
  bool owing = false;

  template <class Self = BookCourse>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::course>("The course."),
        field<&Self::attendee>("Who attends; absent for an unnamed visitor.").or_default(),
        field<&Self::client>("Who books; absent: the caller, or for staff an unnamed visitor.")
            .or_default(),
        field<&Self::payer>("Who pays; absent: who books.").or_default(),
        field<&Self::channel>("Where it is sold; absent: at the counter by staff, else online."),
        field<&Self::payments>("What is paid at once; none: later.").length(0, 10),
        field<&Self::owing>("Confirmed though it is not paid, where the centre lets clients owe.")
            .or_default(),
    };
    return table;
  }
};

/// Cancels what is still to come of somebody's course, each session by its cancellation policy.
struct CancelCourseBooking {
  using Result = CourseBooking;
  static const Operation operation;

  CourseBookingId course_booking{};
  std::optional<std::string> reason{};
  money::RefundTo refund_to = money::RefundTo::method;

  template <class Self = CancelCourseBooking>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::course_booking>("What is cancelled."),
        field<&Self::reason>("Why.").personal().length(1, 1000),
        field<&Self::refund_to>("Whether money goes back the way it came or to the balance.")
            .or_default(),
    };
    return table;
  }
};

/// Who booked courses, newest first.
struct CourseBookings {
  using Result = Page<CourseBooking>;
  static const Operation operation;

  CourseId course{};
  ClientId client{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = CourseBookings>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::course>("Only of this course.").or_default(),
        field<&Self::client>("Only of this client.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- events ---

/// A course was entered, or its sale ended.
struct CourseChanged {
  static const storage::EventKind kind;

  CourseId course{};
  CentreId centre{};

  template <class Self = CourseChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::course>("The course."),
        field<&Self::centre>("Its centre."),
    };
    return table;
  }
};

/// Somebody booked a course.
struct CourseBooked {
  static const storage::EventKind kind;

  CourseBookingId course_booking{};
  CourseId course{};
  CentreId centre{};
  ClientId client{};

  template <class Self = CourseBooked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::course_booking>("Their part in it."),
        field<&Self::course>("The course."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
    };
    return table;
  }
};

/// Somebody's part in a course was cancelled.
struct CourseCancelled {
  static const storage::EventKind kind;

  CourseBookingId course_booking{};
  CourseId course{};
  CentreId centre{};
  ClientId client{};

  template <class Self = CourseCancelled>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::course_booking>("What was their part in it."),
        field<&Self::course>("The course."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who had booked.").or_default(),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk

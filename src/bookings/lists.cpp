#include "bookings/lists.hpp"

namespace frontdesk::bookings {

using storage::EventKind;

constinit const EventKind BookingHeld::kind{
    "bookings.booking_held", "Places wait for an external payment.", "bookings.view"};
constinit const EventKind BookingPending::kind{"bookings.booking_pending",
                                               "A booking waits to be paid.", "bookings.view"};
constinit const EventKind BookingConfirmed::kind{
    "bookings.booking_confirmed", "A booking is paid for, or needs no payment.", "bookings.view"};
constinit const EventKind BookingCancelled::kind{
    "bookings.booking_cancelled", "A booking, or places of it, were cancelled.", "bookings.view"};
constinit const EventKind BookingExpired::kind{"bookings.booking_expired",
                                               "A booking was not paid in time.", "bookings.view"};
constinit const EventKind BookingRevived::kind{
    "bookings.booking_revived", "An expired booking was paid late and got places again.",
    "bookings.view"};
constinit const EventKind LatePaymentReturned::kind{
    "bookings.late_payment_returned",
    "An expired booking was paid late and no place was left; the money goes back.",
    "bookings.view"};
constinit const EventKind BookingMoved::kind{
    "bookings.booking_moved", "A booking was moved to another session.", "bookings.view"};
constinit const EventKind BookingChanged::kind{
    "bookings.booking_changed", "A booking's session was moved, or its seats changed.",
    "bookings.view"};
constinit const EventKind PaymentDueSoon::kind{
    "bookings.payment_due_soon", "A booking will expire soon unless it is paid.", "bookings.view"};
constinit const EventKind CreditGranted::kind{"bookings.credit_granted",
                                              "An attendee got a make-up credit.", "bookings.view"};

namespace lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &Book::operation,
      &BookAsGuest::operation,
      &Reserve::operation,
      &Pay::operation,
      &Get::operation,
      &GuestBooking::operation,
      &List::operation,
      &History::operation,
      &Cancel::operation,
      &CancelPlaces::operation,
      &CancelAsGuest::operation,
      &EraseGuest::operation,
      &Move::operation,
      &ChangeSeats::operation,
      &SetPolicy::operation,
      &EndPolicy::operation,
      &Policies::operation,
      &PolicyOf::operation,
      &Credits::operation,
      &Wait::operation,
      &AcceptOffer::operation,
      &DeclineOffer::operation,
      &LeaveWaitingList::operation,
      &Waiting::operation,
      &BookMany::operation,
      &ReturnVisit::operation,
      &ClaimSlots::operation,
      &Slots::operation,
      &EndSlots::operation,
      &people::Cabinet::operation,
      &CreateCourse::operation,
      &EndCourse::operation,
      &Courses::operation,
      &BookCourse::operation,
      &CancelCourseBooking::operation,
      &CourseBookings::operation,
      &Tickets::operation,
      &GuestTickets::operation,
      &TicketKey::operation,
      &VerifyTicket::operation,
      &ReissueTicket::operation,
      &TransferTicket::operation,
      &RevokedTickets::operation,
      &CheckIn::operation,
      &UndoCheckIn::operation,
      &WalkIn::operation,
      &Roll::operation,
      &TakeRoll::operation,
      &CorrectAttendance::operation,
      &UploadScans::operation,
      &FlaggedScans::operation,
      &CreateGate::operation,
      &UpdateGate::operation,
      &ArchiveGate::operation,
      &Gates::operation,
      &GateList::operation,
      &Strikes::operation,
      &ResetStrikes::operation,
  };
  return list;
}

std::span<const EventKind* const> events() {
  static constexpr const EventKind* list[] = {
      &BookingHeld::kind,         &BookingPending::kind,  &BookingConfirmed::kind,
      &BookingCancelled::kind,    &BookingExpired::kind,  &BookingRevived::kind,
      &LatePaymentReturned::kind, &BookingMoved::kind,    &BookingChanged::kind,
      &PaymentDueSoon::kind,      &CreditGranted::kind,   &TicketsVoided::kind,
      &VisitorsCheckedIn::kind,   &CheckInUndone::kind,   &NoShow::kind,
      &StrikeGiven::kind,         &StrikeWithdrawn::kind, &WaitingJoined::kind,
      &WaitingOffered::kind,      &WaitingBooked::kind,   &WaitingEnded::kind,
      &MemberNotBooked::kind,     &CourseChanged::kind,   &CourseBooked::kind,
      &CourseCancelled::kind,     &PaymentFailed::kind,   &GuestForgotten::kind,
      &SlotNotBooked::kind,       &SlotEnded::kind,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::bookings

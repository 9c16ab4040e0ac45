// The same sentences through bookings: places are booked, cancelled, moved and attended by the
// operations that everyone calls.
#include "base/zones.hpp"
#include "story.hpp"

#include <frontdesk/bookings_changes.hpp>
#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_slots.hpp>
#include <frontdesk/bookings_visits.hpp>
#include <frontdesk/bookings_waiting.hpp>
#include <frontdesk/schedule_closures.hpp>

namespace frontdesk::testing {
namespace {

std::string word_of(bookings::BookingStatus status) {
  for (const EnumValue& known : enum_values(status)) {
    if (known.value == static_cast<std::int64_t>(status)) return std::string(known.name);
  }
  return "?";
}

std::int64_t weekday_of(const std::string& word) {
  const std::string_view names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday"};
  for (std::int64_t i = 0; i < 7; ++i) {
    if (names[i] == word) return i + 1;
  }
  throw NotUnderstood("no day of the week: " + word);
}

/// `18:00`
std::int64_t minute_of(const std::string& word) {
  if (word.size() != 5 || word[2] != ':') throw NotUnderstood("no time: " + word);
  return std::stoll(word.substr(0, 2)) * 60 + std::stoll(word.substr(3));
}

}  // namespace

void Story::begin_bookings() {
  is_booked_ = true;
  club().host().run(
      catalog::ApplyProfile{.centre = club().centre, .profile = catalog::Profile::studio});
  upkeep::ChangeSetting opens;
  opens.name = "bookings.opens_days";
  opens.centre = club().centre;
  opens.value = 365;
  club().host().run(opens);
}

BookingId Story::booked(const std::string& person, const std::string& session) const {
  auto found = booked_.find(person + " " + session);
  if (found == booked_.end()) throw NotUnderstood(person + " never booked " + session);
  return found->second;
}

bookings::Booking Story::booking_now(const std::string& person, const std::string& session) {
  bookings::Get request;
  request.booking = booked(person, session);
  return club().host().run(request);
}

/// `Maria books Mon`, with or for what may follow.
void Story::book(Words& words, const std::string& name) {
  const std::string session = words.take();
  bookings::Book request;
  request.session = sessions_.at(session);
  request.client = person(name);
  std::vector<std::string> people{name};
  bool is_paid = false;
  SubscriptionId named{};
  std::optional<SubscriptionId> expected;
  while (!words.done()) {
    if (words.if_next("with")) {
      named = subscription(words.take());
    } else if (words.if_next("by cash")) {
      is_paid = true;
    } else if (words.if_next("by")) {
      expected = subscription(words.take());
    } else {
      words.expect("and");
      people.push_back(words.take());
    }
  }
  for (const std::string& one : people) {
    request.places.push_back(
        {.attendee = person(one), .by_visit = !is_paid, .subscription = named});
  }
  if (is_paid) request.payments = {{.method = money::PaymentMethod::card}};
  const bookings::Booking booking = club().host().run(request);
  CHECK(booking.status == bookings::BookingStatus::confirmed);
  if (expected) CHECK(booking.places.at(0).subscription == *expected);
  for (const std::string& one : people) booked_[one + " " + session] = booking.id;
}

void Story::cancel(Words& words, const std::string& name) {
  const std::string session = words.take();
  const bookings::Cancelled done =
      club().host().run(bookings::Cancel{.booking = booked(name, session)});
  if (words.if_next("late")) {
    CHECK(done.visits_used == 1);
  } else if (words.if_next("in time")) {
    CHECK(done.visits_returned == 1);
  }
}

bool Story::act_in_bookings(Words& words, const std::string& name) {
  if (words.if_next("books")) {
    book(words, name);
  } else if (words.if_next("attends")) {
    club().host().run(bookings::CheckIn{.booking = booked(name, words.take())});
  } else if (words.if_next("misses")) {
    const std::string session = words.take();
    bookings::TakeRoll roll{.session = sessions_.at(session)};
    roll.absent = {booking_now(name, session).places.at(0).id};
    club().host().run(roll);
  } else if (words.if_next("cancels")) {
    cancel(words, name);
  } else if (words.if_next("moves from")) {
    const std::string from = words.take();
    words.expect("to");
    const std::string to = words.take();
    const BookingId booking = booked(name, from);
    club().host().run(bookings::Move{.booking = booking, .session = sessions_.at(to)});
    booked_[name + " " + to] = booking;
  } else if (words.if_next("waits for")) {
    bookings::Wait wait{.session = sessions_.at(words.take()), .client = person(name)};
    wait.intent = bookings::WaitingIntent::automatic;
    wait.places = {{.attendee = person(name), .by_visit = true}};
    waiting_[name] = club().host().run(wait).id;
  } else if (words.if_next("waits no longer")) {
    club().host().run(bookings::LeaveWaitingList{.entry = waiting_.at(name)});
  } else if (words.if_next("claims")) {
    claim(words, name);
  } else if (words.if_next("was promoted to")) {
    const std::string session = words.take();
    bookings::Waiting list{.ended = true};
    for (const bookings::WaitingEntry& entry : club().host().run(list).items) {
      if (entry.id == waiting_.at(name)) booked_[name + " " + session] = entry.booking;
    }
    CHECK(booking_now(name, session).status == bookings::BookingStatus::confirmed);
  } else if (words.if_next("is expected on")) {
    std::string told = days_of(name);
    std::string expected;
    while (!words.done()) expected += (expected.empty() ? "" : " ") + words.take();
    CHECK(told == (expected == "nothing" ? "" : expected));
  } else if (words.if_next("is")) {
    const std::string status = words.take();
    words.expect("in");
    CHECK(word_of(booking_now(name, words.take()).status) == status);
  } else {
    return false;
  }
  return true;
}

/// `Maria claims Monday 18:00 yoga by S`
void Story::claim(Words& words, const std::string& name) {
  bookings::ClaimSlots request{.attendee = person(name)};
  while (!words.if_next("by")) {
    const std::int64_t weekday = weekday_of(words.take());
    const std::int64_t minute = minute_of(words.take());
    request.slots.push_back(
        {.weekday = weekday, .minute = minute, .activity = activity(words.take())});
    words.if_next("and");
  }
  request.subscription = subscription(words.take());
  const bookings::SlotsClaimed claimed = club().host().run(request);
  while (words.if_next("but not on")) {
    const Date date = words.date();
    words.expect("since");
    const std::string reason = words.take();
    const bool is_told = std::any_of(claimed.failed.begin(), claimed.failed.end(),
                                     [&](const bookings::NotBooked& failed) {
                                       return failed.date == date && failed.reason == reason;
                                     });
    CHECK(is_told);
  }
}

/// Local days of what a person is booked for, in order.
std::string Story::days_of(const std::string& name) {
  bookings::List request;
  request.attendee = person(name);
  request.limit = 500;
  std::vector<std::string> days;
  for (const bookings::Booking& booking : club().host().run(request).items) {
    if (booking.status > bookings::BookingStatus::confirmed) continue;
    days.push_back(zones::print(zones::local_date(booking.starts, zone_)));
  }
  std::sort(days.begin(), days.end());
  std::string told;
  for (const std::string& day : days) told += (told.empty() ? "" : " ") + day;
  return told;
}

/// `every Monday 18:00 is yoga`
void Story::enter_series(Words& words) {
  const std::string day = words.take();
  const std::int64_t weekday = weekday_of(day);
  schedule::CreateSeries request;
  request.centre = club().centre;
  const std::int64_t minute = minute_of(words.take());
  words.expect("is");
  request.activity = activity(words.take());
  // From Monday, 2 March 2026 on.
  request.start = at(2026, 3, static_cast<unsigned>(1 + weekday), static_cast<int>(minute / 60),
                     static_cast<int>(minute % 60));
  request.duration = std::chrono::hours{1};
  const std::string codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  request.rule = "FREQ=WEEKLY;BYDAY=" + codes[weekday - 1];
  club().host().run(request);
}

/// The session of an activity on a day, to be named.
SessionId Story::session_at(const LocalTime& start) {
  schedule::Sessions request;
  request.limit = 500;
  for (const schedule::Session& session : club().host().run(request).items) {
    if (session.local_start == start && session.status != schedule::SessionStatus::cancelled) {
      return session.id;
    }
  }
  throw NotUnderstood("no session is then");
}

bool Story::centre_acts_in_bookings(Words& words) {
  if (words.if_next("cancels")) {
    club().host().run(schedule::CancelSession{.session = sessions_.at(words.take()),
                                              .reason = "The trainer is ill"});
  } else if (words.if_next("moves")) {
    schedule::MoveSession request;
    request.session = sessions_.at(words.take());
    words.expect("to");
    request.start = words.time();
    club().host().run(request);
  } else {
    words.expect("closes from");
    schedule::Close request;
    request.centre = club().centre;
    request.name = "Holidays";
    request.from = LocalTime{std::chrono::local_days{words.date()}};
    words.expect("to");
    request.to = LocalTime{std::chrono::local_days{words.date()} + std::chrono::days{1}};
    request.on_sessions = schedule::OnClosed::cancel;
    club().host().run(request);
    club().tick();
  }
  return true;
}

bool Story::staff_act_in_bookings(Words& words) {
  if (words.if_next("return")) {
    const std::string session = words.take();
    words.expect("to");
    const PlaceId place = booking_now(words.take(), session).places.at(0).id;
    club().host().run(bookings::ReturnVisit{.place = place, .reason = "asked for"});
    return true;
  }
  if (words.if_next("undo")) {
    const std::string session = words.take();
    words.expect("of");
    bookings::UndoCheckIn request{.booking = booked(words.take(), session), .places = {1}};
    request.reason = "A mistake";
    club().host().run(request);
    return true;
  }
  if (words.if_next("waive")) {
    const std::string session = words.take();
    words.expect("of");
    bookings::Cancel request{.booking = booked(words.take(), session)};
    request.waive = true;
    request.reason = "asked for";
    club().host().run(request);
    return true;
  }
  return false;
}

}  // namespace frontdesk::testing

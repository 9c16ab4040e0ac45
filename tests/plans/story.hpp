/// Runs a scenario: a text that a person can read and write, one sentence a line. The sentences are
/// told in scenarios/README.txt.
#pragma once

#include "club.hpp"

#include <frontdesk/bookings.hpp>

#include <map>
#include <sstream>

namespace frontdesk::testing {

/// Words of a sentence, taken one after the other.
class Words {
 public:
  explicit Words(const std::string& sentence);
  bool done() const { return next_ == words_.size(); }
  std::string take();
  /// Takes the words of `phrase` if they come next.
  bool if_next(const std::string& phrase);
  /// The same, or the sentence is not understood.
  void expect(const std::string& phrase);
  std::int64_t number();
  Date date();
  LocalTime time();  ///< `2026-03-04 18:00`
  Money money();     ///< `1200.00`

 private:
  std::vector<std::string> words_{};
  std::size_t next_ = 0;
};

struct NotUnderstood : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Story {
 public:
  /// Runs all lines; what goes wrong fails the test with the line's number.
  void run(const std::string& text);

 private:
  void sentence(const std::string& line);
  void refuse(const std::string& line, const std::string& reason);
  void say(Words& words);
  bool set_up(Words& words, const std::string& first);
  void enter_plan(Words& words);
  void plan_detail(plans::Terms& terms, Words& words);
  void person_acts(Words& words, const std::string& name);
  void buy(Words& words, const std::string& name);
  bool change_subscription(Words& words);
  bool visit(Words& words, const std::string& name);
  // Through bookings, after the line `through bookings`.
  void begin_bookings();
  bool act_in_bookings(Words& words, const std::string& name);
  void book(Words& words, const std::string& name);
  void cancel(Words& words, const std::string& name);
  void claim(Words& words, const std::string& name);
  bool centre_acts_in_bookings(Words& words);
  bool staff_act_in_bookings(Words& words);
  void enter_series(Words& words);
  SessionId session_at(const LocalTime& start);
  std::string days_of(const std::string& name);
  BookingId booked(const std::string& person, const std::string& session) const;
  bookings::Booking booking_now(const std::string& person, const std::string& session);

  void centre_acts(Words& words);
  void staff_acts(Words& words);
  void look(Words& words, const std::string& name);
  void look_at_ledger(Words& words);
  void look_at_money(Words& words, const std::string& name);

  Club& club();
  SubscriptionId subscription(const std::string& name) const;
  ClientId person(const std::string& name) const;
  ActivityId activity(const std::string& name);
  std::int64_t booking(const std::string& person, const std::string& session);
  SubscriptionId payer_of(const std::string& person, const std::string& session) const;

  std::string zone_ = "Europe/Kyiv";
  std::unique_ptr<Club> club_{};
  std::map<std::string, ClientId> people_{};
  std::map<std::string, ActivityId> activities_{};
  std::map<std::string, PlanId> plans_{};
  std::map<std::string, SubscriptionId> subscriptions_{};
  std::map<std::string, SessionId> sessions_{};
  std::map<std::string, std::int64_t> bookings_{};  ///< by person and session
  std::map<std::string, SubscriptionId> payers_{};  ///< by person and session
  bool is_booked_ = false;                          ///< through bookings
  std::map<std::string, BookingId> booked_{};       ///< by person and session
  std::map<std::string, WaitingEntryId> waiting_{};
};

}  // namespace frontdesk::testing

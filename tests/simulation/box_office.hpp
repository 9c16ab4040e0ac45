/// The box office's part of the simulation: one centre with a hall and a class, its own clients and
/// till, and a model that knows who has each place and what each booking paid, and says beforehand
/// what must be refused.
#pragma once

#include "simulation.hpp"

#include <algorithm>

namespace frontdesk::simulation {

/// Who has a place. A hold's claim is worth nothing from `until` on.
struct ModelClaim {
  HoldId hold{};
  BookingId booking{};
  std::optional<Instant> until{};
  bool is_blocked = false;
};

struct ModelShow {
  SessionId id{};
  std::int64_t capacity = 0;
  std::int64_t price = 0;
  Instant starts{};
  Instant ends{};
  schedule::SessionStatus status = schedule::SessionStatus::scheduled;
  bool is_roll_closed = false;
  std::vector<std::string> labels{};  ///< of its seats; empty: its places are merely counted
  std::map<std::int64_t, ModelClaim> claims{};
};

struct ModelHold {
  HoldId id{};
  std::string token{};
  SessionId show{};
  std::vector<std::int64_t> places{};
  seating::Channel channel = seating::Channel::online;
  Instant expires{};
  Instant latest{};
  bool is_gone = false;  ///< used up, given back, or cleared by the tick
};

struct ModelPlace {
  std::int64_t number = 0;
  std::int64_t place = 0;
  bookings::BookingStatus status = bookings::BookingStatus::confirmed;
  std::int64_t paid = 0;
};

struct ModelBooking {
  BookingId id{};
  SessionId show{};
  ClientId client{};
  ClientId attendee{};
  std::int64_t price = 0;  ///< of each place
  money::PaymentMethod method = money::PaymentMethod::card;
  OrderId order{};
  std::optional<Instant> pay_by{};
  std::vector<ModelPlace> places{};
  std::int64_t kept = 0;    ///< paid for places that were cancelled too late
  Instant policy_starts{};  ///< the earlier of the first start and that of now
  bool is_reduced = false;  ///< something was given back of a line that stands

  bool has(bookings::BookingStatus status) const;
  bool is_live() const;
  bool is_unpaid() const;
};

/// A provider's payment, and what was told of it.
struct ModelPayment {
  PaymentId id{};
  BookingId booking{};
  std::int64_t amount = 0;
  money::PaymentStatus status = money::PaymentStatus::pending;
  std::vector<std::string> events{};
};

/// Money that came when nothing was owed any more; a tick gives it to the balance after a day.
struct ModelLateMoney {
  ClientId client{};
  std::int64_t amount = 0;
  Instant came{};
};

class BoxOffice {
 public:
  explicit BoxOffice(Simulation& simulation);

  void open_show();
  void cancel_show();
  void hold_places();
  void use_hold();
  void book();
  void pay_booking();
  void tell_callback();
  void cancel_booking();
  void move_booking();
  void change_seats();
  void top_up();
  void give_back();
  void block_places();
  void let_in();
  void go_to_the_doors();
  void ticked();
  void check();
  std::size_t rooms() const { return 1; }

 private:
  using Numbers = std::vector<std::int64_t>;

  Caller host() const;
  std::int64_t roll(std::int64_t sides) const;
  void agree(bool is_true, const std::string& what) const;
  Instant now() const;
  /// Runs what must be refused for this reason, or done where there is none; true if it was done.
  template <class Action>
  bool expect(const std::string& reason, const Action& action) const {
    try {
      action();
    } catch (const Error& error) {
      agree(error.reason() == reason,
            "refused with " + error.reason() + ", not “" + reason + "”: " + error.message());
      return false;
    }
    agree(reason.empty(), "not refused with " + reason);
    return true;
  }

  // the model
  ModelShow* any_show();
  ModelBooking* any_booking();
  ModelHold* any_hold(SessionId show);
  ModelBooking& booking(BookingId id) { return bookings_.at(id.value); }
  bool is_free(const ModelShow& show, std::int64_t place, BookingId except = {},
               const Numbers& given_up = {}) const;
  std::int64_t taken(const ModelShow& show) const;
  std::string refused_hold(const ModelHold& hold) const;
  std::string refused_use(const ModelHold& hold, const ModelShow& show, std::int64_t count) const;
  std::string refused_window(const ModelShow& show) const;
  std::string refused_places(const ModelShow& show, const seating::PlaceChoice& choice) const;
  std::string refused_attendee(const ModelShow& show, ClientId attendee, BookingId except) const;
  seating::PlaceChoice any_choice(const ModelShow& show) const;
  money::Tender tender(money::PaymentMethod method);
  void claim(ModelShow& show, std::int64_t place, const ModelClaim& claim);
  void free_place(const ModelBooking& booking, const ModelPlace& place);
  void shrink(ModelHold& hold, const Numbers& places);
  void use_up(ModelHold& hold, ModelShow& show, const bookings::Booking& made);
  void confirm(ModelBooking& booking);
  void end_place(ModelBooking& booking, ModelPlace& place, bookings::BookingStatus status,
                 bool to_balance);
  void keep(const bookings::Booking& made, ModelBooking sold, bool is_awaited);
  money::CallbackEffect told(ModelPayment& payment, const money::RecordCallback& request);
  std::int64_t take_late(ModelBooking& booking, const ModelPayment& payment);
  std::string refused_entry(const ModelBooking& booking, const Numbers& numbers) const;
  // what is compared
  void check_show(const ModelShow& show) const;
  void check_booking(const ModelBooking& booking) const;
  void check_money() const;
  void forget_what_is_over();

  Simulation& simulation_;
  CentreId centre_{};
  ActivityId activity_{};
  RoomId hall_{};
  std::vector<ClientId> clients_{};
  std::map<std::int64_t, std::int64_t> balances_{};
  std::map<std::int64_t, ModelShow> shows_{};
  std::map<std::int64_t, ModelHold> holds_{};
  std::map<std::int64_t, ModelBooking> bookings_{};
  std::vector<ModelPayment> payments_{};
  std::vector<ModelLateMoney> late_money_{};
};

}  // namespace frontdesk::simulation

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

  bool stands(Instant now) const { return !until || *until > now; }
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
  std::set<std::int64_t> offered{};  ///< seats that are offered to who waits
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
  std::int64_t line = 0;  ///< in the order; what is split over its lines goes by their order
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
  std::int64_t part = 0;    ///< paid for places that stand, as long as that is not all
  bool owes = false;        ///< it is confirmed, but its payment was charged back
  Instant policy_starts{};  ///< the earlier of the first start and that of now
  bool is_reduced = false;  ///< something was given back of a line that stands

  bool has(bookings::BookingStatus status) const;
  bool is_live() const;
  bool is_unpaid() const;
  /// What its places that stand still cost.
  std::int64_t owed() const;
  /// What was paid for a place: of a part payment its share.
  std::int64_t paid_for(const ModelPlace& place) const;
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

/// An order with a deposit, without booking.
struct ModelSale {
  OrderId id{};
  ClientId client{};
  std::int64_t total = 0;
  std::int64_t paid = 0;
  std::int64_t kept = 0;  ///< once it is over
  std::int64_t deposit = 0;
  Instant deposit_by{};
  Instant pay_by{};
  bool is_over = false;
};

/// Somebody who waits for places of a show, or has an offer of some.
struct ModelEntry {
  WaitingEntryId id{};
  SessionId show{};
  ClientId client{};
  std::int64_t wanted = 0;
  std::int64_t priority = 0;
  std::int64_t offered = 0;
  std::optional<Instant> until{};  ///< the end of the offer
};

/// Two days, but no later than an hour before the start.
Instant pay_by(Instant now, const ModelShow& show);

class BoxOffice {
 public:
  explicit BoxOffice(Simulation& simulation);

  void open_show();
  void cancel_show();
  void hold_places();
  void use_hold();
  void book();
  void pay_booking();
  void pay_part();
  void charge_back();
  void sell_with_deposit();
  void pay_sale();
  void cancel_sale();
  void wait();
  void answer_offer();
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
  /// Learns of waiting lists what the desk did by itself, after a look at whether it was right.
  void follow_waiting();
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
  void fail(const ModelPayment& payment);
  /// Ends places and gives back so many hundredths of a percent of what was paid for each.
  std::int64_t end_places(ModelBooking& booking, const std::vector<ModelPlace*>& places,
                          bookings::BookingStatus status, std::int64_t basis_points,
                          bool to_balance);
  void keep(const bookings::Booking& made, ModelBooking sold, bool is_awaited);
  money::CallbackEffect told(ModelPayment& payment, const money::RecordCallback& request);
  void take_late(ModelBooking& booking, const ModelPayment& payment);
  std::string refused_entry(const ModelBooking& booking, const Numbers& numbers) const;
  // what is compared
  void check_show(const ModelShow& show) const;
  void check_booking(const ModelBooking& booking) const;
  void check_money() const;
  void check_sale(const ModelSale& sale) const;
  void lapse_sales();
  void follow_line(ModelShow& show);
  void follow_seats(ModelShow& show);
  void check_turn(const std::vector<bookings::WaitingEntry>& line,
                  const bookings::WaitingEntry& served) const;
  void adopt(const bookings::WaitingEntry& entry);
  std::int64_t offered(const ModelShow& show) const;
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
  std::map<std::int64_t, ModelSale> sales_{};
  std::map<std::int64_t, ModelEntry> entries_{};
  bool has_ticked_ = false;  ///< nothing happened since the last tick
};

}  // namespace frontdesk::simulation

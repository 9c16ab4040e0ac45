// Random bookings, cancellations, moves, payments and time against a small model: what is free and
// what is on balances must follow, and every check must hold.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <map>
#include <random>

using namespace frontdesk;
using testing::at;
using testing::House;

namespace {

struct Modelled {
  SessionId session{};
  std::map<std::int64_t, std::int64_t> places{};  ///< live ones: number -> what was paid
  std::int64_t price = 0;
  std::size_t client = 0;
  bool is_paid = false;
  Instant pay_by{};
};

class Play {
 public:
  explicit Play(std::uint64_t seed) : random_(seed) {
    house_.set("bookings.free_cancellation_seconds", 0);
    house_.set("bookings.moves_max", 100);
    for (int i = 0; i < 3; ++i) {
      clients_.push_back(house_.customer("Client " + std::to_string(i), 60'000));
      balances_.push_back(60'000);
    }
    for (unsigned day = 9; day < 12; ++day) {
      const std::int64_t price = 1'000 * day;
      SessionId session = house_.session(at(2026, 3, day, 18), capacity, price);
      sessions_.push_back(session);
      prices_[session.value] = price;
    }
  }

  void step() {
    switch (draw(6)) {
      case 0:
      case 1:
        return book();
      case 2:
        return pay();
      case 3:
        return cancel();
      case 4:
        return move();
      default:
        return pass_time();
    }
  }

  void check() {
    for (SessionId session : sessions_) {
      CHECK(house_.free(session) == capacity - taken(session));
    }
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      CHECK(house_.balance(clients_[i].client) == balances_[i]);
    }
    CHECK(house_.problems().empty());
  }

 private:
  static constexpr std::int64_t capacity = 8;

  std::size_t draw(std::size_t below) { return random_() % below; }

  std::int64_t taken(SessionId session) const {
    std::int64_t count = 0;
    for (const auto& [id, booking] : model_) {
      if (booking.session == session) count += static_cast<std::int64_t>(booking.places.size());
    }
    return count;
  }

  template <class Act>
  bool done(Act act) {
    try {
      act();
      return true;
    } catch (const Error& error) {
      CHECK(error.code() != Code::internal);
      return false;
    }
  }

  void book() {
    Modelled made;
    made.client = draw(clients_.size());
    made.session = sessions_[draw(sessions_.size())];
    made.price = prices_[made.session.value];
    made.is_paid = draw(2) == 0;
    const std::size_t places = 1 + draw(4);
    const auto count = static_cast<std::int64_t>(places);
    bookings::Book wish =
        made.is_paid ? House::wish(made.session, places) : House::unpaid(made.session, places);
    bookings::Booking booking;
    const bool is_done = done([&] { booking = clients_[made.client].caller.run(wish); });
    const bool is_affordable = !made.is_paid || balances_[made.client] >= count * made.price;
    std::int64_t own = 0;
    for (const auto& [id, other] : model_) {
      if (other.session == made.session && other.client == made.client) {
        own += static_cast<std::int64_t>(other.places.size());
      }
    }
    CHECK(is_done ==
          (taken(made.session) + count <= capacity && is_affordable && own + count <= 10));
    if (!is_done) return;
    for (std::int64_t i = 1; i <= count; ++i) made.places[i] = made.is_paid ? made.price : 0;
    if (made.is_paid) balances_[made.client] -= count * made.price;
    if (booking.pay_by) made.pay_by = *booking.pay_by;
    model_[booking.id.value] = made;
  }

  std::map<std::int64_t, Modelled>::iterator any() {
    auto one = model_.begin();
    if (!model_.empty()) std::advance(one, static_cast<long>(draw(model_.size())));
    return one;
  }

  void pay() {
    auto one = any();
    if (one == model_.end() || one->second.is_paid || one->second.places.empty()) return;
    Modelled& booking = one->second;
    const auto owed = static_cast<std::int64_t>(booking.places.size()) * booking.price;
    bookings::Pay request;
    request.booking = BookingId{one->first};
    request.payments = {House::balance()};
    const bool is_done = done([&] { clients_[booking.client].caller.run(request); });
    CHECK(is_done == (balances_[booking.client] >= owed));
    if (!is_done) return;
    balances_[booking.client] -= owed;
    booking.is_paid = true;
    for (auto& [number, paid] : booking.places) paid = booking.price;
  }

  void cancel() {
    auto one = any();
    if (one == model_.end()) return;
    Modelled& booking = one->second;
    const bool has_places = !booking.places.empty();
    bookings::CancelPlaces request{.booking = BookingId{one->first}};
    request.places = {has_places ? booking.places.begin()->first : 1};
    const bool is_done = done([&] { clients_[booking.client].caller.run(request); });
    CHECK(is_done == has_places);
    if (!is_done) return;
    balances_[booking.client] += booking.places.begin()->second;
    booking.places.erase(booking.places.begin());
  }

  void move() {
    auto one = any();
    if (one == model_.end()) return;
    Modelled& booking = one->second;
    const SessionId target = sessions_[draw(sessions_.size())];
    bookings::Move request;
    request.booking = BookingId{one->first};
    request.session = target;
    if (booking.is_paid) request.payments = {House::balance()};
    const auto count = static_cast<std::int64_t>(booking.places.size());
    const std::int64_t price = prices_[target.value];
    bookings::Booking moved;
    if (!done([&] { moved = clients_[booking.client].caller.run(request); })) return;
    CHECK(taken(target) + count <= capacity);
    if (booking.is_paid) balances_[booking.client] -= count * (price - booking.price);
    booking.session = target;
    booking.price = price;
    if (moved.pay_by) booking.pay_by = *moved.pay_by;
    for (auto& [number, paid] : booking.places) paid = booking.is_paid ? price : 0;
  }

  void pass_time() {
    house_.pass(std::chrono::hours{1 + draw(6)});
    house_.tick();
    for (auto& [id, booking] : model_) {
      if (booking.is_paid || booking.pay_by > house_.desk.clock.now()) continue;
      booking.places.clear();
    }
  }

  House house_;
  std::mt19937_64 random_;
  std::vector<testing::TestDesk::Customer> clients_{};
  std::vector<std::int64_t> balances_{};
  std::vector<SessionId> sessions_{};
  std::map<std::int64_t, std::int64_t> prices_{};
  std::map<std::int64_t, Modelled> model_{};
};

}  // namespace

TEST_CASE("whatever happens, places and money add up", "[B3][B4][B6][B7][M1]") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    INFO("seed " << seed);
    Play play(seed);
    for (int i = 0; i < 40; ++i) play.step();
    play.check();
  }
}

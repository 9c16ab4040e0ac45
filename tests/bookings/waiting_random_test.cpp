// Random bookings, cancellations, answers and time against a model of the waiting list: nothing is
// sold twice, the order is kept, and no place stays empty that somebody waits for.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_waiting.hpp>

#include <map>
#include <random>

using namespace frontdesk;
using bookings::WaitingStatus;
using testing::at;
using testing::House;

namespace {

constexpr std::int64_t capacity = 4;

struct InLine {
  std::int64_t places = 0;
  std::int64_t priority = 0;
  bool is_offered = false;
  Instant until{};
};

class Play {
 public:
  explicit Play(std::uint64_t seed) : random_(seed) {
    session_ = house_.session(at(2026, 3, 12, 18), capacity, 0);
    starts_ = house_.host().run(schedule::GetSession{.session = session_}).starts;
    for (int i = 0; i < 6; ++i) people_.push_back(house_.customer("Client", 0));
  }

  void step() {
    switch (draw(6)) {
      case 0:
      case 1:
        return want();
      case 2:
        return cancel();
      case 3:
        return answer();
      case 4:
        return leave();
      default:
        return pass_time();
    }
  }

  void check() {
    CHECK(house_.free(session_) == free());
    bookings::Waiting request;
    request.session = session_;
    std::map<std::int64_t, WaitingStatus> seen;
    for (const auto& entry : house_.host().run(request).items) {
      seen[entry.id.value] = entry.status;
    }
    REQUIRE(seen.size() == line_.size());
    for (const auto& [id, entry] : line_) {
      CHECK((seen.at(id) == WaitingStatus::offered) == entry.is_offered);
    }
  }
  void check_file() { CHECK(house_.problems().empty()); }

 private:
  std::size_t draw(std::size_t below) { return random_() % below; }

  std::int64_t free() const {
    std::int64_t taken = 0;
    for (const auto& [id, places] : booked_) taken += places.second;
    for (const auto& [id, entry] : line_) taken += entry.is_offered ? entry.places : 0;
    CHECK(taken <= capacity);
    return capacity - taken;
  }
  bool is_late() const { return house_.desk.clock.now() >= starts_ - std::chrono::hours{1}; }

  /// Whoever fits, in the order of priority, then of time.
  void serve() {
    if (is_late()) return;
    for (;;) {
      auto next = line_.end();
      for (auto one = line_.begin(); one != line_.end(); ++one) {
        if (one->second.is_offered || one->second.places > free()) continue;
        if (next == line_.end() || one->second.priority > next->second.priority) next = one;
      }
      if (next == line_.end()) return;
      next->second.is_offered = true;
      next->second.until = std::min(house_.desk.clock.now() + std::chrono::hours{48},
                                    starts_ - std::chrono::hours{1});
    }
  }

  /// Books, or waits where there is no place.
  void want() {
    const auto& who = people_[draw(people_.size())];
    const auto places = static_cast<std::int64_t>(1 + draw(3));
    try {
      auto made = who.caller.run(House::unpaid(session_, static_cast<std::size_t>(places)));
      CHECK(places <= free());
      booked_[made.id.value] = {static_cast<std::size_t>(&who - people_.data()), places};
      return;
    } catch (const Error& error) {
      if (error.reason() != "no_place_left") return;
      CHECK(places > free());
    }
    bookings::Wait wait;
    wait.session = session_;
    wait.places.resize(static_cast<std::size_t>(places));
    wait.client = who.client;
    wait.priority = static_cast<std::int64_t>(draw(3));
    try {
      auto entry = house_.host().run(wait);
      line_[entry.id.value] = {places, wait.priority, false, {}};
    } catch (const Error& error) {
      CHECK((error.reason() == "waiting_already" || error.reason() == "waiting_closed"));
    }
  }

  void cancel() {
    if (booked_.empty()) return;
    auto one = booked_.begin();
    std::advance(one, static_cast<long>(draw(booked_.size())));
    try {
      house_.host().run(bookings::Cancel{.booking = BookingId{one->first}});
    } catch (const Error&) {
      return;  // it has begun
    }
    booked_.erase(one);
    serve();
  }

  std::map<std::int64_t, InLine>::iterator any() {
    auto one = line_.begin();
    if (!line_.empty()) std::advance(one, static_cast<long>(draw(line_.size())));
    return one;
  }

  void answer() {
    auto one = any();
    if (one == line_.end()) return;
    const WaitingEntryId id{one->first};
    const bool stands = one->second.is_offered && one->second.until > house_.desk.clock.now();
    const bool accepts = draw(2) == 0;
    try {
      if (accepts) {
        auto made = house_.host().run(bookings::AcceptOffer{.entry = id});
        booked_[made.id.value] = {0, one->second.places};
      } else {
        house_.host().run(bookings::DeclineOffer{.entry = id});
      }
      CHECK(stands);
    } catch (const Error& error) {
      CHECK_FALSE(stands);
      CHECK((error.reason() == "nothing_offered" || error.reason() == "offer_lapsed"));
      return;
    }
    line_.erase(one);
    serve();
  }

  void leave() {
    auto one = any();
    if (one == line_.end()) return;
    house_.host().run(bookings::LeaveWaitingList{.entry = WaitingEntryId{one->first}});
    line_.erase(one);
    serve();
  }

  void pass_time() {
    house_.pass(std::chrono::hours{1 + draw(24)});
    house_.tick();
    const Instant now = house_.desk.clock.now();
    for (auto one = line_.begin(); one != line_.end();) {
      const bool is_over = one->second.is_offered ? one->second.until <= now : starts_ <= now;
      one = is_over ? line_.erase(one) : std::next(one);
    }
    serve();
  }

  House house_;
  std::mt19937_64 random_;
  SessionId session_{};
  Instant starts_{};
  std::vector<testing::TestDesk::Customer> people_{};
  std::map<std::int64_t, std::pair<std::size_t, std::int64_t>> booked_{};
  std::map<std::int64_t, InLine> line_{};
};

}  // namespace

TEST_CASE("a waiting list never overtakes the places there are, and keeps its order", "[B3][B8]") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    INFO("seed " << seed);
    Play play(seed);
    for (int i = 0; i < 40; ++i) {
      play.step();
      play.check();
    }
    play.check_file();
  }
}

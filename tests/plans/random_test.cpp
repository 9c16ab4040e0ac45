// Random visits against a model that recomputes every limit from scratch (SPEC V4, V5): reserved,
// used, returned, moved, across the change to summer time.
#include "club.hpp"

#include "plans/calendar.hpp"

#include <random>

using namespace frontdesk;
using namespace frontdesk::plans;
using testing::at;
using testing::Club;
using testing::Doing;

namespace {

struct Place {
  std::int64_t booking = 0;
  Date day{};
  bool premium = false;
  bool used = false;
};
struct Show {
  SessionId session{};
  Date day{};
  bool premium = false;
};

class World {
 public:
  World(unsigned seed, MonthBasis basis, const std::string& zone) : club_(zone), random_(seed) {
    terms_ = club_.pack(12);
    terms_.months = 2;
    terms_.per_day = 2;
    terms_.per_week = 4;
    terms_.per_month = 8;
    terms_.premium_per_month = 2;
    terms_.premium_activities = {club_.pool};
    terms_.month_basis = basis;
    club_.go_to(at(2026, 3, 10, 12));
    olena_ = club_.client("Olena");
    id_ = club_.buy(club_.plan("Full", terms_), olena_).id;
    const Subscription sold = club_.get(id_);
    first_ = *sold.starts;
    last_ = *sold.last_day;
    for (int i = 0; i < 70; ++i) add_show(i);
  }

  void step() {
    const auto choice = random_() % 10;
    if (choice < 5 || places_.empty()) return reserve();
    const std::size_t index = random_() % places_.size();
    if (choice < 7) return end(index);
    if (choice < 8) return use(index);
    move(index);
  }

  void check() const {
    const Figures now = club_.get(id_).visits;
    std::int64_t used = 0;
    for (const Place& place : places_) used += place.used ? 1 : 0;
    const auto all = static_cast<std::int64_t>(places_.size());
    CHECK(now.used == used);
    CHECK(now.reserved == all - used);
    CHECK(now.remaining == 12 - all);
    for (const Place& place : places_) {
      const Days week = week_of(place.day);
      const Days month = month_of(place.day, terms_.month_basis, first_);
      CHECK(count(place.day, plus_days(place.day, 1)) <= 2);
      CHECK(count(week.first, week.end) <= 4);
      CHECK(count(month.first, month.end) <= 8);
      CHECK(count(month.first, month.end, true) <= 2);
    }
    club_.check_sound();
  }

 private:
  void add_show(int i) {
    // Late in the evening and soon after midnight, where days of UTC and of the club differ.
    const Date day = plus_days(first_, static_cast<std::int64_t>(random_() % 75));
    const LocalTime start =
        LocalTime{std::chrono::local_days{day}} +
        (i % 2 == 0 ? std::chrono::minutes{23 * 60 + i % 59} : std::chrono::minutes{1 + i % 59});
    const bool premium = random_() % 3 == 0;
    if (day == first_ && i % 2 != 0) return;
    shows_.push_back({club_.session(premium ? club_.pool : club_.yoga, start), day, premium});
  }

  std::int64_t count(Date from, Date until, bool premium_only = false) const {
    std::int64_t visits = 0;
    for (const Place& place : places_) {
      if (premium_only && !place.premium) continue;
      if (from <= place.day && place.day < until) ++visits;
    }
    return visits;
  }

  bool fits(const Show& show) const {
    if (show.day < first_ || show.day > last_ || places_.size() >= 12) return false;
    const Days week = week_of(show.day);
    const Days month = month_of(show.day, terms_.month_basis, first_);
    return count(show.day, plus_days(show.day, 1)) < 2 && count(week.first, week.end) < 4 &&
           count(month.first, month.end) < 8 &&
           (!show.premium || count(month.first, month.end, true) < 2);
  }

  bool accepted(const testing::VisitStep& step) const {
    try {
      club_.step(step);
    } catch (const Error& error) {
      CHECK(error.code() != Code::internal);
      return false;
    }
    return true;
  }

  void reserve() {
    const Show& show = shows_[random_() % shows_.size()];
    const testing::VisitStep step{.doing = Doing::reserve,
                                  .attendee = olena_,
                                  .session = show.session,
                                  .booking = BookingId{++bookings_}};
    const bool expected = fits(show);
    CHECK(accepted(step) == expected);
    if (expected) places_.push_back({bookings_, show.day, show.premium, false});
  }

  void end(std::size_t index) {
    const Place place = places_[index];
    const bool by_staff = random_() % 2 == 0;
    const testing::VisitStep step{.doing = Doing::give_back,
                                  .attendee = olena_,
                                  .booking = BookingId{place.booking},
                                  .subscription = id_,
                                  .cause = by_staff ? Cause::staff : Cause::client};
    const bool expected = by_staff || !place.used;
    CHECK(accepted(step) == expected);
    if (!expected) return;
    CHECK_FALSE(accepted(step));  // nothing returns twice
    places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(index));
  }

  void use(std::size_t index) {
    Place& place = places_[index];
    const testing::VisitStep step{.doing = Doing::use,
                                  .attendee = olena_,
                                  .booking = BookingId{place.booking},
                                  .subscription = id_,
                                  .cause = Cause::attended};
    CHECK(accepted(step) == !place.used);
    place.used = true;
  }

  void move(std::size_t index) {
    const Place before = places_[index];
    const Show& show = shows_[random_() % shows_.size()];
    const bool by_centre = random_() % 3 == 0;
    const testing::VisitStep step{
        .doing = by_centre ? Doing::move_by_centre : Doing::move_by_client,
        .attendee = olena_,
        .session = show.session,
        .booking = BookingId{before.booking},
        .subscription = id_};
    places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(index));
    const bool expected = !before.used && (by_centre || fits(show));
    CHECK(accepted(step) == expected);
    Place after = before;
    // What the centre moves keeps its first day and stays what it was (SPEC V5).
    if (expected && !by_centre) {
      after.day = show.day;
      after.premium = show.premium;
    }
    places_.push_back(after);
  }

  Club club_;
  std::mt19937 random_;
  Terms terms_{};
  ClientId olena_{};
  SubscriptionId id_{};
  Date first_{};
  Date last_{};
  std::vector<Show> shows_{};
  std::vector<Place> places_{};
  std::int64_t bookings_ = 0;
};

}  // namespace

TEST_CASE("no order of visits gets past a limit", "[V4][V5]") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const MonthBasis basis = seed % 2 == 0 ? MonthBasis::calendar : MonthBasis::anniversary;
    INFO("seed " << seed);
    World world(seed, basis, seed < 3 ? "Europe/Kyiv" : "America/New_York");
    for (int i = 0; i < 150; ++i) world.step();
    world.check();
  }
}

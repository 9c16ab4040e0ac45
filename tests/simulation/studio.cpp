// The model of the studio: what each visit became, what limits and days allow, and what the desk
// must show.
#include "studio.hpp"

#include "base/zones.hpp"

#include <frontdesk/plans_manage.hpp>

#include <algorithm>

namespace frontdesk::simulation {

using namespace std::chrono;

namespace {

constexpr const char* zone = "America/New_York";
constexpr std::int64_t visits_of_pack = 8;
constexpr std::int64_t a_day = 2;
constexpr std::int64_t a_week = 4;
constexpr std::int64_t a_month = 6;
constexpr std::int64_t freeze_days = 7;

Date plus(Date day, std::int64_t days) { return Date{sys_days{day} + std::chrono::days{days}}; }
Date monday_of(Date day) { return Date{sys_days{day} - (weekday{sys_days{day}} - Monday)}; }
Date first_of_month(Date day) { return day.year() / day.month() / 1; }
Date first_of_next(Date day) { return Date{(day.year() / day.month() + months{1}) / 1}; }
bool counts(const ModelVisit& visit) { return visit.state != ModelVisitState::returned; }

}  // namespace

Studio::Studio(Simulation& simulation) : simulation_(simulation) {
  catalog::CreateCentre centre;
  centre.name = "Studio";
  centre.city = "New York";
  centre.zone = zone;
  centre.currency = "USD";
  centre_ = host().run(centre).id;
  host().run(catalog::ApplyProfile{.centre = centre_, .profile = catalog::Profile::studio});
  for (const auto& [name, value] :
       {std::pair{"bookings.strikes_to_lock", 0}, std::pair{"bookings.opens_days", 60},
        std::pair{"bookings.attendance_taken", 0}}) {
    upkeep::ChangeSetting request;
    request.name = name;
    request.centre = centre_;
    request.value = value;
    host().run(request);
  }
  catalog::CreateActivity activity;
  activity.centre = centre_;
  activity.name = "Yoga";
  activity_ = host().run(activity).id;
  plans::CreatePlan plan{.centre = centre_, .name = "Pack"};
  plan.terms.price = Money{80'000, Currency("USD")};
  plan.terms.months = 1;
  plan.terms.visits = visits_of_pack;
  plan.terms.per_day = a_day;
  plan.terms.per_week = a_week;
  plan.terms.freeze_days = freeze_days;
  plan.terms.all_activities = true;
  pack_ = host().run(plan).id;
  plan.name = "Unlimited";
  plan.terms.visits.reset();
  plan.terms.per_month = a_month;
  unlimited_ = host().run(plan).id;
  for (int i = 0; i < 3; ++i) {
    people::CreateClient client;
    client.first_name = simulation_.unique("Yogi");
    client.centre = centre_;
    const ClientId id = host().run(client).id;
    simulation_.model_.clients[id.value] = {id, 1, client.first_name, {}, false, true};
    clients_.push_back(id);
  }
}

Caller Studio::host() const { return simulation_.desk_->host(); }
Instant Studio::now() const { return simulation_.now_; }
Date Studio::today() const { return zones::local_date(now(), zone); }
std::int64_t Studio::roll(std::int64_t sides) const {
  return static_cast<std::int64_t>(simulation_.roll(static_cast<std::uint64_t>(sides)));
}
void Studio::agree(bool is_true, const std::string& what) const {
  simulation_.agree(is_true, what);
}

// --- from scratch ---

/// The day before the same day of the next month, or that month's last.
Date Studio::last_day(const ModelSubscription& subscription) {
  const Date start = subscription.starts;
  const year_month next = start.year() / start.month() + months{1};
  const Date same = next / start.day();
  const Date last = same.ok() ? plus(same, -1) : Date{sys_days{next / std::chrono::last}};
  return plus(last, subscription.extra_days);
}

std::int64_t Studio::count(const ModelSubscription& subscription, Date from, Date until) {
  return std::count_if(subscription.visits.begin(), subscription.visits.end(),
                       [&](const ModelVisit& visit) {
                         return counts(visit) && from <= visit.day && visit.day < until;
                       });
}

std::string Studio::refused_visit(const ModelSubscription& subscription, Date day) const {
  if (subscription.is_cancelled) return "subscription_cancelled";
  if (day < subscription.starts) return "subscription_not_started";
  const Date last = last_day(subscription);
  const std::int64_t taken = count(subscription, Date{}, plus(day, 10'000));
  if (day > last) {
    std::int64_t given_back = 0;
    for (const ModelVisit& visit : subscription.visits) {
      if (visit.is_by_centre && visit.day <= last) ++given_back;
    }
    std::int64_t usable = given_back - count(subscription, plus(last, 1), plus(day, 10'000));
    if (subscription.is_pack) usable = std::min(usable, visits_of_pack - taken);
    if (day > plus(last, 14) || usable <= 0) return "subscription_expired";
  }
  for (const ModelFreeze& freeze : subscription.freezes) {
    if (freeze.first <= day && day <= freeze.last) return "subscription_frozen";
  }
  if (subscription.is_pack && taken >= visits_of_pack) return "visits_exhausted";
  if (count(subscription, day, plus(day, 1)) >= a_day) return "day_limit_reached";
  const Date monday = monday_of(day);
  if (count(subscription, monday, plus(monday, 7)) >= a_week) return "week_limit_reached";
  if (!subscription.is_pack &&
      count(subscription, first_of_month(day), first_of_next(day)) >= a_month) {
    return "month_limit_reached";
  }
  return {};
}

// --- looking ---

ModelClass* Studio::any_class() {
  std::vector<ModelClass*> found;
  for (auto& [id, one] : classes_) {
    if (one.ends > now() - hours{24}) found.push_back(&one);
  }
  if (found.empty()) return nullptr;
  return found[static_cast<std::size_t>(roll(static_cast<std::int64_t>(found.size())))];
}

ModelSubscription* Studio::any_subscription() {
  if (subscriptions_.empty()) return nullptr;
  // Mostly one of the newest.
  const auto size = static_cast<std::int64_t>(subscriptions_.size());
  const std::int64_t back = roll(std::min<std::int64_t>(size, 8));
  return &subscriptions_[static_cast<std::size_t>(size - 1 - back)];
}

void Studio::check_subscription(const ModelSubscription& subscription) const {
  const std::string what = "subscription " + std::to_string(subscription.id.value) + ": ";
  const plans::Subscription shown =
      host().run(plans::GetSubscription{.subscription = subscription.id});
  std::int64_t reserved = 0;
  std::int64_t used = 0;
  for (const ModelVisit& visit : subscription.visits) {
    reserved += visit.state == ModelVisitState::reserved ? 1 : 0;
    used += visit.state == ModelVisitState::used ? 1 : 0;
  }
  agree(shown.visits.reserved == reserved, what + "visits reserved");
  agree(shown.visits.used == used, what + "visits used");
  agree(shown.last_day == last_day(subscription), what + "its last day");
  if (subscription.is_pack) {
    agree(shown.visits.remaining == visits_of_pack - reserved - used, what + "visits left");
  }
  const plans::Revenue& revenue = *shown.revenue;
  agree(revenue.recognised.minor + revenue.deferred.minor ==
            revenue.sold.minor - revenue.refunded.minor,
        what + "recognised + deferred is not sold − refunded");
  for (const ModelVisit& visit : subscription.visits) {
    agree(count(subscription, visit.day, plus(visit.day, 1)) <= a_day, what + "a day's limit");
    const Date monday = monday_of(visit.day);
    agree(count(subscription, monday, plus(monday, 7)) <= a_week, what + "a week's limit");
  }
}

/// Each cause is told once.
void Studio::check_notices() {
  for (const char* topic : {"plans.exhausted", "plans.running_low", "plans.expired"}) {
    std::map<std::string, int> told;
    events::Since request{.topics = {topic}, .limit = 1000};
    for (;;) {
      const events::Feed feed = host().run(request);
      for (const events::Event& event : feed.items) {
        agree(++told[event.payload] == 1, std::string(topic) + " was told twice");
      }
      request.cursor = feed.next;
      if (feed.is_end) break;
    }
  }
}

void Studio::check() {
  for (const ModelSubscription& subscription : subscriptions_) check_subscription(subscription);
  check_notices();
}

}  // namespace frontdesk::simulation

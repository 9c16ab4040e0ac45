/// A studio subscription: a parent buys visits, a child has two places every week, and the ledger
/// of visits tells what became of each.
#include "story.hpp"

namespace day {
namespace fd = frontdesk;
using std::chrono::days, std::chrono::hours, std::chrono::seconds, std::chrono::local_days,
    std::chrono::weekday, std::chrono::floor, std::chrono::system_clock, std::chrono::Monday;

namespace {

fd::Money hryvnias(std::int64_t amount) { return {amount * 100, fd::Currency{"UAH"}}; }

template <class Enum>
std::string word_of(Enum value) {
  for (const fd::EnumValue& known : enum_values(value)) {
    if (known.value == static_cast<std::int64_t>(value)) return std::string(known.name);
  }
  return "?";
}

std::string two(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string text_of(fd::Date date) {
  return two(static_cast<unsigned>(date.day())) + "." + two(static_cast<unsigned>(date.month()));
}

struct Studio {
  fd::CentreId centre{};
  fd::ClientId mother{};
  fd::ClientId child{};
  fd::SubscriptionId subscription{};
  std::vector<fd::schedule::Session> lessons{};  ///< Mondays and Wednesdays, by turns
};

/// The second Monday from now on, as the story's clock has it.
local_days first_monday(const Story& story) {
  const auto now = floor<days>(system_clock::now() + seconds{story.ahead->load()});
  const local_days today{now.time_since_epoch()};
  return today + days{14} - (weekday{today} - Monday);
}

void fill_the_timetable(Story& story, Studio& studio) {
  fd::Caller host = story.desk.host();
  host.run(
      fd::catalog::ApplyProfile{.centre = studio.centre, .profile = fd::catalog::Profile::studio});
  host.run(fd::upkeep::ChangeSetting{
      .name = "bookings.opens_days", .centre = studio.centre, .value = 60});
  fd::catalog::CreateActivity dancing;
  dancing.centre = studio.centre;
  dancing.name = "Dancing for children";
  dancing.duration_minutes = 50;
  dancing.default_capacity = 12;
  fd::schedule::CreateSeries series;
  series.activity = host.run(dancing).id;
  series.centre = studio.centre;
  series.start = fd::LocalTime{first_monday(story) + hours{17}};
  series.rule = "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=12";
  studio.lessons = host.run(series).sessions;
}

void meet_the_family(Story& story, Studio& studio) {
  fd::Caller host = story.desk.host();
  fd::people::CreateClient mother;
  mother.first_name = "Iryna";
  mother.last_name = "Shevchuk";
  mother.centre = studio.centre;
  studio.mother = host.run(mother).id;
  fd::people::AddDependant child;
  child.guardian = studio.mother;
  child.first_name = "Sofia";
  studio.child = host.run(child).id;
}

void buy(Story& story, Studio& studio) {
  fd::Caller host = story.desk.host();
  fd::plans::CreatePlan plan;
  plan.centre = studio.centre;
  plan.name = "8 visits a month, 2 a day";
  plan.terms.price = hryvnias(1'600);
  plan.terms.months = 1;
  plan.terms.visits = 8;
  plan.terms.per_day = 2;
  plan.terms.freeze_days = 14;
  plan.terms.weekly_slots = 2;
  plan.terms.all_activities = true;
  fd::plans::Buy buy;
  buy.plan = host.run(plan).id;
  buy.owner = studio.mother;
  buy.people = {studio.child};
  buy.tenders.resize(1);
  buy.tenders[0].method = fd::money::PaymentMethod::card;
  const fd::plans::Subscription bought = host.run(buy);
  studio.subscription = bought.id;
  line("Iryna buys “" + bought.name + "” for Sofia, up to " + text_of(*bought.last_day));
}

void claim_slots(Story& story, const Studio& studio) {
  fd::bookings::ClaimSlots claim;
  claim.subscription = studio.subscription;
  claim.attendee = studio.child;
  for (std::int64_t day : {1, 3}) {
    claim.slots.push_back(
        {.weekday = day, .minute = 17 * 60, .activity = studio.lessons.at(0).activity});
  }
  const fd::bookings::SlotsClaimed claimed = story.desk.host().run(claim);
  line("Mondays and Wednesdays at 17:00 are hers: " + std::to_string(claimed.bookings.size()) +
       " lessons are booked at once");
  for (const auto& failed : claimed.failed) {
    line("    not on " + text_of(failed.date) + ": “" + failed.message + "”");
  }
}

/// The week of the second Monday.
void freeze(Story& story, const Studio& studio) {
  fd::plans::FreezeSubscription freeze;
  freeze.subscription = studio.subscription;
  const auto monday = floor<days>(studio.lessons.at(2).local_start);
  freeze.first_day = fd::Date{monday};
  freeze.last_day = fd::Date{monday + days{6}};
  const auto preview = story.desk.host().preview(freeze);
  line("a week's holiday from " + text_of(freeze.first_day) + " would end " +
       std::to_string(preview.visits.size()) + " bookings; they agree");
  const auto frozen = story.desk.host().run(freeze);
  line("    their visits come back, and it now runs up to " +
       text_of(*frozen.subscription.last_day));
}

fd::BookingId booking_in(Story& story, const Studio& studio, fd::SessionId session) {
  fd::bookings::List list;
  list.session = session;
  list.attendee = studio.child;
  return story.desk.host().run(list).items.at(0).id;
}

void lose_one_and_get_one_back(Story& story, const Studio& studio) {
  fd::Caller host = story.desk.host();
  const auto& monday = studio.lessons.at(4);
  wait_until(story, monday.starts - hours{2});
  host.run(fd::upkeep::Tick{});
  const auto cancelled =
      host.run(fd::bookings::Cancel{.booking = booking_in(story, studio, monday.id)});
  line("two hours before a Monday's lesson they cancel: " + std::to_string(cancelled.visits_used) +
       " visit is lost, " + std::to_string(cancelled.visits_returned) + " come back");
  const auto& wednesday = studio.lessons.at(5);
  wait_until(story, wednesday.starts - hours{3});
  host.run(fd::schedule::CancelSession{.session = wednesday.id, .reason = "The trainer is ill"});
  line("on Wednesday the trainer falls ill, and the visit comes back");
}

void print_ledger(Story& story, const Studio& studio) {
  fd::Caller host = story.desk.host();
  host.run(fd::upkeep::Tick{});
  line("the ledger of visits:");
  const auto entries = host.run(fd::plans::Visits{.subscription = studio.subscription});
  for (const fd::plans::Entry& entry : entries.items) {
    std::string text = "    " + std::to_string(entry.number) + ". " + word_of(entry.kind);
    if (entry.kind == fd::plans::EntryKind::grant) text += " " + std::to_string(entry.visits);
    if (entry.day) text += " " + text_of(*entry.day);
    if (entry.cause != fd::plans::Cause::none) text += " (" + word_of(entry.cause) + ")";
    line(text);
  }
  const auto cabinet = host.run(fd::people::Cabinet{.client = studio.mother});
  const fd::plans::Figures& visits = cabinet.subscriptions.at(0).visits;
  line(std::to_string(visits.used) + " used + " + std::to_string(visits.reserved) + " reserved + " +
       std::to_string(visits.remaining.value_or(0)) + " left = " + std::to_string(visits.granted) +
       " bought; her cabinet shows " + std::to_string(cabinet.upcoming.size()) +
       " lessons to come");
}

}  // namespace

void subscribe_to_the_studio(Story& story) {
  chapter("The weeks that follow: a studio subscription of 8 visits a month, 2 a day");
  Studio studio{.centre = story.centres.at("Київ")};
  fill_the_timetable(story, studio);
  meet_the_family(story, studio);
  wait_until(story, studio.lessons.at(0).starts - hours{30});
  buy(story, studio);
  claim_slots(story, studio);
  wait_until(story, studio.lessons.at(1).starts + hours{2});
  freeze(story, studio);
  lose_one_and_get_one_back(story, studio);
  print_ledger(story, studio);
}

}  // namespace day

// What happens to visits in a scenario, and what is expected of subscriptions.
#include "base/zones.hpp"
#include "story.hpp"

namespace frontdesk::testing {
namespace {

template <class Enum>
std::string word_of(Enum value) {
  for (const EnumValue& known : enum_values(value)) {
    if (known.value == static_cast<std::int64_t>(value)) return std::string(known.name);
  }
  return "?";
}

std::string print(std::int64_t minor) {
  std::string digits = std::to_string(minor < 0 ? -minor : minor);
  while (digits.size() < 3) digits.insert(0, "0");
  digits.insert(digits.size() - 2, ".");
  return (minor < 0 ? "-" : "") + digits;
}

/// `use Maria 2026-03-04 attended`, as scenarios write a line of the ledger.
std::string told_line(const plans::Entry& entry, const std::map<std::string, ClientId>& people) {
  std::string line = word_of(entry.kind);
  if (!entry.attendee) line += " " + std::to_string(entry.visits);
  for (const auto& [name, client] : people) {
    if (entry.attendee && client == entry.attendee) line += " " + name;
  }
  if (entry.day) line += " " + zones::print(*entry.day);
  if (entry.cause != plans::Cause::none) line += " " + word_of(entry.cause);
  return line;
}

}  // namespace

// --- visits ---

bool Story::visit(Words& words, const std::string& name) {
  if (words.if_next("books")) {
    const std::string session = words.take();
    VisitStep step{.attendee = person(name), .session = sessions_.at(session)};
    if (words.if_next("with")) step.subscription = subscription(words.take());
    step.booking = BookingId{booking(name, session)};
    const Paid paid = club().step(step);
    payers_[name + " " + session] = paid.subscription;
    if (words.if_next("by")) CHECK(paid.subscription == subscription(words.take()));
    return true;
  }
  if (words.if_next("attends")) {
    const std::string session = words.take();
    club().use(payer_of(name, session), booking(name, session), person(name));
    return true;
  }
  if (words.if_next("misses")) {
    const std::string session = words.take();
    club().use(payer_of(name, session), booking(name, session), person(name),
               plans::Cause::no_show);
    return true;
  }
  if (words.if_next("cancels")) {
    const std::string session = words.take();
    const SubscriptionId payer = payer_of(name, session);
    if (words.if_next("late")) {
      club().use(payer, booking(name, session), person(name), plans::Cause::late);
    } else {
      words.expect("in time");
      club().give_back(payer, booking(name, session), person(name), plans::Cause::client);
    }
    return true;
  }
  if (words.if_next("moves from")) {
    const std::string from = words.take();
    words.expect("to");
    const std::string to = words.take();
    club().step({.doing = Doing::move_by_client,
                 .attendee = person(name),
                 .session = sessions_.at(to),
                 .booking = BookingId{booking(name, from)},
                 .subscription = payer_of(name, from)});
    bookings_[name + " " + to] = booking(name, from);
    payers_[name + " " + to] = payer_of(name, from);
    return true;
  }
  return false;
}

void Story::centre_acts(Words& words) {
  words.expect("centre");
  if (is_booked_) return void(centre_acts_in_bookings(words));
  if (words.if_next("cancels")) {
    const std::string session = words.take();
    words.expect("for");
    const std::string name = words.take();
    return club().give_back(payer_of(name, session), booking(name, session), person(name),
                            plans::Cause::centre);
  }
  words.expect("moves");
  const std::string name = words.take();
  words.expect("from");
  const std::string from = words.take();
  words.expect("to");
  const std::string to = words.take();
  club().step({.doing = Doing::move_by_centre,
               .attendee = person(name),
               .session = sessions_.at(to),
               .booking = BookingId{booking(name, from)},
               .subscription = payer_of(name, from)});
  bookings_[name + " " + to] = booking(name, from);
  payers_[name + " " + to] = payer_of(name, from);
}

void Story::staff_acts(Words& words) {
  if (is_booked_ && staff_act_in_bookings(words)) return;
  if (words.if_next("extend")) {
    plans::Extend request{.reason = "asked for"};
    request.subscription = subscription(words.take());
    words.expect("by");
    request.days = words.number();
    words.expect("days");
    club().host().run(request);
  } else if (words.if_next("add")) {
    plans::AdjustVisits request{.reason = "asked for"};
    request.visits = words.number();
    words.expect("visits to");
    request.subscription = subscription(words.take());
    club().host().run(request);
  } else if (words.if_next("return")) {
    const std::string session = words.take();
    words.expect("to");
    const std::string name = words.take();
    club().give_back(payer_of(name, session), booking(name, session), person(name),
                     plans::Cause::staff);
  } else if (words.if_next("undo")) {
    const std::string session = words.take();
    words.expect("of");
    const std::string name = words.take();
    club().step({.doing = Doing::undo,
                 .attendee = person(name),
                 .booking = BookingId{booking(name, session)},
                 .subscription = payer_of(name, session)});
  } else if (words.if_next("give")) {
    plans::Reassign request{.reason = "asked for"};
    request.subscription = subscription(words.take());
    words.expect("to");
    request.owner = person(words.take());
    club().host().run(request);
  } else if (words.if_next("let")) {
    plans::SetPeople request;
    request.people.push_back(person(words.take()));
    while (words.if_next("and")) request.people.push_back(person(words.take()));
    words.expect("attend by");
    request.subscription = subscription(words.take());
    club().host().run(request);
  } else {
    words.expect("cancel");
    plans::CancelSubscription request{.reason = "asked for"};
    request.subscription = subscription(words.take());
    if (words.if_next("without refund")) request.refund = false;
    if (words.if_next("without fee")) request.waive_fee = true;
    club().host().run(request);
  }
}

// --- what is expected ---

void Story::look(Words& words, const std::string& name) {
  if (words.if_next("earned")) return look_at_money(words, name);
  words.expect("is");
  const plans::Subscription now = club().get(subscription(name));
  CHECK(word_of(now.state) == words.take());
  const plans::Figures& visits = now.visits;
  if (visits.remaining) {
    CHECK(visits.used + visits.reserved + *visits.remaining == visits.granted + visits.adjusted);
  }
  while (!words.done()) {
    if (words.if_next("from")) {
      CHECK(zones::print(now.starts.value_or(Date{})) == zones::print(words.date()));
    } else if (words.if_next("to")) {
      CHECK(zones::print(now.last_day.value_or(Date{})) == zones::print(words.date()));
    } else if (words.if_next("for now")) {
      CHECK(now.is_provisional);
    } else if (words.if_next("without days")) {
      CHECK_FALSE(now.starts);
    } else {
      const std::int64_t number = words.number();
      const std::string what = words.take();
      const std::map<std::string, std::optional<std::int64_t>> figures{
          {"granted", visits.granted},
          {"adjusted", visits.adjusted},
          {"reserved", visits.reserved},
          {"used", visits.used},
          {"left", visits.remaining},
          {"left-today", visits.left_today},
          {"left-this-week", visits.left_this_week},
          {"left-this-month", visits.left_this_month},
          {"premium-left", visits.left_premium_this_month},
          {"after-end", visits.usable_after_end},
          {"freeze-days-left", now.freeze_days_left},
          {"days-left", now.days_left},
      };
      if (!figures.contains(what)) throw NotUnderstood("no figure " + what);
      INFO(what);
      REQUIRE(figures.at(what));
      CHECK(*figures.at(what) == number);
    }
  }
}

void Story::look_at_money(Words& words, const std::string& name) {
  const auto revenue = club().get(subscription(name)).revenue;
  REQUIRE(revenue);
  CHECK(print(revenue->recognised.minor) == words.take());
  words.expect("of");
  CHECK(print(revenue->sold.minor) == words.take());
  if (words.if_next("refunded")) CHECK(print(revenue->refunded.minor) == words.take());
  CHECK(revenue->recognised.minor + revenue->deferred.minor ==
        revenue->sold.minor - revenue->refunded.minor);
}

void Story::look_at_ledger(Words& words) {
  words.expect("of");
  std::string name = words.take();
  if (name.ends_with(":")) name.pop_back();
  std::string expected;
  while (!words.done()) expected += (expected.empty() ? "" : " ") + words.take();
  std::string told;
  for (const plans::Entry& entry : club().ledger(subscription(name))) {
    told += (told.empty() ? "" : "; ") + told_line(entry, people_);
  }
  CHECK(told == expected);
}

}  // namespace frontdesk::testing

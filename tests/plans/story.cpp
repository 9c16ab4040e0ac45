#include "story.hpp"

#include "base/zones.hpp"

namespace frontdesk::testing {

// --- words ---

Words::Words(const std::string& sentence) {
  std::istringstream in(sentence);
  for (std::string word; in >> word;) {
    while (!word.empty() && word.back() == ',') word.pop_back();
    if (!word.empty()) words_.push_back(word);
  }
}

std::string Words::take() {
  if (done()) throw NotUnderstood("a word is missing at the end");
  return words_[next_++];
}

bool Words::if_next(const std::string& phrase) {
  const Words wanted(phrase);
  if (next_ + wanted.words_.size() > words_.size()) return false;
  if (!std::equal(wanted.words_.begin(), wanted.words_.end(),
                  words_.begin() + static_cast<std::ptrdiff_t>(next_))) {
    return false;
  }
  next_ += wanted.words_.size();
  return true;
}

void Words::expect(const std::string& phrase) {
  if (!if_next(phrase)) {
    throw NotUnderstood("expected \"" + phrase + "\"" +
                        (done() ? "" : ", found \"" + words_[next_] + "\""));
  }
}

std::int64_t Words::number() { return std::stoll(take()); }

Date Words::date() {
  const std::string word = take();
  const auto date = zones::parse_date(word);
  if (!date) throw NotUnderstood("no date: " + word);
  return *date;
}

LocalTime Words::time() {
  const std::string day = take();
  const auto time = zones::parse_local(day + "T" + take() + ":00");
  if (!time) throw NotUnderstood("no time: " + day);
  return *time;
}

Money Words::money() {
  const std::string word = take();
  const std::size_t point = word.find('.');
  if (point == std::string::npos || word.size() != point + 3) {
    throw NotUnderstood("no amount: " + word);
  }
  return uah(std::stoll(word.substr(0, point) + word.substr(point + 1)));
}

// --- the story ---

void Story::run(const std::string& text) {
  std::istringstream in(text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    line = line.substr(0, line.find('#'));
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    INFO("line " << number << ": " << line);
    try {
      sentence(line);
    } catch (const std::exception& problem) {
      FAIL_CHECK(problem.what());
      return;
    }
  }
  club().check_sound();
}

void Story::sentence(const std::string& line) {
  const std::size_t arrow = line.find("-> refused");
  if (arrow != std::string::npos) {
    return refuse(line.substr(0, arrow), Words(line.substr(arrow + 10)).take());
  }
  Words words(line);
  say(words);
  if (!words.done()) throw NotUnderstood("not understood from \"" + words.take() + "\" on");
}

void Story::refuse(const std::string& line, const std::string& reason) {
  const std::map<std::string, SubscriptionId> before = subscriptions_;
  try {
    Words words(line);
    say(words);
  } catch (const Error& error) {
    CHECK(error.reason() == reason);
    CHECK(error.message() != "error." + reason);
    CHECK(subscriptions_ == before);
    return;
  }
  FAIL_CHECK("it was not refused");
}

void Story::say(Words& words) {
  const std::string first = words.take();
  if (set_up(words, first)) return;
  if (first == "plan") return enter_plan(words);
  if (first == "ledger") return look_at_ledger(words);
  if (first == "staff") return staff_acts(words);
  if (first == "the") return centre_acts(words);
  if (first == "told") {
    std::string topic = words.take();
    if (topic.find('.') == std::string::npos) topic = "plans." + topic;
    const std::int64_t times = words.number();
    words.if_next("times");
    words.if_next("time");
    CHECK(static_cast<std::int64_t>(club().told(topic)) == times);
    return;
  }
  if (subscriptions_.contains(first)) return look(words, first);
  person_acts(words, first);
}

bool Story::set_up(Words& words, const std::string& first) {
  if (first == "zone") {
    zone_ = words.take();
    return true;
  }
  if (first == "it") {
    words.expect("is");
    club().go_to(words.time());
    return true;
  }
  if (first == "through") {
    words.expect("bookings");
    begin_bookings();
    return true;
  }
  if (first == "every") {
    enter_series(words);
    return true;
  }
  if (first == "session") {
    const std::string name = words.take();
    words.expect("is");
    if (words.if_next("that of")) {
      sessions_[name] = session_at(words.time());
      return true;
    }
    const ActivityId what = activity(words.take());
    words.expect("at");
    const LocalTime start = words.time();
    std::optional<std::int64_t> places;
    std::optional<Money> price;
    while (!words.done()) {
      if (words.if_next("for")) {
        places = words.number();
      } else {
        words.expect("costs");
        price = words.money();
      }
    }
    sessions_[name] = club().session(what, start, places, price);
    return true;
  }
  return false;
}

Club& Story::club() {
  if (!club_) club_ = std::make_unique<Club>(zone_);
  return *club_;
}

SubscriptionId Story::subscription(const std::string& name) const {
  auto found = subscriptions_.find(name);
  if (found == subscriptions_.end()) throw NotUnderstood("no subscription " + name);
  return found->second;
}

ClientId Story::person(const std::string& name) const {
  auto found = people_.find(name);
  if (found == people_.end()) throw NotUnderstood("nobody is called " + name);
  return found->second;
}

ActivityId Story::activity(const std::string& name) {
  if (name == "yoga") return club().yoga;
  if (name == "pool") return club().pool;
  auto [entry, is_new] = activities_.try_emplace(name);
  if (is_new) entry->second = club().activity(name);
  return entry->second;
}

std::int64_t Story::booking(const std::string& person, const std::string& session) {
  const auto number = static_cast<std::int64_t>(bookings_.size() + 1);
  return bookings_.try_emplace(person + " " + session, number).first->second;
}

SubscriptionId Story::payer_of(const std::string& person, const std::string& session) const {
  auto found = payers_.find(person + " " + session);
  if (found == payers_.end()) throw NotUnderstood(person + " never booked " + session);
  return found->second;
}

// --- plans ---

void Story::enter_plan(Words& words) {
  const std::string name = words.take();
  plans::Terms terms;
  words.expect("costs");
  terms.price = words.money();
  words.expect("for");
  const std::int64_t length = words.number();
  if (words.if_next("days") || words.if_next("day")) {
    terms.days = length;
  } else {
    if (!words.if_next("month")) words.expect("months");
    terms.months = length;
  }
  while (!words.done()) plan_detail(terms, words);
  terms.all_activities = terms.activities.empty() && terms.categories.empty();
  plans_[name] = club().plan(name, terms);
}

void Story::plan_detail(plans::Terms& terms, Words& words) {
  if (words.if_next("covers")) return terms.activities.push_back(activity(words.take()));
  if (words.if_next("premium is")) {
    return terms.premium_activities.push_back(activity(words.take()));
  }
  if (words.if_next("introductory")) return void(terms.introductory = true);
  if (words.if_next("renews itself")) return void(terms.auto_renewal = true);
  if (words.if_next("months from the start")) {
    return void(terms.month_basis = plans::MonthBasis::anniversary);
  }
  if (words.if_next("fee")) return void(terms.refund_fee = words.money());
  if (words.if_next("tax")) return void(terms.tax_basis_points = words.number() * 100);
  if (words.if_next("ages")) {
    terms.min_age = words.number();
    words.expect("to");
    terms.max_age = words.number();
    return;
  }
  const std::int64_t number = words.number();
  if (words.if_next("visits") || words.if_next("visit")) return void(terms.visits = number);
  if (words.if_next("a day")) return void(terms.per_day = number);
  if (words.if_next("a week")) return void(terms.per_week = number);
  if (words.if_next("a month")) return void(terms.per_month = number);
  if (words.if_next("premium a month")) return void(terms.premium_per_month = number);
  if (words.if_next("freeze days")) return void(terms.freeze_days = number);
  if (words.if_next("people")) return void(terms.people = number);
  if (words.if_next("slots")) return void(terms.weekly_slots = number);
  throw NotUnderstood("what of the plan?");
}

// --- people ---

void Story::person_acts(Words& words, const std::string& name) {
  if (words.if_next("is a client")) {
    std::optional<Date> born;
    if (words.if_next("born")) born = words.date();
    people_[name] = club().client(name, born);
    return;
  }
  if (words.if_next("is a child of")) {
    const ClientId guardian = person(words.take());
    std::optional<Date> born;
    if (words.if_next("born")) born = words.date();
    people_[name] = club().child(guardian, name, born);
    return;
  }
  if (words.if_next("puts")) {
    const Money amount = words.money();
    words.expect("on the balance");
    return club().top_up(person(name), amount.minor);
  }
  if (words.if_next("has")) {
    CHECK(club().balance(person(name)) == words.money().minor);
    return;
  }
  if (words.if_next("buys")) return buy(words, name);
  if (is_booked_ && act_in_bookings(words, name)) return;
  if (change_subscription(words) || visit(words, name)) return;
  throw NotUnderstood("what does " + name + " do?");
}

void Story::buy(Words& words, const std::string& name) {
  plans::Buy request;
  request.owner = person(name);
  const std::string plan = words.take();
  if (!plans_.contains(plan)) throw NotUnderstood("no plan " + plan);
  request.plan = plans_[plan];
  words.expect("as");
  const std::string called = words.take();
  request.tenders = {{.method = money::PaymentMethod::card}};
  while (!words.done()) {
    if (words.if_next("for") || words.if_next("and")) {
      request.people.push_back(person(words.take()));
    } else if (words.if_next("from")) {
      request.activation = plans::Activation::date;
      request.starts = words.date();
    } else if (words.if_next("with the first visit")) {
      request.activation = plans::Activation::first_visit;
    } else if (words.if_next("by balance")) {
      request.tenders = {{.method = money::PaymentMethod::balance}};
    } else if (words.if_next("to pay later")) {
      request.tenders.clear();
    } else {
      words.expect("on credit");
      request.tenders.clear();
      request.on_credit = true;
    }
  }
  subscriptions_[called] = club().host().run(request).id;
}

bool Story::change_subscription(Words& words) {
  if (words.if_next("pays")) {
    const OrderId order = club().get(subscription(words.take())).order;
    club().host().run(
        money::Pay{.order = order, .tenders = {{.method = money::PaymentMethod::card}}});
    return true;
  }
  if (words.if_next("freezes")) {
    plans::FreezeSubscription request;
    request.subscription = subscription(words.take());
    words.expect("from");
    request.first_day = words.date();
    words.expect("to");
    request.last_day = words.date();
    club().host().run(request);
    return true;
  }
  if (words.if_next("thaws")) {
    plans::Thaw request;
    const auto freezes = club().get(subscription(words.take())).freezes;
    if (freezes.empty()) throw NotUnderstood("nothing is frozen");
    request.freeze = freezes.back().id;
    if (words.if_next("on")) request.runs_from = words.date();
    club().host().run(request);
    return true;
  }
  if (words.if_next("renews")) {
    plans::Renew request;
    request.subscription = subscription(words.take());
    words.expect("as");
    const std::string called = words.take();
    request.tenders = {{.method = money::PaymentMethod::card}};
    if (words.if_next("by balance")) {
      request.tenders = {{.method = money::PaymentMethod::balance}};
    }
    subscriptions_[called] = club().host().run(request).id;
    return true;
  }
  if (words.if_next("changes")) {
    plans::ChangePlan request;
    request.subscription = subscription(words.take());
    words.expect("to");
    request.plan = plans_.at(words.take());
    words.expect("as");
    const std::string called = words.take();
    request.tenders = {{.method = money::PaymentMethod::balance}};
    if (words.if_next("by card")) {
      request.tenders = {{.method = money::PaymentMethod::card}};
    }
    subscriptions_[called] = club().host().run(request).id;
    return true;
  }
  return false;
}

}  // namespace frontdesk::testing

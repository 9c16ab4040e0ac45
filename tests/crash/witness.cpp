#include "witness.hpp"

#include <algorithm>

namespace frontdesk::testing::crash {
namespace {

people::Client find_client(const Desk& desk, const Order& order) {
  people::Clients request;
  if (order.work == Work::enrol) {
    request.search = email_of(order);
  } else {
    request.external_ref = key_of(order);
  }
  auto found = desk.host().run(request).items;
  return found.size() == 1 ? found.front() : people::Client{};
}

std::string text_of(const Error& error) {
  return std::string(code_name(error.code())) + "/" + error.reason();
}

}  // namespace

void Witness::complain(const Order& order, const std::string& what) {
  problems_.push_back(key_of(order) + " (kind " + std::to_string(static_cast<int>(order.work)) +
                      "): " + what);
}

std::vector<Witness::Case> Witness::cases_of(const std::vector<Message>& heard) {
  std::map<std::pair<int, int>, Case> by_number;
  for (const Message& message : heard) {
    if (message.phase != Phase::begun && message.phase != Phase::done) continue;
    Case& item = by_number[{message.order.thread, message.order.number}];
    item.order = message.order;
    item.is_acknowledged = message.phase == Phase::done;
    item.result = message.result;
  }
  std::vector<Case> cases;
  for (const auto& [place, item] : by_number) cases.push_back(item);
  return cases;
}

Witness::News Witness::read_news(const Desk& desk) const {
  News news;
  news.sequence = sequence_;
  news.cursor = cursor_;
  audit::Entries request;
  request.limit = 500;
  while (true) {
    auto page = desk.host().run(request);
    for (const audit::Entry& entry : page.items) {
      if (entry.sequence <= sequence_) break;
      news.sequence = std::max(news.sequence, entry.sequence);
      news.audited[entry.correlation.value_or("")].push_back(entry);
    }
    if (!page.next || page.items.back().sequence <= sequence_) break;
    request.cursor = page.next;
  }
  events::Feed feed;
  do {
    feed = desk.host().run(events::Since{.cursor = news.cursor, .limit = 1000});
    for (const events::Event& event : feed.items) ++news.told[{event.topic, event.client.value}];
    news.cursor = feed.next;
  } while (!feed.is_end);
  return news;
}

/// True if the order was done.
bool Witness::judge_one(const Desk& desk, const Case& item, const News& news) {
  const Order& order = item.order;
  auto rows = news.audited.find(key_of(order));
  std::size_t audited = rows == news.audited.end() ? 0 : rows->second.size();
  // An import that was interrupted has a row for its beginning, and one for its end when it was
  // taken up again.
  bool may_have_two = order.work == Work::import && audited == 2;
  if (audited != 0 && audited != audit_rows(order.work) && !may_have_two) {
    complain(order, std::to_string(audited) + " rows in the audit log");
  }
  if (item.is_acknowledged && audited == 0) complain(order, "acknowledged, but not audited");
  if (order.work == Work::trespass || order.work == Work::import) return audited > 0;
  if (order.work == Work::book) return judge_booking(desk, item, audited > 0);

  std::int64_t client = order.subject;
  if (order.work != Work::update) client = find_client(desk, order).id.value;
  if (item.is_acknowledged && client != item.result) {
    complain(order, "acknowledged, but its client is " + std::to_string(client));
  }
  if (order.work != Work::update && (client != 0) != (audited != 0)) {
    complain(order, "rows and audit log disagree");
  }
  if (client == 0 || audited == 0) return false;
  judge_rows(desk, item, client);
  if (order.work == Work::family) judge_family(desk, item, client, news);
  if (order.work == Work::update) return true;
  auto told = news.told.find({std::string(topic_told(order.work)), client});
  if (told == news.told.end() || told->second != 1) complain(order, "not told exactly once");
  return true;
}

/// A booking is there with its places and its money, or nothing of it is.
bool Witness::judge_booking(const Desk& desk, const Case& item, bool is_audited) {
  bookings::List request;
  request.external_ref = key_of(item.order);
  const auto found = desk.host().run(request).items;
  if (found.empty() == is_audited) complain(item.order, "booking and audit log disagree");
  if (item.is_acknowledged && (found.empty() || found[0].id.value != item.result)) {
    complain(item.order, "acknowledged, but not booked");
  }
  if (found.empty()) return false;
  const bookings::Booking& booking = found[0];
  const auto places = std::count_if(booking.places.begin(), booking.places.end(), [](auto& place) {
    return place.status == bookings::BookingStatus::confirmed;
  });
  if (places != booked_places || booking.owed) complain(item.order, "a booking is half there");
  const money::Order order = desk.host().run(money::GetOrder{.order = booking.order});
  const auto payments = desk.host().run(money::Payments{.order = booking.order}).items;
  const bool is_paid = order.paid.minor == booked_places * booked_price && payments.size() == 1 &&
                       order.paid == payments[0].amount && order.owed.minor == 0;
  if (!is_paid) complain(item.order, "its money is not there exactly once");
  return true;
}

void Witness::judge_rows(const Desk& desk, const Case& item, std::int64_t client) {
  if (item.order.work != Work::enrol) return;
  auto view = desk.host().run(people::GetClient{.client = ClientId{client}});
  if (!view.account) complain(item.order, "registered, but has no account");
  if (desk.host().run(notices::Messages{.account = view.account}).items.size() != 1) {
    complain(item.order, "its message is not in the outbox exactly once");
  }
}

void Witness::judge_family(const Desk& desk, const Case& item, std::int64_t guardian,
                           const News& news) {
  auto family = desk.host().run(people::Family{.client = ClientId{guardian}});
  if (family.dependants.size() != 2) complain(item.order, "the family is half there");
  for (const people::Relative& child : family.dependants) {
    auto told = news.told.find({"people.dependant_added", child.client.value});
    if (told == news.told.end() || told->second != 1) complain(item.order, "a child not told");
  }
  auto view = desk.host().run(people::GetClient{.client = ClientId{guardian}});
  if (view.client.notes != key_of(item.order)) complain(item.order, "the last step is missing");
}

/// Of each thread's own client: the newest change is there, and as many as were made.
void Witness::judge_updates(const Desk& desk, const std::vector<Case>& cases, const News& news) {
  std::map<std::int64_t, std::pair<int, std::string>> expected;
  for (const Case& item : cases) {
    if (item.order.work != Work::update) continue;
    auto& [changes, notes] = expected[item.order.subject];
    if (!news.audited.contains(key_of(item.order))) continue;
    ++changes;
    notes = key_of(item.order);
  }
  for (const auto& [client, changed] : expected) {
    auto view = desk.host().run(people::GetClient{.client = ClientId{client}});
    auto told = news.told.find({"people.client_updated", client});
    bool is_right = view.client.version == 1 + changed.first &&
                    view.client.notes.value_or("") == changed.second &&
                    (told == news.told.end() ? 0 : told->second) == changed.first;
    if (!is_right) {
      problems_.push_back("client " + std::to_string(client) + ": " +
                          std::to_string(changed.first) + " changes, version " +
                          std::to_string(view.client.version) + ", notes " +
                          view.client.notes.value_or("none"));
    }
  }
}

void Witness::judge(const Desk& desk, const std::vector<Case>& cases, const News& news,
                    bool is_first_look) {
  for (const Case& item : cases) {
    bool is_done = judge_one(desk, item, news);
    if (!is_first_look) continue;
    ++(item.is_acknowledged ? acknowledged_ : interrupted_);
    if (is_done && !item.is_acknowledged) ++interrupted_yet_done_;
    if (is_done && item.order.work == Work::book) ++booked_;
  }
  judge_updates(desk, cases, news);
}

/// All imports have ended by now, each row is there, and each end was told once.
void Witness::judge_imports(const Desk& desk, const std::vector<Case>& cases, const News& news) {
  int imports = 0;
  for (const Case& item : cases) {
    if (item.order.work != Work::import) continue;
    ++imports;
    for (std::int64_t row : {std::int64_t{0}, import_rows / 2, import_rows - 1}) {
      people::Clients request;
      request.external_ref = key_of(item.order) + "/" + std::to_string(row);
      if (desk.host().run(request).items.size() != 1) complain(item.order, "a row is missing");
    }
  }
  auto told = news.told.find({"people.clients_imported", 0});
  if ((told == news.told.end() ? 0 : told->second) != imports) {
    problems_.push_back(std::to_string(imports) + " imports, but another number told");
  }
}

/// What was interrupted is said again with its key, and so is what was acknowledged last.
void Witness::say_again(const Desk& desk, std::vector<Case>& cases) {
  std::map<std::int32_t, int> left;
  for (std::size_t i = cases.size(); i-- > 0;) {
    Case& item = cases[i];
    // A denial is logged each time; it has no key.
    if (item.order.work == Work::trespass) continue;
    bool is_interrupted = !item.is_acknowledged;
    if (!is_interrupted && left[item.order.thread]++ >= 2) continue;
    try {
      std::int64_t result = carry_out(desk, item.order);
      if (item.is_acknowledged && result != item.result) {
        complain(item.order, "gave " + std::to_string(result) + " when said again");
      }
      if (item.order.work == Work::import && result != import_rows) {
        complain(item.order, "added " + std::to_string(result) + " rows in all");
      }
      item.is_acknowledged = true;
      item.result = result;
    } catch (const Error& error) {
      complain(item.order, "said again: " + text_of(error));
    }
  }
}

std::vector<std::string> Witness::examine(const Desk& desk, const std::vector<Message>& heard) {
  problems_.clear();
  for (const Message& message : heard) {
    if (message.phase == Phase::failed) complain(message.order, "refused");
  }
  std::vector<Case> cases = cases_of(heard);
  judge(desk, cases, read_news(desk), true);
  say_again(desk, cases);
  News news = read_news(desk);
  judge(desk, cases, news, false);
  judge_imports(desk, cases, news);
  sequence_ = news.sequence;
  cursor_ = news.cursor;
  return std::move(problems_);
}

std::vector<std::string> Witness::examine_all(const Desk& desk) {
  std::vector<std::string> found;
  for (const upkeep::Problem& problem : desk.host().run(upkeep::Check{}).problems) {
    found.push_back(problem.part + " at " + problem.place + ": " + problem.problem);
  }
  std::map<std::int64_t, std::int64_t> ledger;
  for (const auto& account : desk.host().run(money::Accounts{.limit = 500}).items) {
    ledger[account.centre.value] += account.balance.minor;
  }
  for (const auto& [centre, sum] : ledger) {
    if (sum != 0) found.push_back("the ledger's sum is " + std::to_string(sum));
  }
  auto verified = desk.host().run(audit::Verify{});
  if (!verified.is_whole) found.emplace_back("the audit chain is broken");
  return found;
}

}  // namespace frontdesk::testing::crash

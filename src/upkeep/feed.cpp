#include "access/authorization.hpp"
#include "storage/define.hpp"
#include "storage/hooks.hpp"
#include "upkeep/lists.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::events {

using storage::EventKind;
using storage::Transaction;

namespace {

// A caller who may see little must not make the engine read the whole feed in one call.
constexpr std::int64_t scanned_max = 10'000;

/// Which events of each topic the caller may see, worked out once a call.
class Sight {
 public:
  explicit Sight(Transaction& transaction) : transaction_(transaction) {
    sees_all_ = access::reach_of(transaction, "events.view").any;
    for (const EventKind* kind : transaction.hooks().events) kinds_.emplace(kind->topic, kind);
  }

  bool sees(const Event& event) {
    if (sees_all_) return true;
    auto kind = kinds_.find(event.topic);
    if (kind == kinds_.end() || kind->second->permission.empty()) return false;
    const storage::Reach& reach = reach_of(kind->second->permission);
    if (reach.nothing()) return false;
    if (reach.any) return true;
    if (event.client && access::covers(transaction_, reach, Subject::client, event.client.value))
      return true;
    if (event.centre && access::covers(transaction_, reach, Subject::centre, event.centre.value))
      return true;
    return event.account &&
           access::covers(transaction_, reach, Subject::account, event.account.value);
  }

 private:
  const storage::Reach& reach_of(std::string_view permission) {
    auto found = reaches_.find(permission);
    if (found == reaches_.end()) {
      found = reaches_.emplace(permission, access::reach_of(transaction_, permission)).first;
    }
    return found->second;
  }

  Transaction& transaction_;
  bool sees_all_ = false;
  std::map<std::string_view, const EventKind*> kinds_;
  std::map<std::string_view, storage::Reach> reaches_;
};

bool is_wanted(const std::vector<std::string>& topics, std::string_view topic) {
  return topics.empty() ||
         std::any_of(topics.begin(), topics.end(), [topic](std::string_view wanted) {
           if (wanted.empty() || wanted.back() != '*') return wanted == topic;
           wanted.remove_suffix(1);
           return topic.substr(0, wanted.size()) == wanted;
         });
}

/// The feed's first and last sequence.
std::pair<std::int64_t, std::int64_t> bounds(Transaction& transaction) {
  storage::Cursor row = transaction.query(
      "SELECT (SELECT sequence FROM events ORDER BY sequence LIMIT 1),"
      " (SELECT sequence FROM events ORDER BY sequence DESC LIMIT 1)");
  row.next();
  return {row.integer(0), row.integer(1)};
}

}  // namespace

Feed handle(Transaction& transaction, const Since& request) {
  auto [first, last] = bounds(transaction);
  if (request.cursor > last) throw Error(Code::invalid, "cursor_ahead", "cursor", {{"last", last}});
  // 0 asks for all that is kept; any other cursor promises that nothing is missed.
  if (request.cursor != 0 && request.cursor + 1 < first) {
    throw Error(Code::expired, "cursor_too_old", "cursor", {{"first", first}});
  }
  Feed feed;
  feed.next = request.cursor;
  Sight sight(transaction);
  storage::Cursor rows = transaction.query(
      "SELECT sequence, at, topic, client, centre, account, payload FROM events"
      " WHERE sequence > $1 ORDER BY sequence LIMIT $2",
      request.cursor, scanned_max);
  while (rows.next()) {
    if (static_cast<std::int64_t>(feed.items.size()) == request.limit) break;
    Event event{rows.integer(0),          rows.instant(1),       std::string(rows.text(2)),
                rows.id<ClientTag>(3),    rows.id<CentreTag>(4), rows.id<AccountTag>(5),
                std::string(rows.text(6))};
    feed.next = event.sequence;
    if (is_wanted(request.topics, event.topic) && sight.sees(event))
      feed.items.push_back(std::move(event));
  }
  feed.is_end = feed.next == last;
  return feed;
}

namespace {
constexpr Refusal since_refusals[] = {
    {Code::invalid, "cursor_ahead",
     "the cursor is beyond the newest event: it belongs to another file"},
    {Code::expired, "cursor_too_old", "events after the cursor are past their retention"},
};
}  // namespace

constinit const Operation Since::operation = storage::define<Since>({
    .number = 1410,
    .name = "events.since",
    .kind = OperationKind::read,
    .doc = "Tells what happened after a cursor, as far as the caller may see it.",
    .rule = {.audience = Audience::signed_in},
    .refusals = since_refusals,
    .example = R"({"cursor": 120, "topics": ["people.*"]})",
});

TopicList handle(Transaction& transaction, const Topics&) {
  TopicList list;
  for (const EventKind* kind : transaction.hooks().events) {
    list.items.push_back({std::string(kind->topic), std::string(kind->doc)});
  }
  std::sort(list.items.begin(), list.items.end(),
            [](const Topic& a, const Topic& b) { return a.name < b.name; });
  return list;
}

constinit const Operation Topics::operation = storage::define<Topics>({
    .number = 1411,
    .name = "events.topics",
    .kind = OperationKind::read,
    .doc = "Lists the topics that events may have.",
    .rule = {.audience = Audience::everyone},
});

}  // namespace frontdesk::events

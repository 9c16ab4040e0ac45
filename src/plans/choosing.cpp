/// Which subscription pays for a place (SPEC V6).
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "plans/coverage.hpp"
#include "plans/stored.hpp"
#include "schedule/sessions.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::plans {
namespace {

/// Soonest end first; one that has not been activated last.
bool pays_before(const Stored& a, const Stored& b) {
  const auto key = [](const Stored& stored) {
    const bool is_waiting = !stored.last_day || stored.is_provisional;
    return std::tuple(is_waiting, stored.last_day.value_or(Date{}), stored.id);
  };
  return key(a) < key(b);
}

std::vector<Stored> candidates_of(Transaction& transaction, ClientId attendee) {
  auto candidates = stored_subscriptions(
      transaction,
      "subscriptions WHERE id IN"
      " (SELECT subscription FROM subscription_people WHERE client = $1 AND is_open = 1)",
      attendee);
  std::sort(candidates.begin(), candidates.end(), pays_before);
  return candidates;
}

/// A named one: the attendee must be on it. Whoever may know of it is told so; for others there is
/// none.
Stored named_subscription(Transaction& transaction, const VisitAsked& asked) {
  Stored stored = stored_subscription(transaction, asked.named);
  const auto people = people_of(transaction, stored.id);
  if (std::find(people.begin(), people.end(), asked.attendee) != people.end()) return stored;
  const storage::Reach reach = access::reach_of(transaction, "plans.view");
  const bool is_known =
      reach.covers(stored.centre) || stored.owner == transaction.principal().client;
  if (!is_known) storage::missing("subscription", "subscription");
  throw Error(Code::invalid, "attendee_not_on_subscription", "subscription",
              {{"subscription", stored.id.value}});
}

Payable payable_by_named(Transaction& transaction, const VisitAsked& asked) {
  const Stored stored = named_subscription(transaction, asked);
  Payable payable;
  if (auto refused = why_not(transaction, stored, asked, payable)) throw refused->error;
  return payable;
}

}  // namespace

Date day_of(const schedule::Session& session) {
  return Date{std::chrono::floor<std::chrono::days>(session.local_start)};
}

Payable payable_by(Transaction& transaction, const VisitAsked& asked) {
  if (!asked.attendee) throw Error(Code::invalid, "attendee_needed", "attendee");
  if (asked.named) return payable_by_named(transaction, asked);
  std::optional<Refused> nearest;
  for (const Stored& stored : candidates_of(transaction, asked.attendee)) {
    Payable payable;
    auto refused = why_not(transaction, stored, asked, payable);
    if (!refused) return payable;
    if (!nearest || refused->passed > nearest->passed) nearest = std::move(refused);
  }
  if (nearest) throw nearest->error;
  throw Error(Code::conflict, "no_subscription", "attendee");
}

// --- asking ---

namespace {

schedule::Session session_to_see(Transaction& transaction, SessionId id) {
  storage::List list("sessions");
  schedule::show_visible(list, transaction, "sessions");
  list.where("id = $", id);
  list.order({{"id"}});
  auto found = list.page<schedule::Session>(transaction, std::nullopt, 1);
  if (found.items.empty()) storage::missing("session", "session");
  return std::move(found.items.front());
}

VisitAnswer answer_of(Transaction& transaction, const Stored& stored, const VisitAsked& asked) {
  VisitAnswer answer{.subscription = stored.id};
  Payable payable;
  if (auto refused = why_not(transaction, stored, asked, payable)) {
    answer.reason = refused->error.reason();
    answer.message = refused->error.in_language(transaction.language()).message();
    return answer;
  }
  answer.pays = true;
  answer.premium = payable.premium;
  if (payable.surcharge.minor != 0) answer.surcharge = payable.surcharge;
  return answer;
}

}  // namespace

VisitAnswers handle(Transaction& transaction, const CheckVisit& request) {
  const schedule::Session session = session_to_see(transaction, request.session);
  const VisitAsked asked{
      .attendee = request.attendee,
      .session = session,
      .named = {},
      .ticket_type = request.ticket_type,
      .seat_category = request.seat_category ? *request.seat_category : std::string_view{}};
  VisitAnswers answers;
  for (const Stored& stored : candidates_of(transaction, request.attendee)) {
    answers.answers.push_back(answer_of(transaction, stored, asked));
  }
  return answers;
}

static constexpr Refusal check_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "session_not_found", "no such session, or not shown to the caller"},
};

constinit const Operation CheckVisit::operation = storage::define<CheckVisit>({
    .number = 1042,
    .name = "plans.check_visit",
    .kind = OperationKind::read,
    .doc = "Asks which subscription would pay for a place, and why others would not.",
    .rule = {.permission = "plans.view", .subject = Subject::client, .field = "attendee"},
    .refusals = check_refusals,
    .example = R"({"attendee": 7, "session": 1})",
});

}  // namespace frontdesk::plans

#include "storage/define.hpp"
#include "storage/list.hpp"
#include "upkeep/lists.hpp"

namespace frontdesk::audit {

using storage::PrincipalKind;
using storage::Transaction;

Page<Entry> handle(Transaction& transaction, const Entries& request) {
  // The kinds of callers are stored as numbers; their words are made here, so that the order of
  // both stays one place's matter.
  storage::List list(
      "(SELECT sequence, at, CASE principal_kind WHEN 1 THEN 'host' WHEN 2 THEN 'account'"
      " WHEN 3 THEN 'api_key' ELSE 'anonymous' END AS who, principal AS who_id, operation, outcome,"
      " client, centre, origin, correlation, request FROM audit)");
  static_assert(static_cast<int>(PrincipalKind::host) == 1 &&
                static_cast<int>(PrincipalKind::account) == 2 &&
                static_cast<int>(PrincipalKind::api_key) == 3);
  if (request.operation_name) list.where("operation = $", *request.operation_name);
  if (request.outcome) list.where("outcome = $", *request.outcome);
  if (request.client) list.where("client = $", request.client);
  if (request.account) list.where("who = 'account' AND who_id = $", request.account);
  if (request.from) list.where("at >= $", *request.from);
  if (request.until) list.where("at < $", *request.until);
  list.order({{"sequence", true}});
  return list.page<Entry>(transaction, request.cursor, request.limit);
}

namespace {
constexpr Refusal refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is not one that a page gave"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};
}  // namespace

constinit const Operation Entries::operation = storage::define<Entries>({
    .number = 1420,
    .name = "audit.entries",
    .kind = OperationKind::read,
    .doc = "Lists the audit log, newest first.",
    .rule = {.permission = "audit.view", .subject = Subject::centre},
    .refusals = refusals,
    .example = R"({"outcome": "permission_denied"})",
});

}  // namespace frontdesk::audit

namespace frontdesk::upkeep {

using storage::Transaction;

Page<Job> handle(Transaction& transaction, const Jobs& request) {
  storage::List list("jobs");
  if (request.is_finished) list.where("is_finished = $", *request.is_finished);
  list.order({{"id", true}});
  return list.page<Job>(transaction, request.cursor, request.limit);
}

constinit const Operation Jobs::operation = storage::define<Jobs>({
    .number = 1404,
    .name = "upkeep.jobs",
    .kind = OperationKind::read,
    .doc = "Lists jobs that carried an idempotency key, newest first.",
    .rule = {.permission = "upkeep.run", .subject = Subject::centre},
    .refusals = audit::refusals,
});

namespace lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &Tick::operation,           &Check::operation,          &Settings::operation,
      &ChangeSetting::operation,  &Jobs::operation,           &events::Since::operation,
      &events::Topics::operation, &audit::Entries::operation, &audit::Verify::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {&SettingChanged::kind};
  return list;
}

}  // namespace lists
}  // namespace frontdesk::upkeep

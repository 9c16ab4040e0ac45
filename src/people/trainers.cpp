#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "people/family.hpp"
#include "storage/define.hpp"

namespace frontdesk::people {

constinit const storage::EventKind TrainerAssigned::kind{
    "people.trainer_assigned", "A client was assigned to a trainer.", "people.view"};
constinit const storage::EventKind TrainerUnassigned::kind{
    "people.trainer_unassigned", "A client is no longer assigned to a trainer.", "people.view"};

namespace {

void check_trainer(Transaction& transaction, AccountId account) {
  access::account_or_missing(transaction, account);
  if (!access::covers(transaction, transaction.reach(), Subject::account, account.value)) {
    storage::missing("account", "account");
  }
}

}  // namespace

// --- assign ---

Nothing handle(Transaction& transaction, const AssignTrainer& request) {
  check_changeable(transaction, request.client);
  check_trainer(transaction, request.account);
  transaction.concern(request.client);
  if (access::add_assignment(transaction, request.account, request.client)) {
    transaction.emit(TrainerAssigned{.client = request.client, .account = request.account});
  }
  return {};
}

static constexpr Refusal assign_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::not_found, "account_not_found", "no such account, or not within reach"},
};

constinit const Operation AssignTrainer::operation = storage::define<AssignTrainer>({
    .number = 226,
    .name = "people.assign_trainer",
    .kind = OperationKind::write,
    .doc = "Assigns a client to a trainer, who then sees them.",
    .rule = {.permission = "people.assign", .subject = Subject::client, .field = "client"},
    .refusals = assign_refusals,
    .example = R"({"client": 1, "account": 4})",
});

// --- unassign ---

Nothing handle(Transaction& transaction, const UnassignTrainer& request) {
  stored_client(transaction, request.client);
  check_trainer(transaction, request.account);
  transaction.concern(request.client);
  if (access::remove_assignment(transaction, request.account, request.client)) {
    transaction.emit(TrainerUnassigned{.client = request.client, .account = request.account});
  }
  return {};
}

static constexpr Refusal unassign_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "account_not_found", "no such account, or not within reach"},
};

constinit const Operation UnassignTrainer::operation = storage::define<UnassignTrainer>({
    .number = 227,
    .name = "people.unassign_trainer",
    .kind = OperationKind::write,
    .doc = "Ends the assignment of a client to a trainer.",
    .rule = {.permission = "people.assign", .subject = Subject::client, .field = "client"},
    .refusals = unassign_refusals,
    .example = R"({"client": 1, "account": 4})",
});

}  // namespace frontdesk::people

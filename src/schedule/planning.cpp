/// What a session may be planned with.
#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "catalog/centres.hpp"
#include "people/clients.hpp"
#include "schedule/sessions.hpp"
#include "schedule/settings.hpp"

#include <frontdesk/catalog_activities.hpp>
#include <frontdesk/catalog_rooms.hpp>

#include <algorithm>
#include <set>

namespace frontdesk::schedule {
namespace {

catalog::Activity activity_for(Transaction& transaction, const Plan& plan,
                               const std::string& path) {
  auto activity =
      storage::find<catalog::Activity>(transaction, "activities WHERE id = $1", plan.activity);
  if (!activity || activity->centre != plan.centre) storage::missing("activity", path + "activity");
  if (activity->archived_at) throw Error(Code::conflict, "activity_archived", path + "activity");
  return *activity;
}

void check_group(Transaction& transaction, const Plan& plan, const std::string& path) {
  if (!transaction.exists(
          "SELECT 1 FROM groups WHERE id = $1 AND centre = $2 AND archived_at IS NULL", plan.group,
          plan.centre)) {
    storage::missing("group", path + "group");
  }
}

void check_client(Transaction& transaction, const Plan& plan, const std::string& path) {
  storage::Reach reach = access::reach_of(transaction, "people.view");
  if (!access::covers(transaction, reach, Subject::client, plan.client.value)) {
    storage::missing("client", path + "client");
  }
  people::changeable_client(transaction, plan.client, {}, path + "client");
}

/// A group where it is for a group, a client where it is for a client, neither where it is open.
void check_kind(Transaction& transaction, const Plan& plan, const std::string& path) {
  const bool needs_group = plan.kind == SessionKind::group;
  const bool needs_client = plan.kind == SessionKind::client;
  if (needs_group != static_cast<bool>(plan.group)) {
    throw Error(Code::invalid, needs_group ? "group_needed" : "group_not_for_kind", path + "group");
  }
  if (needs_client != static_cast<bool>(plan.client)) {
    throw Error(Code::invalid, needs_client ? "client_needed" : "client_not_for_kind",
                path + "client");
  }
  if (needs_group) check_group(transaction, plan, path);
  if (needs_client) check_client(transaction, plan, path);
}

void check_price(const Plan& plan, const catalog::Centre& centre, const std::string& path) {
  if (!plan.price) return;
  if (plan.price->minor < 0) throw Error(Code::invalid, "price_negative", path + "price");
  if (plan.price->currency.code() != centre.currency) {
    throw Error(Code::invalid, "currency_differs", path + "price", {{"currency", centre.currency}});
  }
}

bool trainers_manage_own(Transaction& transaction, const Plan& plan) {
  return transaction.reach().assigned && plan.trainers.size() == 1 &&
         plan.trainers.front() == transaction.principal().account &&
         storage::enabled(transaction, trainers_manage, plan.centre);
}

}  // namespace

void check_reach(Transaction& transaction, const Plan& plan, std::string_view kind) {
  if (transaction.reach().covers(plan.centre)) return;
  if (!trainers_manage_own(transaction, plan)) storage::missing(kind, kind);
}

void check_override(Transaction& transaction, CentreId centre) {
  if (access::reach_of(transaction, "schedule.override").covers(centre)) return;
  throw Error(Code::denied, "permission_denied", {},
              {{"permission", std::string("schedule.override")}});
}

void check_room(Transaction& transaction, Plan& plan, const std::string& path) {
  if (!plan.room) return;
  auto room = storage::find<catalog::Room>(transaction, "rooms WHERE id = $1", plan.room);
  if (!room || room->centre != plan.centre) storage::missing("room", path + "room");
  if (room->archived_at) throw Error(Code::conflict, "room_archived", path + "room");
  if (plan.capacity && *plan.capacity > room->capacity) {
    throw Error(Code::conflict, "capacity_over_room", path + "capacity",
                {{"room", room->capacity}, {"asked", *plan.capacity}});
  }
}

void check_trainers(Transaction& transaction, const Plan& plan, const std::string& path) {
  if (plan.trainers.empty()) return;
  catalog::Activity activity = activity_for(transaction, plan, path);
  std::set<std::int64_t> seen;
  for (AccountId trainer : plan.trainers) {
    if (!seen.insert(trainer.value).second) {
      throw Error(Code::invalid, "trainer_twice", path + "trainers", {{"account", trainer.value}});
    }
    access::account_or_missing(transaction, trainer, path + "trainers");
    const auto& eligible = activity.trainers;
    if (!eligible.empty() &&
        std::find(eligible.begin(), eligible.end(), trainer) == eligible.end()) {
      throw Error(Code::conflict, "trainer_not_eligible", path + "trainers",
                  {{"account", trainer.value}});
    }
  }
}

Defaults check_plan(Transaction& transaction, Plan& plan, const std::string& path) {
  auto centre = storage::find<catalog::Centre>(transaction, "centres WHERE id = $1", plan.centre);
  if (!centre ||
      (!transaction.reach().covers(plan.centre) && !trainers_manage_own(transaction, plan))) {
    storage::missing("centre", path + "centre");
  }
  if (centre->archived_at) throw Error(Code::conflict, "centre_archived", path + "centre");
  catalog::Activity activity = activity_for(transaction, plan, path);
  if (!plan.capacity) plan.capacity = activity.default_capacity;
  if (plan.room && !plan.capacity) {
    plan.capacity = transaction.one_number("SELECT capacity FROM rooms WHERE id = $1", plan.room);
  }
  check_room(transaction, plan, path);
  check_trainers(transaction, plan, path);
  check_kind(transaction, plan, path);
  check_price(plan, *centre, path);
  if (plan.minimum && plan.capacity && *plan.minimum > *plan.capacity) {
    throw Error(Code::invalid, "minimum_over_capacity", path + "minimum",
                {{"capacity", *plan.capacity}});
  }
  return {centre->zone, std::chrono::minutes{activity.duration_minutes}};
}

}  // namespace frontdesk::schedule

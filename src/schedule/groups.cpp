#include <frontdesk/schedule_groups.hpp>

#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "catalog/centres.hpp"
#include "people/clients.hpp"
#include "schedule/clashes.hpp"
#include "schedule/sessions.hpp"
#include "storage/define.hpp"
#include "storage/id_list.hpp"
#include "storage/referred.hpp"

namespace frontdesk::schedule {

constinit const storage::EventKind GroupChanged::kind{
    "schedule.group_changed", "A group was created, changed or archived.", "schedule.view"};
constinit const storage::EventKind GroupJoined::kind{"schedule.group_joined",
                                                     "A client joined a group.", "schedule.view"};
constinit const storage::EventKind GroupLeft::kind{"schedule.group_left", "A client left a group.",
                                                   "schedule.view"};

namespace {

Group group_in_reach(Transaction& transaction, GroupId id) {
  auto group = storage::find<Group>(transaction, "groups WHERE id = $1", id);
  if (!group || !transaction.reach().covers(group->centre)) storage::missing("group", "group");
  return *group;
}

Group changeable_group(Transaction& transaction, GroupId id,
                       const std::optional<std::int64_t>& version) {
  Group group = group_in_reach(transaction, id);
  storage::check_version(version, group.version);
  if (group.archived_at) throw Error(Code::conflict, "group_archived", "group");
  return group;
}

std::int64_t members_of(Transaction& transaction, GroupId group) {
  return transaction
      .one_number("SELECT count(*) FROM group_members WHERE \"group\" = $1 AND left_at IS NULL",
                  group)
      .value_or(0);
}

void check_group(Transaction& transaction, Group& group) {
  group.name = catalog::required_text(group.name, "name");
  if (transaction.exists("SELECT 1 FROM groups WHERE centre = $1 AND name_folded = $2"
                         " AND archived_at IS NULL AND id <> $3",
                         group.centre, text::fold(group.name), group.id.value)) {
    throw Error(Code::conflict, "group_name_taken", "name");
  }
  if (group.trainer) access::account_or_missing(transaction, group.trainer, "trainer");
  check_external_ref(transaction, group.external_ref, "groups", group.id.value);
  const std::int64_t members = group.id ? members_of(transaction, group.id) : 0;
  if (group.capacity && *group.capacity < members) {
    throw Error(Code::conflict, "capacity_below_members", "capacity", {{"members", members}});
  }
}

void announce(Transaction& transaction, const Group& group) {
  transaction.execute("UPDATE groups SET name_folded = $2, sort_key = $3 WHERE id = $1", group.id,
                      text::fold(group.name), text::sort_key(group.name));
  transaction.concern(group.centre);
  transaction.emit(GroupChanged{.group = group.id, .centre = group.centre});
}

constexpr const char* memberships =
    "(SELECT \"group\", group_members.client AS client, joined_at, left_at,"
    " trim(first_name || ' ' || coalesce(last_name, '')) AS name"
    " FROM group_members JOIN clients ON clients.id = group_members.client)";

Membership membership_of(Transaction& transaction, GroupId group, ClientId client) {
  std::string newest(memberships);
  newest += " WHERE \"group\" = $1 AND client = $2 ORDER BY joined_at DESC";
  return storage::referred<Membership>(transaction, newest, group, client);
}

void check_reaches_client(Transaction& transaction, ClientId client) {
  const storage::Reach reach = access::reach_of(transaction, "people.view");
  if (!access::covers(transaction, reach, Subject::client, client.value)) {
    storage::missing("client", "client");
  }
}

void refuse_clashes(Transaction& transaction, GroupId group, ClientId client) {
  std::vector<std::int64_t> sessions = clashes_of_member(transaction, group, client);
  if (sessions.empty()) return;
  const auto count = static_cast<std::int64_t>(sessions.size());
  throw Error(Code::conflict, "member_clashes", "client",
              {{"count", count}, {"sessions", std::move(sessions)}});
}

}  // namespace

// --- create ---

Group handle(Transaction& transaction, const CreateGroup& request) {
  catalog::changeable_centre(transaction, request.centre, std::nullopt);
  Group group{.version = 1,
              .centre = request.centre,
              .name = request.name,
              .trainer = request.trainer,
              .capacity = request.capacity,
              .external_ref = request.external_ref,
              .created_at = transaction.now()};
  check_group(transaction, group);
  storage::insert(transaction, "groups", group);
  announce(transaction, group);
  return group;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "group_name_taken", "a group of the centre has the name"},
    {Code::not_found, "account_not_found", "no such account for the trainer"},
    {Code::conflict, "external_ref_taken", "another group has the key"},
};

constinit const Operation CreateGroup::operation = storage::define<CreateGroup>({
    .number = 540,
    .name = "schedule.create_group",
    .kind = OperationKind::write,
    .doc = "Adds a group to a centre.",
    .rule = {.permission = "schedule.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Dolphins", "capacity": 12})",
});

// --- update ---

Group handle(Transaction& transaction, const UpdateGroup& request) {
  Group group = changeable_group(transaction, request.group, request.version);
  catalog::set_required(request.name, group.name, "name");
  request.trainer.apply(group.trainer);
  request.capacity.apply(group.capacity);
  request.external_ref.apply(group.external_ref);
  check_group(transaction, group);
  ++group.version;
  storage::update(transaction, "groups", group);
  announce(transaction, group);
  return group;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "group_not_found", "no such group, or not within reach"},
    {Code::conflict, "version_outdated", "the group was changed since that version"},
    {Code::conflict, "group_archived", "the group is archived"},
    {Code::invalid, "field_missing", "the name is emptied"},
    {Code::conflict, "group_name_taken", "a group of the centre has the name"},
    {Code::not_found, "account_not_found", "no such account for the trainer"},
    {Code::conflict, "external_ref_taken", "another group has the key"},
    {Code::conflict, "capacity_below_members", "it has more members than that"},
};

constinit const Operation UpdateGroup::operation = storage::define<UpdateGroup>({
    .number = 541,
    .name = "schedule.update_group",
    .kind = OperationKind::write,
    .doc = "Changes a group; what is not given stays as it is.",
    .rule = {.permission = "schedule.manage"},
    .refusals = update_refusals,
    .example = R"({"group": 1, "capacity": 14})",
});

// --- archive ---

Group handle(Transaction& transaction, const ArchiveGroup& request) {
  Group group = changeable_group(transaction, request.group, request.version);
  const std::int64_t coming =
      transaction
          .one_number(
              "SELECT count(*) FROM sessions WHERE \"group\" = $1 AND ends > $2"
              " AND status = $3",
              group.id, transaction.now(), SessionStatus::scheduled)
          .value_or(0);
  if (coming > 0) throw Error(Code::conflict, "sessions_to_come", "group", {{"count", coming}});
  group.archived_at = transaction.now();
  ++group.version;
  storage::update(transaction, "groups", group);
  announce(transaction, group);
  return group;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "group_not_found", "no such group, or not within reach"},
    {Code::conflict, "version_outdated", "the group was changed since that version"},
    {Code::conflict, "group_archived", "the group is archived already"},
    {Code::conflict, "sessions_to_come", "the group has sessions to come"},
};

constinit const Operation ArchiveGroup::operation = storage::define<ArchiveGroup>({
    .number = 542,
    .name = "schedule.archive_group",
    .kind = OperationKind::write,
    .doc = "Archives a group that has no sessions to come.",
    .rule = {.permission = "schedule.manage"},
    .refusals = archive_refusals,
    .example = R"({"group": 1})",
});

// --- list ---

Page<Group> handle(Transaction& transaction, const Groups& request) {
  storage::List list("groups");
  const storage::Principal& caller = transaction.principal();
  if (!transaction.reach().any) {
    list.where(
        "centre IN (SELECT value FROM json_each($)) OR trainer = $"
        " OR id IN (SELECT group_members.\"group\" FROM group_members"
        " WHERE left_at IS NULL AND client IN"
        " (SELECT $ UNION SELECT dependant FROM guardians WHERE guardian = $))",
        storage::id_list(transaction.reach().centres), caller.account.value, caller.client.value,
        caller.client.value);
  }
  list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  if (request.trainer) list.where("trainer = $", request.trainer);
  if (request.client) {
    list.where(
        "id IN (SELECT group_members.\"group\" FROM group_members"
        " WHERE left_at IS NULL AND client = $)",
        request.client);
  }
  if (request.search) {
    const std::string part = "%" + text::escape_like(text::fold(*request.search)) + "%";
    list.where("name_folded LIKE $ ESCAPE '\\'", part);
  }
  list.order({{"sort_key"}, {"id"}});
  return list.page<Group>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Groups::operation = storage::define<Groups>({
    .number = 543,
    .name = "schedule.groups",
    .kind = OperationKind::read,
    .doc = "Lists groups by name.",
    .rule = {.permission = "schedule.view"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- members ---

Membership handle(Transaction& transaction, const JoinGroup& request) {
  Group group = changeable_group(transaction, request.group, std::nullopt);
  check_reaches_client(transaction, request.client);
  people::changeable_client(transaction, request.client);
  if (transaction.exists("SELECT 1 FROM group_members WHERE \"group\" = $1 AND client = $2"
                         " AND left_at IS NULL",
                         group.id, request.client)) {
    throw Error(Code::conflict, "member_already", "client");
  }
  const std::int64_t members = members_of(transaction, group.id);
  if (group.capacity && members >= *group.capacity) {
    throw Error(Code::sold_out, "group_full", "group", {{"capacity", *group.capacity}});
  }
  if (request.despite_clashes) check_override(transaction, group.centre);
  if (!request.despite_clashes) refuse_clashes(transaction, group.id, request.client);
  transaction.execute(
      "INSERT INTO group_members (\"group\", client, joined_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (\"group\", client, joined_at) DO UPDATE SET left_at = NULL",
      group.id, request.client, transaction.now());
  access::add_client_centre(transaction, request.client, group.centre);
  transaction.concern(request.client);
  transaction.emit(
      GroupJoined{.group = group.id, .client = request.client, .centre = group.centre});
  return membership_of(transaction, group.id, request.client);
}

static constexpr Refusal join_refusals[] = {
    {Code::not_found, "group_not_found", "no such group, or not within reach"},
    {Code::conflict, "group_archived", "the group is archived"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "member_already", "the client is a member"},
    {Code::sold_out, "group_full", "the group has as many members as it may have"},
    {Code::denied, "permission_denied", "clashes are to be ignored, without schedule.override"},
    {Code::conflict, "member_clashes", "the client is elsewhere at the time of a session to come"},
};

constinit const Operation JoinGroup::operation = storage::define<JoinGroup>({
    .number = 544,
    .name = "schedule.join_group",
    .kind = OperationKind::write,
    .doc = "Makes a client a member of a group from now on.",
    .rule = {.permission = "schedule.enrol"},
    .refusals = join_refusals,
    .example = R"({"group": 1, "client": 7})",
});

Membership handle(Transaction& transaction, const LeaveGroup& request) {
  Group group = group_in_reach(transaction, request.group);
  check_reaches_client(transaction, request.client);
  const std::int64_t ended = transaction.execute(
      "UPDATE group_members SET left_at = $3 WHERE \"group\" = $1 AND client = $2"
      " AND left_at IS NULL",
      group.id, request.client, transaction.now());
  if (ended == 0) throw Error(Code::conflict, "member_not", "client");
  transaction.concern(request.client);
  transaction.emit(GroupLeft{.group = group.id, .client = request.client, .centre = group.centre});
  return membership_of(transaction, group.id, request.client);
}

static constexpr Refusal leave_refusals[] = {
    {Code::not_found, "group_not_found", "no such group, or not within reach"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "member_not", "the client is no member"},
};

constinit const Operation LeaveGroup::operation = storage::define<LeaveGroup>({
    .number = 545,
    .name = "schedule.leave_group",
    .kind = OperationKind::write,
    .doc = "Ends a membership of a group from now on.",
    .rule = {.permission = "schedule.enrol"},
    .refusals = leave_refusals,
    .example = R"({"group": 1, "client": 7})",
});

Page<Membership> handle(Transaction& transaction, const GroupMembers& request) {
  auto group = storage::find<Group>(transaction, "groups WHERE id = $1", request.group);
  const bool leads = group && group->trainer && group->trainer == transaction.principal().account;
  if (!group || (!transaction.reach().covers(group->centre) && !leads)) {
    storage::missing("group", "group");
  }
  storage::List list(memberships);
  list.where("\"group\" = $", request.group);
  list.where(request.left ? "left_at IS NOT NULL" : "left_at IS NULL");
  list.order({{"joined_at"}, {"client"}});
  return list.page<Membership>(transaction, request.cursor, request.limit);
}

static constexpr Refusal members_refusals[] = {
    {Code::not_found, "group_not_found", "no such group, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation GroupMembers::operation = storage::define<GroupMembers>({
    .number = 546,
    .name = "schedule.group_members",
    .kind = OperationKind::read,
    .doc = "Members of a group, by when they joined.",
    .rule = {.permission = "schedule.view"},
    .refusals = members_refusals,
    .example = R"({"group": 1})",
});

}  // namespace frontdesk::schedule

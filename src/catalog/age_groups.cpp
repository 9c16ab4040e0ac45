#include "base/text.hpp"
#include "catalog/activities.hpp"
#include "catalog/categories.hpp"
#include "catalog/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

constinit const storage::EventKind AgeGroupChanged::kind{
    "catalog.age_group_changed", "An age group was created, changed, archived or restored.",
    "catalog.manage"};

AgeGroup usable_age_group(Transaction& transaction, AgeGroupId id, std::string_view field) {
  auto group = storage::find<AgeGroup>(transaction, "age_groups WHERE id = $1", id);
  if (!group) storage::missing("age_group", field);
  if (group->archived_at) throw Error(Code::conflict, "age_group_archived", field);
  return *group;
}

namespace {

AgeGroup stored_group(Transaction& transaction, AgeGroupId id,
                      const std::optional<std::int64_t>& version) {
  auto group = storage::find<AgeGroup>(transaction, "age_groups WHERE id = $1", id);
  if (!group) storage::missing("age_group", "age_group");
  storage::check_version(version, group->version);
  return *group;
}

AgeGroup changeable_group(Transaction& transaction, AgeGroupId id,
                          const std::optional<std::int64_t>& version) {
  AgeGroup group = stored_group(transaction, id, version);
  if (group.archived_at) throw Error(Code::conflict, "age_group_archived", "age_group");
  return group;
}

void check_name(Transaction& transaction, const AgeGroup& group) {
  if (transaction.exists("SELECT 1 FROM age_groups WHERE name_folded = $1"
                         " AND archived_at IS NULL AND id <> $2",
                         text::fold(group.name), group.id.value)) {
    throw Error(Code::conflict, "age_group_name_taken", "name");
  }
}

void check_group(Transaction& transaction, AgeGroup& group) {
  group.name = required_text(group.name, "name");
  check_ages(group.min_age, group.max_age);
  check_name(transaction, group);
  check_external_ref(transaction, group.external_ref,
                     "SELECT 1 FROM age_groups WHERE external_ref = $1 AND id <> $2",
                     group.id.value);
}

/// Keeps the columns for order in step, and tells the world.
void announce(Transaction& transaction, const AgeGroup& group, Change change) {
  transaction.execute("UPDATE age_groups SET name_folded = $2, sort_key = $3 WHERE id = $1",
                      group.id, text::fold(group.name), text::sort_key(group.name));
  transaction.touch(storage::Topic::catalog);
  transaction.emit(AgeGroupChanged{.age_group = group.id, .change = change});
}

void store(Transaction& transaction, AgeGroup& group, Change change) {
  ++group.version;
  storage::update(transaction, "age_groups", group);
  announce(transaction, group, change);
}

constexpr Rule platform_rule{.permission = "catalog.manage", .subject = Subject::centre};

}  // namespace

// --- create ---

AgeGroup handle(Transaction& transaction, const CreateAgeGroup& request) {
  AgeGroup group{
      .id = {},
      .version = 1,
      .name = request.name,
      .min_age = request.min_age,
      .max_age = request.max_age,
      .external_ref = request.external_ref,
      .archived_at = {},
  };
  check_group(transaction, group);
  storage::insert(transaction, "age_groups", group);
  announce(transaction, group, Change::created);
  return group;
}

static constexpr Refusal create_refusals[] = {
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::invalid, "ages_reversed", "the oldest is younger than the youngest"},
    {Code::conflict, "age_group_name_taken", "an age group in use has the name"},
    {Code::conflict, "external_ref_taken", "another age group has the key"},
};

constinit const Operation CreateAgeGroup::operation = storage::define<CreateAgeGroup>({
    .number = 329,
    .name = "catalog.create_age_group",
    .kind = OperationKind::write,
    .doc = "Adds an age group.",
    .rule = platform_rule,
    .refusals = create_refusals,
    .example = R"({"name": "4–7", "min_age": 4, "max_age": 7})",
});

// --- update ---

AgeGroup handle(Transaction& transaction, const UpdateAgeGroup& request) {
  AgeGroup group = changeable_group(transaction, request.age_group, request.version);
  const AgeGroup before = group;
  set_required(request.name, group.name, "name");
  request.min_age.apply(group.min_age);
  request.max_age.apply(group.max_age);
  request.external_ref.apply(group.external_ref);
  check_group(transaction, group);
  store(transaction, group, Change::updated);
  if (group.min_age != before.min_age || group.max_age != before.max_age) {
    follow_age_group(transaction, group);
  }
  return group;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "age_group_not_found", "no such age group"},
    {Code::conflict, "version_outdated", "the age group was changed since that version"},
    {Code::conflict, "age_group_archived", "the age group is archived"},
    {Code::invalid, "field_missing", "the name is emptied"},
    {Code::invalid, "ages_reversed", "the oldest is younger than the youngest"},
    {Code::conflict, "age_group_name_taken", "an age group in use has the name"},
    {Code::conflict, "external_ref_taken", "another age group has the key"},
};

constinit const Operation UpdateAgeGroup::operation = storage::define<UpdateAgeGroup>({
    .number = 330,
    .name = "catalog.update_age_group",
    .kind = OperationKind::write,
    .doc = "Changes an age group, and the ages of all activities that go by it.",
    .rule = platform_rule,
    .refusals = update_refusals,
    .example = R"({"age_group": 1, "version": 1, "name": "4–8", "max_age": 8})",
});

// --- archive and restore ---

AgeGroup handle(Transaction& transaction, const ArchiveAgeGroup& request) {
  AgeGroup group = changeable_group(transaction, request.age_group, request.version);
  group.archived_at = transaction.now();
  store(transaction, group, Change::archived);
  return group;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "age_group_not_found", "no such age group"},
    {Code::conflict, "version_outdated", "the age group was changed since that version"},
    {Code::conflict, "age_group_archived", "the age group is archived already"},
};

constinit const Operation ArchiveAgeGroup::operation = storage::define<ArchiveAgeGroup>({
    .number = 332,
    .name = "catalog.archive_age_group",
    .kind = OperationKind::write,
    .doc = "Archives an age group. Activities that go by it keep it.",
    .rule = platform_rule,
    .refusals = archive_refusals,
    .example = R"({"age_group": 1})",
});

AgeGroup handle(Transaction& transaction, const RestoreAgeGroup& request) {
  AgeGroup group = stored_group(transaction, request.age_group, request.version);
  if (!group.archived_at) throw Error(Code::conflict, "age_group_in_use", "age_group");
  check_name(transaction, group);
  group.archived_at.reset();
  store(transaction, group, Change::restored);
  return group;
}

static constexpr Refusal restore_refusals[] = {
    {Code::not_found, "age_group_not_found", "no such age group"},
    {Code::conflict, "version_outdated", "the age group was changed since that version"},
    {Code::conflict, "age_group_in_use", "the age group is not archived"},
    {Code::conflict, "age_group_name_taken", "an age group in use has the name by now"},
};

constinit const Operation RestoreAgeGroup::operation = storage::define<RestoreAgeGroup>({
    .number = 333,
    .name = "catalog.restore_age_group",
    .kind = OperationKind::write,
    .doc = "Takes an archived age group back into use.",
    .rule = platform_rule,
    .refusals = restore_refusals,
    .example = R"({"age_group": 1})",
});

// --- list ---

Page<AgeGroup> handle(Transaction& transaction, const AgeGroups& request) {
  storage::List list("age_groups");
  show_archived_of_platform(list, transaction, request.archived);
  if (request.age) {
    list.where("min_age <= $ AND (max_age IS NULL OR max_age >= $)", *request.age, *request.age);
  }
  if (request.external_ref) list.where("external_ref = $", *request.external_ref);
  list.order({{"min_age"}, {"sort_key"}, {"id"}});
  return list.page<AgeGroup>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation AgeGroups::operation = storage::define<AgeGroups>({
    .number = 331,
    .name = "catalog.age_groups",
    .kind = OperationKind::read,
    .doc = "Lists age groups, youngest first.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"age": 5})",
});

}  // namespace frontdesk::catalog

#include "catalog/activities.hpp"

#include "catalog/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {
namespace {

/// An activity of the caller's reach, in whatever state.
Activity managed_activity(Transaction& transaction, ActivityId id,
                          const std::optional<std::int64_t>& version) {
  auto activity = storage::find<Activity>(transaction, "activities WHERE id = $1", id);
  if (!activity || !transaction.reach().covers(activity->centre, activity->section)) {
    storage::missing("activity", "activity");
  }
  storage::check_version(version, activity->version);
  return *activity;
}

void check_activity_in_use(const Activity& activity) {
  if (activity.archived_at) throw Error(Code::conflict, "activity_archived", "activity");
}

/// Either an age group or ages of its own.
void check_one_age(bool has_group, bool has_ages) {
  if (has_group && has_ages) throw Error(Code::invalid, "age_group_or_ages", "age_group");
}

/// Whoever manages sections only may not put an activity where they do not reach it.
void check_reach(Transaction& transaction, const Activity& activity) {
  if (transaction.reach().covers(activity.centre, activity.section)) return;
  storage::missing("section", "section");
}

}  // namespace

// --- create ---

Activity handle(Transaction& transaction, const CreateActivity& request) {
  if (!transaction.reach().covers(request.centre, request.section)) {
    storage::missing("centre", "centre");
  }
  changeable_centre(transaction, request.centre, std::nullopt);
  check_one_age(static_cast<bool>(request.age_group), request.min_age || request.max_age);
  Activity activity{
      .id = {},
      .version = 0,
      .centre = request.centre,
      .section = request.section,
      .kind = request.kind,
      .name = request.name,
      .description = request.description,
      .categories = request.categories,
      .duration_minutes = request.duration_minutes,
      .age_group = request.age_group,
      .min_age = request.min_age,
      .max_age = request.max_age,
      .default_capacity = request.default_capacity,
      .trainers = request.trainers,
      .release_date = request.release_date,
      .details = request.details,
      .average_review = {},
      .active = request.active,
      .external_ref = request.external_ref,
      .created_at = transaction.now(),
      .archived_at = {},
  };
  check_activity(transaction, activity, {});
  store_activity(transaction, activity, Change::created);
  return activity;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "age_group_or_ages", "an age group and ages of its own are given"},
    {Code::not_found, "section_not_found", "the centre has no such section"},
    {Code::conflict, "section_archived", "the section is archived"},
    {Code::invalid, "field_missing", "the name, or one of the cast, is nothing but white space"},
    {Code::invalid, "category_twice", "a category is given twice"},
    {Code::not_found, "category_not_found", "no such category"},
    {Code::conflict, "category_archived", "a category is archived"},
    {Code::not_found, "age_group_not_found", "no such age group"},
    {Code::conflict, "age_group_archived", "the age group is archived"},
    {Code::invalid, "ages_reversed", "the oldest is younger than the youngest"},
    {Code::invalid, "trainer_twice", "a trainer is given twice"},
    {Code::not_found, "trainer_not_found", "no such account, or no trainer of the centre"},
    {Code::invalid, "cast_name_too_long", "a name of the cast is too long"},
    {Code::invalid, "web_malformed", "the trailer is no http or https address"},
    {Code::not_found, "media_not_found", "the poster is a digest of no file"},
    {Code::invalid, "attribute_too_long", "an attribute of the host is too long"},
    {Code::conflict, "external_ref_taken", "another activity has the key"},
};

constinit const Operation CreateActivity::operation = storage::define<CreateActivity>({
    .number = 340,
    .name = "catalog.create_activity",
    .kind = OperationKind::write,
    .doc = "Adds an activity to a centre.",
    .rule = {.permission = "catalog.manage"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "kind": "film", "name": "Shadows of Forgotten Ancestors",
 "duration_minutes": 97, "min_age": 12, "release_date": "1965-09-04",
 "details": {"director": "Sergei Parajanov", "cast": ["Ivan Mykolaichuk"], "rating": "12+"}})",
});

// --- update ---

Activity handle(Transaction& transaction, const UpdateActivity& request) {
  Activity activity = managed_activity(transaction, request.activity, request.version);
  check_activity_in_use(activity);
  const Activity before = activity;
  request.section.apply(activity.section);
  set_present(request.kind, activity.kind, "kind");
  set_required(request.name, activity.name, "name");
  request.description.apply(activity.description);
  request.categories.apply(activity.categories);
  set_present(request.duration_minutes, activity.duration_minutes, "duration_minutes");
  request.age_group.apply(activity.age_group);
  check_one_age(static_cast<bool>(activity.age_group),
                request.min_age.has_value() || request.max_age.has_value());
  if (!activity.age_group) {
    request.min_age.apply(activity.min_age);
    request.max_age.apply(activity.max_age);
  }
  request.default_capacity.apply(activity.default_capacity);
  request.trainers.apply(activity.trainers);
  request.release_date.apply(activity.release_date);
  request.details.apply(activity.details);
  request.active.apply(activity.active);
  request.external_ref.apply(activity.external_ref);
  check_reach(transaction, activity);
  check_activity(transaction, activity, before);
  store_activity(transaction, activity, Change::updated);
  return activity;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "activity_not_found", "no such activity, or not within reach"},
    {Code::conflict, "version_outdated", "the activity was changed since that version"},
    {Code::conflict, "activity_archived", "the activity is archived"},
    {Code::invalid, "field_missing", "what must not be empty is emptied"},
    {Code::invalid, "age_group_or_ages", "it would have an age group and ages of its own"},
    {Code::not_found, "section_not_found", "the centre has no such section within reach"},
    {Code::conflict, "section_archived", "the new section is archived"},
    {Code::invalid, "category_twice", "a category is given twice"},
    {Code::not_found, "category_not_found", "no such category"},
    {Code::conflict, "category_archived", "a new category is archived"},
    {Code::not_found, "age_group_not_found", "no such age group"},
    {Code::conflict, "age_group_archived", "the new age group is archived"},
    {Code::invalid, "ages_reversed", "the oldest is younger than the youngest"},
    {Code::invalid, "trainer_twice", "a trainer is given twice"},
    {Code::not_found, "trainer_not_found", "no such account, or no trainer of the centre"},
    {Code::invalid, "cast_name_too_long", "a name of the cast is too long"},
    {Code::invalid, "web_malformed", "the trailer is no http or https address"},
    {Code::not_found, "media_not_found", "the poster is a digest of no file"},
    {Code::invalid, "attribute_too_long", "an attribute of the host is too long"},
    {Code::conflict, "external_ref_taken", "another activity has the key"},
};

constinit const Operation UpdateActivity::operation = storage::define<UpdateActivity>({
    .number = 341,
    .name = "catalog.update_activity",
    .kind = OperationKind::write,
    .doc = "Changes an activity; what is not given stays as it is.",
    .rule = {.permission = "catalog.manage"},
    .refusals = update_refusals,
    .example = R"({"activity": 1, "version": 1, "default_capacity": 12, "min_age": null})",
});

// --- archive and restore ---

Activity handle(Transaction& transaction, const ArchiveActivity& request) {
  Activity activity = managed_activity(transaction, request.activity, request.version);
  check_activity_in_use(activity);
  storage::ask_vetoes(transaction, "catalog.archive_activity", activity.id.value);
  activity.active = false;
  activity.archived_at = transaction.now();
  store_activity(transaction, activity, Change::archived);
  return activity;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "activity_not_found", "no such activity, or not within reach"},
    {Code::conflict, "version_outdated", "the activity was changed since that version"},
    {Code::conflict, "activity_archived", "the activity is archived already"},
    {Code::conflict, "sessions_to_come", "the activity has sessions to come"},
};

constinit const Operation ArchiveActivity::operation = storage::define<ArchiveActivity>({
    .number = 344,
    .name = "catalog.archive_activity",
    .kind = OperationKind::write,
    .doc = "Archives an activity that nothing is planned for any more.",
    .rule = {.permission = "catalog.manage"},
    .refusals = archive_refusals,
    .example = R"({"activity": 1})",
});

Activity handle(Transaction& transaction, const RestoreActivity& request) {
  Activity activity = managed_activity(transaction, request.activity, request.version);
  if (!activity.archived_at) throw Error(Code::conflict, "activity_in_use", "activity");
  changeable_centre(transaction, activity.centre, std::nullopt);
  if (transaction.exists("SELECT 1 FROM sections WHERE id = $1 AND archived_at IS NOT NULL",
                         activity.section)) {
    throw Error(Code::conflict, "section_archived", "section");
  }
  activity.archived_at.reset();
  store_activity(transaction, activity, Change::restored);
  return activity;
}

static constexpr Refusal restore_refusals[] = {
    {Code::not_found, "activity_not_found", "no such activity, or not within reach"},
    {Code::conflict, "version_outdated", "the activity was changed since that version"},
    {Code::conflict, "activity_in_use", "the activity is not archived"},
    {Code::conflict, "centre_archived", "its centre is archived"},
    {Code::conflict, "section_archived", "its section is archived"},
};

constinit const Operation RestoreActivity::operation = storage::define<RestoreActivity>({
    .number = 345,
    .name = "catalog.restore_activity",
    .kind = OperationKind::write,
    .doc = "Takes an archived activity back into use, inactive at first.",
    .rule = {.permission = "catalog.manage"},
    .refusals = restore_refusals,
    .example = R"({"activity": 1})",
});

}  // namespace frontdesk::catalog

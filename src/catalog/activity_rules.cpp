#include "access/accounts.hpp"
#include "base/text.hpp"
#include "catalog/activities.hpp"
#include "catalog/categories.hpp"
#include "catalog/facts.hpp"
#include "catalog/media.hpp"
#include "catalog/records.hpp"

#include <frontdesk/roles.hpp>

#include <algorithm>
#include <set>

namespace frontdesk::catalog {

constinit const storage::EventKind ActivityChanged::kind{
    "catalog.activity_changed", "An activity was created, changed, archived or restored.",
    "catalog.manage"};

namespace {

constexpr std::size_t cast_name_max = 200;
constexpr std::size_t attribute_name_max = 100;
constexpr std::size_t attribute_value_max = 2'000;

template <class T>
bool holds(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::string place(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

void check_section(Transaction& transaction, const Activity& activity, const Activity& before) {
  if (!activity.section || activity.section == before.section) return;
  auto section = storage::find<Section>(transaction, "sections WHERE id = $1", activity.section);
  if (!section || section->centre != activity.centre) storage::missing("section", "section");
  if (section->archived_at) throw Error(Code::conflict, "section_archived", "section");
}

void check_categories(Transaction& transaction, const Activity& activity, const Activity& before) {
  std::set<CategoryId> seen;
  for (std::size_t i = 0; i < activity.categories.size(); ++i) {
    const CategoryId category = activity.categories[i];
    if (!seen.insert(category).second) {
      throw Error(Code::invalid, "category_twice", place("categories", i));
    }
    if (holds(before.categories, category)) continue;
    usable_category(transaction, category, place("categories", i));
  }
}

/// Who is no trainer there is told like who does not exist.
void check_trainers(Transaction& transaction, const Activity& activity, const Activity& before) {
  std::set<AccountId> seen;
  for (std::size_t i = 0; i < activity.trainers.size(); ++i) {
    const AccountId trainer = activity.trainers[i];
    if (!seen.insert(trainer).second) {
      throw Error(Code::invalid, "trainer_twice", place("trainers", i));
    }
    if (holds(before.trainers, trainer)) continue;
    if (!is_trainer(transaction, trainer, activity.centre, activity.section)) {
      storage::missing("trainer", place("trainers", i));
    }
  }
}

void check_attributes(ActivityDetails& details) {
  std::map<std::string, std::string> tidied;
  for (const auto& [name, value] : details.attributes) {
    std::string key = text::tidy(name);
    if (key.empty() || text::length(key) > attribute_name_max ||
        text::length(value) > attribute_value_max) {
      throw Error(Code::invalid, "attribute_too_long", "details.attributes." + key,
                  {{"name_max", static_cast<std::int64_t>(attribute_name_max)},
                   {"value_max", static_cast<std::int64_t>(attribute_value_max)}});
    }
    tidied[key] = text::tidy(value);
  }
  details.attributes = std::move(tidied);
}

void check_details(Transaction& transaction, Activity& activity, const Activity& before) {
  if (!activity.details) return;
  ActivityDetails& details = *activity.details;
  details.director = optional_text(details.director);
  for (std::size_t i = 0; i < details.cast.size(); ++i) {
    const std::string path = "details." + place("cast", i);
    details.cast[i] = required_text(details.cast[i], path);
    if (text::length(details.cast[i]) > cast_name_max) {
      throw Error(Code::invalid, "cast_name_too_long", path,
                  {{"longest", static_cast<std::int64_t>(cast_name_max)}});
    }
  }
  details.rating = optional_text(details.rating);
  details.trailer = optional_text(details.trailer);
  check_web(details.trailer, "details.trailer");
  details.poster = optional_text(details.poster);
  const bool is_new = !before.details || before.details->poster != details.poster;
  if (is_new) check_media(transaction, details.poster, "details.poster");
  check_attributes(details);
  if (details == ActivityDetails{}) activity.details.reset();
}

std::string search_text(const Activity& activity) {
  std::string text = activity.name + "\n" + activity.description.value_or("");
  if (activity.details) {
    text += "\n" + activity.details->director.value_or("");
    for (const std::string& name : activity.details->cast) text += "\n" + name;
  }
  return text::fold(text);
}

/// The columns that search and order go by, and the lists as they are searched from the other side.
void store_keys(Transaction& transaction, const Activity& activity) {
  transaction.execute(
      "UPDATE activities SET search = $2, name_folded = $3, sort_key = $4, poster = $5"
      " WHERE id = $1",
      activity.id, search_text(activity), text::fold(activity.name), text::sort_key(activity.name),
      activity.details ? activity.details->poster : std::nullopt);
  transaction.execute("DELETE FROM activity_categories WHERE activity = $1", activity.id);
  for (CategoryId category : activity.categories) {
    transaction.execute("INSERT INTO activity_categories (category, activity) VALUES ($1, $2)",
                        category, activity.id);
  }
  transaction.execute("DELETE FROM activity_trainers WHERE activity = $1", activity.id);
  for (AccountId trainer : activity.trainers) {
    transaction.execute("INSERT INTO activity_trainers (account, activity) VALUES ($1, $2)",
                        trainer, activity.id);
  }
}

}  // namespace

Activity stored_activity(Transaction& transaction, ActivityId id, std::string_view field) {
  auto activity = storage::find<Activity>(transaction, "activities WHERE id = $1", id);
  if (!activity) storage::missing("activity", field);
  return *activity;
}

Activity usable_activity(Transaction& transaction, ActivityId id, std::string_view field) {
  Activity activity = stored_activity(transaction, id, field);
  if (activity.archived_at) throw Error(Code::conflict, "activity_archived", field);
  return activity;
}

bool is_public(Transaction& transaction, const Activity& activity) {
  return activity.active && !activity.archived_at && is_public(transaction, activity.centre);
}

bool is_trainer(Transaction& transaction, AccountId account, CentreId centre, SectionId section) {
  return transaction.exists(R"sql(
    SELECT 1
    FROM role_grants
    WHERE account = $1 AND role = $2 AND revoked_at IS NULL AND active = 1
      AND (expires_at IS NULL OR expires_at > $3)
      AND (centre IS NULL OR centre = $4)
      AND (section IS NULL OR section = $5))sql",
                            account, access::trainer_role, transaction.now(), centre, section);
}

bool may_lead(Transaction& transaction, const Activity& activity, AccountId account) {
  const bool is_named = activity.trainers.empty() || holds(activity.trainers, account);
  return is_named && is_trainer(transaction, account, activity.centre, activity.section);
}

void check_activity(Transaction& transaction, Activity& activity, const Activity& before) {
  check_section(transaction, activity, before);
  activity.name = required_text(activity.name, "name");
  activity.description = optional_text(activity.description);
  check_categories(transaction, activity, before);
  if (activity.age_group && activity.age_group != before.age_group) {
    AgeGroup group = usable_age_group(transaction, activity.age_group);
    activity.min_age = group.min_age;
    activity.max_age = group.max_age;
  }
  check_ages(activity.min_age, activity.max_age);
  check_trainers(transaction, activity, before);
  check_details(transaction, activity, before);
  check_external_ref(transaction, activity.external_ref,
                     "SELECT 1 FROM activities WHERE external_ref = $1 AND id <> $2",
                     activity.id.value);
}

void store_activity(Transaction& transaction, Activity& activity, Change change) {
  ++activity.version;
  if (activity.id) {
    storage::update(transaction, "activities", activity);
  } else {
    storage::insert(transaction, "activities", activity);
  }
  store_keys(transaction, activity);
  transaction.concern(activity.centre);
  transaction.touch(storage::Topic::catalog);
  transaction.emit(ActivityChanged{.activity = activity.id,
                                   .centre = activity.centre,
                                   .version = activity.version,
                                   .change = change});
}

void follow_age_group(Transaction& transaction, const AgeGroup& group) {
  for (Activity& activity :
       storage::all<Activity>(transaction, "activities WHERE age_group = $1", group.id)) {
    activity.min_age = group.min_age;
    activity.max_age = group.max_age;
    store_activity(transaction, activity, Change::updated);
  }
}

}  // namespace frontdesk::catalog

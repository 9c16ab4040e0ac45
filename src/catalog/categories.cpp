#include "catalog/categories.hpp"

#include "base/text.hpp"
#include "catalog/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

constinit const storage::EventKind CategoryChanged::kind{
    "catalog.category_changed", "A category was created, changed, moved, archived or restored.",
    "catalog.manage"};

Category stored_category(Transaction& transaction, CategoryId id, std::string_view field) {
  auto category = storage::find<Category>(transaction, "categories WHERE id = $1", id);
  if (!category) storage::missing("category", field);
  return *category;
}

Category usable_category(Transaction& transaction, CategoryId id, std::string_view field) {
  Category category = stored_category(transaction, id, field);
  if (category.archived_at) throw Error(Code::conflict, "category_archived", field);
  return category;
}

namespace {

Category changeable_category(Transaction& transaction, CategoryId id,
                             const std::optional<std::int64_t>& version) {
  Category category = stored_category(transaction, id);
  storage::check_version(version, category.version);
  if (category.archived_at) throw Error(Code::conflict, "category_archived", "category");
  return category;
}

void check_name(Transaction& transaction, const Category& category) {
  if (transaction.exists("SELECT 1 FROM categories WHERE parent IS NOT DISTINCT FROM $1"
                         " AND name_folded = $2 AND archived_at IS NULL AND id <> $3",
                         category.parent, text::fold(category.name), category.id.value)) {
    throw Error(Code::conflict, "category_name_taken", "name");
  }
}

void check_category(Transaction& transaction, Category& category) {
  category.name = required_text(category.name, "name");
  category.description = optional_text(category.description);
  check_name(transaction, category);
  check_external_ref(transaction, category.external_ref,
                     "SELECT 1 FROM categories WHERE external_ref = $1 AND id <> $2",
                     category.id.value);
}

/// Keeps the column for search in step, and tells the world.
void announce(Transaction& transaction, const Category& category, Change change) {
  transaction.execute("UPDATE categories SET name_folded = $2 WHERE id = $1", category.id,
                      text::fold(category.name));
  transaction.touch(storage::Topic::catalog);
  transaction.emit(CategoryChanged{.category = category.id, .change = change});
}

void store(Transaction& transaction, Category& category, Change change) {
  ++category.version;
  storage::update(transaction, "categories", category);
  announce(transaction, category, change);
}

constexpr Rule platform_rule{.permission = "catalog.manage", .subject = Subject::centre};

}  // namespace

// --- create ---

Category handle(Transaction& transaction, const CreateCategory& request) {
  if (request.parent) usable_category(transaction, request.parent, "parent");
  check_parent(transaction, {}, request.parent);
  Category category{
      .id = {},
      .version = 1,
      .parent = request.parent,
      .name = request.name,
      .description = request.description,
      .position = 0,
      .depth = 0,
      .external_ref = request.external_ref,
      .archived_at = {},
  };
  check_category(transaction, category);
  storage::insert(transaction, "categories", category);
  place_category(transaction, category, request.position.value_or(0));
  announce(transaction, category, Change::created);
  return category;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "category_not_found", "no such parent"},
    {Code::conflict, "category_archived", "the parent is archived"},
    {Code::conflict, "category_too_deep", "the tree would have too many levels"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "category_name_taken", "one below the same parent has the name"},
    {Code::conflict, "external_ref_taken", "another category has the key"},
};

constinit const Operation CreateCategory::operation = storage::define<CreateCategory>({
    .number = 323,
    .name = "catalog.create_category",
    .kind = OperationKind::write,
    .doc = "Adds a category to the tree.",
    .rule = platform_rule,
    .refusals = create_refusals,
    .example = R"({"name": "Sport", "position": 1})",
});

// --- update ---

Category handle(Transaction& transaction, const UpdateCategory& request) {
  Category category = changeable_category(transaction, request.category, request.version);
  set_required(request.name, category.name, "name");
  request.description.apply(category.description);
  request.external_ref.apply(category.external_ref);
  check_category(transaction, category);
  store(transaction, category, Change::updated);
  return category;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "category_not_found", "no such category"},
    {Code::conflict, "version_outdated", "the category was changed since that version"},
    {Code::conflict, "category_archived", "the category is archived"},
    {Code::invalid, "field_missing", "the name is emptied"},
    {Code::conflict, "category_name_taken", "one below the same parent has the name"},
    {Code::conflict, "external_ref_taken", "another category has the key"},
};

constinit const Operation UpdateCategory::operation = storage::define<UpdateCategory>({
    .number = 324,
    .name = "catalog.update_category",
    .kind = OperationKind::write,
    .doc = "Changes a category where it stands; what is not given stays as it is.",
    .rule = platform_rule,
    .refusals = update_refusals,
    .example = R"({"category": 1, "name": "Sports"})",
});

// --- move ---

Category handle(Transaction& transaction, const MoveCategory& request) {
  Category category = changeable_category(transaction, request.category, request.version);
  if (request.parent) usable_category(transaction, request.parent, "parent");
  check_parent(transaction, category.id, request.parent);
  const CategoryId parent_before = category.parent;
  category.parent = request.parent;
  check_name(transaction, category);
  store(transaction, category, Change::updated);
  if (parent_before != category.parent) close_gap(transaction, parent_before);
  place_category(transaction, category, request.position.value_or(0));
  return category;
}

static constexpr Refusal move_refusals[] = {
    {Code::not_found, "category_not_found", "no such category, or no such parent"},
    {Code::conflict, "version_outdated", "the category was changed since that version"},
    {Code::conflict, "category_archived", "the category or the parent is archived"},
    {Code::conflict, "category_cycle", "the parent is the category itself or stands below it"},
    {Code::conflict, "category_too_deep", "the tree would have too many levels"},
    {Code::conflict, "category_name_taken", "one below the new parent has the name"},
};

constinit const Operation MoveCategory::operation = storage::define<MoveCategory>({
    .number = 325,
    .name = "catalog.move_category",
    .kind = OperationKind::write,
    .doc = "Puts a category, with all below it, in another place of the tree.",
    .rule = platform_rule,
    .refusals = move_refusals,
    .example = R"({"category": 2, "parent": 1, "position": 1})",
});

// --- archive and restore ---

Category handle(Transaction& transaction, const ArchiveCategory& request) {
  Category category = changeable_category(transaction, request.category, request.version);
  if (transaction.exists("SELECT 1 FROM categories WHERE parent = $1 AND archived_at IS NULL",
                         category.id)) {
    throw Error(Code::conflict, "category_has_children", "category");
  }
  category.archived_at = transaction.now();
  store(transaction, category, Change::archived);
  close_gap(transaction, category.parent);
  return category;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "category_not_found", "no such category"},
    {Code::conflict, "version_outdated", "the category was changed since that version"},
    {Code::conflict, "category_archived", "the category is archived already"},
    {Code::conflict, "category_has_children", "a category in use stands below it"},
};

constinit const Operation ArchiveCategory::operation = storage::define<ArchiveCategory>({
    .number = 327,
    .name = "catalog.archive_category",
    .kind = OperationKind::write,
    .doc = "Archives a category that has none in use below it.",
    .rule = platform_rule,
    .refusals = archive_refusals,
    .example = R"({"category": 1})",
});

Category handle(Transaction& transaction, const RestoreCategory& request) {
  Category category = stored_category(transaction, request.category);
  storage::check_version(request.version, category.version);
  if (!category.archived_at) throw Error(Code::conflict, "category_in_use", "category");
  if (category.parent) usable_category(transaction, category.parent, "parent");
  check_name(transaction, category);
  category.archived_at.reset();
  store(transaction, category, Change::restored);
  place_category(transaction, category, 0);
  return category;
}

static constexpr Refusal restore_refusals[] = {
    {Code::not_found, "category_not_found", "no such category"},
    {Code::conflict, "version_outdated", "the category was changed since that version"},
    {Code::conflict, "category_in_use", "the category is not archived"},
    {Code::conflict, "category_archived", "the parent is archived"},
    {Code::conflict, "category_name_taken", "one below the same parent has the name by now"},
};

constinit const Operation RestoreCategory::operation = storage::define<RestoreCategory>({
    .number = 328,
    .name = "catalog.restore_category",
    .kind = OperationKind::write,
    .doc = "Takes an archived category back into use, as the last below its parent.",
    .rule = platform_rule,
    .refusals = restore_refusals,
    .example = R"({"category": 1})",
});

// --- list ---

Page<Category> handle(Transaction& transaction, const Categories& request) {
  storage::List list("categories");
  show_archived_of_platform(list, transaction, request.archived);
  if (request.parent) list.where("parent = $", request.parent);
  if (request.within) {
    list.where("id IN (" + std::string(category_and_below) + ")", request.within);
  }
  if (request.top) list.where("parent IS NULL");
  search_for(list, "name_folded", request.search);
  if (request.external_ref) list.where("external_ref = $", *request.external_ref);
  list.order({{"tree_key"}, {"id"}});
  return list.page<Category>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Categories::operation = storage::define<Categories>({
    .number = 326,
    .name = "catalog.categories",
    .kind = OperationKind::read,
    .doc = "Lists categories in the order of the tree.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"within": 1})",
});

}  // namespace frontdesk::catalog

/// The tree of categories, and age groups, for the rest of the area and the areas above.
#pragma once

#include <frontdesk/catalog_categories.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::catalog {

/// How many categories may stand above one another.
extern const storage::Setting category_levels_max;

/// The category in whatever state, or storage::missing("category", field).
Category stored_category(storage::Transaction& transaction, CategoryId id,
                         std::string_view field = "category");
/// The same, for something new: Error{conflict, "category_archived"} where it is out of use.
Category usable_category(storage::Transaction& transaction, CategoryId id,
                         std::string_view field = "category");
/// The age group for something new: storage::missing, or Error{conflict, "age_group_archived"}.
AgeGroup usable_age_group(storage::Transaction& transaction, AgeGroupId id,
                          std::string_view field = "age_group");

/// Puts a stored category at a place below its parent (0: the last), makes room among those in use
/// there, and renews what is stored of the tree.
void place_category(storage::Transaction& transaction, Category& category, std::int64_t position);
/// Closes the gap that a category leaves below a parent.
void close_gap(storage::Transaction& transaction, CategoryId parent);
/// Throws Error{conflict, "category_cycle"} if `category` stands above `parent` or is it, and
/// Error{conflict, "category_too_deep"} if the tree would have too many levels.
void check_parent(storage::Transaction& transaction, CategoryId category, CategoryId parent);
/// What is stored of the tree of a category, as it must be: positions from the top, and the depth.
struct TreePlace {
  std::string key{};
  std::int64_t depth = 0;
};
std::map<CategoryId, TreePlace> tree_places(storage::Transaction& transaction);

/// A query of the ids of a category, which stands for `$`, and of all below it.
inline constexpr std::string_view category_and_below =
    "WITH RECURSIVE below (id) AS (VALUES ($) UNION"
    " SELECT categories.id FROM categories JOIN below ON categories.parent = below.id)"
    " SELECT id FROM below";

}  // namespace frontdesk::catalog

#include "catalog/categories.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::catalog {

using storage::Transaction;

constinit const storage::Setting category_levels_max{
    "catalog.category_levels_max", "Levels that the tree of categories may have.", 8, 1, 30};

namespace {

struct Node {
  CategoryId parent{};
  std::int64_t position = 0;
  std::string key{};
  std::int64_t depth = 0;
};
using Tree = std::map<CategoryId, Node>;

/// Every parent is there, and the way up from each category ends.
void check_tree(const Tree& tree) {
  for (const auto& [id, node] : tree) {
    std::size_t steps = 0;
    for (CategoryId at = id; at; ++steps) {
      const auto found = tree.find(at);
      if (found == tree.end() || steps > tree.size()) throw Error(Code::storage, "file_damaged");
      at = found->second.parent;
    }
  }
}

Tree read_tree(Transaction& transaction) {
  Tree tree;
  storage::Cursor rows =
      transaction.query("SELECT id, parent, position, tree_key, depth FROM categories");
  while (rows.next()) {
    tree[rows.id<CategoryTag>(0)] = {.parent = rows.id<CategoryTag>(1),
                                     .position = rows.integer(2),
                                     .key = std::string(rows.text(3)),
                                     .depth = rows.integer(4)};
  }
  check_tree(tree);
  return tree;
}

/// Positions are written with leading zeros, so that their order as text is that as numbers.
std::string digits(std::int64_t position) {
  constexpr std::size_t digits_count = 6;
  std::string text = std::to_string(position);
  if (text.size() < digits_count) text.insert(0, digits_count - text.size(), '0');
  return text + ".";
}

TreePlace place_in(const Tree& tree, CategoryId category) {
  TreePlace place;
  for (CategoryId at = category; at;) {
    const Node& node = tree.at(at);
    place.key.insert(0, digits(node.position));
    if (node.parent) ++place.depth;
    at = node.parent;
  }
  return place;
}

void renew_tree(Transaction& transaction) {
  const Tree tree = read_tree(transaction);
  for (const auto& [id, node] : tree) {
    const TreePlace place = place_in(tree, id);
    if (place.key == node.key && place.depth == node.depth) continue;
    transaction.execute("UPDATE categories SET tree_key = $2, depth = $3 WHERE id = $1", id,
                        place.key, place.depth);
  }
}

/// Those in use below a parent, in order.
std::vector<CategoryId> siblings(Transaction& transaction, CategoryId parent) {
  storage::Cursor rows = transaction.query(
      "SELECT id FROM categories WHERE parent IS NOT DISTINCT FROM $1 AND archived_at IS NULL"
      " ORDER BY position, id",
      parent);
  std::vector<CategoryId> found;
  while (rows.next()) found.push_back(rows.id<CategoryTag>(0));
  return found;
}

void number_from_one(Transaction& transaction, const std::vector<CategoryId>& categories) {
  for (std::size_t i = 0; i < categories.size(); ++i) {
    transaction.execute("UPDATE categories SET position = $2 WHERE id = $1 AND position <> $2",
                        categories[i], static_cast<std::int64_t>(i) + 1);
  }
}

/// Levels of the part of the tree below a category, itself included.
std::int64_t levels_below(const Tree& tree, CategoryId category) {
  std::int64_t levels = 1;
  for (const auto& [id, node] : tree) {
    std::int64_t level = 1;
    for (CategoryId at = id; at; at = tree.at(at).parent, ++level) {
      if (at == category) levels = std::max(levels, level);
    }
  }
  return levels;
}

}  // namespace

void close_gap(Transaction& transaction, CategoryId parent) {
  number_from_one(transaction, siblings(transaction, parent));
  renew_tree(transaction);
}

void place_category(Transaction& transaction, Category& category, std::int64_t position) {
  std::vector<CategoryId> order = siblings(transaction, category.parent);
  std::erase(order, category.id);
  const auto last = static_cast<std::int64_t>(order.size());
  const std::int64_t index = position == 0 ? last : std::min(position - 1, last);
  order.insert(order.begin() + index, category.id);
  number_from_one(transaction, order);
  renew_tree(transaction);
  category.position = index + 1;
  category.depth = tree_places(transaction).at(category.id).depth;
}

void check_parent(Transaction& transaction, CategoryId category, CategoryId parent) {
  if (!parent) return;
  const Tree tree = read_tree(transaction);
  for (CategoryId at = parent; at; at = tree.at(at).parent) {
    if (at == category) throw Error(Code::conflict, "category_cycle", "parent");
  }
  const std::int64_t most = storage::number(transaction, category_levels_max);
  const std::int64_t below = category ? levels_below(tree, category) : 1;
  if (place_in(tree, parent).depth + 1 + below > most) {
    throw Error(Code::conflict, "category_too_deep", "parent", {{"levels_max", most}});
  }
}

std::map<CategoryId, TreePlace> tree_places(Transaction& transaction) {
  const Tree tree = read_tree(transaction);
  std::map<CategoryId, TreePlace> places;
  for (const auto& [id, node] : tree) places[id] = place_in(tree, id);
  return places;
}

}  // namespace frontdesk::catalog

#include "catalog/records.hpp"

#include "base/text.hpp"

namespace frontdesk::catalog {

void check_ages(const std::optional<std::int64_t>& min_age,
                const std::optional<std::int64_t>& max_age) {
  if (!min_age || !max_age || *min_age <= *max_age) return;
  throw Error(Code::invalid, "ages_reversed", "max_age",
              {{"min_age", *min_age}, {"max_age", *max_age}});
}

void search_for(storage::List& list, const std::string& column,
                const std::optional<std::string>& text) {
  if (!text) return;
  const std::string part = "%" + text::escape_like(text::fold(text::tidy(*text))) + "%";
  list.where(column + " LIKE $ ESCAPE '\\'", part);
}

void show_archived(storage::List& list, bool archived) {
  list.where(archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
}

void show_archived_of_platform(storage::List& list, Transaction& transaction, bool archived) {
  show_archived(list, archived);
  if (archived && managed(transaction).nothing()) list.where("0");
}

}  // namespace frontdesk::catalog

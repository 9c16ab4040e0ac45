#include "people/tags.hpp"

#include "base/text.hpp"
#include "people/centre_sight.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::people {

constinit const storage::EventKind TagsChanged::kind{
    "people.tags_changed", "A client's tags at a centre changed.", "people.note"};

namespace {

constexpr std::size_t tag_length_max = 50;

std::vector<std::string> stored_tags(Transaction& transaction, ClientId client, CentreId centre) {
  storage::Cursor rows = transaction.query(
      "SELECT tag FROM client_tags WHERE client = $1 AND centre = $2 ORDER BY tag_folded", client,
      centre);
  std::vector<std::string> tags;
  while (rows.next()) tags.emplace_back(rows.text(0));
  return tags;
}

ClientTags tags_of(Transaction& transaction, ClientId client) {
  storage::Reach sight = centre_sight(transaction, transaction.reach());
  storage::Cursor rows = transaction.query(
      "SELECT centre, tag FROM client_tags WHERE client = $1 ORDER BY centre, tag_folded", client);
  ClientTags tags;
  while (rows.next()) {
    CentreId centre = rows.id<CentreTag>(0);
    if (!sight.covers(centre)) continue;
    if (tags.centres.empty() || tags.centres.back().centre != centre) {
      tags.centres.push_back({.centre = centre});
    }
    tags.centres.back().tags.emplace_back(rows.text(1));
  }
  return tags;
}

}  // namespace

std::vector<std::string> tidy_tags(const std::vector<std::string>& tags, std::string_view field) {
  std::map<std::string, std::string> by_fold;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    std::string tag = text::tidy(tags[i]);
    if (tag.empty() || text::length(tag) > tag_length_max) {
      throw Error(Code::invalid, "tag_malformed",
                  std::string(field) + "[" + std::to_string(i) + "]",
                  {{"length_max", static_cast<std::int64_t>(tag_length_max)}});
    }
    by_fold.try_emplace(text::fold(tag), tag);
  }
  std::vector<std::string> tidied;
  for (auto& [fold, tag] : by_fold) tidied.push_back(std::move(tag));
  return tidied;
}

bool replace_tags(Transaction& transaction, ClientId client, CentreId centre,
                  const std::vector<std::string>& tags) {
  if (stored_tags(transaction, client, centre) == tags) return false;
  transaction.execute("DELETE FROM client_tags WHERE client = $1 AND centre = $2", client, centre);
  for (const std::string& tag : tags) {
    transaction.execute(
        "INSERT INTO client_tags (client, centre, tag_folded, tag) VALUES ($1, $2, $3, $4)", client,
        centre, text::fold(tag), tag);
  }
  return true;
}

// --- set ---

ClientTags handle(Transaction& transaction, const SetTags& request) {
  check_acts_for(transaction, request.centre);
  check_of_centre(transaction, request.client, request.centre);
  std::vector<std::string> tags = tidy_tags(request.tags, "tags");
  transaction.concern(request.client);
  if (replace_tags(transaction, request.client, request.centre, tags)) {
    transaction.emit(TagsChanged{.person = request.client, .centre = request.centre});
  }
  return tags_of(transaction, request.client);
}

static constexpr Refusal set_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, not within reach, or not of the centre"},
    {Code::not_found, "centre_not_found", "no such centre, or not one the caller acts for"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "tag_malformed", "a tag is empty or too long"},
};

constinit const Operation SetTags::operation = storage::define<SetTags>({
    .number = 233,
    .name = "people.set_tags",
    .kind = OperationKind::write,
    .doc = "Sets all tags that a centre gives a client.",
    .rule = {.permission = "people.note", .subject = Subject::client, .field = "client"},
    .refusals = set_refusals,
    .example = R"({"client": 1, "centre": 1, "tags": ["VIP", "morning"]})",
});

// --- read ---

ClientTags handle(Transaction& transaction, const Tags& request) {
  return tags_of(transaction, request.client);
}

static constexpr Refusal read_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
};

constinit const Operation Tags::operation = storage::define<Tags>({
    .number = 234,
    .name = "people.tags",
    .kind = OperationKind::read,
    .doc = "Tags of a client, of the centres the caller acts for.",
    .rule = {.permission = "people.note", .subject = Subject::client, .field = "client"},
    .refusals = read_refusals,
    .example = R"({"client": 1})",
});

}  // namespace frontdesk::people

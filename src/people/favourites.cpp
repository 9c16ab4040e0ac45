#include <frontdesk/people_care.hpp>

#include "people/clients.hpp"
#include "people/settings.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::people {
namespace {

void check_favourite(Transaction& transaction, const AddFavourite& request) {
  if (request.kind != FavouriteKind::centre) {
    throw Error(Code::unsupported, "favourite_kind_unsupported", "kind");
  }
  check_centre_in_use(transaction, CentreId{request.subject}, "subject");
}

std::optional<Favourite> stored_favourite(Transaction& transaction, const AddFavourite& request) {
  return storage::find<Favourite>(transaction,
                                  "favourites WHERE client = $1 AND kind = $2 AND subject = $3",
                                  request.client, request.kind, request.subject);
}

}  // namespace

// --- add ---

Favourite handle(Transaction& transaction, const AddFavourite& request) {
  Client client = changeable_client(transaction, request.client);
  check_favourite(transaction, request);
  if (auto present = stored_favourite(transaction, request)) return *present;
  std::int64_t most = storage::number(transaction, favourites_max);
  std::int64_t count =
      transaction.one_number("SELECT count(*) FROM favourites WHERE client = $1", client.id)
          .value_or(0);
  if (count >= most) {
    throw Error(Code::conflict, "favourites_too_many", "client", {{"most", most}});
  }
  transaction.execute(
      "INSERT INTO favourites (client, kind, subject, added_at) VALUES ($1, $2, $3, $4)", client.id,
      request.kind, request.subject, transaction.now());
  transaction.concern(client.id);
  return {.kind = request.kind, .subject = request.subject, .added_at = transaction.now()};
}

static constexpr Refusal add_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::unsupported, "favourite_kind_unsupported", "activities are no favourites yet"},
    {Code::not_found, "centre_not_found", "no such centre"},
    {Code::conflict, "favourites_too_many", "the client has as many as allowed"},
};

constinit const Operation AddFavourite::operation = storage::define<AddFavourite>({
    .number = 238,
    .name = "people.add_favourite",
    .kind = OperationKind::write,
    .doc = "Adds a favourite of a client.",
    .rule = {.permission = "people.edit", .subject = Subject::client, .field = "client"},
    .refusals = add_refusals,
    .example = R"({"client": 1, "kind": "centre", "subject": 1})",
});

// --- remove ---

Nothing handle(Transaction& transaction, const RemoveFavourite& request) {
  Client client = changeable_client(transaction, request.client);
  transaction.execute("DELETE FROM favourites WHERE client = $1 AND kind = $2 AND subject = $3",
                      client.id, request.kind, request.subject);
  transaction.concern(client.id);
  return {};
}

static constexpr Refusal remove_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
};

constinit const Operation RemoveFavourite::operation = storage::define<RemoveFavourite>({
    .number = 239,
    .name = "people.remove_favourite",
    .kind = OperationKind::write,
    .doc = "Removes a favourite of a client.",
    .rule = {.permission = "people.edit", .subject = Subject::client, .field = "client"},
    .refusals = remove_refusals,
    .example = R"({"client": 1, "kind": "centre", "subject": 1})",
});

// --- list ---

Page<Favourite> handle(Transaction& transaction, const Favourites& request) {
  storage::List list("favourites");
  list.where("client = $", request.client);
  if (request.kind) list.where("kind = $", *request.kind);
  list.order({{"added_at", true}, {"kind"}, {"subject"}});
  return list.page<Favourite>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor is of a list with other filters"},
};

constinit const Operation Favourites::operation = storage::define<Favourites>({
    .number = 240,
    .name = "people.favourites",
    .kind = OperationKind::read,
    .doc = "Favourites of a client, newest first.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = list_refusals,
    .example = R"({"client": 1})",
});

}  // namespace frontdesk::people

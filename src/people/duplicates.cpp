#include <frontdesk/people_entry.hpp>

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "people/family.hpp"
#include "people/lists.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>

namespace frontdesk::people {

constinit const storage::EventKind ClientsMerged::kind{"people.clients_merged",
                                                       "Two clients were made one.", "people.view"};

// --- suggestions ---

namespace {

// The three ways to be alike, each found through an index of its own. Phones and addresses are
// unique among clients in use, so of two clients that share one at least one is archived.
constexpr std::string_view pairs = R"((
  SELECT a.id AS client, b.id AS duplicate,
    a.first_name || ' ' || a.last_name AS client_name,
    b.first_name || ' ' || b.last_name AS duplicate_name,
    CASE WHEN a.phone = b.phone THEN 1 ELSE 0 END AS same_phone,
    CASE WHEN a.email = b.email THEN 1 ELSE 0 END AS same_email,
    CASE WHEN a.name_key = b.name_key AND a.birth_date = b.birth_date THEN 1 ELSE 0 END
      AS same_name_and_birth_date
  FROM (
    SELECT CASE WHEN x.id < y.id THEN x.id ELSE y.id END AS one,
           CASE WHEN x.id < y.id THEN y.id ELSE x.id END AS other
      FROM clients AS x JOIN clients AS y
        ON y.phone = x.phone AND y.archived_at IS NULL AND y.phone IS NOT NULL
      WHERE x.archived_at IS NOT NULL
    UNION
    SELECT CASE WHEN x.id < y.id THEN x.id ELSE y.id END,
           CASE WHEN x.id < y.id THEN y.id ELSE x.id END
      FROM clients AS x JOIN clients AS y
        ON y.email = x.email AND y.archived_at IS NULL AND y.email IS NOT NULL
      WHERE x.archived_at IS NOT NULL
    UNION
    SELECT x.id, y.id
      FROM clients AS x JOIN clients AS y
        ON y.birth_date = x.birth_date AND y.name_key = x.name_key AND y.id > x.id
      WHERE x.birth_date IS NOT NULL AND (x.archived_at IS NULL OR y.archived_at IS NULL)
  ) AS alike
  JOIN clients AS a ON a.id = alike.one
  JOIN clients AS b ON b.id = alike.other
  WHERE a.merged_into IS NULL AND b.merged_into IS NULL
    AND a.erased_at IS NULL AND b.erased_at IS NULL
) AS pairs)";

}  // namespace

Page<DuplicatePair> handle(Transaction& transaction, const Duplicates& request) {
  storage::List list(pairs);
  access::narrow_to_reach(list, transaction, {.client = "pairs.client"});
  access::narrow_to_reach(list, transaction, {.client = "pairs.duplicate"});
  list.order({{"client"}, {"duplicate"}});
  return list.page<DuplicatePair>(transaction, request.cursor, request.limit);
}

static constexpr Refusal duplicates_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor is of another list"},
};

constinit const Operation Duplicates::operation = storage::define<Duplicates>({
    .number = 210,
    .name = "people.duplicates",
    .kind = OperationKind::read,
    .doc = "Pairs of clients who may be one person.",
    .rule = {.permission = "people.merge"},
    .refusals = duplicates_refusals,
    .example = R"({"limit": 20})",
});

// --- merge ---

namespace {

/// The duplicate may be archived, but neither erased nor merged before.
Client mergeable_duplicate(Transaction& transaction, const Merge& request) {
  if (!access::covers(transaction, transaction.reach(), Subject::client, request.duplicate.value)) {
    storage::missing("client", "duplicate");
  }
  Client duplicate = stored_client(transaction, request.duplicate, "duplicate");
  if (duplicate.erased_at) throw Error(Code::conflict, "client_erased", "duplicate");
  if (duplicate.merged_into) {
    throw Error(Code::conflict, "client_merged", "duplicate",
                {{"client", duplicate.merged_into.value}});
  }
  return duplicate;
}

void check_may_be_one(Transaction& transaction, const Client& keep, const Client& duplicate) {
  if (keep.id == duplicate.id) throw Error(Code::invalid, "merge_with_itself", "duplicate");
  if (guards_through_others(transaction, keep.id, duplicate.id) ||
      guards_through_others(transaction, duplicate.id, keep.id)) {
    throw Error(Code::conflict, "merge_of_relatives", "duplicate");
  }
}

}  // namespace

Client handle(Transaction& transaction, const Merge& request) {
  Client keep = changeable_client(transaction, request.keep, request.version, "keep");
  Client duplicate = mergeable_duplicate(transaction, request);
  check_may_be_one(transaction, keep, duplicate);
  // Archived first: that sets its address and phone free for the client who stays.
  duplicate.archived_at = transaction.now();
  duplicate.merged_into = keep.id;
  store_client(transaction, duplicate);
  for (const storage::MergePart& part : transaction.hooks().merge) {
    part.run(transaction, keep.id, duplicate.id);
  }
  take_account_email(transaction, keep.id);
  transaction.emit(ClientsMerged{.client = keep.id, .duplicate = duplicate.id});
  return stored_client(transaction, keep.id);
}

static constexpr Refusal merge_refusals[] = {
    {Code::not_found, "client_not_found", "one of them does not exist, or is not within reach"},
    {Code::conflict, "version_outdated", "the client who stays was changed since that version"},
    {Code::conflict, "client_erased", "one of them was erased"},
    {Code::conflict, "client_merged", "one of them was merged before"},
    {Code::conflict, "client_archived", "the client who stays is archived"},
    {Code::invalid, "merge_with_itself", "both are the same client"},
    {Code::conflict, "merge_of_relatives", "one guards the other, directly or through others"},
};

constinit const Operation Merge::operation = storage::define<Merge>({
    .number = 211,
    .name = "people.merge",
    .kind = OperationKind::write,
    .doc = "Moves everything of a duplicate to the client who stays, or nothing.",
    .rule = {.permission = "people.merge", .subject = Subject::client, .field = "keep"},
    .refusals = merge_refusals,
    .example = R"({"keep": 1, "duplicate": 2})",
});

// --- what people itself moves ---

namespace {

void join(std::optional<std::string>& target, const std::optional<std::string>& more) {
  if (!more || target == more) return;
  target = target ? *target + "\n" + *more : *more;
}

template <class T>
void fill(std::optional<T>& target, const std::optional<T>& other) {
  if (!target) target = other;
}

/// What the client who stays has, holds; what they lack, the duplicate gives. What keeps people
/// safe is put together.
void take_over(Client& keep, const Client& duplicate) {
  fill(keep.email, duplicate.email);
  fill(keep.phone, duplicate.phone);
  fill(keep.city, duplicate.city);
  fill(keep.address, duplicate.address);
  fill(keep.sex, duplicate.sex);
  fill(keep.birth_date, duplicate.birth_date);
  fill(keep.emergency_contact, duplicate.emergency_contact);
  fill(keep.picture, duplicate.picture);
  fill(keep.external_ref, duplicate.external_ref);
  join(keep.notes, duplicate.notes);
  join(keep.allergies, duplicate.allergies);
  for (const PickUpPerson& person : duplicate.pick_up) {
    bool is_there =
        std::find(keep.pick_up.begin(), keep.pick_up.end(), person) != keep.pick_up.end();
    if (!is_there) keep.pick_up.push_back(person);
  }
  for (const auto& [name, value] : duplicate.attributes) keep.attributes.try_emplace(name, value);
  keep.registered_at = std::min(keep.registered_at, duplicate.registered_at);
}

/// An address or phone of an archived duplicate may be somebody else's by now.
void leave_taken(Transaction& transaction, const Client& before, Client& keep) {
  auto is_taken = [&](std::string_view column, const std::optional<std::string>& value) {
    std::string sql = "SELECT 1 FROM clients WHERE " + std::string(column) +
                      " = $1 AND archived_at IS NULL AND id <> $2";
    return value && transaction.exists(sql, *value, keep.id);
  };
  if (!before.email && is_taken("email", keep.email)) keep.email.reset();
  if (!before.phone && is_taken("phone", keep.phone)) keep.phone.reset();
}

void move_profile(Transaction& transaction, ClientId keep_id, ClientId duplicate_id) {
  const Client before = stored_client(transaction, keep_id);
  Client duplicate = stored_client(transaction, duplicate_id);
  Client keep = before;
  take_over(keep, duplicate);
  leave_taken(transaction, before, keep);
  if (duplicate.external_ref) {
    duplicate.external_ref.reset();
    storage::update(transaction, "clients", duplicate);
  }
  store_client(transaction, keep);
}

void move_records(Transaction& transaction, ClientId keep, ClientId duplicate) {
  for (std::string_view sql : {
           "UPDATE client_notes SET client = $1, version = version + 1 WHERE client = $2",
           "UPDATE client_bars SET client = $1, version = version + 1 WHERE client = $2",
           "UPDATE waivers SET client = $1 WHERE client = $2",
           "UPDATE waivers SET signed_by = $1 WHERE signed_by = $2",
           "UPDATE consents SET client = $1 WHERE client = $2",
           "UPDATE clients SET merged_into = $1 WHERE merged_into = $2",
           "INSERT INTO client_tags (client, centre, tag_folded, tag)"
           " SELECT $1, centre, tag_folded, tag FROM client_tags WHERE client = $2"
           " ON CONFLICT DO NOTHING",
           "INSERT INTO favourites (client, kind, subject, added_at)"
           " SELECT $1, kind, subject, added_at FROM favourites WHERE client = $2"
           " ON CONFLICT DO NOTHING",
       }) {
    transaction.execute(sql, keep, duplicate);
  }
  transaction.execute("DELETE FROM client_tags WHERE client = $1", duplicate);
  transaction.execute("DELETE FROM favourites WHERE client = $1", duplicate);
}

}  // namespace

namespace lists {

constinit const storage::MergePart merge{
    "people", [](Transaction& transaction, ClientId keep, ClientId duplicate) {
      move_profile(transaction, keep, duplicate);
      move_records(transaction, keep, duplicate);
    }};

}  // namespace lists
}  // namespace frontdesk::people

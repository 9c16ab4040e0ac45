#include "access/authorization.hpp"
#include "access/grants.hpp"
#include "access/relations.hpp"
#include "access/sessions.hpp"
#include "access/tokens.hpp"
#include "base/text.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

/// A key acts for its owner, so it must lie within what the owner holds, scope by scope.
void check_within_own(Transaction& transaction, const std::vector<Grant>& wanted) {
  auto held = grants_of(transaction, transaction.principal());
  if (held->everything) return;
  std::vector<std::string> lacking;
  for (const Grant& grant : wanted) {
    bool is_held = false;
    for (const Grant& own : held->list) is_held = is_held || includes(own, grant);
    if (!is_held) lacking.emplace_back(permission_name(grant.permission));
  }
  if (lacking.empty()) return;
  throw Error(Code::denied, "grant_exceeds_own", "permissions", {{"permissions", lacking}});
}

}  // namespace

// --- create ---

NewApiKey handle(Transaction& transaction, const CreateApiKey& request) {
  // A key that makes keys could outlive being taken back.
  if (!transaction.principal().is_host()) session_account(transaction);
  check_permissions(request.permissions);
  check_within_own(transaction, effective(request.permissions, request.centre));
  if (request.expires_at && *request.expires_at <= transaction.now()) {
    throw Error(Code::invalid, "end_in_past", "expires_at");
  }
  NewApiKey result;
  result.key.account = transaction.principal().account;
  result.key.name = text::tidy(request.name);
  result.key.permissions = request.permissions;
  result.key.centre = request.centre;
  result.key.created_at = transaction.now();
  result.key.expires_at = request.expires_at;
  result.secret = std::string(api_key_prefix) + crypto::random_token(transaction.random());
  crypto::Digest digest = token_digest(transaction, result.secret);
  // The digest is unique from the start; the record's columns follow.
  result.key.id = transaction.insert<ApiKeyId>(
      "INSERT INTO api_keys (version, name, permissions, created_at, digest)"
      " VALUES (1, '', '[]', $1, $2)",
      transaction.now(), blob(digest));
  storage::update(transaction, "api_keys", result.key);
  transaction.emit(ApiKeyCreated{.api_key = result.key.id, .account = result.key.account});
  return result;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not of the caller's"},
    {Code::denied, "session_required", "the caller is an API key itself"},
    {Code::invalid, "permission_unknown", "there is no such permission"},
    {Code::invalid, "permission_twice", "a permission is named twice"},
    {Code::denied, "grant_exceeds_own", "the caller does not hold all of it"},
    {Code::invalid, "end_in_past", "the end is not in the future"},
};

constinit const Operation CreateApiKey::operation = storage::define<CreateApiKey>({
    .number = 150,
    .name = "access.create_api_key",
    .kind = OperationKind::write,
    .doc = "Makes an API key for a program; its secret is shown this once.",
    .rule = {.permission = "access.manage_api_keys", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"name": "Mail delivery",
 "permissions": [{"permission": "notices.deliver", "scope": "any"}]})",
});

// --- list ---

Page<ApiKey> handle(Transaction& transaction, const ApiKeys& request) {
  storage::List list("api_keys");
  narrow_to_reach(list, transaction, {.centre = "api_keys.centre", .account = "api_keys.account"});
  if (!request.revoked) list.where("revoked_at IS NULL");
  list.order({{"id", true}});
  return list.page<ApiKey>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is not one that a page gave"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation ApiKeys::operation = storage::define<ApiKeys>({
    .number = 151,
    .name = "access.api_keys",
    .kind = OperationKind::read,
    .doc = "Lists the API keys that the caller may see, newest first.",
    .rule = {.permission = "access.manage_api_keys"},
    .refusals = list_refusals,
});

// --- revoke ---

ApiKey handle(Transaction& transaction, const RevokeApiKey& request) {
  auto key = storage::find<ApiKey>(transaction, "api_keys WHERE id = $1", request.api_key);
  if (!key || !transaction.reach().covers(key->centre)) {
    storage::missing(ApiKeyTag::name, "api_key");
  }
  if (key->revoked_at) throw Error(Code::conflict, "api_key_revoked", "api_key");
  key->revoked_at = transaction.now();
  ++key->version;
  storage::update(transaction, "api_keys", *key);
  transaction.touch(storage::Topic::access);
  transaction.emit(ApiKeyRevoked{.api_key = key->id, .account = key->account});
  return *key;
}

static constexpr Refusal revoke_refusals[] = {
    {Code::not_found, "api_key_not_found", "no such key, or not of the caller's centres"},
    {Code::conflict, "api_key_revoked", "the key was taken back already"},
};

constinit const Operation RevokeApiKey::operation = storage::define<RevokeApiKey>({
    .number = 152,
    .name = "access.revoke_api_key",
    .kind = OperationKind::write,
    .doc = "Takes an API key back; it stops working at once.",
    .rule = {.permission = "access.manage_api_keys"},
    .refusals = revoke_refusals,
    .example = R"({"api_key": 1})",
});

}  // namespace frontdesk::access

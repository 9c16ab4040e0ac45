#include "notices/templates.hpp"

#include "base/crypto.hpp"
#include "catalog/platform.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::notices {
namespace {

TemplateKey known_key(const std::string& key) {
  const TemplateKey found = find_key(key);
  if (found.kind == nullptr) storage::missing("template", "key");
  return found;
}

void check_language(const std::string& language) {
  const std::vector<std::string> known = texts::languages();
  if (std::find(known.begin(), known.end(), language) != known.end()) return;
  throw Error(Code::invalid, "language_unknown", "language", {{"known", known}});
}

/// Who may edit texts may see what they were; the change itself tells only where.
void announce(Transaction& transaction, const std::string& key, const std::string& language) {
  transaction.touch(storage::Topic::texts);
  transaction.emit(TemplateChanged{.key = key, .language = language});
}

// A cursor is where the last page ended, in the order of key and language.

std::string print_cursor(const Template& last) {
  return crypto::base64url(last.key + "\n" + last.language);
}

std::pair<std::string, std::string> read_cursor(const std::optional<std::string>& cursor) {
  if (!cursor) return {};
  const auto bytes = crypto::from_base64url(*cursor);
  const std::size_t line = bytes ? bytes->find('\n') : std::string::npos;
  if (line == std::string::npos) throw Error(Code::invalid, "cursor_malformed", "cursor");
  return {bytes->substr(0, line), bytes->substr(line + 1)};
}

std::vector<std::string> sorted_keys() {
  std::vector<std::string> keys;
  for (const MessageKind& kind : message_kinds()) {
    keys.push_back(subject_key(kind.purpose));
    keys.push_back(body_key(kind.purpose));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

// --- list ---

Page<Template> handle(Transaction& transaction, const Templates& request) {
  catalog::check_platform_wide(transaction, "notices.edit_templates");
  const std::pair<std::string, std::string> after = read_cursor(request.cursor);
  Page<Template> page;
  for (const std::string& key : sorted_keys()) {
    if (request.key && *request.key != key) continue;
    for (const std::string& language : texts::languages()) {
      if (request.language && *request.language != language) continue;
      if (std::pair(key, language) <= after) continue;
      Template found = current_template(transaction, key, language);
      if (request.edited && *request.edited != found.edited) continue;
      if (static_cast<std::int64_t>(page.items.size()) == request.limit) {
        page.next = print_cursor(page.items.back());
        return page;
      }
      page.items.push_back(std::move(found));
    }
  }
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::denied, "permission_denied", "the permission is held for some centres only"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
};

constinit const Operation Templates::operation = storage::define<Templates>({
    .number = 1204,
    .name = "notices.templates",
    .kind = OperationKind::read,
    .doc = "Lists the texts of messages as they are used now.",
    .rule = {.permission = "notices.edit_templates"},
    .refusals = list_refusals,
    .example = R"({"language": "uk", "edited": true})",
});

// --- edit ---

Template handle(Transaction& transaction, const EditTemplate& request) {
  catalog::check_platform_wide(transaction, "notices.edit_templates");
  const TemplateKey key = known_key(request.key);
  check_language(request.language);
  const Template before = current_template(transaction, request.key, request.language);
  storage::check_version(request.version, before.version);
  check_template(key, request.text);
  transaction.execute(
      "INSERT INTO templates (key, language, text, version, updated_at, updated_by)"
      " VALUES ($1, $2, $3, 1, $4, $5)"
      " ON CONFLICT (key, language) DO UPDATE SET text = excluded.text,"
      " version = templates.version + 1, updated_at = excluded.updated_at,"
      " updated_by = excluded.updated_by",
      request.key, request.language, request.text, transaction.now(),
      transaction.principal().account);
  announce(transaction, request.key, request.language);
  return current_template(transaction, request.key, request.language);
}

static constexpr Refusal edit_refusals[] = {
    {Code::denied, "permission_denied", "the permission is held for some centres only"},
    {Code::not_found, "template_not_found", "no message has such a text"},
    {Code::invalid, "language_unknown", "the language is not known"},
    {Code::conflict, "version_outdated", "the text was edited since that version"},
    {Code::invalid, "field_missing", "the text is nothing but white space"},
    {Code::invalid, "subject_has_line_breaks", "a subject is more than one line"},
    {Code::invalid, "placeholder_unknown", "the text names what the message does not know"},
    {Code::invalid, "template_without_code", "the body does not name the code or token"},
};

constinit const Operation EditTemplate::operation = storage::define<EditTemplate>({
    .number = 1205,
    .name = "notices.edit_template",
    .kind = OperationKind::write,
    .doc = "Replaces the text of a kind of message in one language.",
    .rule = {.permission = "notices.edit_templates"},
    .refusals = edit_refusals,
    .example = R"({"key": "notice.sign_in_code.body", "language": "en",
 "text": "Sunny Studio: your code is {code}."})",
});

// --- reset ---

Template handle(Transaction& transaction, const ResetTemplate& request) {
  catalog::check_platform_wide(transaction, "notices.edit_templates");
  known_key(request.key);
  check_language(request.language);
  Template before = current_template(transaction, request.key, request.language);
  storage::check_version(request.version, before.version);
  if (!before.edited) return before;
  transaction.execute("DELETE FROM templates WHERE key = $1 AND language = $2", request.key,
                      request.language);
  announce(transaction, request.key, request.language);
  return current_template(transaction, request.key, request.language);
}

static constexpr Refusal reset_refusals[] = {
    {Code::denied, "permission_denied", "the permission is held for some centres only"},
    {Code::not_found, "template_not_found", "no message has such a text"},
    {Code::invalid, "language_unknown", "the language is not known"},
    {Code::conflict, "version_outdated", "the text was edited since that version"},
};

constinit const Operation ResetTemplate::operation = storage::define<ResetTemplate>({
    .number = 1206,
    .name = "notices.reset_template",
    .kind = OperationKind::write,
    .doc = "Goes back to the standard text.",
    .rule = {.permission = "notices.edit_templates"},
    .refusals = reset_refusals,
    .example = R"({"key": "notice.sign_in_code.body", "language": "en"})",
});

}  // namespace frontdesk::notices

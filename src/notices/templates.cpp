#include "notices/templates.hpp"

#include "base/text.hpp"
#include "storage/rows.hpp"

#include <algorithm>

namespace frontdesk::notices {
namespace {

/// A stored text, as its row holds it.
struct EditedText {
  std::string text{};
  std::int64_t version = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&EditedText::text>("The text."),
        field<&EditedText::version>("Its version."),
    };
    return table;
  }
};

std::optional<EditedText> edited(Transaction& transaction, std::string_view key,
                                 std::string_view language) {
  return storage::find<EditedText>(transaction, "templates WHERE key = $1 AND language = $2", key,
                                   language);
}

/// `uk-UA`, then `uk`, then English.
std::vector<std::string> languages_for(std::string_view language) {
  std::vector<std::string> wanted;
  std::string narrow(language);
  for (char& letter : narrow) {
    if (letter == '_') letter = '-';
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  while (!narrow.empty()) {
    wanted.push_back(narrow);
    const std::size_t dash = narrow.rfind('-');
    narrow.resize(dash == std::string::npos ? 0 : dash);
  }
  if (std::find(wanted.begin(), wanted.end(), "en") == wanted.end()) wanted.emplace_back("en");
  return wanted;
}

std::string text_of(Transaction& transaction, const std::string& key, std::string_view language) {
  for (const std::string& candidate : languages_for(language)) {
    if (auto text = edited(transaction, key, candidate)) return text->text;
    if (texts::has(candidate, key)) return texts::get(candidate, key);
  }
  return key;
}

/// What a line of a mail header must not hold becomes a space.
std::string one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  return text;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// The names in braces. Braces around anything else are text, as texts::fill takes them.
std::vector<std::string_view> names_in(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    const std::size_t close = text.find_first_of("{}", open + 1);
    if (close == std::string_view::npos || text[close] != '}') continue;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (is_name(name)) names.push_back(name);
  }
  return names;
}

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Rendered render(Transaction& transaction, const MessageKind& kind, std::string_view language,
                const texts::Arguments& arguments) {
  const std::string subject = text_of(transaction, subject_key(kind.purpose), language);
  const std::string body = text_of(transaction, body_key(kind.purpose), language);
  return {.subject = one_line(texts::fill(subject, arguments)),
          .body = texts::fill(body, arguments)};
}

Template current_template(Transaction& transaction, const std::string& key,
                          const std::string& language) {
  const TemplateKey known = find_key(key);
  Template found{.key = key, .language = language};
  for (std::string_view name : known.kind->placeholders) found.placeholders.emplace_back(name);
  if (!known.is_subject && !known.kind->required.empty()) found.required = known.kind->required;
  if (auto text = edited(transaction, key, language)) {
    found.text = text->text;
    found.edited = true;
    found.version = text->version;
  } else {
    found.text = texts::get(language, key);
  }
  return found;
}

void check_template(const TemplateKey& key, const std::string& text) {
  if (text::tidy(text).empty()) {
    throw Error(Code::invalid, "field_missing", "text", {{"name", "text"}});
  }
  if (key.is_subject && text.find_first_of("\r\n") != std::string::npos) {
    throw Error(Code::invalid, "subject_has_line_breaks", "text");
  }
  const std::vector<std::string_view> names = names_in(text);
  for (std::string_view name : names) {
    if (contains(key.kind->placeholders, name)) continue;
    std::vector<std::string> known(key.kind->placeholders.begin(), key.kind->placeholders.end());
    throw Error(Code::invalid, "placeholder_unknown", "text",
                {{"name", std::string(name)}, {"known", std::move(known)}});
  }
  if (!key.is_subject && !key.kind->required.empty() && !contains(names, key.kind->required)) {
    throw Error(Code::invalid, "template_without_code", "text",
                {{"placeholder", std::string(key.kind->required)}});
  }
}

}  // namespace frontdesk::notices

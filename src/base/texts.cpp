#include "base/texts.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

namespace frontdesk::texts {
namespace {

constexpr std::pair<std::string_view, std::string_view> embedded[] = {
#include "texts.inc"
};

/// Lets a view be looked up without a string made of it.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

using Catalogue = std::unordered_map<std::string, std::string, ViewHash, std::equal_to<>>;

[[noreturn]] void refuse(std::string_view problem) {
  throw Error(Code::invalid, "texts_malformed", {}, {{"problem", std::string(problem)}});
}

/// What keeps the JSON from being a catalogue; empty where it was read into `catalogue`.
std::string problem_of(std::string_view json, Catalogue& catalogue) {
  boost::json::error_code failure;
  const boost::json::value value = boost::json::parse({json.data(), json.size()}, failure);
  if (failure) return failure.message();
  if (!value.is_object()) return "not a JSON object";
  for (const auto& [key, text] : value.get_object()) {
    if (!text.is_string()) return "a text is not a string";
    catalogue.insert_or_assign(std::string(key.data(), key.size()),
                               std::string(text.get_string().data(), text.get_string().size()));
  }
  return {};
}

/// `uk_UA`, `UK-ua` and `uk-UA` are one language.
std::string normal_language(std::string_view language) {
  std::string normal(language);
  for (char& c : normal) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return normal;
}

class Library {
 public:
  Library() {
    for (const auto& [language, json] : embedded) {
      // An Error made here would need the very texts that are being read, so a broken file is
      // left out; a test reads each of them.
      Catalogue catalogue;
      if (problem_of(json, catalogue).empty()) {
        languages_[normal_language(language)] = std::move(catalogue);
      }
    }
  }

  void add(std::string_view language, Catalogue texts) {
    const std::unique_lock lock(mutex_);
    Catalogue& known = languages_[normal_language(language)];
    // merge keeps what is there already, and what is new must win.
    texts.merge(known);
    known = std::move(texts);
  }

  /// The raw text, copied because another thread may replace it; false if there is none.
  bool find(std::string_view language, std::string_view key, std::string& text) const {
    const std::shared_lock lock(mutex_);
    const std::string* found = find_exact(language, key);
    if (found == nullptr) {
      std::string wider = normal_language(language);
      while (found == nullptr && !wider.empty()) {
        found = find_exact(wider, key);
        const std::size_t dash = wider.rfind('-');
        wider.resize(dash == std::string::npos ? 0 : dash);
      }
    }
    if (found == nullptr) found = find_exact("en", key);
    if (found != nullptr) text = *found;
    return found != nullptr;
  }

  bool has(std::string_view language, std::string_view key) const {
    const std::shared_lock lock(mutex_);
    return find_exact(normal_language(language), key) != nullptr;
  }

  std::vector<std::string> languages() const {
    const std::shared_lock lock(mutex_);
    std::vector<std::string> codes;
    for (const auto& [code, texts] : languages_) codes.push_back(code);
    return codes;
  }

  std::vector<std::string> keys(std::string_view language) const {
    const std::shared_lock lock(mutex_);
    std::vector<std::string> keys;
    if (const auto found = languages_.find(normal_language(language)); found != languages_.end()) {
      for (const auto& [key, text] : found->second) keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  }

 private:
  const std::string* find_exact(std::string_view language, std::string_view key) const {
    const auto catalogue = languages_.find(language);
    if (catalogue == languages_.end()) return nullptr;
    const auto text = catalogue->second.find(key);
    return text == catalogue->second.end() ? nullptr : &text->second;
  }

  mutable std::shared_mutex mutex_;
  std::map<std::string, Catalogue, std::less<>> languages_;
};

Library& library() {
  // Never destroyed: an error may still be told while the process ends.
  static Library& instance = *new Library;
  return instance;
}

void append(std::string& target, const std::string& text) { target += text; }
void append(std::string& target, std::int64_t number) { target += std::to_string(number); }

template <class T>
void append(std::string& target, const std::vector<T>& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) target += ", ";
    append(target, list[i]);
  }
}

}  // namespace

std::string get(std::string_view language, std::string_view key, const Arguments& arguments) {
  std::string text;
  if (!library().find(language, key, text)) return std::string(key);
  return arguments.empty() ? text : fill(text, arguments);
}

bool has(std::string_view language, std::string_view key) { return library().has(language, key); }

std::string fill(std::string_view text, const Arguments& arguments) {
  std::string result;
  result.reserve(text.size() + 16);
  while (true) {
    const std::size_t open = text.find('{');
    result += text.substr(0, open);
    if (open == std::string_view::npos) return result;
    text.remove_prefix(open);
    const std::size_t close = text.find_first_of("{}", 1);
    if (close != std::string_view::npos && text[close] == '}') {
      const auto argument = arguments.find(text.substr(1, close - 1));
      if (argument != arguments.end()) {
        std::visit([&](const auto& value) { append(result, value); }, argument->second);
        text.remove_prefix(close + 1);
        continue;
      }
    }
    // A brace that names nothing stays as it is written.
    result += '{';
    text.remove_prefix(1);
  }
}

std::vector<std::string> languages() { return library().languages(); }

std::vector<std::string> keys(std::string_view language) { return library().keys(language); }

void add(std::string_view language, std::string_view json) {
  const bool code = !language.empty() && language.size() <= 35 &&
                    std::all_of(language.begin(), language.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || c == '-' || c == '_';
                    });
  if (!code) refuse("not a language code");
  Catalogue catalogue;
  if (const std::string problem = problem_of(json, catalogue); !problem.empty()) refuse(problem);
  library().add(language, std::move(catalogue));
}

}  // namespace frontdesk::texts

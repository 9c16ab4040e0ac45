/// Texts for people: English and Ukrainian are compiled in from src/base/texts/*.json; a host may
/// add languages (SPEC E18). A text is found by key (`error.email_taken`,
/// `notice.sign_in_code.subject`); `{name}` in it stands for an argument.
#pragma once

#include <frontdesk/error.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::texts {

using Arguments = Details;

/// The text in `language` (`uk`, `uk-UA`), else English, else the key itself. Arguments that the
/// text does not name are left out. Thread-safe.
std::string get(std::string_view language, std::string_view key, const Arguments& arguments = {});
/// True if `language` itself has the key.
bool has(std::string_view language, std::string_view key);
/// `{name}` replaced in a given text, for templates that a host edited.
std::string fill(std::string_view text, const Arguments& arguments);
/// The language codes known now, sorted.
std::vector<std::string> languages();
/// All keys of a language, sorted.
std::vector<std::string> keys(std::string_view language);
/// Adds or extends a language from a flat JSON object key → text. Throws Error{invalid,
/// "texts_malformed"}. Process-wide, thread-safe.
void add(std::string_view language, std::string_view json);

}  // namespace frontdesk::texts

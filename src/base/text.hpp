/// UTF-8 text: validation, folding for search, sort keys, normal forms of phones and e-mail
/// addresses. All functions are pure and thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::text {

/// Offset of the first byte that is not valid UTF-8, or none.
std::optional<std::size_t> invalid_utf8(std::string_view bytes);
/// True if the text holds control characters other than tab, line feed and carriage return.
bool has_control_characters(std::string_view text);
/// Number of code points of valid UTF-8.
std::size_t length(std::string_view text);
/// White space at both ends removed, Unicode NFC.
std::string tidy(std::string_view text);
/// Case and accents folded, Cyrillic as Latin, for search and uniqueness (SPEC E18). `Ї`, `й` and
/// `ё` stay letters of their own.
std::string fold(std::string_view text);
/// Bytes whose order is the dictionary order, case folded (SPEC E18): ICU root collation with ґ, ї,
/// ё, ў and ү as letters of their own.
std::string sort_key(std::string_view text);
/// Case-folded address, or none where it is not `local@domain` (one @, dotted domain, no spaces, at
/// most 254 bytes).
std::optional<std::string> normal_email(std::string_view text);
/// E.164 (`+380671234567`) from national or international writing, or none. `country_calling_code`
/// ("380") is put before national numbers; a leading national 0 (or 8 for "7") is dropped. 8 to 15
/// digits.
std::optional<std::string> normal_phone(std::string_view text,
                                        std::string_view country_calling_code = {});
/// The candidate with the least edit distance to `word`, if it is near enough to be a likely slip
/// (at most a third of its length, at least 1).
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates);
/// `%`, `_` and `\` escaped for LIKE … ESCAPE '\'.
std::string escape_like(std::string_view text);

}  // namespace frontdesk::text

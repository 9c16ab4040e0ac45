#include "base/text.hpp"

#include <frontdesk/error.hpp>

#include <unicode/bytestream.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/tblcoll.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <new>
#include <numeric>

namespace frontdesk::text {
namespace {

void check(UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status)) throw Error(Code::internal, "text_library");
}

/// ICU counts in 32 bits.
icu::StringPiece piece(std::string_view text) {
  if (text.size() > std::size_t{std::numeric_limits<std::int32_t>::max()} / 4) {
    throw Error(Code::invalid, "text_too_long");
  }
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

bool ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

/// The code point at `offset`, which moves behind it; negative where the bytes are no UTF-8.
UChar32 next_code_point(std::string_view text, std::size_t& offset) {
  UChar32 point = 0;
  U8_NEXT(text.data(), offset, text.size(), point);
  return point;
}

/// White space, and what spreadsheets leave at the ends of a cell unseen.
bool blank(UChar32 point) { return u_isUWhiteSpace(point) || point == 0x200B || point == 0xFEFF; }

std::string_view trimmed(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (blank(next_code_point(text, at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
  std::string result;
  result.reserve(text.size());
  icu::StringByteSink<std::string> sink(&result);
  UErrorCode status = U_ZERO_ERROR;
  form.normalizeUTF8(0, piece(text), sink, nullptr, status);
  check(status);
  return result;
}

const icu::Normalizer2& case_folded_form() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  check(status);
  return *form;
}

const icu::Normalizer2& decomposed_form() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFDInstance(status);
  check(status);
  return *form;
}

/// Latin letters that Unicode does not decompose, as people write them without a special keyboard.
void append_plain_latin(icu::UnicodeString& target, UChar32 letter) {
  switch (letter) {
    case 0x00E6:
      target.append(u"ae", 2);
      break;
    case 0x00F0:
      target.append(u'd');
      break;
    case 0x00F8:
      target.append(u'o');
      break;
    case 0x00FE:
      target.append(u"th", 2);
      break;
    case 0x0111:
      target.append(u'd');
      break;
    case 0x0127:
      target.append(u'h');
      break;
    case 0x0131:
      target.append(u'i');
      break;
    case 0x0142:
      target.append(u'l');
      break;
    case 0x0153:
      target.append(u"oe", 2);
      break;
    case 0x0167:
      target.append(u't');
      break;
    default:
      target.append(letter);
  }
}

/// The letter without its accents: the first code point of its canonical decomposition.
UChar32 base_letter(UChar32 letter) {
  icu::UnicodeString parts;
  return decomposed_form().getDecomposition(letter, parts) ? parts.char32At(0) : letter;
}

/// Ukrainian names carry any of these for the same apostrophe.
bool apostrophe(UChar32 point) {
  return point == 0x2019 || point == 0x02BC || point == 0x2018 || point == 0x02B9;
}

icu::UnicodeString without_accents(const icu::UnicodeString& text) {
  icu::UnicodeString result;
  bool drops_marks = false;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 point = text.char32At(at);
    if (u_charType(point) == U_NON_SPACING_MARK) {
      if (!drops_marks) result.append(point);
      continue;
    }
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(point, &status);
    check(status);
    const bool latin = script == USCRIPT_LATIN || script == USCRIPT_GREEK;
    // A mark that composed with a Cyrillic letter made another one (й, ї); one apart is stress.
    drops_marks = latin || script == USCRIPT_CYRILLIC;
    if (apostrophe(point)) {
      result.append(u'\'');
    } else if (latin) {
      append_plain_latin(result, base_letter(point));
    } else {
      result.append(point);
    }
  }
  return result;
}

/// The root order takes these for accented forms of the letter before; in the alphabets that have
/// them they are letters of their own, and no alphabet of ours disagrees with another's place.
constexpr const char16_t* own_letters = u"&Г<ґ<<<Ґ&Е<ё<<<Ё&І<ї<<<Ї&У<ў<<<Ў&Ұ<ү<<<Ү";

std::unique_ptr<icu::Collator> make_collator() {
  UErrorCode status = U_ZERO_ERROR;
  auto made = std::make_unique<icu::RuleBasedCollator>(icu::UnicodeString(own_letters),
                                                       icu::Collator::SECONDARY, UCOL_ON, status);
  check(status);
  return made;
}

/// Each thread has its own collator, because ICU promises no concurrent use of one.
const icu::Collator& collator() {
  static const std::unique_ptr<icu::Collator> original = make_collator();
  thread_local std::unique_ptr<icu::Collator> mine;
  if (!mine) mine.reset(original->clone());
  if (!mine) throw std::bad_alloc();
  return *mine;
}

bool domain_valid(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos) return false;
  while (true) {
    const std::size_t dot = domain.find('.');
    const std::string_view label = domain.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
      return false;
    }
    const bool letters = std::all_of(label.begin(), label.end(), [](char c) {
      return (c & 0x80) != 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!letters) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

/// RFC 5321 §4.1.2, dot-string, with RFC 6531's letters of every script.
bool local_part_valid(std::string_view local) {
  if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') {
    return false;
  }
  return local.find("..") == std::string_view::npos &&
         local.find_first_of("\"(),:;<>[\\]") == std::string_view::npos;
}

bool phone_separator(UChar32 point) {
  if (point == '-' || point == '.' || point == '(' || point == ')' || point == '/') return true;
  if (point >= 0x2010 && point <= 0x2015) return true;  // dashes
  if (point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E)) {
    return true;  // direction marks that address books add when a number is copied
  }
  return point == 0x2212 || blank(point);
}

/// The digits of a phone with `+` in front where it is written internationally, or none.
std::optional<std::string> phone_digits(std::string_view text) {
  std::string digits;
  for (std::size_t at = 0; at < text.size();) {
    // `+44 (0)20 …` shows the trunk prefix to callers at home; it is no part of the number.
    if (!digits.empty() && digits[0] == '+' && text.substr(at).starts_with("(0)")) {
      at += 3;
      continue;
    }
    const UChar32 point = next_code_point(text, at);
    if ((point >= '0' && point <= '9') || (point == '+' && digits.empty())) {
      digits.push_back(static_cast<char>(point));
    } else if (!phone_separator(point)) {
      return std::nullopt;
    }
    if (digits.size() > 32) return std::nullopt;
  }
  if (digits.starts_with("00")) digits.replace(0, 2, "+");
  return digits;
}

std::string with_calling_code(std::string_view digits, std::string_view code) {
  // People leave out the +. National numbers have 10 digits after a one-digit code, else mostly 9.
  const std::size_t national_digits = code.size() == 1 ? 10 : 9;
  if (digits.starts_with(code) && digits.size() >= code.size() + national_digits) {
    return std::string(digits);
  }
  if (digits.starts_with('0') || (code == "7" && digits.size() == 11 && digits[0] == '8')) {
    digits.remove_prefix(1);
  } else if (code == "380" && digits.size() == 11 && digits.starts_with("80")) {
    digits.remove_prefix(2);  // the old Ukrainian trunk prefix, still found in lists
  }
  return std::string(code).append(digits);
}

/// Optimal string alignment: a swap of neighbours, the commonest slip, counts as one edit.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::size_t> invalid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    if (next_code_point(bytes, at) < 0) return start;
  }
  return std::nullopt;
}

bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return true;
    if (byte == 0x7F) return true;
    // U+0080 to U+009F
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      return true;
    }
  }
  return false;
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string tidy(std::string_view text) {
  text = trimmed(text);
  if (ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  check(status);
  return normalized(*form, text);
}

std::string fold(std::string_view text) {
  if (ascii(text)) return lower(text);
  const std::string folded = normalized(case_folded_form(), text);
  std::string result;
  without_accents(icu::UnicodeString::fromUTF8(piece(folded))).toUTF8String(result);
  return result;
}

std::string sort_key(std::string_view text) {
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(piece(text));
  const icu::Collator& order = collator();
  std::string key(text.size() * 2 + 16, '\0');
  while (true) {
    const auto room = static_cast<std::int32_t>(key.size());
    const std::int32_t size =
        order.getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()), room);
    if (size <= 0) throw std::bad_alloc();
    key.resize(static_cast<std::size_t>(size));
    if (size <= room) break;
  }
  key.pop_back();  // ICU ends a key with a zero byte, which no key has inside
  return key;
}

std::optional<std::string> normal_email(std::string_view text) {
  // Folding may shorten, never by this much; longer input is refused before any work.
  if (text.size() > 4 * 254 || invalid_utf8(text)) return std::nullopt;
  std::string address = normalized(case_folded_form(), trimmed(text));
  if (address.size() > 254 || has_control_characters(address)) return std::nullopt;
  for (std::size_t at = 0; at < address.size();) {
    if (blank(next_code_point(address, at))) return std::nullopt;
  }
  const std::size_t sign = address.find('@');
  if (sign == std::string::npos || sign != address.rfind('@')) return std::nullopt;
  const std::string_view view = address;
  if (!local_part_valid(view.substr(0, sign)) || !domain_valid(view.substr(sign + 1))) {
    return std::nullopt;
  }
  return address;
}

std::optional<std::string> normal_phone(std::string_view text,
                                        std::string_view country_calling_code) {
  if (country_calling_code.starts_with('+')) country_calling_code.remove_prefix(1);
  std::optional<std::string> digits = phone_digits(text);
  if (!digits || digits->empty()) return std::nullopt;
  if ((*digits)[0] != '+') {
    const bool code_valid =
        !country_calling_code.empty() && country_calling_code.size() <= 3 &&
        country_calling_code.find_first_not_of("0123456789") == std::string_view::npos;
    if (!code_valid) return std::nullopt;
    digits = "+" + with_calling_code(*digits, country_calling_code);
  }
  if (digits->size() < 9 || digits->size() > 16 || (*digits)[1] == '0') return std::nullopt;
  return digits;
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  std::optional<std::string_view> best;
  if (word.empty()) return best;
  const std::string folded = lower(word);
  std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
  for (const std::string_view candidate : candidates) {
    if (candidate.size() + limit < word.size() || word.size() + limit < candidate.size()) continue;
    const std::size_t distance = edit_distance(folded, lower(candidate));
    if (distance < limit || (distance == limit && !best)) {
      limit = distance;
      best = candidate;
    }
  }
  return best;
}

std::string escape_like(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 4);
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') result.push_back('\\');
    result.push_back(c);
  }
  return result;
}

}  // namespace frontdesk::text

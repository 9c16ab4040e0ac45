#include "pricing/coupon_codes.hpp"

#include "base/text.hpp"
#include "pricing/coupons.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::pricing {
namespace {

// Without 0 and O, 1, I and L.
constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::size_t letters_of_unique = 10;
constexpr std::int64_t made_at_once = 1'000;

struct Twin {
  std::string_view letter;
  char looks_like;
};
// Folded letters, and what they can be taken for; capitals count, since codes are printed in them.
constexpr Twin twins[] = {
    {"o", '0'}, {"i", '1'}, {"l", '1'}, {"о", '0'}, {"і", '1'}, {"а", 'a'}, {"в", 'b'}, {"е", 'e'},
    {"к", 'k'}, {"м", 'm'}, {"н", 'h'}, {"р", 'p'}, {"с", 'c'}, {"т", 't'}, {"у", 'y'}, {"х", 'x'},
};

std::size_t letter_size(unsigned char first) {
  if (first < 0x80) return 1;
  return first < 0xE0 ? 2 : 3;
}

bool is_code_letter(std::string_view letter) {
  const auto first = static_cast<unsigned char>(letter[0]);
  if (letter.size() == 1) return (first >= '0' && first <= '9') || (first >= 'a' && first <= 'z');
  return letter.size() == 2 && (first == 0xD0 || first == 0xD1 || first == 0xD2);  // Cyrillic
}

}  // namespace

std::string code_folded(std::string_view code) {
  const std::string folded = text::fold(code);
  std::string kept;
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t size = letter_size(static_cast<unsigned char>(folded[i]));
    const std::string_view letter = std::string_view(folded).substr(i, size);
    i += size;
    if (letter == " " || letter == "-" || letter == "_") continue;
    if (!is_code_letter(letter)) return {};
    kept += letter;
  }
  return kept;
}

std::string code_key(std::string_view code) {
  const std::string folded = code_folded(code);
  std::string key;
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t size = letter_size(static_cast<unsigned char>(folded[i]));
    const std::string_view letter = std::string_view(folded).substr(i, size);
    i += size;
    const auto* twin = std::find_if(std::begin(twins), std::end(twins),
                                    [&](const Twin& each) { return each.letter == letter; });
    if (twin == std::end(twins)) {
      key += letter;
    } else {
      key += twin->looks_like;
    }
  }
  return key;
}

std::vector<std::string> random_codes(Transaction& transaction, std::size_t letters,
                                      std::size_t count) {
  std::vector<std::string> codes;
  codes.reserve(count);
  std::string code;
  while (codes.size() < count) {
    const std::string bytes =
        crypto::random_bytes(transaction.random(), letters * (count - codes.size()) + 8);
    for (char byte : bytes) {
      const auto index = static_cast<std::size_t>(static_cast<unsigned char>(byte) & 31U);
      if (index >= alphabet.size()) continue;  // 31 letters: one value in 32 is drawn anew
      code += alphabet[index];
      if (code.size() < letters) continue;
      codes.push_back(std::move(code));
      code.clear();
      if (codes.size() == count) break;
    }
  }
  return codes;
}

std::string random_code(Transaction& transaction, std::size_t letters) {
  return random_codes(transaction, letters, 1).front();
}

StoredCode stored_code(Transaction& transaction, std::string_view code, std::string_view field) {
  StoredCode stored{.key = code_key(code)};
  storage::Cursor row = transaction.query(
      "SELECT coupon, is_unique, used FROM coupon_codes WHERE code_key = $1", stored.key);
  if (!row.next()) storage::missing("coupon", field);
  stored.coupon = CouponId{row.integer(0)};
  stored.is_unique = row.integer(1) != 0;
  stored.is_used = row.integer(2) != 0;
  return stored;
}

// --- many at once ---

namespace {

std::string ascii_lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

/// Enters up to `count` new codes; fewer where one was drawn that is there already.
std::int64_t enter_codes(Transaction& transaction, CouponId coupon, const std::string& prefix,
                         std::int64_t count) {
  std::vector<std::string> codes =
      random_codes(transaction, letters_of_unique, static_cast<std::size_t>(count));
  std::sort(codes.begin(), codes.end());  // neighbours of the key go to the same pages
  const std::string prefix_key = code_key(prefix);
  std::int64_t entered = 0;
  for (const std::string& code : codes) {
    entered += transaction.execute(
        "INSERT INTO coupon_codes (code_key, coupon, code, is_unique, used)"
        " VALUES ($1, $2, $3, 1, 0) ON CONFLICT DO NOTHING",
        prefix_key + ascii_lower(code), coupon, prefix + "-" + code);
  }
  return entered;
}

}  // namespace

bool step(Transaction& transaction, const MakeCouponCodes& request, MakeCouponCodes::State& state,
          CodesMade& result) {
  const Coupon coupon = reachable_coupon(transaction, request.coupon, std::nullopt);
  if (coupon.code) throw Error(Code::conflict, "coupon_has_code", "coupon");
  const std::string prefix = text::tidy(request.prefix);
  if (code_key(prefix).empty()) throw Error(Code::invalid, "coupon_code_malformed", "prefix");
  do {
    const std::int64_t wanted = std::min(made_at_once, request.count - state.made);
    state.made += enter_codes(transaction, coupon.id, prefix, wanted);
  } while (state.made < request.count && !transaction.step_is_long());
  result.made = state.made;
  transaction.concern(coupon.centre);
  transaction.report(state.made, request.count);
  return state.made >= request.count;
}

static constexpr Refusal make_refusals[] = {
    {Code::not_found, "coupon_not_found", "no such coupon, or not within reach"},
    {Code::conflict, "coupon_has_code", "it has one code, which all use"},
    {Code::invalid, "coupon_code_malformed", "the prefix is not of letters and digits"},
};

constinit const Operation MakeCouponCodes::operation = storage::define_job<MakeCouponCodes>({
    .number = 844,
    .name = "pricing.make_coupon_codes",
    .kind = OperationKind::job,
    .doc = "Makes many codes for a coupon, each for one use.",
    .rule = {.permission = "pricing.coupons"},
    .refusals = make_refusals,
    .example = R"({"coupon": 1, "count": 1000, "prefix": "SPRING"})",
});

Page<CouponCode> handle(Transaction& transaction, const CouponCodes& request) {
  const Coupon coupon = reachable_coupon(transaction, request.coupon, std::nullopt);
  storage::List list("coupon_codes");
  list.where("coupon = $", coupon.id);
  if (request.used) list.where("used = $", *request.used);
  list.order({{"code_key"}});
  return list.page<CouponCode>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "coupon_not_found", "no such coupon, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation CouponCodes::operation = storage::define<CouponCodes>({
    .number = 845,
    .name = "pricing.coupon_codes",
    .kind = OperationKind::read,
    .doc = "Lists the codes of a coupon.",
    .rule = {.permission = "pricing.coupons"},
    .refusals = list_refusals,
    .example = R"({"coupon": 1, "used": false})",
});

}  // namespace frontdesk::pricing

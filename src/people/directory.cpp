#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "people/centre_sight.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>

namespace frontdesk::people {
namespace {

using storage::List;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = std::min(text.find_first_of(" \t\r\n", start), text.size());
    if (end > start) words.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

/// The digits of a word that is part of a phone, or empty.
std::string digits_of(std::string_view word) {
  std::string digits;
  for (char c : word) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view("+()-./").find(c) == std::string_view::npos) {
      return {};
    }
  }
  return digits;
}

std::string containing(std::string_view part) { return "%" + text::escape_like(part) + "%"; }

void search_phone(List& list, const std::string& digits) {
  if (digits.size() > 3 && digits[0] == '0') {
    // The leading 0 of a national number is no part of the international one that is kept.
    list.where("search LIKE $ OR search LIKE $", containing(digits),
               containing(std::string_view(digits).substr(1)));
  } else {
    list.where("search LIKE $", containing(digits));
  }
}

/// Every word must be part of a name, of the address or of the phone; words of digits that follow
/// one another are one part of a phone (SPEC P7).
void search(List& list, std::string_view query) {
  std::string phone;
  for (const std::string& word : words_of(text::fold(text::tidy(query)))) {
    std::string digits = digits_of(word);
    phone += digits;
    if (!digits.empty()) continue;
    if (!phone.empty()) search_phone(list, phone);
    phone.clear();
    list.where("search LIKE $ ESCAPE '\\'", containing(word));
  }
  if (!phone.empty()) search_phone(list, phone);
}

/// The latest day of birth of somebody who is at least `years` old on `day`.
std::int64_t born_by(Date day, std::int64_t years) {
  Date birth{day.year() - std::chrono::years{years}, day.month(), day.day()};
  if (!birth.ok()) birth = birth.year() / birth.month() / std::chrono::last;
  return std::chrono::sys_days{birth}.time_since_epoch().count();
}

void narrow_by_age(List& list, Transaction& transaction, const Clients& request) {
  Date day = request.on.value_or(today(transaction));
  if (request.age_least) list.where("birth_date <= $", born_by(day, *request.age_least));
  if (request.age_most) list.where("birth_date > $", born_by(day, *request.age_most + 1));
}

/// Tags are seen by whoever may see the centre's notes, and so is who carries them (SPEC P8).
void narrow_by_tag(List& list, Transaction& transaction, const Clients& request) {
  storage::Reach sight = centre_sight(transaction, access::reach_of(transaction, "people.note"));
  if (!sight.any && sight.centres.empty()) return list.where("1 = 0");
  std::string condition =
      "EXISTS (SELECT 1 FROM client_tags AS t"
      " WHERE t.client = clients.id AND t.tag_folded = $";
  if (request.centre) condition += " AND t.centre = " + std::to_string(request.centre.value);
  if (!sight.any) {
    std::string centres;
    for (CentreId centre : sight.centres) {
      centres += (centres.empty() ? "" : ", ") + std::to_string(centre.value);
    }
    condition += " AND t.centre IN (" + centres + ")";
  }
  list.where(condition + ")", text::fold(text::tidy(*request.tag)));
}

void narrow(List& list, Transaction& transaction, const Clients& request) {
  list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  access::narrow_to_reach(list, transaction, {.client = "clients.id"});
  if (request.search) search(list, *request.search);
  if (request.centre) {
    list.where(
        "EXISTS (SELECT 1 FROM client_centres AS b"
        " WHERE b.client = clients.id AND b.centre = $)",
        request.centre);
  }
  if (request.trainer) {
    list.where(
        "EXISTS (SELECT 1 FROM assignments AS a"
        " WHERE a.client = clients.id AND a.account = $)",
        request.trainer);
  }
  if (request.city) list.where("city_folded = $", text::fold(text::tidy(*request.city)));
  if (request.tag) narrow_by_tag(list, transaction, request);
  if (request.sex) list.where("sex = $", *request.sex);
  narrow_by_age(list, transaction, request);
  if (request.has_account) {
    std::string_view account = "EXISTS (SELECT 1 FROM accounts WHERE accounts.client = clients.id)";
    list.where(*request.has_account ? std::string(account) : "NOT " + std::string(account));
  }
  if (request.external_ref) list.where("external_ref = $", *request.external_ref);
}

}  // namespace

Page<Client> handle(Transaction& transaction, const Clients& request) {
  if (request.centre && !transaction.reach().covers(request.centre)) {
    storage::missing("centre", "centre");
  }
  List list("clients");
  narrow(list, transaction, request);
  if (request.order == ClientOrder::newest) {
    list.order({{"registered_at", true}, {"id", true}});
  } else {
    list.order({{"sort_key"}, {"id"}});
  }
  return list.page<Client>(transaction, request.cursor, request.limit);
}

static constexpr Refusal clients_refusals[] = {
    {Code::not_found, "centre_not_found", "the centre is not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor is of a list with other filters"},
};

constinit const Operation Clients::operation = storage::define<Clients>({
    .number = 204,
    .name = "people.clients",
    .kind = OperationKind::read,
    .doc = "Lists and searches clients, as far as the caller's permission reaches.",
    .rule = {.permission = "people.view"},
    .refusals = clients_refusals,
    .example = R"({"search": "ковал 067", "age_least": 4, "age_most": 7, "limit": 20})",
});

}  // namespace frontdesk::people

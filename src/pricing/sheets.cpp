#include "pricing/sheets.hpp"

#include "base/zones.hpp"
#include "describe/json.hpp"
#include "storage/rows.hpp"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <unordered_map>

namespace frontdesk::pricing {
namespace {

using schedule::Session;

constexpr std::size_t sheets_max = 4'096;
constexpr std::int64_t minutes_a_day = 1'440;

/// What of a session its sheet depends on: a sheet made from a row that was rolled back must not
/// serve the row that came instead.
struct SessionFacts {
  ActivityId activity{};
  SeriesId series{};
  CentreId centre{};
  std::optional<Money> price{};
  std::optional<Money> price_of_series{};
  LocalTime local_start{};
  Instant starts{};

  bool operator==(const SessionFacts&) const = default;
};

SessionFacts facts_of(Transaction& transaction, const Session& session) {
  SessionFacts facts{.activity = session.activity,
                     .series = session.series,
                     .centre = session.centre,
                     .price = session.price,
                     .price_of_series = {},
                     .local_start = session.local_start,
                     .starts = session.starts};
  if (session.price && session.series) {
    storage::Cursor row =
        transaction.query("SELECT price FROM series WHERE id = $1", session.series);
    if (row.next() && !row.null(0)) {
      Money price;
      describe::decode_stored(type_of<Money>(), row.text(0), &price);
      facts.price_of_series = price;
    }
  }
  return facts;
}

struct KnownSheet {
  SessionFacts facts{};
  std::shared_ptr<const Sheet> sheet{};
};

/// Everything here belongs to one version of Topic::catalog.
struct Sheets {
  std::mutex mutex{};
  std::int64_t version = -1;
  std::unordered_map<std::int64_t, KnownSheet> sessions{};
  std::unordered_map<std::int64_t, std::shared_ptr<const CentreSheet>> centres{};

  void follow(std::int64_t now) {
    if (version == now) return;
    sessions.clear();
    centres.clear();
    version = now;
  }
};

std::shared_ptr<const CentreSheet> read_centre(Transaction& transaction, CentreId id) {
  auto sheet = std::make_shared<CentreSheet>();
  auto centre = storage::find<catalog::Centre>(transaction, "centres WHERE id = $1", id);
  if (!centre) storage::missing("centre", "centre");
  sheet->zone = centre->zone;
  sheet->currency = Currency(centre->currency);
  sheet->ticket_types = storage::all<catalog::TicketType>(
      transaction, "ticket_types WHERE centre = $1 OR centre IS NULL ORDER BY id", id);
  sheet->rules = storage::all<PriceRule>(
      transaction, "price_rules WHERE centre = $1 AND ended_at IS NULL ORDER BY kind, priority, id",
      id);
  sheet->fees = storage::all<Fee>(
      transaction, "fees WHERE centre = $1 AND ended_at IS NULL ORDER BY per, id", id);
  sheet->taxes = storage::all<TaxRate>(
      transaction, "tax_rates WHERE centre = $1 ORDER BY taxed IS NULL, first_date DESC, id", id);
  sheet->promotions = storage::all<Promotion>(
      transaction,
      "promotions WHERE ended_at IS NULL AND (centre = $1 OR centre IS NULL) ORDER BY id", id);
  sheet->tiers = storage::all<Tier>(transaction, "tiers WHERE ended_at IS NULL ORDER BY level");
  return sheet;
}

/// Rules and fees may be for one activity, series or session.
template <class T>
bool is_for(const T& record, const Session& session) {
  return (!record.activity || record.activity == session.activity) &&
         (!record.series || record.series == session.series) &&
         (!record.session || record.session == session.id);
}

bool has_minute(const PriceRule& rule, std::chrono::local_days day, std::int64_t minute) {
  if (rule.from_minute && minute < *rule.from_minute) return false;
  if (rule.to_minute && minute >= *rule.to_minute) return false;
  const Date date{day};
  if (rule.first_date && date < *rule.first_date) return false;
  if (rule.last_date && date > *rule.last_date) return false;
  const std::int64_t weekday = std::chrono::weekday{day}.iso_encoding();
  return rule.weekdays.empty() ||
         std::find(rule.weekdays.begin(), rule.weekdays.end(), weekday) != rule.weekdays.end();
}

/// Whether the rule's days and hours have a session that starts then. Hours beyond midnight belong
/// to the day before.
bool has_start(const PriceRule& rule, LocalTime start) {
  const auto day = std::chrono::floor<std::chrono::days>(start);
  const std::int64_t minute = std::chrono::floor<std::chrono::minutes>(start - day).count();
  if (has_minute(rule, day, minute)) return true;
  return rule.to_minute && *rule.to_minute > minutes_a_day &&
         has_minute(rule, day - std::chrono::days{1}, minute + minutes_a_day);
}

SheetRule for_session(const PriceRule& rule, const CentreSheet& centre, const Session& session) {
  SheetRule ready{.id = rule.id,
                  .kind = rule.kind,
                  .name = rule.name,
                  .ticket_type = rule.ticket_type,
                  .seat_category = rule.seat_category.value_or(""),
                  .channel = rule.channel,
                  .bought_before = {},
                  .bought_from = {},
                  .quantity = rule.quantity,
                  .basis_points = rule.basis_points,
                  .amount = rule.amount.value_or(Money{0, centre.currency})};
  if (rule.buy_until) {
    const std::chrono::local_days day_after{
        std::chrono::sys_days{*rule.buy_until}.time_since_epoch() + std::chrono::days{1}};
    ready.bought_before = zones::to_instant(LocalTime{day_after}, centre.zone);
  }
  if (rule.minutes_before) {
    ready.bought_from = session.starts - std::chrono::minutes{*rule.minutes_before};
  }
  return ready;
}

std::vector<Price> prices_of(Transaction& transaction, std::string_view tail, std::int64_t owner) {
  return storage::all<Price>(transaction, tail, owner);
}

/// Adds the prices of one level, the most exact first: ticket type before seat category.
void add_level(Sheet& sheet, std::vector<Price> prices, const std::optional<Money>& plain) {
  auto exactness = [](const Price& price) {
    return (price.ticket_type ? 2 : 0) + (price.seat_category ? 1 : 0);
  };
  std::stable_sort(prices.begin(), prices.end(),
                   [&](const Price& a, const Price& b) { return exactness(a) > exactness(b); });
  for (const Price& price : prices) {
    sheet.prices.push_back({price.ticket_type, price.seat_category.value_or(""), price.amount});
  }
  if (plain) sheet.prices.push_back({{}, {}, *plain});
}

void add_prices(Transaction& transaction, Sheet& sheet, const Session& session,
                const SessionFacts& facts) {
  // Sessions take over the plain price of their series; only another one is their own.
  const bool is_inherited = facts.price && facts.price == facts.price_of_series;
  const std::optional<Money> none;
  add_level(sheet,
            prices_of(transaction, "prices WHERE session = $1 AND ended_at IS NULL ORDER BY id",
                      session.id.value),
            is_inherited ? none : facts.price);
  if (session.series) {
    add_level(sheet,
              prices_of(transaction, "prices WHERE series = $1 AND ended_at IS NULL ORDER BY id",
                        session.series.value),
              is_inherited ? facts.price : none);
  }
  add_level(sheet,
            prices_of(transaction, "prices WHERE activity = $1 AND ended_at IS NULL ORDER BY id",
                      session.activity.value),
            none);
}

/// Categories of the activity and all above them, the nearest first, of equally near ones the main
/// one. No way up is longer than there are categories.
std::vector<CategoryId> categories_of(Transaction& transaction, ActivityId activity) {
  std::vector<CategoryId> categories;
  storage::Cursor rows = transaction.query(
      "WITH RECURSIVE above (category, distance, position) AS"
      " (SELECT json_each.value, 0, json_each.key FROM activities, json_each(activities.categories)"
      " WHERE activities.id = $1 UNION ALL"
      " SELECT categories.parent, above.distance + 1, above.position FROM above"
      " JOIN categories ON categories.id = above.category WHERE categories.parent IS NOT NULL"
      " AND above.distance < (SELECT count(*) FROM categories))"
      " SELECT category FROM above ORDER BY distance, position",
      activity);
  while (rows.next()) categories.push_back(rows.id<CategoryTag>(0));
  return categories;
}

/// The rates that may hold for the activity: its own, those of its categories, those for all; of
/// each first the ones for one kind of line.
std::vector<TaxRate> taxes_for(const CentreSheet& centre, ActivityId activity,
                               const std::vector<CategoryId>& categories) {
  std::vector<TaxRate> taxes;
  auto add = [&](auto is_meant) {
    std::copy_if(centre.taxes.begin(), centre.taxes.end(), std::back_inserter(taxes), is_meant);
  };
  add([&](const TaxRate& rate) { return rate.activity && rate.activity == activity; });
  for (CategoryId category : categories) {
    add([&](const TaxRate& rate) { return rate.category == category; });
  }
  add([](const TaxRate& rate) { return !rate.activity && !rate.category; });
  return taxes;
}

template <class T>
bool has(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool is_for(const Promotion& promotion, const Session& session, const Sheet& sheet) {
  if (!promotion.activities.empty() && !has(promotion.activities, session.activity)) return false;
  const bool is_of_category =
      promotion.categories.empty() ||
      std::any_of(sheet.categories.begin(), sheet.categories.end(),
                  [&](CategoryId category) { return has(promotion.categories, category); });
  if (!is_of_category) return false;
  if (promotion.amount && !(promotion.amount->currency == sheet.centre->currency)) return false;
  const auto day = std::chrono::floor<std::chrono::days>(session.local_start);
  const std::int64_t minute =
      std::chrono::floor<std::chrono::minutes>(session.local_start - day).count();
  if (minute < promotion.from_minute.value_or(0)) return false;
  if (promotion.to_minute && minute >= *promotion.to_minute) return false;
  const std::int64_t weekday = std::chrono::weekday{day}.iso_encoding();
  return promotion.weekdays.empty() || has(promotion.weekdays, weekday);
}

SheetPromotion for_sheet(const Promotion& promotion) {
  const std::int64_t pay = promotion.pay.value_or(0);
  if (promotion.buy && (pay < 0 || pay >= *promotion.buy)) {
    throw Error(Code::storage, "file_damaged");  // more would be free than is bought
  }
  return {.id = promotion.id,
          .name = promotion.name,
          .ticket_types = promotion.ticket_types,
          .valid_from = promotion.valid_from,
          .valid_to = promotion.valid_to,
          .first_booking = promotion.first_booking,
          .child_from = promotion.child_from.value_or(0),
          .tickets_from = promotion.tickets_from.value_or(0),
          .basis_points = promotion.basis_points.value_or(0),
          .amount = promotion.amount ? promotion.amount->minor : 0,
          .buy = promotion.buy.value_or(0),
          .pay = pay,
          .exclusive = promotion.exclusive};
}

std::shared_ptr<const Sheet> read_sheet(Transaction& transaction, const Session& session,
                                        const SessionFacts& facts,
                                        std::shared_ptr<const CentreSheet> centre) {
  auto sheet = std::make_shared<Sheet>();
  sheet->centre = std::move(centre);
  {
    storage::Cursor row =
        transaction.query("SELECT name FROM activities WHERE id = $1", session.activity);
    if (row.next()) sheet->activity_name = row.text(0);
  }
  sheet->categories = categories_of(transaction, session.activity);
  add_prices(transaction, *sheet, session, facts);
  // What clocks show at its instant: in the hour that they skip there is no local time of its own.
  const LocalTime start = zones::to_local(session.starts, sheet->centre->zone);
  for (const PriceRule& rule : sheet->centre->rules) {
    if (!is_for(rule, session) || !has_start(rule, start)) continue;
    sheet->rules.push_back(for_session(rule, *sheet->centre, session));
  }
  for (const Fee& fee : sheet->centre->fees) {
    if (is_for(fee, session)) sheet->fees.push_back(fee);
  }
  sheet->taxes = taxes_for(*sheet->centre, session.activity, sheet->categories);
  for (const Promotion& promotion : sheet->centre->promotions) {
    if (is_for(promotion, session, *sheet)) sheet->promotions.push_back(for_sheet(promotion));
  }
  return sheet;
}

}  // namespace

std::shared_ptr<const CentreSheet> centre_sheet_of(Transaction& transaction, CentreId centre) {
  if (transaction.touched(storage::Topic::catalog)) return read_centre(transaction, centre);
  const std::int64_t version = transaction.version_of(storage::Topic::catalog);
  Sheets& sheets = transaction.shared<Sheets>();
  {
    std::lock_guard guard(sheets.mutex);
    sheets.follow(version);
    auto known = sheets.centres.find(centre.value);
    if (known != sheets.centres.end()) return known->second;
  }
  auto sheet = read_centre(transaction, centre);
  std::lock_guard guard(sheets.mutex);
  sheets.follow(version);
  sheets.centres[centre.value] = sheet;
  return sheet;
}

std::shared_ptr<const Sheet> sheet_of(Transaction& transaction, const Session& session) {
  const SessionFacts facts = facts_of(transaction, session);
  if (transaction.touched(storage::Topic::catalog)) {
    return read_sheet(transaction, session, facts, read_centre(transaction, session.centre));
  }
  const std::int64_t version = transaction.version_of(storage::Topic::catalog);
  Sheets& sheets = transaction.shared<Sheets>();
  {
    std::lock_guard guard(sheets.mutex);
    sheets.follow(version);
    auto known = sheets.sessions.find(session.id.value);
    if (known != sheets.sessions.end() && known->second.facts == facts) return known->second.sheet;
  }
  auto sheet =
      read_sheet(transaction, session, facts, centre_sheet_of(transaction, session.centre));
  std::lock_guard guard(sheets.mutex);
  sheets.follow(version);
  if (sheets.sessions.size() >= sheets_max) sheets.sessions.clear();
  sheets.sessions[session.id.value] = {facts, sheet};
  return sheet;
}

const TaxRate* tax_on(std::span<const TaxRate> most_exact_first, Taxed taxed, Date day) {
  for (const TaxRate& rate : most_exact_first) {
    if (rate.taxed && *rate.taxed != taxed) continue;
    if (rate.first_date <= day && (!rate.last_date || day <= *rate.last_date)) return &rate;
  }
  return nullptr;
}

}  // namespace frontdesk::pricing

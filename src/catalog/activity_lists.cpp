#include "base/text.hpp"
#include "base/zones.hpp"
#include "catalog/activities.hpp"
#include "catalog/categories.hpp"
#include "catalog/facts.hpp"
#include "catalog/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

// --- one ---

Activity handle(Transaction& transaction, const GetActivity& request) {
  Activity activity = stored_activity(transaction, request.activity);
  if (!is_public(transaction, activity) &&
      !managed(transaction).covers(activity.centre, activity.section)) {
    storage::missing("activity", "activity");
  }
  return activity;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "activity_not_found", "no such activity, or not shown to the caller"},
};

constinit const Operation GetActivity::operation = storage::define<GetActivity>({
    .number = 342,
    .name = "catalog.get_activity",
    .kind = OperationKind::read,
    .doc = "One activity.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"activity": 1})",
});

// --- all ---

namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::size_t start = 0;
  while (start < text.size()) {
    std::size_t end = std::min(text.find_first_of(" \t\r\n", start), text.size());
    if (end > start) words.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

/// Every word must occur somewhere.
void narrow_to_words(storage::List& list, const std::string& phrase) {
  for (const std::string& word : words_of(phrase)) {
    const std::string part = "%" + text::escape_like(word) + "%";
    list.where("search LIKE $ ESCAPE '\\'", part);
  }
}

/// An expression that is the lower the better a name matches: the very name, its beginning, the
/// beginning of a word of it, all words in it, and then what only the rest tells of.
std::string rank_of(storage::List& list, const std::string& phrase) {
  const std::string escaped = text::escape_like(phrase);
  const std::string like = "name_folded LIKE ";
  const std::string escape = " ESCAPE '\\'";
  std::string all_words;
  for (const std::string& word : words_of(phrase)) {
    all_words += (all_words.empty() ? "" : " AND ") + like +
                 list.argument("%" + text::escape_like(word) + "%") + escape;
  }
  const std::string beginning = list.argument(escaped + "%");
  const std::string within = list.argument("% " + escaped + "%");
  return "CASE WHEN name_folded = " + list.argument(phrase) + " THEN 0 WHEN " + like + beginning +
         escape + " THEN 1 WHEN " + like + within + escape + " THEN 2 WHEN " + all_words +
         " THEN 3 ELSE 4 END";
}

void narrow_to_age(storage::List& list, Transaction& transaction, const Activities& request) {
  std::optional<std::int64_t> age = request.age;
  if (request.birth_date) {
    if (age) throw Error(Code::invalid, "age_or_birth_date", "birth_date");
    const Date today{std::chrono::floor<std::chrono::days>(transaction.now())};
    const Date on = request.date.value_or(today);
    if (*request.birth_date > on) {
      throw Error(Code::invalid, "birth_date_in_future", "birth_date");
    }
    age = zones::age(*request.birth_date, on);
  }
  if (!age) return;
  list.where("COALESCE(min_age, 0) <= $ AND (max_age IS NULL OR max_age >= $)", *age, *age);
}

/// What the area above that plans sessions knows of dates and free places. Without one there are no
/// sessions, so none fits.
void narrow_to_sessions(storage::List& list, Transaction& transaction, const Activities& request) {
  if (!request.date && !request.free_places) return;
  bool is_narrowed = false;
  for (const storage::Narrowing& narrowing : transaction.hooks().narrowings) {
    if (narrowing.list != Activities::operation.name) continue;
    narrowing.narrow(transaction, list, &request);
    is_narrowed = true;
  }
  if (!is_narrowed) list.where("0");
}

void narrow_to_place(storage::List& list, const Activities& request) {
  if (request.category) {
    list.where("id IN (SELECT activity FROM activity_categories WHERE category IN (" +
                   std::string(category_and_below) + "))",
               request.category);
  }
  if (request.centre) list.where("centre = $", request.centre);
  if (request.section) list.where("section = $", request.section);
  if (request.city) {
    list.where("centre IN (SELECT centres.id FROM centres WHERE centres.city_folded = $)",
               text::fold(text::tidy(*request.city)));
  }
}

void narrow_to_facts(storage::List& list, const Activities& request) {
  if (request.kind) list.where("kind = $", *request.kind);
  if (request.age_group) list.where("age_group = $", request.age_group);
  if (request.trainer) {
    list.where("id IN (SELECT activity FROM activity_trainers WHERE account = $)", request.trainer);
  }
  if (request.active) list.where("active = $", *request.active);
  if (request.external_ref) list.where("external_ref = $", *request.external_ref);
}

}  // namespace

Page<Activity> handle(Transaction& transaction, const Activities& request) {
  storage::List list("activities");
  show_public_or_managed(list, transaction,
                         "(active = 1 AND archived_at IS NULL AND centre IN"
                         " (SELECT centres.id FROM centres"
                         " WHERE centres.active = 1 AND centres.archived_at IS NULL))",
                         "centre", "section");
  show_archived(list, request.archived);
  narrow_to_place(list, request);
  narrow_to_facts(list, request);
  narrow_to_age(list, transaction, request);
  narrow_to_sessions(list, transaction, request);
  const std::string phrase = text::fold(text::tidy(request.search.value_or("")));
  narrow_to_words(list, phrase);
  std::string rank;
  switch (request.order) {
    case ActivityOrder::best:
      if (!phrase.empty()) rank = rank_of(list, phrase);
      if (rank.empty()) {
        list.order({{"sort_key"}, {"id"}});
      } else {
        list.order({{rank}, {"sort_key"}, {"id"}});
      }
      break;
    case ActivityOrder::name:
      list.order({{"sort_key"}, {"id"}});
      break;
    case ActivityOrder::newest:
      list.order({{"id", true}});
      break;
    case ActivityOrder::release:  // days since 1970; those without come last
      list.order({{"COALESCE(release_date, -10000000)", true}, {"sort_key"}, {"id"}});
      break;
    case ActivityOrder::rating:
      list.order({{"COALESCE(average_review, 0)", true}, {"sort_key"}, {"id"}});
      break;
  }
  return list.page<Activity>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "age_or_birth_date", "an age and a date of birth are given"},
    {Code::invalid, "birth_date_in_future", "the date of birth is after the day asked for"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Activities::operation = storage::define<Activities>({
    .number = 343,
    .name = "catalog.activities",
    .kind = OperationKind::read,
    .doc = "Finds activities by text, category, place, age, date and free places.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"search": "swim", "city": "Kyiv", "age": 6, "order": "best"})",
});

}  // namespace frontdesk::catalog

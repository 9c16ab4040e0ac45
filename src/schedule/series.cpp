#include "access/authorization.hpp"
#include "base/zones.hpp"
#include "schedule/expansion.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

/// The canonical rule, or what is wrong with it.
std::optional<std::string> canonical(const std::optional<std::string>& rule) {
  if (!rule) return std::nullopt;
  try {
    return recurrence::print(recurrence::parse(*rule));
  } catch (const Error& error) {
    throw Error(error.code(), error.reason(), "rule", error.details());
  }
}

void sort_once(std::vector<LocalTime>& times) {
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
}

Duration duration_or(Duration asked, Duration standard) {
  return asked.count() > 0 ? asked : standard;
}

/// A rule that never comes true, or only came true in the past, is a slip of whoever wrote it.
void check_occurs(Transaction& transaction, const Series& series) {
  recurrence::Occurrences to_come =
      recurrence::Recurrence(pattern_of(series)).from(transaction.now());
  if (to_come.begin() != to_come.end()) return;
  throw Error(Code::invalid, "series_without_sessions", "rule");
}

void enter_series(Transaction& transaction, Series& series) {
  series.version = 1;
  series.created_at = transaction.now();
  series.scheduled_until = series.start;
  storage::insert(transaction, "series", series);
  transaction.concern(series.centre);
}

template <class T>
void apply_details(const UpdateSeries& request, T& target) {
  request.capacity.apply(target.capacity);
  request.price.apply(target.price);
  request.minimum.apply(target.minimum);
  request.minimum_before.apply(target.minimum_before);
  request.colour.apply(target.colour);
}

}  // namespace

// --- create ---

Scheduled handle(Transaction& transaction, const CreateSeries& request) {
  Plan plan = plan_of(request);
  const Defaults defaults = check_plan(transaction, plan, "");
  if (request.on_clash == OnClash::schedule) check_override(transaction, plan.centre);
  check_external_ref(transaction, request.external_ref, "series", 0);
  Series series;
  take_plan(series, plan);
  series.start = request.start;
  series.duration = duration_or(request.duration, defaults.duration);
  series.zone = defaults.zone;
  series.rule = canonical(request.rule);
  series.added = request.added;
  series.removed = request.removed;
  sort_once(series.added);
  sort_once(series.removed);
  series.horizon_weeks = request.horizon_weeks;
  series.external_ref = request.external_ref;
  check_occurs(transaction, series);
  enter_series(transaction, series);

  Expansion expansion{.on_clash = request.on_clash};
  extend(transaction, series, expansion);
  refuse(expansion.refused, false);
  return {series, std::move(expansion.sessions), std::move(expansion.skipped)};
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::not_found, "activity_not_found", "the centre has no such activity"},
    {Code::conflict, "activity_archived", "the activity is archived"},
    {Code::not_found, "room_not_found", "the centre has no such room"},
    {Code::conflict, "room_archived", "the room is archived"},
    {Code::conflict, "capacity_over_room", "more places than the room has"},
    {Code::invalid, "trainer_twice", "a trainer is named twice"},
    {Code::not_found, "account_not_found", "no such account for a trainer"},
    {Code::conflict, "trainer_not_eligible", "the activity names others who may lead it"},
    {Code::invalid, "group_needed", "for a group, but none is named"},
    {Code::invalid, "group_not_for_kind", "a group is named, but it is not for one"},
    {Code::invalid, "client_needed", "for a client, but none is named"},
    {Code::invalid, "client_not_for_kind", "a client is named, but it is not for one"},
    {Code::not_found, "group_not_found", "the centre has no such group"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "price_negative", "the price is below zero"},
    {Code::invalid, "currency_differs", "the price is not in the centre's currency"},
    {Code::invalid, "minimum_over_capacity", "the minimum is more than the places"},
    {Code::denied, "permission_denied", "clashes are to be ignored, without schedule.override"},
    {Code::conflict, "external_ref_taken", "another series has the key"},
    {Code::invalid, "rule_empty", "the rule has no parts"},
    {Code::invalid, "rule_too_long", "the rule is too long"},
    {Code::invalid, "rule_part_malformed", "a part is not NAME=VALUE"},
    {Code::invalid, "rule_part_unknown", "there is no such part"},
    {Code::invalid, "rule_part_repeated", "a part is given twice"},
    {Code::invalid, "rule_frequency_missing", "no FREQ"},
    {Code::invalid, "rule_frequency_unknown", "no such FREQ"},
    {Code::invalid, "rule_number_malformed", "a number is none"},
    {Code::invalid, "rule_number_out_of_range", "a number is outside of its range"},
    {Code::invalid, "rule_weekday_unknown", "no such weekday"},
    {Code::invalid, "rule_ordinal_not_allowed", "BYDAY counts days where FREQ does not let it"},
    {Code::invalid, "rule_part_not_allowed", "a part does not go with FREQ"},
    {Code::invalid, "rule_set_position_alone", "BYSETPOS without another BY part"},
    {Code::invalid, "rule_until_malformed", "UNTIL is neither date nor time"},
    {Code::invalid, "rule_count_and_until", "both COUNT and UNTIL"},
    {Code::invalid, "series_without_sessions", "nothing occurs any more, or ever"},
    {Code::invalid, "series_too_dense",
     "more sessions up to the horizon than schedule.sessions_max"},
    {Code::conflict, "trainer_absent", "a trainer is absent on an occurrence"},
    {Code::conflict, "session_clashes", "occurrences clash with other sessions; all are listed"},
};

constinit const Operation CreateSeries::operation = storage::define<CreateSeries>({
    .number = 500,
    .name = "schedule.create_series",
    .kind = OperationKind::write,
    .doc = "Enters a series and its sessions up to the horizon.",
    .rule = {.permission = "schedule.manage"},
    .refusals = create_refusals,
    .example = R"({"activity": 1, "centre": 1, "room": 1, "trainers": [4],
 "start": "2026-09-07T18:00:00", "rule": "FREQ=WEEKLY;BYDAY=MO,WE"})",
});

// --- update ---

Series handle(Transaction& transaction, const UpdateSeries& request) {
  Series series = changeable_series(transaction, request.series, request.version);
  apply_details(request, series);
  request.horizon_weeks.apply(series.horizon_weeks);
  request.external_ref.apply(series.external_ref);
  check_external_ref(transaction, series.external_ref, "series", series.id.value);
  Plan plan = plan_of(series);
  check_plan(transaction, plan, "");
  take_plan(series, plan);
  store_series(transaction, series);
  auto coming = storage::all<Session>(
      transaction,
      "sessions WHERE series = $1 AND starts > $2 AND status = $3 AND changed_by_hand = 0"
      " ORDER BY occurrence",
      series.id, transaction.now(), SessionStatus::scheduled);
  for (Session& session : coming) {
    take_plan(session, plan_of(series));
    change_session(transaction, session, session.starts, false);
  }
  Expansion expansion;
  extend(transaction, series, expansion);
  return series;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "series_not_found", "no such series, or not within reach"},
    {Code::conflict, "version_outdated", "the series was changed since that version"},
    {Code::conflict, "series_ended", "the series has ended"},
    {Code::conflict, "external_ref_taken", "another series has the key"},
    {Code::conflict, "capacity_over_room", "more places than the room has"},
    {Code::invalid, "price_negative", "the price is below zero"},
    {Code::invalid, "currency_differs", "the price is not in the centre's currency"},
    {Code::invalid, "minimum_over_capacity", "the minimum is more than the places"},
    {Code::invalid, "series_too_dense",
     "more sessions up to the horizon than schedule.sessions_max"},
};

constinit const Operation UpdateSeries::operation = storage::define<UpdateSeries>({
    .number = 501,
    .name = "schedule.update_series",
    .kind = OperationKind::write,
    .doc = "Changes what a series is planned with, also of its sessions to come.",
    .rule = {.permission = "schedule.manage"},
    .refusals = update_refusals,
    .example = R"({"series": 1, "capacity": 12})",
});

// --- look ---

SeriesView handle(Transaction& transaction, const GetSeries& request) {
  storage::List list("series");
  show_visible(list, transaction, "series");
  list.where("id = $", request.series);
  list.order({{"id"}});
  auto found = list.page<Series>(transaction, std::nullopt, 1);
  if (found.items.empty()) storage::missing("series", "series");
  SeriesView view{.series = std::move(found.items.front())};
  view.words = recurrence::describe(pattern_of(view.series), transaction.language());
  view.skipped = storage::all<Skipped>(
      transaction, "skipped_occurrences WHERE series = $1 ORDER BY occurrence DESC LIMIT 100",
      request.series);
  return view;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "series_not_found", "no such series, or not within reach"},
};

constinit const Operation GetSeries::operation = storage::define<GetSeries>({
    .number = 502,
    .name = "schedule.get_series",
    .kind = OperationKind::read,
    .doc = "A series, its rule in words, and its occurrences without a session.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"series": 1})",
});

Page<Series> handle(Transaction& transaction, const ListSeries& request) {
  storage::List list("series");
  show_visible(list, transaction, "series");
  list.where(request.ended ? "ended_at IS NOT NULL" : "ended_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  if (request.activity) list.where("activity = $", request.activity);
  if (request.room) list.where("room = $", request.room);
  if (request.trainer) {
    list.where("EXISTS (SELECT 1 FROM json_each(series.trainers) WHERE json_each.value = $)",
               request.trainer);
  }
  if (request.group) list.where("\"group\" = $", request.group);
  if (request.client) list.where("client = $", request.client);
  list.order({{"id", true}});
  return list.page<Series>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation ListSeries::operation = storage::define<ListSeries>({
    .number = 503,
    .name = "schedule.list_series",
    .kind = OperationKind::read,
    .doc = "Lists series, newest first.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::schedule

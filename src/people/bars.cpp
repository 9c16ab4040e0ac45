#include "access/relations.hpp"
#include "base/text.hpp"
#include "people/clients.hpp"
#include "people/rules.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::people {

constinit const storage::EventKind ClientBarred::kind{
    "people.client_barred", "A client may not book at a centre for now.", "people.bar"};
constinit const storage::EventKind BarLifted::kind{"people.bar_lifted",
                                                   "A barred client may book again.", "people.bar"};

std::optional<Bar> active_bar(Transaction& transaction, ClientId client, CentreId centre) {
  // Each booking asks, and hardly anybody is barred; sorting nothing costs more than looking.
  if (!transaction.exists("SELECT 1 FROM client_bars WHERE client = $1 AND centre = $2", client,
                          centre)) {
    return {};
  }
  return storage::find<Bar>(transaction,
                            "client_bars WHERE client = $1 AND centre = $2"
                            "  AND lifted_at IS NULL AND (until IS NULL OR until > $3)"
                            " ORDER BY until IS NULL DESC, until DESC, id DESC LIMIT 1",
                            client, centre, transaction.now());
}

// --- bar ---

Bar handle(Transaction& transaction, const BarClient& request) {
  check_centre_in_use(transaction, request.centre, "centre");
  check_of_centre(transaction, request.client, request.centre);
  if (request.until && *request.until <= transaction.now()) {
    throw Error(Code::invalid, "until_in_past", "until");
  }
  Bar bar;
  bar.version = 1;
  bar.client = request.client;
  bar.centre = request.centre;
  bar.until = request.until;
  bar.reason = text::tidy(request.reason);
  if (bar.reason.empty()) {
    throw Error(Code::invalid, "field_missing", "reason", {{"name", std::string("reason")}});
  }
  bar.author = transaction.principal().account;
  bar.barred_at = transaction.now();
  storage::insert(transaction, "client_bars", bar);
  transaction.concern(request.client);
  transaction.emit(ClientBarred{
      .bar = bar.id, .person = request.client, .centre = bar.centre, .until = bar.until});
  return bar;
}

static constexpr Refusal bar_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::not_found, "client_not_found", "no such client, or none of the centre"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "until_in_past", "the bar would end before it begins"},
    {Code::invalid, "field_missing", "the reason is nothing but white space"},
};

constinit const Operation BarClient::operation = storage::define<BarClient>({
    .number = 235,
    .name = "people.bar_client",
    .kind = OperationKind::write,
    .doc = "Keeps a client from booking at a centre.",
    .rule = {.permission = "people.bar", .subject = Subject::centre, .field = "centre"},
    .refusals = bar_refusals,
    .example = R"({"client": 1, "centre": 1, "until": "2026-12-24T00:00:00Z",
 "reason": "Three no-shows in a row."})",
});

// --- lift ---

Bar handle(Transaction& transaction, const LiftBar& request) {
  auto bar = storage::find<Bar>(transaction, "client_bars WHERE id = $1", request.bar);
  if (!bar || !transaction.reach().covers(bar->centre)) storage::missing("bar", "bar");
  storage::check_version(request.version, bar->version);
  if (bar->lifted_at) throw Error(Code::conflict, "bar_already_lifted", "bar");
  bar->lifted_at = transaction.now();
  ++bar->version;
  storage::update(transaction, "client_bars", *bar);
  transaction.concern(bar->client);
  transaction.emit(BarLifted{.bar = bar->id, .person = bar->client, .centre = bar->centre});
  return *bar;
}

static constexpr Refusal lift_refusals[] = {
    {Code::not_found, "bar_not_found", "no such bar, or not within reach"},
    {Code::conflict, "version_outdated", "the bar was changed since that version"},
    {Code::conflict, "bar_already_lifted", "the bar was lifted already"},
};

constinit const Operation LiftBar::operation = storage::define<LiftBar>({
    .number = 236,
    .name = "people.lift_bar",
    .kind = OperationKind::write,
    .doc = "Lets a barred client book again.",
    .rule = {.permission = "people.bar"},
    .refusals = lift_refusals,
    .example = R"({"bar": 1})",
});

// --- list ---

Page<Bar> handle(Transaction& transaction, const Bars& request) {
  storage::List list("client_bars");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  if (request.client) list.where("client = $", request.client);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.in_force) {
    list.where("lifted_at IS NULL AND (until IS NULL OR until > $)", transaction.now());
  }
  list.order({{"id", true}});
  return list.page<Bar>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor is of a list with other filters"},
};

constinit const Operation Bars::operation = storage::define<Bars>({
    .number = 237,
    .name = "people.bars",
    .kind = OperationKind::read,
    .doc = "Bars of the centres within reach, newest first.",
    .rule = {.permission = "people.bar"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- admission ---

AdmissionState handle(Transaction& transaction, const Admission& request) {
  check_centre_in_use(transaction, request.centre, "centre");
  if (!is_own(transaction, request.client) && !transaction.reach().covers(request.centre)) {
    storage::missing("centre", "centre");
  }
  AdmissionState state;
  if (auto bar = active_bar(transaction, request.client, request.centre)) {
    state.barred = true;
    state.barred_until = bar->until;
  }
  state.waiver_missing = waiver_missing(transaction, request.client, request.centre);
  return state;
}

static constexpr Refusal admission_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "centre_not_found", "no such centre, or not one the caller acts for"},
};

constinit const Operation Admission::operation = storage::define<Admission>({
    .number = 241,
    .name = "people.admission",
    .kind = OperationKind::read,
    .doc = "What keeps a client from being booked at a centre.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = admission_refusals,
    .example = R"({"client": 3, "centre": 1})",
});

}  // namespace frontdesk::people

#include "access/relations.hpp"
#include "base/zones.hpp"
#include "people/family.hpp"
#include "people/rules.hpp"
#include "people/settings.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::people {

constinit const storage::EventKind WaiverSigned::kind{"people.waiver_signed",
                                                      "A waiver was signed.", "people.view"};

std::optional<std::int64_t> age_at(Transaction& transaction, ClientId client, Instant moment,
                                   std::string_view zone) {
  return age_on(stored_client(transaction, client), zones::local_date(moment, zone));
}

bool waiver_missing(Transaction& transaction, ClientId client, CentreId centre) {
  if (!storage::enabled(transaction, waiver_required, centre)) return false;
  bool is_child = !access::guardians_of(transaction, client).empty() ||
                  is_minor(transaction, stored_client(transaction, client), today(transaction));
  return is_child &&
         !transaction.exists(
             "SELECT 1 FROM waivers WHERE client = $1 AND centre = $2 AND text_version >= $3",
             client, centre, storage::number(transaction, waiver_text_version, centre));
}

namespace {

void check_signer(Transaction& transaction, const Client& client, ClientId signer) {
  if (access::guards(transaction, signer, client.id)) return;
  bool is_independent = access::guardians_of(transaction, client.id).empty() &&
                        !is_minor(transaction, client, today(transaction));
  std::optional<std::int64_t> age = age_on(client, today(transaction));
  bool is_adult = age && *age >= storage::number(transaction, adult_age);
  if (signer == client.id && (is_independent || is_adult)) return;
  throw Error(Code::conflict, "signer_not_guardian", "signed_by");
}

}  // namespace

// --- sign ---

Waiver handle(Transaction& transaction, const SignWaiver& request) {
  Client client = changeable_client(transaction, request.client);
  check_centre_in_use(transaction, request.centre, "centre");
  if (!is_own(transaction, client.id) && !transaction.reach().covers(request.centre)) {
    storage::missing("centre", "centre");
  }
  check_signer(transaction, client, request.signed_by);
  Waiver waiver;
  waiver.client = client.id;
  waiver.centre = request.centre;
  waiver.signed_by = request.signed_by;
  waiver.text_version = request.text_version;
  waiver.signed_at = transaction.now();
  storage::insert(transaction, "waivers", waiver);
  transaction.emit(WaiverSigned{.waiver = waiver.id, .client = client.id});
  return waiver;
}

static constexpr Refusal sign_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::not_found, "centre_not_found", "no such centre, or not one the caller acts for"},
    {Code::conflict, "signer_not_guardian", "who signed is no guardian of the client"},
};

constinit const Operation SignWaiver::operation = storage::define<SignWaiver>({
    .number = 224,
    .name = "people.sign_waiver",
    .kind = OperationKind::write,
    .doc = "Records that a guardian signed a centre's waiver for a child.",
    .rule = {.permission = "people.consent", .subject = Subject::client, .field = "client"},
    .refusals = sign_refusals,
    .example = R"({"client": 3, "centre": 1, "signed_by": 1, "text_version": 2})",
});

// --- list ---

Page<Waiver> handle(Transaction& transaction, const Waivers& request) {
  storage::List list("waivers");
  list.where("client = $", request.client);
  if (request.centre) list.where("centre = $", request.centre);
  if (!is_own(transaction, request.client)) {
    access::narrow_to_reach(list, transaction, {.client = "client", .centre = "centre"});
  }
  list.order({{"id", true}});
  return list.page<Waiver>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor is of a list with other filters"},
};

constinit const Operation Waivers::operation = storage::define<Waivers>({
    .number = 225,
    .name = "people.waivers",
    .kind = OperationKind::read,
    .doc = "Waivers signed for a client, newest first.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = list_refusals,
    .example = R"({"client": 3})",
});

}  // namespace frontdesk::people

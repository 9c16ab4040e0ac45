/// Make-up credits for announced absences (SPEC B6).
#include "bookings/policies.hpp"
#include "storage/define.hpp"
#include "storage/referred.hpp"

namespace frontdesk::bookings {
namespace {

/// A credit as it is stored.
struct CreditRow {
  CreditId id{};
  ClientId client{};
  CentreId centre{};
  ActivityId activity{};
  std::int64_t value = 0;
  std::string currency{};
  BookingId granted_for{};
  BookingId used_for{};
  std::optional<std::int64_t> used_place{};
  Instant granted_at{};
  Instant expires_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreditRow::id>("Number of the credit."),
        field<&CreditRow::client>("Whose it is."),
        field<&CreditRow::centre>("The centre."),
        field<&CreditRow::activity>("The activity."),
        field<&CreditRow::value>("What the place cost, in minor units."),
        field<&CreditRow::currency>("The centre's currency."),
        field<&CreditRow::granted_for>("The booking that was cancelled."),
        field<&CreditRow::used_for>("The booking it paid for.").or_default(),
        field<&CreditRow::used_place>("The place it paid for."),
        field<&CreditRow::granted_at>("When it was given."),
        field<&CreditRow::expires_at>("When it ends."),
    };
    return table;
  }
};

Credit view_of(Transaction& transaction, const CreditRow& row) {
  CreditStatus status = CreditStatus::open;
  if (row.expires_at <= transaction.now()) status = CreditStatus::expired;
  if (row.used_for) status = CreditStatus::used;
  return {.id = row.id,
          .client = row.client,
          .centre = row.centre,
          .activity = row.activity,
          .value = {row.value, Currency{row.currency}},
          .granted_for = row.granted_for,
          .used_for = row.used_for,
          .granted_at = row.granted_at,
          .expires_at = row.expires_at,
          .status = status};
}

void check_worth(const CreditRow& row, const schedule::Session& session, const Money& price,
                 std::string_view field) {
  if (row.expires_at <= session.starts) throw Error(Code::expired, "credit_expired", field);
  const bool is_worth_it = row.activity == session.activity ||
                           (price.currency.code() == row.currency && price.minor <= row.value);
  if (!is_worth_it) throw Error(Code::conflict, "credit_not_for_session", field);
}

}  // namespace

void use_credit(Transaction& transaction, CreditId credit, const PlaceRow& place,
                const schedule::Session& session, const Money& price, std::string_view field) {
  auto row = storage::find<CreditRow>(transaction, "credits WHERE id = $1", credit);
  if (!row || !place.attendee || row->client != place.attendee || row->centre != session.centre) {
    storage::missing("credit", field);
  }
  if (row->used_for) throw Error(Code::conflict, "credit_used", field);
  if (row->expires_at <= transaction.now()) throw Error(Code::expired, "credit_expired", field);
  check_worth(*row, session, price, field);
  transaction.execute("UPDATE credits SET used_for = $2, used_place = $3 WHERE id = $1", credit,
                      place.booking, place.number);
}

void check_credit(Transaction& transaction, const PlaceRow& place, const schedule::Session& session,
                  const Money& price, std::string_view field) {
  const auto row = storage::referred<CreditRow>(
      transaction, "credits WHERE used_for = $1 AND used_place = $2", place.booking, place.number);
  check_worth(row, session, price, field);
}

CreditId return_credit(Transaction& transaction, const PlaceRow& place) {
  const auto credit =
      transaction.one_number("SELECT id FROM credits WHERE used_for = $1 AND used_place = $2",
                             place.booking, place.number);
  if (!credit) return {};
  transaction.execute("UPDATE credits SET used_for = NULL, used_place = NULL WHERE id = $1",
                      *credit);
  return CreditId{*credit};
}

CreditId grant_credit(Transaction& transaction, const Row& booking, const PlaceRow& place,
                      const schedule::Session& session, const CancellationPolicy& policy,
                      const Money& value) {
  CreditRow row{.client = place.attendee,
                .centre = booking.centre,
                .activity = session.activity,
                .value = value.minor,
                .currency = std::string(value.currency.code()),
                .granted_for = booking.id,
                .granted_at = transaction.now(),
                .expires_at = transaction.now() + std::chrono::days{*policy.credit_days}};
  storage::insert(transaction, "credits", row);
  auto event = told_of<CreditGranted>(booking);
  event.client = place.attendee;
  event.credit = row.id;
  transaction.emit(event);
  return row.id;
}

Page<Credit> handle(Transaction& transaction, const Credits& request) {
  storage::List list("credits");
  list.where("client = $", request.client);
  if (request.status == CreditStatus::used) list.where("used_for IS NOT NULL");
  if (request.status == CreditStatus::open) {
    list.where("used_for IS NULL AND expires_at > $", transaction.now());
  }
  if (request.status == CreditStatus::expired) {
    list.where("used_for IS NULL AND expires_at <= $", transaction.now());
  }
  list.order({{"expires_at"}, {"id"}});
  auto rows = list.page<CreditRow>(transaction, request.cursor, request.limit);
  Page<Credit> page;
  page.next = rows.next;
  for (const CreditRow& row : rows.items) page.items.push_back(view_of(transaction, row));
  return page;
}

static constexpr Refusal refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Credits::operation = storage::define<Credits>({
    .number = 924,
    .name = "bookings.credits",
    .kind = OperationKind::read,
    .doc = "Lists the make-up credits of a client, those that end first at the top.",
    .rule = {.permission = "bookings.view", .subject = Subject::client, .field = "client"},
    .refusals = refusals,
    .example = R"({"client": 1})",
});

}  // namespace frontdesk::bookings

/// Settlement with partners (SPEC M9): every figure is read from the ledger, so that it agrees with
/// the books to the last unit.
#include "access/relations.hpp"
#include "money/amounts.hpp"
#include "money/payments.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <frontdesk/money_settlement.hpp>

namespace frontdesk::money {

constinit const storage::EventKind SettlementChanged::kind{
    "money.settlement_changed", "A settlement was made, paid out or taken back.",
    "money.view_books"};

constinit const storage::EventKind PartnerTermsChanged::kind{
    "money.partner_terms_changed", "Other terms were agreed with a partner.", "money.view_books"};

// --- terms ---

namespace {

std::optional<PartnerTerms> find_terms(Transaction& transaction, CentreId centre) {
  return storage::find<PartnerTerms>(transaction, "partner_terms WHERE centre = $1", centre);
}

PartnerTerms terms_of(Transaction& transaction, CentreId centre) {
  auto terms = find_terms(transaction, centre);
  if (!terms) throw Error(Code::conflict, "no_partner_terms", "centre");
  return *terms;
}

}  // namespace

PartnerTerms handle(Transaction& transaction, const SetPartnerTerms& request) {
  const Currency currency = currency_of(transaction, request.centre);
  PartnerTerms terms;
  terms.centre = request.centre;
  terms.seller = request.seller;
  terms.share_basis_points = request.share_basis_points;
  terms.amount_per_visit = request.amount_per_visit.value_or(Money{0, currency});
  check_not_negative(transaction, request.centre, terms.amount_per_visit, "amount_per_visit");
  terms.keeps_cash = request.keeps_cash;
  terms.set_at = transaction.now();
  const auto before = find_terms(transaction, request.centre);
  terms.version = before ? before->version + 1 : 1;
  if (before) {
    transaction.execute("DELETE FROM partner_terms WHERE centre = $1", request.centre);
  }
  storage::insert(transaction, "partner_terms", terms);
  transaction.concern(request.centre);
  transaction.emit(PartnerTermsChanged{.centre = request.centre});
  return terms;
}

static constexpr Refusal set_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_negative", "the amount is below zero"},
};

constinit const Operation SetPartnerTerms::operation = storage::define<SetPartnerTerms>({
    .number = 760,
    .name = "money.set_partner_terms",
    .kind = OperationKind::write,
    .doc = "Agrees with a partner's centre what it gets of what is sold there.",
    .rule = {.permission = "money.settle", .subject = Subject::centre, .field = "centre"},
    .refusals = set_refusals,
    .example = R"({"centre": 1, "share_basis_points": 7000})",
});

PartnerTerms handle(Transaction& transaction, const GetPartnerTerms& request) {
  return terms_of(transaction, request.centre);
}

static constexpr Refusal terms_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "no_partner_terms", "nothing was agreed with the centre"},
};

constinit const Operation GetPartnerTerms::operation = storage::define<GetPartnerTerms>({
    .number = 761,
    .name = "money.get_partner_terms",
    .kind = OperationKind::read,
    .doc = "The terms of a partner's centre.",
    .rule = {.permission = "money.view_books", .subject = Subject::centre, .field = "centre"},
    .refusals = terms_refusals,
    .example = R"({"centre": 1})",
});

// --- figures ---

namespace {

/// What a settlement covers of the ledger: entries after `after` up to `last`.
struct Period {
  Instant from{};
  Instant until{};
  std::int64_t after = 0;
  std::int64_t last = 0;
};

Period period_of(Transaction& transaction, CentreId centre, const std::optional<Instant>& until) {
  if (until && *until > transaction.now()) throw Error(Code::invalid, "date_future", "until");
  Period period;
  period.until = until.value_or(transaction.now());
  {
    storage::Cursor created =
        transaction.query("SELECT created_at FROM centres WHERE id = $1", centre);
    if (!created.next()) storage::missing("centre", "centre");
    period.from = created.instant(0);
  }
  auto last = storage::find<Settlement>(
      transaction, "settlements WHERE centre = $1 AND status <> $2 ORDER BY number DESC LIMIT 1",
      centre, SettlementStatus::reversed);
  if (last) {
    period.from = last->figures.until;
    period.after =
        transaction.one_number("SELECT last_entry FROM settlements WHERE id = $1", last->id)
            .value_or(0);
  }
  if (period.until < period.from) throw Error(Code::invalid, "period_settled", "until");
  period.last = until ? first_entry_at(transaction, *until) - 1
                      : transaction.one_number("SELECT max(id) FROM ledger_entries").value_or(0);
  return period;
}

/// The sum of postings of a kind of account in the period, debit above zero.
std::int64_t moved(Transaction& transaction, CentreId centre, const Period& period,
                   AccountKind kind) {
  return transaction
      .one_number(
          "SELECT sum(postings.amount) FROM ledger_entries"
          " JOIN postings ON postings.entry = ledger_entries.id"
          " JOIN ledger_accounts ON ledger_accounts.id = postings.account"
          " WHERE ledger_entries.id > $1 AND ledger_entries.id <= $2"
          " AND ledger_entries.centre = $3 AND ledger_accounts.kind = $4",
          period.after, period.last, centre, kind)
      .value_or(0);
}

/// Cash that sales brought and refunds took; what was moved to and from the safe aside.
std::int64_t cash_taken(Transaction& transaction, CentreId centre, const Period& period) {
  return transaction
      .one_number(
          "SELECT sum(postings.amount) FROM ledger_entries"
          " JOIN postings ON postings.entry = ledger_entries.id"
          " JOIN ledger_accounts ON ledger_accounts.id = postings.account"
          " WHERE ledger_entries.id > $1 AND ledger_entries.id <= $2"
          " AND ledger_entries.centre = $3 AND ledger_accounts.kind = $4"
          " AND ledger_entries.kind NOT IN ($5, $6, $7)",
          period.after, period.last, centre, AccountKind::till, EntryKind::shift_open,
          EntryKind::cash_move, EntryKind::shift_close)
      .value_or(0);
}

std::int64_t visits_in(Transaction& transaction, CentreId centre, const Period& period) {
  return transaction
      .one_number(
          "SELECT sum(units) FROM ledger_entries"
          " WHERE id > $1 AND id <= $2 AND centre = $3",
          period.after, period.last, centre)
      .value_or(0);
}

SettlementFigures figures_of(Transaction& transaction, const PartnerTerms& terms,
                             const Period& period) {
  const CentreId centre = terms.centre;
  const Currency currency = currency_of(transaction, centre);
  SettlementFigures figures;
  figures.centre = centre;
  figures.from = period.from;
  figures.until = period.until;
  figures.visits = visits_in(transaction, centre, period);
  figures.earned = Money{0, currency};
  for (AccountKind kind :
       {AccountKind::revenue, AccountKind::fees, AccountKind::cancellation_income}) {
    figures.earned =
        minus(figures.earned, Money{moved(transaction, centre, period, kind), currency});
  }
  figures.tax = Money{-moved(transaction, centre, period, AccountKind::tax), currency};
  const bool is_partner = terms.seller == SellerOfRecord::partner;
  figures.share = rate(is_partner ? plus(figures.earned, figures.tax) : figures.earned,
                       terms.share_basis_points, rounding_of(transaction, centre));
  figures.for_visits = times(terms.amount_per_visit, figures.visits);
  figures.for_visits.currency = currency;  // terms of nothing may be in an earlier one
  figures.cash_kept =
      Money{terms.keeps_cash ? cash_taken(transaction, centre, period) : 0, currency};
  figures.payable = minus(plus(figures.share, figures.for_visits), figures.cash_kept);
  return figures;
}

}  // namespace

SettlementFigures handle(Transaction& transaction, const PartnerStatement& request) {
  const PartnerTerms terms = terms_of(transaction, request.centre);
  return figures_of(transaction, terms, period_of(transaction, request.centre, request.until));
}

static constexpr Refusal statement_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "no_partner_terms", "nothing was agreed with the centre"},
    {Code::invalid, "date_future", "the period is to end in the future"},
    {Code::invalid, "period_settled", "the period is settled already"},
};

constinit const Operation PartnerStatement::operation = storage::define<PartnerStatement>({
    .number = 762,
    .name = "money.partner_statement",
    .kind = OperationKind::read,
    .doc = "What a settlement with a partner's centre would come to.",
    .rule = {.permission = "money.view_books", .subject = Subject::centre, .field = "centre"},
    .refusals = statement_refusals,
    .example = R"({"centre": 1})",
});

// --- settle ---

namespace {

void announce(Transaction& transaction, const Settlement& settlement) {
  transaction.concern(settlement.centre);
  transaction.emit(SettlementChanged{
      .settlement = settlement.id, .centre = settlement.centre, .status = settlement.status});
}

void store(Transaction& transaction, Settlement& settlement) {
  ++settlement.version;
  storage::update(transaction, "settlements", settlement);
  announce(transaction, settlement);
}

/// The partner's share becomes owed; cash that stays at the centre leaves the books.
std::vector<Leg> legs_of(const SettlementFigures& figures) {
  return {
      {AccountKind::partner_share, plus(figures.share, figures.for_visits).minor},
      {AccountKind::partner_payable, -figures.payable.minor},
      {AccountKind::safe, -figures.cash_kept.minor},
  };
}

Settlement stored_settlement(Transaction& transaction, SettlementId id) {
  auto settlement = storage::find<Settlement>(transaction, "settlements WHERE id = $1", id);
  if (!settlement || !transaction.reach().covers(settlement->centre)) {
    storage::missing("settlement", "settlement");
  }
  return *settlement;
}

}  // namespace

Settlement handle(Transaction& transaction, const Settle& request) {
  const PartnerTerms terms = terms_of(transaction, request.centre);
  const Period period = period_of(transaction, request.centre, request.until);
  const SettlementFigures figures = figures_of(transaction, terms, period);
  if (figures.visits == 0 && figures.earned.minor == 0 && figures.tax.minor == 0 &&
      figures.cash_kept.minor == 0) {
    throw Error(Code::conflict, "nothing_to_settle", "centre");
  }
  Settlement settlement;
  settlement.version = 1;
  settlement.centre = request.centre;
  settlement.number =
      transaction
          .one_number("SELECT max(number) FROM settlements WHERE centre = $1", request.centre)
          .value_or(0) +
      1;
  settlement.figures = figures;
  settlement.terms = terms;
  settlement.created_at = transaction.now();
  storage::insert(transaction, "settlements", settlement);
  const LedgerEntryId entry = post(
      transaction, {.kind = EntryKind::settlement, .centre = request.centre}, legs_of(figures));
  transaction.execute("UPDATE settlements SET last_entry = $2, entry = $3 WHERE id = $1",
                      settlement.id, period.last, entry);
  announce(transaction, settlement);
  return settlement;
}

static constexpr Refusal settle_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "no_partner_terms", "nothing was agreed with the centre"},
    {Code::invalid, "date_future", "the period is to end in the future"},
    {Code::invalid, "period_settled", "the period is settled already"},
    {Code::conflict, "nothing_to_settle", "nothing was sold in the period"},
};

constinit const Operation Settle::operation = storage::define<Settle>({
    .number = 763,
    .name = "money.settle",
    .kind = OperationKind::write,
    .doc = "Settles with a partner's centre what was earned since the last settlement.",
    .rule = {.permission = "money.settle", .subject = Subject::centre, .field = "centre"},
    .refusals = settle_refusals,
    .example = R"({"centre": 1})",
});

Settlement handle(Transaction& transaction, const PaySettlement& request) {
  Settlement settlement = stored_settlement(transaction, request.settlement);
  if (settlement.status != SettlementStatus::open) {
    throw Error(Code::conflict, "settlement_not_open", "settlement");
  }
  settlement.status = SettlementStatus::paid;
  settlement.paid_at = transaction.now();
  settlement.external_ref = request.external_ref;
  store(transaction, settlement);
  const std::int64_t payable = settlement.figures.payable.minor;
  const Leg legs[] = {{AccountKind::partner_payable, payable}, {AccountKind::bank, -payable}};
  const LedgerEntryId entry =
      post(transaction, {.kind = EntryKind::payout, .centre = settlement.centre}, legs);
  transaction.execute("UPDATE settlements SET payout_entry = $2 WHERE id = $1", settlement.id,
                      entry);
  return settlement;
}

static constexpr Refusal pay_refusals[] = {
    {Code::not_found, "settlement_not_found", "no such settlement, or not within reach"},
    {Code::conflict, "settlement_not_open", "it was paid out or taken back"},
};

constinit const Operation PaySettlement::operation = storage::define<PaySettlement>({
    .number = 764,
    .name = "money.pay_settlement",
    .kind = OperationKind::write,
    .doc = "Tells that a settlement was paid out.",
    .rule = {.permission = "money.settle"},
    .refusals = pay_refusals,
    .example = R"({"settlement": 1, "external_ref": "SEPA-2026-03"})",
});

// --- reverse ---

namespace {

void reverse(Transaction& transaction, CentreId centre, LedgerEntryId entry, std::vector<Leg> legs,
             const std::string& reason) {
  if (!entry) return;
  for (Leg& leg : legs) leg.amount = -leg.amount;
  post(transaction,
       {.kind = EntryKind::reversal, .centre = centre, .memo = reason, .reverses = entry}, legs);
}

}  // namespace

Settlement handle(Transaction& transaction, const ReverseSettlement& request) {
  Settlement settlement = stored_settlement(transaction, request.settlement);
  if (settlement.status == SettlementStatus::reversed) {
    throw Error(Code::conflict, "settlement_reversed", "settlement");
  }
  if (transaction.exists("SELECT 1 FROM settlements WHERE centre = $1 AND number > $2"
                         " AND status <> $3",
                         settlement.centre, settlement.number, SettlementStatus::reversed)) {
    throw Error(Code::conflict, "settlement_not_last", "settlement");
  }
  LedgerEntryId entry;
  LedgerEntryId payout;
  {
    storage::Cursor row = transaction.query(
        "SELECT entry, payout_entry FROM settlements WHERE id = $1", settlement.id);
    if (row.next()) {
      entry = row.id<LedgerEntryTag>(0);
      payout = row.id<LedgerEntryTag>(1);
    }
  }
  const std::int64_t payable = settlement.figures.payable.minor;
  reverse(transaction, settlement.centre, payout,
          {{AccountKind::partner_payable, payable}, {AccountKind::bank, -payable}}, request.reason);
  reverse(transaction, settlement.centre, entry, legs_of(settlement.figures), request.reason);
  settlement.status = SettlementStatus::reversed;
  settlement.reversed_at = transaction.now();
  settlement.reason = request.reason;
  store(transaction, settlement);
  return settlement;
}

static constexpr Refusal reverse_refusals[] = {
    {Code::not_found, "settlement_not_found", "no such settlement, or not within reach"},
    {Code::conflict, "settlement_reversed", "it was taken back before"},
    {Code::conflict, "settlement_not_last", "a later one stands on it"},
};

constinit const Operation ReverseSettlement::operation = storage::define<ReverseSettlement>({
    .number = 765,
    .name = "money.reverse_settlement",
    .kind = OperationKind::write,
    .doc = "Takes back the last settlement of a centre, payout included.",
    .rule = {.permission = "money.settle"},
    .refusals = reverse_refusals,
    .example = R"({"settlement": 1, "reason": "Wrong terms"})",
});

// --- list ---

Page<Settlement> handle(Transaction& transaction, const Settlements& request) {
  storage::List list("settlements");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.status) list.where("status = $", *request.status);
  list.order({{"id", true}});
  return list.page<Settlement>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Settlements::operation = storage::define<Settlements>({
    .number = 766,
    .name = "money.settlements",
    .kind = OperationKind::read,
    .doc = "Lists settlements with partners, newest first.",
    .rule = {.permission = "money.view_books"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "status": "open"})",
});

}  // namespace frontdesk::money

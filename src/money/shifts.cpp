#include "money/shifts.hpp"

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "money/amounts.hpp"
#include "money/settings.hpp"
#include "money/shift_totals.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::money {

constinit const storage::EventKind ShiftChanged::kind{
    "money.shift_changed", "A cash shift was opened or closed, or its cash was moved.",
    "money.view_books"};

// --- for other handlers ---

ShiftId own_open_shift(Transaction& transaction, CentreId centre) {
  const storage::Principal& caller = transaction.principal();
  if (caller.kind == storage::PrincipalKind::anonymous) return {};
  return ShiftId{transaction
                     .one_number("SELECT id FROM shifts WHERE centre = $1 AND holder = $2"
                                 " AND closed_at IS NULL",
                                 centre, caller.account.value)
                     .value_or(0)};
}

ShiftId shift_for_cash(Transaction& transaction, CentreId centre) {
  const ShiftId shift = own_open_shift(transaction, centre);
  if (!shift && storage::enabled(transaction, cash_needs_shift, centre)) {
    throw Error(Code::conflict, "no_open_shift");
  }
  return shift;
}

bool is_open(Transaction& transaction, ShiftId shift) {
  return transaction.exists("SELECT 1 FROM shifts WHERE id = $1 AND closed_at IS NULL", shift);
}

std::int64_t cash_in_till(Transaction& transaction, ShiftId shift) {
  return transaction
      .one_number(
          "SELECT opened_with"
          " + (SELECT coalesce(sum(amount), 0) FROM cash_moves WHERE shift = $1)"
          " + (SELECT coalesce(sum(amount), 0) FROM payments WHERE shift = $1 AND method = $2"
          " AND voided_at IS NULL)"
          " - (SELECT coalesce(sum(amount), 0) FROM refunds WHERE shift = $1 AND method = $2)"
          " FROM shifts WHERE id = $1",
          shift, PaymentMethod::cash)
      .value_or(0);
}

void check_cash(Transaction& transaction, ShiftId shift, CentreId centre, std::int64_t amount,
                std::string_view field) {
  const std::int64_t there = cash_in_till(transaction, shift);
  if (amount > there) {
    throw Error(Code::conflict, "till_too_low", field,
                amount_details(transaction, centre, "expected", there));
  }
}

namespace {

void announce(Transaction& transaction, const ShiftRow& shift) {
  transaction.concern(shift.centre);
  transaction.emit(
      ShiftChanged{.shift = shift.id, .centre = shift.centre, .open = !shift.closed_at});
}

/// The shift where the caller sees the centre's books or, by this operation's permission, answers
/// for the till; else missing.
ShiftRow visible_shift(Transaction& transaction, ShiftId id) {
  ShiftRow shift = stored_shift(transaction, id);
  const bool is_own_shift = shift.holder == transaction.principal().account.value;
  const storage::Reach books = access::reach_of(transaction, "money.view_books");
  if (!books.covers(shift.centre) && !(is_own_shift && transaction.reach().covers(shift.centre))) {
    storage::missing("shift", "shift");
  }
  return shift;
}

}  // namespace

// --- open ---

Shift handle(Transaction& transaction, const OpenShift& request) {
  check_not_negative(transaction, request.centre, request.opened_with, "opened_with");
  ShiftRow shift;
  shift.centre = request.centre;
  shift.till = text::tidy(request.till);
  if (shift.till.empty()) {
    throw Error(Code::invalid, "field_missing", "till", {{"name", "till"}});
  }
  const std::string folded = text::fold(shift.till);
  if (transaction.exists("SELECT 1 FROM shifts WHERE centre = $1 AND till_folded = $2"
                         " AND closed_at IS NULL",
                         request.centre, folded)) {
    throw Error(Code::conflict, "till_open", "till");
  }
  if (own_open_shift(transaction, request.centre)) throw Error(Code::conflict, "shift_open");
  shift.number = transaction
                     .one_number(
                         "SELECT max(number) FROM shifts WHERE centre = $1"
                         " AND till_folded = $2",
                         request.centre, folded)
                     .value_or(0) +
                 1;
  shift.holder = transaction.principal().account.value;
  shift.till_folded = folded;
  shift.opened_with = request.opened_with.minor;
  shift.opened_at = transaction.now();
  storage::insert(transaction, "shifts", shift);
  const Leg legs[] = {{AccountKind::till, shift.opened_with},
                      {AccountKind::safe, -shift.opened_with}};
  post(transaction, {.kind = EntryKind::shift_open, .centre = shift.centre}, legs);
  announce(transaction, shift);
  return told(transaction, shift);
}

static constexpr Refusal open_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_negative", "the amount is below zero"},
    {Code::invalid, "field_missing", "the till's name is nothing but white space"},
    {Code::conflict, "till_open", "the till has an open shift"},
    {Code::conflict, "shift_open", "the caller has an open shift at the centre"},
};

constinit const Operation OpenShift::operation = storage::define<OpenShift>({
    .number = 750,
    .name = "money.open_shift",
    .kind = OperationKind::write,
    .doc = "Opens a cash shift of the caller's at a till.",
    .rule = {.permission = "money.shift", .subject = Subject::centre, .field = "centre"},
    .refusals = open_refusals,
    .example = R"({"centre": 1, "till": "Front",
 "opened_with": {"amount": 50000, "currency": "UAH"}})",
});

// --- cash in and out ---

void move_cash(Transaction& transaction, ShiftId shift, std::int64_t amount, AccountKind account,
               const std::string& reason) {
  transaction.execute(
      "INSERT INTO cash_moves (shift, amount, account, reason, at) VALUES ($1, $2, $3, $4, $5)",
      shift, amount, account, reason, transaction.now());
}

ShiftTotals handle(Transaction& transaction, const MoveCash& request) {
  check_amount(transaction, request.centre, request.amount, "amount");
  const std::int64_t amount = request.amount.minor;
  if (amount == 0) throw Error(Code::invalid, "amount_zero", "amount");
  const ShiftId id = own_open_shift(transaction, request.centre);
  if (!id) throw Error(Code::conflict, "no_open_shift");
  const ShiftRow shift = stored_shift(transaction, id);
  if (amount < 0) check_cash(transaction, id, request.centre, -amount);
  const AccountKind other = request.expense ? AccountKind::petty_expenses : AccountKind::safe;
  move_cash(transaction, id, amount, other, request.reason);
  const Leg legs[] = {{AccountKind::till, amount}, {other, -amount}};
  post(transaction,
       {.kind = EntryKind::cash_move, .centre = request.centre, .memo = request.reason}, legs);
  announce(transaction, shift);
  return totals_of(transaction, shift);
}

static constexpr Refusal move_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_zero", "nothing is to be moved"},
    {Code::conflict, "no_open_shift", "the caller has no open shift at the centre"},
    {Code::conflict, "till_too_low", "more is to be taken than is in the till"},
};

constinit const Operation MoveCash::operation = storage::define<MoveCash>({
    .number = 751,
    .name = "money.move_cash",
    .kind = OperationKind::write,
    .doc = "Puts cash into the caller's open till, or takes it out, with a reason.",
    .rule = {.permission = "money.shift", .subject = Subject::centre, .field = "centre"},
    .refusals = move_refusals,
    .example = R"({"centre": 1, "amount": {"amount": -12000, "currency": "UAH"},
 "expense": true, "reason": "Water for the hall"})",
});

// --- close ---

Shift handle(Transaction& transaction, const CloseShift& request) {
  ShiftRow shift = visible_shift(transaction, request.shift);
  if (!transaction.reach().covers(shift.centre)) storage::missing("shift", "shift");
  if (shift.closed_at) throw Error(Code::conflict, "shift_closed", "shift");
  check_not_negative(transaction, shift.centre, request.counted, "counted");
  const ShiftTotals totals = totals_of(transaction, shift);
  const std::int64_t counted = request.counted.minor;
  const std::int64_t difference = counted - totals.expected.minor;
  shift.closed_at = transaction.now();
  shift.closed_by = transaction.principal().account;
  shift.counted = counted;
  shift.difference = difference;
  shift.note = request.note;
  shift.z = totals;
  store(transaction, shift);
  // What was to be there leaves the till: the counted cash to the safe, the rest is the difference.
  const Leg legs[] = {{AccountKind::till, -totals.expected.minor},
                      {AccountKind::safe, counted},
                      {AccountKind::cash_difference, -difference}};
  post(transaction,
       {.kind = EntryKind::shift_close, .centre = shift.centre, .memo = request.note.value_or("")},
       legs);
  announce(transaction, shift);
  return told(transaction, shift);
}

static constexpr Refusal close_refusals[] = {
    {Code::not_found, "shift_not_found",
     "no such shift, not within reach, or another's and the caller does not see the books"},
    {Code::conflict, "shift_closed", "the shift was closed before"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_negative", "the amount is below zero"},
};

constinit const Operation CloseShift::operation = storage::define<CloseShift>({
    .number = 752,
    .name = "money.close_shift",
    .kind = OperationKind::write,
    .doc = "Counts and closes a cash shift; a difference is posted.",
    .rule = {.permission = "money.shift"},
    .refusals = close_refusals,
    .example = R"({"shift": 1, "counted": {"amount": 184050, "currency": "UAH"}})",
});

// --- look ---

ShiftReport handle(Transaction& transaction, const GetShift& request) {
  const ShiftRow shift = visible_shift(transaction, request.shift);
  return {.shift = told(transaction, shift),
          .totals = shift.z ? *shift.z : totals_of(transaction, shift)};
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "shift_not_found", "no such shift, or not within reach"},
};

constinit const Operation GetShift::operation = storage::define<GetShift>({
    .number = 753,
    .name = "money.get_shift",
    .kind = OperationKind::read,
    .doc = "A cash shift with its totals: the X report of an open one, else the Z report.",
    .rule = {.permission = "money.shift"},
    .refusals = get_refusals,
    .example = R"({"shift": 1})",
});

Page<Shift> handle(Transaction& transaction, const Shifts& request) {
  storage::List list("shifts");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.account) list.where("holder = $", request.account);
  if (request.open) list.where("closed_at IS NULL");
  if (request.from) list.where("opened_at >= $", *request.from);
  if (request.to) list.where("opened_at < $", *request.to);
  list.order({{"id", true}});
  auto rows = list.page<ShiftRow>(transaction, request.cursor, request.limit);
  Page<Shift> page{.items = {}, .next = rows.next};
  for (const ShiftRow& row : rows.items) page.items.push_back(told(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Shifts::operation = storage::define<Shifts>({
    .number = 754,
    .name = "money.shifts",
    .kind = OperationKind::read,
    .doc = "Lists cash shifts, newest first.",
    .rule = {.permission = "money.view_books"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "open": true})",
});

}  // namespace frontdesk::money

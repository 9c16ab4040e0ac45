/// Fees and surcharges (SPEC D1).
#include <frontdesk/pricing_fees.hpp>

#include "catalog/records.hpp"
#include "pricing/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::pricing {
namespace {

/// Only a ticket type that is new to the fee must be on sale still.
void check_fee(Transaction& transaction, Fee& fee, TicketTypeId new_type,
               const catalog::Centre& centre) {
  fee.name = catalog::required_text(fee.name, "name");
  check_place(transaction, new_type, fee.seat_category, fee.centre);
  if (fee.per == FeePer::order && (fee.ticket_type || fee.seat_category)) {
    throw Error(Code::invalid, "fee_not_per_place",
                fee.ticket_type ? "ticket_type" : "seat_category");
  }
  check_change(fee.basis_points, fee.amount);
  if (!fee.amount) return;
  if (fee.amount->minor < 0) throw Error(Code::invalid, "fee_negative", "amount");
  check_amount(*fee.amount, centre, "amount");
}

}  // namespace

// --- create ---

Fee handle(Transaction& transaction, const CreateFee& request) {
  const catalog::Centre centre =
      catalog::changeable_centre(transaction, request.centre, std::nullopt);
  check_target(transaction, target_of(request), request.centre);
  Fee fee{.id = {},
          .version = 1,
          .centre = request.centre,
          .activity = request.activity,
          .series = request.series,
          .session = request.session,
          .per = request.per,
          .name = request.name,
          .ticket_type = request.ticket_type,
          .seat_category = request.seat_category,
          .channel = request.channel,
          .basis_points = request.basis_points,
          .amount = request.amount,
          .refundable = request.refundable,
          .created_at = transaction.now(),
          .ended_at = {}};
  check_fee(transaction, fee, fee.ticket_type, centre);
  storage::insert(transaction, "fees", fee);
  announce(transaction, fee.centre);
  return fee;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "target_twice", "more than one of activity, series and session is named"},
    {Code::not_found, "session_not_found", "the centre has no such session"},
    {Code::not_found, "series_not_found", "the centre has no such series"},
    {Code::not_found, "activity_not_found", "the centre has no such activity"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::invalid, "seat_category_malformed", "the seat category is no code"},
    {Code::invalid, "fee_not_per_place", "a ticket type or seat category, but it is for an order"},
    {Code::invalid, "rate_or_amount", "both a percentage and an amount, or neither"},
    {Code::invalid, "fee_negative", "the amount is below zero"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond what can be counted with"},
};

constinit const Operation CreateFee::operation = storage::define<CreateFee>({
    .number = 820,
    .name = "pricing.create_fee",
    .kind = OperationKind::write,
    .doc = "Makes a fee or surcharge, for each place or once an order.",
    .rule = {.permission = "pricing.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "per": "order", "name": "Booking fee", "channel": "online",
 "amount": {"amount": 1500, "currency": "UAH"}, "refundable": false})",
});

// --- update ---

Fee handle(Transaction& transaction, const UpdateFee& request) {
  auto fee = changeable<Fee>(transaction, "fees WHERE id = $1", request.fee, request.version, "fee",
                             "fee");
  const catalog::Centre centre = catalog::changeable_centre(transaction, fee.centre, std::nullopt);
  catalog::set_required(request.name, fee.name, "name");
  request.ticket_type.apply(fee.ticket_type);
  request.seat_category.apply(fee.seat_category);
  request.channel.apply(fee.channel);
  request.basis_points.apply(fee.basis_points);
  request.amount.apply(fee.amount);
  catalog::set_present(request.refundable, fee.refundable, "refundable");
  check_fee(transaction, fee, request.ticket_type.is_set() ? fee.ticket_type : TicketTypeId{},
            centre);
  store(transaction, "fees", fee);
  return fee;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "fee_not_found", "no such fee, or not within reach"},
    {Code::conflict, "version_outdated", "the fee was changed since that version"},
    {Code::conflict, "fee_ended", "the fee was ended"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is emptied, or whether it is refundable"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::invalid, "seat_category_malformed", "the seat category is no code"},
    {Code::invalid, "fee_not_per_place", "a ticket type or seat category, but it is for an order"},
    {Code::invalid, "rate_or_amount", "both a percentage and an amount, or neither"},
    {Code::invalid, "fee_negative", "the amount is below zero"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond what can be counted with"},
};

constinit const Operation UpdateFee::operation = storage::define<UpdateFee>({
    .number = 821,
    .name = "pricing.update_fee",
    .kind = OperationKind::write,
    .doc = "Changes a fee; what is not given stays as it is.",
    .rule = {.permission = "pricing.manage"},
    .refusals = update_refusals,
    .example = R"({"fee": 1, "version": 1, "refundable": true})",
});

// --- end ---

Fee handle(Transaction& transaction, const EndFee& request) {
  auto fee = changeable<Fee>(transaction, "fees WHERE id = $1", request.fee, request.version, "fee",
                             "fee");
  fee.ended_at = transaction.now();
  store(transaction, "fees", fee);
  return fee;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "fee_not_found", "no such fee, or not within reach"},
    {Code::conflict, "version_outdated", "the fee was changed since that version"},
    {Code::conflict, "fee_ended", "it was ended before"},
};

constinit const Operation EndFee::operation = storage::define<EndFee>({
    .number = 822,
    .name = "pricing.end_fee",
    .kind = OperationKind::write,
    .doc = "Ends a fee.",
    .rule = {.permission = "pricing.manage"},
    .refusals = end_refusals,
    .example = R"({"fee": 1})",
});

// --- list ---

Page<Fee> handle(Transaction& transaction, const Fees& request) {
  storage::List list("fees");
  list.where("centre = $", request.centre);
  list.where(request.ended ? "ended_at IS NOT NULL" : "ended_at IS NULL");
  list.order({{"id"}});
  return list.page<Fee>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Fees::operation = storage::define<Fees>({
    .number = 823,
    .name = "pricing.fees",
    .kind = OperationKind::read,
    .doc = "Lists the fees of a centre, oldest first.",
    .rule = {.permission = "pricing.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::pricing

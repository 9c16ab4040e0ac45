#include "catalog/ticket_types.hpp"

#include "base/text.hpp"
#include "catalog/platform.hpp"
#include "catalog/records.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <set>

namespace frontdesk::catalog {

constinit const storage::EventKind TicketTypeChanged::kind{
    "catalog.ticket_type_changed", "A ticket type was created, changed, archived or restored.",
    "catalog.manage"};

TicketType usable_ticket_type(Transaction& transaction, TicketTypeId id, CentreId centre,
                              std::string_view field) {
  auto type = storage::find<TicketType>(transaction, "ticket_types WHERE id = $1", id);
  if (!type || (type->centre && type->centre != centre)) storage::missing("ticket_type", field);
  if (type->archived_at) throw Error(Code::conflict, "ticket_type_archived", field);
  return *type;
}

std::string seat_category_code(std::string_view text, std::string_view field) {
  constexpr std::size_t code_length_max = 40;
  std::string code = text::fold(text::tidy(text));
  const bool has_space = code.find_first_of(" \t\r\n\"'\\,;") != std::string::npos;
  if (code.empty() || has_space || text::length(code) > code_length_max ||
      text::has_control_characters(code)) {
    throw Error(Code::invalid, "seat_category_malformed", field,
                {{"seat_category", std::string(text)}});
  }
  return code;
}

namespace {

/// A ticket type of the caller's reach, in whatever state. One of the whole platform everyone sees,
/// so who manages some centres only is told that they may not.
TicketType managed_type(Transaction& transaction, TicketTypeId id,
                        const std::optional<std::int64_t>& version) {
  auto type = storage::find<TicketType>(transaction, "ticket_types WHERE id = $1", id);
  if (!type) storage::missing("ticket_type", "ticket_type");
  const storage::Reach& reach = transaction.reach();
  if (!type->centre && !type->archived_at) check_platform_wide(transaction, "catalog.manage");
  if (!reach.any && !reach.covers(type->centre)) storage::missing("ticket_type", "ticket_type");
  storage::check_version(version, type->version);
  return *type;
}

void check_type_in_use(const TicketType& type) {
  if (type.archived_at) throw Error(Code::conflict, "ticket_type_archived", "ticket_type");
}

void check_seat_categories(TicketType& type) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < type.seat_categories.size(); ++i) {
    const std::string path = "seat_categories[" + std::to_string(i) + "]";
    type.seat_categories[i] = seat_category_code(type.seat_categories[i], path);
    if (!seen.insert(type.seat_categories[i]).second) {
      throw Error(Code::invalid, "seat_category_twice", path,
                  {{"seat_category", type.seat_categories[i]}});
    }
  }
}

void check_name(Transaction& transaction, const TicketType& type) {
  if (transaction.exists("SELECT 1 FROM ticket_types WHERE centre IS NOT DISTINCT FROM $1"
                         " AND name_folded = $2 AND archived_at IS NULL AND id <> $3",
                         type.centre, text::fold(type.name), type.id.value)) {
    throw Error(Code::conflict, "ticket_type_name_taken", "name");
  }
}

void check_type(Transaction& transaction, TicketType& type) {
  type.name = required_text(type.name, "name");
  type.description = optional_text(type.description);
  type.condition = optional_text(type.condition);
  check_ages(type.min_age, type.max_age);
  check_seat_categories(type);
  check_name(transaction, type);
  check_external_ref(transaction, type.external_ref,
                     "SELECT 1 FROM ticket_types WHERE external_ref = $1 AND id <> $2",
                     type.id.value);
}

/// Keeps the columns for search and order in step, and tells the world.
void announce(Transaction& transaction, const TicketType& type, Change change) {
  transaction.execute("UPDATE ticket_types SET name_folded = $2, sort_key = $3 WHERE id = $1",
                      type.id, text::fold(type.name), text::sort_key(type.name));
  transaction.concern(type.centre);
  transaction.touch(storage::Topic::catalog);
  transaction.emit(
      TicketTypeChanged{.ticket_type = type.id, .centre = type.centre, .change = change});
}

void store(Transaction& transaction, TicketType& type, Change change) {
  ++type.version;
  storage::update(transaction, "ticket_types", type);
  announce(transaction, type, change);
}

}  // namespace

// --- create ---

TicketType handle(Transaction& transaction, const CreateTicketType& request) {
  if (request.centre) changeable_centre(transaction, request.centre, std::nullopt);
  TicketType type{
      .id = {},
      .version = 1,
      .centre = request.centre,
      .name = request.name,
      .description = request.description,
      .condition = request.condition,
      .min_age = request.min_age,
      .max_age = request.max_age,
      .seat_categories = request.seat_categories,
      .position = request.position,
      .external_ref = request.external_ref,
      .archived_at = {},
  };
  check_type(transaction, type);
  storage::insert(transaction, "ticket_types", type);
  announce(transaction, type, Change::created);
  return type;
}

static constexpr Refusal create_refusals[] = {
    {Code::denied, "permission_denied", "for all centres, by who manages some only"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::invalid, "ages_reversed", "the oldest is younger than the youngest"},
    {Code::invalid, "seat_category_malformed", "a code has spaces or is too long"},
    {Code::invalid, "seat_category_twice", "a code is given twice, case aside"},
    {Code::conflict, "ticket_type_name_taken", "a type of the same centre has the name"},
    {Code::conflict, "external_ref_taken", "another ticket type has the key"},
};

constinit const Operation CreateTicketType::operation = storage::define<CreateTicketType>({
    .number = 335,
    .name = "catalog.create_ticket_type",
    .kind = OperationKind::write,
    .doc = "Adds a type of tickets to a centre, or to all.",
    .rule = {.permission = "catalog.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Child", "max_age": 11, "condition": "With an adult",
 "seat_categories": ["standard", "premium"]})",
});

// --- update ---

TicketType handle(Transaction& transaction, const UpdateTicketType& request) {
  TicketType type = managed_type(transaction, request.ticket_type, request.version);
  check_type_in_use(type);
  set_required(request.name, type.name, "name");
  request.description.apply(type.description);
  request.condition.apply(type.condition);
  request.min_age.apply(type.min_age);
  request.max_age.apply(type.max_age);
  request.seat_categories.apply(type.seat_categories);
  request.position.apply(type.position);
  request.external_ref.apply(type.external_ref);
  check_type(transaction, type);
  store(transaction, type, Change::updated);
  return type;
}

static constexpr Refusal update_refusals[] = {
    {Code::denied, "permission_denied", "of all centres, by who manages some only"},
    {Code::not_found, "ticket_type_not_found", "no such ticket type, or not within reach"},
    {Code::conflict, "version_outdated", "the ticket type was changed since that version"},
    {Code::conflict, "ticket_type_archived", "the ticket type is archived"},
    {Code::invalid, "field_missing", "the name is emptied"},
    {Code::invalid, "ages_reversed", "the oldest is younger than the youngest"},
    {Code::invalid, "seat_category_malformed", "a code has spaces or is too long"},
    {Code::invalid, "seat_category_twice", "a code is given twice, case aside"},
    {Code::conflict, "ticket_type_name_taken", "a type of the same centre has the name"},
    {Code::conflict, "external_ref_taken", "another ticket type has the key"},
};

constinit const Operation UpdateTicketType::operation = storage::define<UpdateTicketType>({
    .number = 336,
    .name = "catalog.update_ticket_type",
    .kind = OperationKind::write,
    .doc = "Changes a ticket type; what is not given stays as it is.",
    .rule = {.permission = "catalog.manage"},
    .refusals = update_refusals,
    .example = R"({"ticket_type": 1, "version": 1, "max_age": 13})",
});

// --- archive and restore ---

TicketType handle(Transaction& transaction, const ArchiveTicketType& request) {
  TicketType type = managed_type(transaction, request.ticket_type, request.version);
  check_type_in_use(type);
  storage::ask_vetoes(transaction, "catalog.archive_ticket_type", type.id.value);
  type.archived_at = transaction.now();
  store(transaction, type, Change::archived);
  return type;
}

static constexpr Refusal archive_refusals[] = {
    {Code::denied, "permission_denied", "of all centres, by who manages some only"},
    {Code::not_found, "ticket_type_not_found", "no such ticket type, or not within reach"},
    {Code::conflict, "version_outdated", "the ticket type was changed since that version"},
    {Code::conflict, "ticket_type_archived", "the ticket type is archived already"},
};

constinit const Operation ArchiveTicketType::operation = storage::define<ArchiveTicketType>({
    .number = 338,
    .name = "catalog.archive_ticket_type",
    .kind = OperationKind::write,
    .doc = "Archives a ticket type: it is sold no more.",
    .rule = {.permission = "catalog.manage"},
    .refusals = archive_refusals,
    .example = R"({"ticket_type": 1})",
});

TicketType handle(Transaction& transaction, const RestoreTicketType& request) {
  TicketType type = managed_type(transaction, request.ticket_type, request.version);
  if (!type.archived_at) throw Error(Code::conflict, "ticket_type_in_use", "ticket_type");
  if (type.centre) changeable_centre(transaction, type.centre, std::nullopt);
  check_name(transaction, type);
  type.archived_at.reset();
  store(transaction, type, Change::restored);
  return type;
}

static constexpr Refusal restore_refusals[] = {
    {Code::denied, "permission_denied", "of all centres, by who manages some only"},
    {Code::not_found, "ticket_type_not_found", "no such ticket type, or not within reach"},
    {Code::conflict, "version_outdated", "the ticket type was changed since that version"},
    {Code::conflict, "ticket_type_in_use", "the ticket type is not archived"},
    {Code::conflict, "centre_archived", "its centre is archived"},
    {Code::conflict, "ticket_type_name_taken", "a type of the same centre has the name by now"},
};

constinit const Operation RestoreTicketType::operation = storage::define<RestoreTicketType>({
    .number = 339,
    .name = "catalog.restore_ticket_type",
    .kind = OperationKind::write,
    .doc = "Takes an archived ticket type back into use.",
    .rule = {.permission = "catalog.manage"},
    .refusals = restore_refusals,
    .example = R"({"ticket_type": 1})",
});

// --- list ---

Page<TicketType> handle(Transaction& transaction, const TicketTypes& request) {
  storage::List list("ticket_types");
  show_public_or_managed(list, transaction,
                         "(archived_at IS NULL AND (centre IS NULL OR centre IN"
                         " (SELECT centres.id FROM centres"
                         " WHERE centres.active = 1 AND centres.archived_at IS NULL)))",
                         "centre");
  show_archived(list, request.archived);
  if (request.centre) list.where("centre IS NULL OR centre = $", request.centre);
  if (request.age) {
    list.where("COALESCE(min_age, 0) <= $ AND (max_age IS NULL OR max_age >= $)", *request.age,
               *request.age);
  }
  if (request.seat_category) {
    const std::string code = seat_category_code(*request.seat_category, "seat_category");
    list.where("seat_categories = '[]' OR $ IN (SELECT value FROM json_each(seat_categories))",
               code);
  }
  search_for(list, "name_folded", request.search);
  list.order({{"position"}, {"sort_key"}, {"id"}});
  return list.page<TicketType>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "seat_category_malformed", "the seat category is no code"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation TicketTypes::operation = storage::define<TicketTypes>({
    .number = 337,
    .name = "catalog.ticket_types",
    .kind = OperationKind::read,
    .doc = "Lists ticket types, by position and name.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "age": 9})",
});

}  // namespace frontdesk::catalog

/// Gates, and the list that one works by without the file (SPEC B5).
#include "base/text.hpp"
#include "bookings/door.hpp"
#include "catalog/centres.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

Gate changeable_gate(Transaction& transaction, GateId id,
                     const std::optional<std::int64_t>& version) {
  auto gate = storage::find<Gate>(transaction, "gates WHERE id = $1", id);
  if (!gate || !transaction.reach().covers(gate->centre)) storage::missing("gate", "gate");
  storage::check_version(version, gate->version);
  if (gate->archived_at) throw Error(Code::conflict, "gate_archived", "gate");
  return *gate;
}

/// Whether another gate of the centre has the name, in whatever letters.
bool is_named_so(Transaction& transaction, const Gate& gate) {
  const auto others = storage::all<Gate>(
      transaction, "gates WHERE centre = $1 AND archived_at IS NULL AND id <> $2", gate.centre,
      gate.id.value);
  return std::any_of(others.begin(), others.end(), [&](const Gate& other) {
    return text::fold(other.name) == text::fold(gate.name);
  });
}

void check(Transaction& transaction, Gate& gate) {
  gate.name = text::tidy(gate.name);
  if (gate.name.empty()) {
    throw Error(Code::invalid, "field_missing", "name", {{"name", std::string("name")}});
  }
  if (is_named_so(transaction, gate)) throw Error(Code::conflict, "gate_name_taken", "name");
}

void store(Transaction& transaction, Gate& gate) {
  ++gate.version;
  storage::update(transaction, "gates", gate);
  transaction.concern(gate.centre);
}

}  // namespace

// --- create ---

Gate handle(Transaction& transaction, const CreateGate& request) {
  catalog::changeable_centre(transaction, request.centre, std::nullopt);
  Gate gate{
      .version = 1, .centre = request.centre, .name = request.name, .sections = request.sections};
  check(transaction, gate);
  storage::insert(transaction, "gates", gate);
  transaction.concern(gate.centre);
  return gate;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "gate_name_taken", "a gate of the centre has the name"},
};

constinit const Operation CreateGate::operation = storage::define<CreateGate>({
    .number = 970,
    .name = "bookings.create_gate",
    .kind = OperationKind::write,
    .doc = "Adds a gate to a centre.",
    .rule = {.permission = "bookings.policies", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "North", "sections": ["Stalls"]})",
});

// --- update ---

Gate handle(Transaction& transaction, const UpdateGate& request) {
  Gate gate = changeable_gate(transaction, request.gate, request.version);
  if (request.name) gate.name = *request.name;
  if (request.sections) gate.sections = *request.sections;
  check(transaction, gate);
  store(transaction, gate);
  return gate;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "gate_not_found", "no such gate, or not within reach"},
    {Code::conflict, "version_outdated", "the gate was changed since that version"},
    {Code::conflict, "gate_archived", "the gate was put away"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "gate_name_taken", "a gate of the centre has the name"},
};

constinit const Operation UpdateGate::operation = storage::define<UpdateGate>({
    .number = 971,
    .name = "bookings.update_gate",
    .kind = OperationKind::write,
    .doc = "Changes a gate; what is not given stays as it is.",
    .rule = {.permission = "bookings.policies"},
    .refusals = update_refusals,
    .example = R"({"gate": 1, "sections": ["Stalls", "Balcony"]})",
});

// --- archive ---

Gate handle(Transaction& transaction, const ArchiveGate& request) {
  Gate gate = changeable_gate(transaction, request.gate, request.version);
  gate.archived_at = transaction.now();
  store(transaction, gate);
  return gate;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "gate_not_found", "no such gate, or not within reach"},
    {Code::conflict, "version_outdated", "the gate was changed since that version"},
    {Code::conflict, "gate_archived", "the gate was put away before"},
};

constinit const Operation ArchiveGate::operation = storage::define<ArchiveGate>({
    .number = 972,
    .name = "bookings.archive_gate",
    .kind = OperationKind::write,
    .doc = "Puts a gate away; what came through it stays.",
    .rule = {.permission = "bookings.policies"},
    .refusals = archive_refusals,
    .example = R"({"gate": 1})",
});

// --- list ---

Page<Gate> handle(Transaction& transaction, const Gates& request) {
  storage::List list("gates");
  list.where("centre = $", request.centre);
  list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  list.order({{"id"}});
  return list.page<Gate>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Gates::operation = storage::define<Gates>({
    .number = 973,
    .name = "bookings.gates",
    .kind = OperationKind::read,
    .doc = "Gates of a centre.",
    .rule = {.permission = "bookings.check_in", .subject = Subject::centre, .field = "centre"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- without the file ---

GateSheet handle(Transaction& transaction, const GateList& request) {
  const schedule::Session session = door_session(transaction, request.session);
  const std::optional<Gate> gate = gate_of(transaction, request.gate, session.centre);
  GateSheet sheet{
      .session = session.id,
      .centre = session.centre,
      .gate = request.gate,
      .starts = session.starts,
      .opens_at = doors_open_at(transaction, session),
      .ends = session.ends,
      .public_key = crypto::base64url(ticket_keys(transaction).public_key),
      .since = transaction.one_number("SELECT max(id) FROM revoked_tickets").value_or(0)};
  const seating::Layout layout = seating::layout_of(transaction, session);
  storage::Cursor rows = transaction.query(
      "SELECT booking, number, place, ticket_type, (SELECT count(*) FROM revoked_tickets"
      " WHERE revoked_tickets.booking = places.booking"
      " AND revoked_tickets.number = places.number), (SELECT at FROM check_ins"
      " WHERE check_ins.booking = places.booking AND check_ins.number = places.number)"
      " FROM places WHERE session = $1 AND status BETWEEN 2 AND 4 ORDER BY booking, number",
      session.id);
  while (rows.next()) {
    const std::int64_t place = rows.integer(2);
    if (gate && !lets_in(*gate, layout, place)) continue;
    const PlaceId id = place_id(BookingId{rows.integer(0)}, rows.integer(1));
    GateEntry entry{.place = id,
                    .number = ticket_number(transaction, id),
                    .issue = rows.integer(4) + 1,
                    .ticket_type = TicketTypeId{rows.integer(3)}};
    entry.code_digest = code_digest(ticket_code(transaction, {id, entry.issue}));
    if (layout.map) entry.seat = seating::label_of(layout, place);
    if (!rows.null(5)) entry.came_at = rows.instant(5);
    sheet.entries.push_back(std::move(entry));
  }
  return sheet;
}

static constexpr Refusal sheet_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::not_found, "gate_not_found", "the centre has no such gate"},
};

constinit const Operation GateList::operation = storage::define<GateList>({
    .number = 974,
    .name = "bookings.gate_list",
    .kind = OperationKind::read,
    .doc = "All that a gate needs to let visitors in without the file.",
    .rule = {.permission = "bookings.check_in"},
    .refusals = sheet_refusals,
    .example = R"({"session": 1, "gate": 1})",
});

}  // namespace frontdesk::bookings

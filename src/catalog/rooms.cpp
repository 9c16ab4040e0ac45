#include "catalog/rooms.hpp"

#include "base/text.hpp"
#include "catalog/facts.hpp"
#include "catalog/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

constinit const storage::EventKind RoomChanged::kind{
    "catalog.room_changed", "A room was created, changed, archived or restored.", "catalog.manage"};

Room stored_room(Transaction& transaction, RoomId id, std::string_view field) {
  auto room = storage::find<Room>(transaction, "rooms WHERE id = $1", id);
  if (!room) storage::missing("room", field);
  return *room;
}

Room usable_room(Transaction& transaction, RoomId id, CentreId centre, std::string_view field) {
  Room room = stored_room(transaction, id, field);
  if (room.centre != centre) storage::missing("room", field);
  if (room.archived_at) throw Error(Code::conflict, "room_archived", field);
  return room;
}

namespace {

/// A room of the caller's reach, in whatever state.
Room managed_room(Transaction& transaction, RoomId id, const std::optional<std::int64_t>& version) {
  auto room = storage::find<Room>(transaction, "rooms WHERE id = $1", id);
  if (!room || !transaction.reach().covers(room->centre)) storage::missing("room", "room");
  storage::check_version(version, room->version);
  return *room;
}

void check_room_in_use(const Room& room) {
  if (room.archived_at) throw Error(Code::conflict, "room_archived", "room");
}

void check_name(Transaction& transaction, const Room& room) {
  if (transaction.exists("SELECT 1 FROM rooms WHERE centre = $1 AND name_folded = $2"
                         " AND archived_at IS NULL AND id <> $3",
                         room.centre, text::fold(room.name), room.id.value)) {
    throw Error(Code::conflict, "room_name_taken", "name");
  }
}

void check_room(Transaction& transaction, Room& room) {
  room.name = required_text(room.name, "name");
  room.description = optional_text(room.description);
  check_name(transaction, room);
  check_external_ref(transaction, room.external_ref,
                     "SELECT 1 FROM rooms WHERE external_ref = $1 AND id <> $2", room.id.value);
}

/// Keeps the columns for search and order in step, and tells the world.
void announce(Transaction& transaction, const Room& room, Change change) {
  transaction.execute("UPDATE rooms SET name_folded = $2, sort_key = $3 WHERE id = $1", room.id,
                      text::fold(room.name), text::sort_key(room.name));
  transaction.concern(room.centre);
  transaction.touch(storage::Topic::catalog);
  transaction.emit(RoomChanged{.room = room.id, .centre = room.centre, .change = change});
}

void store(Transaction& transaction, Room& room, Change change) {
  ++room.version;
  storage::update(transaction, "rooms", room);
  announce(transaction, room, change);
}

}  // namespace

// --- create ---

Room handle(Transaction& transaction, const CreateRoom& request) {
  changeable_centre(transaction, request.centre, std::nullopt);
  Room room{
      .id = {},
      .version = 1,
      .centre = request.centre,
      .name = request.name,
      .description = request.description,
      .capacity = request.capacity,
      .buffer_before_minutes = request.buffer_before_minutes,
      .buffer_after_minutes = request.buffer_after_minutes,
      .sessions_at_once = request.sessions_at_once,
      .external_ref = request.external_ref,
      .archived_at = {},
  };
  check_room(transaction, room);
  storage::insert(transaction, "rooms", room);
  announce(transaction, room, Change::created);
  return room;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "room_name_taken", "a room of the centre has the name"},
    {Code::conflict, "external_ref_taken", "another room has the key"},
};

constinit const Operation CreateRoom::operation = storage::define<CreateRoom>({
    .number = 317,
    .name = "catalog.create_room",
    .kind = OperationKind::write,
    .doc = "Adds a room to a centre.",
    .rule = {.permission = "catalog.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Big hall", "capacity": 20, "buffer_after_minutes": 15})",
});

// --- update ---

Room handle(Transaction& transaction, const UpdateRoom& request) {
  Room room = managed_room(transaction, request.room, request.version);
  check_room_in_use(room);
  const std::int64_t capacity_before = room.capacity;
  set_required(request.name, room.name, "name");
  request.description.apply(room.description);
  set_present(request.capacity, room.capacity, "capacity");
  request.buffer_before_minutes.apply(room.buffer_before_minutes);
  request.buffer_after_minutes.apply(room.buffer_after_minutes);
  set_present(request.sessions_at_once, room.sessions_at_once, "sessions_at_once");
  request.external_ref.apply(room.external_ref);
  check_room(transaction, room);
  store(transaction, room, Change::updated);
  if (room.capacity < capacity_before) {
    storage::ask_vetoes(transaction, "catalog.shrink_room", room.id.value);
  }
  return room;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "room_not_found", "no such room, or not within reach"},
    {Code::conflict, "version_outdated", "the room was changed since that version"},
    {Code::conflict, "room_archived", "the room is archived"},
    {Code::invalid, "field_missing", "what must not be empty is emptied"},
    {Code::conflict, "room_name_taken", "a room of the centre has the name"},
    {Code::conflict, "external_ref_taken", "another room has the key"},
};

constinit const Operation UpdateRoom::operation = storage::define<UpdateRoom>({
    .number = 318,
    .name = "catalog.update_room",
    .kind = OperationKind::write,
    .doc = "Changes a room; what is not given stays as it is.",
    .rule = {.permission = "catalog.manage"},
    .refusals = update_refusals,
    .example = R"({"room": 1, "version": 1, "capacity": 24})",
});

// --- archive and restore ---

Room handle(Transaction& transaction, const ArchiveRoom& request) {
  Room room = managed_room(transaction, request.room, request.version);
  check_room_in_use(room);
  storage::ask_vetoes(transaction, "catalog.archive_room", room.id.value);
  room.archived_at = transaction.now();
  store(transaction, room, Change::archived);
  return room;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "room_not_found", "no such room, or not within reach"},
    {Code::conflict, "version_outdated", "the room was changed since that version"},
    {Code::conflict, "room_archived", "the room is archived already"},
    {Code::conflict, "sessions_to_come", "the room has sessions to come"},
};

constinit const Operation ArchiveRoom::operation = storage::define<ArchiveRoom>({
    .number = 321,
    .name = "catalog.archive_room",
    .kind = OperationKind::write,
    .doc = "Archives a room that nothing is planned in any more.",
    .rule = {.permission = "catalog.manage"},
    .refusals = archive_refusals,
    .example = R"({"room": 1})",
});

Room handle(Transaction& transaction, const RestoreRoom& request) {
  Room room = managed_room(transaction, request.room, request.version);
  if (!room.archived_at) throw Error(Code::conflict, "room_in_use", "room");
  changeable_centre(transaction, room.centre, std::nullopt);
  check_name(transaction, room);
  room.archived_at.reset();
  store(transaction, room, Change::restored);
  return room;
}

static constexpr Refusal restore_refusals[] = {
    {Code::not_found, "room_not_found", "no such room, or not within reach"},
    {Code::conflict, "version_outdated", "the room was changed since that version"},
    {Code::conflict, "room_in_use", "the room is not archived"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::conflict, "room_name_taken", "a room of the centre has the name by now"},
};

constinit const Operation RestoreRoom::operation = storage::define<RestoreRoom>({
    .number = 322,
    .name = "catalog.restore_room",
    .kind = OperationKind::write,
    .doc = "Takes an archived room back into use.",
    .rule = {.permission = "catalog.manage"},
    .refusals = restore_refusals,
    .example = R"({"room": 1})",
});

// --- read ---

Room handle(Transaction& transaction, const GetRoom& request) {
  Room room = stored_room(transaction, request.room);
  const bool is_shown = !room.archived_at && is_public(transaction, room.centre);
  if (!is_shown && !managed(transaction).covers(room.centre)) storage::missing("room", "room");
  return room;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "room_not_found", "no such room, or not shown to the caller"},
};

constinit const Operation GetRoom::operation = storage::define<GetRoom>({
    .number = 319,
    .name = "catalog.get_room",
    .kind = OperationKind::read,
    .doc = "One room of a centre.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"room": 1})",
});

Page<Room> handle(Transaction& transaction, const Rooms& request) {
  storage::List list("rooms");
  show_public_or_managed(list, transaction,
                         "(archived_at IS NULL AND centre IN (SELECT centres.id FROM centres"
                         " WHERE centres.active = 1 AND centres.archived_at IS NULL))",
                         "centre");
  show_archived(list, request.archived);
  if (request.centre) list.where("centre = $", request.centre);
  search_for(list, "name_folded", request.search);
  if (request.min_capacity) list.where("capacity >= $", *request.min_capacity);
  if (request.external_ref) list.where("external_ref = $", *request.external_ref);
  list.order({{"centre"}, {"sort_key"}, {"id"}});
  return list.page<Room>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Rooms::operation = storage::define<Rooms>({
    .number = 320,
    .name = "catalog.rooms",
    .kind = OperationKind::read,
    .doc = "Lists rooms, by centre and name.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "min_capacity": 10})",
});

}  // namespace frontdesk::catalog

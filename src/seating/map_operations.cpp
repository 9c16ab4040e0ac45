/// Maps and their versions (SPEC H1, H2): entering, changing, looking, putting away.
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "catalog/centres.hpp"
#include "catalog/facts.hpp"
#include "catalog/records.hpp"
#include "catalog/rooms.hpp"
#include "seating/plan.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::seating {

constinit const storage::EventKind MapChanged::kind{
    "seating.map_changed", "A seat map was entered, changed, archived or given to a room.",
    "seating.manage"};

namespace {

/// What a request draws, and its text.
struct Drawn {
  std::string text{};
  std::shared_ptr<const Map> map{};
};

template <class T>
std::optional<Drawn> drawn(const T& request) {
  if (request.text && request.plan) throw Error(Code::invalid, "map_given_twice", "plan");
  if (request.text) return Drawn{*request.text, build_map(*request.text)};
  if (!request.plan) return std::nullopt;
  auto map = build_map(*request.plan);
  return Drawn{print_plan(map->plan), map};
}

/// The newest version of a map of the caller's reach.
SeatMap newest_version(Transaction& transaction, SeatMapId id, std::string_view field) {
  auto map = storage::find<SeatMap>(
      transaction,
      "seat_maps WHERE newest = 1 AND first = (SELECT first FROM seat_maps WHERE id = $1)", id);
  if (!map || !transaction.reach().covers(map->centre)) storage::missing("seat_map", field);
  return *map;
}

void check_name(Transaction& transaction, SeatMap& map) {
  map.name = catalog::required_text(map.name, "name");
  if (transaction.exists("SELECT 1 FROM seat_maps WHERE centre = $1 AND name_folded = $2"
                         " AND newest = 1 AND archived_at IS NULL AND first IS NOT $3",
                         map.centre, text::fold(map.name), map.first)) {
    throw Error(Code::conflict, "map_name_taken", "name");
  }
}

/// Rooms that have the map must be large enough for it.
void check_rooms(Transaction& transaction, const SeatMap& map) {
  storage::Cursor room = transaction.query(
      "SELECT rooms.id, rooms.capacity FROM room_maps JOIN rooms ON rooms.id = room_maps.room"
      " WHERE room_maps.map = $1 AND rooms.capacity < $2",
      map.first, map.places);
  if (!room.next()) return;
  throw Error(Code::conflict, "map_over_room", "map",
              {{"room", room.integer(0)}, {"capacity", room.integer(1)}, {"places", map.places}});
}

void announce(Transaction& transaction, const SeatMap& map) {
  transaction.execute("UPDATE seat_maps SET name_folded = $2, sort_key = $3 WHERE id = $1", map.id,
                      text::fold(map.name), text::sort_key(map.name));
  transaction.concern(map.centre);
  // Its number may be given away again if this is rolled back; see map_of.
  transaction.touch(storage::Topic::catalog);
  transaction.emit(MapChanged{.map = map.id, .centre = map.centre});
}

void count(SeatMap& map, const Drawn& drawn) {
  map.text = drawn.text;
  map.seats = static_cast<std::int64_t>(drawn.map->seats.size());
  map.places = drawn.map->places();
}

}  // namespace

// --- create ---

SeatMap handle(Transaction& transaction, const CreateMap& request) {
  catalog::changeable_centre(transaction, request.centre, std::nullopt);
  auto made = drawn(request);
  if (!made) throw Error(Code::invalid, "map_not_given", "text");
  SeatMap map{.id = {}, .version = 1, .first = {}, .centre = request.centre, .name = request.name};
  count(map, *made);
  map.external_ref = request.external_ref;
  map.created_at = transaction.now();
  check_name(transaction, map);
  catalog::check_external_ref(transaction, map.external_ref,
                              "SELECT 1 FROM seat_maps WHERE external_ref = $1 AND id <> $2", 0);
  storage::insert(transaction, "seat_maps", map);
  map.first = map.id;
  transaction.execute("UPDATE seat_maps SET first = id WHERE id = $1", map.id);
  announce(transaction, map);
  return map;
}

// What is wrong with a map, as text or as data, in the order in which it is looked for.
static constexpr Refusal plan_refusals[] = {
    {Code::invalid, "map_malformed", "the text is none; the details tell line and column"},
    {Code::invalid, "map_category_unknown", "a seat is of a category that is not named"},
    {Code::invalid, "map_without_category", "no category is named"},
    {Code::invalid, "map_letter_invalid", "a category's letter is no capital letter"},
    {Code::invalid, "map_category_malformed", "a category's code is none"},
    {Code::invalid, "map_category_twice", "a letter or code is used twice"},
    {Code::invalid, "map_out_of_bounds", "something stands farther than 1,000,000 from 0"},
    {Code::invalid, "map_too_many_sections", "there are more than 200 sections"},
    {Code::invalid, "map_too_many_areas", "there are more than 200 areas"},
    {Code::invalid, "map_section_empty", "a section has neither row, table nor area"},
    {Code::invalid, "map_option_misplaced", "a part has an option of another kind of part"},
    {Code::invalid, "map_by_invalid", "numbers grow by less than -100 or more than 100"},
    {Code::invalid, "map_space_invalid", "a space is below 0 or above 100 rows"},
    {Code::invalid, "map_count_invalid", "a number of seats is out of range"},
    {Code::invalid, "map_gap_flagged", "a gap is accessible or numbered"},
    {Code::invalid, "map_gap_outside_row", "there is a gap at a table or in an area"},
    {Code::invalid, "map_seat_both", "a seat is both accessible and a companion's"},
    {Code::invalid, "map_row_empty", "a row has no seat"},
    {Code::invalid, "map_block_empty", "a table or area has no place"},
    {Code::invalid, "map_area_malformed", "an area is not one plain run"},
    {Code::invalid, "map_area_too_small", "an area is narrower than a seat"},
    {Code::invalid, "map_too_many_seats", "there are more than 50,000 seats"},
    {Code::invalid, "map_too_many_places", "there are more than 1,000,000 places"},
    {Code::invalid, "map_empty", "there is no place at all"},
    {Code::invalid, "map_name_malformed", "a name is too long, or holds control characters"},
    {Code::invalid, "map_section_twice", "two sections have one name"},
    {Code::invalid, "map_area_twice", "two areas have one name"},
    {Code::invalid, "map_number_invalid", "a seat's number is below 0 or above 1,000,000"},
    {Code::invalid, "map_label_twice", "two seats have one label"},
    {Code::invalid, "map_companion_alone", "a companion's seat is not beside an accessible one"},
    {Code::invalid, "map_seats_overlap", "two seats overlap"},
};

/// The refusals of an operation that takes a map, between those before and after it is read.
template <std::size_t Before, std::size_t After>
static constexpr auto with_plan_refusals(const Refusal (&before)[Before],
                                         const Refusal (&after)[After]) {
  std::array<Refusal, Before + std::size(plan_refusals) + After> all{};
  auto end = std::copy(std::begin(before), std::end(before), all.begin());
  end = std::copy(std::begin(plan_refusals), std::end(plan_refusals), end);
  std::copy(std::begin(after), std::end(after), end);
  return all;
}

static constexpr auto create_refusals = with_plan_refusals(
    {{Code::not_found, "centre_not_found", "no such centre, or not within reach"},
     {Code::conflict, "centre_archived", "the centre is archived"},
     {Code::invalid, "map_given_twice", "both text and plan are given"}},
    {{Code::invalid, "map_not_given", "neither text nor plan is given"},
     {Code::invalid, "field_missing", "the name is nothing but white space"},
     {Code::conflict, "map_name_taken", "a map of the centre has the name"},
     {Code::conflict, "external_ref_taken", "another map has the key"}});

constinit const Operation CreateMap::operation = storage::define<CreateMap>({
    .number = 621,
    .name = "seating.create_map",
    .kind = OperationKind::write,
    .doc = "Enters a seat map, as text or as data.",
    .rule = {.permission = "seating.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Red hall",
 "text": "category S standard\nstage Screen\nrow A: 4S _ 4S\nrow B: 4S _ 4S\n"})",
});

// --- change ---

SeatMap handle(Transaction& transaction, const ChangeMap& request) {
  SeatMap before = newest_version(transaction, request.map, "map");
  storage::check_version(request.version, before.version);
  if (before.archived_at) throw Error(Code::conflict, "map_archived", "map");
  SeatMap map = before;
  map.id = {};
  ++map.version;
  map.created_at = transaction.now();
  if (auto made = drawn(request)) count(map, *made);
  if (request.name) map.name = *request.name;
  check_name(transaction, map);
  check_rooms(transaction, map);
  transaction.execute("UPDATE seat_maps SET newest = 0 WHERE id = $1", before.id);
  storage::insert(transaction, "seat_maps", map);
  announce(transaction, map);
  return map;
}

static constexpr auto change_refusals = with_plan_refusals(
    {{Code::not_found, "seat_map_not_found", "no such map, or not within reach"},
     {Code::conflict, "version_outdated", "the map was changed since that version"},
     {Code::conflict, "map_archived", "the map is archived"},
     {Code::invalid, "map_given_twice", "both text and plan are given"}},
    {{Code::invalid, "field_missing", "the name is nothing but white space"},
     {Code::conflict, "map_name_taken", "a map of the centre has the name"},
     {Code::conflict, "map_over_room", "a room that has the map is too small"}});

constinit const Operation ChangeMap::operation = storage::define<ChangeMap>({
    .number = 622,
    .name = "seating.change_map",
    .kind = OperationKind::write,
    .doc = "Makes a new version of a seat map.",
    .rule = {.permission = "seating.manage"},
    .refusals = change_refusals,
    .example = R"({"map": 1, "version": 1,
 "text": "category S standard\nstage Screen\nrow A: 4S _ 4S\n"})",
});

// --- archive ---

SeatMap handle(Transaction& transaction, const ArchiveMap& request) {
  SeatMap map = newest_version(transaction, request.map, "map");
  if (map.archived_at.has_value() == request.archived) return map;
  map.archived_at.reset();
  if (request.archived) map.archived_at = transaction.now();
  if (!request.archived) check_name(transaction, map);
  transaction.execute("UPDATE seat_maps SET archived_at = $2 WHERE first = $1", map.first,
                      map.archived_at);
  if (request.archived) {
    transaction.execute("DELETE FROM room_maps WHERE map = $1", map.first);
  }
  announce(transaction, map);
  return map;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "seat_map_not_found", "no such map, or not within reach"},
    {Code::conflict, "map_name_taken", "a map of the centre in use has the name"},
};

constinit const Operation ArchiveMap::operation = storage::define<ArchiveMap>({
    .number = 625,
    .name = "seating.archive_map",
    .kind = OperationKind::write,
    .doc = "Puts a seat map away, or takes it out again.",
    .rule = {.permission = "seating.manage"},
    .refusals = archive_refusals,
    .example = R"({"map": 1})",
});

// --- look ---

MapDetails handle(Transaction& transaction, const GetMap& request) {
  auto found = storage::find<SeatMap>(transaction, "seat_maps WHERE id = $1", request.map);
  const bool is_seen =
      found && (catalog::is_public(transaction, found->centre) ||
                access::reach_of(transaction, "seating.manage").covers(found->centre));
  if (!is_seen) storage::missing("seat_map", "map");
  const auto map = map_of(transaction, request.map);
  return {.map = std::move(*found),
          .plan = map->plan,
          .focus = map->focus,
          .seats = map->seats,
          .areas = map->areas};
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "seat_map_not_found", "no such map, or not within reach"},
};

constinit const Operation GetMap::operation = storage::define<GetMap>({
    .number = 623,
    .name = "seating.get_map",
    .kind = OperationKind::read,
    .doc = "One version of a seat map, with every seat.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"map": 1})",
});

Page<SeatMap> handle(Transaction& transaction, const Maps& request) {
  storage::List list("seat_maps");
  access::narrow_to_reach(list, transaction, {.client = {}, .centre = "seat_maps.centre"});
  if (request.versions_of) {
    list.where("first = (SELECT first FROM seat_maps WHERE id = $)", request.versions_of);
  } else {
    list.where("newest = 1");
    list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  }
  if (request.centre) list.where("centre = $", request.centre);
  if (request.room) {
    list.where("first IN (SELECT map FROM room_maps WHERE room = $)", request.room);
  }
  list.order({{"sort_key"}, {"id"}});
  return list.page<SeatMap>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Maps::operation = storage::define<Maps>({
    .number = 624,
    .name = "seating.maps",
    .kind = OperationKind::read,
    .doc = "Lists seat maps by name.",
    .rule = {.permission = "seating.manage"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- rooms ---

Nothing handle(Transaction& transaction, const GiveMap& request) {
  const catalog::Room room = catalog::stored_room(transaction, request.room);
  if (!transaction.reach().covers(room.centre)) storage::missing("room", "room");
  if (room.archived_at) throw Error(Code::conflict, "room_archived", "room");
  transaction.concern(room.centre);
  if (!request.map) {
    const auto had = transaction.one_number("SELECT map FROM room_maps WHERE room = $1", room.id);
    if (!had) return {};
    transaction.execute("DELETE FROM room_maps WHERE room = $1", room.id);
    transaction.emit(MapChanged{.map = SeatMapId{*had}, .centre = room.centre});
    return {};
  }
  const SeatMap map = newest_version(transaction, request.map, "map");
  if (map.centre != room.centre) storage::missing("seat_map", "map");
  if (map.archived_at) throw Error(Code::conflict, "map_archived", "map");
  transaction.execute(
      "INSERT INTO room_maps (room, map) VALUES ($1, $2)"
      " ON CONFLICT (room) DO UPDATE SET map = excluded.map",
      room.id, map.first);
  check_rooms(transaction, map);
  transaction.emit(MapChanged{.map = map.id, .centre = map.centre});
  return {};
}

static constexpr Refusal give_refusals[] = {
    {Code::not_found, "room_not_found", "no such room, or not within reach"},
    {Code::conflict, "room_archived", "the room is archived"},
    {Code::not_found, "seat_map_not_found", "the room's centre has no such map"},
    {Code::conflict, "map_archived", "the map is archived"},
    {Code::conflict, "map_over_room", "the room holds fewer than the map has places"},
};

constinit const Operation GiveMap::operation = storage::define<GiveMap>({
    .number = 626,
    .name = "seating.give_map",
    .kind = OperationKind::write,
    .doc = "Gives a room its seat map, for the sessions entered from now on.",
    .rule = {.permission = "seating.manage"},
    .refusals = give_refusals,
    .example = R"({"room": 1, "map": 1})",
});

}  // namespace frontdesk::seating

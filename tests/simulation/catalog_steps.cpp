#include "simulation.hpp"

#include "box_office.hpp"
#include "timetable.hpp"

namespace frontdesk::simulation {

void Simulation::create_centre() {
  catalog::CreateCentre request;
  request.name = unique("Centre");
  request.city = "Almaty";
  request.zone = "Asia/Almaty";
  request.currency = "KZT";
  model_.centres.push_back(desk_->host().run(request).id);
}

void Simulation::create_room() {
  catalog::CreateRoom request;
  request.centre = model_.centres[roll(model_.centres.size())];
  request.name = unique("Room");
  request.capacity = static_cast<std::int64_t>(1 + roll(50));
  catalog::Room room = desk_->host().run(request);
  model_.rooms[room.id.value] = {room.centre, room.version, room.capacity, false};
  request.name[0] = 'r';  // the same but for its case
  Error error = refused("a room's name that is taken", [&] { desk_->host().run(request); });
  agree(error.reason() == "room_name_taken", "reason " + error.reason());
}

void Simulation::change_room() {
  if (model_.rooms.empty()) return;
  auto chosen = model_.rooms.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(roll(model_.rooms.size())));
  RoomId id{chosen->first};
  ModelRoom& room = chosen->second;
  switch (roll(3)) {
    case 0: {
      auto archive = [&] { return desk_->host().run(catalog::ArchiveRoom{.room = id}); };
      if (room.is_archived) {
        agree(refused("an archived room", archive).reason() == "room_archived", "archiving");
        return;
      }
      room.version = archive().version;
      room.is_archived = true;
      return;
    }
    case 1: {
      auto restore = [&] { return desk_->host().run(catalog::RestoreRoom{.room = id}); };
      if (!room.is_archived) {
        agree(refused("a room in use", restore).reason() == "room_in_use", "restoring");
        return;
      }
      room.version = restore().version;
      room.is_archived = false;
      return;
    }
    default: {
      catalog::UpdateRoom request{.room = id, .version = room.version};
      request.capacity = static_cast<std::int64_t>(1 + roll(50));
      auto change = [&] { return desk_->host().run(request); };
      if (room.is_archived) {
        agree(refused("an archived room", change).reason() == "room_archived", "changing");
        return;
      }
      catalog::Room changed = change();
      agree(changed.version == room.version + 1, "a change raises the version by one");
      room.version = changed.version;
      room.capacity = changed.capacity;
    }
  }
}

CategoryId Simulation::any_category() {
  if (model_.categories.empty() || roll(4) == 0) return {};
  auto chosen = model_.categories.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(roll(model_.categories.size())));
  return CategoryId{chosen->first};
}

/// How many categories stand above one, by the model.
int Simulation::depth_of(CategoryId category) const {
  int depth = 0;
  while (category && model_.categories.at(category.value)) {
    category = model_.categories.at(category.value);
    ++depth;
  }
  return depth;
}

void Simulation::create_category() {
  catalog::CreateCategory request;
  request.parent = any_category();
  request.name = unique("Category");
  if (roll(2) == 0) request.position = static_cast<std::int64_t>(1 + roll(4));
  constexpr int deepest = 7;  // the setting's default is 8 levels
  auto create = [&] { return desk_->host().run(request); };
  if (request.parent && depth_of(request.parent) >= deepest) {
    agree(refused("a tree too deep", create).reason() == "category_too_deep", "creating");
    return;
  }
  catalog::Category made = create();
  model_.categories[made.id.value] = made.parent;
  agree(made.depth == depth_of(made.id), "a category's depth");
}

void Simulation::move_category() {
  CategoryId category = any_category();
  if (!category) return;
  catalog::MoveCategory request{.category = category, .version = {}, .parent = any_category()};
  bool is_cycle = false;
  for (CategoryId at = request.parent; at; at = model_.categories.at(at.value)) {
    is_cycle = is_cycle || at == category;
  }
  try {
    desk_->host().run(request);
    agree(!is_cycle, "a category stands below itself");
    model_.categories[category.value] = request.parent;
  } catch (const Error& error) {
    agree(error.reason() == (is_cycle ? "category_cycle" : "category_too_deep"),
          "reason " + error.reason());
  }
}

void Simulation::create_activity() {
  catalog::CreateActivity request;
  request.centre = model_.centres[roll(model_.centres.size())];
  request.name = unique("Activity");
  if (CategoryId category = any_category()) request.categories.push_back(category);
  catalog::Activity made = desk_->host().run(request);
  model_.activities[made.id.value] = request.categories;
  agree(desk_->anonymous().run(catalog::GetActivity{.activity = made.id}).name == request.name,
        "an activity's name");
}

/// Rooms are what the model says; the tree has no cycle and its order; activities are found under
/// their category and every one above it.
void Simulation::check_catalog() {
  std::size_t in_use = 0;
  for (const auto& [id, room] : model_.rooms) {
    catalog::Room read = desk_->host().run(catalog::GetRoom{.room = RoomId{id}});
    agree(read.version == room.version && read.capacity == room.capacity, "a room's state");
    agree(read.archived_at.has_value() == room.is_archived, "whether a room is archived");
    in_use += room.is_archived ? 0 : 1;
  }
  std::size_t listed = 0;
  std::optional<std::string> cursor;
  do {
    auto page = desk_->host().run(catalog::Rooms{.cursor = cursor, .limit = 7});
    listed += page.items.size();
    cursor = page.next;
  } while (cursor);
  agree(listed == in_use + timetable_->rooms() + box_office_->rooms(), "rooms in use");

  for (const auto& category : desk_->host().run(catalog::Categories{.limit = 500}).items) {
    agree(model_.categories.at(category.id.value) == category.parent, "a category's parent");
    agree(category.depth == depth_of(category.id), "a category's depth");
  }
  for (const auto& [category, parent] : model_.categories) {
    std::set<std::int64_t> wanted;
    for (const auto& [id, categories] : model_.activities) {
      for (CategoryId at : categories) {
        while (at && at.value != category) at = model_.categories.at(at.value);
        if (at) wanted.insert(id);
      }
    }
    std::set<std::int64_t> found;
    catalog::Activities request{.category = CategoryId{category}, .limit = 500};
    do {
      auto page = desk_->host().run(request);
      for (const auto& activity : page.items) found.insert(activity.id.value);
      request.cursor = page.next;
    } while (request.cursor);
    agree(found == wanted, "the activities of a category");
  }
}

}  // namespace frontdesk::simulation

/// Seat maps: their versions, which room has which, the map of a session and its exchange, and
/// pictures. docs/seat-maps.md tells how to write one.
#pragma once

#include <frontdesk/seating_plan.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace seating {

/// One seat of a map.
struct SeatInfo {
  std::int64_t place = 0;
  std::string section{};
  std::string row{};
  std::string number{};
  std::string label{};
  std::string category{};
  bool accessible = false;
  bool companion = false;
  std::string table{};
  std::int64_t x = 0;
  std::int64_t y = 0;

  template <class Self = SeatInfo>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("Its number, 1 and up in the order of the map."),
        field<&Self::section>("Name of its section."),
        field<&Self::row>("Label of its row; empty at a table."),
        field<&Self::number>("Its number in the row or at the table."),
        field<&Self::label>("Section, row and number: `Stalls C-12`."),
        field<&Self::category>("Code of its category."),
        field<&Self::accessible>("For a visitor in a wheelchair."),
        field<&Self::companion>("For who comes with such a visitor."),
        field<&Self::table>("Label of its table; empty in a row."),
        field<&Self::x>("Where its middle is."),
        field<&Self::y>("Where its middle is."),
    };
    return table;
  }
};

/// An area to stand in.
struct AreaInfo {
  std::string section{};
  std::string name{};
  std::string category{};
  std::int64_t first_place = 0;
  std::int64_t places = 0;
  std::int64_t x = 0;
  std::int64_t y = 0;
  std::int64_t width = 0;
  std::int64_t depth = 0;

  template <class Self = AreaInfo>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::section>("Name of its section."),
        field<&Self::name>("Its name."),
        field<&Self::category>("Code of its category."),
        field<&Self::first_place>("Number of its first place."),
        field<&Self::places>("How many it holds."),
        field<&Self::x>("Its left edge."),
        field<&Self::y>("Its edge towards the stage."),
        field<&Self::width>("How wide it is."),
        field<&Self::depth>("How deep it is."),
    };
    return table;
  }
};

/// One version of a hall's map. It never changes; a change is a new version with its own number.
struct SeatMap {
  SeatMapId id{};
  std::int64_t version = 0;
  SeatMapId first{};
  CentreId centre{};
  std::string name{};
  std::string text{};
  std::int64_t seats = 0;
  std::int64_t places = 0;
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> archived_at{};

  template <class Self = SeatMap>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of this version."),
        field<&Self::version>("Grows by one with each change of the map."),
        field<&Self::first>("The first version, which stands for the whole line."),
        field<&Self::centre>("The centre whose hall it is."),
        field<&Self::name>("Its name."),
        field<&Self::text>("The map, as it was written."),
        field<&Self::seats>("How many seats."),
        field<&Self::places>("How many places, standing areas included."),
        field<&Self::external_ref>("The host's own key; unique among newest versions."),
        field<&Self::created_at>("When this version was made."),
        field<&Self::archived_at>("When the map was put away."),
    };
    return table;
  }
};

/// Enters a map, as text or as data.
struct CreateMap {
  using Result = SeatMap;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::optional<std::string> text{};
  std::optional<MapPlan> plan{};
  std::optional<std::string> external_ref{};

  template <class Self = CreateMap>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre whose hall it is."),
        field<&Self::name>("Its name; unique among the centre's maps in use.").length(1, 100),
        field<&Self::text>("The map as text.").length(1, 1'000'000),
        field<&Self::plan>("Or the map as data."),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Makes a new version of a map. Rooms that have the map give it to the sessions entered from now
/// on; those that are there keep theirs.
struct ChangeMap {
  using Result = SeatMap;
  static const Operation operation;

  SeatMapId map{};
  std::optional<std::int64_t> version{};
  std::optional<std::string> name{};
  std::optional<std::string> text{};
  std::optional<MapPlan> plan{};

  template <class Self = ChangeMap>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::map>("Any version of the map."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::name>("Another name.").length(1, 100),
        field<&Self::text>("The map as text.").length(1, 1'000'000),
        field<&Self::plan>("Or the map as data."),
    };
    return table;
  }
};

/// Puts a map away, or takes it out again. Rooms lose it; sessions keep it.
struct ArchiveMap {
  using Result = SeatMap;
  static const Operation operation;

  SeatMapId map{};
  bool archived = true;

  template <class Self = ArchiveMap>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::map>("Any version of the map."),
        field<&Self::archived>("False: take it out again.").or_default(),
    };
    return table;
  }
};

/// A map with all that is in it.
struct MapDetails {
  SeatMap map{};
  MapPlan plan{};
  MapPoint focus{};
  std::vector<SeatInfo> seats{};
  std::vector<AreaInfo> areas{};

  template <class Self = MapDetails>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::map>("The version."),
        field<&Self::plan>("The map as data."),
        field<&Self::focus>("The point whose seats are the best."),
        field<&Self::seats>("Each seat with its place and point."),
        field<&Self::areas>("Each standing area."),
    };
    return table;
  }
};

/// One version of a map. Everyone may see the maps of active centres.
struct GetMap {
  using Result = MapDetails;
  static const Operation operation;

  SeatMapId map{};

  template <class Self = GetMap>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::map>("The version.")};
    return table;
  }
};

/// Maps in their newest version, by name; or all versions of one.
struct Maps {
  using Result = Page<SeatMap>;
  static const Operation operation;

  CentreId centre{};
  RoomId room{};
  SeatMapId versions_of{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Maps>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::room>("Only the one this room has.").or_default(),
        field<&Self::versions_of>("All versions of this map instead.").or_default(),
        field<&Self::archived>("Those put away instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Gives a room its map; sessions entered there from now on have it, in its newest version.
struct GiveMap {
  using Result = Nothing;
  static const Operation operation;

  RoomId room{};
  SeatMapId map{};

  template <class Self = GiveMap>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::room>("The room."),
        field<&Self::map>("Any version of the map; absent: the room has none.").or_default(),
    };
    return table;
  }
};

/// Where a place went when a session got another map.
struct PlaceMove {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::string label{};
  HoldId hold{};
  BookingId booking{};
  WaitingEntryId waiting_entry{};

  template <class Self = PlaceMove>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::from>("Its number before."),
        field<&Self::to>("Its number now; 0: there is no such place any more."),
        field<&Self::label>("What was written on it before."),
        field<&Self::hold>("The hold that has it.").or_default(),
        field<&Self::booking>("The booking that has it.").or_default(),
        field<&Self::waiting_entry>("The waiting entry it is offered to.").or_default(),
    };
    return table;
  }
};

/// What became of those who had places.
struct MapSwapped {
  SessionId session{};
  SeatMapId map{};
  std::vector<PlaceMove> moved{};
  std::vector<PlaceMove> unplaced{};

  template <class Self = MapSwapped>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::map>("The map it has now."),
        field<&Self::moved>("Who keeps a place, under the same label."),
        field<&Self::unplaced>("Who could not be placed: the seat is not there, or of "
                               "another category."),
    };
    return table;
  }
};

/// Gives a session another map, for a broken seat or another hall. Whoever has a place keeps the
/// one with the same label and category; if somebody cannot, the swap is refused, unless
/// `despite_unplaced`. A preview tells who that would be.
struct SwapMap {
  using Result = MapSwapped;
  static const Operation operation;

  SessionId session{};
  SeatMapId map{};
  bool despite_unplaced = false;

  template <class Self = SwapMap>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::map>("The version it shall have."),
        field<&Self::despite_unplaced>("Takes their places from those who cannot be placed.")
            .or_default(),
    };
    return table;
  }
};

/// How a picture is made.
enum class DrawingForm : unsigned char { svg, text };
std::span<const EnumValue> enum_values(DrawingForm);

/// A picture of a hall.
struct Drawing {
  std::string content{};
  std::string media_type{};

  template <class Self = Drawing>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::content>("The picture."),
        field<&Self::media_type>("What kind of file that is."),
    };
    return table;
  }
};

/// Draws a map by category, or a session's hall by what is free.
struct Draw {
  using Result = Drawing;
  static const Operation operation;

  SessionId session{};
  SeatMapId map{};
  Channel channel = Channel::online;
  DrawingForm form = DrawingForm::svg;

  template <class Self = Draw>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session.").or_default(),
        field<&Self::map>("Or a version of a map.").or_default(),
        field<&Self::channel>("For which channel.").or_default(),
        field<&Self::form>("SVG, or one character a seat for terminals.").or_default(),
    };
    return table;
  }
};

// --- events ---

/// A map was entered, changed, archived, taken out again, or given to a room or taken from it.
struct MapChanged {
  static const storage::EventKind kind;

  SeatMapId map{};
  CentreId centre{};

  template <class Self = MapChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::map>("Its newest version."),
        field<&Self::centre>("Its centre."),
    };
    return table;
  }
};

/// A session got another map; what has its places must follow.
struct PlacesRemapped {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};
  SeatMapId map{};
  std::vector<PlaceMove> moves{};

  template <class Self = PlacesRemapped>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::map>("The map it has now."),
        field<&Self::moves>("Every place that somebody had, and where it went."),
    };
    return table;
  }
};

}  // namespace seating
}  // namespace v1
}  // namespace frontdesk

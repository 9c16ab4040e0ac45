/// What is free in a session, seat by seat where that is asked; the best places available; places
/// out of use and places reserved for a channel.
#pragma once

#include <frontdesk/seating.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace seating {

/// How a place stands for a channel.
enum class PlaceState : unsigned char { free, held, booked, blocked, reserved };
std::span<const EnumValue> enum_values(PlaceState);

/// One seat of a session and how it stands. Who has it is told to staff only.
struct SeatStatus {
  std::int64_t place = 0;
  std::string label{};
  std::string category{};
  PlaceState state = PlaceState::free;
  HoldId hold{};
  BookingId booking{};
  std::optional<std::string> note{};

  template <class Self = SeatStatus>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("Its number in the session."),
        field<&Self::label>("What is written on it, with section and row."),
        field<&Self::category>("Code of its category."),
        field<&Self::state>("Reserved for the caller's own channel counts as free."),
        field<&Self::hold>("The hold that has it; for staff.").or_default(),
        field<&Self::booking>("The booking that has it; for staff.").or_default(),
        field<&Self::note>("Why it is out of use; for staff."),
    };
    return table;
  }
};

/// Places of one category, or of one standing area, and how many of them are free.
struct PlaceCount {
  std::string name{};
  std::int64_t places = 0;
  std::int64_t free = 0;

  template <class Self = PlaceCount>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("The category's code, or the area's name."),
        field<&Self::places>("How many there are."),
        field<&Self::free>("How many of them nobody has."),
    };
    return table;
  }
};

/// What a session has to offer to one channel.
struct SessionPlaces {
  SessionId session{};
  SeatMapId map{};
  std::optional<std::int64_t> capacity{};
  std::int64_t taken = 0;
  std::optional<std::int64_t> free{};
  std::vector<PlaceCount> categories{};
  std::vector<PlaceCount> areas{};
  std::vector<SeatStatus> seats{};

  template <class Self = SessionPlaces>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::map>("The seat map it was opened with; none: no seats.").or_default(),
        field<&Self::capacity>("How many places there are; absent: no limit."),
        field<&Self::taken>("Places the channel cannot have: booked, held, offered, "
                            "blocked, or reserved for the other."),
        field<&Self::free>("How many are left; absent: no limit."),
        field<&Self::categories>("By seat category, standing areas included."),
        field<&Self::areas>("By standing area."),
        field<&Self::seats>("Each seat, where that was asked."),
    };
    return table;
  }
};

/// What is left in a session. Everyone may ask about a session they may see.
struct Availability {
  using Result = SessionPlaces;
  static const Operation operation;

  SessionId session{};
  Channel channel = Channel::online;
  bool seats = false;

  template <class Self = Availability>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::channel>("For which channel.").or_default(),
        field<&Self::seats>("Also each seat.").or_default(),
    };
    return table;
  }
};

/// How well the best places fit together, from best to worst.
enum class Fit : unsigned char {
  together,
  leaves_single,
  near_rows,
  sections,
  table,
  tables,
  area,
  scattered,
};
std::span<const EnumValue> enum_values(Fit);

/// The best places that are free.
struct BestPlaces {
  std::vector<PlaceInfo> places{};
  Fit fit = Fit::together;

  template <class Self = BestPlaces>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::places>("The places, by number. They are not held."),
        field<&Self::fit>("How they fit together."),
    };
    return table;
  }
};

/// Finds the best places for a group without taking them: side by side without leaving a single
/// seat, then leaving one, then in near rows, other sections, at a table, in a standing area;
/// nearest to the focal point first.
struct BestAvailable {
  using Result = BestPlaces;
  static const Operation operation;

  SessionId session{};
  std::int64_t count = 1;
  std::string category{};
  bool accessible = false;
  Channel channel = Channel::online;

  template <class Self = BestAvailable>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::count>("How many places.").range(1, 1000),
        field<&Self::category>("Only of this category.").or_default().length(0, 40),
        field<&Self::accessible>("With at least one accessible seat.").or_default(),
        field<&Self::channel>("For which channel.").or_default(),
    };
    return table;
  }
};

/// Places whose state was changed.
struct PlacesChanged {
  std::vector<PlaceInfo> places{};

  template <class Self = PlacesChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::places>("The places, by number."),
    };
    return table;
  }
};

/// Takes free places out of use: a broken seat, a camera, a distance to keep.
struct Block {
  using Result = PlacesChanged;
  static const Operation operation;

  SessionId session{};
  PlaceChoice choice{};
  std::string reason{};

  template <class Self = Block>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::choice>("Which places."),
        field<&Self::reason>("Why; for staff to see.").length(1, 200),
    };
    return table;
  }
};

/// Puts blocked places into use again.
struct Unblock {
  using Result = PlacesChanged;
  static const Operation operation;

  SessionId session{};
  PlaceChoice choice{};

  template <class Self = Unblock>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::choice>("Which places; nothing chosen: all that are blocked.").or_default(),
    };
    return table;
  }
};

/// Reserves free places for one channel. They stay reserved when a booking of them is cancelled.
struct ReserveForChannel {
  using Result = PlacesChanged;
  static const Operation operation;

  SessionId session{};
  PlaceChoice choice{};
  Channel channel = Channel::box_office;

  template <class Self = ReserveForChannel>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::choice>("Which places."),
        field<&Self::channel>("Who may sell them.").or_default(),
    };
    return table;
  }
};

/// Opens reserved places to all channels. Those that somebody has stay theirs.
struct FreeChannel {
  using Result = PlacesChanged;
  static const Operation operation;

  SessionId session{};
  PlaceChoice choice{};

  template <class Self = FreeChannel>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::choice>("Which places; nothing chosen: all that are reserved.").or_default(),
    };
    return table;
  }
};

// --- events ---

/// Places of a session were blocked, or reserved for a channel.
struct PlacesBlocked {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};
  std::int64_t places = 0;

  template <class Self = PlacesBlocked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::places>("How many places."),
    };
    return table;
  }
};

/// Places of a session came into use again, or are open to all channels.
struct PlacesFreed {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};
  std::int64_t places = 0;

  template <class Self = PlacesFreed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::places>("How many places."),
    };
    return table;
  }
};

}  // namespace seating
}  // namespace v1
}  // namespace frontdesk

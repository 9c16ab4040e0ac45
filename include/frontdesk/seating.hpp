/// What seats and places a session has, and who has them: choosing places and holding them for a
/// while. Maps stand in seating_maps.hpp; what is free, blocked and reserved in seating_places.hpp.
///
/// A session's places are numbers. Where it has a seat map they are its seats, 1 and up in the
/// map's order, and after them the places of its standing areas; else they are simply counted.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace seating {

/// Where a sale happens. A place reserved for one channel counts as taken for the other.
enum class Channel : unsigned char { online, box_office };
std::span<const EnumValue> enum_values(Channel);

/// Which places are wanted: seats by name, places of one standing area, or simply so many; then
/// the best ones that are free, or any where nothing is numbered.
struct PlaceChoice {
  std::vector<std::string> seats{};
  std::string area{};
  std::int64_t count = 0;
  bool best = false;
  bool accessible = false;
  std::string category{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PlaceChoice::seats>("Labels of seats, such as `Stalls C-12` or, where that names "
                                   "one seat alone, `C-12`.")
            .length(0, 1000),
        field<&PlaceChoice::area>("A standing area by its name; with `count`.")
            .or_default()
            .length(0, 60),
        field<&PlaceChoice::count>("How many places; absent where seats are named.")
            .or_default()
            .range(0, 100'000),
        field<&PlaceChoice::best>("The best that are free; so too where only a count is given.")
            .or_default(),
        field<&PlaceChoice::accessible>("With at least one accessible seat among the best.")
            .or_default(),
        field<&PlaceChoice::category>("Only seats of this category among the best.")
            .or_default()
            .length(0, 40),
    };
    return table;
  }
};

/// One place of a session: a seat, one of a standing area, or a mere number.
struct PlaceInfo {
  std::int64_t place = 0;
  std::string label{};
  std::string category{};
  bool accessible = false;
  bool companion = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PlaceInfo::place>("Its number in the session."),
        field<&PlaceInfo::label>("What is written on it, with section and row."),
        field<&PlaceInfo::category>("Code of its seat category; empty where there are none."),
        field<&PlaceInfo::accessible>("For a visitor in a wheelchair."),
        field<&PlaceInfo::companion>("For who comes with such a visitor."),
    };
    return table;
  }
};

/// Places kept for a buyer until a moment. They are free again at that moment by themselves.
struct Held {
  HoldId id{};
  std::string token{};
  SessionId session{};
  ClientId client{};
  Channel channel = Channel::online;
  std::vector<PlaceInfo> places{};
  std::vector<std::string> single_seats{};
  Instant expires_at{};
  Instant latest_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Held::id>("Number of the hold."),
        field<&Held::token>("What proves who holds: told once, with the hold.").secret(),
        field<&Held::session>("The session."),
        field<&Held::client>("Whom the places are for, where that is known.").or_default(),
        field<&Held::channel>("Where the sale happens."),
        field<&Held::places>("What is held, by place."),
        field<&Held::single_seats>("Labels of single seats that the choice leaves between others, "
                                   "where the centre merely warns of them."),
        field<&Held::expires_at>("From then on the places are free again."),
        field<&Held::latest_at>("It cannot be extended beyond this moment."),
    };
    return table;
  }
};

/// Keeps places for a buyer while they decide and pay. Anyone may; whoever has the token may use
/// it. At most `seating.hold_places_max` places a holder and session, staff of the centre excepted.
struct Hold {
  using Result = Held;
  static const Operation operation;

  SessionId session{};
  PlaceChoice choice{};
  Channel channel = Channel::online;
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Hold::session>("The session."),
        field<&Hold::choice>("Which places."),
        field<&Hold::channel>("Where the sale happens; the box office needs `seating.block`.")
            .or_default(),
        field<&Hold::client>("Whom they are for; absent: the caller.").or_default(),
    };
    return table;
  }
};

/// Gives a hold its full time again from now on, up to its latest moment.
struct ExtendHold {
  using Result = Held;
  static const Operation operation;

  std::string token{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ExtendHold::token>("Of the hold.").secret().length(1, 200),
    };
    return table;
  }
};

/// Gives held places back, all of them or some.
struct ReleaseHold {
  using Result = Nothing;
  static const Operation operation;

  std::string token{};
  std::vector<std::int64_t> places{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ReleaseHold::token>("Of the hold.").secret().length(1, 200),
        field<&ReleaseHold::places>("Numbers of those to give back; none: all.").length(0, 1000),
    };
    return table;
  }
};

/// What a token holds.
struct GetHold {
  using Result = Held;
  static const Operation operation;

  std::string token{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GetHold::token>("Of the hold.").secret().length(1, 200),
    };
    return table;
  }
};

// --- events ---

/// Held places became free: they were given back, or the hold's time ran out and the tick saw it.
struct HoldReleased {
  static const storage::EventKind kind;

  HoldId hold{};
  SessionId session{};
  CentreId centre{};
  std::int64_t places = 0;
  bool lapsed = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&HoldReleased::hold>("The hold."),
        field<&HoldReleased::session>("The session."),
        field<&HoldReleased::centre>("Its centre."),
        field<&HoldReleased::places>("How many places."),
        field<&HoldReleased::lapsed>("Its time ran out."),
    };
    return table;
  }
};

}  // namespace seating
}  // namespace v1
}  // namespace frontdesk

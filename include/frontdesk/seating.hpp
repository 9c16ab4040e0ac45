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

  template <class Self = PlaceChoice>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::seats>("Labels of seats, such as `Stalls C-12` or, where that names "
                            "one seat alone, `C-12`.")
            .length(0, 1000),
        field<&Self::area>("A standing area by its name; with `count`.").or_default().length(0, 60),
        field<&Self::count>("How many places; absent where seats are named.")
            .or_default()
            .range(0, 100'000),
        field<&Self::best>("The best that are free; so too where only a count is given.")
            .or_default(),
        field<&Self::accessible>("With at least one accessible seat among the best.").or_default(),
        field<&Self::category>("Only seats of this category among the best.")
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

  template <class Self = PlaceInfo>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("Its number in the session."),
        field<&Self::label>("What is written on it, with section and row."),
        field<&Self::category>("Code of its seat category; empty where there are none."),
        field<&Self::accessible>("For a visitor in a wheelchair."),
        field<&Self::companion>("For who comes with such a visitor."),
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

  template <class Self = Held>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the hold."),
        field<&Self::token>("What proves who holds: told once, with the hold.").secret(),
        field<&Self::session>("The session."),
        field<&Self::client>("Whom the places are for, where that is known.").or_default(),
        field<&Self::channel>("Where the sale happens."),
        field<&Self::places>("What is held, by place."),
        field<&Self::single_seats>("Labels of single seats that the choice leaves between others, "
                                   "where the centre merely warns of them."),
        field<&Self::expires_at>("From then on the places are free again."),
        field<&Self::latest_at>("It cannot be extended beyond this moment."),
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

  template <class Self = Hold>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::choice>("Which places."),
        field<&Self::channel>("Where the sale happens; the box office needs `seating.block`.")
            .or_default(),
        field<&Self::client>("Whom they are for; absent: the caller.").or_default(),
    };
    return table;
  }
};

/// Gives a hold its full time again from now on, up to its latest moment.
struct ExtendHold {
  using Result = Held;
  static const Operation operation;

  std::string token{};

  template <class Self = ExtendHold>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("Of the hold.").secret().length(1, 200),
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

  template <class Self = ReleaseHold>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("Of the hold.").secret().length(1, 200),
        field<&Self::places>("Numbers of those to give back; none: all.").length(0, 1000),
    };
    return table;
  }
};

/// What a token holds.
struct GetHold {
  using Result = Held;
  static const Operation operation;

  std::string token{};

  template <class Self = GetHold>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("Of the hold.").secret().length(1, 200),
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

  template <class Self = HoldReleased>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::hold>("The hold."),           field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),       field<&Self::places>("How many places."),
        field<&Self::lapsed>("Its time ran out."),
    };
    return table;
  }
};

}  // namespace seating
}  // namespace v1
}  // namespace frontdesk

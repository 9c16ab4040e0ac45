/// A seat map as data: what its text says, for programs that draw or read halls. docs/seat-maps.md
/// tells how the text is written.
#pragma once

#include <frontdesk/seating.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace seating {

/// A point of the plan. A seat is 10 wide and 10 deep; x grows to the right, y away from the stage.
struct MapPoint {
  std::int64_t x = 0;
  std::int64_t y = 0;

  template <class Self = MapPoint>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::x>("To the right.").range(-1'000'000, 1'000'000),
        field<&Self::y>("Away from the stage.").range(-1'000'000, 1'000'000),
    };
    return table;
  }
  bool operator==(const MapPoint&) const = default;
};

/// A category of seats, as tickets are priced by it.
struct MapCategory {
  std::string letter{};
  std::string code{};

  template <class Self = MapCategory>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::letter>("One capital letter that stands for it in text.").length(1, 1),
        field<&Self::code>("Its code, in lower case.").length(1, 40),
    };
    return table;
  }
  bool operator==(const MapCategory&) const = default;
};

/// Seats of one kind side by side, or a gap of so many seats' width.
struct SeatRun {
  std::int64_t count = 1;
  std::string category{};
  bool accessible = false;
  bool companion = false;
  std::optional<std::int64_t> number{};

  template <class Self = SeatRun>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::count>("How many.").or_default().range(1, 1'000'000),
        field<&Self::category>("Code of their category; empty: a gap.").or_default().length(0, 40),
        field<&Self::accessible>("For visitors in wheelchairs.").or_default(),
        field<&Self::companion>("For who comes with such a visitor.").or_default(),
        field<&Self::number>("The first one's number; absent: on from the seat before.")
            .range(0, 1'000'000),
    };
    return table;
  }
  bool operator==(const SeatRun&) const = default;
};

/// What a part of a section is.
enum class MapPart : unsigned char { row, table, area };
std::span<const EnumValue> enum_values(MapPart);

/// A row of seats, a table with seats around it, or an area to stand in.
struct MapBlock {
  MapPart part = MapPart::row;
  std::string label{};
  std::vector<SeatRun> seats{};
  std::int64_t by = 1;
  std::int64_t space_before = 0;
  std::optional<MapPoint> at{};
  std::optional<MapPoint> step{};
  std::optional<MapPoint> size{};

  template <class Self = MapBlock>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::part>("What it is.").or_default(),
        field<&Self::label>("Name of the row, table or area.").length(1, 40),
        field<&Self::seats>("From left to right; of an area one run that tells category and "
                            "number of places.")
            .length(1, 1000),
        field<&Self::by>("By how much the numbers of seats grow.").or_default().range(-100, 100),
        field<&Self::space_before>("Rows of space before it.").or_default().range(0, 100),
        field<&Self::at>("Where its first seat stands; absent: below what is before."),
        field<&Self::step>("From one seat of a row to the next; absent: 10 to the right."),
        field<&Self::size>("Width and depth of an area."),
    };
    return table;
  }
  bool operator==(const MapBlock&) const = default;
};

/// A part of the hall with a name, such as stalls or balcony.
struct MapSection {
  std::string name{};
  std::vector<MapBlock> blocks{};
  std::optional<MapPoint> at{};

  template <class Self = MapSection>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Its name; may be empty where there is only one.")
            .or_default()
            .length(0, 60),
        field<&Self::blocks>("Its rows, tables and areas, in order.").length(1, 10'000),
        field<&Self::at>("Where it begins; absent: below what is before."),
    };
    return table;
  }
  bool operator==(const MapSection&) const = default;
};

/// A seat map as data: the same as its text.
struct MapPlan {
  std::vector<MapCategory> categories{};
  std::string stage{};
  std::optional<MapPoint> stage_at{};
  std::optional<MapPoint> focus{};
  std::vector<MapSection> sections{};

  template <class Self = MapPlan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::categories>("What kinds of seats there are.").length(1, 26),
        field<&Self::stage>("What everyone looks at, such as `Screen`.").or_default().length(0, 60),
        field<&Self::stage_at>("Where it stands; absent: before the first row."),
        field<&Self::focus>("The point whose seats are the best; absent: the stage."),
        field<&Self::sections>("The parts of the hall.").length(1, 200),
    };
    return table;
  }
  bool operator==(const MapPlan&) const = default;
};

}  // namespace seating
}  // namespace v1
}  // namespace frontdesk

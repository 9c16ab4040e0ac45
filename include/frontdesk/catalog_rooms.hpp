/// Rooms of a centre and the types of tickets it sells; also what takes a centre or section back
/// into use.
///
/// Everyone may read what is in use at active centres; those who hold `catalog.manage` for a centre
/// see and change all that is of it. Nothing is ever deleted: what is archived is found by those
/// who manage it, keeps what refers to it whole, and is refused where something new would use it.
#pragma once

#include <frontdesk/catalog.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace catalog {

// --- records ---

/// A hall, studio or theatre of a centre.
struct Room {
  RoomId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  std::int64_t capacity = 0;
  std::int64_t buffer_before_minutes = 0;
  std::int64_t buffer_after_minutes = 0;
  std::int64_t sessions_at_once = 1;
  std::optional<std::string> external_ref{};
  std::optional<Instant> archived_at{};

  template <class Self = Room>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the room."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre it is part of."),
        field<&Self::name>("Name; unique among the centre's rooms in use, case aside."),
        field<&Self::description>("Where it is, what is in it."),
        field<&Self::capacity>("How many visitors it holds."),
        field<&Self::buffer_before_minutes>("Minutes it is kept free before each session."),
        field<&Self::buffer_after_minutes>("Minutes it is kept free after each session."),
        field<&Self::sessions_at_once>("How many sessions may be in it at the same time."),
        field<&Self::external_ref>("The host's own key for the room; unique."),
        field<&Self::archived_at>("When the room was archived; absent while it is in use."),
    };
    return table;
  }
};

/// What a ticket is: adult, child, student; standard, premium, VIP.
struct TicketType {
  TicketTypeId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  std::optional<std::string> condition{};
  std::optional<std::int64_t> min_age{};
  std::optional<std::int64_t> max_age{};
  std::vector<std::string> seat_categories{};
  std::int64_t position = 0;
  std::optional<std::string> external_ref{};
  std::optional<Instant> archived_at{};

  template <class Self = TicketType>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the ticket type."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre that sells it; none: all of them.").or_default(),
        field<&Self::name>("Name; unique among those in use of the centre, case aside."),
        field<&Self::description>("What it is."),
        field<&Self::condition>("What the visitor must be or show."),
        field<&Self::min_age>("Youngest visitor in whole years; absent: any."),
        field<&Self::max_age>("Oldest visitor in whole years, included; absent: any."),
        field<&Self::seat_categories>(
            "Codes of the seat categories it fits, in lower case; empty: all."),
        field<&Self::position>("Place in lists, lowest first."),
        field<&Self::external_ref>("The host's own key for the ticket type; unique."),
        field<&Self::archived_at>("When it was archived; absent while it is in use."),
    };
    return table;
  }
};

// --- events ---

/// What was done to a record.
enum class Change : unsigned char { created, updated, archived, restored };
std::span<const EnumValue> enum_values(Change);

/// A room was created, changed, archived or restored.
struct RoomChanged {
  static const storage::EventKind kind;
  RoomId room{};
  CentreId centre{};
  Change change = Change::created;

  template <class Self = RoomChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::room>("The room."),
        field<&Self::centre>("Its centre."),
        field<&Self::change>("What was done."),
    };
    return table;
  }
};

/// A ticket type was created, changed, archived or restored.
struct TicketTypeChanged {
  static const storage::EventKind kind;
  TicketTypeId ticket_type{};
  CentreId centre{};
  Change change = Change::created;

  template <class Self = TicketTypeChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::ticket_type>("The ticket type."),
        field<&Self::centre>("Its centre; none: all.").or_default(),
        field<&Self::change>("What was done."),
    };
    return table;
  }
};

// --- centres and sections ---

/// Takes an archived centre back into use. It is inactive until it is made active again.
struct RestoreCentre {
  using Result = Centre;
  static const Operation operation;

  CentreId centre{};
  std::optional<std::int64_t> version{};

  template <class Self = RestoreCentre>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Takes an archived section back into use.
struct RestoreSection {
  using Result = Section;
  static const Operation operation;

  SectionId section{};
  std::optional<std::int64_t> version{};

  template <class Self = RestoreSection>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::section>("The section."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

// --- rooms ---

/// Adds a room to a centre.
struct CreateRoom {
  using Result = Room;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  std::int64_t capacity = 0;
  std::int64_t buffer_before_minutes = 0;
  std::int64_t buffer_after_minutes = 0;
  std::int64_t sessions_at_once = 1;
  std::optional<std::string> external_ref{};

  template <class Self = CreateRoom>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::name>("Name; unique among the centre's rooms in use, case aside.")
            .length(1, 200),
        field<&Self::description>("Where it is, what is in it.").length(1, 10'000),
        field<&Self::capacity>("How many visitors it holds.").range(1, 1'000'000),
        field<&Self::buffer_before_minutes>("Minutes it is kept free before each session.")
            .or_default()
            .range(0, 1440),
        field<&Self::buffer_after_minutes>("Minutes it is kept free after each session.")
            .or_default()
            .range(0, 1440),
        field<&Self::sessions_at_once>("How many sessions may be in it at the same time.")
            .or_default()
            .range(1, 1000),
        field<&Self::external_ref>("The host's own key for the room; unique.").length(1, 200),
    };
    return table;
  }
};

/// Changes a room; what is not given stays as it is. Sessions already planned keep their times.
struct UpdateRoom {
  using Result = Room;
  static const Operation operation;

  RoomId room{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::string> description{};
  Update<std::int64_t> capacity{};
  Update<std::int64_t> buffer_before_minutes{};
  Update<std::int64_t> buffer_after_minutes{};
  Update<std::int64_t> sessions_at_once{};
  Update<std::string> external_ref{};

  template <class Self = UpdateRoom>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::room>("The room to change."),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
        field<&Self::name>("Name; unique among the centre's rooms in use, case aside.")
            .length(1, 200),
        field<&Self::description>("Where it is, what is in it.").length(1, 10'000),
        field<&Self::capacity>("How many visitors it holds.").range(1, 1'000'000),
        field<&Self::buffer_before_minutes>("Minutes it is kept free before each session.")
            .range(0, 1440),
        field<&Self::buffer_after_minutes>("Minutes it is kept free after each session.")
            .range(0, 1440),
        field<&Self::sessions_at_once>("How many sessions may be in it at the same time.")
            .range(1, 1000),
        field<&Self::external_ref>("The host's own key for the room; unique.").length(1, 200),
    };
    return table;
  }
};

/// One room.
struct GetRoom {
  using Result = Room;
  static const Operation operation;

  RoomId room{};

  template <class Self = GetRoom>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::room>("The room.")};
    return table;
  }
};

/// Rooms by centre and name: those in use of active centres for everyone; those with
/// `catalog.manage` also see the others within their reach.
struct Rooms {
  using Result = Page<Room>;
  static const Operation operation;

  CentreId centre{};
  std::optional<std::string> search{};
  std::optional<std::int64_t> min_capacity{};
  std::optional<std::string> external_ref{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Rooms>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::search>("Part of the name; case does not matter.").length(1, 100),
        field<&Self::min_capacity>("Only those that hold at least as many.").range(1, 1'000'000),
        field<&Self::external_ref>("Only the one with this key of the host.").length(1, 200),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Archives a room that nothing is planned in any more.
struct ArchiveRoom {
  using Result = Room;
  static const Operation operation;

  RoomId room{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveRoom>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::room>("The room."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Takes an archived room back into use.
struct RestoreRoom {
  using Result = Room;
  static const Operation operation;

  RoomId room{};
  std::optional<std::int64_t> version{};

  template <class Self = RestoreRoom>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::room>("The room."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

// --- ticket types ---

/// Adds a type of tickets to a centre or, for those who manage the whole platform, to all.
struct CreateTicketType {
  using Result = TicketType;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  std::optional<std::string> condition{};
  std::optional<std::int64_t> min_age{};
  std::optional<std::int64_t> max_age{};
  std::vector<std::string> seat_categories{};
  std::int64_t position = 0;
  std::optional<std::string> external_ref{};

  template <class Self = CreateTicketType>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre that sells it; none: all of them.").or_default(),
        field<&Self::name>("Name; unique among those in use of the centre, case aside.")
            .length(1, 100),
        field<&Self::description>("What it is.").length(1, 10'000),
        field<&Self::condition>("What the visitor must be or show.").length(1, 1'000),
        field<&Self::min_age>("Youngest visitor in whole years.").range(0, 150),
        field<&Self::max_age>("Oldest visitor in whole years, included.").range(0, 150),
        field<&Self::seat_categories>(
            "Codes of the seat categories it fits: letters, digits, `-` and `_`; empty: all.")
            .length(0, 100),
        field<&Self::position>("Place in lists, lowest first.").or_default().range(0, 100'000),
        field<&Self::external_ref>("The host's own key for the ticket type; unique.")
            .length(1, 200),
    };
    return table;
  }
};

/// Changes a ticket type; what is not given stays as it is. Tickets already sold stay what they
/// are.
struct UpdateTicketType {
  using Result = TicketType;
  static const Operation operation;

  TicketTypeId ticket_type{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::string> description{};
  Update<std::string> condition{};
  Update<std::int64_t> min_age{};
  Update<std::int64_t> max_age{};
  Update<std::vector<std::string>> seat_categories{};
  Update<std::int64_t> position{};
  Update<std::string> external_ref{};

  template <class Self = UpdateTicketType>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::ticket_type>("The ticket type to change."),
        field<&Self::version>("The version the change is based on; an outdated one is a conflict."),
        field<&Self::name>("Name; unique among those in use of the centre, case aside.")
            .length(1, 100),
        field<&Self::description>("What it is.").length(1, 10'000),
        field<&Self::condition>("What the visitor must be or show.").length(1, 1'000),
        field<&Self::min_age>("Youngest visitor in whole years.").range(0, 150),
        field<&Self::max_age>("Oldest visitor in whole years, included.").range(0, 150),
        field<&Self::seat_categories>("All codes of the seat categories it fits.").length(0, 100),
        field<&Self::position>("Place in lists, lowest first.").range(0, 100'000),
        field<&Self::external_ref>("The host's own key for the ticket type; unique.")
            .length(1, 200),
    };
    return table;
  }
};

/// Ticket types by position and name: those in use, of all centres and of active ones, for
/// everyone; those with `catalog.manage` also see the others within their reach.
struct TicketTypes {
  using Result = Page<TicketType>;
  static const Operation operation;

  CentreId centre{};
  std::optional<std::int64_t> age{};
  std::optional<std::string> seat_category{};
  std::optional<std::string> search{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = TicketTypes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only what this centre sells, of its own or of all centres.")
            .or_default(),
        field<&Self::age>("Only those for a visitor of so many whole years.").range(0, 150),
        field<&Self::seat_category>("Only those that fit this seat category; a code.")
            .length(1, 40),
        field<&Self::search>("Part of the name; case does not matter.").length(1, 100),
        field<&Self::archived>("Archived ones instead of those in use.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Archives a ticket type: it is sold no more.
struct ArchiveTicketType {
  using Result = TicketType;
  static const Operation operation;

  TicketTypeId ticket_type{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveTicketType>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::ticket_type>("The ticket type."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

/// Takes an archived ticket type back into use.
struct RestoreTicketType {
  using Result = TicketType;
  static const Operation operation;

  TicketTypeId ticket_type{};
  std::optional<std::int64_t> version{};

  template <class Self = RestoreTicketType>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::ticket_type>("The ticket type."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk

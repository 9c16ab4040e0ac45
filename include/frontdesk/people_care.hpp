/// What is kept about clients: notes, tags and bars of each centre's staff, and what clients like.
///
/// Notes, tags and bars belong to a centre. Staff see and change those of their own centres, for
/// clients of these centres; clients see none of them.
#pragma once

#include <frontdesk/people.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace people {

// --- records ---

/// What staff of a centre wrote about a client.
struct Note {
  NoteId id{};
  std::int64_t version = 0;
  ClientId client{};
  CentreId centre{};
  std::string text{};
  AccountId author{};
  Instant written_at{};
  std::optional<Instant> archived_at{};

  template <class Self = Note>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the note."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::client>("Whom it is about."),
        field<&Self::centre>("Whose staff keeps it.").or_default(),
        field<&Self::text>("What was written.").personal(),
        field<&Self::author>("Who wrote it; absent: the host.").or_default(),
        field<&Self::written_at>("When it was written."),
        field<&Self::archived_at>("When it was put away."),
    };
    return table;
  }
};

/// A client may not book at a centre.
struct Bar {
  BarId id{};
  std::int64_t version = 0;
  ClientId client{};
  CentreId centre{};
  std::optional<Instant> until{};
  std::string reason{};
  AccountId author{};
  Instant barred_at{};
  std::optional<Instant> lifted_at{};

  template <class Self = Bar>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the bar."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::client>("Who is barred."),
        field<&Self::centre>("Where."),
        field<&Self::until>("No booking before this moment; absent: until lifted."),
        field<&Self::reason>("Why they are barred.").personal(),
        field<&Self::author>("Who barred them; absent: the host.").or_default(),
        field<&Self::barred_at>("Since when."),
        field<&Self::lifted_at>("When the bar was lifted."),
    };
    return table;
  }
};

/// The tags that one centre gave a client.
struct CentreTags {
  CentreId centre{};
  std::vector<std::string> tags{};

  template <class Self = CentreTags>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::tags>("Its tags, in order.").personal(),
    };
    return table;
  }
};

/// Tags of a client, by centre.
struct ClientTags {
  std::vector<CentreTags> centres{};

  template <class Self = ClientTags>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centres>("Those within reach.")};
    return table;
  }
};

/// What can be a favourite. Activities come with the timetable.
enum class FavouriteKind : unsigned char { centre, activity };
std::span<const EnumValue> enum_values(FavouriteKind);

/// Something a client likes.
struct Favourite {
  FavouriteKind kind = FavouriteKind::centre;
  std::int64_t subject = 0;
  Instant added_at{};

  template <class Self = Favourite>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::kind>("What kind of thing it is."),
        field<&Self::subject>("Number of the centre or activity."),
        field<&Self::added_at>("Since when."),
    };
    return table;
  }
};

// --- events ---

// They name the client as `person`: who may see them follows from the centre alone.

/// A note was written.
struct NoteAdded {
  static const storage::EventKind kind;
  NoteId note{};
  ClientId person{};
  CentreId centre{};

  template <class Self = NoteAdded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::note>("The note."),
        field<&Self::person>("Whom it is about."),
        field<&Self::centre>("Whose staff keeps it."),
    };
    return table;
  }
};

/// A client's tags at a centre changed.
struct TagsChanged {
  static const storage::EventKind kind;
  ClientId person{};
  CentreId centre{};

  template <class Self = TagsChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::person>("The client."),
        field<&Self::centre>("The centre."),
    };
    return table;
  }
};

/// A client may not book at a centre for now.
struct ClientBarred {
  static const storage::EventKind kind;
  BarId bar{};
  ClientId person{};
  CentreId centre{};
  std::optional<Instant> until{};

  template <class Self = ClientBarred>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::bar>("The bar."),
        field<&Self::person>("Who is barred."),
        field<&Self::centre>("Where."),
        field<&Self::until>("Until when; absent: until lifted."),
    };
    return table;
  }
};

/// A bar was lifted.
struct BarLifted {
  static const storage::EventKind kind;
  BarId bar{};
  ClientId person{};
  CentreId centre{};

  template <class Self = BarLifted>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::bar>("The bar."),
        field<&Self::person>("Who may book again."),
        field<&Self::centre>("Where."),
    };
    return table;
  }
};

// --- notes ---

/// Writes a note about a client.
struct AddNote {
  using Result = Note;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  std::string text{};

  template <class Self = AddNote>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whom it is about."),
        field<&Self::centre>("Whose staff keeps it."),
        field<&Self::text>("What to remember.").personal().length(1, 5000),
    };
    return table;
  }
};

/// Notes about a client, newest first: those of the caller's centres.
struct Notes {
  using Result = Page<Note>;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Notes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::archived>("Those put away instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Puts a note away.
struct ArchiveNote {
  using Result = Note;
  static const Operation operation;

  NoteId note{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveNote>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::note>("The note."),
        field<&Self::version>("The version the decision is based on."),
    };
    return table;
  }
};

// --- tags and bars ---

/// Sets all tags that a centre gives a client.
struct SetTags {
  using Result = ClientTags;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  std::vector<std::string> tags{};

  template <class Self = SetTags>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
        field<&Self::tags>("All of them, each up to 50 characters; those that differ only in "
                           "case are one.")
            .personal()
            .length(0, 50),
    };
    return table;
  }
};

/// The tags of a client: those of the caller's centres.
struct Tags {
  using Result = ClientTags;
  static const Operation operation;

  ClientId client{};

  template <class Self = Tags>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("The client.")};
    return table;
  }
};

/// Keeps a client from booking at a centre.
struct BarClient {
  using Result = Bar;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  std::optional<Instant> until{};
  std::string reason{};

  template <class Self = BarClient>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whom to bar."),
        field<&Self::centre>("Where."),
        field<&Self::until>("No booking before this moment; absent: until lifted."),
        field<&Self::reason>("Why they are barred.").personal().length(1, 1000),
    };
    return table;
  }
};

/// Lets a barred client book again.
struct LiftBar {
  using Result = Bar;
  static const Operation operation;

  BarId bar{};
  std::optional<std::int64_t> version{};

  template <class Self = LiftBar>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::bar>("The bar."),
        field<&Self::version>("The version the decision is based on."),
    };
    return table;
  }
};

/// Bars of the caller's centres, newest first.
struct Bars {
  using Result = Page<Bar>;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  bool in_force = true;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Bars>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Only of this client.").or_default(),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::in_force>("Only those that hold now; else all.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- admission ---

/// Whether a client may be booked in at a centre.
struct AdmissionState {
  bool barred = false;
  std::optional<Instant> barred_until{};
  bool waiver_missing = false;

  template <class Self = AdmissionState>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::barred>("A bar of the centre holds now."),
        field<&Self::barred_until>("When it ends; absent: until it is lifted."),
        field<&Self::waiver_missing>("The centre asks for a waiver that nobody signed."),
    };
    return table;
  }
};

/// What keeps a client from being booked at a centre.
struct Admission {
  using Result = AdmissionState;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};

  template <class Self = Admission>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
    };
    return table;
  }
};

// --- favourites ---

/// Adds a favourite; one that is there stays.
struct AddFavourite {
  using Result = Favourite;
  static const Operation operation;

  ClientId client{};
  FavouriteKind kind = FavouriteKind::centre;
  std::int64_t subject = 0;

  template <class Self = AddFavourite>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Who likes it."),
        field<&Self::kind>("What kind of thing it is.").or_default(),
        field<&Self::subject>("Number of the centre.")
            .range(1, std::numeric_limits<std::int64_t>::max()),
    };
    return table;
  }
};

/// Removes a favourite; one that is not there is no error.
struct RemoveFavourite {
  using Result = Nothing;
  static const Operation operation;

  ClientId client{};
  FavouriteKind kind = FavouriteKind::centre;
  std::int64_t subject = 0;

  template <class Self = RemoveFavourite>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whose favourite it was."),
        field<&Self::kind>("What kind of thing it is.").or_default(),
        field<&Self::subject>("Number of the centre or activity.")
            .range(1, std::numeric_limits<std::int64_t>::max()),
    };
    return table;
  }
};

/// Favourites of a client, newest first.
struct Favourites {
  using Result = Page<Favourite>;
  static const Operation operation;

  ClientId client{};
  std::optional<FavouriteKind> kind{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Favourites>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::kind>("Only of this kind."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace people
}  // namespace v1
}  // namespace frontdesk

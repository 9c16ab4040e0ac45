/// Upkeep: the tick, integrity checks, settings, and the reading of events and audit.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace upkeep {

/// One kind of work that a tick did.
struct TickWork {
  std::string part{};
  std::int64_t done = 0;

  template <class Self = TickWork>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::part>("What was due, such as `access.expired_sessions`."),
        field<&Self::done>("How many of them were dealt with."),
    };
    return table;
  }
};

struct TickDone {
  std::vector<TickWork> work{};

  template <class Self = TickDone>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::work>("What was done, in order; parts with nothing due are left out.")};
    return table;
  }
};

/// Does everything that time brings: lapses, expiries, retention (SPEC U1). Run it every minute or
/// so; running it twice does nothing twice.
struct Tick {
  using Result = TickDone;
  static const Operation operation;

  struct State {
    std::int64_t part = 0;
    template <class Self = State>
    static Fields fields() {
      static constexpr Field table[] = {field<&Self::part>("Number of the part that is next.")};
      return table;
    }
  };
  static Fields fields() { return {}; }
};

/// Something an integrity check found wrong.
struct Problem {
  std::string part{};
  std::string place{};
  std::string problem{};

  template <class Self = Problem>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::part>("The check that found it."),
        field<&Self::place>("The record it concerns."),
        field<&Self::problem>("What is wrong."),
    };
    return table;
  }
};

struct Checked {
  std::vector<std::string> parts{};
  std::vector<Problem> problems{};

  template <class Self = Checked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::parts>("The checks that ran."),
        field<&Self::problems>("What they found; empty if all is well."),
    };
    return table;
  }
};

/// Checks every invariant of every area: relations, sessions, roles, secrets, the database file
/// itself (SPEC U6). Changes nothing. The audit chain has a check of its own, `audit.verify`.
struct Check {
  using Result = Checked;
  static const Operation operation;
  static Fields fields() { return {}; }
};

/// A setting and the value that holds.
struct SettingValue {
  std::string name{};
  std::string doc{};
  std::int64_t value = 0;
  std::int64_t standard = 0;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  bool per_centre = false;
  bool is_set = false;

  template <class Self = SettingValue>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Its name; units stand last in it."),
        field<&Self::doc>("What it decides."),
        field<&Self::value>("The value that holds."),
        field<&Self::standard>("The value if nobody sets one."),
        field<&Self::lowest>("The lowest allowed."),
        field<&Self::highest>("The highest allowed."),
        field<&Self::per_centre>("Whether a centre may have its own value."),
        field<&Self::is_set>(
            "Whether it was set here (for the file, or for the centre asked about)."),
    };
    return table;
  }
};

struct SettingValues {
  std::vector<SettingValue> items{};

  template <class Self = SettingValues>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::items>("The settings by name.")};
    return table;
  }
};

/// All settings with the values that hold for the file or a centre.
struct Settings {
  using Result = SettingValues;
  static const Operation operation;

  CentreId centre{};

  template <class Self = Settings>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Whose values; the file's if left out.").or_default(),
    };
    return table;
  }
};

/// Sets a number for the file or for one centre, or takes it back to what holds above.
struct ChangeSetting {
  using Result = SettingValue;
  static const Operation operation;

  std::string name{};
  CentreId centre{};
  std::optional<std::int64_t> value{};

  template <class Self = ChangeSetting>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Its name."),
        field<&Self::centre>("The centre it is for; the file if left out.").or_default(),
        field<&Self::value>("The new value; left out: the default holds again."),
    };
    return table;
  }
};

struct SettingChanged {
  static const storage::EventKind kind;

  std::string name{};
  CentreId centre{};
  std::optional<std::int64_t> value{};

  template <class Self = SettingChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("The setting."),
        field<&Self::centre>("The centre it is for, if it is for one.").or_default(),
        field<&Self::value>("The new value; absent: the default."),
    };
    return table;
  }
};

/// Where a job that carried an idempotency key stands.
struct Job {
  JobId id{};
  std::string operation{};
  std::int64_t done = 0;
  std::int64_t total = 0;
  bool is_finished = false;
  Instant started_at{};
  Instant updated_at{};

  template <class Self = Job>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the job."),
        field<&Self::operation>("What it does."),
        field<&Self::done>("How much is done."),
        field<&Self::total>("How much there is, 0 where that is not known."),
        field<&Self::is_finished>(
            "Whether it has ended. If not, it goes on when its call is repeated with its key."),
        field<&Self::started_at>("When it began."),
        field<&Self::updated_at>("When its last step was committed."),
    };
    return table;
  }
};

struct Jobs {
  using Result = Page<Job>;
  static const Operation operation;

  std::optional<bool> is_finished{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Jobs>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::is_finished>("Only those that have, or have not, ended."),
        field<&Self::cursor>("`next` of the page before."),
        field<&Self::limit>("Most records on a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace upkeep

namespace events {

/// One committed change (SPEC E7).
struct Event {
  std::int64_t sequence = 0;
  Instant at{};
  std::string topic{};
  ClientId client{};
  CentreId centre{};
  AccountId account{};
  std::string payload{};

  template <class Self = Event>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::sequence>(
            "Its place in commit order; grows, with gaps for what the caller may not see."),
        field<&Self::at>("When it was committed."),
        field<&Self::topic>("What happened, such as `people.client_registered`."),
        field<&Self::client>("The client it concerns, if one.").or_default(),
        field<&Self::centre>("The centre it concerns, if one.").or_default(),
        field<&Self::account>("The account it concerns, if one.").or_default(),
        field<&Self::payload>("Its facts as a JSON object, without personal or secret ones."),
    };
    return table;
  }
};

struct Feed {
  std::vector<Event> items{};
  std::int64_t next = 0;
  bool is_end = true;

  template <class Self = Feed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::items>("The events, in commit order."),
        field<&Self::next>("The cursor to read on from."),
        field<&Self::is_end>("Whether these were all there are now."),
    };
    return table;
  }
};

/// What happened after a cursor, as far as the caller may see it: nothing missed, nothing twice.
struct Since {
  using Result = Feed;
  static const Operation operation;

  std::int64_t cursor = 0;
  std::vector<std::string> topics{};
  std::int64_t limit = 100;

  template <class Self = Since>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::cursor>("`next` of the answer before; 0 for all that is kept.")
            .or_default()
            .range(0, std::numeric_limits<std::int64_t>::max()),
        field<&Self::topics>("Only these topics; a trailing `*` stands for any ending. Empty: all.")
            .length(0, 100),
        field<&Self::limit>("Most events at once.").or_default().range(1, 1000),
    };
    return table;
  }
};

/// A topic that events may have.
struct Topic {
  std::string name{};
  std::string doc{};

  template <class Self = Topic>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("The topic."),
        field<&Self::doc>("When such an event is told."),
    };
    return table;
  }
};

struct TopicList {
  std::vector<Topic> items{};

  template <class Self = TopicList>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::items>("All topics by name.")};
    return table;
  }
};

/// All topics there are.
struct Topics {
  using Result = TopicList;
  static const Operation operation;
  static Fields fields() { return {}; }
};

}  // namespace events

namespace audit {

/// One row of the audit log (SPEC E8).
struct Entry {
  std::int64_t sequence = 0;
  Instant at{};
  std::string who{};
  std::int64_t who_id = 0;
  std::string operation{};
  std::string outcome{};
  ClientId client{};
  CentreId centre{};
  std::optional<std::string> origin{};
  std::optional<std::string> correlation{};
  std::optional<std::string> request{};

  template <class Self = Entry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::sequence>("Its place in the log, without gaps."),
        field<&Self::at>("When."),
        field<&Self::who>("Kind of the caller: `host`, `account`, `api_key` or `anonymous`."),
        field<&Self::who_id>("Number of the account or API key; 0 for the others."),
        field<&Self::operation>("What was asked for."),
        field<&Self::outcome>("`ok`, or the reason it was denied."),
        field<&Self::client>("The client it concerned, if one.").or_default(),
        field<&Self::centre>("The centre it concerned, if one.").or_default(),
        field<&Self::origin>("Where the call came from, as the host told."),
        field<&Self::correlation>("The host's own mark of the call."),
        field<&Self::request>(
            "The request as JSON: secrets left out, digests in place of personal values; absent"
            " once erased."),
    };
    return table;
  }
};

/// The audit log, newest first.
struct Entries {
  using Result = Page<Entry>;
  static const Operation operation;

  std::optional<std::string> operation_name{};
  std::optional<std::string> outcome{};
  ClientId client{};
  AccountId account{};
  std::optional<Instant> from{};
  std::optional<Instant> until{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Entries>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::operation_name>("Only this operation."),
        field<&Self::outcome>("Only this outcome."),
        field<&Self::client>("Only what concerned this client.").or_default(),
        field<&Self::account>("Only what this account asked for.").or_default(),
        field<&Self::from>("Not before."),
        field<&Self::until>("Before."),
        field<&Self::cursor>("`next` of the page before."),
        field<&Self::limit>("Most records on a page.").or_default().range(1, 500),
    };
    return table;
  }
};

struct Verified {
  std::int64_t rows = 0;
  bool is_whole = true;
  std::vector<upkeep::Problem> problems{};

  template <class Self = Verified>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::rows>("How many rows were checked."),
        field<&Self::is_whole>("Whether the chain holds from the first row to the last."),
        field<&Self::problems>("Where it does not; at most 100."),
    };
    return table;
  }
};

/// Checks the seals of the whole audit log: changed, removed and cut-off rows show.
struct Verify {
  using Result = Verified;
  static const Operation operation;
  static Fields fields() { return {}; }
};

}  // namespace audit
}  // namespace v1
}  // namespace frontdesk

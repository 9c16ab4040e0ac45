/// The ways upward (DESIGN "The house"), each a list in src/engine; an area sees only these types:
/// reactions, contributions (tick, check, export, merge, erase), media uses, narrowings, vetoes,
/// reductions and purses. Beside them two functions of an area below are defined in src/engine,
/// since what they give is of that area's own types and the lists here know none:
/// schedule::taken_part() and people::import_parts().
#pragma once

#include "storage/transaction.hpp"

namespace frontdesk::storage {

class List;  // told in list.hpp

/// What an area does, in the same transaction, when another emits an event.
struct Reaction {
  std::string_view topic;
  void (*react)(Transaction&, const void* event);
};

/// One area's part of `upkeep.tick`. Handles at most a batch of what is due; true if nothing due is
/// left.
struct TickPart {
  std::string_view name;
  bool (*run)(Transaction&, std::int64_t& done);
};

/// What an integrity check found wrong, and where.
struct Finding {
  std::string part{};
  std::string place{};
  std::string problem{};

  template <class Self = Finding>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::part>("The check that found it."),
        field<&Self::place>("The record it concerns."),
        field<&Self::problem>("What is wrong."),
    };
    return table;
  }
};
struct CheckPart {
  std::string_view name;
  void (*run)(Transaction&, std::vector<Finding>& findings);
};

/// One area's part of a person's export: JSON text of an object member named after the part.
struct ExportPart {
  std::string_view name;
  std::string (*run)(Transaction&, ClientId client);
};
/// Moves everything of `duplicate` to `keep`, or throws and nothing is moved.
struct MergePart {
  std::string_view name;
  void (*run)(Transaction&, ClientId keep, ClientId duplicate);
};
/// Anonymises what the area holds of a person.
struct ErasePart {
  std::string_view name;
  void (*run)(Transaction&, ClientId client);
};
/// Who refers to media files (SPEC C8). A file that something refers to is kept, and shown to
/// whoever may see what refers to it.
struct MediaUse {
  std::string_view name;
  bool (*is_used)(Transaction&, std::string_view digest);
  bool (*is_shown)(Transaction&, std::string_view digest);
};
/// What an area above adds to a list of one below: conditions over its own tables (SPEC C7).
struct Narrowing {
  std::string_view list;  ///< `catalog.activities`
  void (*narrow)(Transaction&, List& list, const void* request);
};
/// May refuse a change by throwing; `subject` is a record of the kind the veto is for.
struct Veto {
  std::string_view about;  ///< `catalog.archive_centre`
  void (*check)(Transaction&, std::int64_t subject);
};

/// What an area above takes off the price of what one below sells. `reduce` finds it before the
/// order is made, `sold` is told of the order; `sale` is the struct that the seller declares.
struct Reduction {
  std::string_view about;  ///< `plans.sell`
  void (*reduce)(Transaction&, void* sale);
  void (*sold)(Transaction&, const void* sale);
};
/// What a way of paying that is no money draws on, kept by an area above; `draw` is told of a
/// payment before it is entered, and refuses it by throwing, `restore` of what of it goes back.
struct Purse {
  std::int64_t method;  ///< a money::PaymentMethod
  void (*draw)(Transaction&, const void* draw);
  void (*restore)(Transaction&, const void* draw);
};

struct Hooks {
  std::span<const Reaction> reactions{};
  std::span<const TickPart> tick{};
  std::span<const CheckPart> check{};
  std::span<const ExportPart> exports{};
  std::span<const MergePart> merge{};
  std::span<const ErasePart> erase{};
  std::span<const MediaUse> media_uses{};
  std::span<const Narrowing> narrowings{};
  std::span<const Veto> vetoes{};
  std::span<const Reduction> reductions{};
  std::span<const Purse> purses{};
  std::span<const EventKind* const> events{};
  std::span<const Setting* const> settings{};
};

/// Asks all vetoes about `about`.
inline void ask_vetoes(Transaction& transaction, std::string_view about, std::int64_t subject) {
  for (const Veto& veto : transaction.hooks().vetoes) {
    if (veto.about == about) veto.check(transaction, subject);
  }
}

}  // namespace frontdesk::storage

/// What stands in the way of a session (SPEC S7): others in its room, of its trainers, group or
/// client, absences and closures. Preparation of rooms counts; what is adjacent does not clash.
#pragma once

#include "schedule/sessions.hpp"

namespace frontdesk::schedule {

struct Clashes {
  std::vector<std::int64_t> room{};
  std::vector<std::int64_t> trainer{};
  std::vector<std::int64_t> group{};
  std::vector<std::int64_t> client{};
  std::vector<std::int64_t> absent{};    ///< accounts of trainers
  std::vector<std::int64_t> closures{};  ///< of the centre or room

  bool sessions() const {
    return !room.empty() || !trainer.empty() || !group.empty() || !client.empty();
  }
  bool none() const { return !sessions() && absent.empty() && closures.empty(); }
  /// All sessions once, in order.
  std::vector<std::int64_t> all_sessions() const;
  void add(const Clashes& other);
};

/// The clashes of a session as it stands, itself aside.
Clashes clashes_of(Transaction& transaction, const Session& session);

/// Sessions that a client has at the times of a group's sessions to come: private ones, those of
/// their other groups, and what they booked.
std::vector<std::int64_t> clashes_of_member(Transaction& transaction, GroupId group,
                                            ClientId client);

/// Throws conflict/trainer_absent, conflict/centre_closed or conflict/session_clashes with what
/// clashes as details; nothing but an absence if `is_overridden`.
void refuse(const Clashes& clashes, bool is_overridden);

}  // namespace frontdesk::schedule

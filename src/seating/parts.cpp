/// What the area does in the tick, the integrity check, and a person's export, merge and erasure.
#include "describe/json.hpp"
#include "seating/hold_rows.hpp"
#include "seating/lists.hpp"

#include <algorithm>

namespace frontdesk::seating {
namespace {

constexpr std::int64_t holds_at_once = 200;

std::vector<HoldRow> holds_where(Transaction& transaction, std::string_view condition,
                                 const storage::Value& value, std::int64_t limit) {
  std::vector<HoldRow> holds;
  storage::Cursor rows = transaction.query(
      std::string(hold_columns) + "WHERE " + std::string(condition) + " LIMIT $2", value, limit);
  while (rows.next()) holds.push_back(read_hold(rows));
  return holds;
}

// --- tick ---

bool clear_lapsed(Transaction& transaction, std::int64_t& done) {
  const auto lapsed = holds_where(transaction, "expires_at <= $1 ORDER BY expires_at",
                                  storage::value(transaction.now()), holds_at_once);
  for (const HoldRow& hold : lapsed) end_hold(transaction, hold, true);
  done += static_cast<std::int64_t>(lapsed.size());
  return static_cast<std::int64_t>(lapsed.size()) < holds_at_once;
}

// --- check ---

using Findings = std::vector<storage::Finding>;

void report(Transaction& transaction, Findings& findings, const char* place, const char* problem,
            const char* sql) {
  storage::Cursor rows = transaction.query(sql, transaction.now());
  while (rows.next()) {
    findings.push_back({"seating", place + std::to_string(rows.integer(0)), problem});
  }
}

void check_holds(Transaction& transaction, Findings& findings) {
  std::vector<HoldRow> live;
  {
    storage::Cursor rows =
        transaction.query(std::string(hold_columns) + "WHERE expires_at > $1", transaction.now());
    while (rows.next()) live.push_back(read_hold(rows));
  }
  for (const HoldRow& hold : live) {
    for (std::int64_t place : hold.places) {
      auto claim = claim_on(transaction, hold.session, place);
      const bool is_held = claim && claim->claim.state == ClaimState::held &&
                           claim->claim.owner == hold.id.value &&
                           claim->claim.expires == hold.expires;
      if (is_held) continue;
      findings.push_back({"seating", "hold " + std::to_string(hold.id.value),
                          "it has no claim on place " + std::to_string(place)});
    }
  }
  report(transaction, findings, "session ", "a place is held by no hold",
         "SELECT claims.session FROM claims LEFT JOIN holds ON holds.id = claims.owner"
         " WHERE claims.state = 0 AND claims.expires > $1"
         " AND (holds.id IS NULL OR holds.session <> claims.session"
         " OR instr(' ' || holds.places || ' ', ' ' || claims.place || ' ') = 0)");
  report(transaction, findings, "hold ", "its number of places is wrong",
         "SELECT id FROM holds WHERE $1 IS NOT NULL AND place_count <>"
         " length(places) - length(replace(places, ' ', '')) + 1");
}

void check_claims(Transaction& transaction, Findings& findings) {
  report(transaction, findings, "session ", "a place is claimed that its map does not have",
         "SELECT DISTINCT claims.session FROM claims"
         " JOIN session_maps ON session_maps.session = claims.session"
         " JOIN seat_maps ON seat_maps.id = session_maps.map"
         " WHERE claims.place < 1 OR claims.place > seat_maps.places"
         " AND (claims.expires IS NULL OR claims.expires > $1)");
  report(transaction, findings, "session ", "more places are taken than there are",
         "SELECT sessions.id FROM claims JOIN sessions ON sessions.id = claims.session"
         " LEFT JOIN session_maps ON session_maps.session = sessions.id"
         " WHERE sessions.capacity IS NOT NULL AND sessions.status = 0"
         // Where there is a map only people's places are of the capacity.
         " AND (claims.expires IS NULL OR claims.expires > $1"
         " OR claims.reserved IS NOT NULL AND session_maps.map IS NULL)"
         " AND (claims.state IN (0, 1, 2) OR session_maps.map IS NULL)"
         " GROUP BY sessions.id HAVING count(*) > sessions.capacity");
  report(transaction, findings, "session ", "a place is held or offered without end",
         "SELECT session FROM claims WHERE $1 IS NOT NULL AND state IN (0, 2)"
         " AND expires IS NULL");
}

void check_maps(Transaction& transaction, Findings& findings) {
  std::vector<std::pair<SeatMapId, std::pair<std::int64_t, std::int64_t>>> stored;
  {
    storage::Cursor rows = transaction.query("SELECT id, seats, places FROM seat_maps");
    while (rows.next()) {
      stored.push_back({rows.id<SeatMapTag>(0), {rows.integer(1), rows.integer(2)}});
    }
  }
  for (const auto& [id, counts] : stored) {
    try {
      const auto map = map_of(transaction, id);
      const std::pair found{static_cast<std::int64_t>(map->seats.size()), map->places()};
      if (found == counts) continue;
      findings.push_back({"seating", "seat map " + std::to_string(id.value),
                          "it has another number of places than it says"});
    } catch (const Error& error) {
      findings.push_back({"seating", "seat map " + std::to_string(id.value),
                          "it cannot be read: " + error.message()});
    }
  }
}

void check_seating(Transaction& transaction, Findings& findings) {
  check_holds(transaction, findings);
  check_claims(transaction, findings);
  check_maps(transaction, findings);
}

// --- persons ---

/// A hold as a person takes it along.
struct PersonsHold {
  SessionId session{};
  std::vector<std::int64_t> places{};
  Instant expires_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsHold::session>("The session."),
        field<&PersonsHold::places>("Numbers of the places."),
        field<&PersonsHold::expires_at>("Until when."),
    };
    return table;
  }
};
struct PersonsHolds {
  std::vector<PersonsHold> holds{};

  static Fields fields() {
    static constexpr Field table[] = {field<&PersonsHolds::holds>("Places held for them.")};
    return table;
  }
};

std::vector<HoldRow> holds_of(Transaction& transaction, ClientId client) {
  constexpr std::int64_t all = -1;
  return holds_where(transaction, "client = $1 ORDER BY id", storage::value(client), all);
}

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsHolds person;
  for (HoldRow& hold : holds_of(transaction, client)) {
    if (hold.expires <= transaction.now()) continue;
    person.holds.push_back({hold.session, std::move(hold.places), hold.expires});
  }
  return describe::encode(person);
}

void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  transaction.execute("UPDATE holds SET client = $1 WHERE client = $2", keep, duplicate);
}

void erase_person(Transaction& transaction, ClientId client) {
  for (const HoldRow& hold : holds_of(transaction, client)) {
    end_hold(transaction, hold, hold.expires <= transaction.now());
  }
}

}  // namespace

namespace lists {

constinit const storage::TickPart clear_holds{"seating.holds", clear_lapsed};
constinit const storage::CheckPart check{"seating", check_seating};
constinit const storage::ExportPart export_holds{"holds", export_person};
constinit const storage::MergePart merge_holds{"seating", merge_person};
constinit const storage::ErasePart erase_holds{"seating", erase_person};

}  // namespace lists
}  // namespace frontdesk::seating

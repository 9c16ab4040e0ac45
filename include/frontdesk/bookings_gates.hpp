/// Gates: which of them let in whom, what one needs to work without the file, and the scans that it
/// uploads later (SPEC B5, B10).
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

// --- records ---

/// A way into a centre.
struct Gate {
  GateId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  std::vector<std::string> sections{};
  std::optional<Instant> archived_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Gate::id>("Number of the gate."),
        field<&Gate::version>("Grows by one with each change."),
        field<&Gate::centre>("Its centre."),
        field<&Gate::name>("What it is called."),
        field<&Gate::sections>("Sections and standing areas of seat maps that it leads to; none:"
                               " all. Where a session has no map, every gate lets in everybody."),
        field<&Gate::archived_at>("When it was put away."),
    };
    return table;
  }
};

/// One place on a gate's list.
struct GateEntry {
  PlaceId place{};
  std::string number{};
  std::int64_t issue = 0;
  std::string code_digest{};
  std::optional<std::string> seat{};
  TicketTypeId ticket_type{};
  std::optional<Instant> came_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GateEntry::place>("The place."),
        field<&GateEntry::number>("Number of its ticket."),
        field<&GateEntry::issue>("The issue that counts."),
        field<&GateEntry::code_digest>("Half of the SHA-256 of the ticket's code, in Base64url."),
        field<&GateEntry::seat>("Label of the seat, where there are seats."),
        field<&GateEntry::ticket_type>("What kind of ticket it is.").or_default(),
        field<&GateEntry::came_at>("When its visitor came; absent: not yet."),
    };
    return table;
  }
};

/// All that a gate needs to let visitors in without the file.
struct GateSheet {
  SessionId session{};
  CentreId centre{};
  GateId gate{};
  Instant starts{};
  Instant opens_at{};
  Instant ends{};
  std::string public_key{};
  std::int64_t since = 0;
  std::vector<GateEntry> entries{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GateSheet::session>("The session."),
        field<&GateSheet::centre>("Its centre."),
        field<&GateSheet::gate>("The gate; absent: for all of them.").or_default(),
        field<&GateSheet::starts>("When the session starts."),
        field<&GateSheet::opens_at>("From when on visitors are let in."),
        field<&GateSheet::ends>("Until when."),
        field<&GateSheet::public_key>("The key that proves tickets."),
        field<&GateSheet::since>("What to ask `bookings.revoked_tickets` with."),
        field<&GateSheet::entries>("Whom the gate lets in, by booking and number."),
    };
    return table;
  }
};

/// A ticket that a gate read.
struct Scan {
  std::string code{};
  GateId gate{};
  Instant scanned_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Scan::code>("The text of its QR code, or its code.").secret().length(1, 1000),
        field<&Scan::gate>("The gate.").or_default(),
        field<&Scan::scanned_at>("When."),
    };
    return table;
  }
};

/// What came of a scan.
struct ScanResult {
  bool counts = false;
  bool known = false;
  std::optional<std::string> reason{};
  PlaceId place{};
  std::optional<Instant> came_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ScanResult::counts>("Whether it is the one that let its visitor in."),
        field<&ScanResult::known>("It was uploaded before; nothing was changed."),
        field<&ScanResult::reason>("Why it does not count: a reason as in errors."),
        field<&ScanResult::place>("The place; absent where the ticket is unknown.").or_default(),
        field<&ScanResult::came_at>("When its visitor came, by the scan that counts."),
    };
    return table;
  }
};

struct ScanReport {
  std::vector<ScanResult> results{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ScanReport::results>("One for each scan, in their order."),
    };
    return table;
  }
};

/// A scan that let nobody in, or somebody who should not have come in: for staff to look at.
struct FlaggedScan {
  std::int64_t id = 0;
  CentreId centre{};
  SessionId session{};
  PlaceId place{};
  std::int64_t issue = 0;
  GateId gate{};
  Instant scanned_at{};
  std::string reason{};
  Instant uploaded_at{};
  AccountId account{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&FlaggedScan::id>("Number of the scan."),
        field<&FlaggedScan::centre>("The centre."),
        field<&FlaggedScan::session>("The session that the place was in."),
        field<&FlaggedScan::place>("The place."),
        field<&FlaggedScan::issue>("The issue of the ticket.").or_default(),
        field<&FlaggedScan::gate>("The gate.").or_default(),
        field<&FlaggedScan::scanned_at>("When it was read."),
        field<&FlaggedScan::reason>("Why it does not count: a reason as in errors."),
        field<&FlaggedScan::uploaded_at>("When it was uploaded."),
        field<&FlaggedScan::account>("Who uploaded it.").or_default(),
    };
    return table;
  }
};

// --- gates ---

struct CreateGate {
  using Result = Gate;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  std::vector<std::string> sections{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateGate::centre>("The centre."),
        field<&CreateGate::name>("What it is called; unique in the centre.").length(1, 60),
        field<&CreateGate::sections>("Sections and standing areas it leads to; none: all.")
            .length(0, 100),
    };
    return table;
  }
};

struct UpdateGate {
  using Result = Gate;
  static const Operation operation;

  GateId gate{};
  std::optional<std::int64_t> version{};
  std::optional<std::string> name{};
  std::optional<std::vector<std::string>> sections{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateGate::gate>("The gate."),
        field<&UpdateGate::version>("The version it is thought to have."),
        field<&UpdateGate::name>("What it is called; absent: as it is.").length(1, 60),
        field<&UpdateGate::sections>("Sections and areas it leads to; absent: as they are.")
            .length(0, 100),
    };
    return table;
  }
};

/// Puts a gate away; what came through it stays.
struct ArchiveGate {
  using Result = Gate;
  static const Operation operation;

  GateId gate{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchiveGate::gate>("The gate."),
        field<&ArchiveGate::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// Gates of a centre, by number.
struct Gates {
  using Result = Page<Gate>;
  static const Operation operation;

  CentreId centre{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Gates::centre>("The centre."),
        field<&Gates::archived>("Those that were put away, instead.").or_default(),
        field<&Gates::cursor>("From the page before."),
        field<&Gates::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- without the file ---

/// What a gate fetches before it works without the file.
struct GateList {
  using Result = GateSheet;
  static const Operation operation;

  SessionId session{};
  GateId gate{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GateList::session>("The session."),
        field<&GateList::gate>("The gate; absent: whoever any gate lets in.").or_default(),
    };
    return table;
  }
};

/// Takes in what gates read without the file, in any order and as often as they like. Of several
/// scans of one place the earliest counts; the others are flagged, as are those of void tickets.
struct UploadScans {
  using Result = ScanReport;
  static const Operation operation;

  std::vector<Scan> scans{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UploadScans::scans>("What was read.").length(1, 1000),
    };
    return table;
  }
};

/// Scans of a centre that were flagged, newest first.
struct FlaggedScans {
  using Result = Page<FlaggedScan>;
  static const Operation operation;

  CentreId centre{};
  SessionId session{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&FlaggedScans::centre>("The centre."),
        field<&FlaggedScans::session>("Only of this session.").or_default(),
        field<&FlaggedScans::cursor>("From the page before."),
        field<&FlaggedScans::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk

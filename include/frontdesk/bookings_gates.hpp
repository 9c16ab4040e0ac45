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

  template <class Self = Gate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the gate."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("Its centre."),
        field<&Self::name>("What it is called."),
        field<&Self::sections>("Sections and standing areas of seat maps that it leads to; none:"
                               " all. Where a session has no map, every gate lets in everybody."),
        field<&Self::archived_at>("When it was put away."),
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

  template <class Self = GateEntry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("The place."),
        field<&Self::number>("Number of its ticket."),
        field<&Self::issue>("The issue that counts."),
        field<&Self::code_digest>("Half of the SHA-256 of the ticket's code, in Base64url."),
        field<&Self::seat>("Label of the seat, where there are seats."),
        field<&Self::ticket_type>("What kind of ticket it is.").or_default(),
        field<&Self::came_at>("When its visitor came; absent: not yet."),
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

  template <class Self = GateSheet>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::gate>("The gate; absent: for all of them.").or_default(),
        field<&Self::starts>("When the session starts."),
        field<&Self::opens_at>("From when on visitors are let in."),
        field<&Self::ends>("Until when."),
        field<&Self::public_key>("The key that proves tickets."),
        field<&Self::since>("What to ask `bookings.revoked_tickets` with."),
        field<&Self::entries>("Whom the gate lets in, by booking and number."),
    };
    return table;
  }
};

/// A ticket that a gate read.
struct Scan {
  std::string code{};
  GateId gate{};
  Instant scanned_at{};

  template <class Self = Scan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::code>("The text of its QR code, or its code.").secret().length(1, 1000),
        field<&Self::gate>("The gate.").or_default(),
        field<&Self::scanned_at>("When."),
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

  template <class Self = ScanResult>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::counts>("Whether it is the one that let its visitor in."),
        field<&Self::known>("It was uploaded before; nothing was changed."),
        field<&Self::reason>("Why it does not count: a reason as in errors."),
        field<&Self::place>("The place; absent where the ticket is unknown.").or_default(),
        field<&Self::came_at>("When its visitor came, by the scan that counts."),
    };
    return table;
  }
};

struct ScanReport {
  std::vector<ScanResult> results{};

  template <class Self = ScanReport>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::results>("One for each scan, in their order."),
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

  template <class Self = FlaggedScan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the scan."),
        field<&Self::centre>("The centre."),
        field<&Self::session>("The session that the place was in."),
        field<&Self::place>("The place."),
        field<&Self::issue>("The issue of the ticket.").or_default(),
        field<&Self::gate>("The gate.").or_default(),
        field<&Self::scanned_at>("When it was read."),
        field<&Self::reason>("Why it does not count: a reason as in errors."),
        field<&Self::uploaded_at>("When it was uploaded."),
        field<&Self::account>("Who uploaded it.").or_default(),
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

  template <class Self = CreateGate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::name>("What it is called; unique in the centre.").length(1, 60),
        field<&Self::sections>("Sections and standing areas it leads to; none: all.")
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

  template <class Self = UpdateGate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::gate>("The gate."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::name>("What it is called; absent: as it is.").length(1, 60),
        field<&Self::sections>("Sections and areas it leads to; absent: as they are.")
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

  template <class Self = ArchiveGate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::gate>("The gate."),
        field<&Self::version>("The version it is thought to have."),
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

  template <class Self = Gates>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::archived>("Those that were put away, instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = GateList>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::gate>("The gate; absent: whoever any gate lets in.").or_default(),
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

  template <class Self = UploadScans>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::scans>("What was read.").length(1, 1000),
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

  template <class Self = FlaggedScans>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::session>("Only of this session.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk

/// Scans that gates made without the file (SPEC B5, B10). What counts does not depend on the order
/// they are uploaded in: of several scans of a place the earliest does.
#include "bookings/door.hpp"
#include "bookings/strikes.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

constexpr Duration clock_slack = std::chrono::minutes{5};  // clocks of gates go a little wrong

/// A scan as it is stored.
struct ScanRow {
  std::int64_t id = 0;
  CentreId centre{};
  SessionId session{};
  BookingId booking{};
  std::int64_t number = 0;
  std::int64_t issue = 0;
  GateId gate{};
  Instant scanned_at{};
  std::optional<std::string> reason{};
  Instant uploaded_at{};
  AccountId account{};
};

/// The code in what a gate read; none where the text is no ticket of this file.
std::optional<TicketName> name_of(Transaction& transaction, const crypto::KeyPair& keys,
                                  const std::string& text) {
  if (!is_ticket_text(text)) return ticket_of_code(transaction, text);
  try {
    return ticket_of_code(transaction, read_ticket(keys.public_key, text).code);
  } catch (const Error&) {
    return std::nullopt;
  }
}

void insert(Transaction& transaction, const ScanRow& scan) {
  transaction.execute(
      "INSERT INTO scans (centre, session, booking, number, issue, gate, scanned_at, reason,"
      " uploaded_at, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT DO NOTHING",
      scan.centre, scan.session, scan.booking, scan.number,
      scan.issue == 0 ? std::optional<std::int64_t>{} : scan.issue, scan.gate, scan.scanned_at,
      scan.reason, scan.uploaded_at, scan.account);
}

/// Takes in one scan.
class TakingIn {
 public:
  TakingIn(Transaction& transaction, const crypto::KeyPair& keys, const Scan& scan)
      : transaction_(transaction), keys_(keys), scan_(scan) {}

  ScanResult run(const std::string& path) {
    const auto name = name_of(transaction_, keys_, scan_.code);
    if (!name || !find(*name)) return {.reason = "ticket_unknown"};
    gate_ = gate_scanned_at(path + ".gate");
    place_ = std::find_if(booking_.places.begin(), booking_.places.end(), [&](const PlaceRow& row) {
      return row.number == number_of(name->place);
    });
    if (place_ == booking_.places.end()) return {.reason = "ticket_unknown"};
    result_.place = name->place;
    row_ = {.centre = session_.centre,
            .session = session_.id,
            .booking = place_->booking,
            .number = place_->number,
            .issue = name->issue,
            .gate = scan_.gate,
            .scanned_at = scan_.scanned_at,
            .uploaded_at = transaction_.now(),
            .account = transaction_.principal().account};
    if (!is_known()) judge();
    if (auto arrival = check_in_of(transaction_, *place_)) result_.came_at = arrival->at;
    return std::move(result_);
  }

 private:
  bool find(const TicketName& name) {
    const BookingId id = booking_of(name.place);
    if (!transaction_.exists("SELECT 1 FROM bookings WHERE id = $1", id)) return false;
    booking_ = stored_booking(transaction_, id);
    session_ = schedule::stored_session(transaction_, booking_.row.session);
    return admits_to(transaction_, session_);
  }

  /// A gate of another centre of the caller's is the wrong one; one out of reach is none.
  std::optional<Gate> gate_scanned_at(const std::string& field) const {
    if (!scan_.gate) return std::nullopt;
    auto gate = storage::find<Gate>(transaction_, "gates WHERE id = $1", scan_.gate);
    if (gate && gate->centre != session_.centre && transaction_.reach().covers(gate->centre)) {
      return gate;
    }
    return gate_of(transaction_, scan_.gate, session_.centre, field);
  }

  bool is_known() {
    storage::Cursor known = transaction_.query(
        "SELECT reason FROM scans WHERE booking = $1 AND number = $2 AND scanned_at = $3"
        " AND coalesce(gate, 0) = $4 AND coalesce(issue, 0) = $5",
        row_.booking, row_.number, row_.scanned_at, row_.gate.value, row_.issue);
    if (!known.next()) return false;
    result_.known = true;
    result_.counts = known.null(0);
    if (!known.null(0)) result_.reason = std::string(known.text(0));
    return true;
  }

  void flag(std::string_view reason) {
    row_.reason = std::string(reason);
    result_.reason = row_.reason;
    insert(transaction_, row_);
  }

  /// The booking has moved since, and took no visitor along who came to the session before.
  bool is_for_other_session() const {
    const SessionId ticket = session_of_voided(transaction_, {result_.place, row_.issue});
    return ticket && ticket != session_.id;
  }

  void judge() {
    if (scan_.scanned_at > transaction_.now() + clock_slack) return flag("scan_in_future");
    if (gate_ && gate_->centre != session_.centre) return flag("wrong_gate");
    const auto void_ticket =
        hindrance_of_ticket(transaction_, *place_, row_.issue, scan_.scanned_at);
    if (void_ticket) return flag(void_ticket->reason());
    if (is_for_other_session()) return flag("wrong_session");
    const auto error = hindrance(transaction_, {.place = *place_,
                                                .session = session_,
                                                .issue = row_.issue,
                                                .at = scan_.scanned_at,
                                                .gate = gate_ ? &*gate_ : nullptr});
    if (error) return flag(error->reason());
    const auto earlier = check_in_of(transaction_, *place_);
    if (!earlier) return let_in();
    if (earlier->at == scan_.scanned_at && earlier->gate == scan_.gate) {
      result_.known = true;  // the gate told of it at once and again later
      result_.counts = true;
      return;
    }
    if (!comes_before(*earlier) && earlier->how != CheckInBy::roll) return flag("already_in");
    overtake(*earlier);
  }

  /// In the same second the gate of the lower number: whichever is uploaded first, one counts.
  bool comes_before(const CheckInRow& other) const {
    return std::pair(scan_.scanned_at, scan_.gate.value) < std::pair(other.at, other.gate.value);
  }

  CheckInRow arrival() const {
    return {.booking = row_.booking,
            .number = row_.number,
            .at = scan_.scanned_at,
            .how = CheckInBy::offline,
            .gate = scan_.gate,
            .account = row_.account};
  }

  void let_in() {
    enter(transaction_, *place_, arrival());
    store_attended(transaction_, booking_, {place_->number}, scan_.gate, Change::attended);
    settle_strike(transaction_, booking_);
    count();
  }

  /// Whoever seemed to come first came second: their scan is flagged. The roll is no scan; it only
  /// learns when its visitor came.
  void overtake(const CheckInRow& later) {
    const auto flagged = transaction_.execute(
        "UPDATE scans SET reason = 'already_in' WHERE booking = $1 AND number = $2"
        " AND reason IS NULL",
        row_.booking, row_.number);
    if (flagged == 0 && later.how != CheckInBy::roll) {
      ScanRow row = row_;
      row.issue = 0;
      row.gate = later.gate;
      row.scanned_at = later.at;
      row.account = later.account;
      row.reason = "already_in";
      insert(transaction_, row);
    }
    correct_arrival(transaction_, arrival());
    count();
  }

  void count() {
    insert(transaction_, row_);
    result_.counts = true;
  }

  Transaction& transaction_;
  const crypto::KeyPair& keys_;
  const Scan& scan_;
  Stored booking_{};
  schedule::Session session_{};
  std::optional<Gate> gate_{};
  std::vector<PlaceRow>::iterator place_{};
  ScanRow row_{};
  ScanResult result_{};
};

}  // namespace

// --- upload ---

ScanReport handle(Transaction& transaction, const UploadScans& request) {
  const crypto::KeyPair keys = ticket_keys(transaction);
  ScanReport report;
  for (std::size_t i = 0; i < request.scans.size(); ++i) {
    report.results.push_back(
        TakingIn(transaction, keys, request.scans[i]).run("scans[" + std::to_string(i) + "]"));
  }
  return report;
}

static constexpr Refusal upload_refusals[] = {
    {Code::not_found, "gate_not_found", "the centre has no such gate"},
};

constinit const Operation UploadScans::operation = storage::define<UploadScans>({
    .number = 966,
    .name = "bookings.upload_scans",
    .kind = OperationKind::write,
    .doc = "Takes in what gates read without the file, in any order and as often as they like.",
    .rule = {.permission = "bookings.check_in"},
    .refusals = upload_refusals,
    .example = R"({"scans": [{"code": "U4AQEXAMPLECODE2345Q", "gate": 1,
 "scanned_at": "2026-11-20T16:42:10Z"}]})",
});

// --- flagged ---

Page<FlaggedScan> handle(Transaction& transaction, const FlaggedScans& request) {
  storage::List list(
      "(SELECT id, centre, session, booking * 1000 + number AS place, issue, gate, scanned_at,"
      " reason, uploaded_at, account FROM scans WHERE reason IS NOT NULL) AS flagged");
  list.where("centre = $", request.centre);
  if (request.session) list.where("session = $", request.session);
  list.order({{"id", true}});
  return list.page<FlaggedScan>(transaction, request.cursor, request.limit);
}

static constexpr Refusal flagged_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation FlaggedScans::operation = storage::define<FlaggedScans>({
    .number = 967,
    .name = "bookings.flagged_scans",
    .kind = OperationKind::read,
    .doc = "Scans of a centre that were flagged, newest first.",
    .rule = {.permission = "bookings.check_in", .subject = Subject::centre, .field = "centre"},
    .refusals = flagged_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::bookings

#include "storage/audit.hpp"

#include "transactions.hpp"

#include <catch2/catch.hpp>

namespace frontdesk::storage::testing {
namespace {

struct Phone {
  std::string number{};

  static Fields fields() {
    static constexpr Field table[] = {field<&Phone::number>("").personal()};
    return table;
  }
};

struct Change {
  ClientId client{};
  std::string name{};
  std::string password{};
  std::string city{};
  std::vector<Phone> phones{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Change::client>(""),
        field<&Change::name>("").personal(),
        field<&Change::password>("").secret(),
        field<&Change::city>("").personal(),
        field<&Change::phones>(""),
    };
    return table;
  }
};

struct AuditedDesk {
  /// As a file begins.
  AuditedDesk() {
    desk.write([](Transaction& tx) { keep_audit_head(tx, {}); });
  }
  /// Commits the rows, as the engine does with a group.
  void append(int rows, ClientId client = {}) {
    desk.write([&](Transaction& tx) {
      AuditHead head = checked_audit_head(tx);
      for (int i = 0; i < rows; ++i) {
        AuditRow row{"test.change", "ok", &type_of<Change>(), &change, client, CentreId{2}, false};
        append_audit(tx, head, row);
      }
      keep_audit_head(tx, head);
    });
  }
  void append_row(const AuditRow& row) {
    desk.write([&](Transaction& tx) {
      AuditHead head = checked_audit_head(tx);
      append_audit(tx, head, row);
      keep_audit_head(tx, head);
    });
  }
  /// `place: problem` of each finding.
  std::vector<std::string> problems(std::int64_t limit = 1'000) {
    std::vector<Finding> findings;
    desk.read([&](Transaction& tx) {
      AuditProgress progress;
      while (!progress.at_end) verify_audit(tx, progress, limit, findings);
    });
    std::vector<std::string> all;
    for (const Finding& finding : findings) {
      CHECK(finding.part == "audit");
      all.push_back(finding.place + ": " + finding.problem);
    }
    return all;
  }
  void tamper(const std::string& sql) {
    desk.write([&](Transaction& tx) { CHECK(tx.execute(sql) > 0); });
  }
  std::string text(const std::string& column, std::int64_t sequence) {
    std::string value;
    desk.read([&](Transaction& tx) {
      Cursor row = tx.query("SELECT " + column + " FROM audit WHERE sequence = $1", sequence);
      REQUIRE(row.next());
      value = row.null(0) ? "NULL" : std::string(row.text(0));
    });
    return value;
  }

  scratch::Folder folder{};
  HandDesk desk{folder.file()};
  Change change{{7}, "Olena", "hunter2", "Olena", {{"+380671234567"}}};
};

}  // namespace

TEST_CASE("a row of the audit log tells who, when, from where, what and how it ended",
          "[storage][E8]") {
  AuditedDesk audited;
  audited.desk.principal = {PrincipalKind::account, {5}, {}, {}, {6}, ""};
  audited.append(1, {7});
  audited.desk.principal.kind = PrincipalKind::api_key;
  audited.desk.now += Duration{60};
  audited.desk.origin = "";
  audited.desk.correlation = "";
  audited.append_row({"test.denied", "denied", nullptr, nullptr, {}, {}, false});
  audited.desk.read([&](Transaction& tx) {
    Cursor row = tx.query(
        "SELECT sequence, at, principal_kind, principal, operation, outcome, client, centre,"
        " origin, correlation, request, length(salt), length(digest), length(seal) FROM audit");
    REQUIRE(row.next());
    CHECK(row.integer(0) == 1);
    CHECK(row.instant(1) == audited.desk.now - Duration{60});
    CHECK(row.integer(2) == static_cast<std::int64_t>(PrincipalKind::account));
    CHECK(row.integer(3) == 5);
    CHECK(row.text(4) == "test.change");
    CHECK(row.text(5) == "ok");
    CHECK(row.integer(6) == 7);
    CHECK(row.integer(7) == 2);
    CHECK(row.text(8) == "198.51.100.4");
    CHECK(row.text(9) == "request 17");
    CHECK(row.integer(11) == 16);
    CHECK(row.integer(12) == 32);
    CHECK(row.integer(13) == 32);
    REQUIRE(row.next());
    CHECK(row.integer(2) == static_cast<std::int64_t>(PrincipalKind::api_key));
    CHECK(row.integer(3) == 6);
    CHECK(row.text(5) == "denied");
    CHECK(row.null(6));
    CHECK(row.null(7));
    CHECK(row.text(8).empty());
    CHECK(row.text(10).empty());
  });
  CHECK(audited.problems().empty());
}

TEST_CASE("the request is kept without secrets, with stand-ins for what is personal",
          "[storage][E8][P9]") {
  AuditedDesk audited;
  audited.append(2, {7});
  std::string first = audited.text("request", 1);
  CHECK(first.find("Olena") == std::string::npos);
  CHECK(first.find("hunter2") == std::string::npos);
  CHECK(first.find("password") == std::string::npos);
  CHECK(first.find("0671234567") == std::string::npos);
  std::string name = audited.text("request ->> 'name'", 1);
  CHECK(name.size() == 17);
  CHECK(name[0] == '~');
  // The same value shows as the same within a row, so that one sees what was set alike; not beyond.
  CHECK(audited.text("request ->> 'city'", 1) == name);
  CHECK(audited.text("request ->> 'name'", 2) != name);
  CHECK(audited.text("request ->> '$.phones[0].number'", 1)[0] == '~');
  CHECK(audited.text("request ->> 'client'", 1) == "7");
}

TEST_CASE("the chain goes on from one commit to the next", "[storage][E8]") {
  AuditedDesk audited;
  CHECK(audited.problems().empty());
  audited.append(3);
  audited.desk.now += Duration{5};
  audited.append(2);
  audited.desk.read([&](Transaction& tx) {
    AuditHead head = checked_audit_head(tx);
    CHECK(head.sequence == 5);
    CHECK(head.at == audited.desk.now);
    CHECK(head.seal.size() == 32);
  });
  for (std::int64_t limit : {1, 2, 4, 5, 6}) CHECK(audited.problems(limit).empty());
  // Another desk on the same file goes on where this one ended.
  HandDesk other(audited.folder.file());
  other.write([](Transaction& tx) {
    AuditHead head = checked_audit_head(tx);
    append_audit(tx, head, {"test.other", "ok", nullptr, nullptr, {}, {}, false});
    keep_audit_head(tx, head);
  });
  CHECK(audited.problems().empty());
}

TEST_CASE("every change of a row shows", "[storage][E8]") {
  AuditedDesk audited;
  audited.append(5, {7});
  const std::string changed = "audit 3: it was changed, or a row before it";
  const std::string request = "audit 3: its request was changed";
  auto first_problem = [&](const std::string& change) {
    audited.tamper("UPDATE audit SET " + change + " WHERE sequence = 3");
    std::vector<std::string> problems = audited.problems(2);
    return problems.empty() ? "none" : problems[0];
  };
  SECTION("time") { CHECK(first_problem("at = at + 1") == changed); }
  SECTION("kind") { CHECK(first_problem("principal_kind = 1") == changed); }
  SECTION("who") { CHECK(first_problem("principal = 99") == changed); }
  SECTION("operation") { CHECK(first_problem("operation = 'test.changes'") == changed); }
  SECTION("outcome") { CHECK(first_problem("outcome = 'denied'") == changed); }
  SECTION("between two columns") {
    CHECK(first_problem("operation = 'test.changeo', outcome = 'k'") == changed);
  }
  SECTION("client") { CHECK(first_problem("client = 8") == changed); }
  SECTION("client away") { CHECK(first_problem("client = NULL") == changed); }
  SECTION("centre") { CHECK(first_problem("centre = 3") == changed); }
  SECTION("digest") { CHECK(first_problem("digest = zeroblob(32)") == changed); }
  SECTION("seal") { CHECK(first_problem("seal = zeroblob(32)") == changed); }
  SECTION("seal of another row") {
    CHECK(first_problem("seal = (SELECT seal FROM audit WHERE sequence = 2)") == changed);
  }
  SECTION("origin") { CHECK(first_problem("origin = '203.0.113.9'") == request); }
  SECTION("origin away") { CHECK(first_problem("origin = NULL") == request); }
  SECTION("correlation") { CHECK(first_problem("correlation = 'x'") == request); }
  SECTION("request") { CHECK(first_problem("request = '{}'") == request); }
  SECTION("salt") { CHECK(first_problem("salt = zeroblob(16)") == request); }
  SECTION("all that may be erased away, but not by an erasure") {
    CHECK(first_problem("salt = NULL, origin = NULL, correlation = NULL, request = NULL") ==
          request);
    CHECK(first_problem("erasure = zeroblob(32)") == request);
  }
  SECTION("the mark of another row's erasure") {
    audited.append(1, {8});
    audited.desk.write([](Transaction& tx) { erase_audit(tx, {8}, {}); });
    CHECK(first_problem("salt = NULL, origin = NULL, correlation = NULL, request = NULL, erasure ="
                        " (SELECT erasure FROM audit WHERE sequence = 6)") == request);
  }
  SECTION("a forged request that passes for erased") {
    CHECK(first_problem("salt = NULL, origin = NULL, correlation = NULL, request = '{}'") ==
          request);
  }
}

TEST_CASE("rows that are taken away or moved show", "[storage][E8]") {
  AuditedDesk audited;
  audited.append(5);
  SECTION("in the middle") {
    audited.tamper("DELETE FROM audit WHERE sequence = 3");
    CHECK(audited.problems() ==
          std::vector<std::string>{"audit 4: rows before it are missing",
                                   "audit 4: it was changed, or a row before it"});
  }
  SECTION("in the middle, with the numbers closed up") {
    audited.tamper("DELETE FROM audit WHERE sequence = 3");
    audited.tamper("UPDATE audit SET sequence = sequence - 1 WHERE sequence = 4");
    audited.tamper("UPDATE audit SET sequence = sequence - 1 WHERE sequence = 5");
    CHECK_FALSE(audited.problems().empty());
  }
  SECTION("at the beginning") {
    audited.tamper("DELETE FROM audit WHERE sequence = 1");
    CHECK(audited.problems()[0] == "audit 2: rows before it are missing");
  }
  SECTION("at the end") {
    audited.tamper("DELETE FROM audit WHERE sequence = 5");
    CHECK(audited.problems() == std::vector<std::string>{"audit 4: rows after it are missing"});
    CHECK(audited.problems(2) == std::vector<std::string>{"audit 4: rows after it are missing"});
  }
  SECTION("all of them") {
    audited.tamper("DELETE FROM audit");
    CHECK(audited.problems() == std::vector<std::string>{"audit 0: rows after it are missing"});
  }
  SECTION("all of them and the kept head, as if the file were new") {
    audited.tamper("DELETE FROM audit");
    audited.tamper("DELETE FROM meta WHERE name = 'audit_head'");
    CHECK(audited.problems() == std::vector<std::string>{"audit 0: rows after it are missing"});
    audited.append(1);
    CHECK_FALSE(audited.problems().empty());
  }
  SECTION("the kept head") {
    audited.tamper("DELETE FROM meta WHERE name = 'audit_head'");
    CHECK(audited.problems().size() == 1);
  }
  SECTION("at the end, with the head set to what the last row says") {
    audited.tamper("DELETE FROM audit WHERE sequence = 5");
    audited.tamper(
        "UPDATE meta SET value = (SELECT seal FROM audit WHERE sequence = 4)"
        " WHERE name = 'audit_head'");
    CHECK(audited.problems() == std::vector<std::string>{"audit 4: rows after it are missing"});
  }
  SECTION("at the end, also after others followed") {
    audited.tamper("DELETE FROM audit WHERE sequence = 5");
    audited.append(2);
    CHECK(audited.problems() ==
          std::vector<std::string>{"audit 5: it was changed, or a row before it"});
  }
  SECTION("two of them exchanged") {
    audited.tamper("UPDATE audit SET sequence = 100 WHERE sequence = 2");
    audited.tamper("UPDATE audit SET sequence = 2 WHERE sequence = 3");
    audited.tamper("UPDATE audit SET sequence = 3 WHERE sequence = 100");
    CHECK_FALSE(audited.problems().empty());
  }
}

TEST_CASE("only the file's secret makes a seal", "[storage][E8]") {
  AuditedDesk audited;
  audited.append(2);
  HandDesk other(audited.folder.file());
  other.state().secret = std::string(32, 'x');
  std::vector<Finding> findings;
  other.read([&](Transaction& tx) {
    AuditProgress progress;
    verify_audit(tx, progress, 100, findings);
  });
  CHECK(findings.size() == 3);
}

TEST_CASE("a person is erased from the log and the chain still holds", "[storage][E8][P9]") {
  AuditedDesk audited;
  audited.append(2, {7});
  audited.append(2, {8});
  audited.append(1, {7});
  audited.desk.write([](Transaction& tx) { erase_audit(tx, {7}, {}); });
  for (std::int64_t sequence : {1, 2, 5}) {
    for (const char* column : {"origin", "correlation", "request", "salt"}) {
      CHECK(audited.text(column, sequence) == "NULL");
    }
    CHECK(audited.text("operation", sequence) == "test.change");
  }
  CHECK(audited.text("origin", 3) == "198.51.100.4");
  CHECK(audited.text("request", 4).front() == '{');
  CHECK(audited.problems().empty());
  audited.append(1, {7});
  CHECK(audited.problems().empty());
  audited.tamper("UPDATE audit SET outcome = 'x' WHERE sequence = 1");
  CHECK(audited.problems().size() == 1);
}

TEST_CASE("what a person did is erased with what was done about them", "[storage][E8][P9]") {
  AuditedDesk audited;
  audited.desk.principal = {PrincipalKind::account, {5}, {}, {}, {}, ""};
  audited.append(1);
  audited.desk.principal.account = {6};
  audited.append(1);
  audited.desk.principal = {PrincipalKind::api_key, {5}, {}, {}, {5}, ""};
  audited.append(1);  // a key of the same number is somebody else
  audited.append(1, {7});
  audited.desk.write([](Transaction& tx) { erase_audit(tx, {7}, {5}); });
  CHECK(audited.text("origin", 1) == "NULL");
  CHECK(audited.text("origin", 2) == "198.51.100.4");
  CHECK(audited.text("origin", 3) == "198.51.100.4");
  CHECK(audited.text("origin", 4) == "NULL");
  CHECK(audited.problems().empty());
}

TEST_CASE("a row can be kept without where it came from", "[storage][E8][P9]") {
  AuditedDesk audited;
  audited.append_row({"test.erase", "ok", &type_of<Change>(), &audited.change, {7}, {}, true});
  CHECK(audited.text("origin", 1).empty());
  CHECK(audited.text("correlation", 1).empty());
  CHECK(audited.text("request", 1).front() == '{');
  CHECK(audited.problems().empty());
}

TEST_CASE("rows that are rolled back leave the chain as it was", "[storage][E8]") {
  AuditedDesk audited;
  audited.append(2);
  CHECK(scratch::error_of([&] {
          audited.desk.write([&](Transaction& tx) {
            AuditHead head = checked_audit_head(tx);
            append_audit(tx, head, {"test.lost", "ok", nullptr, nullptr, {}, {}, false});
            throw Error(Code::conflict, "never_mind");
          });
        }) == "conflict/never_mind");
  audited.append(1);
  CHECK(audited.problems().empty());
  CHECK(audited.text("operation", 3) == "test.change");
}

}  // namespace frontdesk::storage::testing

#include "storage/audit.hpp"
#include "storage/define.hpp"
#include "storage/hooks.hpp"
#include "upkeep/lists.hpp"

namespace frontdesk::upkeep {

using storage::Transaction;

namespace {

constexpr std::size_t problems_max = 100;

std::vector<Problem> as_problems(const std::vector<storage::Finding>& findings) {
  std::vector<Problem> problems;
  for (const storage::Finding& finding : findings) {
    problems.push_back({finding.part, finding.place, finding.problem});
    if (problems.size() == problems_max) break;
  }
  return problems;
}

}  // namespace

Checked handle(Transaction& transaction, const Check&) {
  Checked checked;
  std::vector<storage::Finding> findings;
  for (const storage::CheckPart& part : transaction.hooks().check) {
    checked.parts.emplace_back(part.name);
    part.run(transaction, findings);
  }
  checked.problems = as_problems(findings);
  return checked;
}

constinit const Operation Check::operation = storage::define<Check>({
    .number = 1401,
    .name = "upkeep.check",
    .kind = OperationKind::read,
    .doc = "Checks every invariant of every area and tells what is wrong and where.",
    .rule = {.permission = "upkeep.run", .subject = Subject::centre},
});

namespace lists {

void check_file(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::Cursor rows = transaction.query("PRAGMA integrity_check(100)");
  while (rows.next()) {
    if (rows.text(0) != "ok") findings.push_back({"file", "database", std::string(rows.text(0))});
  }
}

}  // namespace lists
}  // namespace frontdesk::upkeep

namespace frontdesk::audit {

using storage::Transaction;

Verified handle(Transaction& transaction, const Verify&) {
  constexpr std::int64_t rows_at_once = 10'000;
  storage::AuditProgress progress;
  std::vector<storage::Finding> findings;
  while (!progress.at_end && findings.size() < upkeep::problems_max) {
    storage::verify_audit(transaction, progress, rows_at_once, findings);
  }
  return {progress.after, findings.empty(), upkeep::as_problems(findings)};
}

constinit const Operation Verify::operation = storage::define<Verify>({
    .number = 1421,
    .name = "audit.verify",
    .kind = OperationKind::read,
    .doc = "Checks the seals of the whole audit log.",
    .rule = {.permission = "audit.view", .subject = Subject::centre},
});

}  // namespace frontdesk::audit

// How long the tick takes over many subscriptions (SPEC U1). Hidden, since it measures: run it with
// `test_plans "[load]"`.
#include "club.hpp"

#include "storage/define.hpp"

#include <iostream>

using namespace frontdesk;
using testing::Club;

namespace {

constexpr std::int64_t subscriptions = 100'000;

/// The first subscription many times over.
struct Multiply {
  using Result = Nothing;
  static const Operation operation;

  std::int64_t times = 0;

  static Fields fields() {
    static constexpr Field table[] = {field<&Multiply::times>("How often.")};
    return table;
  }
};

Nothing handle(storage::Transaction& transaction, const Multiply& request) {
  transaction.execute(
      "INSERT INTO subscriptions (version, plan, plan_version, centre, owner, activation, starts,"
      " last_day, starts_at, ends_at, is_provisional, extra_days, paid_at, is_counted,"
      " auto_renewal, attempts, currency, price, sold, recognised, refunded, created_at, due_at)"
      " WITH RECURSIVE many (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM many WHERE n < $1)"
      " SELECT version, plan, plan_version, centre, owner, activation, starts, last_day, starts_at,"
      " ends_at, is_provisional, extra_days, paid_at, is_counted, auto_renewal, attempts, currency,"
      " price, sold, recognised, refunded, created_at, due_at FROM subscriptions, many"
      " WHERE id = 1",
      request.times);
  return {};
}

constinit const Operation Multiply::operation = storage::define<Multiply>({
    .number = 9002,
    .name = "tests.multiply",
    .kind = OperationKind::write,
    .doc = "Makes many subscriptions.",
    .rule = {.audience = Audience::host},
});

void measure(Club& club, const char* what) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t used = std::clock();
  const auto done = club.host().run(upkeep::Tick{});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  const double processor = static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC;
  std::int64_t count = 0;
  for (const auto& work : done.work) {
    if (work.part == "plans.due") count += work.done;
  }
  std::cout << what << ": " << count << " subscriptions, " << taken.count() << " s, processor "
            << processor << " s\n";
}

}  // namespace

TEST_CASE("a tick over many subscriptions", "[.][load][U1]") {
  Club club;
  const bool by_visits = GENERATE(false, true);
  const PlanId plan = club.plan("Plan", by_visits ? club.pack() : club.month());
  club.buy(plan, club.client("Olena"));
  club.host().run(Multiply{.times = subscriptions});
  std::cout << (by_visits ? "packs of visits\n" : "unlimited, earned day by day\n");
  club.desk.clock += std::chrono::hours{1};
  measure(club, "nothing due");
  club.desk.clock += std::chrono::hours{24};
  measure(club, "a day later");
  club.desk.clock += std::chrono::hours{24 * 24};
  measure(club, "seven days before the end");
  club.desk.clock += std::chrono::hours{24 * 7};
  measure(club, "the end");
}

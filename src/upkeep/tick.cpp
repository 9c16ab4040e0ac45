#include "storage/define.hpp"
#include "storage/hooks.hpp"

#include <frontdesk/upkeep.hpp>

namespace frontdesk::upkeep {

using storage::Transaction;

namespace {

/// What a step does is followed by what reacts to it, by its events and by its commit, all under
/// the same lock; the clock alone would let cheap things pile up.
constexpr std::int64_t done_at_once = 500;

void add_work(TickDone& result, std::string_view part, std::int64_t done) {
  if (done == 0) return;
  if (result.work.empty() || result.work.back().part != part)
    result.work.push_back({std::string(part), 0});
  result.work.back().done += done;
}

}  // namespace

bool step(Transaction& transaction, const Tick&, Tick::State& state, TickDone& result) {
  std::span<const storage::TickPart> parts = transaction.hooks().tick;
  std::int64_t done_in_step = 0;
  while (state.part < static_cast<std::int64_t>(parts.size())) {
    const storage::TickPart& part = parts[static_cast<std::size_t>(state.part)];
    std::int64_t done = 0;
    bool is_done = part.run(transaction, done);
    add_work(result, part.name, done);
    if (is_done) ++state.part;
    transaction.report(state.part, static_cast<std::int64_t>(parts.size()));
    done_in_step += done;
    if (transaction.step_is_long() || done_in_step >= done_at_once) break;
  }
  return state.part >= static_cast<std::int64_t>(parts.size());
}

constinit const Operation Tick::operation = storage::define_job<Tick>({
    .number = 1400,
    .name = "upkeep.tick",
    .kind = OperationKind::job,
    .doc = "Does everything that time brings; run it every minute or so.",
    .rule = {.permission = "upkeep.run", .subject = Subject::centre},
});

}  // namespace frontdesk::upkeep

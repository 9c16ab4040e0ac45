/// Quotes for two seats: the arithmetic alone, within an open transaction, and as a call. The
/// targets stand in docs/performance.md.
#include <benchmark/benchmark.h>

#include "pricing/working_out.hpp"
#include "storage/desk_state.hpp"
#include "storage/file.hpp"
#include "storage/rows.hpp"
#include "world.hpp"

using namespace frontdesk;

namespace {

Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

/// A film next week with two ticket types, an evening rule, an early bird, fees and tax.
class Cinema {
 public:
  Cinema() : world_(64, true) {
    Caller host = world_.desk().host();
    catalog::CreateActivity film;
    film.centre = world_.centre();
    film.name = "Premiere";
    ActivityId activity = host.run(film).id;
    auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    schedule::NewSession show;
    show.activity = activity;
    show.centre = world_.centre();
    show.start =
        LocalTime{(now + std::chrono::days{7} + std::chrono::hours{19}).time_since_epoch()};
    session_ = host.run(schedule::CreateSessions{.sessions = {show}}).sessions.at(0).id;
    catalog::CreateTicketType type;
    type.centre = world_.centre();
    type.name = "Adult";
    adult_ = host.run(type).id;
    type.name = "Child";
    child_ = host.run(type).id;
    set_price(activity, adult_, 20'000);
    set_price(activity, child_, 12'000);
    add_rules();
  }

  const bench::World& world() const { return world_; }
  const Caller& clerk() const { return world_.clerk(); }
  SessionId session() const { return session_; }
  pricing::AskQuote request() const {
    pricing::AskQuote ask;
    ask.session = session_;
    ask.places.resize(2);
    ask.places[0].ticket_type = adult_;
    ask.places[1].ticket_type = child_;
    return ask;
  }
  std::vector<pricing::Wanted> wanted() const { return {{"", adult_, {}}, {"", child_, {}}}; }

 private:
  void set_price(ActivityId activity, TicketTypeId type, std::int64_t minor) {
    world_.desk().host().run(
        pricing::SetPrice{.activity = activity, .ticket_type = type, .amount = uah(minor)});
  }
  void add_rules() {
    Caller host = world_.desk().host();
    pricing::CreateRule evening;
    evening.centre = world_.centre();
    evening.name = "Evening";
    evening.from_minute = 17 * 60;
    evening.basis_points = 1'000;
    host.run(evening);
    pricing::CreateRule early = evening;
    early.kind = pricing::RuleKind::early_bird;
    early.name = "Early bird";
    early.from_minute.reset();
    early.quantity = 100;
    early.basis_points = -2'000;
    host.run(early);
    pricing::CreateFee fee;
    fee.centre = world_.centre();
    fee.name = "3D";
    fee.amount = uah(2'000);
    host.run(fee);
    fee.per = pricing::FeePer::order;
    fee.name = "Booking fee";
    fee.refundable = false;
    host.run(fee);
    pricing::SetTaxRate tax;
    tax.centre = world_.centre();
    tax.name = "VAT";
    tax.basis_points = 2'000;
    tax.first_date = std::chrono::year{2026} / 1 / 1;
    host.run(tax);
  }

  bench::World world_;
  SessionId session_{};
  TicketTypeId adult_{};
  TicketTypeId child_{};
};

/// A transaction of the benchmark's own, as the engine makes them.
class Reading {
 public:
  explicit Reading(const bench::World& world)
      : file_(world.path(), {}),
        lease_(file_.read(std::chrono::steady_clock::now() + std::chrono::seconds{5})),
        desk_(),
        topics_(),
        transaction_(lease_.connection(), desk_, topics_) {
    desk_.random = crypto::system_random();
    desk_.secret = world.secret();
    storage::TransactionAccess(transaction_)
        .begin(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), {}, {},
               false);
  }
  storage::Transaction& transaction() { return transaction_; }
  /// As at the beginning of each transaction.
  void renew() { topics_.is_current = false; }

 private:
  storage::File file_;
  storage::ReaderLease lease_;
  storage::DeskState desk_;
  storage::TopicVersions topics_;
  storage::Transaction transaction_;
};

void arithmetic(benchmark::State& state) {
  Cinema cinema;
  Reading reading(cinema.world());
  auto session = storage::find<schedule::Session>(reading.transaction(), "sessions WHERE id = $1",
                                                  cinema.session());
  auto sheet = pricing::sheet_of(reading.transaction(), *session);
  pricing::Situation situation;
  situation.now = reading.transaction().now();
  situation.today = std::chrono::year{2026} / 6 / 1;
  situation.units_left.assign(sheet->rules.size(), 100);
  const std::vector<pricing::Wanted> wanted = cinema.wanted();
  for (auto _ : state) {
    benchmark::DoNotOptimize(pricing::work_out(*sheet, session->id, wanted, situation));
  }
}
BENCHMARK(arithmetic)->Name("quote of two seats, the arithmetic");

void in_transaction(benchmark::State& state) {
  Cinema cinema;
  Reading reading(cinema.world());
  const std::vector<pricing::Wanted> wanted = cinema.wanted();
  for (auto _ : state) {
    reading.renew();
    auto session = storage::find<schedule::Session>(reading.transaction(), "sessions WHERE id = $1",
                                                    cinema.session());
    benchmark::DoNotOptimize(pricing::quote_places(reading.transaction(), *session, wanted, {}));
  }
}
BENCHMARK(in_transaction)->Name("quote of two seats within a transaction, session read anew");

void as_call(benchmark::State& state) {
  Cinema cinema;
  const pricing::AskQuote request = cinema.request();
  for (auto _ : state) benchmark::DoNotOptimize(cinema.clerk().run(request));
}
BENCHMARK(as_call)->Name("quote of two seats as a call, with session, permission and snapshot");

}  // namespace

#include "club.hpp"

#include "base/zones.hpp"
#include "plans/visits.hpp"
#include "storage/define.hpp"
#include "storage/rows.hpp"

namespace frontdesk::testing {
namespace {

/// VisitStep as an operation, so that it runs like any other: in a transaction of the engine.
struct DoVisit {
  using Result = Nothing;
  static const Operation operation;

  std::int64_t unused = 0;

  static Fields fields() {
    static constexpr Field table[] = {field<&DoVisit::unused>("Nothing.").or_default()};
    return table;
  }
};

thread_local VisitStep current;
thread_local Paid paid;

plans::VisitAsked asked_for(const VisitStep& step, const schedule::Session& session) {
  return {.attendee = step.attendee,
          .session = session,
          .named = step.subscription,
          .ticket_type = step.ticket_type,
          .seat_category = step.seat_category};
}

void remember(const plans::Payable& payable) {
  paid = {payable.subscription, payable.surcharge, payable.premium};
}

Nothing handle(storage::Transaction& transaction, const DoVisit&) {
  const VisitStep& step = current;
  schedule::Session session;
  if (step.session) {
    session =
        *storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", step.session);
  }
  switch (step.doing) {
    case Doing::reserve: {
      const plans::Payable payable = plans::payable_by(transaction, asked_for(step, session));
      plans::reserve_visit(transaction, payable, session.id, step.booking, step.attendee,
                           plans::day_of(session));
      remember(payable);
      break;
    }
    case Doing::use:
      plans::use_visit(transaction, step.subscription, step.booking, step.attendee, step.cause);
      break;
    case Doing::give_back:
      plans::return_visit(transaction, step.subscription, step.booking, step.attendee, step.cause,
                          "by the test");
      break;
    case Doing::undo:
      plans::undo_use(transaction, step.subscription, step.booking, step.attendee);
      break;
    case Doing::move_by_client:
    case Doing::move_by_centre: {
      const auto by =
          step.doing == Doing::move_by_client ? plans::MovedBy::client : plans::MovedBy::centre;
      remember(plans::move_visit(transaction, asked_for(step, session), step.subscription,
                                 step.booking, by));
      break;
    }
  }
  return {};
}

constinit const Operation DoVisit::operation = storage::define<DoVisit>({
    .number = 9001,
    .name = "tests.do_visit",
    .kind = OperationKind::write,
    .doc = "A step of a test.",
    .rule = {.audience = Audience::host},
});

}  // namespace

Club::Club(const std::string& zone) : centre(desk.centre("Sunrise", zone)), zone_(zone) {}

ActivityId Club::activity(const std::string& name) const {
  catalog::CreateActivity request;
  request.centre = centre;
  request.name = name;
  return host().run(request).id;
}

ClientId Club::client(const std::string& name, std::optional<Date> born) const {
  people::CreateClient request;
  request.first_name = name;
  request.centre = centre;
  request.birth_date = born;
  return host().run(request).id;
}

ClientId Club::child(ClientId guardian, const std::string& name, std::optional<Date> born) const {
  people::AddDependant request;
  request.guardian = guardian;
  request.first_name = name;
  request.birth_date = born;
  return host().run(request).id;
}

void Club::top_up(ClientId client, std::int64_t minor) const {
  money::TopUp request;
  request.client = client;
  request.centre = centre;
  request.amount = uah(minor);
  request.tenders = {{.method = money::PaymentMethod::card}};
  host().run(request);
}

std::int64_t Club::balance(ClientId client) const {
  return host().run(money::GetBalance{.client = client, .centre = centre}).amount.minor;
}

SessionId Club::session(ActivityId activity, LocalTime start, std::optional<std::int64_t> places,
                        const std::optional<Money>& price) const {
  schedule::NewSession session;
  session.activity = activity;
  session.centre = centre;
  session.start = start;
  session.capacity = places;
  session.price = price;
  return host().run(schedule::CreateSessions{.sessions = {session}}).sessions.at(0).id;
}

plans::Terms Club::month() const {
  plans::Terms terms;
  terms.price = uah(120'000);
  terms.months = 1;
  terms.all_activities = true;
  return terms;
}

plans::Terms Club::pack(std::int64_t visits) const {
  plans::Terms terms = month();
  terms.visits = visits;
  return terms;
}

PlanId Club::plan(const std::string& name, const plans::Terms& terms) const {
  plans::CreatePlan request;
  request.centre = centre;
  request.name = name;
  request.terms = terms;
  return host().run(request).id;
}

plans::Subscription Club::buy(PlanId plan, ClientId owner) const {
  plans::Buy request;
  request.plan = plan;
  request.owner = owner;
  return buy(std::move(request));
}

plans::Subscription Club::buy(plans::Buy request) const {
  if (request.tenders.empty() && !request.on_credit) {
    request.tenders = {{.method = money::PaymentMethod::card}};
  }
  return host().run(request);
}

plans::Subscription Club::get(SubscriptionId id) const {
  return host().run(plans::GetSubscription{.subscription = id});
}

std::vector<plans::Entry> Club::ledger(SubscriptionId id) const {
  return host().run(plans::Visits{.subscription = id, .limit = 500}).items;
}

Paid Club::step(const VisitStep& step) const {
  current = step;
  paid = {};
  host().run(DoVisit{});
  return paid;
}

Paid Club::reserve(ClientId attendee, SessionId session, std::int64_t booking,
                   SubscriptionId named) const {
  return step({.doing = Doing::reserve,
               .attendee = attendee,
               .session = session,
               .booking = BookingId{booking},
               .subscription = named});
}

void Club::use(SubscriptionId subscription, std::int64_t booking, ClientId attendee,
               plans::Cause cause) const {
  step({.doing = Doing::use,
        .attendee = attendee,
        .booking = BookingId{booking},
        .subscription = subscription,
        .cause = cause});
}

void Club::give_back(SubscriptionId subscription, std::int64_t booking, ClientId attendee,
                     plans::Cause cause) const {
  step({.doing = Doing::give_back,
        .attendee = attendee,
        .booking = BookingId{booking},
        .subscription = subscription,
        .cause = cause});
}

void Club::go_to(LocalTime local) {
  const Instant wanted = zones::to_instant(local, zone_);
  REQUIRE(wanted >= desk.clock.now());
  desk.clock += wanted - desk.clock.now();
  tick();
  tick();  // what followed from the first
}

std::size_t Club::told(const std::string& topic) const {
  return host().run(events::Since{.topics = {topic}, .limit = 1000}).items.size();
}

void Club::check_sound() const {
  const upkeep::Checked checked = host().run(upkeep::Check{});
  for (const upkeep::Problem& problem : checked.problems) {
    INFO(problem.part << " " << problem.place << ": " << problem.problem);
    CHECK(false);
  }
}

std::string refused(const std::function<void()>& action) {
  const Error error = refusal(action);
  for (const char* language : {"en", "uk"}) {
    const std::string message = error.in_language(language).message();
    CHECK(message != "error." + error.reason());
    CHECK(message.find('{') == std::string::npos);
  }
  std::string text = std::string(code_name(error.code())) + "/" + error.reason();
  return error.field().empty() ? text : text + " at " + error.field();
}

}  // namespace frontdesk::testing

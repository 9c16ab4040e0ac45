#include "work.hpp"

namespace frontdesk::testing::crash {
namespace {

CallOptions options_of(const Order& order) {
  CallOptions options;
  options.idempotency_key = key_of(order);
  options.correlation = key_of(order);
  return options;
}

people::CreateClient newcomer(const Order& order) {
  people::CreateClient request;
  request.first_name = "Olena";
  request.last_name = "Koval " + key_of(order);
  request.external_ref = key_of(order);
  return request;
}

std::int64_t create(const Caller& host, const Order& order) {
  return host.run(newcomer(order), options_of(order)).id.value;
}

std::int64_t found_family(const Caller& host, const Order& order) {
  Batch batch;
  auto guardian = batch.add(newcomer(order));
  for (const char* name : {"Maria", "Petro"}) {
    people::AddDependant child;
    child.guardian = guardian.id(&people::Client::id);
    child.first_name = name;
    batch.add(child);
  }
  people::UpdateClient change;
  change.client = guardian.id(&people::Client::id);
  change.notes = key_of(order);
  batch.add(change);
  host.run(batch, options_of(order));
  return guardian.result().id.value;
}

std::int64_t update(const Caller& host, const Order& order) {
  people::UpdateClient request;
  request.client = ClientId{order.subject};
  request.notes = key_of(order);
  return host.run(request, options_of(order)).id.value;
}

std::int64_t import_clients(const Caller& host, const Order& order) {
  people::Import request;
  request.csv = "external_ref,first_name\n";
  for (std::int64_t row = 0; row < import_rows; ++row) {
    request.csv += key_of(order) + "/" + std::to_string(row) + ",Ivan\n";
  }
  return host.run(request, options_of(order)).added;
}

std::int64_t enrol(const Caller& anonymous, const Order& order) {
  people::Register request;
  request.email = email_of(order);
  request.password = "correct horse battery";
  request.first_name = "Hanna";
  return anonymous.run(request, options_of(order)).client.value;
}

std::int64_t book(const Caller& host, const Order& order) {
  bookings::Book request;
  request.session = SessionId{1};
  request.places.resize(static_cast<std::size_t>(booked_places));
  request.external_ref = key_of(order);
  money::Tender card;
  card.method = money::PaymentMethod::card;
  request.payments = {card};
  return host.run(request, options_of(order)).id.value;
}

std::int64_t trespass(const Caller& anonymous, const Order& order) {
  auto outcome = anonymous.try_run(upkeep::Check{}, options_of(order));
  bool is_denied = !outcome && outcome.error().reason() == "sign_in_required";
  if (!is_denied) throw outcome ? Error(Code::internal, "defect") : outcome.error();
  return 0;
}

}  // namespace

std::string key_of(const Order& order) {
  return "r" + std::to_string(order.round) + "t" + std::to_string(order.thread) + "n" +
         std::to_string(order.number);
}

std::string email_of(const Order& order) { return key_of(order) + "@mail.example"; }

void put_on_class(const Desk& desk) {
  catalog::CreateCentre centre;
  centre.name = "Crash";
  centre.city = "Kyiv";
  centre.zone = "Europe/Kyiv";
  centre.currency = "UAH";
  catalog::CreateActivity activity;
  activity.centre = desk.host().run(centre).id;
  activity.name = "Yoga";
  schedule::NewSession plan;
  plan.activity = desk.host().run(activity).id;
  plan.centre = activity.centre;
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  plan.start = LocalTime{(today + std::chrono::days{7}).time_since_epoch()};
  plan.duration = std::chrono::hours{1};
  plan.price = Money{booked_price, Currency("UAH")};
  desk.host().run(schedule::CreateSessions{.sessions = {plan}});
}

std::int64_t carry_out(const Desk& desk, const Order& order) {
  switch (order.work) {
    case Work::create:
      return create(desk.host(), order);
    case Work::family:
      return found_family(desk.host(), order);
    case Work::update:
      return update(desk.host(), order);
    case Work::import:
      return import_clients(desk.host(), order);
    case Work::enrol:
      return enrol(desk.anonymous(), order);
    case Work::trespass:
      return trespass(desk.anonymous(), order);
    case Work::book:
      return book(desk.host(), order);
  }
  return 0;
}

std::size_t audit_rows(Work work) { return work == Work::family ? 4 : 1; }

std::string_view topic_told(Work work) {
  switch (work) {
    case Work::create:
    case Work::family:
      return "people.client_created";
    case Work::update:
      return "people.client_updated";
    case Work::enrol:
      return "people.client_registered";
    default:
      return {};
  }
}

}  // namespace frontdesk::testing::crash

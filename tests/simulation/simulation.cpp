#include "simulation.hpp"

#include "box_office.hpp"
#include "offer_stall.hpp"
#include "studio.hpp"
#include "timetable.hpp"

namespace frontdesk::simulation {

Simulation::Simulation(std::uint64_t seed, const std::string& path)
    : seed_(seed), random_(seed), desk_random_(seed ^ 0x9e3779b97f4a7c15U) {
  OpenOptions options;
  options.clock = [this] { return now_; };
  options.random = [this](std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(desk_random_());
  };
  desk_ = std::make_unique<Desk>(Desk::open(path, options));
  Caller host = desk_->host();
  host.run(upkeep::ChangeSetting{.name = "access.password_passes", .value = 1});
  host.run(upkeep::ChangeSetting{.name = "access.password_memory_bytes", .value = 8192});
  for (const access::Role& role : host.run(access::Roles{}).items) roles_[role.name] = role.id;
  create_centre();
  register_customer();
  timetable_ = std::make_unique<Timetable>(*this);
  box_office_ = std::make_unique<BoxOffice>(*this);
  offer_stall_ = std::make_unique<OfferStall>(*this);
  studio_ = std::make_unique<Studio>(*this);
}

Simulation::~Simulation() = default;

std::string Simulation::where() const {
  return "seed " + std::to_string(seed_) + ", step " + std::to_string(step_) + " (" + current_ +
         ")";
}

void Simulation::agree(bool is_true, const std::string& what) const {
  if (!is_true) throw Disagreement(where() + ": " + what);
}

std::uint64_t Simulation::roll(std::uint64_t sides) { return random_() % sides; }

ModelAccount* Simulation::any_account() {
  if (model_.accounts.empty()) return nullptr;
  auto chosen = model_.accounts.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(roll(model_.accounts.size())));
  return &chosen->second;
}

ModelClient* Simulation::any_client() {
  if (model_.clients.empty()) return nullptr;
  auto chosen = model_.clients.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(roll(model_.clients.size())));
  return &chosen->second;
}

const Simulation::Choice Simulation::choices[] = {
    {"register customer", &Simulation::register_customer, 6},
    {"create client", &Simulation::create_client, 8},
    {"add dependant", &Simulation::add_dependant, 6},
    {"update client", &Simulation::update_client, 8},
    {"archive client", &Simulation::archive_client, 2},
    {"sign in", &Simulation::sign_in, 10},
    {"sign in wrongly", &Simulation::sign_in_wrongly, 2},
    {"sign out", &Simulation::sign_out, 4},
    {"change password", &Simulation::change_password, 2},
    {"grant role", &Simulation::grant_role, 8},
    {"revoke role", &Simulation::revoke_role, 6},
    {"act as somebody", &Simulation::act_as_somebody, 14},
    {"use an ended token", &Simulation::use_ended_token, 4},
    {"repeat with a key", &Simulation::repeat_with_key, 6},
    {"fail in a batch", &Simulation::fail_in_batch, 4},
    {"preview", &Simulation::preview, 4},
    {"pass time", &Simulation::pass_time, 10},
    {"tick", &Simulation::tick, 3},
    {"read events", &Simulation::read_events, 6},
    {"create centre", &Simulation::create_centre, 1},
    {"create room", &Simulation::create_room, 4},
    {"change room", &Simulation::change_room, 6},
    {"create category", &Simulation::create_category, 3},
    {"move category", &Simulation::move_category, 3},
    {"create activity", &Simulation::create_activity, 3},
    {"create series", &Simulation::create_series, 3},
    {"create session", &Simulation::create_session, 6},
    {"move session", &Simulation::move_session, 10},
    {"cancel session", &Simulation::cancel_session, 2},
    {"report absence", &Simulation::report_absence, 2},
    {"resolve absence", &Simulation::resolve_absence, 3},
    {"close for a while", &Simulation::close_for_a_while, 2},
    {"change group", &Simulation::change_group, 3},
    {"copy week", &Simulation::copy_week, 1},
    {"look for substitutes", &Simulation::look_for_substitutes, 2},
    {"open show", &Simulation::open_show, 6},
    {"cancel show", &Simulation::cancel_show, 1},
    {"hold places", &Simulation::hold_places, 9},
    {"use a hold", &Simulation::use_hold, 5},
    {"book", &Simulation::book, 20},
    {"pay a booking", &Simulation::pay_booking, 7},
    {"pay a part", &Simulation::pay_part, 4},
    {"charge back", &Simulation::charge_back, 2},
    {"sell with a deposit", &Simulation::sell_with_deposit, 2},
    {"pay a sale", &Simulation::pay_sale, 4},
    {"cancel a sale", &Simulation::cancel_sale, 1},
    {"wait for places", &Simulation::wait, 7},
    {"answer an offer", &Simulation::answer_offer, 6},
    {"tell of a payment", &Simulation::tell_callback, 8},
    {"cancel a booking", &Simulation::cancel_booking, 6},
    {"move a booking", &Simulation::move_booking, 6},
    {"change seats", &Simulation::change_seats, 5},
    {"top up", &Simulation::top_up, 4},
    {"give back", &Simulation::give_back, 3},
    {"block places", &Simulation::block_places, 4},
    {"let in", &Simulation::let_in, 8},
    {"go to the doors", &Simulation::go_to_the_doors, 2},
    {"buy with offers", &Simulation::buy_with_offers, 8},
    {"give up offers", &Simulation::give_up_offers, 4},
    {"change offers", &Simulation::change_offers, 3},
    {"open class", &Simulation::open_class, 6},
    {"cancel class", &Simulation::cancel_class, 1},
    {"buy subscription", &Simulation::buy_subscription, 3},
    {"book by visit", &Simulation::book_by_visit, 16},
    {"cancel visit", &Simulation::cancel_visit, 4},
    {"come to class", &Simulation::come_to_class, 3},
    {"freeze subscription", &Simulation::freeze_subscription, 3},
    {"end subscription", &Simulation::end_subscription, 1},
};

void Simulation::run(int steps) {
  std::uint64_t weights = 0;
  for (const Choice& choice : choices) weights += choice.weight;
  for (int i = 0; i < steps; ++i) {
    ++step_;
    std::uint64_t drawn = roll(weights);
    for (const Choice& choice : choices) {
      if (drawn >= choice.weight) {
        drawn -= choice.weight;
        continue;
      }
      current_ = choice.name;
      ++counts_[current_];
      try {
        (this->*choice.step)();
        box_office_->follow_waiting();
      } catch (const Error& error) {
        throw Disagreement(where() + ": refused with " + error.reason() + ": " + error.message());
      }
      break;
    }
    if (step_ % 100 == 0) check_invariants();
  }
  check_invariants();
}

void Simulation::check_invariants() {
  current_ = "invariants";
  audit::Verified audit = desk_->host().run(audit::Verify{});
  agree(audit.is_whole, "the audit chain is broken");
  upkeep::Checked checked = desk_->host().run(upkeep::Check{});
  if (!checked.problems.empty()) {
    const upkeep::Problem& problem = checked.problems.front();
    agree(false, problem.part + ", " + problem.place + ": " + problem.problem);
  }
  check_accounts();
  check_catalog();
  timetable_->check();
  box_office_->check();
  offer_stall_->check();
  studio_->check();
  std::size_t in_use = 0;
  for (const auto& [id, client] : model_.clients) in_use += client.is_archived ? 0 : 1;
  std::size_t listed = 0;
  std::optional<std::string> cursor;
  do {
    auto page = desk_->host().run(people::Clients{.cursor = cursor, .limit = 500});
    for (const people::Client& client : page.items) {
      auto known = model_.clients.find(client.id.value);
      agree(known != model_.clients.end(),
            "a client nobody made: " + std::to_string(client.id.value));
      agree(client.version == known->second.version, "a client's version");
      agree(client.first_name == known->second.first_name, "a client's name");
    }
    listed += page.items.size();
    cursor = page.next;
  } while (cursor);
  agree(listed == in_use,
        "clients in use: " + std::to_string(listed) + ", not " + std::to_string(in_use));
}

/// Nobody ever holds what was not granted, and no session lives that ended.
void Simulation::check_accounts() {
  for (const auto& [id, account] : model_.accounts) {
    std::multiset<std::pair<std::int64_t, std::int64_t>> wanted;
    for (const ModelGrant& grant : account.grants) {
      bool is_live = !grant.is_revoked && (!grant.expires_at || *grant.expires_at > now_);
      if (is_live) wanted.emplace(grant.role.value, grant.centre.value);
    }
    std::multiset<std::pair<std::int64_t, std::int64_t>> held;
    for (const auto& grant : desk_->host().run(access::RoleGrants{.account = account.id}).items) {
      if (grant.active && !grant.revoked_at && (!grant.expires_at || *grant.expires_at > now_)) {
        held.emplace(grant.role.value, grant.centre.value);
      }
    }
    agree(held == wanted, "the roles of account " + std::to_string(id));
    std::set<std::int64_t> live;
    for (const auto& [token, session] : account.sessions) live.insert(session.id.value);
    live.insert(account.lapsed.begin(), account.lapsed.end());
    for (const auto& session : desk_->host().run(access::Sessions{.account = account.id}).items) {
      agree(live.count(session.id.value) == 1, "a session that ended is listed");
    }
  }
}

// --- engine --------------------------------------------------------------------------------------

void Simulation::repeat_with_key() {
  CallOptions options;
  options.idempotency_key = unique("key");
  people::CreateClient request;
  request.first_name = unique("Repeat");
  people::Client first = desk_->host().run(request, options);
  model_.clients[first.id.value] = {first.id, 1, request.first_name, {}, false, false};
  for (std::uint64_t again = roll(3); again > 0; --again) {
    agree(desk_->host().run(request, options).id == first.id,
          "a repeated request had a second effect");
  }
  people::CreateClient other = request;
  other.first_name = unique("Other");
  Error error = refused("a key for another request", [&] { desk_->host().run(other, options); });
  agree(error.reason() == "idempotency_key_reused", "reason " + error.reason());
}

void Simulation::fail_in_batch() {
  Batch batch;
  people::CreateClient request;
  request.first_name = unique("Batch");
  auto first = batch.add(request);
  people::AddDependant child;
  child.guardian = first.id(&people::Client::id);
  child.first_name = unique("Child");
  batch.add(child);
  batch.add(people::ArchiveClient{.client = ClientId{88'888'888}});
  Error error = refused("a batch with a refused step", [&] { desk_->host().run(batch); });
  agree(error.reason() == "client_not_found", "reason " + error.reason());
}

void Simulation::preview() {
  people::CreateClient request;
  request.first_name = unique("Preview");
  desk_->host().preview(request);
}

void Simulation::pass_time() {
  static const Duration steps[] = {Duration{1}, Duration{61}, Duration{3'700}, Duration{90'000}};
  now_ += steps[roll(4)];
}

void Simulation::tick() {
  desk_->host().run(upkeep::Tick{});
  desk_->host().run(upkeep::Tick{});  // does nothing that the first has done
  timetable_->ticked();
  box_office_->ticked();
  studio_->ticked();
}

void Simulation::read_events() {
  while (true) {
    events::Feed feed =
        desk_->host().run(events::Since{.cursor = model_.last_event, .topics = {}, .limit = 50});
    std::int64_t before = model_.last_event;
    for (const events::Event& event : feed.items) {
      agree(event.sequence == before + 1, "the host missed an event");
      before = event.sequence;
    }
    model_.last_event = feed.next;
    if (feed.is_end) return;
  }
}

}  // namespace frontdesk::simulation

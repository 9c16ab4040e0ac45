// The model of the box office: who has which place, what that forbids, and what the desk must show.
#include "box_office.hpp"

#include "base/zones.hpp"

namespace frontdesk::simulation {

using namespace std::chrono;
using bookings::BookingStatus;
using schedule::SessionStatus;

namespace {

constexpr const char* hall_map =
    "category S standard\n"
    "category P premium\n"
    "stage Screen\n"
    "row A: 6S\n"
    "row B: 6P\n"
    "row C: 4P\n";

Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

}  // namespace

bool ModelBooking::has(BookingStatus status) const {
  return std::any_of(places.begin(), places.end(),
                     [status](const ModelPlace& place) { return place.status == status; });
}

bool ModelBooking::is_live() const {
  return std::any_of(places.begin(), places.end(), [](const ModelPlace& place) {
    return place.status < BookingStatus::cancelled;
  });
}

bool ModelBooking::is_unpaid() const {
  return has(BookingStatus::held) || has(BookingStatus::pending);
}

std::int64_t ModelBooking::owed() const {
  if (!is_unpaid() && !owes) return 0;
  const auto standing = std::count_if(places.begin(), places.end(), [](const ModelPlace& place) {
    return place.status < BookingStatus::cancelled;
  });
  return standing * price - part;
}

/// Of equal shares the first get what is left over.
std::int64_t ModelBooking::paid_for(const ModelPlace& place) const {
  if (!is_unpaid() && !owes) return place.paid;
  std::int64_t standing = 0;
  std::int64_t before = 0;
  for (const ModelPlace& other : places) {
    if (other.status >= BookingStatus::cancelled) continue;
    ++standing;
    before += std::pair(other.line, other.number) < std::pair(place.line, place.number) ? 1 : 0;
  }
  return part / standing + (before < part % standing ? 1 : 0);
}

BoxOffice::BoxOffice(Simulation& simulation) : simulation_(simulation) {
  catalog::CreateCentre centre;
  centre.name = "Box office";
  centre.city = "Lviv";
  centre.zone = "Europe/Kyiv";
  centre.currency = "UAH";
  centre_ = host().run(centre).id;
  catalog::CreateActivity activity;
  activity.centre = centre_;
  activity.name = "Film";
  activity_ = host().run(activity).id;
  catalog::CreateRoom hall;
  hall.centre = centre_;
  hall.name = "Red";
  hall.capacity = 100;
  hall.sessions_at_once = 100;
  hall_ = host().run(hall).id;
  seating::CreateMap map;
  map.centre = centre_;
  map.name = "Red";
  map.text = hall_map;
  host().run(seating::GiveMap{.room = hall_, .map = host().run(map).id});
  const std::pair<const char*, std::int64_t> settings[] = {
      {"seating.single_seat_rule", 0},  // what it refuses is tested with the seats
      {"bookings.moves_max", 100},
      {"bookings.strikes_to_lock", 0},
  };
  for (const auto& [name, value] : settings) {
    upkeep::ChangeSetting request;
    request.name = name;
    request.centre = centre_;
    request.value = value;
    host().run(request);
  }
  bookings::SetPolicy policy;  // all until a day before, half until two hours before
  policy.centre = centre_;
  policy.free_before = days{1};
  policy.brackets = {{.before = hours{2}, .basis_points = 5'000}};
  host().run(policy);
  host().run(money::OpenShift{.centre = centre_, .till = "Front", .opened_with = uah(100'000)});
  for (const char* name : {"Viewer 1", "Viewer 2", "Viewer 3"}) {
    people::CreateClient client;
    client.first_name = name;
    client.centre = centre_;
    const people::Client made = host().run(client);
    simulation_.model_.clients[made.id.value] = {made.id, made.version, client.first_name,
                                                 {},      false,        true};
    clients_.push_back(made.id);
    balances_[made.id.value] = 0;
  }
}

Caller BoxOffice::host() const { return simulation_.desk_->host(); }
Instant BoxOffice::now() const { return simulation_.now_; }

std::int64_t BoxOffice::roll(std::int64_t sides) const {
  return static_cast<std::int64_t>(simulation_.roll(static_cast<std::uint64_t>(sides)));
}

void BoxOffice::agree(bool is_true, const std::string& what) const {
  simulation_.agree(is_true, what);
}

// --- choosing ---

/// Mostly one to come.
ModelShow* BoxOffice::any_show() {
  ModelShow* chosen = nullptr;
  for (int i = 0; i < 3 && !shows_.empty(); ++i) {
    chosen = &std::next(shows_.begin(), roll(static_cast<std::int64_t>(shows_.size())))->second;
    if (chosen->status == SessionStatus::scheduled && chosen->starts > now()) break;
  }
  return chosen;
}

/// Mostly one that stands.
ModelBooking* BoxOffice::any_booking() {
  ModelBooking* chosen = nullptr;
  for (int i = 0; i < 3 && !bookings_.empty(); ++i) {
    const auto place = roll(static_cast<std::int64_t>(bookings_.size()));
    chosen = &std::next(bookings_.begin(), place)->second;
    if (chosen->is_live() && shows_.at(chosen->show.value).starts > now()) break;
  }
  return chosen;
}

/// Mostly one of the show; any where none is named.
ModelHold* BoxOffice::any_hold(SessionId show) {
  ModelHold* chosen = nullptr;
  for (int i = 0; i < 4 && !holds_.empty(); ++i) {
    chosen = &std::next(holds_.begin(), roll(static_cast<std::int64_t>(holds_.size())))->second;
    if (!chosen->is_gone && (!show || chosen->show == show)) break;
  }
  return chosen;
}

/// One to three seats by name, or so many.
seating::PlaceChoice BoxOffice::any_choice(const ModelShow& show) const {
  seating::PlaceChoice choice;
  if (show.labels.empty() || roll(2) == 0) {
    choice.count = 1 + roll(4);
    return choice;
  }
  const auto seats = static_cast<std::int64_t>(show.labels.size());
  const std::int64_t count = 1 + roll(3);
  for (std::int64_t i = 0, first = roll(seats); i < count; ++i) {
    choice.seats.push_back(show.labels[static_cast<std::size_t>((first + i) % seats)]);
  }
  return choice;
}

money::Tender BoxOffice::tender(money::PaymentMethod method) {
  money::Tender tender;
  tender.method = method;
  if (method == money::PaymentMethod::external) {
    tender.provider = "liqpay";
    tender.external_ref = simulation_.unique("transfer");  // it has come already
  }
  return tender;
}

// --- places ---

/// Whether nobody has it, places that a booking gives up for others aside.
bool BoxOffice::is_free(const ModelShow& show, std::int64_t place, BookingId except,
                        const Numbers& given_up) const {
  if (show.offered.count(place) == 1) return false;
  auto found = show.claims.find(place);
  if (found == show.claims.end() || !found->second.stands(now())) return true;
  return except && found->second.booking == except &&
         std::find(given_up.begin(), given_up.end(), place) != given_up.end();
}

std::int64_t BoxOffice::taken(const ModelShow& show) const {
  return offered(show) +
         std::count_if(show.claims.begin(), show.claims.end(),
                       [&](const auto& claim) { return claim.second.stands(now()); });
}

/// Nobody may get what another has: the guard, seen from outside.
void BoxOffice::claim(ModelShow& show, std::int64_t place, const ModelClaim& claim) {
  agree(place >= 1 && place <= show.capacity, "a place that the show has");
  agree(is_free(show, place), "place " + std::to_string(place) + " was given twice");
  show.claims[place] = claim;
}

void BoxOffice::free_place(const ModelBooking& booking, const ModelPlace& place) {
  shows_.at(booking.show.value).claims.erase(place.place);
}

/// Takes places out of a hold; one that has none left is gone.
void BoxOffice::shrink(ModelHold& hold, const Numbers& places) {
  std::erase_if(hold.places, [&](std::int64_t place) {
    return std::find(places.begin(), places.end(), place) != places.end();
  });
  hold.is_gone = hold.places.empty();
}

// --- what is refused ---

std::string BoxOffice::refused_hold(const ModelHold& hold) const {
  if (hold.is_gone) return "hold_not_found";
  return hold.expires <= now() ? "hold_lapsed" : "";
}

/// At the counter, half an hour into the show.
std::string BoxOffice::refused_window(const ModelShow& show) const {
  if (show.status != SessionStatus::scheduled) return "session_not_scheduled";
  if (show.ends <= now()) return "session_started";
  return now() >= show.starts + minutes{30} ? "booking_closed" : "";
}

std::string BoxOffice::refused_places(const ModelShow& show,
                                      const seating::PlaceChoice& choice) const {
  if (choice.seats.empty()) {
    return choice.count > show.capacity - taken(show) ? "no_place_left" : "";
  }
  for (const std::string& label : choice.seats) {
    const auto seat = std::find(show.labels.begin(), show.labels.end(), label);
    if (!is_free(show, seat - show.labels.begin() + 1)) return "seat_taken";
  }
  return {};
}

std::string BoxOffice::refused_attendee(const ModelShow& show, ClientId attendee,
                                        BookingId except) const {
  if (!attendee) return {};
  std::string reason;
  for (const auto& [id, other] : bookings_) {
    if (other.attendee != attendee || !other.is_live() || other.id == except) continue;
    if (other.show == show.id) return "already_booked";
    const ModelShow& meanwhile = shows_.at(other.show.value);
    if (meanwhile.starts < show.ends && show.starts < meanwhile.ends) reason = "overlaps_own";
  }
  return reason;
}

// --- time ---

namespace {

std::vector<ModelPlace*> standing(ModelBooking& booking) {
  std::vector<ModelPlace*> places;
  for (ModelPlace& place : booking.places) {
    if (place.status <= BookingStatus::confirmed) places.push_back(&place);
  }
  return places;
}

}  // namespace

void BoxOffice::ticked() {
  has_ticked_ = true;
  std::erase_if(late_money_, [this](const ModelLateMoney& late) {
    const bool is_due = late.came + days{1} <= now();
    if (is_due) balances_[late.client.value] += late.amount;
    return is_due;
  });
  for (auto& entry : holds_) {
    ModelHold& hold = entry.second;  // Clang 14 captures no structured binding
    if (hold.is_gone || hold.expires > now()) continue;
    hold.is_gone = true;
    ModelShow& show = shows_.at(hold.show.value);
    std::erase_if(show.claims, [&](const auto& claim) { return claim.second.hold == hold.id; });
  }
  for (auto& [id, booking] : bookings_) {
    if (!booking.is_unpaid() || *booking.pay_by > now()) continue;
    end_places(booking, standing(booking), BookingStatus::expired, 10'000, false);
  }
  lapse_sales();
  for (auto& [id, show] : shows_) {
    if (show.status == SessionStatus::scheduled && show.ends <= now()) {
      show.status = SessionStatus::completed;
    }
    const bool is_due = show.status == SessionStatus::completed && show.ends + days{1} <= now();
    if (!is_due || show.is_roll_closed) continue;
    show.is_roll_closed = true;
    for (auto& [number, booking] : bookings_) {
      if (booking.show != show.id) continue;
      for (ModelPlace& place : booking.places) {
        if (place.status == BookingStatus::confirmed) place.status = BookingStatus::no_show;
      }
    }
  }
}

// --- comparing ---

void BoxOffice::check() {
  for (const auto& [id, sale] : sales_) check_sale(sale);
  for (const auto& [id, show] : shows_) check_show(show);
  for (const auto& [id, booking] : bookings_) check_booking(booking);
  check_money();
  forget_what_is_over();
}

/// Claims are what holds, bookings and blocks have, one each; what is free is the rest.
void BoxOffice::check_show(const ModelShow& show) const {
  const std::string which = " of show " + std::to_string(show.id.value);
  const auto told = host().run(seating::Availability{
      .session = show.id, .channel = seating::Channel::box_office, .seats = true});
  agree(told.capacity == show.capacity, "the capacity" + which);
  agree(told.taken == taken(show), "what is taken" + which + ": " + std::to_string(told.taken) +
                                       ", not " + std::to_string(taken(show)));
  agree(told.free == show.capacity - told.taken && *told.free >= 0, "what is free" + which);
  for (const seating::SeatStatus& seat : told.seats) {
    const std::string one = "who has seat " + seat.label + which;
    if (show.offered.count(seat.place) == 1) continue;
    if (is_free(show, seat.place)) {
      agree(seat.state == seating::PlaceState::free, one);
      continue;
    }
    const ModelClaim& claim = show.claims.at(seat.place);
    agree(seat.hold == claim.hold && seat.booking == claim.booking, one);
    agree((seat.state == seating::PlaceState::blocked) == claim.is_blocked, one);
  }
}

void BoxOffice::check_booking(const ModelBooking& booking) const {
  const std::string which = " of booking " + std::to_string(booking.id.value);
  bookings::Get request;
  request.booking = booking.id;
  const bookings::Booking told = host().run(request);
  agree(told.session == booking.show, "the session" + which);
  agree(told.pay_by == booking.pay_by, "when to pay" + which);
  agree(told.places.size() == booking.places.size(), "how many places" + which);
  const std::int64_t owed = booking.owed();
  std::int64_t paid = booking.kept + booking.part;
  for (std::size_t i = 0; i < booking.places.size(); ++i) {
    const ModelPlace& place = booking.places[i];
    agree(told.places[i].status == place.status, "the status of a place" + which);
    const bool is_live = place.status < BookingStatus::cancelled;
    agree(!is_live || told.places[i].place == place.place, "the number of a place" + which);
    paid += place.paid;
  }
  const std::int64_t told_owed = told.owed ? told.owed->minor : 0;
  agree(told_owed == owed, "what is owed" + which + ": " + std::to_string(told_owed) + ", not " +
                               std::to_string(owed));
  const money::Order order = host().run(money::GetOrder{.order = booking.order});
  agree(order.total.minor == order.paid.minor - order.refunded.minor + order.owed.minor,
        "the order" + which + " does not add up");
  agree(order.owed.minor == owed, "what the order owes" + which);
  agree(order.paid.minor - order.refunded.minor == paid, "what was paid" + which);
}

void BoxOffice::check_money() const {
  std::int64_t sum = 0;
  const auto accounts = host().run(money::Accounts{.centre = centre_, .limit = 500});
  for (const money::LedgerAccount& account : accounts.items) sum += account.balance.minor;
  agree(!accounts.next && sum == 0, "the ledger's sum is " + std::to_string(sum));
  for (const auto& [client, balance] : balances_) {
    const auto told = host().run(money::GetBalance{.client = ClientId{client}, .centre = centre_});
    agree(told.amount.minor == balance, "the balance of client " + std::to_string(client) + ": " +
                                            std::to_string(told.amount.minor) + ", not " +
                                            std::to_string(balance));
  }
}

/// Long runs would else look at what cannot change any more again and again.
void BoxOffice::forget_what_is_over() {
  std::erase_if(sales_, [](const auto& item) { return item.second.is_over; });
  std::erase_if(shows_, [&](const auto& item) {
    const ModelShow& show = item.second;
    const bool is_over = show.ends + days{2} <= now() &&
                         (show.is_roll_closed || show.status == SessionStatus::cancelled);
    if (!is_over) return false;
    std::erase_if(holds_, [&](const auto& hold) { return hold.second.show == show.id; });
    std::erase_if(payments_, [&](const ModelPayment& payment) {
      return booking(payment.booking).show == show.id;
    });
    std::erase_if(bookings_, [&](const auto& one) { return one.second.show == show.id; });
    std::erase_if(entries_, [&](const auto& one) { return one.second.show == show.id; });
    return true;
  });
}

}  // namespace frontdesk::simulation

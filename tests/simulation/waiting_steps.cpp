// Waiting lists: who waits, what is offered, who is booked without asking. The desk chooses; the
// model looks whether it may, and takes over what it did.
#include "box_office.hpp"

#include <algorithm>

namespace frontdesk::simulation {

using namespace std::chrono;
using bookings::BookingStatus;
using bookings::WaitingIntent;
using bookings::WaitingStatus;
using money::PaymentMethod;

namespace {

constexpr Duration rests_before = hours{1};
constexpr Duration passing_on = minutes{15};  ///< offered places outlive the offer, until the tick

bool is_claimed(const ModelEntry& entry, const ModelShow& show, Instant now) {
  return entry.offered > 0 && now < std::min(*entry.until + passing_on, show.starts);
}

}  // namespace

std::int64_t BoxOffice::offered(const ModelShow& show) const {
  std::int64_t count = 0;
  for (const auto& [id, entry] : entries_) {
    if (entry.show == show.id && is_claimed(entry, show, now())) count += entry.offered;
  }
  return count;
}

// --- joining ---

void BoxOffice::wait() {
  ModelShow* show = any_show();
  if (show == nullptr) return;
  bookings::Wait request;
  request.session = show->id;
  request.client = clients_[static_cast<std::size_t>(roll(3))];
  request.places.resize(static_cast<std::size_t>(1 + roll(3)));
  request.intent = roll(2) == 0 ? WaitingIntent::automatic : WaitingIntent::offer;
  request.priority = roll(3) == 0 ? roll(5) : 0;
  const auto count = static_cast<std::int64_t>(request.places.size());
  const bool is_in_line = std::any_of(entries_.begin(), entries_.end(), [&](const auto& item) {
    return item.second.show == show->id && item.second.client == request.client;
  });
  std::string reason = refused_window(*show);
  if (reason.empty() && now() >= show->starts - rests_before) reason = "waiting_closed";
  if (reason.empty() && count > show->capacity) reason = "places_over_capacity";
  if (reason.empty() && count <= show->capacity - taken(*show)) reason = "places_left";
  if (reason.empty() && is_in_line) reason = "waiting_already";
  bookings::WaitingEntry made;
  if (!expect(reason, [&] { made = host().run(request); })) return;
  entries_[made.id.value] = {.id = made.id,
                             .show = show->id,
                             .client = request.client,
                             .wanted = count,
                             .priority = request.priority,
                             .offered = 0,
                             .until = {}};
}

// --- answering ---

/// Accepts, declines or leaves.
void BoxOffice::answer_offer() {
  if (entries_.empty()) return;
  const auto place = roll(static_cast<std::int64_t>(entries_.size()));
  const ModelEntry entry = std::next(entries_.begin(), place)->second;
  std::string reason = entry.offered == 0 ? "nothing_offered" : "";
  if (entry.offered > 0 && *entry.until <= now()) reason = "offer_lapsed";
  const std::int64_t way = roll(4);
  if (way == 0) {
    expect("", [&] { host().run(bookings::LeaveWaitingList{.entry = entry.id}); });
    entries_.erase(entry.id.value);
    return;
  }
  if (way == 1) {
    if (!expect(reason, [&] { host().run(bookings::DeclineOffer{.entry = entry.id}); })) return;
    entries_.erase(entry.id.value);
    return;
  }
  const ModelShow& show = shows_.at(entry.show.value);
  ModelBooking sold;
  sold.show = show.id;
  sold.price = show.price;
  sold.client = entry.client;
  sold.method = roll(2) == 0 ? PaymentMethod::card : PaymentMethod::balance;
  const std::int64_t total = entry.offered * show.price;
  const bool is_short =
      sold.method == PaymentMethod::balance && balances_[entry.client.value] < total;
  if (reason.empty() && is_short) reason = "balance_too_low";
  bookings::AcceptOffer request;
  request.entry = entry.id;
  request.payments = {tender(sold.method)};
  bookings::Booking made;
  if (!expect(reason, [&] { made = host().run(request); })) return;
  if (sold.method == PaymentMethod::balance) balances_[entry.client.value] -= total;
  entries_.erase(entry.id.value);
  keep(made, std::move(sold), false);
}

// --- what the desk did by itself ---

/// Promoted: as many places as were waited for, paid from the balance.
void BoxOffice::adopt(const bookings::WaitingEntry& entry) {
  bookings::Get request;
  request.booking = entry.booking;
  const bookings::Booking made = host().run(request);
  agree(entry.intent == WaitingIntent::automatic, "who wanted an offer was booked");
  agree(made.status == BookingStatus::confirmed, "a promotion is not paid");
  agree(made.places.size() == entry.places.size(), "how many places a promotion got");
  ModelBooking sold;
  sold.show = entry.session;
  sold.price = shows_.at(entry.session.value).price;
  sold.client = entry.client;
  sold.method = PaymentMethod::balance;
  balances_[entry.client.value] -= static_cast<std::int64_t>(made.places.size()) * sold.price;
  agree(balances_[entry.client.value] >= 0, "a promotion was paid from nothing");
  keep(made, std::move(sold), false);
}

/// Nobody is served while somebody before them in line waits for no more places.
void BoxOffice::check_turn(const std::vector<bookings::WaitingEntry>& line,
                           const bookings::WaitingEntry& served) const {
  for (const bookings::WaitingEntry& other : line) {
    const bool is_before = other.priority > served.priority ||
                           (other.priority == served.priority && other.id < served.id);
    const bool is_passed_over = other.status == WaitingStatus::waiting && is_before &&
                                other.places.size() <= served.places.size();
    agree(!is_passed_over, "entry " + std::to_string(served.id.value) +
                               " was served before entry " + std::to_string(other.id.value));
  }
}

void BoxOffice::follow_line(ModelShow& show) {
  const auto line =
      host().run(bookings::Waiting{.session = show.id, .ended = true, .limit = 500}).items;
  std::vector<bookings::WaitingEntry> booked;
  for (const bookings::WaitingEntry& told : line) {
    auto known = entries_.find(told.id.value);
    if (known == entries_.end()) continue;
    ModelEntry& entry = known->second;
    const bool is_served =
        told.status == WaitingStatus::booked || (told.offered > 0 && entry.offered == 0);
    if (is_served) check_turn(line, told);
    if (told.status == WaitingStatus::booked) booked.push_back(told);
    if (told.status != WaitingStatus::waiting && told.status != WaitingStatus::offered) {
      entries_.erase(known);
      continue;
    }
    entry.offered = told.offered;
    entry.until = told.expires_at;
    agree(entry.offered == 0 || entry.offered == entry.wanted, "how many places are offered");
  }
  for (const bookings::WaitingEntry& entry : booked) adopt(entry);
}

/// The desk chooses the seats that it offers.
void BoxOffice::follow_seats(ModelShow& show) {
  show.offered.clear();
  if (show.labels.empty() || offered(show) == 0) return;
  const auto told = host().run(seating::Availability{
      .session = show.id, .channel = seating::Channel::box_office, .seats = true});
  for (const seating::SeatStatus& seat : told.seats) {
    const bool is_offered = seat.state != seating::PlaceState::free && is_free(show, seat.place);
    if (is_offered) show.offered.insert(seat.place);
  }
  agree(static_cast<std::int64_t>(show.offered.size()) == offered(show),
        "which seats are offered of show " + std::to_string(show.id.value));
}

void BoxOffice::follow_waiting() {
  for (auto& [number, show] : shows_) {
    const bool has_line =
        std::any_of(entries_.begin(), entries_.end(),
                    [&, id = show.id](const auto& item) { return item.second.show == id; });
    if (has_line) follow_line(show);
    if (has_line || !show.offered.empty()) follow_seats(show);
    const std::int64_t free = show.capacity - taken(show);
    const std::string which = " of show " + std::to_string(show.id.value);
    agree(free >= 0, "a waiting list overtook the capacity" + which);
    const bool is_served = has_ticked_ && show.status == schedule::SessionStatus::scheduled &&
                           now() < show.starts - rests_before;
    for (const auto& [id, entry] : entries_) {
      const bool is_starved =
          is_served && entry.show == show.id && entry.offered == 0 && entry.wanted <= free;
      agree(!is_starved, "somebody waits although there are places" + which);
    }
  }
  has_ticked_ = false;
}

void Simulation::wait() { box_office_->wait(); }
void Simulation::answer_offer() { box_office_->answer_offer(); }

}  // namespace frontdesk::simulation

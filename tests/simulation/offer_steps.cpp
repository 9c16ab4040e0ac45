// What buyers do with offers, and what must hold of the figures.
#include "offer_stall.hpp"

#include <algorithm>

namespace frontdesk::simulation {

using namespace std::chrono;

namespace {

Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

money::Tender tender(money::PaymentMethod method, std::optional<std::int64_t> minor = {}) {
  money::Tender made;
  made.method = method;
  if (minor) made.amount = uah(*minor);
  return made;
}

}  // namespace

OfferStall::OfferStall(Simulation& simulation) : simulation_(simulation) {
  catalog::CreateCentre centre;
  centre.name = "Offers";
  centre.city = "Odesa";
  centre.zone = "Europe/Kyiv";
  centre.currency = "UAH";
  centre_ = host().run(centre).id;
  catalog::CreateActivity film;
  film.centre = centre_;
  film.name = "Film";
  film_ = host().run(film).id;
  const std::pair<const char*, std::int64_t> settings[] = {
      {"pricing.points_enabled", 1},       {"pricing.points_days", 0},
      {"pricing.gift_card_days", 0},       {"bookings.free_cancellation_seconds", 0},
      {"bookings.places_per_client", 200}, {"bookings.strikes_to_lock", 0},
  };
  for (const auto& [name, value] : settings) {
    upkeep::ChangeSetting request;
    request.name = name;
    request.centre = centre_;
    request.value = value;
    host().run(request);
  }
  for (int i = 0; i < 3; ++i) clients_.push_back(newcomer());
  // It takes nothing off: the box office's prices are not this model's to change.
  pricing::CreateTier tier;
  tier.name = "Silver";
  tier.level = 1;
  tier.threshold = threshold_;
  tier.currency = "UAH";
  tier.points_percent = 200;
  silver_ = host().run(tier).id;
}

Caller OfferStall::host() const { return simulation_.desk_->host(); }
std::int64_t OfferStall::roll(std::int64_t sides) const {
  return static_cast<std::int64_t>(simulation_.roll(static_cast<std::uint64_t>(sides)));
}
void OfferStall::agree(bool is_true, const std::string& what) const {
  simulation_.agree(is_true, what);
}

ClientId OfferStall::newcomer() {
  people::CreateClient client;
  client.first_name = "Guest";
  client.centre = centre_;
  const people::Client made = host().run(client);
  simulation_.model_.clients[made.id.value] = {made.id, made.version, client.first_name,
                                               {},      false,        true};
  return made.id;
}

/// What long runs would look at again and again for nothing.
void OfferStall::forget_old() {
  if (shows_.size() > 8) shows_.erase(shows_.begin());
  if (coupons_.size() > 10) {
    const CouponId oldest = coupons_.front().id;
    coupons_.erase(coupons_.begin());
    std::erase_if(deals_, [&](const ModelDeal& deal) { return deal.coupon == oldest; });
  }
  if (++bought_ % 100 == 0) {
    std::erase_if(deals_, [](const ModelDeal& deal) { return !deal.coupon; });
    clients_[static_cast<std::size_t>(bought_ / 100 % 3)] = newcomer();
  }
}

SessionId OfferStall::any_show() {
  if (shows_.empty() || roll(4) == 0) {
    schedule::NewSession show;
    show.activity = film_;
    show.centre = centre_;
    const auto day = floor<days>(simulation_.now_) + days{1 + roll(10)};
    show.start = LocalTime{local_days{day.time_since_epoch()} + hours{12 + roll(10)}};
    show.price = uah(2'000 + roll(20'000));
    shows_.push_back(host().run(schedule::CreateSessions{.sessions = {show}}).sessions.at(0).id);
    return shows_.back();
  }
  return shows_[static_cast<std::size_t>(roll(static_cast<std::int64_t>(shows_.size())))];
}

std::vector<money::Tender> OfferStall::means(ClientId client, std::int64_t total) const {
  std::vector<money::Tender> tenders;
  if (total == 0) return tenders;
  const std::int64_t points = host().run(pricing::GetPoints{.client = client}).spendable;
  const std::int64_t worth = std::min(points / 10, total - 1);  // ten points a kopiika
  if (worth > 0 && roll(2) == 0) {
    tenders.push_back(tender(money::PaymentMethod::points, worth));
    total -= worth;
  }
  if (!cards_.empty() && roll(2) == 0) {
    const auto& code =
        cards_[static_cast<std::size_t>(roll(static_cast<std::int64_t>(cards_.size())))];
    const auto card = host().run(pricing::GetGiftCard{.code = code});
    const std::int64_t part = std::min(card.left.minor, total - 1);
    if (card.status == pricing::GiftCardStatus::active && part > 0) {
      tenders.push_back(tender(money::PaymentMethod::gift_card, part));
      tenders.back().code = code;
    }
  }
  tenders.push_back(tender(money::PaymentMethod::card));
  return tenders;
}

void OfferStall::buy() {
  forget_old();
  pricing::AskQuote ask;
  ask.session = any_show();
  ask.payer = clients_[static_cast<std::size_t>(roll(3))];
  ask.channel = seating::Channel::box_office;
  ask.places.resize(static_cast<std::size_t>(1 + roll(4)));
  const ModelCoupon* coupon = nullptr;
  if (!coupons_.empty() && roll(2) == 0) {
    coupon = &coupons_[static_cast<std::size_t>(roll(static_cast<std::int64_t>(coupons_.size())))];
    ask.coupons = {coupon->code};
  }
  pricing::Quote quote;
  try {
    quote = host().run(ask);
  } catch (const Error& error) {
    if (error.reason() == "session_completed") return;
    const bool is_used_up = error.reason() == "coupon_used_up";
    agree(coupon != nullptr && is_used_up, "a quote refused with " + error.reason());
    const auto live = std::count_if(deals_.begin(), deals_.end(), [&](const ModelDeal& deal) {
      return deal.coupon == coupon->id && is_live(deal);
    });
    agree(live == coupon->uses_max, "a coupon is used up before all its uses are taken");
    return;
  }
  bookings::Book book;
  book.session = ask.session;
  book.client = ask.payer;
  book.places.resize(ask.places.size());
  book.coupons = ask.coupons;
  if (roll(6) > 0) book.payments = means(ask.payer, quote.total.minor);
  try {
    const auto made = host().run(book);
    if (made.order) {
      agree(host().run(money::GetOrder{.order = made.order}).total == quote.total,
            "a booking costs something else than its quote said");
    }
    const bool has_coupon =
        std::any_of(quote.lines.begin(), quote.lines.end(), [](const pricing::QuoteLine& line) {
          return std::any_of(line.discounts.begin(), line.discounts.end(),
                             [](const auto& discount) { return discount.kind == "coupon"; });
        });
    deals_.push_back({made.id, ask.payer, has_coupon ? coupon->id : CouponId{}});
  } catch (const Error& error) {
    const bool is_about_time = error.reason() == "session_started" ||
                               error.reason() == "pay_at_once" ||
                               error.reason() == "booking_closed";
    agree(is_about_time, "a booking refused with " + error.reason());
  }
}

bool OfferStall::is_live(const ModelDeal& deal) const {
  bookings::Get get;
  get.booking = deal.booking;
  return host().run(get).status < bookings::BookingStatus::cancelled;
}

void OfferStall::give_up() {
  if (deals_.empty()) return;
  const ModelDeal& deal =
      deals_[static_cast<std::size_t>(roll(static_cast<std::int64_t>(deals_.size())))];
  bookings::Get get;
  get.booking = deal.booking;
  const auto booking = host().run(get);
  const auto session = host().run(schedule::GetSession{.session = booking.session});
  if (booking.status > bookings::BookingStatus::confirmed || session.starts <= simulation_.now_) {
    return;
  }
  std::vector<std::int64_t> numbers;
  for (const auto& place : booking.places) {
    if (place.status <= bookings::BookingStatus::confirmed) numbers.push_back(place.number);
  }
  if (numbers.size() > 1 && roll(2) == 0) {
    host().run(bookings::CancelPlaces{.booking = booking.id, .places = {numbers.front()}});
  } else {
    host().run(bookings::Cancel{.booking = booking.id});
  }
}

void OfferStall::change_offers() {
  switch (roll(4)) {
    case 0: {
      pricing::CreateCoupon request;
      request.centre = centre_;
      request.name = "Coupon";
      request.code = simulation_.unique("SIM-") + "-X";
      if (roll(2) == 0) {
        request.basis_points = 1 + roll(10'000);
      } else {
        request.amount = uah(1 + roll(10'000));
      }
      request.uses_max = 1 + roll(5);
      request.uses_per_client = 0;
      request.combinable = roll(2) == 0;
      coupons_.push_back({host().run(request).id, *request.code, request.uses_max});
      break;
    }
    case 1: {
      if (promotions_.size() > 8) break;
      pricing::CreatePromotion request;
      request.centre = centre_;
      request.name = "Promotion";
      request.exclusive = roll(2) == 0;
      if (roll(2) == 0) {
        request.basis_points = 1 + roll(3'000);
      } else {
        request.buy = 2 + roll(3);
        request.pay = 1;
      }
      promotions_.push_back(host().run(request).id);
      break;
    }
    case 2:
      if (promotions_.empty()) break;
      host().run(pricing::EndPromotion{.promotion = promotions_.back()});
      promotions_.pop_back();
      break;
    default: {
      pricing::SellGiftCard request;
      request.centre = centre_;
      request.amount = uah(1'000 + roll(30'000));
      request.tenders = {tender(money::PaymentMethod::card)};
      cards_.push_back(host().run(request).code);
    }
  }
}

// --- what must hold ---

void OfferStall::check() {
  check_coupons();
  for (ClientId client : clients_) {
    check_points(client);
    check_tier(client);
  }
}

std::map<std::int64_t, std::int64_t> OfferStall::live_uses() const {
  std::map<std::int64_t, std::int64_t> uses;
  for (const ModelDeal& deal : deals_) {
    if (deal.coupon && is_live(deal)) ++uses[deal.coupon.value];
  }
  return uses;
}

/// Uses are the live bookings that have the coupon.
void OfferStall::check_coupons() {
  const auto uses = live_uses();
  for (const ModelCoupon& coupon : coupons_) {
    const auto stored = host().run(pricing::GetCoupon{.coupon = coupon.id, .code = {}});
    const auto found = uses.find(coupon.id.value);
    const std::int64_t live = found == uses.end() ? 0 : found->second;
    agree(stored.uses == live, "the uses of a coupon are not the bookings that have it");
    agree(stored.uses <= coupon.uses_max, "a coupon is used more often than it may be");
  }
}

void OfferStall::check_points(ClientId client) {
  std::int64_t sum = 0;
  pricing::PointEntries request{.client = client, .limit = 500};
  for (;;) {
    const auto page = host().run(request);
    for (const auto& entry : page.items) sum += entry.points;
    if (!page.next) break;
    request.cursor = page.next;
  }
  const auto balance = host().run(pricing::GetPoints{.client = client});
  agree(sum == balance.spendable + balance.waiting, "points are not the sum of their entries");
}

/// From the orders anew: paid and not refunded, but for points.
void OfferStall::check_tier(ClientId client) {
  std::int64_t spent = 0;
  money::Orders request;
  request.payer = client;
  request.limit = 500;
  for (const auto& order : host().run(request).items) {
    spent += order.paid.minor - order.refunded.minor;
    for (const auto& payment : host().run(money::Payments{.order = order.id}).items) {
      if (payment.method == money::PaymentMethod::points) {
        spent -= payment.amount.minor - payment.refunded.minor;
      }
    }
  }
  const auto tier = host().run(pricing::GetClientTier{.client = client});
  agree((tier.tier == silver_) == (spent >= threshold_), "a tier is not what was spent");
}

void Simulation::buy_with_offers() { offer_stall_->buy(); }
void Simulation::give_up_offers() { offer_stall_->give_up(); }
void Simulation::change_offers() { offer_stall_->change_offers(); }

}  // namespace frontdesk::simulation

/// Bargains: one basket priced for three clients, with and without a coupon, printed as receipts;
/// then a coupon with ten uses and fifty buyers at once.
#include "story.hpp"

#include <atomic>
#include <thread>

namespace day {
namespace fd = frontdesk;
using std::chrono::days, std::chrono::hours, std::chrono::floor, std::chrono::system_clock;

namespace {

constexpr std::size_t buyer_count = 50;
constexpr std::int64_t uses = 10;

fd::Money pounds(std::int64_t pence) { return {pence, fd::Currency{"GBP"}}; }

std::string text_of(const fd::Money& money) {
  const std::int64_t pence = money.minor % 100;
  return "£" + std::to_string(money.minor / 100) + "." + (pence < 10 ? "0" : "") +
         std::to_string(pence);
}

/// A line of a receipt: what it is on the left, the amount on the right.
void receipt_line(const std::string& what, const std::string& amount) {
  constexpr std::size_t width = 46;
  const std::size_t used = what.size() + amount.size();
  line("    | " + what + std::string(used < width ? width - used : 1, ' ') + amount);
}

struct Shop {
  fd::CentreId centre{};
  fd::SessionId show{};
};

fd::ClientId client(const fd::Caller& host, const Shop& shop, const std::string& name) {
  fd::people::CreateClient request;
  request.first_name = name;
  request.centre = shop.centre;
  return host.run(request).id;
}

fd::ClientId child(const fd::Caller& host, fd::ClientId guardian, const std::string& name) {
  fd::people::AddDependant request;
  request.guardian = guardian;
  request.first_name = name;
  return host.run(request).id;
}

Shop open_shop(Story& story, const fd::Caller& host) {
  Shop shop{.centre = story.centres.at("London")};
  fd::catalog::CreateActivity film;
  film.centre = shop.centre;
  film.name = "The Paper Boat";
  fd::schedule::NewSession show;
  show.activity = host.run(film).id;
  show.centre = shop.centre;
  show.start =
      fd::LocalTime{floor<days>(system_clock::now()).time_since_epoch() + days{16} + hours{15}};
  show.capacity = 100;
  show.price = pounds(1'000);
  shop.show = host.run(fd::schedule::CreateSessions{.sessions = {show}}).sessions.at(0).id;

  fd::pricing::CreatePromotion siblings;
  siblings.centre = shop.centre;
  siblings.name = "Birthday family: half price from the second child on";
  siblings.activities = {show.activity};
  siblings.child_from = 2;
  siblings.basis_points = 5'000;
  host.run(siblings);
  fd::pricing::CreateCoupon coupon;
  coupon.centre = shop.centre;
  coupon.name = "Coupon PAPERBOAT";
  coupon.code = "PAPERBOAT";
  coupon.amount = pounds(500);
  coupon.minimum = pounds(2'000);
  coupon.uses_max = uses;
  coupon.combinable = true;
  host.run(coupon);
  host.run(
      fd::pricing::ApplyTierPreset{.preset = fd::pricing::TierPreset::by_spend, .currency = "GBP"});
  return shop;
}

void print_receipt(const std::string& title, const fd::pricing::Quote& quote) {
  line("  " + title);
  for (const auto& ticket : quote.lines) {
    receipt_line(ticket.text, text_of(ticket.price));
    for (const auto& discount : ticket.discounts) {
      const std::string name = discount.kind == "promotion"     ? "Birthday family"
                               : discount.kind == "free_ticket" ? discount.name + ", free ticket"
                                                                : discount.name;
      receipt_line("  " + name, "-" + text_of(discount.amount));
    }
  }
  receipt_line("To pay", text_of(quote.total));
}

/// Three places, of which a family names two children.
fd::pricing::AskQuote basket(const Shop& shop, fd::ClientId payer,
                             const std::vector<fd::ClientId>& children) {
  fd::pricing::AskQuote ask;
  ask.session = shop.show;
  ask.payer = payer;
  ask.places.resize(3);
  for (std::size_t i = 0; i < children.size(); ++i) ask.places[i].attendee = children[i];
  return ask;
}

void compare(const fd::Caller& host, const Shop& shop) {
  const fd::ClientId standard = client(host, shop, "Anna");
  const fd::ClientId silver = client(host, shop, "Boris");
  const fd::ClientId family = client(host, shop, "Clara");
  const std::vector<fd::ClientId> children = {child(host, family, "Dora"),
                                              child(host, family, "Emil")};
  fd::pricing::SetClientTier tier;
  tier.client = silver;
  tier.tier = host.run(fd::pricing::Tiers{}).tiers.at(2).id;
  tier.reason = "A guest of many years";
  host.run(tier);

  const std::tuple<const char*, fd::ClientId, std::vector<fd::ClientId>> buyers[] = {
      {"a standard client", standard, {}},
      {"a silver client", silver, {}},
      {"a birthday family", family, children},
  };
  for (const auto& [title, payer, attendees] : buyers) {
    fd::pricing::AskQuote ask = basket(shop, payer, attendees);
    print_receipt(title, host.run(ask));
    ask.coupons = {"paperboat"};
    print_receipt(std::string(title) + ", with the coupon", host.run(ask));
  }
}

void rush(const fd::Caller& host, const Shop& shop) {
  std::vector<fd::ClientId> buyers;
  for (std::size_t i = 0; i < buyer_count; ++i) {
    buyers.push_back(client(host, shop, "Buyer " + std::to_string(i + 1)));
  }
  std::atomic<int> with_coupon{0};
  std::atomic<int> too_late{0};
  std::vector<std::thread> threads;
  for (fd::ClientId buyer : buyers) {
    threads.emplace_back([&, buyer] {
      fd::bookings::Book book;
      book.session = shop.show;
      book.client = buyer;
      book.places.resize(2);
      book.coupons = {"PAPERBOAT"};
      book.payments.resize(1);
      book.payments[0].method = fd::money::PaymentMethod::card;
      try {
        host.run(book);
        ++with_coupon;
      } catch (const fd::Error& error) {
        if (error.reason() == "coupon_used_up") ++too_late;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  fd::pricing::GetCoupon get;
  get.code = "PAPERBOAT";
  const auto coupon = host.run(get);
  line("fifty buyers in threads want a coupon with ten uses: " + std::to_string(with_coupon) +
       " have it, " + std::to_string(too_late) + " are told that it is used up");
  line("the coupon counts " + std::to_string(coupon.uses) + " uses and gave " +
       text_of(pounds(coupon.given)));
}

}  // namespace

void compare_bargains(Story& story) {
  chapter("Bargains: one basket, three clients, a coupon");
  const fd::Caller host = story.desk.host();
  const Shop shop = open_shop(story, host);
  compare(host, shop);
  rush(host, shop);
}

}  // namespace day

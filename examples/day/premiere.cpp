/// A premiere: a hall with seats, groups that hold the best ones, two hundred buyers at once for
/// what is left, a refund by the policy, tickets at the door, and the till at the end.
#include "story.hpp"

#include <atomic>
#include <fstream>
#include <thread>

namespace day {
namespace fd = frontdesk;
using std::chrono::days, std::chrono::hours, std::chrono::minutes, std::chrono::floor,
    std::chrono::system_clock;

namespace {

constexpr std::size_t buyer_count = 200;
constexpr std::size_t counters = 8;

fd::Money pounds(std::int64_t pence) { return {pence, fd::Currency{"GBP"}}; }

std::string text_of(const fd::Money& money) {
  const std::int64_t pence = money.minor % 100;
  return "£" + std::to_string(money.minor / 100) + "." + (pence < 10 ? "0" : "") +
         std::to_string(pence);
}

fd::money::Tender by_card(const std::string& slip) {
  fd::money::Tender tender;
  tender.method = fd::money::PaymentMethod::card;
  tender.external_ref = slip;
  return tender;
}

struct Premiere {
  fd::CentreId centre{};
  fd::SessionId session{};
  fd::Instant starts{};
  fd::Caller till;  ///< a salesman at the counter
  std::vector<fd::ClientId> buyers{};
  fd::ClientId unlucky{};  ///< one of those who came too late
};

fd::Caller salesman(Story& story, fd::CentreId centre) {
  fd::Caller host = story.desk.host();
  fd::access::CreateAccount request;
  request.email = "oscar@frontdesk.example";
  request.name = "Oscar Reed";
  request.password = story.admin_password;
  const fd::AccountId account = host.run(request).id;
  for (const auto& role : host.run(fd::access::Roles{}).items) {
    if (role.name != "Salesman") continue;
    fd::access::GrantRole grant;
    grant.account = account;
    grant.role = role.id;
    grant.centre = centre;
    host.run(grant);
  }
  fd::access::SignIn entry;
  entry.login = "oscar@frontdesk.example";
  entry.password = story.admin_password;
  return story.desk.caller(story.desk.anonymous().run(entry).token);
}

void show_hall(Story& story, const Premiere& premiere, const std::string& title) {
  fd::seating::Draw draw;
  draw.session = premiere.session;
  draw.form = fd::seating::DrawingForm::text;
  line(title);
  std::string row;
  for (char letter : story.desk.host().run(draw).content + "\n") {
    if (letter != '\n') {
      row += letter;
    } else if (!row.empty()) {
      line("    " + row);
      row.clear();
    }
  }
}

Premiere announce(Story& story) {
  fd::Caller host = story.desk.host();
  Premiere premiere{.centre = story.centres.at("London"),
                    .till = salesman(story, story.centres.at("London"))};
  fd::seating::CreateMap map;
  map.centre = premiere.centre;
  map.name = "Premiere Hall";
  map.text = read_file(story.data + "/red_hall.map");
  const fd::SeatMapId seats = host.run(map).id;
  fd::catalog::CreateRoom room;
  room.centre = premiere.centre;
  room.name = "Premiere Hall";
  room.capacity = 180;
  fd::schedule::NewSession show;
  show.room = host.run(room).id;
  host.run(fd::seating::GiveMap{.room = show.room, .map = seats});
  fd::catalog::CreateActivity film;
  film.centre = premiere.centre;
  film.name = "Northern Light";
  film.duration_minutes = 110;
  show.activity = host.run(film).id;
  show.centre = premiere.centre;
  show.start =
      fd::LocalTime{floor<days>(system_clock::now()).time_since_epoch() + days{7} + hours{20}};
  const auto session = host.run(fd::schedule::CreateSessions{.sessions = {show}}).sessions.at(0);
  premiere.session = session.id;
  premiere.starts = session.starts;

  fd::pricing::SetPrice price;
  price.activity = show.activity;
  price.seat_category = "standard";
  price.amount = pounds(950);
  host.run(price);
  price.seat_category = "premium";
  price.amount = pounds(1'200);
  host.run(price);
  fd::bookings::SetPolicy policy;
  policy.centre = premiere.centre;
  policy.session = premiere.session;
  policy.free_before = days{10};
  policy.brackets = {{.before = hours{3}, .basis_points = 5'000}};
  host.run(policy);
  // People take what they like at a premiere; a single seat left over does not matter.
  host.run(fd::upkeep::ChangeSetting{
      .name = "seating.single_seat_rule", .centre = premiere.centre, .value = 0});
  fd::seating::ReserveForChannel counter;
  counter.session = premiere.session;
  counter.choice.seats = {"K-1", "K-2"};
  host.run(counter);
  return premiere;
}

/// Groups hold the best seats that are together, see the price, and pay by card at the counter.
void seat_groups(Premiere& premiere) {
  for (std::int64_t size : {4, 3, 5}) {
    fd::seating::Hold hold;
    hold.session = premiere.session;
    hold.choice.count = size;
    hold.choice.best = true;
    const fd::seating::Held held = premiere.till.run(hold);
    std::string seats;
    for (const auto& place : held.places) seats += (seats.empty() ? "" : ", ") + place.label;

    fd::bookings::Book book;
    book.session = premiere.session;
    book.hold = held.token;
    book.places.resize(static_cast<std::size_t>(size));
    book.guest_name = "A group of " + std::to_string(size);
    book.payments = {by_card("slip-" + std::to_string(size))};
    const fd::bookings::Booking booking = premiere.till.run(book);
    fd::money::GetOrder order{.order = booking.order};
    line("a group of " + std::to_string(size) + " holds " + seats + " and pays " +
         text_of(premiere.till.run(order).total));
  }
}

fd::bookings::Book one_seat(const Premiere& premiere, std::size_t buyer) {
  fd::bookings::Book book;
  book.session = premiere.session;
  book.places.resize(1);
  book.best = true;
  book.client = premiere.buyers[buyer];
  book.channel = fd::seating::Channel::online;
  book.payments = {by_card("card-" + std::to_string(buyer))};
  return book;
}

/// Everybody at once: what is free is sold, each seat once, and the rest are told so.
std::vector<fd::bookings::Booking> open_sale(Story& story, Premiere& premiere) {
  fd::Caller host = story.desk.host();
  for (std::size_t i = 0; i < buyer_count; ++i) {
    fd::people::CreateClient client;
    client.first_name = "Buyer";
    client.last_name = "No. " + std::to_string(i + 1);
    client.centre = premiere.centre;
    premiere.buyers.push_back(host.run(client).id);
  }
  std::vector<std::optional<fd::bookings::Booking>> sold(buyer_count);
  std::vector<std::string> told(counters);
  std::atomic<std::size_t> next{0};
  auto sell = [&](std::size_t counter) {
    for (std::size_t buyer = next++; buyer < buyer_count; buyer = next++) {
      auto booked = host.try_run(one_seat(premiere, buyer));
      if (booked) {
        sold[buyer] = *booked;
      } else {
        told[counter] = std::string(fd::code_name(booked.error().code())) + " (" +
                        booked.error().reason() + "): “" + booked.error().message() + "”";
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < counters; ++i) threads.emplace_back(sell, i);
  for (std::thread& thread : threads) thread.join();

  std::vector<fd::bookings::Booking> bookings;
  for (std::size_t i = 0; i < buyer_count; ++i) {
    if (sold[i]) {
      bookings.push_back(std::move(*sold[i]));
    } else {
      premiere.unlucky = premiere.buyers[i];
    }
  }
  line(std::to_string(buyer_count) + " buyers in " + std::to_string(counters) +
       " threads: " + std::to_string(bookings.size()) + " have a seat, " +
       std::to_string(buyer_count - bookings.size()) + " do not");
  for (const std::string& answer : told) {
    if (answer.empty()) continue;
    line("    " + answer);
    break;
  }
  return bookings;
}

fd::bookings::WaitingEntry waiting_entry(Story& story, const Premiere& premiere) {
  fd::bookings::Waiting list;
  list.session = premiere.session;
  return story.desk.host().run(list).items.at(0);
}

/// One cancels a week before and gets half of it back; one who waited moves up.
void swap_a_seat(Story& story, const Premiere& premiere, const fd::bookings::Booking& booking) {
  fd::Caller host = story.desk.host();
  fd::bookings::Wait wait;
  wait.session = premiere.session;
  wait.client = premiere.unlucky;
  wait.channel = fd::seating::Channel::online;
  wait.places.resize(1);
  line("one of the others joins the waiting list as no. " +
       std::to_string(host.run(wait).position.value_or(0)));
  const auto cancelled = host.run(fd::bookings::Cancel{.booking = booking.id, .reason = "A cold."});
  line("a week before, " + booking.reference +
       " is cancelled: " + text_of(cancelled.refunded.value_or(fd::Money{})) + " goes back, " +
       text_of(cancelled.kept.value_or(fd::Money{})) + " is kept");
  refused("cancelled once more", [&] { host.run(fd::bookings::Cancel{.booking = booking.id}); });
  host.run(fd::upkeep::Tick{});
  const fd::bookings::WaitingEntry offered = waiting_entry(story, premiere);
  fd::bookings::AcceptOffer accept;
  accept.entry = offered.id;
  accept.payments = {by_card("card-late")};
  line("the seat is offered to who waited, who takes " +
       host.run(accept).places.at(0).seat.value_or("it"));
}

void open_the_doors(Story& story, Premiere& premiere, const fd::bookings::Booking& booking) {
  const auto tickets = premiere.till.run(fd::bookings::Tickets{.booking = booking.id}).tickets;
  const fd::bookings::Ticket& ticket = tickets.at(0);
  const std::string seat = ticket.seat.value_or("");
  refused("seat " + seat + " is shown at the door a week too early",
          [&] { premiere.till.run(fd::bookings::CheckIn{.code = ticket.code}); });
  wait_until(story, premiere.starts - minutes{30});
  line("half an hour before the start");
  const std::string key = premiere.till.run(fd::bookings::TicketKey{}).keys.at(0).key;
  line("a door without the file proves the ticket for seat " +
       fd::bookings::verify_ticket(key, ticket.text).seat.value_or(""));
  std::string forged = ticket.text;
  forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';
  refused("the same with one letter changed", [&] { fd::bookings::verify_ticket(key, forged); });
  fd::bookings::CheckIn scan{.code = ticket.code};
  line("scanned: " + std::to_string(premiere.till.run(scan).places.size()) + " visitor comes in");
  line(std::string("scanned again: ") + (premiere.till.run(scan).places.at(0).already
                                             ? "has come already"
                                             : "comes in once more?!"));
}

/// A late visitor pays cash at the door for a seat that was kept for the counter; the till is
/// counted when the film runs.
void run_the_till(Premiere& premiere) {
  fd::money::OpenShift open;
  open.centre = premiere.centre;
  open.till = "counter 1";
  open.opened_with = pounds(5'000);
  const fd::ShiftId shift = premiere.till.run(open).id;
  fd::bookings::WalkIn late;
  late.session = premiere.session;
  late.places.resize(1);
  late.best = true;
  late.payments.resize(1);
  late.payments[0].method = fd::money::PaymentMethod::cash;
  const auto booking = premiere.till.run(late);
  line("a late visitor pays cash for seat " + booking.places.at(0).seat.value_or("") +
       " and walks in");
  const auto report = premiere.till.run(fd::money::GetShift{.shift = shift});
  line("the till should hold " + text_of(report.totals.expected) + ", with £50.00 of change");
  fd::money::CloseShift close;
  close.shift = shift;
  close.counted = pounds(report.totals.expected.minor - 50);
  const auto closed = premiere.till.run(close);
  line("counted and closed; difference " + std::to_string(closed.difference->minor) + " pence");
}

void keep_picture(Story& story, const Premiere& premiere, const std::string& name) {
  if (story.pictures.empty()) return;
  const std::string path = story.pictures + "/" + name;
  std::ofstream(path, std::ios::binary)
      << story.desk.host().run(fd::seating::Draw{.session = premiere.session}).content;
  line("drawn as " + path);
}

}  // namespace

void hold_a_premiere(Story& story) {
  chapter("A premiere: 180 seats, 200 buyers");
  Premiere premiere = announce(story);
  show_hall(story, premiere, "before the sale:");
  keep_picture(story, premiere, "hall-before.svg");
  seat_groups(premiere);
  const auto bookings = open_sale(story, premiere);
  show_hall(story, premiere, "after the sale:");
  keep_picture(story, premiere, "hall-after.svg");
  swap_a_seat(story, premiere, bookings.at(0));
  open_the_doors(story, premiere, bookings.at(1));
  run_the_till(premiere);
}

}  // namespace day

// What is known of guests without account, and how it goes.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_guests.hpp>
#include <frontdesk/bookings_tickets.hpp>
#include <frontdesk/money_invoices.hpp>

#include <fstream>
#include <sstream>

using namespace frontdesk;
using testing::at;
using testing::House;
using testing::refusal;
using testing::uah;

namespace {

struct Hall : House {
  SessionId show = session(at(2026, 3, 2, 18));

  /// Zinaida buys at the counter, and staff write about her.
  bookings::Booking sold(const std::string& email = "Zinaida@Mail.example") {
    bookings::Book request = wish(show, 2);
    request.payments = {card()};
    request.guest_name = "Zinaida Tymoshenko";
    request.guest_email = email;
    request.guest_phone = "+380501112233";
    request.note = "Zinaida wants the aisle";
    return host().run(request);
  }
  money::Order bought(const std::string& email = "zinaida@mail.example") const {
    money::CreateOrder request;
    request.centre = centre;
    request.guest_name = "Zinaida Tymoshenko";
    request.guest_email = email;
    request.lines = {{.kind = money::LineKind::other, .text = "Popcorn", .price = uah(9'000)}};
    request.tenders = {card()};
    return host().run(request);
  }
  bookings::GuestErased erase(const Caller& caller,
                              const std::string& email = "ZINAIDA@mail.example") const {
    return caller.run(bookings::EraseGuest{.centre = centre, .email = email});
  }
  bool knows(const bookings::Booking& booking) const {
    const bookings::Booking now = get(booking.id);
    const money::Order order = host().run(money::GetOrder{.order = booking.order});
    return now.guest_name || now.guest_email || now.guest_phone || now.note || order.guest_name ||
           order.guest_email || order.guest_phone;
  }
  /// Whether the bytes stand anywhere in the file or its log.
  bool holds(const std::string& bytes) {
    desk.close();
    bool found = false;
    for (const std::string& path : {desk.path(), desk.path() + "-wal"}) {
      std::ifstream file(path, std::ios::binary);
      std::stringstream text;
      text << file.rdbuf();
      found = found || text.str().find(bytes) != std::string::npos;
    }
    desk.reopen();
    return found;
  }
};

}  // namespace

TEST_CASE("staff erase a guest who asks for it, in bookings, orders and the file", "[P9][B14]") {
  Hall hall;
  bookings::Booking booking = hall.sold();
  money::Order popcorn = hall.bought();
  bookings::TransferTicket transfer;
  transfer.booking = booking.id;
  transfer.place = 2;
  transfer.name = "Yukhym Tymoshenko";
  hall.host().run(transfer);
  Error coming = refusal([&] { hall.erase(hall.host()); });
  CHECK(coming.reason() == "guest_still_comes");
  CHECK(std::get<std::vector<std::int64_t>>(coming.details().at("bookings")) ==
        std::vector<std::int64_t>{booking.id.value});
  CHECK(hall.knows(booking));
  hall.pass(std::chrono::hours{12});

  CHECK(refusal([&] { hall.erase(hall.salesman()); }).code() == Code::denied);
  CHECK(refusal([&] { hall.erase(hall.host(), "other@mail.example"); }).reason() ==
        "guest_not_found");
  CHECK(hall.holds("Zinaida Tymoshenko"));
  bookings::GuestErased erased = hall.erase(hall.host());
  CHECK(erased.bookings == 1);
  CHECK(erased.orders == 1);
  CHECK_FALSE(hall.knows(booking));
  CHECK_FALSE(hall.host().run(money::GetOrder{.order = popcorn.id}).guest_name);
  CHECK(hall.host().run(money::GetOrder{.order = popcorn.id}).paid == uah(9'000));
  CHECK(hall.told("bookings.guest_forgotten") == 1);
  CHECK(refusal([&] { hall.erase(hall.host()); }).reason() == "guest_not_found");
  hall.tick();
  for (const char* bytes : {"Zinaida", "Yukhym", "zinaida@mail", "501112233"}) {
    INFO(bytes);
    CHECK_FALSE(hall.holds(bytes));
  }
  CHECK(hall.problems().empty());
}

TEST_CASE("a guest is erased by one of their bookings, clients are not", "[P9][B14]") {
  Hall hall;
  auto olena = hall.customer();
  bookings::Booking first = hall.sold();
  bookings::Booking second = hall.sold();
  bookings::Booking other = hall.sold("ivan@mail.example");
  BookingId of_client = olena.caller.run(House::wish(hall.show)).id;
  hall.pass(std::chrono::hours{12});
  bookings::EraseGuest request{.centre = hall.centre, .booking = of_client};
  CHECK(refusal([&] { hall.host().run(request); }).reason() == "booking_of_client");
  request.booking = BookingId{999};
  CHECK(refusal([&] { hall.host().run(request); }).reason() == "booking_not_found");
  request.booking = first.id;
  request.email = "zinaida@mail.example";
  CHECK(refusal([&] { hall.host().run(request); }).reason() == "email_or_booking");
  request.email = "nobody";
  request.booking = {};
  CHECK(refusal([&] { hall.host().run(request); }).reason() == "email_malformed");
  request.email.reset();
  CHECK(refusal([&] { hall.host().run(request); }).reason() == "email_or_booking");
  request.booking = first.id;
  request.centre = hall.opened("Elsewhere");
  CHECK(refusal([&] { hall.host().run(request); }).reason() == "booking_not_found");
  CHECK(hall.knows(first));
  request.centre = hall.centre;
  CHECK(hall.host().run(request).bookings == 2);
  CHECK_FALSE(hall.knows(first));
  CHECK_FALSE(hall.knows(second));
  CHECK(hall.knows(other));
}

TEST_CASE("guests are forgotten in time; who bought an invoice waits for the legal term",
          "[P9][M6][U1]") {
  Hall hall;
  hall.set("money.guest_days", 30);
  bookings::Booking booking = hall.sold();
  money::Order popcorn = hall.bought();
  const InvoiceId invoice = hall.host().run(money::IssueInvoice{.order = booking.order}).id;
  hall.pass(std::chrono::days{29});
  hall.tick();
  CHECK(hall.knows(booking));
  CHECK(hall.host().run(money::GetOrder{.order = popcorn.id}).guest_name);
  hall.pass(std::chrono::days{1});
  hall.tick();
  CHECK_FALSE(hall.knows(booking));
  CHECK_FALSE(hall.host().run(money::GetOrder{.order = popcorn.id}).guest_name);
  CHECK(hall.host().run(money::GetInvoice{.invoice = invoice}).buyer);
  hall.pass(std::chrono::days{7 * 366});
  hall.tick();
  CHECK_FALSE(hall.host().run(money::GetInvoice{.invoice = invoice}).buyer);
  CHECK(hall.problems().empty());
}

TEST_CASE("guests stay known while their session is to come, or where the setting says so",
          "[P9]") {
  Hall hall;
  hall.set("money.guest_days", 1);
  bookings::Reserve request{.session = hall.session(at(2026, 4, 20, 18)),
                            .kind = bookings::BookingKind::vip};
  request.places.resize(1);
  request.guest_name = "The mayor";
  BookingId mayor = hall.host().run(request).id;
  bookings::Booking booking = hall.sold();
  hall.pass(std::chrono::days{5});
  hall.tick();
  CHECK(hall.get(mayor).guest_name == "The mayor");
  CHECK_FALSE(hall.knows(booking));
  hall.set("money.guest_days", 0);
  hall.pass(std::chrono::days{900});
  hall.tick();
  CHECK(hall.get(mayor).guest_name == "The mayor");
  hall.set("money.guest_days", 366);
  hall.tick();
  CHECK_FALSE(hall.get(mayor).guest_name);
}

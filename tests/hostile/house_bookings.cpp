#include "base/crypto.hpp"
#include "dates.hpp"
#include "hostile/house.hpp"

namespace frontdesk::hostile {
namespace {

/// The seed of an authenticator, from what is typed into it.
std::string from_base32(std::string_view text) {
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (char letter : text) {
    const char value = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A')
                                                      : static_cast<char>(letter - '2' + 26);
    buffer = (buffer << 5 | static_cast<unsigned char>(value)) & 0xFFFFF;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xFF);
  }
  return bytes;
}

}  // namespace

void House::book() const {
  call_all({
      {"upkeep.change_setting", R"({"name": "bookings.online_guests", "centre": 1, "value": 1})"},
      {"bookings.create_gate", R"({"centre": 1, "name": "North"})"},
      // 1: paid, in seats, with units of the early bird.
      {"bookings.book",
       R"({"session": 1, "client": 1, "places": [{"attendee": 1, "seat": "C-1", "ticket_type": 1},
           {"seat": "C-2", "ticket_type": 1}], "payments": [{"method": "balance"}],
           "note": "A birthday."})"},
      // 2: a guest's, paid through a provider.
      {"bookings.book_as_guest",
       R"({"session": 1, "places": [{}], "name": "Olena", "email": "olena@example.org",
           "payments": [{"method": "external", "provider": "liqpay", "external_ref": "guest"}]})"},
      {"money.record_callback",
       R"({"provider": "liqpay", "event": "evt-2", "external_ref": "guest",
           "outcome": "completed", "amount": {"amount": 12300, "currency": "UAH"}})"},
      // 3: whose visitors will not come; 4: who will; 5: nobody pays.
      {"bookings.book",
       R"({"session": 3, "client": 3, "places": [{"attendee": 3}],
           "payments": [{"method": "balance"}]})"},
      {"bookings.book",
       R"({"session": 3, "client": 8, "places": [{"attendee": 8}, {}, {}],
           "payments": [{"method": "balance"}]})"},
      {"bookings.book", R"({"session": 3, "client": 11, "places": [{"attendee": 11}]})"},
      // 6 and 7: cancelled, for money and for a credit.
      {"bookings.book",
       R"({"session": 2, "client": 75, "places": [{"attendee": 75}], "coupons": ["SPRING-10"],
           "payments": [{"method": "balance"}]})"},
      {"bookings.book",
       R"({"session": 2, "client": 11, "places": [{"attendee": 11}],
           "payments": [{"method": "balance"}]})"},
      {"bookings.cancel", R"({"booking": 6, "reason": "No time"})"},
      {"bookings.cancel", R"({"booking": 7, "as_credit": true})"},
      // 8 and 9: not sold; 10: by visit; 11: with tickets that were passed on.
      {"bookings.reserve",
       R"({"session": 1, "kind": "vip", "places": [{}, {}], "guest_name": "The mayor"})"},
      {"bookings.reserve", R"({"session": 2, "kind": "house", "places": [{}]})"},
      {"bookings.book",
       R"({"session": 2, "client": 7, "places": [{"attendee": 7, "by_visit": true}]})"},
      {"bookings.book",
       R"({"session": 2, "client": 9, "places": [{"attendee": 9}, {}],
           "payments": [{"method": "balance"}], "coupons": ["SPRING-10"]})"},
      {"bookings.reissue_ticket", R"({"booking": 11, "place": 1})"},
      {"bookings.transfer_ticket", R"({"booking": 11, "place": 2, "name": "Ivan Koval"})"},
  });
}

void House::book_in_other_ways() const {
  call_all({
      // 12: with a ticket that the tier makes free.
      {"bookings.book",
       R"({"session": 4, "client": 7, "places": [{"attendee": 7}, {}],
           "payments": [{"method": "balance"}]})"},
      // 13: moved from one film to the other.
      {"bookings.book",
       R"({"session": 1, "client": 3, "places": [{"attendee": 3}],
           "payments": [{"method": "balance"}]})"},
      {"bookings.move", R"({"booking": 13, "session": 2, "payments": [{"method": "balance"}]})"},
      {"bookings.create_course",
       R"({"centre": 1, "name": "Swimming in spring", "price": {"amount": 48000,
           "currency": "UAH"}, "sessions": [{"session": 10}, {"session": 12}]})"},
      {"bookings.book_course",
       R"({"course": 1, "client": 1, "attendee": 1, "payments": [{"method": "balance"}]})"},
      {"bookings.book_many",
       R"({"series": 2, "mode": "best_effort", "client": 9, "places": [{"attendee": 9}],
           "payments": [{"method": "balance"}]})"},
      // Whose place others wait for.
      {"bookings.book",
       R"({"session": 6, "client": 1, "places": [{"attendee": 1}],
           "payments": [{"method": "balance"}], "external_ref": "only-one"})"},
      {"bookings.wait",
       R"({"session": 6, "client": 3, "places": [{"attendee": 3}], "intent": "offer"})"},
      {"bookings.wait",
       R"({"session": 6, "client": 7, "places": [{"attendee": 7, "by_visit": true}],
           "intent": "automatic"})"},
      {"bookings.claim_slots",
       R"({"subscription": 1, "attendee": 7,
           "slots": [{"weekday": 1, "minute": 1080, "activity": 1}]})"},
      {"schedule.join_group", R"({"group": 1, "client": 9})"},
  });
}

void House::open_doors() {
  const std::string ticket = told("bookings.tickets", R"({"booking": 4})", "/tickets/0/text");
  go_to(testing::at(2026, 3, 3, 15, 40));
  call_all({
      {"bookings.check_in", R"({"booking": 4, "places": [2], "gate": 1})"},
      {"bookings.walk_in", R"({"session": 3, "places": [{}], "payments": [{"method": "card"}]})"},
  });
  for (const char* at : {"2026-03-03T15:30:00Z", "2026-03-03T15:35:00Z"}) {
    call("bookings.upload_scans",
         R"({"scans": [{"code": ")" + ticket + R"(", "gate": 1, "scanned_at": ")" + at + R"("}]})");
  }
  go_to(testing::at(2026, 3, 3, 18));
  call("bookings.take_roll", R"({"session": 3, "absent": [3001]})");
}

void House::go_on() {
  go_to(testing::at(2026, 3, 6, 9));
  call_all({
      {"money.settle", R"({"centre": 1})"},
      {"money.claim_receipts", R"({"limit": 3})"},
      {"money.record_receipt", R"({"receipt": 1, "number": "FN-4000123456"})"},
  });
  go_to(testing::at(2026, 3, 9, 17, 30));  // half an hour after swimming: its roll is open
}

void House::leave_things_undone() const {
  call("bookings.cancel", R"({"booking": 16})");  // an offer to who waits
  const std::string hold =
      told("seating.hold", R"({"session": 1, "choice": {"seats": ["A-1", "A-2"]}, "client": 1})",
           "/token");
  call("pricing.fix_quote",
       R"({"token": ")" + hold + R"(", "places": [], "coupons": ["SPRING-10"]})");
  call_all({
      {"seating.hold", R"({"session": 2, "choice": {"count": 2, "best": true}})"},
      {"seating.block", R"({"session": 1, "choice": {"seats": ["B-4"]}, "reason": "Broken"})"},
      {"seating.reserve_for_channel",
       R"({"session": 1, "choice": {"seats": ["B-1", "B-2"]}, "channel": "box_office"})"},
      {"bookings.book", R"({"session": 2, "client": 8, "places": [{"attendee": 8}]})"},
      {"bookings.book_as_guest",
       R"({"session": 2, "places": [{}, {}], "name": "Petro", "email": "petro@example.org",
           "payments": [{"method": "external", "provider": "liqpay"}]})"},
      {"pricing.create_tier",
       R"({"name": "Bronze", "level": 3, "metric": "visits", "threshold": 500})"},
  });
}

void House::leave_sign_ins_undone() const {
  const Caller anonymous = desk_.anonymous();
  const auto seed = boost::json::parse(workers_.substitute.call(
      "access.enable_totp", R"({"password": "correct horse battery", "issuer": "Sunrise"})"));
  const std::string code =
      crypto::totp(from_base32(seed.at("seed").as_string()), desk_.clock.seconds / 30);
  workers_.substitute.call("access.confirm_totp", R"({"code": ")" + code + R"("})");
  anonymous.call("access.request_password_reset", R"({"email": "customer2@mail.example"})");
  anonymous.call("access.sign_in", R"({"login": "staff1@frontdesk.example",
                                       "password": "correct horse battery"})");
  try {
    anonymous.call("access.sign_in", R"({"login": "nobody@mail.example", "password": "no"})");
  } catch (const Error&) {  // what is wanted: an attempt that failed
  }
}

}  // namespace frontdesk::hostile

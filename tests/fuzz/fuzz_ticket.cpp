// Tickets: the reader of their texts, the same behind a signature that holds, and codes at the
// door.
//
// The first byte of an input says which of them the rest is for.
#include "studio.hpp"

#include "base/crypto.hpp"
#include "bookings/ticket_codes.hpp"

using namespace frontdesk;
using fuzz::fail;

namespace {

const crypto::KeyPair& keys() {
  static const crypto::KeyPair pair = [] {
    crypto::start();
    return crypto::key_pair(std::string(32, 'k'));
  }();
  return pair;
}

bookings::VerifiedTicket sample() {
  return {.centre = CentreId{1},
          .session = SessionId{2},
          .starts = Instant{Duration{1'772'553'600}},
          .place = PlaceId{1001},
          .issue = 1,
          .seat = "Stalls A-1",
          .code = crypto::base32(std::string("\xE9\x07\x01", 3) + std::string(8, 'p'))};
}

/// Nothing but the one true text is taken.
void read_text(const std::string& text) {
  static const std::string known = bookings::ticket_text(keys(), sample());
  try {
    bookings::verify_ticket(crypto::base64url(keys().public_key), text);
    if (text != known) fail("a forged ticket was taken");
  } catch (const Error& error) {
    if (error.code() != Code::invalid) fail("a ticket: " + error.reason());
  }
}

/// What is signed is read in one way, or not at all.
void read_signed(const std::string& rest) {
  const std::string id = std::string(crypto::view(crypto::sha256(keys().public_key)).substr(0, 4));
  const std::string body = id + rest;
  const std::string text =
      "FD1." + crypto::base32(body + crypto::sign(keys(), "frontdesk ticket 1\n" + body));
  try {
    const bookings::VerifiedTicket ticket = bookings::read_ticket(keys().public_key, text);
    if (bookings::ticket_text(keys(), ticket) != text) fail("a ticket is read in two ways");
  } catch (const Error& error) {
    if (error.reason() != "ticket_malformed") fail("a signed ticket: " + error.reason());
  }
}

void use_at_door(const std::string& code) {
  bookings::CheckIn request;
  request.code = code;
  auto outcome = fuzz::studio().desk().host().try_run(request);
  if (outcome) fail("a made-up code admits somebody");
  if (outcome.error().code() != Code::invalid && outcome.error().code() != Code::not_found) {
    fail("a code: " + outcome.error().reason());
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  fuzz::Seeds seeds;
  if (!seeds.wanted()) {
    fuzz::studio();
    return 0;
  }
  seeds.write("ticket", "t" + bookings::ticket_text(keys(), sample()));
  seeds.write("code", "c" + sample().code);
  seeds.write("body", std::string("s\x01\x02\x80\x80\x01\xE9\x07\x01", 9) + "pppppppp" +
                          std::string("\x03", 1) + "A-1");
  std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 't':
      read_text(text);
      break;
    case 's':
      read_signed(text);
      break;
    default:
      use_at_door(text);
  }
  return 0;
}

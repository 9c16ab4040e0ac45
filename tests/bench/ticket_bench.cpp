/// Proving a ticket beside the signature check that it cannot do without. The target stands in
/// docs/performance.md.
#include <benchmark/benchmark.h>

#include <frontdesk/tickets.hpp>

#include "base/crypto.hpp"
#include "bookings/ticket_codes.hpp"

using namespace frontdesk;

namespace {

crypto::KeyPair keys() {
  crypto::start();
  return crypto::key_pair(std::string(32, 'k'));
}

/// As it is printed for a seat of a theatre.
std::string ticket_to_prove(const crypto::KeyPair& keys) {
  return bookings::ticket_text(
      keys, {.centre = CentreId{3},
             .session = SessionId{41'200},
             .starts = Instant{Duration{1'772'553'600}},
             .place = PlaceId{1'234'567'002},
             .issue = 1,
             .seat = "Balcony C-12",
             .code = crypto::base32(std::string("\x01\x01", 2) + std::string(8, 'p'))});
}

void bare_signature(benchmark::State& state) {
  const crypto::KeyPair pair = keys();
  const std::string message(60, 'm');
  const std::string signature = crypto::sign(pair, message);
  for (auto _ : state) {
    benchmark::DoNotOptimize(crypto::is_signed(pair.public_key, message, signature));
  }
}
BENCHMARK(bare_signature)->Name("Ed25519 check of 60 bytes, bare")->Unit(benchmark::kMicrosecond);

void prove_ticket(benchmark::State& state) {
  const crypto::KeyPair pair = keys();
  const std::string key = crypto::base64url(pair.public_key);
  const std::string text = ticket_to_prove(pair);
  for (auto _ : state) benchmark::DoNotOptimize(bookings::verify_ticket(key, text));
}
BENCHMARK(prove_ticket)->Name("verify a ticket")->Unit(benchmark::kMicrosecond);

}  // namespace

// Parsers of what comes back to us from outside and means something: tokens, cursors, references of
// batches, numbers and dates.
//
// The first byte of an input says which parser the rest is for.
#include "studio.hpp"

#include "access/tokens.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "describe/json.hpp"

#include <boost/json.hpp>

using namespace frontdesk;
using fuzz::fail;

namespace {

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::value(text));
}

/// A refusal that is due to what was sent.
void expect_refusal(const std::string& what, const Error& error,
                    std::initializer_list<Code> allowed) {
  for (Code code : allowed) {
    if (error.code() == code) return;
  }
  fail(what + ": " + std::string(code_name(error.code())) + "/" + error.reason());
}

void use_token(const std::string& token) {
  auto outcome = fuzz::studio().desk().caller(token).try_run(access::Whoami{});
  if (!outcome) expect_refusal("token", outcome.error(), {Code::unauthenticated});
  for (const auto& [who, known] : fuzz::studio().tokens()) {
    if (known == token) return;
  }
  if (outcome && outcome->account) fail("a made-up token is worth something");
}

/// Claims with a signature that holds.
void use_signed_claims(std::string_view payload) {
  std::string token =
      crypto::base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + crypto::base64url(payload);
  token += "." + crypto::base64url(
                     crypto::view(crypto::hmac_sha256(fuzz::studio().signing_key(), token)));
  auto outcome = fuzz::studio().desk().caller(token).try_run(access::Whoami{});
  if (!outcome) expect_refusal("signed claims", outcome.error(), {Code::unauthenticated});
}

/// As a cursor of lists with different orders, as it is and with the mark that binds it to each.
void use_cursor(const std::string& cursor) {
  Caller host = fuzz::studio().desk().host();
  auto look = [](const std::string& what, const auto& outcome) {
    if (!outcome) expect_refusal(what, outcome.error(), {Code::invalid, Code::expired});
  };
  people::Clients clients;
  clients.limit = 1;
  audit::Entries entries;
  entries.limit = 1;
  std::optional<std::string> true_clients = host.run(clients).next;
  std::optional<std::string> true_entries = host.run(entries).next;
  if (!true_clients || !true_entries) fail("the lists are too short for a cursor");
  auto bound = [&cursor](const std::string& genuine) {
    return crypto::base64url(crypto::from_base64url(genuine)->substr(0, 8) + cursor);
  };
  clients.cursor = cursor;
  look("cursor", host.try_run(clients));
  clients.cursor = bound(*true_clients);
  look("bound cursor", host.try_run(clients));
  entries.cursor = bound(*true_entries);
  look("bound cursor of numbers", host.try_run(entries));
}

/// As a reference to the result of an earlier step.
void use_reference(std::string_view reference) {
  std::string list = R"([{"operation": "catalog.centres"}, {"operation": "people.create_client",)"
                     R"( "request": {"first_name": "Ivan", "centre": {"$ref": )" +
                     quoted(reference) + "}}}]";
  // A caller who may do nothing of it, so that the studio stays as it is; and the host.
  Caller host = fuzz::studio().desk().host();
  try {
    host.batch(list);
    fuzz::studio().renew();
  } catch (const Error& error) {
    expect_refusal("reference", error, {Code::invalid, Code::not_found, Code::unsupported});
  }
}

/// As the JSON of an id, an amount of time, a date.
void use_value(std::string_view json) {
  Caller host = fuzz::studio().desk().host();
  for (const char* request : {R"({"client": )", R"({"client": 1, "on": )"}) {
    try {
      host.call("people.get_client", request + std::string(json) + "}");
    } catch (const Error& error) {
      expect_refusal("value", error, {Code::invalid, Code::not_found});
    }
  }
  try {
    host.call("audit.entries", R"({"from": )" + std::string(json) + "}");
  } catch (const Error& error) {
    expect_refusal("instant", error, {Code::invalid});
  }
}

/// As a token that works once, a challenge and its code.
void use_one_time_token(const std::string& token) {
  Caller anonymous = fuzz::studio().desk().anonymous();
  boost::json::value text(token);
  for (const auto& [name, request] : std::map<std::string, boost::json::object>{
           {"access.verify_email", {{"token", text}}},
           {"access.reset_password", {{"token", text}, {"password", "another long secret"}}},
           {"access.refresh_tokens", {{"refresh_token", text}}},
           {"access.answer_challenge", {{"challenge", text}, {"code", text}}}}) {
    try {
      anonymous.call(name, boost::json::serialize(request));
    } catch (const Error& error) {
      expect_refusal(name, error,
                     {Code::invalid, Code::unauthenticated, Code::expired, Code::conflict,
                      Code::rate_limited});
    }
  }
}

/// Parsers that are the inverse of a printer.
void check_inverses(std::string_view text) {
  if (auto bytes = crypto::from_base64url(text)) {
    if (crypto::base64url(*bytes) != text) fail("base64url is read in two ways");
  }
  if (crypto::from_base64url(crypto::base64url(text)) != text) fail("base64url loses something");
  if (crypto::from_base64(crypto::base64(text)) != text) fail("base64 loses something");
  if (auto date = zones::parse_date(text)) {
    if (zones::print(*date) != text) fail("a date is read in two ways");
  }
  if (auto local = zones::parse_local(text)) {
    if (zones::print(*local) != text) fail("a time is read in two ways");
  }
  if (auto instant = zones::parse_instant(text)) {
    if (zones::parse_instant(zones::print(*instant)) != instant) fail("an instant is lost");
  }
  if (text::invalid_utf8(text)) return;
  if (auto phone = text::normal_phone(text, "380")) {
    if (text::normal_phone(*phone) != phone) fail("a phone has two normal forms");
  }
  if (auto email = text::normal_email(text)) {
    if (text::normal_email(*email) != email) fail("an address has two normal forms");
  }
  std::string tidied = text::tidy(text);
  if (text::tidy(tidied) != tidied) fail("tidying is never done");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  fuzz::Seeds seeds;
  fuzz::Studio& studio = fuzz::studio();
  if (!seeds.wanted()) return 0;
  for (const auto& [who, token] : studio.tokens()) {
    seeds.write("token." + who, "t" + token);
    seeds.write("once." + who, "o" + token);
  }
  std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 't':
      use_token(text);
      break;
    case 's':
      use_signed_claims(text);
      break;
    case 'c':
      use_cursor(text);
      break;
    case 'r':
      use_reference(text);
      break;
    case 'v':
      use_value(text);
      break;
    case 'o':
      use_one_time_token(text);
      break;
    default:
      check_inverses(text);
  }
  return 0;
}

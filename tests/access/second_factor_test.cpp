#include <fstream>

#include "access_support.hpp"
#include "base/crypto.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

constexpr const char* email = "admin@studio.example";

/// An Admin, and so one who proves each sign-in.
AccountId make_admin(TestDesk& desk) {
  AccountId account = make_account(desk, email);
  grant(desk, account, access::admin_role);
  desk.messages();
  return account;
}

access::Challenge resend(TestDesk& desk, const access::SignInResult& entry) {
  return desk.anonymous().run(access::ResendCode{.challenge = entry.challenge->token});
}

std::string wrong(std::string code) {
  code[0] = code[0] == '9' ? '0' : static_cast<char>(code[0] + 1);
  return code;
}

/// The seed of an authenticator, from what is typed into it.
std::string from_base32(std::string_view text) {
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (char letter : text) {
    unsigned value = letter >= 'A' && letter <= 'Z' ? static_cast<unsigned>(letter - 'A')
                                                    : static_cast<unsigned>(letter - '2' + 26);
    buffer = (buffer << 5 | value) & 0xFFFFF;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xFF);
  }
  return bytes;
}

std::string totp_now(TestDesk& desk, const std::string& seed, int step = 0) {
  return crypto::totp(from_base32(seed), desk.clock.seconds / 30 + step);
}

struct WithTotp {
  std::string seed;
  std::vector<std::string> recovery;
};

WithTotp set_up_totp(TestDesk& desk, const Caller& caller) {
  access::TotpSeed seed = caller.run(access::EnableTotp{.password = TestDesk::password});
  access::RecoveryCodes codes = caller.run(access::ConfirmTotp{.code = totp_now(desk, seed.seed)});
  return {seed.seed, codes.codes};
}

}  // namespace

TEST_CASE("roles so marked prove each sign-in by an e-mail code", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  for (int i = 0; i < 2; ++i) {
    access::SignInResult entry = sign_in(desk, email);
    CHECK(entry.token.empty());
    CHECK_FALSE(entry.account);
    REQUIRE(entry.challenge);
    CHECK(entry.challenge->kinds == std::vector{access::FactorKind::email_code});
    CHECK(entry.challenge->expires_at == desk.clock.now() + 10min);
    CHECK(entry.challenge->code_sent_at == desk.clock.now());
    CHECK(entry.challenge->resend_at == desk.clock.now() + 1min);
    std::string code = desk.secret_sent_to(email);
    CHECK(code.size() == 6);
    access::SignInResult done = answer(desk, entry, code);
    CHECK(done.token.starts_with("fds_"));
    CHECK(desk.desk().caller(done.token).run(access::Whoami{}).account->email == email);
    desk.clock += 1min;
  }
}

TEST_CASE("Admin and Moderator are so marked, the others are not", "[A5][A7]") {
  TestDesk desk;
  for (const access::Role& role : desk.host().run(access::Roles{}).items) {
    CAPTURE(role.name);
    CHECK(role.second_factor == (role.name == "Admin" || role.name == "Moderator"));
    std::string login = role.name + "@studio.example";
    AccountId account = make_account(desk, login);
    grant(desk, account, role.id);
    CHECK(sign_in(desk, login).challenge.has_value() == role.second_factor);
  }
}

TEST_CASE("any role can be marked; who is signed in without proof must sign in anew", "[A5][A7]") {
  TestDesk desk;
  Caller trainer = desk.staff("Trainer");
  CHECK(trainer.run(access::Whoami{}).kind == access::CallerKind::account);
  desk.host().run(access::UpdateRole{.role = access::trainer_role, .second_factor = true});
  check_refused([&] { trainer.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");

  SECTION("so must who is given such a role") {
    access::SignInResult entry = [&] {
      make_account(desk, "salesman@studio.example");
      return sign_in(desk, "salesman@studio.example");
    }();
    Caller caller = desk.desk().caller(entry.token);
    caller.run(access::Whoami{});
    grant(desk, entry.account, access::moderator_role);
    check_refused([&] { caller.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");
    CHECK(sign_in(desk, "salesman@studio.example").challenge);
  }
}

TEST_CASE("a code works once, for ten minutes", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  std::string code = desk.secret_sent_to(email);

  SECTION("once") {
    answer(desk, entry, code);
    check_refused([&] { answer(desk, entry, code); }, Code::unauthenticated, "challenge_invalid");
    // Neither for another challenge.
    access::SignInResult next = sign_in(desk, email);
    CHECK_FALSE(next.challenge->code_sent_at);  // within a minute of the last: none was sent
    check_refused([&] { answer(desk, next, code); }, Code::expired, "code_expired");
  }
  SECTION("a second before its end") {
    desk.clock += 10min - 1s;
    CHECK(answer(desk, entry, code).account);
  }
  SECTION("not at its end") {
    desk.clock += 10min;
    check_refused([&] { answer(desk, entry, code); }, Code::expired, "challenge_expired");
  }
  SECTION("spaces do not matter") {
    CHECK(answer(desk, entry, code.substr(0, 3) + " " + code.substr(3)).account);
  }
}

TEST_CASE("five wrong tries burn a code", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  std::string code = desk.secret_sent_to(email);
  for (std::int64_t left : {4, 3, 2, 1, 0}) {
    Error error = refusal([&] { answer(desk, entry, wrong(code)); });
    CHECK(error.code() == Code::unauthenticated);
    CHECK(error.reason() == "code_wrong");
    CHECK(std::get<std::int64_t>(error.details().at("tries_left")) == left);
  }
  check_refused([&] { answer(desk, entry, code); }, Code::expired, "code_expired");
  // A new one counts.
  desk.clock += 1min;
  resend(desk, entry);
  CHECK(answer(desk, entry, desk.secret_sent_to(email)).account);
}

TEST_CASE("four wrong tries do not", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  std::string code = desk.secret_sent_to(email);
  for (int i = 0; i < 4; ++i) refusal([&] { answer(desk, entry, wrong(code)); });
  CHECK(answer(desk, entry, code).account);
}

TEST_CASE("opening more challenges gives no more tries", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  std::string code;
  for (int i = 0; i < 5; ++i) {
    access::SignInResult entry = sign_in(desk, email);
    if (i == 0) code = desk.secret_sent_to(email);
    refusal([&] { answer(desk, entry, wrong(code)); });
  }
  access::SignInResult entry = sign_in(desk, email);
  check_refused([&] { answer(desk, entry, code); }, Code::expired, "code_expired");
}

TEST_CASE("a new code voids the older", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  std::string older = desk.secret_sent_to(email);
  desk.clock += 1min;
  bool by_resend = GENERATE(true, false);
  access::SignInResult next = entry;
  if (by_resend) resend(desk, entry);
  if (!by_resend) next = sign_in(desk, email);
  std::string newer = desk.secret_sent_to(email);
  REQUIRE(newer != older);
  check_refused([&] { answer(desk, entry, older); }, Code::unauthenticated, "code_wrong");
  CHECK(answer(desk, next, newer).account);
}

TEST_CASE("a code is sent at most once a minute and five times an hour", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  Error soon = refusal([&] { resend(desk, entry); });
  CHECK(soon.code() == Code::rate_limited);
  CHECK(soon.reason() == "code_too_soon");
  CHECK(std::get<std::int64_t>(soon.details().at("retry_after_seconds")) == 60);
  desk.clock += 59s;
  CHECK(refusal([&] { resend(desk, entry); }).reason() == "code_too_soon");
  CHECK(desk.messages().size() == 1);
  for (int i = 0; i < 4; ++i) {
    desk.clock += 1min;
    resend(desk, entry);
    CHECK(desk.messages().size() == 1);
  }
  desk.clock += 1min;
  Error many = refusal([&] { resend(desk, entry); });
  CHECK(many.reason() == "code_too_soon");
  CHECK(std::get<std::int64_t>(many.details().at("retry_after_seconds")) > 54 * 60);
  // Signing in anew is no way around it.
  CHECK_FALSE(sign_in(desk, email).challenge->code_sent_at == desk.clock.now());
  CHECK(desk.messages().empty());
  desk.clock += 55min;
  CHECK(sign_in(desk, email).challenge->code_sent_at);
  CHECK(desk.messages().size() == 1);
}

TEST_CASE("resending keeps the challenge open", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  desk.clock += 9min;
  access::Challenge again = resend(desk, entry);
  CHECK(again.expires_at == desk.clock.now() + 10min);
  desk.clock += 9min;
  CHECK(answer(desk, entry, desk.secret_sent_to(email)).account);
  check_refused([&] { resend(desk, entry); }, Code::unauthenticated, "challenge_invalid");
}

TEST_CASE("a suspension or another password voids a challenge", "[A5]") {
  TestDesk desk;
  AccountId account = make_admin(desk);
  desk.admin();  // another one, so that the first can be suspended
  access::SignInResult entry = sign_in(desk, email);
  std::string code = desk.secret_sent_to(email);
  SECTION("suspension, and nothing revives it") {
    desk.host().run(access::SuspendAccount{.account = account});
    check_refused([&] { answer(desk, entry, code); }, Code::unauthenticated, "challenge_invalid");
    desk.host().run(access::ReinstateAccount{.account = account});
  }
  SECTION("password") {
    desk.anonymous().run(access::RequestPasswordReset{.email = email});
    desk.anonymous().run(
        access::ResetPassword{.token = desk.secret_sent_to(email), .password = other_password});
  }
  check_refused([&] { answer(desk, entry, code); }, Code::unauthenticated, "challenge_invalid");
}

TEST_CASE("codes and tokens are not in the file as they are", "[A5][A6]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  std::string code = desk.secret_sent_to(email);
  access::SignInResult done = answer(desk, entry, code);
  Caller caller = desk.desk().caller(done.token);
  WithTotp totp = set_up_totp(desk, caller);
  std::string raw_seed = from_base32(totp.seed);
  for (const auto& part :
       std::filesystem::directory_iterator(std::filesystem::path(desk.path()).parent_path())) {
    std::ifstream in(part.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    for (const std::string& secret :
         {done.token, done.token.substr(4), entry.challenge->token, totp.seed, raw_seed,
          totp.recovery[0], std::string(TestDesk::password)}) {
      CHECK(bytes.find(secret) == std::string::npos);
    }
  }
}

// --- TOTP ---

TEST_CASE("TOTP is set up with a first code", "[A5]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  check_refused([&] { caller.run(access::EnableTotp{.password = other_password}); }, Code::denied,
                "password_wrong");
  check_refused([&] { caller.run(access::ConfirmTotp{.code = "123456"}); }, Code::conflict,
                "totp_not_begun");
  access::TotpSeed seed =
      caller.run(access::EnableTotp{.password = TestDesk::password, .issuer = "Sunny Studio"});
  CHECK(from_base32(seed.seed).size() == 20);
  CHECK(seed.uri == "otpauth://totp/Sunny%20Studio:admin%40studio.example?secret=" + seed.seed +
                        "&issuer=Sunny%20Studio");
  CHECK_FALSE(sign_in(desk, email).challenge);  // it does not count yet
  check_refused([&] { caller.run(access::ConfirmTotp{.code = wrong(totp_now(desk, seed.seed))}); },
                Code::denied, "totp_code_wrong");
  access::RecoveryCodes codes = caller.run(access::ConfirmTotp{.code = totp_now(desk, seed.seed)});
  CHECK(codes.codes.size() == 10);
  CHECK(caller.run(access::Whoami{}).totp_enabled);
  CHECK(caller.run(access::Whoami{}).recovery_codes_left == 10);
  check_refused([&] { caller.run(access::EnableTotp{.password = TestDesk::password}); },
                Code::conflict, "totp_enabled");

  desk.clock += 30s;
  access::SignInResult entry = sign_in(desk, email);
  CHECK(entry.challenge->kinds ==
        std::vector{access::FactorKind::totp, access::FactorKind::recovery_code});
  CHECK(answer(desk, entry, totp_now(desk, seed.seed)).account);
}

TEST_CASE("TOTP allows a step of drift, and no step twice", "[A5]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  WithTotp totp = set_up_totp(desk, caller);
  access::SignInResult entry = sign_in(desk, email);
  check_refused([&] { answer(desk, entry, totp_now(desk, totp.seed)); }, Code::unauthenticated,
                "code_wrong");  // the step that set it up
  desk.clock += 5min;
  int step = GENERATE(-2, -1, 0, 1, 2);
  CAPTURE(step);
  std::string code = totp_now(desk, totp.seed, step);
  if (step == -2 || step == 2) {
    check_refused([&] { answer(desk, entry, code); }, Code::unauthenticated, "code_wrong");
    return;
  }
  CHECK(answer(desk, entry, code).account);
  access::SignInResult next = sign_in(desk, email);
  check_refused([&] { answer(desk, next, code); }, Code::unauthenticated, "code_wrong");
  check_refused([&] { answer(desk, next, totp_now(desk, totp.seed, step - 1)); },
                Code::unauthenticated, "code_wrong");  // nor one before it
}

TEST_CASE("guessing TOTP codes is slowed down, whatever the challenge", "[A5][A4]") {
  TestDesk desk;
  make_account(desk, email);
  WithTotp totp = set_up_totp(desk, desk.desk().caller(sign_in(desk, email).token));
  desk.clock += 1min;
  for (int i = 0; i < 5; ++i) {
    access::SignInResult entry = sign_in(desk, email);
    refusal([&] { answer(desk, entry, wrong(totp_now(desk, totp.seed))); });
  }
  access::SignInResult entry = sign_in(desk, email);
  check_refused([&] { answer(desk, entry, totp_now(desk, totp.seed)); }, Code::rate_limited,
                "too_many_attempts");
  desk.clock += 30s;
  CHECK(answer(desk, entry, totp_now(desk, totp.seed)).account);
}

TEST_CASE("TOTP takes the place of the e-mail code", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  Caller caller = desk.desk().caller(desk.token(email));
  set_up_totp(desk, caller);
  desk.messages();
  desk.clock += 2min;
  access::SignInResult entry = sign_in(desk, email);
  CHECK(desk.messages().empty());
  CHECK_FALSE(entry.challenge->code_sent_at);
  check_refused([&] { resend(desk, entry); }, Code::conflict, "email_code_not_taken");
}

TEST_CASE("TOTP is taken away by its holder with the password", "[A5]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  check_refused([&] { caller.run(access::DisableTotp{.password = TestDesk::password}); },
                Code::conflict, "totp_not_enabled");
  set_up_totp(desk, caller);
  desk.messages();
  check_refused([&] { caller.run(access::DisableTotp{.password = other_password}); }, Code::denied,
                "password_wrong");
  caller.run(access::DisableTotp{.password = TestDesk::password});
  CHECK_FALSE(sign_in(desk, email).challenge);
  CHECK(caller.run(access::Whoami{}).recovery_codes_left == 0);
  CHECK(desk.messages().size() == 1);  // the holder is told
}

TEST_CASE("TOTP of an account is taken away by who manages it, and its sessions end", "[A5]") {
  TestDesk desk;
  AccountId account = make_account(desk, email);
  check_refused([&] { desk.host().run(access::ResetSecondFactor{.account = account}); },
                Code::conflict, "totp_not_enabled");
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  set_up_totp(desk, caller);
  Caller admin = desk.admin();
  admin.run(access::ResetSecondFactor{.account = account});
  check_refused([&] { caller.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");
  CHECK_FALSE(sign_in(desk, email).challenge);
}

// --- recovery codes ---

TEST_CASE("each recovery code works once", "[A5]") {
  TestDesk desk;
  make_account(desk, email);
  WithTotp totp = set_up_totp(desk, desk.desk().caller(sign_in(desk, email).token));
  access::SignInResult entry = sign_in(desk, email);
  std::string shouted = totp.recovery[3];
  for (char& letter : shouted) letter = static_cast<char>(std::toupper(letter));
  access::SignInResult done = answer(desk, entry, shouted);
  CHECK(desk.desk().caller(done.token).run(access::Whoami{}).recovery_codes_left == 9);
  entry = sign_in(desk, email);
  check_refused([&] { answer(desk, entry, totp.recovery[3]); }, Code::unauthenticated,
                "code_wrong");
  CHECK(answer(desk, entry, totp.recovery[4]).account);
}

TEST_CASE("new recovery codes void the older", "[A5]") {
  TestDesk desk;
  make_admin(desk);
  Caller caller = desk.desk().caller(desk.token(email));
  access::RecoveryCodes older =
      caller.run(access::MakeRecoveryCodes{.password = TestDesk::password});
  access::RecoveryCodes newer =
      caller.run(access::MakeRecoveryCodes{.password = TestDesk::password});
  access::SignInResult entry = sign_in(desk, email);
  CHECK(entry.challenge->kinds ==
        std::vector{access::FactorKind::email_code, access::FactorKind::recovery_code});
  check_refused([&] { answer(desk, entry, older.codes[0]); }, Code::unauthenticated, "code_wrong");
  CHECK(answer(desk, entry, newer.codes[0]).account);
  check_refused([&] { caller.run(access::MakeRecoveryCodes{.password = other_password}); },
                Code::denied, "password_wrong");
}

TEST_CASE("second factors cannot be tried in a preview", "[A5][E3]") {
  TestDesk desk;
  make_admin(desk);
  access::SignInResult entry = sign_in(desk, email);
  std::string code = desk.secret_sent_to(email);
  check_refused(
      [&] {
        desk.anonymous().preview(
            access::AnswerChallenge{.challenge = entry.challenge->token, .code = code});
      },
      Code::unsupported, "not_in_preview");
  CHECK(answer(desk, entry, code).account);
}

TEST_CASE("an unknown challenge is refused", "[A5]") {
  TestDesk desk;
  access::SignInResult entry;
  entry.challenge = access::Challenge{.token = "nonsense"};
  check_refused([&] { answer(desk, entry, "123456"); }, Code::unauthenticated, "challenge_invalid");
  check_refused([&] { resend(desk, entry); }, Code::unauthenticated, "challenge_invalid");
}

TEST_CASE("only a person who is signed in has a second factor", "[A5]") {
  TestDesk desk;
  check_refused([&] { desk.host().run(access::EnableTotp{.password = TestDesk::password}); },
                Code::denied, "session_required");
  check_refused([&] { desk.anonymous().run(access::EnableTotp{.password = TestDesk::password}); },
                Code::unauthenticated, "sign_in_required");
}

#include "support.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>
#include <cstdlib>

namespace frontdesk::testing {
namespace {

std::filesystem::path make_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "frontdesk-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

}  // namespace

TemporaryFolder::TemporaryFolder() : path_(make_folder()) {}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TestDesk::TestDesk(const std::function<void(OpenOptions&)>& change)
    : path_(folder_.file("desk.db")) {
  options_.clock = [this] { return clock.now(); };
  options_.random = [this](std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random_());
  };
  if (change) change(options_);
  desk_ = std::make_unique<Desk>(Desk::open(path_, options_));
  // Argon2 at its real cost would take most of a test's time.
  host().run(upkeep::ChangeSetting{.name = "access.password_passes", .value = 1});
  host().run(upkeep::ChangeSetting{.name = "access.password_memory_bytes", .value = 8192});
}

void TestDesk::reopen() {
  desk_.reset();
  desk_ = std::make_unique<Desk>(Desk::open(path_, options_));
}

Caller TestDesk::admin() { return staff("Admin"); }

Caller TestDesk::staff(std::string_view role, CentreId centre) {
  std::string email = "staff" + std::to_string(++made_) + "@frontdesk.example";
  access::CreateAccount create;
  create.email = email;
  create.password = password;
  create.name = "Staff " + std::to_string(made_);
  create.language = "en";
  create.centre = centre;
  AccountId account = host().run(create).id;
  RoleId wanted{};
  for (const access::Role& ready : host().run(access::Roles{}).items) {
    if (ready.name == role) wanted = ready.id;
  }
  access::GrantRole grant;
  grant.account = account;
  grant.role = wanted;
  grant.centre = centre;
  host().run(grant);
  return desk_->caller(token(email));
}

TestDesk::Customer TestDesk::customer(const std::string& first_name) {
  std::string email = "customer" + std::to_string(++made_) + "@mail.example";
  people::Register request;
  request.email = email;
  request.password = password;
  request.first_name = first_name;
  request.last_name = "Koval";
  people::Registered registered = anonymous().run(request);
  return {registered.client, registered.account, email, desk_->caller(token(email))};
}

std::string TestDesk::token(const std::string& login, const std::string& with_password) {
  access::SignIn request;
  request.login = login;
  request.password = with_password;
  access::SignInResult entry = anonymous().run(request);
  if (!entry.challenge) return entry.token;
  access::AnswerChallenge answer;
  answer.challenge = entry.challenge->token;
  answer.code = secret_sent_to(login);
  return anonymous().run(answer).token;
}

CentreId TestDesk::centre(const std::string& name, const std::string& zone) {
  catalog::CreateCentre request;
  request.name = name;
  request.city = "Kyiv";
  request.zone = zone;
  request.currency = "UAH";
  return host().run(request).id;
}

std::vector<notices::ClaimedMessage> TestDesk::messages() {
  notices::Claim claim;
  claim.limit = 100;
  notices::ClaimedMessages claimed = host().run(claim);
  for (const notices::ClaimedMessage& message : claimed.messages) {
    notices::Acknowledge done;
    done.message = message.id;
    done.claim = claimed.claim;
    done.outcome = notices::DeliveryOutcome::delivered;
    host().run(done);
  }
  return claimed.messages;
}

std::string TestDesk::secret_sent_to(const std::string& address) {
  std::string secret;
  for (const notices::ClaimedMessage& message : messages()) {
    if (message.address != address) continue;
    // The secret is the longest word of digits or of token letters in the text.
    std::string word;
    std::string longest;
    for (char letter : message.body + " ") {
      bool is_part =
          std::isalnum(static_cast<unsigned char>(letter)) || letter == '_' || letter == '-';
      if (is_part) {
        word += letter;
        continue;
      }
      bool has_digit = word.find_first_of("0123456789") != std::string::npos;
      if (has_digit && word.size() > longest.size()) longest = word;
      word.clear();
    }
    if (!longest.empty()) secret = longest;
  }
  return secret;
}

namespace {

/// These two tell of placeholders.
bool is_about_placeholders(const Error& error) {
  return error.reason() == "template_without_code" || error.reason() == "placeholder_unknown";
}

}  // namespace

Error refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    INFO(error.message());
    const bool is_filled = error.message().find('{') == std::string::npos;
    CHECK((is_filled || is_about_placeholders(error)));
    return error;
  }
  FAIL("nothing was refused");
  throw std::logic_error("unreachable");
}

}  // namespace frontdesk::testing

#include "studio.hpp"

#include "access/tokens.hpp"
#include "engine/secret.hpp"
#include "storage/desk_state.hpp"
#include "storage/file.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace frontdesk::fuzz {
namespace {

constexpr const char* password = "correct horse battery";

/// Fills with bytes that are the same in each run (splitmix64).
void draw(std::uint64_t& state, std::span<std::byte> bytes) {
  for (std::byte& byte : bytes) {
    state += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    byte = static_cast<std::byte>(mixed >> 56);
  }
}

}  // namespace

void fail(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::abort();
}

Studio::Studio() {
  std::string name = (std::filesystem::temp_directory_path() / "frontdesk-fuzz-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  furnish();
  read_signing_key();
  open();
}

Studio::~Studio() {
  close();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

OpenOptions Studio::options() {
  OpenOptions options;
  options.clock = [this] { return Instant{Duration{seconds}}; };
  options.random = [this](std::span<std::byte> bytes) { draw(drawn_, bytes); };
  return options;
}

std::string Studio::make_account(Desk& desk, const std::string& role) {
  access::CreateAccount create;
  create.email = role + "@frontdesk.example";
  create.password = password;
  create.name = role;
  access::GrantRole grant;
  grant.account = desk.host().run(create).id;
  for (const access::Role& ready : desk.host().run(access::Roles{}).items) {
    if (ready.name == role) grant.role = ready.id;
  }
  desk.host().run(grant);
  access::SignIn enter;
  enter.login = create.email;
  enter.password = password;
  access::SignInResult entry = desk.anonymous().run(enter);
  if (!entry.challenge) return entry.token;
  // The second factor went out by e-mail: the only number of six digits in the newest message.
  access::AnswerChallenge answer;
  answer.challenge = entry.challenge->token;
  notices::Claim claim;
  claim.limit = 100;
  for (const auto& message : desk.host().run(claim).messages) {
    std::string digits;
    for (char letter : message.body + " ") {
      if (letter >= '0' && letter <= '9') {
        digits += letter;
      } else {
        if (digits.size() == 6) answer.code = digits;
        digits.clear();
      }
    }
  }
  return desk.anonymous().run(answer).token;
}

/// Makes the model that every input starts from.
void Studio::furnish() {
  Desk desk = Desk::open(model(), options());
  Caller host = desk.host();
  host.run(upkeep::ChangeSetting{.name = "access.password_passes", .value = 1});
  host.run(upkeep::ChangeSetting{.name = "access.password_memory_bytes", .value = 8192});
  catalog::CreateCentre centre;
  centre.name = "Sunrise";
  centre.city = "Kyiv";
  centre.zone = "Europe/Kyiv";
  centre.currency = "UAH";
  people::CreateClient client;
  client.centre = host.run(centre).id;
  catalog::CreateActivity activity;
  activity.centre = client.centre;
  activity.name = "Pilates";
  host.run(activity);
  client.first_name = "Petro";
  people::AddDependant child;
  child.guardian = host.run(client).id;
  child.first_name = "Maria";
  host.run(child);
  people::Register customer;
  customer.email = "olena@studio.example";
  customer.password = password;
  customer.first_name = "Olena";
  desk.anonymous().run(customer);
  access::SignIn enter;
  enter.login = customer.email;
  enter.password = password;
  tokens_["customer"] = desk.anonymous().run(enter).token;
  access::Tokens pair = desk.caller(tokens_["customer"]).run(access::IssueTokens{});
  tokens_["access"] = pair.access_token;
  tokens_["refresh"] = pair.refresh_token;
  tokens_["admin"] = make_account(desk, "Admin");
  tokens_["trainer"] = make_account(desk, "Trainer");
  access::CreateApiKey key;
  key.name = "Terminal";
  key.permissions.push_back({.permission = "people.view", .scope = access::Scope::any});
  tokens_["key"] = desk.caller(tokens_["admin"]).run(key).secret;
}

/// Claims that are signed as this file signs them, whatever they say, reach the parser behind the
/// signature.
void Studio::read_signing_key() {
  storage::File opened(model(), {});
  auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  storage::DeskState state;
  state.random = [this](std::span<std::byte> bytes) { draw(drawn_, bytes); };
  engine::open_secret(opened, {}, state, deadline);
  storage::TopicVersions topics;
  storage::ReaderLease lease = opened.read(deadline);
  storage::Transaction transaction(lease.connection(), state, topics);
  signing_key_ = transaction.key("access signature");
}

void Studio::open() {
  drawn_ = 0;
  std::filesystem::copy_file(model(), file(), std::filesystem::copy_options::overwrite_existing);
  desk_ = std::make_unique<Desk>(Desk::open(file(), options()));
  frontdesk_open_options how = FRONTDESK_OPEN_OPTIONS_INIT;
  how.clock = [](void* user) { return static_cast<Studio*>(user)->seconds; };
  how.clock_user = this;
  how.random = [](void* user, void* bytes, std::size_t length) {
    draw(static_cast<Studio*>(user)->drawn_, {static_cast<std::byte*>(bytes), length});
  };
  how.random_user = this;
  if (frontdesk_open(file().c_str(), &how, &c_desk_, nullptr, nullptr) != FRONTDESK_OK) {
    fail("the studio cannot be opened");
  }
  frontdesk_host(c_desk_, &callers_["host"]);
  frontdesk_anonymous(c_desk_, &callers_["anonymous"]);
  for (const auto& [who, token] : tokens_) {
    frontdesk_caller_of_token(c_desk_, token.data(), token.size(), &callers_[who]);
  }
}

void Studio::close() {
  for (const auto& [who, caller] : callers_) frontdesk_caller_close(caller);
  callers_.clear();
  frontdesk_close(c_desk_);
  c_desk_ = nullptr;
  desk_.reset();
}

void Studio::renew() {
  close();
  seconds = 1'772'442'000;
  open();
}

const frontdesk_caller* Studio::caller(const std::string& who) const {
  auto found = callers_.find(who);
  return found == callers_.end() ? nullptr : found->second;
}

Studio& studio() {
  static Studio instance;
  return instance;
}

Seeds::Seeds() {
  const char* folder = std::getenv("FRONTDESK_WRITE_SEEDS");
  if (folder != nullptr) folder_ = folder;
}

void Seeds::write(const std::string& name, const std::string& text) const {
  std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
}

}  // namespace frontdesk::fuzz

#include "simulation.hpp"

namespace frontdesk::simulation {

void Simulation::register_customer() {
  people::Register request;
  request.email = unique("person") + "@mail.example";
  request.password = unique("long password ");
  request.first_name = unique("Customer");
  people::Registered made = desk_->anonymous().run(request);
  ModelAccount account;
  account.id = made.account;
  account.client = made.client;
  account.email = request.email;
  account.password = request.password;
  account.grants.push_back({{}, roles_["Customer"], {}, {}, false});
  for (const auto& grant : desk_->host().run(access::RoleGrants{.account = made.account}).items) {
    account.grants.back().id = grant.id;
  }
  model_.accounts[made.account.value] = account;
  model_.clients[made.client.value] = {made.client, made.version, request.first_name,
                                       {},          false,        false};
  Error error = refused("an address that is taken", [&] { desk_->anonymous().run(request); });
  agree(error.reason() == "email_taken", "reason " + error.reason());
}

bool Simulation::holds(const ModelAccount& account, RoleId role) const {
  for (const ModelGrant& grant : account.grants) {
    bool is_live = !grant.is_revoked && (!grant.expires_at || *grant.expires_at > now_);
    if (grant.role == role && is_live) return true;
  }
  return false;
}

void Simulation::sign_in() {
  ModelAccount* account = any_account();
  access::SignIn request{.login = account->email, .password = account->password};
  CallOptions options;
  options.origin = unique("origin");
  bool needs_factor = holds(*account, roles_["Admin"]) || holds(*account, roles_["Moderator"]);
  access::SignInResult entry;
  try {
    entry = desk_->anonymous().run(request, options);
  } catch (const Error& error) {
    // wrong passwords before may still hold the account back
    agree(error.code() == Code::rate_limited, "signing in was refused with " + error.reason());
    return;
  }
  agree(entry.challenge.has_value() == needs_factor,
        "a second factor is asked of whom it should be");
  if (entry.challenge) return;
  agree(entry.account == account->id, "whom the token is for");
  account->sessions[entry.token] = {entry.session, now_, now_};
}

void Simulation::sign_in_wrongly() {
  ModelAccount* account = any_account();
  access::SignIn request{.login = account->email, .password = "certainly not the password"};
  CallOptions options;
  options.origin = unique("origin");
  Error error = refused("a wrong password", [&] { desk_->anonymous().run(request, options); });
  agree(error.reason() == "sign_in_failed" || error.code() == Code::rate_limited,
        "reason " + error.reason());
}

/// A session may be refused once it is past its time. Its row stays until a tick clears it.
void Simulation::lapse(ModelAccount& account, const std::string& token, const Error& error) {
  const ModelSignIn& session = account.sessions.at(token);
  const bool is_expected = error.reason() == "token_expired" || error.reason() == "token_invalid";
  agree(is_expected && session.is_past(now_), "a live session was refused with " + error.reason());
  account.lapsed.insert(session.id.value);
  account.ended_tokens.insert(token);
  account.sessions.erase(token);
}

void Simulation::sign_out() {
  ModelAccount* account = any_account();
  if (account->sessions.empty()) return;
  std::string token = account->sessions.begin()->first;
  try {
    desk_->caller(token).run(access::SignOut{});
  } catch (const Error& error) {
    lapse(*account, token, error);
    return;
  }
  account->sessions.erase(token);
  account->ended_tokens.insert(token);
}

void Simulation::change_password() {
  ModelAccount* account = any_account();
  if (account->sessions.empty()) return;
  std::string token = account->sessions.begin()->first;
  std::string changed = unique("another password ");
  access::SignInResult renewed;
  try {
    renewed = desk_->caller(token).run(
        access::ChangePassword{.old_password = account->password, .new_password = changed});
  } catch (const Error& error) {
    if (error.code() != Code::rate_limited) return lapse(*account, token, error);
    account->sessions[token].used = now_;
    return;
  }
  account->password = changed;
  for (const auto& [old_token, session] : account->sessions)
    account->ended_tokens.insert(old_token);
  account->sessions.clear();
  account->sessions[renewed.token] = {renewed.session, now_, now_};
}

void Simulation::grant_role() {
  ModelAccount* account = any_account();
  static const char* const names[] = {"Admin", "Moderator", "Salesman", "Partner", "Trainer"};
  access::GrantRole request{.account = account->id, .role = roles_[names[roll(5)]]};
  if (roll(2) == 0) request.centre = model_.centres[roll(model_.centres.size())];
  if (roll(3) == 0)
    request.expires_at = now_ + Duration{static_cast<std::int64_t>(1 + roll(200'000))};
  for (const ModelGrant& grant : account->grants) {
    bool is_live = !grant.is_revoked && (!grant.expires_at || *grant.expires_at > now_);
    if (!is_live || grant.role != request.role || grant.centre != request.centre) continue;
    Error error = refused("a role held already", [&] { desk_->host().run(request); });
    agree(error.reason() == "role_held", "reason " + error.reason());
    return;
  }
  access::RoleGrant made = desk_->host().run(request);
  account->grants.push_back({made.id, request.role, request.centre, request.expires_at, false});
  // A role that asks for a second factor ends the sessions that were opened without one.
  if (request.role == roles_["Admin"] || request.role == roles_["Moderator"]) {
    for (const auto& [token, session] : account->sessions) account->ended_tokens.insert(token);
    account->sessions.clear();
  }
}

void Simulation::revoke_role() {
  ModelAccount* account = any_account();
  if (account->grants.empty()) return;
  ModelGrant& grant = account->grants[roll(account->grants.size())];
  bool is_live = !grant.is_revoked && (!grant.expires_at || *grant.expires_at > now_);
  if (!is_live) return;
  try {
    desk_->host().run(access::RevokeRole{.grant = grant.id});
    grant.is_revoked = true;
  } catch (const Error& error) {
    agree(error.reason() == "last_admin" && grant.role == roles_["Admin"],
          "reason " + error.reason());
  }
}

/// With a customer's role alone, somebody sees themself and nobody else.
void Simulation::act_as_somebody() {
  ModelAccount* account = any_account();
  if (account->sessions.empty()) return;
  std::string token = account->sessions.begin()->first;
  Caller caller = desk_->caller(token);
  bool is_customer = holds(*account, roles_["Customer"]);
  bool is_admin = holds(*account, roles_["Admin"]);
  try {
    caller.run(access::Whoami{});
  } catch (const Error& error) {
    lapse(*account, token, error);
    return;
  }
  agree(!account->sessions[token].is_past(now_), "a session past its time was let in");
  account->sessions[token].used = now_;
  ModelClient* other = any_client();
  bool is_own = other->id == account->client || other->guardians.count(account->client.value) == 1;
  bool holds_other = false;
  for (const ModelGrant& grant : account->grants) {
    bool is_live = !grant.is_revoked && (!grant.expires_at || *grant.expires_at > now_);
    holds_other = holds_other || (is_live && grant.role != roles_["Customer"]);
  }
  try {
    caller.run(people::GetClient{.client = other->id});
    agree(holds_other || (is_customer && is_own), "somebody saw a stranger");
  } catch (const Error& error) {
    bool is_expected = error.code() == Code::not_found || error.code() == Code::denied;
    agree(is_expected, "seeing a client was refused with " + error.reason());
    agree(!(is_customer && is_own), "somebody did not see their own");
  }
  bool sees_audit = true;
  try {
    caller.run(audit::Entries{.limit = 1});
  } catch (const Error& error) {
    sees_audit = false;
  }
  agree(!sees_audit || is_admin, "somebody read the audit log");
}

void Simulation::use_ended_token() {
  ModelAccount* account = any_account();
  if (account->ended_tokens.empty()) return;
  Caller caller = desk_->caller(*account->ended_tokens.begin());
  Error error = refused("a token that ended", [&] { caller.run(access::Whoami{}); });
  agree(error.code() == Code::unauthenticated, "code of " + error.reason());
}

}  // namespace frontdesk::simulation

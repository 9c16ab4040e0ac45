#include "simulation.hpp"

namespace frontdesk::simulation {

void Simulation::create_client() {
  people::CreateClient request;
  request.first_name = unique("Client");
  if (roll(2) == 0) request.centre = model_.centres[roll(model_.centres.size())];
  people::Client client = desk_->host().run(request);
  agree(model_.clients.count(client.id.value) == 0, "an id was given twice");
  model_.clients[client.id.value] = {client.id, client.version, request.first_name,
                                     {},        false,          false};
}

void Simulation::add_dependant() {
  ModelClient* guardian = any_client();
  if (guardian == nullptr) return;
  people::AddDependant request;
  request.guardian = guardian->id;
  request.first_name = unique("Child");
  if (guardian->is_archived) {
    refused("a dependant of an archived client", [&] { desk_->host().run(request); });
    return;
  }
  people::Client child = desk_->host().run(request);
  model_.clients[child.id.value] = {
      child.id, child.version, request.first_name, {guardian->id.value}, false, false};
}

void Simulation::update_client() {
  ModelClient* client = any_client();
  if (client == nullptr || client->is_archived) return;
  people::UpdateClient request;
  request.client = client->id;
  request.first_name = unique("Renamed");
  bool is_outdated = roll(4) == 0;
  request.version = is_outdated ? client->version - 1 : client->version;
  if (is_outdated) {
    Error error = refused("an outdated version", [&] { desk_->host().run(request); });
    agree(error.reason() == "version_outdated", "reason " + error.reason());
    return;
  }
  people::Client changed = desk_->host().run(request);
  agree(changed.version == client->version + 1, "a change raises the version by one");
  client->version = changed.version;
  client->first_name = changed.first_name;
}

void Simulation::archive_client() {
  ModelClient* client = any_client();
  if (client == nullptr || client->is_archived || client->is_kept) return;
  for (const auto& [id, account] : model_.accounts) {
    if (account.client == client->id) return;  // what becomes of their account is tested elsewhere
  }
  people::Client archived = desk_->host().run(people::ArchiveClient{.client = client->id});
  client->is_archived = true;
  client->version = archived.version;
}

}  // namespace frontdesk::simulation

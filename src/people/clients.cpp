#include "people/clients.hpp"

#include "access/accounts.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "people/settings.hpp"

#include <algorithm>

namespace frontdesk::people {
namespace {

using storage::missing;

/// The columns that search, order and the hunt for duplicates go by.
void store_keys(Transaction& transaction, const Client& client) {
  std::string digits = client.phone.value_or("");
  if (digits.starts_with('+')) digits.erase(0, 1);
  std::string search = text::fold(client.first_name + " " + client.last_name + "\n" +
                                  client.email.value_or("") + "\n" + digits);
  transaction.execute(
      "UPDATE clients SET search = $2, sort_key = $3, name_key = $4, city_folded = $5"
      " WHERE id = $1",
      client.id, search, text::sort_key(text::tidy(client.last_name + " " + client.first_name)),
      name_key(client), text::fold(client.city.value_or("")));
}

void refuse_unchangeable(bool is_erased, ClientId merged_into, bool is_archived,
                         std::string_view field) {
  if (is_erased) throw Error(Code::conflict, "client_erased", field);
  if (merged_into) {
    throw Error(Code::conflict, "client_merged", field, {{"client", merged_into.value}});
  }
  if (is_archived) throw Error(Code::conflict, "client_archived", field);
}

}  // namespace

Client stored_client(Transaction& transaction, ClientId id, std::string_view field) {
  auto client = storage::find<Client>(transaction, "clients WHERE id = $1", id);
  if (!client) missing("client", field);
  return *client;
}

Client changeable_client(Transaction& transaction, ClientId id,
                         const std::optional<std::int64_t>& version, std::string_view field) {
  Client client = stored_client(transaction, id, field);
  storage::check_version(version, client.version);
  refuse_unchangeable(client.erased_at.has_value(), client.merged_into,
                      client.archived_at.has_value(), field);
  return client;
}

void check_changeable(Transaction& transaction, ClientId id, std::string_view field) {
  storage::Cursor row = transaction.query(
      "SELECT erased_at, merged_into, archived_at FROM clients WHERE id = $1", id);
  if (!row.next()) missing("client", field);
  refuse_unchangeable(!row.null(0), row.id<ClientTag>(1), !row.null(2), field);
}

void check_of_centre(Transaction& transaction, ClientId id, CentreId centre) {
  if (!transaction.reach().any && !access::belongs(transaction, id, centre)) {
    missing("client", "client");
  }
  check_changeable(transaction, id);
}

void check_centre_in_use(Transaction& transaction, CentreId centre, std::string_view field) {
  // Centres stand above people; all that is asked here is whether the reference will hold.
  if (!transaction.exists("SELECT 1 FROM centres WHERE id = $1 AND archived_at IS NULL", centre)) {
    missing("centre", field);
  }
}

void check_unique(Transaction& transaction, const Client& client) {
  if (client.external_ref &&
      transaction.exists("SELECT 1 FROM clients WHERE external_ref = $1 AND id <> $2",
                         *client.external_ref, client.id.value)) {
    throw Error(Code::conflict, "external_ref_taken", "external_ref");
  }
  if (client.email && transaction.exists("SELECT 1 FROM clients"
                                         " WHERE email = $1 AND archived_at IS NULL AND id <> $2",
                                         *client.email, client.id.value)) {
    throw Error(Code::conflict, "email_taken", "email");
  }
  if (client.phone && transaction.exists("SELECT 1 FROM clients"
                                         " WHERE phone = $1 AND archived_at IS NULL AND id <> $2",
                                         *client.phone, client.id.value)) {
    throw Error(Code::conflict, "phone_taken", "phone");
  }
}

std::string name_key(const Client& client) {
  std::string folded = text::fold(client.first_name + " " + client.last_name);
  std::vector<std::string> parts;
  for (std::size_t start = 0; start < folded.size();) {
    std::size_t end = std::min(folded.find(' ', start), folded.size());
    if (end > start) parts.push_back(folded.substr(start, end - start));
    start = end + 1;
  }
  std::sort(parts.begin(), parts.end());
  std::string key;
  for (const std::string& part : parts) key += (key.empty() ? "" : " ") + part;
  return key;
}

void enter_client(Transaction& transaction, Client& client) {
  client.version = 1;
  if (client.registered_at == Instant{}) client.registered_at = transaction.now();
  storage::insert(transaction, "clients", client);
  store_keys(transaction, client);
}

void store_client(Transaction& transaction, Client& client) {
  ++client.version;
  storage::update(transaction, "clients", client);
  store_keys(transaction, client);
}

void take_account_email(Transaction& transaction, ClientId id) {
  AccountId account = access::account_of(transaction, id);
  if (!account) return;
  std::optional<std::string> email = access::account_or_missing(transaction, account).email;
  if (email) email = text::normal_email(*email);
  Client client = stored_client(transaction, id);
  if (!email || client.email == email || client.erased_at) return;
  client.email = email;
  if (!client.archived_at) check_unique(transaction, client);
  store_client(transaction, client);
  transaction.emit(
      ClientUpdated{.client = client.id, .version = client.version, .changed = {"email"}});
}

Date today(Transaction& transaction) {
  return Date{std::chrono::floor<std::chrono::days>(transaction.now())};
}

std::optional<std::int64_t> age_on(const Client& client, Date day) {
  if (!client.birth_date) return std::nullopt;
  return zones::age(*client.birth_date, day);
}

bool is_minor(Transaction& transaction, const Client& client, Date day) {
  std::optional<std::int64_t> age = age_on(client, day);
  return age && *age < storage::number(transaction, adult_age);
}

bool is_own(Transaction& transaction, ClientId client) {
  ClientId self = transaction.principal().client;
  return self && (self == client || access::guards(transaction, self, client));
}

ClientView view_of(Transaction& transaction, Client client, Date day) {
  ClientView view;
  view.age = age_on(client, day);
  view.account = access::account_of(transaction, client.id);
  if (view.account) view.login = access::account_or_missing(transaction, view.account).login;
  view.centres = access::centres_of(transaction, client.id);
  if (!is_own(transaction, client.id)) {
    std::erase_if(view.centres,
                  [&](CentreId centre) { return !transaction.reach().covers(centre); });
  }
  view.client = std::move(client);
  return view;
}

}  // namespace frontdesk::people

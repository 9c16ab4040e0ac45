#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "catalog/currencies.hpp"
#include "catalog/media.hpp"
#include "catalog/opening_hours.hpp"
#include "storage/id_list.hpp"

namespace frontdesk::catalog {
namespace {

void check_contacts(Centre& centre) {
  if (centre.phone) {
    centre.phone = text::normal_phone(*centre.phone);
    if (!centre.phone) throw Error(Code::invalid, "phone_malformed", "phone");
  }
  if (centre.email) {
    centre.email = text::normal_email(*centre.email);
    if (!centre.email) throw Error(Code::invalid, "email_malformed", "email");
  }
  check_web(centre.web, "web");
}

/// The columns that search and order go by.
void store_keys(Transaction& transaction, const Centre& centre) {
  const std::string search =
      text::fold(centre.name + "\n" + centre.subtitle.value_or("") + "\n" + centre.city);
  transaction.execute(
      "UPDATE centres SET search = $2, sort_key = $3, city_folded = $4, city_key = $5"
      " WHERE id = $1",
      centre.id, search, text::sort_key(centre.name), text::fold(centre.city),
      text::sort_key(centre.city));
}

}  // namespace

std::string required_text(std::string_view text, std::string_view field) {
  std::string tidy = text::tidy(text);
  if (tidy.empty()) {
    throw Error(Code::invalid, "field_missing", field, {{"name", std::string(field)}});
  }
  return tidy;
}

std::optional<std::string> optional_text(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  std::string tidy = text::tidy(*text);
  if (tidy.empty()) return std::nullopt;
  return tidy;
}

void set_required(const Update<std::string>& update, std::string& target, std::string_view field) {
  if (!update.is_set()) return;
  target = required_text(update.has_value() ? std::string_view(update.value()) : "", field);
}

void check_web(const std::optional<std::string>& web, std::string_view field) {
  if (!web) return;
  if (web->starts_with("https://") || web->starts_with("http://")) return;
  throw Error(Code::invalid, "web_malformed", field);
}

void check_external_ref(Transaction& transaction, const std::optional<std::string>& external_ref,
                        std::string_view sql, std::int64_t own) {
  if (external_ref && transaction.exists(sql, *external_ref, own)) {
    throw Error(Code::conflict, "external_ref_taken", "external_ref");
  }
}

Centre stored_centre(Transaction& transaction, CentreId id) {
  auto centre = storage::find<Centre>(transaction, "centres WHERE id = $1", id);
  if (!centre) storage::missing("centre", "centre");
  return *centre;
}

Centre changeable_centre(Transaction& transaction, CentreId id,
                         const std::optional<std::int64_t>& version) {
  Centre centre = stored_centre(transaction, id);
  storage::check_version(version, centre.version);
  if (centre.archived_at) throw Error(Code::conflict, "centre_archived", "centre");
  return centre;
}

void check_centre(Transaction& transaction, Centre& centre) {
  centre.name = required_text(centre.name, "name");
  centre.subtitle = optional_text(centre.subtitle);
  centre.description = optional_text(centre.description);
  centre.logo = optional_text(centre.logo);
  centre.city = required_text(centre.city, "city");
  centre.address = optional_text(centre.address);
  centre.phone = optional_text(centre.phone);
  centre.email = optional_text(centre.email);
  centre.web = optional_text(centre.web);
  check_contacts(centre);
  check_media(transaction, centre.logo, "logo");
  if (!zones::known(centre.zone)) {
    throw Error(Code::invalid, "zone_unknown", "zone", {{"zone", centre.zone}});
  }
  if (!known_currency(centre.currency)) {
    throw Error(Code::invalid, "currency_unknown", "currency", {{"currency", centre.currency}});
  }
  check_opening_hours(centre.opening_hours);
  check_external_ref(transaction, centre.external_ref,
                     "SELECT 1 FROM centres WHERE external_ref = $1 AND id <> $2", centre.id.value);
}

void check_manager(Transaction& transaction, AccountId manager) {
  if (!manager) return;
  access::account_or_missing(transaction, manager, "manager");
  if (!access::covers(transaction, transaction.reach(), Subject::account, manager.value)) {
    storage::missing("account", "manager");
  }
}

storage::Reach managed(Transaction& transaction) {
  return access::reach_of(transaction, "catalog.manage");
}

void show_public_or_managed(storage::List& list, Transaction& transaction,
                            const std::string& is_public, const std::string& centre_column,
                            const std::string& section_column) {
  const storage::Reach reach = managed(transaction);
  if (reach.any) return;
  const std::string listed = " IN (SELECT value FROM json_each($))";
  const std::string centres = storage::id_list(reach.centres);
  if (section_column.empty() || reach.sections.empty()) {
    list.where(is_public + " OR " + centre_column + listed, centres);
  } else {
    const std::string condition =
        is_public + " OR " + centre_column + listed + " OR " + section_column + listed;
    list.where(condition, centres, storage::id_list(reach.sections));
  }
}

void enter_centre(Transaction& transaction, Centre& centre) {
  centre.version = 1;
  centre.created_at = transaction.now();
  storage::insert(transaction, "centres", centre);
  store_keys(transaction, centre);
  transaction.concern(centre.id);
  transaction.touch(storage::Topic::catalog);
  transaction.emit(CentreCreated{.centre = centre.id});
}

void store_centre(Transaction& transaction, Centre& centre) {
  ++centre.version;
  storage::update(transaction, "centres", centre);
  store_keys(transaction, centre);
  transaction.concern(centre.id);
  transaction.touch(storage::Topic::catalog);
}

void archive(Transaction& transaction, Centre& centre) {
  storage::ask_vetoes(transaction, "catalog.archive_centre", centre.id.value);
  centre.active = false;
  centre.archived_at = transaction.now();
  store_centre(transaction, centre);
  transaction.emit(CentreArchived{.centre = centre.id});
}

}  // namespace frontdesk::catalog

#include "catalog/centres.hpp"

#include <frontdesk/catalog_rooms.hpp>

#include "catalog/platform.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

// --- create ---

Centre handle(Transaction& transaction, const CreateCentre& request) {
  check_platform_wide(transaction, "catalog.create_centre");
  Centre centre{
      .id = {},
      .version = 0,
      .name = request.name,
      .subtitle = request.subtitle,
      .description = request.description,
      .logo = request.logo,
      .city = request.city,
      .address = request.address,
      .phone = request.phone,
      .email = request.email,
      .web = request.web,
      .manager = request.manager,
      .zone = request.zone,
      .currency = request.currency,
      .opening_hours = request.opening_hours,
      .active = request.active,
      .external_ref = request.external_ref,
  };
  check_centre(transaction, centre);
  check_manager(transaction, centre.manager);
  enter_centre(transaction, centre);
  if (request.profile) {
    apply(transaction, centre, *request.profile);
    storage::update(transaction, "centres", centre);
  }
  return centre;
}

static constexpr Refusal create_refusals[] = {
    {Code::denied, "permission_denied", "the permission is held for some centres only"},
    {Code::invalid, "field_missing", "name or city is nothing but white space"},
    {Code::invalid, "phone_malformed", "the phone is no international number"},
    {Code::invalid, "email_malformed", "the e-mail address is none"},
    {Code::invalid, "web_malformed", "the web page is no http or https address"},
    {Code::not_found, "media_not_found", "the logo is a digest of no file"},
    {Code::invalid, "zone_unknown", "the system knows no such time zone"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
    {Code::invalid, "opening_hours_order", "a closing time is not later than its opening time"},
    {Code::invalid, "opening_hours_overlap", "two opening hours overlap"},
    {Code::conflict, "external_ref_taken", "another centre has the key"},
    {Code::not_found, "account_not_found", "no such manager, or not within reach"},
};

constinit const Operation CreateCentre::operation = storage::define<CreateCentre>({
    .number = 300,
    .name = "catalog.create_centre",
    .kind = OperationKind::write,
    .doc = "Enters a centre.",
    .rule = {.permission = "catalog.create_centre"},
    .refusals = create_refusals,
    .example = R"({"name": "Sunny Studio", "city": "Kyiv", "zone": "Europe/Kyiv",
 "currency": "UAH", "opening_hours": [{"weekday": 1, "opens": 540, "closes": 1260}],
 "profile": "studio"})",
});

// --- update ---

Centre handle(Transaction& transaction, const UpdateCentre& request) {
  Centre centre = changeable_centre(transaction, request.centre, request.version);
  const std::string zone_before = centre.zone;
  const std::string currency_before = centre.currency;
  set_required(request.name, centre.name, "name");
  request.subtitle.apply(centre.subtitle);
  request.description.apply(centre.description);
  request.logo.apply(centre.logo);
  set_required(request.city, centre.city, "city");
  request.address.apply(centre.address);
  request.phone.apply(centre.phone);
  request.email.apply(centre.email);
  request.web.apply(centre.web);
  request.manager.apply(centre.manager);
  set_required(request.zone, centre.zone, "zone");
  set_required(request.currency, centre.currency, "currency");
  request.opening_hours.apply(centre.opening_hours);
  request.active.apply(centre.active);
  request.external_ref.apply(centre.external_ref);
  check_centre(transaction, centre);
  if (request.manager.is_set()) check_manager(transaction, centre.manager);
  if (centre.currency != currency_before) {
    storage::ask_vetoes(transaction, "catalog.change_currency", centre.id.value);
  }
  store_centre(transaction, centre);
  transaction.emit(CentreUpdated{
      .centre = centre.id, .version = centre.version, .zone_changed = centre.zone != zone_before});
  return centre;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "version_outdated", "the centre was changed since that version"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "what must not be empty is emptied"},
    {Code::invalid, "phone_malformed", "the phone is no international number"},
    {Code::invalid, "email_malformed", "the e-mail address is none"},
    {Code::invalid, "web_malformed", "the web page is no http or https address"},
    {Code::not_found, "media_not_found", "the logo is a digest of no file"},
    {Code::invalid, "zone_unknown", "the system knows no such time zone"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
    {Code::invalid, "opening_hours_order", "a closing time is not later than its opening time"},
    {Code::invalid, "opening_hours_overlap", "two opening hours overlap"},
    {Code::conflict, "external_ref_taken", "another centre has the key"},
    {Code::not_found, "account_not_found", "no such manager, or not within reach"},
    {Code::conflict, "currency_in_use", "money in the currency stands in the way"},
    {Code::conflict, "prices_in_currency", "prices in the currency stand in the way"},
    {Code::conflict, "plans_exist", "plans with prices in the currency stand in the way"},
};

constinit const Operation UpdateCentre::operation = storage::define<UpdateCentre>({
    .number = 301,
    .name = "catalog.update_centre",
    .kind = OperationKind::write,
    .doc = "Changes a centre; what is not given stays as it is.",
    .rule = {.permission = "catalog.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = update_refusals,
    .example = R"({"centre": 1, "version": 1, "subtitle": "Pilates and more", "web": null})",
});

// --- archive ---

Centre handle(Transaction& transaction, const ArchiveCentre& request) {
  Centre centre = changeable_centre(transaction, request.centre, request.version);
  archive(transaction, centre);
  return centre;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "version_outdated", "the centre was changed since that version"},
    {Code::conflict, "centre_archived", "the centre is archived already"},
    {Code::conflict, "sessions_to_come", "the centre has sessions to come"},
};

constinit const Operation ArchiveCentre::operation = storage::define<ArchiveCentre>({
    .number = 304,
    .name = "catalog.archive_centre",
    .kind = OperationKind::write,
    .doc = "Archives a centre that nothing depends upon any more.",
    .rule = {.permission = "catalog.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = archive_refusals,
    .example = R"({"centre": 1})",
});

// --- restore ---

Centre handle(Transaction& transaction, const RestoreCentre& request) {
  Centre centre = stored_centre(transaction, request.centre);
  storage::check_version(request.version, centre.version);
  if (!centre.archived_at) throw Error(Code::conflict, "centre_in_use", "centre");
  centre.archived_at.reset();
  store_centre(transaction, centre);
  transaction.emit(
      CentreUpdated{.centre = centre.id, .version = centre.version, .zone_changed = false});
  return centre;
}

static constexpr Refusal restore_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "version_outdated", "the centre was changed since that version"},
    {Code::conflict, "centre_in_use", "the centre is not archived"},
};

constinit const Operation RestoreCentre::operation = storage::define<RestoreCentre>({
    .number = 315,
    .name = "catalog.restore_centre",
    .kind = OperationKind::write,
    .doc = "Takes an archived centre back into use, inactive at first.",
    .rule = {.permission = "catalog.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = restore_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::catalog

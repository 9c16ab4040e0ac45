#include "access/accounts.hpp"
#include "catalog/partners.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {
namespace {

/// An application the caller may decide upon.
Application decidable(Transaction& transaction, ApplicationId id, std::string_view field) {
  auto application = storage::find<Application>(transaction, "applications WHERE id = $1", id);
  if (!application || !transaction.reach().covers(application->centre)) {
    storage::missing("application", field);
  }
  return *application;
}

[[noreturn]] void wrong_state(const Application& application, std::string_view field) {
  for (const EnumValue& value : enum_values(application.status)) {
    if (value.value != static_cast<std::int64_t>(application.status)) continue;
    throw Error(Code::conflict, "application_decided", field,
                {{"status", std::string(value.name)}});
  }
  throw Error(Code::internal, "defect", {}, {{"problem", "an application without a status"}});
}

void decide(Transaction& transaction, Application& application, ApplicationStatus status,
            const std::optional<std::string>& reason) {
  application.status = status;
  application.reason = reason;
  application.decided_at = transaction.now();
  application.decided_by = transaction.principal().account;
  store_application(transaction, application);
  transaction.concern(application.centre);
}

void take_partner_role(Transaction& transaction, const Application& application) {
  if (RoleGrantId grant = role_grant_of(transaction, application.id)) {
    access::take_role(transaction, grant);
    set_role_grant(transaction, application.id, {});
  }
}

void give_partner_role(Transaction& transaction, const Application& application) {
  if (RoleGrantId grant = role_grant_of(transaction, application.id)) {
    access::activate_role_grant(transaction, grant);
    return;
  }
  RoleGrantId grant = access::give_role(
      transaction,
      {.account = application.account, .role = access::partner_role, .centre = application.centre});
  set_role_grant(transaction, application.id, grant);
}

/// A proposed centre is shown to everyone once its first partner was accepted.
void open_proposed_centre(Transaction& transaction, const Application& application) {
  if (!application.proposed || application.decided_at) return;
  Centre centre = stored_centre(transaction, application.centre);
  if (centre.active) return;
  centre.active = true;
  store_centre(transaction, centre);
  transaction.emit(
      CentreUpdated{.centre = centre.id, .version = centre.version, .zone_changed = false});
}

void activate(Transaction& transaction, Application& application, const std::string& field) {
  if (application.status != ApplicationStatus::pending &&
      application.status != ApplicationStatus::inactive) {
    wrong_state(application, field);
  }
  if (stored_centre(transaction, application.centre).archived_at) {
    throw Error(Code::conflict, "centre_archived", field);
  }
  open_proposed_centre(transaction, application);
  give_partner_role(transaction, application);
  decide(transaction, application, ApplicationStatus::active, std::nullopt);
  transaction.emit(PartnerActivated{
      .application = application.id, .account = application.account, .centre = application.centre});
}

/// A proposed centre that nobody else wants goes with the application.
void close_proposed_centre(Transaction& transaction, const Application& application) {
  if (!application.proposed) return;
  Centre centre = stored_centre(transaction, application.centre);
  const bool wanted =
      transaction.exists("SELECT 1 FROM applications WHERE centre = $1 AND status <> $2",
                         application.centre, ApplicationStatus::declined);
  if (!wanted && !centre.active && !centre.archived_at) archive(transaction, centre);
}

}  // namespace

// --- activate ---

DecidedApplications handle(Transaction& transaction, const ActivatePartners& request) {
  DecidedApplications decided;
  for (std::size_t i = 0; i < request.applications.size(); ++i) {
    const std::string field = "applications[" + std::to_string(i) + "]";
    Application application = decidable(transaction, request.applications[i], field);
    activate(transaction, application, field);
    decided.applications.push_back(std::move(application));
  }
  return decided;
}

static constexpr Refusal activate_refusals[] = {
    {Code::not_found, "application_not_found", "one is unknown, or not within reach"},
    {Code::conflict, "application_decided", "one is active or declined already"},
    {Code::conflict, "centre_archived", "the centre of one is archived"},
    {Code::conflict, "role_held", "an applicant is a partner of the centre already"},
};

constinit const Operation ActivatePartners::operation = storage::define<ActivatePartners>({
    .number = 312,
    .name = "catalog.activate_partners",
    .kind = OperationKind::write,
    .doc = "Makes applicants partners of their centres, all or none.",
    .rule = {.permission = "catalog.activate_partners"},
    .refusals = activate_refusals,
    .example = R"({"applications": [1, 2]})",
});

// --- decline ---

Application handle(Transaction& transaction, const DeclinePartner& request) {
  Application application = decidable(transaction, request.application, "application");
  if (application.status != ApplicationStatus::pending) wrong_state(application, "application");
  const std::string reason = required_text(request.reason, "reason");
  take_partner_role(transaction, application);
  decide(transaction, application, ApplicationStatus::declined, reason);
  close_proposed_centre(transaction, application);
  transaction.emit(PartnerDeclined{
      .application = application.id, .account = application.account, .centre = application.centre});
  return application;
}

static constexpr Refusal decline_refusals[] = {
    {Code::not_found, "application_not_found", "no such application, or not within reach"},
    {Code::conflict, "application_decided", "it was decided upon already"},
    {Code::invalid, "field_missing", "the reason is nothing but white space"},
};

constinit const Operation DeclinePartner::operation = storage::define<DeclinePartner>({
    .number = 313,
    .name = "catalog.decline_partner",
    .kind = OperationKind::write,
    .doc = "Declines a pending application.",
    .rule = {.permission = "catalog.activate_partners"},
    .refusals = decline_refusals,
    .example = R"({"application": 1, "reason": "The address could not be found."})",
});

// --- deactivate ---

Application handle(Transaction& transaction, const DeactivatePartner& request) {
  Application application = decidable(transaction, request.application, "application");
  if (application.status != ApplicationStatus::active) wrong_state(application, "application");
  take_partner_role(transaction, application);
  decide(transaction, application, ApplicationStatus::inactive, optional_text(request.reason));
  transaction.emit(PartnerDeactivated{
      .application = application.id, .account = application.account, .centre = application.centre});
  return application;
}

static constexpr Refusal deactivate_refusals[] = {
    {Code::not_found, "application_not_found", "no such application, or not within reach"},
    {Code::conflict, "application_decided", "the applicant is no active partner"},
};

constinit const Operation DeactivatePartner::operation = storage::define<DeactivatePartner>({
    .number = 314,
    .name = "catalog.deactivate_partner",
    .kind = OperationKind::write,
    .doc = "Takes a partner's access to the centre away, at once.",
    .rule = {.permission = "catalog.activate_partners"},
    .refusals = deactivate_refusals,
    .example = R"({"application": 1, "reason": "The contract ended."})",
});

}  // namespace frontdesk::catalog

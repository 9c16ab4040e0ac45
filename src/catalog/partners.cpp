#include "catalog/partners.hpp"

#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "catalog/facts.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

constinit const storage::Setting applications_pending_max{
    "catalog.applications_pending_max", "Applications of one account that may wait at a time.", 5,
    1, 1000};

RoleGrantId role_grant_of(Transaction& transaction, ApplicationId application) {
  return RoleGrantId{
      transaction.one_number("SELECT role_grant FROM applications WHERE id = $1", application)
          .value_or(0)};
}

void set_role_grant(Transaction& transaction, ApplicationId application, RoleGrantId grant) {
  transaction.execute("UPDATE applications SET role_grant = $2 WHERE id = $1", application, grant);
}

void store_application(Transaction& transaction, Application& application) {
  ++application.version;
  storage::update(transaction, "applications", application);
}

// --- apply ---

namespace {

bool is_customer(Transaction& transaction, AccountId account) {
  return transaction.exists(
      "SELECT 1 FROM role_grants WHERE account = $1 AND role = $2 AND active = 1"
      " AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)",
      account, access::customer_role, transaction.now());
}

/// Who applied already need not again, unless they were declined.
void check_first_application(Transaction& transaction, AccountId account, CentreId centre) {
  auto earlier = transaction.one_number(
      "SELECT id FROM applications WHERE account = $1 AND centre = $2 AND status <> $3", account,
      centre, ApplicationStatus::declined);
  if (earlier) {
    throw Error(Code::conflict, "already_applied", "centre", {{"application", *earlier}});
  }
}

void check_pending(Transaction& transaction, AccountId account) {
  const std::int64_t most = storage::number(transaction, applications_pending_max);
  auto pending =
      transaction.one_number("SELECT count(*) FROM applications WHERE account = $1 AND status = $2",
                             account, ApplicationStatus::pending);
  if (pending.value_or(0) >= most) {
    throw Error(Code::conflict, "too_many_applications", {}, {{"most", most}});
  }
}

CentreId chosen_centre(Transaction& transaction, CentreId id) {
  if (!is_public(transaction, id)) storage::missing("centre", "centre");
  return id;
}

CentreId proposed_centre(Transaction& transaction, const ProposedCentre& proposed,
                         AccountId applicant) {
  Centre centre{
      .id = {},
      .version = 0,
      .name = proposed.name,
      .subtitle = proposed.subtitle,
      .description = proposed.description,
      .logo = {},
      .city = proposed.city,
      .address = proposed.address,
      .phone = proposed.phone,
      .email = proposed.email,
      .web = proposed.web,
      .manager = applicant,
      .zone = proposed.zone,
      .currency = proposed.currency,
      .active = false,
  };
  try {
    check_centre(transaction, centre);
  } catch (const Error& error) {
    throw error.below("proposed");
  }
  enter_centre(transaction, centre);
  return centre.id;
}

}  // namespace

Application handle(Transaction& transaction, const ApplyAsPartner& request) {
  if (static_cast<bool>(request.centre) == request.proposed.has_value()) {
    throw Error(Code::invalid, "centre_or_proposal", "centre");
  }
  const AccountId account = access::own_account(transaction);
  if (!is_customer(transaction, account)) throw Error(Code::denied, "customers_only");
  if (request.centre) {
    chosen_centre(transaction, request.centre);
    check_first_application(transaction, account, request.centre);
  }
  check_pending(transaction, account);
  const CentreId centre =
      request.centre ? request.centre : proposed_centre(transaction, *request.proposed, account);
  const RoleGrantId grant = access::give_role(
      transaction,
      {.account = account, .role = access::partner_role, .centre = centre, .active = false});
  Application application{
      .id = {},
      .version = 1,
      .account = account,
      .centre = centre,
      .proposed = request.proposed.has_value(),
      .message = optional_text(request.message),
      .status = ApplicationStatus::pending,
      .reason = {},
      .created_at = transaction.now(),
  };
  storage::insert(transaction, "applications", application);
  set_role_grant(transaction, application.id, grant);
  transaction.concern(centre);
  transaction.concern(transaction.principal().client);
  transaction.emit(
      PartnerApplied{.application = application.id, .account = account, .centre = centre});
  return application;
}

static constexpr Refusal apply_refusals[] = {
    {Code::invalid, "centre_or_proposal", "neither a centre nor a proposal is given, or both"},
    {Code::unsupported, "account_needed", "the caller has no account"},
    {Code::denied, "customers_only", "the account is no customer's"},
    {Code::not_found, "centre_not_found", "no such active centre"},
    {Code::conflict, "already_applied", "the account applied for the centre before"},
    {Code::conflict, "too_many_applications", "too many applications of the account wait"},
    {Code::invalid, "field_missing", "the proposed name or city is nothing but white space"},
    {Code::invalid, "phone_malformed", "the proposed phone is no international number"},
    {Code::invalid, "email_malformed", "the proposed e-mail address is none"},
    {Code::invalid, "web_malformed", "the proposed web page is no http or https address"},
    {Code::invalid, "zone_unknown", "the system knows no such time zone"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
    {Code::conflict, "role_held", "the account is a partner of the centre already"},
};

constinit const Operation ApplyAsPartner::operation = storage::define<ApplyAsPartner>({
    .number = 310,
    .name = "catalog.apply_as_partner",
    .kind = OperationKind::write,
    .doc = "Applies to manage a centre, one that is there or a proposed one.",
    .rule = {.audience = Audience::signed_in},
    .refusals = apply_refusals,
    .example = R"({"proposed": {"name": "Little Stars", "city": "Lviv", "zone": "Europe/Kyiv",
 "currency": "UAH"}, "message": "We teach dance to children from 4 to 12."})",
});

// --- list ---

Page<Application> handle(Transaction& transaction, const Applications& request) {
  storage::Reach reach = access::reach_of(transaction, "catalog.activate_partners");
  reach.own = true;
  storage::List list("applications");
  access::narrow_to_reach(list, transaction, reach, {.centre = "centre", .account = "account"});
  if (request.status) list.where("status = $", *request.status);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.account) list.where("account = $", request.account);
  list.order({{"id", true}});
  return list.page<Application>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Applications::operation = storage::define<Applications>({
    .number = 311,
    .name = "catalog.applications",
    .kind = OperationKind::read,
    .doc = "Lists applications: one's own, and all within the reach of catalog.activate_partners.",
    .rule = {.audience = Audience::signed_in},
    .refusals = list_refusals,
    .example = R"({"status": "pending"})",
});

}  // namespace frontdesk::catalog

#include <frontdesk/roles.hpp>

#include "access/accounts.hpp"
#include "catalog/lists.hpp"
#include "catalog/partners.hpp"
#include "describe/json.hpp"

namespace frontdesk::catalog {
namespace {

/// What a person's export tells of partner onboarding.
struct ExportedApplications {
  std::vector<Application> applications{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ExportedApplications::applications>("Applications of the person."),
    };
    return table;
  }
};

void react_to_revoked_role(Transaction& transaction, const void* event) {
  const auto& revoked = *static_cast<const access::RoleRevoked*>(event);
  transaction.execute(
      "UPDATE applications SET version = version + 1, role_grant = NULL,"
      " status = CASE status WHEN $2 THEN $3 ELSE status END WHERE role_grant = $1",
      revoked.grant, ApplicationStatus::active, ApplicationStatus::inactive);
}

std::string export_person(Transaction& transaction, ClientId client) {
  ExportedApplications exported;
  if (AccountId account = access::account_of(transaction, client)) {
    exported.applications = storage::all<Application>(
        transaction, "applications WHERE account = $1 ORDER BY id", account);
  }
  return describe::encode(exported);
}

void erase_person(Transaction& transaction, ClientId client) {
  const AccountId account = access::account_of(transaction, client);
  if (!account) return;
  transaction.execute(
      "UPDATE applications SET version = version + 1, message = NULL, reason = NULL"
      " WHERE account = $1",
      account);
}

}  // namespace

constinit const storage::Reaction lists::role_revoked{"access.role_revoked", react_to_revoked_role};
constinit const storage::ExportPart lists::export_applications{"partner_applications",
                                                               export_person};
constinit const storage::ErasePart lists::erase_applications{"partner_applications", erase_person};

}  // namespace frontdesk::catalog

#include "access/permissions.hpp"

#include <algorithm>
#include <iterator>

namespace frontdesk::access {
namespace {

constexpr unsigned char none = 0;
constexpr auto own = static_cast<unsigned char>(Scope::own);
constexpr auto assigned = static_cast<unsigned char>(Scope::assigned);
constexpr auto centre = static_cast<unsigned char>(Scope::centre);
constexpr auto any = static_cast<unsigned char>(Scope::any);

// Sorted by name, so that it can be searched. Admin holds everything.
// The columns are Admin, Moderator, Salesman, Customer, Partner, Trainer.
// clang-format off
constexpr PermissionEntry list[] = {
    {"access.edit_accounts", "Change name, language and login of accounts.",
     {any,      own,      own,      own,      centre,   own}},
    {"access.grant_roles", "Give and take roles, up to what one holds oneself.",
     {any,      none,     none,     none,     centre,   none}},
    {"access.manage_accounts", "Create, invite, suspend, reinstate accounts; end their sessions.",
     {any,      none,     none,     none,     centre,   none}},
    {"access.manage_api_keys", "Make and take back API keys.",
     {any,      none,     none,     none,     centre,   none}},
    {"access.manage_roles", "Create and change roles.",
     {any,      none,     none,     none,     none,     none}},
    {"access.view_accounts", "See accounts and the roles they hold.",
     {any,      centre,   own,      own,      centre,   own}},
    {"audit.view", "Read the audit log.",
     {any,      none,     none,     none,     none,     none}},
    {"bookings.book", "Book, move and cancel; join waiting lists.",
     {any,      centre,   centre,   own,      centre,   assigned}},
    {"bookings.check_in", "Check visitors in, take the roll, sell at the door.",
     {any,      centre,   centre,   none,     centre,   assigned}},
    {"bookings.correct", "Correct attendance late, reset strikes, waive fees and policies.",
     {any,      centre,   none,     none,     centre,   none}},
    {"bookings.policies", "Set cancellation policies, gates and courses.",
     {any,      centre,   none,     none,     centre,   none}},
    {"bookings.reserve", "Reserve for the house and guests of honour, without payment.",
     {any,      centre,   none,     none,     centre,   none}},
    {"bookings.view", "See bookings and tickets.",
     {any,      centre,   centre,   own,      centre,   assigned}},
    {"catalog.activate_partners", "Decide on applications of partners.",
     {any,      none,     none,     none,     none,     none}},
    {"catalog.create_centre", "Create centres.",
     {any,      none,     none,     none,     none,     none}},
    {"catalog.manage", "Change a centre and its sections.",
     {any,      none,     none,     none,     centre,   none}},
    {"events.view", "Read all events, also those of the platform.",
     {any,      none,     none,     none,     none,     none}},
    {"money.adjust", "Correct the ledger, set credit limits, write off.",
     {any,      none,     none,     none,     none,     none}},
    {"money.invoice", "Issue invoices, credit notes and fiscal receipts.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"money.refund", "Give money back.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"money.sell", "Make orders for clients and take payments.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"money.settle", "Settle with partners.",
     {any,      none,     none,     none,     none,     none}},
    {"money.shift", "Open, count and close a cash shift.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"money.view", "See orders, payments and balances.",
     {any,      centre,   centre,   own,      centre,   none}},
    {"money.view_books", "See the ledger, shifts and settlements of a centre.",
     {any,      centre,   none,     none,     centre,   none}},
    {"notices.deliver", "Claim messages of the outbox and tell how their delivery went.",
     {any,      none,     none,     none,     none,     none}},
    {"notices.edit_templates", "Change the texts of notices.",
     {any,      none,     none,     none,     none,     none}},
    {"notices.view", "See what was sent to whom.",
     {any,      centre,   none,     own,      none,     none}},
    {"people.assign", "Assign clients to staff.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"people.bar", "Keep clients from booking.",
     {any,      centre,   none,     none,     centre,   none}},
    {"people.consent", "Record consents and waivers.",
     {any,      centre,   centre,   own,      centre,   none}},
    {"people.create", "Enter clients.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"people.edit", "Change what is known of clients.",
     {any,      centre,   centre,   own,      centre,   none}},
    {"people.erase", "Erase a person.",
     {any,      none,     none,     own,      none,     none}},
    {"people.export", "Export all data of a person.",
     {any,      centre,   none,     own,      none,     none}},
    {"people.import", "Import clients from files.",
     {any,      none,     none,     none,     centre,   none}},
    {"people.manage_family", "Add and change dependants and guardians.",
     {any,      centre,   centre,   own,      centre,   none}},
    {"people.merge", "Merge duplicates.",
     {any,      centre,   none,     none,     none,     none}},
    {"people.note", "Read and write notes and tags of staff.",
     {any,      centre,   centre,   none,     centre,   assigned}},
    {"people.view", "See clients.",
     {any,      centre,   centre,   own,      centre,   assigned}},
    {"plans.adjust", "Cancel, lengthen, reassign subscriptions; adjust visits; carry over.",
     {any,      centre,   none,     none,     centre,   none}},
    {"plans.manage", "Enter and change plans.",
     {any,      centre,   none,     none,     centre,   none}},
    {"plans.sell", "Buy, freeze, renew and change subscriptions.",
     {any,      centre,   centre,   own,      centre,   none}},
    {"plans.view", "See subscriptions and their visits.",
     {any,      centre,   centre,   own,      centre,   assigned}},
    {"pricing.coupons", "Make coupons and promotions, and see how they are used.",
     {any,      centre,   none,     none,     centre,   none}},
    {"pricing.manage", "Set prices, price rules, fees and taxes.",
     {any,      centre,   none,     none,     centre,   none}},
    {"pricing.points", "Correct points, gift cards and the tiers of clients.",
     {any,      centre,   none,     none,     centre,   none}},
    {"pricing.tiers", "Set the tiers that clients reach.",
     {any,      none,     none,     none,     none,     none}},
    {"schedule.absences", "Report absences and see who is away.",
     {any,      centre,   none,     none,     centre,   own}},
    {"schedule.enrol", "Let clients join and leave groups.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"schedule.manage", "Plan, move and cancel series and sessions; close centres and rooms.",
     {any,      centre,   none,     none,     centre,   assigned}},
    {"schedule.override", "Plan in spite of clashes.",
     {any,      centre,   none,     none,     centre,   none}},
    {"schedule.view", "See sessions that are not open to everyone, and groups.",
     {any,      centre,   centre,   own,      centre,   assigned}},
    {"seating.block", "Block places and reserve them for a channel.",
     {any,      centre,   centre,   none,     centre,   none}},
    {"seating.manage", "Draw seat maps and give them to rooms and sessions.",
     {any,      centre,   none,     none,     centre,   none}},
    {"upkeep.run", "Run the tick and the integrity check.",
     {any,      none,     none,     none,     none,     none}},
    {"upkeep.settings", "Change settings.",
     {any,      none,     none,     none,     centre,   none}},
};
// clang-format on

constexpr bool by_name(const PermissionEntry& a, const PermissionEntry& b) {
  return a.name < b.name;
}
static_assert(std::is_sorted(std::begin(list), std::end(list), by_name));
static_assert(std::all_of(std::begin(list), std::end(list),
                          [](const PermissionEntry& entry) { return entry.scopes[0] == any; }));

}  // namespace

std::span<const PermissionEntry> permission_list() { return list; }

PermissionIndex permission_index(std::string_view name) {
  const PermissionEntry* found = std::lower_bound(
      std::begin(list), std::end(list), name,
      [](const PermissionEntry& entry, std::string_view wanted) { return entry.name < wanted; });
  if (found == std::end(list) || found->name != name) return no_permission;
  return static_cast<PermissionIndex>(found - std::begin(list));
}

std::string_view permission_name(PermissionIndex permission) {
  const auto index = static_cast<std::size_t>(permission);
  return index < std::size(list) ? list[index].name : std::string_view{};
}

std::vector<ScopedPermission> ready_permissions(RoleId role) {
  std::vector<ScopedPermission> held;
  if (role.value < 1 || role.value > static_cast<std::int64_t>(ready_role_count)) return held;
  const auto column = static_cast<std::size_t>(role.value - 1);
  for (const PermissionEntry& entry : list) {
    if (entry.scopes[column] == none) continue;
    held.push_back({std::string(entry.name), static_cast<Scope>(entry.scopes[column])});
  }
  return held;
}

}  // namespace frontdesk::access

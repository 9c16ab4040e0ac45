#include "access/relations.hpp"
#include "storage/id_list.hpp"

namespace frontdesk::access {
namespace {

using storage::Transaction;

template <class IdType, class... Arguments>
std::vector<IdType> ids(Transaction& transaction, std::string_view sql,
                        const Arguments&... arguments) {
  storage::Cursor rows = transaction.query(sql, arguments...);
  std::vector<IdType> found;
  while (rows.next()) found.push_back(IdType{rows.integer(0)});
  return found;
}

/// Conditions of which one must hold, each `$` standing for the next argument.
class Alternatives {
 public:
  void add(std::string_view condition, std::initializer_list<storage::Value> arguments) {
    if (!text_.empty()) text_ += " OR ";
    text_ += condition;
    arguments_.insert(arguments_.end(), arguments);
  }
  void narrow(storage::List& list) const { narrow_by<arguments_max>(list); }

 private:
  static constexpr std::size_t arguments_max = 6;

  /// List::where takes its arguments one by one: finds the count that there are.
  template <std::size_t Count>
  void narrow_by(storage::List& list) const {
    if (arguments_.size() == Count) return where(list, std::make_index_sequence<Count>{});
    if constexpr (Count > 0) narrow_by<Count - 1>(list);
  }
  template <std::size_t... Index>
  void where(storage::List& list, std::index_sequence<Index...>) const {
    list.where(text_.empty() ? "0" : text_, arguments_[Index]...);
  }

  std::string text_{};
  std::vector<storage::Value> arguments_{};
};

std::string column_in(std::string_view column, std::string_view choice) {
  return std::string(column) + " IN (" + std::string(choice) + ")";
}

constexpr std::string_view listed = "SELECT value FROM json_each($)";

}  // namespace

// --- guardians ---

bool add_guardian(Transaction& transaction, ClientId guardian, ClientId dependant) {
  return transaction.execute(
             "INSERT INTO guardians (guardian, dependant) VALUES ($1, $2) ON CONFLICT DO NOTHING",
             guardian, dependant) > 0;
}

bool remove_guardian(Transaction& transaction, ClientId guardian, ClientId dependant) {
  return transaction.execute("DELETE FROM guardians WHERE guardian = $1 AND dependant = $2",
                             guardian, dependant) > 0;
}

bool guards(Transaction& transaction, ClientId guardian, ClientId dependant) {
  return transaction.exists("SELECT 1 FROM guardians WHERE guardian = $1 AND dependant = $2",
                            guardian, dependant);
}

std::vector<ClientId> guardians_of(Transaction& transaction, ClientId dependant) {
  return ids<ClientId>(transaction,
                       "SELECT guardian FROM guardians WHERE dependant = $1 ORDER BY guardian",
                       dependant);
}

std::vector<ClientId> dependants_of(Transaction& transaction, ClientId guardian) {
  return ids<ClientId>(transaction,
                       "SELECT dependant FROM guardians WHERE guardian = $1 ORDER BY dependant",
                       guardian);
}

std::vector<ClientId> family(Transaction& transaction, ClientId client) {
  std::vector<ClientId> members = dependants_of(transaction, client);
  members.insert(members.begin(), client);
  return members;
}

// --- centres ---

bool add_client_centre(Transaction& transaction, ClientId client, CentreId centre) {
  return transaction.execute(
             "INSERT INTO client_centres (client, centre) VALUES ($1, $2) ON CONFLICT DO NOTHING",
             client, centre) > 0;
}

bool remove_client_centre(Transaction& transaction, ClientId client, CentreId centre) {
  return transaction.execute("DELETE FROM client_centres WHERE client = $1 AND centre = $2", client,
                             centre) > 0;
}

bool belongs(Transaction& transaction, ClientId client, CentreId centre) {
  return transaction.exists("SELECT 1 FROM client_centres WHERE client = $1 AND centre = $2",
                            client, centre);
}

std::vector<CentreId> centres_of(Transaction& transaction, ClientId client) {
  return ids<CentreId>(
      transaction, "SELECT centre FROM client_centres WHERE client = $1 ORDER BY centre", client);
}

// --- assignments ---

bool add_assignment(Transaction& transaction, AccountId staff, ClientId client) {
  return transaction.execute(
             "INSERT INTO assignments (account, client) VALUES ($1, $2) ON CONFLICT DO NOTHING",
             staff, client) > 0;
}

bool remove_assignment(Transaction& transaction, AccountId staff, ClientId client) {
  return transaction.execute("DELETE FROM assignments WHERE account = $1 AND client = $2", staff,
                             client) > 0;
}

bool assigned(Transaction& transaction, AccountId staff, ClientId client) {
  return transaction.exists("SELECT 1 FROM assignments WHERE account = $1 AND client = $2", staff,
                            client);
}

std::vector<AccountId> staff_of(Transaction& transaction, ClientId client) {
  return ids<AccountId>(
      transaction, "SELECT account FROM assignments WHERE client = $1 ORDER BY account", client);
}

std::vector<ClientId> assigned_clients(Transaction& transaction, AccountId staff) {
  return ids<ClientId>(transaction,
                       "SELECT client FROM assignments WHERE account = $1 ORDER BY client", staff);
}

// --- lists ---

void narrow_to_reach(storage::List& list, Transaction& transaction, const ReachColumns& columns) {
  narrow_to_reach(list, transaction, transaction.reach(), columns);
}

void narrow_to_reach(storage::List& list, Transaction& transaction, const storage::Reach& reach,
                     const ReachColumns& columns) {
  if (reach.any) return;
  const storage::Principal& caller = transaction.principal();
  const std::string centres = storage::id_list(reach.centres);
  Alternatives alternatives;
  if (reach.own && !columns.client.empty() && caller.client) {
    alternatives.add(std::string(columns.client) + " = $", {storage::value(caller.client)});
    alternatives.add(
        column_in(columns.client, "SELECT dependant FROM guardians WHERE guardian = $"),
        {storage::value(caller.client)});
  }
  if (reach.own && !columns.account.empty() && caller.account) {
    alternatives.add(std::string(columns.account) + " = $", {storage::value(caller.account)});
  }
  if (reach.assigned && !columns.client.empty() && caller.account) {
    alternatives.add(column_in(columns.client, "SELECT client FROM assignments WHERE account = $"),
                     {storage::value(caller.account)});
  }
  if (!reach.centres.empty() && !columns.centre.empty()) {
    alternatives.add(column_in(columns.centre, listed), {storage::value(centres)});
  } else if (!reach.centres.empty() && !columns.client.empty()) {
    alternatives.add(
        column_in(columns.client, "SELECT client FROM client_centres WHERE centre IN (" +
                                      std::string(listed) + ")"),
        {storage::value(centres)});
  } else if (!reach.centres.empty() && !columns.account.empty()) {
    alternatives.add(column_in(columns.account, "SELECT id FROM accounts WHERE centre IN (" +
                                                    std::string(listed) + ")"),
                     {storage::value(centres)});
    alternatives.add(
        column_in(columns.account,
                  "SELECT account FROM role_grants WHERE revoked_at IS NULL AND centre IN (" +
                      std::string(listed) + ")"),
        {storage::value(centres)});
  }
  alternatives.narrow(list);
}

}  // namespace frontdesk::access

#include "storage/attempt.hpp"

#include "storage/desk_state.hpp"

namespace frontdesk::storage {
namespace {

bool is_refusal(Code code) {
  return code == Code::invalid || code == Code::denied || code == Code::not_found ||
         code == Code::conflict || code == Code::sold_out || code == Code::expired;
}

}  // namespace

std::optional<Error> attempt(Transaction& transaction, const std::function<void()>& act) {
  TransactionAccess access(transaction);
  const TransactionAccess::Mark mark = access.mark();
  transaction.execute("SAVEPOINT attempt");
  try {
    act();
  } catch (const Error& error) {
    if (!is_refusal(error.code()) || !transaction.connection().in_transaction()) throw;
    transaction.execute("ROLLBACK TO attempt");
    transaction.execute("RELEASE attempt");
    access.back_to(mark);
    return error;
  }
  transaction.execute("RELEASE attempt");
  return std::nullopt;
}

}  // namespace frontdesk::storage

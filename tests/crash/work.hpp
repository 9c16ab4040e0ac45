/// What the victim of a crash test does: operations of several kinds, each made from its order
/// alone, so that whoever looks after the crash can say it again.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <string>

namespace frontdesk::testing::crash {

enum class Work : std::int32_t {
  create,    ///< a client
  family,    ///< a batch: a guardian, two dependants, a change of the guardian
  update,    ///< of the client in `Order::subject`
  import,    ///< a job of many rows
  enrol,     ///< a registration: client, account, roles, outbox
  trespass,  ///< a call that is denied, which is to be logged
  book,      ///< two places of the file's class, paid by card
};
inline constexpr int work_kinds = 7;

struct Order {
  Work work = Work::create;
  std::int32_t round = 0;
  std::int32_t thread = 0;
  std::int32_t number = 0;
  std::int64_t subject = 0;
};

inline constexpr std::int64_t import_rows = 150;
inline constexpr std::int64_t booked_places = 2;
inline constexpr std::int64_t booked_price = 15'000;  ///< of a place, in minor units

/// Puts on a class that `Work::book` books: the first session of the file, without limit.
void put_on_class(const Desk& desk);

/// The idempotency key and the mark in the audit log; no two orders of a run share it.
std::string key_of(const Order& order);
std::string email_of(const Order& order);

/// Carries the order out. The number of the client made or changed; of an import, the rows added;
/// of a booking, its own. Throws Error, but not for a denial that was asked for.
std::int64_t carry_out(const Desk& desk, const Order& order);

/// What it leaves besides rows, once it is done: rows of the audit log, and the topic of which one
/// event is told of the client made or changed (empty: none).
std::size_t audit_rows(Work work);
std::string_view topic_told(Work work);

}  // namespace frontdesk::testing::crash

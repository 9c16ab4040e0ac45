/// Results of writes that carried a key, kept for 24 hours (SPEC E4). A result may hold personal
/// and secret fields, so it is sealed with a key that derives from the caller's own: the file alone
/// cannot open it.
#pragma once

#include "engine/unit.hpp"

namespace frontdesk::engine {

inline constexpr std::size_t idempotency_key_bytes_max = 200;

/// Digest of what was asked, the same for the same operations and requests.
std::string request_digest(storage::Transaction& transaction, const std::vector<Step>& steps);
/// What the key is stored as: two callers may use the same one.
std::string key_digest(storage::Transaction& transaction, std::string_view key);

std::string seal_result(storage::Transaction& transaction, std::string_view key,
                        std::string_view plain);
std::string open_result(storage::Transaction& transaction, std::string_view key,
                        std::string_view sealed);

/// A call that carries a key: the key itself, what it is stored as, and the digest of the request.
struct KeyedCall {
  std::string_view key{};
  std::string stored{};
  std::string request{};
};
KeyedCall keyed_call(storage::Transaction& transaction, std::string_view key,
                     const std::vector<Step>& steps);

/// The first results again if this key was used before by this caller: true, and the results are
/// filled. Throws Error{conflict, "idempotency_key_reused"} for another request.
bool replay(storage::Transaction& transaction, const KeyedCall& call, std::vector<Step>& steps);
/// Keeps the results. `concerned`: all whom they may tell of, in any order.
void remember(storage::Transaction& transaction, const KeyedCall& call,
              const std::vector<Step>& steps, const std::vector<ClientId>& concerned);

/// A key is one for writes and jobs; each kind asks whether the other has used it.
bool is_write_remembered(storage::Transaction& transaction, std::string_view stored_key);
bool is_job_remembered(storage::Transaction& transaction, std::string_view stored_key);
/// The job of this key, if it ended more than 24 hours ago: the key is free again.
void forget_finished_job(storage::Transaction& transaction, std::string_view stored_key);

/// Takes away the kept results of what concerned a person, whoever else they tell of (SPEC P9).
void forget_person(storage::Transaction& transaction, ClientId client);

/// Deletes what is older than 24 hours, and jobs that nobody went on with for 30 days.
bool purge_idempotency(storage::Transaction& transaction, std::int64_t& done);

}  // namespace frontdesk::engine

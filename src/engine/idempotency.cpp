#include "engine/idempotency.hpp"

#include "describe/json_value.hpp"
#include "storage/id_list.hpp"

#include <algorithm>

namespace frontdesk::engine {
namespace {

constexpr std::chrono::hours kept_for{24};
constexpr std::chrono::hours unfinished_kept_for{30 * 24};
constexpr std::int64_t purge_batch = 500;

std::string result_key(storage::Transaction& transaction, std::string_view key) {
  return std::string(crypto::view(crypto::digest(transaction.key("idempotency result"), {key})));
}

}  // namespace

std::string request_digest(storage::Transaction& transaction, const std::vector<Step>& steps) {
  std::string all;
  for (const Step& step : steps) {
    all += step.operation->name;
    all += ' ';
    all += step.source.empty() ? describe::encode(step.operation->request(), step.request)
                               : step.source;
    all += '\n';
  }
  return std::string(crypto::view(crypto::digest(transaction.key("idempotency request"), {all})));
}

std::string key_digest(storage::Transaction& transaction, std::string_view key) {
  const storage::Principal& principal = transaction.principal();
  const std::string caller = std::to_string(static_cast<int>(principal.kind)) + ' ' +
                             std::to_string(principal.number()) + ' ';
  return std::string(crypto::view(crypto::digest(transaction.key("idempotency key"), {caller, key}))
                         .substr(0, 16));
}

std::string seal_result(storage::Transaction& transaction, std::string_view key,
                        std::string_view plain) {
  return crypto::seal(result_key(transaction, key), plain, transaction.random());
}

std::string open_result(storage::Transaction& transaction, std::string_view key,
                        std::string_view sealed) {
  auto plain = crypto::open(result_key(transaction, key), sealed);
  if (!plain) throw Error(Code::storage, "file_damaged");
  return *plain;
}

bool is_write_remembered(storage::Transaction& transaction, std::string_view stored_key) {
  return transaction.exists("SELECT 1 FROM idempotency WHERE key = $1 AND at > $2",
                            storage::Blob{stored_key}, transaction.now() - kept_for);
}

void forget_finished_job(storage::Transaction& transaction, std::string_view stored_key) {
  const storage::Principal& principal = transaction.principal();
  transaction.execute(
      "DELETE FROM jobs WHERE principal_kind = $1 AND principal = $2 AND key = $3"
      " AND is_finished = 1 AND updated_at <= $4",
      principal.kind, principal.number(), storage::Blob{stored_key}, transaction.now() - kept_for);
}

bool is_job_remembered(storage::Transaction& transaction, std::string_view stored_key) {
  const storage::Principal& principal = transaction.principal();
  return transaction.exists(
      "SELECT 1 FROM jobs WHERE principal_kind = $1 AND principal = $2 AND key = $3"
      " AND (is_finished = 0 OR updated_at > $4)",
      principal.kind, principal.number(), storage::Blob{stored_key}, transaction.now() - kept_for);
}

KeyedCall keyed_call(storage::Transaction& transaction, std::string_view key,
                     const std::vector<Step>& steps) {
  KeyedCall call{key, {}, request_digest(transaction, steps)};
  // All who are nobody in particular are one caller: a conflict would tell one of another.
  const bool is_shared = transaction.principal().kind == storage::PrincipalKind::anonymous;
  call.stored = key_digest(transaction, is_shared ? std::string(key) + call.request : key);
  return call;
}

bool replay(storage::Transaction& transaction, const KeyedCall& call, std::vector<Step>& steps) {
  std::string sealed;
  {
    storage::Cursor row =
        transaction.query("SELECT request, result FROM idempotency WHERE key = $1 AND at > $2",
                          storage::Blob{call.stored}, transaction.now() - kept_for);
    if (!row.next()) {
      if (!is_job_remembered(transaction, call.stored)) return false;
      throw Error(Code::conflict, "idempotency_key_reused");
    }
    if (row.text(0) != call.request) {
      throw Error(Code::conflict, "idempotency_key_reused");
    }
    sealed = row.text(1);
  }
  boost::json::value results = describe::parse(open_result(transaction, call.key, sealed));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    describe::decode_stored(steps[i].operation->result(), boost::json::serialize(results.at(i)),
                            steps[i].result);
  }
  return true;
}

void remember(storage::Transaction& transaction, const KeyedCall& call,
              const std::vector<Step>& steps, const std::vector<ClientId>& concerned) {
  std::string results = "[";
  for (const Step& step : steps) {
    if (results.size() > 1) results += ',';
    results += describe::encode(step.operation->result(), step.result);
  }
  results += ']';
  const ClientId first = concerned.empty() ? ClientId{} : concerned.front();
  const auto record = transaction.insert<std::int64_t>(
      "INSERT OR REPLACE INTO idempotency (key, request, result, at, client)"
      " VALUES ($1, $2, $3, $4, $5)",
      storage::Blob{call.stored}, storage::Blob{call.request},
      storage::Blob{seal_result(transaction, call.key, results)}, transaction.now(), first);
  const bool is_of_one = std::all_of(concerned.begin(), concerned.end(),
                                     [&](ClientId client) { return client == first; });
  if (is_of_one) return;
  transaction.execute(
      "INSERT INTO idempotency_clients (record, client)"
      " SELECT DISTINCT $1, value FROM json_each($2)",
      record, storage::id_list(concerned));
}

void forget_person(storage::Transaction& transaction, ClientId client) {
  transaction.execute(
      "DELETE FROM idempotency WHERE client = $1"
      " OR id IN (SELECT record FROM idempotency_clients WHERE client = $1)",
      client);
}

namespace {

std::int64_t purge_jobs(storage::Transaction& transaction, bool is_finished, Instant until) {
  return transaction.execute(
      "DELETE FROM jobs WHERE id IN"
      " (SELECT id FROM jobs WHERE is_finished = $1 AND updated_at <= $2 LIMIT $3)",
      is_finished, until, purge_batch);
}

}  // namespace

bool purge_idempotency(storage::Transaction& transaction, std::int64_t& done) {
  std::int64_t deleted = transaction.execute(
      "DELETE FROM idempotency WHERE at <= $1 AND id IN"
      " (SELECT id FROM idempotency ORDER BY id LIMIT $2)",
      transaction.now() - kept_for, purge_batch);
  deleted += purge_jobs(transaction, true, transaction.now() - kept_for);
  deleted += purge_jobs(transaction, false, transaction.now() - unfinished_kept_for);
  done += deleted;
  return deleted < purge_batch;
}

}  // namespace frontdesk::engine

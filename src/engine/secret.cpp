#include "engine/secret.hpp"

#include "storage/audit.hpp"

namespace frontdesk::engine {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr char plain_mark = 'P';
constexpr char wrapped_mark = 'K';

std::string wrapping_key(const HostKey& key) {
  return std::string(crypto::view(crypto::digest({}, {"frontdesk host key", key.secret})));
}

std::string wrap(std::string_view secret, const std::vector<HostKey>& keys,
                 const crypto::Random& random) {
  if (keys.empty()) return plain_mark + std::string(secret);
  const HostKey& key = keys.front();
  return wrapped_mark + std::string(1, static_cast<char>(key.id.size())) + key.id +
         crypto::seal(wrapping_key(key), secret, random);
}

struct Opened {
  std::string secret;
  bool is_wrapped_as_wanted = false;
};

Opened unwrap(std::string_view stored, const std::vector<HostKey>& keys) {
  if (!stored.empty() && stored.front() == plain_mark) {
    return {std::string(stored.substr(1)), keys.empty()};
  }
  if (stored.size() < 2 || stored.front() != wrapped_mark)
    throw Error(Code::storage, "file_damaged");
  std::size_t length = static_cast<unsigned char>(stored[1]);
  if (stored.size() < 2 + length) throw Error(Code::storage, "file_damaged");
  std::string id(stored.substr(2, length));
  if (keys.empty()) throw Error(Code::denied, "host_key_required", {}, {{"key", id}});
  for (const HostKey& key : keys) {
    if (key.id != id) continue;
    if (auto secret = crypto::open(wrapping_key(key), stored.substr(2 + length))) {
      return {*secret, &key == &keys.front()};
    }
  }
  throw Error(Code::denied, "host_key_wrong", {}, {{"key", id}});
}

std::string stored_secret(storage::Connection& connection) {
  storage::Cursor row = connection.query("SELECT value FROM meta WHERE name = 'secret'");
  return row.next() ? std::string(row.text(0)) : std::string();
}

void begin_audit(storage::File& file, storage::DeskState& state) {
  storage::TopicVersions topics;
  storage::Transaction transaction(file.writer(), state, topics);
  storage::keep_audit_head(transaction, {});
}

}  // namespace

void open_secret(storage::File& file, const std::vector<HostKey>& keys, storage::DeskState& state,
                 storage::Deadline deadline) {
  {
    storage::ReaderLease reader = file.read(deadline);
    std::string stored = stored_secret(reader.connection());
    if (!stored.empty()) {
      Opened opened = unwrap(stored, keys);
      state.secret = opened.secret;
      if (opened.is_wrapped_as_wanted || file.read_only()) return;
    }
  }
  file.begin_write(deadline);
  try {
    std::string stored = stored_secret(file.writer());  // another process may have been first
    state.secret = stored.empty() ? crypto::random_bytes(state.random, secret_bytes)
                                  : unwrap(stored, keys).secret;
    file.writer().execute(
        "INSERT INTO meta (name, value) VALUES ('secret', $1)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        storage::Blob{wrap(state.secret, keys, state.random)});
    if (stored.empty()) begin_audit(file, state);
    file.commit();
  } catch (...) {
    file.rollback();
    throw;
  }
}

}  // namespace frontdesk::engine

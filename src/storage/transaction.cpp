#include "storage/transaction.hpp"

#include "storage/desk_state.hpp"

namespace frontdesk::storage {

std::string_view name(PrincipalKind kind) {
  switch (kind) {
    case PrincipalKind::host:
      return "host";
    case PrincipalKind::account:
      return "account";
    case PrincipalKind::api_key:
      return "api_key";
    case PrincipalKind::anonymous:
      break;
  }
  return "anonymous";
}

const crypto::Random& Transaction::random() const { return desk_.random; }

const Hooks& Transaction::hooks() const { return desk_.hooks; }

const std::string& Transaction::file_path() const { return desk_.path; }

std::string Transaction::key(std::string_view purpose) const {
  std::lock_guard guard(desk_.mutex);
  auto known = desk_.keys.find(purpose);
  if (known == desk_.keys.end()) {
    std::string derived(crypto::view(crypto::digest(desk_.secret, {purpose})));
    known = desk_.keys.emplace(purpose, std::move(derived)).first;
  }
  return known->second;
}

bool Transaction::step_is_long() const {
  return step_ends_ != std::chrono::steady_clock::time_point{} &&
         std::chrono::steady_clock::now() >= step_ends_;
}

void Transaction::touch(Topic topic) {
  std::size_t index = static_cast<std::size_t>(topic);
  if (touched_[index]) return;
  version_of(topic);  // so that the numbers in memory are those before the change
  auto row = static_cast<std::int64_t>(index) + 1;
  connection_.execute("UPDATE topics SET version = version + 1 WHERE topic IN (0, $1)", row);
  touched_[index] = true;
  topics_.is_uncommitted[index] = true;
  ++topics_.all;
  ++topics_.versions[index];
}

bool Transaction::touched(Topic topic) const {
  return topics_.is_uncommitted[static_cast<std::size_t>(topic)];
}

std::int64_t Transaction::version_of(Topic topic) {
  if (!topics_.is_current) {
    std::int64_t all = one_number("SELECT version FROM topics WHERE topic = 0").value_or(0);
    if (all != topics_.all) {
      Cursor rows = connection_.query("SELECT topic, version FROM topics WHERE topic > 0");
      while (rows.next()) {
        auto index = static_cast<std::size_t>(rows.integer(0) - 1);
        if (index < topic_count) topics_.versions[index] = rows.integer(1);
      }
      topics_.all = all;
    }
    topics_.is_current = true;
  }
  return topics_.versions[static_cast<std::size_t>(topic)];
}

std::shared_ptr<void> Transaction::shared_state(std::type_index type,
                                                std::shared_ptr<void> (*make)()) {
  std::lock_guard guard(desk_.mutex);
  std::shared_ptr<void>& state = desk_.shared[type];
  if (!state) state = make();
  return state;
}

void missing(std::string_view kind, std::string_view field) {
  throw Error(Code::not_found, std::string(kind) + "_not_found", field);
}

void check_version(const std::optional<std::int64_t>& expected, std::int64_t current) {
  if (expected && *expected != current) {
    throw Error(Code::conflict, "version_outdated", "version",
                {{"expected", *expected}, {"current", current}});
  }
}

}  // namespace frontdesk::storage

#include "guard.hpp"

#include <algorithm>
#include <cstring>

namespace frontdesk::c {
namespace {

// No struct will ever be this large: a size beyond it is not a size.
constexpr std::size_t struct_bytes_max = 4096;

// What the first version of each struct had; none is shorter.
constexpr std::size_t open_options_bytes_min = sizeof(frontdesk_open_options);
constexpr std::size_t call_options_bytes_min = sizeof(frontdesk_call_options);

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

/// A count of the C struct, where 0 is the default. What an int cannot hold is refused later, as
/// too large.
int count_or(std::int64_t given, int standard) {
  if (given == 0) return standard;
  constexpr std::int64_t least = std::numeric_limits<int>::min();
  constexpr std::int64_t most = std::numeric_limits<int>::max();
  return static_cast<int>(std::clamp(given, least, most));
}

std::vector<HostKey> keys_of(const frontdesk_open_options& options) {
  std::vector<HostKey> keys;
  if (options.key_count != 0 && options.keys == nullptr) refuse_null("options.keys");
  for (std::size_t i = 0; i < options.key_count; ++i) {
    const frontdesk_key& key = options.keys[i];
    std::string name = "options.keys[" + std::to_string(i) + "]";
    const char* secret = static_cast<const char*>(key.secret);
    if (secret == nullptr) refuse_null(name + ".secret");
    keys.push_back(
        {std::string(required_text(key.id, name + ".id")), std::string(secret, key.secret_length)});
  }
  return keys;
}

}  // namespace

void copy_sized(const void* source, void* target, std::size_t size, std::size_t size_min,
                std::string_view name) {
  std::size_t given = 0;
  std::memcpy(&given, source, sizeof given);
  bool is_known = given >= size_min && given <= struct_bytes_max;
  const auto* bytes = static_cast<const unsigned char*>(source);
  if (is_known && given > size) {
    is_known =
        std::all_of(bytes + size, bytes + given, [](unsigned char byte) { return byte == 0; });
  }
  if (!is_known) {
    throw Error(Code::invalid, "option_size", std::string(name) + ".size",
                {{"size", static_cast<std::int64_t>(std::min(given, struct_bytes_max))},
                 {"known", static_cast<std::int64_t>(size)}});
  }
  std::memcpy(target, source, std::min(given, size));
}

CallOptions read_options(const frontdesk_call_options* given) {
  CallOptions read;
  if (given == nullptr) return read;
  frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;
  copy_sized(given, &options, sizeof options, call_options_bytes_min, "options");
  if (options.deadline_milliseconds < 0) {
    throw Error(
        Code::invalid, "out_of_range", "options.deadline_milliseconds",
        {{"lowest", std::int64_t{0}}, {"highest", std::numeric_limits<std::int64_t>::max()}});
  }
  read.idempotency_key = text_or_empty(options.idempotency_key);
  read.origin = text_or_empty(options.origin);
  read.language = text_or_empty(options.language);
  read.correlation = text_or_empty(options.correlation);
  // A deadline of a year is none, and adding it to the clock does not overflow.
  constexpr std::int64_t year = std::int64_t{366} * 24 * 3600 * 1000;
  read.deadline = std::chrono::milliseconds(std::min(options.deadline_milliseconds, year));
  if (options.progress != nullptr) {
    read.progress = [progress = options.progress, user = options.progress_user](
                        std::int64_t done, std::int64_t total) {
      return progress(user, done, total) == 0;
    };
  }
  return read;
}

OpenOptions read_options(const frontdesk_open_options* given) {
  OpenOptions read;
  if (given == nullptr) return read;
  frontdesk_open_options options = FRONTDESK_OPEN_OPTIONS_INIT;
  copy_sized(given, &options, sizeof options, open_options_bytes_min, "options");
  if ((options.flags & ~(FRONTDESK_OPEN_READ_ONLY | FRONTDESK_OPEN_EXISTING)) != 0) {
    throw Error(Code::invalid, "open_option", "flags");
  }
  read.read_only = (options.flags & FRONTDESK_OPEN_READ_ONLY) != 0;
  read.create = (options.flags & FRONTDESK_OPEN_EXISTING) == 0;
  read.group_limit = count_or(options.group_limit, read.group_limit);
  read.readers_max = count_or(options.readers_max, read.readers_max);
  if (options.wal_bytes_max != 0) read.wal_bytes_max = options.wal_bytes_max;
  if (options.busy_timeout_milliseconds < -1)
    throw Error(Code::invalid, "open_option", "busy_timeout");
  if (options.busy_timeout_milliseconds == -1) read.busy_timeout = std::chrono::milliseconds(0);
  if (options.busy_timeout_milliseconds > 0) {
    constexpr std::int64_t year = std::int64_t{366} * 24 * 3600 * 1000;
    read.busy_timeout =
        std::chrono::milliseconds(std::min(options.busy_timeout_milliseconds, year));
  }
  read.keys = keys_of(options);
  if (options.clock != nullptr) {
    read.clock = [clock = options.clock, user = options.clock_user] {
      return Instant(std::chrono::seconds(clock(user)));
    };
  }
  if (options.random != nullptr) {
    read.random = [random = options.random, user = options.random_user](
                      std::span<std::byte> bytes) { random(user, bytes.data(), bytes.size()); };
  }
  if (options.log != nullptr) {
    read.log = [log = options.log, user = options.log_user](LogLevel level, std::string_view line) {
      log(user, static_cast<frontdesk_log_level>(level), std::string(line).c_str());
    };
  }
  return read;
}

}  // namespace frontdesk::c

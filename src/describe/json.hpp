/// JSON over field tables. Instants are `2026-11-20T09:30:00Z`, local times `2026-11-20T11:30:00`,
/// dates `2026-11-20`, durations seconds, ids integers, bytes Base64, enumerations their names,
/// money {"amount": 12550, "currency": "UAH"} in minor units (as text beyond 2^53). Thread-safe.
#pragma once

#include <frontdesk/describe.hpp>

#include <functional>

namespace frontdesk::describe {

/// Longest request that is read.
inline constexpr std::size_t request_bytes_max = 64 * 1024 * 1024;

/// Reads JSON into a value of the type. Errors (Code::invalid): json_malformed (also for text that
/// is not UTF-8 and for nesting beyond 32 levels), request_too_large, field_twice, type_mismatch,
/// field_unknown, field_misspelt, field_missing, enum_unknown, value_malformed, out_of_range (of
/// the C++ type); each with the field's path. Ranges and lengths are validate's.
void decode(const Type& type, std::string_view text, void* target);

/// Reads what encode once wrote: fields that are missing keep their default, unknown ones are
/// passed over, null leaves a value as it is that cannot be empty.
void decode_stored(const Type& type, std::string_view text, void* target);

/// Checks what a C++ caller can get wrong too. Errors (Code::invalid) with the field's path:
/// field_missing (an id, date or money never set), out_of_range, length_out_of_range (code points
/// of a text, bytes), size_out_of_range, utf8_invalid, text_has_nul, enum_unknown, value_malformed
/// (a date that does not exist, a currency that is not three capitals), time_out_of_range.
void validate(const Type& type, const void* value);

/// What encode_redacted does instead of writing a personal value.
struct Redaction {
  /// Text that stands in for a personal value, given its JSON (secrets in it are left out). Empty:
  /// the field is left out.
  std::function<std::string(std::string_view json)> personal{};
};

/// A plain value that JSON has no form for, because it was never set (id 0, a date that does not
/// exist, money without currency, an enumeration without name), is left out of its record as an
/// absent optional is; anywhere else it is null.
std::string encode(const Type& type, const void* value);
/// The same without secrets and with personal values redacted, at any depth.
std::string encode_redacted(const Type& type, const void* value, const Redaction& redaction);

template <class T>
std::string encode(const T& value) {
  return encode(type_of<T>(), &value);
}
template <class T>
T decode(std::string_view json) {
  T value{};
  decode(type_of<T>(), json, &value);
  return value;
}

/// True if the type, or anything in it, has a secret field.
bool has_secret(const Type& type);

/// Puts what `replace` gives in the place of each id in the value that is negative: a stand-in of a
/// batch (see Batch::Step::id).
void each_stand_in(const Type& type, void* value,
                   const std::function<std::int64_t(const Type&, std::int64_t)>& replace);

}  // namespace frontdesk::describe

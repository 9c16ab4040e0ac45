/// What every face reports when an operation is refused or fails.
#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {

/// What the caller should do about a failure. The list is closed; the reason tells more.
enum class Code {
  invalid,          ///< The request is wrong in itself: correct it.
  unauthenticated,  ///< Sign in (again).
  denied,           ///< This caller may not do this.
  not_found,        ///< No such record, or none this caller may know of.
  conflict,         ///< The state of things does not allow it: read again, decide anew.
  sold_out,         ///< No place is left.
  expired,          ///< A token, code, hold or cursor is past its time: get a new one.
  rate_limited,     ///< Too many attempts: wait for as long as the details say.
  busy,             ///< The file was in use for longer than the deadline: try again.
  read_only,        ///< The file is open for reading only.
  storage,          ///< The disk or the file failed.
  outcome_unknown,  ///< The commit failed in a way that leaves open whether it took effect: look
                    ///< before you repeat.
  no_memory,        ///< Memory ran out; nothing was changed.
  cancelled,        ///< The deadline passed before the operation began, or the host cancelled it.
  unsupported,      ///< Not possible in this form or place.
  internal,         ///< A defect in frontdesk; nothing was changed.
};

/// `invalid`, `not_found` and so on: the same word in every face.
std::string_view code_name(Code code);

/// One fact of an error, as data: ids, counts, names.
using Detail =
    std::variant<std::int64_t, std::string, std::vector<std::int64_t>, std::vector<std::string>>;
using Details = std::map<std::string, Detail, std::less<>>;

/// The one exception type of the library. Copying it does not throw in practice; reading it is
/// thread-safe.
class Error : public std::exception {
 public:
  /// The message is the English sentence for `reason`, with the details filled in.
  Error(Code code, std::string_view reason, std::string_view field = {}, Details details = {});

  Code code() const noexcept { return code_; }
  /// A stable word for programs, such as `email_taken`.
  const std::string& reason() const noexcept { return reason_; }
  /// A sentence for people, in the language of the call.
  const std::string& message() const noexcept { return message_; }
  /// The path of the field at fault, such as `children[1].birth_date`; empty where no one field is.
  const std::string& field() const noexcept { return field_; }
  const Details& details() const noexcept { return details_; }
  /// True where the same request may succeed if it is simply sent again.
  bool retryable() const noexcept;
  const char* what() const noexcept override { return message_.c_str(); }

  /// The same error told in another language; English where a text is missing.
  Error in_language(std::string_view language) const;
  /// The same error with `prefix` put before its field path.
  Error below(std::string_view prefix) const;

 private:
  Code code_;
  std::string reason_;
  std::string message_;
  std::string field_;
  Details details_;
};

}  // namespace v1
}  // namespace frontdesk

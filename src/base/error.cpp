#include <frontdesk/error.hpp>

#include "base/texts.hpp"

#include <algorithm>
#include <utility>

namespace frontdesk::inline v1 {
namespace {

std::string sentence(std::string_view language, std::string_view reason, const Details& details) {
  const std::string key = "error." + std::string(reason);
  std::string text = texts::get(language, key, details);
  if (text != key) return text;
  text = reason;
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace

std::string_view code_name(Code code) {
  switch (code) {
    case Code::invalid:
      return "invalid";
    case Code::unauthenticated:
      return "unauthenticated";
    case Code::denied:
      return "denied";
    case Code::not_found:
      return "not_found";
    case Code::conflict:
      return "conflict";
    case Code::sold_out:
      return "sold_out";
    case Code::expired:
      return "expired";
    case Code::rate_limited:
      return "rate_limited";
    case Code::busy:
      return "busy";
    case Code::read_only:
      return "read_only";
    case Code::storage:
      return "storage";
    case Code::outcome_unknown:
      return "outcome_unknown";
    case Code::no_memory:
      return "no_memory";
    case Code::cancelled:
      return "cancelled";
    case Code::unsupported:
      return "unsupported";
    case Code::internal:
      return "internal";
  }
  return "internal";
}

Error::Error(Code code, std::string_view reason, std::string_view field, Details details)
    : code_(code),
      reason_(reason),
      message_(sentence("en", reason, details)),
      field_(field),
      details_(std::move(details)) {}

bool Error::retryable() const noexcept {
  // Nothing was done and only time stood in the way. A limited caller must wait first, memory that
  // ran out will run out again, and an unknown outcome must be looked up before it is repeated.
  return code_ == Code::busy || code_ == Code::cancelled;
}

Error Error::in_language(std::string_view language) const {
  Error told = *this;
  told.message_ = sentence(language, reason_, details_);
  return told;
}

Error Error::below(std::string_view prefix) const {
  Error moved = *this;
  if (prefix.empty()) return moved;
  moved.field_ = prefix;
  if (!field_.empty()) {
    if (field_.front() != '[') moved.field_ += '.';
    moved.field_ += field_;
  }
  return moved;
}

}  // namespace frontdesk::inline v1

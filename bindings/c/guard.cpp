#include "guard.hpp"

#include "base/text.hpp"

#include <boost/json.hpp>

#include <cstdlib>
#include <cstring>

namespace frontdesk::c {
namespace {

namespace json = boost::json;

static_assert(static_cast<int>(Code::invalid) + 1 == FRONTDESK_INVALID);
static_assert(static_cast<int>(Code::unauthenticated) + 1 == FRONTDESK_UNAUTHENTICATED);
static_assert(static_cast<int>(Code::denied) + 1 == FRONTDESK_DENIED);
static_assert(static_cast<int>(Code::not_found) + 1 == FRONTDESK_NOT_FOUND);
static_assert(static_cast<int>(Code::conflict) + 1 == FRONTDESK_CONFLICT);
static_assert(static_cast<int>(Code::sold_out) + 1 == FRONTDESK_SOLD_OUT);
static_assert(static_cast<int>(Code::expired) + 1 == FRONTDESK_EXPIRED);
static_assert(static_cast<int>(Code::rate_limited) + 1 == FRONTDESK_RATE_LIMITED);
static_assert(static_cast<int>(Code::busy) + 1 == FRONTDESK_BUSY);
static_assert(static_cast<int>(Code::read_only) + 1 == FRONTDESK_READ_ONLY);
static_assert(static_cast<int>(Code::storage) + 1 == FRONTDESK_STORAGE);
static_assert(static_cast<int>(Code::outcome_unknown) + 1 == FRONTDESK_OUTCOME_UNKNOWN);
static_assert(static_cast<int>(Code::no_memory) + 1 == FRONTDESK_NO_MEMORY);
static_assert(static_cast<int>(Code::cancelled) + 1 == FRONTDESK_CANCELLED);
static_assert(static_cast<int>(Code::unsupported) + 1 == FRONTDESK_UNSUPPORTED);
static_assert(static_cast<int>(Code::internal) + 1 == FRONTDESK_INTERNAL);

frontdesk_status status_of(Code code) noexcept {
  return static_cast<frontdesk_status>(static_cast<int>(code) + 1);
}

json::object details_of(const Error& error) {
  json::object details;
  for (const auto& [name, value] : error.details()) {
    details[name] = std::visit([](const auto& fact) { return json::value_from(fact); }, value);
  }
  return details;
}

/// Details may repeat what came from outside, such as a path, whose bytes need not be text.
std::string told(const Error& error) {
  std::string json = json::serialize(json::object{{"code", code_name(error.code())},
                                                  {"reason", error.reason()},
                                                  {"message", error.message()},
                                                  {"field", error.field()},
                                                  {"details", details_of(error)},
                                                  {"retryable", error.retryable()}});
  while (auto invalid = text::invalid_utf8(json)) json.replace(*invalid, 1, "\xEF\xBF\xBD");
  return json;
}

frontdesk_status refused(const Error& error, const Reply& reply) noexcept {
  try {
    reply.set(told(error));
  } catch (...) {
    reply.clear();
  }
  return status_of(error.code());
}

}  // namespace

void Reply::clear() const noexcept {
  if (text != nullptr) *text = nullptr;
  if (length != nullptr) *length = 0;
}

void Reply::set(std::string_view json) const {
  if (text != nullptr) {
    char* copy = static_cast<char*>(std::malloc(json.size() + 1));
    if (copy == nullptr) throw std::bad_alloc();
    std::memcpy(copy, json.data(), json.size());
    copy[json.size()] = '\0';
    *text = copy;
  }
  if (length != nullptr) *length = json.size();
}

frontdesk_status failure(const Reply& reply) noexcept {
  frontdesk_status status = FRONTDESK_INTERNAL;
  try {
    try {
      throw;
    } catch (const Error& error) {
      return refused(error, reply);
    } catch (const ReplyLost&) {
      status = FRONTDESK_OUTCOME_UNKNOWN;
      return refused(Error(Code::outcome_unknown, "reply_lost"), reply);
    } catch (const std::bad_alloc&) {
      status = FRONTDESK_NO_MEMORY;
      return refused(Error(Code::no_memory, "no_memory"), reply);
    } catch (const std::exception& defect) {
      Details details{{"problem", std::string(defect.what())}};
      return refused(Error(Code::internal, "defect", {}, std::move(details)), reply);
    }
  } catch (...) {  // no memory for the error itself, or an exception of an unknown kind
    reply.clear();
    return status;
  }
}

void refuse_null(std::string_view name) {
  throw Error(Code::invalid, "argument_null", name, {{"name", std::string(name)}});
}

std::string_view required_text(const char* text, std::string_view name) {
  return &required(text, name);
}

std::string_view input(const char* text, std::size_t length, std::string_view name) {
  if (text == nullptr && length == 0) return {};
  if (length == FRONTDESK_TEXT) return required_text(text, name);
  return {&required(text, name), length};
}

}  // namespace frontdesk::c

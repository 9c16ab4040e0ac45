// frontdesk_call, frontdesk_preview and frontdesk_batch: any bytes, any operation, several callers.
//
// An input is a list of calls with `%%` on a line of its own between them. The first line of a call
// says who does what; the rest is the request, byte for byte:
//
//     admin call people.create_client
//     {"first_name": "Olena"}
//     %%
//     host wait 86400
//     %%
//     customer preview 205
#include "studio.hpp"

#include <boost/json.hpp>

#include <charconv>

using namespace frontdesk;
using fuzz::fail;

namespace {

constexpr int calls_max = 12;
constexpr int inputs_a_file = 300;  // refused calls leave rows too, such as denials

struct Result {
  frontdesk_status status = FRONTDESK_OK;
  std::string reply{};
};

std::string take(std::string_view& text, std::string_view end) {
  std::size_t stop = std::min(text.find(end), text.size());
  std::string part(text.substr(0, stop));
  text.remove_prefix(std::min(stop + end.size(), text.size()));
  return part;
}

/// Whatever was sent, these are failures of ours.
bool is_ours(frontdesk_status status) {
  return status == FRONTDESK_INTERNAL || status == FRONTDESK_STORAGE ||
         status == FRONTDESK_OUTCOME_UNKNOWN || status == FRONTDESK_NO_MEMORY ||
         status == FRONTDESK_BUSY || status < FRONTDESK_OK || status > FRONTDESK_INTERNAL;
}

void judge(const std::string& what, const Result& result) {
  boost::system::error_code problem;
  boost::json::parse_options deep;
  deep.max_depth = 256;
  boost::json::value value = boost::json::parse(result.reply, problem, {}, deep);
  if (problem) fail(what + ": the reply is no JSON: " + result.reply);
  if (is_ours(result.status)) fail(what + ": " + result.reply);
  if (result.status == FRONTDESK_OK) return;
  const boost::json::object& error = value.as_object();
  if (error.at("code").as_string() != frontdesk_status_name(result.status)) {
    fail(what + ": status and code differ: " + result.reply);
  }
  if (error.at("reason").as_string().empty()) fail(what + ": no reason");
  // What has no text of its own is told by its key.
  std::string_view message = error.at("message").as_string();
  if (message.empty() || message.starts_with("error."))
    fail(what + ": no sentence: " + result.reply);
}

using Entry = decltype(&frontdesk_call);

Result run(Entry entry, const frontdesk_caller* caller, const std::string& name,
           std::string_view request) {
  Result result;
  char* reply = nullptr;
  std::size_t length = 0;
  result.status =
      entry(caller, name.c_str(), request.data(), request.size(), nullptr, &reply, &length);
  if (reply == nullptr) fail(name + ": no reply");
  result.reply.assign(reply, length);
  frontdesk_free(reply);
  return result;
}

Result run_batch(const frontdesk_caller* caller, std::string_view list) {
  Result result;
  char* reply = nullptr;
  std::size_t length = 0;
  result.status = frontdesk_batch(caller, list.data(), list.size(), nullptr, &reply, &length);
  if (reply == nullptr) fail("batch: no reply");
  result.reply.assign(reply, length);
  frontdesk_free(reply);
  return result;
}

/// By name, or by the number it has in the registry.
std::string name_of(const std::string& text) {
  int number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return text;
  for (const Operation* operation : operations()) {
    if (operation->number == number) return std::string(operation->name);
  }
  return text;
}

/// True if the call may have changed the file.
bool run_call(std::string_view call) {
  std::string line = take(call, "\n");
  std::string_view words = line;
  const std::string who = take(words, " ");
  const std::string verb = take(words, " ");
  const std::string name = name_of(std::string(words));
  fuzz::Studio& studio = fuzz::studio();
  const frontdesk_caller* caller = studio.caller(who);
  if (caller == nullptr) return false;
  if (verb == "wait") {
    std::int64_t seconds = 0;
    std::from_chars(name.data(), name.data() + name.size(), seconds);
    studio.seconds += std::clamp<std::int64_t>(seconds, 0, 400 * 86'400);
    return true;
  }
  if (verb == "batch") {
    Result result = run_batch(caller, call);
    judge("batch", result);
    return result.status == FRONTDESK_OK;
  }
  Result expected = run(frontdesk_preview, caller, name, call);
  judge("preview " + name, expected);
  if (verb != "call") return false;
  Result result = run(frontdesk_call, caller, name, call);
  judge(name, result);
  // What tries a secret is refused in previews.
  const bool has_preview = expected.reply.find("not_in_preview") == std::string::npos;
  if (has_preview && result.status != expected.status) {
    fail(name + ": the preview gave " + expected.reply + ", the call " + result.reply);
  }
  const Operation* operation = find_operation(name.c_str());  // C reads up to a NUL
  return result.status == FRONTDESK_OK && operation->kind != OperationKind::read;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  fuzz::Seeds seeds;
  if (seeds.wanted()) {
    for (const Operation* operation : operations()) {
      std::string name(operation->name);
      std::string request(operation->example.empty() ? "{}" : operation->example);
      for (const char* who : {"host", "customer"}) {
        seeds.write(name + "." + who, std::string(who) + " call " + name + "\n" + request);
      }
    }
    std::exit(0);
  }
  fuzz::studio();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static int inputs = 0;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  bool is_changed = ++inputs % inputs_a_file == 0;
  for (int calls = 0; !input.empty() && calls < calls_max; ++calls) {
    is_changed = run_call(take(input, "\n%%\n")) || is_changed;
  }
  if (is_changed) fuzz::studio().renew();
  return 0;
}

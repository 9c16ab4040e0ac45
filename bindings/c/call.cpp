// Running operations, and the conveniences over single ones: signing in, events.
#include "guard.hpp"

#include <frontdesk/access.hpp>
#include <frontdesk/upkeep.hpp>

#include "describe/json.hpp"

namespace c = frontdesk::c;

namespace {

bool writes(std::string_view name) {
  const frontdesk::Operation* operation = frontdesk::find_operation(name);
  return operation != nullptr && operation->kind != frontdesk::OperationKind::read;
}

/// Replies with what a write gives. If memory runs out around it, it may have been done: a write of
/// which nothing is left fails with an Error of the engine's own.
template <class Run>
void reply_to_write(const c::Reply& answer, const Run& run) {
  try {
    answer.set(run());
  } catch (const std::bad_alloc&) {
    throw c::ReplyLost{};
  }
}

/// The caller a sign-in gives; none while a challenge is open.
std::unique_ptr<frontdesk_caller> signed_in(const frontdesk::Desk& desk,
                                            const frontdesk::access::SignInResult& result) {
  if (result.token.empty()) return nullptr;
  return std::make_unique<frontdesk_caller>(frontdesk_caller{desk.caller(result.token)});
}

template <class Request>
frontdesk_status sign_in(const frontdesk_desk* desk, const frontdesk_call_options* options,
                         frontdesk_caller** caller, const c::Reply& answer,
                         const Request& request) noexcept {
  if (caller != nullptr) *caller = nullptr;
  return c::guard(answer, [&] {
    frontdesk_caller*& made = c::required(caller, "caller");
    const frontdesk::Desk& opened = c::required(desk, "desk").desk;
    const auto sent = request();
    const frontdesk::CallOptions how = c::read_options(options);
    std::unique_ptr<frontdesk_caller> who;
    reply_to_write(answer, [&] {
      const frontdesk::access::SignInResult result = opened.anonymous().run(sent, how);
      who = signed_in(opened, result);
      return frontdesk::describe::encode(result);
    });
    made = who.release();
  });
}

}  // namespace

frontdesk_status frontdesk_call(const frontdesk_caller* caller, const char* name,
                                const char* request, size_t request_length,
                                const frontdesk_call_options* options, char** reply,
                                size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(answer, [&] {
    const frontdesk::Caller& who = c::required(caller, "caller").caller;
    const std::string_view operation = c::required_text(name, "name");
    const std::string_view json = c::input(request, request_length, "request");
    const frontdesk::CallOptions how = c::read_options(options);
    if (!writes(operation)) return answer.set(who.call(operation, json, how));
    reply_to_write(answer, [&] { return who.call(operation, json, how); });
  });
}

frontdesk_status frontdesk_preview(const frontdesk_caller* caller, const char* name,
                                   const char* request, size_t request_length,
                                   const frontdesk_call_options* options, char** reply,
                                   size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(answer, [&] {
    const frontdesk::Caller& who = c::required(caller, "caller").caller;
    answer.set(who.preview(c::required_text(name, "name"),
                           c::input(request, request_length, "request"), c::read_options(options)));
  });
}

frontdesk_status frontdesk_batch(const frontdesk_caller* caller, const char* list,
                                 size_t list_length, const frontdesk_call_options* options,
                                 char** reply, size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(answer, [&] {
    const frontdesk::Caller& who = c::required(caller, "caller").caller;
    if (list == nullptr) c::refuse_null("list");
    const std::string_view json = c::input(list, list_length, "list");
    const frontdesk::CallOptions how = c::read_options(options);
    reply_to_write(answer, [&] { return who.batch(json, how); });
  });
}

frontdesk_status frontdesk_sign_in(const frontdesk_desk* desk, const char* login,
                                   const char* password, size_t password_length,
                                   const frontdesk_call_options* options, frontdesk_caller** caller,
                                   char** reply, size_t* reply_length) {
  return sign_in(desk, options, caller, {reply, reply_length}, [&] {
    frontdesk::access::SignIn request;
    request.login = c::required_text(login, "login");
    request.password = c::input(password, password_length, "password");
    return request;
  });
}

frontdesk_status frontdesk_answer_challenge(const frontdesk_desk* desk, const char* challenge,
                                            size_t challenge_length, const char* code,
                                            size_t code_length,
                                            const frontdesk_call_options* options,
                                            frontdesk_caller** caller, char** reply,
                                            size_t* reply_length) {
  return sign_in(desk, options, caller, {reply, reply_length}, [&] {
    frontdesk::access::AnswerChallenge request;
    request.challenge = c::input(challenge, challenge_length, "challenge");
    request.code = c::input(code, code_length, "code");
    return request;
  });
}

frontdesk_status frontdesk_events_since(const frontdesk_caller* caller, int64_t cursor,
                                        const char* const* topics, size_t topic_count,
                                        int64_t limit, int64_t* next, char** reply,
                                        size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  return c::guard(answer, [&] {
    const frontdesk::Caller& who = c::required(caller, "caller").caller;
    frontdesk::events::Since request;
    request.cursor = cursor;
    if (limit != 0) request.limit = limit;
    if (topic_count != 0 && topics == nullptr) c::refuse_null("topics");
    for (size_t i = 0; i < topic_count; ++i) {
      request.topics.emplace_back(c::required_text(topics[i], "topics[" + std::to_string(i) + "]"));
    }
    const frontdesk::events::Feed feed = who.run(request);
    answer.set(frontdesk::describe::encode(feed));
    if (next != nullptr) *next = feed.next;
  });
}

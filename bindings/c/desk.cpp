// Opening and closing, callers, and the wake-up.
#include "guard.hpp"

#include <cstdlib>
#include <cstring>

namespace c = frontdesk::c;

static_assert(static_cast<int>(frontdesk::LogLevel::debug) == FRONTDESK_LOG_DEBUG);
static_assert(static_cast<int>(frontdesk::LogLevel::info) == FRONTDESK_LOG_INFO);
static_assert(static_cast<int>(frontdesk::LogLevel::warning) == FRONTDESK_LOG_WARNING);
static_assert(static_cast<int>(frontdesk::LogLevel::error) == FRONTDESK_LOG_ERROR);

void frontdesk_free(char* reply) { std::free(reply); }

frontdesk_status frontdesk_open(const char* path, const frontdesk_open_options* options,
                                frontdesk_desk** desk, char** reply, size_t* reply_length) {
  const c::Reply answer{reply, reply_length};
  if (desk != nullptr) *desk = nullptr;
  return c::guard(answer, [&] {
    frontdesk_desk*& opened = c::required(desk, "desk");
    const std::string name(c::required_text(path, "path"));
    auto made = std::make_unique<frontdesk_desk>(
        frontdesk_desk{frontdesk::Desk::open(name, c::read_options(options))});
    answer.set("{}");
    opened = made.release();
  });
}

void frontdesk_close(frontdesk_desk* desk) {
  if (desk == nullptr) return;
  frontdesk_on_events(desk, nullptr, nullptr);
  delete desk;
}

const char* frontdesk_path(const frontdesk_desk* desk) {
  return desk == nullptr ? nullptr : desk->desk.path().c_str();
}

frontdesk_status frontdesk_get_statistics(const frontdesk_desk* desk,
                                          frontdesk_statistics* statistics) {
  return c::guard({}, [&] {
    const frontdesk::Desk& opened = c::required(desk, "desk").desk;
    frontdesk_statistics figures = FRONTDESK_STATISTICS_INIT;
    c::copy_sized(&c::required(statistics, "statistics"), &figures, sizeof figures, sizeof figures,
                  "statistics");
    const frontdesk::Statistics told = opened.statistics();
    figures.commits = told.commits;
    figures.operations_committed = told.operations_committed;
    figures.checkpoints = told.checkpoints;
    figures.wal_frames = told.wal_frames;
    std::memcpy(statistics, &figures, std::min(figures.size, sizeof figures));
  });
}

namespace {

template <class Make>
frontdesk_status make_caller(const frontdesk_desk* desk, frontdesk_caller** caller,
                             const Make& make) noexcept {
  if (caller != nullptr) *caller = nullptr;
  return c::guard({}, [&] {
    frontdesk_caller*& made = c::required(caller, "caller");
    auto who =
        std::make_unique<frontdesk_caller>(frontdesk_caller{make(c::required(desk, "desk").desk)});
    made = who.release();
  });
}

}  // namespace

frontdesk_status frontdesk_host(const frontdesk_desk* desk, frontdesk_caller** caller) {
  return make_caller(desk, caller, [](const frontdesk::Desk& opened) { return opened.host(); });
}

frontdesk_status frontdesk_anonymous(const frontdesk_desk* desk, frontdesk_caller** caller) {
  return make_caller(desk, caller,
                     [](const frontdesk::Desk& opened) { return opened.anonymous(); });
}

frontdesk_status frontdesk_caller_of_token(const frontdesk_desk* desk, const char* token,
                                           size_t token_length, frontdesk_caller** caller) {
  return make_caller(desk, caller, [&](const frontdesk::Desk& opened) {
    return opened.caller(c::input(token, token_length, "token"));
  });
}

void frontdesk_caller_close(frontdesk_caller* caller) { delete caller; }

frontdesk_status frontdesk_on_events(frontdesk_desk* desk, void (*wake)(void* user), void* user) {
  return c::guard({}, [&] {
    frontdesk_desk& opened = c::required(desk, "desk");
    std::lock_guard guard(opened.listener->mutex);
    opened.listener->wake = wake;
    opened.listener->user = user;
    if (wake == nullptr) return opened.desk.on_events({});
    opened.desk.on_events([listener = opened.listener] {
      std::lock_guard turn(listener->mutex);
      if (listener->wake != nullptr) listener->wake(listener->user);
    });
  });
}

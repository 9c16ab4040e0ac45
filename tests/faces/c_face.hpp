/// What the tests of the C face share: an open file with a clock, and replies that free themselves.
#pragma once

#include <frontdesk/frontdesk.h>

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include "support.hpp"

namespace frontdesk::testing {

/// A reply as a C function leaves it.
class CReply {
 public:
  CReply() = default;
  ~CReply() { frontdesk_free(text); }
  CReply(const CReply&) = delete;
  CReply& operator=(const CReply&) = delete;

  boost::json::object object() const {
    return boost::json::parse(std::string_view(text, length)).as_object();
  }
  /// A member of an error or result that is text.
  std::string word(std::string_view member) const {
    return std::string(object().at(member).as_string());
  }

  char* text = nullptr;
  std::size_t length = 0;
};

struct CallerCloser {
  void operator()(frontdesk_caller* caller) const { frontdesk_caller_close(caller); }
};
using CCaller = std::unique_ptr<frontdesk_caller, CallerCloser>;

/// A temporary file opened through the C face, with cheap passwords.
class CDesk {
 public:
  CDesk() {
    frontdesk_open_options options = FRONTDESK_OPEN_OPTIONS_INIT;
    options.clock = [](void* user) { return static_cast<ManualClock*>(user)->seconds.load(); };
    options.clock_user = &clock;
    CReply reply;
    REQUIRE(frontdesk_open(path().c_str(), &options, &desk_, &reply.text, &reply.length) ==
            FRONTDESK_OK);
    for (const char* setting : {R"({"name": "access.password_passes", "value": 1})",
                                R"({"name": "access.password_memory_bytes", "value": 8192})"}) {
      CReply changed;
      REQUIRE(call(host().get(), "upkeep.change_setting", setting, changed) == FRONTDESK_OK);
    }
  }
  ~CDesk() { frontdesk_close(desk_); }
  CDesk(const CDesk&) = delete;
  CDesk& operator=(const CDesk&) = delete;

  CCaller host() const {
    frontdesk_caller* caller = nullptr;
    REQUIRE(frontdesk_host(desk_, &caller) == FRONTDESK_OK);
    return CCaller(caller);
  }
  CCaller anonymous() const {
    frontdesk_caller* caller = nullptr;
    REQUIRE(frontdesk_anonymous(desk_, &caller) == FRONTDESK_OK);
    return CCaller(caller);
  }
  static frontdesk_status call(const frontdesk_caller* caller, std::string_view name,
                               std::string_view request, CReply& reply,
                               const frontdesk_call_options* options = nullptr) {
    return frontdesk_call(caller, std::string(name).c_str(), request.data(), request.size(),
                          options, &reply.text, &reply.length);
  }

  frontdesk_desk* get() const { return desk_; }
  std::string path() const { return folder_.file("c.db"); }

  ManualClock clock{};

 private:
  TemporaryFolder folder_;
  frontdesk_desk* desk_ = nullptr;
};

}  // namespace frontdesk::testing

#include "faces/c_face.hpp"

#include <cstring>

using namespace frontdesk::testing;

namespace {

constexpr auto any_text = FRONTDESK_TEXT;

/// Refused because the named argument is NULL.
void check_null(frontdesk_status status, const CReply& reply, std::string_view name) {
  REQUIRE(status == FRONTDESK_INVALID);
  REQUIRE(reply.text != nullptr);
  CHECK(reply.word("reason") == "argument_null");
  CHECK(reply.word("field") == name);
  CHECK(reply.word("message").find(name) != std::string::npos);
}

frontdesk_status open_with(const CDesk& desk, const frontdesk_open_options& options,
                           CReply& reply) {
  frontdesk_desk* opened = nullptr;
  const frontdesk_status status =
      frontdesk_open(desk.path().c_str(), &options, &opened, &reply.text, &reply.length);
  frontdesk_close(opened);
  return status;
}

}  // namespace

TEST_CASE("NULL where something is needed is refused by name", "[E15][E16]") {
  CDesk desk;
  const CCaller host = desk.host();
  frontdesk_desk* opened = nullptr;
  frontdesk_caller* caller = nullptr;
  frontdesk_call_options* none = nullptr;
  const auto refused = [](std::string_view name, const auto& call) {
    CReply reply;
    check_null(call(&reply.text, &reply.length), reply, name);
  };
  refused("path", [&](char** text, size_t* length) {
    return frontdesk_open(nullptr, nullptr, &opened, text, length);
  });
  refused("desk", [&](char** text, size_t* length) {
    return frontdesk_open("x.db", nullptr, nullptr, text, length);
  });
  for (const auto run : {frontdesk_call, frontdesk_preview}) {
    refused("caller", [&](char** text, size_t* length) {
      return run(nullptr, "upkeep.tick", "{}", any_text, none, text, length);
    });
    refused("name", [&](char** text, size_t* length) {
      return run(host.get(), nullptr, "{}", any_text, none, text, length);
    });
    refused("request", [&](char** text, size_t* length) {
      return run(host.get(), "upkeep.tick", nullptr, any_text, none, text, length);
    });
    refused("request", [&](char** text, size_t* length) {
      return run(host.get(), "upkeep.tick", nullptr, 1, none, text, length);
    });
  }
  refused("caller", [&](char** text, size_t* length) {
    return frontdesk_batch(nullptr, "[]", any_text, none, text, length);
  });
  refused("list", [&](char** text, size_t* length) {
    return frontdesk_batch(host.get(), nullptr, 0, none, text, length);
  });
  refused("desk", [&](char** text, size_t* length) {
    return frontdesk_sign_in(nullptr, "a", "b", any_text, none, &caller, text, length);
  });
  refused("login", [&](char** text, size_t* length) {
    return frontdesk_sign_in(desk.get(), nullptr, "b", any_text, none, &caller, text, length);
  });
  refused("password", [&](char** text, size_t* length) {
    return frontdesk_sign_in(desk.get(), "a", nullptr, any_text, none, &caller, text, length);
  });
  refused("caller", [&](char** text, size_t* length) {
    return frontdesk_sign_in(desk.get(), "a", "b", any_text, none, nullptr, text, length);
  });
  refused("challenge", [&](char** text, size_t* length) {
    return frontdesk_answer_challenge(desk.get(), nullptr, any_text, "1", any_text, none, &caller,
                                      text, length);
  });
  refused("code", [&](char** text, size_t* length) {
    return frontdesk_answer_challenge(desk.get(), "x", any_text, nullptr, any_text, none, &caller,
                                      text, length);
  });
  refused("caller", [&](char** text, size_t* length) {
    return frontdesk_events_since(nullptr, 0, nullptr, 0, 0, nullptr, text, length);
  });
  refused("topics", [&](char** text, size_t* length) {
    return frontdesk_events_since(host.get(), 0, nullptr, 1, 0, nullptr, text, length);
  });
  refused("topics[1]", [&](char** text, size_t* length) {
    const char* topics[] = {"people.*", nullptr};
    return frontdesk_events_since(host.get(), 0, topics, 2, 0, nullptr, text, length);
  });
  refused("name",
          [&](char** text, size_t* length) { return frontdesk_operation(nullptr, text, length); });
  CHECK(opened == nullptr);
  CHECK(caller == nullptr);
}

TEST_CASE("functions without a reply refuse NULL by their status", "[E15]") {
  CDesk desk;
  frontdesk_caller* caller = nullptr;
  frontdesk_statistics figures = FRONTDESK_STATISTICS_INIT;
  for (const auto make : {frontdesk_host, frontdesk_anonymous}) {
    CHECK(make(nullptr, &caller) == FRONTDESK_INVALID);
    CHECK(make(desk.get(), nullptr) == FRONTDESK_INVALID);
  }
  CHECK(frontdesk_caller_of_token(nullptr, "t", any_text, &caller) == FRONTDESK_INVALID);
  CHECK(frontdesk_caller_of_token(desk.get(), nullptr, any_text, &caller) == FRONTDESK_INVALID);
  CHECK(frontdesk_caller_of_token(desk.get(), "t", any_text, nullptr) == FRONTDESK_INVALID);
  CHECK(caller == nullptr);
  CHECK(frontdesk_get_statistics(nullptr, &figures) == FRONTDESK_INVALID);
  CHECK(frontdesk_get_statistics(desk.get(), nullptr) == FRONTDESK_INVALID);
  CHECK(frontdesk_on_events(nullptr, nullptr, nullptr) == FRONTDESK_INVALID);
  CHECK(frontdesk_path(nullptr) == nullptr);
  frontdesk_close(nullptr);
  frontdesk_caller_close(nullptr);
  frontdesk_free(nullptr);
}

TEST_CASE("option structs are told apart by their size", "[E15]") {
  CDesk desk;
  const CCaller host = desk.host();
  struct Longer {
    frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;
    unsigned char added[32] = {};
  } longer;
  const auto check = [&](frontdesk_status expected) {
    CReply reply;
    CHECK(CDesk::call(host.get(), "access.whoami", "{}", reply, &longer.options) == expected);
    if (expected == FRONTDESK_OK) return;
    CHECK(reply.word("reason") == "option_size");
    CHECK(reply.word("field") == "options.size");
  };
  check(FRONTDESK_OK);
  longer.options.size = 0;
  check(FRONTDESK_INVALID);
  longer.options.size = sizeof(frontdesk_call_options) - 1;
  check(FRONTDESK_INVALID);
  longer.options.size = sizeof longer;  // of a newer program that sets nothing new
  check(FRONTDESK_OK);
  longer.added[31] = 1;  // and of one that does
  check(FRONTDESK_INVALID);
  longer.options.size = static_cast<std::size_t>(-1);
  check(FRONTDESK_INVALID);

  frontdesk_statistics figures = FRONTDESK_STATISTICS_INIT;
  figures.size = 1;
  CHECK(frontdesk_get_statistics(desk.get(), &figures) == FRONTDESK_INVALID);
  frontdesk_open_options open_options = FRONTDESK_OPEN_OPTIONS_INIT;
  open_options.size = 8;
  CReply reply;
  CHECK(open_with(desk, open_options, reply) == FRONTDESK_INVALID);
  CHECK(reply.word("reason") == "option_size");
}

TEST_CASE("an initialiser is all zero but for its size", "[E15]") {
  const frontdesk_open_options open_options = FRONTDESK_OPEN_OPTIONS_INIT;
  const frontdesk_call_options call_options = FRONTDESK_CALL_OPTIONS_INIT;
  frontdesk_open_options zero_open;
  std::memset(&zero_open, 0, sizeof zero_open);
  zero_open.size = sizeof zero_open;
  frontdesk_call_options zero_call;
  std::memset(&zero_call, 0, sizeof zero_call);
  zero_call.size = sizeof zero_call;
  CHECK(std::memcmp(&open_options, &zero_open, sizeof zero_open) == 0);
  CHECK(std::memcmp(&call_options, &zero_call, sizeof zero_call) == 0);
}

TEST_CASE("options of opening that make no sense are refused by name", "[E15]") {
  CDesk desk;
  const auto refused = [&](std::string_view field, const auto& change) {
    frontdesk_open_options options = FRONTDESK_OPEN_OPTIONS_INIT;
    change(options);
    CReply reply;
    REQUIRE(open_with(desk, options, reply) == FRONTDESK_INVALID);
    CHECK(reply.word("field") == field);
  };
  frontdesk_key key{"2026", "too short", 9};
  refused("flags", [](auto& options) { options.flags = 64; });
  refused("group_limit", [](auto& options) { options.group_limit = -1; });
  refused("readers_max", [](auto& options) { options.readers_max = std::int64_t{1} << 40; });
  refused("wal_bytes_max", [](auto& options) { options.wal_bytes_max = 1; });
  refused("busy_timeout", [](auto& options) { options.busy_timeout_milliseconds = -2; });
  refused("options.keys", [](auto& options) { options.key_count = 1; });
  refused("keys", [&](auto& options) {
    options.keys = &key;
    options.key_count = 1;
  });
  key.secret = nullptr;
  refused("options.keys[0].secret", [&](auto& options) {
    options.keys = &key;
    options.key_count = 1;
  });
  frontdesk_call_options call = FRONTDESK_CALL_OPTIONS_INIT;
  call.deadline_milliseconds = -1;
  CReply reply;
  CHECK(CDesk::call(desk.host().get(), "access.whoami", "{}", reply, &call) == FRONTDESK_INVALID);
  CHECK(reply.word("field") == "options.deadline_milliseconds");
}

TEST_CASE("a reply is set by every call", "[E15]") {
  CDesk desk;
  char stale[] = "stale";
  char* text = stale;
  std::size_t length = 5;
  CHECK(frontdesk_call(nullptr, nullptr, nullptr, 0, nullptr, nullptr, &length) ==
        FRONTDESK_INVALID);
  CHECK(length != 5);
  CHECK(frontdesk_preview(desk.host().get(), "access.whoami", "{}", any_text, nullptr, &text,
                          nullptr) == FRONTDESK_OK);
  CHECK(text != stale);
  frontdesk_free(text);
}

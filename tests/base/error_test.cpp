#include <frontdesk/error.hpp>

#include <catch2/catch.hpp>

#include <set>
#include <type_traits>

using namespace frontdesk;

TEST_CASE("an error tells code, sentence, field and details", "[base][error][E16]") {
  const Error error(Code::unsupported, "file_newer", "path",
                    {{"version", std::int64_t{9}}, {"known", std::int64_t{1}}});
  CHECK(error.code() == Code::unsupported);
  CHECK(error.reason() == "file_newer");
  CHECK(error.message() == "The file is of version 9; this program knows versions up to 1.");
  CHECK(error.what() == error.message());
  CHECK(error.field() == "path");
  CHECK(std::get<std::int64_t>(error.details().at("version")) == 9);
}

TEST_CASE("an error speaks the language of the call", "[base][error][E16][E18]") {
  const Error error(Code::invalid, "zone_unknown", "zone", {{"zone", "Europe/Kyyiv"}});
  CHECK(error.in_language("uk-UA").message() == "Часового поясу «Europe/Kyyiv» не існує.");
  CHECK(error.in_language("uk").in_language("en").message() == error.message());
  CHECK(error.in_language("xx").message() == error.message());
  CHECK(error.in_language("uk").field() == "zone");
}

TEST_CASE("a reason without a text is still readable", "[base][error][E16]") {
  CHECK(Error(Code::conflict, "never_heard_of").message() == "never heard of");
  CHECK(Error(Code::conflict, "never_heard_of").in_language("uk").message() == "never heard of");
}

TEST_CASE("the field path grows from the inside out", "[base][error][E16]") {
  const Error error(Code::invalid, "date_invalid", "birth_date");
  CHECK(error.below("children[1]").field() == "children[1].birth_date");
  CHECK(error.below("children[1]").below("request").field() == "request.children[1].birth_date");
  CHECK(error.below("").field() == "birth_date");
  CHECK(Error(Code::invalid, "x").below("city").field() == "city");
  CHECK(Error(Code::invalid, "x", "[2]").below("ids").field() == "ids[2]");
}

TEST_CASE("only what time alone cures may be retried", "[base][error][E16]") {
  CHECK(Error(Code::busy, "file_busy").retryable());
  CHECK(Error(Code::cancelled, "deadline_passed").retryable());
  for (const Code code : {Code::invalid, Code::conflict, Code::rate_limited, Code::no_memory,
                          Code::outcome_unknown, Code::storage, Code::internal}) {
    CHECK_FALSE(Error(code, "x").retryable());
  }
}

TEST_CASE("every code has its own name", "[base][error][E16]") {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(Code::internal); ++code) {
    names.insert(code_name(static_cast<Code>(code)));
  }
  CHECK(names.size() == 16);
  CHECK(code_name(Code::not_found) == "not_found");
  CHECK(code_name(Code::outcome_unknown) == "outcome_unknown");
}

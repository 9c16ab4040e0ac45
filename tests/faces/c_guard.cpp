#include "../../bindings/c/guard.hpp"

#include "faces/c_face.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

/// What a C function gives whose body throws that.
template <class Thrown>
frontdesk_status thrown(CReply& reply, const Thrown& what) {
  return c::guard({&reply.text, &reply.length}, [&] { throw what; });
}

}  // namespace

TEST_CASE("every code has its status, and the reply tells all of the error", "[E15][E16]") {
  for (int number = 0; number <= static_cast<int>(Code::internal); ++number) {
    const Code code = static_cast<Code>(number);
    const Error error(code, "file_missing", "a[1].b", {{"count", std::int64_t{3}}});
    CReply reply;
    const frontdesk_status status = thrown(reply, error);
    CHECK(status == number + 1);
    CHECK(frontdesk_status_name(status) == code_name(code));
    CHECK(reply.word("code") == code_name(code));
    CHECK(reply.word("reason") == "file_missing");
    CHECK(reply.word("message") == error.message());
    CHECK(reply.word("field") == "a[1].b");
    CHECK(reply.object().at("details").at("count").as_int64() == 3);
    CHECK(reply.object().at("retryable").as_bool() == error.retryable());
    CHECK(reply.text[reply.length] == '\0');
  }
  CHECK(frontdesk_status_name(FRONTDESK_OK) == std::string("ok"));
  CHECK(frontdesk_status_name(static_cast<frontdesk_status>(17)) == std::string("unknown"));
}

TEST_CASE("details of every kind come as JSON", "[E16]") {
  CReply reply;
  thrown(reply, Error(Code::conflict, "file_missing", "",
                      {{"ids", std::vector<std::int64_t>{1, 2}},
                       {"names", std::vector<std::string>{"a", "\"b\""}},
                       {"text", std::string("Київ")}}));
  const auto details = reply.object().at("details");
  CHECK(details.at("ids").as_array().size() == 2);
  CHECK(details.at("names").as_array().at(1).as_string() == "\"b\"");
  CHECK(details.at("text").as_string() == "Київ");
}

TEST_CASE("what is not an Error becomes one at the border", "[E17]") {
  CReply memory;
  CHECK(thrown(memory, std::bad_alloc()) == FRONTDESK_NO_MEMORY);
  CHECK(memory.word("reason") == "no_memory");
  CReply defect;
  CHECK(thrown(defect, std::logic_error("surprise")) == FRONTDESK_INTERNAL);
  CHECK(defect.word("reason") == "defect");
  CHECK(defect.object().at("details").at("problem").as_string() == "surprise");
  CReply unknown;
  CHECK(thrown(unknown, 42) == FRONTDESK_INTERNAL);
  CHECK(unknown.text == nullptr);
}

TEST_CASE("a status needs no reply", "[E15]") {
  CHECK(c::guard({}, [] { throw Error(Code::busy, "file_busy"); }) == FRONTDESK_BUSY);
  std::size_t length = 7;
  CHECK(c::guard({nullptr, &length}, [] {}) == FRONTDESK_OK);
  CHECK(length == 0);
}

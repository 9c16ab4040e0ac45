// Nothing can be forgotten in silence: every field table has all members, every operation and event
// is in its list.
#include <catch2/catch.hpp>
#include <frontdesk/frontdesk.hpp>

#include "describe/json.hpp"
#include "engine/lists.hpp"

#include <set>

using namespace frontdesk;

/// Stands for any member in an aggregate's braces. Never defined, only named.
struct Anything {
  template <class T>
  operator T() const;
};

namespace {

template <class T, class... Given>
constexpr std::size_t members() {
  if constexpr (requires { T{Given{}..., Anything{}}; }) {
    return members<T, Given..., Anything>();
  } else {
    return sizeof...(Given);
  }
}

/// Reads the kinds' and operations' lists by address.
template <class List>
std::set<const void*> addresses(const List& list) {
  std::set<const void*> set;
  for (const auto* entry : list) set.insert(entry);
  return set;
}

}  // namespace

TEST_CASE("every field table names every member of its struct", "[registry][E1]") {
#define DESCRIBED(Struct)                                \
  {                                                      \
    INFO(#Struct);                                       \
    CHECK(Struct::fields().size() == members<Struct>()); \
  }
#define OPERATION(Struct)
#define EVENT(Struct)
#include "structs.inc"
#undef DESCRIBED
#undef OPERATION
#undef EVENT
}

TEST_CASE("every operation of the headers is in the registry, and every event in its list",
          "[registry][E1][E7]") {
  std::set<const void*> registered = addresses(operations());
  std::set<const void*> told = addresses(engine::event_kinds());
  std::size_t operations_seen = 0;
  std::size_t events_seen = 0;
#define DESCRIBED(Struct)
#define OPERATION(Struct)                             \
  {                                                   \
    INFO(#Struct);                                    \
    ++operations_seen;                                \
    CHECK(registered.count(&Struct::operation) == 1); \
  }
#define EVENT(Struct)                      \
  {                                        \
    INFO(#Struct);                         \
    ++events_seen;                         \
    CHECK(told.count(&Struct::kind) == 1); \
  }
#include "structs.inc"
#undef DESCRIBED
#undef OPERATION
#undef EVENT
  CHECK(operations_seen == registered.size());
  CHECK(events_seen == told.size());
  CHECK(operations_seen > 80);
}

#include <catch2/catch.hpp>

#include "support.hpp"

#include <limits>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

TEST_CASE("a negative number that no handle gave is refused in a batch", "[E5]") {
  TestDesk desk;
  auto attempt = [&desk](std::int64_t number) {
    Batch batch;
    people::CreateClient first;
    first.first_name = "Olena";
    batch.add(first);
    people::AddDependant child;
    child.guardian = ClientId{number};
    child.first_name = "Maria";
    batch.add(child);
    return refusal([&] { desk.host().run(batch); }).reason();
  };
  constexpr std::int64_t step = std::int64_t{1} << 20;
  CHECK(attempt(-1 - 4) == "batch_reference_unknown");         // between two members
  CHECK(attempt(-1 - 0xfffff) == "batch_reference_unknown");   // beyond the result
  CHECK(attempt(-1 - step) == "batch_reference_unknown");      // the step itself
  CHECK(attempt(-1 - 7 * step) == "batch_reference_unknown");  // no step
  CHECK(attempt(std::numeric_limits<std::int64_t>::min()) == "batch_reference_unknown");
  CHECK(desk.host().run(people::Clients{}).items.empty());
}

TEST_CASE("a handle stands for an id of its own kind only", "[E5]") {
  TestDesk desk;
  Batch batch;
  auto centre = batch.add(catalog::CreateCentre{
      .name = "Sun", .city = "Kyiv", .zone = "Europe/Kyiv", .currency = "UAH"});
  people::AddDependant child;
  child.guardian = ClientId{centre.id(&catalog::Centre::id).value};
  child.first_name = "Maria";
  batch.add(child);
  CHECK(refusal([&] { desk.host().run(batch); }).reason() == "batch_reference_unknown");
}

// Areas above may refuse; none does yet, so one is made up here, below the public API.
#include "support.hpp"

#include "storage/connection.hpp"
#include "storage/desk_state.hpp"
#include "storage/hooks.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;

namespace {

void refuse(storage::Transaction&, std::int64_t subject) {
  throw Error(Code::conflict, "still_used", {}, {{"subject", subject}});
}

constexpr storage::Veto vetoes[] = {
    {"catalog.archive_centre", refuse},
    {"catalog.archive_section", refuse},
    {"catalog.change_currency", refuse},
};

/// Runs operations as somebody who may do everything, with vetoes, on a file that no desk has open.
struct Guarded {
  testing::TemporaryFolder folder{};
  std::string path = folder.file("desk.db");
  storage::DeskState desk{};
  storage::TopicVersions topics{};
  std::unique_ptr<storage::Connection> connection{};
  std::unique_ptr<storage::Transaction> transaction{};

  Guarded() {
    {
      Desk::open(path);
    }
    desk.hooks.vetoes = vetoes;
    connection = std::make_unique<storage::Connection>(path, storage::OpenMode::read_write);
    transaction = std::make_unique<storage::Transaction>(*connection, desk, topics);
    storage::TransactionAccess(*transaction).reach({.any = true});
  }
  template <Request T>
  typename T::Result run(const T& request) {
    typename T::Result result{};
    T::operation.handle(*transaction, &request, &result, nullptr);
    return result;
  }
};

}  // namespace

TEST_CASE("whoever depends on a centre, its currency or a section may keep it as it is",
          "[C1][C9]") {
  Guarded desk;
  CentreId centre =
      desk.run(catalog::CreateCentre{
                   .name = "Alpha", .city = "Kyiv", .zone = "Europe/Kyiv", .currency = "UAH"})
          .id;
  SectionId section = desk.run(catalog::CreateSection{.centre = centre, .name = "Ballet"}).id;

  Error archiving = refusal([&] { desk.run(catalog::ArchiveCentre{.centre = centre}); });
  CHECK(archiving.reason() == "still_used");
  CHECK(std::get<std::int64_t>(archiving.details().at("subject")) == centre.value);
  CHECK(refusal([&] { desk.run(catalog::ArchiveSection{.section = section}); }).reason() ==
        "still_used");
  CHECK(refusal([&] {
          desk.run(catalog::UpdateCentre{.centre = centre, .currency = "EUR"});
        }).reason() == "still_used");
  // The zone may change, and naming the same currency changes nothing.
  CHECK(
      desk.run(catalog::UpdateCentre{.centre = centre, .zone = "Europe/London", .currency = "UAH"})
          .zone == "Europe/London");
}

// What later areas rest on, below the public API: queue() and the parts the area gives to wholes.
#include "outbox_steps.hpp"

#include "notices/lists.hpp"
#include "notices/outbox.hpp"
#include "storage/connection.hpp"
#include "storage/desk_state.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

namespace {

const Instant noon{Duration{1'772'452'800}};

/// A transaction on a file that no desk has open.
struct Quiet {
  TemporaryFolder folder{};
  std::string path = folder.file("desk.db");
  storage::DeskState desk{};
  storage::TopicVersions topics{};
  std::unique_ptr<storage::Connection> connection{};
  std::unique_ptr<storage::Transaction> transaction{};

  Quiet() {
    {
      Desk::open(path);
    }
    desk.random = crypto::system_random();
    desk.secret = std::string(32, 's');
    connection = std::make_unique<storage::Connection>(path, storage::OpenMode::read_write);
    transaction = std::make_unique<storage::Transaction>(*connection, desk, topics);
    at(noon);
  }
  void at(Instant now) { storage::TransactionAccess(*transaction).begin(now, {}, {}, false); }
  std::size_t events() { return storage::TransactionAccess(*transaction).emitted().size(); }
  ClientId client(std::int64_t id) {
    connection->execute(
        "INSERT INTO clients (id, version, first_name, last_name, language, registered_at,"
        " pick_up, attributes) VALUES ($1, 1, 'A', 'B', 'en', 0, '[]', '{}')",
        id);
    return ClientId{id};
  }
  std::vector<std::string> problems() {
    std::vector<storage::Finding> findings;
    notices::lists::check_messages.run(*transaction, findings);
    std::vector<std::string> found;
    found.reserve(findings.size());
    for (const storage::Finding& finding : findings) found.push_back(finding.problem);
    return found;
  }
};

notices::Draft reminder(std::string cause) {
  return {.purpose = "password_changed",
          .address = "olena@mail.example",
          .language = "uk",
          .cause = std::move(cause)};
}

}  // namespace

TEST_CASE("a message is queued once for one cause", "[N3]") {
  Quiet quiet;
  storage::Transaction& transaction = *quiet.transaction;
  MessageId first = notices::queue(transaction, reminder("bookings.reminder:42"));
  CHECK(notices::queue(transaction, reminder("bookings.reminder:42")) == first);
  CHECK(quiet.events() == 1);
  CHECK(notices::queue(transaction, reminder("bookings.reminder:43")) != first);
  notices::finish(transaction, first, notices::MessageStatus::delivered);
  CHECK(notices::queue(transaction, reminder("bookings.reminder:42")) == first);
  CHECK(notices::stored_message(transaction, first).status == notices::MessageStatus::delivered);

  notices::Draft without = reminder("");
  without.cause.reset();
  CHECK(notices::queue(transaction, without) != notices::queue(transaction, without));
}

TEST_CASE("a message waits for its time and lasts a week unless told", "[N3]") {
  Quiet quiet;
  notices::Draft draft = reminder("a");
  draft.not_before = noon + 3h;
  notices::Message later =
      notices::stored_message(*quiet.transaction, notices::queue(*quiet.transaction, draft));
  CHECK(later.not_before == noon + 3h);
  CHECK(later.expires_at == noon + 3h + 24h * 7);
  CHECK(later.created_at == noon);
  CHECK(later.language == "uk");
  draft.cause = "b";
  draft.expires_at = noon + 4h;
  CHECK(notices::stored_message(*quiet.transaction, notices::queue(*quiet.transaction, draft))
            .expires_at == noon + 4h);
}

TEST_CASE("content is sealed and opens with the file's secret only", "[N3]") {
  Quiet quiet;
  std::string sealed = notices::seal_content(*quiet.transaction, "Код", "123456\nдва рядки");
  CHECK(sealed.find("123456") == std::string::npos);
  auto content = notices::open_content(*quiet.transaction, sealed);
  REQUIRE(content);
  CHECK(content->first == "Код");
  CHECK(content->second == "123456\nдва рядки");
  quiet.desk.secret = std::string(32, 'x');
  quiet.desk.keys.clear();  // what was derived from the other one
  CHECK_FALSE(notices::open_content(*quiet.transaction, sealed));
}

TEST_CASE("addresses are masked in lists", "[N3]") {
  CHECK(notices::mask("olena@studio.example") == "o***@studio.example");
  CHECK(notices::mask("їжак@пошта.укр") == "ї***@пошта.укр");
  CHECK(notices::mask("+380671234567") == "***67");
  CHECK(notices::mask("1234") == "***");
  CHECK(notices::mask("@x") == "***@x");
  CHECK(notices::mask("").empty());
}

TEST_CASE("the integrity check sees a secret that was left and a delivery that would be repeated",
          "[N3][U6]") {
  Quiet quiet;
  MessageId first = notices::queue(*quiet.transaction, reminder("a"));
  MessageId second = notices::queue(*quiet.transaction, reminder("b"));
  notices::finish(*quiet.transaction, second, notices::MessageStatus::delivered);
  CHECK(quiet.problems().empty());

  quiet.connection->execute("UPDATE outbox SET status = 3 WHERE id = $1", first);
  CHECK(quiet.problems() == std::vector<std::string>{"finished, but its text is still kept"});
  quiet.connection->execute("UPDATE outbox SET status = 0, content = NULL WHERE id = $1", first);
  CHECK(quiet.problems() == std::vector<std::string>{"waits to be delivered, but has no text"});
  quiet.connection->execute("UPDATE outbox SET finished_at = 1, content = x'00' WHERE id = $1",
                            first);
  CHECK(quiet.problems() ==
        std::vector<std::string>{"was finished, but waits to be delivered again"});
}

TEST_CASE("the tick works in batches and ends", "[N3][U1]") {
  Quiet quiet;
  for (int i = 0; i < 450; ++i) {
    notices::Draft draft = reminder("cause " + std::to_string(i));
    draft.expires_at = noon + 1h;
    notices::queue(*quiet.transaction, draft);
  }
  std::int64_t done = 0;
  CHECK(notices::lists::expire_messages.run(*quiet.transaction, done));
  CHECK(done == 0);
  quiet.at(noon + 1h);
  CHECK_FALSE(notices::lists::expire_messages.run(*quiet.transaction, done));
  CHECK(done == 200);
  while (!notices::lists::expire_messages.run(*quiet.transaction, done)) {
  }
  CHECK(done == 450);
  CHECK(quiet.problems().empty());
}

TEST_CASE("messages follow a merged client, are exported and erased with them", "[N3][P7][P9]") {
  Quiet quiet;
  notices::Draft draft = reminder("a");
  draft.client = quiet.client(1);
  ClientId keep = quiet.client(2);
  MessageId id = notices::queue(*quiet.transaction, draft);
  notices::lists::merge_messages.run(*quiet.transaction, keep, draft.client);
  CHECK(notices::stored_message(*quiet.transaction, id).client == keep);

  std::string exported = notices::lists::export_messages.run(*quiet.transaction, keep);
  CHECK(exported.find("olena@mail.example") != std::string::npos);
  CHECK(exported.find("password_changed") != std::string::npos);

  notices::lists::erase_messages.run(*quiet.transaction, keep);
  notices::Message erased = notices::stored_message(*quiet.transaction, id);
  CHECK(erased.address.empty());
  CHECK(erased.status == notices::MessageStatus::failed);
  CHECK(quiet.problems().empty());
  CHECK(notices::lists::export_messages.run(*quiet.transaction, keep).find("olena") ==
        std::string::npos);
}

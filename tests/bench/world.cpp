#include "world.hpp"

#include "storage/connection.hpp"

#include <atomic>
#include <cstdlib>

namespace frontdesk::bench {
namespace {

std::filesystem::path make_folder(bool is_in_memory) {
  auto base =
      is_in_memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path();
  std::string name = (base / "frontdesk-bench-XXXXXX").string();
  return ::mkdtemp(name.data());
}

}  // namespace

World::World(int group_limit, bool is_in_memory_folder)
    : folder_(make_folder(is_in_memory_folder)) {
  options_.group_limit = group_limit;
  desk_ = std::make_unique<Desk>(Desk::open(path(), options_));
  Caller host = desk_->host();
  host.run(upkeep::ChangeSetting{.name = "access.password_passes", .value = 1});
  host.run(upkeep::ChangeSetting{.name = "access.password_memory_bytes", .value = 8192});
  catalog::CreateCentre centre;
  centre.name = "Bench";
  centre.city = "Kyiv";
  centre.zone = "Europe/Kyiv";
  centre.currency = "UAH";
  centre_ = host.run(centre).id;
  people::CreateClient client;
  client.first_name = "Olena";
  client.centre = centre_;
  client_ = host.run(client).id;
  access::CreateAccount account;
  account.email = "salesman@bench.example";
  account.password = "correct horse battery";
  account.name = "Salesman";
  account.centre = centre_;
  AccountId salesman = host.run(account).id;
  for (const access::Role& role : host.run(access::Roles{}).items) {
    if (role.name != "Salesman") continue;
    host.run(access::GrantRole{.account = salesman, .role = role.id, .centre = centre_});
  }
  token_ = desk_->anonymous()
               .run(access::SignIn{.login = "salesman@bench.example",
                                   .password = "correct horse battery"})
               .token;
  clerk_ = std::make_unique<Caller>(desk_->caller(token_));
}

World::~World() {
  clerk_.reset();
  desk_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void World::close() {
  clerk_.reset();
  desk_.reset();
}

void World::open(std::optional<int> group_limit) {
  if (group_limit) options_.group_limit = *group_limit;
  desk_ = std::make_unique<Desk>(Desk::open(path(), options_));
  clerk_ = std::make_unique<Caller>(desk_->caller(token_));
}

std::string World::secret() const {
  storage::Connection connection(path(), storage::OpenMode::read_only);
  storage::Cursor row = connection.query("SELECT value FROM meta WHERE name = 'secret'");
  row.next();
  return std::string(row.text(0).substr(1));  // behind the mark of a secret that no host key wraps
}

void World::write_note(bool with_key) {
  static std::atomic<std::int64_t> number{0};
  CallOptions options;
  if (with_key) options.idempotency_key = "note-" + std::to_string(++number);
  people::AddNote note;
  note.client = client_;
  note.centre = centre_;
  note.text = "A note of about fifty characters, as staff write.";
  clerk_->run(note, options);
}

}  // namespace frontdesk::bench

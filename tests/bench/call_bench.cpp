/// Calls without storage, and authorization. The targets stand in docs/performance.md.
#include <benchmark/benchmark.h>

#include "access/authorization.hpp"
#include "access/permissions.hpp"
#include "describe/json.hpp"
#include "storage/desk_state.hpp"
#include "storage/file.hpp"
#include "world.hpp"

using namespace frontdesk;

namespace {

/// The pure permission check: eight grants with scopes, the one that matters last.
void permission_check(benchmark::State& state) {
  access::PermissionIndex wanted = access::permission_index("people.view");
  std::vector<access::Grant> grants;
  for (std::int64_t centre = 1; centre <= 8; ++centre) {
    grants.push_back({wanted, access::Scope::centre, CentreId{centre}});
  }
  CentreId centres[] = {CentreId{8}};
  access::Relation relation;
  relation.centres = centres;
  for (auto _ : state) {
    benchmark::DoNotOptimize(relation);
    benchmark::DoNotOptimize(access::permitted(grants, wanted, relation));
  }
}
BENCHMARK(permission_check)->Name("permission check, 8 scoped grants");

/// Token, grants, subject and reach inside an open transaction.
void authorization(benchmark::State& state) {
  bench::World world(64, true);
  access::Whoami whoami;
  world.clerk().run(whoami);
  const std::string& token = world.token();
  storage::File file(world.path(), {});
  storage::ReaderLease lease =
      file.read(std::chrono::steady_clock::now() + std::chrono::seconds{5});
  storage::DeskState desk;
  desk.random = crypto::system_random();
  desk.secret = world.secret();
  storage::TopicVersions topics;
  storage::Transaction transaction(lease.connection(), desk, topics);
  storage::TransactionAccess access(transaction);
  access.begin(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), {}, {},
               false);
  people::GetClient request;
  request.client = world.client();
  for (auto _ : state) {
    topics.is_current = false;  // as at the beginning of each transaction
    access.caller(access::principal_of_token(transaction, token), "en");
    benchmark::DoNotOptimize(
        access::authorize(transaction, people::GetClient::operation, &request));
  }
}
BENCHMARK(authorization)->Name("whole authorization inside a transaction");

constexpr const char* ten_fields =
    R"({"email": "olena.koval@mail.example", "password": "correct horse battery",)"
    R"( "first_name": "Олена",)"
    R"( "last_name": "Коваль", "phone": "+380671234567", "city": "Київ",)"
    R"( "address": "вул. Саксаганського 25",)"
    R"( "sex": "female", "birth_date": "1988-03-14", "language": "uk"})";

/// What a JSON face does besides storage: find the operation, decode, validate, encode.
void json_call(benchmark::State& state) {
  std::string request_text = ten_fields;
  for (auto _ : state) {
    const Operation* operation = find_operation("people.register");
    people::Register request;
    describe::decode(operation->request(), request_text, &request);
    describe::validate(operation->request(), &request);
    std::string reply = describe::encode(operation->request(), &request);
    benchmark::DoNotOptimize(reply);
  }
}
BENCHMARK(json_call)->Name("decode, dispatch, encode of ten fields");

void cheapest_read(benchmark::State& state) {
  bench::World world(64, true);
  for (auto _ : state) {
    benchmark::DoNotOptimize(world.clerk().call(
        "people.get_client", R"({"client": )" + std::to_string(world.client().value) + "}"));
  }
}
BENCHMARK(cheapest_read)->Name("people.get_client as JSON, with session, permission and snapshot");

void open_file(benchmark::State& state) {
  bench::World world;
  for (int i = 0; i < 1000; ++i) world.write_note();
  for (auto _ : state) {
    state.PauseTiming();
    world.close();
    state.ResumeTiming();
    world.open();
  }
}
BENCHMARK(open_file)->Name("open an existing file")->Unit(benchmark::kMillisecond)->Iterations(50);

}  // namespace

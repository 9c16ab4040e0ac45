#include <frontdesk/desk.hpp>

#include "describe/json.hpp"
#include "engine/batch.hpp"
#include "engine/engine.hpp"

namespace frontdesk::inline v1 {

struct Caller::Identity : engine::Identity {};

Caller::Caller(std::shared_ptr<engine::Engine> engine, std::shared_ptr<const Identity> identity)
    : engine_(std::move(engine)), identity_(std::move(identity)) {}

void Caller::run_erased(const Operation& operation, const void* request, void* result,
                        const CallOptions& options) const {
  engine_->run(*identity_, operation, request, result, options, false);
}

void Caller::preview_erased(const Operation& operation, const void* request, void* result,
                            const CallOptions& options) const {
  engine_->run(*identity_, operation, request, result, options, true);
}

void Caller::run(Batch& batch, const CallOptions& options) const {
  engine_->run_batch(
      *identity_,
      [&batch] {
        if (batch.entries_.size() > engine::batch_steps_max) {
          throw Error(
              Code::invalid, "size_out_of_range", {},
              {{"lowest", std::int64_t{0}}, {"highest", std::int64_t{engine::batch_steps_max}}});
        }
        std::vector<engine::Step> steps;
        for (const Batch::Entry& entry : batch.entries_) {
          steps.push_back(engine::typed_step(*entry.operation, entry.request.get(),
                                             entry.result.get(), steps.size()));
        }
        return steps;
      },
      options, false);
}

namespace {

/// The one path of all faces that speak JSON.
std::string call_with_json(engine::Engine& engine, const engine::Identity& identity,
                           std::string_view name, std::string_view request_json,
                           const CallOptions& options, bool is_preview) {
  std::shared_ptr<void> request;
  const Operation* operation = nullptr;
  try {
    operation = &engine::operation_named(name);
    request = engine::make_value(operation->request());
    describe::decode(operation->request(), request_json.empty() ? "{}" : request_json,
                     request.get());
  } catch (const Error& error) {
    throw engine.told(error, options, identity);
  }
  std::shared_ptr<void> result = engine::make_value(operation->result());
  engine.run(identity, *operation, request.get(), result.get(), options, is_preview);
  return describe::encode(operation->result(), result.get());
}

}  // namespace

std::string Caller::call(std::string_view operation, std::string_view request_json,
                         const CallOptions& options) const {
  return call_with_json(*engine_, *identity_, operation, request_json, options, false);
}

std::string Caller::preview(std::string_view operation, std::string_view request_json,
                            const CallOptions& options) const {
  return call_with_json(*engine_, *identity_, operation, request_json, options, true);
}

std::string Caller::batch(std::string_view list_json, const CallOptions& options) const {
  std::vector<engine::Step> steps;
  engine_->run_batch(
      *identity_, [list_json] { return engine::steps_from_json(list_json); }, options, false,
      &steps);
  return engine::results_to_json(steps);
}

Desk Desk::open(const std::string& path, const OpenOptions& options) {
  try {
    return Desk(std::make_shared<engine::Engine>(path, options));
  } catch (...) {
    throw engine::current_error();
  }
}

namespace {

engine::Identity identity_of(storage::PrincipalKind kind, std::string_view token = {}) {
  return {kind, std::string(token)};
}

}  // namespace

Caller Desk::host() const {
  return {engine_, std::make_shared<Caller::Identity>(
                       Caller::Identity{identity_of(storage::PrincipalKind::host)})};
}

Caller Desk::anonymous() const {
  return {engine_, std::make_shared<Caller::Identity>(
                       Caller::Identity{identity_of(storage::PrincipalKind::anonymous)})};
}

Caller Desk::caller(std::string_view token) const {
  return {engine_, std::make_shared<Caller::Identity>(
                       Caller::Identity{identity_of(storage::PrincipalKind::account, token)})};
}

void Desk::on_events(std::function<void()> wake) const { engine_->on_events(std::move(wake)); }

Statistics Desk::statistics() const { return engine_->statistics(); }

const std::string& Desk::path() const { return engine_->path(); }

}  // namespace frontdesk::inline v1

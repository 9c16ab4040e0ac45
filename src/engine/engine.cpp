#include "engine/engine.hpp"

#include "base/text.hpp"
#include "base/texts.hpp"
#include "describe/json.hpp"
#include "engine/idempotency.hpp"
#include "engine/lists.hpp"
#include "engine/rewriting.hpp"
#include "engine/secret.hpp"

#include <algorithm>
#include <thread>

namespace frontdesk::engine {
namespace {

using storage::Transaction;
using storage::TransactionAccess;

constexpr std::size_t host_key_bytes_min = 32;
constexpr std::size_t option_bytes_max = 500;
/// As good as no limit, and can be added to the clock without overflow.
constexpr std::chrono::hours wait_max{366 * 24};
/// What a clock may tell. Times that follow from it, up to centuries later, can still be written.
constexpr Instant clock_first{std::chrono::sys_days{std::chrono::year{1970} / 1 / 1}};
constexpr Instant clock_end{std::chrono::sys_days{std::chrono::year{9000} / 1 / 1}};

void check(const OpenOptions& options) {
  auto refuse = [](std::string_view field) { throw Error(Code::invalid, "open_option", field); };
  if (options.group_limit < 1 || options.group_limit > 1000) refuse("group_limit");
  if (options.readers_max < 1 || options.readers_max > 1000) refuse("readers_max");
  if (options.wal_bytes_max < 64 * 1024) refuse("wal_bytes_max");
  if (options.busy_timeout.count() < 0) refuse("busy_timeout");
  for (const HostKey& key : options.keys) {
    if (key.id.empty() || key.id.size() > 100 || key.secret.size() < host_key_bytes_min)
      refuse("keys");
  }
}

void check(const CallOptions& options) {
  auto check_length = [](std::string_view told, std::size_t bytes_max, std::string_view field) {
    if (told.size() > bytes_max) {
      throw Error(Code::invalid, "length_out_of_range", field,
                  {{"lowest", std::int64_t{0}}, {"highest", static_cast<std::int64_t>(bytes_max)}});
    }
  };
  // Both are told again in JSON.
  auto check_text = [&check_length](std::string_view told, std::string_view field) {
    check_length(told, option_bytes_max, field);
    if (auto offset = text::invalid_utf8(told)) {
      throw Error(Code::invalid, "utf8_invalid", field,
                  {{"offset", static_cast<std::int64_t>(*offset)}});
    }
    if (told.find('\0') != std::string_view::npos) {
      throw Error(Code::invalid, "text_has_nul", field);
    }
  };
  check_length(options.idempotency_key, idempotency_key_bytes_max, "options.idempotency_key");
  check_text(options.origin, "options.origin");
  check_text(options.correlation, "options.correlation");
  check_length(options.language, option_bytes_max, "options.language");
  if (options.deadline.count() < 0) {
    throw Error(
        Code::invalid, "out_of_range", "options.deadline",
        {{"lowest", std::int64_t{0}}, {"highest", std::numeric_limits<std::int64_t>::max()}});
  }
}

/// An exception that a function of the host's ended with: it comes out of the call as it is.
struct HostException {
  std::exception_ptr cause;
};

bool wants_more(const CallOptions& options, const JobProgress& job) {
  if (!options.progress) return true;
  try {
    return options.progress(job.done, job.total);
  } catch (...) {
    throw HostException{std::current_exception()};
  }
}

std::ptrdiff_t preparing_at_once() {
  return std::clamp<std::ptrdiff_t>(
      static_cast<std::ptrdiff_t>(std::thread::hardware_concurrency()), 1, 64);
}

}  // namespace

Engine::Engine(const std::string& path, const OpenOptions& options)
    : options_(options), preparing_(preparing_at_once()) {
  crypto::start();
  check(options_);
  options_.busy_timeout = std::min<std::chrono::milliseconds>(options_.busy_timeout, wait_max);
  storage::FileOptions file_options;
  file_options.read_only = options.read_only;
  file_options.create = options.create;
  file_options.readers_max = options.readers_max;
  file_options.wal_bytes_max = options.wal_bytes_max;
  file_options.open_timeout = options_.busy_timeout;
  if (options.random) {
    state_.random = [this](std::span<std::byte> bytes) {
      std::lock_guard guard(random_mutex_);
      options_.random(bytes);
    };
  } else {
    state_.random = crypto::system_random();
  }
  for (const auto& [language, json] : options_.texts) texts::add(language, json);
  state_.hooks = lists();
  file_ = std::make_unique<storage::File>(path, file_options);
  state_.path = file_->path();
  open_secret(*file_, options_.keys, state_, Clock::now() + options_.busy_timeout);
  context_.desk = &state_;
  context_.topics = &writer_topics_;
  latest_ =
      storage::read_audit_head(file_->read(Clock::now() + options_.busy_timeout).connection()).at;
}

Engine::~Engine() { crypto::wipe(state_.secret); }

void Engine::log(LogLevel level, std::string_view line) const {
  if (options_.log) options_.log(level, line);
}

Instant Engine::tick_clock() {
  Instant told = options_.clock
                     ? options_.clock()
                     : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (told < clock_first || told >= clock_end) {
    throw Error(Code::invalid, "clock_out_of_range", "clock");
  }
  std::lock_guard guard(clock_mutex_);
  latest_ = std::max(latest_, told);
  return latest_;
}

Engine::Clock::time_point Engine::deadline_of(const CallOptions& options) const {
  auto wait = options.deadline.count() > 0 ? options.deadline : options_.busy_timeout;
  return Clock::now() + std::min<std::chrono::milliseconds>(wait, wait_max);
}

/// Who waits for as long as others please finds the file busy; who set a deadline knows it is over.
Error Engine::waited_too_long(const CallOptions& options) {
  return options.deadline.count() > 0 ? Error(Code::cancelled, "deadline_passed")
                                      : Error(Code::busy, "file_busy");
}

storage::ReaderLease Engine::read(const CallOptions& options, Clock::time_point deadline) {
  try {
    return file_->read(deadline);
  } catch (const Error& error) {
    if (error.code() == Code::busy && options.deadline.count() > 0) throw waited_too_long(options);
    throw;
  }
}

storage::TopicVersions& Engine::topics_of(const storage::Connection& connection) {
  std::lock_guard guard(topics_mutex_);
  auto& topics = topics_[&connection];
  if (!topics) topics = std::make_unique<storage::TopicVersions>();
  return *topics;
}

void Engine::snapshot(const Identity& identity, const CallOptions& options,
                      const std::function<void(Transaction&)>& use) {
  auto deadline = deadline_of(options);
  storage::ReaderLease lease = read(options, deadline);
  storage::TopicVersions& topics = topics_of(lease.connection());
  topics.is_current = false;
  lease.connection().set_deadline(options.deadline.count() > 0 ? std::optional(deadline)
                                                               : std::nullopt);
  Transaction transaction(lease.connection(), state_, topics);
  TransactionAccess access(transaction);
  access.begin(tick_clock(), options.origin, options.correlation, false);
  storage::Principal principal = principal_of(transaction, identity);
  std::string language = options.language.empty() ? principal.language : options.language;
  access.caller(std::move(principal), language);
  use(transaction);
}

void Engine::run(const Identity& identity, const Operation& operation, const void* request,
                 void* result, const CallOptions& options, bool is_preview) {
  try {
    check(options);
    describe::validate(operation.request(), request);
    if (operation.kind == OperationKind::read) {
      return run_read(identity, operation, request, result, options);
    }
    if (operation.kind == OperationKind::job) {
      return run_job(identity, operation, request, result, options, is_preview);
    }
    std::vector<Step> steps(1);
    steps[0].operation = &operation;
    steps[0].request = request;
    steps[0].result = result;
    run_steps(identity, steps, options, is_preview);
  } catch (const HostException& thrown) {
    std::rethrow_exception(thrown.cause);
  } catch (...) {
    throw told(current_error(), options, identity);
  }
}

void Engine::run_batch(const Identity& identity, const std::function<std::vector<Step>()>& make,
                       const CallOptions& options, bool is_preview, std::vector<Step>* finished) {
  try {
    check(options);
    std::vector<Step> steps = make();
    if (!steps.empty()) run_steps(identity, steps, options, is_preview);
    if (finished != nullptr) *finished = std::move(steps);
  } catch (...) {
    throw told(current_error(), options, identity);
  }
}

Error Engine::told(const Error& error, const CallOptions& options, const Identity& identity) {
  return error.in_language(language_of(options, identity));
}

std::string Engine::language_of(const CallOptions& options, const Identity& identity) {
  if (!options.language.empty() || identity.kind != storage::PrincipalKind::account)
    return options.language;
  std::string language;
  try {
    snapshot(identity, {}, [&language](Transaction& tx) { language = tx.principal().language; });
  } catch (...) {
    // whoever cannot be told apart is answered in English
  }
  return language;
}

void Engine::run_read(const Identity& identity, const Operation& operation, const void* request,
                      void* result, const CallOptions& options) {
  bool is_authorizing = true;
  try {
    snapshot(identity, options, [&](Transaction& transaction) {
      authorize(transaction, operation, request);
      is_authorizing = false;
      operation.handle(transaction, request, result, nullptr);
    });
  } catch (const Error& error) {
    if (is_denial(error) || (is_authorizing && error.code() == Code::not_found)) {
      log_denial(identity, operation, request, options, error);
    }
    throw;
  }
}

/// For refusals outside of the writers' queue: reads, and the preparation of writes.
void Engine::log_denial(const Identity& identity, const Operation& operation, const void* request,
                        const CallOptions& options, const Error& error) {
  if (file_->read_only()) return;
  std::vector<Step> steps(1);
  steps[0].operation = &operation;
  steps[0].request = request;
  Unit unit;
  unit.identity = &identity;
  unit.options = &options;
  unit.steps = &steps;
  unit.denial = &error;
  try {
    submit(unit);
  } catch (const Error& failure) {
    log(LogLevel::warning, "a denial could not be logged: " + failure.message());
  }
}

void Engine::prepare(const Identity& identity, Step& step, const CallOptions& options) {
  if (step.operation->prepare == nullptr) return;
  if (step.request == nullptr) {
    throw Error(Code::unsupported, "batch_reference_unsupported", {},
                {{"operation", std::string(step.operation->name)}});
  }
  if (!preparing_.try_acquire_until(deadline_of(options))) throw waited_too_long(options);
  try {
    snapshot(identity, options, [&step](Transaction& transaction) {
      // Slow work is done for nobody who may not ask for it; the handler's transaction checks
      // again.
      authorize(transaction, *step.operation, step.request);
      step.prepared = step.operation->prepare(transaction, step.request);
    });
  } catch (const Error& error) {
    preparing_.release();
    if (is_denial(error)) log_denial(identity, *step.operation, step.request, options, error);
    throw;
  } catch (...) {
    preparing_.release();
    throw;
  }
  preparing_.release();
}

void Engine::run_steps(const Identity& identity, std::vector<Step>& steps,
                       const CallOptions& options, bool is_preview) {
  if (file_->read_only()) throw Error(Code::read_only, "file_read_only");
  for (Step& step : steps) {
    if (step.operation->kind == OperationKind::job) {
      throw Error(Code::unsupported, "job_in_batch", step.place,
                  {{"operation", std::string(step.operation->name)}});
    }
    try {
      prepare(identity, step, options);
    } catch (const Error& error) {
      throw at_step(error, step.place);
    }
  }
  Unit unit;
  unit.identity = &identity;
  unit.options = &options;
  unit.steps = &steps;
  unit.is_preview = is_preview;
  submit(unit);
}

void Engine::run_job(const Identity& identity, const Operation& operation, const void* request,
                     void* result, const CallOptions& options, bool is_preview) {
  if (file_->read_only()) throw Error(Code::read_only, "file_read_only");
  std::vector<Step> steps(1);
  steps[0].operation = &operation;
  steps[0].request = request;
  steps[0].result = result;
  prepare(identity, steps[0], options);
  std::shared_ptr<void> so_far = make_value(operation.result());  // as of the last commit
  steps[0].result = so_far.get();
  JobProgress job;
  job.state = make_value(operation.state());
  job.is_bounded = !is_preview;
  while (!job.is_finished) {
    Unit unit;
    unit.identity = &identity;
    unit.options = &options;
    unit.steps = &steps;
    unit.job = &job;
    unit.shown_result = result;
    unit.is_preview = is_preview;
    submit(unit);
    // The step is committed: from here on only the host can stop the job.
    so_far = std::move(unit.next_result);
    steps[0].result = so_far.get();
    job = std::move(unit.next_job);
    if (!wants_more(options, job) && !job.is_finished) {
      throw Error(Code::cancelled, "job_stopped", {}, {{"done", job.done}, {"total", job.total}});
    }
  }
  if (!is_preview) rewrite_if_due(identity, options);
}

/// The job is done, so nothing that fails here may fail it.
void Engine::rewrite_if_due(const Identity& identity, const CallOptions& options) noexcept {
  try {
    if (!is_rewrite_due(file_->read(deadline_of(options)).connection())) return;
    std::vector<Step> steps;
    Unit unit;
    unit.identity = &identity;
    unit.options = &options;
    unit.steps = &steps;
    unit.is_rewrite = true;
    submit(unit);
  } catch (...) {
    warn("the file could not be written anew; the next job tries again");
  }
}

void Engine::on_events(std::function<void()> wake) {
  auto kept = wake ? std::make_shared<const std::function<void()>>(std::move(wake)) : nullptr;
  std::lock_guard guard(listener_mutex_);
  wake_.swap(kept);
}

/// What woke them is committed: neither want of memory nor a listener can make a failure of it.
void Engine::wake_listeners() noexcept {
  std::shared_ptr<const std::function<void()>> wake;
  {
    std::lock_guard guard(listener_mutex_);
    wake = wake_;
  }
  if (!wake) return;
  try {
    (*wake)();
  } catch (...) {
    warn("the listener of events threw an exception");
  }
}

/// For places where nothing may fail, not even the host's log.
void Engine::warn(std::string_view line) const noexcept {
  try {
    log(LogLevel::warning, line);
  } catch (...) {
    // There is nobody left to tell.
  }
}

Statistics Engine::statistics() const {
  storage::FileStatistics file = file_->statistics();
  return {file.commits, operations_committed_.load(), file.checkpoints, file.wal_frames};
}

}  // namespace frontdesk::engine

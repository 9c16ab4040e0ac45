#include "desk.hpp"

#include <pybind11/chrono.h>
#include <pybind11/stl.h>

#include "guard.hpp"
#include "open_desk.hpp"
#include "times.hpp"
#include "values.hpp"

#include <cstring>

namespace frontdesk::python {
namespace {

enum class Who { host, anonymous, token };

/// Someone who runs operations. Immutable, so threads share it.
struct NativeCaller {
  std::shared_ptr<OpenDesk> desk;
  Who who = Who::anonymous;
  std::string token{};
  CallOptions options{};

  Caller on(const Desk& open) const {
    if (who == Who::host) return open.host();
    return who == Who::anonymous ? open.anonymous() : open.caller(token);
  }
};

py::object run(const NativeCaller& caller, const Operation& operation, const py::dict& fields,
               bool is_preview) {
  Value request(operation.request());
  try {
    fields_from_python(plan_of(operation.request()), fields, request.data());
  } catch (const Error& error) {
    throw error.in_language(caller.options.language);
  }
  Value result(operation.result());
  caller.desk->work([&](const Desk& desk) {
    Caller runner = caller.on(desk);
    if (is_preview) {
      runner.preview_erased(operation, request.data(), result.data(), caller.options);
    } else {
      runner.run_erased(operation, request.data(), result.data(), caller.options);
    }
  });
  return to_python(plan_of(operation.result()), result.data());
}

/// `how` is Caller::call or one like it.
template <class How>
std::string with_json(const NativeCaller& caller, How&& how) {
  return enter([&] {
    std::string reply;
    caller.desk->work([&](const Desk& desk) { reply = how(caller.on(desk)); });
    return reply;
  });
}

py::dict figures(OpenDesk& desk) {
  Statistics figures;
  desk.work([&figures](const Desk& open) { figures = open.statistics(); });
  py::dict made;
  made["commits"] = figures.commits;
  made["operations_committed"] = figures.operations_committed;
  made["checkpoints"] = figures.checkpoints;
  made["wal_frames"] = figures.wal_frames;
  return made;
}

// --- options ---

std::function<Instant()> clock_of(const py::object& function) {
  Callback callback(function, "clock");
  if (!callback) return {};
  return [callback] {
    return callback([](py::handle tell) {
      py::object now = tell();
      return Instant{std::chrono::seconds{clock_from_python(now.ptr())}};
    });
  };
}

std::function<void(std::span<std::byte>)> random_of(const py::object& function) {
  Callback callback(function, "random");
  if (!callback) return {};
  return [callback](std::span<std::byte> target) {
    callback([target](py::handle make) {
      py::object made = make(target.size());
      if (!PyBytes_Check(made.ptr()) ||
          static_cast<std::size_t>(PyBytes_Size(made.ptr())) != target.size()) {
        PyErr_SetString(PyExc_ValueError, "random has to give as many bytes as it is asked for");
        throw py::error_already_set();
      }
      std::memcpy(target.data(), PyBytes_AsString(made.ptr()), target.size());
    });
  };
}

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "error";
}

std::function<void(LogLevel, std::string_view)> log_of(const py::object& function) {
  Callback callback(function, "log");
  if (!callback) return {};
  return [callback](LogLevel level, std::string_view line) {
    callback.tell([level, line](py::handle tell) { tell(level_name(level), line); });
  };
}

std::function<bool(std::int64_t, std::int64_t)> progress_of(const py::object& function) {
  Callback callback(function, "progress");
  if (!callback) return {};
  return [callback](std::int64_t done, std::int64_t total) {
    return callback([done, total](py::handle tell) {
      py::object answer = tell(done, total);
      return answer.is_none() || answer.cast<bool>();
    });
  };
}

std::vector<HostKey> keys_of(const std::vector<std::pair<std::string, std::string>>& keys) {
  std::vector<HostKey> made;
  made.reserve(keys.size());
  for (const auto& [id, secret] : keys) made.push_back({id, secret});
  return made;
}

// --- what Python sees ---

void show_caller(py::module_& module) {
  py::class_<NativeCaller>(module, "Caller")
      .def("run",
           [](const NativeCaller& caller, const Operation& operation, const py::dict& fields) {
             return enter([&] { return run(caller, operation, fields, false); });
           })
      .def("preview",
           [](const NativeCaller& caller, const Operation& operation, const py::dict& fields) {
             return enter([&] { return run(caller, operation, fields, true); });
           })
      .def("call",
           [](const NativeCaller& caller, const std::string& name, const std::string& json) {
             return with_json(caller, [&](const Caller& runner) {
               return runner.call(name, json, caller.options);
             });
           })
      .def("preview_call",
           [](const NativeCaller& caller, const std::string& name, const std::string& json) {
             return with_json(caller, [&](const Caller& runner) {
               return runner.preview(name, json, caller.options);
             });
           })
      .def("batch",
           [](const NativeCaller& caller, const std::string& json) {
             return with_json(
                 caller, [&](const Caller& runner) { return runner.batch(json, caller.options); });
           })
      .def("wakes", [](const NativeCaller& caller) { return caller.desk->wakes(); })
      .def("wait",
           [](const NativeCaller& caller, std::int64_t seen, std::chrono::milliseconds time) {
             return enter([&] { return caller.desk->wait(seen, time); });
           })
      .def_property_readonly("closed",
                             [](const NativeCaller& caller) { return caller.desk->is_closed(); })
      .def_readonly("token", &NativeCaller::token)
      .def("with_options",
           [](const NativeCaller& caller, std::optional<std::string> idempotency_key,
              std::optional<std::string> origin, std::optional<std::string> language,
              std::optional<std::string> correlation,
              std::optional<std::chrono::milliseconds> deadline,
              const std::optional<py::object>& progress) {
             NativeCaller made = caller;
             CallOptions& options = made.options;
             if (idempotency_key) options.idempotency_key = std::move(*idempotency_key);
             if (origin) options.origin = std::move(*origin);
             if (language) options.language = std::move(*language);
             if (correlation) options.correlation = std::move(*correlation);
             if (deadline) options.deadline = *deadline;
             if (progress) options.progress = progress_of(*progress);
             return made;
           });
}

}  // namespace

void show_desk(py::module_& module) {
  show_caller(module);
  py::class_<OpenDesk, std::shared_ptr<OpenDesk>>(module, "Desk")
      .def("host",
           [](std::shared_ptr<OpenDesk> desk) { return NativeCaller{std::move(desk), Who::host}; })
      .def("anonymous",
           [](std::shared_ptr<OpenDesk> desk) { return NativeCaller{std::move(desk)}; })
      .def("caller",
           [](std::shared_ptr<OpenDesk> desk, std::string token) {
             return NativeCaller{std::move(desk), Who::token, std::move(token)};
           })
      .def("close", [](OpenDesk& desk) { enter([&] { desk.close(); }); })
      .def_property_readonly("closed", &OpenDesk::is_closed)
      .def("on_events",
           [](OpenDesk& desk, const py::object& function) {
             enter([&] { desk.on_events(Callback(function, "on_events")); });
           })
      .def("statistics", [](OpenDesk& desk) { return enter([&] { return figures(desk); }); });
  module.def("open", [](const std::string& path, bool read_only, bool create,
                        const std::vector<std::pair<std::string, std::string>>& keys,
                        const py::object& clock, const py::object& random, const py::object& log,
                        int group_limit, std::chrono::milliseconds busy_timeout,
                        std::int64_t wal_bytes_max, int readers_max) {
    OpenOptions options;
    options.read_only = read_only;
    options.create = create;
    options.keys = keys_of(keys);
    options.clock = clock_of(clock);
    options.random = random_of(random);
    options.log = log_of(log);
    options.group_limit = group_limit;
    options.busy_timeout = busy_timeout;
    options.wal_bytes_max = wal_bytes_max;
    options.readers_max = readers_max;
    return enter([&] { return OpenDesk::open(path, options); });
  });
  module.def("close_all", &OpenDesk::close_all);
}

}  // namespace frontdesk::python

/// The commands, one function each: it declares the command's options and returns what runs it.
#pragma once

#include "session.hpp"

#include <CLI/CLI.hpp>

namespace frontdesk::command {

/// A command of the command line. `run` gives the exit code.
struct Command {
  CLI::App* app;
  std::function<int()> run;
};

Command add_call(CLI::App& app, Options& options);
Command add_batch(CLI::App& app, Options& options);
Command add_sign_in(CLI::App& app, Options& options);
Command add_import(CLI::App& app, Options& options);
Command add_events(CLI::App& app, Options& options);
Command add_tick(CLI::App& app, Options& options);
Command add_check(CLI::App& app, Options& options);
Command add_operations(CLI::App& app, Options& options);
Command add_describe(CLI::App& app, Options& options);
Command add_recurrence(CLI::App& app, Options& options);
Command add_reference(CLI::App& app, Options& options);

}  // namespace frontdesk::command

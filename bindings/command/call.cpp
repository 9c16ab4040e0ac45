// call, batch, tick and check.
#include "commands.hpp"
#include "output.hpp"

#include <frontdesk/upkeep.hpp>

#include <iostream>

namespace frontdesk::command {
namespace {

constexpr auto request_help = "The request in JSON; - reads standard input, @FILE a file";
constexpr auto key_help = "Idempotency key: repeated within 24 hours, the first result comes again";

/// Only what is to be written makes a file: a name mistyped for a reading one shows as missing.
IfMissing if_missing(const Operation* operation, bool is_preview) {
  const bool writes = operation != nullptr && operation->kind != OperationKind::read && !is_preview;
  return writes ? IfMissing::create : IfMissing::refuse;
}

}  // namespace

Command add_call(CLI::App& app, Options& options) {
  struct Arguments {
    std::string name{};
    std::string request = "{}";
    bool is_preview = false;
  };
  auto given = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("call", "Run an operation and print its result");
  command->add_option("operation", given->name, "Its name, such as people.register")->required();
  command->add_option("request", given->request, request_help);
  command->add_flag("--preview", given->is_preview, "Print the result without changing anything");
  command->add_option("--key", options.call.idempotency_key, key_help);
  return {command, [given, &options] {
            const std::string request = read_request(given->request);
            const Operation* operation = find_operation(given->name);
            const Desk desk = open(options, if_missing(operation, given->is_preview));
            const Caller caller = caller_of(desk, options);
            CallOptions call = options.call;
            ProgressBar bar(given->name);
            if (operation != nullptr && operation->kind == OperationKind::job) {
              call.progress = [&bar](std::int64_t done, std::int64_t total) {
                bar.show(done, total);
                return true;
              };
            }
            print_json(given->is_preview ? caller.preview(given->name, request, call)
                                         : caller.call(given->name, request, call),
                       options);
            return 0;
          }};
}

Command add_batch(CLI::App& app, Options& options) {
  auto list = std::make_shared<std::string>("-");
  CLI::App* command = app.add_subcommand("batch", "Run a list of operations, all or none");
  command->add_option(
      "list", *list,
      "A JSON list of {\"operation\", \"request\"}; {\"$ref\": \"0.id\"} stands for a "
      "result of step 0; - reads standard input, @FILE a file");
  command->add_option("--key", options.call.idempotency_key, key_help);
  return {command, [list, &options] {
            const std::string text = read_request(*list);
            const Desk desk = open(options, IfMissing::create);
            print_json(caller_of(desk, options).batch(text, options.call), options);
            return 0;
          }};
}

Command add_tick(CLI::App& app, Options& options) {
  auto is_preview = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("tick", "Do everything that time brings");
  command->add_flag("--preview", *is_preview, "Print what would be done");
  return {command, [is_preview, &options] {
            const Desk desk = open(options, IfMissing::refuse);
            const Caller caller = caller_of(desk, options);
            const upkeep::Tick tick;
            const upkeep::TickDone done =
                *is_preview ? caller.preview(tick, options.call) : caller.run(tick, options.call);
            Table table;
            for (const upkeep::TickWork& work : done.work) {
              table.add({work.part, std::to_string(work.done)});
            }
            table.print(std::cout, "");
            return 0;
          }};
}

Command add_check(CLI::App& app, Options& options) {
  CLI::App* command = app.add_subcommand("check", "Check every invariant and the audit chain");
  return {command, [&options] {
            const Desk desk = open(options, IfMissing::refuse);
            const Caller caller = caller_of(desk, options);
            const upkeep::Checked checked = caller.run(upkeep::Check{}, options.call);
            const audit::Verified audit = caller.run(audit::Verify{}, options.call);
            std::vector<upkeep::Problem> problems = checked.problems;
            problems.insert(problems.end(), audit.problems.begin(), audit.problems.end());
            for (const upkeep::Problem& problem : problems) {
              std::cout << problem.part << ": " << problem.place << ": " << problem.problem << '\n';
            }
            const bool is_whole = problems.empty() && audit.is_whole;
            std::cout << checked.parts.size() << " checks and " << audit.rows << " audit rows, "
                      << problems.size() << " problems\n";
            return is_whole ? 0 : 1;
          }};
}

}  // namespace frontdesk::command

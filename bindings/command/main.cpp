// The `frontdesk` command: every operation of the registry from a shell.
#include "commands.hpp"
#include "output.hpp"

#include <cmath>
#include <iostream>

namespace frontdesk::command {
namespace {

constexpr int exit_ok = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

constexpr auto footer = R"(
Exit codes: 0 done, 1 refused or failed (why stands on standard error), 2 wrong command line.
Keys of the host come from --key-file or, as id:base64, from the environment variable FRONTDESK_KEY.

  frontdesk --db studio.db call people.register @request.json
  frontdesk --db studio.db --as "$TOKEN" call people.clients '{"search": "koval"}'
  frontdesk --db studio.db events --follow --topic 'people.*'
  frontdesk operations people.register)";

void add_options(CLI::App& app, Options& options) {
  app.add_option("--db", options.file, "The file to work on")->envname("FRONTDESK_DB");
  app.add_option("--key-file", options.key_file, "Keys of the host, id:base64, one a line");
  // CLI11 itself takes an empty text for none, which would make of a token that got lost the host.
  app.add_option_function<std::string>(
      "--as", [&options](const std::string& token) { options.token = token; },
      "Token to work with instead of as the host; else that of FRONTDESK_TOKEN");
  app.add_flag("--anonymous", options.is_anonymous, "Work as nobody in particular");
  app.add_option_function<double>(
         "--deadline",
         [&options](double seconds) {
           options.call.deadline = std::chrono::milliseconds(std::llround(seconds * 1'000));
         },
         "Seconds after which what has not begun is called off")
      ->check(CLI::Range(0.001, 1e9));
  app.add_flag("--read-only", options.is_read_only, "Open the file for reading only");
  app.add_option("--language", options.call.language, "Language of messages: en, uk");
  app.add_option("--origin", options.call.origin, "Where the call comes from, for the audit log");
  app.add_option("--correlation", options.call.correlation, "Ties audit and events to another log");
  auto* pretty = app.add_flag("--pretty", options.is_pretty, "Indent JSON, as on a terminal");
  app.add_flag("--compact", options.is_compact, "JSON on one line")->excludes(pretty);
}

std::vector<Command> add_commands(CLI::App& app, Options& options) {
  std::vector<Command> commands;
  for (auto add : {add_call, add_batch, add_operations, add_describe, add_sign_in, add_import,
                   add_events, add_tick, add_check, add_recurrence, add_reference}) {
    commands.push_back(add(app, options));
  }
  CLI::App* version_command = app.add_subcommand("version", "Print the version");
  commands.push_back({version_command, [] {
                        std::cout << "frontdesk " << version() << '\n';
                        return exit_ok;
                      }});
  auto topic = std::make_shared<std::string>();
  CLI::App* help_command = app.add_subcommand("help", "Explain a command");
  help_command->add_option("command", *topic, "Its name");
  commands.push_back({help_command, [&app, topic] {
                        if (topic->empty()) {  // app.help() would be that of this command
                          std::cout << app.get_formatter()->make_help(&app, "frontdesk",
                                                                      CLI::AppFormatMode::Normal);
                        } else {
                          std::cout << app.get_subcommand(*topic)->help("frontdesk");
                        }
                        return exit_ok;
                      }});
  return commands;
}

/// The command that a misspelt word may have meant, as a sentence.
std::string suggestion(const CLI::App& app) {
  const std::vector<std::string> words = app.remaining();
  if (words.empty() || !app.get_subcommands().empty()) return {};
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::string& word = words.front();
  if (auto near = nearest(word, names))
    return "there is no command " + word + "; did you mean " + *near + "?";
  return "there is no command " + word;
}

int parse_failure(const CLI::App& app, const CLI::ParseError& problem) {
  if (problem.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
    return app.exit(problem);
  const std::string near = suggestion(app);
  std::cerr << "frontdesk: " << (near.empty() ? problem.what() : near) << '\n'
            << "  frontdesk help tells more\n";
  return exit_usage;
}

int run(int argument_count, char** arguments) {
  CLI::App app("An embeddable booking core, from the shell.", "frontdesk");
  app.require_subcommand(1);
  app.fallthrough();
  Options options;
  add_options(app, options);
  app.set_version_flag("--version", "frontdesk " + std::string(version()));
  const std::vector<Command> commands = add_commands(app, options);
  app.footer(footer);  // commands take over what is set before them
  try {
    app.parse(argument_count, arguments);
    for (const Command& command : commands) {
      if (command.app->parsed()) return command.run();
    }
  } catch (const CLI::ParseError& problem) {
    return parse_failure(app, problem);
  } catch (const CLI::OptionNotFound& problem) {  // of `help`
    std::cerr << "frontdesk: there is no such command\n";
    return exit_usage;
  } catch (const UsageError& problem) {
    std::cerr << "frontdesk: " << problem.what() << '\n';
    return exit_usage;
  } catch (const Error& error) {
    print_error(error);
    return exit_failed;
  }
  return exit_usage;
}

}  // namespace
}  // namespace frontdesk::command

int main(int argument_count, char** arguments) {
  try {
    std::ios::sync_with_stdio(false);
    const int code = frontdesk::command::run(argument_count, arguments);
    std::cout.flush();
    if (std::cout) return code;
    std::cerr << "frontdesk: standard output cannot be written\n";
  } catch (const std::exception& defect) {
    std::cerr << "frontdesk: " << defect.what() << '\n';
  }
  return 1;
}

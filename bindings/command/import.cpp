// import: clients or children out of a CSV file.
#include "commands.hpp"
#include "output.hpp"

#include <frontdesk/people_entry.hpp>

#include <iostream>

namespace frontdesk::command {
namespace {

struct Arguments {
  std::string file{};
  std::string kind = "clients";
  std::int64_t centre = 0;
  std::string calling_code{};
  std::vector<std::string> columns{};
  bool is_preview = false;
};

people::ImportKind kind_named(std::string_view name) {
  for (const EnumValue& value : enum_values(people::ImportKind{})) {
    if (value.name == name) return static_cast<people::ImportKind>(value.value);
  }
  throw UsageError("there is no import of " + std::string(name));
}

people::Import request_of(const Arguments& given) {
  people::Import request;
  request.csv = given.file == "-" ? read_request("-") : read_file(given.file);
  request.kind = kind_named(given.kind);
  request.centre = CentreId{given.centre};
  if (!given.calling_code.empty()) request.country_calling_code = given.calling_code;
  for (const std::string& column : given.columns) {
    const std::size_t equals = column.find('=');
    if (equals == std::string::npos) throw UsageError("--column takes NAME=NAME IN THE FILE");
    request.mapping[column.substr(0, equals)] = column.substr(equals + 1);
  }
  return request;
}

int report(const people::Imported& imported, bool is_preview) {
  for (const people::RowError& error : imported.errors) {
    std::cout << "line " << error.line;
    if (!error.column.empty()) std::cout << ", " << error.column;
    std::cout << ": " << error.message << " (" << error.reason << ")\n";
  }
  std::cout << imported.rows << " rows: " << imported.added
            << (is_preview ? " would be added, " : " added, ") << imported.already_present
            << " already there, " << imported.refused << " left out\n";
  return imported.refused == 0 ? 0 : 1;
}

}  // namespace

Command add_import(CLI::App& app, Options& options) {
  auto given = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "import", "Import clients or children from CSV; exit code 1 if rows were left out");
  command->add_option("file", given->file, "The CSV file; - reads standard input")->required();
  command->add_option("--kind", given->kind, "What the rows are: clients or children");
  command->add_option("--centre", given->centre, "Number of the centre they become clients of");
  command->add_option("--calling-code", given->calling_code,
                      "Country of national phone numbers, such as 380");
  command->add_option("--column", given->columns,
                      "Name of a column in the file: first_name=Vorname");
  command->add_flag("--preview", given->is_preview, "Tell what would happen, change nothing");
  command->add_option("--key", options.call.idempotency_key,
                      "Key by which an import that was interrupted goes on");
  return {command, [given, &options] {
            const people::Import request = request_of(*given);
            const Desk desk =
                open(options, given->is_preview ? IfMissing::refuse : IfMissing::create);
            const Caller caller = caller_of(desk, options);
            if (given->is_preview) return report(caller.preview(request, options.call), true);
            CallOptions call = options.call;
            people::Imported imported;
            {
              ProgressBar bar("import");
              call.progress = [&bar](std::int64_t done, std::int64_t total) {
                bar.show(done, total);
                return true;
              };
              imported = caller.run(request, call);
            }
            return report(imported, false);
          }};
}

}  // namespace frontdesk::command

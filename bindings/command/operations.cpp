// operations: the list of all, or one explained; describe: the OpenAPI document.
#include "commands.hpp"
#include "explain.hpp"
#include "output.hpp"

#include <iostream>

namespace frontdesk::command {
namespace {

std::string_view kind_word(OperationKind kind) {
  switch (kind) {
    case OperationKind::read:
      return "read";
    case OperationKind::write:
      return "write";
    case OperationKind::job:
      return "job";
  }
  return "";
}

void print_list() {
  std::string area;
  Table table;
  for (const Operation* operation : operations()) {
    if (area_of(operation->name) != area) {
      table.print(std::cout, "  ");
      table = {};
      if (!area.empty()) std::cout << '\n';
      area = area_of(operation->name);
      std::cout << area << '\n';
    }
    table.add({std::to_string(operation->number), std::string(operation->name),
               std::string(kind_word(operation->kind)), std::string(operation->doc)});
  }
  table.print(std::cout, "  ");
}

void print_fields(const Type& record, bool is_request) {
  Table table;
  for (const Field& field : record.fields()) {
    table.add({std::string(field.name), joined(field_notes(record, field, is_request)),
               std::string(field.doc)});
  }
  if (record.fields().empty()) std::cout << "  none\n";
  table.print(std::cout, "  ");
}

/// The records that fields refer to.
void print_records_within(const Type& type, bool is_request) {
  for (const Type* within : types_within(type)) {
    if (within->kind != Kind::record) continue;
    std::cout << '\n' << type_name(*within) << '\n';
    print_fields(*within, is_request);
  }
}

void print_refusals(std::span<const Refusal> refusals) {
  Table table;
  for (const Refusal& refusal : refusals) {
    table.add({std::string(code_name(refusal.code)), std::string(refusal.reason),
               std::string(refusal.when)});
  }
  table.print(std::cout, "  ");
}

void explain(const Operation& operation) {
  std::cout << operation.name << " (" << operation.number << ", " << kind_word(operation.kind)
            << ")\n"
            << "  " << operation.doc << "\n\nWho may call\n  " << who_may(operation)
            << "\n\nFields\n";
  print_fields(operation.request(), true);
  print_records_within(operation.request(), true);
  std::cout << "\nResult: " << type_name(operation.result()) << '\n';
  print_fields(operation.result(), false);
  print_records_within(operation.result(), false);
  std::cout << "\nFailures, in order of precedence, besides those of every operation\n";
  print_refusals(operation.refusals);
  if (operation.refusals.empty()) std::cout << "  none\n";
  std::cout << "\nExample\n  frontdesk --db FILE call " << operation.name << " '"
            << operation.example << "'\n";
}

}  // namespace

Command add_operations(CLI::App& app, Options& options) {
  struct Arguments {
    std::string name{};
    bool as_json = false;
  };
  auto given = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("operations", "List all operations, or explain one");
  command->add_option("operation", given->name, "The one to explain");
  command->add_flag("--json", given->as_json, "As JSON, with the schemas of an explained one");
  return {command, [given, &options] {
            if (given->name.empty() && !given->as_json) {
              print_list();
              return 0;
            }
            if (given->name.empty()) {
              print_json(describe_operations(), options);
              return 0;
            }
            const std::string description =
                describe_operation(given->name);  // throws if there is none
            if (given->as_json) {
              print_json(description, options);
            } else {
              explain(*find_operation(given->name));
            }
            return 0;
          }};
}

Command add_describe(CLI::App& app, Options& options) {
  CLI::App* command = app.add_subcommand("describe", "Print the OpenAPI 3.1 document");
  return {command, [&options] {
            print_json(openapi(), options);
            return 0;
          }};
}

}  // namespace frontdesk::command

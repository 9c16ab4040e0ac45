// reference: one Markdown page an area, from the registry.
#include "commands.hpp"
#include "explain.hpp"
#include "output.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

namespace frontdesk::command {
namespace {

constexpr std::string_view generated =
    "<!-- Written by `frontdesk reference`; changes go into the registry. -->\n\n";

/// Text in a table's cell: the bar would end it, and `<` outside of code begins a tag.
std::string cell(std::string_view text) {
  std::string out;
  bool is_code = false;
  for (char letter : text) {
    if (letter == '`') is_code = !is_code;
    if (letter == '|') {
      out += "\\|";
    } else if (letter == '<' && !is_code) {
      out += "&lt;";
    } else {
      out += letter;
    }
  }
  return out;
}

/// What GitHub makes of a heading.
std::string anchor(std::string_view heading) {
  std::string out;
  for (char letter : heading) {
    if (letter == '.') continue;
    out +=
        letter == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return out;
}

/// Records without an area, such as Nothing, have no page.
bool has_area(const std::string& name) { return name.find('.') != std::string::npos; }

std::string link(const std::string& name, const std::string& from_area) {
  if (!has_area(name)) return name;
  const std::string page = area_of(name) == from_area ? "" : area_of(name) + ".md";
  return "[" + name + "](" + page + "#" + anchor(name) + ")";
}

/// The type of a field with links to the records in it.
std::string linked_type(const Type& type, const std::string& area) {
  switch (type.kind) {
    case Kind::optional:
      return linked_type(type.element(), area);
    case Kind::update:
      return linked_type(type.element(), area) + ", or null";
    case Kind::list:
      return "list of " + linked_type(type.element(), area);
    case Kind::map:
      return "map of " + linked_type(type.element(), area);
    case Kind::record:
    case Kind::enumeration:
      return link(type_name(type), area);
    default:
      return type_text(type);
  }
}

std::string fields_table(const Type& record, const std::string& area, bool is_request) {
  std::string out = "| field | type | meaning |\n| --- | --- | --- |\n";
  for (const Field& field : record.fields()) {
    std::vector<std::string> notes = field_notes(record, field, is_request);
    notes.front() = linked_type(field.type(), area);
    out +=
        "| `" + std::string(field.name) + "` | " + joined(notes) + " | " + cell(field.doc) + " |\n";
  }
  return out;
}

/// With the sentence that people read; in braces stands what the details of the error fill in.
std::string refusals_table(std::span<const Refusal> refusals) {
  std::string out = "| code | reason | when | message |\n| --- | --- | --- | --- |\n";
  for (const Refusal& refusal : refusals) {
    out += "| " + std::string(code_name(refusal.code)) + " | `" + std::string(refusal.reason) +
           "` | " + cell(refusal.when) + " | " +
           cell(Error(refusal.code, refusal.reason).message()) + " |\n";
  }
  return out;
}

std::string_view kind_text(OperationKind kind) {
  switch (kind) {
    case OperationKind::read:
      return "Reads";
    case OperationKind::write:
      return "Writes";
    case OperationKind::job:
      return "Job";
  }
  return "";
}

std::string operation_section(const Operation& operation, const std::string& area) {
  std::string out = "### " + std::string(operation.name) + "\n\n" + cell(operation.doc) + "\n\n";
  out += "- " + std::string(kind_text(operation.kind)) + "; number " +
         std::to_string(operation.number) + ".\n";
  out += "- Who may call: " + who_may(operation) + "\n";
  out += "- Result: " + link(type_name(operation.result()), area) + ".\n\n";
  if (operation.request().fields().empty()) {
    out += "It takes no fields.\n\n";
  } else {
    out += fields_table(operation.request(), area, true) + "\n";
  }
  if (operation.refusals.empty()) {
    out += "It has no failures of its own.\n\n";
  } else {
    out += "Failures, in order of precedence:\n\n" + refusals_table(operation.refusals) + "\n";
  }
  return out + "A request:\n\n```json\n" + pretty(operation.example) + "\n```\n\n";
}

std::string record_section(const Type& type, const std::string& area) {
  std::string out = "### " + type_name(type) + "\n\n";
  if (type.kind == Kind::record) return out + fields_table(type, area, false) + "\n";
  out += "| value | meaning |\n| --- | --- |\n";
  for (const EnumValue& value : type.values()) {
    out += "| `" + std::string(value.name) + "` | " + cell(value.doc) + " |\n";
  }
  return out + "\n";
}

struct Page {
  std::vector<const Operation*> operations{};
  std::map<std::string, const Type*> records{};
};

/// Which page each operation and record stands on.
std::map<std::string, Page> pages() {
  std::map<std::string, Page> all;
  auto add = [&all](const Type& type) {
    const std::string name = type_name(type);
    if (has_area(name)) all[area_of(name)].records.emplace(name, &type);
  };
  for (const Operation* operation : operations()) {
    all[area_of(operation->name)].operations.push_back(operation);
    add(operation->result());
    for (const Type* type : types_within(operation->result())) add(*type);
    for (const Type* type : types_within(operation->request())) add(*type);
  }
  return all;
}

std::string page_text(const std::string& area, const Page& page) {
  std::string out = std::string(generated) + "# " + area + "\n\n";
  if (!page.operations.empty()) out += "| operation | |\n| --- | --- |\n";
  for (const Operation* operation : page.operations) {
    out += "| " + link(std::string(operation->name), area) + " | " + cell(operation->doc) + " |\n";
  }
  if (!page.operations.empty()) out += "\n## Operations\n\n";
  for (const Operation* operation : page.operations) out += operation_section(*operation, area);
  if (!page.records.empty()) out += "## Records\n\n";
  for (const auto& [name, type] : page.records) out += record_section(*type, area);
  out.pop_back();
  return out;
}

std::string index_text(const std::map<std::string, Page>& pages) {
  std::string out = std::string(generated) + "# Operations by area\n\n";
  for (const auto& [area, page] : pages) {
    out += "- [" + area + "](" + area + ".md): " + std::to_string(page.operations.size()) +
           " operations\n";
  }
  return out +
         "\n## Failures of every operation\n\nBesides its own, any operation may be refused with "
         "these, in this order of precedence:\n\n" +
         refusals_table(general_refusals());
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw UsageError(path.string() + " cannot be written");
}

int run(const std::string& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) throw UsageError(folder + ": " + problem.message());
  const std::map<std::string, Page> all = pages();
  for (const auto& [area, page] : all) {
    write_file(std::filesystem::path(folder) / (area + ".md"), page_text(area, page));
  }
  write_file(std::filesystem::path(folder) / "README.md", index_text(all));
  return 0;
}

}  // namespace

Command add_reference(CLI::App& app, Options&) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("reference", "Write the reference pages, one an area");
  command->add_option("folder", *folder, "Where to")->required();
  return {command, [folder] { return run(*folder); }};
}

}  // namespace frontdesk::command

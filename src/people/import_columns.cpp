#include "people/import_columns.hpp"

#include "base/text.hpp"
#include "base/texts.hpp"
#include "base/zones.hpp"
#include "people/import_parts.hpp"

#include <algorithm>
#include <charconv>

namespace frontdesk::people {
namespace {

constexpr std::string_view attribute_prefix = "attributes.";

constexpr std::string_view client_columns[] = {
    "external_ref",
    "first_name",
    "last_name",
    "email",
    "phone",
    "birth_date",
    "sex",
    "city",
    "address",
    "language",
    "notes",
    "allergies",
    "pick_up",
    "emergency_name",
    "emergency_phone",
    "emergency_relation",
    "picture",
    "registered_on",
    "tags",
};
constexpr std::string_view child_columns[] = {
    "guardian_ref",
    "guardian_email",
    "guardian_phone",
    "external_ref",
    "first_name",
    "last_name",
    "birth_date",
    "sex",
    "phone",
    "email",
    "city",
    "address",
    "language",
    "notes",
    "allergies",
    "pick_up",
    "picture",
    "emergency_name",
    "emergency_phone",
    "emergency_relation",
    "tags",
    "registered_on",
};

using Names = std::span<const std::string_view>;

/// Names of the kind's own columns and of those that areas above add.
std::vector<std::string_view> columns_of(ImportKind kind) {
  const Names own = kind == ImportKind::children ? Names(child_columns) : Names(client_columns);
  std::vector<std::string_view> columns(own.begin(), own.end());
  for (const ImportPart& part : import_parts()) {
    columns.insert(columns.end(), part.columns.begin(), part.columns.end());
  }
  return columns;
}

/// Headers in which case, spaces around them and the kind of apostrophe do not matter.
std::string folded_header(std::string_view header) {
  std::string folded = text::fold(text::tidy(header));
  for (std::string_view apostrophe : {"’", "ʼ", "`"}) {
    for (std::size_t at = folded.find(apostrophe); at != folded.npos;
         at = folded.find(apostrophe)) {
      folded.replace(at, apostrophe.size(), "'");
    }
  }
  return folded;
}

/// A column's own name, or empty if there is none of these: it may stand under its name, or as
/// people say it in a language that is known (`import.first_name` of the texts).
std::string own_name(Names columns, std::string_view name) {
  std::string folded = folded_header(name);
  if (std::find(columns.begin(), columns.end(), folded) != columns.end()) return folded;
  for (const std::string& language : texts::languages()) {
    for (std::string_view column : columns) {
      const std::string key = "import." + std::string(column);
      if (texts::has(language, key) && folded_header(texts::get(language, key)) == folded) {
        return std::string(column);
      }
    }
  }
  if (folded.size() > attribute_prefix.size() && folded.starts_with(attribute_prefix)) {
    return std::string(attribute_prefix) + text::tidy(name).substr(attribute_prefix.size());
  }
  return {};
}

[[noreturn]] void refuse_column(Names columns, std::string_view column, std::string_view field) {
  Details details{{"column", std::string(column)}};
  auto nearest = text::nearest(text::fold(column), columns);
  if (nearest) details.emplace("nearest", std::string(*nearest));
  throw Error(Code::invalid, nearest ? "column_misspelt" : "column_unknown", field,
              std::move(details));
}

std::string name_of(const Import& request, Names columns, std::string_view header) {
  const std::string folded = folded_header(header);
  for (const auto& [column, file_column] : request.mapping) {
    if (folded_header(file_column) == folded) return own_name(columns, column);
  }
  std::string name = own_name(columns, header);
  if (name.empty()) refuse_column(columns, text::tidy(header), "csv");
  return name;
}

void check_mapping(const Import& request, Names columns, const csv::Row& header) {
  for (const auto& [column, file_column] : request.mapping) {
    if (own_name(columns, column).empty()) refuse_column(columns, column, "mapping");
    const std::string folded = folded_header(file_column);
    const bool is_there =
        std::any_of(header.cells.begin(), header.cells.end(),
                    [&](const std::string& cell) { return folded_header(cell) == folded; });
    if (!is_there)
      throw Error(Code::invalid, "column_missing", "mapping", {{"column", file_column}});
  }
}

void check_complete(ImportKind kind, const std::vector<std::string>& found) {
  auto has = [&](std::string_view name) {
    return std::find(found.begin(), found.end(), name) != found.end();
  };
  auto missing = [](std::string_view name) {
    throw Error(Code::invalid, "column_missing", "csv", {{"column", std::string(name)}});
  };
  if (!has("first_name")) missing("first_name");
  bool has_guardian = has("guardian_ref") || has("guardian_email") || has("guardian_phone");
  if (kind == ImportKind::children && !has_guardian) missing("guardian_phone");
}

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

/// `14.05.2019` or `14/05/2019`.
std::optional<Date> day_first_date(std::string_view text) {
  std::size_t first = text.find_first_of("./");
  std::size_t second = first == std::string_view::npos ? first : text.find(text[first], first + 1);
  if (second == std::string_view::npos || text.size() != second + 5) return std::nullopt;
  std::optional<int> day = number_of(text.substr(0, first));
  std::optional<int> month = number_of(text.substr(first + 1, second - first - 1));
  std::optional<int> year = number_of(text.substr(second + 1));
  if (!day || !month || !year || *day < 1 || *month < 1) return std::nullopt;
  Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
            std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

// What people write into a column of this kind, in English, Ukrainian and Kazakh.
constexpr std::pair<std::string_view, Sex> sex_words[] = {
    {"female", Sex::female}, {"f", Sex::female},      {"woman", Sex::female},
    {"girl", Sex::female},   {"ж", Sex::female},      {"жін", Sex::female},
    {"жінка", Sex::female},  {"жіноча", Sex::female}, {"дівчинка", Sex::female},
    {"әйел", Sex::female},   {"қыз", Sex::female},    {"male", Sex::male},
    {"m", Sex::male},        {"man", Sex::male},      {"boy", Sex::male},
    {"ч", Sex::male},        {"чол", Sex::male},      {"чоловік", Sex::male},
    {"чоловіча", Sex::male}, {"хлопчик", Sex::male},  {"ер", Sex::male},
    {"ұл", Sex::male},       {"other", Sex::other},   {"інша", Sex::other},
    {"x", Sex::other},
};

Sex sex_in(std::string_view cell) {
  std::string folded = text::fold(text::tidy(cell));
  for (const auto& [word, sex] : sex_words) {
    if (folded == text::fold(word)) return sex;
  }
  throw Error(Code::invalid, "sex_unknown", "sex");
}

/// Persons between `;`, each `name|phone|relation`.
std::vector<PickUpPerson> pick_up_in(const Cells& cells) {
  std::vector<PickUpPerson> persons;
  for (const std::string& part : list_in(cells, "pick_up")) {
    std::size_t first = std::min(part.find('|'), part.size());
    std::size_t second = std::min(part.find('|', std::min(first + 1, part.size())), part.size());
    auto piece = [&](std::size_t start, std::size_t end) -> std::optional<std::string> {
      if (start >= end) return std::nullopt;
      std::string tidied = text::tidy(std::string_view(part).substr(start, end - start));
      if (tidied.empty()) return std::nullopt;
      return tidied;
    };
    PickUpPerson& person = persons.emplace_back();
    person.name = text::tidy(std::string_view(part).substr(0, first));
    person.phone = piece(first + 1, second);
    person.relation = piece(second + 1, part.size());
  }
  return persons;
}

void set(Update<std::string>& target, const Cells& cells, std::string_view column) {
  if (auto cell = cells.find(column); cell != cells.end()) target = cell->second;
}

std::string cell_or_empty(const Cells& cells, std::string_view column) {
  auto cell = cells.find(column);
  return cell == cells.end() ? std::string() : cell->second;
}

std::optional<EmergencyContact> emergency_contact_in(const Cells& cells) {
  constexpr std::string_view name = "emergency_name";
  constexpr std::string_view phone = "emergency_phone";
  auto relation = cells.find("emergency_relation");
  if (!cells.contains(name) && !cells.contains(phone) && relation == cells.end()) {
    return std::nullopt;
  }
  for (std::string_view needed : {name, phone}) {
    if (cells.contains(needed)) continue;
    throw Error(Code::invalid, "field_missing", needed, {{"name", std::string(needed)}});
  }
  EmergencyContact contact;
  contact.name = cell_or_empty(cells, name);
  contact.phone = cell_or_empty(cells, phone);
  if (relation != cells.end()) contact.relation = relation->second;
  return contact;
}

}  // namespace

ColumnPlan::ColumnPlan(const Import& request, const csv::Row& header) {
  if (header.cells.empty()) throw Error(Code::invalid, "csv_empty", "csv");
  const std::vector<std::string_view> columns = columns_of(request.kind);
  for (const std::string& cell : header.cells) {
    std::string name = text::tidy(cell).empty() ? std::string() : name_of(request, columns, cell);
    bool is_repeated =
        !name.empty() && std::find(names_.begin(), names_.end(), name) != names_.end();
    if (is_repeated) throw Error(Code::invalid, "column_repeated", "csv", {{"column", name}});
    names_.push_back(std::move(name));
  }
  check_mapping(request, columns, header);
  check_complete(request.kind, names_);
}

bool ColumnPlan::has_any(std::span<const std::string_view> columns) const {
  return std::any_of(columns.begin(), columns.end(), [&](std::string_view column) {
    return std::find(names_.begin(), names_.end(), column) != names_.end();
  });
}

Cells ColumnPlan::cells_of(const csv::Row& row) const {
  Cells cells;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    std::string cell = text::tidy(row.cells[i]);
    if (cell.empty()) continue;
    if (i >= names_.size()) {
      throw Error(Code::invalid, "row_too_long", {},
                  {{"columns", static_cast<std::int64_t>(names_.size())},
                   {"cells", static_cast<std::int64_t>(row.cells.size())}});
    }
    if (!names_[i].empty()) cells.emplace(names_[i], std::move(cell));
  }
  return cells;
}

std::optional<std::int64_t> number_in(const Cells& cells, std::string_view column) {
  auto cell = cells.find(column);
  if (cell == cells.end()) return std::nullopt;
  const char* const end = cell->second.data() + cell->second.size();
  std::int64_t number = 0;
  const auto read = std::from_chars(cell->second.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    throw Error(Code::invalid, "number_malformed", column);
  }
  return number;
}

std::optional<Date> date_in(const Cells& cells, std::string_view column) {
  auto cell = cells.find(column);
  if (cell == cells.end()) return std::nullopt;
  std::optional<Date> date = zones::parse_date(cell->second);
  if (!date) date = day_first_date(cell->second);
  if (!date) throw Error(Code::invalid, "date_malformed", column);
  return date;
}

std::vector<std::string> list_in(const Cells& cells, std::string_view column) {
  std::string text = cell_or_empty(cells, column);
  std::vector<std::string> parts;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = std::min(text.find(';', start), text.size());
    std::string part = text::tidy(std::string_view(text).substr(start, end - start));
    if (!part.empty()) parts.push_back(std::move(part));
    start = end + 1;
  }
  return parts;
}

UpdateClient data_of(const Cells& cells) {
  UpdateClient data;
  data.client = ClientId{1};  // stands for the client to be; a request must name one
  set(data.first_name, cells, "first_name");
  set(data.last_name, cells, "last_name");
  set(data.email, cells, "email");
  set(data.phone, cells, "phone");
  set(data.city, cells, "city");
  set(data.address, cells, "address");
  set(data.notes, cells, "notes");
  set(data.allergies, cells, "allergies");
  set(data.picture, cells, "picture");
  set(data.language, cells, "language");
  set(data.external_ref, cells, "external_ref");
  if (auto birth_date = date_in(cells, "birth_date")) data.birth_date = *birth_date;
  if (auto sex = cells.find("sex"); sex != cells.end()) data.sex = sex_in(sex->second);
  data.pick_up = pick_up_in(cells);
  if (auto contact = emergency_contact_in(cells)) data.emergency_contact = *contact;
  std::map<std::string, std::string> attributes;
  for (const auto& [column, cell] : cells) {
    if (column.starts_with(attribute_prefix)) {
      attributes[column.substr(attribute_prefix.size())] = cell;
    }
  }
  data.attributes = std::move(attributes);
  return data;
}

std::string column_of(std::string_view field_path) {
  constexpr std::string_view contact = "emergency_contact.";
  if (field_path.starts_with(contact)) {
    return "emergency_" + std::string(field_path.substr(contact.size()));
  }
  if (field_path.starts_with(attribute_prefix)) return std::string(field_path);
  return std::string(field_path.substr(0, field_path.find_first_of("[.")));
}

}  // namespace frontdesk::people

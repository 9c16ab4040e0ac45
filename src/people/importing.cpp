#include <frontdesk/people_entry.hpp>

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "describe/json.hpp"
#include "people/family.hpp"
#include "people/import_columns.hpp"
#include "people/import_parts.hpp"
#include "people/tags.hpp"
#include "storage/attempt.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::people {

constinit const storage::EventKind ClientsImported::kind{
    "people.clients_imported", "An import of clients ended.", "people.view"};

namespace {

constexpr std::size_t errors_kept = 1000;

/// One row on its way in.
class RowImport {
 public:
  RowImport(Transaction& transaction, const Import& request, const Cells& cells)
      : transaction_(transaction), request_(request), cells_(cells) {
    code_ = request.country_calling_code.value_or(calling_code_of(transaction, request.centre));
  }

  /// True if a client was added, false if they were there. Throws Error with a column as field.
  bool run() {
    read_client();
    std::optional<Client> guardian;
    if (request_.kind == ImportKind::children) guardian = find_guardian();
    auto present = find_present(guardian);
    const bool is_new = !present.has_value();
    if (is_new) {
      enter(guardian);
    } else {
      lend_key(*present);
      join(*present, guardian);
    }
    const ClientId client = is_new ? client_.id : present->id;
    take_parts({.centre = request_.centre,
                .client = client,
                .payer = guardian ? guardian->id : client,
                .cells = cells_});
    return is_new;
  }
  /// What areas above took of the row.
  const std::vector<ImportedPart>& parts() const { return parts_; }

 private:
  void enter(const std::optional<Client>& guardian) {
    check_unique(transaction_, client_);
    std::vector<std::string> tags = read_tags();
    if (guardian) check_can_guard(transaction_, *guardian);
    enter_client(transaction_, client_);
    join(client_, guardian);
    if (!tags.empty()) replace_tags(transaction_, client_.id, request_.centre, tags);
  }

  void take_parts(const ImportedRow& row) {
    for (const ImportPart& part : import_parts()) {
      const bool is_asked =
          std::any_of(part.columns.begin(), part.columns.end(),
                      [&](std::string_view column) { return cells_.contains(column); });
      if (!is_asked) continue;
      const bool is_added = part.take(transaction_, row);
      parts_.push_back({.part = std::string(part.name),
                        .added = is_added ? 1 : 0,
                        .already_present = is_added ? 0 : 1});
    }
  }

  void read_client() {
    UpdateClient data = data_of(cells_);
    describe::validate(type_of<UpdateClient>(), &data);
    client_.language = request_.language.value_or("");
    take_fields(data, client_);
    tidy_client(transaction_, client_, code_);
    if (auto day = date_in(cells_, "registered_on")) {
      client_.registered_at = Instant{std::chrono::sys_days{*day}};
      if (client_.registered_at > transaction_.now()) {
        throw Error(Code::invalid, "date_in_future", "registered_on");
      }
    }
  }

  std::vector<std::string> read_tags() const {
    std::vector<std::string> tags = tidy_tags(list_in(cells_, "tags"), "tags");
    if (!tags.empty() && !request_.centre) throw Error(Code::invalid, "centre_needed", "tags");
    return tags;
  }

  bool is_within_reach(const Client& client) const {
    return access::covers(transaction_, transaction_.reach(), Subject::client, client.id.value);
  }

  std::optional<Client> find_by(std::string_view column, const std::optional<std::string>& value) {
    if (!value) return std::nullopt;
    if (column == "external_ref") {
      return storage::find<Client>(transaction_, "clients WHERE external_ref = $1", *value);
    }
    if (column == "email") {
      return storage::find<Client>(transaction_, "clients WHERE email = $1 AND archived_at IS NULL",
                                   *value);
    }
    return storage::find<Client>(transaction_, "clients WHERE phone = $1 AND archived_at IS NULL",
                                 *value);
  }

  /// The guardian by whichever of the three columns has something in it.
  Client find_guardian() {
    for (std::string_view column : {"guardian_ref", "guardian_email", "guardian_phone"}) {
      auto cell = cells_.find(column);
      if (cell == cells_.end()) continue;
      std::optional<Client> guardian;
      if (column == "guardian_ref") guardian = find_by("external_ref", cell->second);
      if (column == "guardian_email") guardian = find_by("email", text::normal_email(cell->second));
      if (column == "guardian_phone") {
        guardian = find_by("phone", text::normal_phone(cell->second, code_));
      }
      if (!guardian || guardian->archived_at || !is_within_reach(*guardian)) {
        throw Error(Code::not_found, "guardian_not_found", column);
      }
      if (client_.last_name.empty()) client_.last_name = guardian->last_name;
      return *guardian;
    }
    throw Error(Code::invalid, "field_missing", "guardian_phone",
                {{"name", std::string("guardian_phone")}});
  }

  /// The client of the row, if they are there already. A key, address or phone that somebody else
  /// has is left for check_unique to refuse.
  std::optional<Client> find_present(const std::optional<Client>& guardian) {
    auto by_ref = find_by("external_ref", client_.external_ref);
    if (by_ref && is_within_reach(*by_ref)) return by_ref;
    auto is_same = [&](const Client& other) {
      bool keys_differ =
          other.external_ref && client_.external_ref && other.external_ref != client_.external_ref;
      return !keys_differ && name_key(other) == name_key(client_) && is_within_reach(other);
    };
    auto by_email = find_by("email", client_.email);
    if (by_email && is_same(*by_email)) return by_email;
    auto by_phone = find_by("phone", client_.phone);
    if (by_phone && is_same(*by_phone)) return by_phone;
    if (!guardian) return std::nullopt;
    for (ClientId dependant : access::dependants_of(transaction_, guardian->id)) {
      Client child = stored_client(transaction_, dependant);
      if (is_same(child) && child.birth_date == client_.birth_date) return child;
    }
    return std::nullopt;
  }

  void join(const Client& client, const std::optional<Client>& guardian) {
    if (guardian && !access::guards(transaction_, guardian->id, client.id)) {
      join_guardian(transaction_, *guardian, client);
    }
    if (!request_.centre) return;
    access::add_client_centre(transaction_, client.id, request_.centre);
    if (guardian) access::add_client_centre(transaction_, guardian->id, request_.centre);
  }

  /// So that children who are imported next find their guardian by the key.
  void lend_key(Client present) {
    if (!client_.external_ref || present.external_ref) return;
    present.external_ref = client_.external_ref;
    check_unique(transaction_, present);
    store_client(transaction_, present);
  }

  Transaction& transaction_;
  const Import& request_;
  const Cells& cells_;
  std::string code_{};
  Client client_{};
  std::vector<ImportedPart> parts_{};
};

void count(const std::vector<ImportedPart>& parts, Imported& result) {
  for (const ImportedPart& part : parts) {
    auto found = std::find_if(result.parts.begin(), result.parts.end(),
                              [&](const ImportedPart& one) { return one.part == part.part; });
    if (found == result.parts.end()) {
      result.parts.push_back(part);
    } else {
      found->added += part.added;
      found->already_present += part.already_present;
    }
  }
}

/// Who imports what belongs to an area above must be allowed to.
void check_parts(Transaction& transaction, const Import& request, const ColumnPlan& plan) {
  for (const ImportPart& part : import_parts()) {
    if (plan.has_any(part.columns)) part.check(transaction, request.centre);
  }
}

/// Only what is wrong with the row itself; a full disk is no fault of a row.
bool is_about_row(const Error& error) {
  return error.code() == Code::invalid || error.code() == Code::conflict ||
         error.code() == Code::not_found;
}

void refuse_row(const Transaction& transaction, std::size_t line, const Error& error,
                Imported& result) {
  ++result.refused;
  if (result.errors.size() >= errors_kept) return;
  result.errors.push_back({
      .line = static_cast<std::int64_t>(line),
      .column = column_of(error.field()),
      .reason = error.reason(),
      .message = error.in_language(transaction.language()).message(),
  });
}

/// Reads and imports the next row; false at the end of the file.
bool import_next(Transaction& transaction, const Import& request, const ColumnPlan& plan,
                 csv::Reader& reader, Imported& result) {
  csv::Row row;
  row.line = reader.line();
  try {
    if (!reader.next(row)) return false;
    ++result.rows;
    Cells cells = plan.cells_of(row);
    RowImport import(transaction, request, cells);
    bool is_added = false;
    // A refused row leaves nothing behind.
    auto refused = storage::attempt(transaction, [&] { is_added = import.run(); });
    if (refused) throw std::move(*refused);
    ++(is_added ? result.added : result.already_present);
    count(import.parts(), result);
  } catch (const Error& error) {
    if (!is_about_row(error)) throw;
    if (error.reason() == "csv_malformed") ++result.rows;
    refuse_row(transaction, row.line, error, result);
  }
  return true;
}

ColumnPlan read_header(const Import& request, csv::Reader& reader) {
  csv::Row header;
  reader.next(header);
  return ColumnPlan(request, header);
}

void check_calling_code(const Import& request) {
  if (!request.country_calling_code) return;
  std::string_view code = *request.country_calling_code;
  if (code.starts_with('+')) code.remove_prefix(1);
  bool is_number = !code.empty() && code.find_first_not_of("0123456789") == code.npos;
  if (!is_number || code[0] == '0') {
    throw Error(Code::invalid, "calling_code_malformed", "country_calling_code");
  }
}

}  // namespace

bool step(Transaction& transaction, const Import& request, ImportState& state, Imported& result) {
  check_calling_code(request);
  csv::Reader reader(request.csv);
  ColumnPlan plan = read_header(request, reader);
  check_parts(transaction, request, plan);
  if (state.offset > 0) {
    reader.resume(static_cast<std::size_t>(state.offset), static_cast<std::size_t>(state.line));
  }
  bool has_more = true;
  do {
    has_more = import_next(transaction, request, plan, reader, result);
  } while (has_more && !transaction.step_is_long());
  state.offset = static_cast<std::int64_t>(reader.offset());
  state.line = static_cast<std::int64_t>(reader.line());
  transaction.report(state.offset, static_cast<std::int64_t>(request.csv.size()));
  if (has_more) return false;
  transaction.concern(request.centre);
  transaction.emit(ClientsImported{
      .centre = request.centre,
      .added = result.added,
      .already_present = result.already_present,
      .refused = result.refused,
  });
  return true;
}

static constexpr Refusal import_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "calling_code_malformed", "the calling code is no number such as 380"},
    {Code::invalid, "csv_malformed", "the row of column names cannot be read"},
    {Code::invalid, "csv_empty", "there is no row of column names"},
    {Code::invalid, "column_misspelt", "a column, or one that is mapped, is nearly one known here"},
    {Code::invalid, "column_unknown", "a column, or one that is mapped, is not known here"},
    {Code::invalid, "column_repeated", "two columns are the same"},
    {Code::invalid, "column_missing", "a column that must be there, or is mapped, is not"},
    {Code::invalid, "import_centre_needed", "columns of subscriptions, but no centre"},
    {Code::denied, "permission_denied", "columns of subscriptions that the caller may not enter"},
};

constinit const Operation Import::operation = storage::define_job<Import>({
    .number = 260,
    .name = "people.import",
    .kind = OperationKind::job,
    .doc = "Imports clients or children from CSV, telling what is wrong row by row.",
    .rule = {.permission = "people.import", .subject = Subject::centre, .field = "centre"},
    .refusals = import_refusals,
    .example = R"({"centre": 1, "country_calling_code": "380",
 "csv": "first_name,last_name,phone\nОлена,Коваль,067 123 45 67\n"})",
});

}  // namespace frontdesk::people

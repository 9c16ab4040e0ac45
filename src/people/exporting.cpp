#include <frontdesk/people_care.hpp>
#include <frontdesk/people_privacy.hpp>

#include "base/zones.hpp"
#include "describe/json.hpp"
#include "people/family.hpp"
#include "people/lists.hpp"
#include "storage/define.hpp"
#include "storage/hooks.hpp"

namespace frontdesk::people {
namespace {

/// What people itself keeps of a person.
struct PeopleExport {
  Client client{};
  FamilyMembers family{};
  std::vector<Note> notes{};
  std::vector<CentreTags> tags{};
  std::vector<Bar> bars{};
  std::vector<Waiver> waivers{};
  std::vector<Consent> consents{};
  std::vector<Favourite> favourites{};
  std::vector<Client> merged{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PeopleExport::client>("Their data."),
        field<&PeopleExport::family>("Guardians and dependants."),
        field<&PeopleExport::notes>("What staff wrote."),
        field<&PeopleExport::tags>("Tags that centres gave."),
        field<&PeopleExport::bars>("Bars of centres."),
        field<&PeopleExport::waivers>("Waivers signed for them."),
        field<&PeopleExport::consents>("What they agreed to, and when."),
        field<&PeopleExport::favourites>("What they like."),
        field<&PeopleExport::merged>("Duplicates that were merged into them."),
    };
    return table;
  }
};

std::vector<CentreTags> all_tags(Transaction& transaction, ClientId client) {
  storage::Cursor rows = transaction.query(
      "SELECT centre, tag FROM client_tags WHERE client = $1 ORDER BY centre, tag_folded", client);
  std::vector<CentreTags> tags;
  while (rows.next()) {
    CentreId centre = rows.id<CentreTag>(0);
    if (tags.empty() || tags.back().centre != centre) tags.push_back({.centre = centre});
    tags.back().tags.emplace_back(rows.text(1));
  }
  return tags;
}

std::string export_people(Transaction& transaction, ClientId client) {
  PeopleExport data;
  data.client = stored_client(transaction, client);
  data.family = family_of(transaction, client);
  data.notes =
      storage::all<Note>(transaction, "client_notes WHERE client = $1 ORDER BY id", client);
  data.tags = all_tags(transaction, client);
  data.bars = storage::all<Bar>(transaction, "client_bars WHERE client = $1 ORDER BY id", client);
  data.waivers = storage::all<Waiver>(transaction, "waivers WHERE client = $1 ORDER BY id", client);
  data.consents =
      storage::all<Consent>(transaction, "consents WHERE client = $1 ORDER BY id", client);
  data.favourites = storage::all<Favourite>(
      transaction, "favourites WHERE client = $1 ORDER BY added_at, kind, subject", client);
  data.merged =
      storage::all<Client>(transaction, "clients WHERE merged_into = $1 ORDER BY id", client);
  return describe::encode(data);
}

}  // namespace

PersonExport handle(Transaction& transaction, const Export& request) {
  Client client = stored_client(transaction, request.client);
  PersonExport result{.client = client.id, .exported_at = transaction.now()};
  result.json = "{\"client\":" + std::to_string(client.id.value) + ",\"exported_at\":\"" +
                zones::print(result.exported_at) + "\"";
  for (const storage::ExportPart& part : transaction.hooks().exports) {
    result.json += ",\"" + std::string(part.name) + "\":" + part.run(transaction, client.id);
  }
  result.json += "}";
  return result;
}

static constexpr Refusal export_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
};

constinit const Operation Export::operation = storage::define<Export>({
    .number = 252,
    .name = "people.export",
    .kind = OperationKind::read,
    .doc = "All that is kept about one person, as JSON.",
    .rule = {.permission = "people.export", .subject = Subject::client, .field = "client"},
    .refusals = export_refusals,
    .example = R"({"client": 1})",
});

namespace lists {

constinit const storage::ExportPart export_part{"people", export_people};

}  // namespace lists
}  // namespace frontdesk::people

#include "base/text.hpp"
#include "catalog/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {
namespace {

/// A section the caller manages, in whatever state.
Section managed_section(Transaction& transaction, SectionId id,
                        const std::optional<std::int64_t>& version) {
  auto section = storage::find<Section>(transaction, "sections WHERE id = $1", id);
  if (!section || !transaction.reach().covers(section->centre)) {
    storage::missing("section", "section");
  }
  storage::check_version(version, section->version);
  return *section;
}

/// The same, for a change.
Section changeable_section(Transaction& transaction, SectionId id,
                           const std::optional<std::int64_t>& version) {
  Section section = managed_section(transaction, id, version);
  if (section.archived_at) throw Error(Code::conflict, "section_archived", "section");
  return section;
}

void check_section(Transaction& transaction, Section& section) {
  section.name = required_text(section.name, "name");
  section.description = optional_text(section.description);
  if (transaction.exists("SELECT 1 FROM sections WHERE centre = $1 AND name_folded = $2"
                         " AND archived_at IS NULL AND id <> $3",
                         section.centre, text::fold(section.name), section.id.value)) {
    throw Error(Code::conflict, "section_name_taken", "name");
  }
  check_external_ref(transaction, section.external_ref,
                     "SELECT 1 FROM sections WHERE external_ref = $1 AND id <> $2",
                     section.id.value);
}

/// Keeps the columns for search and order in step, and tells the world.
void announce(Transaction& transaction, const Section& section) {
  transaction.execute("UPDATE sections SET name_folded = $2, sort_key = $3 WHERE id = $1",
                      section.id, text::fold(section.name), text::sort_key(section.name));
  transaction.concern(section.centre);
  transaction.touch(storage::Topic::catalog);
  transaction.emit(SectionChanged{.section = section.id, .centre = section.centre});
}

}  // namespace

// --- create ---

Section handle(Transaction& transaction, const CreateSection& request) {
  changeable_centre(transaction, request.centre, std::nullopt);
  Section section{
      .id = {},
      .version = 1,
      .centre = request.centre,
      .name = request.name,
      .description = request.description,
      .external_ref = request.external_ref,
      .archived_at = {},
  };
  check_section(transaction, section);
  storage::insert(transaction, "sections", section);
  announce(transaction, section);
  return section;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "section_name_taken", "a section of the centre has the name"},
    {Code::conflict, "external_ref_taken", "another section has the key"},
};

constinit const Operation CreateSection::operation = storage::define<CreateSection>({
    .number = 306,
    .name = "catalog.create_section",
    .kind = OperationKind::write,
    .doc = "Adds a section to a centre.",
    .rule = {.permission = "catalog.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Swimming"})",
});

// --- update ---

Section handle(Transaction& transaction, const UpdateSection& request) {
  Section section = changeable_section(transaction, request.section, request.version);
  set_required(request.name, section.name, "name");
  request.description.apply(section.description);
  request.external_ref.apply(section.external_ref);
  check_section(transaction, section);
  ++section.version;
  storage::update(transaction, "sections", section);
  announce(transaction, section);
  return section;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "section_not_found", "no such section, or not within reach"},
    {Code::conflict, "version_outdated", "the section was changed since that version"},
    {Code::conflict, "section_archived", "the section is archived"},
    {Code::invalid, "field_missing", "the name is emptied"},
    {Code::conflict, "section_name_taken", "a section of the centre has the name"},
    {Code::conflict, "external_ref_taken", "another section has the key"},
};

constinit const Operation UpdateSection::operation = storage::define<UpdateSection>({
    .number = 307,
    .name = "catalog.update_section",
    .kind = OperationKind::write,
    .doc = "Changes a section; what is not given stays as it is.",
    .rule = {.permission = "catalog.manage"},
    .refusals = update_refusals,
    .example = R"({"section": 1, "name": "Swimming and diving"})",
});

// --- archive ---

Section handle(Transaction& transaction, const ArchiveSection& request) {
  Section section = changeable_section(transaction, request.section, request.version);
  storage::ask_vetoes(transaction, "catalog.archive_section", section.id.value);
  section.archived_at = transaction.now();
  ++section.version;
  storage::update(transaction, "sections", section);
  announce(transaction, section);
  return section;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "section_not_found", "no such section, or not within reach"},
    {Code::conflict, "version_outdated", "the section was changed since that version"},
    {Code::conflict, "section_archived", "the section is archived already"},
};

constinit const Operation ArchiveSection::operation = storage::define<ArchiveSection>({
    .number = 308,
    .name = "catalog.archive_section",
    .kind = OperationKind::write,
    .doc = "Archives a section that nothing depends upon any more.",
    .rule = {.permission = "catalog.manage"},
    .refusals = archive_refusals,
    .example = R"({"section": 1})",
});

// --- restore ---

Section handle(Transaction& transaction, const RestoreSection& request) {
  Section section = managed_section(transaction, request.section, request.version);
  if (!section.archived_at) throw Error(Code::conflict, "section_in_use", "section");
  changeable_centre(transaction, section.centre, std::nullopt);
  check_section(transaction, section);
  section.archived_at.reset();
  ++section.version;
  storage::update(transaction, "sections", section);
  announce(transaction, section);
  return section;
}

static constexpr Refusal restore_refusals[] = {
    {Code::not_found, "section_not_found", "no such section, or not within reach"},
    {Code::conflict, "version_outdated", "the section was changed since that version"},
    {Code::conflict, "section_in_use", "the section is not archived"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::conflict, "section_name_taken", "a section of the centre has the name by now"},
};

constinit const Operation RestoreSection::operation = storage::define<RestoreSection>({
    .number = 316,
    .name = "catalog.restore_section",
    .kind = OperationKind::write,
    .doc = "Takes an archived section back into use.",
    .rule = {.permission = "catalog.manage"},
    .refusals = restore_refusals,
    .example = R"({"section": 1})",
});

// --- list ---

Page<Section> handle(Transaction& transaction, const Sections& request) {
  storage::List list("sections");
  show_public_or_managed(list, transaction,
                         "(archived_at IS NULL AND centre IN (SELECT centres.id FROM centres"
                         " WHERE centres.active = 1 AND centres.archived_at IS NULL))",
                         "centre", "id");
  list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  if (request.search) {
    const std::string part = "%" + text::escape_like(text::fold(*request.search)) + "%";
    list.where("name_folded LIKE $ ESCAPE '\\'", part);
  }
  list.order({{"centre"}, {"sort_key"}, {"id"}});
  return list.page<Section>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Sections::operation = storage::define<Sections>({
    .number = 309,
    .name = "catalog.sections",
    .kind = OperationKind::read,
    .doc = "Lists sections, by centre and name.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::catalog

#include <frontdesk/people_care.hpp>

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "people/centre_sight.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::people {

constinit const storage::EventKind NoteAdded::kind{
    "people.note_added", "A note was written about a client.", "people.note"};

// --- add ---

Note handle(Transaction& transaction, const AddNote& request) {
  check_acts_for(transaction, request.centre);
  check_of_centre(transaction, request.client, request.centre);
  Note note;
  note.version = 1;
  note.client = request.client;
  note.centre = request.centre;
  note.text = text::tidy(request.text);
  if (note.text.empty()) {
    throw Error(Code::invalid, "field_missing", "text", {{"name", std::string("text")}});
  }
  note.author = transaction.principal().account;
  note.written_at = transaction.now();
  storage::insert(transaction, "client_notes", note);
  transaction.concern(request.client);
  transaction.emit(NoteAdded{.note = note.id, .person = request.client, .centre = note.centre});
  return note;
}

static constexpr Refusal add_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, not within reach, or not of the centre"},
    {Code::not_found, "centre_not_found", "no such centre, or not one the caller acts for"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "field_missing", "the text is nothing but white space"},
};

constinit const Operation AddNote::operation = storage::define<AddNote>({
    .number = 230,
    .name = "people.add_note",
    .kind = OperationKind::write,
    .doc = "Writes a note about a client, for the staff of a centre.",
    .rule = {.permission = "people.note", .subject = Subject::client, .field = "client"},
    .refusals = add_refusals,
    .example = R"({"client": 1, "centre": 1, "text": "Prefers the mat by the window."})",
});

// --- list ---

Page<Note> handle(Transaction& transaction, const Notes& request) {
  storage::List list("client_notes");
  list.where("client = $", request.client);
  list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  storage::Reach sight = centre_sight(transaction, transaction.reach());
  access::narrow_to_reach(list, transaction, sight, {.centre = "centre"});
  list.order({{"id", true}});
  return list.page<Note>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor is of a list with other filters"},
};

constinit const Operation Notes::operation = storage::define<Notes>({
    .number = 231,
    .name = "people.notes",
    .kind = OperationKind::read,
    .doc = "Notes about a client, of the centres the caller acts for, newest first.",
    .rule = {.permission = "people.note", .subject = Subject::client, .field = "client"},
    .refusals = list_refusals,
    .example = R"({"client": 1})",
});

// --- archive ---

Note handle(Transaction& transaction, const ArchiveNote& request) {
  auto note = storage::find<Note>(transaction, "client_notes WHERE id = $1", request.note);
  if (!note || !centre_sight(transaction, transaction.reach()).covers(note->centre) ||
      !access::covers(transaction, transaction.reach(), Subject::client, note->client.value)) {
    storage::missing("note", "note");
  }
  storage::check_version(request.version, note->version);
  if (note->archived_at) throw Error(Code::conflict, "note_archived", "note");
  note->archived_at = transaction.now();
  ++note->version;
  storage::update(transaction, "client_notes", *note);
  transaction.concern(note->client);
  transaction.concern(note->centre);
  return *note;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "note_not_found", "no such note, or not within reach"},
    {Code::conflict, "version_outdated", "the note was changed since that version"},
    {Code::conflict, "note_archived", "the note is archived already"},
};

constinit const Operation ArchiveNote::operation = storage::define<ArchiveNote>({
    .number = 232,
    .name = "people.archive_note",
    .kind = OperationKind::write,
    .doc = "Puts a note away.",
    .rule = {.permission = "people.note"},
    .refusals = archive_refusals,
    .example = R"({"note": 1})",
});

}  // namespace frontdesk::people

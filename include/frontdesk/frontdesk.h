/* frontdesk in C: an embeddable booking core. This header is the manual; read it from the top.
 *
 * A program opens a file (frontdesk_open), takes a caller (frontdesk_host, frontdesk_sign_in) and
 * runs operations by name, request and reply in JSON (frontdesk_call):
 *
 *     frontdesk_desk* desk = NULL;
 *     frontdesk_caller* host = NULL;
 *     char* reply = NULL;
 *     size_t length = 0;
 *     if (frontdesk_open("studio.db", NULL, &desk, &reply, &length) == FRONTDESK_OK &&
 *         frontdesk_host(desk, &host) == FRONTDESK_OK) {
 *       frontdesk_status status =
 *           frontdesk_call(host, "catalog.create_centre",
 *                          "{\"name\": \"Sun\", \"zone\": \"Europe/Kyiv\", \"currency\": \"UAH\"}",
 *                          FRONTDESK_TEXT, NULL, &reply, &length);
 *       printf("%s: %s\n", frontdesk_status_name(status), reply ? reply : "");
 *     }
 *     frontdesk_free(reply);
 *     frontdesk_caller_close(host);
 *     frontdesk_close(desk);
 *
 * Which operations there are, what each takes and gives, and how it is refused, tell
 * frontdesk_operations, frontdesk_operation and the pages in docs/reference.
 *
 * Conventions
 *
 *  1. Status. A function that can fail returns a frontdesk_status; FRONTDESK_OK is 0. There is no
 *     hidden last-error state: what went wrong stands in the reply.
 *
 *  2. Reply. `reply` and `reply_length` receive a text that ends with a NUL beyond its length. On
 *     success it is the result in JSON; on failure it is
 *
 *         {"code": "conflict", "reason": "email_taken", "message": "…", "field": "email",
 *          "details": {…}, "retryable": false}
 *
 *     where `code` names the status, `reason` is a stable word for programs, `message` a sentence
 *     for people, `field` the path of the field at fault (empty where no one field is), `details`
 *     facts as data, and `retryable` is true where the same request may succeed if sent again.
 *     Either pointer may be NULL if it is not wanted. Both are set by every call: an old reply is
 *     overwritten, never freed. If memory runs out even for the reply, it is NULL, and the status
 *     still tells.
 *
 *  3. Memory. What the library hands out is freed by its own function: a reply by frontdesk_free, a
 *     desk by frontdesk_close, a caller by frontdesk_caller_close. All of them take NULL. What is
 *     returned as `const char*` is borrowed and lives as long as the comment says.
 *
 *  4. Input. JSON, tokens and passwords are pointer and length; FRONTDESK_TEXT as the length means
 *     that a NUL ends it. Names, paths and the texts of options end with a NUL. All text is UTF-8.
 *     The library keeps no pointer into its input once a function has returned.
 *
 *  5. NULL. A NULL that a function cannot do without gives FRONTDESK_INVALID with the reason
 *     `argument_null` and the argument's name as the field, no crash. A pointer that is neither
 *     NULL nor valid, and a handle used after it was closed, are errors that nobody can catch.
 *
 *  6. Options. An options pointer may be NULL: all defaults. Otherwise the struct begins as its
 *     initialiser (`frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;`), which is the
 *     same as all zero with `size` set. Zero always is the default. Structs only grow at their end:
 *     a program compiled with an older header runs unchanged with a newer library; one compiled
 *     with a newer header runs with an older library as long as it leaves at zero what that does
 *     not know, and is otherwise refused with `option_size`.
 *
 *  7. Threads. Any function may be called from any thread at any time, also on the same desk or
 *     caller, except that a handle is closed once, when no other thread uses it. A process that was
 *     forked while a file was open can neither use nor open it: open it after the fork.
 *
 *  8. Callbacks get back the `user` pointer they were given with. They run on whatever thread works
 *     and must neither call frontdesk nor throw nor longjmp. Those of a desk may be called until
 *     the desk and all its callers are closed.
 *
 *  9. Nothing is printed, no signal is touched, the process is never ended.
 *
 * 10. Stability. Functions, statuses and fields keep their meaning and their numbers; new ones are
 *     added. Operations and their fields likewise.
 */
#ifndef FRONTDESK_FRONTDESK_H
#define FRONTDESK_FRONTDESK_H

/* NOLINTBEGIN(modernize-deprecated-headers,modernize-use-using,modernize-redundant-void-arg) */
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define FRONTDESK_API __attribute__((visibility("default")))
#else
#define FRONTDESK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------- */

/* Of this header. The functions tell that of the library, which may be another. */
#define FRONTDESK_VERSION "0.1.0"
#define FRONTDESK_VERSION_NUMBER 100 /* major * 10,000 + minor * 100 + patch */

/* Such as "0.1.0"; lives as long as the program. */
FRONTDESK_API const char* frontdesk_version(void);
FRONTDESK_API int frontdesk_version_number(void);

/* ---- Status ----------------------------------------------------------------------------- */

/* What the caller should do about a failure. The list grows at its end if at all. */
typedef enum frontdesk_status {
  FRONTDESK_OK = 0,
  FRONTDESK_INVALID = 1,          /* the request is wrong in itself: correct it */
  FRONTDESK_UNAUTHENTICATED = 2,  /* sign in (again) */
  FRONTDESK_DENIED = 3,           /* this caller may not do this */
  FRONTDESK_NOT_FOUND = 4,        /* no such record, or none this caller may know of */
  FRONTDESK_CONFLICT = 5,         /* the state of things does not allow it: read again */
  FRONTDESK_SOLD_OUT = 6,         /* no place is left */
  FRONTDESK_EXPIRED = 7,          /* a token, code, hold or cursor is past its time */
  FRONTDESK_RATE_LIMITED = 8,     /* too many attempts: wait as long as the details say */
  FRONTDESK_BUSY = 9,             /* the file was in use for longer than the deadline */
  FRONTDESK_READ_ONLY = 10,       /* the file is open for reading only */
  FRONTDESK_STORAGE = 11,         /* the disk or the file failed */
  FRONTDESK_OUTCOME_UNKNOWN = 12, /* it may have taken effect: look before you repeat */
  FRONTDESK_NO_MEMORY = 13,       /* memory ran out; nothing was changed */
  FRONTDESK_CANCELLED = 14,       /* the deadline passed before it began, or you stopped it */
  FRONTDESK_UNSUPPORTED = 15,     /* not possible in this form or place */
  FRONTDESK_INTERNAL = 16         /* a defect in frontdesk; nothing was changed */
} frontdesk_status;

/* "ok", "invalid", … as in the reply's `code`; "unknown" for any other number. Lives as long as
 * the program. */
FRONTDESK_API const char* frontdesk_status_name(int status);

/* ---- Memory ----------------------------------------------------------------------------- */

/* As a length: the text ends with a NUL. */
#define FRONTDESK_TEXT ((size_t)-1)

/* Frees a reply. */
FRONTDESK_API void frontdesk_free(char* reply);

/* ---- Opening a file --------------------------------------------------------------------- */

/* An open file. */
typedef struct frontdesk_desk frontdesk_desk;
/* Somebody who runs operations: the host, an account, an API key, or nobody in particular. */
typedef struct frontdesk_caller frontdesk_caller;

/* A secret of the host for codes, audit seals and stored secrets, to be kept outside of the file.
 * Without one the file keeps its own. */
typedef struct frontdesk_key {
  const char* id;     /* recorded beside what the key sealed, so that keys can be rotated */
  const void* secret; /* at least 32 bytes */
  size_t secret_length;
} frontdesk_key;

typedef enum frontdesk_log_level {
  FRONTDESK_LOG_DEBUG = 0,
  FRONTDESK_LOG_INFO = 1,
  FRONTDESK_LOG_WARNING = 2,
  FRONTDESK_LOG_ERROR = 3
} frontdesk_log_level;

/* Bits of frontdesk_open_options.flags. */
#define FRONTDESK_OPEN_READ_ONLY 1u /* also in a folder that may not be written */
#define FRONTDESK_OPEN_EXISTING 2u  /* a file that does not exist is an error, not a new file */

typedef struct frontdesk_open_options {
  size_t size;                       /* sizeof(frontdesk_open_options) */
  unsigned int flags;                /* FRONTDESK_OPEN_… */
  int group_limit;                   /* how many waiting writes share a commit; 0: 64 */
  int64_t busy_timeout_milliseconds; /* how long to wait for other processes; 0: 10,000; -1: not */
  int64_t wal_bytes_max;             /* size at which the log is truncated; 0: 8 MiB */
  int64_t readers_max;               /* reads at the same time; 0: 8 */
  const frontdesk_key* keys;         /* the first seals, the others still open; NULL: none */
  size_t key_count;

  /* Where time comes from, in seconds since 1970 UTC; NULL: the system's clock. Outside of the
   * years 1970 to 8999 calls are refused: INVALID/clock_out_of_range. */
  int64_t (*clock)(void* user);
  void* clock_user;
  /* Fills `bytes`; must be cryptographic outside of tests; NULL: the system's. Never called by two
   * threads at once. */
  void (*random)(void* user, void* bytes, size_t length);
  void* random_user;
  /* Gets what is worth a line of a log; `line` ends with a NUL and lives until the return. */
  void (*log)(void* user, frontdesk_log_level level, const char* line);
  void* log_user;
} frontdesk_open_options;

#define FRONTDESK_OPEN_OPTIONS_INIT \
  {sizeof(frontdesk_open_options), 0, 0, 0, 0, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL}

/* Opens a file, or creates it. `*desk` is NULL on failure. The reply of success is "{}".
 *
 * NOT_FOUND/file_missing, STORAGE/folder_missing, file_denied (by the operating system),
 * file_linked (it has a second name), lock_file and not_a_frontdesk_file, UNSUPPORTED/file_newer
 * (made by a newer version) and forked, READ_ONLY/file_needs_migration and file_needs_recovery,
 * STORAGE/schema_changed and file_damaged, BUSY/file_busy, INVALID/open_option (which one is in
 * `field`), DENIED/host_key_required and host_key_wrong. */
FRONTDESK_API frontdesk_status frontdesk_open(const char* path,
                                              const frontdesk_open_options* options,
                                              frontdesk_desk** desk, char** reply,
                                              size_t* reply_length);

/* Closes a desk. The file stays open until the last of its callers is closed too. */
FRONTDESK_API void frontdesk_close(frontdesk_desk* desk);

/* The path the file was opened by; NULL for NULL. Lives as long as the desk. */
FRONTDESK_API const char* frontdesk_path(const frontdesk_desk* desk);

/* Figures of a file since it was opened. */
typedef struct frontdesk_statistics {
  size_t size; /* sizeof(frontdesk_statistics), set before the call */
  int64_t commits;
  int64_t operations_committed;
  int64_t checkpoints;
  int64_t wal_frames;
} frontdesk_statistics;

#define FRONTDESK_STATISTICS_INIT {sizeof(frontdesk_statistics), 0, 0, 0, 0}

/* INVALID if an argument is NULL or the size is not one of a known version. */
FRONTDESK_API frontdesk_status frontdesk_get_statistics(const frontdesk_desk* desk,
                                                        frontdesk_statistics* statistics);

/* ---- Callers ---------------------------------------------------------------------------- */

/* The embedding program itself, which may do everything. Closed by frontdesk_caller_close, like
 * every caller. */
FRONTDESK_API frontdesk_status frontdesk_host(const frontdesk_desk* desk,
                                              frontdesk_caller** caller);

/* Nobody in particular: for what is open to everyone, such as registering. */
FRONTDESK_API frontdesk_status frontdesk_anonymous(const frontdesk_desk* desk,
                                                   frontdesk_caller** caller);

/* Whoever the token was given to: a sign-in session, a signed access token or an API key. The token
 * is checked at each call; a bad one makes every call UNAUTHENTICATED. */
FRONTDESK_API frontdesk_status frontdesk_caller_of_token(const frontdesk_desk* desk,
                                                         const char* token, size_t token_length,
                                                         frontdesk_caller** caller);

FRONTDESK_API void frontdesk_caller_close(frontdesk_caller* caller);

/* ---- Running operations ----------------------------------------------------------------- */

/* What a call may carry besides its request. */
typedef struct frontdesk_call_options {
  size_t size;                 /* sizeof(frontdesk_call_options) */
  const char* idempotency_key; /* the same key and request give the first result for 24 hours */
  const char* origin;          /* where the call comes from, for audit and attempt limits; UTF-8 */
  const char* language;        /* of messages: "en", "uk"; NULL: the caller's own */
  const char* correlation;     /* ties audit and events to your own log */
  int64_t deadline_milliseconds; /* a call that has not begun by then is CANCELLED; 0: no limit */
  /* Progress of a job, in units of its own (bytes of a CSV, records): done and in all (0 where not
   * known). Anything but 0 stops the job after the current step. */
  int (*progress)(void* user, int64_t done, int64_t total);
  void* progress_user;
} frontdesk_call_options;

#define FRONTDESK_CALL_OPTIONS_INIT \
  {sizeof(frontdesk_call_options), NULL, NULL, NULL, NULL, 0, NULL, NULL}

/* Runs the operation `name` with a request in JSON (NULL with length 0: `{}`). The reply is its
 * result. What it can be refused with, its page tells; besides: NOT_FOUND/operation_not_found and
 * operation_misspelt, INVALID for whatever is wrong with the request, UNAUTHENTICATED, DENIED,
 * CONFLICT/idempotency_key_reused, and failures of the file.
 *
 * A write that is acknowledged with FRONTDESK_OK survives a crash and a loss of power. */
FRONTDESK_API frontdesk_status frontdesk_call(const frontdesk_caller* caller, const char* name,
                                              const char* request, size_t request_length,
                                              const frontdesk_call_options* options, char** reply,
                                              size_t* reply_length);

/* The same, but changes nothing: the reply is what frontdesk_call would give. */
FRONTDESK_API frontdesk_status frontdesk_preview(const frontdesk_caller* caller, const char* name,
                                                 const char* request, size_t request_length,
                                                 const frontdesk_call_options* options,
                                                 char** reply, size_t* reply_length);

/* Runs a list of operations, all or none:
 *
 *     [{"operation": "catalog.create_centre", "request": {…}},
 *      {"operation": "people.create_client", "request": {"centre": {"$ref": "0.id"}, …}}]
 *
 * `{"$ref": "0.id"}` stands for the member `id` of the result of step 0. The reply is the list of
 * results; in an error, `field` begins with the step at fault: `[1].request.centre`. */
FRONTDESK_API frontdesk_status frontdesk_batch(const frontdesk_caller* caller, const char* list,
                                               size_t list_length,
                                               const frontdesk_call_options* options, char** reply,
                                               size_t* reply_length);

/* ---- Signing in (operations access.sign_in and access.answer_challenge) ------------------ */

/* Signs in by e-mail address or login and password. `*caller` is the account's, or NULL where a
 * second factor is due: the reply then has a `challenge`, whose `token` goes with the code to
 * frontdesk_answer_challenge. `*caller` is NULL on failure. */
FRONTDESK_API frontdesk_status frontdesk_sign_in(const frontdesk_desk* desk, const char* login,
                                                 const char* password, size_t password_length,
                                                 const frontdesk_call_options* options,
                                                 frontdesk_caller** caller, char** reply,
                                                 size_t* reply_length);

/* Completes a sign-in with an e-mail code, a TOTP code or a recovery code. */
FRONTDESK_API frontdesk_status frontdesk_answer_challenge(
    const frontdesk_desk* desk, const char* challenge, size_t challenge_length, const char* code,
    size_t code_length, const frontdesk_call_options* options, frontdesk_caller** caller,
    char** reply, size_t* reply_length);

/* ---- Events (operation events.since) ----------------------------------------------------- */

/* Calls `wake` after each commit of this desk that appended events: a sign to read
 * frontdesk_events_since, mostly by waking a thread of yours, since `wake` must not call frontdesk
 * (see 8) nor take long. It is never called by two threads at once, and not any more once
 * frontdesk_on_events has returned with another function, with NULL (none), or after
 * frontdesk_close. */
FRONTDESK_API frontdesk_status frontdesk_on_events(frontdesk_desk* desk, void (*wake)(void* user),
                                                   void* user);

/* Events after `cursor` (0: all that is kept), as far as the caller may see them, in commit order,
 * nothing missed and nothing twice. `topics` are `topic_count` names, where a trailing `*` stands
 * for any ending; NULL and 0: all. `limit` is 1 to 1,000; 0: 100. `next`, if not NULL, receives the
 * cursor to read on from; on failure it stays as it was. EXPIRED/cursor_too_old. */
FRONTDESK_API frontdesk_status frontdesk_events_since(const frontdesk_caller* caller,
                                                      int64_t cursor, const char* const* topics,
                                                      size_t topic_count, int64_t limit,
                                                      int64_t* next, char** reply,
                                                      size_t* reply_length);

/* ---- Tickets ----------------------------------------------------------------------------- */

/* Proves the text of a ticket, as its QR code holds it, without a file: by the public key that the
 * operation bookings.ticket_key gave. The reply is what the ticket says: {centre, session, starts,
 * place, issue, seat, code}. Whether it was voided since, bookings.revoked_tickets tells.
 *
 * INVALID/ticket_key_malformed, ticket_malformed, ticket_key_other (signed with another key),
 * ticket_signature_invalid. */
FRONTDESK_API frontdesk_status frontdesk_ticket_verify(const char* key, size_t key_length,
                                                       const char* ticket, size_t ticket_length,
                                                       char** reply, size_t* reply_length);

/* ---- What there is ----------------------------------------------------------------------- */

/* All operations in order of their numbers: a list of {number, name, kind, doc, audience,
 * permission}. */
FRONTDESK_API frontdesk_status frontdesk_operations(char** reply, size_t* reply_length);

/* One operation: the same and who may call it, its refusals in order of precedence, an example, and
 * the JSON Schemas of request and result. NOT_FOUND/operation_not_found, operation_misspelt. */
FRONTDESK_API frontdesk_status frontdesk_operation(const char* name, char** reply,
                                                   size_t* reply_length);

/* The OpenAPI 3.1 document of all operations. */
FRONTDESK_API frontdesk_status frontdesk_openapi(char** reply, size_t* reply_length);

#ifdef __cplusplus
}
#endif
/* NOLINTEND(modernize-deprecated-headers,modernize-use-using,modernize-redundant-void-arg) */

#endif

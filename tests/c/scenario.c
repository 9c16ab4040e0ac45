/* A front desk's morning in strict C99: every step prints a line; the first failure ends it with 1.
 */
#include <frontdesk/frontdesk.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char* const file_name = "c_scenario.db";

static frontdesk_desk* desk = NULL;
static frontdesk_caller* host = NULL;
static char* reply = NULL;
static size_t reply_length = 0;

/* Forgets the reply of the step before. */
static void forget(void) {
  frontdesk_free(reply);
  reply = NULL;
  reply_length = 0;
}

static void expect(int holds, const char* step) {
  if (holds) {
    printf("ok      %s\n", step);
    return;
  }
  printf("FAILED  %s\n        %s\n", step, reply == NULL ? "(no reply)" : reply);
  exit(1);
}

/* The status is as expected, and the reply is a whole text that contains `part`. */
static void expect_reply(frontdesk_status status, frontdesk_status expected, const char* part,
                         const char* step) {
  if (status != expected) printf("status  %s\n", frontdesk_status_name(status));
  expect(status == expected && reply != NULL && strlen(reply) == reply_length &&
             strstr(reply, part) != NULL,
         step);
}

static frontdesk_status call(const frontdesk_caller* caller, const char* name,
                             const char* request) {
  forget();
  return frontdesk_call(caller, name, request, FRONTDESK_TEXT, NULL, &reply, &reply_length);
}

/* The number after `"name":` in the reply; 0 if there is none. */
static int64_t number_in_reply(const char* name) {
  char key[64];
  const char* found;
  snprintf(key, sizeof key, "\"%s\":", name);
  found = reply == NULL ? NULL : strstr(reply, key);
  return found == NULL ? 0 : (int64_t)strtoll(found + strlen(key), NULL, 10);
}

static int64_t now_seconds = 1772442000; /* Monday 2026-03-02 09:00 UTC */

static int64_t clock_of_test(void* user) { return *(const int64_t*)user; }

static void count(void* user) { ++*(int*)user; }

static int keep_going(void* user, int64_t done, int64_t total) {
  (void)done;
  (void)total;
  ++*(int*)user;
  return 0;
}

static void remove_files(void) {
  static const char* const suffixes[] = {"", "-wal", "-shm", "-lock", "-gate"};
  size_t i;
  for (i = 0; i < sizeof suffixes / sizeof *suffixes; ++i) {
    char path[64];
    snprintf(path, sizeof path, "%s%s", file_name, suffixes[i]);
    remove(path);
  }
}

static void open_file(void) {
  frontdesk_open_options options = FRONTDESK_OPEN_OPTIONS_INIT;
  frontdesk_key key;
  frontdesk_status status;
  key.id = "2026";
  key.secret = "0123456789abcdef0123456789abcdef";
  key.secret_length = 32;
  options.keys = &key;
  options.key_count = 1;
  options.clock = clock_of_test;
  options.clock_user = &now_seconds;

  remove_files();
  options.flags = FRONTDESK_OPEN_EXISTING;
  status = frontdesk_open(file_name, &options, &desk, &reply, &reply_length);
  expect_reply(status, FRONTDESK_NOT_FOUND, "\"reason\":\"file_missing\"",
               "a file that is not there is not created unasked");
  expect(desk == NULL, "and no desk comes of it");
  forget();
  options.flags = 0;
  status = frontdesk_open(file_name, &options, &desk, &reply, &reply_length);
  expect_reply(status, FRONTDESK_OK, "{}", "open a new file");
  expect(strstr(frontdesk_path(desk), file_name) != NULL, "the desk knows its path");
  expect(frontdesk_host(desk, &host) == FRONTDESK_OK, "the host is a caller");
}

static void versions(void) {
  expect(strcmp(frontdesk_version(), FRONTDESK_VERSION) == 0, "header and library: one version");
  expect(frontdesk_version_number() == FRONTDESK_VERSION_NUMBER, "its number too");
  expect(strcmp(frontdesk_status_name(FRONTDESK_OK), "ok") == 0 &&
             strcmp(frontdesk_status_name(FRONTDESK_INTERNAL), "internal") == 0 &&
             strcmp(frontdesk_status_name((frontdesk_status)99), "unknown") == 0,
         "statuses have names");
}

static void people_and_sign_in(void) {
  frontdesk_caller* nobody = NULL;
  frontdesk_caller* olena = NULL;
  frontdesk_caller* stranger = NULL;
  frontdesk_status status;

  expect(frontdesk_anonymous(desk, &nobody) == FRONTDESK_OK, "nobody in particular is a caller");
  status = call(nobody, "people.register",
                "{\"email\": \"olena@example.com\", \"password\": \"a long evening walk\","
                " \"first_name\": \"Олена\", \"last_name\": \"Коваль\"}");
  expect_reply(status, FRONTDESK_OK, "\"client\":", "anyone may register");
  status = call(nobody, "people.register",
                "{\"email\": \"Olena@Example.com\", \"pasword\": \"a long evening walk\"}");
  expect_reply(status, FRONTDESK_INVALID, "\"nearest\":\"password\"",
               "a misspelt field is refused with the right one");
  status = call(nobody, "people.clients", "{}");
  expect_reply(status, FRONTDESK_UNAUTHENTICATED, "\"reason\":\"sign_in_required\"",
               "nobody may list clients");

  forget();
  status = frontdesk_sign_in(desk, "olena@example.com", "a wrong password", FRONTDESK_TEXT, NULL,
                             &olena, &reply, &reply_length);
  expect(status == FRONTDESK_UNAUTHENTICATED && olena == NULL && reply != NULL,
         "a wrong password signs nobody in");
  forget();
  status = frontdesk_sign_in(desk, "olena@example.com", "a long evening walk", FRONTDESK_TEXT, NULL,
                             &olena, &reply, &reply_length);
  expect_reply(status, FRONTDESK_OK, "\"token\":", "Olena signs in");
  expect(olena != NULL, "and is a caller");
  status = call(olena, "access.whoami", NULL);
  expect(status == FRONTDESK_INVALID, "no request and no length is one mistake too many");
  forget();
  status = frontdesk_call(olena, "access.whoami", NULL, 0, NULL, &reply, &reply_length);
  expect_reply(status, FRONTDESK_OK, "\"kind\":\"account\"", "she is told who she is");
  status = call(olena, "catalog.create_centre",
                "{\"name\": \"Mine\", \"city\": \"Kyiv\", \"zone\": \"Europe/Kyiv\","
                " \"currency\": \"UAH\"}");
  expect_reply(status, FRONTDESK_DENIED, "\"code\":\"denied\"", "she may not open a centre");

  expect(frontdesk_caller_of_token(desk, "fds_nonsense", 12, &stranger) == FRONTDESK_OK,
         "any token makes a caller");
  status = call(stranger, "access.whoami", "{}");
  expect_reply(status, FRONTDESK_UNAUTHENTICATED, "\"reason\":\"token_invalid\"",
               "but a bad one may do nothing");
  frontdesk_caller_close(stranger);
  frontdesk_caller_close(olena);
  frontdesk_caller_close(nobody);
}

static void preview_and_keys(void) {
  static const char request[] =
      "{\"first_name\": \"Aigerim\", \"last_name\": \"Sadykova\"} trailing";
  const size_t length = strlen(request) - strlen(" trailing");
  frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;
  frontdesk_status status;
  int64_t first;

  forget();
  status =
      frontdesk_preview(host, "people.create_client", request, length, NULL, &reply, &reply_length);
  expect_reply(status, FRONTDESK_OK, "Aigerim", "a preview tells what would come of it");
  status = call(host, "people.clients", "{\"search\": \"aigerim\"}");
  expect_reply(status, FRONTDESK_OK, "\"items\":[]", "and changes nothing");

  options.idempotency_key = "morning-1";
  options.origin = "front desk";
  forget();
  status = frontdesk_call(host, "people.create_client", request, length, &options, &reply,
                          &reply_length);
  expect_reply(status, FRONTDESK_OK, "Sadykova", "enter a client under a key");
  first = number_in_reply("id");
  forget();
  status = frontdesk_call(host, "people.create_client", request, length, &options, &reply,
                          &reply_length);
  expect(status == FRONTDESK_OK && first != 0 && number_in_reply("id") == first,
         "the same key and request give the same client");
  forget();
  status = frontdesk_call(host, "people.create_client", "{\"first_name\": \"Bota\"}",
                          FRONTDESK_TEXT, &options, &reply, &reply_length);
  expect_reply(status, FRONTDESK_CONFLICT, "\"reason\":\"idempotency_key_reused\"",
               "the same key and another request are a conflict");
}

static void batches(void) {
  frontdesk_status status;
  forget();
  status = frontdesk_batch(
      host,
      "[{\"operation\": \"catalog.create_centre\", \"request\": {\"name\": \"Sun\","
      "  \"city\": \"Kyiv\", \"zone\": \"Europe/Kyiv\", \"currency\": \"UAH\"}},"
      " {\"operation\": \"people.create_client\", \"request\": {\"first_name\": \"Oleh\","
      "  \"centre\": {\"$ref\": \"0.id\"}}}]",
      FRONTDESK_TEXT, NULL, &reply, &reply_length);
  expect_reply(status, FRONTDESK_OK, "Oleh", "a centre and its first client in one batch");
  forget();
  status = frontdesk_batch(host,
                           "[{\"operation\": \"people.create_client\", \"request\":"
                           "  {\"first_name\": \"Never\"}},"
                           " {\"operation\": \"people.create_client\", \"request\": {}}]",
                           FRONTDESK_TEXT, NULL, &reply, &reply_length);
  expect_reply(status, FRONTDESK_INVALID, "\"field\":\"[1].request.first_name\"",
               "a batch that fails names the step and the field");
  status = call(host, "people.clients", "{\"search\": \"never\"}");
  expect_reply(status, FRONTDESK_OK, "\"items\":[]", "and leaves nothing of its other steps");
}

static void events(void) {
  const char* topics[] = {"people.*"};
  int wakes = 0;
  int64_t cursor = -1;
  int64_t next = 0;
  frontdesk_status status;

  expect(frontdesk_on_events(desk, count, &wakes) == FRONTDESK_OK, "ask to be woken");
  status = call(host, "people.create_client", "{\"first_name\": \"Dana\"}");
  expect(status == FRONTDESK_OK && wakes == 1, "a commit wakes once");
  forget();
  status = frontdesk_events_since(host, 0, topics, 1, 0, &next, &reply, &reply_length);
  expect_reply(status, FRONTDESK_OK, "people.client_created", "events tell what happened");
  while (cursor != next) {
    cursor = next;
    forget();
    status = frontdesk_events_since(host, cursor, NULL, 0, 1000, &next, &reply, &reply_length);
    if (status != FRONTDESK_OK) break;
  }
  expect(status == FRONTDESK_OK && strstr(reply, "\"items\":[]") != NULL,
         "reading on comes to an end");
  forget();
  status = frontdesk_events_since(host, INT64_MAX, NULL, 0, 0, &next, &reply, &reply_length);
  expect_reply(status, FRONTDESK_INVALID, "\"field\":\"cursor\"",
               "a cursor from nowhere is refused");
  expect(next == cursor, "and the next cursor stays as it was");
  expect(frontdesk_on_events(desk, NULL, NULL) == FRONTDESK_OK, "ask not to be woken");
  status = call(host, "people.create_client", "{\"first_name\": \"Erik\"}");
  expect(status == FRONTDESK_OK && wakes == 1, "nobody is woken any more");
}

static void jobs_and_figures(void) {
  frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;
  frontdesk_statistics figures = FRONTDESK_STATISTICS_INIT;
  int steps = 0;
  options.progress = keep_going;
  options.progress_user = &steps;
  forget();
  expect(frontdesk_call(host, "upkeep.tick", "{}", 2, &options, &reply, &reply_length) ==
                 FRONTDESK_OK &&
             steps > 0,
         "a tick reports its progress");
  expect(frontdesk_get_statistics(desk, &figures) == FRONTDESK_OK && figures.commits > 0 &&
             figures.operations_committed > 0,
         "the desk counts its commits");
  expect_reply(call(host, "audit.verify", "{}"), FRONTDESK_OK, "\"is_whole\":true",
               "the audit chain is whole");
  expect_reply(call(host, "upkeep.check", "{}"), FRONTDESK_OK, "\"problems\":[]",
               "every invariant holds");
}

static void what_there_is(void) {
  forget();
  expect_reply(frontdesk_operations(&reply, &reply_length), FRONTDESK_OK,
               "\"name\":\"people.register\"", "the registry lists its operations");
  forget();
  expect_reply(frontdesk_operation("people.register", &reply, &reply_length), FRONTDESK_OK,
               "\"refusals\":", "and explains one");
  forget();
  expect_reply(frontdesk_operation("people.registre", &reply, &reply_length), FRONTDESK_NOT_FOUND,
               "people.register", "a misspelt one is answered with the right one");
  forget();
  expect_reply(frontdesk_openapi(&reply, &reply_length), FRONTDESK_OK, "\"openapi\":\"3.1.0\"",
               "all of it is an OpenAPI document");
}

static void mistakes(void) {
  frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;
  frontdesk_caller* caller = NULL;
  forget();
  expect_reply(frontdesk_call(NULL, "upkeep.tick", "{}", 2, NULL, &reply, &reply_length),
               FRONTDESK_INVALID, "\"field\":\"caller\"", "NULL for the caller");
  forget();
  expect_reply(frontdesk_call(host, NULL, "{}", 2, NULL, &reply, &reply_length), FRONTDESK_INVALID,
               "\"field\":\"name\"", "NULL for the name");
  forget();
  expect_reply(frontdesk_call(host, "upkeep.tick", NULL, 2, NULL, &reply, &reply_length),
               FRONTDESK_INVALID, "\"reason\":\"argument_null\"", "NULL for the request");
  expect(frontdesk_call(host, "upkeep.check", "{}", 2, NULL, NULL, NULL) == FRONTDESK_OK,
         "a reply that nobody wants");
  expect(frontdesk_host(NULL, &caller) == FRONTDESK_INVALID && caller == NULL, "NULL for the desk");
  expect(frontdesk_host(desk, NULL) == FRONTDESK_INVALID, "NULL for what is to be made");
  options.size = 3;
  forget();
  expect_reply(frontdesk_call(host, "upkeep.check", "{}", 2, &options, &reply, &reply_length),
               FRONTDESK_INVALID, "\"reason\":\"option_size\"", "a size that is none");
  forget();
  expect_reply(frontdesk_call(host, "upkeep.check", "{\"", 2, NULL, &reply, &reply_length),
               FRONTDESK_INVALID, "\"reason\":\"json_malformed\"", "half a request");
  frontdesk_close(NULL);
  frontdesk_close(NULL);
  frontdesk_caller_close(NULL);
  frontdesk_free(NULL);
  expect(1, "closing NULL, twice");
}

int main(void) {
  versions();
  open_file();
  people_and_sign_in();
  preview_and_keys();
  batches();
  events();
  jobs_and_figures();
  what_there_is();
  mistakes();

  /* The caller keeps the file open. */
  frontdesk_close(desk);
  expect_reply(call(host, "people.clients", "{\"limit\": 1}"), FRONTDESK_OK, "\"items\":[{",
               "a caller outlives its desk");
  frontdesk_caller_close(host);
  forget();
  remove_files();
  return 0;
}

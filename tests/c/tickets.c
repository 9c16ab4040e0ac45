/* A door that proves tickets without a file, in strict C99: every step prints a line; the first
 * failure ends it with 1. */
#include <frontdesk/frontdesk.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char* const file_name = "c_tickets.db";

static frontdesk_caller* host = NULL;
static char* reply = NULL;
static size_t reply_length = 0;

static void forget(void) {
  frontdesk_free(reply);
  reply = NULL;
  reply_length = 0;
}

static void expect(int holds, const char* step) {
  printf("%s  %s\n", holds ? "ok     " : "FAILED ", step);
  if (holds) return;
  printf("        %s\n", reply == NULL ? "(no reply)" : reply);
  exit(1);
}

static void call(const char* name, const char* request) {
  forget();
  expect(frontdesk_call(host, name, request, FRONTDESK_TEXT, NULL, &reply, &reply_length) ==
             FRONTDESK_OK,
         name);
}

/* Copies the text after `"name":"` in the reply. */
static void copy_text(const char* name, char* target, size_t size) {
  char key[32];
  const char* found;
  size_t length;
  snprintf(key, sizeof key, "\"%s\":\"", name);
  found = strstr(reply, key);
  expect(found != NULL, name);
  found += strlen(key);
  length = strcspn(found, "\"");
  expect(length < size, "it is short enough");
  memcpy(target, found, length);
  target[length] = '\0';
}

static void expect_verified(const char* key, const char* ticket, frontdesk_status status,
                            const char* part, const char* step) {
  forget();
  expect(frontdesk_ticket_verify(key, FRONTDESK_TEXT, ticket, FRONTDESK_TEXT, &reply,
                                 &reply_length) == status &&
             reply != NULL && strlen(reply) == reply_length && strstr(reply, part) != NULL,
         step);
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

static int64_t clock_of_test(void* user) { return *(const int64_t*)user; }

/* A house with a show and a place reserved in it; its ticket and the key that proves it. */
static void make_ticket(char* key, size_t key_size, char* ticket, size_t ticket_size) {
  static int64_t now_seconds = 1772442000; /* Monday 2026-03-02 09:00 UTC */
  frontdesk_open_options options = FRONTDESK_OPEN_OPTIONS_INIT;
  frontdesk_desk* desk = NULL;
  options.clock = clock_of_test;
  options.clock_user = &now_seconds;
  remove_files();
  expect(frontdesk_open(file_name, &options, &desk, &reply, &reply_length) == FRONTDESK_OK,
         "open a new file");
  expect(frontdesk_host(desk, &host) == FRONTDESK_OK, "the host is a caller");
  call("catalog.create_centre",
       "{\"name\": \"Sun\", \"city\": \"Kyiv\", \"zone\": \"Europe/Kyiv\", \"currency\": "
       "\"UAH\"}");
  call("catalog.create_activity", "{\"centre\": 1, \"name\": \"Film\"}");
  call("schedule.create_sessions",
       "{\"sessions\": [{\"activity\": 1, \"centre\": 1, \"start\": \"2026-03-03T18:00:00\","
       " \"capacity\": 10}]}");
  call("bookings.reserve", "{\"session\": 1, \"kind\": \"house\", \"places\": [{}]}");
  call("bookings.tickets", "{\"booking\": 1}");
  copy_text("text", ticket, ticket_size);
  call("bookings.ticket_key", "{}");
  copy_text("key", key, key_size);
  frontdesk_caller_close(host);
  frontdesk_close(desk);
  remove_files();
}

int main(void) {
  char key[64];
  char ticket[512];
  make_ticket(key, sizeof key, ticket, sizeof ticket);
  expect_verified(key, ticket, FRONTDESK_OK, "\"session\":1", "a true ticket, without the file");
  expect(strstr(reply, "\"place\":1001") != NULL && strstr(reply, "\"issue\":1") != NULL,
         "and what it says");
  expect_verified("AAAA", ticket, FRONTDESK_INVALID, "ticket_key_malformed", "a key that is none");
  expect_verified("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ticket, FRONTDESK_INVALID,
                  "ticket_key_other", "another key");
  expect_verified(key, "FD1.", FRONTDESK_INVALID, "ticket_malformed", "a text that is none");
  ticket[20] = ticket[20] == 'A' ? 'B' : 'A';
  expect_verified(key, ticket, FRONTDESK_INVALID, "ticket_signature_invalid", "a forged ticket");
  forget();
  expect(frontdesk_ticket_verify(NULL, 0, ticket, FRONTDESK_TEXT, &reply, &reply_length) ==
                 FRONTDESK_INVALID &&
             strstr(reply, "\"field\":\"key\"") != NULL,
         "NULL for the key");
  forget();
  expect(frontdesk_ticket_verify(key, FRONTDESK_TEXT, NULL, 3, &reply, &reply_length) ==
                 FRONTDESK_INVALID &&
             strstr(reply, "\"reason\":\"argument_null\"") != NULL,
         "NULL for the ticket");
  expect(frontdesk_ticket_verify(key, FRONTDESK_TEXT, ticket, 0, NULL, NULL) == FRONTDESK_INVALID,
         "a reply that nobody wants");
  forget();
  return 0;
}

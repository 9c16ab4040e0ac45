/* The same in C. Run in an empty folder. */
#include <frontdesk/frontdesk.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  frontdesk_desk* desk = NULL;
  frontdesk_caller* host = NULL;
  char* reply = NULL;
  frontdesk_status status = frontdesk_open("studio.db", NULL, &desk, NULL, NULL);
  if (status == FRONTDESK_OK) status = frontdesk_host(desk, &host);
  if (status == FRONTDESK_OK)
    status = frontdesk_call(host, "people.create_client", "{\"first_name\": \"Olena\"}",
                            FRONTDESK_TEXT, NULL, &reply, NULL);
  if (status != FRONTDESK_OK || reply == NULL || strstr(reply, "Olena") == NULL) return 1;
  frontdesk_free(reply);
  frontdesk_caller_close(host);
  frontdesk_close(desk);
  if (strcmp(frontdesk_version(), FRONTDESK_VERSION) != 0) return 1;
  printf("frontdesk %s\n", frontdesk_version());
  return 0;
}

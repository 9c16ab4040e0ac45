/* libical beside frontdesk: the same rules as recurrence_bench.cpp. Prints lines of `name`, tab,
   nanoseconds for one occurrence, or for a window of three months twenty years ahead. */
#define _POSIX_C_SOURCE 200809L
#include <libical/ical.h>
#include <stdio.h>
#include <time.h>

#define OCCURRENCES 1000

static double cpu_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static icaltimetype local_time(int year, int month, int day, const icaltimezone* zone) {
  icaltimetype time = icaltime_null_time();
  time.year = year;
  time.month = month;
  time.day = day;
  time.hour = 18;
  time.zone = zone;
  return time;
}

static volatile time_t kept;

static void iterate(const char* name, const char* rule, icaltimezone* zone) {
  struct icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule);
  icalrecur_iterator* iterator = icalrecur_iterator_new(recurrence, local_time(2024, 1, 5, zone));
  int count = 0;
  double begun = cpu_ns();
  if (iterator == NULL) return;
  while (count < OCCURRENCES) {
    icaltimetype time = icalrecur_iterator_next(iterator);
    if (icaltime_is_null_time(time)) break;
    kept = icaltime_as_timet_with_zone(time, zone);
    ++count;
  }
  /* Some versions end with 2582; what was given is what counts. */
  if (count > 0) printf("%s\t%.0f\n", name, (cpu_ns() - begun) / count);
  icalrecur_iterator_free(iterator);
}

static void window(const char* name, const char* rule, icaltimezone* zone) {
  struct icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule);
  icaltimetype to = local_time(2044, 7, 1, zone);
  double begun = cpu_ns();
  icalrecur_iterator* iterator = icalrecur_iterator_new(recurrence, local_time(2024, 1, 5, zone));
  icaltimetype from = local_time(2044, 4, 1, zone);
  if (iterator == NULL) return;
  icalrecur_iterator_set_start(iterator, from);
  for (;;) {
    icaltimetype time = icalrecur_iterator_next(iterator);
    if (icaltime_is_null_time(time) || icaltime_compare(time, to) >= 0) break;
    kept = icaltime_as_timet_with_zone(time, zone);
  }
  printf("%s\t%.0f\n", name, cpu_ns() - begun);
  icalrecur_iterator_free(iterator);
}

int main(void) {
  icaltimezone* zone = icaltimezone_get_builtin_timezone("Europe/Kyiv");
  if (zone == NULL) zone = icaltimezone_get_builtin_timezone("Europe/Kiev");
  iterate("recurrence, daily", "FREQ=DAILY", zone);
  iterate("recurrence, weekly", "FREQ=WEEKLY;BYDAY=MO,WE,FR", zone);
  iterate("recurrence, every 2 weeks", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", zone);
  iterate("recurrence, monthly", "FREQ=MONTHLY", zone);
  iterate("recurrence, last Friday", "FREQ=MONTHLY;BYDAY=-1FR", zone);
  iterate("recurrence, last work day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", zone);
  iterate("recurrence, Friday the 13th", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", zone);
  iterate("recurrence, yearly", "FREQ=YEARLY", zone);
  iterate("recurrence, week 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", zone);
  window("recurrence window, weekly", "FREQ=WEEKLY;BYDAY=MO,WE,FR", zone);
  window("recurrence window, daily", "FREQ=DAILY", zone);
  window("recurrence window, last_friday", "FREQ=MONTHLY;BYDAY=-1FR", zone);
  return 0;
}

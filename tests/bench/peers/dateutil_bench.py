"""python-dateutil beside frontdesk: the same rules as recurrence_bench.cpp, in nanoseconds for one
occurrence, and a window of three months twenty years ahead in microseconds. Prints lines of
`name`, tab, number."""

import datetime
import itertools
import time
import zoneinfo

from dateutil import rrule

ZONE = zoneinfo.ZoneInfo("Europe/Kyiv")
START = datetime.datetime(2024, 1, 5, 18)
OCCURRENCES = 1000
RULES = {
    "recurrence, daily": "FREQ=DAILY",
    "recurrence, weekly": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "recurrence, every 2 weeks": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR",
    "recurrence, monthly": "FREQ=MONTHLY",
    "recurrence, last Friday": "FREQ=MONTHLY;BYDAY=-1FR",
    "recurrence, last work day": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "recurrence, Friday the 13th": "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "recurrence, yearly": "FREQ=YEARLY",
    "recurrence, week 20": "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
}
WINDOWS = {
    "recurrence window, weekly": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "recurrence window, daily": "FREQ=DAILY",
    "recurrence window, last_friday": "FREQ=MONTHLY;BYDAY=-1FR",
}


def moment(local: datetime.datetime) -> float:
    return local.replace(tzinfo=ZONE).timestamp()


def main() -> None:
    for name, text in RULES.items():
        rule = rrule.rrulestr(text, dtstart=START)
        begun = time.process_time()
        for local in itertools.islice(rule, OCCURRENCES):
            moment(local)
        print(f"{name}\t{(time.process_time() - begun) / OCCURRENCES * 1e9:.0f}")
    for name, text in WINDOWS.items():
        rule = rrule.rrulestr(text, dtstart=START)
        begun = time.process_time()
        found = rule.between(datetime.datetime(2044, 4, 1), datetime.datetime(2044, 7, 1))
        for local in found:
            moment(local)
        print(f"{name}\t{(time.process_time() - begun) * 1e9:.0f}")


main()

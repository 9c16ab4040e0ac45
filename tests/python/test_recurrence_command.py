"""`frontdesk recurrence`: what a rule comes to, from the shell (SPEC S1, S2)."""

import os
import subprocess

import pytest

COMMAND = os.environ.get("FRONTDESK_COMMAND", "frontdesk")
START = "2024-01-05T18:00:00"


def run(*arguments, input=None):
    return subprocess.run([COMMAND, "recurrence", *arguments], input=input, capture_output=True,
                          text=True,
                          timeout=60)


def lines(*arguments, input=None):
    done = run(*arguments, input=input)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


def usage_error(*arguments):
    done = run(*arguments)
    assert done.returncode == 2 and done.stdout == "", done.stdout
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_in_a_zone_moments_are_printed_in_utc():
    """[S1] [S2]"""
    assert lines("--start", START, "--zone", "Europe/Kyiv", "--rule", "FREQ=WEEKLY;BYDAY=MO,WE",
                 "--limit", "3") == [
        "2024-01-08T16:00:00Z", "2024-01-10T16:00:00Z", "2024-01-15T16:00:00Z"]
    assert lines("--start", "2024-03-30T03:30:00", "--zone", "Europe/Kyiv", "--rule",
                 "FREQ=DAILY;COUNT=3") == [
        "2024-03-30T01:30:00Z", "2024-03-31T01:30:00Z", "2024-04-01T00:30:00Z"]


def test_without_a_zone_times_are_local():
    """[S1]"""
    assert lines("--start", START, "--rule", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=2") == [
        "2024-01-08T18:00:00", "2024-01-10T18:00:00"]
    assert lines("--start", "20240105T180000", "--rule", "FREQ=DAILY", "--limit", "1") == [START]
    assert lines("--start", START, "--rule", "FREQ=DAILY", "--limit", "0") == []


def test_window():
    """[S1]"""
    rule = ("--start", START, "--rule", "FREQ=DAILY")
    assert lines(*rule, "--from", "4024-02-01T18:00:00", "--to", "4024-02-03T18:00:00") == [
        "4024-02-01T18:00:00", "4024-02-02T18:00:00"]
    assert lines(*rule, "--from", "2024-02-01", "--to", "2024-02-02") == ["2024-02-01T18:00:00"]
    zone = ("--zone", "Europe/Kyiv")
    assert lines(*rule, *zone, "--from", "2024-02-01T16:00:00Z", "--limit", "1") == [
        "2024-02-01T16:00:00Z"]
    assert lines(*rule, *zone, "--from", "2024-02-01T18:00:01", "--limit", "1") == [
        "2024-02-02T16:00:00Z"]


def test_exceptions():
    """[S1]"""
    assert lines("--start", START, "--rule", "FREQ=DAILY;COUNT=4", "--exdate",
                 "2024-01-06T18:00:00,2024-01-07",
                 "--rdate", "2024-01-05T09:00:00", "--rdate", "2025-01-05") == [
        "2024-01-05T09:00:00", START, "2024-01-08T18:00:00", "2025-01-05T18:00:00"]


@pytest.mark.parametrize("language, words", [
    ("en", "every Monday and Wednesday at 18:00"),
    ("uk", "щопонеділка та щосереди о 18:00"),
    ("xx", "every Monday and Wednesday at 18:00"),
])
def test_words(language, words):
    """[S1] [E18]"""
    assert lines("--start", START, "--rule", "FREQ=WEEKLY;BYDAY=MO,WE", "--words", language) == [
        words]


def test_what_is_wrong_is_one_line_and_exit_code_2():
    """[S1] [E16]"""
    assert "Character 22" in usage_error("--start", START, "--rule", "FREQ=WEEKLY;BYDAY=MO,XX")
    assert "rule_number_out_of_range" in usage_error("--start", START, "--rule",
                                                     "FREQ=DAILY;INTERVAL=0")
    assert "zone_unknown" in usage_error("--start", START, "--zone", "Europe/Kyyiv", "--rule",
                                         "FREQ=DAILY")
    assert "no time" in usage_error("--start", "tomorrow", "--rule", "FREQ=DAILY")
    assert "without Z" in usage_error("--start", START + "Z", "--rule", "FREQ=DAILY")
    assert "no time" in usage_error("--start", START, "--rule", "FREQ=DAILY", "--exdate", "never")
    assert "--batch" in usage_error("--start", START)
    assert "rule_empty" in usage_error("--start", START, "--rule", "")
    # Whatever is given, the message is one line.
    usage_error("--start", "2024\nx", "--rule", "FREQ=DAILY")
    usage_error("--start", START, "--zone", "a\nb", "--rule", "FREQ=DAILY")
    usage_error("--start", START, "--rule", "FREQ=DAILY;FOO\nBAR=1")


def test_batch():
    """[S1]"""
    given = "\n".join([
        "weekly\t2024-01-05T18:00:00\tFREQ=WEEKLY;BYDAY=MO,WE\t3",
        "never\t2024-01-05T18:00:00\tFREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\t3",
        "zero\t2024-01-05T18:00:00\tFREQ=DAILY;INTERVAL=0\t3",
        "start\tnow\tFREQ=DAILY\t3",
        "limit\t2024-01-05T18:00:00\tFREQ=DAILY\tmany",
        "cells\t2024-01-05T18:00:00\tFREQ=DAILY\t1\tmore",
        "short",
        "last\t2024-01-05T18:00:00\tFREQ=DAILY\t1",
    ])
    found = dict(line.split("\t") for line in lines("--batch", input=given))
    assert list(found) == ["weekly", "never", "zero", "start", "limit", "cells", "short", "last"]
    assert found["weekly"] == "2024-01-08T18:00:00 2024-01-10T18:00:00 2024-01-15T18:00:00"
    assert found["never"] == ""
    assert found["zero"].startswith("ERR ") and "rule_number_out_of_range" in found["zero"]
    for wrong in ("start", "limit", "cells", "short"):
        assert found[wrong].startswith("ERR "), wrong
    assert found["last"] == START
    kyiv = lines("--batch", "--zone", "Europe/Kyiv", input=given)
    assert kyiv[0] == "weekly\t2024-01-08T16:00:00Z 2024-01-10T16:00:00Z 2024-01-15T16:00:00Z"

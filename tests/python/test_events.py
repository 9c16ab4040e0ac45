"""Events: read by cursor, waited for, and woken by."""

import threading
import time

import pytest

import frontdesk
from conftest import customer


def test_events_in_commit_order(desk):
    """[E7]"""
    start = desk.events.since().next
    ids = [desk.people.create_client(first_name="x").id for _ in range(5)]
    events = list(desk.each_event(start, topics=["people.*"]))
    assert [event.client for event in events] == ids
    assert [event.sequence for event in events] == sorted(event.sequence for event in events)
    assert list(desk.each_event(events[2].sequence)) == list(desk.each_event(start))[3:]
    assert list(desk.each_event(start, topics=["catalog.*"])) == []


def test_everyone_sees_their_own(desk):
    """[E7]"""
    olena = customer(desk)
    desk.people.create_client(first_name="x")
    own = olena.access.whoami().account.id
    assert len(list(olena.each_event())) < len(list(desk.each_event()))
    assert all(event.account in (None, own) for event in olena.each_event())


def test_following_waits_for_more(desk):
    """[E7]"""
    seen = []
    arrived = threading.Event()

    def follow():
        for event in desk.each_event(topics=["people.*"], follow=True):
            seen.append(event.client)
            arrived.set()

    thread = threading.Thread(target=follow)
    thread.start()
    ids = []
    for _ in range(20):
        ids.append(desk.people.create_client(first_name="x").id)
    assert arrived.wait(5)
    late = desk.people.create_client(first_name="late").id
    deadline = time.monotonic() + 5
    while (not seen or seen[-1] != late) and time.monotonic() < deadline:
        time.sleep(0.01)
    desk.close()
    thread.join(5)
    assert not thread.is_alive() and seen == [*ids, late]


def test_the_callback_is_a_wake_up(desk):
    """[E7]"""
    woken = []
    desk.on_events(lambda: woken.append(threading.get_ident()))
    desk.people.create_client(first_name="x")
    assert woken == [threading.get_ident()]
    desk.people.clients()
    assert len(woken) == 1
    desk.on_events(None)
    desk.people.create_client(first_name="x")
    assert len(woken) == 1
    with pytest.raises(TypeError):
        desk.on_events(5)


def test_the_callback_may_use_the_desk(desk):
    sequences = []
    desk.on_events(lambda: sequences.append(desk.events.since().next))
    desk.people.create_client(first_name="x")
    assert len(sequences) == 1


def test_a_failing_callback_harms_nothing(desk, monkeypatch):
    told = []
    monkeypatch.setattr("sys.unraisablehook", told.append)

    def broken():
        raise ValueError("mine")

    desk.on_events(broken)
    assert desk.people.create_client(first_name="x").id
    assert [type(report.exc_value) for report in told] == [ValueError]


def test_the_callback_may_close_the_desk(desk):
    desk.on_events(desk.close)
    assert desk.people.create_client(first_name="x").id
    assert desk.closed
    with pytest.raises(frontdesk.UnsupportedError):
        desk.people.clients()

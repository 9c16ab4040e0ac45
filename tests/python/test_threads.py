"""Many threads on one desk; other threads run while a call works."""

import concurrent.futures
import threading
import time

import frontdesk
from conftest import PASSWORD


def test_eight_threads_share_a_desk(desk):
    """[E11]"""
    calls = 60

    def work(number):
        caller = desk.with_options(origin=f"thread {number}")
        ids = []
        for call in range(calls):
            client = caller.people.create_client(
                first_name=f"N{number}", attributes={"call": str(call)}
            )
            assert caller.people.get_client(client=client.id).client == client
            ids.append(client.id)
            try:
                caller.people.create_client(frist_name="x")
                raise AssertionError("was not refused")
            except frontdesk.InvalidError as error:
                assert error.details["nearest"] == "first_name"
        return ids

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        ids = [made for result in pool.map(work, range(8)) for made in result]
    assert len(set(ids)) == 8 * calls
    assert len(list(frontdesk.each(desk.people.clients, limit=500))) == 8 * calls
    assert desk.audit.verify().is_whole


def test_python_runs_while_a_call_works(path):
    """A password hash of the default cost takes tens of milliseconds; meanwhile another thread
    counts.
    """
    with frontdesk.open(path) as desk:
        progress = []
        is_over = threading.Event()

        def count():
            while not is_over.is_set():
                progress.append(time.perf_counter())
                time.sleep(0.001)

        thread = threading.Thread(target=count)
        thread.start()
        started = time.perf_counter()
        desk.anonymous().people.register(email="o@mail.example", password=PASSWORD, first_name="O")
        ended = time.perf_counter()
        is_over.set()
        thread.join()
    meanwhile = [moment for moment in progress if started < moment < ended]
    longest = max(b - a for a, b in zip([started, *meanwhile], [*meanwhile, ended]))
    assert len(meanwhile) >= 5 and longest < 0.7 * (ended - started), (
        len(meanwhile),
        longest,
        ended - started,
    )


def test_callbacks_from_many_threads(path):
    """[E9] [E11]"""
    import datetime
    import os

    asked = []

    def clock():
        asked.append(threading.get_ident())
        return datetime.datetime.now(datetime.timezone.utc)

    with frontdesk.open(
        path, clock=clock, random=os.urandom, log=lambda level, line: None
    ) as desk:
        desk.on_events(lambda: asked.append(0))

        def work(_):
            for _ in range(30):
                desk.people.create_client(first_name="x")

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(8)))
        assert len(desk.people.clients(limit=500).items) == 240
    assert len(set(asked)) > 2

"""Opening and closing files, and what the host can put in: keys, clock, randomness, log."""

import datetime
import pathlib
import random
import subprocess
import sys
import textwrap
import threading

import pytest

import frontdesk
from conftest import PASSWORD, open_cheaply


def test_a_desk_is_a_context_manager(path):
    with frontdesk.open(path) as desk:
        assert not desk.closed
    assert desk.closed
    desk.close()


def test_paths_of_every_kind(tmp_path):
    for made in (str(tmp_path / "a.db"), tmp_path / "b.db", tmp_path / "їжак.db"):
        frontdesk.open(made).close()
        assert pathlib.Path(made).exists()


def test_a_closed_desk_refuses_calls(path):
    desk = frontdesk.open(path)
    callers = [
        desk,
        desk.host(),
        desk.anonymous(),
        desk.caller("x"),
        desk.with_options(origin="x"),
    ]
    desk.close()
    for caller in callers:
        for use in (
            lambda: caller.people.clients(),
            lambda: caller.preview.people.clients(),
            lambda: caller.call("people.clients"),
            lambda: next(caller.each_event()),
        ):
            with pytest.raises(frontdesk.UnsupportedError) as caught:
                use()
            assert caught.value.reason == "desk_closed" and "closed" in caught.value.message
    with pytest.raises(frontdesk.UnsupportedError):
        desk.statistics()
    frontdesk.open(path).close()


def test_files_that_cannot_be_opened(tmp_path):
    """[E10]"""
    with pytest.raises(frontdesk.NotFoundError):
        frontdesk.open(tmp_path / "missing.db", create=False)
    (tmp_path / "text.db").write_text("This is no database. " * 100)
    with pytest.raises(frontdesk.StorageError) as caught:
        frontdesk.open(tmp_path / "text.db")
    assert caught.value.message


def test_wrong_options(path):
    with pytest.raises(frontdesk.InvalidError) as caught:
        frontdesk.open(path, group_limit=0)
    assert (caught.value.reason, caught.value.field) == ("open_option", "group_limit")
    with pytest.raises(frontdesk.InvalidError):
        frontdesk.open(path, keys=[("short", "x")])
    for wrong in (
        {"clock": 5},
        {"random": "x"},
        {"log": 1},
        {"keys": [5]},
        {"busy_timeout": "x"},
        {"colour": 1},
    ):
        with pytest.raises(TypeError):
            frontdesk.open(path, **wrong)
    with pytest.raises(TypeError):
        frontdesk.open(5)


def test_read_only(path):
    """[E10]"""
    with frontdesk.open(path) as desk:
        client = desk.people.create_client(first_name="Olena")
    with frontdesk.open(path, read_only=True) as desk:
        assert desk.people.get_client(client=client.id).client == client
        with pytest.raises(frontdesk.ReadOnlyError):
            desk.people.create_client(first_name="Olha")


def test_the_host_gives_time_and_randomness(tmp_path):
    """[E9]"""
    now = datetime.datetime(
        2031, 5, 6, 7, 8, 9, 999, tzinfo=datetime.timezone(datetime.timedelta(hours=3))
    )
    tokens = []
    for name in ("a.db", "b.db"):
        with open_cheaply(
            tmp_path / name, clock=lambda: now, random=random.Random(7).randbytes
        ) as desk:
            assert desk.people.create_client(first_name="x").registered_at == now.replace(
                microsecond=0
            )
            desk.anonymous().people.register(
                email="o@mail.example", password=PASSWORD, first_name="O"
            )
            tokens.append([message.body for message in desk.notices.claim().messages])
    assert tokens[0] == tokens[1] != [[]]


def test_exceptions_of_callbacks_come_out_as_themselves(path):
    """[E9]"""

    def broken(*_):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        frontdesk.open(path, random=broken)
    with pytest.raises(ValueError, match="as many bytes"):
        frontdesk.open(path, random=lambda count: b"")
    with frontdesk.open(path, clock=lambda: datetime.datetime(2030, 1, 1)) as desk:
        with pytest.raises(TypeError, match="time zone"):
            desk.people.create_client(first_name="x")
    times = iter([])
    with frontdesk.open(path, clock=lambda: next(times)) as desk:
        for _ in range(2):
            with pytest.raises(StopIteration):
                desk.people.clients()
            with pytest.raises(StopIteration):
                desk.people.create_client(first_name="x")
    with frontdesk.open(path) as desk:
        assert desk.people.clients().items == ()


def test_an_old_failure_is_no_cause_of_a_later_error(path):
    fail = True

    def clock():
        if fail:
            raise ZeroDivisionError
        return datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)

    with frontdesk.open(path, clock=clock) as desk:
        with pytest.raises(ZeroDivisionError):
            desk.people.clients()
        fail = False
        with pytest.raises(frontdesk.NotFoundError) as caught:
            desk.people.get_client(client=7)
        assert caught.value.__cause__ is None


def test_the_host_gives_keys(path):
    keys = [("2026", b"\xff" * 32), ("2025", "s" * 40)]
    with frontdesk.open(path, keys=keys[1:]) as desk:
        desk.people.create_client(first_name="x")
    with frontdesk.open(path, keys=keys) as desk:
        assert desk.audit.verify().is_whole


def test_the_log_goes_to_the_host_and_nothing_is_printed(path, capfd):
    """[E17]"""
    lines = []
    with frontdesk.open(path, log=lambda level, line: lines.append((level, line))) as desk:
        desk.people.create_client(first_name="x")
        with pytest.raises(frontdesk.Error):
            desk.anonymous().people.clients()
    assert all(level in ("debug", "info", "warning", "error") for level, _ in lines)
    assert capfd.readouterr() == ("", "")


def test_statistics(desk):
    before = desk.statistics()["operations_committed"]
    desk.people.create_client(first_name="x")
    assert desk.statistics()["operations_committed"] == before + 1


def run_script(tmp_path, text):
    script = tmp_path / "script.py"
    script.write_text("import sys, threading, time, frontdesk\n" + textwrap.dedent(text))
    return subprocess.run(
        [sys.executable, str(script), str(tmp_path / "desk.db")],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_what_is_open_at_the_end_is_closed(tmp_path):
    """No crash, no hang, and a log file that was emptied."""
    done = run_script(
        tmp_path,
        """
        desk = frontdesk.open(sys.argv[1])
        desk.people.create_client(first_name="x")
        print("end")
    """,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "end\\n".replace("\\n", "\n"), "")
    log = tmp_path / "desk.db-wal"
    assert not log.exists() or log.stat().st_size == 0


@pytest.mark.parametrize(
    "work",
    [
        "desk.people.create_client(first_name='x')",
        "list(desk.people.clients().items)",
        "[event for event in desk.each_event(follow=True)]",
        "desk.people.create_client(city='x')",
    ],
)
def test_threads_may_be_at_work_when_the_interpreter_ends(tmp_path, work):
    for _ in range(4):  # it takes some luck to meet the end in the middle of a call
        done = run_script(
            tmp_path,
            f"""
            desk = frontdesk.open(sys.argv[1], log=lambda level, line: None)
            desk.on_events(lambda: None)
            def work():
                while True:
                    try:
                        {work}
                    except frontdesk.Error as error:
                        assert error.reason in ("desk_closed", "field_missing"), error
            for _ in range(4):
                threading.Thread(target=work, daemon=True).start()
            time.sleep(0.2)
            """,
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_a_thread_that_is_waited_for_may_use_the_desk_to_the_end(tmp_path):
    done = run_script(
        tmp_path,
        """
        desk = frontdesk.open(sys.argv[1])
        def work():
            time.sleep(0.3)
            print(desk.people.create_client(first_name="x").id)
        threading.Thread(target=work).start()
    """,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_closing_waits_for_calls(path):
    for _ in range(5):
        desk = frontdesk.open(path)
        outcomes = []

        def work():
            try:
                while True:
                    desk.people.create_client(first_name="x")
            except frontdesk.UnsupportedError as error:
                outcomes.append(error.reason)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        desk.close()
        frontdesk.open(path, create=False).close()
        for thread in threads:
            thread.join(10)
        assert outcomes == ["desk_closed"] * 4


def test_ctrl_c_ends_waiting(tmp_path):
    done = run_script(
        tmp_path,
        """
        import _thread, signal
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a background job
        desk = frontdesk.open(sys.argv[1])
        threading.Timer(0.3, _thread.interrupt_main).start()
        try:
            for event in desk.each_event(follow=True):
                pass
        except KeyboardInterrupt:
            print("interrupted")
    """,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "interrupted\n", "")


def test_a_forked_child_is_refused(tmp_path):
    done = run_script(
        tmp_path,
        """
        import os
        desk = frontdesk.open(sys.argv[1])
        child = os.fork()
        try:
            desk.people.create_client(first_name="x")
            print("ran" if child == 0 else "parent")
        except frontdesk.Error as error:
            print(error.reason)
        if child == 0:
            sys.exit(0)
        os.waitpid(child, 0)
        print(len(desk.people.clients().items))
    """,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.split()) == ["1", "forked", "parent"]

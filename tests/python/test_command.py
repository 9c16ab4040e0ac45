"""The `frontdesk` command as a shell sees it (SPEC E15, U8)."""

import base64
import json
import os
import pty
import re
import select
import signal
import subprocess
import time

import pytest

COMMAND = os.environ.get("FRONTDESK_COMMAND", "frontdesk")
PASSWORD = "correct horse battery"
CLIENT = '{"first_name": "Олена", "last_name": "Коваль"}'


class Shell:
    """Runs the command on one file."""

    def __init__(self, path):
        self.path = path
        # Argon2 at its real cost would take most of the tests' time.
        for name, value in (("access.password_passes", 1), ("access.password_memory_bytes", 8192)):
            self.ok("call", "upkeep.change_setting", json.dumps({"name": name, "value": value}))

    def run(self, *arguments, input=None, env=None):
        return subprocess.run(
            [COMMAND, "--db", str(self.path), *arguments],
            input=input,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, **(env or {})},
        )

    def ok(self, *arguments, **options):
        done = self.run(*arguments, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def call(self, operation, request="{}", *arguments, **options):
        return json.loads(self.ok("call", operation, request, *arguments, **options))

    def refused(self, *arguments, **options):
        done = self.run(*arguments, **options)
        assert done.returncode == 1, done.stdout
        assert done.stdout == ""
        return done.stderr

    def staff(self, email, role):
        account = self.call(
            "access.create_account", json.dumps({"email": email, "password": PASSWORD})
        )["id"]
        self.call("access.grant_role", json.dumps({"account": account, "role": role}))


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path / "shell.db")


def in_terminal(arguments, answers, timeout=30):
    """What the command shows in a terminal, where `answers` are typed as their prompts come up."""
    process, terminal = pty.fork()
    if process == 0:
        os.execv(COMMAND, [COMMAND, *arguments])
    shown = b""
    answers = list(answers)
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if answers and shown.endswith(answers[0][0].encode()):
            # The prompt may come up a moment before the terminal stops to echo.
            time.sleep(0.05)
            answer = answers.pop(0)[1]
            os.write(terminal, ((answer() if callable(answer) else answer) + "\n").encode())
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()


def usage_error(*arguments):
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stdout == "", done.stderr
    return done.stderr


# --- call and batch ---


def test_call_takes_json_stdin_or_a_file(shell, tmp_path):
    """[E15] [U8]"""
    assert shell.call("people.create_client", CLIENT)["first_name"] == "Олена"
    assert shell.call("people.create_client", "-", input=CLIENT)["id"] == 2
    file = tmp_path / "request.json"
    file.write_text(CLIENT, encoding="utf-8")
    assert shell.call("people.create_client", f"@{file}")["id"] == 3
    assert len(shell.call("people.clients")["items"]) == 3


def test_preview_changes_nothing(shell):
    """[E3]"""
    assert shell.call("people.create_client", CLIENT, "--preview")["first_name"] == "Олена"
    assert shell.call("people.clients")["items"] == []


def test_key_gives_the_first_result_again(shell):
    """[E4]"""
    first = shell.ok("call", "people.create_client", CLIENT, "--key", "one")
    assert shell.ok("call", "people.create_client", CLIENT, "--key", "one") == first
    assert "idempotency_key_reused (conflict)" in shell.refused(
        "call", "people.create_client", '{"first_name": "Other"}', "--key", "one")


def test_origin_and_correlation_reach_the_audit_log(shell):
    """[E8]"""
    shell.call("people.create_client", CLIENT, "--origin", "desk 3", "--correlation", "ticket 17")
    entry = shell.call("audit.entries")["items"][0]
    assert (entry["origin"], entry["correlation"]) == ("desk 3", "ticket 17")


def test_batch_is_all_or_nothing(shell):
    """[E5]"""
    steps = [
        {
            "operation": "catalog.create_centre",
            "request": {"name": "Sun", "city": "Kyiv", "zone": "Europe/Kyiv", "currency": "UAH"},
        },
        {
            "operation": "people.create_client",
            "request": {"first_name": "Oleh", "centre": {"$ref": "0.id"}},
        },
    ]
    centre, client = json.loads(shell.ok("batch", json.dumps(steps)))
    assert centre["name"] == "Sun" and client["first_name"] == "Oleh"
    steps[1]["request"]["centre"] = 99
    errors = shell.refused("batch", "-", input=json.dumps(steps))
    assert "(not_found)" in errors and "centre" in errors
    assert len(shell.call("catalog.centres")["items"]) == 1


def test_errors_tell_all_on_standard_error(shell):
    """[E16]"""
    errors = shell.refused("call", "people.register", '{"emial": "x"}')
    assert "reason: field_misspelt (invalid)" in errors
    assert "field: emial" in errors and "nearest: email" in errors
    assert "email" in shell.refused("call", "people.register", '{"emial": "x"}', "--language", "uk")
    assert "Поля" in shell.refused("--language", "uk", "call", "people.register", '{"emial": "x"}')
    assert "did you mean “people.register”" in shell.refused("call", "people.registre")
    assert "json_malformed" in shell.refused("call", "people.register", "{")


def test_json_is_indented_on_a_terminal_only(shell):
    """[U8]"""
    assert shell.ok("call", "people.clients") == '{"items":[]}\n'
    assert shell.ok("call", "people.clients", "--pretty") == '{\n  "items": []\n}\n'
    code, shown = in_terminal(["--db", str(shell.path), "call", "people.clients"], [])
    assert code == 0 and shown.splitlines() == ["{", '  "items": []', "}"]
    code, shown = in_terminal(["--db", str(shell.path), "call", "people.clients", "--compact"], [])
    assert shown.splitlines() == ['{"items":[]}']


# --- callers ---


def test_sign_in_prints_a_token_to_work_with(shell):
    """[A4] [E15]"""
    shell.staff("trainer@example.com", 6)
    token = shell.ok("sign-in", "trainer@example.com", input=PASSWORD + "\n").strip()
    assert (
        shell.call("access.whoami", "{}", "--as", token)["account"]["email"]
        == "trainer@example.com"
    )
    assert shell.call("access.whoami", env={"FRONTDESK_TOKEN": token})["kind"] == "account"
    assert "(denied)" in shell.refused("call", "people.create_client", CLIENT, "--as", token)
    assert "sign_in_failed" in shell.refused(
        "sign-in", "trainer@example.com", input="wrong wrong wrong\n"
    )
    assert "token_invalid" in shell.refused("call", "access.whoami", "--as", "fds_nonsense")


def test_anonymous_is_nobody(shell):
    """[A1]"""
    request = json.dumps({"email": "a@example.com", "password": PASSWORD, "first_name": "Anna"})
    assert shell.call("people.register", request, "--anonymous")["client"] == 1
    assert "sign_in_required" in shell.refused("call", "people.clients", "--anonymous")


def test_empty_token_is_not_the_host(shell):
    """[A1] [E15] What a shell makes of a variable that is not set is worth nothing."""
    for given in ({"FRONTDESK_TOKEN": ""}, {}):
        arguments = [] if given else ["--as", ""]
        assert "token_invalid" in shell.refused(*arguments, "call", "access.whoami", env=given)


def test_token_and_anonymous_exclude_each_other(shell):
    """[E15]"""
    said = usage_error("--db", str(shell.path), "--as", "x", "--anonymous", "call", "access.whoami")
    assert "--anonymous excludes --as" in said


def test_only_what_writes_makes_a_file(tmp_path):
    """[E15] A name mistyped for a reading shows."""
    missing = tmp_path / "mistyped.db"
    for arguments in (
        ["call", "people.clients"],
        ["call", "people.create_client", CLIENT, "--preview"],
        ["call", "people.no_such_thing"],
        ["import", "-", "--preview"],
    ):
        done = subprocess.run(
            [COMMAND, "--db", str(missing), *arguments],
            input="first_name\nAnna\n", capture_output=True, text=True, timeout=60,
        )
        assert done.returncode == 1 and "file_missing" in done.stderr, done.stderr
        assert not missing.exists()


def test_version_deadline_and_a_folder(shell, tmp_path):
    """[E15]"""
    done = subprocess.run([COMMAND, "--version"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.startswith("frontdesk 0.")
    assert shell.call("people.clients", "{}", "--deadline", "60") == {"items": []}
    assert "--deadline" in usage_error("--db", str(shell.path), "--deadline", "-1", "tick")
    said = usage_error("--db", str(shell.path), "call", "people.clients", f"@{tmp_path}")
    assert f"{tmp_path} is a folder" in said


def test_where_a_call_comes_from_has_to_be_text(shell):
    """[E8] Else the audit log could not be told in JSON."""
    done = subprocess.run(
        [COMMAND, "--db", str(shell.path), "--origin", b"caf\xe9",
         "call", "people.create_client", CLIENT],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1 and "utf8_invalid" in done.stderr
    assert shell.call("people.clients")["items"] == []


def test_password_is_not_echoed_and_a_second_factor_is_asked_for(shell):
    """[A5]"""
    shell.staff("mod@example.com", 2)

    def code():
        messages = shell.call("notices.claim")["messages"]
        return re.search(r"\b\d{6}\b", messages[-1]["body"]).group()

    status, shown = in_terminal(["--db", str(shell.path), "sign-in", "mod@example.com"],
                                [("Password: ", PASSWORD), ("Code: ", code)])
    assert status == 0, shown
    assert PASSWORD not in shown
    token = shown.split()[-1]
    assert shell.call("access.whoami", "{}", "--as", token)["kind"] == "account"


# --- the registry ---


def test_operations_lists_all_and_explains_each(shell):
    """[E14] [E15] [U8]"""
    listed = subprocess.run(
        [COMMAND, "operations"], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"^people$", listed, re.M)
    rows = json.loads(
        subprocess.run(
            [COMMAND, "operations", "--json"], capture_output=True, text=True, check=True
        ).stdout
    )
    for row in rows:
        assert re.search(
            rf"^  {row['number']} +{re.escape(row['name'])} +{row['kind']} ", listed, re.M
        )
        explained = shell.ok("operations", row["name"])
        assert explained.startswith(f"{row['name']} ({row['number']}, {row['kind']})\n")
        described = json.loads(shell.ok("operations", row["name"], "--json"))
        assert described["who_may"] in explained
        for refusal in described["refusals"]:
            assert refusal["reason"] in explained
        for field in described["$defs"][described["request"]["$ref"].removeprefix("#/$defs/")][
            "properties"
        ]:
            assert re.search(rf"^  {field} ", explained, re.M)
    assert "operation_misspelt" in shell.refused("operations", "people.regster")


def test_every_operation_is_reached(shell):
    """[E1] [E15]: each with its example, previewed as the host."""
    rows = json.loads(shell.ok("operations", "--json"))
    for row in rows:
        described = json.loads(shell.ok("operations", row["name"], "--json"))
        done = shell.run("call", row["name"], json.dumps(described["example"]), "--preview")
        if done.returncode != 0:
            assert done.returncode == 1 and "(internal)" not in done.stderr, done.stderr
            assert "operation_" not in done.stderr, done.stderr


def test_reference_writes_a_page_an_area(shell, tmp_path):
    """[E14]"""
    shell.ok("reference", str(tmp_path / "pages"))
    shell.ok("reference", str(tmp_path / "again"))
    pages = {page.name: page.read_text(encoding="utf-8") for page in (tmp_path / "pages").iterdir()}
    assert pages == {
        page.name: page.read_text(encoding="utf-8") for page in (tmp_path / "again").iterdir()
    }
    rows = json.loads(shell.ok("operations", "--json"))
    assert {row["name"].split(".")[0] + ".md" for row in rows} <= pages.keys()
    for row in rows:
        assert f"### {row['name']}\n" in pages[row["name"].split(".")[0] + ".md"]
    for name, page in pages.items():
        headings = {
            re.sub(r"\.", "", heading).lower() for heading in re.findall(r"^### (.+)$", page, re.M)
        }
        for anchor in re.findall(r"\]\(#([^)]+)\)", page):
            assert anchor in headings, f"{name}: #{anchor}"
        for target, anchor in re.findall(r"\]\((\w+\.md)#([^)]+)\)", page):
            assert target in pages, f"{name}: {target}"
            assert re.search(
                rf"^### {anchor}$", pages[target].replace(".", "").lower(), re.M
            ), anchor


# --- events, upkeep, import ---


def test_events_are_json_lines(shell):
    """[E7] [U8]"""
    shell.call("people.create_client", CLIENT)
    shell.call("people.create_client", CLIENT)
    events = [json.loads(line) for line in shell.ok("events", "--topic", "people.*").splitlines()]
    assert [event["topic"] for event in events] == ["people.client_created"] * 2
    assert events[0]["payload"] == {"client": 1}
    later = shell.ok(
        "events", "--since", str(events[0]["sequence"]), "--topic", "people.*"
    ).splitlines()
    assert [json.loads(line) for line in later] == events[1:]
    assert "cursor_ahead" in shell.refused("events", "--since", "1000000")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_events_follow_until_a_signal(shell, ending):
    """[E7] [E11]"""
    with subprocess.Popen(
        [COMMAND, "--db", str(shell.path), "events", "--follow", "--topic", "people.*"],
        stdout=subprocess.PIPE,
        text=True,
    ) as following:
        shell.call("people.create_client", CLIENT)
        assert json.loads(following.stdout.readline())["client"] == 1
        shell.call("people.create_client", CLIENT)
        assert json.loads(following.stdout.readline())["client"] == 2
        following.send_signal(ending)
        assert following.wait(timeout=10) == 0


def test_events_follow_for_a_while(shell):
    """[U8]"""
    started = time.monotonic()
    shell.ok("events", "--follow", "--for", "0.5")
    assert 0.5 <= time.monotonic() - started < 10


def test_tick_and_check(shell):
    """[U1] [U6] [U8]"""
    shell.ok("tick")
    shell.ok("tick", "--preview")
    assert re.search(r"^\d+ checks and \d+ audit rows, 0 problems$", shell.ok("check"), re.M)


def test_import_tells_bad_rows_and_previews(shell, tmp_path):
    """[P10] [U8]"""
    file = tmp_path / "clients.csv"
    file.write_text("Vorname,phone\nOlena,+380671234567\nTaras,12\n", encoding="utf-8")
    arguments = ("import", str(file), "--column", "first_name=Vorname")
    previewed = shell.run(*arguments, "--preview")
    assert previewed.returncode == 1
    assert "line 3, phone: " in previewed.stdout and "(phone_malformed)" in previewed.stdout
    assert "2 rows: 1 would be added, 0 already there, 1 left out" in previewed.stdout
    assert shell.call("people.clients")["items"] == []
    done = shell.run(*arguments)
    assert done.returncode == 1 and "1 added" in done.stdout and done.stderr == ""
    file.write_text(
        "first_name,phone\nOlena,+380671234567\nTaras,+380671234568\n", encoding="utf-8"
    )
    assert "2 rows: 1 added, 1 already there, 0 left out" in shell.ok("import", str(file))


def test_import_shows_its_progress_on_a_terminal(shell, tmp_path):
    """[E17] [U8]"""
    file = tmp_path / "clients.csv"
    file.write_text("first_name\n" + "Olena\n" * 50, encoding="utf-8")
    code, shown = in_terminal(["--db", str(shell.path), "import", str(file)], [])
    assert code == 0 and "50 added" in shown
    assert "import [" in shown and shown.index("import [") < shown.index("50 rows")


# --- the host's keys ---


def test_keys_come_from_a_file_or_the_environment(tmp_path):
    """[A5]"""
    key = "2026:" + base64.b64encode(b"k" * 32).decode()
    file = tmp_path / "keys"
    file.write_text(f"# of the host\n{key}\n", encoding="utf-8")
    sealed = str(tmp_path / "sealed.db")

    def run(*arguments, **environment):
        return subprocess.run(
            [COMMAND, "--db", sealed, *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, **environment},
        )

    assert run("--key-file", str(file), "call", "people.create_client", CLIENT).returncode == 0
    assert run("call", "people.clients", FRONTDESK_KEY=key).returncode == 0
    assert "host_key_required" in run("call", "people.clients").stderr
    wrong = "2026:" + base64.b64encode(b"x" * 32).decode()
    assert "host_key_wrong" in run("call", "people.clients", FRONTDESK_KEY=wrong).stderr
    assert run("call", "people.clients", FRONTDESK_KEY="no colon").returncode == 2
    assert run("call", "people.clients", FRONTDESK_KEY="id:no base64!").returncode == 2


# --- the command line ---


def test_version_and_help():
    """[U8]"""
    told = subprocess.run([COMMAND, "version"], capture_output=True, text=True, check=True).stdout
    assert re.fullmatch(r"frontdesk \d+\.\d+\.\d+\n", told)
    for arguments in (["help"], ["--help"]):
        text = subprocess.run(
            [COMMAND, *arguments], capture_output=True, text=True, check=True
        ).stdout
        for command in (
            "call",
            "batch",
            "operations",
            "describe",
            "events",
            "tick",
            "check",
            "import",
            "sign-in",
        ):
            assert re.search(rf"^  {command} ", text, re.M)
    text = subprocess.run(
        [COMMAND, "help", "call"], capture_output=True, text=True, check=True
    ).stdout
    assert "frontdesk call" in text and "--preview" in text


def test_a_wrong_command_line_is_told_apart(tmp_path):
    """[E16] [U8]"""
    file = str(tmp_path / "none.db")
    assert "did you mean operations?" in usage_error("opertions")
    assert "did you mean call?" in usage_error("--db", file, "cal", "people.clients")
    assert "frontdesk help" in usage_error()
    assert "--db" in usage_error("call", "people.clients")
    assert "--previw" in usage_error("--db", file, "call", "people.clients", "--previw")
    assert "--follow" in usage_error("--db", file, "events", "--for", "1")
    assert "nothing.json" in usage_error("--db", file, "call", "people.clients", "@nothing.json")
    assert "no such command" in usage_error("help", "nothing")
    assert not (tmp_path / "none.db").exists()


def test_files_that_cannot_be_worked_on(shell, tmp_path):
    """[E10] [U8]"""
    missing = subprocess.run(
        [COMMAND, "--db", str(tmp_path / "none.db"), "events"], capture_output=True, text=True
    )
    assert missing.returncode == 1 and "file_missing" in missing.stderr
    assert shell.call("people.clients", "{}", "--read-only")["items"] == []
    assert "file_read_only" in shell.refused("--read-only", "call", "people.create_client", CLIENT)


def test_output_that_cannot_be_written_is_a_failure(shell):
    """[U8]"""
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [COMMAND, "operations"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1 and "standard output" in done.stderr

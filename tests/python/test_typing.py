"""The stubs: a type checker accepts right programs and finds what is wrong in others."""

import inspect
import pathlib
import subprocess
import sys

import pytest

import frontdesk

pytest.importorskip("mypy")

RIGHT = """
import datetime
from typing import List, Optional

import frontdesk
from frontdesk import people
from frontdesk.ids import ClientId


def names(desk: frontdesk.Desk, city: Optional[str]) -> List[str]:
    newest = frontdesk.each(desk.people.clients, city=city, order="newest")
    return [client.first_name for client in newest]


with frontdesk.open("desk.db", busy_timeout=datetime.timedelta(seconds=1)) as desk:
    client: people.Client = desk.people.create_client(
        first_name="Olena", sex="female", birth_date=datetime.date(1988, 3, 14),
        emergency_contact={"name": "Anna", "phone": "1"}, attributes={"a": "b"})
    number: ClientId = client.id
    year: int = client.registered_at.year
    if client.sex is people.Sex.FEMALE:
        desk.people.update_client(
            client=number, city=None, notes=frontdesk.UNSET,
            pick_up=[people.PickUpPerson(name="x")])
    entered = desk.sign_in("olena@mail.example", "secret")
    if isinstance(entered, frontdesk.Caller):
        entered.preview.people.get_client(client=number)
        entered.with_options(language="uk").access.sign_out()
    else:
        desk.answer(entered, "123456").access.whoami().permissions
    with desk.batch() as batch:
        made = batch.people.create_client(first_name="x")
        batch.people.get_client(client=made.id)
    for event in desk.each_event(follow=True):
        print(event.sequence + 1, event.topic.upper())
    try:
        desk.call("events.topics", "{}").upper()
        desk.call("events.topics", {"a": 1}).keys()
    except frontdesk.ConflictError as error:
        print(error.reason, error.details["x"])
    for operation in frontdesk.operations():
        print(operation.name, [field.doc for field in operation.fields])
"""

WRONG = [
    "desk.people.create_client()",
    "desk.people.create_client(first_name=5)",
    "desk.people.create_client(frist_name='x')",
    "desk.people.create_client(first_name='x', sex='femal')",
    "desk.people.create_client(first_name='x', birth_date='2020-01-01')",
    "desk.people.get_client(client='x')",
    "desk.people.get_client(client=5)  # some other number",
    "desk.people.create_clent(first_name='x')",
    "desk.peopel",
    "desk.people.clients().items[0].frist_name",
    "desk.people.create_client(first_name='x').id = 5",
    "desk.people.create_client(first_name='x').email.upper()",
    "desk.answer(desk.sign_in('a', 'b'), 'c')",
    "list(frontdesk.each(desk.people.clients, ctiy='x'))",
    "frontdesk.open('x', clock=5)",
]


def check(tmp_path, text):
    script = tmp_path / "script.py"
    script.write_text(text)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file",
            "",
            "--cache-dir",
            str(tmp_path / ".cache"),
            str(script),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    return done.stdout + done.stderr


def test_a_right_program_is_accepted(tmp_path):
    told = check(tmp_path, RIGHT)
    assert "Success" in told, told


def test_each_wrong_line_is_found(tmp_path):
    told = check(
        tmp_path, "import frontdesk\ndesk = frontdesk.open('x')\n" + "\n".join(WRONG) + "\n"
    )
    found = {int(line.split(":")[1]) for line in told.splitlines() if ": error:" in line}
    assert found == {number + 3 for number in range(len(WRONG))}, told


def test_every_operation_and_field_is_in_the_stubs():
    """[E14]"""
    folder = pathlib.Path(frontdesk.__file__).parent
    assert (folder / "py.typed").exists()
    for operation in frontdesk.operations():
        area, name = operation.name.split(".", 1)
        stub = (folder / f"{area}.pyi").read_text(encoding="utf-8")
        assert f"    def {name}" in stub and operation.doc in stub.replace('\\"', '"')


def test_the_stub_of_the_package_names_what_it_offers():
    stub = (pathlib.Path(frontdesk.__file__).parent / "__init__.pyi").read_text(encoding="utf-8")
    for name in frontdesk.__all__:
        assert name in stub
    assert inspect.getdoc(frontdesk).startswith("frontdesk: an embeddable booking core")

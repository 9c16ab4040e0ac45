"""What the tests share: a fresh desk with a clock that stands still until it is moved, repeatable
randomness and cheap passwords.
"""

import datetime
import pathlib
import random
import re

import pytest

import frontdesk

PASSWORD = "correct horse battery"


class Clock:
    def __init__(self):
        self.now = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc)

    def __call__(self):
        return self.now

    def forward(self, **span):
        self.now += datetime.timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path: pathlib.Path):
    return tmp_path / "desk.db"


def open_cheaply(path, **options):
    desk = frontdesk.open(path, **options)
    desk.upkeep.change_setting(name="access.password_passes", value=1)
    desk.upkeep.change_setting(name="access.password_memory_bytes", value=8192)
    return desk


@pytest.fixture
def desk(path, clock):
    with open_cheaply(path, clock=clock, random=random.Random(42).randbytes) as desk:
        yield desk


def messages(desk):
    """Takes all messages out of the outbox."""
    claimed = desk.notices.claim(limit=100)
    for message in claimed.messages:
        desk.notices.acknowledge(message=message.id, claim=claimed.claim, outcome="delivered")
    return claimed.messages


def secret_sent_to(desk, address):
    """The newest code or token sent to an address."""
    secret = ""
    for message in messages(desk):
        words = [word for word in re.findall(r"[\w-]+", message.body) if re.search(r"\d", word)]
        if message.address == address and words:
            secret = max(words, key=len)
    return secret


def customer(desk, email="olena@mail.example", first_name="Olena"):
    """A registered customer, signed in."""
    desk.anonymous().people.register(email=email, password=PASSWORD, first_name=first_name)
    entered = desk.sign_in(email, PASSWORD)
    if not isinstance(entered, frontdesk.Caller):
        entered = desk.answer(entered, secret_sent_to(desk, email))
    return entered

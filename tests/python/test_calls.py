"""Calling operations: as whom, with which options, by name and by JSON, previews, and how they are
refused.
"""

import datetime
import json

import pytest

import frontdesk
from conftest import PASSWORD, customer, secret_sent_to


def test_a_desk_acts_as_the_embedding_program(desk):
    """[E15]"""
    client = desk.people.create_client(
        first_name="Марія",
        birth_date=datetime.date(2019, 5, 14),
        sex=frontdesk.people.Sex.FEMALE,
        emergency_contact={"name": "Ганна", "phone": "+380677654321"},
        attributes={"locker": "17"},
    )
    assert (client.first_name, client.birth_date, client.sex) == (
        "Марія",
        datetime.date(2019, 5, 14),
        "female",
    )
    assert client.emergency_contact == frontdesk.people.EmergencyContact(
        name="Ганна", phone="+380677654321"
    )
    assert (
        client.attributes == {"locker": "17"}
        and client.version == 1
        and client.merged_into is None
    )
    assert client.registered_at == datetime.datetime(
        2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc
    )
    assert desk.host().people.get_client(client=client.id).client == client
    assert (
        desk.access.whoami().kind == "host"
        and desk.anonymous().access.whoami().kind is frontdesk.access.CallerKind.ANONYMOUS
    )


def test_an_update_tells_unset_from_none_from_a_value(desk):
    """[E13]"""
    client = desk.people.create_client(first_name="Olena", city="Kyiv", notes="x")
    update = desk.people.update_client
    changed = update(client=client.id, city="Lviv", notes=frontdesk.UNSET)
    assert (changed.city, changed.notes, changed.version) == ("Lviv", "x", 2)
    assert update(client=client.id, notes=None).notes is None
    with pytest.raises(frontdesk.ConflictError) as caught:
        update(client=client.id, version=1, city="Kyiv")
    assert 3 in caught.value.details.values()


def test_records_can_be_passed_on(desk):
    client = desk.people.create_client(
        first_name="Olena", emergency_contact={"name": "Anna", "phone": "+380677654321"}
    )
    person = frontdesk.people.PickUpPerson(name="Anna", relation="aunt")
    changed = desk.people.update_client(
        client=client.id,
        emergency_contact=client.emergency_contact,
        pick_up=(person, {"name": "Petro"}),
    )
    assert changed.pick_up[0] == person and changed.pick_up[1].name == "Petro"


def test_previews_change_nothing(desk):
    """[E3]"""
    preview = desk.preview.people.create_client(first_name="Olena")
    assert preview.first_name == "Olena"
    assert desk.preview.run("people.create_client", first_name="Olena").id == preview.id
    assert desk.preview.call("people.create_client", {"first_name": "Olena"})["id"] == preview.id
    assert desk.people.clients().items == ()


def test_calls_by_name_and_json(desk):
    """[E15]"""
    client = desk.run("people.create_client", first_name="Olena")
    as_dict = desk.call("people.get_client", {"client": client.id})
    as_text = desk.call("people.get_client", json.dumps({"client": client.id}))
    assert as_dict == json.loads(as_text) and as_dict["client"]["first_name"] == "Olena"
    assert desk.call("events.topics")["items"]
    with pytest.raises(frontdesk.InvalidError, match="json_malformed"):
        desk.call("people.get_client", "{")


SLIPS = [
    ({"frist_name": "x"}, {"frist_name": "x"}),
    ({"first_name": 5}, {"first_name": 5}),
    ({}, {}),
    ({"first_name": "x", "sxe": "male"}, {"first_name": "x", "sxe": "male"}),
    ({"first_name": "x", "sex": "mael"}, {"first_name": "x", "sex": "mael"}),
    ({"first_name": "x", "sex": "?"}, {"first_name": "x", "sex": "?"}),
    ({"first_name": "x", "colour": 1}, {"first_name": "x", "colour": 1}),
    ({"first_name": "x", "centre": -4}, {"first_name": "x", "centre": -4}),
    ({"first_name": "x", "centre": True}, {"first_name": "x", "centre": True}),
    (
        {"first_name": "x", "emergency_contact": {"nam": "x"}},
        {"first_name": "x", "emergency_contact": {"nam": "x"}},
    ),
    (
        {"first_name": "x", "emergency_contact": {"name": "x"}},
        {"first_name": "x", "emergency_contact": {"name": "x"}},
    ),
    ({"first_name": "x", "emergency_contact": []}, {"first_name": "x", "emergency_contact": []}),
    ({"first_name": "x", "attributes": {"a": 1}}, {"first_name": "x", "attributes": {"a": 1}}),
    ({"first_name": None}, {"first_name": None}),
    ({"first_name": ""}, {"first_name": ""}),
    ({"first_name": "x" * 101}, {"first_name": "x" * 101}),
    ({"first_name": "a\0b"}, {"first_name": "a\0b"}),
]


@pytest.mark.parametrize("fields, request_json", SLIPS)
@pytest.mark.parametrize("language", ["en", "uk"])
def test_wrong_requests_are_refused_as_in_json(desk, language, fields, request_json):
    """[E16]"""
    caller = desk.with_options(language=language)
    told = []
    for run in (
        lambda: caller.people.create_client(**fields),
        lambda: caller.call("people.create_client", request_json),
    ):
        with pytest.raises(frontdesk.InvalidError) as caught:
            run()
        error = caught.value
        told.append((error.code, error.reason, error.message, error.field, error.details))
    assert told[0] == told[1]


def test_half_a_letter_is_refused(desk):
    """[E16]"""
    with pytest.raises(frontdesk.InvalidError) as caught:
        desk.people.create_client(first_name="Ole\ud800na")
    assert (caught.value.reason, caught.value.field) == ("utf8_invalid", "first_name")


def test_errors_mirror_the_codes(desk):
    """[E16]"""
    client = desk.people.create_client(first_name="Olena", email="olena@mail.example")
    with pytest.raises(frontdesk.ConflictError) as caught:
        desk.people.create_client(first_name="Olha", email="OLENA@mail.example")
    error = caught.value
    assert isinstance(error, frontdesk.Error) and (error.code, error.reason, error.field) == (
        "conflict",
        "email_taken",
        "email",
    )
    assert error.message in str(error) and "email_taken" in str(error) and not error.retryable
    with pytest.raises(frontdesk.NotFoundError):
        desk.people.get_client(client=client.id + 1)
    with pytest.raises(frontdesk.UnauthenticatedError):
        desk.anonymous().people.get_client(client=client.id)
    with pytest.raises(frontdesk.UnauthenticatedError):
        desk.caller("nonsense").people.get_client(client=client.id)


def test_every_code_has_its_exception():
    from frontdesk._errors import _by_code, make

    codes = (
        "invalid unauthenticated denied not_found conflict sold_out expired rate_limited busy"
        " read_only storage outcome_unknown no_memory cancelled unsupported internal"
    ).split()
    assert sorted(_by_code) == sorted(codes)
    for code in codes:
        error = make(code, "some_reason", "A sentence.", "a.b", {"n": 1}, code == "busy")
        name = "".join(word.capitalize() for word in code.split("_")) + "Error"
        assert (
            type(error) is getattr(frontdesk, name)
            and error.code == code
            and error.retryable == (code == "busy")
        )
        import pickle

        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.reason, again.message, again.field, again.details) == (
            type(error),
            "some_reason",
            "A sentence.",
            "a.b",
            {"n": 1},
        )


def test_signing_in(desk):
    """[E15]"""
    olena = customer(desk)
    assert olena.access.whoami().account.email == "olena@mail.example"
    assert desk.caller(olena.token).access.whoami().kind == "account"
    with pytest.raises(frontdesk.DeniedError):
        olena.upkeep.change_setting(name="access.password_passes", value=1)
    with pytest.raises(frontdesk.UnauthenticatedError):
        desk.sign_in("olena@mail.example", "wrong")
    olena.access.sign_out()
    with pytest.raises(frontdesk.UnauthenticatedError):
        olena.access.whoami()


def test_a_second_factor_is_answered(desk):
    account = desk.access.create_account(
        email="boss@desk.example", password=PASSWORD, name="Boss", language="en"
    )
    admin = next(role for role in desk.access.roles().items if role.name == "Admin")
    desk.access.grant_role(account=account.id, role=admin.id)
    challenge = desk.sign_in("boss@desk.example", PASSWORD, origin="192.0.2.1")
    assert isinstance(challenge, frontdesk.access.Challenge) and challenge.token not in repr(
        challenge
    )
    boss = desk.answer(challenge, secret_sent_to(desk, "boss@desk.example"), origin="192.0.2.1")
    assert boss.access.whoami().account.id == account.id
    assert boss.audit.entries().items


def test_an_idempotency_key_gives_the_first_result_again(desk):
    """[E4]"""
    caller = desk.with_options(idempotency_key="k1")
    first = caller.people.create_client(first_name="Olena")
    assert caller.people.create_client(first_name="Olena") == first
    with pytest.raises(frontdesk.ConflictError):
        caller.people.create_client(first_name="Olha")
    assert len(desk.people.clients().items) == 1
    assert (
        caller.with_options(idempotency_key="").people.create_client(first_name="Olena") != first
    )


def test_options_reach_the_audit_log(desk):
    """[E8]"""
    caller = desk.with_options(origin="192.0.2.7").with_options(correlation="request-9")
    caller.people.create_client(first_name="Olena")
    entry = desk.audit.entries().items[0]
    assert (entry.origin, entry.correlation, entry.operation) == (
        "192.0.2.7",
        "request-9",
        "people.create_client",
    )
    assert "Olena" not in entry.request


def test_messages_in_the_language_of_the_call(desk):
    """[E18]"""
    with pytest.raises(frontdesk.NotFoundError) as english:
        desk.with_options(language="en").people.get_client(client=5)
    with pytest.raises(frontdesk.NotFoundError) as ukrainian:
        desk.with_options(language="uk").people.get_client(client=5)
    assert (
        english.value.reason == ukrainian.value.reason
        and english.value.message != ukrainian.value.message
    )


def test_jobs_report_progress_and_can_be_stopped(desk):
    """[E17]"""
    seen = []
    rows = "first_name\n" + "Olena\n" * 50
    job = desk.with_options(progress=lambda done, total: seen.append((done, total)))
    assert job.people.import_(csv=rows).added == 50
    assert seen

    class Stop(Exception):
        pass

    def broken(done, total):
        raise Stop

    with pytest.raises(Stop) as caught:
        desk.with_options(progress=broken).people.import_(csv=rows)
    assert caught.traceback[-1].name == "broken"
    assert len(desk.people.clients(limit=500).items) == 100  # the step before it stands
    with pytest.raises(TypeError, match="progress returned something else"):
        desk.with_options(progress=lambda done, total: "no").people.import_(csv=rows)
    with pytest.raises(TypeError):
        desk.with_options(progress=5)


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_ends_a_job_too(desk, raised):
    """[E9] A job that is stopped so goes on when it is called again with its key."""

    def stop(done, total):
        raise raised

    rows = "first_name\n" + "Olena\n" * 20_000
    job = desk.with_options(idempotency_key="import")
    with pytest.raises(raised):
        job.with_options(progress=stop).people.import_(csv=rows)
    assert job.people.import_(csv=rows).added == 20_000
    assert desk.audit.verify().is_whole


def test_lists_page_after_page(desk):
    """[E12]"""
    with desk.batch() as batch:
        for number in range(25):
            batch.people.create_client(
                first_name=f"Name{number:02}", city="Kyiv" if number % 2 else "Lviv"
            )
    everyone = list(frontdesk.each(desk.people.clients, limit=7))
    assert [client.first_name for client in everyone] == [
        f"Name{number:02}" for number in range(25)
    ]
    assert len(list(frontdesk.each(desk.people.clients, limit=5, city="kyiv"))) == 12
    assert list(frontdesk.each(desk.people.clients, city="Paris")) == []

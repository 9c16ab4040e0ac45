"""Batches: all or nothing, with references to results that are not there yet."""

import datetime

import pytest

import frontdesk


def test_later_operations_use_earlier_results(desk):
    """[E5]"""
    with desk.batch() as batch:
        mother = batch.people.create_client(
            first_name="Olena", birth_date=datetime.date(1988, 3, 14)
        )
        child = batch.people.add_dependant(
            guardian=mother.id, first_name="Марія", birth_date=datetime.date(2019, 5, 14)
        )
        view = batch.people.get_client(client=mother.id)
        topics = batch.run("events.topics")
    assert mother.result_ == desk.people.get_client(client=mother.id).client
    assert view.client == mother.result_ and type(view.result_) is frontdesk.people.ClientView
    assert (
        view.client.registered_at.tzinfo is datetime.timezone.utc
        and view.client.birth_date == datetime.date(1988, 3, 14)
    )
    assert topics.items and child.result_
    assert "Olena" not in repr(mother)


def test_nothing_happens_if_one_is_refused(desk):
    """[E5]"""
    with pytest.raises(frontdesk.NotFoundError):
        with desk.batch() as batch:
            mother = batch.people.create_client(first_name="Olena")
            batch.people.get_client(client=999)
    with pytest.raises(RuntimeError):
        mother.result_
    assert desk.people.clients().items == ()


def test_nothing_happens_if_the_block_fails(desk):
    with pytest.raises(ZeroDivisionError):
        with desk.batch() as batch:
            batch.people.create_client(first_name="Olena")
            1 / 0
    assert desk.people.clients().items == ()


def test_errors_name_the_operation_and_field(desk):
    """[E16]"""
    with pytest.raises(frontdesk.InvalidError) as caught:
        with desk.batch() as batch:
            batch.people.create_client(first_name="Olena")
            batch.people.create_client(frist_name="Olena")
    assert (caught.value.field, caught.value.details["nearest"]) == (
        "[1].request.frist_name",
        "first_name",
    )


def test_a_batch_runs_once(desk):
    with desk.batch() as batch:
        assert "step 0" in repr(batch.people.create_client(first_name="Olena"))
    with pytest.raises(RuntimeError):
        batch.people.create_client(first_name="Olena")
    with desk.batch():
        pass


def test_a_batch_is_entered_once(desk):
    batch = desk.batch()
    with batch:
        batch.people.create_client(first_name="Olena")
        with pytest.raises(RuntimeError, match="is open"):
            with batch:
                pass
    with pytest.raises(RuntimeError, match="has run"):
        with batch:
            pass
    assert len(desk.people.clients().items) == 1


def test_an_id_that_is_none_is_left_out_as_in_a_call(desk):
    desk.people.create_client(first_name="Olena", centre=None)
    with desk.batch() as batch:
        batch.people.create_client(first_name="Olena", centre=None)
    assert len(desk.people.clients().items) == 2


def test_keys_of_maps_are_text(desk):
    with pytest.raises(frontdesk.InvalidError):
        desk.people.create_client(first_name="Olena", attributes={1: "b"})
    with pytest.raises(TypeError, match="has to be text"):
        with desk.batch() as batch:
            batch.people.create_client(first_name="Olena", attributes={1: "b"})


def test_refusals_of_handlers_name_the_operation(desk):
    """[E5]"""
    desk.people.create_client(first_name="Olena", phone="+380671234567")
    with pytest.raises(frontdesk.ConflictError) as caught:
        with desk.batch() as batch:
            batch.people.create_client(first_name="Taras")
            batch.people.create_client(first_name="Olena", phone="+380671234567")
    assert caught.value.field == "[1].request.phone"


def test_a_batch_has_one_key(desk):
    """[E4] [E5]"""
    ids = []
    for _ in range(2):
        with desk.with_options(idempotency_key="b").batch() as batch:
            ids.append(batch.people.create_client(first_name="Olena"))
    assert ids[0].id == ids[1].id and len(desk.people.clients().items) == 1


def test_all_kinds_of_values_travel(desk):
    """Values and results of a batch are those of single calls."""
    fields = dict(
        first_name="x",
        sex=frontdesk.people.Sex.OTHER,
        attributes={"a": "b"},
        notes=None,
        city=frontdesk.UNSET,
        emergency_contact=frontdesk.people.EmergencyContact(name="n", phone="+380671234567"),
    )
    single = desk.people.create_client(**fields)
    with desk.batch() as batch:
        batched = batch.people.create_client(**fields)
        entries = batch.audit.entries(
            from_=datetime.datetime(
                2026, 3, 2, 11, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=2))
            ),
            until=None,
            client=single.id,
        )
    changed = {"id", "merged_into"}
    assert {k: v for k, v in single.to_dict().items() if k not in changed} == {
        k: v for k, v in batched.to_dict().items() if k not in changed
    }
    assert entries.items[0].client == single.id
    with pytest.raises(TypeError):
        with desk.batch() as batch:
            batch.people.create_client(first_name=object())

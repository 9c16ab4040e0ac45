"""Every operation of the registry as a function: found, described, and called with its example."""

import inspect
import json
import typing

import pytest

import frontdesk
from conftest import open_cheaply
from frontdesk import _batch, _frontdesk, _records

OPERATIONS = frontdesk.operations()


def function_of(caller, operation):
    area, name = operation.name.split(".", 1)
    return getattr(getattr(caller, area), _frontdesk.spelling(name))


def example(operation):
    """The example as a Python program would write it."""
    fields = {field.name: field for field in operation.fields}
    return {
        fields[name].python_name: _batch._from_json(fields[name].type, value)
        for name, value in json.loads(operation.example).items()
    }


def test_the_registry_tells_of_itself():
    """[E1] [E14]"""
    assert len(OPERATIONS) > 50
    numbers = [operation.number for operation in OPERATIONS]
    assert numbers == sorted(set(numbers))
    create = next(
        operation for operation in OPERATIONS if operation.name == "people.create_client"
    )
    assert (create.kind, create.audience, create.permission) == (
        "write",
        "permission",
        "people.create",
    )
    assert create.doc and create.result.name == "people::Client"
    first_name = next(field for field in create.fields if field.name == "first_name")
    assert first_name.required and first_name.personal and not first_name.secret
    assert (first_name.type.kind, first_name.lowest, first_name.highest, first_name.doc) == (
        "text",
        1,
        100,
        "First name.",
    )
    assert any(
        (refusal.code, refusal.reason) == ("conflict", "email_taken") and refusal.when
        for refusal in create.refusals
    )
    assert repr(create) == "<frontdesk.Operation people.create_client>"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_each_operation_is_a_function_with_a_signature_and_documentation(desk, operation):
    """[E15]"""
    for caller in (
        desk,
        desk.host(),
        desk.anonymous(),
        desk.caller("x"),
        desk.preview,
        desk.batch(),
    ):
        assert function_of(caller, operation).operation is operation
    function = function_of(desk, operation)
    signature = inspect.signature(function)
    assert list(signature.parameters) == [field.python_name for field in operation.fields]
    for field in operation.fields:
        parameter = signature.parameters[field.python_name]
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
        assert (parameter.default is inspect.Parameter.empty) == field.required
        assert parameter.annotation is not inspect.Parameter.empty
        assert f"{field.python_name}: {field.doc}" in function.__doc__
    assert function.__doc__.startswith(operation.doc)
    for refusal in operation.refusals:
        assert refusal.reason in function.__doc__


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_each_operation_runs_with_its_example(path, operation):
    """[E15]"""
    with open_cheaply(path) as desk:
        function = function_of(desk.with_options(origin="test"), operation)
        outcomes = []
        for run in (
            lambda: function(**example(operation)),
            lambda: desk.call(operation.name, operation.example),
        ):
            try:
                result = run()
            except frontdesk.Error as error:
                assert error.code != "internal", error
                assert error.reason in {refusal.reason for refusal in operation.refusals}, error
                outcomes.append(error.code)
            else:
                if not isinstance(result, str):
                    assert not list(misfits(operation.result, result, operation.name))
                outcomes.append("ok")
        # What the example does once it may refuse the second time, but never the other way round.
        assert outcomes[0] == "ok" or outcomes[1] == outcomes[0]


def misfits(kind, value, place):
    """Where a result is not what its annotation says."""
    if kind.kind in ("optional", "update"):
        if value is not None:
            yield from misfits(kind.element, value, place)
    elif kind.kind == "list":
        for index, item in enumerate(value):
            yield from misfits(kind.element, item, f"{place}[{index}]")
    elif kind.kind == "map":
        for name, item in value.items():
            yield from misfits(kind.element, item, f"{place}.{name}")
    elif kind.kind == "record" and kind.fields:
        if type(value) is not kind.python_class:
            yield f"{place} is {value!r}"
            return
        for field in kind.fields:
            member = getattr(value, field.python_name)
            if member is None and field.type.kind == "id" and not field.required:
                continue
            yield from misfits(field.type, member, f"{place}.{field.name}")
    elif kind.kind == "record":
        if value is not None:
            yield f"{place} is {value!r}"
    elif value is None:
        yield f"{place} is None"


def test_areas_hide_nothing_of_their_callers(desk):
    from frontdesk import _operations

    for area in _operations.areas():
        for face in (frontdesk.Desk, frontdesk.Caller, frontdesk.Preview, frontdesk.Batch):
            assert not hasattr(face, area), f"{face.__name__}.{area} would hide the area"
        assert area in dir(desk)
        assert getattr(frontdesk, area).Operations is type(getattr(desk, area))


def test_classes_live_in_modules_of_their_area():
    import frontdesk.people

    assert frontdesk.people.Client.__module__ == "frontdesk.people"
    assert issubclass(frontdesk.people.Client, frontdesk.Record)
    assert issubclass(frontdesk.people.Sex, frontdesk.TextEnum)
    assert frontdesk.ids.ClientId(5) == 5
    with pytest.raises(AttributeError):
        frontdesk.people.Klient


def test_signatures_show_types_and_defaults(desk):
    signature = inspect.signature(desk.people.clients)
    assert signature.parameters["limit"].default == 50
    assert signature.parameters["order"].default is frontdesk.people.ClientOrder.NAME
    assert signature.parameters["city"].annotation == typing.Optional[str]
    assert signature.return_annotation == frontdesk.Page[frontdesk.people.Client]
    update = inspect.signature(desk.people.update_client)
    assert update.parameters["city"].default is frontdesk.UNSET


def test_wrong_names_of_areas_and_operations(desk):
    """[E16]"""
    with pytest.raises(AttributeError, match="people"):
        desk.peopel
    with pytest.raises(AttributeError):
        desk.people.create_clent
    with pytest.raises(frontdesk.NotFoundError) as caught:
        desk.run("people.create_clent", first_name="x")
    assert (caught.value.reason, caught.value.details["nearest"]) == (
        "operation_misspelt",
        "people.create_client",
    )
    with pytest.raises(TypeError):
        desk.people.create_client("Olena")


def test_openapi():
    """[E14]"""
    document = json.loads(frontdesk.openapi())
    assert document["openapi"].startswith("3.1")
    assert len(json.dumps(document)) > 10_000


def test_version():
    assert frontdesk.__version__ == _frontdesk.version()
    assert frontdesk.__version__.count(".") == 2


def test_every_class_is_made_once():
    _records.define(_frontdesk.find_operation("people.get_client").result)
    from frontdesk.people import ClientView

    assert _frontdesk.find_operation("people.get_client").result.python_class is ClientView

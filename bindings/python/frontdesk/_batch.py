"""Batches: operations that commit together, in which a later one may use what an earlier one will
have made.
"""

from __future__ import annotations

import base64
import datetime
import enum
import json
import keyword
from types import TracebackType
from typing import Any, Dict, List, Optional, Sequence, Type, Union

from . import _frontdesk
from ._areas import Areas
from ._money import Money
from ._names import UNSET
from ._operations import find
from ._records import Record


class Reference:
    """Stands for a field of a result that is not there yet, in requests of later operations of the
    same batch.
    """

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Reference:
        if name.startswith("__"):
            raise AttributeError(name)
        return Reference(f"{self._path}.{_json_name(name)}")

    def __getitem__(self, index: int) -> Reference:
        return Reference(f"{self._path}.{index}")

    def __repr__(self) -> str:
        return f"<result {self._path} of a batch>"


class Step:
    """One operation of a batch. While the batch is open its attributes are references; afterwards
    they are the result's.
    """

    __slots__ = ("_index", "_result", "_is_done")

    def __init__(self, index: int) -> None:
        self._index = index
        self._result: Any = None
        self._is_done = False

    @property
    def result_(self) -> Any:
        """The result itself, once the batch has run."""
        if not self._is_done:
            raise RuntimeError("the batch has not run")
        return self._result

    def _finish(self, result: Any) -> None:
        self._result = result
        self._is_done = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self._is_done:
            return getattr(self._result, name)
        return Reference(f"{self._index}.{_json_name(name)}")

    def __repr__(self) -> str:
        return (
            f"<step {self._index}: {self._result!r}>"
            if self._is_done
            else f"<step {self._index} of a batch>"
        )


class Batch(Areas):
    """Collects operations in a `with` block; at its end all of them run, or none (an exception in
    the block: none).

    with desk.batch() as batch:
        mother = batch.people.create_client(first_name="Olena")
        batch.people.add_note(client=mother.id, text="Came by recommendation.")
    print(mother.id)
    """

    def __init__(self, native: _frontdesk.Caller) -> None:
        super().__init__(self._add)
        self._native = native
        self._entries: List[Dict[str, Any]] = []
        self._steps: List[Step] = []
        self._operations: List[_frontdesk.Operation] = []
        self._is_entered = False
        self._is_done = False

    def run(self, operation: str, /, **fields: Any) -> Any:
        """Adds an operation by its name."""
        return self._add(find(operation, self._native.call), fields)

    def _add(self, operation: _frontdesk.Operation, fields: Dict[str, Any]) -> Step:
        if self._is_done:
            raise RuntimeError("the batch has run")
        request = _record_to_json(fields, operation.fields)
        step = Step(len(self._steps))
        self._entries.append({"operation": operation.name, "request": request})
        self._operations.append(operation)
        self._steps.append(step)
        return step

    def __enter__(self) -> Batch:
        if self._is_entered:
            raise RuntimeError("the batch has run" if self._is_done else "the batch is open")
        self._is_entered = True
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._is_done = True
        if kind is not None:
            return
        results = json.loads(self._native.batch(json.dumps(self._entries)))
        for step, operation, result in zip(self._steps, self._operations, results):
            step._finish(_from_json(operation.result, result))


def _json_name(name: str) -> str:
    """`from` for `from_`."""
    return name[:-1] if name.endswith("_") and keyword.iskeyword(name[:-1]) else name


def _record_to_json(given: Any, known: Sequence[_frontdesk.Field]) -> Dict[str, Any]:
    """An id that is None is left out, as in a call: results have it where there is none."""
    fields = {field.python_name: field for field in known}
    request: Dict[str, Any] = {}
    for name in given.keys():
        value = given[name]
        if not isinstance(name, str):
            raise TypeError(f"the name of a field has to be text, not {type(name).__name__}")
        field = fields.get(name)
        is_no_id = (
            value is None
            and field is not None
            and field.type.kind == "id"
            and not field.required
        )
        if value is UNSET or is_no_id:
            continue
        if field is None:
            request[name] = _to_json(value)
        else:
            request[field.name] = _to_json(value, field.type)
    return request


def _to_json(value: Any, kind: Optional[_frontdesk.Type] = None) -> Any:
    """What JSON writes for a Python value, of this type if it is known. What it has no form for is
    refused like a value of the wrong type.
    """
    while kind is not None and kind.kind in ("optional", "update"):
        kind = kind.element
    if isinstance(value, (Reference, Step)):
        return {"$ref": value._path if isinstance(value, Reference) else str(value._index)}
    if isinstance(value, enum.Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, str, float)):
        return value
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            return value.isoformat()
        return value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        seconds = value.total_seconds()
        return int(seconds) if seconds.is_integer() else seconds
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, Money):
        return {"amount": value.minor, "currency": value.currency}
    if isinstance(value, Record):
        return {
            _json_name(name): _to_json(getattr(value, name))
            for name in value._fields
            if getattr(value, name) is not None
        }
    if hasattr(value, "keys"):
        return _record_to_json(value, kind.fields if kind is not None else ())
    if hasattr(value, "__iter__"):
        element = kind.element if kind is not None else None
        return [_to_json(item, element) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be a field of an operation")


def _from_json(kind: _frontdesk.Type, value: Any) -> Any:
    """The Python value of a type that JSON was written for."""
    name = kind.kind
    if name in ("optional", "update"):
        assert kind.element is not None
        return None if value is None else _from_json(kind.element, value)
    if name == "list":
        assert kind.element is not None
        return tuple(_from_json(kind.element, item) for item in value or ())
    if name == "map":
        assert kind.element is not None
        return {key: _from_json(kind.element, item) for key, item in (value or {}).items()}
    if value is None:
        return None
    if name == "record":
        if not kind.fields:
            return None
        values = [_from_json(field.type, value.get(field.name)) for field in kind.fields]
        assert kind.python_class is not None
        return _frontdesk.restore_record(kind.python_class, values)
    if name == "enumeration":
        assert kind.python_class is not None
        return kind.python_class(value)
    return _scalar_from_json(name, value)


def _scalar_from_json(kind: str, value: Any) -> Any:
    if kind == "instant":
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    if kind == "local_time":
        return datetime.datetime.fromisoformat(value)
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind == "duration":
        return datetime.timedelta(seconds=value)
    if kind == "bytes":
        return base64.b64decode(value)
    if kind == "money":
        return Money(int(value["amount"]), value["currency"])
    return value

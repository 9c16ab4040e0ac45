"""How the fields of the registry are annotated: as text for the stubs, as objects for
inspect.signature.
"""

from __future__ import annotations

import datetime
import sys
import typing
from typing import Any, Dict, Iterator, Set

from . import _frontdesk
from ._money import Money
from ._names import Unset
from ._records import Page, home_of, module_of

# How the stubs call what they import; the underscore keeps fields of the same name from hiding it.
IMPORTS = """\
import datetime as _datetime
import typing as _t
from frontdesk import Money as _Money, Page as _Page, Record as _Record
from frontdesk import TextEnum as _TextEnum, Unset as _Unset
from frontdesk import {modules}
"""

_SIMPLE = {
    "boolean": "bool",
    "integer": "int",
    "text": "str",
    "bytes": "bytes",
    "money": "_Money",
    "instant": "_datetime.datetime",
    "local_time": "_datetime.datetime",
    "date": "_datetime.date",
    "duration": "_datetime.timedelta",
}


def id_name(kind: _frontdesk.Type) -> str:
    """`ClientId` for the id of a client."""
    return "".join(word.capitalize() for word in kind.name.split("_")) + "Id"


def class_name(kind: _frontdesk.Type) -> str:
    area, name = home_of(kind)
    return f"_{area}.{name}" if area else name


def given(kind: _frontdesk.Type) -> str:
    """What may be passed for a field of a request."""
    if kind.element is not None:
        element = given(kind.element)
        return {
            "optional": f"_t.Optional[{element}]",
            "update": f"_t.Union[{element}, None, _Unset]",
            "list": f"_t.Sequence[{element}]",
            "map": f"_t.Mapping[str, {element}]",
        }[kind.kind]
    if kind.kind == "enumeration":
        words = ", ".join(repr(word) for word, _ in kind.values)
        return f"_t.Union[{class_name(kind)}, _t.Literal[{words}]]"
    if kind.kind == "record":
        return f"_t.Union[{class_name(kind)}, _t.Mapping[str, _t.Any]]"
    return f"_ids.{id_name(kind)}" if kind.kind == "id" else _SIMPLE[kind.kind]


def told(kind: _frontdesk.Type) -> str:
    """What a field of a result is."""
    if kind.element is not None:
        element = told(kind.element)
        return {
            "optional": f"_t.Optional[{element}]",
            "update": f"_t.Optional[{element}]",
            "list": f"_t.Tuple[{element}, ...]",
            "map": f"_t.Mapping[str, {element}]",
        }[kind.kind]
    if kind.kind == "record" and not kind.fields:
        return "None"
    if kind.kind == "record" and home_of(kind) == ("", "Page"):
        items = next(field.type for field in kind.fields if field.name == "items")
        assert items.element is not None
        return f"_Page[{told(items.element)}]"
    if kind.kind in ("enumeration", "record"):
        return class_name(kind)
    return f"_ids.{id_name(kind)}" if kind.kind == "id" else _SIMPLE[kind.kind]


def given_field(field: _frontdesk.Field) -> str:
    text = given(field.type)
    is_no_id = field.type.kind == "id" and not field.required
    return f"_t.Optional[{text}]" if is_no_id else text


def told_field(field: _frontdesk.Field) -> str:
    text = told(field.type)
    is_no_id = field.type.kind == "id" and not field.required
    return f"_t.Optional[{text}]" if is_no_id else text


def every_type() -> Iterator[_frontdesk.Type]:
    """Each record, enumeration and id of the registry, once; requests aside."""
    seen: Set[str] = set()

    def walk(kind: _frontdesk.Type) -> Iterator[_frontdesk.Type]:
        while kind.element is not None:
            kind = kind.element
        key = f"{kind.kind} {kind.name}"
        if key in seen or kind.kind not in ("record", "enumeration", "id"):
            return
        seen.add(key)
        yield kind
        for field in kind.fields:
            yield from walk(field.type)

    for operation in _frontdesk.operations():
        for field in operation.fields:
            yield from walk(field.type)
        yield from walk(operation.result)


def evaluate(text: str) -> Any:
    """The object that an annotation stands for."""
    names: Dict[str, Any] = {
        "_datetime": datetime,
        "_t": typing,
        "_Money": Money,
        "_Page": Page,
        "_Unset": Unset,
    }
    prefix = f"{__package__}."
    for name, module in sys.modules.items():
        if name.startswith(prefix) and "._" not in name:
            names["_" + name[len(prefix) :]] = module
    return eval(text, names)


def make_ids() -> None:
    """Fills the module frontdesk.ids: one type for each kind of id, so that a type checker keeps
    them apart.
    """
    module = module_of("ids")
    module.__doc__ = (
        "The numbers of records. All are int; a type checker tells one kind from another."
    )
    for kind in every_type():
        if kind.kind == "id":
            new = typing.NewType(id_name(kind), int)  # type: ignore[misc]
            new.__module__ = module.__name__
            setattr(module, id_name(kind), new)
